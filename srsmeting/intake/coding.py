"""Text cells to coded answers: every value is a code of the questionnaire, or a fault with its line.

Works on the distinct values of a column, so that a million rows cost as many look-ups as there are different answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.errors import Fault, suggest
from srsmeting.intake.binding import Binding, export_columns, is_written_in
from srsmeting.intake.raw import RawExport
from srsmeting.questionnaire import Question, Questionnaire
from srsmeting.responses import Mask, answer_columns, status_columns

#: What LimeSurvey writes in a single choice when "other" was chosen.
OTHER_CHOSEN = "-oth-"
TICKED = "Y"
#: An equation whose inputs are empty.
_NOT_A_NUMBER = "NAN"
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_WHOLE = re.compile(r"-?\d+")
_ANSWER_TEXTS = ("Ja", "Nee", "Yes", "No", "N/A")
_UNKNOWN = -2
# Faults of the whole file: made by a setting of the export.
_SETTINGS = ("answer_text", "converted")

Positions = npt.NDArray[np.int16]


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
    """Code every answer of an export.

    Parameters
    ----------
    raw
        The export.
    binding
        Where the answers stand. A question of which a column is missing is left out.
    questionnaire
        The codes that may occur.

    Returns
    -------
    Coded
        Nothing is raised: faults are in it.
    """
    answers: dict[str, Mask | npt.NDArray[np.float64] | pd.Categorical[str]] = {}
    given: dict[str, Mask] = {}
    faults: list[Fault] = []
    for question in questionnaire.questions:
        if not set(export_columns(question)) <= set(binding.columns):
            continue
        if question.kind == "multiple":
            ticks, wrong_ticks = _ticks(raw, binding, question)
            answers |= ticks
            given[question.id] = np.logical_or.reduce(list(ticks.values()))
            faults += wrong_ticks
            continue
        for name in status_columns(question):
            column = raw.cells[binding.columns[name]]
            if question.kind == "open":
                answers[name] = given[name] = written(column)
            elif question.kind == "number":
                numbers, wrong = _numbers(column)
                answers[name], given[name] = numbers, ~np.isnan(numbers)
                faults += _faults(raw, question, column, wrong)
            else:
                positions, wrong = _positions(column, _codes(question))
                answers[name] = pd.Categorical.from_codes(positions, categories=pd.Index(question.codes, dtype="str"))
                given[name] = positions >= 0
                faults += _faults(raw, question, column, wrong)
    return Coded(pd.DataFrame(answers, copy=False, index=raw.cells.index), given, tuple(_once_per_setting(faults)))


def written(column: pd.Series[str]) -> Mask:
    """Say where a column holds text; spaces and line breaks alone are none."""
    return (column.str.strip() != "").to_numpy(dtype=np.bool_)


def _codes(question: Question) -> dict[str, int]:
    return {
        OTHER_CHOSEN if question.kind == "single" and is_written_in(question, c.code) else c.export: position
        for position, c in enumerate(question.categories)
    }


def _positions(column: pd.Series[str], codes: Mapping[str, int]) -> tuple[Positions, list[str]]:
    numbers, values = pd.factorize(column)
    known = {"": -1, **codes}
    table = np.array([known.get(value, _UNKNOWN) for value in values], dtype=np.int16)
    wrong = [value for value, position in zip(values, table, strict=True) if position == _UNKNOWN]
    return np.maximum(table, -1)[numbers], wrong


def _numbers(column: pd.Series[str]) -> tuple[npt.NDArray[np.float64], list[str]]:
    numbers, values = pd.factorize(column)
    table = np.array([float(value) if _NUMBER.fullmatch(value) else np.nan for value in values], dtype=np.float64)
    wrong = [value for value in values if value not in ("", _NOT_A_NUMBER) and not _NUMBER.fullmatch(value)]
    return table[numbers], wrong


def _ticks(raw: RawExport, binding: Binding, question: Question) -> tuple[dict[str, Mask], list[Fault]]:
    ticks: dict[str, Mask] = {}
    faults: list[Fault] = []
    for name, category in zip(answer_columns(question), question.categories, strict=True):
        column = raw.cells[binding.columns[name]]
        if is_written_in(question, category.code):
            ticks[name] = written(column)
        else:
            positions, wrong = _positions(column, {TICKED: 0})
            ticks[name] = positions == 0
            faults += _faults(raw, question, column, wrong)
    return ticks, faults


def _faults(raw: RawExport, question: Question, column: pd.Series[str], wrong: Sequence[str]) -> Iterator[Fault]:
    name = str(column.name)
    for value in wrong:
        rows = np.flatnonzero(column == value)
        rule, message = _what_is_wrong(question, value)
        if len(rows) > 1 and rule not in _SETTINGS:
            message += f" {len(rows)} rows have it; this is the first."
        yield Fault(raw.name, f"column {name!r}: {message}", int(raw.lines[rows[0]]), name, value, rule)


def _what_is_wrong(question: Question, value: str) -> tuple[str, str]:
    shown = repr(value if len(value) <= 60 else value[:59] + "…")
    if question.kind == "number":
        return "not_a_number", f"{shown} is no number. LimeSurvey writes a point before the decimals: '12.5'."
    if value in question.labels.values() or value in _ANSWER_TEXTS:
        return "answer_text", f"{shown} is the text of an answer. Export again with 'Answer codes' as answers."
    if question.kind == "multiple":
        if value in ("1", "2"):
            return "converted", f"{shown} stands for yes or no. Export again without converting Y and N."
        return "unknown_code", f"{shown} is no tick. Known: {TICKED!r}, and empty for not ticked."
    if question.range:
        low, high = question.range
        if _WHOLE.fullmatch(value):
            return "out_of_range", f"mark {shown} of question {question.id!r} is outside its range, {low} to {high}."
        message = f"{shown} is no mark of question {question.id!r}. Known: whole numbers from {low} to {high}."
        return "unknown_code", message
    return "unknown_code", f"{shown} is no code of question {question.id!r}. {suggest(value, _codes(question))}"


def _once_per_setting(faults: Sequence[Fault]) -> Iterator[Fault]:
    # A wrong setting of the export shows in every column; it is told once.
    for rule in _SETTINGS:
        same = [fault for fault in faults if fault.rule == rule]
        columns = len({fault.column for fault in same})
        if same:
            more = f" {columns} columns have such answers." if columns > 1 else ""
            yield replace(same[0], message=same[0].message + more)
    yield from (fault for fault in faults if fault.rule not in _SETTINGS)
