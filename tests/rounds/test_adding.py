"""Rows go into all files or into none, below what is there."""

from pathlib import Path

import pytest

from srsmeting.errors import RoundError
from srsmeting.rounds.adding import Replacement, with_rows

ROW = {"unit": "oost", "value": "3", "note": ""}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"unit,value\nnoord,12\n", b"unit,value\nnoord,12\noost,3\n"),
        (b"unit,value\nnoord,12", b"unit,value\nnoord,12\noost,3\n"),
        (b"\xef\xbb\xbfunit;note;value\r\nnoord;;12\r\n", b"\xef\xbb\xbfunit;note;value\r\nnoord;;12\r\noost;;3\r\n"),
        (b'value,unit,note\n12,"noord","a\nb"\n', b'value,unit,note\n12,"noord","a\nb"\n3,oost,\n'),
    ],
)
def test_what_was_there_stays_to_the_byte(before: bytes, after: bytes) -> None:
    assert with_rows(before, [ROW]) == after


def test_a_column_that_is_needed_is_added_to_every_row() -> None:
    before = b"unit,value\nnoord,12\nzuid\n"

    assert with_rows(before, [ROW | {"note": "x"}]) == b"unit,value,note\nnoord,12,\nzuid,,\noost,3,x\n"


def test_files_change_together(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_bytes(b"1")
    second.write_bytes(b"2")
    second.chmod(0o640)
    with Replacement({first: b"3", second: b"4"}):
        assert (first.read_bytes(), second.read_bytes()) == (b"3", b"4")

    assert (first.read_bytes(), second.read_bytes(), second.stat().st_mode & 0o777) == (b"3", b"4", 0o640)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv"]


def test_what_goes_wrong_after_is_taken_back(tmp_path: Path) -> None:
    first = tmp_path / "a.csv"
    first.write_bytes(b"1")
    with pytest.raises(ValueError, match=r"^no$"), Replacement({first: b"3"}):
        raise ValueError("no")

    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"1"]


def test_a_file_that_cannot_be_written_leaves_the_others_as_they_were(tmp_path: Path) -> None:
    first, gone = tmp_path / "a.csv", tmp_path / "weg" / "b.csv"
    first.write_bytes(b"1")
    with (
        pytest.raises(RoundError, match=r"b\.csv: cannot be written: No such file or directory\.$"),
        Replacement({first: b"3", gone: b"4"}),
    ):
        pass

    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"1"]
