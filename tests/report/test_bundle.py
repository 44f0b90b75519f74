"""The folder of a report: what it must hold, and what is said when it does not."""

import os
from pathlib import Path

import pytest

from srsmeting.errors import ReportError
from srsmeting.report import open_report


def test_a_report_is_opened_by_its_folder(bundle: Path) -> None:
    r = open_report(bundle)

    assert repr(r) == "<Report mini-2021: 38 estimates>"
    assert (r.texts.title, r.period, r.source) == ("Nulmeting in het klein", "2021", "Een verzonnen enquête")


def test_the_renderer_names_the_folder(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SRSMETING_REPORT", os.fspath(bundle))

    assert open_report().texts.title == "Nulmeting in het klein"


def test_without_a_folder_the_message_says_how_to_render(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SRSMETING_REPORT", raising=False)

    with pytest.raises(ReportError) as caught:
        open_report()

    assert str(caught.value) == (
        "open_report(): no figures to report on, SRSMETING_REPORT is not set. Render the report with `srsmeting render "
        "reports/nulmeting --meting analyses/srs_2021`, or name a folder that holds estimates.csv, questionnaire.yaml, "
        "report.json."
    )


@pytest.mark.parametrize("name", ["estimates.csv", "questionnaire.yaml", "report.json"])
def test_a_file_that_is_missing_is_named(bundle: Path, name: str) -> None:
    (bundle / name).unlink()

    with pytest.raises(ReportError) as caught:
        open_report(bundle)

    assert str(caught.value) == (
        f"{bundle}: not the folder of a report, it has no {name}. Render the report with `srsmeting render "
        "reports/nulmeting --meting analyses/srs_2021`. Needed: estimates.csv, questionnaire.yaml, report.json."
    )


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"{}", "meting: Field required"),
        (b"[", "Invalid JSON: EOF while parsing a list at line 1 column 1"),
    ],
)
def test_texts_that_cannot_be_read(bundle: Path, content: bytes, what: str) -> None:
    (bundle / "report.json").write_bytes(content)

    with pytest.raises(ReportError) as caught:
        open_report(bundle)

    assert str(caught.value) == (
        f"{bundle / 'report.json'}: not the texts of a report ({what}). Render the report again."
    )


def test_texts_that_are_not_utf8(bundle: Path) -> None:
    (bundle / "report.json").write_bytes(b'{"meting": "m\xe9ting"}')

    with pytest.raises(ReportError) as caught:
        open_report(bundle)

    assert str(caught.value) == f"{bundle / 'report.json'}: not UTF-8. Render the report again."


def test_files_of_different_measurements(bundle: Path) -> None:
    estimates = bundle / "estimates.csv"
    estimates.write_text(estimates.read_text(encoding="utf-8").replace("mini-2021", "mini-2022"), encoding="utf-8")

    with pytest.raises(ReportError) as caught:
        open_report(bundle)

    assert str(caught.value) == (
        f"{bundle}: report.json is of 'mini-2021', the questionnaire of 'mini-2021', the estimates of 'mini-2022'. "
        "Render the report again."
    )
