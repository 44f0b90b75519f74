"""Dutch phrases for how large a part is without a number, and for several shares at once.

==========  ===================
percentage  words
==========  ===================
0           geen (only when nobody)
1 - 9       een klein deel
10 - 48     een minderheid
49 - 51     de helft
52 - 74     een meerderheid
75 - 99     het merendeel
100         alle (only when everybody)
==========  ===================

Several shares are one phrase where they lie around the same fraction: "(ruim) een derde" says that some are a third and
some are more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from srsmeting.errors import ReportError
from srsmeting.presentation.words import Interval, Share, check_share, share_band, share_procent, share_words
from srsmeting.rounding import percentage

#: From and up to which whole percentage, and the words.
SIZE_WORDS: Final[Sequence[tuple[int, int, str]]] = (
    (0, 9, "een klein deel"),
    (10, 48, "een minderheid"),
    (49, 51, "de helft"),
    (52, 74, "een meerderheid"),
    (75, 100, "het merendeel"),
)
_HALF: Final = Fraction(1, 2)


def size_words(share: Share, interval: Interval | None = None) -> str:
    """Say how large a part is, without a number.

    Parameters
    ----------
    share
        Fraction in [0, 1], unrounded.
    interval
        Ends of its interval; given, the percentage is printed where half lies in it or it is not known.

    Raises
    ------
    ReportError
        When there is no share, or it is not a fraction.

    Examples
    --------
    >>> [size_words(share) for share in (0.08, 0.41, 0.55, 0.78, 1)]
    ['een klein deel', 'een minderheid', 'een meerderheid', 'het merendeel', 'alle']
    """
    check_share("size_words()", share)
    if share in (0, 1):
        return "alle" if share else "geen"
    if interval is not None and not (interval[0] > _HALF or interval[1] < _HALF):
        return share_procent(share)
    whole = percentage(share)
    return next(words for low, high, words in SIZE_WORDS if low <= whole <= high)


def size_of(share: Share, whole: str, interval: Interval | None = None) -> str:
    """Say how large a part of something is, with the preposition that the words ask for.

    Examples
    --------
    >>> size_of(0.78, "leden"), size_of(1, "leden"), size_of(0, "leden")
    ('het merendeel van de leden', 'alle leden', 'geen van de leden')
    """
    words = size_words(share, interval)
    return f"{words}{' ' if words == 'alle' else ' van de '}{whole}"


def shares_words(shares: Iterable[Share]) -> str:
    """Put several shares into words at once.

    Parameters
    ----------
    shares
        Fractions in [0, 1], unrounded; at least one.

    Returns
    -------
    str
        One phrase where they are called the same, or lie around or above the same fraction; else the smallest and the
        largest, both as a fraction or both as a percentage.

    Raises
    ------
    ReportError
        Without shares, or when one of them is not there or no fraction.

    Examples
    --------
    >>> shares_words([0.37, 0.33]), shares_words([0.32, 0.33]), shares_words([0.24, 0.66])
    ('(ruim) een derde', 'een derde', 'van een kwart tot twee derde')
    >>> print(shares_words([0.05, 0.66]))
    van 5 procent tot 66 procent
    """
    values = list(shares)
    if not values:
        raise ReportError("shares_words(): there are no shares to put into words. Leave the sentence out.")
    phrases = dict.fromkeys(share_words(value) for value in values)
    if len(phrases) == 1:
        return next(iter(phrases))
    low, high = min(values), max(values)
    bands = [share_band(value) if value not in (0, 1) else None for value in values]
    names = {band.name if band else "" for band in bands}
    modifiers = {band.modifier if band else "" for band in bands}
    if len(names) == 1 and "" not in names and "bijna" not in modifiers:
        name = names.pop()
        return f"(ruim) {name}" if "" in modifiers else f"meer dan {name}"
    ends = [share_words(low), share_words(high)]
    if any(band is None for band in (share_band(low), share_band(high))) or low == 0 or high == 1:
        ends = [share_procent(low), share_procent(high)]
    return f"van {ends[0]} tot {ends[1]}"
