"""Dutch phrases: shares as fractions, numbers as words, and the grammar around them.

How a share is put into words (the whole percentage decides, rounded half up):

==========  =========================  ==========  ==========================
percentage  words                      percentage  words
==========  =========================  ==========  ==========================
0           geen (only when nobody)    52 - 54     iets meer dan de helft
1 - 8       N procent                  55 - 60     meer dan de helft
9 - 11      een op de tien             61          61 procent
12          ruim een op de tien        62 - 64     bijna twee derde
13 - 18     N procent                  65 - 68     twee derde
19 - 21     een vijfde                 69 - 70     ruim twee derde
22          ruim een vijfde            71 - 73     bijna drie kwart
23          bijna een kwart            74 - 76     drie kwart
24 - 26     een kwart                  77 - 78     ruim drie kwart
27 - 29     N procent                  79 - 81     vier vijfde
30          meer dan een kwart         82 - 85     ruim vier vijfde
31          bijna een derde            86 - 88     bijna negen op de tien
32 - 35     een derde                  89 - 91     negen op de tien
36 - 40     ruim een derde             92 - 94     ruim negen op de tien
41 - 45     N procent                  95 - 99     N procent
46 - 48     bijna de helft             100         alle (only when everybody)
49 - 51     de helft
==========  =========================  ==========  ==========================

The bare fraction stands for less than two percentage points to either side of it. "Bijna" is always below the fraction,
by at most 8% of it; "ruim" and "meer dan" always above it, by at most a fifth of it. Where two fractions compete the
closest one wins, except at 78: what has been reached ("ruim drie kwart") goes before what has not. Where no fraction is
close enough, and between a quarter and a third where they stand too close together, the percentage itself is printed.
31% was published both as "een derde" and as "bijna een derde"; the second is what the rule says.

With an interval the words must be sure: no other fraction of the table may lie in it, nor the fraction itself behind
"bijna", "ruim" and "meer dan". Where one does, the percentage is printed. "Geen" and "alle" count respondents, and are
always sure.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from num2words import num2words

from srsmeting.errors import ReportError
from srsmeting.presentation.formats import format_count, format_procent
from srsmeting.rounding import percentage


class Band(NamedTuple):
    """Whole percentages that are called the same: from and up to which, what stands before the fraction, its name."""

    low: int
    high: int
    modifier: str
    name: str

    @property
    def words(self) -> str:
        """The phrase."""
        return f"{self.modifier} {self.name}".lstrip()


#: The fractions that have a name.
FRACTIONS: Final[Mapping[str, Fraction]] = {
    "een op de tien": Fraction(1, 10),
    "een vijfde": Fraction(1, 5),
    "een kwart": Fraction(1, 4),
    "een derde": Fraction(1, 3),
    "de helft": Fraction(1, 2),
    "twee derde": Fraction(2, 3),
    "drie kwart": Fraction(3, 4),
    "vier vijfde": Fraction(4, 5),
    "negen op de tien": Fraction(9, 10),
}
#: What lies between two bands is printed as a percentage.
SHARE_WORDS: Final[Sequence[Band]] = (
    Band(9, 11, "", "een op de tien"),
    Band(12, 12, "ruim", "een op de tien"),
    Band(19, 21, "", "een vijfde"),
    Band(22, 22, "ruim", "een vijfde"),
    Band(23, 23, "bijna", "een kwart"),
    Band(24, 26, "", "een kwart"),
    Band(30, 30, "meer dan", "een kwart"),
    Band(31, 31, "bijna", "een derde"),
    Band(32, 35, "", "een derde"),
    Band(36, 40, "ruim", "een derde"),
    Band(46, 48, "bijna", "de helft"),
    Band(49, 51, "", "de helft"),
    Band(52, 54, "iets meer dan", "de helft"),
    Band(55, 60, "meer dan", "de helft"),
    Band(62, 64, "bijna", "twee derde"),
    Band(65, 68, "", "twee derde"),
    Band(69, 70, "ruim", "twee derde"),
    Band(71, 73, "bijna", "drie kwart"),
    Band(74, 76, "", "drie kwart"),
    Band(77, 78, "ruim", "drie kwart"),
    Band(79, 81, "", "vier vijfde"),
    Band(82, 85, "ruim", "vier vijfde"),
    Band(86, 88, "bijna", "negen op de tien"),
    Band(89, 91, "", "negen op de tien"),
    Band(92, 94, "ruim", "negen op de tien"),
)
#: Counts up to here are written in words.
WORDS_TO: Final = 20

#: A fraction in [0, 1], unrounded.
Share = float | Fraction | Decimal
#: The ends of an interval around a share.
Interval = tuple[float, float]

# A number that begins a sentence, unless a range begins there: "7 of 8", "50–249 fte".
_FIRST_NUMBER: Final = re.compile(r"(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?P<rest>,\d+)?(?!\S)(?!\s+(?:of|tot|à)\s)")


def share_words(share: Share, interval: Interval | None = None) -> str:
    """Put a share into words.

    Parameters
    ----------
    share
        Fraction in [0, 1], unrounded.
    interval
        Ends of its interval; given, the words are refused where it reaches over a boundary, and the percentage stands.
        An interval that is not known (nan) refuses all words.

    Returns
    -------
    str
        A fraction in words by the table above, else "N procent". Shares that only round to 0 or 100 are
        "minder dan 1 procent" and "meer dan 99 procent".

    Raises
    ------
    ReportError
        When there is no share (suppressed or missing), or it is not a fraction.

    Examples
    --------
    >>> for share in (0.37, 0.43, 0, 0.004):
    ...     print(share_words(share))
    ruim een derde
    43 procent
    geen
    minder dan 1 procent
    >>> print(share_words(0.37, (0.32, 0.42)), "/", share_words(0.37, (0.35, 0.39)))
    37 procent / ruim een derde
    """
    check_share("share_words()", share)
    if share in (0, 1):
        return "alle" if share else "geen"
    band = share_band(share)
    if band is not None and (interval is None or _is_sure(band, interval)):
        return band.words
    return share_procent(share)


def share_band(share: Share) -> Band | None:
    """Return what a share is called; None where no fraction is near."""
    whole = percentage(share)
    return next((band for band in SHARE_WORDS if band.low <= whole <= band.high), None)


def share_procent(share: Share) -> str:
    """Print a share as a percentage in running text, where 0 and 100 stand for nobody and everybody.

    Examples
    --------
    >>> print(share_procent(0.43), "/", share_procent(0.996))
    43 procent / meer dan 99 procent
    """
    whole = percentage(share)
    if whole == 0 and share > 0:
        return "minder dan 1\u00a0procent"
    if whole == 100 and share < 1:
        return "meer dan 99\u00a0procent"
    return format_procent(share)


def share_of(share: Share, whole: str, interval: Interval | None = None) -> str:
    """Put a share of something into words, with the preposition that the words ask for.

    Parameters
    ----------
    share, interval
        As of :func:`share_words`.
    whole
        Plural noun without article, possibly with a clause behind it.

    Examples
    --------
    >>> share_of(0.66, "respondenten"), share_of(0.1, "respondenten"), share_of(1, "respondenten")
    ('twee derde van de respondenten', 'een op de tien respondenten', 'alle respondenten')
    """
    words = share_words(share, interval)
    link = " " if words == "alle" or words.endswith("op de tien") else " van de "
    return f"{words}{link}{whole}"


def share_verb(share: Share, singular: str, plural: str, interval: Interval | None = None) -> str:
    """Return the form of the verb that agrees with :func:`share_of`.

    Examples
    --------
    >>> f"{share_of(0.66, 'respondenten')} {share_verb(0.66, 'heeft', 'hebben')}"
    'twee derde van de respondenten heeft'
    >>> f"{share_of(0.9, 'respondenten')} {share_verb(0.9, 'heeft', 'hebben')}"
    'negen op de tien respondenten hebben'
    """
    words = share_words(share, interval)
    return plural if words == "alle" or words.endswith("negen op de tien") else singular


def aantal(count: float) -> str:
    """Write a count in words up to twenty, in digits above.

    Parameters
    ----------
    count
        A whole number, not negative.

    Raises
    ------
    ReportError
        When it is not a whole number from 0 (a missing count included).

    Examples
    --------
    >>> aantal(3), aantal(1), aantal(21), aantal(1047)
    ('drie', 'één', '21', '1.047')
    """
    if not _is_number(count) or count < 0 or count != int(count):
        raise ReportError(f"aantal(): {count} is not a count. Give a whole number from 0.")
    return str(num2words(int(count), lang="nl")) if count <= WORDS_TO else format_count(count)


def agree(count: float, singular: str, plural: str) -> str:
    """Return the form that agrees with a count: singular for one, plural for all others.

    Examples
    --------
    >>> agree(1, "heeft", "hebben"), agree(0, "organisatie", "organisaties")
    ('heeft', 'organisaties')
    """
    return singular if count == 1 else plural


def opsomming(parts: Iterable[str]) -> str:
    """List things in a sentence.

    Raises
    ------
    ReportError
        When there is nothing to list.

    Examples
    --------
    >>> opsomming(["a", "b", "c"]), opsomming(["a"])
    ('a, b en c', 'a')
    """
    if isinstance(parts, str):
        raise ReportError(f"opsomming(): {parts!r} is one text, not a list of texts. Put it between [ and ].")
    things = [str(part) for part in parts]
    if not things:
        raise ReportError("opsomming(): there is nothing to list. Leave the sentence out when the list is empty.")
    *first, last = things
    return f"{', '.join(first)} en {last}" if first else last


def sentence_start(text: str) -> str:
    """Begin a text with a capital, and with no digit: a number that comes first is written in words.

    The Dutch ij counts as one letter, and a capital drops the accent of "één". A range stays ("7 of 8").

    Examples
    --------
    >>> sentence_start("ruim een derde"), sentence_start("ijsselregio"), sentence_start("43 procent")
    ('Ruim een derde', 'IJsselregio', 'Drieënveertig procent')
    """
    if number := _FIRST_NUMBER.match(text):
        value = Decimal((number["whole"].replace(".", "") + (number["rest"] or "")).replace(",", "."))
        text = f"{num2words(value, lang='nl')}{text[number.end() :]}"
    if text.startswith("één"):
        return "E" + text[1:]
    return "IJ" + text[2:] if text.startswith("ij") else text[:1].upper() + text[1:]


def check_share(where: str, share: Share) -> None:
    """Refuse what is no share.

    Raises
    ------
    ReportError
        When there is none, or it is not a fraction.
    """
    if not _is_number(share):
        raise ReportError(
            f"{where}: there is no share to put into words, the value is {share}. It is suppressed or missing: "
            "say so in the sentence, or leave the sentence out."
        )
    if not 0 <= share <= 1:
        raise ReportError(f"{where}: {share} is not a share. Give a fraction from 0 to 1, such as 0.37 for 37 procent.")


def _is_sure(band: Band, interval: Interval) -> bool:
    low, high = interval
    if not (_is_number(low) and _is_number(high)):
        return False
    # What is called "een derde" may well be a third; what is called "ruim een derde" may not.
    claimed = {band.name} if not band.modifier else set()
    return not any(low <= fraction <= high for name, fraction in FRACTIONS.items() if name not in claimed)


def _is_number(value: Share) -> bool:
    try:
        return math.isfinite(value)
    except TypeError:
        return False
