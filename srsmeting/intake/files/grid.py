"""A file as rows of text, whether it is delimited text or a workbook: for tools that write the same rows as both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
import pandas as pd

from srsmeting.errors import Fault, IntakeError
from srsmeting.intake.files.sheets import blank_rows_note, choose_sheet, formula_faults, sheet_notes
from srsmeting.intake.raw import TEXT, Lines

if TYPE_CHECKING:
    from srsmeting.intake.files.source import Source
    from srsmeting.intake.files.workbook import Sheet


#: The first rows of a table, and whether they are those of a tool.
Rows: TypeAlias = list[tuple[str, ...]]
Fits: TypeAlias = Callable[[Rows], bool]

_BELOW = 2  # rows below the first that can be header rows


@dataclass(frozen=True)
class Grid:
    """The rows of a file below its first.

    Parameters
    ----------
    header
        The first row.
    records
        The others, as text; columns are numbered.
    lines
        Line or row on which each record stands.
    place
        Which of the two.
    faults
        Cells of a workbook with a formula, under their heading in the first row.
    notes
        What a researcher should know of the sheets, in Dutch.
    """

    header: tuple[str, ...]
    records: pd.DataFrame
    lines: Lines
    place: Literal["regel", "rij"] = "regel"
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def first(self) -> Rows:
        """The first rows, as far as they can be headers."""
        return _first(self.header, self.records)


def has_rows(source: Source, fits: Fits) -> bool:
    r"""Say whether a file, or a sheet of it, begins as a tool's does.

    Examples
    --------
    >>> from pathlib import Path
    >>> from srsmeting.intake.files.source import Source
    >>> has_rows(Source(Path("export.csv"), b'"id","Q1"\n"1","A1"\n'), lambda rows: rows[1] == ("1", "A1"))
    True
    """
    if source.table is not None:
        return fits(_first(source.table.header, source.table.records))
    return any(fits(_first_of(sheet)) for sheet in source.workbook if sheet.rows)


def read_grid(source: Source, fits: Fits) -> Grid:
    """Return the rows of a file: of a workbook, those of the sheet that begins as a tool's does.

    Raises
    ------
    IntakeError
        It is neither delimited text nor a workbook, or several sheets could be meant.
    """
    if source.table is not None:
        return Grid(source.table.header, source.table.records, source.table.lines)
    sheet = choose_sheet(source.workbook, source.name, lambda sheet: fits(_first_of(sheet)))
    if sheet is None:
        raise source.damage or IntakeError(f"{source.name}: is no delimited text and no workbook.")
    columns = zip(*sheet.rows[1:], strict=True) if len(sheet.rows) > 1 else ([] for _ in sheet.rows[0])
    filled = np.array([any(row) for row in sheet.rows[1:]], dtype=np.bool_)
    records = pd.DataFrame({n: pd.array(list(column), dtype=TEXT) for n, column in enumerate(columns)}, copy=False)
    return Grid(
        header=sheet.rows[0],
        records=records[filled].reset_index(drop=True),
        lines=np.arange(2, len(sheet.rows) + 1)[filled],
        place="rij",
        faults=tuple(formula_faults(sheet, source.name)),
        notes=(*sheet_notes(sheet, source.workbook), *blank_rows_note(int((~filled).sum()))),
    )


def _first(header: tuple[str, ...], records: pd.DataFrame) -> Rows:
    return [header, *(tuple(row) for row in records.iloc[:_BELOW].itertuples(index=False, name=None))]


def _first_of(sheet: Sheet) -> Rows:
    return [sheet.rows[0], *islice(filter(any, sheet.rows[1:]), _BELOW)]
