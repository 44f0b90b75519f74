"""Qualtrics: how it names columns and writes answers, whatever the format of the export."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from srsmeting.errors import IntakeError
from srsmeting.intake.dialect import Column, Dialect
from srsmeting.questionnaire import Question
from srsmeting.responses import answer_columns

#: What Qualtrics writes, when asked to, for a question that was seen and not answered.
SEEN = "-99"

_PARTS = re.compile(r"(#\d+)?(_-?\d+)*(_TEXT)?")


@dataclass(frozen=True)
class Qualtrics(Dialect):
    """The dialect of Qualtrics.

    A question ``Q3`` has the column ``Q3``; with an option or a statement ``2`` also ``Q3_2``, in which 2 is its recode
    value and not its place; the text beside an answer is ``Q3_2_TEXT``. In a questionnaire `export` is the question's
    tag, of a category its recode value, of an item the number behind the tag or the item's own tag. A side-by-side
    column is a question of its own (``Q4#1``), and so is each statement of a matrix with several answers (``Q2_1``).

    Parameters
    ----------
    recoded
        Columns in which :data:`SEEN` was read as seen and not answered.

    Examples
    --------
    >>> question = Question(id="cijfer", export="Q7", kind="mark", title="Cijfer", text="Welk cijfer?", pijler="basis",
    ...                     fase="bereik", range=(1, 10))
    >>> [column.names for column in Qualtrics().columns(question)]
    [('Q7', 'Q7_TEXT', 'Q7_1')]
    >>> Qualtrics().question_of("Q4#1_2_TEXT"), Qualtrics().question_of("wgo_naam")
    ('Q4', 'wgo_naam')
    """

    ticked: frozenset[str] = frozenset({"1"})
    unticked: frozenset[str] = frozenset({"0"})
    delimiter: str = ","
    recoded: frozenset[str] = frozenset()

    def columns(self, question: Question) -> Iterator[Column]:
        """Yield the columns that a question can have; any answer can have a text beside it.

        Raises
        ------
        IntakeError
            The questionnaire has an answer :data:`SEEN`, and in the file that stands for no answer.
        """
        tag = question.export
        if question.kind == "multiple":
            for answer, category in zip(answer_columns(question), question.categories, strict=True):
                yield Column("code", answer, _spellings(f"{tag}_{category.export}"))
            yield Column("several", question.id, _spellings(tag))
        elif question.kind == "statements":
            for answer, item in zip(answer_columns(question), question.items, strict=True):
                # A statement can have a tag of its own, which is then the whole name of its column.
                names = _spellings(f"{tag}_{item.export}", item.export)
                self._check(question, names)
                yield Column("code", answer, names)
                yield Column("comment", question.id, _spellings(f"{tag}_{item.export}_TEXT"))
        else:
            names = _spellings(tag)
            if question.kind != "single":
                names += (f"{tag}_TEXT",)
            if question.kind in ("mark", "number"):
                names += (f"{tag}_1",)  # a slider is a matrix of one row
            self._check(question, names)
            yield Column("text" if question.kind == "open" else "code", question.id, names)
        if question.kind in ("single", "multiple"):
            for category in question.categories:
                yield Column("comment", question.id, _spellings(f"{tag}_{category.export}_TEXT"))

    def question_of(self, heading: str) -> str:
        """Return the tag of a heading: all before the numbers at its end."""
        end = next(found.start() for found in _PARTS.finditer(heading) if found.end() == len(heading))
        return heading[:end] or heading

    def wrong_setting(self, question: Question, value: str) -> tuple[str, str] | None:
        """Return rule and message for an answer as text in an export with numeric values."""
        if question.kind != "number" and not self.labels and value in question.labels.values():
            return "answer_text", "is the text of an answer. Export again with 'Use numeric values'."
        return None

    def _check(self, question: Question, names: tuple[str, ...]) -> None:
        if self.recoded.isdisjoint(names) or all(category.export != SEEN for category in question.categories):
            return
        raise IntakeError(
            f"question {question.id!r} has an answer {SEEN}, and the export may mean by it that the question was seen "
            "and not answered. Give the structure of the survey (.qsf), or export again without that recoding."
        )


def _spellings(*names: str) -> tuple[str, ...]:
    # Older exports write an underscore for other signs.
    older = (re.sub("[-#]", "_", name) for name in names)
    return tuple(dict.fromkeys((*names, *older)))
