"""What a unit told in a round, gathered: new rows, figures that were there already, and what must be looked at.

Nothing that is there is replaced: the same figure again is only counted, and another one is a fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from srsmeting.errors import Fault
from srsmeting.frames import guard
from srsmeting.goals import Cell, GoalsMonitor, Moment, Participation, Value
from srsmeting.rounds.filled import Answer, Filled
from srsmeting.rounds.values import text_of


@dataclass(frozen=True)
class Old:
    """What a file says already: in which row, of what, and with which note."""

    line: int
    value: Value | str
    note: str


@dataclass
class Told:
    """What a unit told.

    Parameters
    ----------
    filled
        Its workbook, which keeps the faults.
    monitor, moment
        What is known, and the moment of the round.
    rows
        What is new, by the key of the file.
    known
        How many figures were there already, the same.
    empty
        Cells without an answer that should have one, by sheet.
    remarks
        What must be looked at.
    letter
        What it wrote to the researchers.
    """

    filled: Filled
    monitor: GoalsMonitor
    moment: Moment
    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    known: int = 0
    empty: dict[str, list[str]] = field(default_factory=dict)
    remarks: list[Fault] = field(default_factory=list)
    letter: str = ""

    @property
    def unit(self) -> str:
        """Which unit."""
        return self.filled.identity.unit

    def fault(self, answer: Answer, message: str, rule: str, value: str = "") -> None:
        """Keep what is wrong with a cell."""
        self.filled.fault(answer.sheet, answer.cell, message, rule, value)

    def remark(self, answer: Answer, message: str, rule: str) -> None:
        """Keep what must be looked at."""
        place = f"sheet {answer.sheet!r}, cell {answer.cell}"
        self.remarks.append(Fault(self.filled.name, f"{place}: {message}", None, answer.cell, "", rule))

    def leave_open(self, answer: Answer, note: Answer) -> None:
        """Keep that a cell says nothing, and that what explains it says something."""
        self.empty.setdefault(answer.sheet, []).append(answer.cell)
        if text_of(note):
            self.remark(note, "explains a cell that is empty. It was not taken over.", "note_alone")

    def has(self, noun: str, name: str, known: Iterable[str], answer: Answer) -> bool:
        """Say whether the measurement still has what is asked for; a fault where it has not."""
        if name in known:
            return True
        what = f"asks for {noun} {name!r}, which is not in {self.monitor.file.name} (any more). Send a new workbook."
        self.fault(answer, what, f"unknown_{noun}", name)
        return False

    def add(self, key: str, row: Mapping[str, str], answer: Answer, value: Value | str, old: Old | None) -> None:
        """Add a row, unless the file has it: the same, or another, which stays.

        Parameters
        ----------
        key
            Of the file.
        row
            Texts by column, without unit, moment and what guards them.
        answer, value
            The cell, and what it says.
        old
            What the file says.
        """
        if old is None:
            when = "from_moment" if key == "goals" else "moment"
            told = {"unit": self.unit, when: self.moment.id} | {name: guard_text(text) for name, text in row.items()}
            self.rows.setdefault(key, []).append(told)
            return
        name = getattr(self.monitor.config.files, key)
        if not same(old.value, value):
            what = f"says {str(value)!r}, and {name} row {old.line} says {str(old.value)!r}. "
            what += "Nothing is written over: correct one of the two."
            self.fault(answer, what, "other_value", str(value))
            return
        self.known += 1
        if row["note"] and row["note"] != old.note:
            what = f"its explanation is not the note in {name} row {old.line}. It was not taken over."
            self.remark(answer, what, "other_note")


def old_of(row: Cell | Participation | None) -> Old | None:
    """Return what a row says."""
    return Old(row.line, row.value, row.note) if row else None


def same(one: Value | str, other: Value | str) -> bool:
    """Say whether two cells mean the same, however they are written.

    Examples
    --------
    >>> from srsmeting.goals import read_value
    >>> same(read_value("1.047"), read_value("1047")), same(read_value("40"), read_value("circa 40"))
    (True, False)
    """
    if isinstance(one, Value) and isinstance(other, Value):
        return _meaning(one) == _meaning(other)
    return one == other


def guard_text(text: str) -> str:
    """Return a text as it may stand in a CSV file; the sign for no number, a lone stroke, runs nowhere."""
    return text if text == "-" else guard(text)


def _meaning(value: Value) -> tuple[object, ...]:
    return value.low, value.high, value.approximate, value.absent, value.said
