"""The house style of figures: colours, sizes, and nothing that draws.

The colours read in greyscale (their lightness differs, not only their hue) and with colour-vision deficiency (blue
against orange, never red against green). On every colour a value is printed in white or ink, whichever has a contrast
of at least 4.5 to 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

INK: Final = "#1F2933"
PAPER: Final = "#FFFFFF"
#: Lines that only guide the eye.
GUIDE: Final = "#8A97A1"
#: Bars of one colour.
BAR: Final = "#17638D"
#: "Anders", "geen": answers beside the question.
ASIDE: Final = "#9AA8B1"
#: "Weet niet": apart, drawn with an outline.
UNKNOWN: Final = "#EEF1F3"
OUTLINE: Final = "#8A97A1"

#: Answers from most to least, by their number.
RAMPS: Final[Mapping[int, Sequence[str]]] = {
    1: ("#0B4A6F",),
    2: ("#0B4A6F", "#B5D3E3"),
    3: ("#0B4A6F", "#6AA7C8", "#C3DAE7"),
    4: ("#0B4A6F", "#2E7BA6", "#7DB3D0", "#C3DAE7"),
    5: ("#083D5C", "#24709B", "#66A4C6", "#9DC5DB", "#CBDFEA"),
    6: ("#083D5C", "#1F6A94", "#5A9BBF", "#84B3CF", "#AFCFE0", "#DBEAF2"),
}
#: A scale with a middle, by how many answers a side has, the outermost first.
BEFORE: Final[Mapping[int, Sequence[str]]] = {
    1: ("#24709B",),
    2: ("#0B4A6F", "#7DB3D0"),
    3: ("#083D5C", "#4E98BF", "#9AC5DB"),
    4: ("#062F47", "#24709B", "#66A4C6", "#9CC6DB"),
}
NEUTRAL: Final = "#DEDEDE"
AFTER: Final[Mapping[int, Sequence[str]]] = {
    1: ("#B25A1C",),
    2: ("#A8480F", "#F2B177"),
    3: ("#7A3209", "#CE7C3E", "#F1B682"),
    4: ("#5E2607", "#A3501A", "#D4864A", "#F3B988"),
}
#: More valid answers than this do not fit in one stacked bar.
MOST_SEGMENTS: Final = 6

#: Sizes in points. A figure is as wide as the text of an A4 page with margins of 2,5 cm.
WIDTH: Final = 454.0
#: White around a figure, so that outlines are whole.
MARGIN: Final = 2.0
FONT: Final = "DejaVu Sans"
SIZE: Final = 8.5
LINE: Final = 11.5
BAR_HEIGHT: Final = 22.0
THIN_BAR: Final = 15.0
COLUMN_HEIGHT: Final = 120.0
#: Bars and columns are drawn against at least this percentage, so that 2% never looks like much.
SHORTEST_SCALE: Final = 25.0
#: Room for values that do not fit in their segment.
ABOVE: Final = 15.0
#: Between the scale of the answers and "weet niet", in percentage points.
GAP: Final = 2.0


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours as WCAG 2 defines it, from 1 to 21.

    Examples
    --------
    >>> contrast("#000000", "#FFFFFF")
    21.0
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return round((high + 0.05) / (low + 0.05), 6)


def ink_on(colour: str) -> str:
    """Return the colour in which a value is printed on another.

    Examples
    --------
    >>> ink_on("#0B4A6F"), ink_on("#DEDEDE")
    ('#FFFFFF', '#1F2933')
    """
    return max((PAPER, INK), key=lambda ink: contrast(ink, colour))


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
