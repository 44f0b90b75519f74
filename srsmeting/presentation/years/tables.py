"""The table of years beside each other, with what changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from srsmeting.presentation.semantic_table import Column, Row, Table
from srsmeting.presentation.signs import SIGNS, Cell
from srsmeting.presentation.years.moment import Moment
from srsmeting.presentation.years.notes import NONE, years_base, years_notes
from srsmeting.presentation.years.series import Series, changes_frame
from srsmeting.questionnaire import Questionnaire

#: With more measurements than this only the last change is shown.
MOST: Final = 3
_CHANGE: Final = "Verandering"
_SAME: Final = "Verandering bij wie beide keren antwoordde"


def years_table(
    series: Sequence[Series],
    questionnaire: Questionnaire,
    *,
    id: str,
    caption: str,
    panel: bool = False,
    compact: bool = False,
    notes: Sequence[str] = (),
    source: str = "",
) -> Table:
    """Make the table of figures through the years.

    Parameters
    ----------
    series
        As :func:`srsmeting.presentation.years.read_series` returns them. Those of one question stand under its answers,
        those of several under what they are called, by pijler where there are several in each.
    questionnaire
        Who was asked.
    id, caption, notes, source
        Of the table; the source without "Bron:".
    panel
        Whether the last change is shown among those who answered both times too.
    compact
        Whether it takes as few lines as can be: for a page on which the text says that nothing is significant.
    """
    moments = [point.moment for point in series[0].points]
    steps = range(len(moments) - 1) if len(moments) <= MOST else range(len(moments) - 2, len(moments) - 1)
    value, change = (8, 10) if len(moments) < MOST else (7, 12)
    means = [one.is_mean for one in series]
    over = "Gemiddelde" if all(means) else "Meting" if any(means) else "Percentage"
    columns = [Column(moment.period, value, spanner="" if compact else over) for moment in moments]
    columns += [
        Column(_span(moments[at], moments[at + 1]), change, spanner=_CHANGE if len(steps) > 1 else "")
        if len(steps) > 1
        else Column(_CHANGE if compact else f"{_CHANGE} {moments[at].period}–{moments[at + 1].period}", change + 5)
        for at in steps
    ]
    # Nobody was recognised in both years: then it is not known who answered twice, and there is nothing to show.
    same = (_panel_note(series),) if panel else ()
    panel = panel and any(one.steps[-1].panel.base for one in series)
    overall = len(moments) > 2
    if overall:
        columns.append(Column(_span(moments[0], moments[-1]), change, spanner=_CHANGE))
    if panel:
        columns.append(Column(_SAME, 16))
    one_question = len({one.name[0] for one in series}) == 1
    pijlers = {one.pijler for one in series}
    # A head for each row says little.
    grouped = 1 < len(pijlers) <= len(series) / 2
    rows = []
    for one in series:
        cells = [point.printed for point in one.points] + [one.steps[at].printed for at in steps]
        cells += [_overall(one)] if overall else []
        cells += [one.steps[-1].panel.printed] if panel else []
        group, header = one.pijler if grouped else "", one.called
        if one_question:
            group = one.question.item(one.name[1]).label if one.name[1] else ""
            header = one.answer
        rows.append(Row(header, tuple(cells), group))
    told = [note for note in years_notes(series) if not (compact and note == NONE)]
    return Table(
        id=id,
        caption=caption,
        data=changes_frame(series),
        base=years_base(questionnaire, series),
        notes=tuple(note for note in (*told, *same, *notes) if note),
        source=source,
        stub=Column("Antwoord" if one_question else "Uitkomst", 100 - sum(column.width for column in columns), "left"),
        columns=tuple(columns),
        rows=tuple(rows),
    )


def _span(earlier: Moment, later: Moment) -> str:
    """Name two years in words, so that a narrow header can be broken."""
    return f"{earlier.period} tot {later.period}"


def _overall(series: Series) -> Cell:
    """Return what changed since the first year; a sign where they may not be compared."""
    if series.trend is not None and series.trend.earlier == series.points[0].moment:
        return series.trend.printed
    apart = [step.printed for step in series.steps if step.verdict in ("break", "no")]
    return apart[0] if apart else Cell(SIGNS["O"].sign, status="O", reason="no_base")


def _panel_note(series: Sequence[Series]) -> str:
    bases = [base for one in series if (base := one.steps[-1].panel.base)]
    if not bases:
        return "Welke organisaties beide keren antwoordden, is niet bekend."
    least, most = min(bases), max(bases)
    span = f"{least} tot {most}" if most > least else f"{most}"
    last = series[0].steps[-1]
    return (
        f"Zowel over {last.earlier.period} als over {last.later.period} antwoordden {span} organisaties. Hun "
        "verandering staat er zonder toets, en zegt iets over organisaties zoals deze."
    )
