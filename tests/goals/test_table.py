"""CSV files as people save them, and every way in which they are no such table."""

from pathlib import Path

import pytest

from srsmeting.goals.table import Faults, read_rows


def read(path: Path, content: bytes) -> tuple[list[dict[str, str]], list[str]]:
    path.write_bytes(content)
    faults = Faults(path.name)
    rows = read_rows(path, ("unit", "value"), ("note",), faults)
    return [{"line": str(row.line), **row.cells} for row in rows], [str(fault) for fault in faults.found]


@pytest.mark.parametrize(
    "content",
    [
        b"unit,value,note\nnoord,5,\n",
        b"\xef\xbb\xbfunit;value;note\r\nnoord;5;\r\n",
        b"note,unit,value\n,noord, 5 \n\n,,\n",
        b"unit,value,note,,\nnoord,5,,,\n",
    ],
    ids=[
        "commas",
        "semicolons and a mark, as Excel saves it",
        "another order, blanks and empty rows",
        "empty columns",
    ],
)
def test_a_table_is_read_however_it_was_saved(tmp_path: Path, content: bytes) -> None:
    rows, faults = read(tmp_path / "goals.csv", content)

    assert [(row["line"], row["unit"], row["value"], row["note"]) for row in rows] == [("2", "noord", "5", "")]
    assert faults == []


def test_a_note_may_hold_a_line_and_a_comma(tmp_path: Path) -> None:
    rows, _ = read(tmp_path / "goals.csv", b'unit,value,note\nnoord,5,"een, en\ntwee"\n')

    assert rows == [{"line": "2", "unit": "noord", "value": "5", "note": "een, en\ntwee"}]


def test_an_absent_optional_column_reads_as_empty(tmp_path: Path) -> None:
    path = tmp_path / "goals.csv"
    path.write_text("unit,value\nnoord,5\n", encoding="utf-8")
    (row,) = read_rows(path, ("unit", "value"), ("note",), Faults("goals.csv"))

    assert row["note"] == ""


@pytest.mark.parametrize(
    ("content", "messages"),
    [
        (b"", ["goals.csv:1: has no columns. It needs unit, value."]),
        (
            b"unit,valeu\nnoord,5\n",
            ["goals.csv:1: unknown column 'valeu'. Did you mean 'value'? Known: 'value', 'note'."],
        ),
        (b"unit\nnoord\n", ["goals.csv:1: column 'value': is missing."]),
        (b"unit,value,value\nnoord,5,6\n", ["goals.csv:1: column 'value': stands twice. Keep one."]),
        (
            b"unit,value,note\nnoord,5,een, twee\n",
            ["goals.csv:2: has 4 cells under 3 columns. Put a text that holds a comma in quotes."],
        ),
        (
            b"unit;value;note\nnoord;5;meer;dan\n",
            ["goals.csv:2: has 4 cells under 3 columns. Put a text that holds a semicolon in quotes."],
        ),
        (
            b"unit,value\nno\xebl,5\n",
            ["goals.csv:2: byte 0xeb is not UTF-8. Save the file as UTF-8 (in Excel: 'CSV UTF-8')."],
        ),
        (
            b"unit,value,note,extra\nnoord,5,,\n",
            ["goals.csv:1: unknown column 'extra'. Leave it out; a remark goes under 'note'."],
        ),
        (
            b"unit\tvalue\nnoord\t5\n",
            ["goals.csv:1: has tabs between its columns. Save it with commas or semicolons."],
        ),
        (
            b"Unit,value\nnoord,5\n",
            ["goals.csv:1: unknown column 'Unit'. Did you mean 'unit'? Known: 'unit', 'note'."],
        ),
        (b"unit,,value\nnoord,5,\n", ["goals.csv:1: column 2 has no name. Known: 'note'."]),
        # It would take the row of zuid into the note of noord, and nobody would miss it.
        (
            b'unit,value,note\nmidden,1,\nnoord,5,"half\nzuid,6,\n',
            ["goals.csv:3: cannot be read as CSV (unexpected end of data). Look for a quote that is not closed."],
        ),
        (
            b'unit,value,note\nnoord,5,"half\nzuid,6,"heel"\n',
            ["goals.csv:2: cannot be read as CSV (',' expected after '\"'). Look for a quote that is not closed."],
        ),
    ],
)
def test_what_is_no_such_table_is_told(tmp_path: Path, content: bytes, messages: list[str]) -> None:
    rows, faults = read(tmp_path / "goals.csv", content)

    assert (rows, faults) == ([], messages)


def test_a_folder_is_no_table(tmp_path: Path) -> None:
    faults = Faults("goals.csv")

    assert read_rows(tmp_path, ("unit",), (), faults) == []
    assert [str(fault) for fault in faults.found] == ["goals.csv: cannot be read: Is a directory."]
