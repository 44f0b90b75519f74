"""Which sheet of a workbook holds the answers, and what a researcher should know of it before trusting it.

Readers take every row and column, whether a spreadsheet program shows them or not: a filter that was left on is no
choice of respondents. That they did is said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from srsmeting.errors import Fault, IntakeError
from srsmeting.intake.files.workbook import Sheet
from srsmeting.intake.personal import without_person
from srsmeting.intake.raw import FORMULA

_LONGEST = 40
_SHOWN = 5


def choose_sheet(sheets: Sequence[Sheet], name: str, fits: Callable[[Sheet], bool] | None = None) -> Sheet | None:
    """Return the sheet that holds the answers; None when there is none.

    Parameters
    ----------
    sheets
        The sheets of a workbook.
    name
        Its name, for messages.
    fits
        Whether a sheet that is filled is what the reader reads; without it, every one is.

    Raises
    ------
    IntakeError
        Several could be meant. A sheet that is hidden only is when no other could be.
    """
    filled = [sheet for sheet in sheets if sheet.rows and (fits is None or fits(sheet))]
    found = [sheet for sheet in filled if not sheet.hidden] or filled
    if len(found) > 1:
        titles = ", ".join(repr(sheet.title) for sheet in found)
        message = f"has answers on more than one sheet: {titles}. Keep one, or save the one that counts as a file."
        raise IntakeError(faults=[Fault(name, message, value=found[0].title, rule="sheets")])
    return found[0] if found else None


def sheet_notes(sheet: Sheet, sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """Say in Dutch what was read that is not shown, and what is there and was not read.

    Examples
    --------
    >>> sheet = Sheet("A", (("id", "Q1"), ("1", "a"), ("2", "b")), {}, frozenset(), hidden_rows=frozenset({2}))
    >>> sheet_notes(sheet, (sheet, Sheet("B", (("x",),), {}, frozenset(), hidden=True)))
    ('Verborgen of weggefilterde rijen, die wel meetellen: 1.', 'Werkbladen die niet zijn gelezen: ‘B’ (verborgen).')
    """
    header = sheet.rows[0]
    rows = sum(row > 0 and any(sheet.rows[row]) for row in sheet.hidden_rows if row < len(sheet.rows))
    columns = [_short(header[column]) for column in sorted(sheet.hidden_columns) if column < len(header)]
    columns = [column for column in columns if column]
    more = f" en {len(columns) - _SHOWN} andere" if len(columns) > _SHOWN else ""
    others = [
        f"‘{other.title}’{' (verborgen)' * other.hidden}" for other in sheets if other.rows and other is not sheet
    ]
    told = (
        (sheet.hidden, f"Het werkblad ‘{sheet.title}’ is verborgen, en toch gelezen."),
        (rows, f"Verborgen of weggefilterde rijen, die wel meetellen: {rows}."),
        (columns, f"Verborgen kolommen, die wel zijn gelezen: {', '.join(columns[:_SHOWN])}{more}."),
        (others, f"Werkbladen die niet zijn gelezen: {', '.join(others)}."),
    )
    return tuple(sentence for found, sentence in told if found)


def formula_faults(sheet: Sheet, name: str) -> list[Fault]:
    """Return a fault for every cell with a formula, under its heading; :mod:`..coding.formulas` says which stay one."""
    header, faults = sheet.rows[0] if sheet.rows else (), []
    for (row, column), formula in sorted(sheet.formulas.items()):
        if row >= len(sheet.rows) or not any(sheet.rows[row]):
            continue
        heading, shown = heading_at(header, column), without_person(formula)
        message = (
            f"column {heading!r}: the cell holds a formula, {_cut(shown)!r}, and no answer. Say in corrections.yaml "
            "what the answer is, or export again."
        )
        faults.append(Fault(name, message, row + 1, heading, shown, FORMULA))
    return faults


def heading_at(header: Sequence[str], column: int) -> str:
    """Return the heading of a column, or its number."""
    return (header[column] if column < len(header) else "") or f"column {column + 1}"


def blank_rows_note(count: int) -> tuple[str, ...]:
    """Say how many rows without any cell stand between the others; nothing when there are none."""
    return (f"Lege rijen tussen de andere, die niet meetellen: {count}.",) if count else ()


def _short(heading: str) -> str:
    return heading and f"‘{_cut(heading)}’"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
