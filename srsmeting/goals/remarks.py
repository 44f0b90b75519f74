"""What in the data of a monitor is allowed and must be known: what nobody would expect, and may be true."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from srsmeting.errors import Fault
from srsmeting.goals.cells import Cell
from srsmeting.goals.monitor import GoalsMonitor


def remarks_on(monitor: GoalsMonitor) -> Iterator[Fault]:
    """Yield the remarks on the data of a monitor, in the order of its files."""
    yield from _goals_of_nothing(monitor)
    yield from _goals_in_part(monitor)
    yield from _not_in_goals(monitor)
    if monitor.results:
        yield from _without_goal(monitor)
        yield from _falling(monitor)
        yield from _too_early(monitor)
        yield from _seldom_counted(monitor)
    yield from _stopped(monitor)
    yield from _names(monitor)


def _of(cell: Cell) -> str:
    part = f", part {cell.part!r}" if cell.part else ""
    return f"unit {cell.unit!r}, track {cell.track!r}{part}"


def _goals_of_nothing(monitor: GoalsMonitor) -> Iterator[Fault]:
    name = Path(monitor.config.files.goals).name
    for cell in monitor.goals:
        if cell.value.high == 0:
            what = f"{_of(cell)} has 0 as its goal, and no realisation. Write '-' if no goal was set."
            yield Fault(name, what, cell.line, "value", "0", "goal_of_nothing")


def _goals_in_part(monitor: GoalsMonitor) -> Iterator[Fault]:
    """Yield the tracks of which a unit set a goal for some parts only, so that there is none for the whole."""
    name = Path(monitor.config.files.goals).name
    for unit in monitor.units:
        for track in monitor.tracks:
            goals = {part.id: monitor.goal(unit.id, track.id, part.id) for part in track.parts}
            some = [part for part, goal in goals.items() if goal is not None and goal.is_count]
            none = [part for part, goal in goals.items() if goal is None or goal.absent == "none"]
            if some and none:
                of_parts = f"has a goal for {_listed(some)} and none for {_listed(none)}"
                what = (
                    f"unit {unit.id!r}, track {track.id!r} {of_parts}, so none for the track as a whole. "
                    "Write 'n.v.t.' for a part that counts as nothing."
                )
                yield Fault(name, what, None, "value", unit.id, "goal_in_part")


def _not_in_goals(monitor: GoalsMonitor) -> Iterator[Fault]:
    """Yield the units that the goals do not name, where they name others."""
    name = Path(monitor.config.files.goals).name
    named = {cell.unit for cell in monitor.goals}
    for unit in monitor.units if named else ():
        if unit.id not in named:
            what = f"unit {unit.id!r} has no row here. Write '-' where it set no goal."
            yield Fault(name, what, None, "unit", unit.id, "no_goals")


def _stopped(monitor: GoalsMonitor) -> Iterator[Fault]:
    """Yield the units that dropped every goal, and are said to have worked on long after."""
    name, moments = Path(monitor.config.files.durations).name, [moment.id for moment in monitor.moments]
    for duration in monitor.durations:
        own = [cell for cell in monitor.goals if cell.unit == duration.unit]
        held = [monitor.goal(duration.unit, track) for track in dict.fromkeys(cell.track for cell in own)]
        dropped = [cell.moment for cell in own if cell.value.absent == "dropped" and cell.moment]
        if not dropped or any(goal is None or goal.absent != "dropped" for goal in held):
            continue
        last, ends = monitor.moment(max(dropped, key=moments.index)), duration.last
        if ends > last.month:
            what = (
                f"unit {duration.unit!r} dropped all its goals at {last.id!r} ({last.month}), and works till {ends}. "
                "If it stopped, correct the month."
            )
            yield Fault(name, what, duration.line, "end", str(ends), "stopped")


def _listed(names: list[str]) -> str:
    return ", ".join(map(repr, names))


def _without_goal(monitor: GoalsMonitor) -> Iterator[Fault]:
    """Yield the results without a goal: of every track and part the last one."""
    name = Path(monitor.config.files.results).name
    found: dict[tuple[str, ...], Fault] = {}
    for cell in _in_time(monitor):
        goal = monitor.goal(cell.unit, cell.track, cell.part, cell.moment)
        # Where the goal is one number for all parts, so is what was reached of it.
        goal = goal or monitor.goal(cell.unit, cell.track, "", cell.moment)
        if goal is None or not goal.is_count:
            why = "no goal" if goal is None or goal.absent == "none" else f"{goal.text!r} as its goal"
            what = f"unit {cell.unit!r}, track {cell.track!r} has a result ({cell.value}) and {why}."
            found[cell.unit, cell.track, cell.part, why] = Fault(
                name, what, cell.line, "value", str(cell.value), "no_goal"
            )
    yield from sorted(found.values(), key=lambda fault: fault.line or 0)


def _falling(monitor: GoalsMonitor) -> Iterator[Fault]:
    """Yield the results that are below an earlier one of the same: they count from the start."""
    name = Path(monitor.config.files.results).name
    counted: dict[tuple[str, str, str], list[Cell]] = {}
    for cell in _in_time(monitor):
        if cell.value.is_count:
            counted.setdefault((cell.unit, cell.track, cell.part), []).append(cell)
    for cells in counted.values():
        for before, cell in pairwise(cells):
            exact = not (before.value.approximate or cell.value.approximate)
            if exact and (cell.value.high or 0) < (before.value.high or 0):
                what = (
                    f"{_of(cell)} falls from {before.value} at {before.moment!r} to {cell.value} at {cell.moment!r}. "
                    "Results count from the start; check both."
                )
                yield Fault(name, what, cell.line, "value", str(cell.value), "falls")


def _too_early(monitor: GoalsMonitor) -> Iterator[Fault]:
    """Yield the results of units that had not begun."""
    name = Path(monitor.config.files.results).name
    starts = {duration.unit: duration.start for duration in monitor.durations}
    for cell in _in_time(monitor):
        month, start = monitor.moment(cell.moment).month, starts.get(cell.unit)
        if start and month < start and cell.value.high:
            what = f"{_of(cell)} has a result ({cell.value}) at {cell.moment!r} ({month}), before it began ({start})."
            yield Fault(name, what, cell.line, "moment", cell.moment, "too_early")


def _seldom_counted(monitor: GoalsMonitor) -> Iterator[Fault]:
    """Yield the units with results of fewer moments than others, so that totals of moments are of other units."""
    name = Path(monitor.config.files.results).name
    measured = [moment.id for moment in monitor.measured()]
    for unit in monitor.units:
        rows = [cell for cell in monitor.results if cell.unit == unit.id]
        moments = {cell.moment for cell in rows}
        if not rows:
            what = f"unit {unit.id!r} has no row here. Write '-' where it has no results."
            yield Fault(name, what, None, "unit", unit.id, "no_results")
            continue
        others = ", ".join(repr(moment) for moment in measured if moment not in moments)
        if others and len(moments) == 1:
            what = f"unit {unit.id!r} has results of {rows[0].moment!r} only, and others also of {others}."
            yield Fault(name, what, rows[0].line, "moment", unit.id, "one_moment")
        elif others:
            what = f"unit {unit.id!r} has no row of {others}, of which others have. Write '-' where it has no results."
            yield Fault(name, what, None, "moment", unit.id, "no_moment")


def _names(monitor: GoalsMonitor) -> Iterator[Fault]:
    """Yield the counts of organisations that are not as many as their names."""
    name = Path(monitor.config.files.participants).name
    for row in monitor.participants:
        value = row.value
        if row.names and value.is_count and not value.approximate and value.high != len(row.names):
            names = "1 name" if len(row.names) == 1 else f"{len(row.names)} names"
            what = f"unit {row.unit!r}, kind {row.kind!r} counts {value} and gives {names}."
            yield Fault(name, what, row.line, "names", str(value), "names")


def _in_time(monitor: GoalsMonitor) -> list[Cell]:
    """Return the results by moment, those of one moment in the order of the file."""
    order = {moment.id: place for place, moment in enumerate(monitor.moments)}
    return sorted((cell for cell in monitor.results if cell.value.is_count), key=lambda cell: order[cell.moment])
