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
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from num2words import num2words

from srsmeting.errors import ReportError
from srsmeting.presentation.formats import format_count
from srsmeting.rounding import percentage

#: From and up to which whole percentage, and the words; what lies between two bands is printed as a percentage.
SHARE_WORDS: Final[Sequence[tuple[int, int, str]]] = (
    (9, 11, "een op de tien"),
    (12, 12, "ruim een op de tien"),
    (19, 21, "een vijfde"),
    (22, 22, "ruim een vijfde"),
    (23, 23, "bijna een kwart"),
    (24, 26, "een kwart"),
    (30, 30, "meer dan een kwart"),
    (31, 31, "bijna een derde"),
    (32, 35, "een derde"),
    (36, 40, "ruim een derde"),
    (46, 48, "bijna de helft"),
    (49, 51, "de helft"),
    (52, 54, "iets meer dan de helft"),
    (55, 60, "meer dan de helft"),
    (62, 64, "bijna twee derde"),
    (65, 68, "twee derde"),
    (69, 70, "ruim twee derde"),
    (71, 73, "bijna drie kwart"),
    (74, 76, "drie kwart"),
    (77, 78, "ruim drie kwart"),
    (79, 81, "vier vijfde"),
    (82, 85, "ruim vier vijfde"),
    (86, 88, "bijna negen op de tien"),
    (89, 91, "negen op de tien"),
    (92, 94, "ruim negen op de tien"),
)
#: Counts up to here are written in words.
WORDS_TO: Final = 20


def share_words(share: float | Fraction | Decimal) -> str:
    """Put a share into words.

    Parameters
    ----------
    share
        Fraction in [0, 1], unrounded.

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
    """
    if not _is_number(share):
        raise ReportError(
            f"share_words(): there is no share to put into words, the value is {share}. It is suppressed or missing: "
            "say so in the sentence, or leave the sentence out."
        )
    if not 0 <= share <= 1:
        raise ReportError(
            f"share_words(): {share} is not a share. Give a fraction from 0 to 1, such as 0.37 for 37 procent."
        )
    if share == 0:
        return "geen"
    if share == 1:
        return "alle"
    whole = int(percentage(share))
    if whole == 0:
        return "minder dan 1\u00a0procent"
    if whole == 100:
        return "meer dan 99\u00a0procent"
    for low, high, words in SHARE_WORDS:
        if low <= whole <= high:
            return words
    return f"{whole}\u00a0procent"


def share_of(share: float | Fraction | Decimal, whole: str) -> str:
    """Put a share of something into words, with the preposition that the words ask for.

    Parameters
    ----------
    share
        Fraction in [0, 1], unrounded.
    whole
        Plural noun without article, possibly with a clause behind it.

    Examples
    --------
    >>> share_of(0.66, "respondenten"), share_of(0.1, "respondenten"), share_of(1, "respondenten")
    ('twee derde van de respondenten', 'een op de tien respondenten', 'alle respondenten')
    """
    words = share_words(share)
    link = " " if words == "alle" or words.endswith("op de tien") else " van de "
    return f"{words}{link}{whole}"


def share_verb(share: float | Fraction | Decimal, singular: str, plural: str) -> str:
    """Return the form of the verb that agrees with :func:`share_of`.

    Examples
    --------
    >>> f"{share_of(0.66, 'respondenten')} {share_verb(0.66, 'heeft', 'hebben')}"
    'twee derde van de respondenten heeft'
    >>> f"{share_of(0.9, 'respondenten')} {share_verb(0.9, 'heeft', 'hebben')}"
    'negen op de tien respondenten hebben'
    """
    words = share_words(share)
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
    """Begin a text with a capital; the Dutch ij counts as one letter, and a capital drops the accent of "één".

    Examples
    --------
    >>> sentence_start("ruim een derde"), sentence_start("ijsselregio")
    ('Ruim een derde', 'IJsselregio')
    """
    if text.startswith("één"):
        return "E" + text[1:]
    return "IJ" + text[2:] if text.startswith("ij") else text[:1].upper() + text[1:]


def _is_number(value: float | Fraction | Decimal) -> bool:
    try:
        return math.isfinite(value)
    except TypeError:
        return False
