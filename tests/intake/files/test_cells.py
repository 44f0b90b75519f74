"""Cells in every way in which they can be written, beside every other."""

import itertools

import pytest

from srsmeting.intake.files.cells import Cells, text_of
from srsmeting.intake.files.scan import scan_records

#: What can stand in a file, and what it says.
SHORT = {"": "", '""': "", "a": "a", '"a"': "a", '"a1"': "a1", "é": "é", '""""': '"', '";"': ";", '"\n"': "\n"}
TEXTS = SHORT | {'"""x"': '"x', '"x"""': 'x"', '""""""': '""', '"""een""; ""twee"""': '"een"; "twee"', "€": "€"}


def cells_of(records: list[tuple[str, ...]], end: str, last: str) -> Cells:
    raw = (end.join(map(";".join, records)) + last).encode()
    scan, ends = scan_records(raw, ";")
    assert len(scan.lines) == len(records)
    return Cells(raw, ends, len(records), len(records[0]))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", "\r\n\r\n", "\n\r\n"])
@pytest.mark.parametrize("last", ["", "\n", "\r\n", "\r", "\r\n\r"])
def test_a_cell_says_the_same_wherever_it_stands(end: str, last: str) -> None:
    records = list(itertools.product(TEXTS, repeat=3))
    texts = cells_of(records, end, last).texts([0, 2])
    assert texts[0].to_pylist() == [TEXTS[first] for first, _, _ in records]
    assert texts[1].to_pylist() == [TEXTS[third] for _, _, third in records]


@pytest.mark.parametrize("last", ["", "\r\n"])
def test_the_key_of_a_short_text_is_that_text(last: str) -> None:
    records = [(*two, "long") for two in itertools.product(SHORT, repeat=2)]
    keys, are_short = cells_of(records, "\n", last).keys([1, 2, 0])
    assert are_short.tolist() == [True, False, True]
    assert [text_of(key) for key in keys[0].tolist()] == [SHORT[second] for _, second, _ in records]
    assert [text_of(key) for key in keys[2].tolist()] == [SHORT[first] for first, _, _ in records]


def test_no_columns_are_no_texts() -> None:
    assert cells_of([("1", "2")], "\n", "").texts([]) == []
