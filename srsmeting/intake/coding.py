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
from srsmeting.intake.binding import Binding
from srsmeting.intake.dialect import Dialect
from srsmeting.intake.raw import RawExport
from srsmeting.questionnaire import Question, Questionnaire
from srsmeting.responses import Mask, answer_columns

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_WHOLE = re.compile(r"-?\d+")
_UNKNOWN = -2

Positions = npt.NDArray[np.int16]


class _Wrong(NamedTuple):
    question: Question
    column: pd.Series[str]
    value: str


@dataclass(frozen=True)
class Coded:
    """Answers of all rows, those that will be set aside included.

    Parameters
    ----------
    answers
        Columns as :class:`srsmeting.responses.Responses` has them; rows as in the export.
    given
        Whether there is an answer in the file, by status column of the question.
    faults
        Values that are no code; one per column and value, with the first line.
    """

    answers: pd.DataFrame
    given: dict[str, Mask]
    faults: tuple[Fault, ...]


def code_answers(raw: RawExport, binding: Binding, questionnaire: Questionnaire) -> Coded:
    """Code every answer of an export; faults are not raised but returned.

    A question of which a column is missing is left out.
    """
    answers: dict[str, Mask | npt.NDArray[np.float64] | pd.Categorical[str]] = {}
    given: dict[str, Mask] = {}
    wrong: list[_Wrong] = []
    for question in questionnaire.questions:
        if not set(answer_columns(question)) <= set(binding.columns):
            continue
        for name in answer_columns(question):
            column = raw.cells[binding.columns[name]]
            values: list[str] = []
            if column.name in binding.texts:
                answers[name] = given[name] = written(column)
            elif question.kind == "multiple":
                positions, values = _positions(column, {raw.dialect.ticked: 0})
                answers[name] = given[name] = positions == 0
            elif question.kind == "number":
                numbers, values = _numbers(column, raw.dialect)
                answers[name], given[name] = numbers, ~np.isnan(numbers)
            else:
                positions, values = _positions(column, _codes(question, raw.dialect))
                answers[name] = pd.Categorical.from_codes(positions, categories=pd.Index(question.codes, dtype="str"))
                given[name] = positions >= 0
            wrong += (_Wrong(question, column, value) for value in values)
        if question.kind == "multiple":
            given[question.id] = np.logical_or.reduce([given.pop(name) for name in answer_columns(question)])
    return Coded(pd.DataFrame(answers, copy=False, index=raw.cells.index), given, tuple(_faults(raw, wrong)))


def written(column: pd.Series[str]) -> Mask:
    """Say where a column holds text; spaces and line breaks alone are none."""
    return (column.str.strip() != "").to_numpy(dtype=np.bool_)


def _codes(question: Question, dialect: Dialect) -> dict[str, int]:
    return {
        dialect.other_chosen if question.kind == "single" and category.is_written_in else category.export: position
        for position, category in enumerate(question.categories)
    }


def _positions(column: pd.Series[str], codes: Mapping[str, int]) -> tuple[Positions, list[str]]:
    numbers, values = pd.factorize(column)
    known = {"": -1, **codes}
    table = np.array([known.get(value, _UNKNOWN) for value in values], dtype=np.int16)
    wrong = [value for value, position in zip(values, table, strict=True) if position == _UNKNOWN]
    return np.maximum(table, -1)[numbers], wrong


def _numbers(column: pd.Series[str], dialect: Dialect) -> tuple[npt.NDArray[np.float64], list[str]]:
    numbers, values = pd.factorize(column)
    table = np.array([float(value) if _NUMBER.fullmatch(value) else np.nan for value in values], dtype=np.float64)
    wrong = [value for value in values if value not in ("", dialect.no_number) and not _NUMBER.fullmatch(value)]
    return table[numbers], wrong


def _faults(raw: RawExport, wrong: Sequence[_Wrong]) -> Iterator[Fault]:
    settings: dict[str, list[Fault]] = {}
    others: list[Fault] = []
    for question, column, value in wrong:
        setting = raw.dialect.wrong_setting(question, value)
        rule, what = setting or _what_is_wrong(question, value, raw.dialect)
        rows = np.flatnonzero(column == value)
        shown = repr(value if len(value) <= 60 else value[:59] + "…")
        message = f"column {str(column.name)!r}: {shown} {what}"
        if len(rows) > 1 and not setting:
            message += f" {len(rows)} rows have it; this is the first."
        fault = Fault(raw.name, message, int(raw.lines[rows[0]]), str(column.name), value, rule)
        (settings.setdefault(rule, []) if setting else others).append(fault)
    # A wrong setting of the export shows in every column; it is told once.
    for same in settings.values():
        columns = len({fault.column for fault in same})
        more = f" {columns} columns have such answers." if columns > 1 else ""
        yield replace(same[0], message=same[0].message + more)
    yield from others


def _what_is_wrong(question: Question, value: str, dialect: Dialect) -> tuple[str, str]:
    if question.kind == "number":
        return "not_a_number", "is no number. Decimals come after a point: '12.5'."
    if question.kind == "multiple":
        return "unknown_code", f"is no tick. Known: {dialect.ticked!r}, and empty for not ticked."
    if question.range:
        low, high = question.range
        if _WHOLE.fullmatch(value):
            return "out_of_range", f"is outside the range of question {question.id!r}, {low} to {high}."
        return "unknown_code", f"is no mark of question {question.id!r}. Known: whole numbers from {low} to {high}."
    return "unknown_code", f"is no code of question {question.id!r}. {suggest(value, _codes(question, dialect))}"
