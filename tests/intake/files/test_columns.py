import numpy as np
import pandas as pd
import pytest

from srsmeting.intake.files import columns
from srsmeting.intake.files.coded_text import CodedText
from srsmeting.intake.files.columns import parse_columns
from srsmeting.intake.files.scan import scan_records


def parse(text: str, width: int) -> tuple[pd.DataFrame, list[int]]:
    raw = text.encode()
    told: list[int] = []
    return parse_columns(raw, 0, scan_records(raw, 0, ";", "export.csv").ends, width, ";", told.append), told


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
    assert told[-1] == len(text.encode())
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
    monkeypatch.setattr(columns, "_BLOCK", 64)
    monkeypatch.setattr(columns, "_STRETCH", 64)
    monkeypatch.setattr(columns, "_SAMPLE", 1)
    cells, _ = parse(f'1;a\n2;"{"b" * 5000}"\n3;c\n', 2)
    assert cells[1].str.len().tolist() == [1, 5000, 1]


def test_no_records_are_no_rows() -> None:
    cells = parse_columns(b"", 0, np.empty(0, dtype=np.int64), 2, ";", lambda _: None)
    assert cells.shape == (0, 2)
    assert cells.dtypes.astype(str).tolist() == ["str", "str"]
