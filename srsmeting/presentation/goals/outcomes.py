"""What is known of every goal: the figure of the estimate frame, beside what was written in the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final, Literal

import pandas as pd

from srsmeting.goals import GoalsMonitor, Moment, Part, Track, Unit, Value
from srsmeting.presentation.goals.months import month_name

#: How a goal stands.
Standing = Literal["reached", "nearly", "missed"]
STANDINGS: Final[tuple[Standing, ...]] = ("reached", "nearly", "missed")
#: A row of the estimate frame.
Row = Mapping[str, Any]

#: What stands in the method of a total before the units that are not in it.
LEFT_OUT: Final = "left out: "

_ADDRESS: Final = ("measure", "question", "item", "category", "group")


@dataclass(frozen=True)
class Outcomes:
    """The figures of a monitor by what they are about.

    Parameters
    ----------
    estimates
        The estimate frame of the monitor.
    monitor
        The monitor: names, order, and what was written.
    """

    estimates: pd.DataFrame = field(repr=False)
    monitor: GoalsMonitor = field(repr=False)
    _rows: dict[tuple[str, ...], Row] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        own = self.estimates[
            (self.estimates["meting"] == self.monitor.meting)
            & self.estimates["by"].isin(["", self.monitor.config.units.by])
        ]
        for row in own.to_dict("records"):
            self._rows[tuple(str(row[name]) for name in _ADDRESS)] = {str(key): value for key, value in row.items()}

    @property
    def last(self) -> Moment:
        """The last moment of which there is any result; without results the first moment."""
        return (self.monitor.measured() or self.monitor.moments[:1])[-1]

    def dated(self, caption: str) -> str:
        """Return a caption with the month of the last results; as it is where nothing was measured."""
        return f"{caption}, {month_name(self.last.month)}" if self.monitor.measured() else caption

    def row(
        self, measure: str, question: str, unit: str = "", *, part: str = "", moment: str | None = None
    ) -> Row | None:
        """Return a figure; None where the frame does not have it.

        Parameters
        ----------
        measure
            As in the frame: "attainment".
        question
            Track, phase, kind of participant, figure, or empty for all tracks.
        unit
            Empty for all together.
        part
            Of a track.
        moment
            Default the last one measured; a figure that is of no moment is found, too.
        """
        at = self._moment(question) if moment is None else moment
        places = (at, "") if moment is None else (at,)
        return next((row for item in places if (row := self._rows.get((measure, question, item, part, unit)))), None)

    def total(self, measure: str, question: str, *, part: str = "") -> Row | None:
        """Return the figure of all units together."""
        return self.row(measure, question, part=part)

    def goal(self, unit: Unit, track: Track, part: str = "") -> Value | None:
        """Return the goal as it was written, as it holds at the last moment."""
        return self.monitor.goal(unit.id, track.id, part, self._moment(track.id))

    def result(self, unit: Unit, track: Track, part: str = "") -> Value | None:
        """Return the result as it was written, at the last moment."""
        return self.monitor.result(unit.id, track.id, part)

    def standing(self, unit: Unit, track: Track, moment: str | None = None) -> Standing | None:
        """Tell whether a unit reached its goal, nearly, or not; None where there is no goal or no result."""
        for one in STANDINGS:
            row = self.row(f"goals_{one}", track.id, unit.id, moment=moment)
            if row is not None and not is_absent(row) and row["estimate"] == 1:
                return one
        return None

    def standing_units(self, track: Track, standing: Standing | None) -> list[Unit]:
        """Return the units of which the goal stands so, in declared order."""
        return [unit for unit in self.monitor.units if self.standing(unit, track) == standing]

    def counted(self, track: Track | None = None) -> dict[Standing, int]:
        """Count the goals with a result by how they stand: of a track, or of all at their own last moments."""
        tracks = self.monitor.tracks if track is None else (track,)
        rows = {(one, of.id): self.row(f"goals_{one}", of.id) for one in STANDINGS for of in tracks}
        found = {key: 0 if row is None or is_absent(row) else int(row["estimate"]) for key, row in rows.items()}
        return {one: sum(found[one, of.id] for of in tracks) for one in STANDINGS}

    def judged(self, track: Track) -> list[Unit]:
        """Return the units with a goal and a result."""
        return [unit for unit in self.monitor.units if self.standing(unit, track) is not None]

    def with_goal(self, track: Track) -> list[Unit]:
        """Return the units with a goal in numbers."""
        rows = {unit.id: self.row("goals_set", track.id, unit.id) for unit in self.monitor.units}
        return [unit for unit in self.monitor.units if (row := rows[unit.id]) is not None and row["estimate"] == 1]

    def parts_with_goal(self, unit: Unit, track: Track) -> list[Part]:
        """Return the parts of a track for which a unit set a goal, where it set none for the whole."""
        if (whole := self.goal(unit, track)) is not None and whole.is_count:
            return []
        goals = {part: self.goal(unit, track, part.id) for part in track.parts}
        return [part for part, goal in goals.items() if goal is not None and goal.is_count]

    def is_dropped(self, unit: Unit, track: Track) -> bool:
        """Tell whether a unit gave up its goal for a track."""
        goal = self.goal(unit, track)
        return goal is not None and goal.absent == "dropped"

    def earlier_goals(self, unit: Unit, track: Track) -> list[tuple[Moment, Value]]:
        """Return the goals that were changed until the last moment, each with the moment from which another holds."""
        moments = self.monitor.moments
        until = [moment.id for moment in moments].index(self._moment(track.id))
        held = [self.monitor.goal(unit.id, track.id, "", moment.id) for moment in moments[: until + 1]]
        return [
            (moment, before)
            for moment, (before, goal) in zip(moments[1:], pairwise(held), strict=False)
            if before is not None and before.is_count and goal is not None and goal.text != before.text
        ]

    def with_result(self, track: Track) -> list[Unit]:
        """Return the units with a result."""
        return [unit for unit in self.monitor.units if not is_absent(self.row("result", track.id, unit.id))]

    def _moment(self, question: str) -> str:
        if question not in {one.id for one in self.monitor.tracks}:
            return self.last.id
        # Of a track without results, the goals are told at the last moment of which there is any.
        return (self.monitor.measured(question) or (self.last,))[-1].id


def left_out(row: Row | None) -> list[str]:
    """Return the ids of the units that a total leaves out, as its method names them."""
    _, found, units = ("" if row is None else str(row["method"])).partition(LEFT_OUT)
    return units.split(", ") if found else []


def is_absent(row: Row | None) -> bool:
    """Say whether there is no number."""
    return row is None or bool(pd.isna(row["estimate"]))
