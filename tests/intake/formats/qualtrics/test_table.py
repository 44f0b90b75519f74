from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from srsmeting.errors import IntakeError
from srsmeting.intake import Intake, read_export, take_in
from srsmeting.intake.formats.qualtrics.table import EMPTY_CELLS, NO_CODES, NO_STATUS, NO_ZONE
from srsmeting.questionnaire import Questionnaire
from srsmeting.questionnaire.structures import ToolStructure
from srsmeting.responses import NO_ANSWER

ADVICE = "Export the data of Qualtrics as CSV again and leave its header rows as they are."
MODELS = ["current", "2016", "legacy"]

Write = Callable[..., Path]
Rows = Callable[..., list[list[str]]]
Same = Callable[[Intake], None]


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("split", [True, False])
@pytest.mark.parametrize("texts", [True, False])
def test_every_way_to_export_gives_the_same_responses(
    write: Write, korte: Questionnaire, same: Same, model: str, split: bool, texts: bool
) -> None:
    same(take_in(write(model, split=split, texts=texts), korte))


@pytest.mark.parametrize("split", [True, False])
def test_texts_become_codes_with_the_structure(
    write: Write, korte: Questionnaire, same: Same, structure: ToolStructure, split: bool
) -> None:
    path = write(texts=True, split=split)
    same(take_in(path, korte, structure=structure))
    export = read_export(path, structure)
    assert export.cells["Q2"].tolist()[:4] == ["1", "2", "1", "-1"]
    assert (export.cells["Q3_10"] if split else export.cells["Q3"]).tolist()[:3] == (
        ["", "", "1"] if split else ["1,4", "", "10"]
    )
    assert export.notes == (
        f"Antwoorden als teksten; met de structuur van de vragenlijst omgezet in codes: {8 if split else 6} kolommen.",
    )
    assert export.lost == (EMPTY_CELLS, NO_ZONE)


def test_texts_that_the_questionnaire_words_otherwise_need_the_structure(
    write: Write, korte: Questionnaire, structure: ToolStructure
) -> None:
    other = korte.question("bekend").category("niet").model_copy(update={"label": "Onbekend"})
    bekend = korte.question("bekend")
    changed = bekend.model_copy(update={"categories": (bekend.categories[0], other, bekend.categories[2])})
    questions = tuple(changed if question.id == "bekend" else question for question in korte.questions)
    reworded = replace(korte, questions=questions)
    path = write(texts=True)
    assert take_in(path, reworded, structure=structure).responses.n == 4
    with pytest.raises(IntakeError) as caught:
        take_in(path, reworded)
    assert str(caught.value) == (
        "qualtrics.csv:5: column 'Q2': 'Niet bekend' is no answer of question 'bekend'. Did you mean 'Onbekend'? "
        "Known: 'Bekend met de inhoud', 'Onbekend', 'Weet niet'. 4 rows have it; this is the first."
    )


def test_the_same_rows_as_tabs_and_as_a_workbook(
    write: Write, rows: Rows, korte: Questionnaire, same: Same, tmp_path: Path
) -> None:
    same(take_in(write(delimiter="\t"), korte))
    book = openpyxl.Workbook()
    for row in rows():
        book.active.append([int(cell) if cell.lstrip("-").isdecimal() else cell or None for cell in row])
    path = tmp_path / "qualtrics.xlsx"
    book.save(path)
    same(take_in(path, korte))
    export = read_export(path)
    assert export.place == "rij"
    assert export.lines.tolist() == [4, 5, 6, 7, 8, 9, 10, 11]


def test_t12_three_header_rows_are_no_respondents(write: Write) -> None:
    export = read_export(write())
    assert len(export) == 8
    assert export.format == "Qualtrics, antwoorden als codes (drie kopregels)"
    assert export.lines.tolist() == [4, 5, 6, 7, 8, 9, 10, 11]
    assert export.cells["ResponseId"].tolist() == [f"R_{n}x" for n in range(1, 9)]
    assert export.id_column == "ResponseId"
    assert export.token_column == "ExternalReference"  # noqa: S105 - a column, not a password
    assert export.texts["Q4_2"] == "Wat vindt u? - Het is beter"
    assert export.lost == (EMPTY_CELLS, NO_ZONE)


def test_t13_import_ids_in_single_quotes(write: Write) -> None:
    export = read_export(write("2016"))
    assert export.format == "Qualtrics, antwoorden als codes (drie kopregels, zoals in 2016 en 2017)"
    assert len(export) == 8
    assert export.metadata["RecipientLastName"] == "naam of e-mailadres"
    assert "Q1" not in export.metadata


def test_t14_t11_two_header_rows_and_a_trailing_comma(write: Write) -> None:
    export = read_export(write("legacy"))
    assert export.format == "Qualtrics, antwoorden als codes (twee kopregels)"
    assert len(export) == 8
    assert export.lines.tolist()[0] == 3
    assert "" not in export.cells.columns
    assert export.cells.columns.tolist()[:3] == ["ResponseID", "ResponseSet", "Name"]
    assert export.metadata == {
        "ResponseID": "technisch gegeven",
        "ResponseSet": "technisch gegeven",
        "Name": "naam of e-mailadres",
        "ExternalDataReference": "alleen gebruikt om te koppelen met het steekproefkader",
        "EmailAddress": "naam of e-mailadres",
        "IPAddress": "adres van de computer",
        "Status": "technisch gegeven",
        "StartDate": "moment of duur",
        "EndDate": "moment of duur",
        "Finished": "technisch gegeven",
        "LocationLatitude": "plaats van de computer",
    }


def test_t11_something_below_an_unnamed_column_is_a_fault(write: Write, rows: Rows) -> None:
    listed = rows("legacy")
    listed[4][-1] = "verdwaald"
    export = read_export(write("legacy", rows=listed))
    assert [str(fault) for fault in export.faults] == [
        f"qualtrics.csv:5: column 23 has no name, and 1 rows have something in it. {ADVICE}"
    ]


def test_t15_metadata_is_known_whatever_the_language_of_its_texts(write: Write, rows: Rows) -> None:
    listed = rows()
    listed[0][:4] = ["Anfangsdatum", "Enddatum", "Antworttyp", "IP-Adresse"]
    export = read_export(write(rows=listed))
    assert export.metadata["IP-Adresse"] == "adres van de computer"
    assert export.metadata["Antworttyp"] == "technisch gegeven"
    assert export.set_aside.tolist() == ["", "", "", "", "preview", "test", "spam", "incomplete"]


def test_t16_double_names_are_told_apart_by_import_id(write: Write, rows: Rows, korte: Questionnaire) -> None:
    listed = rows()
    place = listed[0].index("Q7")
    listed[0][place - 1] = "Q7"
    export = read_export(write(rows=listed))
    assert export.cells.columns.tolist()[place - 1 : place + 1] == ["QID6_TEXT", "QID7_TEXT"]
    assert export.cells["QID7_TEXT"].tolist()[0] == "Meer tijd"
    assert export.notes == ("De naam ‘Q7’ staat 2 keer in rij 1; die kolommen heten hier ‘QID6_TEXT’, ‘QID7_TEXT’.",)
    with pytest.raises(IntakeError) as caught:
        take_in(write(rows=listed), korte)
    assert str(caught.value).split("\n")[0] == (
        "qualtrics.csv:1: question 'fte' has no column 'Q6'. "
        "Export every question, or correct its 'export' in the questionnaire."
    )


def test_t16_double_names_without_import_ids_are_a_fault(write: Write, rows: Rows) -> None:
    listed = rows("legacy")
    listed[0][listed[0].index("Q6")] = "Q7"
    export = read_export(write("legacy", rows=listed))
    assert [str(fault) for fault in export.faults] == [
        "qualtrics.csv:1: heading 'Q7' stands 2 times and nothing tells the columns apart. Keep one of them."
    ]


def test_t17_the_number_behind_a_tag_is_a_recode_value(
    write: Write, rows: Rows, korte: Questionnaire, structure: ToolStructure
) -> None:
    assert structure.question("Q3").parts == (
        *(("1", "Meer inzicht"), ("4", "Ander beleid, of plannen")),
        ("10", "Geen effect"),
    )
    assert read_export(write(), structure).texts["Q3_10"] == "Wat is er veranderd? - Geen effect"
    listed = rows()
    listed[0][listed[0].index("Q3_10")] = "Q3_3"  # the number of the choice instead
    with pytest.raises(IntakeError) as caught:
        take_in(write(rows=listed), korte)
    assert str(caught.value) == (
        "qualtrics.csv:1: question 'effect' has no column 'Q3_10'. "
        "Export every question, or correct its 'export' in the questionnaire.\n"
        "qualtrics.csv:1: column 'Q3_3' is not in the questionnaire. Did you mean 'Q3_10'? Without a column: 'Q3_10'."
    )


def test_t40_seen_and_not_answered_is_shown_and_empty(write: Write, korte: Questionnaire, same: Same) -> None:
    path = write(seen=True)
    intake = take_in(path, korte)
    same(intake)
    export = read_export(path)
    assert "-99" not in set(export.cells["Q5"])
    assert export.cells["Q2"].tolist()[3] == "-1"  # another negative recode is an answer
    assert export.shown is not None
    assert export.shown["Q5"].tolist() == [True] * 7 + [False]
    assert export.status()["Q5"].tolist()[2] == NO_ANSWER
    assert export.notes == ("-99 gelezen als gezien en niet beantwoord: 12 cellen.",)
    assert export.lost == (NO_ZONE,)
    assert not np.isfinite(intake.responses.answers["fte"]).all()  # never a number to take the mean of
    assert intake.report.findings["check"].tolist() == ["left_empty", "left_empty"]


def test_t40_an_answer_that_is_declared_as_minus_99(
    write: Write, rows: Rows, korte: Questionnaire, structure: ToolStructure
) -> None:
    bekend = korte.question("bekend")
    last = bekend.categories[2].model_copy(update={"export": "-99"})
    declared = bekend.model_copy(update={"categories": (*bekend.categories[:2], last)})
    questions = tuple(declared if question.id == "bekend" else question for question in korte.questions)
    questionnaire = replace(korte, questions=questions)
    listed = rows()
    listed[6][listed[0].index("Q2")] = "-99"
    with pytest.raises(IntakeError) as caught:
        take_in(write(rows=listed), questionnaire)
    assert str(caught.value) == (
        "question 'bekend' has an answer -99, and the export may mean by it that the question was seen and not answered. "
        "Give the structure of the survey (.qsf), or export again without that recoding."
    )


def test_t42_previews_and_tests_do_not_count_and_are_counted(write: Write, korte: Questionnaire) -> None:
    intake = take_in(write(), korte)
    assert intake.quarantine[["line", "reason"]].to_numpy().tolist() == [
        [8, "preview"],
        [9, "test"],
        [10, "spam"],
        [11, "incomplete"],
    ]
    assert "| Terzijde gelegd: voorvertoning | 1 |" in intake.report.to_markdown()


def test_t42_an_unknown_status_is_not_guessed_at(write: Write, rows: Rows) -> None:
    listed = rows()
    listed[5][2] = "128"
    listed[6][6] = "misschien"
    export = read_export(write(rows=listed))
    assert [str(fault) for fault in export.faults] == [
        "qualtrics.csv:7: column 'Finished': 'misschien' is not known. Known: 1, 0, True, False. Export numeric values.",
        "qualtrics.csv:6: column 'Status': '128' is not known. Known: 0, 1, 2, 4, 8, 16. Export numeric values.",
    ]


def test_progress_tells_what_is_finished_where_finished_is_missing(write: Write, rows: Rows) -> None:
    listed = [[cell for place, cell in enumerate(row) if place not in (2, 6)] for row in rows()]
    export = read_export(write(rows=listed))
    assert export.set_aside.tolist() == [""] * 7 + ["incomplete"]
    assert export.lost == (EMPTY_CELLS, NO_ZONE, NO_STATUS)


def test_an_export_without_what_is_needed(write: Write, rows: Rows) -> None:
    listed = [[cell for place, cell in enumerate(row) if place not in (4, 6, 8)] for row in rows()]
    export = read_export(write(rows=listed))
    assert [str(fault) for fault in export.faults] == [
        f"qualtrics.csv:1: no column 'ResponseId', which tells the responses apart. {ADVICE}",
        f"qualtrics.csv:1: no column 'Finished' or 'Progress', which say which responses are complete. {ADVICE}",
    ]


@pytest.mark.parametrize("gone", [[1], [2], [1, 2]])
def test_header_rows_that_somebody_removed(write: Write, rows: Rows, gone: list[int]) -> None:
    listed = [row for number, row in enumerate(rows()) if number not in gone]
    with pytest.raises(IntakeError) as caught:
        read_export(write(rows=listed))
    assert str(caught.value) == (
        "qualtrics.csv:1: has the columns of Qualtrics, but not the rows below their names (texts and ImportIds). "
        f"{ADVICE}"
    )


def test_a_choice_as_text_in_an_export_with_numeric_values(write: Write, rows: Rows, korte: Questionnaire) -> None:
    listed = rows()
    listed[3][listed[0].index("Q2")] = "Niet bekend"
    with pytest.raises(IntakeError) as caught:
        take_in(write(rows=listed), korte)
    assert str(caught.value).split("\n")[0] == (
        "qualtrics.csv:4: column 'Q2': 'Niet bekend' is the text of an answer. Export again with 'Use numeric values'."
    )


def test_texts_lose_their_codes_and_a_time_zone_is_told(write: Write) -> None:
    export = read_export(write(texts=True, zone="Europe/Amsterdam"))
    assert export.format == "Qualtrics, antwoorden als teksten (drie kopregels)"
    assert export.notes == ("Tijdstippen in tijdzone Europe/Amsterdam.",)
    assert export.lost == (EMPTY_CELLS, NO_CODES)


def test_an_anonymous_link_has_no_tokens(write: Write, rows: Rows) -> None:
    listed = rows()
    for row in listed[3:]:
        row[12] = ""
    assert read_export(write(rows=listed)).token_column == ""


def test_personal_data_are_named_and_never_shown(write: Write, korte: Questionnaire) -> None:
    intake = take_in(write(), korte)
    dropped = intake.report.dropped.set_index("column")
    assert dropped["why"].to_dict() == {
        **dict.fromkeys(("StartDate", "EndDate", "Duration (in seconds)", "RecordedDate"), "moment of duur"),
        **dict.fromkeys(("Status", "Progress", "Finished", "DistributionChannel", "UserLanguage"), "technisch gegeven"),
        **dict.fromkeys(("RecipientLastName", "RecipientFirstName", "RecipientEmail"), "naam of e-mailadres"),
        **dict.fromkeys(("LocationLatitude", "LocationLongitude"), "plaats van de computer"),
        "IPAddress": "adres van de computer",
        "ExternalReference": "alleen gebruikt om te koppelen met het steekproefkader",
        **dict.fromkeys(("Q1_3_TEXT", "Q7"), "open antwoord; alleen bewaard of er iets is ingevuld"),
    }
    printed = intake.report.to_markdown() + intake.quarantine.to_csv()
    assert not [value for value in ("192.0.2.1", "x@example.org", "Friesland", "Meer tijd", "tok1") if value in printed]


def test_data_that_came_with_the_invitation_are_an_answer_only_where_the_questionnaire_says_so(
    write: Write, rows: Rows, korte: Questionnaire, same: Same
) -> None:
    listed = rows()
    for row, cell in zip(listed, ["klantnr", "klantnr", '{"ImportId":"klantnr"}', *"12345678"], strict=True):
        row.append(cell)
    intake = take_in(write(rows=listed), korte)
    same(intake)
    assert intake.report.dropped.iloc[-1].tolist()[:2] == ["klantnr", "gegeven dat met de uitnodiging is meegestuurd"]
