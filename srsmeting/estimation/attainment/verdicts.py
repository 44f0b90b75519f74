"""How many goals were set, reached, nearly reached and missed: by unit, by track, and in all."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from srsmeting.estimation.attainment.realisation import Outcome, moments_of, outcomes, why_none
from srsmeting.estimation.attainment.rows import Address, Row
from srsmeting.goals import GoalsMonitor

#: What becomes of a goal with a result.
VERDICTS = ("reached", "nearly", "missed")


def verdict(monitor: GoalsMonitor, outcome: Outcome) -> str:
    """Return whether a unit reached its goal, nearly did, or missed it; empty where nobody can tell.

    A goal that is a range is reached at its lower end. A goal of nothing is not reached by doing nothing.
    """
    if not outcome.is_judged:
        return ""
    rules, result, goal = monitor.config.rules, Fraction(outcome.reached), Fraction(outcome.low)
    if result >= Fraction(rules.reached) * goal:
        return "reached"
    return "nearly" if result >= Fraction(rules.nearly) * goal else "missed"


def verdicts(monitor: GoalsMonitor) -> Iterator[Row]:
    """Yield the numbers of goals, per moment; those in all are of every track, counted at that moment or not."""
    for moment in monitor.moments:
        tracks = [track.id for track in monitor.tracks if moment in moments_of(monitor, track.id)]
        if not tracks:
            continue
        found = {track.id: outcomes(monitor, track.id, "", moment.id) for track in monitor.tracks}
        for track in tracks:
            of_track = found[track]
            for outcome in of_track:
                yield from _counts(monitor, Address(track, moment.id, group=outcome.unit), [outcome])
            yield from _counts(monitor, Address(track, moment.id), of_track)
        for unit in monitor.units:
            of_unit = [outcome for of_track in found.values() for outcome in of_track if outcome.unit == unit.id]
            yield from _counts(monitor, Address("", moment.id, group=unit.id), of_unit)
        yield from _counts(monitor, Address("", moment.id), [one for of_track in found.values() for one in of_track])


def _counts(monitor: GoalsMonitor, at: Address, found: list[Outcome]) -> Iterator[Row]:
    goals = sum(outcome.has_goal for outcome in found)
    yield at.row(monitor, "goals_set", estimate=goals, numerator=goals, denominator=len(found))
    told = [verdict(monitor, outcome) for outcome in found]
    judged = len([one for one in told if one])
    for one in VERDICTS:
        if judged:
            number = told.count(one)
            yield at.row(monitor, f"goals_{one}", estimate=number, numerator=number, denominator=judged)
        else:
            yield at.row(monitor, f"goals_{one}", status="M", reason=why_none(found))
