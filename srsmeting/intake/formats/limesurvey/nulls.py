"""Cells in which LimeSurvey's database has nothing: a question that was not shown, or a field that cannot tell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from srsmeting.intake.formats.limesurvey.columns import ToolColumn
from srsmeting.intake.formats.limesurvey.dialect import what_is_added
from srsmeting.intake.raw import TEXT
from srsmeting.responses import Mask

# How the database writes a number and a moment; it has no empty ones, so that nothing stands for both.
_DECIMAL = r"-?\d+\.\d{10}"
_MOMENT = r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}"
_EITHER = re.compile(f"(?:{_DECIMAL}|{_MOMENT})?")


def what_was_shown(cells: pd.DataFrame, nothing: Mapping[str, Mask], columns: Sequence[ToolColumn]) -> pd.DataFrame:
    """Return of which columns it is known whether they were shown, and to whom.

    Parameters
    ----------
    cells
        The cells, ``""`` where the database has nothing as well.
    nothing
        Where it has nothing, by column.
    columns
        Those of the structure, which say what is a number or a moment; without, the values tell.
    """
    numbers = {column.name for column in columns if column.holds == "number"}
    known = {column.name for column in columns}
    found = {}
    for column in map(str, cells.columns):
        if what_is_added(column) or column in numbers:
            continue
        if column in known or not _may_be_number(cells[column], nothing[column]):
            found[column] = ~nothing[column]
    return pd.DataFrame(found, index=cells.index)


def _may_be_number(cells: pd.Series[str], nothing: Mask) -> bool:
    written = cells[~nothing]
    return bool((written != "").all()) and bool(written.drop_duplicates().str.fullmatch(_EITHER).all())


def short_numbers(cells: pd.Series[str]) -> pd.Series[str]:
    """Return numbers as other exports have them: without the zeros that the database puts after the point."""
    if not cells.str.fullmatch(_DECIMAL).any():
        return cells
    numbers, values = pd.factorize(cells)
    short = [value.rstrip("0").rstrip(".") if re.fullmatch(_DECIMAL, value) else value for value in values]
    return pd.Series(pd.array(np.asarray(short, dtype=object)[numbers], dtype=TEXT), index=cells.index)
