"""The figure of years: what stood where, which change is significant, and where the line is cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.figure import Figure as Canvas

from srsmeting.errors import ReportError
from srsmeting.presentation.exhibit import exhibit_id
from srsmeting.presentation.figures import style
from srsmeting.presentation.figures.exhibit import Picture
from srsmeting.presentation.figures.lines import Line, LineChart, Stretch, draw_lines
from srsmeting.presentation.formats import format_percentage
from srsmeting.presentation.signs import SIGNS, Cell, legend
from srsmeting.presentation.words import opsomming
from srsmeting.presentation.years.notes import apart_notes, noted_notes, years_base
from srsmeting.presentation.years.series import Series, Step
from srsmeting.presentation.years.tables import years_table
from srsmeting.questionnaire import Questionnaire

#: So many values are printed beside a line.
_MOST: Final = 4
#: Marks run from 1 to 10.
_MARKS: Final = (1.0, 10.0)
_SIGNIFICANT: Final = "significante verandering (p < 0,05, gecorrigeerd voor het aantal toetsen in de pijler)."
_WEAK: Final = "Geen van de veranderingen is significant (p < 0,05, gecorrigeerd voor het aantal toetsen in de pijler)."
_UNTESTED: Final = "Of een verandering meer is dan toeval, is niet getoetst."


@dataclass(frozen=True, kw_only=True, repr=False)
class YearsFigure(Picture):
    """A figure of years.

    Parameters
    ----------
    chart
        What it draws.
    """

    chart: LineChart

    def drawn(self) -> Canvas:
        """Draw it."""
        return draw_lines(self.chart)


def build_years(
    series: Sequence[Series],
    questionnaire: Questionnaire,
    *,
    id: str,
    caption: str,
    notes: Sequence[str] = (),
    source: str = "",
) -> YearsFigure:
    """Make the figure of figures through the years.

    Parameters
    ----------
    series
        As :func:`srsmeting.presentation.years.read_series` returns them: shares, or means of marks.
    questionnaire
        Who was asked.
    id, caption, notes, source
        Of the figure; the source without "Bron:".

    Raises
    ------
    ReportError
        For shares and means together, which have no scale in common.
    """
    means = {one.is_mean for one in series}
    if len(means) > 1:
        raise ReportError(
            f"figure {id!r}: shares and means have no scale in common. Make two figures, or show them in a table."
        )
    steps = [step for one in series for step in one.steps]
    told = ""
    if any(step.number is not None for step in steps):
        tested = any(step.is_tested for step in steps)
        # Of two years the change is printed too, with its star.
        strong = f"Donkere lijn{' en *' if len(series[0].points) == 2 else ''}: {_SIGNIFICANT}"
        told = strong if any(_is_strong(step) for step in steps) else _WEAK if tested else _UNTESTED
    # The cut in a line is told by its reason; a sign stands only where a value is missing or marked.
    printed = [point.printed for one in series for point in one.points]
    printed += [step.printed for step in steps if len(series[0].points) == 2]
    why = (*apart_notes(series), *noted_notes(series))
    table = years_table(series, questionnaire, id=exhibit_id("tbl-cijfers", id.partition("-")[2]), caption=caption)
    return YearsFigure(
        id=id,
        caption=caption,
        data=table.data,
        base=years_base(questionnaire, series),
        notes=tuple(note for note in (told, _overall(series), *why, *notes, legend(printed)) if note),
        source=source,
        alt=alt_years(series),
        table=table,
        chart=plan_lines(series),
    )


def plan_lines(series: Sequence[Series]) -> LineChart:
    """Decide what the figure looks like."""
    periods = [point.moment.period for point in series[0].points]
    two = len(periods) == 2
    shown = range(len(periods)) if len(periods) <= _MOST else (0, len(periods) - 2, len(periods) - 1)
    low, high, ticks = _scale(series)
    several = len({one.name[0] for one in series}) > 1 or len({one.name[1] for one in series}) > 1
    lines = []
    for one in series:
        heights = tuple(None if p.number is None else (p.number - low) / (high - low) for p in one.points)
        stretches = tuple(Stretch(_is_strong(step), step.verdict in ("break", "no")) for step in one.steps)
        values = [str(one.points[at].printed) for at in shown]
        values += [_short(one.steps[0].printed)] if two else []
        lines.append(Line(one.called if several else one.answer, heights, stretches, tuple(values)))
    heads = [periods[at] for at in shown] + (["Verschil"] if two else [])
    return LineChart(tuple(periods), tuple(heads), ticks, tuple(lines))


def _scale(series: Sequence[Series]) -> tuple[float, float, tuple[str, str]]:
    if series[0].is_mean:
        return (*_MARKS, ("1", "10"))
    most = max((point.number or 0 for one in series for point in one.points), default=0)
    # The next ten, so that the scale says something; never so short that little looks like much.
    top = max(style.SHORTEST_SCALE, 10 * -(-100 * most // 10))
    return 0.0, top / 100, (format_percentage(0), format_percentage(top / 100))


def _is_strong(step: Step) -> bool:
    return step.is_known and step.is_tested


def _short(cell: Cell) -> str:
    return f"{cell.text}{cell.mark}" if cell.mark == "*" else str(cell)


def alt_years(series: Sequence[Series]) -> str:
    """Tell the figure in words: first what changed, then every value, then what is cut."""
    changed = [
        f"{_called(one, series)} van {one.points[at].printed} in {step.earlier.period} naar "
        f"{one.points[at + 1].printed} in {step.later.period}"
        for one in series
        for at, step in enumerate(one.steps)
        if _is_strong(step)
    ]
    known = any(step.number is not None for one in series for step in one.steps)
    tested = any(step.is_tested for one in series for step in one.steps)
    if changed:
        message = f"Significant veranderd: {opsomming(changed)}."
    elif tested:
        message = "Geen enkele verandering is significant."
    else:
        message = "Geen verandering is getoetst." if known else "Geen enkele verandering is te vergelijken."
    shape = "Hellingdiagram" if len(series[0].points) == 2 else "Lijndiagram"
    periods = [point.moment.period for point in series[0].points]
    told = "; ".join(
        f"{_called(one, series)} ({', '.join(_told(point.printed) for point in one.points)})" for one in series
    )
    return " ".join([message, f"{shape} met {opsomming(periods)}: {told}.", *apart_notes(series)])


def _overall(series: Sequence[Series]) -> str:
    """Say which lines rose or fell over all years, where no stretch of them need be dark."""
    moved = [f"‘{_called(one, series)}’" for one in series if one.trend is not None and _is_strong(one.trend)]
    firsts = {one.trend.earlier.period for one in series if one.trend is not None}
    return f"Over de hele periode sinds {min(firsts)} significant veranderd: {opsomming(moved)}." if moved else ""


def _called(one: Series, series: Sequence[Series]) -> str:
    return one.called if len({other.name[:2] for other in series}) > 1 else one.answer


def _told(cell: Cell) -> str:
    return SIGNS[cell.status].meaning if cell.hidden or cell.text == SIGNS["B"].sign else str(cell)
