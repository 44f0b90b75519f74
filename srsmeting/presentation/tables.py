"""The tables of answers: how questions were answered, under each other, and means of groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from srsmeting.errors import ReportError
from srsmeting.presentation.distribution import (
    Distribution,
    find_rows,
    is_whole,
    read_distributions,
    select_rows,
    share_decimals,
    shown_data,
)
from srsmeting.presentation.exhibit import exhibit_id
from srsmeting.presentation.formats import format_counted, format_estimate, format_percentage
from srsmeting.presentation.notes import base_line, is_weighted, standard_notes, weighted_note
from srsmeting.presentation.semantic_table import Column, Row, Table
from srsmeting.presentation.signs import Cell
from srsmeting.presentation.theme_tables import read_themes, theme_table
from srsmeting.questionnaire import Questionnaire
from srsmeting.rounding import DECIMALS_FROM, percentage

#: Said under a table whose printed percentages do not add to 100.
ROUNDING_NOTE = "Door afronding tellen de percentages niet op tot 100."
_COUNTS = (Column("Aantal", 20), Column("Percentage", 20))


def distribution_table(
    estimates: pd.DataFrame,
    questionnaire: Questionnaire,
    question: str,
    *more: str,
    caption: str = "",
    source: str = "",
    weighted_by: str = "",
    decimals_from: int | None = DECIMALS_FROM,
) -> Table:
    """Make a table of one or more questions under each other: number and percentage for each answer, and the total.

    Parameters
    ----------
    estimates
        The estimate frame; shares of all respondents are read.
    questionnaire
        Labels, order, and who was asked.
    question, more
        Question ids, of kind single, multiple or mark, or open with a codebook, which gives the numbers of mentions of
        its themes; the first gives the table its id.
    caption
        Default the title of the first question. Under a caption of its own, that title heads the answers.
    source
        Without "Bron:".
    weighted_by
        To what the answers were weighted, in words; said beneath where the estimates are weighted. There is no column
        with numbers then, for they are not published beside weighted percentages.
    decimals_from
        Percentages have a decimal when all of their bases are at least this; None for never.

    Returns
    -------
    Table
        Percentages are rounded each by itself, never made to add to 100; where they do not, a note says so.

    Raises
    ------
    UnknownNameError
        For a question that does not exist.
    ReportError
        For statements, questions without categories, or shares that the frame does not have.
    """
    questions = (question, *more)
    asked = [questionnaire.question(name) for name in questions]
    several = len(asked) > 1
    if asked[0].kind == "open" and not several:
        return theme_table(estimates, questionnaire, question, caption=caption, source=source)
    # Beside a weighted percentage there is no number of answers, only a base; mentions of themes are never weighted.
    counted = find_rows(estimates, meting=questionnaire.meting, measure="share")["numerator"].notna().any()
    bare = is_weighted(estimates, questionnaire) and not counted
    start = 1 if bare and all(entry.kind != "open" for entry in asked) else 0
    decimals = share_decimals(estimates, questionnaire, questions, decimals_from)
    data: list[pd.DataFrame] = []
    rows: list[Row] = []
    foot: list[Row] = []
    bases: list[str] = []
    notes: list[str] = []
    for entry in asked:
        if entry.kind == "statements":
            raise ReportError(
                f"question {entry.id!r}: a battery of statements has no table of one column of answers. "
                "Show its figure."
            )
        group = entry.title if several else ""
        if entry.kind == "open":
            themes = read_themes(estimates, questionnaire, entry.id)
            rows += [*themes.rows(group, empty=1), Row("Respondenten", (themes.answered, Cell("")), group)]
            bases.append(_under(group, themes.base))
            notes += themes.notes
            data.append(themes.data.assign(question=entry.id))
            continue
        (part,) = read_distributions(estimates, questionnaire, entry.id, decimals=decimals)
        data.append(shown_data([part]).assign(question=entry.id))
        for answer in part.answers:
            cells = (Cell("") if bare else answer.counted, answer.printed)
            rows.append(Row(answer.label, cells[start:], group))
        whole = is_whole(entry, part)
        total = _total(part, group, decimals, adds_up=whole)
        if whole or not start:
            (rows if several else foot).append(replace(total, cells=total.cells[start:]))
        line = base_line(questionnaire, entry.id, [part.base])
        bases.append(_under(group, line) if several else line)
        notes += standard_notes(entry)
        if whole and not _adds_to_100(part, decimals):
            notes.append(ROUNDING_NOTE)
    return Table(
        id=exhibit_id("tbl", questions[0]),
        caption=caption or asked[0].title,
        data=pd.concat(data),
        base=f"Basis {'; '.join(bases)}." if several else bases[0],
        notes=tuple(dict.fromkeys([*notes, *_weighted(estimates, questionnaire, weighted_by)])),
        source=source,
        stub=Column(asked[0].title if caption and not several else "Antwoord", 60, "left"),
        columns=_COUNTS[start:],
        rows=tuple(rows),
        foot=tuple(foot),
    )


def _under(group: str, line: str) -> str:
    return f"bij ‘{group}’: {line.removeprefix('Basis: ').removesuffix('.')}"


def _weighted(estimates: pd.DataFrame, questionnaire: Questionnaire, weighted_by: str) -> tuple[str, ...]:
    note = weighted_note(estimates, questionnaire, weighted_by)
    return (note,) if note else ()


def _total(part: Distribution, group: str, decimals: int, *, adds_up: bool) -> Row:
    hidden = next((a.counted for a in part.answers if a.counted.status != "A"), Cell(""))
    base = format_counted({"numerator": part.base, "status": "A", "reason": ""}) if part.base is not None else hidden
    if not adds_up:
        return Row("Respondenten", (base, Cell("")), group)
    return Row("Totaal", (base, Cell(format_percentage(1, decimals)) if part.base is not None else hidden), group)


def _adds_to_100(part: Distribution, decimals: int) -> bool:
    shares = [answer.share for answer in part.answers if answer.share is not None]
    # With a value hidden, nobody can add.
    return len(shares) < len(part.answers) or sum(percentage(share, decimals) for share in shares) == 100


def means_table(
    estimates: pd.DataFrame,
    questionnaire: Questionnaire,
    question: str,
    by: Sequence[str],
    *,
    caption: str = "",
    source: str = "",
    weighted_by: str = "",
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
    caption, source, weighted_by
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
    return Table(
        id=exhibit_id("tbl", question),
        caption=caption or asked.title,
        data=pd.DataFrame([row for _, row in shown]),
        base=base_line(questionnaire, question, [None if pd.isna(total) else int(total)]),
        notes=_weighted(estimates, questionnaire, weighted_by),
        source=source,
        stub=Column("Groep", 51, "left"),
        columns=(Column("Gemiddelde", 24), Column("Respondenten", 25)),
        rows=tuple(rows[:-1]),
        foot=(rows[-1],),
    )
