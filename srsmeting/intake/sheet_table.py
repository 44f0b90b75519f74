"""A table on a sheet of a workbook: headings in the first row, one record in each of the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from srsmeting.errors import Fault, IntakeError
from srsmeting.intake.raw import TEXT, Lines
from srsmeting.intake.source import Source
from srsmeting.intake.workbook import Sheet


@dataclass(frozen=True)
class NamedTable:
    """The cells of a table with their headings, from a workbook or a text file.

    Parameters
    ----------
    cells
        One column per heading, as text.
    lines
        Row or line on which each record starts.
    faults
        Headings that are double or missing, and cells with a formula.
    other_sheets
        Sheets that were not read.
    blank_rows
        Rows of a sheet between others without any cell, which are no records.
    """

    cells: pd.DataFrame
    lines: Lines
    faults: tuple[Fault, ...] = ()
    other_sheets: tuple[str, ...] = ()
    blank_rows: int = 0


def table_of(source: Source, recognises: Callable[[Sequence[str]], bool] | None = None) -> NamedTable | None:
    """Return the table that a file holds; None when it holds none.

    Parameters
    ----------
    source
        A text file or a workbook.
    recognises
        Which headings the table has; without it, the one sheet that is filled.

    Raises
    ------
    IntakeError
        Several sheets could be meant.
    """
    sheets = [sheet for sheet in source.workbook if sheet.rows and (recognises is None or recognises(sheet.rows[0]))]
    if len(visible := [sheet for sheet in sheets if not sheet.hidden]) > 1:
        names = ", ".join(repr(sheet.title) for sheet in visible)
        message = f"has answers on more than one sheet: {names}. Keep one, or save the one that counts as a file."
        raise IntakeError(faults=[Fault(source.name, message, value=visible[0].title, rule="sheets")])
    if visible:
        return from_sheet(visible[0], source.name, [s.title for s in source.workbook if s is not visible[0] and s.rows])
    if source.table is None or (recognises is not None and not recognises(source.table.header)):
        return None
    header = source.table.header
    return _named(header, source.table.records, source.table.lines, source.name, ())


def from_sheet(sheet: Sheet, name: str, others: Sequence[str] = ()) -> NamedTable:
    """Return the table on a sheet; rows without any cell are none."""
    header, *rows = sheet.rows
    numbers = [number for number, row in enumerate(rows, start=1) if any(row) or _has_formula(sheet, number)]
    records = pd.DataFrame(
        {n: pd.array([rows[number - 1][n] for number in numbers], dtype=TEXT) for n in range(len(header))}
    )
    faults = []
    for (row, column), formula in sorted(sheet.formulas.items()):
        heading = header[column] if column < len(header) else ""
        message = (
            f"column {heading!r}: the cell holds a formula, {_short(formula)}, of which the answer is not known. "
            "Paste its value over it, or export again."
        )
        faults.append(Fault(name, message, row + 1, heading, formula, "formula"))
    found = _named(header, records, np.array(numbers, dtype=np.int64) + 1, name, tuple(faults))
    return NamedTable(found.cells, found.lines, found.faults, tuple(others), len(rows) - len(numbers))


def _named(
    header: Sequence[str], records: pd.DataFrame, lines: Lines, name: str, faults: tuple[Fault, ...]
) -> NamedTable:
    found = list(faults)
    keep: dict[str, int] = {}
    for number, heading in enumerate(header):
        column = f"column {number + 1}"
        if not heading.strip():
            if (records[number] != "").any():
                message = f"{column} has cells and no heading. Give it one, or remove it."
                found.append(Fault(name, message, 1, column, "", "no_heading"))
        elif heading in keep:
            message = f"heading {heading!r} stands twice (columns {keep[heading] + 1}, {number + 1}). Keep one of them."
            found.append(Fault(name, message, 1, heading, heading, "double_column"))
        else:
            keep[heading] = number
    cells = records[list(keep.values())].set_axis(list(keep), axis="columns")
    return NamedTable(cells, lines, tuple(found))


def _has_formula(sheet: Sheet, row: int) -> bool:
    return any((row, column) in sheet.formulas for column in range(len(sheet.rows[0])))


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")
