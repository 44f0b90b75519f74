"""A row of the estimate frame as cells: its number, or the sign that stands for it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from srsmeting.errors import unknown_name
from srsmeting.presentation.formats import COUNTED, DIFFERENCES, FRACTIONS, SHARES
from srsmeting.presentation.signs import SIGNS
from srsmeting.presentation.tablebook.model import Cell, Kind

#: A row of the estimate frame.
Row = Mapping[str, Any]

#: Digits behind the point of the number that is rounded to be shown.
_PLACES: Final[Mapping[str, int]] = {"percentage": 2, "percentage_1": 3, "decimal": 1, "indicator": 2, "chance": 3}
_CHANCES: Final = ("p_value", "rank_p_value", "difference_p", "adjusted_p_value")
_INDICATORS: Final = ("effect_size", "rank_effect_size", "adjusted_effect_size", "design_effect")


def records(frame: pd.DataFrame) -> list[Row]:
    """Return the rows of a frame, missing values as NaN."""
    names = [str(name) for name in frame.columns]
    columns = [column.to_numpy(dtype=object, na_value=math.nan).tolist() for _, column in frame.items()]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def kind_of(measure: str) -> Kind:
    """Return what the numbers of a measure are.

    Examples
    --------
    >>> kind_of("share"), kind_of("mean"), kind_of("coverage_change"), kind_of("p_value")
    ('percentage', 'decimal', 'points', 'chance')
    """
    if measure in FRACTIONS or measure in SHARES:
        return "percentage"
    if measure.endswith("_change") or measure in DIFFERENCES:
        return "points"
    if measure in COUNTED:
        return "count"
    if measure in _CHANCES:
        return "chance"
    return "indicator" if measure.startswith("r_indicator") or measure in _INDICATORS else "decimal"


def value_cell(row: Row | None, column: str = "estimate", kind: Kind | None = None, *, strong: bool = False) -> Cell:
    """Return one value of a row, or the sign that stands for it: never both.

    Parameters
    ----------
    row
        A row of the estimate frame; None where it has no such row.
    column
        Which of its values.
    kind
        What it is; default by the measure for values, a count for counts.

    Raises
    ------
    UnknownNameError
        For a status that has no sign.

    Examples
    --------
    >>> value_cell({"measure": "share", "estimate": 0.25, "status": "U", "reason": "indicative"})
    Cell(value=0.25, kind='percentage', mark='u', link='', strong=False)
    >>> value_cell({"measure": "share", "estimate": 0.25, "status": "Q", "reason": "small_base"}).value
    'x'
    >>> value_cell({"measure": "coverage_change", "estimate": -0.003, "status": "A", "reason": ""}).kind
    'points_none'
    """
    if row is None:
        return Cell(SIGNS["O"].sign, "sign", strong=strong)
    status, measure = str(row["status"]), str(row["measure"])
    sign = SIGNS.get(status)
    if status != "A" and sign is None:
        raise unknown_name("value_cell()", "status", status, ["A", *SIGNS])
    # Whatever the row still holds: where a sign replaces the number, the number does not go into the file.
    if sign is not None and sign.replaces:
        return Cell(sign.sign, "sign", strong=strong)
    value = row[column]
    if pd.isna(value):
        return Cell(SIGNS["O"].sign, "sign", strong=strong)
    if column in ("numerator", "denominator"):
        return Cell(int(value), "count", strong=strong)
    what = kind or kind_of(measure)
    mark = sign.sign if sign is not None and column == "estimate" else ""
    shown = shown_value(float(value), what)
    if what == "points" and abs(shown) < 0.5:
        what = "points_none"
    return Cell(shown, what, mark, strong=strong)


def shown_value(value: float, kind: Kind) -> float:
    """Return a number as the cell holds it, so that every program rounds it half up, as the reports do.

    A program that multiplies 0.285 by 100 gets 28.499999999999996 and shows 28%. The next number that a computer has,
    0.28500000000000003, is the same to 15 digits and shows 29% everywhere. Percentage points are held as points.

    Examples
    --------
    >>> shown_value(0.285, "percentage"), shown_value(0.28, "percentage"), shown_value(0.285, "points")
    (0.28500000000000003, 0.28, 28.5)
    """
    if kind == "points":
        return float(Decimal(repr(value)).scaleb(2))
    places = _PLACES.get(kind)
    if places is None:
        return value
    scaled = Decimal(repr(value)).scaleb(places)
    tie = scaled % 1 in (Decimal("0.5"), Decimal("-0.5"))
    return math.nextafter(value, math.copysign(math.inf, value)) if tie else value
