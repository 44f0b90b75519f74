"""Text cells to coded answers: every value is a code of the questionnaire, or a fault with its line.

Works on the distinct values of a column, so that a million rows cost as many look-ups as there are different answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.errors import Fault, suggest
from srsmeting.intake.binding.bind import Binding
from srsmeting.intake.binding.wording import same_wording
from srsmeting.intake.coding.several import take_apart
from srsmeting.intake.coding.writings import Ticks, Writings, codes_of, is_date, is_like, is_unclear, options_of
from srsmeting.intake.dialect import Dialect
from srsmeting.intake.files.coded_text import filled, numbered
from srsmeting.intake.personal import without_person
from srsmeting.intake.raw import RawExport
from srsmeting.questionnaire import Question, Questionnaire
from srsmeting.responses import Mask, answer_columns, coded_answers, status_columns

_NUMBER = {".": re.compile(r"-?\d+(\.\d+)?"), ",": re.compile(r"-?\d+(,\d+)?")}
_WHOLE = re.compile(r"-?\d+")
_UNKNOWN = -2

Positions = npt.NDArray[np.int16]


class _Wrong(NamedTuple):
    question: Question
    column: pd.Series[str]
    value: str
    #: The part of the value that is wrong, where a cell holds several.
    part: str = ""
    #: Whether the options in a cell can be told apart in more than one way.
    ambiguous: bool = False


@dataclass(frozen=True)
class Coded:
    """Answers of all rows, those that will be set aside included.

    Parameters
    ----------
    answers
        Columns as :class:`srsmeting.responses.Responses` has them; rows as in the export.
    given
        Whether there is an answer in the file, by status column of the question.
    shown
        Whether the tool showed the question, by status column; only those of which it tells.
    inline
        Where a text that is no answer was taken for "other, namely", by question.
    faults
        Values that are no code; one per column and value, with the first line.
    """

    answers: pd.DataFrame
    given: dict[str, Mask]
    shown: dict[str, Mask]
    inline: dict[str, Mask]
    faults: tuple[Fault, ...]


def code_answers(raw: RawExport, binding: Binding, questionnaire: Questionnaire) -> Coded:
    """Code every answer of an export; faults are not raised but returned.

    A question of which a column is missing is left out.
    """
    answers: dict[str, Mask | npt.NDArray[np.float64] | pd.Categorical[str]] = {}
    given: dict[str, Mask] = {}
    inline: dict[str, Mask] = {}
    wrong: list[_Wrong] = []
    for question in questionnaire.questions:
        if question.id in binding.several:
            wrong += _code_several(question, raw, binding, answers, given, inline)
            continue
        if not set(answer_columns(question)) <= set(binding.columns):
            continue
        for name in answer_columns(question):
            column = raw.cells[binding.columns[name]]
            values: list[str] = []
            if column.name in binding.texts:
                answers[name] = given[name] = _written(column, question, raw.dialect)
            elif question.kind == "multiple":
                positions, values = _positions(column, Ticks(question, name, raw.dialect))
                answers[name] = given[name] = positions == 0
            elif question.kind == "number":
                numbers, values = _numbers(column, question, raw.dialect)
                answers[name], given[name] = numbers, ~np.isnan(numbers)
            else:
                writings = Writings(question, raw.dialect, str(column.name))
                positions, values = _positions(column, writings)
                if writings.written_in:
                    inline[question.id] = column.isin(list(writings.written_in)).to_numpy(dtype=np.bool_)
                answers[name] = coded_answers(positions, question.codes)
                given[name] = positions >= 0
            wrong += (_Wrong(question, column, value) for value in values)
        if question.kind == "multiple":
            given[question.id] = np.logical_or.reduce([given.pop(name) for name in answer_columns(question)])
    frame = pd.DataFrame(answers, copy=False, index=raw.cells.index)
    shown = _shown(raw, binding, questionnaire, given)
    return Coded(frame, given, shown, inline, tuple(_faults(raw, wrong)))


def written(column: pd.Series[str]) -> Mask:
    """Say where a column holds text; spaces and line breaks alone are none."""
    return filled(column, spaces=False)


def _written(column: pd.Series[str], question: Question, dialect: Dialect) -> Mask:
    found = written(column)
    if question.kind == "multiple" and dialect.no_text:
        return found & ~column.isin(dialect.no_text).to_numpy(dtype=np.bool_)
    return found


def _shown(
    raw: RawExport, binding: Binding, questionnaire: Questionnaire, given: Mapping[str, Mask]
) -> dict[str, Mask]:
    found: dict[str, Mask] = {}
    if raw.shown is None:
        return found
    for question in questionnaire.questions:
        for name in status_columns(question):
            told = [heading for heading in binding.headings(question, name) if heading in raw.shown]
            if name in given and told:
                found[name] = np.logical_or.reduce([raw.shown[heading].to_numpy(dtype=np.bool_) for heading in told])
    return found


def _positions(column: pd.Series[str], known: Mapping[str, int]) -> tuple[Positions, list[str]]:
    numbers, values = numbered(column)
    table = np.array([known.get(value, _UNKNOWN) for value in values], dtype=np.int16)
    wrong = [value for value, position in zip(values, table, strict=True) if position == _UNKNOWN]
    if wrong:  # in the order in which they come
        wrong = [value for value in column.unique() if value in set(wrong)]
    return np.maximum(table, -1)[numbers], wrong


def _numbers(column: pd.Series[str], question: Question, dialect: Dialect) -> tuple[npt.NDArray[np.float64], list[str]]:
    numbers, values = pd.factorize(column)
    pattern, none = _NUMBER[dialect.decimal], dialect.missing_of(str(column.name)) | {""}
    none |= {value for value in values if same_wording(value) in _nothing(question, dialect)}
    told = {value: float(value.replace(",", ".")) for value in values if value not in none and pattern.fullmatch(value)}
    table = np.array([told.get(value, np.nan) for value in values], dtype=np.float64)
    wrong = [value for value in values if value not in told and value not in none]
    return table[numbers], wrong


def _code_several(
    question: Question,
    raw: RawExport,
    binding: Binding,
    answers: dict[str, Mask | npt.NDArray[np.float64] | pd.Categorical[str]],
    given: dict[str, Mask],
    inline: dict[str, Mask],
) -> Iterator[_Wrong]:
    heading, delimiter = binding.several[question.id]
    column = raw.cells[heading]
    numbers, values = pd.factorize(column)
    options = options_of(question, raw.dialect)
    nothing = _nothing(question, raw.dialect)
    places = {code: position for position, code in enumerate(question.codes)}
    written_in = next((n for n, category in enumerate(question.categories) if category.is_written_in), None)
    ticked = np.zeros((len(values), len(places)), dtype=np.bool_)
    texts = np.zeros(len(values), dtype=np.bool_)
    for row, value in enumerate(values):
        if same_wording(value) in nothing:
            continue
        found = take_apart(value, options, delimiter)
        ticked[row, [places[code] for code in found.chosen]] = True
        if found.ambiguous:
            yield _Wrong(question, column, value, value, ambiguous=True)
        elif found.rest and (written_in is None or not _is_text(found.rest, question, raw.dialect)):
            yield _Wrong(question, column, value, found.rest)
        elif found.rest:
            ticked[row, written_in] = texts[row] = True
    chosen = ticked[numbers]
    if texts.any():
        inline[question.id] = texts[numbers]
    for position, name in enumerate(answer_columns(question)):
        answers[name] = chosen[:, position]
        if name in binding.columns:  # the text of "other, namely" in a column of its own
            text = _written(raw.cells[binding.columns[name]], question, raw.dialect)
            answers[name] = np.asarray(chosen[:, position] | text)
    given[question.id] = np.logical_or.reduce([np.asarray(answers[name]) for name in answer_columns(question)])


def _nothing(question: Question, dialect: Dialect) -> set[str]:
    return {same_wording(text) for text, code in dialect.declared(question).items() if not code}


def _is_text(rest: str, question: Question, dialect: Dialect) -> bool:
    # An unknown code is no text (between spaces stand codes), nor is an answer that is only spelt differently.
    like = [text for category in question.categories for text in (category.label, category.export)]
    between = dialect.delimiter_of(question.id).strip()
    return bool(between) and (dialect.labels or dialect.inline_other) and not is_date(rest) and not is_like(rest, like)


def _faults(raw: RawExport, wrong: Sequence[_Wrong]) -> Iterator[Fault]:
    settings: dict[str, list[Fault]] = {}
    others: list[Fault] = []
    for question, column, value, part, ambiguous in wrong:
        setting = raw.dialect.wrong_setting(question, value)
        rule, what = setting or _what_is_wrong(question, part or value, raw.dialect)
        if ambiguous:
            rule, what = "ambiguous", "can be taken apart in more than one way. Export with a column for every option."
        elif part:
            what = f"holds {_short(without_person(part))}, which {what}"
        rows = np.flatnonzero(column == value)
        shown = without_person(value)
        message = f"column {str(column.name)!r}: {_short(shown)} {what}"
        if len(rows) > 1 and not setting:
            message += f" {len(rows)} rows have it; this is the first."
        fault = Fault(raw.name, message, int(raw.lines[rows[0]]), str(column.name), shown, rule)
        (settings.setdefault(rule, []) if setting else others).append(fault)
    # A wrong setting of the export shows in every column; it is told once.
    for same in settings.values():
        columns = len({fault.column for fault in same})
        more = f" {columns} columns have such answers." if columns > 1 else ""
        yield replace(same[0], message=same[0].message + more)
    yield from others


def _what_is_wrong(question: Question, value: str, dialect: Dialect) -> tuple[str, str]:
    if question.kind != "number" and is_date(value):
        what = (
            "is a date. A spreadsheet program makes one of an answer such as '1-2': export again, or correct the cell."
        )
        return "date", what
    if question.kind == "number":
        example = f"12{dialect.decimal}5"
        after = "a point" if dialect.decimal == "." else "a comma"
        return "not_a_number", f"is no number. Decimals come after {after}: {example!r}."
    if question.kind == "multiple" and not dialect.labels and not dialect.delimiter:
        known = ", ".join(repr(tick) for tick in sorted(dialect.ticked))
        return "unknown_code", f"is no tick. Known: {known}, and empty for not ticked."
    if question.range:
        low, high = question.range
        if _WHOLE.fullmatch(value):
            return "out_of_range", f"is outside the range of question {question.id!r}, {low} to {high}."
        return "unknown_code", f"is no mark of question {question.id!r}. Known: whole numbers from {low} to {high}."
    if is_unclear(question, value, dialect):
        what = (
            f"is the code of one answer of question {question.id!r} and the text of another. Say under 'answers' in "
            "mapping.yaml which is meant, or export texts that are no codes."
        )
        return "code_or_text", what
    if dialect.labels:
        labels = [category.label for category in question.categories]
        return "unknown_answer", f"is no answer of question {question.id!r}. {suggest(value, labels)}"
    return "unknown_code", f"is no code of question {question.id!r}. {suggest(value, codes_of(question, dialect))}"


def _short(value: str) -> str:
    return repr(value if len(value) <= 60 else value[:59] + "…")
