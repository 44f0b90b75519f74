"""The straight line to a goal: which part of it would have been reached, had every month brought as much."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from srsmeting.goals import GoalsMonitor


@dataclass(frozen=True)
class Line:
    """How far on its way a unit is.

    Parameters
    ----------
    passed, months
        Months that have passed, of all its months.
    method
        Where the line begins and ends: ``duration`` or ``moments``.

    Examples
    --------
    >>> Line(11, 15, "duration").share
    Fraction(11, 15)
    """

    passed: int
    months: int
    method: str

    @property
    def share(self) -> Fraction:
        """The part of the goal that is expected by now."""
        return Fraction(self.passed, self.months)


def line_of(monitor: GoalsMonitor, unit: str, moment: str) -> Line | None:
    """Return how far a unit is at a moment.

    Parameters
    ----------
    monitor
        A monitor of goals.
    unit, moment
        Ids.

    Returns
    -------
    Line or None
        Over the months of the unit, extension and both ends included, where its duration is known; else from the first
        moment of the monitor to the last, at the first of which nothing is expected. None where there is neither.
    """
    month = monitor.moment(moment).month
    for duration in monitor.durations:
        if duration.unit == unit:
            passed = min(max(duration.start.until(month), 0), duration.months)
            return Line(passed, duration.months, "line of its duration")
    first, last = monitor.moments[0].month, monitor.moments[-1].month
    if first == last:
        return None
    return Line(month.number - first.number, last.number - first.number, "line of the moments")
