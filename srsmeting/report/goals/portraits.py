"""The portrait of a unit: what it is, its goals and results, and how it went, filled from the data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from srsmeting.goals import DURATION, Unit
from srsmeting.presentation.exhibit import escape_text
from srsmeting.presentation.goals.course_tables import dropout_text
from srsmeting.presentation.goals.months import month_name
from srsmeting.presentation.goals.printed import NOTHING, Footnotes, percent_text, written
from srsmeting.presentation.goals.printed import legend as signs
from srsmeting.presentation.goals.tables import goal_notes, parts_note, result_notes
from srsmeting.presentation.outcomes import inside
from srsmeting.presentation.semantic_table import Column, Row, Table
from srsmeting.presentation.signs import Cell
from srsmeting.presentation.words import opsomming, sentence_start
from srsmeting.report.goals.course import GoalCourse
from srsmeting.report.phrase import Phrase

#: A new page in Word and PDF; the web has none.
_NEW_PAGE = '<div class="pagebreak"></div>'
_STANDING = {"reached": "gehaald", "nearly": "bijna gehaald", "missed": "niet gehaald", None: NOTHING}


@dataclass(frozen=True)
class Portrait:
    """The sections of some units; their figures are drawn when they are shown, and not before."""

    report: Portraits
    units: tuple[Unit, ...]

    @property
    def markdown(self) -> str:
        """The sections."""
        pages = ["\n\n".join(self.report.section(unit)) for unit in self.units]
        return "\n" + f"\n\n{_NEW_PAGE}\n\n".join(pages) + "\n"

    def _repr_markdown_(self) -> str:
        return self.markdown


class Portraits(GoalCourse):
    """The part of a report that gives every unit a page."""

    def portraits(self) -> Portrait:
        """Return a section for every unit, each on a page of its own in Word and PDF."""
        return Portrait(self, self.monitor.units)

    def portrait(self, unit: str) -> Portrait:
        """Return the section of one unit."""
        return Portrait(self, (self.monitor.unit(unit),))

    def unit_table(self, unit: str) -> Table:
        """Return the table of the goals and results of one unit."""
        found, notes, rows = self.monitor.unit(unit), Footnotes(), []
        for track in self.monitor.tracks:
            goal, result = self.outcomes.goal(found, track), self.outcomes.result(found, track)
            row = self.outcomes.row("attainment", track.id, unit)
            percent = percent_text(row, self.outcomes.row("result", track.id, unit))
            of_parts = [note for part in track.parts for note in result_notes(self.outcomes, found, track, part.id)]
            cells = (
                Cell(written(goal), notes.mark(*goal_notes(self.outcomes, found, track))),
                Cell(written(result), notes.mark(*result_notes(self.outcomes, found, track), *of_parts)),
                Cell(percent, notes.mark(parts_note(self.outcomes, found, track))),
                Cell(_STANDING[self.outcomes.standing(found, track)]),
            )
            rows.append(Row(track.label, cells))
        shown = [row.cells[at] for row in rows for at in (0, 1)]
        told = signs("portrait", [*shown, *(row.cells[2] for row in rows)])
        return Table(
            id=f"tbl-{_slug(unit)}",
            caption=f"{found.label}: doelen en resultaten",
            data=pd.DataFrame(),
            notes=tuple(note for note in (told, *notes.lines) if note),
            source=self.source,
            stub=Column("Spoor", 36, "left"),
            columns=tuple(Column(head, 16) for head in ("Doel", "Resultaat", "Realisatie", "Doel gehaald?")),
            rows=tuple(rows),
        )

    def section(self, unit: Unit) -> Iterator[str]:
        """Yield the blocks of the section of a unit."""
        yield f"## {escape_text(unit.label)} {{#sec-portret-{_slug(unit.id)}}}"
        facts = {one.aspect: one.text for one in self.monitor.portraits if one.unit == unit.id}
        lines = [
            f"**{escape_text(aspect.label)}:** {escape_text(facts[aspect.id])}"
            for aspect in self.monitor.config.portrait
            if aspect.id in facts
        ]
        if lines:
            yield "\\\n".join(lines)
        yield _markdown(self.standing_of(unit.id))
        from srsmeting.presentation.figures.goals import build_unit_bullets

        yield build_unit_bullets(self.outcomes, unit).body()
        yield self.unit_table(unit.id).unnumbered().strip("\n")
        told = {
            "Looptijd": self.duration_of(unit.id),
            "Wie meedoen": self.partners_of(unit.id),
            "Uitval": self.dropout_of(unit.id),
            "Genoemd": self.topics_of(unit.id),
            "Verder geteld": self.figures_of(unit.id),
        }
        for head, sentence in told.items():
            if sentence:
                yield f"**{head}.** {_markdown(Phrase(sentence_start(sentence), getattr(sentence, 'rows', ())))}"

    def duration_of(self, unit: str) -> str:
        """Say from when to when a unit works; nothing where that is not known."""
        found = next((one for one in self.monitor.durations if one.unit == self.monitor.unit(unit).id), None)
        row = self._look("months", DURATION, unit)
        if found is None or row is None:
            return ""
        text = f"{month_name(found.start)} tot en met {month_name(found.last)}, {int(row['estimate'])} maanden."
        if found.extension:
            text += f" Het einde was eerst {month_name(found.end)}."
        return _closed(f"{text} {found.note}")

    def partners_of(self, unit: str) -> str:
        """Say which organisations take part in a unit; nothing where that is not known."""
        told = []
        last = {one.kind: one for one in self.monitor.participants if one.unit == self.monitor.unit(unit).id}
        for kind in self.monitor.config.participants:
            if kind.id not in last:
                continue
            self._look("participants", kind.id, unit)
            one = last[kind.id]
            names = f" ({opsomming(one.names)})" if one.names else ""
            number = "niet gemeld" if written(one.value) == NOTHING else written(one.value)
            told.append(_closed(f"{kind.label}: {number}{names}") + (f" {_closed(one.note)}" if one.note else ""))
        return " ".join(told)

    def dropout_of(self, unit: str) -> str:
        """Say who dropped out of a unit, phase by phase; nothing where that is not known."""
        found = {one.phase: one for one in self.monitor.dropout if one.unit == self.monitor.unit(unit).id}
        told = []
        for phase in self.monitor.config.phases:
            if phase.id in found:
                self._look("dropout", phase.id, unit)
                told.append(f"{inside(phase.label)}: {dropout_text(self.outcomes, found[phase.id])}")
        return _closed("; ".join(told))

    def topics_of(self, unit: str) -> str:
        """Name what a unit tells of; nothing where it tells of nothing."""
        named = {one.topic for one in self.monitor.topics if one.unit == self.monitor.unit(unit).id}
        return _closed("; ".join(inside(topic.label) for topic in self.monitor.config.topics if topic.id in named))

    def figures_of(self, unit: str) -> str:
        """Give the loose counts of a unit, the last of each; nothing where there are none."""
        newest = {one.figure: one for one in self.monitor.figures if one.unit == self.monitor.unit(unit).id}
        told = []
        for figure in self.monitor.config.figures:
            if figure.id in newest:
                self._look("count", figure.id, unit)
                told.append(f"{inside(figure.label)}: {written(newest[figure.id].value)}")
        return _closed("; ".join(told))


def _closed(text: str) -> str:
    """Return a text that ends a sentence: what ends in "n.v.t." has its point."""
    text = text.strip()
    return text if not text or text.endswith(".") else f"{text}."


def _markdown(text: str) -> str:
    return text._repr_markdown_() if isinstance(text, Phrase) else escape_text(text)


def _slug(name: str) -> str:
    return "-".join(re.findall("[a-z0-9]+", name.lower()))
