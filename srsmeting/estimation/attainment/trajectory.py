"""What becomes of candidates on the way: who drops out in which phase, and how many go on from track to track."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from srsmeting.estimation.attainment.realisation import Outcome, moments_of, outcomes
from srsmeting.estimation.attainment.rows import (
    NOT_NESTED,
    Address,
    Row,
    about,
    absent,
    counts,
    fraction,
    no_total,
    over,
)
from srsmeting.goals import Dropout, GoalsMonitor


def dropping_out(monitor: GoalsMonitor) -> Iterator[Row]:
    """Yield which part dropped out, by phase and unit, and over the units that counted them.

    Where more are said to be in a phase than were left after the one before, the method says that the phases are not
    nested.
    """
    for moment in monitor.moments:
        for phase in monitor.config.phases:
            found = [row for row in monitor.dropout if (row.phase, row.moment) == (phase.id, moment.id)]
            for row in found:
                yield Address(phase.id, moment.id, group=row.unit).row(monitor, "dropout", **_share(monitor, row))
            if found:
                yield _total(monitor, Address(phase.id, moment.id), found)


def _share(monitor: GoalsMonitor, row: Dropout) -> Row:
    if row.numerator is not None and row.denominator is not None:
        nested = _left_before(monitor, row)
        method = NOT_NESTED if nested is not None and row.denominator > nested else ""
        return fraction(row.numerator, row.denominator) | {"method": method}
    if row.same_as:
        return {"status": "K", "reason": "included_elsewhere", "method": f"with {row.same_as}"}
    if row.value is not None and row.value.share is not None:
        return {"estimate": float(row.value.share), **about(approximate=row.value.approximate)}
    if row.value is not None and row.value.low == 0:
        return {"estimate": 0, "numerator": 0}
    number = row.numerator if row.value is None else row.value.high
    if number is not None:
        return {"numerator": number, "status": "M", "reason": "no_base"}
    return absent(row.value, "no_result")


def _left_before(monitor: GoalsMonitor, row: Dropout) -> int | None:
    """Return how many were left after the last phase before that was counted."""
    phases = [phase.id for phase in monitor.config.phases]
    counted = {
        other.phase: other.denominator - other.numerator
        for other in monitor.dropout
        if (other.unit, other.moment) == (row.unit, row.moment)
        and other.numerator is not None
        and other.denominator is not None
    }
    before = [counted[phase] for phase in phases[: phases.index(row.phase)] if phase in counted]
    return before[-1] if before else None


def _total(monitor: GoalsMonitor, at: Address, found: list[Dropout]) -> Row:
    counted = [row for row in found if row.numerator is not None and row.denominator is not None]
    units = {row.unit for row in counted}
    left_out = [unit.id for unit in monitor.units if unit.id not in units]
    values = {unit.id: None for unit in monitor.units} | {row.unit: row.value for row in found}
    if wrong := no_total(monitor, values, units, "no_result"):
        return at.row(monitor, "dropout", **wrong)
    out, of = sum(row.numerator or 0 for row in counted), sum(row.denominator or 0 for row in counted)
    return at.row(monitor, "dropout", **fraction(out, of), **over("", left_out))


def going_on(monitor: GoalsMonitor) -> Iterator[Row]:
    """Yield which part went on from one track of the flow to the next, by unit and over those that counted both."""
    for before, after in pairwise(monitor.config.flow):
        for moment in moments_of(monitor, after):
            if moment not in monitor.measured(before) or moment not in monitor.measured(after):
                continue
            first = {outcome.unit: outcome for outcome in outcomes(monitor, before, "", moment.id)}
            pairs = [(first[last.unit], last) for last in outcomes(monitor, after, "", moment.id)]
            for start, end in pairs:
                yield Address(after, moment.id, group=end.unit).row(monitor, "flow", **_flow(start, end))
            both = [(start, end) for start, end in pairs if counts(monitor, start.result, end.result)]
            units = {end.unit for _, end in both}
            left_out = [unit.id for unit in monitor.units if unit.id not in units]
            at = Address(after, moment.id)
            values = {end.unit: end.result if start.has_result else start.result for start, end in pairs}
            if wrong := no_total(monitor, values, units, "no_result"):
                yield at.row(monitor, "flow", **wrong)
                continue
            ends, starts = sum(end.reached for _, end in both), sum(start.reached for start, _ in both)
            yield at.row(monitor, "flow", **_quotient(ends, starts, both), **over(_nesting(ends, starts), left_out))


def _flow(start: Outcome, end: Outcome) -> Row:
    for outcome in (start, end):
        if not outcome.has_result:
            return absent(outcome.result, "no_result")
    found = _quotient(end.reached, start.reached, [(start, end)])
    return found | {"method": _nesting(end.reached, start.reached)}


def _quotient(end: int, start: int, pairs: list[tuple[Outcome, Outcome]]) -> Row:
    approximate = any(one.result is not None and one.result.approximate for pair in pairs for one in pair)
    return fraction(end, start) | (about(approximate=approximate) if start else {})


def _nesting(end: int, start: int) -> str:
    return NOT_NESTED if end > start else ""
