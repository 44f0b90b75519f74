"""A table book as an OpenDocument spreadsheet: the open format that Dutch government asks for.

The file is written as text. The libraries that write this format build a tree of objects: a book of a hundred and fifty
thousand cells takes them half a minute or more, and this a second.
"""

from __future__ import annotations

import io
import zipfile
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from srsmeting.presentation.tablebook import layout
from srsmeting.presentation.tablebook.model import Book, Cell, Sheet, Table
from srsmeting.presentation.tablebook.ods_styles import Styles, style_sheet

_TYPE: Final = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES: Final = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
        "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
        "xlink": "http://www.w3.org/1999/xlink",
    }.items()
)
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


def to_ods(book: Book) -> bytes:
    """Return a table book as the content of an .ods file: the same sheets and cells as the workbook."""
    styles = Styles()
    tables = "".join(_sheet(sheet, styles) for sheet in book.sheets)
    ranges = "".join(_range(sheet) for sheet in book.sheets if sheet.table is not None)
    content = (
        f'{_HEAD}<office:document-content {_SPACES} office:version="1.3">'
        f"<office:automatic-styles>{styles.xml()}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}<table:database-ranges>{ranges}</table:database-ranges>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    language, _, country = book.language.partition("-")
    parts = {
        "content.xml": content,
        "styles.xml": _HEAD + style_sheet(_SPACES, language, country, {layout.paper(s) for s in book.sheets}),
        "meta.xml": _meta(book),
        "settings.xml": _settings(book),
        "META-INF/manifest.xml": _manifest(),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        # The type of the file comes first and is not packed, so that it can be told from its first bytes.
        for name, text in {"mimetype": _TYPE, **parts}.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            file.writestr(entry, text.encode())
    return target.getvalue()


def _sheet(sheet: Sheet, styles: Styles) -> str:
    table = sheet.table
    name = quoteattr(sheet.name)
    paper = styles.sheet(layout.paper(sheet))
    areas = " ".join(
        f"'{sheet.name}'.{_letters(left)}{top + 1}:'{sheet.name}'.{_letters(right)}{bottom + 1}"
        for top, left, bottom, right in layout.printed(sheet)
    )
    ranges = f" table:print-ranges={quoteattr(areas)}" if areas else ""
    parts = [f"<table:table table:name={name} table:style-name={quoteattr(paper)}{ranges}>"]
    if table is None:
        parts.append(f'<table:table-column table:style-name="{styles.column(layout.PROSE)}"/>')
    else:
        parts.append(f"<table:title>{escape(sheet.title)}</table:title>")
        parts.append(f"<table:desc>{escape(table.description)}</table:desc>")
        parts += _columns(table, styles)
    parts.append(_row([_cell(Cell(sheet.title, "title"), styles)], styles.row(layout.TITLE_SIZE * 1.6)))
    for line in sheet.lines:
        prose = table is None
        tall = layout.height([(str(line.value), layout.PROSE)]) if prose else layout.LINE + 2
        parts.append(_row([_cell(line, styles, wrap=prose)], styles.row(tall)))
    if table is not None:
        parts += _rows(table, styles)
    parts.append("</table:table>")
    return "".join(parts)


def _columns(table: Table, styles: Styles) -> list[str]:
    told = [f'<table:table-column table:style-name="{styles.column(column.width)}"/>' for column in table.columns]
    # Columns that head the rows: they are read and printed with each of the others.
    heads = table.frozen or table.stubs
    return ["<table:table-header-columns>", *told[:heads], "</table:table-header-columns>", *told[heads:]]


def _rows(table: Table, styles: Styles) -> list[str]:
    columns, shades, numeric = table.columns, layout.shades(table), layout.numeric(table)
    parts = ["<table:table-header-rows>"]
    if layout.is_banner(table):
        bands = [
            _cell(Cell(name, "band"), styles, begins=columns[at].begins, shade=shades[at])
            for at, name in enumerate(layout.bands(table))
        ]
        parts.append(_row(bands, styles.row(layout.LINE + 2)))
    heads = [
        _cell(Cell(column.header, "header"), styles, begins=column.begins, shade=shades[at], right=numeric[at])
        for at, column in enumerate(columns)
    ]
    tall = layout.height((column.header, column.width - 1) for column in columns)
    parts += [_row(heads, styles.row(tall)), "</table:table-header-rows>"]
    plain = styles.row(layout.LINE + 2)
    for number, row in enumerate(table.rows):
        ruled = number in table.rules
        cells = [
            _cell(cell, styles, begins=column.begins, ruled=ruled, wrap=not table.filtered)
            for cell, column in zip(row, columns, strict=True)
        ]
        parts.append(_row(cells, plain if table.filtered else styles.row(layout.row_height(row, columns))))
    return parts


def _row(cells: list[str], style: str) -> str:
    return f'<table:table-row table:style-name="{style}">{"".join(cells)}</table:table-row>'


def _cell(
    cell: Cell,
    styles: Styles,
    *,
    begins: bool = False,
    ruled: bool = False,
    shade: int = 0,
    wrap: bool = True,
    right: bool = False,
) -> str:
    name = styles.cell(cell, begins=begins, ruled=ruled, shade=shade, wrap=wrap, right=right)
    if cell.value == "":
        return f'<table:table-cell table:style-name="{name}"/>'
    if cell.is_number:
        percentage = cell.kind.startswith("percentage")
        kind = "percentage" if percentage else "float"
        # Without the text that is shown: a program makes it of the value and the format, so that they cannot differ.
        return f'<table:table-cell table:style-name="{name}" office:value-type="{kind}" office:value="{cell.value!r}"/>'
    lines = "".join(f"<text:p>{_linked(cell, line)}</text:p>" for line in str(cell.value).split("\n"))
    return f'<table:table-cell table:style-name="{name}" office:value-type="string">{lines}</table:table-cell>'


def _linked(cell: Cell, text: str) -> str:
    told = escape(text)
    # Spaces in a row, at the start or at the end would be lost.
    if "  " in told or told != told.strip():
        told = told.replace(" ", "<text:s/>")
    told = told.replace("\t", "<text:tab/>")
    if not cell.link:
        return told
    address = quoteattr(f"#'{cell.link}'.A1")
    return f'<text:a xlink:type="simple" xlink:href={address}>{told}</text:a>'


def _range(sheet: Sheet) -> str:
    table = sheet.table
    if table is None:
        return ""
    top = len(sheet.lines) + 2 + layout.is_banner(table)
    last = _letters(len(table.columns) - 1)
    place = quoteattr(f"'{sheet.name}'.A{top}:'{sheet.name}'.{last}{top + len(table.rows)}")
    buttons = "true" if table.filtered else "false"
    return (
        f"<table:database-range table:name={quoteattr(table.name)} table:target-range-address={place} "
        f'table:contains-header="true" table:display-filter-buttons="{buttons}"/>'
    )


def _letters(column: int) -> str:
    name, rest = "", column + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        name = chr(ord("A") + last) + name
    return name


def _meta(book: Book) -> str:
    return (
        f'{_HEAD}<office:document-meta {_SPACES} office:version="1.3"><office:meta>'
        f"<dc:title>{escape(book.title)}</dc:title><dc:subject>{escape(book.subject)}</dc:subject>"
        f"<dc:description>{escape(book.description)}</dc:description>"
        f"<dc:language>{escape(book.language)}</dc:language></office:meta></office:document-meta>"
    )


def _settings(book: Book) -> str:
    """Return the settings: on every sheet what heads rows and columns stays in sight."""

    def item(name: str, kind: str, value: object) -> str:
        return f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'

    views = []
    for sheet in book.sheets:
        table = sheet.table
        if table is not None:
            across = table.frozen or table.stubs
            down = len(sheet.lines) + 2 + layout.is_banner(table)
            told = [item("HorizontalSplitMode", "short", 2), item("VerticalSplitMode", "short", 2)]
            told += [item("HorizontalSplitPosition", "int", across), item("VerticalSplitPosition", "int", down)]
            told += [item("PositionRight", "int", across), item("PositionBottom", "int", down)]
            told += [item("ActiveSplitRange", "short", 3)]
            views.append(f"<config:config-item-map-entry config:name={quoteattr(sheet.name)}>{''.join(told)}"
                         "</config:config-item-map-entry>")  # fmt: skip
    tables = f'<config:config-item-map-named config:name="Tables">{"".join(views)}</config:config-item-map-named>'
    first = item("ActiveTable", "string", escape(book.sheets[0].name))
    return (
        f'{_HEAD}<office:document-settings {_SPACES} office:version="1.3"><office:settings>'
        '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">'
        f"<config:config-item-map-entry>{item('ViewId', 'string', 'view1')}{tables}{first}"
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
        "</office:settings></office:document-settings>"
    )


def _manifest() -> str:
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    files = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in ("content.xml", "styles.xml", "meta.xml", "settings.xml")
    )
    return (
        f'{_HEAD}<manifest:manifest xmlns:manifest="{space}" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{_TYPE}"/>'
        f"{files}</manifest:manifest>"
    )
