"""Amounts as a report writes them, and whether two of them can both be true."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from srsmeting.goals import read_value

#: From which number to which an amount can be, by how the text begins; the amount is 1.
_ROOM: Final[dict[str, tuple[Fraction | None, Fraction | None]]] = {
    "ruim": (Fraction(1), Fraction(11, 10)),
    "bijna": (Fraction(9, 10), Fraction(1)),
    "meer dan": (Fraction(1), None),
    "minder dan": (None, Fraction(1)),
    "minimaal": (Fraction(1), None),
    "maximaal": (None, Fraction(1)),
}
#: And where the text says only that it is not exact.
ABOUT: Final = (Fraction(9, 10), Fraction(11, 10))

_PERCENT: Final = re.compile(r"[0-9]+(?:[.,]([0-9]+))?\s*(?:%|procent)$")
_DECIMAL: Final = re.compile(r"([0-9]+),([0-9]+)")

_STEPS: Final[dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


@dataclass(frozen=True)
class Amount:
    """What an amount can be: from `low` up to `high`, both included, or without end; `open` leaves `high` out.

    ``None`` and no text at either end where the report says that there is nothing.
    """

    text: str
    low: Fraction | None = None
    high: Fraction | None = None
    open: bool = False
    absent: bool = False

    def can_be(self, other: Amount) -> bool:
        """Whether some number is both.

        Examples
        --------
        >>> read_amount("circa 90").can_be(read_amount("97")), read_amount("circa 90").can_be(read_amount("100"))
        (True, False)
        """
        if self.absent or other.absent:
            return self.absent == other.absent
        return not (self._below(other) or other._below(self))

    def _below(self, other: Amount) -> bool:
        if self.high is None or other.low is None:
            return False
        return self.high < other.low or (self.open and self.high == other.low)


def read_amount(said: int | str) -> Amount:
    """Read an amount: ``50``, ``50/60``, ``circa 90``, ``66%``, ``11,5``, ``maximaal 5``, ``-``.

    What has decimals, and a percentage, was rounded half up: it stands for what lies from half of its last digit below
    it to just under half of that above.

    Raises
    ------
    ValueError
        When it is none.

    Examples
    --------
    >>> [str(end) for end in (read_amount("66%").low, read_amount("66%").high)]
    ['131/200', '133/200']
    >>> read_amount("vijftien negentig")
    Traceback (most recent call last):
    ...
    ValueError: 'vijftien negentig' is no amount.
    """
    text = str(said)
    if decimal := _DECIMAL.fullmatch(text):
        return _rounded(text, Fraction(f"{decimal[1]}.{decimal[2]}"), Fraction(1, 10 ** len(decimal[2])))
    try:
        value = read_value(text, percent=True)
    except ValueError:
        raise ValueError(f"{text!r} is no amount.") from None
    if value.share is not None:
        if value.approximate:
            return _with_room(text, value.share, value.share)
        percent = _PERCENT.search(text)
        return _rounded(text, value.share, Fraction(1, 100 * 10 ** len((percent and percent[1]) or "")))
    if value.low is None or value.high is None:
        return Amount(text, absent=True)
    if value.approximate:
        return _with_room(text, Fraction(value.low), Fraction(value.high))
    return Amount(text, Fraction(value.low), Fraction(value.high))


def is_readable(said: int | str) -> bool:
    """Whether it is an amount."""
    try:
        read_amount(said)
    except ValueError:
        return False
    return True


def exactly(number: Fraction, text: str = "") -> Amount:
    """Return an amount that was computed."""
    return Amount(text or plain(number), number, number)


def in_whole(number: Fraction) -> Amount:
    """Return an amount that was computed, and that a report may print as a whole number, rounded half up.

    Examples
    --------
    >>> mean = in_whole(Fraction(23, 2))
    >>> [mean.can_be(read_amount(said)) for said in ("11,5", "12", "11")]
    [True, True, False]
    """
    whole = Fraction(math.floor(number + Fraction(1, 2)))
    return Amount(plain(number), min(number, whole), max(number, whole))


def plain(number: Fraction) -> str:
    """Write a number as a reader would: whole, or with one decimal.

    Examples
    --------
    >>> plain(Fraction(12)), plain(Fraction(100, 3))
    ('12', '33.3')
    """
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.1f}"


def calculate(text: str) -> Fraction:
    """Compute a sum of whole numbers.

    Raises
    ------
    ValueError
        When it is no such sum.

    Examples
    --------
    >>> calculate("2 * 12 / 2"), calculate("100 * (300 - 156) / 300")
    (Fraction(12, 1), Fraction(48, 1))
    """
    try:
        return _value(ast.parse(text, mode="eval").body)
    except (SyntaxError, ValueError, ZeroDivisionError):
        raise ValueError(f"{text!r} cannot be computed. Write whole numbers with + - * / and parentheses.") from None


def _value(node: ast.expr) -> Fraction:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return Fraction(node.value)
    if isinstance(node, ast.BinOp) and type(node.op) in _STEPS:
        return _STEPS[type(node.op)](_value(node.left), _value(node.right))
    raise ValueError


def _rounded(text: str, number: Fraction, digit: Fraction) -> Amount:
    return Amount(text, number - digit / 2, number + digit / 2, open=True)


def _with_room(text: str, low: Fraction, high: Fraction) -> Amount:
    words = text.lower()
    down, up = next((room for word, room in _ROOM.items() if words.startswith(word)), ABOUT)
    exclusive = words.startswith(("meer dan", "minder dan"))
    start = None if down is None else down * low + (exclusive and up is None)
    end = None if up is None else up * high
    return Amount(text, start, end, open=exclusive and down is None)
