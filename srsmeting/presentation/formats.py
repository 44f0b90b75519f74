"""Dutch numbers: how a value of the estimate frame is printed.

Every number is rounded half up on its exact value first; Babel only puts the comma and the points in.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
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
#: Measures that are shares of respondents, whose decimals follow the base.
SHARES: Final = ("share", "adjusted_share")
#: Other measures that are fractions; what is no fraction is printed as it is.
FRACTIONS: Final = (
    *("response_rate", "coverage", "attainment", "expected_attainment", "dropout", "flow"),
    *("disposition", *(f"response_rate_{number}" for number in range(1, 7)), "cooperation_rate_1"),
    *("respondents_share", "frame_share"),
)
#: Measures that are whole numbers.
COUNTED: Final = (
    *("count", "goal", "result", "participants", "mentioned", "extended"),
    *("goals_set", "goals_reached", "goals_nearly", "goals_missed"),
)
#: Measures that are differences of fractions, beside those that end in ``_change``.
DIFFERENCES: Final = ("composition_difference", "attainment_gap")
#: Measures of what changed between two years: of shares they are differences of fractions, of means (which have no
#: category) differences of means.
CHANGES: Final = (
    *("change", "panel_change", "detectable_change", "trend_change"),
    *("standardised_change", "composition_change", "rate_change"),
)
#: How the names of p-values end.
_CHANCES: Final = ("p_value", "_p", "_p_holm", "_p_bh")


def format_count(value: float | Decimal) -> str:
    """Print a count.

    Examples
    --------
    >>> format_count(1047)
    '1.047'
    """
    return _dutch(round_half_up(_finite("format_count()", value)))


def format_written(value: Decimal) -> str:
    """Print a number with the decimals that it was written with.

    Examples
    --------
    >>> format_written(Decimal("14.4")), format_written(Decimal("1250"))
    ('14,4', '1.250')
    """
    decimals = max(0, -int(value.as_tuple().exponent))
    return _dutch(value, f"#,##0.{'0' * decimals}" if decimals else "#,##0")


def format_decimals(value: float | Fraction | Decimal) -> str:
    """Print a mark or another mean, with one decimal.

    Examples
    --------
    >>> format_decimals(7.25)
    '7,3'
    """
    return _dutch(round_half_up(_finite("format_decimals()", value), 1), "#,##0.0")


def format_indicator(value: float | Fraction | Decimal) -> str:
    """Print an indicator between 0 and 1, with two decimals.

    Examples
    --------
    >>> format_indicator(0.7621), format_indicator(1)
    ('0,76', '1,00')
    """
    return _dutch(round_half_up(_finite("format_indicator()", value), 2), "#,##0.00")


def format_chance(value: float | Fraction | Decimal) -> str:
    """Print a p-value, with three decimals.

    Examples
    --------
    >>> format_chance(0.04961), format_chance(1)
    ('0,050', '1,000')
    """
    return _dutch(round_half_up(_finite("format_chance()", value), 3), "#,##0.000")


def format_percentage(share: float | Fraction | Decimal, decimals: int = 0) -> str:
    """Print a fraction as a percentage in a table or a figure.

    How many decimals the base carries, :func:`srsmeting.rounding.percentage_decimals` says.

    Examples
    --------
    >>> format_percentage(0.225), format_percentage(0.225, 1)
    ('23%', '22,5%')
    """
    return f"{_points(percentage(_finite('format_percentage()', share), decimals))}%"


def format_procent(share: float | Fraction | Decimal, decimals: int = 0) -> str:
    """Print a fraction as a percentage in running text; the space before the unit does not break.

    Examples
    --------
    >>> print(format_procent(0.66), format_procent(0.66, 1), sep=", ")
    66 procent, 66,0 procent
    """
    return f"{_points(percentage(_finite('format_procent()', share), decimals))}\u00a0procent"


def format_change(difference: float | Fraction | Decimal, decimals: int = 0) -> str:
    """Print the difference of two fractions in percentage points, with its sign and without the unit.

    The difference is rounded, never the two fractions: 68,4% after 65,5% is +3, whatever 68 less 66 may be.

    Examples
    --------
    >>> format_change(0.029), format_change(-0.014), format_change(-0.001)
    ('+3', '−1', '0')
    """
    points = percentage(_finite("format_change()", difference), decimals)
    return f"{'+' if points > 0 else ''}{_points(points)}"


def format_mean_change(difference: float | Fraction | Decimal) -> str:
    """Print the difference of two means with one decimal and its sign.

    Examples
    --------
    >>> format_mean_change(0.25), format_mean_change(-0.14), format_mean_change(0.04)
    ('+0,3', '−0,1', '0,0')
    """
    points = round_half_up(_finite("format_mean_change()", difference), 1)
    return f"{'+' if points > 0 else ''}{_dutch(points, '#,##0.0')}"


def format_estimate(row: Mapping[Any, Any] | pd.Series[Any], decimals: int = 0) -> Cell:
    """Print one row of the estimate frame.

    Parameters
    ----------
    row
        A row: `measure`, `estimate`, `status` and `reason` are read.
    decimals
        Of a share; one exhibit has one number of them. Response and coverage are whole.

    Returns
    -------
    Cell
        A percentage for shares and rates, percentage points (without unit) for changes, a decimal number for means,
        a whole one for counts. Where the number is missing, the sign of its status instead: never 0.

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
    >>> format_estimate({"measure": "count", "estimate": 40.0, "status": "A", "reason": ""}).text
    '40'
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
    change: Callable[..., str] = format_decimals
    change = format_change if measure.endswith("_change") or measure in DIFFERENCES else change
    change = format_indicator if measure.startswith("r_indicator") else change
    change = format_count if measure in COUNTED else change
    change = format_chance if measure.endswith(_CHANCES) else change
    if measure in CHANGES:
        change = format_change if row.get("category", "") else format_mean_change
    if measure in SHARES:
        return Cell(format_percentage(value, decimals), mark, status, reason)
    return Cell((format_percentage if measure in FRACTIONS else change)(value), mark, status, reason)


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


def _points(value: Decimal) -> str:
    # As many decimals as it was rounded to.
    places = -int(value.as_tuple().exponent)
    return _dutch(value, f"#,##0.{'0' * places}" if places else "#,##0")


def _dutch(value: Decimal, pattern: str = "#,##0") -> str:
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
