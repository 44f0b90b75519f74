"""The tables of answers: how a question was answered, questions under each other, and means of groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from srsmeting.errors import ReportError
from srsmeting.presentation.distribution import (
    Distribution,
    is_whole,
    read_distributions,
    select_rows,
    shown_data,
)
from srsmeting.presentation.exhibit import exhibit_id
from srsmeting.presentation.formats import format_counted, format_estimate, format_percentage
from srsmeting.presentation.notes import base_line, standard_notes
from srsmeting.presentation.semantic_table import Column, Row, Table
from srsmeting.presentation.signs import Cell, legend
from srsmeting.questionnaire import Questionnaire

#: Said under a table whose printed percentages do not add to 100.
ROUNDING_NOTE = "Door afronding tellen de percentages niet op tot 100."
_COUNTS = (Column("Aantal", 20), Column("Percentage", 20))


def distribution_table(
    estimates: pd.DataFrame,
    questionnaire: Questionnaire,
    question: str,
    *,
    categories: Sequence[str] | None = None,
    header: str = "Antwoord",
    id: str = "",
    caption: str = "",
    source: str = "",
    notes: Sequence[str] = (),
) -> Table:
    """Make the table of one question: number and percentage for each answer, and the total.

    Parameters
    ----------
    estimates
        The estimate frame; shares of all respondents are read.
    questionnaire
        Labels, order, and who was asked.
    question
        Question id, of kind single, multiple or mark.
    categories
        Codes of categories and declared sums to show, in order; default all categories in the base.
    header
        Over the answers.
    id, caption
        Default ``tbl-`` and the question id, and the title of the question.
    source, notes
        Lines beneath; the source without "Bron:".

    Returns
    -------
    Table
        Percentages are rounded each by itself, never made to add to 100; where they do not, a note says so.

    Raises
    ------
    UnknownNameError
        For a question or category that does not exist.
    ReportError
        For statements, questions without categories, or shares that the frame does not have.
    """
    return questions_table(
        estimates,
        questionnaire,
        [question],
        categories=categories,
        header=header,
        id=id or exhibit_id("tbl", question),
        caption=caption or questionnaire.question(question).title,
        source=source,
        notes=notes,
    )


def questions_table(
    estimates: pd.DataFrame,
    questionnaire: Questionnaire,
    questions: Sequence[str],
    *,
    id: str,
    caption: str,
    categories: Sequence[str] | None = None,
    header: str = "Antwoord",
    source: str = "",
    notes: Sequence[str] = (),
) -> Table:
    """Make a table of several questions under each other: number and percentage for each answer, total per question.

    Parameters
    ----------
    estimates, questionnaire, categories, header, source, notes
        As for :func:`distribution_table`.
    questions
        Question ids, in order.
    id, caption
        Of the table.

    Raises
    ------
    UnknownNameError
        For a question or category that does not exist.
    ReportError
        As for :func:`distribution_table`.
    """
    if not questions:
        raise ReportError(f"table {id!r}: there are no questions to show. Name at least one.")
    parts: list[Distribution] = []
    rows: list[Row] = []
    foot: list[Row] = []
    bases: list[str] = []
    remarks: list[str] = []
    for name in questions:
        asked = questionnaire.question(name)
        if asked.kind == "statements":
            raise ReportError(
                f"question {name!r}: a battery of statements has no table of one column of answers. Show its figure."
            )
        (part,) = read_distributions(estimates, questionnaire, name, categories)
        parts.append(part)
        group = asked.title if len(questions) > 1 else ""
        rows += [Row(answer.label, (answer.counted, answer.printed), group) for answer in part.answers]
        total = _total(part, group, adds_up=is_whole(asked, part))
        (rows if group else foot).append(total)
        line = base_line(questionnaire, name, [part.base])
        bases.append(f"{asked.title}: {line.removeprefix('Basis: ').removesuffix('.')}" if group else line)
        remarks += standard_notes(asked)
        if is_whole(asked, part) and not _adds_to_100(part):
            remarks.append(ROUNDING_NOTE)
    told = legend(cell for row in (*rows, *foot) for cell in row.cells)
    return Table(
        id=id,
        caption=caption,
        data=pd.concat([shown_data([part]).assign(question=name) for part, name in zip(parts, questions, strict=True)]),
        base=f"Basis: {'; '.join(bases)}." if len(questions) > 1 else bases[0],
        notes=tuple(dict.fromkeys(note for note in (*remarks, *notes, told) if note)),
        source=source,
        stub=Column(header, 60, "left"),
        columns=_COUNTS,
        rows=tuple(rows),
        foot=tuple(foot),
    )


def _total(part: Distribution, group: str, *, adds_up: bool) -> Row:
    hidden = next((a.counted for a in part.answers if a.counted.status != "A"), Cell(""))
    base = format_counted({"numerator": part.base, "status": "A", "reason": ""}) if part.base is not None else hidden
    if not adds_up:
        return Row("Respondenten", (base, Cell("")), group)
    return Row("Totaal", (base, Cell(format_percentage(1)) if part.base is not None else hidden), group)


def _adds_to_100(part: Distribution) -> bool:
    shares = [answer.share for answer in part.answers]
    if any(share is None for share in shares):
        # With a value hidden, nobody can add.
        return True
    printed = [int(answer.printed.text.removesuffix("%")) for answer in part.answers]
    return sum(printed) == 100


def means_table(
    estimates: pd.DataFrame,
    questionnaire: Questionnaire,
    question: str,
    by: Sequence[str],
    *,
    id: str = "",
    caption: str = "",
    source: str = "",
    notes: Sequence[str] = (),
) -> Table:
    """Make a table of the mean of a question for groups of respondents.

    Parameters
    ----------
    estimates
        The estimate frame; measure ``mean``.
    questionnaire
        Labels and order of the groups.
    question
        Question id, of kind mark or number.
    by
        Breakdown ids, each a group of rows.
    id, caption, source, notes
        As for :func:`distribution_table`.

    Raises
    ------
    UnknownNameError
        For a question or breakdown that does not exist.
    ReportError
        For means that the frame does not have.
    """
    asked = questionnaire.question(question)
    breakdowns = [questionnaire.breakdown(name) for name in by]
    found: dict[tuple[str, str], dict[Any, Any]] = {
        (str(row["by"]), str(row["group"])): row
        for row in select_rows(estimates, questionnaire, question, "mean").to_dict("records")
    }
    wanted = [(b.id, g.code, g.label, b.label) for b in breakdowns for g in b.groups]
    shown = []
    for name, code, label, group in (*wanted, ("", "", "Totaal", "")):
        row = found.get((name, code))
        if row is None:
            raise ReportError(
                f"estimates: question {question!r} has no mean "
                + (f"for {name!r}, group {code!r}. " if name else "of all respondents. ")
                + "Estimate it again with this questionnaire and breakdown."
            )
        shown.append((Row(label, (format_estimate(row), format_counted(row, "denominator")), group), row))
    rows = [row for row, _ in shown]
    total = shown[-1][1]["denominator"]
    told = legend(cell for row in rows for cell in row.cells)
    return Table(
        id=id or exhibit_id("tbl", question),
        caption=caption or asked.title,
        data=pd.DataFrame([row for _, row in shown]),
        base=base_line(questionnaire, question, [None if pd.isna(total) else int(total)]),
        notes=tuple(note for note in (*notes, told) if note),
        source=source,
        stub=Column("Groep", 60, "left"),
        columns=(Column("Gemiddelde", 20), Column("Respondenten", 20)),
        rows=tuple(rows[:-1]),
        foot=(rows[-1],),
    )
