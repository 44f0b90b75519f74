"""A file as rows of text, whether it is delimited text or a workbook: for tools that write the same rows as both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from srsmeting.errors import Fault, IntakeError
from srsmeting.intake.raw import TEXT, Lines

if TYPE_CHECKING:
    from srsmeting.intake.source import Source
    from srsmeting.intake.workbook import Sheet


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
        Cells of a workbook with a formula: the answer itself is not in them.
    notes
        Sheets that were not read, in Dutch.
    """

    header: tuple[str, ...]
    records: pd.DataFrame
    lines: Lines
    place: Literal["regel", "rij"] = "regel"
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()


def first_rows(source: Source, count: int) -> list[Sequence[str]]:
    r"""Return the first rows of a file, without reading on; none when it is neither a table nor a workbook.

    Examples
    --------
    >>> from pathlib import Path
    >>> from srsmeting.intake.source import Source
    >>> first_rows(Source(Path("export.csv"), b'"id","Q1"\n"1","A1"\n"2","A2"\n'), 2)
    [('id', 'Q1'), ('1', 'A1')]
    """
    if source.table is not None:
        if count == 1:
            return [source.table.header]
        records = source.table.records.iloc[: count - 1]
        return [source.table.header, *(tuple(row) for row in records.itertuples(index=False, name=None))]
    sheet = _sheet(source)
    return [sheet.rows[0], *islice(filter(any, sheet.rows[1:]), count - 1)] if sheet else []


def read_grid(source: Source) -> Grid:
    """Return the rows of a file: of a workbook, those of its first sheet with anything in it.

    Raises
    ------
    IntakeError
        It is neither delimited text nor a workbook.
    """
    if source.table is not None:
        return Grid(source.table.header, source.table.records, source.table.lines)
    sheet = _sheet(source)
    if sheet is None:
        raise source.damage or IntakeError(f"{source.name}: is no delimited text and no workbook.")
    others = [other.title for other in source.workbook if other.rows and other is not sheet]
    columns = zip(*sheet.rows[1:], strict=True) if len(sheet.rows) > 1 else ([] for _ in sheet.rows[0])
    filled = np.array([any(row) for row in sheet.rows[1:]], dtype=np.bool_)
    records = pd.DataFrame({n: pd.array(list(column), dtype=TEXT) for n, column in enumerate(columns)}, copy=False)
    return Grid(
        header=sheet.rows[0],
        records=records[filled].reset_index(drop=True),
        lines=np.arange(2, len(sheet.rows) + 1)[filled],
        place="rij",
        faults=tuple(_formulas(sheet, source.name)),
        notes=tuple(f"Werkblad ‘{title}’ is niet gelezen." for title in others),
    )


def _sheet(source: Source) -> Sheet | None:
    return next((sheet for sheet in source.workbook if sheet.rows), None)


def _formulas(sheet: Sheet, name: str) -> Iterator[Fault]:
    for row, column in sorted(sheet.formulas):
        heading = sheet.rows[0][column] or f"column {column + 1}"
        message = f"{heading!r} holds a formula, of which the text is not in the file. Export as CSV."
        yield Fault(name, message, row + 1, heading, rule="formula")
