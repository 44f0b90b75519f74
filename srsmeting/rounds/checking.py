"""What a filled-in workbook adds to the files of a measurement: every cell checked, and held against what is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from srsmeting.goals import Cell, Value
from srsmeting.rounds.asking import before
from srsmeting.rounds.dropout import check_dropout
from srsmeting.rounds.filled import Answer, Lines
from srsmeting.rounds.layout import SEPARATOR
from srsmeting.rounds.told import Told, old_of, same
from srsmeting.rounds.values import GOAL_WORDS, text_of, value_of

#: Goals by track and part.
Goals = dict[tuple[str, str], Value]


def check_told(told: Told) -> None:
    """Check all that a workbook asks: its faults, what is new and what must be looked at stand in `told` after."""
    new_goals: Goals = {}
    # Goals first, since a result needs one.
    forms: Mapping[str, Callable[[Lines], None]] = {
        "goals": lambda lines: _goals(told, lines, new_goals),
        "results": lambda lines: _results(told, lines, new_goals),
        "dropout": lambda lines: check_dropout(told, lines),
        "participants": lambda lines: _participants(told, lines),
        "remarks": lambda lines: _letter(told, lines),
    }
    for name, check in forms.items():
        check({key: cells for key, cells in told.filled.forms.get(name, {}).items() if cells})


def _goals(told: Told, lines: Lines, new_goals: Goals) -> None:
    there = {
        (cell.track, cell.part): cell
        for cell in told.monitor.goals
        if (cell.unit, cell.moment) == (told.unit, told.moment.id)
    }
    for key, cells in lines.items():
        answer, reason = cells["value"], cells["note"]
        if answer.value is None:
            if text_of(reason):
                what = "is a reason, and there is no new goal beside it. Write the goal, or clear this cell."
                told.fault(reason, what, "reason_alone")
            continue
        place, value = _place(told, key, answer), value_of(told.filled, answer, GOAL_WORDS, ranges=True)
        if not text_of(reason):
            told.fault(reason, "does not tell why the goal was changed. Write the reason.", "no_reason")
        if place is None or value is None:
            continue
        track, part = place
        new_goals[place] = value
        old, now = there.get(place), told.monitor.goal(told.unit, track, part, told.moment.id)
        if old is None and now is not None and same(now, value):
            told.remark(answer, f"{value.text!r} is the goal already. It was not taken over.", "same_goal")
            continue
        row = {"track": track, "part": part, "value": value.text, "note": text_of(reason)}
        told.add("goals", row, answer, value, old_of(old))


def _results(told: Told, lines: Lines, new_goals: Goals) -> None:
    there = {
        (cell.track, cell.part): cell
        for cell in told.monitor.results
        if (cell.unit, cell.moment) == (told.unit, told.moment.id)
    }
    for key, cells in lines.items():
        answer, note = cells["value"], cells["note"]
        if answer.value is None:
            told.leave_open(answer, note)
            continue
        place, value = _place(told, key, answer), value_of(told.filled, answer)
        if place is None or value is None:
            continue
        track, part = place
        if value.is_count:
            _has_goal(told, track, part, value, answer, new_goals)
            _grows(told, track, part, value, answer)
        row = {"track": track, "part": part, "value": value.text, "note": text_of(note)}
        told.add("results", row, answer, value, old_of(there.get(place)))
    _parts_that_do_not_apply(told, there)


def _parts_that_do_not_apply(told: Told, there: Mapping[tuple[str, str], Cell]) -> None:
    """Tell of parts that were not asked, since a track is the sum of all its parts."""
    rows = told.rows.get("results", [])
    tracks = {row["track"] for row in rows if row["part"]}
    for track in told.monitor.tracks:
        for part in track.parts if track.id in tracks else ():
            goal = told.monitor.goal(told.unit, track.id, part.id, told.moment.id)
            if goal and goal.absent == "not_applicable" and (track.id, part.id) not in there:
                row = {"unit": told.unit, "track": track.id, "part": part.id, "moment": told.moment.id}
                rows.append(row | {"value": goal.text, "note": ""})


def _participants(told: Told, lines: Lines) -> None:
    there = {
        row.kind: row for row in told.monitor.participants if (row.unit, row.moment) == (told.unit, told.moment.id)
    }
    kinds = [kind.id for kind in told.monitor.config.participants]
    for kind, cells in lines.items():
        answer, note = cells["value"], cells["note"]
        listed = [name for name in (part.strip() for part in text_of(cells["names"]).split(";")) if name]
        if answer.value is None:
            told.leave_open(answer, cells["names"] if listed else note)
            continue
        value = value_of(told.filled, answer)
        if not told.has("kind", kind, kinds, answer) or value is None:
            continue
        if listed and value.is_count and len(listed) != value.low:
            names = "1 name is" if len(listed) == 1 else f"{len(listed)} names are"
            repair = "Put ; between names." if any("," in name for name in listed) else "Check with the unit."
            what = f"{names} listed, and {value.text!r} are counted. {repair}"
            told.remark(cells["names"], what, "names")
        old = there.get(kind)
        if old and listed and tuple(listed) != old.names:
            name = told.monitor.config.files.participants
            what = f"the names are not those in {name} row {old.line}. They were not taken over."
            told.remark(cells["names"], what, "other_names")
        row = {"kind": kind, "value": value.text, "names": "; ".join(listed), "note": text_of(note)}
        told.add("participants", row, answer, value, old_of(old))


def _letter(told: Told, lines: Lines) -> None:
    for cells in lines.values():
        told.letter = text_of(cells["note"])


def _place(told: Told, key: str, answer: Answer) -> tuple[str, str] | None:
    """Return the track and the part that a line is about; None, and a fault, where there is none (any more)."""
    name, _, part = key.partition(SEPARATOR)
    tracks = {track.id: track for track in told.monitor.tracks}
    if not told.has("track", name, tracks, answer):
        return None
    return (name, part) if not part or told.has("part", part, [p.id for p in tracks[name].parts], answer) else None


def _has_goal(told: Told, track: str, part: str, value: Value, answer: Answer, new_goals: Goals) -> None:
    goal = told.monitor.goal(told.unit, track, part, told.moment.id)
    goal = goal or told.monitor.goal(told.unit, track, "", told.moment.id)
    goal = new_goals.get((track, part), new_goals.get((track, ""), goal))
    if goal is None:
        name = told.monitor.config.files.goals or "goals"
        what = f"{value.text!r} is a result, and {name} has no goal for it. Add the goal there, or '-' for none."
        told.fault(answer, what, "no_goal", value.text)
    elif goal.absent == "not_applicable":
        what = f"{value.text!r} is a result, and the goal is {goal.text!r}. Correct one of the two."
        told.fault(answer, what, "no_goal", value.text)


def _grows(told: Told, track: str, part: str, value: Value, answer: Answer) -> None:
    for moment in before(told.monitor, told.moment):
        last = told.monitor.result(told.unit, track, part, moment.id)
        if last is None or not last.is_count:
            continue
        if (value.high or 0) < (last.low or 0):
            what = f"is {value.text}, and was {last.text} at {moment.id!r}; it counts from the start on. "
            told.remark(answer, what + "Check with the unit.", "shrinks")
        return
