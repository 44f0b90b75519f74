import csv
import io
from typing import Literal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srsmeting.intake.files import columns, scan, short_texts
from srsmeting.intake.files.coded_text import CodedText
from srsmeting.intake.files.columns import Columns
from srsmeting.intake.files.scan import scan_records


def parse(text: str, width: int) -> tuple[pd.DataFrame, list[int]]:
    raw = (";".join(f"k{number}" for number in range(width)) + "\n" + text).encode()
    told: list[int] = []
    with Columns(raw, 0, told.append) as found:
        scan_records(raw, 0, ";", "export.csv", found.add)
        return found.finish(), told


def is_coded(cells: pd.DataFrame) -> list[bool]:
    return [isinstance(cells[column].array, CodedText) for column in cells]


def test_cells_are_text_as_written() -> None:
    cells, _ = parse('"NA";1;" x "\r\n"een\n""twee""; drie";;null\r\n', 3)
    assert cells.to_numpy().tolist() == [["NA", "1", " x "], ['een\n"twee"; drie', "", "null"]]
    assert list(cells) == [0, 1, 2]


def test_only_columns_in_which_texts_come_back_are_coded() -> None:
    cells, _ = parse("".join(f"{number};A{number % 3}\n" for number in range(100)), 2)
    assert is_coded(cells) == [False, True]
    assert cells[0].tolist() == [str(number) for number in range(100)]
    assert cells[1].tolist() == [f"A{number % 3}" for number in range(100)]


def test_a_file_in_many_stretches_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(
        f'{number};"A{number % 7}\n";{number // 150};{"x" if number < 400 else ""}\n' for number in range(900)
    )
    whole, _ = parse(text, 4)
    monkeypatch.setattr(columns, "_STRETCH", 50)
    monkeypatch.setattr(columns, "_SAMPLE", 10)
    cells, told = parse(text, 4)
    pd.testing.assert_frame_equal(cells, whole)
    assert told == sorted(told)
    assert told[-1] == len("k0;k1;k2;k3\n" + text)
    assert len(told) > 100


def test_a_column_becomes_text_when_more_and_more_texts_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_STRETCH", 50)
    monkeypatch.setattr(columns, "_SAMPLE", 10)
    monkeypatch.setattr(columns, "_FEW", 20)
    cells, _ = parse("".join(f"{number // 10};{number % 4}\n" for number in range(1000)), 2)
    assert is_coded(cells) == [False, True]
    assert cells[0].tolist() == [str(number // 10) for number in range(1000)]
    assert cells[1].tolist() == [str(number % 4) for number in range(1000)]


def test_a_column_with_too_many_texts_from_the_beginning_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_STRETCH", 50)
    monkeypatch.setattr(columns, "_SAMPLE", 40)
    monkeypatch.setattr(columns, "_FEW", 5)
    cells, _ = parse("".join(f"{number % 20};x\n" for number in range(200)), 2)
    assert is_coded(cells) == [False, True]
    assert cells[0].tolist() == [str(number % 20) for number in range(200)]


def test_a_record_larger_than_a_block_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "_BLOCK", 64)
    monkeypatch.setattr(columns, "_STRETCH", 64)
    monkeypatch.setattr(columns, "_SAMPLE", 1)
    cells, _ = parse(f'1;a\n2;"{"b" * 5000}"\n3;c\n', 2)
    assert cells[1].str.len().tolist() == [1, 5000, 1]


def test_no_records_are_no_rows() -> None:
    cells, told = parse("", 2)
    assert cells.shape == (0, 2)
    assert cells.dtypes.astype(str).tolist() == ["str", "str"]
    assert told == []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "{end}", "{end}{end}"])
def test_the_end_of_a_file_is_no_part_of_its_last_cell(monkeypatch: pytest.MonkeyPatch, end: str, last: str) -> None:
    monkeypatch.setattr(columns, "_SAMPLE", 4)
    monkeypatch.setattr(columns, "_STRETCH", 8)
    rows = [["A1", "", "Y"][number % 3] for number in range(9)]
    cells, _ = parse(end.join(f"{row};{row}" for row in rows) + last.format(end=end), 2)
    assert cells[0].tolist() == cells[1].tolist() == rows


def test_blank_lines_between_records_are_no_records(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_SAMPLE", 4)
    cells, _ = parse("".join(f"A{number % 2};x\r\n\r\n\n" for number in range(12)), 2)
    assert cells[0].tolist() == [f"A{number % 2}" for number in range(12)]


def test_more_texts_than_can_be_looked_up_are_still_coded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_SAMPLE", 20)
    monkeypatch.setattr(columns, "_STRETCH", 64)
    monkeypatch.setattr(short_texts, "_MOST", 8)
    rows = [f"{number % 5 + number // 100}" for number in range(2000)]
    cells, _ = parse("".join(f"{row};Y\n" for row in rows), 2)
    assert is_coded(cells) == [True, True]
    assert cells[0].tolist() == rows


def test_a_text_is_the_same_quoted_or_not_and_however_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_SAMPLE", 20)
    monkeypatch.setattr(columns, "_STRETCH", 64)
    texts = ["A1", "", "12345678", "123456789", "é", "1234567", "een lang antwoord"]
    rows = [texts[0 if number < 40 else number % 7] for number in range(400)]
    cells, _ = parse(
        "".join(f'"{row}";{row}\n' if number % 3 else f'{row};"{row}"\n' for number, row in enumerate(rows)), 2
    )
    assert is_coded(cells) == [True, True]
    assert cells[0].tolist() == cells[1].tolist() == rows
    assert sorted(cells[0].unique()) == sorted(texts)


#: Among few texts there are some that differ in one byte, or at the eighth, and every sign that has a meaning.
FEW = st.lists(st.text(st.sampled_from('aé";\n '), max_size=9), min_size=1, max_size=4)
ROWS = FEW.flatmap(
    lambda texts: st.lists(st.lists(st.sampled_from(texts), min_size=3, max_size=3), min_size=8, max_size=60)
)


@settings(derandomize=True, deadline=None, database=None)
@given(rows=ROWS, quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]), end=st.sampled_from(["\n", "\r\n"]))
def test_texts_that_come_back_are_read_as_the_csv_module_wrote_them(
    rows: list[list[str]], quoting: Literal[0, 1], end: str
) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=";", lineterminator=end, quoting=quoting).writerows(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "_SAMPLE", 4)
        patch.setattr(columns, "_STRETCH", 64)
        cells, _ = parse(file.getvalue(), 3)
    assert cells.to_numpy().tolist() == rows
