"""What a filled-in workbook adds to the files of a measurement, held against what is there already.

Nothing that is there is replaced: the same figure again is only counted, and another one is a fault.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from srsmeting.errors import Fault
from srsmeting.frames import guard
from srsmeting.goals import Cell, Dropout, GoalsMonitor, Moment, Participation, Value
from srsmeting.rounds.asking import before
from srsmeting.rounds.filled import Answer, Filled, Lines
from srsmeting.rounds.layout import SEPARATOR
from srsmeting.rounds.values import GOAL_WORDS, NO_DROPOUT, number_of, text_of, value_of


@dataclass
class Told:
    """What a unit told.

    Parameters
    ----------
    filled
        Its workbook, which keeps the faults.
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
    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    known: int = 0
    empty: dict[str, list[str]] = field(default_factory=dict)
    remarks: list[Fault] = field(default_factory=list)
    letter: str = ""

    @property
    def unit(self) -> str:
        """Which unit."""
        return self.filled.identity.unit

    def remark(self, answer: Answer, message: str, rule: str) -> None:
        """Keep what must be looked at."""
        place = f"sheet {answer.sheet!r}, cell {answer.cell}"
        self.remarks.append(Fault(self.filled.name, f"{place}: {message}", None, answer.cell, "", rule))


class Checker:
    """Checks what one unit told.

    Parameters
    ----------
    monitor
        What is known.
    moment
        The moment of the round.
    told
        Where it goes.
    """

    def __init__(self, monitor: GoalsMonitor, moment: Moment, told: Told) -> None:
        self.monitor, self.moment, self.told = monitor, moment, told
        self.filled, self.unit = told.filled, told.unit
        self.new_goals: dict[tuple[str, str], Value] = {}

    def check(self) -> None:
        """Check all that the workbook asks; goals first, since a result needs one."""
        forms: dict[str, Callable[[Lines], None]] = {
            "goals": self._goals,
            "results": self._results,
            "dropout": self._dropout,
            "participants": self._participants,
            "remarks": self._letter,
        }
        for name, check in forms.items():
            check({key: cells for key, cells in self.filled.forms.get(name, {}).items() if cells})

    def _results(self, lines: Lines) -> None:
        there = {
            (cell.track, cell.part): cell
            for cell in self.monitor.results
            if (cell.unit, cell.moment) == (self.unit, self.moment.id)
        }
        for key, cells in lines.items():
            place, answer = self._place(key, cells["value"]), cells["value"]
            value = value_of(self.filled, answer)
            self._note_alone(cells, value)
            if place is None or value is None:
                continue
            track, part = place
            if value.is_count:
                self._has_goal(track, part, value, answer)
                self._grows(track, part, value, answer)
            old = there.get(place)
            row = {"unit": self.unit, "track": track, "part": part, **self._valued(value, cells["note"])}
            self._add("results", row, answer, _was(old), value)
        self._parts_that_do_not_apply(there)

    def _parts_that_do_not_apply(self, there: Mapping[tuple[str, str], Cell]) -> None:
        """Tell of parts that were not asked, since a track is the sum of all its parts."""
        rows = self.told.rows.get("results", [])
        told = {row["track"] for row in rows if row["part"]}
        for track in self.monitor.tracks:
            for part in track.parts if track.id in told else ():
                goal = self.monitor.goal(self.unit, track.id, part.id, self.moment.id)
                if goal and goal.absent == "not_applicable" and (track.id, part.id) not in there:
                    row = {"unit": self.unit, "track": track.id, "part": part.id, "moment": self.moment.id}
                    rows.append(row | {"value": goal.text, "note": ""})

    def _dropout(self, lines: Lines) -> None:
        rows = {row.phase: row for row in self.monitor.dropout if (row.unit, row.moment) == (self.unit, self.moment.id)}
        for phase, cells in lines.items():
            first, second = cells["numerator"], cells["denominator"]
            if not self._known(phase, [one.id for one in self.monitor.config.phases], "phase", first):
                continue
            if text_of(first).lower() == NO_DROPOUT:
                out: int | Value | None = 0
            else:
                out = number_of(self.filled, first, ("not_applicable", "not_yet", "unknown"))
            of = number_of(self.filled, second) if second.value is not None else None
            row = self._dropped(out, of, first, second)
            self._note_alone(cells, out)
            if row is None:
                continue
            old = rows.get(phase)
            told = f"{row['numerator'] or row['value']}{' van ' * bool(row['denominator'])}{row['denominator']}"
            was = (old.line, _dropped_text(old), _dropped_text(old), old.note) if old else None
            full = {
                "unit": self.unit,
                "phase": phase,
                "moment": self.moment.id,
                **row,
                "note": self._note(cells["note"]),
            }
            self._add("dropout", full, first, was, told)

    def _dropped(
        self, out: int | Value | None, of: int | Value | None, first: Answer, second: Answer
    ) -> dict[str, str] | None:
        if out is None:
            if first.value is None and second.value is not None:
                what = "is empty beside a number of participants. Write how many dropped out, or 'onbekend'."
                self.filled.fault(first.sheet, first.cell, what, "half")
            elif first.value is None:
                self._leave_open(first)
            return None
        if isinstance(out, Value):
            if second.value is not None:
                what = f"stands beside {out.text!r}. Write how many dropped out, or clear this cell."
                self.filled.fault(second.sheet, second.cell, what, "beside_word")
            return {"numerator": "", "denominator": "", "value": out.text}
        if second.value is None and text_of(first).lower() == NO_DROPOUT:
            return {"numerator": "", "denominator": "", "value": NO_DROPOUT}
        if second.value is None:
            what = f"is empty beside the {out} who dropped out. Write of how many, or 'onbekend'."
            self.filled.fault(second.sheet, second.cell, what, "half")
        if isinstance(of, int) and of == 0:
            what = "is 0: nobody could drop out. Write 'nog n.v.t.' or 'n.v.t.' in place of the drop-outs."
            self.filled.fault(second.sheet, second.cell, what, "zero", "0")
        elif isinstance(of, int) and out > of:
            self.filled.fault(
                first.sheet, first.cell, f"{out} is more than the {of} who could drop out.", "more_than_all"
            )
        return {"numerator": str(out), "denominator": str(of) if isinstance(of, int) else "", "value": ""}

    def _participants(self, lines: Lines) -> None:
        rows = {
            row.kind: row for row in self.monitor.participants if (row.unit, row.moment) == (self.unit, self.moment.id)
        }
        for kind, cells in lines.items():
            answer = cells["value"]
            value = value_of(self.filled, answer)
            self._note_alone(cells, value)
            if value is None or not self._known(
                kind, [one.id for one in self.monitor.config.participants], "kind", answer
            ):
                continue
            listed = [name for name in (part.strip() for part in text_of(cells["names"]).split(";")) if name]
            if listed and value.is_count and len(listed) != value.low:
                what = f"{len(listed)} names are listed, and {value.text!r} are counted. Check with the unit."
                self.told.remark(cells["names"], what, "names")
            names = "; ".join(listed)
            old = rows.get(kind)
            row = {"unit": self.unit, "kind": kind, **self._valued(value, cells["note"]), "names": guard(names)}
            was = _was(old)
            self._add("participants", row, answer, was, value)

    def _goals(self, lines: Lines) -> None:
        there = {
            (cell.track, cell.part): cell
            for cell in self.monitor.goals
            if (cell.unit, cell.moment) == (self.unit, self.moment.id)
        }
        for key, cells in lines.items():
            answer, reason = cells["value"], cells["note"]
            if answer.value is None:
                if text_of(reason):
                    what = "is a reason, and there is no new goal beside it. Write the goal, or clear this cell."
                    self.filled.fault(reason.sheet, reason.cell, what, "reason_alone")
                continue
            place, value = self._place(key, answer), value_of(self.filled, answer, GOAL_WORDS, ranges=True)
            if not text_of(reason):
                what = "does not tell why the goal was changed. Write the reason."
                self.filled.fault(reason.sheet, reason.cell, what, "no_reason")
            if place is None or value is None:
                continue
            track, part = place
            self.new_goals[place] = value
            old, now = there.get(place), self.monitor.goal(self.unit, track, part, self.moment.id)
            if old is None and now is not None and _same(now, value):
                self.told.remark(answer, f"{value.text!r} is the goal already. It was not taken over.", "same_goal")
                continue
            row = {"unit": self.unit, "track": track, "part": part, "from_moment": self.moment.id}
            row |= {"value": value.text, "note": self._note(reason)}
            self._add("goals", row, answer, _was(old), value)

    def _letter(self, lines: Lines) -> None:
        for cells in lines.values():
            self.told.letter = text_of(cells["note"])

    def _place(self, key: str, answer: Answer) -> tuple[str, str] | None:
        track, _, part = key.partition(SEPARATOR)
        parts = next(([one.id for one in known.parts] for known in self.monitor.tracks if known.id == track), [])
        if not self._known(track, [one.id for one in self.monitor.tracks], "track", answer):
            return None
        return (track, part) if not part or self._known(part, parts, "part", answer) else None

    def _known(self, name: str, known: list[str], noun: str, answer: Answer) -> bool:
        if name in known:
            return True
        what = f"asks for {noun} {name!r}, which is not in {self.monitor.file.name} (any more). Send a new workbook."
        self.filled.fault(answer.sheet, answer.cell, what, f"unknown_{noun}", name)
        return False

    def _valued(self, value: Value, note: Answer) -> dict[str, str]:
        return {"moment": self.moment.id, "value": value.text, "note": self._note(note)}

    def _note(self, answer: Answer) -> str:
        return guard(text_of(answer))

    def _note_alone(self, cells: Mapping[str, Answer], value: object) -> None:
        answer, note = next(iter(cells.values())), cells["note"]
        if value is None and answer.value is None:
            if "value" in cells:
                self._leave_open(answer)
            if text_of(note):
                self.told.remark(note, "explains a cell that is empty. It was not taken over.", "note_alone")

    def _leave_open(self, answer: Answer) -> None:
        self.told.empty.setdefault(answer.sheet, []).append(answer.cell)

    def _has_goal(self, track: str, part: str, value: Value, answer: Answer) -> None:
        goal = self.monitor.goal(self.unit, track, part, self.moment.id)
        goal = goal or self.monitor.goal(self.unit, track, "", self.moment.id)
        goal = self.new_goals.get((track, part), self.new_goals.get((track, ""), goal))
        name = self.monitor.config.files.goals or "goals"
        if goal is None:
            what = f"{value.text!r} is a result, and {name} has no goal for it. Add the goal there, or '-' for none."
            self.filled.fault(answer.sheet, answer.cell, what, "no_goal", value.text)
        elif goal.absent == "not_applicable":
            what = f"{value.text!r} is a result, and the goal is {goal.text!r}. Correct one of the two."
            self.filled.fault(answer.sheet, answer.cell, what, "no_goal", value.text)

    def _grows(self, track: str, part: str, value: Value, answer: Answer) -> None:
        for moment in before(self.monitor, self.moment):
            last = self.monitor.result(self.unit, track, part, moment.id)
            if last is None or not last.is_count:
                continue
            if (value.high or 0) < (last.low or 0):
                what = f"is {value.text}, and was {last.text} at {moment.id!r}; it counts from the start on. "
                self.told.remark(answer, what + "Check with the unit.", "shrinks")
            return

    def _add(
        self, key: str, row: dict[str, str], answer: Answer, old: tuple[int, str, Any, str] | None, value: object
    ) -> None:
        """Add a row, unless the file has it: the same, or another, which stays."""
        if old is None:
            self.told.rows.setdefault(key, []).append(row)
            return
        line, text, was, note = old
        name = getattr(self.monitor.config.files, key)
        same = _same(was, value) if isinstance(was, Value) and isinstance(value, Value) else was == value
        if not same:
            shown = value.text if isinstance(value, Value) else str(value)
            what = (
                f"says {shown!r}, and {name} row {line} says {text!r}. Nothing is written over: correct one of the two."
            )
            self.filled.fault(answer.sheet, answer.cell, what, "other_value", shown)
            return
        self.told.known += 1
        if row["note"] and row["note"] != guard(note):
            what = f"its explanation is not the note in {name} row {line}. It was not taken over."
            self.told.remark(answer, what, "other_note")


def _was(row: Cell | Participation | None) -> tuple[int, str, Value, str] | None:
    return (row.line, row.value.text, row.value, row.note) if row else None


def _same(one: Value, other: Value) -> bool:
    return (one.low, one.high, one.approximate, one.absent, one.said) == (
        *(other.low, other.high, other.approximate),
        *(other.absent, other.said),
    )


def _dropped_text(row: Dropout) -> str:
    if row.numerator is None:
        return row.value.text if row.value else f"zie {row.same_as}"
    return f"{row.numerator} van {row.denominator}" if row.denominator is not None else str(row.numerator)
