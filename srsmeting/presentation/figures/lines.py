"""Lines through the years: a slope for two, a line for more.

No line crosses a break: the two years are not measured alike. A significant change is a dark line, every other a grey
one, so that the figure reads without colour. Labels and values stand in rows beside the ends of the lines; where rows
would overlap they move apart, and a thin line leads from each to its dot.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Circle

from srsmeting.presentation.figures import style
from srsmeting.presentation.figures.canvas import Page, house_style, text_width
from srsmeting.presentation.figures.layout import spread, wrap

#: Least height of the plot.
_HEIGHT: Final = 150.0
#: Room for the label of a line, for a value, for a tick, and for what leads to a label.
_LABEL: Final = 152.0
_VALUE: Final = 45.0
_TICK: Final = 30.0
_LEAD: Final = 16.0
_DOT: Final = 3.2
#: From so many columns of values on they are as narrow as can be; between two of them, and between two years.
_MANY, _BETWEEN, _APART = 4, 5.0, 3.0
#: Between two rows.
_GAP: Final = 4.0
#: Where a line is cut: the height of the strokes, and how far from the dot.
_BREAK, _STUB = 4.5, 11.0


@dataclass(frozen=True)
class Stretch:
    """What is drawn between two years: a line, strong or not, or a break."""

    strong: bool = False
    broken: bool = False


@dataclass(frozen=True)
class Line:
    """One line.

    Parameters
    ----------
    label
        What it is.
    heights
        For every year how high, as a part of the scale; None where there is no number.
    stretches
        Between each two years.
    values
        What is printed behind the label.
    """

    label: str
    heights: tuple[float | None, ...]
    stretches: tuple[Stretch, ...]
    values: tuple[str, ...]

    @property
    def end(self) -> float:
        """The height of its last dot; 0 where it has none."""
        return next((height for height in reversed(self.heights) if height is not None), 0.0)


@dataclass(frozen=True)
class LineChart:
    """Lines through the years.

    Parameters
    ----------
    years
        Over the plot.
    heads
        Over the columns of values.
    ticks
        The bottom and the top of the scale, as printed.
    lines
        The lines.
    """

    years: tuple[str, ...]
    heads: tuple[str, ...]
    ticks: tuple[str, str]
    lines: tuple[Line, ...]


def draw_lines(chart: LineChart) -> Canvas:
    """Draw a chart in the house style."""
    with house_style():
        return _draw(chart)


def _draw(chart: LineChart) -> Canvas:
    lines = sorted(chart.lines, key=lambda line: -line.end)
    column = _value(chart)
    ends = [style.WIDTH - column * at for at in reversed(range(len(chart.heads)))]
    side = style.WIDTH - column * len(chart.heads) - _LABEL
    xs = _across(chart.years, _TICK, side - _LEAD)
    labels = [wrap(line.label, _LABEL - 6, text_width) for line in lines]
    sizes = [len(label) * style.LINE + _GAP for label in labels]
    room = max(_HEIGHT, sum(sizes))
    top = style.LINE + 8
    page = Page(top + room)
    sheet = page.axes(0, 0, style.WIDTH, page.height)
    sheet.set_xlim(0, style.WIDTH)
    sheet.set_ylim(page.height, 0)

    def place(height: float) -> float:
        return top + (1 - height) * (room - style.LINE) + style.LINE / 2

    for x, year, named in zip(xs, chart.years, _named(chart.years, xs), strict=True):
        if named:
            page.text(x, style.LINE / 2, [year], "center")
        sheet.plot([x, x], [place(1), place(0)], color=style.UNKNOWN, linewidth=0.9, zorder=1)
    for height, tick in zip((0, 1), chart.ticks, strict=True):
        page.text(_TICK - 8, place(height), [tick], "right")
        sheet.plot([_TICK - 4, xs[-1]], [place(height)] * 2, color=style.UNKNOWN, linewidth=0.9, zorder=1)
    for end, head in zip(ends, chart.heads, strict=True):
        page.text(end, style.LINE / 2, [head], "right")
    rows = [top + y for y in spread([place(line.end) - top for line in lines], sizes, room)]
    for line, label, y in zip(lines, labels, rows, strict=True):
        _stretches(sheet, line, xs, place)
        last = max((at for at, height in enumerate(line.heights) if height is not None), default=None)
        if last is not None:
            bend = [xs[last] + _DOT + 1, side - 3]
            sheet.plot(bend, [place(line.end), y], color=style.GUIDE, linewidth=0.5, linestyle=(0, (2, 2)), zorder=1)
        page.text(side, y, label)
        for end, value in zip(ends, line.values, strict=True):
            page.text(end, y, [value], "right")
    return page.canvas


def _across(years: Sequence[str], left: float, right: float) -> list[float]:
    """Spread the years over the plot, with room for the first and the last head."""
    first, last = left + text_width(years[0]) / 2, right - text_width(years[-1]) / 2
    return [first + at * (last - first) / max(len(years) - 1, 1) for at in range(len(years))]


def _value(chart: LineChart) -> float:
    """Return the room for a value: no more than it takes where many columns would leave little of the plot."""
    if len(chart.heads) < _MANY:
        return _VALUE
    widest = max(text_width(text) for texts in (chart.heads, *(line.values for line in chart.lines)) for text in texts)
    return min(_VALUE, widest + _BETWEEN)


def _named(years: Sequence[str], xs: Sequence[float]) -> list[bool]:
    """Tell which years are named over the plot: each, or so many that they stand apart, the last one always."""
    apart = max(map(text_width, years)) + _APART
    step = next((n for n in range(1, len(xs)) if xs[n] - xs[0] >= apart), len(xs))
    return [(len(xs) - 1 - at) % step == 0 for at in range(len(xs))]


def _stretches(sheet: Axes, line: Line, xs: Sequence[float], place: Callable[[float], float]) -> None:
    ys = [None if height is None else place(height) for height in line.heights]
    strong = set()
    for at, stretch in enumerate(line.stretches):
        one, two = ys[at], ys[at + 1]
        if stretch.broken:
            for x, y, side in ((xs[at], one, 1), (xs[at + 1], two, -1)):
                if y is not None:
                    _cut(sheet, x, y, side)
        elif one is not None and two is not None:
            colour, width, over = (style.BAR, 2.2, 3) if stretch.strong else (style.GUIDE, 1.1, 2)
            sheet.plot([xs[at], xs[at + 1]], [one, two], color=colour, linewidth=width, zorder=over)
            strong |= {at, at + 1} if stretch.strong else set()
    for at, (x, y) in enumerate(zip(xs, ys, strict=True)):
        if y is not None:
            colour = style.BAR if at in strong else style.GUIDE
            over = 5 if at in strong else 4
            sheet.add_patch(Circle((x, y), _DOT, facecolor=colour, edgecolor=colour, zorder=over, clip_on=False))


def _cut(sheet: Axes, x: float, y: float, side: int) -> None:
    """Draw the end of a line that is cut beside its dot: a stub, and two strokes across it."""
    end = x + side * _STUB
    sheet.plot([x, end], [y, y], color=style.GUIDE, linewidth=1.1, zorder=2)
    for shift in (0.0, 3.5):
        middle = end + side * shift
        sheet.plot([middle - 1.5, middle + 1.5], [y + _BREAK, y - _BREAK], color=style.INK, linewidth=0.9, zorder=3)
