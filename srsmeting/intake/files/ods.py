"""OpenDocument spreadsheets (``.ods``): the sheets as text, read no further than there are cells."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from srsmeting.errors import Fault, IntakeError
from srsmeting.intake.files.archive import Archive
from srsmeting.intake.files.workbook import Place, Sheet, cell_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
#: Empty rows and columns are written as one that is repeated; filled ones as often as they are.
_MOST_CELLS = 20_000_000
_MOST_COLUMNS = 20_000


def is_ods(archive: Archive) -> bool:
    """Say whether an archive is a spreadsheet of OpenDocument."""
    found = {"mimetype", "content.xml"} <= set(archive.names)
    return found and archive.read("mimetype").strip().startswith(_MIMETYPE)


def read_ods(archive: Archive, name: str) -> tuple[Sheet, ...]:
    """Read the sheets of a spreadsheet.

    Raises
    ------
    IntakeError
        It is damaged, or larger than an export.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(archive.read("content.xml"))
    except (ParseError, DefusedXmlException, ValueError, RecursionError):
        message = "is a damaged spreadsheet: its content cannot be read. Save it again."
        raise IntakeError(faults=[Fault(name, message, rule="workbook")]) from None
    hidden = {
        style.get(f"{_STYLE}name", "")
        for style in root.iter(f"{_STYLE}style")
        if any(part.get(f"{_TABLE}display") == "false" for part in style)
    }
    return tuple(_sheet(table, name, hidden) for table in root.iter(f"{_TABLE}table"))


def _sheet(table: Element, name: str, hidden: Collection[str]) -> Sheet:
    title = table.get(f"{_TABLE}name", "")
    not_shown: set[int] = set()
    rows: list[tuple[str, ...]] = []
    formulas: dict[Place, str] = {}
    moments: set[Place] = set()
    cells = empty = 0
    for row in table.iter(f"{_TABLE}table-row"):
        texts: list[str] = []
        spaces = 0
        found: list[tuple[int, str, bool]] = []
        for cell in row:
            if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                continue
            times = _times(cell, f"{_TABLE}number-columns-repeated")
            text, formula, moment = _cell(cell)
            if not text:
                spaces += times
                continue
            if len(texts) + spaces + times > _MOST_COLUMNS:
                raise _too_large(name, title)
            texts += [""] * spaces
            found += [(len(texts) + n, formula, moment) for n in range(times)]
            texts += [text] * times
            spaces = 0
        times = _times(row, f"{_TABLE}number-rows-repeated")
        if not texts:
            empty += times
            continue
        cells += (len(texts) + 1) * times + empty
        if cells > _MOST_CELLS:
            raise _too_large(name, title)
        rows += [()] * empty
        empty = 0
        if _is_hidden(row):
            not_shown.update(range(len(rows), len(rows) + times))
        for _ in range(times):
            formulas |= {(len(rows), column): formula for column, formula, _ in found if formula}
            moments |= {(len(rows), column) for column, _, moment in found if moment}
            rows.append(tuple(texts))
    width = max(map(len, rows), default=0)
    if width * len(rows) > _MOST_CELLS:
        raise _too_large(name, title)
    padded = tuple(row + ("",) * (width - len(row)) for row in rows)
    is_hidden = table.get(f"{_TABLE}style-name", "") in hidden
    columns = frozenset(_hidden_columns(table, width))
    return Sheet(title, padded, formulas, frozenset(moments), is_hidden, frozenset(not_shown), columns)


def _hidden_columns(table: Element, width: int) -> Iterator[int]:
    first = 0
    for column in table.iter(f"{_TABLE}table-column"):
        last = min(first + _times(column, f"{_TABLE}number-columns-repeated"), width)
        if _is_hidden(column):
            yield from range(first, last)
        first = last


def _is_hidden(element: Element) -> bool:
    return element.get(f"{_TABLE}visibility", "visible") != "visible"


def _cell(cell: Element) -> tuple[str, str, bool]:
    """Return text and formula of a cell, and whether it holds a moment."""
    kind = cell.get(f"{_OFFICE}value-type", "")
    formula = cell.get(f"{_TABLE}formula", "").removeprefix("of:")
    if formula and (not kind or cell.get(f"{_CALC}value-type") == "error"):
        return formula, formula, False
    if kind == "date":
        moment = cell.get(f"{_OFFICE}date-value", "").replace("T", " ")
        return (moment if " " in moment else f"{moment} 00:00:00"), formula, True
    if kind in ("float", "percentage", "currency"):
        value = cell.get(f"{_OFFICE}value", "")
        try:
            return cell_text(float(value)), formula, False
        except (ValueError, OverflowError):
            return value, formula, False
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value", "").upper(), formula, False
    return "\n".join(_paragraphs(cell)), formula, kind == "time"


def _paragraphs(cell: Element) -> Iterator[str]:
    for paragraph in cell.findall(f"{_TEXT}p"):
        yield "".join(_pieces(paragraph))


def _pieces(element: Any) -> Iterator[str]:
    yield element.text or ""
    for part in element:
        if part.tag == f"{_TEXT}s":
            yield " " * min(int(part.get(f"{_TEXT}c", "1") or 1), 1000)
        elif part.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            yield "\t" if part.tag.endswith("tab") else "\n"
        elif part.tag != f"{_OFFICE}annotation":
            yield from _pieces(part)
        yield part.tail or ""


def _times(element: Element, key: str) -> int:
    try:
        return max(int(element.get(key, "1")), 1)
    except ValueError:
        return 1


def _too_large(name: str, title: str) -> IntakeError:
    message = f"sheet {title!r} has more cells than an export has. Export as CSV."
    return IntakeError(faults=[Fault(name, message, rule="workbook_size")])
