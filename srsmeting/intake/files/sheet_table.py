"""A table in a text file or on a sheet: headings in the first row, one record in each of the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from srsmeting.errors import Fault, IntakeError
from srsmeting.intake.files.sheets import choose_sheet, formula_faults, sheet_notes
from srsmeting.intake.files.source import Source
from srsmeting.intake.files.workbook import Sheet
from srsmeting.intake.raw import TEXT, Lines
from srsmeting.responses import Mask


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
    place
        What `lines` counts, in Dutch.
    notes
        What a researcher should know of the file, in Dutch: what is hidden, and sheets that were not read.
    blank_rows
        Rows without any cell, which are no records.
    """

    cells: pd.DataFrame
    lines: Lines
    faults: tuple[Fault, ...] = ()
    place: Literal["regel", "rij", "record"] = "regel"
    notes: tuple[str, ...] = ()
    blank_rows: int = 0


def has_table(source: Source, is_own: Callable[[Sequence[str]], bool]) -> bool:
    """Say whether a text file, or a sheet of a workbook, has the headings that a tool writes."""
    if source.workbook:
        return any(is_own(sheet.rows[0]) for sheet in source.workbook if sheet.rows)
    return source.table is not None and is_own(source.table.header)


def read_named(source: Source, what: str, is_own: Callable[[Sequence[str]], bool] | None = None) -> NamedTable:
    """Return the table that a text file or a workbook holds.

    Parameters
    ----------
    source
        The file.
    what
        What it should hold, for messages.
    is_own
        Which headings the table has; without it, the one sheet that is filled.

    Raises
    ------
    IntakeError
        There is none, or several sheets could be meant.
    """
    fits = None if is_own is None else lambda sheet: is_own(sheet.rows[0])
    sheet = choose_sheet(source.workbook, source.name, fits)
    if sheet is not None:
        return from_sheet(sheet, source.name, source.workbook)
    table = source.table
    if table is None or (is_own is not None and not is_own(table.header)):
        raise source.damage or IntakeError(faults=[Fault(source.name, f"has no {what}.", rule="format")])
    blank = _blank(table.records)
    records, lines = table.records, table.lines
    if blank.any():
        records, lines = records.loc[~blank].reset_index(drop=True), lines[~blank]
    return _named(table.header, records, lines, source.name, (), "regel", (), int(blank.sum()))


def from_sheet(sheet: Sheet, name: str, sheets: Sequence[Sheet]) -> NamedTable:
    """Return the table on one of the sheets; rows without any cell are no records."""
    header, *rows = sheet.rows
    numbers = [number for number, row in enumerate(rows, start=1) if any(row)]
    records = pd.DataFrame(
        {n: pd.array([rows[number - 1][n] for number in numbers], dtype=TEXT) for n in range(len(header))}
    )
    faults = formula_faults(sheet, name)
    lines = np.array(numbers, dtype=np.int64) + 1
    return _named(header, records, lines, name, faults, "rij", sheet_notes(sheet, sheets), len(rows) - len(numbers))


def _blank(records: pd.DataFrame) -> Mask:
    # Nearly always the first column tells that there are none.
    blank = np.ones(len(records), dtype=np.bool_)
    for column in records:
        rows = np.flatnonzero(blank)
        if not len(rows):
            break
        blank[rows] = (records[column].iloc[rows].str.strip() == "").to_numpy(dtype=np.bool_)
    return blank


def _named(
    header: Sequence[str],
    records: pd.DataFrame,
    lines: Lines,
    name: str,
    faults: Sequence[Fault],
    place: Literal["regel", "rij"],
    notes: tuple[str, ...],
    blank_rows: int,
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
    return NamedTable(cells, lines, tuple(found), place, notes, blank_rows)
