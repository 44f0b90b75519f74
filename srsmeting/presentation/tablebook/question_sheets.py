"""One sheet for every question: who was asked, and its answers for everyone and for every group.

A row is one answer and one thing told of it, so that every cell holds one value and no cells are merged. First come the
bases, then all percentages under each other, with the letters of the columns they exceed, then numbers of respondents,
then the intervals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from srsmeting.presentation.formats import format_count
from srsmeting.presentation.notes import standard_notes
from srsmeting.presentation.signs import SIGNS
from srsmeting.presentation.tablebook.cells import Row, value_cell
from srsmeting.presentation.tablebook.columns import Letters, Shown, read_columns
from srsmeting.presentation.tablebook.model import Cell, Column, Kind, Sheet, Table, clean, one_line
from srsmeting.presentation.tablebook.names import sheet_name, table_name
from srsmeting.questionnaire import Question, Questionnaire
from srsmeting.rounding import percentage_decimals

#: Name of the sheet that every other leads back to.
CONTENTS: Final = "Inhoud"
#: Stands where a column exceeds no other.
NONE_LOWER: Final = "–"
#: Label of the open answers in the frame.
_ANSWERED: Final = "Heeft iets ingevuld"
_LOW, _HIGH = "Ondergrens (95%)", "Bovengrens (95%)"
_MEASURES: Final = ("share", "mean", "count")
_STATEMENT_WIDTH, _ANSWER_WIDTH, _BESIDE_WIDTH, _TOLD_WIDTH = 34, 36, 26, 21

#: A row by item, category, measure, breakdown and group.
Found = Mapping[tuple[str, str, str, str, str], Row]


@dataclass(frozen=True)
class _Line:
    """A row of the table before it has cells: of which answer, and what of it is told."""

    item: str
    category: str
    label: str
    measure: str
    told: str
    column: str


def question_sheet(
    number: int,
    question: Question,
    rows: Sequence[Row],
    questionnaire: Questionnaire,
    letters: Letters,
    *,
    decimals_from: int | None,
    weighted: bool,
) -> Sheet | None:
    """Make the sheet of a question.

    Parameters
    ----------
    number
        Of the sheet.
    question
        Which one.
    rows
        The rows of the question in the estimate frame.
    questionnaire
        Labels, order, and who was asked.
    letters
        Which columns differ.
    decimals_from
        From which base on percentages have one decimal; None for never.
    weighted
        Whether shares and means are.

    Returns
    -------
    Sheet or None
        None where the frame has nothing of the question.
    """
    rows = [row for row in rows if row["measure"] in _MEASURES]
    if not rows:
        return None
    columns = read_columns(rows, questionnaire, letters)
    shown = columns.shown
    found: dict[tuple[str, str, str, str, str], Row] = {
        (str(row["item"]), str(row["category"]), str(row["measure"]), str(row["by"]), str(row["group"])): row
        for row in rows
    }
    blocks = _blocks(question, found, weighted, letters.compared(question.id))
    lines = [line for block in blocks for line in block]
    rules, at = [], 0
    for block in blocks[:-1]:
        at += len(block)
        rules.append(at)
    several = bool(question.items)
    statements = {item.id: item.label for item in question.items}
    stubs = (Column("Stelling", _STATEMENT_WIDTH),) if several else ()
    stubs = (*stubs, Column("Antwoord", _BESIDE_WIDTH if several else _ANSWER_WIDTH), Column("Gegeven", _TOLD_WIDTH))
    body, bases = [], _bases(found)
    known = [int(cell.value) for cell in bases.values() if cell.is_number]
    kind: Kind = "percentage_1" if percentage_decimals(known, decimals_from) else "percentage"
    for line in lines:
        strong = line.told.startswith("Basis")
        heads = [statements[line.item]] if several else []
        heads += [line.label, line.told]
        cells = [Cell(clean(text), "stub", strong=strong) for text in heads]
        body.append((*cells, *(_cell(line, place, found, bases, question.id, letters, kind) for place in shown)))
    title = f"{number:02d} {one_line(question.title)}"
    return Sheet(
        name=sheet_name(number, question.title, question.id),
        title=title,
        lines=_lines(question, questionnaire, rows, columns.withheld),
        table=Table(
            name=table_name(number, question.id),
            description=f"{one_line(question.title)}. Rijen: antwoorden. Kolommen: alle respondenten, en groepen.",
            columns=(*stubs, *(place.column for place in shown)),
            rows=tuple(body),
            stubs=len(stubs),
            frozen=len(stubs) + 1,
            rules=frozenset(rules),
        ),
    )


def _lines(
    question: Question, questionnaire: Questionnaire, rows: Sequence[Row], withheld: Sequence[str]
) -> tuple[Cell, ...]:
    who = f"Basis: {questionnaire.explain(question.id)}, voor zover zij de vraag hebben beantwoord."
    if question.kind == "open":
        who = f"Basis: {questionnaire.explain(question.id)}."
    notes = [f"Vraag: {one_line(question.text)}", who, *standard_notes(question)]
    if question.exhibit:
        notes.append(f"In het rapport: {question.exhibit}.")
    if any(row["measure"] == "count" and row["status"] == "Q" for row in rows):
        least = format_count(question.min_mentions)
        notes.append(f"Thema’s die minder dan {least} keer zijn genoemd, zijn niet gepubliceerd.")
    if withheld:
        notes.append(f"Niet gepubliceerd naar: {', '.join(withheld)}.")
        rows = [row for row in rows if not row["by"] or row["status"] != "Q"]
    signs = sorted(
        {SIGNS[status].sign: SIGNS[status].meaning for row in rows if (status := row["status"]) in SIGNS}.items()
    )
    if signs:
        notes.append(f"Tekens: {'; '.join(f'{sign} = {meaning}' for sign, meaning in signs)}. Zie Toelichting.")
    return (
        Cell("Terug naar de inhoud", "line", link=CONTENTS),
        *(Cell(clean(note), "line") for note in notes),
    )


def _blocks(question: Question, found: Found, weighted: bool, compared: bool) -> list[list[_Line]]:
    """Return the rows of the table, in blocks."""
    share = "Percentage (gewogen)" if weighted else "Percentage"
    mean = "Gemiddelde (gewogen)" if weighted else "Gemiddelde"
    answers = [
        (item, category, label, "share") for item in _items(question) for category, label in _answers(question, found)
    ]
    answers = [entry for entry in answers if _has(found, entry[0], entry[1], "share")]
    means = [(item, "", "Alle antwoorden", "mean") for item in _items(question) if _has(found, item, "", "mean")]
    counts = [
        (item, category, label, "count")
        for item in _items(question)
        for category, label in _mentioned(question, found)
        if _has(found, item, category, "count")
    ]
    values = [(entry, mean) for entry in means] + [(entry, share) for entry in answers]
    bases = [_Line(item, "", "Alle antwoorden", "", "Basis (ongewogen)", "denominator") for item in _items(question)]
    first: list[_Line] = []
    for entry, told in values:
        first.append(_Line(*entry, told, "estimate"))
        if compared:
            first.append(_Line(*entry, "Hoger dan kolom", "letters"))
    # Beside weighted shares no numbers are published.
    counted = any(measure == "share" and not pd.isna(row["numerator"]) for (_, _, measure, *_), row in found.items())
    numbers = [_Line(*entry, "Aantal (ongewogen)", "numerator") for entry in answers if counted]
    numbers += [_Line(*entry, "Aantal keer genoemd", "estimate") for entry in counts]
    spread = [
        _Line(*entry, told, column) for entry, _ in values for told, column in ((_LOW, "ci_low"), (_HIGH, "ci_high"))
    ]
    return [block for block in (bases, first, numbers, spread) if block]


def _items(question: Question) -> Sequence[str]:
    return [item.id for item in question.items] or [""]


def _answers(question: Question, found: Found) -> Iterator[tuple[str, str]]:
    """Return codes and labels of the answers in declared order, sums last and said to be such."""
    if question.kind == "open":
        yield "answered", _ANSWERED
    for category in question.categories:
        yield category.code, category.label
    for total in question.sums:
        yield total.code, f"Samen: {total.label}"


def _mentioned(question: Question, found: Found) -> Iterator[tuple[str, str]]:
    """Return codes and labels of what open answers are about; a code without a label is shown as it is."""
    labels = {theme.code: theme.label for theme in question.themes}
    yield from labels.items()
    for _, category, measure, *_ in found:
        if measure == "count" and category not in labels:
            labels[category] = category
            yield category, category


def _has(found: Found, item: str, category: str, measure: str) -> bool:
    return (item, category, measure, "", "") in found or any(key[:3] == (item, category, measure) for key in found)


def _cell(
    line: _Line,
    place: Shown,
    found: Found,
    bases: Mapping[tuple[str, str, str], Cell],
    question: str,
    letters: Letters,
    kind: Kind,
) -> Cell:
    if not line.measure:
        return bases.get((line.item, place.by, place.group), value_cell(None, strong=True))
    row = found.get((line.item, line.category, line.measure, place.by, place.group))
    if line.column == "letters":
        return _exceeded(row, letters.lower.get((question, line.item, line.category, place.by, place.group)))
    return value_cell(row, line.column, kind if line.measure == "share" else None)


def _bases(found: Found) -> dict[tuple[str, str, str], Cell]:
    """Return the base of every column, per item: that of any of its shares or means that may be known."""
    bases: dict[tuple[str, str, str], Cell] = {}
    for (item, _, measure, by, group), row in found.items():
        if measure != "count":
            cell, before = value_cell(row, "denominator", strong=True), bases.get((item, by, group))
            larger = before is not None and before.is_number and (not cell.is_number or before.value >= cell.value)  # type: ignore[operator]
            if before is None or (cell.is_number and not larger):
                bases[item, by, group] = cell
    return bases


def _exceeded(row: Row | None, lower: tuple[str, bool] | None) -> Cell:
    """Return the letters of the columns that a cell exceeds."""
    cell = value_cell(row)
    if cell.kind == "sign":
        return cell
    if lower is None:
        return Cell(SIGNS["O"].sign, "sign")
    text, shaky = lower
    return Cell(f"{text} ({SIGNS['U'].sign})" if text and shaky else text or NONE_LOWER, "sign")
