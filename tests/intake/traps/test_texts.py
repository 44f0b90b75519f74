"""Traps T43 to T47: texts beside and among the answers."""

from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.intake import Intake, read_export, take_in
from srsmeting.intake.binding.mapping import AnswerMapping
from srsmeting.intake.formats.limesurvey.lost import COMMENTS
from srsmeting.questionnaire import Questionnaire

Write = Callable[..., Path]
Ask = Callable[..., Questionnaire]
Gold = Callable[..., Intake]
Mapped = Callable[[str, Questionnaire], AnswerMapping]

GOLD = ["vvexport_v2.csv", "archive.lsa", "rc_code_short.csv", "rc_code_long.csv", "ui_json.json", "ui_code_short.xlsx"]


@pytest.mark.parametrize("name", [*GOLD, "spss_data.dat"])
def test_t43_other_is_a_category_with_a_text(folder: Path, gold: Gold, name: str) -> None:
    assert read_export(folder / name).cells["sector[other]"].tolist()[1] == "Natuur & milieu"
    intake = gold(name)
    assert intake.responses.answers["sector"].tolist()[:2] == ["zorg", "anders"]
    assert not intake.report.has_findings


@pytest.mark.parametrize("name", GOLD)
def test_t44_a_text_at_other_is_a_tick(folder: Path, gold: Gold, name: str) -> None:
    assert read_export(folder / name).cells["vrtaken[other]"].tolist() == ["Koken", "", "", ""]
    assert gold(name).responses.answers["vrtaken.anders"].tolist() == [True, False, False]


def test_t45_a_text_among_the_options_is_told_and_the_cell_is_kept(book: Write, ask: Ask, mapped: Mapped) -> None:
    answers = [("sport", "1", "Sport"), ("zorg", "2", "Zorg"), ("anders", "other", "Anders, namelijk", "other")]
    questionnaire = ask({"id": "wat", "kind": "multiple", "answers": answers})
    cell = "Sport;Anders, namelijk koken; bakken;"
    path = book(
        ("ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam", "Wat?"),
        (1, "3/2/26 9:14", "3/2/26 9:20", "anonymous", None, cell),
        (2, "3/2/26 9:14", "3/2/26 9:20", "anonymous", None, "Zorg;"),
    )
    assert read_export(path).cells["Wat?"].tolist() == [cell, "Zorg;"]
    mapping = mapped('columns: [{column: "Wat?", question: wat, delimiter: ";"}]\n', questionnaire)
    intake = take_in(path, questionnaire, mapping=mapping)
    assert intake.responses.ticked("wat").tolist() == [[True, False, True], [False, True, False]]
    assert intake.report.has_findings
    told = intake.report.findings.set_index("check")["message"]
    assert told["text_among_answers"] == (
        "1 respondent heeft een tekst tussen de keuzes die geen bekend antwoord is; gelezen als ‘Anders, namelijk’. "
        "Regel 2."
    )


def test_t46_a_cell_is_taken_apart_on_known_options_only(write: Write, ask: Ask, mapped: Mapped) -> None:
    answers = [("soms", "1", "Yes, (mostly) in december"), ("nee", "2", "No")]
    questionnaire = ask({"id": "wanneer", "kind": "multiple", "answers": answers})
    text = 'Timestamp,When?\n2022/11/30 10:39:41 PM GMT+1,"Yes, (mostly) in december, No"\n'
    mapping = mapped('columns: [{column: "When?", question: wanneer, delimiter: ", "}]\n', questionnaire)
    intake = take_in(write(text), questionnaire, mapping=mapping)
    assert intake.responses.ticked("wanneer").tolist() == [[True, True]]


@pytest.mark.parametrize("name", ["rc_code_long.csv", "ui_codetext_long.csv", "rc_code_long.json"])
def test_t47_the_comment_with_a_list_is_lost_in_full_answers_and_the_report_says_so(
    folder: Path, gold: Gold, name: str
) -> None:
    assert read_export(folder / "rc_code_short.csv").cells["lijstc[comment]"].tolist()[0] == "prima"
    assert read_export(folder / name).cells["lijstc[comment]"].tolist()[0] == ""
    assert f"- {COMMENTS}\n" in gold(name).report.to_markdown()
