"""Words that no author may type in a report: numbers, and comparisons, which are true of one set of data only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

_COUNTS: Final = """
    nul één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien
    achttien negentien twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd duizend miljoen miljard
    half halve helft kwart derde vijfde tiende tweede vierde zesde dubbel dubbele tweeledig beide tientallen honderden
"""
_COMPARISONS: Final = """
    meest meeste minst minste vaakst hoogst hoogste laagst laagste grootst grootste kleinst kleinste best beste slechtst
    slechtste sterkst sterkste zwakst zwakste bekendst bekendste hoger lager groter kleiner vaker minder evenveel
    meerderheid minderheid merendeel gros ruim bijna vrijwel vooral slechts amper nauwelijks verreweg significant
    significante opvallend aanzienlijk aanzienlijke beperkt beperkte gering geringe weinig veel
    gestegen gedaald toegenomen afgenomen gegroeid gekrompen verdubbeld gehalveerd verbeterd verslechterd
    stijging daling toename afname groei krimp stijgt daalt stijgen dalen steeg daalde stegen daalden groeide groeiden
    vaak zelden meestal veelal doorgaans koploper bovenaan onderaan hoog laag belangrijkste populairst populairste
    verschilt verschillen verschilde evenals eveneens overgrote iedereen niemand geen
"""
#: Words that compare together.
_PHRASES: Final = (
    *("meer dan", "even groot", "even vaak", "even hoog", "gelijk gebleven"),
    *("loopt op", "liep op", "loopt terug", "neemt toe", "neemt af", "nam toe", "nam af", "namen toe", "namen af"),
)
#: Phrases with such a word in them that say nothing of the data.
HARMLESS: Final = (
    # What may differ, and what kind of thing a difference is.
    "kunnen van elkaar verschillen",
    "kunnen verschillen",
    "verschillen tussen",
    # A question is no answer.
    "hoe vaak",
    "hoe hoog",
    "hoe laag",
    # Time and manner.
    "ten minste",
    "op zijn minst",
    "ten hoogste",
    "in het bijzonder",
)

_NUMBER: Final = re.compile(
    rf"(?<![\w-])\d[\d.,]*\d%?|(?<![\w-])\d%?|\b(?:{'|'.join(_COUNTS.split())})\b|\been (?:op|van) de\b", re.IGNORECASE
)
_COMPARISON: Final = re.compile(rf"\b(?:{'|'.join((*_COMPARISONS.split(), *_PHRASES))})\b", re.IGNORECASE)


def numbers(text: str, labels: Iterable[str] = ()) -> list[str]:
    """Return the digits and number words in a text, those in `labels` left out.

    Examples
    --------
    >>> numbers("Van de 301 leden kent een derde het onderzoek; twee op de drie niet.")
    ['301', 'derde', 'twee', 'drie']
    """
    return list(_found(_NUMBER, text, labels))


def comparisons(text: str, labels: Iterable[str] = ()) -> list[str]:
    """Return the words in a text that compare, those in `labels` left out.

    Examples
    --------
    >>> comparisons("Het hoogst is het cijfer bij ziekenhuizen, en meer dan vorig jaar.")
    ['hoogst', 'meer dan']
    >>> comparisons("Die bronnen kunnen van elkaar verschillen.")
    []
    """
    return list(_found(_COMPARISON, text, labels))


def _found(pattern: re.Pattern[str], text: str, labels: Iterable[str]) -> Iterator[str]:
    for phrase in (*HARMLESS, *labels):
        text = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", "", text, flags=re.IGNORECASE)
    yield from dict.fromkeys(match.group() for match in pattern.finditer(text))
