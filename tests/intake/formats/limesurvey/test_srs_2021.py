"""The respondents of srs_2021 as LimeSurvey would have exported them along other paths: the same estimates."""

import shutil
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pandas as pd
import pytest

from srsmeting.bundled import bundled
from srsmeting.intake import read_export
from srsmeting.intake.formats.limesurvey.columns import ToolColumn, tool_columns
from srsmeting.meting import load_meting
from srsmeting.questionnaire import Questionnaire, load_questionnaire
from srsmeting.questionnaire.structures.lss import read_lss
from srsmeting.questionnaire.structures.to_lss import lss_text
from srsmeting.responses import NOT_ASKED, Responses
from srsmeting.running import run_meting

SOURCE = bundled("analyses/srs_2021")
YAML = SOURCE.parent.parent / "questionnaires" / "srs_2021.yaml"
OWN = ["id", "submitdate", "lastpage", "startlanguage", "seed", "token", "startdate", "datestamp", "ipaddr", "refurl"]
OWN_DUTCH = [
    *("Respons-ID", "Datum verzonden", "Laatste pagina", "Begin taal", "Plaats", "Toegangscode", "Startdatum"),
    *("Datum laatste actie", "IP-adres", "Verwijzer URL"),
]


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    return load_questionnaire(YAML)


@pytest.fixture(scope="module")
def columns(questionnaire: Questionnaire) -> tuple[ToolColumn, ...]:
    return tool_columns(read_lss(lss_text(questionnaire).encode(), "srs_2021.lss"))


@pytest.fixture(scope="module")
def cells() -> pd.DataFrame:
    return read_export(SOURCE / "export.csv").cells


@pytest.fixture(scope="module")
def known() -> tuple[pd.DataFrame, Responses]:
    run = run_meting(load_meting(SOURCE))
    assert run.intake is not None
    return run.estimates, run.intake.responses


@pytest.fixture
def folder(tmp_path: Path, questionnaire: Questionnaire) -> Path:
    shutil.copy(YAML, tmp_path)
    for name in ("frame.csv", "coverage.csv", "coded.csv", "published.yaml", "programme.yaml", "voices.yaml"):
        shutil.copy(SOURCE / name, tmp_path)
    (tmp_path / "srs_2021.lss").write_text(lss_text(questionnaire), encoding="utf-8")
    return tmp_path


def estimates(folder: Path, export: str, more: str = "") -> tuple[pd.DataFrame, bool]:
    text = (SOURCE / "meting.yaml").read_text(encoding="utf-8").replace("../../questionnaires/", "")
    (folder / "meting.yaml").write_text(text.replace("export: export.csv", f"export: {export}{more}"), encoding="utf-8")
    run = run_meting(load_meting(folder))
    assert run.intake is not None
    checks = run.intake.report.findings["check"]
    return run.estimates, bool(checks.isin(["shown_not_asked", "asked_not_shown"]).any())


def absent(cells: pd.DataFrame, responses: Responses, columns: tuple[ToolColumn, ...]) -> pd.DataFrame:
    """Say where the database holds nothing: at what a respondent was not asked, and behind where one stopped."""
    used = cells["submitdate"] != ""
    found = pd.DataFrame(False, index=cells.index, columns=[column.name for column in columns])
    by_export = {question.export: question for question in responses.questionnaire.questions}
    for column in columns:
        question = by_export[column.question.code]
        items = {item.export: item.id for item in question.items}
        name = f"{question.id}.{items[column.field]}" if items else question.id
        found.loc[used, column.name] = (responses.status[name] == NOT_ASKED).to_numpy()
        found.loc[~used, column.name] = cells.loc[~used, column.name] == ""
    return found


def in_database(column: ToolColumn) -> str:
    return f"123456X1X{column.question.qid}{column.field}"


def test_as_an_archive(
    folder: Path,
    questionnaire: Questionnaire,
    columns: tuple[ToolColumn, ...],
    cells: pd.DataFrame,
    known: tuple[pd.DataFrame, Responses],
) -> None:
    nothing = absent(cells, known[1], columns)
    fields = {name: name for name in OWN} | {column.name: in_database(column) for column in columns}
    rows = []
    for number, row in enumerate(cells.to_dict("records")):
        tags = []
        for name, field in fields.items():
            tag = f"_{field}" if field[0].isdigit() else field
            value = str(row[name])
            if (name in nothing and nothing.loc[number, name]) or (name not in nothing and not value):
                continue
            tags.append(f"<{tag}>{escape(value)}</{tag}>" if value else f"<{tag}/>")
        rows.append(f"<row>{''.join(tags)}</row>")
    names = "".join(f"<fieldname>{field}</fieldname>" for field in fields.values())
    responses = (
        '<?xml version="1.0" encoding="UTF-8"?><document><LimeSurveyDocType>Responses</LimeSurveyDocType>'
        f"<responses><fields>{names}</fields><rows>{''.join(rows)}</rows></responses></document>"
    )
    with zipfile.ZipFile(folder / "srs_2021.lsa", "w") as new:
        new.writestr("survey_123456.lss", lss_text(questionnaire))
        new.writestr("survey_123456_responses.lsr", responses)
    found, contradicted = estimates(folder, "srs_2021.lsa")
    pd.testing.assert_frame_equal(found, known[0])
    # What LimeSurvey showed is what the routing of the questionnaire asks.
    assert not contradicted


def test_as_a_vv_export(
    folder: Path, columns: tuple[ToolColumn, ...], cells: pd.DataFrame, known: tuple[pd.DataFrame, Responses]
) -> None:
    names = [*OWN, *(column.name for column in columns)]
    nothing = absent(cells, known[1], columns)
    written = cells[names].map(lambda cell: cell.replace("{", "{lbrace}").replace("\n", "{newline}"))
    for name in nothing:
        written[name] = written[name].mask(nothing[name], "{question_not_shown}")
    codes = [*OWN, *(in_database(column) for column in columns)]
    frame = pd.concat([pd.DataFrame([codes], columns=names), written])
    frame.to_csv(
        folder / "vvexport.csv", sep="\t", index=False, header=[*OWN_DUTCH, *(c.question.text for c in columns)]
    )
    found, contradicted = estimates(folder, "vvexport.csv", "\nstructure: srs_2021.lss")
    pd.testing.assert_frame_equal(found, known[0])
    assert not contradicted


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_as_texts_under_texts(
    folder: Path,
    columns: tuple[ToolColumn, ...],
    cells: pd.DataFrame,
    known: tuple[pd.DataFrame, Responses],
    kind: str,
) -> None:
    table = pd.DataFrame({heading: cells[name] for heading, name in zip(OWN_DUTCH, OWN, strict=True)})
    written = [table]
    for column in columns:
        texts = dict(column.question.answers) | {"-oth-": column.question.other_label}
        ticks = {"Y": "Ja", "": "Nee"}
        known_texts = ticks if column.holds == "tick" else texts if column.holds == "answer" else {}
        values = cells[column.name].map(lambda value, known_texts=known_texts: known_texts.get(value, value))
        written.append(values.rename(column.headings[0]).to_frame())
    table = pd.concat(written, axis="columns")
    if kind == "csv":
        table.to_csv(folder / "export.csv", sep=";", index=False, quoting=1, encoding="utf-8-sig")
    else:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(list(table.columns))
        for row in table.itertuples(index=False):
            sheet.append([value or None for value in row])
        book.save(folder / "export.xlsx")
    found, _ = estimates(folder, f"export.{kind}", "\nstructure: srs_2021.lss")
    pd.testing.assert_frame_equal(found, known[0])
