"""Bars and what is printed on them: shared by every chart of horizontal bars. Seaborn draws, sizes are in points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import seaborn as sns
from matplotlib.axes import Axes

from srsmeting.presentation.figures import style
from srsmeting.presentation.figures.canvas import Page, text_width
from srsmeting.presentation.figures.charts import Mark
from srsmeting.presentation.figures.layout import LegendEntry, place_legend, spread

PAD: Final = 6.0
#: None of what seaborn adds on its own.
PLAIN: Final[dict[str, Any]] = {
    "errorbar": None,
    "saturation": 1,
    "color": style.BAR,
    "linewidth": 0.8,
    "legend": False,
}
_SWATCH = 8.0
_LEGEND_LINE = style.LINE + 3
_SPACE = 7.0


class Legend:
    """The legend of a chart, above it: made first, so that its height is known."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._colours = [mark.colour for mark in marks]
        labels = [mark.label for mark in marks]
        self._entries: list[LegendEntry] = place_legend(labels, style.WIDTH, text_width, _SWATCH + 3, 9)
        self.height = max(entry.line + len(entry.lines) for entry in self._entries) * _LEGEND_LINE + PAD / 2

    def draw(self, page: Page) -> None:
        """Draw it at the top of the page."""
        for entry in self._entries:
            line = (entry.line + 0.5) * _LEGEND_LINE
            page.square(entry.x, line, _SWATCH, self._colours[entry.index])
            page.text(entry.x + _SWATCH + 3, line + (len(entry.lines) - 1) * style.LINE / 2, entry.lines)


def draw_bars(axes: Axes, places: Sequence[tuple[Mark, float, float]], height: float) -> None:
    """Draw a horizontal bar for each mark, from where it starts, and move it to the middle of its row."""
    lengths = [mark.percent or 0.0 for mark, _, _ in places]
    names = [str(at) for at in range(len(places))]
    # One call for all: seaborn takes its time for each.
    sns.barplot(x=lengths, y=names, left=[start for _, start, _ in places], orient="h", ax=axes, **PLAIN)
    axes.set_axis_off()
    for patch, (mark, _, middle) in zip(axes.patches, places, strict=True):
        edge = style.OUTLINE if mark.apart else style.PAPER
        patch.set(y=middle - height / 2, height=height, facecolor=mark.colour, edgecolor=edge, clip_on=False)
        # An edge without a bar would be a line.
        patch.set_visible(bool(mark.percent))


def is_empty(marks: Sequence[Mark]) -> bool:
    """Say whether a row has nothing to draw."""
    return all(mark.percent is None for mark in marks)


def overflows(marks: Sequence[Mark], point: float) -> bool:
    """Say whether a row has a value that is printed outside its segment; `point` is the length of one percent."""
    return not is_empty(marks) and not all(_fits(mark, point) for mark in marks)


def print_values(
    page: Page, placed: Sequence[tuple[Mark, float]], left: float, room: float, point: float, middle: float, side: int
) -> None:
    """Print the values of a row: in their segments, and those that do not fit beside the bar.

    Parameters
    ----------
    page
        Where to.
    placed
        The marks, with where their segments start in percentage points.
    left, room
        Where the row begins, and how wide it is.
    point
        The length of one percent.
    middle
        The height at which the row stands.
    side
        -1 for above the bar, 1 for below it.
    """
    if is_empty([mark for mark, _ in placed]):
        page.text(left, middle, [placed[0][0].text])
        return
    small = []
    for mark, start in placed:
        centre = (start + (mark.percent or 0.0) / 2) * point
        if _fits(mark, point):
            page.text(left + centre, middle, [mark.text], "center", style.ink_on(mark.colour))
        else:
            small.append((centre, mark))
    # With the value stands the colour of its segment: it may have moved, or have no segment at all.
    widths = [_SWATCH + 1 + text_width(mark.text) + _SPACE for _, mark in small]
    places = spread([centre for centre, _ in small], widths, room)
    y = middle + side * (style.BAR_HEIGHT / 2 + 8.5)
    for (_, mark), place, width in zip(small, places, widths, strict=True):
        x = left + place - (width - _SPACE) / 2
        page.square(x, y, _SWATCH - 2, mark.colour)
        page.text(x + _SWATCH + 1, y, [mark.text])


def _fits(mark: Mark, point: float) -> bool:
    return mark.percent is not None and mark.percent * point >= text_width(mark.text) + 3
