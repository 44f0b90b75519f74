"""The tables of goals and results: what was set, what was reached, how far that is, and how many reached theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from srsmeting.goals import Track, Unit
from srsmeting.presentation.formats import format_count, format_percentage
from srsmeting.presentation.goals.months import month_name
from srsmeting.presentation.goals.outcomes import STANDINGS, Outcomes, Row, is_absent, left_out
from srsmeting.presentation.goals.printed import (
    Footnotes,
    count_text,
    legend,
    percent_text,
    sum_note,
    written,
)
from srsmeting.presentation.outcomes import inside
from srsmeting.presentation.semantic_table import Column, Table
from srsmeting.presentation.semantic_table import Row as Line
from srsmeting.presentation.signs import Cell
from srsmeting.presentation.words import opsomming

#: Width of the column of names, in percent.
STUB = 28


@dataclass(frozen=True)
class _Place:
    """A column: a track, or a part of one under the name of the track."""

    track: Track
    label: str
    part: str = ""
    spanner: str = ""


def goals_table(outcomes: Outcomes, *, id: str = "tbl-doelen", caption: str = "", source: str = "") -> Table:
    """Make the table of the goals: for every unit what it set itself on each track, as it was written.

    Parameters
    ----------
    outcomes
        The figures of the monitor.
    id, caption, source
        Of the table; the source without "Bron:".
    """
    notes = Footnotes()
    places = [_Place(track, track.label) for track in outcomes.monitor.tracks]

    def cell(unit: Unit, place: _Place) -> Cell:
        goal = outcomes.goal(unit, place.track)
        told = goal_notes(outcomes, unit, place.track)
        return Cell(written(goal), notes.mark(*told))

    caption = caption or "Doelen in aantallen"
    return _table(outcomes, "goal", places, cell, notes, id=id, caption=caption, source=source)


def results_table(outcomes: Outcomes, *, id: str = "tbl-resultaten", caption: str = "", source: str = "") -> Table:
    """Make the table of the results at the last moment, parts beside their track, with totals; as of the goals."""
    notes = Footnotes()

    def cell(unit: Unit, place: _Place) -> Cell:
        told = result_notes(outcomes, unit, place.track, place.part) if place.part or not place.spanner else []
        return Cell(written(outcomes.result(unit, place.track, place.part)), notes.mark(*told))

    caption = caption or outcomes.dated("Resultaten in aantallen")
    return _table(outcomes, "result", list(_with_parts(outcomes)), cell, notes, id=id, caption=caption, source=source)


def attainment_table(outcomes: Outcomes, *, id: str = "tbl-realisatie", caption: str = "", source: str = "") -> Table:
    """Make the table of the realisation: the result as a percentage of the goal, of every unit and of all together.

    The total is a percentage, too: counts stand in the tables of goals and of results.
    """
    notes = Footnotes()
    places = [_Place(track, track.label) for track in outcomes.monitor.tracks]

    def cell(unit: Unit, place: _Place) -> Cell:
        row = outcomes.row("attainment", place.track.id, unit.id)
        text = percent_text(row, outcomes.row("result", place.track.id, unit.id))
        return Cell(text, notes.mark(parts_note(outcomes, unit, place.track)))

    caption = caption or outcomes.dated("Realisatie: resultaat als percentage van het doel")
    return _table(outcomes, "attainment", places, cell, notes, id=id, caption=caption, source=source)


def standings_table(outcomes: Outcomes, *, id: str = "tbl-gehaald", caption: str = "", source: str = "") -> Table:
    """Make the table of goals reached, nearly reached and missed, by track, with all goals in the foot."""

    def line(label: str, track: Track | None) -> Line:
        found = outcomes.counted(track)
        return Line(label, tuple(Cell(format_count(number)) for number in (sum(found.values()), *found.values())))

    monitor = outcomes.monitor
    rules = monitor.config.rules
    notes = [
        f"Gehaald: vanaf {format_percentage(rules.reached)} van het doel; bijna gehaald: vanaf "
        f"{format_percentage(rules.nearly)}."
    ]
    goals = (outcomes.goal(unit, track) for unit in monitor.units for track in monitor.tracks)
    if any(goal is not None and goal.is_count and goal.is_range for goal in goals):
        notes.append("Van een doel met een onder- en een bovengrens telt de ondergrens.")
    if estimated := _judged_by_estimate(outcomes):
        notes.append(f"Beoordeeld met een geschat aantal: {opsomming(estimated)}.")
    return Table(
        id=id,
        caption=caption or "Doelen: gehaald, bijna gehaald en niet gehaald",
        data=rows_of(outcomes, *(f"goals_{one}" for one in STANDINGS)),
        notes=tuple(notes),
        source=source,
        stub=Column("Spoor", 32, "left"),
        columns=tuple(
            Column(head, 17) for head in ("Met doel en resultaat", "Gehaald", "Bijna gehaald", "Niet gehaald")
        ),
        rows=tuple(line(track.label, track) for track in monitor.tracks),
        foot=(line("Alle sporen", None),) if len(monitor.tracks) > 1 else (),
    )


def _judged_by_estimate(outcomes: Outcomes) -> list[str]:
    """Return the units judged by a number that is not exact, each with its tracks: "Eems (werven)"."""
    told = []
    for unit in outcomes.monitor.units:
        tracks = [
            inside(track.label)
            for track in outcomes.monitor.tracks
            if outcomes.standing(unit, track) is not None
            and (row := outcomes.row("attainment", track.id, unit.id)) is not None
            and str(row["status"]) == "E"
        ]
        told += [f"{unit.label} ({opsomming(tracks)})"] if tracks else []
    return told


def goal_notes(outcomes: Outcomes, unit: Unit, track: Track) -> list[str]:
    """Return what belongs to a goal: what it was before, its footnotes, and the sum or the parts that it is of."""
    monitor, goal = outcomes.monitor, outcomes.goal(unit, track)
    cells = [one for one in monitor.goals if (one.unit, one.track) == (unit.id, track.id) and one.note]
    changed = outcomes.earlier_goals(unit, track)
    told = [f"Doel vóór {month_name(moment.month)}: {written(before)}" for moment, before in changed]
    told += [one.note for one in cells]
    told += [
        f"Alleen {inside(part.label)}: {written(outcomes.goal(unit, track, part.id))}"
        for part in outcomes.parts_with_goal(unit, track)
    ]
    named = tuple(one.label for one in track.parts if monitor.goal(unit.id, track.id, one.id) is not None)
    total = sum_note(goal, named)
    parts = () if goal is None else goal.parts
    tells = any(all(str(part) in note for part in parts) for note in told)
    return told if tells or not total else [*told, total]


def result_notes(outcomes: Outcomes, unit: Unit, track: Track, part: str = "") -> list[str]:
    """Return the footnotes of a result at the last moment."""
    moments = outcomes.monitor.measured(track.id)
    last = moments[-1].id if moments else ""
    return [
        one.note
        for one in outcomes.monitor.results
        if (one.unit, one.track, one.moment) == (unit.id, track.id, last) and one.part == part and one.note
    ]


def parts_note(outcomes: Outcomes, unit: Unit, track: Track) -> str:
    """Say how far the parts of a track were reached, where a unit has a goal for each: "Instroom bbl: 21 van 110"."""
    told: list[str] = []
    for part in track.parts:
        row = outcomes.row("attainment", track.id, unit.id, part=part.id)
        if row is None or is_absent(row):
            return ""
        label = part.label if not told else f"{part.label[:1].lower()}{part.label[1:]}"
        told.append(f"{label} {int(row['numerator'])} van {int(row['denominator'])} ({percent_text(row)})")
    return ", ".join(told)


def rows_of(outcomes: Outcomes, *measures: str) -> pd.DataFrame:
    """Return the rows of the estimate frame behind a table."""
    frame = outcomes.estimates
    return frame[frame["measure"].isin(measures)].reset_index(drop=True)


def total_note(outcomes: Outcomes, row: Row | None) -> str:
    """Say which units a total leaves out, and that it is not exact: "Zonder Groningen; met een geschat aantal."."""
    if row is None:
        return ""
    without = [outcomes.monitor.unit(name).label for name in left_out(row)]
    told = [f"zonder {opsomming(without)}"] if without else []
    if str(row["status"]) == "E":
        told.append("met een geschat aantal")
    text = "; ".join(told)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _with_parts(outcomes: Outcomes) -> Iterator[_Place]:
    for track in outcomes.monitor.tracks:
        found = outcomes.estimates
        used = found[(found["question"] == track.id) & (found["measure"] == "result")]["category"].unique()
        parts = [part for part in track.parts if part.id in used]
        for part in parts:
            yield _Place(track, part.label, part.id, track.label)
        yield _Place(track, "Samen" if parts else track.label, "", track.label if parts else "")


def _table(
    outcomes: Outcomes,
    measure: str,
    places: Sequence[_Place],
    cell: Callable[[Unit, _Place], Cell],
    notes: Footnotes,
    *,
    id: str,
    caption: str,
    source: str,
) -> Table:
    units = outcomes.monitor.config.units
    rows = tuple(Line(unit.label, tuple(cell(unit, place) for place in places)) for unit in units.list)
    printed = percent_text if measure == "attainment" else count_text
    # Footnotes of totals come last, as their row does.
    totals = [outcomes.total(measure, place.track.id, part=place.part) for place in places]
    foot = tuple(Cell(printed(row).removeprefix("circa "), notes.mark(total_note(outcomes, row))) for row in totals)
    several = len(units.list) > 1 and any(row is not None and not is_absent(row) for row in totals)
    cells = [one for row in rows for one in row.cells]
    return Table(
        id=id,
        caption=caption,
        data=rows_of(outcomes, measure),
        notes=tuple(note for note in (legend(measure, cells), *notes.lines) if note),
        source=source,
        stub=Column(units.label, STUB, "left"),
        columns=tuple(
            Column(place.label, (100 - STUB) // max(len(places), 1), spanner=place.spanner) for place in places
        ),
        rows=rows,
        foot=(Line("Totaal", foot),) if several else (),
    )
