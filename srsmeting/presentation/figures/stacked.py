"""Stacked bars: one for a question, or one for each statement, from the first answer to the last."""

from __future__ import annotations

from matplotlib.figure import Figure as Canvas

from srsmeting.presentation.figures import style
from srsmeting.presentation.figures.canvas import Page, text_width
from srsmeting.presentation.figures.charts import StackedChart, StackedRow
from srsmeting.presentation.figures.layout import wrap
from srsmeting.presentation.figures.segments import PAD, Legend, draw_bars, overflows, print_values

#: Share of the width that labels may take.
STUB = 0.4


def draw_stacked(chart: StackedChart) -> Canvas:
    """Draw stacked bars under one legend."""
    widest = max(text_width(row.label) for row in chart.rows)
    left = min(widest + 2 * PAD, STUB * style.WIDTH) if widest else 0.0
    room = style.WIDTH - left
    scale = 100.0 + (style.GAP if any(mark.apart for mark in chart.legend) else 0.0)
    point = room / scale
    labels = [wrap(row.label, left - 2 * PAD + 1, text_width) for row in chart.rows]
    legend = Legend(chart.legend)
    y = legend.height
    middles = []
    for row, label in zip(chart.rows, labels, strict=True):
        above = style.ABOVE if overflows(row.marks, point) else 0.0
        beside = max(style.BAR_HEIGHT / 2, len(label) * style.LINE / 2)
        y += PAD + max(style.BAR_HEIGHT / 2 + above, beside)
        middles.append(y)
        y += beside
    page = Page(y)
    legend.draw(page)
    axes = page.axes(left, 0, room, page.height)
    starts = [_starts(row, scale) for row in chart.rows]
    places = [
        (mark, start, middle)
        for row, begins, middle in zip(chart.rows, starts, middles, strict=True)
        for mark, start in zip(row.marks, begins, strict=True)
    ]
    draw_bars(axes, places, style.BAR_HEIGHT)
    axes.set_xlim(0, scale)
    axes.set_ylim(page.height, 0)
    for row, label, start, middle in zip(chart.rows, labels, starts, middles, strict=True):
        page.text(0, middle, label)
        print_values(page, list(zip(row.marks, start, strict=True)), left, room, point, middle, side=-1)
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
