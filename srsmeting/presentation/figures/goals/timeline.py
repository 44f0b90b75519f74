"""The figure of the months: for every unit a bar from its first month to its last, the extension apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from matplotlib.figure import Figure as Canvas

from srsmeting.goals import DURATION, Duration, Month
from srsmeting.presentation.figures import style
from srsmeting.presentation.figures.canvas import Page, text_width
from srsmeting.presentation.figures.goals.picture import PAD, REACHED, STUB, GoalsFigure, bar, named, sheet_of
from srsmeting.presentation.figures.layout import place_legend
from srsmeting.presentation.goals.course_tables import durations_table
from srsmeting.presentation.goals.months import month_name, month_short
from srsmeting.presentation.goals.outcomes import Outcomes
from srsmeting.presentation.goals.printed import count_text
from srsmeting.presentation.words import opsomming

_BAR: Final = 11.0
_VALUE: Final = 62.0
_LONGER: Final = "#C3DAE7"
_PLANNED: Final = "looptijd volgens plan"
_EXTENDED: Final = "verlenging"


def build_timeline(outcomes: Outcomes, *, id: str = "fig-looptijd", caption: str = "", source: str = "") -> GoalsFigure:
    """Make the figure of begin, end and extension of every unit, with the last measurement as a line.

    Parameters
    ----------
    outcomes
        The figures of the monitor.
    id, caption, source
        Of the figure; the source without "Bron:".
    """
    monitor = outcomes.monitor
    rows = [
        (monitor.unit(one.unit).label, one, count_text(outcomes.row("months", DURATION, one.unit)))
        for one in monitor.durations
    ]
    last = outcomes.last.month if monitor.measured() else None
    table = durations_table(outcomes, id="tbl-cijfers-looptijd", source=source)
    told = "; ".join(f"{label} {_span(one)}, {months} maanden" for label, one, months in rows)
    longer = [label for label, one, _ in rows if one.extension]
    first = f"Verlengd: {opsomming(longer)}." if longer else "Er is niet verlengd."
    return GoalsFigure(
        id=id,
        caption=caption or "Begin, einde en verlenging",
        data=table.data,
        notes=(f"Stippellijn: de laatste meting, {month_name(last)}.",) if last else (),
        source=source,
        alt=f"{first} Balken van begin tot einde: {told}.",
        table=table,
        plot=lambda: _draw(rows, last),
    )


def _span(one: Duration) -> str:
    extended = f", verlengd tot en met {month_name(one.extension)}" if one.extension else ""
    return f"{month_name(one.start)} tot en met {month_name(one.end)}{extended}"


def _draw(rows: Sequence[tuple[str, Duration, str]], last: Month | None) -> Canvas:
    labels = named([label for label, _, _ in rows])
    entries = [(REACHED, _PLANNED)]
    if any(one.extension for _, one, _ in rows):
        entries.append((_LONGER, _EXTENDED))
    legend = place_legend([label for _, label in entries], style.WIDTH, text_width, 14, 14)
    top = style.LINE + 3 + 2 * PAD
    sizes = [max(len(lines) * style.LINE, _BAR) + 5 for lines in labels]
    bottom = top + sum(sizes)
    page = Page(bottom + style.LINE + PAD)
    sheet = sheet_of(page)
    for entry in legend:
        page.square(entry.x, style.LINE / 2, 8.5, entries[entry.index][0])
        page.text(entry.x + 14, style.LINE / 2, entry.lines)
    begin = min(one.start.number for _, one, _ in rows)
    end = max([*(one.last.number for _, one, _ in rows), *([last.number] if last else [])]) + 1
    left, right = STUB, style.WIDTH - _VALUE
    scale = (right - left) / (end - begin)

    def place(month: int) -> float:
        return left + (month - begin) * scale

    if begin % 12:
        page.text(left, bottom + style.LINE / 2 + 2, [str(begin // 12)])
    for month in range(begin, end + 1):
        if month % 12 == 0 or (month % 6 == 0 and end - begin < 48):
            sheet.plot([place(month)] * 2, [top, bottom], color=style.UNKNOWN, linewidth=0.9, zorder=1)
            if (month % 12 == 0 and left + 40 < place(month) < right - 20) or month == begin:
                page.text(place(month), bottom + style.LINE / 2 + 2, [str(month // 12)], "center")
    y = top
    for (_, one, months), lines, size in zip(rows, labels, sizes, strict=True):
        middle = y + size / 2
        page.text(0, middle, lines)
        start, planned, after = place(one.start.number), place(one.end.number + 1), place(one.last.number + 1)
        bar(sheet, start, middle, planned - start, _BAR, REACHED)
        if one.extension:
            bar(sheet, planned, middle, after - planned, _BAR, _LONGER)
        page.text(style.WIDTH, middle, [f"{months} maanden"], "right")
        y += size
    if last is None:
        return page.canvas
    # The counts are of the whole month.
    at = place(last.number + 1)
    sheet.plot([at, at], [top - 4, bottom], color=style.PAPER, linewidth=3.2, zorder=3)
    sheet.plot([at, at], [top - 4, bottom], color=style.INK, linewidth=1.1, linestyle=(0, (3, 2)), zorder=4)
    page.text(at, top - PAD - style.LINE / 2 + 2, [month_short(last)], "center")
    return page.canvas
