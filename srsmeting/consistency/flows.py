"""Flows that grow: more candidates in a step than were left of the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from srsmeting.consistency.amounts import Amount, read_amount
from srsmeting.consistency.finding import Finding
from srsmeting.consistency.statements import Flow
from srsmeting.goals import GoalsMonitor


def flows_that_grow(monitor: GoalsMonitor, flows: Sequence[Flow]) -> Iterator[Finding]:
    """Yield the steps that more candidates took than were left.

    Whoever dropped out in a step is not left. A count that is not exact is held against what it can be.
    """
    for flow in flows:
        for unit in monitor.units:
            if flow.units and unit.id not in flow.units:
                continue
            for (step, following), phase in zip_longest(pairwise(flow.steps), flow.dropout[: len(flow.steps) - 1]):
                if found := _grows(monitor, unit.id, step, following, phase or ""):
                    what = f"{unit.label}: {found}"
                    where = flow.where or ", ".join(flow.steps)
                    yield Finding("flow", where, what, fault=flow.faults.get(unit.id, ""))


def _grows(monitor: GoalsMonitor, unit: str, step: str, following: str, phase: str) -> str:
    entered, went_on = _count(monitor, unit, step), _count(monitor, unit, following)
    if entered is None or went_on is None:
        return ""
    lost = _lost(monitor, unit, phase)
    if entered.high is None or went_on.low is None or went_on.low <= entered.high - lost:
        return ""
    dropped = f", of whom {lost} dropped out," if lost else ""
    return f"{entered.text} in {step}{dropped} and {went_on.text} in {following}: more than were left."


def _count(monitor: GoalsMonitor, unit: str, step: str) -> Amount | None:
    track, _, part = step.partition(".")
    value = monitor.result(unit, track, part)
    return read_amount(value.text) if value is not None and value.is_count else None


def _lost(monitor: GoalsMonitor, unit: str, phase: str) -> int:
    cells = [cell for cell in monitor.dropout if (cell.unit, cell.phase) == (unit, phase)]
    moments = [moment.id for moment in monitor.moments]
    last = max(cells, key=lambda cell: moments.index(cell.moment), default=None)
    return (last.numerator or 0) if last else 0
