"""The workbook as another program reads it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest

from srsmeting.presentation.tablebook.model import Book, Cell, Column, Sheet, Table
from srsmeting.presentation.tablebook.xlsx import to_xlsx


@pytest.fixture(scope="module")
def content(book: Book) -> bytes:
    return to_xlsx(book)


@pytest.fixture(scope="module")
def workbook(content: bytes) -> Iterator[Any]:
    read = openpyxl.load_workbook(io.BytesIO(content))
    yield read
    read.close()


def _parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def test_the_same_book_is_the_same_bytes(book: Book, content: bytes) -> None:
    assert to_xlsx(book) == content


def test_every_sheet_has_its_title_first_and_a_table_that_is_marked_as_one(book: Book, workbook: Any) -> None:
    assert workbook.sheetnames == [sheet.name for sheet in book.sheets]
    for sheet in book.sheets:
        page = workbook[sheet.name]
        assert page["A1"].value == sheet.title
        assert not page.merged_cells.ranges
        if sheet.table is None:
            assert not page.tables
            continue
        (table,) = page.tables.values()
        assert table.name == sheet.table.name
        heads, *body = page[table.ref]
        # The table says the same of its columns as its cells do, or a program will not open the file.
        assert [cell.value for cell in heads] == [column.header for column in sheet.table.columns]
        assert [column.name for column in table.tableColumns] == [column.header for column in sheet.table.columns]
        assert len(body) == len(sheet.table.rows)
        frozen = page[page.freeze_panes]
        assert (frozen.row, frozen.column) == (heads[0].row + 1, (sheet.table.frozen or sheet.table.stubs) + 1)
        heading = (f"${heads[0].row}:${heads[0].row}", f"${heads[0].row - 1}:${heads[0].row}")
        assert page.print_title_rows in ((None,) if sheet.table.filtered else heading)
        assert page.page_setup.orientation == "landscape"


def test_numbers_are_numbers_with_a_format_and_the_sign_is_in_it(workbook: Any) -> None:
    page = workbook["02 Bekendheid met het onderzoek"]
    shown = {
        (row[0].value, row[1].value): [(cell.value, cell.number_format) for cell in row[2:5]]
        for row in page.iter_rows(min_row=8)
    }
    assert shown["Bekend met de inhoud", "Percentage"] == [(0.57, "0%_ _u"), ("x", "General"), (0.6, '0%" u"')]
    assert shown["Alle antwoorden", "Basis (ongewogen)"] == [
        (200, "[$-413]#,##0_ _u"),
        ("x", "General"),
        (20, "[$-413]#,##0_ _u"),
    ]
    marks = workbook["01 Rapportcijfer voor de WGO"]
    assert [cell.number_format for cell in marks["C"]][-3:] == ["[$-413]0.0_ _u"] * 3
    tests = workbook["Toetsen"]
    assert [cell.number_format for cell in tests[5]][-2:] == ['[<0.0005]"<0,001";[$-413]0.000', "[$-413]0.00"]


def test_a_sign_stands_behind_a_number_whatever_its_own_sign_and_nothing_is_minus_zero() -> None:
    cells = (Cell(2.0, "points", "b"), Cell(-2.0, "points"), Cell(-0.3, "points_none"), Cell(0.2, "points_none", "b"))
    columns = tuple(Column(f"k{at}", 8) for at in range(4))
    sheet = Sheet("Blad", "Titel", (), Table("Tabel_1", "", columns, (cells,)))
    read = openpyxl.load_workbook(io.BytesIO(to_xlsx(Book("", "", "", (sheet,)))))
    shown = [(cell.value, cell.number_format) for cell in read["Blad"][3]]
    read.close()
    assert shown == [
        (2, '+0" b";-0" b";0" b"'),
        (-2, "+0;-0;0"),
        (-0.3, "0;0;0"),
        (0.2, '0" b";0" b";0" b"'),
    ]


def test_only_the_first_page_side_by_side_has_the_lines_and_a_table_for_programs_is_not_printed() -> None:
    # 140 characters fit at full size, and 200 at the smallest: a block of 8 columns of 31 is cut in two.
    columns = (Column("Antwoord", 20), *(Column(f"k{at}", 30, at == 0, "Groep" if at == 0 else "") for at in range(8)))
    row = tuple(Cell("x", "sign") for _ in columns)
    lines = (Cell("een regel", "line"), Cell("nog een regel", "line"))
    blocks = Sheet("Blad 1", "Titel", lines, Table("Tabel_1", "", columns, (row, row)))
    long = Sheet("Blad 2", "Titel", lines, Table("Tabel_2", "", columns, (row,), filtered=True))
    plain = Sheet("Blad 3", "Titel", lines, Table("Tabel_3", "", (Column("a", 9),), ((Cell("x"),),)))
    read = openpyxl.load_workbook(io.BytesIO(to_xlsx(Book("", "", "", (blocks, long, plain)))))
    areas = [page.print_area for page in read]
    read.close()
    assert areas == ["'Blad 1'!$A$1:$E$7,'Blad 1'!$F$4:$I$7", "'Blad 2'!$A$1:$E$3", ""]


def test_links_lead_to_sheets_that_there_are(workbook: Any) -> None:
    places = [
        link.location for page in workbook for row in page.iter_rows() for cell in row if (link := cell.hyperlink)
    ]
    assert len(places) == 2 + 7 + 7
    for place in places:
        name = re.fullmatch(r"'?(.+?)'?!A1", place)
        assert name is not None
        assert name[1] in workbook.sheetnames


def test_nothing_is_hidden_and_nothing_is_computed(content: bytes) -> None:
    parts = _parts(content)
    whole = "".join(parts.values())
    for trace in ("hidden=", 'state="hidden"', "<f>", "<comment", "externalLink", "veryHidden", "<dataValidation"):
        assert trace not in whole
    assert not [name for name in parts if re.search("comment|external|custom|calcChain|drawing|vml", name)]


def test_the_properties_name_title_and_language_and_no_day_or_person(content: bytes) -> None:
    core = _parts(content)["docProps/core.xml"]
    assert re.findall(r"<(dc\w*:\w+|cp:\w+)>([^<]*)<", core) == [
        ("dc:title", "Tabellenboek Een verzonnen meting"),
        ("dc:subject", "Een verzonnen meting"),
        ("dc:creator", ""),
        ("dc:description", "Enquête X De antwoorden zijn verzonnen."),
        ("cp:lastModifiedBy", ""),
        ("dc:language", "nl-NL"),
    ]
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_texts_are_texts_whatever_they_look_like(hostile: tuple[Book, tuple[str, ...]]) -> None:
    book, texts = hostile
    parts = _parts(to_xlsx(book))
    assert "<f>" not in "".join(parts.values())
    read = openpyxl.load_workbook(io.BytesIO(to_xlsx(book)))
    page = read["01 =1+1 & zo"]
    lines = [page.cell(row, 1) for row in range(1, 2 + len(texts))]
    cells = [cell for row in page.iter_rows(min_row=2 + len(texts)) for cell in row]
    read.close()
    assert [cell.value for cell in lines] == ["=titel", *texts]
    assert [cell.value for cell in cells][-2 * len(texts) :] == [*texts, *texts]
    assert {cell.data_type for cell in (*lines, *cells) if cell.value is not None} == {"s"}
    assert not [cell for cell in (*lines, *cells) if cell.hyperlink]
