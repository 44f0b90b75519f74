"""A workbook as text: every cell as a survey tool wrote it, formulas and moments told apart, nothing calculated."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from srsmeting.errors import Fault, IntakeError
from srsmeting.workbooks import open_workbook

_MOST_CELLS = 50_000_000
_MOST_COLUMNS = 20_000
_ATTRIBUTE = re.compile(rb"""\b(\w+)=["']([\w.]*)["']""")

#: Row and column of a cell, counted from 0.
Place = tuple[int, int]


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook.

    Parameters
    ----------
    title
        Its name.
    rows
        Its rows down to the last that is filled, all of one width; an empty cell is ``""``. The first is row 1 in a
        spreadsheet program.
    formulas
        Cells that hold a formula, with its ``=``. It is not calculated: in `rows` stands what the workbook shows there,
        and the formula itself where it shows nothing or an error.
    moments
        Cells that the workbook holds as a date or time; in `rows` as ``2021-11-22 09:00:00``.
    hidden
        Whether a spreadsheet program does not show it.
    hidden_rows, hidden_columns
        Rows and columns that it does not show, because someone hid them or filtered them away; counted from 0.
    """

    title: str
    rows: tuple[tuple[str, ...], ...]
    formulas: Mapping[Place, str]
    moments: frozenset[Place]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def read_workbook(raw: bytes, name: str) -> tuple[Sheet, ...]:
    """Read the sheets of an ``.xlsx`` workbook of which :class:`Archive` has looked at the size.

    Raises
    ------
    IntakeError
        When it is damaged or larger than an export.
    """
    try:
        with warnings.catch_warnings():
            # What is said of styles and extensions says nothing of cells.
            warnings.simplefilter("ignore")
            with closing(open_workbook(raw)) as book:
                sheets = tuple(_sheet(sheet, name) for sheet in book.worksheets)
            if not any(sheet.formulas for sheet in sheets):
                return sheets
            # What a formula gave is only to be had of a book that is opened without its formulas.
            with closing(open_workbook(raw, values=True)) as book:
                return tuple(_with_values(sheet, shown) for sheet, shown in zip(sheets, book.worksheets, strict=True))
    except IntakeError:
        raise
    except Exception as problem:  # openpyxl lets through whatever a damaged file makes of it
        message = "is a damaged workbook: it cannot be read. Export again, or export as CSV."
        raise IntakeError(faults=[Fault(name, message, value=type(problem).__name__, rule="workbook")]) from None


def _sheet(sheet: Any, name: str) -> Sheet:
    # The size that a workbook writes of itself need not be true.
    sheet.reset_dimensions()
    rows: list[tuple[str, ...]] = []
    formulas: dict[Place, str] = {}
    moments: set[Place] = set()
    cells = 0
    for number, row in enumerate(sheet.iter_rows()):
        texts = list(_texts(number, row, formulas, moments))
        while texts and texts[-1] == "":
            texts.pop()
        cells += len(texts) + 1
        if cells > _MOST_CELLS or len(texts) > _MOST_COLUMNS:
            message = f"sheet {sheet.title!r} has more cells than an export has. Export as CSV."
            raise IntakeError(faults=[Fault(name, message, number + 1, rule="workbook_size")])
        rows.append(tuple(texts))
    while rows and not rows[-1]:
        rows.pop()
    width = max(map(len, rows), default=0)
    if width * len(rows) > _MOST_CELLS:
        message = f"sheet {sheet.title!r} has more cells than an export has. Export as CSV."
        raise IntakeError(faults=[Fault(name, message, rule="workbook_size")])
    padded = tuple(row + ("",) * (width - len(row)) for row in rows)
    hidden = sheet.sheet_state != "visible"
    return Sheet(str(sheet.title), padded, formulas, frozenset(moments), hidden, *_hidden(sheet, len(padded), width))


def _with_values(sheet: Sheet, source: Any) -> Sheet:
    """Return a sheet with what its formulas show."""
    if not sheet.formulas:
        return sheet
    source.reset_dimensions()
    rows = list(sheet.rows)
    wanted = {row for row, _ in sheet.formulas}
    for number, cells in enumerate(source.iter_rows()):
        if number not in wanted:
            continue
        texts = list(rows[number])
        for position, cell in enumerate(cells):
            # A text that is empty is shown, and another value that is None was never calculated.
            known = cell.value is not None or cell.data_type == "str"
            if (number, position) in sheet.formulas and known and cell.data_type != "e":
                texts[position] = cell_text(cell.value)
        rows[number] = tuple(texts)
    return replace(sheet, rows=tuple(rows))


def _hidden(sheet: Any, height: int, width: int) -> tuple[frozenset[int], frozenset[int]]:
    """Return the rows and columns that are not shown; openpyxl keeps them from those who only read."""
    with sheet.parent._archive.open(sheet._worksheet_path) as file:
        raw = file.read()
    if b"hidden" not in raw:
        return frozenset(), frozenset()
    rows = {int(row["r"]) - 1 for row in _attributes(raw, b"row") if row.get("r", "").isdecimal()}
    columns: set[int] = set()
    for column in _attributes(raw, b"col"):
        first, last = column.get("min", ""), column.get("max", "")
        if first.isdecimal() and last.isdecimal():
            columns.update(range(int(first) - 1, min(int(last), width)))
    return frozenset(row for row in rows if row < height), frozenset(columns)


def _attributes(raw: bytes, tag: bytes) -> Iterator[dict[str, str]]:
    for found in re.finditer(rb"<(?:\w+:)?" + tag + rb"\b([^>]*)>", raw):
        attributes = {key.decode(): value.decode() for key, value in _ATTRIBUTE.findall(found[1])}
        if attributes.get("hidden") in ("1", "true"):
            yield attributes


def _texts(number: int, row: Iterable[Any], formulas: dict[Place, str], moments: set[Place]) -> Iterator[str]:
    for position, cell in enumerate(row):
        value = cell.value
        # A value that is an error is what a formula gave, too.
        if cell.data_type in ("f", "e") and value is not None:
            formulas[number, position] = str(getattr(value, "text", value))
            yield formulas[number, position]
            continue
        if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
            moments.add((number, position))
        yield cell_text(value)


def cell_text(value: object) -> str:
    """Return the value of a cell as it would stand in a CSV.

    Examples
    --------
    >>> cell_text(1.0), cell_text(12.5), cell_text(True), cell_text(None)
    ('1', '12.5', 'TRUE', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        # A workbook has one kind of number; 1.0 in it is the code 1.
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)
