import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srsmeting.errors import IntakeError
from srsmeting.intake.files import delimited, scan
from srsmeting.intake.files.delimited import read_delimited


def refusal(text: str) -> str:
    with pytest.raises(IntakeError) as caught:
        read_delimited(text.encode(), "export.csv")
    return str(caught.value)


def cells(text: str) -> list[list[str]]:
    return read_delimited(text.encode(), "export.csv").records.to_numpy().tolist()


def test_t01_a_byte_order_mark_is_no_part_of_the_first_heading() -> None:
    assert read_delimited(b'\xef\xbb\xbf"id";"x"\n', "export.csv").header == ("id", "x")


def test_t05_a_delimiter_and_a_doubled_quote_inside_a_cell() -> None:
    text = '"id";"naam"\n"1";"Stichting De Brug; afd. ""Noord"""\n'
    assert cells(text) == [["1", 'Stichting De Brug; afd. "Noord"']]


def test_t06_a_line_break_inside_a_cell_is_one_record() -> None:
    text = '"id";"opm"\n"1";"Regel 1\nRegel 2; met ""quotes""\ten tab"\n"2";""\n'
    table = read_delimited(text.encode(), "export.csv")
    assert table.records.to_numpy().tolist() == [["1", 'Regel 1\nRegel 2; met "quotes"\ten tab'], ["2", ""]]
    assert table.lines.tolist() == [2, 4]


def test_t07_a_blank_line_at_the_end_is_no_record() -> None:
    table = read_delimited(b'"id";"x"\r\n"1";"a"\r\n\r\n', "export.csv")
    assert len(table.records) == 1
    assert table.blank_lines == 0


def test_blank_lines_between_records_are_counted() -> None:
    table = read_delimited(b'"id";"x"\n\n"1";"a"\n\r\n"2";"b"\n', "export.csv")
    assert table.records.to_numpy().tolist() == [["1", "a"], ["2", "b"]]
    assert table.lines.tolist() == [3, 5]
    assert table.blank_lines == 2


def test_t09_the_separator_line_of_excel_is_skipped() -> None:
    table = read_delimited(b'sep=;\r\n"id";"x"\r\n"1";"a"\r\n', "export.csv")
    assert table.header == ("id", "x")
    assert table.lines.tolist() == [3]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("quote", ['"', ""])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_the_delimiter_is_recognised_from_the_header(delimiter: str, quote: str, end: str) -> None:
    lines = [["id", "a b"], ["1", "x"], ["2", ""]]
    text = end.join(delimiter.join(quote + cell + quote for cell in line) for line in lines)
    table = read_delimited(text.encode(), "export.csv")
    assert table.header == ("id", "a b")
    assert table.records.to_numpy().tolist() == lines[1:]
    assert (table.delimiter, table.quoted) == (delimiter, quote == '"')


def test_words_that_mean_missing_elsewhere_stay_what_they_are() -> None:
    assert cells('"id";"a";"b";"c";"d"\n"1";"N/A";"NA";"null";"None"\n') == [["1", "N/A", "NA", "null", "None"]]


def test_header_only() -> None:
    table = read_delimited(b'"id";"x"\n', "export.csv")
    assert table.records.shape == (0, 2)
    assert table.lines.tolist() == []


def test_another_delimiter_is_named() -> None:
    assert refusal('"id"|"x"\n"1"|"a"\n') == (
        "export.csv:1: the header separates its cells with '|'. "
        "Export as CSV with a semicolon, a comma or a tab between the cells."
    )


def test_one_column_is_no_table() -> None:
    message = "the header holds one column. Export as CSV with a semicolon, a comma or a tab between the cells."
    assert refusal('"id"\n"1"\n') == f"export.csv:1: {message}"
    assert refusal("Geachte mevrouw\n") == f"export.csv:1: {message}"


def test_rows_with_another_delimiter_than_the_header() -> None:
    assert refusal('"id";"x"\n"1,a"\n"2,b"\n') == (
        "export.csv:2: the header separates 2 cells with a semicolon, the rows do not. Export again."
    )


def test_every_row_of_another_width_is_told() -> None:
    assert refusal('"id";"x"\n"1";"a";"b"\n"2";"c"\n"3"\n').split("\n") == [
        "export.csv:2: this row has 3 cells, the header has 2. The file is damaged: export again.",
        "export.csv:4: this row has 1 cell, the header has 2. The file is damaged: export again.",
    ]


def test_a_file_that_breaks_off_inside_a_cell() -> None:
    assert refusal('"id";"x"\n"1";"a\nb"\n"2";"c\nd') == (
        "export.csv:4: a quote is opened here and never closed: the file breaks off. Export again."
    )


def test_a_quote_in_the_middle_of_a_cell() -> None:
    message = "a quote stands in the middle of a cell. The file is damaged from here on: export again."
    assert refusal('"id";"x"\n"1";"a"b"\n') == f"export.csv:2: {message}"
    assert refusal('id;x\n1;5" buis\n') == f"export.csv:2: {message}"


def test_line_ends_of_an_old_macintosh() -> None:
    assert refusal('"id";"x"\r"1";"a"\r') == (
        "export.csv:1: a line ends in a carriage return only. Save the file with the line ends of Windows or Unix."
    )


def test_two_exports_in_one_file() -> None:
    assert refusal('"id";"x"\n"1";"a"\n"id";"x"\n"1";"a"\n') == (
        "export.csv:3: the header stands here again: two exports in one file. Keep them apart."
    )


TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.text(st.sampled_from('a";,\t\n\r é='), max_size=6), min_size=width, max_size=width), max_size=5
    ).map(lambda rows: [[f"k{n}" for n in range(width)], *rows])
)


@given(TABLES, st.sampled_from(";,\t"), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.sampled_from([64, 128]))
def test_what_the_csv_module_writes_is_read_back(
    table: list[list[str]], delimiter: str, end: str, bom: bool, block: int
) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(table)
    raw = ("\ufeff" * bom + file.getvalue()).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "_BLOCK", block)  # records and cells then lie across blocks
        patch.setattr(delimited, "_STRETCH", block)
        read = read_delimited(raw, "export.csv")
    assert [list(read.header), *read.records.to_numpy().tolist()] == table
    expected = [raw.decode()[:m].count("\n") + 1 for m in _starts(table, delimiter, end, bom)]
    assert read.lines.tolist() == expected[1:]


def _starts(table: list[list[str]], delimiter: str, end: str, bom: bool) -> list[int]:
    # Where each record starts, from the lengths of what was written.
    starts, position = [], int(bom)
    for row in table:
        starts.append(position)
        position += sum(len(cell.replace('"', '""')) + 2 for cell in row) + len(delimiter) * (len(row) - 1) + len(end)
    return starts


def test_a_large_file_tells_how_far_its_reading_is(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = b"id;naam\n" + b"".join(b"%d;naam\n" % number for number in range(5000))
    told: list[str] = []
    read_delimited(raw, "export.csv", told.append)
    assert told == []
    monkeypatch.setattr(delimited, "_LARGE", 1000)
    monkeypatch.setattr(delimited, "_STRETCH", 30_000)
    read_delimited(raw, "export.csv", told.append)
    # Of 48,898 bytes; the header of 8 is no part of the first stretch.
    assert told == ["reading export.csv: 0%", "reading export.csv: 61%", "reading export.csv: 100%"]
