"""Months, as projects count them: the first and the last both count."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_MONTH: Final = re.compile(r"(\d{4})-(\d{2})")


class Month(NamedTuple):
    """A month of a year.

    Examples
    --------
    >>> str(read_month("2009-05")), read_month("2008-09").until(read_month("2009-12"))
    ('2009-05', 16)
    """

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"

    @property
    def number(self) -> int:
        """How many months it is after the first of the era."""
        return self.year * 12 + self.month - 1

    def until(self, last: Month) -> int:
        """Return how many months there are from this one to `last`, both included; below 1 when `last` is earlier."""
        return last.number - self.number + 1


def read_month(text: str) -> Month:
    """Read a month.

    Raises
    ------
    ValueError
        When it is written otherwise than 2009-05.
    """
    found = _MONTH.fullmatch(text.strip())
    if found is None or not 1 <= int(found[2]) <= 12:
        raise ValueError(f"{text!r} is no month. Write it as 2009-05.")
    return Month(int(found[1]), int(found[2]))
