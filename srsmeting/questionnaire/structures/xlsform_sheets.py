"""The sheets of an XLSForm as rows of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import islice
from typing import Any

from srsmeting.questionnaire.structures.faults import unreadable
from srsmeting.questionnaire.structures.texts import one_line
from srsmeting.workbooks import open_workbook

Row = Mapping[str, str]

SHEETS = ("survey", "choices", "settings")
MOST_ROWS, MOST_COLUMNS = 20_000, 200


def read_sheets(raw: bytes, name: str) -> dict[str, list[Row]]:
    """Return the rows of the sheets that an XLSForm has, by title, each cell by its heading in small letters.

    Formulas are not computed and links are not followed. A heading keeps what follows ``::`` as it is written: it is
    the name of a language.

    Raises
    ------
    QuestionnaireError
        The workbook is damaged, or larger than a form is.
    """
    try:
        found = {}
        with closing(open_workbook(raw, values=True)) as book:
            for sheet in book.worksheets:
                title = one_line(sheet.title).lower()
                found[title] = list(_rows(sheet)) if title in SHEETS else []
    except Exception:
        # A damaged workbook breaks in a dozen ways, in four libraries; there is no one base of them.
        message = "is a workbook that cannot be read. Save it again as .xlsx."
        raise unreadable(name, message, "damaged_workbook") from None
    for title, rows in found.items():
        if len(rows) >= MOST_ROWS:
            message = f"sheet {title!r} has more than {MOST_ROWS} rows, which no form has. It was not read."
            raise unreadable(name, message, "too_large", title)
    return found


def _rows(sheet: Any) -> Iterator[Row]:
    # Bounds, for a workbook can claim a row a million lines down.
    lines = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
    headings: list[str] = []
    for line in islice(lines, MOST_ROWS):
        cells = [_text(cell) for cell in line]
        if not headings:
            # What stands above the headings is empty.
            headings = [_heading(cell) for cell in cells] if any(cells) else []
        elif any(cells):
            row = dict.fromkeys((heading for heading in headings if heading), "")
            yield row | {heading: cell for heading, cell in zip(headings, cells, strict=False) if heading and cell}


def _heading(cell: str) -> str:
    # One colon was the separator once.
    name, colons, language = cell.partition("::") if "::" in cell else cell.partition(":")
    return f"{name.strip().lower()}::{language.strip()}" if colons else name.strip().lower()


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    # Excel keeps the code 1 as the number 1.0.
    return one_line(str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell))
