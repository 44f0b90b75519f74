"""How far tracks were at every moment, and how far a straight line to the goal would be."""

from __future__ import annotations

from dataclasses import dataclass

from srsmeting.goals import Moment
from srsmeting.presentation.formats import format_percentage
from srsmeting.presentation.goals.months import month_short
from srsmeting.presentation.goals.outcomes import Outcomes, is_absent, left_out
from srsmeting.presentation.words import opsomming


@dataclass(frozen=True)
class Course:
    """A track: its moments, what was reached of the goal by then, and what the straight line says; None without."""

    label: str
    moments: tuple[Moment, ...]
    reached: tuple[float | None, ...]
    expected: tuple[float | None, ...]

    @property
    def told(self) -> str:
        """Every moment in words."""
        return "; ".join(
            f"{month_short(moment.month)} {share_text(reached)} bij {share_text(expected)} volgens de lijn"
            for moment, reached, expected in zip(self.moments, self.reached, self.expected, strict=True)
        )


def read_courses(outcomes: Outcomes) -> list[Course]:
    """Return the tracks that were measured at two moments or more."""
    found = []
    for track in outcomes.monitor.tracks:
        moments = outcomes.monitor.measured(track.id)
        reached = tuple(_value(outcomes, "attainment", track.id, moment) for moment in moments)
        if sum(value is not None for value in reached) > 1:
            expected = tuple(_value(outcomes, "expected_attainment", track.id, moment) for moment in moments)
            found.append(Course(track.label, moments, reached, expected))
    return found


def other_units(outcomes: Outcomes) -> str:
    """Say at which moments a track is of other units than at the last one; nothing where all are of the same.

    What was reached together can go up or down because a unit joins or leaves.
    """
    monitor, told = outcomes.monitor, []
    for track in monitor.tracks:
        rows = {moment: outcomes.row("attainment", track.id, moment=moment.id) for moment in monitor.measured(track.id)}
        without = {moment: left_out(row) for moment, row in rows.items() if not is_absent(row)}
        if len({tuple(units) for units in without.values()}) > 1:
            listed = [
                f"{month_short(moment.month)} zonder {opsomming([monitor.unit(unit).label for unit in units])}"
                for moment, units in without.items()
                if units
            ]
            told.append(f"{track.label}: {'; '.join(listed)}.")
    plural = monitor.config.units.plural
    return f"Niet elk moment gaat over dezelfde {plural}. {' '.join(told)}" if told else ""


def _value(outcomes: Outcomes, measure: str, track: str, moment: Moment) -> float | None:
    row = outcomes.row(measure, track, moment=moment.id)
    return None if row is None or is_absent(row) else float(row["estimate"])


def share_text(share: float | None) -> str:
    """Print a share, or a dash where there is none."""
    return "-" if share is None else format_percentage(share)
