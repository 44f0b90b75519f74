import hashlib
from pathlib import Path

import pytest

from srsmeting.errors import IntakeError
from srsmeting.intake import read_export
from srsmeting.intake.files import delimited

ADVICE = "Export the responses of LimeSurvey as CSV with 'Question code' as heading and 'Answer codes' as answers."


def refusal(path: Path) -> str:
    with pytest.raises(IntakeError) as caught:
        read_export(path)
    return str(caught.value)


def written(folder: Path, content: bytes) -> Path:
    path = folder / "export.csv"
    path.write_bytes(content)
    return path


def test_the_bytes_that_were_read_are_accounted_for(data: Path) -> None:
    path = data / "rc_code_short.csv"
    before = path.read_bytes()
    export = read_export(path)
    assert export.name == "rc_code_short.csv"
    assert export.size == 1935
    assert export.sha256 == hashlib.sha256(before).hexdigest()
    assert path.read_bytes() == before


def test_the_suffix_says_nothing(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "export.xlsx"
    path.write_bytes((data / "rc_code_short.csv").read_bytes())
    assert len(read_export(path)) == 4


def test_a_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    assert refusal(path) == f"{path}: there is no such file. Put it there, or correct its name in meting.yaml."


def test_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path}: is a folder. Give the export itself."


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\r\n \r\n"])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    assert refusal(written(tmp_path, content)) == f"export.csv: is empty. {ADVICE}"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "structure.lss",
            "is the structure of a survey, without its answers. "
            "Name it under 'structure', and the responses under 'export'.",
        ),
        (
            "spss_syntax.sps",
            "is syntax for SPSS, without the answers. Keep it there, and name the data (.dat) under 'export'.",
        ),
    ],
)
def test_a_file_that_goes_with_an_export_is_not_the_export(data: Path, name: str, message: str) -> None:
    assert refusal(data / name) == f"{name}: {message}"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Excel workbook (.xls)"),
        (b"%PDF-1.7", "a PDF"),
        (b'<?xml version="1.0"?>', "XML or HTML"),
        (b"<!DOCTYPE html>", "XML or HTML"),
        (b'{"antwoorden":[]}', "JSON"),
    ],
)
def test_another_kind_of_file_is_named(tmp_path: Path, content: bytes, what: str) -> None:
    assert refusal(written(tmp_path, content)) == f"export.csv: is {what}, which is not read yet. {ADVICE}"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04rest", "is a damaged archive: it breaks off, or was changed. Export again."),
        (
            b"$FL2@(#) IBM SPSS",
            "cannot be read as a file of SPSS: it is damaged or not complete. Save it again with SPSS.",
        ),
        (b"<stata_dta>", "cannot be read as a file of Stata: it is damaged or not complete. Save it again with Stata."),
        (b"PAR1\x15\x04", "is a damaged Parquet file. Write it again."),
    ],
)
def test_a_file_that_breaks_off_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    assert refusal(written(tmp_path, content)) == f"export.csv: {message}"


def test_a_table_of_something_else_is_a_table(tmp_path: Path) -> None:
    export = read_export(written(tmp_path, b"Vraag;IP-adres\r\nja;192.0.2.1\r\n"))
    assert export.format == "Tabel (CSV)"
    assert export.metadata == {"(rij)": "technisch gegeven", "IP-adres": "adres van de computer"}


@pytest.mark.parametrize("name", ["rc_abbreviated_short.csv", "rc_abbreviated_long.csv"])
def test_t23_abbreviated_texts_as_headings_are_refused_with_the_right_settings(data: Path, name: str) -> None:
    message = "the headings are question texts ('Respons-ID'), which can be alike."
    assert refusal(data / name) == f"{name}:1: {message} {ADVICE}"


def test_t04_a_vv_export_is_known_by_its_content(data: Path) -> None:
    assert read_export(data / "vvexport_v2.csv").format == "LimeSurvey, VV-export"


def test_the_reading_of_a_large_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "_LARGE", 10)
    path = tmp_path / "export.csv"
    path.write_text('"id";"submitdate";"Q1"\n"7";"2021-11-22 09:00:00";"A1"\n', encoding="utf-8")
    told: list[str] = []
    read_export(path, progress=told.append)
    assert told == ["reading export.csv: 0%", "reading export.csv: 100%"]
