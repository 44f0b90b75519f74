"""How the workbook for coders is laid out: what its writer and its reader agree on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from srsmeting.frames import guard, unguard
from srsmeting.questionnaire import NO_CONTENT, OTHER_THEME

#: Sheets that are for reading only.
INSTRUCTION, CODEBOOK = "Uitleg", "Codeboek"
#: Headings of a sheet with answers; the codes are numbered from 1.
ID, ANSWER, SUGGESTION, CODE, REMARK = "Antwoord-id", "Antwoord", "Voorstel (automatisch)", "Code", "Opmerking"
#: Rows: the wording of the question, the headings, and the first answer.
TITLE_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3
#: What the codes of an answer without a theme mean, in Dutch.
NO_THEME_LABELS: Final = {
    OTHER_THEME: "Iets anders: geen van de thema’s past",
    NO_CONTENT: "Geen inhoud: ‘weet niet’, ‘n.v.t.’, onleesbaar",
}

#: An answer this long fills a cell: a spreadsheet program holds no more.
LONGEST: Final = 32_000
_CUT: Final = " … (afgebroken)"


def sheet_titles(questions: Iterable[str]) -> dict[str, str]:
    """Return the title of the sheet of each question: its id, as far as a title of 31 signs goes.

    Examples
    --------
    >>> sheet_titles(["thema", "een_heel_lange_naam_voor_een_vraag", "een_heel_lange_naam_voor_een_vraag_2"])
    ... # doctest: +NORMALIZE_WHITESPACE
    {'thema': 'thema', 'een_heel_lange_naam_voor_een_vraag': 'een_heel_lange_naam_voor_een_v',
     'een_heel_lange_naam_voor_een_vraag_2': 'een_heel_lange_naam_voor_een~2'}
    """
    found: dict[str, str] = {}
    for question in questions:
        title, number = question[:30], 1
        while title.lower() in {other.lower() for other in (*found.values(), INSTRUCTION, CODEBOOK)}:
            number += 1
            title = f"{question[: 29 - len(str(number))]}~{number}"
        found[question] = title
    return found


def headings(codes: int, *, suggestions: bool) -> list[str]:
    """Return the headings of a sheet with answers.

    Examples
    --------
    >>> headings(2, suggestions=False)
    ['Antwoord-id', 'Antwoord', 'Code 1', 'Code 2', 'Opmerking']
    """
    numbered = (f"{CODE} {number}" for number in range(1, codes + 1))
    return [ID, ANSWER, *([SUGGESTION] if suggestions else []), *numbered, REMARK]


def in_cell(text: str) -> str:
    """Return an answer as it may stand in a cell: no formula, no sign that a workbook cannot hold, not too long.

    Examples
    --------
    >>> in_cell("=1+1"), in_cell("- meer tijd"), in_cell("gewoon")
    ("'=1+1", "'- meer tijd", 'gewoon')
    """
    clean = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)
    return guard(clean if len(clean) <= LONGEST else clean[:LONGEST] + _CUT)


def same_text(cell: str, answer: str) -> bool:
    """Say whether a cell holds an answer; spreadsheet programs change blanks and ends of lines.

    Examples
    --------
    >>> same_text("'- meer  tijd", "- meer tijd "), same_text("meer tijd", "meer geld")
    (True, False)
    """
    return _plain(unguard(cell)) == _plain(unguard(in_cell(answer)))


def _plain(text: str) -> str:
    # A carriage return is written as a code, in a file of its own kind.
    return " ".join(re.sub(r"_x000[dD]_", " ", text).split())
