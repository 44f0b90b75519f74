"""Cells of a workbook that hold a formula: a text is a text, and an answer to a closed question is none."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from srsmeting.errors import IntakeError
from srsmeting.intake import Intake, read_export, take_in
from srsmeting.intake.corrections.entries import read_corrections
from srsmeting.questionnaire import Questionnaire, parse_questionnaire

YES = [
    {"code": "ja", "export": "1", "label": "Ja"},
    {"code": "anders", "export": "other", "label": "Anders", "kind": "other"},
]
QUESTIONS = [{"id": "idee", "kind": "open"}, {"id": "bekend", "kind": "single", "categories": YES}]
#: A cell with a formula as a program writes it: what it shows (None for not calculated), and of what kind that is.
Shown = tuple[str, str | None, str]
Book = Callable[..., Path]


@pytest.fixture(scope="session")
def korte() -> Questionnaire:
    known = {"pijler": "basis", "fase": "algemeen"}
    questions = [{"title": found["id"], "text": found["id"], **known, **found} for found in QUESTIONS]
    pijlers = [{"id": "basis", "label": "Basis"}]
    return parse_questionnaire({"meting": "kort", "title": "Kort", "pijlers": pijlers, "questions": questions})


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Write a table of which some cells hold a formula that a spreadsheet program calculated."""

    def write(cells: dict[str, Shown], *rows: tuple[str, ...]) -> Path:
        workbook = openpyxl.Workbook()
        assert workbook.active is not None
        for row in (("id", "idee", "bekend", "bekend_other", "naam"), *rows):
            workbook.active.append([cell or None for cell in row])
        for place, (formula, _, _) in cells.items():
            workbook.active[place] = formula
        whole = io.BytesIO()
        workbook.save(whole)
        path = tmp_path / "export.xlsx"
        with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
            for name in old.namelist():
                # An empty element is written in two ways, by what is installed beside openpyxl.
                content = old.read(name).decode().replace("<v />", "<v></v>").replace("<v/>", "<v></v>")
                for place, (formula, value, kind) in cells.items() if name.endswith("sheet1.xml") else ():
                    plain = f'<c r="{place}"><f>{formula[1:]}</f><v></v></c>'
                    assert plain in content
                    shown = "" if value is None else f"<v>{value}</v>"
                    content = content.replace(plain, f'<c r="{place}" t="{kind}"><f>{formula[1:]}</f>{shown}</c>')
                new.writestr(name, content)
        return path

    return write


ROWS = (("1", "Meer tijd", "1", "", ""), ("2", "", "1", "", ""), ("3", "", "1", "", ""), ("4", "", "1", "", ""))


def take(path: Path, questionnaire: Questionnaire) -> Intake:
    return take_in(path, questionnaire, ignore=["naam"], open_answers=True)


def test_an_open_answer_is_what_the_cell_shows_and_else_the_formula(book: Book, korte: Questionnaire) -> None:
    cells: dict[str, Shown] = {
        "B3": ("=A3+1", "3", "n"),
        "B4": ("=meer tijd", "#NAME?", "e"),
        "B5": ("=-)", None, "n"),
    }
    intake = take(book(cells, *ROWS), korte)

    assert intake.open_answers is not None
    assert intake.open_answers["text"].tolist() == ["Meer tijd", "3", "=meer tijd", "=-)"]
    findings = intake.report.findings
    assert findings[findings["check"] == "formula_in_text"].to_dict("records") == [
        {
            "check": "formula_in_text",
            "severity": "warning",
            "question": "idee",
            "count": 3,
            "message": (
                "3 teksten zijn een formule. Gelezen is wat het werkblad laat zien, of de formule zelf waar het niets "
                "laat zien. Regels 3, 4, 5."
            ),
        }
    ]


def test_a_formula_that_shows_nothing_is_no_answer_and_no_row(book: Book, korte: Questionnaire) -> None:
    cells: dict[str, Shown] = {"B5": ('=""', "", "str"), "E6": ('=""', "", "str")}
    intake = take(book(cells, *ROWS), korte)

    assert intake.responses.answers["idee"].tolist() == [True, False, False, False]
    assert intake.report.rows_received == 4


def test_a_formula_at_other_namely_is_a_text(book: Book, korte: Questionnaire) -> None:
    path = book({"D3": ("=koken", "#NAME?", "e")}, ROWS[0], ("2", "", "-oth-", "", ""))
    findings = take(path, korte).report.findings

    assert findings.loc[findings["check"] == "formula_in_text", ["question", "count"]].to_numpy().tolist() == [
        ["bekend", 1]
    ]


def test_a_formula_in_a_column_that_is_left_out_is_nothing(book: Book, korte: Questionnaire) -> None:
    report = take(book({"E3": ("=A1", "x", "str")}, *ROWS), korte).report

    assert "formula_in_text" not in report.findings["check"].tolist()


def test_a_formula_at_a_closed_question_is_an_error_whatever_it_shows(book: Book, korte: Questionnaire) -> None:
    cells: dict[str, Shown] = {"C3": ("=A2", "1", "n"), "C4": ("=A3", "9", "n"), "B3": ("=A1", "x", "str")}
    with pytest.raises(IntakeError) as caught:
        take(book(cells, *ROWS), korte)
    assert str(caught.value).splitlines() == [
        "export.xlsx:3: column 'bekend': the cell holds a formula, '=A2', and no answer. Say in corrections.yaml what "
        "the answer is, or export again.",
        "export.xlsx:4: column 'bekend': the cell holds a formula, '=A3', and no answer. Say in corrections.yaml what "
        "the answer is, or export again.",
    ]


def test_a_correction_settles_a_formula(book: Book, korte: Questionnaire, tmp_path: Path) -> None:
    path = tmp_path / "corrections.yaml"
    path.write_text(
        "corrections:\n"
        '  - {respondent: "2", question: bekend, old: "=A2", new: "1", reason: nagevraagd, date: 2026-03-03}\n'
        '  - {respondent: "3", question: bekend, old: "=A1", new: "1", reason: nagevraagd, date: 2026-03-03}\n'
        "set_aside:\n"
        '  - {respondent: "4", reason: test, date: 2026-03-03}\n',
        encoding="utf-8",
    )
    cells: dict[str, Shown] = {"C3": ("=A2", "1", "n"), "C4": ("=A1", None, "n"), "C5": ("=A1", None, "n")}
    intake = take_in(book(cells, *ROWS), korte, ignore=["naam"], corrections=read_corrections(path))

    assert intake.responses.answers["bekend"].tolist() == ["ja", "ja", "ja"]


def test_a_formula_in_a_heading_is_an_error(book: Book, korte: Questionnaire) -> None:
    faults = read_export(book({"B1": ("=A1", "idee", "str")}, *ROWS)).faults

    assert [str(fault) for fault in faults] == [
        "export.xlsx:1: column 'idee': the cell holds a formula, '=A1', and no answer. Say in corrections.yaml what the "
        "answer is, or export again."
    ]
