"""Months as readers know them."""

from __future__ import annotations

from typing import Final

from srsmeting.goals import Month

_NAMES: Final = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


def month_name(month: Month) -> str:
    """Write a month out.

    Examples
    --------
    >>> from srsmeting.goals import read_month
    >>> month_name(read_month("2009-11"))
    'november 2009'
    """
    return f"{_NAMES[month.month - 1]} {month.year}"


def month_short(month: Month) -> str:
    """Write a month in few characters, for a table or an axis.

    Examples
    --------
    >>> from srsmeting.goals import read_month
    >>> month_short(read_month("2009-11")), month_short(read_month("2010-03"))
    ('nov 2009', 'mrt 2010')
    """
    return f"{'mrt' if month.month == 3 else _NAMES[month.month - 1][:3]} {month.year}"
