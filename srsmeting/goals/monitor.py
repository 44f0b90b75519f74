"""A monitor of goals that was read and checked: what units set themselves, and what they reached when."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from srsmeting.errors import Fault, unknown_name
from srsmeting.goals.cells import Cell, Count, Dropout, Duration, Fact, Mention, Participation
from srsmeting.goals.model import GoalsConfig, Moment, Named, Track, Unit
from srsmeting.goals.values import Value, add_values
from srsmeting.places import refuse_over

N = TypeVar("N", bound=Named)


@dataclass(frozen=True)
class GoalsMonitor:
    """A monitor of goals.

    Parameters
    ----------
    file
        Its ``meting.yaml``.
    config
        What that file says.
    goals, results, dropout, durations, participants, figures, topics, portraits
        The rows of the data, in the order of the files.
    remarks
        What is allowed and must be known: results without a goal, units with results of one moment only, or of none.
    """

    file: Path
    config: GoalsConfig
    goals: tuple[Cell, ...] = ()
    results: tuple[Cell, ...] = ()
    dropout: tuple[Dropout, ...] = ()
    durations: tuple[Duration, ...] = ()
    participants: tuple[Participation, ...] = ()
    figures: tuple[Count, ...] = ()
    topics: tuple[Mention, ...] = ()
    portraits: tuple[Fact, ...] = ()
    remarks: tuple[Fault, ...] = ()

    @property
    def meting(self) -> str:
        """The name of the measurement."""
        return self.config.meting

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units, in the order of the configuration."""
        return self.config.units.list

    @property
    def tracks(self) -> tuple[Track, ...]:
        """The tracks, in the order of the configuration."""
        return self.config.tracks

    @property
    def moments(self) -> tuple[Moment, ...]:
        """The moments, the earliest first."""
        return self.config.moments

    def path(self, name: str) -> Path:
        """Return where a file that the configuration names stands."""
        return (self.file.parent / name).resolve()

    def refuse_input(self, target: str | os.PathLike[str]) -> None:
        """Refuse to write where a file of the monitor stands.

        Raises
        ------
        ConfigurationError
            When `target` is one of them.
        """
        named = {key: getattr(self.config.files, key) for key in type(self.config.files).model_fields}
        named |= {key: getattr(self.config, key) for key in ("published", "statements", "programme")}
        places = {"configuration": self.file} | {key: self.path(name) for key, name in named.items() if name}
        refuse_over(target, places, {}, "this measurement")

    def unit(self, name: str) -> Unit:
        """Return a unit.

        Raises
        ------
        UnknownNameError
            When there is none of that name.
        """
        return _one(self.units, name, self.file.name, "unit")

    def track(self, name: str) -> Track:
        """Return a track.

        Raises
        ------
        UnknownNameError
            When there is none of that name.
        """
        return _one(self.tracks, name, self.file.name, "track")

    def moment(self, name: str) -> Moment:
        """Return a moment.

        Raises
        ------
        UnknownNameError
            When there is none of that name.
        """
        return _one(self.moments, name, self.file.name, "moment")

    def measured(self, track: str = "") -> tuple[Moment, ...]:
        """Return the moments of which there are results, of one track or of any."""
        found = self._measured.get(track, set())
        return tuple(moment for moment in self.moments if moment.id in found)

    def goal(self, unit: str, track: str, part: str = "", moment: str = "") -> Value | None:
        """Return the goal that holds at a moment, or in the end; None where nothing is written.

        The goal of a track whose parts have goals is their sum; one part without makes it missing. Goals of parts
        replace an earlier one of the track as a whole, and the other way round: neither is revived by a later one.
        """
        until = self._place(moment) if moment else len(self.moments)
        latest: dict[str, Cell] = {}
        for cell in self._goals.get((unit, track), ()):
            if self._from(cell) <= until and (
                cell.part not in latest or self._from(cell) >= self._from(latest[cell.part])
            ):
                latest[cell.part] = cell
        whole = latest.pop("", None)
        if whole:
            latest = {name: cell for name, cell in latest.items() if self._from(cell) > self._from(whole)}
            if not latest:
                return None if part else whole.value
        return self._whole_or_part(track, part, latest)

    def result(self, unit: str, track: str, part: str = "", moment: str = "") -> Value | None:
        """Return the result at a moment, by default the last one measured; None where nothing is written.

        The result of a track whose parts have results is their sum; one part without makes it missing.
        """
        measured = self.measured(track)
        if not moment and not measured:
            return None
        found = self._results.get((unit, track, moment or measured[-1].id), {})
        if not part and "" in found:
            return found[""].value
        return self._whole_or_part(track, part, found)

    def _whole_or_part(self, track: str, part: str, found: Mapping[str, Cell]) -> Value | None:
        if part:
            return found[part].value if part in found else None
        if not found:
            return None
        return add_values(
            found[one.id].value if one.id in found else Value("-", absent="none") for one in self.track(track).parts
        )

    @cached_property
    def _goals(self) -> Mapping[tuple[str, str], list[Cell]]:
        found: dict[tuple[str, str], list[Cell]] = {}
        for cell in self.goals:
            found.setdefault((cell.unit, cell.track), []).append(cell)
        return found

    @cached_property
    def _results(self) -> Mapping[tuple[str, str, str], Mapping[str, Cell]]:
        found: dict[tuple[str, str, str], dict[str, Cell]] = {}
        for cell in self.results:
            found.setdefault((cell.unit, cell.track, cell.moment), {})[cell.part] = cell
        return found

    @cached_property
    def _measured(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {"": set()}
        for cell in self.results:
            found[""].add(cell.moment)
            found.setdefault(cell.track, set()).add(cell.moment)
        return found

    def _from(self, goal: Cell) -> int:
        return self._place(goal.moment) if goal.moment else -1

    def _place(self, moment: str) -> int:
        return self.moments.index(self.moment(moment))


def _one(known: Sequence[N], name: str, file: str, noun: str) -> N:
    for one in known:
        if one.id == name:
            return one
    raise unknown_name(file, noun, name, [one.id for one in known])
