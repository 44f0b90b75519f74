"""Statements around their middle: agreement on one side, disagreement on the other, "weet niet" apart.

The neutral answer lies across a line that all statements share, so that a bar that leans to one side shows where
opinion lies. How much both sides are together is printed beside the bar: nobody has to add.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure as Canvas

from srsmeting.presentation.figures import style
from srsmeting.presentation.figures.canvas import Page, text_width
from srsmeting.presentation.figures.charts import DivergingChart, DivergingRow, Mark
from srsmeting.presentation.figures.layout import wrap
from srsmeting.presentation.figures.segments import PAD, Legend, draw_bars, is_empty, overflows, print_values

#: Room for the words over a column of totals.
_HEADER = 62.0
#: How far the line of the middle sticks out of a bar.
_TICK = 3.0


@dataclass(frozen=True)
class _Scale:
    """Where things stand from left to right, in percentage points: the middle, what is apart, and the end."""

    middle: float
    after: float
    apart: float

    @property
    def end(self) -> float:
        return self.middle + self.after + self.apart

    def starts(self, row: DivergingRow) -> list[tuple[Mark, float]]:
        """Return where each segment begins, those that are apart counted from the end of the scale of the answers."""
        placed = []
        reached = self.middle - _reach(row.before, row.middle)
        for mark in (*row.before, row.middle, *row.after):
            placed.append((mark, reached))
            reached += mark.percent or 0.0
        reached = self.middle + self.after
        for mark in row.apart:
            placed.append((mark, reached))
            reached += mark.percent or 0.0
        return placed


def draw_diverging(chart: DivergingChart) -> Canvas:
    """Draw statements around their middle."""
    scale = _scale(chart)
    headers = [wrap(header, _HEADER, text_width) if header else () for header in chart.totals]
    columns = [_column(header, [row.totals[at] for row in chart.rows]) for at, header in enumerate(headers)]
    gap = 2 * PAD if scale.apart and not columns[1] else 0.0
    room = style.WIDTH - sum(columns) - gap
    point = room / scale.end
    legend = Legend(chart.legend)
    labels = [wrap(row.label, style.WIDTH, text_width) if row.label else () for row in chart.rows]
    y = legend.height + PAD + max(map(len, headers)) * style.LINE
    middles = []
    for row, label in zip(chart.rows, labels, strict=True):
        y += PAD + len(label) * style.LINE + _TICK + style.BAR_HEIGHT / 2
        middles.append(y)
        y += style.BAR_HEIGHT / 2 + _TICK + (style.ABOVE if overflows(row.marks, point) else 0.0)
    page = Page(y)
    legend.draw(page)
    top = legend.height + PAD
    panel = columns[0]
    # What is apart stands behind the totals of the second side.
    aside = panel + (scale.middle + scale.after) * point + columns[1] + gap
    totals_at = (0.0, panel + (scale.middle + scale.after) * point + PAD)
    for x, header in zip(totals_at, headers, strict=True):
        page.text(x, top + len(header) * style.LINE / 2, header)
    for x, width, apart in ((panel, scale.middle + scale.after, False), (aside, scale.apart, True)):
        places = [
            (mark, start - (scale.middle + scale.after if apart else 0.0), middle)
            for row, middle in zip(chart.rows, middles, strict=True)
            for mark, start in scale.starts(row)
            if mark.apart == apart
        ]
        if places and width:
            axes = page.axes(x, 0, width * point, page.height)
            draw_bars(axes, places, style.BAR_HEIGHT)
            axes.set_xlim(0, width)
            axes.set_ylim(page.height, 0)
    for row, label, middle in zip(chart.rows, labels, middles, strict=True):
        page.text(0, middle - style.BAR_HEIGHT / 2 - _TICK - len(label) * style.LINE / 2, label)
        _draw_middle(page, panel + scale.middle * point, middle, row)
        shift = (aside - panel) / point - scale.middle - scale.after
        placed = [(mark, start + (shift if mark.apart else 0.0)) for mark, start in scale.starts(row)]
        print_values(page, placed, panel, style.WIDTH - panel, point, middle, side=1)
        if not is_empty(row.marks):
            for x, total in zip(totals_at, row.totals, strict=True):
                page.text(x, middle, [total] if total else [], bold=True)
    return page.canvas


def _scale(chart: DivergingChart) -> _Scale:
    before = max(_reach(row.before, row.middle) for row in chart.rows)
    after = max(_reach(row.after, row.middle) for row in chart.rows)
    apart = max(sum(mark.percent or 0.0 for mark in row.apart) for row in chart.rows)
    # Without a number there is a scale too, and one on which little does not look like much.
    lacking = max(0.0, 100.0 - before - after - apart)
    return _Scale(before + lacking / 2, after + lacking / 2, apart)


def _reach(side: Sequence[Mark], middle: Mark) -> float:
    """Return how far a side reaches from the line of the middle."""
    return sum(mark.percent or 0.0 for mark in side) + (middle.percent or 0.0) / 2


def _column(header: Sequence[str], totals: Sequence[str]) -> float:
    if not header:
        return 0.0
    return max(*map(text_width, header), *(text_width(total, bold=True) for total in totals)) + 2 * PAD


def _draw_middle(page: Page, x: float, middle: float, row: DivergingRow) -> None:
    if is_empty(row.marks):
        return
    for side in (-1, 1):
        edge = middle + side * style.BAR_HEIGHT / 2
        page.line([x, x], [edge, edge + side * _TICK])
