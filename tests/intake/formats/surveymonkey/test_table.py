from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from srsmeting.errors import IntakeError
from srsmeting.intake import read_export, take_in
from srsmeting.intake.formats.surveymonkey.table import EMPTY_CELLS, NO_CODES, NUMBERS, UNFINISHED
from srsmeting.questionnaire import Questionnaire

ADVICE = "Export all responses of SurveyMonkey again, as CSV or XLSX."

Write = Callable[..., Path]
Rows = Callable[..., list[list[str]]]
Same = Callable[..., None]


@pytest.mark.parametrize("how", [{}, {"condensed": True}, {"joined": True}])
def test_every_way_to_export_texts_gives_the_same_responses(
    write: Write, korte: Questionnaire, same: Same, how: dict[str, bool]
) -> None:
    intake = take_in(write(**how), korte)
    same(intake)
    assert intake.report.lost == (UNFINISHED, EMPTY_CELLS, NO_CODES)
    assert intake.report.findings["check"].tolist() == ["left_empty"]


@pytest.mark.parametrize("how", [{}, {"condensed": True}])
def test_numbers_are_the_places_of_answers(
    write: Write, korte: Questionnaire, same: Same, how: dict[str, bool]
) -> None:
    wgo = korte.question("wgo")
    numbered = wgo.model_copy(
        update={"categories": (*wgo.categories[:2], wgo.categories[2].model_copy(update={"export": "3"}))}
    )
    questions = tuple(numbered if question.id == "wgo" else question for question in korte.questions)
    questionnaire = replace(korte, questions=questions)
    intake = take_in(write(numbers=True, **how), questionnaire)
    same(intake)
    assert intake.report.format == "SurveyMonkey, antwoorden als nummers"
    assert intake.report.lost == (UNFINISHED, EMPTY_CELLS, NUMBERS)


def test_the_same_rows_as_a_workbook(rows: Rows, korte: Questionnaire, same: Same, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in rows():
        book.active.append([int(cell) if cell.isdecimal() else cell or None for cell in row])
    book.create_sheet("Uitleg").append(["Gemaakt door iemand"])
    path = tmp_path / "surveymonkey.xlsx"
    book.save(path)
    same(take_in(path, korte))
    export = read_export(path)
    assert export.place == "rij"
    assert export.lines.tolist() == [3, 4, 5, 6]
    assert export.notes == ("Werkbladen die niet zijn gelezen: ‘Uitleg’.",)


def test_t59_a_formula_is_a_fault(rows: Rows, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in rows():
        book.active.append([cell or None for cell in row])
    book.active.cell(3, 19, "=1+1")
    path = tmp_path / "surveymonkey.xlsx"
    book.save(path)
    assert [str(fault) for fault in read_export(path).faults] == [
        "surveymonkey.xlsx:3: column 'Wat kan beter?': the cell holds a formula, '=1+1', and no answer. Say in "
        "corrections.yaml what the answer is, or export again."
    ]


def test_t46_options_in_one_cell_are_taken_apart_on_the_options_that_are_known(
    write: Write, rows: Rows, korte: Questionnaire, same: Same
) -> None:
    listed = rows(condensed=True)
    place = listed[0].index("Wat is er veranderd?")
    for row in listed:
        del row[place + 1]
    listed[4][place] = "een krant"
    intake = take_in(write(listed), korte)
    same(intake)
    assert intake.report.findings["message"].tolist()[0] == (
        "1 respondent heeft een tekst tussen de keuzes die geen bekend antwoord is; gelezen als ‘Iets anders’. Regel 5."
    )


def test_t18_a_question_stands_once_above_its_columns(write: Write) -> None:
    export = read_export(write())
    assert export.format == "SurveyMonkey, antwoorden als teksten"
    assert export.cells.columns.tolist()[9:] == [
        "In welke regio werkt u vooral?",
        "In welke regio werkt u vooral? - Other (please specify)",
        "Kent u het onderzoek?",
        "Wat is er veranderd? - Meer inzicht",
        "Wat is er veranderd? - Ander beleid, of plannen",
        "Wat is er veranderd? - Other (please specify)",
        "Wat vindt u? - Er is meer",
        "Wat vindt u? - Het is beter",
        "Welk cijfer?",
        "Wat kan beter?",
    ]
    assert export.lines.tolist() == [3, 4, 5, 6]
    assert export.id_column == "Respondent ID"
    assert export.cells["Wat is er veranderd? - Meer inzicht"].tolist() == ["✓", "", "", ""]
    assert export.texts["Wat vindt u? - Er is meer"] == "Wat vindt u? - Er is meer"
    assert export.faults == ()


def test_older_files_have_the_respondent_alone(write: Write, rows: Rows, korte: Questionnaire, same: Same) -> None:
    listed = [["RespondentID" if number == 0 else row[0], *row[9:]] for number, row in enumerate(rows())]
    same(take_in(write(listed), korte))


def test_texts_that_differ_in_case_space_and_punctuation_are_the_same(
    write: Write, rows: Rows, korte: Questionnaire, same: Same
) -> None:
    listed = rows()
    listed[0][11] = "Kent  u het\u00a0onderzoek ?"
    listed[0][9] = "IN WELKE REGIO WERKT U VOORAL"
    listed[2][9] = "noord "
    same(take_in(write(listed), korte))


def test_other_is_told_by_its_heading_in_any_language(
    write: Write, rows: Rows, korte: Questionnaire, same: Same
) -> None:
    listed = rows()
    listed[1][10] = listed[3][9] = "Anders, te weten"
    same(take_in(write(listed), korte))


def test_a_text_beside_an_answer_counts_only_with_that_answer(
    write: Write, rows: Rows, korte: Questionnaire, same: Same
) -> None:
    listed = rows()
    listed[4][10] = "Zeeland"
    intake = take_in(write(listed), korte)
    assert intake.report.findings["message"].tolist()[0] == (
        "1 respondent vulde een tekst in bij ‘anders’ zonder dat te kiezen. De tekst telt niet. Regel 5."
    )


def test_two_questions_with_one_text_are_two_questions(write: Write, rows: Rows, korte: Questionnaire) -> None:
    listed = [
        [*row, cell] for row, cell in zip(rows(), ["Wat kan beter?", "Open-Ended Response", *"abcd"], strict=True)
    ]
    export = read_export(write(listed))
    assert export.cells.columns.tolist()[-2:] == ["Wat kan beter?", "Wat kan beter? (2)"]
    assert export.notes == ("‘Wat kan beter?’ staat 2 keer in rij 1; de tweede vraag heet hier ‘Wat kan beter? (2)’.",)
    with pytest.raises(IntakeError) as caught:
        take_in(write(listed), korte)
    assert str(caught.value) == (
        "surveymonkey.csv:1: column 'Wat kan beter? (2)' is not in the questionnaire. "
        "Add it to the questionnaire, or name it under 'ignore'."
    )
    assert take_in(write(listed), korte, ignore=["Wat kan beter? (2)"]).responses.n == 4


def test_an_option_below_no_question_and_an_unnamed_column(write: Write, rows: Rows) -> None:
    listed = rows()
    for row, cell in zip(listed, ["", "Verdwaald", *"abcd"], strict=True):
        row.insert(9, cell)
    for row, cell in zip(listed, ["", "", "", "x", "", "y"], strict=True):
        row.insert(9, cell)
    assert [str(fault) for fault in read_export(write(listed)).faults] == [
        f"surveymonkey.csv:1: column 11 ('Verdwaald') stands below no question. {ADVICE}",
        f"surveymonkey.csv:4: column 10 has no name, and 2 rows have something in it. {ADVICE}",
        f"surveymonkey.csv:3: column 11 has no name, and 4 rows have something in it. {ADVICE}",
    ]


def test_t03_bytes_that_are_not_utf8_are_told_and_do_not_crash(write: Write) -> None:
    path = write()
    path.write_bytes(path.read_bytes().replace(b"Wat kan beter?", b"Wat kan \x8c\xe6 beter?"))
    export = read_export(path)
    assert [(finding.check, finding.message) for finding in export.findings] == [
        (
            "encoding",
            "Het bestand is geen UTF-8 en is gelezen als Windows-1252. Horen deze tekens in de tekst: ‘Œ’, ‘æ’? "
            "Regel 1.",
        )
    ]
    assert "Wat kan Œæ beter?" in "".join(export.texts.values()) + "".join(export.cells.columns)


@pytest.mark.parametrize("garbled", ["Ideeën".encode().decode("cp1252"), "Œæ", "WGO’s".encode().decode("cp1252")])
def test_t03_text_that_was_garbled_before_is_noted(write: Write, rows: Rows, garbled: str) -> None:
    listed = rows()
    listed[0][18] = garbled
    assert read_export(write(listed)).notes == (
        f"Tekens in 1 koppen zijn verminkt, zoals in ‘{garbled}’: het bestand is opgeslagen met een andere "
        "tekencodering dan waarmee het werd geopend.",
    )


def test_numbers_of_respondents_that_a_spreadsheet_rounded(write: Write, rows: Rows) -> None:
    listed = rows()
    for row in listed[2:]:
        row[0] = "3,29288E+09"
    assert str(read_export(write(listed)).faults[0]) == (
        "surveymonkey.csv:3: respondent '3,29288E+09' is a number that a spreadsheet program has rounded. " + ADVICE
    )


def test_an_answer_that_the_questionnaire_does_not_have(write: Write, rows: Rows, korte: Questionnaire) -> None:
    listed = rows()
    listed[3][11] = "Misschien"
    with pytest.raises(IntakeError) as caught:
        take_in(write(listed), korte)
    assert str(caught.value) == (
        "surveymonkey.csv:4: column 'Kent u het onderzoek?': 'Misschien' is no answer of question 'bekend'. "
        "Known: 'Bekend met de inhoud', 'Niet bekend'."
    )


def test_a_first_respondent_without_a_number_is_not_taken_for_a_header(write: Write, rows: Rows) -> None:
    listed = rows(joined=True)
    listed[1][0] = ""
    assert len(read_export(write(listed))) == 4


def test_personal_data_are_named_and_never_shown(write: Write, korte: Questionnaire) -> None:
    intake = take_in(write(), korte)
    dropped = intake.report.dropped.set_index("column")
    text = "open antwoord; alleen bewaard of er iets is ingevuld"
    assert dropped["why"].to_dict() == {
        "Collector ID": "technisch gegeven",
        **dict.fromkeys(("Start Date", "End Date"), "moment of duur"),
        "IP Address": "adres van de computer",
        **dict.fromkeys(("Email Address", "First Name", "Last Name"), "naam of e-mailadres"),
        "Custom Data 1": "kenmerk uit de deelnemerslijst",
        "In welke regio werkt u vooral? - Other (please specify)": text,
        "Wat is er veranderd? - Other (please specify)": text,
        "Wat kan beter?": text,
    }
    printed = intake.report.to_markdown() + intake.quarantine.to_csv()
    assert not [value for value in ("192.0.2.1", "x@example.org", "Friesland", "Meer tijd") if value in printed]
