"""Workbooks, opened and made in one way: no links followed, no entities; cells that hold text and nothing that runs."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from srsmeting.errors import SrsmetingError

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_PROLOGUE = 1024

#: Height of a line of text, in points; a row is at most 409 high.
_LINE: Final = 15
_MOST_LINES: Final = 27


def open_workbook(raw: bytes, *, values: bool = False, whole: bool = False) -> Any:
    """Open an ``.xlsx`` workbook for reading only; close it after.

    With `values`, a cell with a formula holds what the workbook shows there; else it holds the formula. A `whole` one
    is in memory at once, with its merged cells and comments.

    Raises
    ------
    Exception
        It is damaged: in a dozen ways, in four libraries, without one base of them.
    """
    import openpyxl

    # No program declares entities in a workbook. Where lxml is installed, openpyxl would leave them out silently.
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for name in archive.namelist():
            with archive.open(name) as part:
                if b"<!DOCTYPE" in part.read(_PROLOGUE):
                    raise ValueError(name)
    return openpyxl.load_workbook(io.BytesIO(raw), read_only=not whole, data_only=values, keep_links=False)


def put_text(
    sheet: Worksheet,
    row: int,
    column: int,
    text: str,
    *,
    bold: bool = False,
    wrap: bool = False,
    grey: bool = False,
    locked: bool = True,
) -> Any:
    """Write a text that stays one wherever the workbook goes, and return its cell.

    What is not `locked` is to be filled in, and coloured.
    """
    from openpyxl.styles import Alignment, Font, PatternFill, Protection

    cell: Any = sheet.cell(row, column)
    if text:
        cell.value = text
        # Set by hand: a text that begins as a formula would be taken for one.
        cell.data_type = "s"
        cell.quotePrefix = text.startswith("'")
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=wrap, vertical="top")
    cell.protection = Protection(locked=locked)
    cell.font = Font(name="Calibri", size=11, bold=bold, italic=grey, color="FF595959" if grey else "FF000000")
    if not locked:
        cell.fill = PatternFill("solid", start_color="FFFFF8DC")
    return cell


def finish_sheet(sheet: Worksheet, heads: int = 0) -> None:
    """Protect a sheet, let it print on pages as wide as it is, and make rows as high as their texts.

    `heads` is the row of the headings.
    """
    from openpyxl.worksheet.properties import PageSetupProperties

    # Without a password: it keeps from mistakes, not from intent. Filters and widths can be changed.
    sheet.protection.sheet = True
    sheet.protection.autoFilter = False
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if heads:
        sheet.print_title_rows = f"{heads}:{heads}"
    widths = [sheet.column_dimensions[column_letter(column)].width for column in range(1, sheet.max_column + 1)]
    for number, row in enumerate(sheet.iter_rows(min_row=heads + 1, values_only=True), start=heads + 1):
        # Not every program makes room by itself for a text that runs over more lines.
        lines = max(_lines(text, width) for text, width in zip(row, widths, strict=True))
        if lines > 1:
            sheet.row_dimensions[number].height = _LINE * min(lines, _MOST_LINES)


def save_workbook(book: Any, path: Path) -> None:
    """Write a workbook, for its owner only; the file appears whole or not at all.

    Raises
    ------
    SrsmetingError
        When it cannot be written.
    """
    draft = path.with_name(f".{path.name}.part")
    content, reason = io.BytesIO(), ""
    try:
        book.save(content)
        draft.write_bytes(content.getvalue())
        draft.chmod(0o600)
        draft.replace(path)
    except OSError as problem:
        reason = problem.strerror or str(problem)
    finally:
        draft.unlink(missing_ok=True)
    # Out here the problem is forgotten, and an archive that it left open was closed with what it is in still there.
    if reason:
        raise SrsmetingError(f"{path}: cannot be written: {reason}.")


def column_letter(column: int) -> str:
    """Return what a spreadsheet program calls a column, counted from 1.

    Examples
    --------
    >>> column_letter(4), column_letter(28)
    ('D', 'AB')
    """
    from openpyxl.utils import get_column_letter

    return get_column_letter(column)


def _lines(value: object, width: float) -> int:
    return sum(-(-len(line) // max(int(width), 1)) or 1 for line in str(value or "").split("\n"))
