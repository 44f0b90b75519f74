import csv
import io
from typing import Literal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srsmeting.intake.files import columns, scan
from srsmeting.intake.files.coded_text import CodedText
from srsmeting.intake.files.columns import Columns
from srsmeting.intake.files.stretches import stretches


def parse(text: str, width: int, stretch: int = 1 << 20) -> pd.DataFrame:
    header = ";".join(f"k{number}" for number in range(width)) + "\n"
    with Columns(header.encode(), 0, ";", "export.csv") as found:
        for part in stretches(io.BytesIO(text.encode()), stretch, 1 << 20):
            found.add(part)
        return found.finish()[1]


def is_coded(cells: pd.DataFrame) -> list[bool]:
    return [isinstance(cells[column].array, CodedText) for column in cells]


def test_cells_are_text_as_written() -> None:
    cells = parse('"NA";1;" x "\r\n"een\n""twee""; drie";;null\r\n', 3)
    assert cells.to_numpy().tolist() == [["NA", "1", " x "], ['een\n"twee"; drie', "", "null"]]
    assert list(cells) == [0, 1, 2]


def test_what_looks_like_a_byte_order_mark_is_text() -> None:
    assert parse("\ufeff1;x\n2;\ufeff\n", 2).to_numpy().tolist() == [["\ufeff1", "x"], ["2", "\ufeff"]]


def test_only_columns_in_which_texts_come_back_are_coded() -> None:
    cells = parse("".join(f"{number};A{number % 3}\n" for number in range(100)), 2)
    assert is_coded(cells) == [False, True]
    assert cells[0].tolist() == [str(number) for number in range(100)]
    assert cells[1].tolist() == [f"A{number % 3}" for number in range(100)]


def test_a_file_in_many_stretches_is_the_same() -> None:
    text = "".join(
        f'{number};"A{number % 7}\n";{number // 150};{"x" if number < 400 else ""}\n' for number in range(900)
    )
    cells = parse(text, 4, stretch=50)
    pd.testing.assert_frame_equal(cells, parse(text, 4))
    assert cells.iloc[-1].tolist() == ["899", "A3\n", "5", ""]


def test_more_short_records_than_are_taken_apart_at_once() -> None:
    # Of 100,000 and more, pyarrow makes more than one piece.
    assert parse("1;2\n" * 250_000, 2).shape == (250_000, 2)


def test_a_column_becomes_text_when_more_and_more_texts_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_FEW", 20)
    cells = parse("".join(f"no {number // 10};{number % 4}\n" for number in range(1000)), 2, stretch=150)
    assert is_coded(cells) == [False, True]
    assert cells[0].tolist() == [f"no {number // 10}" for number in range(1000)]
    assert cells[1].tolist() == [str(number % 4) for number in range(1000)]


def test_a_column_with_too_many_texts_from_the_beginning_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_FEW", 5)
    cells = parse("".join(f"{number % 20};x\n" for number in range(200)), 2, stretch=400)
    assert is_coded(cells) == [False, True]
    assert cells[0].tolist() == [str(number % 20) for number in range(200)]


def test_a_record_larger_than_a_stretch_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "_BLOCK", 64)
    cells = parse(f'1;a\n2;"{"b" * 5000}"\n3;c\n', 2, stretch=64)
    assert cells[1].str.len().tolist() == [1, 5000, 1]


def test_no_records_are_no_rows() -> None:
    cells = parse("", 2)
    assert cells.shape == (0, 2)
    assert cells.dtypes.astype(str).tolist() == ["str", "str"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "{end}", "{end}{end}"])
def test_the_end_of_a_file_is_no_part_of_its_last_cell(end: str, last: str) -> None:
    rows = [["A1", "", "Y"][number % 3] for number in range(9)]
    cells = parse(end.join(f"{row};{row}" for row in rows) + last.format(end=end), 2, stretch=8)
    assert cells[0].tolist() == cells[1].tolist() == rows


def test_blank_lines_between_records_are_no_records() -> None:
    cells = parse("".join(f"A{number % 2};x\r\n\r\n\n" for number in range(12)), 2, stretch=16)
    assert cells[0].tolist() == [f"A{number % 2}" for number in range(12)]


def test_more_short_texts_than_a_byte_can_number_are_still_coded() -> None:
    rows = [f"{chr(97 + number % 26)}{chr(97 + number % 7)}" for number in range(2000)]  # 26 * 7 texts
    cells = parse("".join(f"{row};Y\n" for row in ["aa"] * 20 + rows), 2, stretch=64)
    assert is_coded(cells) == [True, True]
    assert np.unique(cells[0]).size == 182
    assert cells[0].tolist() == ["aa"] * 20 + rows


def test_a_text_is_the_same_quoted_or_not_and_however_long() -> None:
    texts = ["A1", "", "A", "AB1", "é", "🎈", "een lang antwoord"]
    rows = [texts[0 if number < 40 else number % 7] for number in range(400)]
    cells = parse(
        "".join(f'"{row}";{row}\n' if number % 3 else f'{row};"{row}"\n' for number, row in enumerate(rows)), 2, 64
    )
    assert is_coded(cells) == [True, True]
    assert cells[0].tolist() == cells[1].tolist() == rows
    assert sorted(cells[0].unique()) == sorted(texts)


#: Among few texts there are some that differ in one byte, and every sign that has a meaning.
FEW = st.lists(st.text(st.sampled_from('aé";\n '), max_size=3), min_size=1, max_size=4)
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
    assert parse(file.getvalue(), 3, stretch=64).to_numpy().tolist() == rows
