"""Exports with bad content, handed to the command: one message, exit status 2, and nothing on standard output."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from click.testing import CliRunner

from srsmeting.cli import main
from srsmeting.intake import read_export
from srsmeting.intake.files import delimited

GOLD = Path(__file__).parents[1] / "data" / "limesurvey"
DAMAGED = "The file is damaged: export again."


@pytest.fixture
def refusal(mini: Path) -> Callable[..., str]:
    """Check the small measurement with another export, and return the message."""

    def check(export: bytes, more: str = "") -> str:
        (mini / "export.csv").write_bytes(export)
        if more:
            (mini / "meting.yaml").write_text((mini / "meting.yaml").read_text() + more)
        result = CliRunner().invoke(main, ["check", str(mini)])
        assert (result.exit_code, result.stdout) == (2, "")
        assert isinstance(result.exception, SystemExit)
        assert "Traceback" not in result.stderr
        return result.stderr.removeprefix("srsmeting: ").rstrip("\n")

    return check


def test_a_file_that_breaks_off_in_a_row(mini: Path, refusal: Callable[..., str]) -> None:
    raw = (mini / "export.csv").read_bytes()
    row = raw.index(b'\r\n"9";') + 2
    assert refusal(raw[: row + 4]) == f"export.csv:10: this row has 2 cells, the header has 17. {DAMAGED}"
    assert refusal(raw[: raw.index(b"bijeenkomsten")]) == (
        "export.csv:2: a quote is opened here and never closed: the file breaks off. Export again."
    )
    assert refusal(raw[:60]).startswith("export.csv:1: ")


def test_two_exports_one_after_the_other(mini: Path, refusal: Callable[..., str]) -> None:
    raw = (mini / "export.csv").read_bytes()
    assert refusal(raw + raw) == "export.csv:14: is two files in one: another begins here. Keep them apart."
    assert refusal(raw + raw.removeprefix(b"\xef\xbb\xbf")) == (
        "export.csv:14: the header stands here again: two exports in one file. Keep them apart."
    )


BINARY = {
    **dict.fromkeys(("archive.lsa", "ui_code_short.xlsx"), ""),
    "a.sav": "sav",
    "a.zsav": "zsav",
    "a.dta": "dta",
    "a8.dta": "dta",
    "a10.dta": "dta",
    "a12.dta": "dta",
    "a.parquet": "parquet",
}


def _bytes_of(name: str, folder: Path) -> bytes:
    frame = pd.DataFrame({"id": [1.0, 2.0], "a": ["x", "y"]})
    path = folder / name
    kind = BINARY[name]
    if kind in ("sav", "zsav"):
        pyreadstat.write_sav(frame, path, compress=kind == "zsav")
    elif kind == "dta":
        pyreadstat.write_dta(frame, path, version=int(name[1:-4] or 15))
    elif kind == "parquet":
        frame.to_parquet(path)
    else:
        shutil.copy(GOLD / name, path)
    return path.read_bytes()


@pytest.mark.parametrize("name", list(BINARY))
def test_two_files_that_have_an_end_of_their_own(tmp_path: Path, refusal: Callable[..., str], name: str) -> None:
    raw = _bytes_of(name, tmp_path)
    assert refusal(raw + raw) == (
        f"export.csv: is two files in one: another begins at byte {len(raw)}. Keep them apart."
    )


def test_files_of_stata_of_two_versions(tmp_path: Path, refusal: Callable[..., str]) -> None:
    new, old = (_bytes_of(name, tmp_path) for name in ("a.dta", "a10.dta"))
    assert refusal(new + old) == f"export.csv: is two files in one: another begins at byte {len(new)}. Keep them apart."


def test_two_files_of_json(refusal: Callable[..., str]) -> None:
    raw = (GOLD / "ui_json.json").read_bytes()
    assert refusal(raw + raw) == "export.csv:1: is damaged JSON from here on. Export again."


@pytest.mark.parametrize(
    "name", ["rc_code_short.csv", "vvexport_v2.csv", "archive.lsa", "ui_code_short.xlsx", "ui_json.json"]
)
@pytest.mark.parametrize("suffix", ["csv", "xlsx", "sav", "txt", ""])
def test_a_wrong_suffix_changes_nothing(tmp_path: Path, name: str, suffix: str) -> None:
    path = tmp_path / f"export.{suffix}"
    shutil.copy(GOLD / name, path)
    assert read_export(path).cells.equals(read_export(GOLD / name).cells)


def test_two_encodings_in_one_file(mini: Path, refusal: Callable[..., str]) -> None:
    raw = (mini / "export.csv").read_bytes().removeprefix(b"\xef\xbb\xbf")
    raw = raw.replace(b"een nieuwsbrief", "één enquête".encode("cp1252")).replace(
        b"meer bijeenkomsten", "geïnteresseerd".encode()
    )
    assert refusal(raw) == (
        "export.csv:7: byte 0xe9 is not UTF-8, but 'ï' on line 2 is: two encodings in one file, as when parts of files "
        "are pasted together. Export again."
    )


@pytest.mark.parametrize("name", ["rc_code_short.csv", "vvexport_v2.csv", "ui_json.json", "spss_data.dat"])
def test_a_nul_byte(mini: Path, refusal: Callable[..., str], name: str) -> None:
    shutil.copy(GOLD / "spss_syntax.sps", mini)
    raw = (GOLD / name).read_bytes().replace(b"Koken", b"Ko\0ken")
    line = raw[: raw.index(b"\0")].count(b"\n") + 1
    assert refusal(raw) == f"export.csv:{line}: holds a NUL byte, which no text has. {DAMAGED}"


def test_a_cell_of_many_megabytes(mini: Path, refusal: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "_LONGEST_RECORD", 2**20)
    raw = (mini / "export.csv").read_bytes()
    text = b"a;\n" * (2**21 // 3)
    assert refusal(raw.replace(b"een nieuwsbrief", text)) == (
        "export.csv:7: this row is 2 MB long, and no export has one of more than 1 MB: a quote stands in a wrong place. "
        "Export again."
    )
    # What stands within the limit is an answer like any other.
    path = mini / "groot.csv"
    path.write_bytes(raw.replace(b"een nieuwsbrief", text[: 2**19]))
    assert read_export(path).cells["G01Q05"].str.len().max() == 2**19


def test_a_heading_of_many_megabytes(refusal: Callable[..., str]) -> None:
    assert refusal(b'"id";"' + b"a" * 200_000 + b'"\n"1";"2"\n') == (
        "export.csv:1: a heading is longer than any question: a quote stands in a wrong place. Export again."
    )
    assert refusal(b'"id";"' + b"a;\n" * 2_900_000 + b'"\n"1";"2"\n') == (
        "export.csv:1: the header is 8 MB long, and no export has one of more than 8 MB: a quote stands in a wrong "
        "place. Export again."
    )


def test_twenty_thousand_columns(tmp_path: Path, refusal: Callable[..., str]) -> None:
    def table(count: int) -> bytes:
        names, cells = ";".join(f"v{n}" for n in range(count)), ";".join("1" for _ in range(count))
        return f"id;{names}\n1;{cells}\n".encode()

    path = tmp_path / "breed.csv"
    path.write_bytes(table(20_000))
    export = read_export(path)
    assert (export.cells.shape, export.cells["v19999"].tolist()) == ((1, 20_001), ["1"])
    lines = refusal(table(1_000)).splitlines()
    assert lines[0] == (
        "export.csv:1: question 'wgo' has no column 'G01Q01'. Export every question, or correct its 'export' in the "
        "questionnaire."
    )
    assert len(lines) == 21
    assert lines[-1].endswith(" more.")


def test_headings_that_stand_twice(mini: Path, refusal: Callable[..., str]) -> None:
    raw = (mini / "export.csv").read_bytes()
    assert refusal(raw.replace(b'"G01Q03"', b'"G01Q02"')) == (
        "export.csv:1: heading 'G01Q02' stands 2 times (columns 12, 13). Keep one of them.\n"
        "export.csv:1: question 'bekend' has no column 'G01Q03'. Export every question, or correct its 'export' in the "
        "questionnaire."
    )


OTHER_STRUCTURE = (
    "is the structure of a survey in a form that is not read, without its answers. Export the structure as .lss, and "
    "name the responses under 'export'."
)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("structure_tsv.txt", OTHER_STRUCTURE),
        ("quexml.xml", OTHER_STRUCTURE),
        ("tokens.csv", "is the list of participants, without their answers. Name the responses under 'export'."),
    ],
)
def test_a_file_of_the_survey_that_is_not_its_export(refusal: Callable[..., str], name: str, message: str) -> None:
    assert refusal((GOLD.parent / "beside" / name).read_bytes()) == f"export.csv: {message}"


def test_json_of_very_many_levels(refusal: Callable[..., str]) -> None:
    deep = '{"responses":' + "[" * 200_000 + "]" * 200_000 + "}"
    assert refusal(deep.encode()) == "export.csv: is damaged JSON from here on. Export again."
    wide = json.dumps({"responses": [{"id": 1, "submitdate": "", "lastpage": {}}]})
    assert refusal(wide.encode()) == "export.csv:1: response 1: 'lastpage' holds a list or an object, and no answer."


def test_a_table_that_is_cut_at_any_row_is_read_to_that_row(mini: Path) -> None:
    raw = (mini / "export.csv").read_bytes()
    ends = [place for place in range(len(raw)) if raw[place : place + 2] == b"\r\n"]
    for count, end in enumerate(ends[1:-1], start=1):
        (mini / "deel.csv").write_bytes(raw[:end])
        assert len(read_export(mini / "deel.csv")) == count
