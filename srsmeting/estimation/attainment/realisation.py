"""Goals, results, and the realisation: what was reached as a part of the goal, by unit, by track and in total."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from srsmeting.estimation.attainment.line import line_of
from srsmeting.estimation.attainment.rows import RANGE, Address, Row, about, absent, counts, fraction, no_total, over
from srsmeting.goals import GoalsMonitor, Moment, Value

_NO_GOAL: Final = "no_goal"
_NO_RESULT: Final = "no_result"


@dataclass(frozen=True)
class Outcome:
    """What a unit set itself, and what it reached until a moment.

    Parameters
    ----------
    unit
        Which unit.
    goal, result
        None where nothing is written.
    """

    unit: str
    goal: Value | None
    result: Value | None

    @property
    def has_goal(self) -> bool:
        """Whether the goal is a count."""
        return self.goal is not None and self.goal.is_count

    @property
    def has_result(self) -> bool:
        """Whether the result is a count."""
        return self.result is not None and self.result.is_count

    @property
    def is_judged(self) -> bool:
        """Whether both are there, and the goal is more than nothing."""
        return self.has_goal and self.has_result and self.high > 0

    @property
    def share(self) -> Fraction:
        """The result over the upper end of the goal."""
        return Fraction(self.reached, self.high)

    @property
    def low(self) -> int:
        """The lower end of the goal."""
        return (self.goal.low if self.goal else None) or 0

    @property
    def high(self) -> int:
        """The upper end of the goal."""
        return (self.goal.high if self.goal else None) or 0

    @property
    def reached(self) -> int:
        """The result."""
        return (self.result.high if self.result else None) or 0

    @property
    def is_approximate(self) -> bool:
        """Whether either is not exact."""
        return any(value is not None and value.approximate for value in (self.goal, self.result))


def moments_of(monitor: GoalsMonitor, track: str) -> tuple[Moment, ...]:
    """Return the moments at which a track is told of: those with results, or else the last one with any result.

    Of a track without results, goals that were dropped or changed by then no longer hold. Where nothing was measured
    at all, it is the first moment.
    """
    return monitor.measured(track) or monitor.measured()[-1:] or monitor.moments[:1]


def outcomes(monitor: GoalsMonitor, track: str, part: str, moment: str) -> list[Outcome]:
    """Return what every unit set itself and reached until a moment."""
    return [
        Outcome(unit.id, monitor.goal(unit.id, track, part, moment), monitor.result(unit.id, track, part, moment))
        for unit in monitor.units
    ]


def why_none(found: list[Outcome]) -> str:
    """Return why nothing can be said of the realisation of any of them."""
    if any(outcome.has_goal and outcome.has_result and not outcome.high for outcome in found):
        return "divides_by_zero"
    return _NO_RESULT if any(outcome.has_goal for outcome in found) else _NO_GOAL


def realisation(monitor: GoalsMonitor) -> Iterator[Row]:
    """Yield goals, results and realisation of every track and part, by unit and in total."""
    for track in monitor.tracks:
        measured = bool(monitor.measured(track.id))
        for moment in moments_of(monitor, track.id):
            whole = outcomes(monitor, track.id, "", moment.id)
            yield from _track(monitor, Address(track.id, moment.id), whole, measured=measured)
            for part in track.parts:
                given = outcomes(monitor, track.id, part.id, moment.id)
                yield from _part(monitor, Address(track.id, moment.id, part.id), given, whole)


def _track(monitor: GoalsMonitor, at: Address, found: list[Outcome], *, measured: bool) -> Iterator[Row]:
    for outcome in found:
        yield from _unit(monitor, at, outcome, measured=measured)
    yield _sum(monitor, at, "goal", found)
    if measured:
        yield _sum(monitor, at, "result", found)
        yield from _attainment(monitor, at, found)


def _part(monitor: GoalsMonitor, at: Address, found: list[Outcome], whole: list[Outcome]) -> Iterator[Row]:
    with_goal = [outcome for outcome in found if outcome.goal is not None]
    with_result = [outcome for outcome in found if outcome.result is not None]
    for outcome in found:
        place = Address(at.question, at.item, at.category, outcome.unit)
        if outcome.goal is not None:
            yield place.count(monitor, "goal", outcome.goal, _NO_GOAL)
        if outcome.result is not None:
            yield place.count(monitor, "result", outcome.result, _NO_RESULT)
        if outcome.goal is not None and outcome.result is not None:
            yield place.row(monitor, "attainment", **_quotient(outcome))
    # A goal in total, of units of which some set it for the track as a whole, would be too low.
    divided = {outcome.unit for outcome in with_goal} >= {outcome.unit for outcome in whole if outcome.has_goal}
    if with_goal and divided:
        yield _sum(monitor, at, "goal", found)
    if with_result:
        yield _sum(monitor, at, "result", found)
    if with_goal and with_result and divided:
        yield from _attainment(monitor, at, found)


def _unit(monitor: GoalsMonitor, at: Address, outcome: Outcome, *, measured: bool) -> Iterator[Row]:
    place = Address(at.question, at.item, at.category, outcome.unit)
    yield place.count(monitor, "goal", outcome.goal, _NO_GOAL)
    if not measured:
        return
    yield place.count(monitor, "result", outcome.result, _NO_RESULT)
    yield place.row(monitor, "attainment", **_quotient(outcome))
    line = line_of(monitor, outcome.unit, at.item)
    if line is not None and outcome.is_judged:
        yield place.row(monitor, "expected_attainment", **fraction(line.passed, line.months), method=line.method)
        gap = float(outcome.share - line.share)
        flags = about(approximate=outcome.is_approximate)
        yield place.row(monitor, "attainment_gap", estimate=gap, method=line.method, **flags)


def _quotient(outcome: Outcome) -> Row:
    """Return the realisation of one unit, against the upper end of the goal."""
    if not outcome.has_goal:
        return absent(outcome.goal, _NO_GOAL)
    if not outcome.has_result:
        return absent(outcome.result, _NO_RESULT)
    return _against(outcome.reached, outcome.low, outcome.high) | (
        about(approximate=outcome.is_approximate) if outcome.high else {}
    )


def _against(reached: int, low: int, high: int) -> Row:
    row = fraction(reached, high)
    if low == high or not low or not reached or not high:
        return row
    return row | {"ci_low": reached / high, "ci_high": reached / low, "method": RANGE}


def _sum(monitor: GoalsMonitor, at: Address, measure: str, found: list[Outcome]) -> Row:
    """Return a total of goals or of results over the units that have one."""
    values = {outcome.unit: outcome.goal if measure == "goal" else outcome.result for outcome in found}
    known = {unit: value for unit, value in values.items() if value and counts(monitor, value)}
    none = _NO_GOAL if measure == "goal" else _NO_RESULT
    if wrong := no_total(monitor, values, known, none):
        return at.row(monitor, measure, **wrong)
    low, high = (sum(getattr(value, end) or 0 for value in known.values()) for end in ("low", "high"))
    ends = {"ci_low": low, "ci_high": high} if low != high else {}
    flags = about(approximate=any(value.approximate for value in known.values()))
    told = over("range" if low != high else "", [unit for unit in values if unit not in known])
    return at.row(monitor, measure, estimate=high, numerator=high, **ends, **flags, **told)


def _attainment(monitor: GoalsMonitor, at: Address, found: list[Outcome]) -> Iterator[Row]:
    """Yield the realisation in total, over the units that have a goal and a result."""
    judged = [one for one in found if one.is_judged and counts(monitor, one.goal, one.result)]
    values = {outcome.unit: outcome.goal if not outcome.has_goal else outcome.result for outcome in found}
    known = [outcome.unit for outcome in judged]
    if wrong := no_total(monitor, values, known, why_none(found)):
        yield at.row(monitor, "attainment", **wrong)
        return
    low, high = sum(outcome.low for outcome in judged), sum(outcome.high for outcome in judged)
    row = _against(sum(outcome.reached for outcome in judged), low, high)
    left_out = [outcome.unit for outcome in found if outcome.unit not in known]
    flags = about(approximate=any(outcome.is_approximate for outcome in judged))
    yield at.row(monitor, "attainment", **row | over(str(row.get("method", "")), left_out) | flags)
    lines = [(outcome, line_of(monitor, outcome.unit, at.item)) for outcome in judged]
    if at.category or any(line is None for _, line in lines):
        return
    # What all of them together would have reached, had each kept to its own line.
    expected = sum((line.share * outcome.high for outcome, line in lines if line), start=Fraction(0)) / high
    method = over("weighted by the goals", left_out)
    yield at.row(monitor, "expected_attainment", estimate=float(expected), **method)
    gap = Fraction(sum(outcome.reached for outcome in judged), high) - expected
    yield at.row(monitor, "attainment_gap", estimate=float(gap), **method | flags)
