"""Which reader a file goes to, and what is refused before any reader sees it."""

import io
import os
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest

from srsmeting.errors import QuestionnaireError
from srsmeting.questionnaire.structures import read_structure, source

KNOWN = (
    "Known: the structure of a LimeSurvey survey (.lss) or its archive (.lsa), the survey file of Qualtrics (.qsf), "
    "the form of KoboToolbox or ODK (XLSForm, .xlsx)."
)
Write = Callable[..., Path]


def archive(members: Mapping[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return target.getvalue()


def refusal(path: Path) -> str:
    with pytest.raises(QuestionnaireError) as error:
        read_structure(path)
    return str(error.value)


def test_the_content_decides_not_the_suffix(gold_lss: Path, make: SimpleNamespace, write: Write) -> None:
    assert read_structure(write(b"\xef\xbb\xbf" + gold_lss.read_bytes(), "survey.txt")).tool == "LimeSurvey (.lss)"
    question = {"QuestionID": "QID1", "DataExportTag": "Q1", "QuestionType": "TE"}
    assert read_structure(write(make.qsf(question), "survey.lss")).tool == "Qualtrics (.qsf)"
    form = make.xlsform(survey=[["type", "name"], ["text", "q1"]])
    assert read_structure(write(form, "survey.qsf")).tool == "XLSForm (.xlsx)"


@pytest.mark.parametrize("content", [b"", b"id;submitdate\n", b"\x00\x01", b"PK\x05\x06" + bytes(18), b"\xff\xfe<\x00"])
def test_what_nobody_knows_lists_what_is_known(content: bytes, write: Write) -> None:
    assert refusal(write(content, "x.csv")) == f"x.csv: is not a structure file. {KNOWN}"


def test_archives_that_hold_none_or_several(write: Write) -> None:
    assert (
        refusal(write(archive({"a.txt": ""}), "a.lsa")) == f"a.lsa: is an archive without a survey structure. {KNOWN}"
    )
    assert refusal(write(archive({"a.lss": "", "b.lss": ""}), "a.lsa")) == (
        "a.lsa: holds 2 survey structures. Unpack it and name one of them."
    )
    damaged = archive({"a.lss": "<document/>" * 50})
    assert refusal(write(damaged[:-30], "a.lsa")) == "a.lsa: is a damaged archive. Export or copy it again."


def test_an_archive_that_unpacks_to_gigabytes_is_not_unpacked(monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    monkeypatch.setattr(source, "LARGEST", 2**20)
    bomb = archive({"a.lss": "\0" * 5 * 2**20})
    assert len(bomb) < 10_000
    assert refusal(write(bomb, "a.lsa")) == (
        "a.lsa: it unpacks to 5 MB; a structure file has at most 1. Name the structure."
    )
    assert refusal(write(b"<" * 3 * 2**20, "a.lss")) == (
        "a.lss: the file is 3 MB; a structure file has at most 1. Name the structure."
    )


def test_what_is_no_file_at_all(tmp_path: Path) -> None:
    assert refusal(tmp_path / "weg.lss") == "weg.lss: no such file. Name the file that the survey tool exported."
    name = tmp_path.name
    assert refusal(tmp_path) == f"{name}: is not a file. Name the file that the survey tool exported."
    os.mkfifo(tmp_path / "pijp")
    assert refusal(tmp_path / "pijp") == "pijp: is not a file. Name the file that the survey tool exported."
    assert refusal(tmp_path / "a\0b") == "a\0b: no such file. Name the file that the survey tool exported."
