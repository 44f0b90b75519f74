"""Workbooks as text: values as a survey tool wrote them, formulas and moments told apart, nothing that fills a memory."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl

from srsmeting.intake.files.source import Source
from srsmeting.intake.files.workbook import Sheet


def sheet(rows: list[list[object]]) -> Sheet:
    book = openpyxl.Workbook()
    active = book.active
    assert active is not None
    for row in rows:
        active.append(row)
    target = io.BytesIO()
    book.save(target)
    (found,) = Source(Path("export.xlsx"), target.getvalue()).workbook
    return found


def test_values_are_text_as_they_would_stand_in_a_csv() -> None:
    found = sheet([["id", "a", "b"], [1, 1.0, 12.5], [88, True, None], ["01234567", "N/A", " x "]])
    assert found.rows == (("id", "a", "b"), ("1", "1", "12.5"), ("88", "TRUE", ""), ("01234567", "N/A", " x "))


def test_t51_moments_are_told_apart() -> None:
    found = sheet([["a"], [dt.datetime(2022, 2, 1)], [dt.date(2022, 2, 1)], ["1-2"]])
    assert found.rows == (("a",), ("2022-02-01 00:00:00",), ("2022-02-01 00:00:00",), ("1-2",))
    assert found.moments == {(1, 0), (2, 0)}


def test_t59_a_formula_is_told_and_is_its_own_text_where_it_shows_nothing() -> None:
    found = sheet([["a", "b"], ["=1+1", "x"], ["", "=HYPERLINK(1)"]])
    assert found.rows == (("a", "b"), ("=1+1", "x"), ("", "=HYPERLINK(1)"))
    assert found.formulas == {(1, 0): "=1+1", (2, 1): "=HYPERLINK(1)"}


def test_rows_keep_their_numbers_and_empty_ones_at_the_end_go() -> None:
    assert sheet([["a"], [None], ["x"], [None, None]]).rows == (("a",), ("",), ("x",))


def test_another_archive_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as new:
        new.writestr("a.txt", "x")
    source = Source(path, path.read_bytes())
    assert (source.workbook, source.damage) == ((), None)
    assert source.archive is not None
    assert source.archive.names == ("a.txt",)


def test_a_workbook_that_claims_to_be_one_and_is_not_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as new:
        new.writestr("xl/workbook.xml", "<workbook>")
    source = Source(path, path.read_bytes())
    assert source.workbook == ()
    assert str(source.damage) == "x.xlsx: is a damaged workbook: it cannot be read. Export again, or export as CSV."


def test_workbooks_of_the_tests_carry_no_clock(tmp_path: Path) -> None:
    def written(year: int) -> bytes:
        book = openpyxl.Workbook()
        book.properties.created = dt.datetime(year, 1, 1)
        book.save(tmp_path / "a.xlsx")
        return (tmp_path / "a.xlsx").read_bytes()

    assert written(2020) == written(2021)
