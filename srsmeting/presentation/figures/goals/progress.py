"""The figure of progress: what was reached at every moment, against the straight line to the goal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from srsmeting.errors import ReportError
from srsmeting.goals import Moment
from srsmeting.presentation.figures import style
from srsmeting.presentation.figures.canvas import Page, text_width
from srsmeting.presentation.figures.goals.picture import PAD, REACHED, GoalsFigure, sheet_of
from srsmeting.presentation.figures.layout import place_legend, wrap
from srsmeting.presentation.goals.months import month_short
from srsmeting.presentation.goals.outcomes import Outcomes
from srsmeting.presentation.goals.progress import Course, other_units, read_courses, share_text
from srsmeting.presentation.goals.tables import rows_of
from srsmeting.presentation.semantic_table import Column, Row, Table
from srsmeting.presentation.signs import Cell

_PLOT: Final = 92.0
_TICK: Final = 30.0
_REACHED: Final = "bereikt deel van het doel"
_EXPECTED: Final = "rechte lijn naar het doel"


def build_progress(
    outcomes: Outcomes, *, id: str = "fig-voortgang", caption: str = "", source: str = ""
) -> GoalsFigure:
    """Make the figure of the progress of all units together, a panel for every track.

    Parameters
    ----------
    outcomes
        The figures of the monitor.
    id, caption, source
        Of the figure; the source without "Bron:".

    Raises
    ------
    ReportError
        When no track was measured twice.
    """
    courses = read_courses(outcomes)
    if not courses:
        raise ReportError("progress_figure(): no track was measured twice. There is no progress to show yet.")
    caption = caption or "Voortgang per spoor"
    data = rows_of(outcomes, "attainment", "expected_attainment")
    return GoalsFigure(
        id=id,
        caption=caption,
        data=data,
        notes=(
            "De rechte lijn is wat bereikt zou zijn als elke maand evenveel opleverde.",
            *filter(None, [other_units(outcomes)]),
        ),
        source=source,
        alt=f"Lijnen van het bereikte deel van het doel. {' '.join(f'{one.label}: {one.told}.' for one in courses)}",
        table=Table(
            id="tbl-cijfers-voortgang",
            caption=caption,
            data=data,
            stub=Column("Moment", 40, "left"),
            columns=(Column("Bereikt", 30), Column("Volgens de rechte lijn", 30)),
            rows=tuple(
                Row(month_short(moment.month), (Cell(share_text(reached)), Cell(share_text(expected))), group=one.label)
                for one in courses
                for moment, reached, expected in zip(one.moments, one.reached, one.expected, strict=True)
            ),
        ),
        plot=lambda: _draw(courses),
    )


def _draw(courses: Sequence[Course]) -> Canvas:
    across = min(len(courses), 3)
    width = style.WIDTH / across
    heads = [wrap(one.label, width - _TICK - PAD, text_width) for one in courses]
    head = max(map(len, heads)) * style.LINE + PAD
    panel = head + _PLOT + style.LINE + 3 * PAD
    down = -(-len(courses) // across)
    legend = place_legend((_REACHED, _EXPECTED), style.WIDTH, text_width, 22, 16)
    top = style.LINE + 2 * PAD
    page = Page(top + down * panel)
    sheet = sheet_of(page)
    for entry in legend:
        _line(sheet, [entry.x, entry.x + 17], [style.LINE / 2] * 2, expected=entry.index == 1)
        page.text(entry.x + 22, style.LINE / 2, entry.lines)
    values = [value for one in courses for value in (*one.reached, *one.expected) if value is not None]
    highest = max(1.0, *values)
    for at, (one, lines) in enumerate(zip(courses, heads, strict=True)):
        x, y = at % across * width, top + at // across * panel
        page.text(x + _TICK, y + (head - PAD) / 2, lines, bold=True)
        _panel(page, sheet, one, (x + _TICK, x + width - 2 * PAD), y + head, highest)
    return page.canvas


def _panel(page: Page, sheet: Axes, one: Course, sides: tuple[float, float], top: float, highest: float) -> None:
    floor = top + _PLOT
    first, last = one.moments[0].month.number, one.moments[-1].month.number

    def place(moment: Moment) -> float:
        return sides[0] + 8 + (moment.month.number - first) / max(last - first, 1) * (sides[1] - sides[0] - 24)

    def level(share: float) -> float:
        return floor - share / highest * (_PLOT - style.LINE)

    for tick in (0, 1):
        page.line(list(sides), [level(tick)] * 2, colour=style.GUIDE if tick == 0 else style.UNKNOWN)
        page.text(sides[0] - 4, level(tick), [f"{100 * tick}%"], "right")
    for values, expected in ((one.expected, True), (one.reached, False)):
        known = [(place(m), level(v)) for m, v in zip(one.moments, values, strict=True) if v is not None]
        _line(sheet, [x for x, _ in known], [y for _, y in known], expected=expected)
        if not expected:
            for x, y in known:
                page.dot(x, y, filled=True)
    end = one.reached[-1]
    if end is not None:
        page.text(place(one.moments[-1]), level(end) - style.LINE + 1, [share_text(end)], "center")
    for moment, align in ((one.moments[0], "left"), (one.moments[-1], "right")):
        x = sides[0] if align == "left" else sides[1]
        page.text(x, floor + style.LINE / 2 + 3, [month_short(moment.month)], align)


def _line(sheet: Axes, x: Sequence[float], y: Sequence[float], *, expected: bool) -> None:
    if expected:
        sheet.plot(x, y, color=style.INK, linewidth=1.0, linestyle=(0, (3, 2)), zorder=2)
    else:
        sheet.plot(x, y, color=REACHED, linewidth=2.0, zorder=3)
