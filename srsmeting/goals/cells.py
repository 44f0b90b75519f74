"""What one row of the data of a monitor says, checked."""

from __future__ import annotations

from dataclasses import dataclass

from srsmeting.goals.months import Month
from srsmeting.goals.values import Value


@dataclass(frozen=True)
class Cell:
    """A goal or a result.

    Parameters
    ----------
    unit, track
        Whose, and of what.
    part
        Which part of the track; empty for the track as a whole.
    moment
        Of a result, when it was counted; of a goal, from when on it holds, empty from the start.
    value
        What it is.
    note
        A footnote that belongs to it.
    line
        Its row in the file.
    """

    unit: str
    track: str
    part: str
    moment: str
    value: Value
    note: str = ""
    line: int = 0


@dataclass(frozen=True)
class Dropout:
    """How many of whom dropped out in a phase.

    Parameters
    ----------
    unit, phase, moment
        Whose, when in the trajectory, and when it was counted.
    numerator, denominator
        Who dropped out, of whom; None where they were not counted.
    value
        What is said without both counts: a share, ``geen uitval``, or why there is none.
    same_as
        The phase with which it was counted together, where the cell refers to it ("zie fase1").
    note, line
        As of a :class:`Cell`.
    """

    unit: str
    phase: str
    moment: str
    numerator: int | None
    denominator: int | None
    value: Value | None
    same_as: str = ""
    note: str = ""
    line: int = 0


@dataclass(frozen=True)
class Duration:
    """From when to when a unit works: the first month and the last, and the last after extension."""

    unit: str
    start: Month
    end: Month
    extension: Month | None = None
    note: str = ""
    line: int = 0

    @property
    def last(self) -> Month:
        """The last month, extension included."""
        return self.extension or self.end

    @property
    def months(self) -> int:
        """How many months, extension included, first and last both counted."""
        return self.start.until(self.last)

    @property
    def months_planned(self) -> int:
        """How many months before any extension."""
        return self.start.until(self.end)


@dataclass(frozen=True)
class Participation:
    """How many organisations of a kind take part, and which."""

    unit: str
    kind: str
    moment: str
    value: Value
    names: tuple[str, ...] = ()
    note: str = ""
    line: int = 0


@dataclass(frozen=True)
class Count:
    """A loose count; `unit` is empty for the programme."""

    figure: str
    unit: str
    moment: str
    value: Value
    note: str = ""
    line: int = 0


@dataclass(frozen=True)
class Mention:
    """That a unit tells of a topic."""

    unit: str
    topic: str
    note: str = ""
    line: int = 0


@dataclass(frozen=True)
class Fact:
    """Something that the portrait of a unit tells."""

    unit: str
    aspect: str
    text: str
    line: int = 0
