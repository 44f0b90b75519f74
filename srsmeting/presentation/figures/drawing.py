"""Stacked bars, bars and columns on the page; seaborn draws the bars, the values are printed where they fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from srsmeting.presentation.figures import style
from srsmeting.presentation.figures.canvas import Page, house_style, text_width
from srsmeting.presentation.figures.charts import BarChart, Chart, ColumnChart, Mark, StackedChart, StackedRow
from srsmeting.presentation.figures.layout import place_legend, spread, wrap

_PAD = 6.0
_SWATCH = 8.0
_LEGEND_LINE = style.LINE + 3
# None of what seaborn adds on its own.
_PLAIN: dict[str, Any] = {"errorbar": None, "saturation": 1, "color": style.BAR, "linewidth": 0.8, "legend": False}
#: Share of the width that labels may take.
_STUB = 0.4


def draw(chart: Chart) -> Canvas:
    """Draw a chart; every text in the picture is a label or a printed value of the chart."""
    with house_style():
        if isinstance(chart, StackedChart):
            return _draw_stacked(chart)
        return _draw_bars(chart) if isinstance(chart, BarChart) else _draw_columns(chart)


def _draw_stacked(chart: StackedChart) -> Canvas:
    widest = max(text_width(row.label) for row in chart.rows)
    left = min(widest + 2 * _PAD, _STUB * style.WIDTH) if widest else 0.0
    room = style.WIDTH - left
    scale = 100.0 + (style.GAP if any(mark.apart for mark in chart.legend) else 0.0)
    point = room / scale
    labels = [wrap(row.label, left - 2 * _PAD + 1, text_width) for row in chart.rows]
    entries = place_legend([mark.label for mark in chart.legend], style.WIDTH, text_width, _SWATCH + 3, 9)
    y = max(entry.line + len(entry.lines) for entry in entries) * _LEGEND_LINE + _PAD / 2
    middles = []
    for row, label in zip(chart.rows, labels, strict=True):
        above = 0.0 if _is_empty(row) or all(_fits(mark, point) for mark in row.marks) else style.ABOVE
        beside = max(style.BAR_HEIGHT / 2, len(label) * style.LINE / 2)
        y += _PAD + max(style.BAR_HEIGHT / 2 + above, beside)
        middles.append(y)
        y += beside
    page = Page(y)
    for entry in entries:
        line = (entry.line + 0.5) * _LEGEND_LINE
        page.square(entry.x, line, _SWATCH, chart.legend[entry.index].colour)
        page.text(entry.x + _SWATCH + 3, line + (len(entry.lines) - 1) * style.LINE / 2, entry.lines)

    axes = page.axes(left, 0, room, page.height)
    starts = [_starts(row, scale) for row in chart.rows]
    places = [
        (mark, start, middle)
        for row, begins, middle in zip(chart.rows, starts, middles, strict=True)
        for mark, start in zip(row.marks, begins, strict=True)
    ]
    _bars(axes, places, style.BAR_HEIGHT)
    axes.set_xlim(0, scale)
    axes.set_ylim(page.height, 0)
    for row, label, start, middle in zip(chart.rows, labels, starts, middles, strict=True):
        page.text(0, middle, label)
        _print_values(page, row, left, start, point, middle)
    return page.canvas


def _starts(row: StackedRow, scale: float) -> list[float]:
    """Return where each segment begins; what stands apart ends at the end of the scale."""
    starts, reached = [], 0.0
    apart = sum(mark.percent or 0.0 for mark in row.marks if mark.apart)
    for mark in row.marks:
        if mark.apart:
            starts.append(scale - apart)
            apart -= mark.percent or 0.0
        else:
            starts.append(reached)
            reached += mark.percent or 0.0
    return starts


def _fits(mark: Mark, point: float) -> bool:
    return mark.percent is not None and mark.percent * point >= text_width(mark.text) + 3


def _is_empty(row: StackedRow) -> bool:
    return all(mark.percent is None for mark in row.marks)


def _print_values(page: Page, row: StackedRow, left: float, starts: list[float], point: float, middle: float) -> None:
    if _is_empty(row):
        page.text(left, middle, [row.marks[0].text])
        return
    small = []
    for mark, start in zip(row.marks, starts, strict=True):
        centre = (start + (mark.percent or 0.0) / 2) * point
        if _fits(mark, point):
            page.text(left + centre, middle, [mark.text], "center", style.ink_on(mark.colour))
        else:
            small.append((centre, mark))
    # Beside a value above the bar stands the colour of its segment: it may have moved, or have no segment at all.
    widths = [_SWATCH + 1 + text_width(mark.text) + 7 for _, mark in small]
    places = spread([centre for centre, _ in small], widths, style.WIDTH - left)
    edge = middle - style.BAR_HEIGHT / 2
    for (_, mark), place, width in zip(small, places, widths, strict=True):
        x = left + place - (width - 7) / 2
        page.square(x, edge - 8.5, _SWATCH - 2, mark.colour)
        page.text(x + _SWATCH + 1, edge - 8.5, [mark.text])


def _draw_bars(chart: BarChart) -> Canvas:
    widest = max(text_width(mark.label) for mark in chart.marks)
    left = min(widest + 2 * _PAD, _STUB * style.WIDTH)
    labels = [wrap(mark.label, left - 2 * _PAD + 1, text_width) for mark in chart.marks]
    lengths = [mark.percent or 0.0 for mark in chart.marks]
    y = 0.0
    middles = []
    for label in labels:
        half = max(style.THIN_BAR, len(label) * style.LINE) / 2 + 0.6 * _PAD
        middles.append(y + half)
        y += 2 * half
    page = Page(y)
    room = style.WIDTH - left - max(text_width(mark.text) for mark in chart.marks) - _PAD
    longest = max(style.SHORTEST_SCALE, *lengths)
    axes = page.axes(left, 0, room, page.height)
    _bars(axes, [(mark, 0.0, middle) for mark, middle in zip(chart.marks, middles, strict=True)], style.THIN_BAR)
    axes.set_xlim(0, longest)
    axes.set_ylim(page.height, 0)
    for mark, label, length, middle in zip(chart.marks, labels, lengths, middles, strict=True):
        page.text(0, middle, label)
        page.text(left + length / longest * room + 4, middle, [mark.text])
    page.line([left, left], [0, page.height])
    return page.canvas


def _draw_columns(chart: ColumnChart) -> Canvas:
    slot = style.WIDTH / len(chart.marks)
    labels = [wrap(mark.label, slot - _PAD, text_width) for mark in chart.marks]
    under = max(map(len, labels)) * style.LINE + _PAD
    page = Page(style.LINE + style.COLUMN_HEIGHT + under + style.LINE)
    floor = style.LINE + style.COLUMN_HEIGHT
    axes = page.axes(0, style.LINE, style.WIDTH, style.COLUMN_HEIGHT)
    heights = [mark.percent or 0.0 for mark in chart.marks]
    highest = max(style.SHORTEST_SCALE, *heights)
    names = [str(at) for at in range(len(heights))]
    sns.barplot(x=names, y=heights, ax=axes, width=0.66, **_PLAIN)
    axes.set_axis_off()
    for patch, mark in zip(axes.patches, chart.marks, strict=True):
        patch.set_facecolor(mark.colour)
    axes.set_xlim(-0.5, len(names) - 0.5)
    axes.set_ylim(0, highest)
    for at, (mark, label, height) in enumerate(zip(chart.marks, labels, heights, strict=True)):
        x = slot * (at + 0.5)
        page.text(x, floor - height / highest * style.COLUMN_HEIGHT - style.LINE / 2, [mark.text], "center")
        page.text(x, floor + _PAD / 2 + len(label) * style.LINE / 2, label, "center")
    page.line([0, style.WIDTH], [floor, floor])
    page.text(style.WIDTH / 2, page.height - style.LINE / 2, [chart.axis], "center")
    return page.canvas


def _bars(axes: Axes, places: Sequence[tuple[Mark, float, float]], height: float) -> None:
    """Draw a horizontal bar for each mark, from where it starts, and move it to the middle of its row."""
    lengths = [mark.percent or 0.0 for mark, _, _ in places]
    names = [str(at) for at in range(len(places))]
    # One call for all: seaborn takes its time for each.
    sns.barplot(x=lengths, y=names, left=[start for _, start, _ in places], orient="h", ax=axes, **_PLAIN)
    axes.set_axis_off()
    for patch, (mark, _, middle) in zip(axes.patches, places, strict=True):
        edge = style.OUTLINE if mark.apart else style.PAPER
        patch.set(y=middle - height / 2, height=height, facecolor=mark.colour, edgecolor=edge, clip_on=False)
        # An edge without a bar would be a line.
        patch.set_visible(bool(mark.percent))
