"""Dutch numbers: how a value of the estimate frame is printed.

Every number is rounded half up on its exact value first; Babel only puts the comma and the points in.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import pandas as pd
from babel.numbers import format_decimal

from srsmeting.errors import ReportError, unknown_name
from srsmeting.presentation.signs import SIGNS, Cell
from srsmeting.rounding import percentage, round_half_up

LOCALE: Final = "nl"
MINUS: Final = "\u2212"
#: Measures that are fractions; all others are printed as they are.
FRACTIONS: Final = ("share", "response_rate", "coverage", "attainment")


def format_count(value: float) -> str:
    """Print a count.

    Examples
    --------
    >>> format_count(1047)
    '1.047'
    """
    return _dutch(round_half_up(_finite("format_count()", value)))


def format_decimals(value: float | Fraction | Decimal, decimals: int = 1) -> str:
    """Print a mark or another mean, with a decimal comma.

    Examples
    --------
    >>> format_decimals(7.25)
    '7,3'
    """
    return _dutch(round_half_up(_finite("format_decimals()", value), decimals), decimals)


def format_percentage(share: float | Fraction | Decimal, decimals: int = 0) -> str:
    """Print a fraction as a percentage in a table or a figure.

    Parameters
    ----------
    share
        Fraction in [0, 1]; 0.225 is 23%.
    decimals
        Digits after the comma.

    Examples
    --------
    >>> format_percentage(0.225), format_percentage(1/3, 1)
    ('23%', '33,3%')
    """
    return f"{_percent('format_percentage()', share, decimals)}%"


def format_procent(share: float | Fraction | Decimal, decimals: int = 0) -> str:
    """Print a fraction as a percentage in running text; the space before the unit does not break.

    Examples
    --------
    >>> print(format_procent(0.66))
    66 procent
    """
    return f"{_percent('format_procent()', share, decimals)}\u00a0procent"


def format_change(difference: float | Fraction | Decimal, decimals: int = 0) -> str:
    """Print the difference of two fractions in percentage points, with its sign and without the unit.

    The difference is rounded, never the two fractions: 68,4% after 65,5% is +3, whatever 68 less 66 may be.

    Examples
    --------
    >>> format_change(0.029), format_change(-0.014), format_change(-0.001)
    ('+3', '−1', '0')
    """
    points = percentage(_finite("format_change()", difference), decimals)
    return f"{'+' if points > 0 else ''}{_dutch(points, decimals)}"


def format_procentpunt(difference: float | Fraction | Decimal, decimals: int = 0) -> str:
    """Print the difference of two fractions in running text, with sign and unit.

    Examples
    --------
    >>> print(format_procentpunt(0.029))
    +3 procentpunt
    """
    return f"{format_change(difference, decimals)}\u00a0procentpunt"


def format_estimate(row: Mapping[Any, Any] | pd.Series[Any], decimals: int | None = None) -> Cell:
    """Print one row of the estimate frame.

    Parameters
    ----------
    row
        A row: `measure`, `estimate`, `status` and `reason` are read.
    decimals
        Digits after the comma; default 0, and 1 for means.

    Returns
    -------
    Cell
        A percentage for shares and rates, percentage points (without unit) for changes, a decimal number for means.
        Where the number is missing, the sign of its status instead: never 0.

    Raises
    ------
    UnknownNameError
        For a status that has no sign.
    ReportError
        For a row of status ``A`` without a number.

    Examples
    --------
    >>> format_estimate({"measure": "share", "estimate": 0.661, "status": "A", "reason": ""}).text
    '66%'
    >>> format_estimate({"measure": "share", "estimate": float("nan"), "status": "Q", "reason": "small_base"}).text
    'x'
    """
    status, reason, value = str(row["status"]), str(row["reason"]), row["estimate"]
    if status != "A" and status not in SIGNS:
        raise unknown_name("format_estimate()", "status", status, ["A", *SIGNS])
    sign = SIGNS.get(status)
    if sign is not None and (sign.replaces or _missing(value)):
        # A break without a value is as empty as any other missing value.
        shown = sign if sign.replaces else SIGNS["O"]
        mark = "" if sign.replaces else sign.sign
        return Cell(shown.sign, mark, status, reason)
    mark = "" if sign is None else sign.sign
    measure = str(row["measure"])
    if measure in FRACTIONS:
        return Cell(format_percentage(value, decimals or 0), mark, status, reason)
    if measure.endswith("_change"):
        return Cell(format_change(value, decimals or 0), mark, status, reason)
    return Cell(format_decimals(value, 1 if decimals is None else decimals), mark, status, reason)


def format_counted(row: Mapping[Any, Any] | pd.Series[Any], column: str = "numerator") -> Cell:
    """Print a count of one row of the estimate frame, or the sign of its status where it is gone.

    Examples
    --------
    >>> format_counted({"numerator": 1047, "status": "A", "reason": ""}).text
    '1.047'
    """
    status, reason = str(row["status"]), str(row["reason"])
    if not _missing(row[column]):
        return Cell(format_count(row[column]))
    sign = SIGNS.get(status)
    return Cell(sign.sign if sign and sign.replaces else SIGNS["O"].sign, "", status, reason)


def _percent(where: str, share: float | Fraction | Decimal, decimals: int) -> str:
    return _dutch(percentage(_finite(where, share), decimals), decimals)


def _dutch(value: Decimal, decimals: int = 0) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    # abs() also turns a rounded -0 into 0.
    text = str(format_decimal(abs(value), format=pattern, locale=LOCALE))
    return MINUS + text if value < 0 else text


def _missing(value: Any) -> bool:
    return bool(pd.isna(value))


def _finite(where: str, value: float | Fraction | Decimal) -> float | Fraction | Decimal:
    if _missing(value) or not math.isfinite(value):
        raise ReportError(
            f"{where}: there is no number to print, the value is {value}. A suppressed or missing estimate "
            "has a sign instead: print its row with format_estimate()."
        )
    return value
