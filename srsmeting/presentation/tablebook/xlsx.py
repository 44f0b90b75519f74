"""A table book as an Excel workbook: tables are marked as such, nothing is hidden, the same book is the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Any, Final
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.utility import quote_sheetname, xl_range, xl_range_abs

from srsmeting.errors import ReportError
from srsmeting.presentation.tablebook import layout
from srsmeting.presentation.tablebook.model import Book, Cell, Sheet, Table

#: When files in a zip archive are from, at the earliest: a table book does not know what day it is.
_EPOCH: Final = datetime(1980, 1, 1, tzinfo=UTC)
_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def to_xlsx(book: Book) -> bytes:
    """Return a table book as the content of an .xlsx file.

    Texts are texts, also those that look like a formula, a number or an address.
    """
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "default_format_properties": {"font_name": layout.FONT, "font_size": layout.SIZE, "font_color": layout.INK},
    }
    workbook = xlsxwriter.Workbook(target, options)
    workbook.set_properties(
        {"title": book.title, "subject": book.subject, "comments": book.description, "created": _EPOCH}
    )
    looks = _Looks(workbook)
    pages = [workbook.add_worksheet(sheet.name) for sheet in book.sheets]
    for page, sheet in zip(pages, book.sheets, strict=True):
        _write(page, sheet, looks)
        if parts := layout.printed(sheet):
            # The library knows print areas of one part only; the name is what a file calls such an area.
            name = quote_sheetname(sheet.name)
            areas = ",".join(f"{name}!{xl_range_abs(*part)}" for part in parts)
            workbook.define_name(f"{name}!_xlnm.Print_Area", f"={areas}")
    workbook.close()
    return _with_language(target.getvalue(), book.language)


class _Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[Any, ...], Any] = {}

    def of(
        self,
        cell: Cell,
        *,
        begins: bool = False,
        ruled: bool = False,
        shade: int = 0,
        wrap: bool = True,
        right: bool = False,
    ) -> Any:
        """Return the format of a cell: at the start of a block of columns or rows it has a line."""
        key = (cell.kind, cell.mark, bool(cell.link), cell.strong, begins, ruled, shade, wrap, right)
        if key not in self._made:
            self._made[key] = self._workbook.add_format(_properties(cell, begins, ruled, shade, wrap, right))
        return self._made[key]


def _properties(cell: Cell, begins: bool, ruled: bool, shade: int, wrap: bool, right: bool) -> dict[str, Any]:
    found: dict[str, Any] = {"font_name": layout.FONT, "font_size": layout.SIZE, "font_color": layout.INK}
    if cell.kind == "title":
        return found | {"bold": True, "font_size": layout.TITLE_SIZE}
    if begins:
        found |= {"left": 1, "left_color": layout.RULE}
    if ruled:
        found |= {"top": 1, "top_color": layout.RULE}
    if cell.strong:
        found |= {"bold": True}
    if cell.link:
        found |= {"font_color": layout.LINK, "underline": 1}
    if cell.kind == "band":
        return found | {"bold": True, "bg_color": layout.HEADER[shade], "top": 1, "top_color": layout.RULE}
    if cell.kind == "header":
        found |= {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1, "bottom_color": layout.RULE}
        return found | {"align": "right" if right else "left"} | {"bg_color": layout.HEADER[shade]}
    if cell.kind == "sign":
        return found | {"align": "right", "valign": "top", "indent": 1}
    if cell.is_number:
        shown = layout.FORMATS[cell.kind]
        # A number without a sign keeps the room of one, so that numbers stand under each other.
        room = f'" {cell.mark}"' if cell.mark else "_ _u" if cell.kind in layout.MARKED else ""
        sections = ";".join(f"{section}{room}" for section in shown.split(";"))
        return found | {"num_format": sections, "valign": "top", "align": "right"}
    return found | {"valign": "top", "text_wrap": wrap}


def _write(page: Any, sheet: Sheet, looks: _Looks) -> None:
    page.write_string(0, 0, sheet.title, looks.of(Cell(sheet.title, "title")))
    page.set_row(0, layout.TITLE_SIZE * 1.6)
    for at, line in enumerate(sheet.lines, start=1):
        _put(page, at, 0, line, looks.of(line, wrap=sheet.table is None))
        if sheet.table is None:
            page.set_row(at, layout.height([(str(line.value), layout.PROSE)]))
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.set_footer("&L&8&A&R&8Pagina &P van &N")
    wide = layout.paper(sheet) == layout.WIDE
    if wide:
        page.fit_to_pages(1, 0)
    if sheet.table is None:
        page.set_column(0, 0, layout.PROSE)
        return
    table = sheet.table
    banded = layout.is_banner(table)
    top = len(sheet.lines) + 1 + banded
    _write_table(page, table, top, looks)
    frozen = table.frozen or table.stubs
    page.freeze_panes(top + 1, frozen)
    if not table.filtered:
        page.repeat_rows(top - banded, top)
    if not wide:
        page.repeat_columns(0, frozen - 1)
        page.set_print_scale(layout.print_scale(table))
    page.ignore_errors({"number_stored_as_text": xl_range(top, 0, top + len(table.rows), len(table.columns) - 1)})


def _write_table(page: Any, table: Table, top: int, looks: _Looks) -> None:
    shades, numeric, columns = layout.shades(table), layout.numeric(table), table.columns
    for at, column in enumerate(columns):
        page.set_column(at, at, column.width)
    options = {
        "name": table.name,
        "description": table.description,
        "style": None,
        "autofilter": table.filtered,
        "first_column": True,
        "columns": [{"header": _ESCAPED.sub("_x005F_", column.header)} for column in columns],
    }
    if page.add_table(top, 0, top + max(len(table.rows), 1), len(columns) - 1, options) != 0:
        size = f"{len(table.rows)} rows and {len(columns)} columns"
        raise ReportError(f"table {table.name!r}: has {size}, which do not fit on a sheet. Write a .csv instead.")
    if layout.is_banner(table):
        for at, (column, name) in enumerate(zip(columns, layout.bands(table), strict=True)):
            # A band runs on over the columns of its block: their cells are empty, and none are merged.
            band = Cell(name, "band")
            _put(page, top - 1, at, band, looks.of(band, begins=column.begins, shade=shades[at]))
    page.set_row(top, layout.height((column.header, column.width - 1) for column in columns))
    for at, column in enumerate(columns):
        header = Cell(column.header, "header")
        _put(page, top, at, header, looks.of(header, begins=column.begins, shade=shades[at], right=numeric[at]))
    for number, row in enumerate(table.rows):
        ruled = number in table.rules
        for at, cell in enumerate(row):
            if cell.value != "":
                look = looks.of(cell, begins=columns[at].begins, ruled=ruled, wrap=not table.filtered)
                _put(page, top + 1 + number, at, cell, look)
        if not table.filtered:
            page.set_row(top + 1 + number, layout.row_height(row, columns))


def _put(page: Any, row: int, column: int, cell: Cell, look: Any) -> None:
    if cell.value == "":
        page.write_blank(row, column, None, look)
    elif cell.link:
        page.write_url(row, column, f"internal:'{cell.link}'!A1", look, str(cell.value))
    elif cell.is_number:
        page.write_number(row, column, cell.value, look)
    else:
        page.write_string(row, column, str(cell.value), look)


def _with_language(content: bytes, language: str) -> bytes:
    """Put the language of the document into its properties, and take out days on which nothing happened."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "docProps/core.xml":
                text = re.sub(r"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>", "", data.decode())
                told = f"<dc:language>{escape(language)}</dc:language>"
                data = text.replace("</cp:coreProperties>", f"{told}</cp:coreProperties>").encode()
            fresh = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            fresh.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fresh, data)
    return result.getvalue()
