"""Forms headed by texts: Microsoft Forms and Google Forms."""

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srsmeting.errors import IntakeError
from srsmeting.intake import read_export, take_in
from srsmeting.intake.binding.mapping import AnswerMapping, read_mapping
from srsmeting.intake.binding.proposal import propose
from srsmeting.intake.binding.proposal_text import to_yaml
from srsmeting.intake.raw import Times
from srsmeting.questionnaire import Questionnaire, load_questionnaire

DATA = Path(__file__).parents[1] / "data"
LONG = "Welke van de onderstaande activiteiten voert uw organisatie op dit moment uit voor de regio waarin zij werkt"
QUESTIONNAIRE = f"""\
meting: verkenning
title: Verkenning
pijlers: [{{id: basis, label: Basis}}]
questions:
  - id: functie
    kind: single
    title: Functie
    text: Wat is uw functie?
    pijler: basis
    fase: algemeen
    categories:
      - {{code: bestuur, export: A1, label: Directeur of bestuurder}}
      - {{code: hr, export: A2, label: "1-2"}}
      - {{code: anders, export: other, label: "Anders, namelijk", kind: other}}
  - id: activiteiten
    kind: multiple
    title: Activiteiten
    text: "{LONG}, en welke voert zij ook buiten die regio uit?"
    pijler: basis
    fase: algemeen
    categories:
      - {{code: sport, label: Sport}}
      - {{code: soms, label: "Ja, soms"}}
      - {{code: anders, export: other, label: "Anders, namelijk", kind: other}}
  - id: tevreden
    kind: statements
    title: Tevredenheid
    text: Hoe tevreden bent u?
    pijler: basis
    fase: algemeen
    categories: [{{code: ja, label: Tevreden}}, {{code: neutraal, label: Neutraal}}]
    items: [{{id: gemeente, label: Gemeente}}, {{id: provincie, label: Provincie}}]
  - {{id: fte, kind: number, title: Fte, text: Hoeveel fte?, pijler: basis, fase: algemeen}}
  - {{id: waarom, kind: open, title: Toelichting, text: Toelichting, pijler: basis, fase: algemeen}}
  - {{id: slot, kind: open, title: Tot slot, text: Toelichting, pijler: basis, fase: algemeen}}
"""
ADDED = ("ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam", "Tijd van laatste wijziging")
BEGIN = dt.datetime(2026, 3, 2, 9, 14, 5)
#: As Microsoft Forms writes headings: a no-break space, line breaks, one that is cut, one that is numbered.
HEADINGS = (
    "Wat is uw functie?\xa0",
    f"{LONG}...",
    "Gemeente",
    "Provincie",
    "Hoeveel\nfte?\n",
    "Toelichting",
    "Toelichting2",
)
#: As Google Forms writes them.
GOOGLE = ("Wat is uw functie?", f"{LONG}, en welke voert zij ook buiten die regio uit?", "Hoe tevreden bent u? [Gemeente]",
          "Hoe tevreden bent u? [Provincie]", "Hoeveel fte?", "Waarom", "Tot slot")  # fmt: skip
ROWS: tuple[tuple[str | None, ...], ...] = (
    ("Directeur of bestuurder", "Sport;Ja, soms;", "Tevreden", "Neutraal", "12,5", "omdat", None),
    ("imker", "Sport;Anders, namelijk koken; bakken;", "Tevreden", None, "3", None, "succes"),
    (None, None, None, None, None, None, None),
)


@pytest.fixture
def verkenning(tmp_path: Path) -> Questionnaire:
    path = tmp_path / "questionnaire.yaml"
    path.write_text(QUESTIONNAIRE, encoding="utf-8")
    return load_questionnaire(path)


def _workbook(path: Path, rows: Any = ROWS, headings: Any = HEADINGS, added: Any = ADDED) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([*added, *headings])
    for number, row in enumerate(rows, start=1):
        sheet.append(
            [number, BEGIN, BEGIN + dt.timedelta(minutes=6), "anonymous", None, None][: len(added)] + list(row)
        )
    book.save(path)
    return path


def _as_ods(book: Path, path: Path) -> Path:
    """Write the cells of a workbook as OpenDocument, as LibreOffice does."""
    lines = ""
    for row in openpyxl.load_workbook(book).worksheets[0].iter_rows(values_only=True):
        lines += "<table:table-row>"
        for value in row:
            if isinstance(value, dt.datetime):
                cell = f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
            elif isinstance(value, int):
                cell = f'<table:table-cell office:value-type="float" office:value="{value}"/>'
            else:
                texts = "".join(f"<text:p>{escape(line)}</text:p>" for line in (value or "").splitlines())
                cell = f'<table:table-cell office:value-type="string">{texts}</table:table-cell>'
            lines += cell
        lines += "</table:table-row>"
    spaces = (
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        body = f'<office:body><office:spreadsheet><table:table table:name="Sheet1">{lines}</table:table>'
        content = f"<office:d {' '.join(spaces)}>{body}</office:spreadsheet></office:body></office:d>"
        archive.writestr("content.xml", content)
    return path


def _google(path: Path, mark: str = ";") -> Path:
    lines = [["Tijdstempel", "E-mailadres", *GOOGLE]]
    lines += [["2026/03/02 9:14:05 AM CET", "", *(cell or "" for cell in row)] for row in ROWS]
    text = "".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in lines)
    if mark != ";":
        text = text.replace("Sport;Ja, soms;", f"Sport{mark}Ja, soms").replace("Sport;Anders", f"Sport{mark}Anders")
    path.write_text(text, encoding="utf-8")
    return path


def _proposed(path: Path, questionnaire: Questionnaire) -> AnswerMapping:
    proposal = propose(read_export(path), questionnaire)
    assert not proposal.unsure
    assert not proposal.missing
    mapping = path.with_name("mapping.yaml")
    mapping.write_text(to_yaml(proposal), encoding="utf-8")
    return read_mapping(mapping, questionnaire)


def _form(folder: Path, verkenning: Questionnaire, form: str) -> tuple[Path, Questionnaire]:
    if form in ("workbook", "english"):
        added = ADDED if form == "workbook" else ("Id", "Start time", "Completion time", "Email", "Name")
        return _workbook(folder / "antwoorden.xlsx", added=added), verkenning
    text = QUESTIONNAIRE.replace("title: Toelichting, text: Toelichting", "title: Waarom, text: Waarom")
    text = text.replace("title: Tot slot, text: Toelichting", "title: Tot slot, text: Tot slot")
    (folder / "questionnaire.yaml").write_text(text, encoding="utf-8")
    path = _google(folder / "antwoorden.csv", ";" if form == "google" else ", ")
    return path, load_questionnaire(folder / "questionnaire.yaml")


@pytest.mark.parametrize("form", ["workbook", "english", "google", "sheet"])
def test_the_same_respondents_give_the_same_responses(tmp_path: Path, verkenning: Questionnaire, form: str) -> None:
    path, questionnaire = _form(tmp_path, verkenning, form)
    intake = take_in(path, questionnaire, mapping=_proposed(path, questionnaire))

    assert intake.report.format == ("Google Forms" if form in ("google", "sheet") else "Microsoft Forms")
    assert intake.responses.codes("functie").tolist() == [0, 2, -1]
    assert intake.responses.ticked("activiteiten").tolist() == [[True, True, False], [True, False, True], [False] * 3]
    assert intake.responses.codes("tevreden", "gemeente").tolist() == [0, 0, -1]
    assert intake.responses.codes("tevreden", "provincie").tolist() == [1, -1, -1]
    assert intake.responses.answers["fte"].fillna(-1).tolist() == [12.5, 3.0, -1.0]
    assert intake.responses.answers["waarom"].tolist() == [True, False, False]
    assert intake.responses.answers["slot"].tolist() == [False, True, False]
    assert intake.report.rows_received == intake.report.rows_used == 3
    told = intake.report.findings[intake.report.findings["check"] == "text_among_answers"]
    assert told[["question", "count"]].to_numpy().tolist() == [["functie", 1], ["activiteiten", 1]]


def test_t45_a_text_among_the_options_is_told_and_looked_at(tmp_path: Path, verkenning: Questionnaire) -> None:
    path = _workbook(tmp_path / "antwoorden.xlsx")
    findings = take_in(path, verkenning, mapping=_proposed(path, verkenning)).report.findings
    assert findings.loc[findings["question"] == "activiteiten", ["severity", "message"]].to_numpy()[0].tolist() == [
        "warning",
        "1 respondent heeft een tekst tussen de keuzes die geen bekend antwoord is; gelezen als ‘Anders, namelijk’. "
        "Regel 3.",
    ]


def test_t24_t25_headings_are_matched_as_people_read_them(tmp_path: Path, verkenning: Questionnaire) -> None:
    path = _workbook(tmp_path / "antwoorden.xlsx")
    assert {heading: place[0].question for heading, place in propose(read_export(path), verkenning).sure.items()} == {
        "Wat is uw functie?\xa0": "functie",
        f"{LONG}...": "activiteiten",
        "Gemeente": "tevreden",
        "Provincie": "tevreden",
        "Hoeveel\nfte?\n": "fte",
        "Toelichting": "waarom",
        "Toelichting2": "slot",
    }


def test_t46_a_cell_is_split_on_known_options_only(tmp_path: Path, verkenning: Questionnaire) -> None:
    text = QUESTIONNAIRE.replace("text: Toelichting", "text: Waarom", 1).replace(
        "text: Toelichting", "text: Tot slot", 1
    )
    (tmp_path / "questionnaire.yaml").write_text(text, encoding="utf-8")
    questionnaire = load_questionnaire(tmp_path / "questionnaire.yaml")
    path = _google(tmp_path / "antwoorden.csv", ", ")
    mapping = _proposed(path, questionnaire)
    assert mapping.delimiters == {"activiteiten": ", "}
    assert take_in(path, questionnaire, mapping=mapping).responses.ticked("activiteiten")[0].tolist() == [
        True,
        True,
        False,
    ]


def test_an_answer_that_is_nearly_one_is_an_error_and_not_other(tmp_path: Path, verkenning: Questionnaire) -> None:
    path = _workbook(tmp_path / "antwoorden.xlsx", [("Directeur-bestuurder", *ROWS[0][1:])])
    with pytest.raises(IntakeError) as caught:
        take_in(path, verkenning, mapping=_proposed(path, verkenning))
    assert str(caught.value) == (
        "antwoorden.xlsx:2: column 'Wat is uw functie?\\xa0': 'Directeur-bestuurder' is no answer of question 'functie'. "
        "Did you mean 'Directeur of bestuurder'? Known: 'Directeur of bestuurder', '1-2', 'Anders, namelijk'."
    )


def test_t51_a_date_in_a_choice_is_an_error_that_says_where_it_comes_from(
    tmp_path: Path, verkenning: Questionnaire
) -> None:
    path = _workbook(tmp_path / "antwoorden.xlsx", [(dt.datetime(2026, 2, 1), *ROWS[0][1:])])
    with pytest.raises(IntakeError) as caught:
        take_in(path, verkenning, mapping=_proposed(path, verkenning))
    assert str(caught.value) == (
        "antwoorden.xlsx:2: column 'Wat is uw functie?\\xa0': '2026-02-01 00:00:00' is a date. A spreadsheet program "
        "makes one of an answer such as '1-2': export again, or correct the cell."
    )


def test_t52_moments_are_real_dates_or_what_a_spreadsheet_made_of_them(tmp_path: Path) -> None:
    raw = read_export(_workbook(tmp_path / "a.xlsx"))
    assert raw.cells["Begintijd"].tolist() == ["2026-03-02 09:14:05"] * 3
    text = "ID;Begintijd;Tijd van voltooien;E-mail;Naam;Vraag\r\n1;3/2/26 9:14:05;3/2/26 9:20:41;anonymous;;ja\r\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    raw = read_export(tmp_path / "a.csv")
    assert raw.format == "Microsoft Forms"
    assert raw.cells["Begintijd"].tolist() == ["3/2/26 9:14:05"]
    assert raw.times == Times("Begintijd", "Tijd van voltooien")
    assert raw.notes == (
        "De antwoorden zijn anoniem gegeven.",
        "Het werkboek van Microsoft Forms is als tekst opgeslagen.",
    )


def test_a_workbook_that_was_saved_as_ods_is_the_same_form(tmp_path: Path) -> None:
    book = _workbook(tmp_path / "a.xlsx")
    raw, same = read_export(_as_ods(book, tmp_path / "a.ods")), read_export(book)

    assert raw.format == same.format == "Microsoft Forms"
    assert raw.notes == same.notes == ("De antwoorden zijn anoniem gegeven.",)
    assert raw.cells.to_numpy().tolist() == same.cells.to_numpy().tolist()
    assert (raw.metadata, raw.times, raw.lines.tolist()) == (same.metadata, same.times, [2, 3, 4])


def test_t59_a_formula_without_its_answer_is_an_error() -> None:
    raw = read_export(DATA / "msforms_nl.xlsx")
    assert [str(fault) for fault in raw.faults] == [
        "msforms_nl.xlsx:3: column 'Wat is de naam van uw organisatie?': the cell holds a formula, '=cmd|x', and no "
        "answer. Say in corrections.yaml what the answer is, or export again."
    ]


def test_the_samples_are_known_for_what_they_are() -> None:
    forms, google = read_export(DATA / "msforms_nl.xlsx"), read_export(DATA / "googleforms_nl.csv")
    assert (forms.format, len(forms), forms.id_column, forms.place) == ("Microsoft Forms", 3, "ID", "rij")
    assert dict(forms.metadata) == {
        "(rij)": "technisch gegeven",
        "ID": "technisch gegeven",
        "Begintijd": "moment of duur",
        "Tijd van voltooien": "moment of duur",
        "E-mail": "naam of e-mailadres",
        "Naam": "naam of e-mailadres",
        "Tijd van laatste wijziging": "moment of duur",
    }
    assert (google.format, len(google), google.id_column) == ("Google Forms", 2, "(rij)")
    assert google.times == Times(end="Tijdstempel")
    assert google.metadata["E-mailadres"] == "naam of e-mailadres"


def test_without_a_mapping_there_is_one_error_that_says_how_to_get_one(verkenning: Questionnaire) -> None:
    with pytest.raises(IntakeError) as caught:
        take_in(DATA / "googleforms_nl.csv", verkenning)
    assert str(caught.value) == (
        "googleforms_nl.csv:1: the columns are headed by the texts of questions. mapping.yaml says which is which: "
        "`srsmeting map METING -o METING/mapping.yaml` proposes it; then add 'mapping: mapping.yaml' to meting.yaml."
    )


def test_a_question_that_the_mapping_leaves_out_is_told(tmp_path: Path, verkenning: Questionnaire) -> None:
    path = _workbook(tmp_path / "antwoorden.xlsx")
    mapping = tmp_path / "mapping.yaml"
    _proposed(path, verkenning)
    mapping.write_text(
        mapping.read_text(encoding="utf-8").replace('  - {column: "Gemeente"', '#  - {column: "Gemeente"'),
        encoding="utf-8",
    )
    with pytest.raises(IntakeError) as caught:
        take_in(path, verkenning, mapping=read_mapping(mapping, verkenning))
    assert str(caught.value).splitlines() == [
        "mapping.yaml: no column of 'antwoorden.xlsx' is mapped to 'tevreden.gemeente'. Map it; "
        "`srsmeting map METING -o METING/mapping.yaml` proposes it; then add 'mapping: mapping.yaml' to meting.yaml.",
        "antwoorden.xlsx:1: column 'Gemeente' is not in the questionnaire. "
        "Add it to the questionnaire, or name it under 'ignore'.",
    ]


@pytest.mark.parametrize("form", ["workbook", "google"])
@settings(derandomize=True, max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_accounted_for_or_refused_with_one_error(
    tmp_path: Path,
    verkenning: Questionnaire,
    form: str,
    damage: Callable[..., bytes],
    accounted: Callable[..., None],
    data: st.DataObject,
) -> None:
    path, questionnaire = _form(tmp_path, verkenning, form)
    mapping = _proposed(path, questionnaire)
    accounted(damage(data, path.read_bytes()), questionnaire, name="damaged", mapping=mapping)
