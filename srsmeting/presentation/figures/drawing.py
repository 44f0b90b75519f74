"""Charts on the page: every text in a picture is a label or a printed value of its chart."""

from __future__ import annotations

import seaborn as sns
from matplotlib.figure import Figure as Canvas

from srsmeting.presentation.figures import style
from srsmeting.presentation.figures.canvas import Page, house_style, text_width
from srsmeting.presentation.figures.charts import BarChart, Chart, ColumnChart, DivergingChart, StackedChart
from srsmeting.presentation.figures.diverging import draw_diverging
from srsmeting.presentation.figures.layout import wrap
from srsmeting.presentation.figures.segments import PAD, PLAIN, draw_bars
from srsmeting.presentation.figures.stacked import STUB, draw_stacked


def draw(chart: Chart) -> Canvas:
    """Draw a chart in the house style."""
    with house_style():
        if isinstance(chart, StackedChart):
            return draw_stacked(chart)
        if isinstance(chart, DivergingChart):
            return draw_diverging(chart)
        return _draw_bars(chart) if isinstance(chart, BarChart) else _draw_columns(chart)


def _draw_bars(chart: BarChart) -> Canvas:
    widest = max(text_width(mark.label) for mark in chart.marks)
    left = min(widest + 2 * PAD, STUB * style.WIDTH)
    labels = [wrap(mark.label, left - 2 * PAD + 1, text_width) for mark in chart.marks]
    lengths = [mark.percent or 0.0 for mark in chart.marks]
    y = 0.0
    middles = []
    for label in labels:
        half = max(style.THIN_BAR, len(label) * style.LINE) / 2 + 0.6 * PAD
        middles.append(y + half)
        y += 2 * half
    page = Page(y)
    room = style.WIDTH - left - max(text_width(mark.text) for mark in chart.marks) - PAD
    longest = max(style.SHORTEST_SCALE, *lengths)
    axes = page.axes(left, 0, room, page.height)
    draw_bars(axes, [(mark, 0.0, middle) for mark, middle in zip(chart.marks, middles, strict=True)], style.THIN_BAR)
    axes.set_xlim(0, longest)
    axes.set_ylim(page.height, 0)
    for mark, label, length, middle in zip(chart.marks, labels, lengths, middles, strict=True):
        page.text(0, middle, label)
        page.text(left + length / longest * room + 4, middle, [mark.text])
    page.line([left, left], [0, page.height])
    return page.canvas


def _draw_columns(chart: ColumnChart) -> Canvas:
    slot = style.WIDTH / len(chart.marks)
    labels = [wrap(mark.label, slot - PAD, text_width) for mark in chart.marks]
    under = max(map(len, labels)) * style.LINE + PAD
    page = Page(style.LINE + style.COLUMN_HEIGHT + under + style.LINE)
    floor = style.LINE + style.COLUMN_HEIGHT
    axes = page.axes(0, style.LINE, style.WIDTH, style.COLUMN_HEIGHT)
    heights = [mark.percent or 0.0 for mark in chart.marks]
    highest = max(style.SHORTEST_SCALE, *heights)
    names = [str(at) for at in range(len(heights))]
    sns.barplot(x=names, y=heights, ax=axes, width=0.66, **PLAIN)
    axes.set_axis_off()
    for patch, mark in zip(axes.patches, chart.marks, strict=True):
        patch.set_facecolor(mark.colour)
    axes.set_xlim(-0.5, len(names) - 0.5)
    axes.set_ylim(0, highest)
    for at, (mark, label, height) in enumerate(zip(chart.marks, labels, heights, strict=True)):
        x = slot * (at + 0.5)
        page.text(x, floor - height / highest * style.COLUMN_HEIGHT - style.LINE / 2, [mark.text], "center")
        page.text(x, floor + PAD / 2 + len(label) * style.LINE / 2, label, "center")
    page.line([0, style.WIDTH], [floor, floor])
    page.text(style.WIDTH / 2, page.height - style.LINE / 2, [chart.axis], "center")
    return page.canvas
