"""Rounding as readers do it: half up, on the exact value.

Python rounds halves to even (``round(22.5) == 22``) and formats binary fractions (``f"{28.499999:.0f}"``); a reader who
checks 18 of 80 on paper finds 22.5 and writes 23. Published figures follow the reader.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Final

#: From how many respondents on percentages have a decimal.
DECIMALS_FROM: Final = 1000

_PRECISION = 40


def round_half_up(value: float | Fraction | Decimal, decimals: int = 0) -> Decimal:
    """Round half away from zero.

    Parameters
    ----------
    value
        A number. A float stands for the shortest decimal that it prints as, so that the quotient of two counts that is
        exactly half way (18 / 80 = 0.225) is rounded up although its binary form lies just below.
    decimals
        Digits to keep after the decimal mark.

    Returns
    -------
    Decimal
        With exactly `decimals` digits.

    Examples
    --------
    >>> round_half_up(22.5), round_half_up(-0.5), round_half_up(7.25, 1)
    (Decimal('23'), Decimal('-1'), Decimal('7.3'))
    """
    with localcontext() as context:
        context.prec = _PRECISION
        exact = _decimal(value)
        # Adding 0 takes the sign off -0, which is not a number that a reader knows.
        return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP) + 0


def percentage(share: float | Fraction | Decimal, decimals: int = 0) -> Decimal:
    """Return a fraction as a percentage, rounded half up.

    Examples
    --------
    >>> percentage(18 / 80), percentage(Fraction(1, 3), 1)
    (Decimal('23'), Decimal('33.3'))
    """
    with localcontext() as context:
        context.prec = _PRECISION
        return round_half_up(_decimal(share) * 100, decimals)


def percentage_decimals(bases: Iterable[int | None], decimals_from: int | None = DECIMALS_FROM) -> int:
    """Return how many decimals the percentages of one exhibit have: as many as the smallest of their bases carries.

    Parameters
    ----------
    bases
        Denominators of the percentages that are shown; None for one that is not known.
    decimals_from
        From which base on there is one decimal; None for whole percentages whatever the base.

    Returns
    -------
    int
        0 or 1.

    Notes
    -----
    A decimal promises that one respondent more or less shows in it. From 1,000 respondents on, each is at most a tenth
    of a percentage point; below, the decimal would change in steps that are larger than itself.

    Examples
    --------
    >>> percentage_decimals([301]), percentage_decimals([1000]), percentage_decimals([2400, 301])
    (0, 1, 0)
    >>> percentage_decimals([2400], decimals_from=None)
    0
    """
    known = [base for base in bases if base is not None]
    return int(decimals_from is not None and bool(known) and min(known) >= decimals_from)


def _decimal(value: float | Fraction | Decimal) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    # float() first: the repr of a NumPy scalar is not a number.
    return value if isinstance(value, Decimal) else Decimal(repr(float(value)))
