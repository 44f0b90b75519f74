"""Are two texts the same? Every year asks about its own year, and that is no difference."""

from __future__ import annotations

import re
import unicodedata

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def year_of(meting: str) -> int | None:
    """Return the year in the id of a measurement, the last if there are more; None without one.

    Examples
    --------
    >>> year_of("srs-2021"), year_of("srs_2021_2022"), year_of("proef")
    (2021, 2022, None)
    """
    # An underscore is part of a word, so that a boundary of words would not do.
    found = _YEAR.findall(meting)
    return int(found[-1]) if found else None


def plain(text: str) -> str:
    """Return a text without what nobody sees: kinds of white space, and how accents are encoded."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def same_text(earlier: str, later: str, years: tuple[int | None, int | None]) -> bool:
    """Say whether two texts are the same, but for the year that each is about.

    Examples
    --------
    >>> years = (2021, 2022)
    >>> same_text("Gebruikte u dit in 2021?", "Gebruikte u  dit in 2022?", years)
    True
    >>> same_text("Gebruikte u dit in 2021?", "Gebruikt u dit in 2022?", years)
    False
    """
    return plain(earlier) == plain(later) or _relative(earlier, years[0]) == _relative(later, years[1])


def stale_year(earlier: str, later: str, years: tuple[int | None, int | None]) -> str:
    """Return a year that both texts name though the measurements are about different ones; "" for none.

    Either it is meant ("since 2019"), or nobody changed it; only a person knows.

    Examples
    --------
    >>> stale_year("Deed u in 2021 mee?", "Deed u in 2021 mee?", (2021, 2022))
    '2021'
    """
    if None in years or years[0] == years[1] or plain(earlier) != plain(later):
        return ""
    found = _YEAR.findall(later)
    return found[0] if found else ""


def _relative(text: str, year: int | None) -> str:
    if year is None:
        return plain(text)
    return _YEAR.sub(lambda found: f"{{{int(found[0]) - year:+d}}}", plain(text))
