"""The workbook that coders fill in: the answers, the codebook, suggestions, and how it is done.

Answers are text wherever the workbook goes: the cells are of the kind text, formatted as text, and have an apostrophe
in front where they begin as a formula does. Only the columns for codes and remarks can be written in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from srsmeting.errors import CodingError
from srsmeting.questionnaire import Question, Questionnaire
from srsmeting.themes.layout import (
    CODEBOOK,
    FIRST_ROW,
    HEADER_ROW,
    INSTRUCTION,
    NO_THEME_LABELS,
    TITLE_ROW,
    headings,
    in_cell,
    sheet_titles,
)
from srsmeting.themes.suggestions import Suggester
from srsmeting.workbooks import column_letter, finish_sheet, put_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

#: Columns for codes, by default and at most.
CODES: Final = 3
MOST_CODES: Final = 9

_HOW: Final = (
    "Wat u doet",
    "1. Lees eerst het tabblad Codeboek: welke thema’s er zijn, en wat er wel en niet onder valt.",
    "2. Geef elk antwoord op de tabbladen hieronder een code: kies die uit de lijst in de kolom Code 1.",
    "3. Gaat een antwoord over meer thema’s, kies de andere dan in Code 2 en verder. De volgorde doet er niet toe.",
    "4. Past geen enkel thema, kies dan ‘ander’. Zegt het antwoord niets, kies dan ‘geen’. Laat niets open.",
)
_MIND: Final = "Waar u op let"
_CAREFUL: Final = (
    "Verander niets aan de antwoorden en aan de indeling. Filteren kan.",
    "Een ' voor een antwoord hoort erbij: zo wordt een antwoord dat met = of - begint geen formule.",
    "Wat op een adres of nummer van een persoon lijkt, staat er nu als bijvoorbeeld [e-mailadres]; namen staan er nog.",
    "Antwoorden zijn persoonsgegevens: bewaar dit bestand waar alleen u erbij kunt, en verwijder het na afloop.",
)

_WIDTHS: Final = {"Antwoord-id": 16, "Antwoord": 70, "Voorstel (automatisch)": 32, "Opmerking": 40}


@dataclass(frozen=True)
class Answer:
    """One open answer to be coded.

    Parameters
    ----------
    id
        The pseudonym of the respondent.
    text
        What was written.
    codings
        Codes that were given to it before, by what heads their column; shown beside it.
    """

    id: str
    text: str = field(repr=False)
    codings: Mapping[str, str] = field(default_factory=dict)


def make_workbook(
    questionnaire: Questionnaire,
    answers: Mapping[str, Sequence[Answer]],
    *,
    codes: int = CODES,
    suggestions: bool = True,
) -> Any:
    """Make the workbook for coders.

    Parameters
    ----------
    questionnaire
        Wording and codebooks.
    answers
        By question id; each question has a codebook.
    codes
        How many codes an answer can be given.
    suggestions
        Whether there is a column with suggested themes.

    Returns
    -------
    openpyxl.Workbook
        A sheet with the instruction, one with the codebook, and one for every question with its answers by id: not in
        the order in which they came in, which could tell who wrote what.

    Raises
    ------
    CodingError
        For a number of codes that is not from 1 to 9.
    """
    from openpyxl import Workbook

    if not 1 <= codes <= MOST_CODES:
        raise CodingError(f"{codes} columns for codes cannot be made. Ask for 1 to {MOST_CODES}.")
    book = Workbook()
    book.properties.title = f"Open antwoorden coderen: {questionnaire.title}"
    book.properties.creator = "srsmeting"
    questions = [questionnaire.question(name) for name in answers]
    titles = sheet_titles(question.id for question in questions)
    del book["Sheet"]
    together = any(answer.codings for rows in answers.values() for answer in rows)
    lines = _together(questionnaire) if together else _alone(questionnaire, suggestions=suggestions)
    lines += ["", "Tabbladen", *(f"{titles[question.id]}: {question.text}" for question in questions)]
    _instruction(book.create_sheet(INSTRUCTION), lines)
    places = _codebook(book.create_sheet(CODEBOOK), questions, titles)
    for question in questions:
        sheet = book.create_sheet(titles[question.id])
        _answers(sheet, question, answers[question.id], codes, places[question.id], suggestions=suggestions)
    return book


def _alone(questionnaire: Questionnaire, *, suggestions: bool) -> list[str]:
    words = "De kolom Voorstel zoekt alleen naar woorden uit het codeboek. Het is een hulp; wat u leest, gaat voor."
    return [
        f"Open antwoorden coderen: {questionnaire.title}",
        "",
        *_HOW,
        "5. Twijfelt u, of mist u een thema? Schrijf dat bij Opmerking.",
        "",
        _MIND,
        "Werk alleen, en overleg pas als twee mensen klaar zijn: anders zegt hun overeenstemming niets.",
        *([words] if suggestions else []),
        *_CAREFUL,
    ]


def _together(questionnaire: Questionnaire) -> list[str]:
    return [
        f"Open antwoorden om samen te bespreken: {questionnaire.title}",
        "",
        "Over deze antwoorden verschillen de codeurs. De kolommen Volgens … zeggen wat elk van hen koos.",
        "",
        *_HOW,
        "5. Bespreek waar het verschil door komt. Is het codeboek niet duidelijk, noteer dat bij Opmerking.",
        "",
        _MIND,
        *_CAREFUL,
    ]


def _instruction(sheet: Worksheet, lines: Sequence[str]) -> None:
    for number, line in enumerate(lines, start=1):
        put_text(sheet, number, 1, line, bold=number == 1 or line in (_HOW[0], _MIND, "Tabbladen"), wrap=True)
    sheet.column_dimensions["A"].width = 110
    finish_sheet(sheet)


def _codebook(sheet: Worksheet, questions: Sequence[Question], titles: Mapping[str, str]) -> dict[str, str]:
    """Write the codebook; return where the codes of each question stand, as a formula of a list refers to them."""
    put_text(sheet, TITLE_ROW, 1, "Codeboek", bold=True)
    heads = {"Tabblad": 30, "Code": 30, "Thema": 50, "Wat er wel en niet onder valt": 70, "Voorbeelden": 60}
    for column, (head, width) in enumerate(heads.items(), start=1):
        put_text(sheet, HEADER_ROW, column, head, bold=True, wrap=True)
        sheet.column_dimensions[column_letter(column)].width = width
    row, places = FIRST_ROW, {}
    for question in questions:
        first = row
        entries = [(theme.code, theme.label, theme.definition, "; ".join(theme.examples)) for theme in question.themes]
        entries += [(code, label, "", "") for code, label in NO_THEME_LABELS.items()]
        for entry in entries:
            for column, text in enumerate((titles[question.id], *entry), start=1):
                put_text(sheet, row, column, text, wrap=column > 2)
            row += 1
        places[question.id] = f"'{CODEBOOK}'!$B${first}:$B${row - 1}"
    sheet.freeze_panes = f"A{FIRST_ROW}"
    finish_sheet(sheet, HEADER_ROW)
    return places


def _answers(
    sheet: Worksheet, question: Question, answers: Sequence[Answer], codes: int, place: str, *, suggestions: bool
) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    suggester = Suggester(question) if suggestions else None
    coders = list(dict.fromkeys(coder for answer in answers for coder in answer.codings))
    heads = headings(codes, suggestions=suggestions)
    heads[2 + suggestions : 2 + suggestions] = coders
    put_text(sheet, TITLE_ROW, 1, question.text, bold=True)
    for column, head in enumerate(heads, start=1):
        put_text(sheet, HEADER_ROW, column, head, bold=True, wrap=True)
        sheet.column_dimensions[column_letter(column)].width = _WIDTHS.get(head, 24)
    first = len(heads) - codes
    for row, answer in enumerate(sorted(answers, key=lambda each: each.id), start=FIRST_ROW):
        put_text(sheet, row, 1, answer.id)
        put_text(sheet, row, 2, in_cell(answer.text), wrap=True)
        if suggester:
            told = "; ".join(each.theme for each in suggester.suggest(answer.text, codes))
            put_text(sheet, row, 3, told, wrap=True, grey=True)
        for column, coder in enumerate(coders, start=3 + suggestions):
            put_text(sheet, row, column, answer.codings.get(coder, ""), wrap=True, grey=True)
        for column in range(first, len(heads) + 1):
            put_text(sheet, row, column, "", wrap=column == len(heads), locked=False)
    last = FIRST_ROW + max(len(answers), 1) - 1
    choice = DataValidation(type="list", formula1=place, allow_blank=True, showErrorMessage=True)
    choice.errorTitle, choice.error = "Onbekende code", f"Kies een code uit de lijst. Zie het tabblad {CODEBOOK}."
    choice.add(f"{column_letter(first)}{FIRST_ROW}:{column_letter(len(heads) - 1)}{last}")
    sheet.add_data_validation(choice)
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{column_letter(len(heads))}{last}"
    sheet.freeze_panes = f"C{FIRST_ROW}"
    finish_sheet(sheet, HEADER_ROW)
