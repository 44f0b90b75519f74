"""Dutch phrases for counts of a whole, ordinals, and differences.

How a difference is put into words (its whole percentage points decide, rounded half up):

==========  ===============================
points      words
==========  ===============================
0           gelijk gebleven (exactly 0), vrijwel gelijk gebleven
1 - 2       licht toegenomen, licht afgenomen
3 - 9       toegenomen, afgenomen
10 or more  sterk toegenomen, sterk afgenomen
==========  ===============================
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from num2words import num2words

from srsmeting.errors import ReportError
from srsmeting.presentation.formats import format_count
from srsmeting.presentation.words import WORDS_TO, aantal
from srsmeting.rounding import percentage

#: Up to so many points a change is slight, and from so many it is strong.
SLIGHT: Final = 2
STRONG: Final = 10


def count_of(count: int, total: int, singular: str, plural: str) -> str:
    """Say how many of a whole: "twee van de dertien WGO’s", "alle dertien WGO’s", "geen van de dertien WGO’s".

    Parameters
    ----------
    count, total
        Whole numbers, 0 <= count <= total.
    singular, plural
        What is counted.

    Raises
    ------
    ReportError
        When `count` is more than `total`, or one of them is no count.

    Examples
    --------
    >>> [count_of(n, 13, "WGO", "WGO’s") for n in (0, 1, 2, 13)]
    ['geen van de dertien WGO’s', 'één van de dertien WGO’s', 'twee van de dertien WGO’s', 'alle dertien WGO’s']
    >>> [count_of(n, 2, "WGO", "WGO’s") for n in (0, 2)], count_of(1, 1, "WGO", "WGO’s")
    (['geen van beide WGO’s', 'beide WGO’s'], 'de enige WGO')
    """
    number, whole = aantal(count), aantal(total)
    if count > total:
        raise ReportError(f"count_of(): {count} is more than the whole, {total}. Give the part first, then the whole.")
    if total == 0:
        return f"geen {plural}"
    if total == 1:
        return f"de enige {singular}" if count else f"geen enkele {singular}"
    if count == total:
        return f"beide {plural}" if total == 2 else f"alle {whole} {plural}"
    if count == 0:
        return f"geen van beide {plural}" if total == 2 else f"geen van de {whole} {plural}"
    return f"{number} van de {whole} {plural}"


def count_verb(count: int, total: int, singular: str, plural: str) -> str:
    """Return the form of the verb that agrees with :func:`count_of`: plural for two or more, and for none at all.

    Examples
    --------
    >>> [count_verb(n, 13, "heeft", "hebben") for n in (0, 1, 2)], count_verb(0, 0, "heeft", "hebben")
    (['heeft', 'heeft', 'hebben'], 'hebben')
    """
    return plural if count > 1 or total == 0 else singular


def ordinal(number: int) -> str:
    """Write an ordinal in words up to twenty, in digits above.

    Raises
    ------
    ReportError
        When it is not a whole number from 1.

    Examples
    --------
    >>> ordinal(1), ordinal(8), ordinal(20), ordinal(21)
    ('eerste', 'achtste', 'twintigste', '21e')
    """
    if number != number or number < 1 or number != int(number):
        raise ReportError(f"ordinal(): {number} has no place in an order. Give a whole number from 1.")
    return str(num2words(int(number), lang="nl", to="ordinal")) if number <= WORDS_TO else f"{format_count(number)}e"


def points_words(difference: float | Fraction | Decimal) -> str:
    """Print a difference of fractions in percentage points, without its sign; the unit has no plural.

    Examples
    --------
    >>> print(points_words(-0.021), "/", points_words(0.004))
    2 procentpunt / minder dan 1 procentpunt
    """
    points = abs(percentage(difference))
    if not points and difference:
        return "minder dan 1\u00a0procentpunt"
    return f"{format_count(points)}\u00a0procentpunt"


def change_words(difference: float | Fraction | Decimal) -> str:
    """Say in which direction something went, and how far: "licht toegenomen".

    Examples
    --------
    >>> [change_words(points) for points in (0.02, -0.01, 0.03, -0.23, 0.001, 0)]  # doctest: +NORMALIZE_WHITESPACE
    ['licht toegenomen', 'licht afgenomen', 'toegenomen', 'sterk afgenomen', 'vrijwel gelijk gebleven',
     'gelijk gebleven']
    """
    points = percentage(difference)
    if not points:
        return "vrijwel gelijk gebleven" if difference else "gelijk gebleven"
    word = "toegenomen" if points > 0 else "afgenomen"
    size = "licht " if abs(points) <= SLIGHT else "sterk " if abs(points) >= STRONG else ""
    return size + word
