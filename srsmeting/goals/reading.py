"""Read the data of a monitor of goals: one reader a file, every fault with its row and column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from srsmeting.goals.cells import Cell, Count, Dropout, Duration, Fact, Mention, Participation
from srsmeting.goals.model import GoalsConfig, Named
from srsmeting.goals.months import Month, read_month
from srsmeting.goals.table import Faults, Row, read_rows
from srsmeting.goals.values import Value, read_count, read_value

#: How a cell refers to the phase with which it was counted together: ``zie fase1``.
_SEE: Final = "zie "

_GOALS: Final = (("unit", "track", "value"), ("part", "from_moment", "note"))
_RESULTS: Final = (("unit", "track", "moment", "value"), ("part", "note"))
_DROPOUT: Final = (("unit", "phase", "moment"), ("numerator", "denominator", "value", "note"))
_DURATIONS: Final = (("unit", "start", "end"), ("extension", "note"))
_PARTICIPANTS: Final = (("unit", "kind", "moment", "value"), ("names", "note"))
_FIGURES: Final = (("figure", "moment", "value"), ("unit", "note"))
_TOPICS: Final = (("unit", "topic"), ("note",))
_PORTRAITS: Final = (("unit", "aspect", "text"), ())

#: The columns of every file, by its key: those that it needs, and those that it may have.
COLUMNS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "goals": _GOALS,
    "results": _RESULTS,
    "dropout": _DROPOUT,
    "durations": _DURATIONS,
    "participants": _PARTICIPANTS,
    "figures": _FIGURES,
    "topics": _TOPICS,
    "portraits": _PORTRAITS,
}


class Reader:
    """Reads one file, and keeps its faults.

    Parameters
    ----------
    config
        What there is to name.
    key
        Which of the files it is.
    path
        Where it stands.
    """

    def __init__(self, config: GoalsConfig, key: str, path: Path) -> None:
        self.config = config
        self.faults = Faults(path.name)
        self.rows = read_rows(path, *COLUMNS[key], self.faults)
        self._seen: dict[tuple[str, ...], int] = {}

    def read(self, one: Callable[[Row], Any]) -> tuple[Any, ...]:
        """Read every row; those with a fault are left out."""
        made = []
        for row in self.rows:
            before = len(self.faults.found)
            cell = one(row)
            if len(self.faults.found) == before:
                made.append(cell)
        return tuple(made)

    def goal(self, row: Row) -> Cell:
        """Read a goal."""
        unit, track, part = self._place(row)
        moment = self._name(row, "from_moment", self.config.moments) if row["from_moment"] else ""
        value = self._value(row, "value")
        if value.absent == "dropped" and not row["note"]:
            self._fault(row, "note", "does not tell why the goal was dropped. Write the reason.", rule="no_reason")
        self._once(row, unit, track, part, moment, columns=("unit", "track", "part", "from_moment"))
        return Cell(unit, track, part, moment, value, row["note"], row.line)

    def result(self, row: Row) -> Cell:
        """Read a result."""
        unit, track, part = self._place(row)
        moment = self._name(row, "moment", self.config.moments)
        value = self._value(row, "value", ranges=False)
        if value.absent == "dropped":
            what = f"{value.text!r} is about a goal, not about a result. Write '-' or 'n.v.t.'."
            self._fault(row, "value", what, value.text, "dropped_result")
        self._once(row, unit, track, part, moment, columns=("unit", "track", "part", "moment"))
        return Cell(unit, track, part, moment, value, row["note"], row.line)

    def dropout(self, row: Row) -> Dropout:
        """Read how many dropped out in a phase."""
        unit, phase = self._name(row, "unit", self.config.units.list), self._name(row, "phase", self.config.phases)
        moment = self._name(row, "moment", self.config.moments)
        numerator, denominator = self._count(row, "numerator"), self._count(row, "denominator")
        if not row["numerator"] and denominator is not None:
            self._fault(row, "numerator", "is empty beside a denominator. Write how many dropped out.", rule="half")
        if numerator is not None and denominator is not None:
            if denominator == 0:
                self._fault(row, "denominator", "is 0: nobody could drop out. Write 'n.v.t.' as value.", "0", "zero")
            elif numerator > denominator:
                what = f"{numerator} is more than the {denominator} who could drop out."
                self._fault(row, "numerator", what, str(numerator), "more_than_all")
        same_as, value = "", None
        if row["value"].lower().startswith(_SEE):
            same_as = self._find(row, "value", row["value"][len(_SEE) :].strip(), self.config.phases, "phase")
            if same_as == phase:
                self._fault(row, "value", "refers to its own phase. Name the other one.", row["value"], "itself")
        elif row["value"]:
            value = self._value(row, "value", ranges=False, percent=True)
        elif not row["numerator"] and not row["denominator"]:
            what = "is empty, and there are no counts. Write them, or 'geen uitval', 'circa 50%', 'onbekend'."
            self._fault(row, "value", what, rule="empty")
        if row["value"] and (row["numerator"] or row["denominator"]):
            what = f"{row['value']!r} stands beside a count. Keep the count; the share is computed."
            self._fault(row, "value", what, row["value"], "beside_counts")
        self._once(row, unit, phase, moment, columns=("unit", "phase", "moment"))
        return Dropout(unit, phase, moment, numerator, denominator, value, same_as, row["note"], row.line)

    def duration(self, row: Row) -> Duration:
        """Read how long a unit works."""
        unit = self._name(row, "unit", self.config.units.list)
        start, end = self._month(row, "start"), self._month(row, "end")
        extension = self._month(row, "extension") if row["extension"] else None
        for first, last, column in ((start, end, "end"), (end, extension, "extension")):
            if first and last and last < first:
                self._fault(row, column, f"{last} lies before {first}. Check both.", str(last), "backwards")
        self._once(row, unit, columns=("unit",))
        nowhere = Month(0, 1)
        return Duration(unit, start or nowhere, end or nowhere, extension, row["note"], row.line)

    def participation(self, row: Row) -> Participation:
        """Read how many organisations of a kind take part."""
        unit, kind = self._name(row, "unit", self.config.units.list), self._name(row, "kind", self.config.participants)
        moment, value = self._name(row, "moment", self.config.moments), self._value(row, "value", ranges=False)
        names = tuple(name.strip() for name in row["names"].split(";") if name.strip())
        self._once(row, unit, kind, moment, columns=("unit", "kind", "moment"))
        return Participation(unit, kind, moment, value, names, row["note"], row.line)

    def figure(self, row: Row) -> Count:
        """Read a loose count."""
        figure = self._name(row, "figure", self.config.figures)
        unit = self._name(row, "unit", self.config.units.list) if row["unit"] else ""
        moment, value = self._name(row, "moment", self.config.moments), self._value(row, "value")
        self._once(row, figure, unit, moment, columns=("figure", "unit", "moment"))
        return Count(figure, unit, moment, value, row["note"], row.line)

    def mention(self, row: Row) -> Mention:
        """Read that a unit tells of a topic."""
        unit, topic = self._name(row, "unit", self.config.units.list), self._name(row, "topic", self.config.topics)
        self._once(row, unit, topic, columns=("unit", "topic"))
        return Mention(unit, topic, row["note"], row.line)

    def fact(self, row: Row) -> Fact:
        """Read something of the portrait of a unit."""
        unit, aspect = self._name(row, "unit", self.config.units.list), self._name(row, "aspect", self.config.portrait)
        if not row["text"]:
            self._fault(row, "text", "is empty.", rule="empty")
        return Fact(unit, aspect, row["text"], row.line)

    def _place(self, row: Row) -> tuple[str, str, str]:
        unit, track = self._name(row, "unit", self.config.units.list), self._name(row, "track", self.config.tracks)
        parts = next((known.parts for known in self.config.tracks if known.id == track), ())
        return unit, track, self._name(row, "part", parts) if row["part"] else ""

    def _name(self, row: Row, column: str, known: Iterable[Named]) -> str:
        return self._find(row, column, row[column], known, column.removeprefix("from_"))

    def _find(self, row: Row, column: str, text: str, known: Iterable[Named], noun: str) -> str:
        """Return the name of ours for what is written: that name, the one for readers, or an alias."""
        names = {name: one.id for one in known for name in one.names}
        found = names.get(text.casefold(), "")
        if not text:
            self._fault(row, column, f"is empty. Name the {noun}.", rule="empty")
        elif not found:
            close = get_close_matches(text.casefold(), names, n=1)
            meant = f"Did you mean {names[close[0]]!r}? " if close else ""
            listed = ", ".join(repr(name) for name in dict.fromkeys(names.values())) or "none"
            self._fault(row, column, f"no {noun} {text!r}. {meant}Known: {listed}.", text, f"unknown_{noun}")
        return found

    def _value(self, row: Row, column: str, *, ranges: bool = True, percent: bool = False) -> Value:
        try:
            value = read_value(row[column], percent=percent)
        except ValueError as problem:
            self._fault(row, column, str(problem), row[column], "value")
            return Value(row[column], absent="unknown")
        if value.share is not None and value.share > 1:
            self._fault(row, column, f"{value.text!r} is more than everyone.", value.text, "value")
        if value.is_range and not ranges:
            what = f"{value.text!r} is a range, and what was reached is one count. Write 'circa …' if it is not exact."
            self._fault(row, column, what, value.text, "range")
        return value

    def _count(self, row: Row, column: str) -> int | None:
        if not row[column]:
            return None
        try:
            return read_count(row[column])
        except ValueError as problem:
            self._fault(row, column, str(problem), row[column], "value")
            return None

    def _month(self, row: Row, column: str) -> Month | None:
        try:
            return read_month(row[column])
        except ValueError as problem:
            self._fault(row, column, str(problem), row[column], "month")
            return None

    def _once(self, row: Row, *key: str, columns: tuple[str, ...]) -> None:
        # What could not be found is no other name.
        if not key[0] or any(row[column] and not name for column, name in zip(columns, key, strict=True)):
            return
        first = self._seen.setdefault(key, row.line)
        if first != row.line:
            said = ", ".join(f"{column} {name!r}" for column, name in zip(columns, key, strict=True) if name)
            self.faults.add(row.line, "", f"{said} stands twice, first in row {first}. Keep one.", rule="double")

    def _fault(self, row: Row, column: str, what: str, value: str = "", rule: str = "") -> None:
        self.faults.add(row.line, column, what, value, rule)
