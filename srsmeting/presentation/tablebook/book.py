"""A table book out of an estimate frame and a questionnaire: all its sheets, in order."""

from __future__ import annotations

import pandas as pd

from srsmeting.errors import ReportError
from srsmeting.estimates import check_estimates
from srsmeting.presentation.distribution import find_rows
from srsmeting.presentation.notes import is_weighted
from srsmeting.presentation.tablebook.cells import Row, records
from srsmeting.presentation.tablebook.columns import read_letters
from srsmeting.presentation.tablebook.comparison_sheets import comparison_sheets
from srsmeting.presentation.tablebook.front import (
    READING,
    About,
    Entry,
    contents_sheet,
    cover_sheet,
)
from srsmeting.presentation.tablebook.groups import groups_of
from srsmeting.presentation.tablebook.long_sheet import LONG, long_sheet
from srsmeting.presentation.tablebook.model import Book, Sheet, one_line
from srsmeting.presentation.tablebook.other_sheets import COVERAGE, other_sheets
from srsmeting.presentation.tablebook.question_sheets import question_sheet
from srsmeting.presentation.tablebook.reading import reading_sheet
from srsmeting.presentation.tablebook.years_sheets import years_sheets
from srsmeting.presentation.years import History
from srsmeting.questionnaire import Question, Questionnaire


def build_book(
    estimates: pd.DataFrame, questionnaire: Questionnaire, about: About, history: History | None = None
) -> Book:
    """Make a table book.

    Parameters
    ----------
    estimates
        The estimate frame, publication rules applied; what it suppresses is nowhere in the book.
    questionnaire
        Labels, order, and who was asked.
    about
        What the book says of itself.
    history
        The years before, where there are any: each gets its columns in sheets of their own.

    Returns
    -------
    Book
        Cover, contents, reading guide, a sheet for every question that the frame has numbers of, sheets for response,
        frame, coverage and tests, and one with all numbers.

    Raises
    ------
    EstimateError
        When the frame breaks a promise, above all when a suppressed row still has numbers.
    ReportError
        When the frame has no numbers of this measurement.
    UnknownNameError
        For a question, breakdown or group that the questionnaire does not have.
    """
    check_estimates(estimates)
    rows = find_rows(estimates, meting=questionnaire.meting)
    if rows.empty:
        metingen = ", ".join(repr(name) for name in estimates["meting"].unique()) or "none"
        raise ReportError(
            f"estimates: there is nothing of meting {questionnaire.meting!r}. Is it the estimate frame of this "
            f"questionnaire? Metingen in the frame: {metingen}."
        )
    of_question: dict[str, list[Row]] = {}
    every = records(rows)
    for row in every:
        of_question.setdefault(str(row["question"]), []).append(row)
    for name in of_question:
        if name:
            questionnaire.question(name)
    weighted = is_weighted(rows, questionnaire)
    letters = read_letters(rows)
    compared = [groups_of(questionnaire, by).label for by in dict.fromkeys(by for by, _ in letters.own)]
    asked: list[tuple[Question, Sheet]] = []
    for question in questionnaire.questions:
        sheet = question_sheet(
            len(asked) + 1,
            question,
            of_question.get(question.id, []),
            questionnaire,
            letters,
            decimals_from=about.decimals_from,
            weighted=weighted,
        )
        if sheet is not None:
            asked.append((question, sheet))
    others = list(other_sheets(every, questionnaire, about.coverage_source))
    compared_sheets = list(comparison_sheets(every, questionnaire))
    compared_sheets += list(years_sheets(history, questionnaire)) if history is not None else []
    entries = [Entry(READING, "Hoe de tabellen te lezen zijn, en wat de tekens betekenen", "–", "")]
    entries += [Entry(sheet.name, q.title, questionnaire.explain(q.id), q.exhibit) for q, sheet in asked]
    entries += [Entry(sheet.name, sheet.title, _about_whom(sheet.name), "") for sheet in others]
    entries += [Entry(sheet.name, sheet.title, "–", "") for sheet in compared_sheets]
    entries.append(Entry(LONG, "Alle cijfers in één tabel, om mee verder te rekenen", "–", ""))
    front = [
        cover_sheet(about, rows),
        contents_sheet(entries),
        reading_sheet(rows, questionnaire, about, compared=compared),
    ]
    return Book(
        title=one_line(f"Tabellenboek {about.title}"),
        subject=one_line(about.title),
        description=one_line(f"{about.source} {about.notice}"),
        sheets=(*front, *(sheet for _, sheet in asked), *others, *compared_sheets, long_sheet(rows, questionnaire)),
    )


def _about_whom(sheet: str) -> str:
    return "medewerkers in de sector" if sheet == COVERAGE else "alle uitgenodigde organisaties"
