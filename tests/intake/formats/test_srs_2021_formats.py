"""The respondents of srs_2021 along other paths: the same people give the same figures, whatever their file looks like."""

import datetime as dt
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pyreadstat
import pytest
from click.testing import CliRunner

from srsmeting.bundled import bundled
from srsmeting.cli import main
from srsmeting.intake import read_export
from srsmeting.meting import load_meting
from srsmeting.questionnaire import Question, Questionnaire, load_questionnaire
from srsmeting.running import run_meting

SOURCE = bundled("analyses/srs_2021")


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    return load_questionnaire(SOURCE.parent.parent / "questionnaires" / "srs_2021.yaml")


@pytest.fixture(scope="module")
def cells() -> pd.DataFrame:
    return read_export(SOURCE / "export.csv").cells


@pytest.fixture(scope="module")
def estimates() -> pd.DataFrame:
    return run_meting(load_meting(SOURCE)).estimates


def _meting(folder: Path, export: str, more: str = "") -> Path:
    text = (SOURCE / "meting.yaml").read_text(encoding="utf-8")
    text = text.replace("../../questionnaires/srs_2021.yaml", "srs_2021.yaml")
    (folder / "meting.yaml").write_text(text.replace("export: export.csv", f"export: {export}{more}"), encoding="utf-8")
    shutil.copy(SOURCE.parent.parent / "questionnaires" / "srs_2021.yaml", folder)
    for name in ("frame.csv", "coverage.csv", "coded.csv", "published.yaml", "programme.yaml", "voices.yaml"):
        shutil.copy(SOURCE / name, folder)
    return folder


def _label(question: Question, code: str) -> str:
    return next(c.label for c in question.categories if c.export == code or (c.is_written_in and code == "-oth-"))


def test_spss_with_numbers_and_labels(
    tmp_path: Path, questionnaire: Questionnaire, cells: pd.DataFrame, estimates: pd.DataFrame
) -> None:
    columns: dict[str, object] = {"id": cells["id"], "submitdate": cells["submitdate"], "token": cells["token"]}
    labels: dict[str, dict[float, str]] = {}
    texts: dict[str, str] = {}
    for question in questionnaire.questions:
        if question.kind == "multiple":
            parts = [f"{question.export}[{c.export}]" for c in question.categories]
            answered = (cells[parts] != "").any(axis=1)
            for part, category in zip(parts, question.categories, strict=True):
                name = f"{question.export}_{category.export}"
                texts[name] = category.label
                ticks = (cells[part] == "Y").astype(float).where(answered)
                columns[name] = cells[part] if category.is_written_in else ticks
            continue
        headings = [question.export]
        if question.kind == "statements":
            headings = [f"{question.export}[{item.export}]" for item in question.items]
        for heading in headings:
            name = heading.replace("[", "_").rstrip("]")
            texts[name] = question.text[:250]
            if question.kind in ("mark", "number"):
                columns[name] = pd.to_numeric(cells[heading], errors="coerce")
            elif question.kind == "open":
                columns[name] = cells[heading]
            else:
                codes = ["-oth-" if c.is_written_in else c.export for c in question.categories]
                numbers = {code: float(number) for number, code in enumerate(codes, start=1)}
                labels[name] = {number: _label(question, code) for code, number in numbers.items()}
                columns[name] = cells[heading].map(numbers)
        if f"{question.export}[other]" in cells and question.kind == "single":
            columns[f"{question.export}_other"] = cells[f"{question.export}[other]"]
    path = _meting(tmp_path, "export.sav") / "export.sav"
    pyreadstat.write_sav(pd.DataFrame(columns), path, column_labels=texts, variable_value_labels=labels)

    run = run_meting(load_meting(tmp_path))
    pd.testing.assert_frame_equal(run.estimates, estimates)
    assert run.intake is not None
    assert run.intake.report.format == "SPSS (.sav)"
    assert run.intake.report.rows_received == len(cells)


def test_microsoft_forms_with_a_mapping_that_was_proposed(
    tmp_path: Path, questionnaire: Questionnaire, cells: pd.DataFrame, estimates: pd.DataFrame
) -> None:
    columns: dict[str, list[object]] = {}
    submitted = cells[cells["submitdate"] != ""]
    for question in questionnaire.questions:
        if question.kind == "multiple":
            chosen = []
            for _, row in submitted.iterrows():
                texts = []
                for category in question.categories:
                    cell = row[f"{question.export}[{category.export}]"]
                    texts += [cell if category.is_written_in else category.label] if cell else []
                chosen.append("".join(f"{text};" for text in texts) or None)
            columns[question.text] = list(chosen)
        elif question.kind == "statements":
            for item in question.items:
                column = submitted[f"{question.export}[{item.export}]"]
                columns[item.label] = [_label(question, code) if code else None for code in column]
        elif question.kind in ("mark", "number"):
            columns[question.text] = [int(mark) if mark else None for mark in submitted[question.export]]
        elif question.kind == "open":
            columns[question.text] = [text or None for text in submitted[question.export]]
        else:
            answers = [_label(question, code) if code else None for code in submitted[question.export]]
            if f"{question.export}[other]" in submitted:
                written = submitted[f"{question.export}[other]"]
                answers = [text or answer for text, answer in zip(written, answers, strict=True)]
            columns[question.text] = list(answers)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam", *columns])
    begin = dt.datetime(2022, 3, 2, 9, 14, 5)
    for number, answers in enumerate(zip(*columns.values(), strict=True), start=1):
        sheet.append([number, begin, begin + dt.timedelta(minutes=6), "anonymous", None, *answers])
    _meting(tmp_path, "antwoorden.xlsx")
    book.save(tmp_path / "antwoorden.xlsx")

    result = CliRunner().invoke(main, ["map", str(tmp_path), "-o", str(tmp_path / "mapping.yaml")])
    assert result.stderr == f"{len(columns)} columns are sure, 0 are yours to choose; see the comments.\n"
    assert result.exit_code == 0
    _meting(tmp_path, "antwoorden.xlsx", "\nmapping: mapping.yaml")
    # A form numbers who sent it; the themes of open answers are coded by number.
    numbers = {id: str(number) for number, id in enumerate(submitted["id"], start=1)}
    coded = pd.read_csv(tmp_path / "coded.csv", dtype="str")
    coded.assign(respondent=coded["respondent"].map(numbers)).to_csv(tmp_path / "coded.csv", index=False)
    run = run_meting(load_meting(tmp_path))
    # A form has neither tokens nor who stopped halfway: what needs those is missing, all else is the same.
    unknown = ["disposition", "cooperation_rate_1", "r_indicator", "r_indicator_unadjusted"]
    ours, theirs = (frame[~frame["measure"].isin(unknown)] for frame in (run.estimates, estimates))
    pd.testing.assert_frame_equal(ours, theirs)
    lost = run.estimates[run.estimates["measure"].isin(unknown[1:])]
    assert lost["estimate"].isna().all()
    assert set(lost["reason"]) == {"not_linked"}
