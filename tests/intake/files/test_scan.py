"""The scan against one that goes byte by byte."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srsmeting.intake.files import scan
from srsmeting.intake.files.scan import Damage, scan_records

CELL = st.sampled_from(["", "a", "1,5", '""', '"een;twee"', '"een\ntwee"', '"zei ""ja"""', '"\r\n"', '"é"'])
ROW = st.lists(CELL, min_size=1, max_size=60).map(";".join)
FILE = st.tuples(
    st.lists(ROW | st.just(""), min_size=1, max_size=12), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\n"])
).map(lambda parts: (parts[1].join(parts[0]) + parts[2]).encode() or b"a")


def slowly(raw: bytes) -> list[tuple[int, int, int]]:
    """Return size, line and width of each record that is no blank line."""
    found, begin, line, width, inside, at_line = [], 0, 1, 1, False, 1
    for place, byte in enumerate(raw):
        if byte == ord('"'):
            inside = not inside
        elif byte == ord(";") and not inside:
            width += 1
        if byte == ord("\n"):
            line += 1
        if byte == ord("\n") and not inside:
            if raw[begin : place + 1].strip(b"\r\n"):
                found.append((place + 1 - begin, at_line, width))
            begin, width, at_line = place + 1, 1, line
    if begin < len(raw) and raw[begin:].strip(b"\r\n"):
        found.append((len(raw) - begin, at_line, width))
    return found


@pytest.mark.parametrize("block", [64, 128, 1 << 20])
@settings(derandomize=True, deadline=None, database=None)
@given(raw=FILE)
def test_records_are_those_that_one_finds_byte_by_byte(block: int, raw: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "_BLOCK", block)
        found, _ = scan_records(raw, ";")
    assert list(zip(found.sizes.tolist(), found.lines.tolist(), found.widths.tolist(), strict=True)) == slowly(raw)


@pytest.mark.parametrize("before", [*range(60, 70), 127, 128, 129, 1000])
@pytest.mark.parametrize("block", [64, 128, 1 << 20])
def test_damage_is_found_wherever_a_block_ends(monkeypatch: pytest.MonkeyPatch, before: int, block: int) -> None:
    monkeypatch.setattr(scan, "_BLOCK", block)

    def refusal(raw: bytes) -> tuple[int, str]:
        with pytest.raises(Damage) as caught:
            scan_records(raw, ";")
        return caught.value.line, caught.value.message

    begin = b"a;" * (before // 2) + b"b" * (before % 2) + b"\n"
    middle = "a quote stands in the middle of a cell. The file is damaged from here on: export again."
    lone = "a line ends in a carriage return only. Save the file with the line ends of Windows or Unix."
    open_ = "a quote is opened here and never closed: the file breaks off. Export again."
    assert refusal(begin + b'x"y";z\n') == (2, middle)
    assert refusal(begin + b'"x"y;z\n') == (2, middle)
    assert refusal(begin + b"x;y\rz\n") == (2, lone)
    assert refusal(begin + b'1;2\n3;"4\n5\n') == (3, open_)
