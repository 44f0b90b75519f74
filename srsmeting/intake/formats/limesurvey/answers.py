"""Answers of LimeSurvey as texts or converted: which of these a table holds, and back to codes by the structure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd

from srsmeting.intake.binding.wording import same_wording
from srsmeting.intake.files.coded_text import numbered
from srsmeting.intake.formats.limesurvey.columns import ToolColumn
from srsmeting.intake.formats.limesurvey.dialect import NO, NOT_APPLICABLE, OTHER, OTHER_CHOSEN, YES, what_is_added
from srsmeting.intake.raw import TEXT

Written = Literal["codes", "texts", "converted"]

_TEXTS = frozenset({*YES, *NO})
_CODES = frozenset({"Y", "N"})
_NUMBERS = frozenset({"1", "2"})
# A tick shows in the first rows of nearly every export; only when it does not, all rows are looked at.
_FEW = 500


def how_written(cells: pd.DataFrame, columns: Sequence[ToolColumn] = ()) -> Written:
    """Say how the answers in a table are written: as codes, as texts, or with yes and no converted to 1 and 2.

    Ticks and answers to yes-no questions tell; `columns` of the structure, where there is one, say which these are.
    """
    if len(cells) > _FEW:
        found = _how_written(cells.head(_FEW), columns)
        if found in ("codes", "texts"):  # few rows can look converted by chance
            return found
    return _how_written(cells, columns) or "codes"


def _how_written(cells: pd.DataFrame, columns: Sequence[ToolColumn]) -> Written | None:
    ticks = {column.name for column in columns if column.holds == "tick" or column.question.type == "yes/no"}
    names = [name for name in cells.columns if name in ticks or (not columns and not what_is_added(str(name)))]
    values = {str(name): frozenset(numbered(cells[name])[1]) - {"", NOT_APPLICABLE} for name in names}
    told = [found for found in values.values() if found]
    if any(found <= _CODES for found in told):
        return "codes"
    if _is_converted(cells, values, columns):
        return "converted"
    if any(OTHER_CHOSEN in found for found in told):
        return "codes"
    if any(found <= _TEXTS and ("[" in name or name in ticks) for name, found in values.items() if found):
        return "texts"
    return _by_answers(cells, columns)


def _is_converted(cells: pd.DataFrame, values: Mapping[str, frozenset[str]], columns: Sequence[ToolColumn]) -> bool:
    """Say whether a question has ticks that are all 1 or 2 and texts beside them that are never empty."""
    ticks: dict[str, list[str]] = {}
    beside: dict[str, list[str]] = {}
    for name in map(str, cells.columns):
        kind = beside if name.endswith(("[other]", "comment]")) else ticks
        if "[" in name and (kind is beside or name in values):
            kind.setdefault(name.partition("[")[0], []).append(name)
    for question, names in ticks.items():
        found = frozenset().union(*(values[name] for name in names))
        # With a structure it is known that these are ticks; a battery with two codes may look the same.
        full = names if columns else [*names, *beside.get(question, [])]
        if found <= _NUMBERS and "2" in found and not (cells[full] == "").to_numpy().any():
            return True
    return False


def _by_answers(cells: pd.DataFrame, columns: Sequence[ToolColumn]) -> Written | None:
    for column in columns:
        if column.holds == "answer" and column.name in cells:
            codes = {code for code, _ in column.question.answers} | {OTHER_CHOSEN, ""}
            labels = _codes_by_label(column)
            other = frozenset(cells[column.name].unique()) - codes
            if other and all(same_wording(value) in labels for value in other):
                return "texts"
    return None


def to_codes(cells: pd.DataFrame, columns: Sequence[ToolColumn], written: Written) -> pd.DataFrame:
    """Return the cells with codes for answers, as far as the structure tells which code a text is.

    A text that two answers share stays as it is: it is no code, and intake says so.
    """
    found = {}
    for column in columns:
        if column.name in cells:
            known = _codes_by_text(column) if written == "texts" else _codes_by_number(column)
            if known:
                found[column.name] = _replaced(cells[column.name], known, loosely=written == "texts")
    return cells.assign(**found)


def _codes_by_text(column: ToolColumn) -> dict[str, str]:
    if column.holds == "tick":
        return dict.fromkeys(map(same_wording, YES), "Y") | dict.fromkeys(map(same_wording, NO), "")
    if column.holds in ("answer", "else"):
        return _codes_by_label(column)
    return {}


def _codes_by_label(column: ToolColumn) -> dict[str, str]:
    question = column.question
    found: dict[str, str] = {}
    double = set()
    if question.has_other:
        found |= dict.fromkeys(map(same_wording, (question.other_label, *OTHER)), OTHER_CHOSEN)
    if question.type == "yes/no":
        found[same_wording(NOT_APPLICABLE)] = ""
        found |= dict.fromkeys(map(same_wording, YES), "Y") | dict.fromkeys(map(same_wording, NO), "N")
    answered: dict[str, str] = {}
    for code, label in question.answers:
        wording = same_wording(label)
        if answered.setdefault(wording, code) != code:
            double.add(wording)
    found |= answered
    return {wording: code for wording, code in found.items() if wording and wording not in double}


def _codes_by_number(column: ToolColumn) -> dict[str, str]:
    if column.holds == "tick":
        return {"1": "Y", "2": ""}
    if column.question.kind == "multiple":  # a text beside the options
        return {"2": ""}
    return {"1": "Y", "2": "N"} if column.question.type == "yes/no" else {}


def _replaced(cells: pd.Series[str], known: Mapping[str, str], *, loosely: bool) -> pd.Series[str]:
    numbers, values = pd.factorize(cells)
    codes = [known.get(same_wording(value) if loosely else value, value) for value in values]
    return pd.Series(pd.array(np.asarray(codes, dtype=object)[numbers], dtype=TEXT), index=cells.index)


def numbers_to_codes(cells: pd.DataFrame, columns: Sequence[ToolColumn]) -> pd.DataFrame:
    """Return the cells of an export for SPSS with codes, where the structure tells that letters became numbers."""
    found = {}
    for column in columns:
        codes = [code for code, _ in column.question.answers]
        letters = next((order for order in ("YNU", "ISD") if codes and set(codes) <= set(order)), "")
        known = {str(number): letter for number, letter in enumerate(letters, start=1)}
        if column.holds == "tick":
            known = {"1": "Y", "0": ""}
        elif column.question.has_other and column.holds == "answer":
            known["666666"] = OTHER_CHOSEN
        if known and column.name in cells:
            found[column.name] = _replaced(cells[column.name], known, loosely=False)
    return cells.assign(**found)
