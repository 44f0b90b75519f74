"""What project leaders do to a workbook, and what is said of it: one message each, with file, sheet and cell."""

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl.comments import Comment

from srsmeting.errors import RoundError
from srsmeting.goals import GoalsMonitor
from srsmeting.rounds import read_round
from srsmeting.rounds.filled import read_filled

RESULTS = "Resultaten"
AGAIN = "Ask for the workbook that `srsmeting round new` made, filled in."
WORDS = "'-', 'n.v.t.', 'nog n.v.t.', 'onbekend'"


def said(monitor: GoalsMonitor, path: Path) -> list[str]:
    before = {file: file.read_bytes() for file in monitor.file.parent.iterdir()}
    with pytest.raises(RoundError) as caught:
        read_round(monitor, [path])
    assert {file: file.read_bytes() for file in monitor.file.parent.iterdir()} == before
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("veel", "'veel' is no count. Write a count (50), a range (50/60), a sum (110 + 88), 'circa 90', '-' (none), 'n.v.t.', "
         "'nog n.v.t.', 'onbekend', 'vervallen', or 'gezegd: …' for what was said in words."),
        ("35%", "'35%' is a percentage, and a count is asked. Write how many it is; the percentage is computed."),
        (0.35, "0.35 is a share, and a count is asked. Write how many; the percentage is computed."),
        (3.5, "3.5 is no whole number. Write a count."),
        (-2, "'-2' is negative. Write a count of 0 or more."),
        (True, "is TRUE. Write a number."),
        (dt.date(2026, 6, 5), "is a date or time (2026-06-05 00:00:00). Write the number; the program made a date of it."),
        ("50/60", "'50/60' is a range, and what was reached is one count. Write 'circa …' if it is not exact."),
        ("vervallen", f"'vervallen' cannot stand here. Write a count, or one of {WORDS}."),
        ("=30+5", "is a formula (=30+5). Write the number that it gives."),
        ("#REF!", "is an error (#REF!). Write the number."),
    ],
)  # fmt: skip
def test_a_cell_that_is_no_count(monitor: GoalsMonitor, fill: Any, value: object, message: str) -> None:
    assert said(monitor, fill("noord", {(RESULTS, "E5"): value})) == [
        f"noord.xlsx: sheet 'Resultaten', cell E5: {message}"
    ]


def test_a_number_that_is_shown_as_a_percentage(monitor: GoalsMonitor, fill: Any) -> None:
    def change(book: Any) -> None:
        book[RESULTS]["E5"].number_format = "0%"

    assert said(monitor, fill("noord", {(RESULTS, "E5"): 1}, change=change)) == [
        "noord.xlsx: sheet 'Resultaten', cell E5: is a percentage (100%), and a count is asked. Write how many; the percentage is computed."
    ]


@pytest.mark.parametrize(
    ("out", "of", "message"),
    [
        (None, 12, "D5: is empty beside a number of participants. Write how many dropped out, or 'onbekend'."),
        (3, None, "E5: is empty beside the 3 who dropped out. Write of how many, or 'onbekend'."),
        (13, 12, "D5: 13 is more than the 12 who could drop out."),
        (0, 0, "E5: is 0: nobody could drop out. Write 'nog n.v.t.' or 'n.v.t.' in place of the drop-outs."),
        ("onbekend", 12, "E5: stands beside 'onbekend'. Write how many dropped out, or clear this cell."),
        ("circa 3", 12, "D5: 'circa 3' is not exact, and no share follows from it. Write a whole number, or 'onbekend'."),
        ("niemand", 12, "D5: 'niemand' is no count. Write how many dropped out, 'geen uitval' where nobody did, or "
         "'n.v.t.', 'nog n.v.t.' or 'onbekend'."),
        ("geen", None, "D5: 'geen' is no count. Write how many dropped out, 'geen uitval' where nobody did, or "
         "'n.v.t.', 'nog n.v.t.' or 'onbekend'."),
        ("25%", 12, "D5: '25%' is a percentage, and a count is asked. Write how many it is; the percentage is computed."),
    ],
)  # fmt: skip
def test_drop_out_that_does_not_add_up(monitor: GoalsMonitor, fill: Any, out: object, of: object, message: str) -> None:
    assert said(monitor, fill("noord", {("Uitval", "D5"): out, ("Uitval", "E5"): of})) == [
        f"noord.xlsx: sheet 'Uitval', cell {message}"
    ]


def test_faults_of_every_sheet_and_file_are_told_together(monitor: GoalsMonitor, fill: Any) -> None:
    first = fill("noord", {(RESULTS, "E5"): "veel meer", ("Uitval", "D5"): 9, ("Organisaties", "D5"): 0.5})
    second = fill("oost", {(RESULTS, "E5"): "=1+1"})
    with pytest.raises(RoundError) as caught:
        read_round(monitor, [first, second])

    assert [(fault.file, fault.column, fault.rule) for fault in caught.value.faults] == [
        ("noord.xlsx", "E5", "value"),
        ("noord.xlsx", "E5", "half"),
        ("noord.xlsx", "D5", "value"),
        ("oost.xlsx", "E5", "formula"),
    ]


def _merge(book: Any) -> None:
    book[RESULTS].merge_cells("E5:E6")


def _comment(book: Any) -> None:
    book[RESULTS]["E5"].comment = Comment("Klopt dit?\nNog nagaan.", "J")


def _move(book: Any) -> None:
    book[RESULTS].insert_cols(4)


def _rename(book: Any) -> None:
    book[RESULTS]["E4"] = "Stand nu"


def _retitle(book: Any) -> None:
    book[RESULTS].title = "Cijfers"


def _remove_row(book: Any) -> None:
    book[RESULTS].delete_rows(6)


def _beside(book: Any) -> None:
    book[RESULTS]["H6"] = "zie mail"


def _below(book: Any) -> None:
    book[RESULTS]["C12"] = "Totaal"


def _before(book: Any) -> None:
    book[RESULTS]["D5"] = 36


def _sheet(book: Any) -> None:
    book.create_sheet("Blad1")["A1"] = "kladje"


def _empty_sheet(book: Any) -> None:
    book.create_sheet("Blad1")


def _identity(book: Any) -> None:
    del book["srsmeting"]


@pytest.mark.parametrize(
    ("change", "messages"),
    [
        (_merge, ["sheet 'Resultaten', cell E5: cells E5:E6 are merged, and only one of them can be read. Undo that, and fill in each."]),
        (_comment, ["sheet 'Resultaten', cell E5: has a comment ('Klopt dit? Nog nagaan.'), which is not read. Move it to 'Toelichting', and remove it."]),
        (_move, ["sheet 'Resultaten', cell D4: the heading is '', and was 'Vorige stand'. Put the columns back as they were."]),
        (_rename, ["sheet 'Resultaten', cell E4: the heading is 'Stand nu', and was 'Stand: Tweede voortgang'. Put the columns back as they were."]),
        (_retitle, [
            "sheet 'Cijfers' was added or renamed. Give it its own name again, or move its text to 'Opmerkingen'.",
            "sheet 'Resultaten' is not there. Put it back, or give it its name again.",
        ]),
        (_remove_row, [f"sheet 'Resultaten': the row 'Toeleiden: instroom bbl' is not there. {AGAIN}"]),
        (_beside, ["sheet 'Resultaten', cell H6: 'zie mail' stands beside the table. Move it to 'Toelichting' or 'Opmerkingen'."]),
        (_below, ["sheet 'Resultaten', cell C12: 'Totaal' stands in a row that is not of the table. Move it to 'Toelichting' or 'Opmerkingen'."]),
        (_before, ["sheet 'Resultaten', cell D5: says '36', and was '35 (Eerste voortgang)'. Put it back; what is not right goes to 'Opmerkingen'."]),
        (_sheet, ["sheet 'Blad1' was added or renamed. Give it its own name again, or move its text to 'Opmerkingen'."]),
        (_identity, [f"is no workbook of a round, or its hidden sheet 'srsmeting' was removed or changed. {AGAIN}"]),
    ],
)  # fmt: skip
def test_a_workbook_that_was_changed(monitor: GoalsMonitor, fill: Any, change: Any, messages: list[str]) -> None:
    path = fill("noord", {(RESULTS, "E5"): 60, (RESULTS, "E7"): 1}, change=change)

    assert said(monitor, path) == [f"noord.xlsx: {message}" for message in messages]


def test_what_says_nothing_does_no_harm(monitor: GoalsMonitor, fill: Any) -> None:
    def change(book: Any) -> None:
        _empty_sheet(book)
        book[RESULTS].row_dimensions[6].hidden = True
        book[RESULTS]["E6"] = "  "
        book[RESULTS].move_range("A5:F5", rows=15)

    done = read_round(monitor, [fill("noord", {(RESULTS, "E5"): " 1.047 ", (RESULTS, "E7"): 1.0}, change=change)])

    assert [row["value"] for row in done.told[0].rows["results"]] == ["1047", "1"]


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"PK\x03\x04", "a.xlsx", f"is no Excel workbook (.xlsx) that can be read: it is damaged. {AGAIN}"),
        (b"naam;aantal", "a.xlsx", f"is no Excel workbook (.xlsx) that can be read: it is damaged, or a file of another kind. {AGAIN}"),
        (b"\xd0\xcf\x11\xe0", "a.xls", "is no Excel workbook (.xlsx) that can be read: it is locked with a password, or of an old kind. Save it as .xlsx, without one."),
        (b"", "~$a.xlsx", "is no workbook, but tells that one is open in Excel. Save and close it there."),
        (b"PK" + bytes(6 * 2**20), "a.xlsx", f"is no Excel workbook (.xlsx) that can be read: it is larger than any workbook of a round. {AGAIN}"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_workbook(
    monitor: GoalsMonitor, tmp_path: Path, content: bytes, name: str, message: str
) -> None:
    (tmp_path / name).write_bytes(content)

    assert said(monitor, tmp_path / name) == [f"{name}: {message}"]


def _archive(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return path


def test_an_archive_that_is_no_workbook_of_a_round(monitor: GoalsMonitor, tmp_path: Path) -> None:
    kind = "is no Excel workbook (.xlsx) that can be read"

    assert said(monitor, _archive(tmp_path / "a.ods", content_xml=b"<x/>")) == [
        f"a.ods: {kind}: it is an OpenDocument workbook (.ods). Open it, and save it as .xlsx."
    ]
    assert said(monitor, _archive(tmp_path / "b.xlsx", xl__workbook_xml=b"<x/>")) == [
        f"b.xlsx: {kind}: it is damaged. {AGAIN}"
    ]
    hostile = _archive(
        tmp_path / "c.xlsx", xl__workbook_xml=b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"
    )
    assert said(monitor, hostile) == [f"c.xlsx: {kind}: it is damaged. {AGAIN}"]


def test_a_file_that_is_not_there_and_a_folder(monitor: GoalsMonitor, tmp_path: Path) -> None:
    with pytest.raises(RoundError) as caught:
        read_filled(tmp_path / "weg.xlsx")
    assert str(caught.value) == f"{tmp_path / 'weg.xlsx'}: cannot be read: No such file or directory."
    with pytest.raises(RoundError) as caught:
        read_filled(tmp_path)
    assert str(caught.value) == f"{tmp_path}: is a folder. Name the workbooks in it: {tmp_path / '*.xlsx'}."


def test_files_that_cannot_be_read_are_told_with_the_faults_of_the_others(
    monitor: GoalsMonitor, fill: Any, tmp_path: Path
) -> None:
    with pytest.raises(RoundError) as caught:
        read_round(monitor, [tmp_path / "weg.xlsx", fill("noord", {(RESULTS, "E5"): 1.5})])
    assert str(caught.value).splitlines() == [
        f"{tmp_path / 'weg.xlsx'}: cannot be read: No such file or directory.",
        "noord.xlsx: sheet 'Resultaten', cell E5: 1.5 is no whole number. Write a count.",
    ]


def test_a_workbook_of_another_version_is_told(monitor: GoalsMonitor, fill: Any) -> None:
    def change(book: Any) -> None:
        book["srsmeting"]["B4"] = "2"

    assert said(monitor, fill("noord", {}, change=change)) == [
        "noord.xlsx: was made by another version of srsmeting (layout 2; this one reads 1). Read it with that version, or send a new workbook."
    ]


def test_a_hidden_sheet_that_was_damaged_is_told(monitor: GoalsMonitor, fill: Any) -> None:
    def change(book: Any) -> None:
        book["srsmeting"]["B5"] = "uitkomsten"

    assert said(monitor, fill("noord", {}, change=change)) == [
        f"noord.xlsx: its hidden sheet 'srsmeting' was changed. {AGAIN}"
    ]
