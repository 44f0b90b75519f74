"""What the ``meting.yaml`` of a monitor of goals says: units, tracks, moments, and how its figures are made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from srsmeting.goals.months import Month, read_month
from srsmeting.yamlfile import Text

_ID: Final = re.compile(r"[a-z][a-z0-9_]*")

#: From here on a part of a goal must have been meant as a percentage.
_PERCENT: Final = 10

#: The question of the estimate frame that is about how long units last.
DURATION: Final = "duur"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _name(name: str) -> str:
    if not _ID.fullmatch(name):
        raise ValueError(f"{name!r} is no name. Use small letters, digits and underscores, a letter first.")
    return name


class Named(_Strict):
    """Something with a name of ours and a name for readers."""

    id: Text
    label: str

    @field_validator("id")
    @classmethod
    def _is_a_name(cls, name: str) -> str:
        return _name(name)

    @property
    def names(self) -> tuple[str, ...]:
        """How it may be called in the data, in small letters."""
        return tuple(dict.fromkeys(name.casefold() for name in (self.id, self.label)))


class Unit(Named):
    """A pilot, region or project, and how else it is called."""

    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """How it may be called in the data, in small letters."""
        return tuple(dict.fromkeys([*super().names, *(alias.casefold() for alias in self.aliases)]))


class Units(_Strict):
    """Whose goals are followed."""

    #: What one of them is called, and several: "Pilot", "pilots".
    label: str = "Project"
    plural: str = "projecten"
    #: The breakdown of the estimate frame that they are.
    by: Text = "unit"
    list: tuple[Unit, ...] = ()

    @field_validator("by")
    @classmethod
    def _is_a_name(cls, name: str) -> str:
        return _name(name)


class Part(Named):
    """What a track is the sum of."""


class Track(Named):
    """Something that candidates are counted in: recruited, prepared, placed."""

    #: For sentences: "de werving van kandidaten".
    topic: str = ""
    parts: tuple[Part, ...] = ()


class Moment(Named):
    """A measurement: which month the counts are of."""

    date: Text

    @field_validator("date")
    @classmethod
    def _is_a_month(cls, text: str) -> str:
        read_month(text)
        return text

    @property
    def month(self) -> Month:
        """The month of the counts."""
        return read_month(self.date)


class Figure(Named):
    """A loose count, of the programme or of a unit."""

    #: Another figure that this one is a part of.
    share_of: Text = ""


class Rules(_Strict):
    """How figures are made."""

    #: From which part of its goal on a unit has reached it, or nearly.
    reached: Annotated[Decimal, Field(gt=0)] = Decimal(1)
    nearly: Annotated[Decimal, Field(gt=0)] = Decimal("0.85")
    #: Units without a goal or without a result: outside the total, which says so; or no total.
    missing: Literal["left_out", "no_total"] = "left_out"
    #: Counts that are not exact: in the total, which is marked; or outside it.
    approximate: Literal["counted", "left_out"] = "counted"

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        # Nobody asks for twice a goal; who writes 85 means 85 percent.
        for key, part in (("reached", self.reached), ("nearly", self.nearly)):
            if part >= _PERCENT:
                raise ValueError(f"{key!r} ({part}) is a part of the goal. Write 1 for all of it, 0.85 for 85%.")
        if self.nearly > self.reached:
            raise ValueError(f"'nearly' ({self.nearly}) is more than 'reached' ({self.reached}).")
        return self


class Files(_Strict):
    """The data: CSV files with one row a cell."""

    goals: str = ""
    results: str = ""
    dropout: str = ""
    durations: str = ""
    participants: str = ""
    figures: str = ""
    topics: str = ""
    portraits: str = ""


class GoalsReportConfig(_Strict):
    """What every report prints beside the numbers."""

    source: str
    notice: str = ""
    period: Text = ""


class GoalsConfig(_Strict):
    """The ``meting.yaml`` of a monitor of goals; paths are relative to its folder."""

    kind: Literal["goals"]
    meting: Text
    title: str
    units: Units = Units()
    tracks: tuple[Track, ...] = ()
    #: Tracks in the order in which candidates go through them, where they do.
    flow: tuple[Text, ...] = ()
    moments: Annotated[tuple[Moment, ...], Field(min_length=1)]
    #: In which candidates drop out.
    phases: tuple[Named, ...] = ()
    #: Which organisations take part: employers, municipalities.
    participants: tuple[Named, ...] = ()
    figures: tuple[Figure, ...] = ()
    #: What units tell of: obstacles, agreements.
    topics: tuple[Named, ...] = ()
    #: What the portrait of a unit tells.
    portrait: tuple[Named, ...] = ()
    files: Files = Files()
    rules: Rules = Rules()
    published: str = ""
    #: What the report tells in its text, for `srsmeting check`.
    statements: str = ""
    programme: str = ""
    report: GoalsReportConfig | None = None

    @property
    def named(self) -> Iterator[tuple[str, tuple[Named, ...]]]:
        """The lists of things with a name, by their key."""
        for key in ("tracks", "moments", "phases", "participants", "figures", "topics", "portrait"):
            yield key, getattr(self, key)


def doubles(names: Iterable[str]) -> Mapping[int, str]:
    """Return the names that stood before, by their place.

    Examples
    --------
    >>> doubles(["delft", "emmen", "delft"])
    {2: 'delft'}
    """
    seen: set[str] = set()
    found = {}
    for place, name in enumerate(names):
        if name in seen:
            found[place] = name
        seen.add(name)
    return found
