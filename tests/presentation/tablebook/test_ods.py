"""The OpenDocument file as its own standard, and as another program reads it."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import defusedxml.ElementTree as ElementTree
import pytest

from srsmeting.presentation.tablebook.model import Book
from srsmeting.presentation.tablebook.ods import to_ods

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


@pytest.fixture(scope="module")
def content(book: Book) -> bytes:
    return to_ods(book)


def _part(content: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return ElementTree.fromstring(file.read(name))


def _values(table: Any) -> list[list[object]]:
    return [
        [
            float(number) if (number := cell.get(f"{OFFICE}value")) else "\n".join(_text(p) for p in cell)
            for cell in row.iter(f"{TABLE}table-cell")
        ]
        for row in table.iter(f"{TABLE}table-row")
    ]


def _text(paragraph: Any) -> str:
    found = paragraph.text or ""
    for part in paragraph:
        found += {f"{TEXT}s": " ", f"{TEXT}tab": "\t"}.get(part.tag, "") + _text(part) + (part.tail or "")
    return found


def test_the_same_book_is_the_same_bytes(book: Book, content: bytes) -> None:
    assert to_ods(book) == content


def test_the_type_of_the_file_stands_first_and_unpacked(content: bytes) -> None:
    assert content[30:84] == b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = set(file.namelist()) - {"mimetype", "META-INF/manifest.xml"}
    space = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
    told = {entry.get(f"{space}full-path") for entry in _part(content, "META-INF/manifest.xml")}
    assert told == names | {"/"}


def test_it_holds_the_same_cells_as_the_book(book: Book, content: bytes) -> None:
    tables = list(_part(content, "content.xml").iter(f"{TABLE}table"))
    assert [table.get(f"{TABLE}name") for table in tables] == [sheet.name for sheet in book.sheets]
    for sheet, table in zip(book.sheets, tables, strict=True):
        rows = _values(table)
        assert [row[0] for row in rows[: 1 + len(sheet.lines)]] == [sheet.title, *(line.value for line in sheet.lines)]
        if sheet.table is not None:
            body = [[cell.value for cell in row] for row in sheet.table.rows]
            assert rows[-len(body) :] == body
            assert rows[-len(body) - 1] == [column.header for column in sheet.table.columns]


def test_headers_of_rows_and_columns_are_marked_and_stay_in_sight(content: bytes) -> None:
    (table,) = [
        table
        for table in _part(content, "content.xml").iter(f"{TABLE}table")
        if table.get(f"{TABLE}name") == "02 Bekendheid met het onderzoek"
    ]
    assert len(table.find(f"{TABLE}table-header-columns")) == 3
    rows = table.find(f"{TABLE}table-header-rows")
    assert [[_text(p) for cell in row for p in cell] for row in rows] == [
        ["WGO", "Branche (samengevoegd)"],
        ["Antwoord", "Gegeven", "Totaal", "Noord", "Zuid", "Zorg (A)", "Jeugdzorg (B)"],
    ]
    settings = ElementTree.tostring(_part(content, "settings.xml"), encoding="unicode")
    assert settings.count("VerticalSplitPosition") == 8


def test_styles_that_cells_name_exist(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        told = file.read("content.xml").decode()
        pages = file.read("styles.xml").decode()
    used = set(re.findall(r' table:style-name="([^"]+)"| style:data-style-name="([^"]+)"', told))
    made = set(re.findall(r'style:name="([^"]+)"', told))
    assert {name for pair in used for name in pair if name} <= made
    assert set(re.findall(r'style:master-page-name="([^"]+)"', told)) <= set(re.findall(r'style:name="([^"]+)"', pages))


def test_the_properties_name_title_and_language_and_no_day_or_person(content: bytes) -> None:
    meta = _part(content, "meta.xml")
    told = [(element.tag.rpartition("}")[2], element.text) for element in meta[0]]
    assert told == [
        ("title", "Tabellenboek Een verzonnen meting"),
        ("subject", "Een verzonnen meting"),
        ("description", "Enquête X De antwoorden zijn verzonnen."),
        ("language", "nl-NL"),
    ]


def test_texts_are_texts_whatever_they_look_like(hostile: tuple[Book, tuple[str, ...]]) -> None:
    book, texts = hostile
    content = to_ods(book)
    (table,) = _part(content, "content.xml").iter(f"{TABLE}table")
    assert not [cell for cell in table.iter(f"{TABLE}table-cell") if cell.get(f"{TABLE}formula")]
    assert {cell.get(f"{OFFICE}value-type") for cell in table.iter(f"{TABLE}table-cell") if len(cell)} == {"string"}
    rows = _values(table)
    assert [row[0] for row in rows[: 1 + len(texts)]] == ["=titel", *texts]
    assert rows[-2:] == [list(texts), list(texts)]
