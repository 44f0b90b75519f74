"""What a report tells in its text, boxes and notes, in a file that its proof-reader writes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from srsmeting.consistency.amounts import calculate, is_readable
from srsmeting.errors import ConfigurationError, Fault, suggest
from srsmeting.goals import GoalsMonitor, read_month
from srsmeting.yamlfile import Text, YamlFile, read_yaml, validate


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Figure(_Strict):
    """A row of the estimate frame; without an item, that of the last moment."""

    measure: str
    question: str = ""
    item: Text = ""
    category: Text = ""
    group: Text = ""


class Which(_Strict):
    """The units of which something is true, by the data: exactly one of these."""

    reached: Text = ""
    nearly: Text = ""
    missed: Text = ""
    #: A phase in which somebody dropped out.
    dropout: Text = ""
    #: Those that began before all others, or after them.
    starts: Literal["", "first", "last"] = ""
    #: Those whose last month, extension included, is this one or lies before it.
    ended: Text = ""
    extended: bool = False

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        given = [name for name in type(self).model_fields if getattr(self, name)]
        if len(given) != 1:
            raise ValueError(f"needs exactly one of {', '.join(type(self).model_fields)}.")
        if self.ended:
            read_month(self.ended)
        return self


def _as_printed(value: object) -> object:
    if isinstance(value, bool | float):
        written = str(value).lower().replace(".", ",")
        raise ValueError(f"{str(value).lower()!r} is not as it was printed. Put it in quotes: '{written}'.")
    return value


#: A count or percentage as written, or the units of which something is said.
Said = Annotated[int | str | tuple[Text, ...], BeforeValidator(_as_printed)]


class Told(_Strict):
    """One thing, and what each place of the report says of it.

    Places and, where the data tell it, ``computed``, ``calculation`` or ``units`` must agree.
    """

    what: str
    #: By place ("§3.1", "box"): a count or percentage as written, or the units of which it is said.
    places: Annotated[Mapping[Text, Said], Field(min_length=1)]
    computed: Figure | None = None
    #: What follows by arithmetic: "2 * 12 / 2".
    calculation: Text = ""
    units: Which | None = None
    #: Whether `units` are exactly those that are told, or those are among them.
    relation: Literal["same", "among"] = "same"
    #: How the review of the report calls what is wrong.
    fault: str = ""

    @model_validator(mode="after")
    def _can_be_held(self) -> Self:
        lists = {isinstance(said, tuple) for said in self.places.values()}
        if len(lists) == 2:
            raise ValueError("places tell a count here and units there. Tell the same kind of thing.")
        against = [key for key in ("computed", "calculation", "units") if getattr(self, key)]
        if len(against) > 1:
            raise ValueError(f"{' and '.join(repr(key) for key in against)} go no two together. Keep one.")
        if self.calculation:
            calculate(self.calculation)
        if self.units and lists != {True}:
            raise ValueError("'units' go with places that list units. Write them as [delft, emmen].")
        if lists == {True} and (self.computed or self.calculation):
            raise ValueError("places list units, which no figure tells. Hold them against 'units'.")
        texts = [said for said in self.places.values() if not isinstance(said, tuple)]
        if not against and len(self.places) == 1 and all(is_readable(said) for said in texts):
            raise ValueError("has one place and nothing to hold it against. Add a place, or what it is computed from.")
        return self


class Flow(_Strict):
    """Steps that candidates take one after another: nobody can take one without the one before."""

    #: Tracks, or parts of them: ``toeleiden.instroom_bbl``.
    steps: Annotated[tuple[Text, ...], Field(min_length=2)]
    #: The phase in which they drop out of each step but the last.
    dropout: tuple[Text, ...] = ()
    #: Of which units it is told; default all.
    units: tuple[Text, ...] = ()
    where: Text = ""
    #: How the review of the report calls what is wrong, by unit.
    faults: Mapping[Text, str] = {}


class Statements(_Strict):
    """A file with what a report tells."""

    told: tuple[Told, ...] = ()
    flows: tuple[Flow, ...] = ()


def read_statements(path: str | os.PathLike[str], monitor: GoalsMonitor) -> Statements:
    """Read what a report tells.

    Parameters
    ----------
    path
        A YAML file with ``told`` and ``flows``.
    monitor
        Whose units, tracks and phases it names.

    Raises
    ------
    ConfigurationError
        With every fault of the file.
    """
    lines = read_yaml(Path(path))
    read = validate(Statements, lines, ConfigurationError)
    faults = _unknown(lines, read, monitor)
    if faults:
        raise ConfigurationError(faults=faults)
    return read


def _unknown(lines: YamlFile, read: Statements, monitor: GoalsMonitor) -> list[Fault]:
    """Find names that the monitor does not have."""
    units = [unit.id for unit in monitor.units]
    tracks = [track.id for track in monitor.tracks]
    steps = tracks + [f"{track.id}.{part.id}" for track in monitor.tracks for part in track.parts]
    phases = [phase.id for phase in monitor.config.phases]
    found = []

    def ask(loc: tuple[str | int, ...], noun: str, names: Iterable[str], known: list[str]) -> None:
        for name in names:
            if name and name not in known:
                what = f"no {noun} {name!r}. {suggest(name, known)}"
                found.append(Fault(lines.name, what, lines.line(loc), noun, name, f"unknown_{noun}"))

    for place, flow in enumerate(read.flows):
        ask(("flows", place, "steps"), "step", flow.steps, steps)
        ask(("flows", place, "dropout"), "phase", flow.dropout, phases)
        ask(("flows", place, "units"), "unit", flow.units, units)
        ask(("flows", place, "faults"), "unit", flow.faults, units)
    for place, told in enumerate(read.told):
        if told.units:
            for key in ("reached", "nearly", "missed"):
                ask(("told", place, "units", key), "track", [getattr(told.units, key)], tracks)
            ask(("told", place, "units", "dropout"), "phase", [told.units.dropout], phases)
            for where, said in told.places.items():
                ask(("told", place, "places", where), "unit", said if isinstance(said, tuple) else (), units)
    return found
