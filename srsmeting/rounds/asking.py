"""What a round asks from a unit: what it reached since the start, beside its goals and what it told before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from srsmeting.goals import Dropout, GoalsMonitor, Moment, Track, Value
from srsmeting.rounds.layout import SEPARATOR, Column, Form, Line

#: What is shown where nothing was told before.
NOTHING: Final = "–"
NO_GOAL: Final = "geen doel"

#: Goals of a track of which no result is asked.
_NO_RESULT: Final = ("not_applicable", "dropped")

_NOTE: Final = Column("note", "Toelichting (komt als voetnoot in het rapport)", "text", 40)
_HOW: Final = "Tel vanaf de start, niet alleen vanaf de vorige ronde. Hele aantallen, geen percentages."


def ask(monitor: GoalsMonitor, unit: str, moment: Moment) -> tuple[Form, ...]:
    """Return the sheets that ask a unit how it stands at a moment.

    Only what the measurement has a file for is asked: results always, drop-out, participants and changes of goals where
    ``files`` in its ``meting.yaml`` names theirs.
    """
    files = monitor.config.files
    forms = [_results(monitor, unit, moment)]
    if files.dropout and monitor.config.phases:
        forms.append(_dropout(monitor, unit, moment))
    if files.participants and monitor.config.participants:
        forms.append(_participants(monitor, unit, moment))
    if files.goals:
        forms.append(_goals(monitor, unit, moment))
    return (*forms, _remarks())


def before(monitor: GoalsMonitor, moment: Moment) -> tuple[Moment, ...]:
    """Return the moments before one, the last of them first."""
    return monitor.moments[: monitor.moments.index(moment)][::-1]


def _results(monitor: GoalsMonitor, unit: str, moment: Moment) -> Form:
    columns = (
        Column("what", "Onderdeel", width=34),
        Column("goal", "Doel", width=16),
        Column("before", "Vorige stand", width=24),
        Column("value", f"Stand: {moment.label}", "count", 22),
        _NOTE,
    )
    lines = tuple(_result_lines(monitor, unit, moment))
    return Form("results", "Resultaten", "Wat is er bereikt?", _HOW, columns, lines)


def _result_lines(monitor: GoalsMonitor, unit: str, moment: Moment) -> Iterator[Line]:
    told = {(cell.track, cell.part): cell for cell in monitor.results if (cell.unit, cell.moment) == (unit, moment.id)}
    for track in monitor.tracks:
        of_parts = _goals_of_parts(monitor, unit, track, moment)
        whole = monitor.goal(unit, track.id, "", moment.id)
        if whole and whole.absent in _NO_RESULT:
            continue
        # What was told of a track as a whole stays a number of the whole.
        parts = [] if (track.id, "") in told else [part.id for part in track.parts]
        for part in parts or [""]:
            goal = monitor.goal(unit, track.id, part, moment.id)
            if goal and goal.absent == "not_applicable":
                continue
            shown = _goal_text(goal)
            if goal is None and whole and whole.is_count and not of_parts:
                shown = f"{whole}, alle delen samen"
            cell = told.get((track.id, part))
            known = {"value": str(cell.value), "note": cell.note} if cell else {}
            last = _last_result(monitor, unit, track.id, part, moment)
            yield Line(f"{track.id}{SEPARATOR}{part}", (_called(track, part), shown, last), known)


def _last_result(monitor: GoalsMonitor, unit: str, track: str, part: str, moment: Moment) -> str:
    found = ((one, monitor.result(unit, track, part, one.id)) for one in before(monitor, moment))
    return next((_told(value, one) for one, value in found if value is not None), NOTHING)


def _dropout(monitor: GoalsMonitor, unit: str, moment: Moment) -> Form:
    columns = (
        Column("what", "Fase", width=34),
        Column("before", "Vorige stand", width=30),
        Column("numerator", "Uitgevallen", "dropout", 20),
        Column("denominator", "Van hoeveel deelnemers", "number", 22),
        _NOTE,
    )
    lines = []
    for phase in monitor.config.phases:
        rows = {row.moment: row for row in monitor.dropout if (row.unit, row.phase) == (unit, phase.id)}
        last = next(
            (f"{_dropped(monitor, rows[one.id])} ({one.label})" for one in before(monitor, moment) if one.id in rows),
            "",
        )
        known = _known_dropout(rows[moment.id]) if moment.id in rows else {}
        lines.append(Line(phase.id, (phase.label, last or NOTHING), known))
    how = "Tel vanaf de start. Is niemand uitgevallen, vul dan 0 in, en hoeveel deelnemers er in de fase waren."
    return Form("dropout", "Uitval", "Hoeveel deelnemers vielen uit?", how, columns, tuple(lines))


def _dropped(monitor: GoalsMonitor, row: Dropout) -> str:
    if row.numerator is not None:
        return f"{row.numerator} van {row.denominator}" if row.denominator is not None else str(row.numerator)
    if row.value is not None:
        return row.value.said or row.value.text
    return next(f"samen met {phase.label}" for phase in monitor.config.phases if phase.id == row.same_as)


def _known_dropout(row: Dropout) -> dict[str, str]:
    texts = {"numerator": row.numerator, "denominator": row.denominator}
    known = {name: str(number) for name, number in texts.items() if number is not None}
    return {"numerator": str(row.value or NOTHING), "denominator": NOTHING, **known, "note": row.note}


def _participants(monitor: GoalsMonitor, unit: str, moment: Moment) -> Form:
    columns = (
        Column("what", "Wie doen er mee?", width=34),
        Column("before", "Vorige stand", width=24),
        Column("value", f"Aantal: {moment.label}", "count", 22),
        Column("names", "Namen van de organisaties, met ; ertussen (mag leeg blijven)", "text", 40),
        _NOTE,
    )
    lines = []
    for kind in monitor.config.participants:
        rows = {row.moment: row for row in monitor.participants if (row.unit, row.kind) == (unit, kind.id)}
        last = next((_told(rows[one.id].value, one) for one in before(monitor, moment) if one.id in rows), NOTHING)
        row = rows.get(moment.id)
        known = {"value": str(row.value), "names": "; ".join(row.names), "note": row.note} if row else {}
        lines.append(Line(kind.id, (kind.label, last), known))
    how = "Tel welke organisaties nu meedoen, geen personen."
    return Form("participants", "Organisaties", "Welke organisaties doen mee?", how, columns, tuple(lines))


def _goals(monitor: GoalsMonitor, unit: str, moment: Moment) -> Form:
    columns = (
        Column("what", "Onderdeel", width=34),
        Column("goal", "Doel nu", width=16),
        Column("value", "Nieuw doel", "goal", 22),
        Column("note", "Reden", "text", 50),
    )
    lines = []
    own = {(cell.track, cell.part): cell for cell in monitor.goals if (cell.unit, cell.moment) == (unit, moment.id)}
    for track in monitor.tracks:
        for part in _goals_of_parts(monitor, unit, track, moment) or [""]:
            goal, cell = monitor.goal(unit, track.id, part, moment.id), own.get((track.id, part))
            known = {"value": str(cell.value), "note": cell.note} if cell else {}
            key = f"{track.id}{SEPARATOR}{part}"
            lines.append(Line(key, (_called(track, part), _goal_text(goal)), known))
    how = "Alleen als een doel is veranderd of vervallen; anders laat u dit leeg. Zeg er altijd bij waarom."
    return Form("goals", "Doelen", "Is er een doel veranderd?", how, columns, tuple(lines))


def _goals_of_parts(monitor: GoalsMonitor, unit: str, track: Track, moment: Moment) -> list[str]:
    """Return all parts of a track where any of them has a goal of its own; else the goal is of the whole."""
    parts = [part.id for part in track.parts]
    return parts if any(monitor.goal(unit, track.id, part, moment.id) for part in parts) else []


def _remarks() -> Form:
    columns = (Column("what", "Onderwerp", width=34), Column("note", "Uw opmerking", "text", 80))
    line = Line("remark", ("Wat moeten de onderzoekers verder weten?",))
    how = "Dit lezen alleen de onderzoekers; het komt niet in het rapport."
    return Form("remarks", "Opmerkingen", "Wilt u nog iets kwijt?", how, columns, (line,))


def _goal_text(goal: Value | None) -> str:
    return goal.text if goal and goal.absent != "none" else NO_GOAL


def _called(track: Track, part: str) -> str:
    return next((f"{track.label}: {one.label}" for one in track.parts if one.id == part), track.label)


def _told(value: Value, moment: Moment) -> str:
    return f"{value.said or value.text} ({moment.label})"
