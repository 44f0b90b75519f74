"""The table book of a monitor of goals: a sheet for every track, one for what else was kept, and all numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import pandas as pd

from srsmeting.estimates import check_estimates
from srsmeting.goals import GoalsMonitor, Track, Unit
from srsmeting.presentation.formats import format_percentage
from srsmeting.presentation.goals import course_tables, tables
from srsmeting.presentation.goals.labels import long_goals_frame
from srsmeting.presentation.goals.months import month_name
from srsmeting.presentation.goals.outcomes import Outcomes
from srsmeting.presentation.goals.printed import written
from srsmeting.presentation.semantic_table import Table as Shown
from srsmeting.presentation.signs import SIGNS
from srsmeting.presentation.tablebook.cells import value_cell
from srsmeting.presentation.tablebook.front import READING, About, Entry, contents_sheet, cover_sheet
from srsmeting.presentation.tablebook.long_sheet import LONG, frame_sheet
from srsmeting.presentation.tablebook.model import Book, Cell, Column, Sheet, Table, clean, one_line, unique
from srsmeting.presentation.tablebook.names import sheet_name, table_name
from srsmeting.presentation.tablebook.question_sheets import CONTENTS

_STANDING: Final = {"reached": "gehaald", "nearly": "bijna gehaald", "missed": "niet gehaald", None: "–"}
_BACK: Final = Cell("Terug naar de inhoud", "line", link=CONTENTS)


def build_goals_book(estimates: pd.DataFrame, monitor: GoalsMonitor, about: About) -> Book:
    """Make the table book of a monitor of goals.

    Parameters
    ----------
    estimates
        The estimate frame.
    monitor
        The monitor: names, order, and what was written.
    about
        What the book says of itself.

    Raises
    ------
    EstimateError
        When the frame breaks a promise.
    """
    check_estimates(estimates)
    outcomes = Outcomes(estimates, monitor)
    sheets = [_track_sheet(at, outcomes, track) for at, track in enumerate(monitor.tracks, start=1)]
    first = len(sheets) + 1
    sheets += [_shown_sheet(at, table) for at, table in enumerate(_others(outcomes), start=first)]
    who = monitor.config.units.plural
    entries = [Entry(READING, "Hoe de tabellen te lezen zijn, en wat de tekens betekenen", "–", "")]
    entries += [Entry(sheet.name, sheet.title, who, "") for sheet in sheets]
    entries.append(Entry(LONG, "Alle cijfers in één tabel, om mee verder te rekenen", "–", ""))
    return Book(
        title=one_line(f"Tabellenboek {about.title}"),
        subject=one_line(about.title),
        description=one_line(f"{about.source} {about.notice}"),
        sheets=(
            cover_sheet(about, estimates),
            contents_sheet(entries),
            _reading_sheet(outcomes),
            *sheets,
            frame_sheet(long_goals_frame(estimates, monitor)),
        ),
    )


def _track_sheet(number: int, outcomes: Outcomes, track: Track) -> Sheet:
    """Make the sheet of a track: a row for every unit and one for the total, one value in a cell."""
    parts = [part for part in track.parts if outcomes.row("result", track.id, part=part.id) is not None]
    heads = ["Doel", "Resultaat", *(f"Resultaat: {part.label}" for part in parts), "Realisatie", "Doel gehaald?"]
    columns = [Column(outcomes.monitor.config.units.label, 30)]
    # A line stands between numbers, which end at the right, and texts, which begin at the left.
    columns += [Column(head, 16, begins=head == heads[-1]) for head in unique(heads)]
    columns += [Column("Doel zoals gesteld", 20), Column("Opmerkingen", 52)]
    rows = []
    for unit in (*outcomes.monitor.units, None):
        name, strong = ("", True) if unit is None else (unit.id, False)
        cells = [Cell("Totaal" if unit is None else clean(unit.label), "stub", strong=strong)]
        for measure, part in (
            ("goal", ""),
            ("result", ""),
            *(("result", part.id) for part in parts),
            ("attainment", ""),
        ):
            cells.append(value_cell(outcomes.row(measure, track.id, name, part=part), strong=strong))
        if unit is None:
            notes = tables.total_note(outcomes, outcomes.total("result", track.id))
            shares = tables.total_note(outcomes, outcomes.total("attainment", track.id))
            told = [f"Resultaat: {notes}" if notes else "", f"Realisatie: {shares}" if shares else ""]
            cells += [Cell("–"), Cell("–"), Cell(" ".join(text for text in told if text) or "–")]
        else:
            cells += [Cell(_STANDING[outcomes.standing(unit, track)]), Cell(written(outcomes.goal(unit, track)))]
            cells.append(Cell(clean(_remarks(outcomes, unit, track)) or "–"))
        rows.append(tuple(cells))
    lines = [_BACK]
    if outcomes.monitor.measured():
        lines.append(Cell(f"Stand: {month_name(outcomes.last.month)}.", "line"))
    if track.topic:
        lines.append(Cell(clean(f"Spoor: {track.topic}."), "line"))
    lines.append(Cell("Van een doel met een onder- en een bovengrens staat hier de bovengrens.", "line"))
    return Sheet(
        sheet_name(number, track.label, track.id),
        f"{number:02d} {one_line(track.label)}",
        tuple(lines),
        Table(
            table_name(number, track.id),
            f"{one_line(track.label)}: doel, resultaat en realisatie. Rijen: {outcomes.monitor.config.units.plural}.",
            tuple(columns),
            tuple(rows),
            rules=frozenset({len(rows) - 1}),
        ),
    )


def _remarks(outcomes: Outcomes, unit: Unit, track: Track) -> str:
    told = [
        *tables.goal_notes(outcomes, unit, track),
        *tables.result_notes(outcomes, unit, track),
        *(note for part in track.parts for note in tables.result_notes(outcomes, unit, track, part.id)),
        tables.parts_note(outcomes, unit, track),
    ]
    return " ".join(text if text.endswith(".") else f"{text}." for text in dict.fromkeys(told) if text)


def _others(outcomes: Outcomes) -> Iterator[Shown]:
    """Yield the tables of what else was kept, as the report has them."""
    monitor = outcomes.monitor
    yield tables.standings_table(outcomes)
    known: tuple[tuple[object, Callable[[Outcomes], Shown]], ...] = (
        (monitor.durations, course_tables.durations_table),
        (monitor.participants, course_tables.participants_table),
        (monitor.dropout, course_tables.dropout_table),
        (monitor.topics, course_tables.topics_table),
        (monitor.figures, course_tables.figures_table),
    )
    for data, table in known:
        if data:
            yield table(outcomes)


def _shown_sheet(number: int, shown: Shown) -> Sheet:
    """Make a sheet of a table of the report: whole numbers as numbers, all else as it is printed."""
    grouped = any(row.group for row in shown.rows)
    stubs = [Column("Over", 26)] if grouped else []
    stubs.append(Column(shown.stub.label, 46))
    heads = unique(f"{one.spanner}: {one.label}" if one.spanner else one.label for one in shown.columns)
    columns = [
        Column(head, 44, begins=True) if one.align == "left" else Column(head, 18)
        for head, one in zip(heads, shown.columns, strict=True)
    ]
    body = []
    for row, strong in (*((row, False) for row in shown.rows), *((row, True) for row in shown.foot)):
        names = [row.group, row.header] if grouped else [row.header]
        cells = [Cell(clean(name), "stub", strong=strong) for name in names]
        aligned = (column.align for column in shown.columns)
        cells += [_printed(one.text, align, strong=strong) for one, align in zip(row.cells, aligned, strict=True)]
        # A letter would hide the number before it from programs: footnotes have a column of their own.
        marks = [
            f"{column.label}: {one.mark}" for column, one in zip(shown.columns, row.cells, strict=True) if one.mark
        ]
        body.append((*cells, Cell(clean("; ".join(marks)) or "–")))
    lines = [_BACK, *(Cell(clean(line), "line") for line in (shown.base, *shown.remarks()) if line)]
    noted = any(row[-1].value != "–" for row in body)
    rows = tuple(row if noted else row[:-1] for row in body)
    columns += [Column("Opmerking (letter)", 30, begins=True)] if noted else []
    return Sheet(
        sheet_name(number, shown.caption, shown.id.partition("-")[2].replace("-", "_")),
        f"{number:02d} {one_line(shown.caption)}",
        tuple(lines),
        Table(
            table_name(number, shown.id.partition("-")[2]),
            f"{one_line(shown.caption)}.",
            (*stubs, *columns),
            rows,
            stubs=len(stubs),
            rules=frozenset({len(shown.rows)}) if shown.foot else frozenset(),
        ),
    )


def _printed(text: str, align: str, *, strong: bool) -> Cell:
    digits = text.replace(".", "")
    if digits.isdecimal():
        return Cell(int(digits), "count", strong=strong)
    if digits.replace(",", "", 1).isdecimal():
        return Cell(float(digits.replace(",", ".")), "decimal", strong=strong)
    # Under numbers, what is none stands as a sign does: at the right.
    return Cell(clean(text) or "–", "text" if align == "left" else "sign", strong=strong)


def _reading_sheet(outcomes: Outcomes) -> Sheet:
    rules = outcomes.monitor.config.rules
    named = [
        (
            "Opzet",
            "Eén blad per spoor, met een rij per deelnemer aan het programma; daarna bladen met wat verder is "
            "bijgehouden. Op de bladen per spoor heeft elke cel één waarde.",
        ),
        ("Realisatie", "Het resultaat als percentage van het doel. De cel bevat de onafgeronde waarde."),
        (
            "Doel gehaald?",
            f"Gehaald vanaf {format_percentage(rules.reached)} van het doel, bijna gehaald vanaf "
            f"{format_percentage(rules.nearly)}. Van een doel met een onder- en een bovengrens telt de ondergrens.",
        ),
        (
            "Totaal",
            "De som over wie een getal heeft. De realisatie in totaal is die van wie een doel en een resultaat heeft; "
            "wie daarbuiten valt, staat op de rij onder Opmerkingen.",
        ),
        (
            "Alle cijfers",
            "Dezelfde cijfers, één per rij, met codes en labels. estimate = waarde (aandelen als deel van 1), "
            "ci_low en ci_high = de grenzen van een doel met twee grenzen, of de realisatie daartegenover, numerator = "
            "teller en denominator = noemer, status en reason = teken en reden, method = rekenwijze.",
        ),
    ]
    used = outcomes.estimates.loc[outcomes.estimates["measure"].isin(["goal", "result", "attainment"]), "status"]
    signs = {SIGNS[code].sign: SIGNS[code].meaning for code in used.unique() if code in SIGNS}
    named += [(f"Teken {sign}", f"{meaning[:1].upper()}{meaning[1:]}.") for sign, meaning in signs.items()]
    return Sheet(
        READING,
        "Toelichting: hoe de tabellen te lezen zijn",
        (_BACK,),
        Table(
            "Tabel_toelichting",
            "Wat er in de tabellen staat, hoe dat te lezen is en wat de tekens betekenen.",
            (Column("Onderdeel", 32), Column("Uitleg", 110)),
            tuple((Cell(clean(name), "stub"), Cell(clean(text))) for name, text in named),
        ),
    )
