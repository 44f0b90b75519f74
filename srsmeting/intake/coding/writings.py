"""How the answers to one question can be written in a file: codes, texts and ticks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from srsmeting.intake.binding.wording import same_wording
from srsmeting.intake.dialect import Dialect
from srsmeting.questionnaire import Question

#: As a cell of a workbook holds it, and as a spreadsheet program shows it in Dutch.
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}( 00:00:00)?|\d{1,2}-[a-z]{3}\.?(-\d{2,4})?", re.IGNORECASE)


def codes_of(question: Question, dialect: Dialect) -> dict[str, int]:
    """Return the position of every code of a question in the file."""
    found: dict[str, int] = {}
    for position, category in enumerate(question.categories):
        other = question.kind == "single" and category.is_written_in
        codes = sorted(dialect.other_chosen) if other and dialect.other_chosen else [category.export]
        found |= dict.fromkeys(codes, position)
    return found


class Writings(Mapping[str, int]):
    """The position of an answer by how it is written; -1 for no answer.

    A mapping that also finds what is written differently and means the same: texts of answers where the dialect has
    them, other writings of a code, words for no answer. A text that two answers share is neither of them. A mark can
    have a zero in front; what the file calls missing in the column of that `heading` is none.

    Examples
    --------
    >>> from srsmeting.questionnaire.entries import Category
    >>> question = Question(id="kanaal", kind="single", title="Kanaal", text="Hoe?", pijler="basis", fase="bereik",
    ...                     categories=(Category(code="mail", export="A1", label="E-mail"),
    ...                                 Category(code="nvt", export="A2", label="N.v.t.")))
    >>> writings = Writings(question, Dialect(labels=True, no_answer=frozenset({"N/A"})))
    >>> writings[""], writings["e-mail"], writings["A2"], writings["N/A"], writings.get("post")
    (-1, 0, 1, -1, None)
    """

    def __init__(self, question: Question, dialect: Dialect, heading: str = "") -> None:
        codes = codes_of(question, dialect)
        self._is_mark = question.range is not None
        # "Don't know" is an answer to a choice; among marks the file can only say that a number is none.
        missing = dialect.missing_of(heading) if self._is_mark else frozenset()
        self._labels = labels_of(question) if dialect.labels else {}
        same = {writing: codes[code] for writing, code in dialect.aliases(question).items() if code in codes}
        self._writings = dict.fromkeys(dialect.no_answer, -1) | same | codes | {"": -1}
        self._declared = _declared(question, dialect)
        # Where the file labels its own values, its codes are no texts.
        clashes = {value for value in codes | same if is_unclear(question, value, dialect)}
        self._labels = {w: n for w, n in self._labels.items() if w not in {same_wording(value) for value in clashes}}
        for value in clashes - same.keys():
            self._writings.pop(value, None)
        self._writings |= dict.fromkeys(missing, -1)
        self._labels = {w: n for w, n in self._labels.items() if w not in missing}
        written_in = [n for n, category in enumerate(question.categories) if category.is_written_in]
        self._other = written_in[0] if dialect.inline_other and question.kind == "single" and written_in else None
        # Also a text that two answers share is no text of the respondent.
        self._like = [category.label for category in question.categories] if dialect.labels else []
        #: Texts that were taken for "other, namely", because they are no answer and like none.
        self.written_in: set[str] = set()

    def __getitem__(self, value: str) -> int:
        if self._declared and (position := self._declared.get(same_wording(value))) is not None:
            return position
        if self._labels and value and (position := self._labels.get(same_wording(value))) is not None:
            return position
        if self._other is not None and value not in self._writings and self._is_text(value):
            self.written_in.add(value)
            return self._other
        if self._is_mark and value.isascii() and value.isdigit():
            value = value.lstrip("0") or value  # codes of a tool can be 01 to 10
        return self._writings[value]

    def _is_text(self, value: str) -> bool:
        return not is_date(value) and not is_like(value, self._like)

    def __iter__(self) -> Iterator[str]:
        return iter(self._writings)

    def __len__(self) -> int:
        return len(self._writings)


def options_of(question: Question, dialect: Dialect) -> dict[str, str]:
    """Return the code of every option by what a cell with several options can hold, as `same_wording` makes it."""
    found = {same_wording(category.export): category.code for category in question.categories}
    if dialect.labels:
        found |= {wording: question.codes[position] for wording, position in labels_of(question).items()}
    found = {wording: code for wording, code in found.items() if not is_unclear(question, wording, dialect)}
    codes = question.codes
    return found | {text: codes[n] for text, n in _declared(question, dialect).items() if n >= 0}


def is_unclear(question: Question, value: str, dialect: Dialect) -> bool:
    """Say whether a value is the code of one answer and the text of another, where both can stand in the file."""
    if not (dialect.mixed and dialect.labels):
        return False
    codes = {same_wording(code): position for code, position in codes_of(question, dialect).items()}
    wording = same_wording(value)
    label = labels_of(question).get(wording)
    return label is not None and codes.get(wording, label) != label


def is_date(value: str) -> bool:
    """Say whether an answer is what a spreadsheet program makes of one such as "1-2".

    Examples
    --------
    >>> is_date("2026-02-01 00:00:00"), is_date("1-feb"), is_date("1-2")
    (True, True, False)
    """
    return _DATE.fullmatch(value) is not None


def is_like(text: str, wordings: Iterable[str], least: int = 80) -> bool:
    """Say whether a text is so much like one of these that it will be that one, written differently.

    Examples
    --------
    >>> is_like("Directeur-bestuurder", ["directeur of bestuurder"]), is_like("imker", ["directeur of bestuurder"])
    (True, False)
    """
    from rapidfuzz import fuzz, process

    return (
        process.extractOne(same_wording(text), list(map(same_wording, wordings)), scorer=fuzz.ratio, score_cutoff=least)
        is not None
    )


class Ticks(Mapping[str, int]):
    """What can stand in the column of an option: 0 for ticked, -1 for not.

    Where answers are texts, the option's own text is a tick too.
    """

    def __init__(self, question: Question, answer: str, dialect: Dialect) -> None:
        code = answer.partition(".")[2]
        label = question.category(code).label
        self._writings = dict.fromkeys(dialect.unticked | {""}, -1) | dict.fromkeys(dialect.ticked, 0)
        self._writings |= {
            text: 0 if meant else -1 for text, meant in dialect.declared(question).items() if meant in ("", code)
        }
        self._label = same_wording(label) if dialect.labels else None

    def __getitem__(self, value: str) -> int:
        if value in self._writings or self._label is None or same_wording(value) != self._label:
            return self._writings[value]
        return 0

    def __iter__(self) -> Iterator[str]:
        return iter(self._writings)

    def __len__(self) -> int:
        return len(self._writings)


def labels_of(question: Question) -> dict[str, int]:
    """Return the position of every answer by its text, as `same_wording` makes it; a text of two answers is of none."""
    found: dict[str, int] = {}
    double = set()
    for position, category in enumerate(question.categories):
        wording = same_wording(category.label)
        if wording in found:
            double.add(wording)
        found[wording] = position
    return {wording: position for wording, position in found.items() if wording not in double}


def _declared(question: Question, dialect: Dialect) -> dict[str, int]:
    places = {code: position for position, code in enumerate(question.codes)} | {"": -1}
    return {same_wording(text): places[code] for text, code in dialect.declared(question).items()}
