"""A large file that is read in stretches is the same export as one that is in memory as a whole."""

import csv
import io
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srsmeting.errors import IntakeError
from srsmeting.intake import read_export
from srsmeting.intake.files import delimited, source
from srsmeting.intake.files.source import Source
from srsmeting.intake.raw import RawExport

HEADER = ["id", "submitdate", "G01Q01", "G01Q05"]


def read(path: Path, *, large: bool, stretch: int = 64) -> RawExport | str:
    with pytest.MonkeyPatch.context() as patch:
        if large:
            patch.setattr(source, "_LARGE", 0)
            patch.setattr(delimited, "_STRETCH", stretch)
        try:
            return read_export(path)
        except IntakeError as problem:
            return str(problem)


def same(path: Path, stretch: int = 64) -> RawExport | str:
    large, small = read(path, large=True, stretch=stretch), read(path, large=False)
    if isinstance(large, str) or isinstance(small, str):
        assert large == small
        return large
    pd.testing.assert_frame_equal(large.cells, small.cells)
    pd.testing.assert_series_equal(large.set_aside, small.set_aside)
    np.testing.assert_array_equal(large.lines, small.lines)
    for name in ("format", "notes", "faults", "findings", "metadata", "times", "blank_rows", "sha256", "size"):
        assert getattr(large, name) == getattr(small, name), name
    return large


TEXT = st.text(st.sampled_from('aé";\n ='), max_size=5)
ROW = st.tuples(st.sampled_from(["", "2021-11-22 09:00:00"]), st.sampled_from(["", "A1", "A2"]), TEXT)


@settings(derandomize=True, deadline=None, database=None)
@given(
    rows=st.lists(ROW, max_size=20),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    end=st.sampled_from(["\n", "\r\n"]),
    bom=st.booleans(),
    stretch=st.sampled_from([16, 64, 1024]),
)
def test_what_is_sound(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str, str]],
    quoting: Literal[0, 1],
    end: str,
    bom: bool,
    stretch: int,
) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator=end, quoting=quoting)
    writer.writerow(HEADER)
    writer.writerows((number, *row) for number, row in enumerate(rows))
    path = tmp_path_factory.mktemp("export") / "export.csv"
    path.write_bytes(("\ufeff" * bom + file.getvalue()).encode())
    assert not isinstance(same(path, stretch), str)


START = b'"id";"submitdate";"G01Q01";"G01Q05"\n' + b'"1";"";"A1";"een\ntwee"\n' * 30
DAMAGES = {
    "a quote in the middle": b'"2";"";"A"1";""\n',
    "a quote never closed": b'"2";"";"A1";"x\n"3";"";"A1";""\n',
    "a width": b'"2";"";"A1"\n',
    "a return": b'"2";"";A1;x\r"3";"";A1;x\n',
    "a blank line": b'\n\n"2";"";"A1";""\n',
    "Windows-1252": b'"2";"";"A1";"ge\xefnteresseerd"\n',
    "two encodings": b'"2";"";"A1";"\xc3\xab"\n"3";"";"A1";"\xef"\n',
    "a NUL byte": b'"2";"";"A1";"a\0"\n',
    "two files": b"\xef\xbb\xbf" + b'"id";"submitdate";"G01Q01";"G01Q05"\n',
    "the header again": b'"id";"submitdate";"G01Q01";"G01Q05"\n',
    "half a character": b'"2";"";"A1";"\xc3',
}


@pytest.mark.parametrize("stretch", [64, 1024])
@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_wrong_is_told_alike(tmp_path: Path, damage: str, stretch: int) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(START + DAMAGES[damage])
    told = same(path, stretch)
    assert isinstance(told, str) == (damage not in ("a blank line", "Windows-1252"))
    path.write_bytes(START + DAMAGES[damage] + START[36:])
    assert isinstance(same(path, stretch), str) == isinstance(told, str)


def test_a_header_that_is_not_utf_8_is_told_alike(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(START.replace(b"G01Q05", b"idee\xebn"))
    told = same(path)
    assert not isinstance(told, str)
    assert list(told.cells) == ["id", "submitdate", "G01Q01", "ideeën"]
    path.write_bytes(START.replace(b"G01Q05", b"ide\xc3\xabe\xebn"))
    assert isinstance(same(path), str)


def test_a_large_file_that_is_no_table_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "_LARGE", 0)
    path = tmp_path / "export.csv"
    path.write_bytes(b"   \n" * 10)
    with pytest.raises(IntakeError, match="is empty"):
        read_export(path)
    path.write_bytes(b'{"responses": []}')
    assert not Source(path).is_sound_table


def test_a_sound_table_is_never_in_memory_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "_LARGE", 0)
    monkeypatch.setattr(source, "read_bytes", lambda path: pytest.fail(f"{path} was read whole"))
    path = tmp_path / "export.csv"
    path.write_bytes(b"\xef\xbb\xbf" + START)
    assert len(read_export(path)) == 30
