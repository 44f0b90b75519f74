"""Traps T27 to T42: what an empty cell is, and what a cell is that only looks like an answer."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from srsmeting.errors import IntakeError
from srsmeting.estimation import Design, estimate_means
from srsmeting.intake import Intake, read_export, take_in
from srsmeting.intake.raw import NOT_SHOWN, UNKNOWN
from srsmeting.questionnaire import Questionnaire
from srsmeting.questionnaire.structures import ToolStructure
from srsmeting.responses import ANSWERED, NO_ANSWER, NOT_ASKED

Write = Callable[..., Path]
Ask = Callable[..., Questionnaire]
Gold = Callable[..., Intake]

CIJFER = [("een", "1", "1"), ("twee", "2", "2"), ("weet_niet", "88", "Weet niet / n.v.t.", "dont_know")]


def qualtrics(*rows: str, name: str = "Q1") -> str:
    """Write an export of Qualtrics with one question."""
    ids = ",".join(f'"{{""ImportId"":""{name}""}}"' for name in ("_recordId", "finished", "status", "QID1"))
    return "\n".join([f"ResponseId,Finished,Status,{name}", "Id,Klaar,Soort,Vraag?", ids, *rows, ""])


def test_t27_not_shown_and_left_empty_are_told_apart_in_the_vv_export(folder: Path, gold: Gold) -> None:
    status = read_export(folder / "vvexport_v2.csv").status()
    assert status["vrtaken[SQ001]"].tolist() == [ANSWERED, NOT_SHOWN, NO_ANSWER, NOT_SHOWN]
    assert status["sector"].tolist() == [ANSWERED, ANSWERED, NO_ANSWER, NOT_SHOWN]
    assert gold("vvexport_v2.csv").responses.status["vrtaken"].tolist() == [ANSWERED, NOT_ASKED, NO_ANSWER]


def test_t28_an_absent_element_of_an_archive_is_not_shown_and_an_empty_one_left_empty(folder: Path, gold: Gold) -> None:
    status = read_export(folder / "archive.lsa").status()
    assert status["vrtaken[SQ001]"].tolist() == [ANSWERED, NOT_SHOWN, NO_ANSWER, NOT_SHOWN]
    assert status["sector"].tolist() == [ANSWERED, ANSWERED, NO_ANSWER, NOT_SHOWN]
    assert gold("archive.lsa").responses.status["vrtaken"].tolist() == [ANSWERED, NOT_ASKED, NO_ANSWER]


def test_t29_hidden_options_in_a_csv_are_not_asked_through_routing_only(folder: Path, gold: Gold) -> None:
    hidden = read_export(folder / "rc_code_short.csv").status()[["vrtaken[SQ001]", "vrtaken[SQ002]", "vrtaken[SQ003]"]]
    assert hidden.to_numpy()[1].tolist() == [UNKNOWN] * 3
    assert gold("rc_code_short.csv").responses.status["vrtaken"].tolist() == [ANSWERED, NOT_ASKED, NO_ANSWER]


def test_t30_a_no_at_hidden_options_is_not_asked(folder: Path, gold: Gold) -> None:
    assert read_export(folder / "rc_code_long.csv").cells["vrtaken[SQ001]"].tolist()[1] == "Nee"
    intake = gold("rc_code_long.csv")
    assert intake.responses.status["vrtaken"].tolist() == [ANSWERED, NOT_ASKED, NO_ANSWER]
    assert "vrtaken" not in intake.quarantine["question"].tolist()


@pytest.mark.parametrize("name", ["archive.lsa", "vvexport_v2.csv"])
def test_t31_of_a_number_routing_says_whether_it_was_asked(folder: Path, gold: Gold, name: str) -> None:
    status = read_export(folder / name).status()
    assert status["aantalvr"].tolist() == [ANSWERED, UNKNOWN, UNKNOWN, UNKNOWN]
    assert gold(name).responses.status["aantalvr"].tolist() == [ANSWERED, NOT_ASKED, NO_ANSWER]


def test_t32_words_for_nothing_are_answers_but_at_a_yes_no_question(
    write: Write, ask: Ask, changed: Write, gold: Gold
) -> None:
    land = {"id": "land", "kind": "single", "answers": [("na", "NA", "Namibië"), ("nl", "NL", "Nederland")]}
    questionnaire = ask(land, {"id": "naam", "kind": "open"})
    intake = take_in(write("id;land;naam\n1;NA;None\n2;NL;N/A\n3;NL;null\n"), questionnaire, ignore=())
    assert intake.responses.answers["land"].tolist() == ["na", "nl", "nl"]
    # tok3 leaves the yes-no question empty, and has a name that a program may take for nothing.
    path = changed("rc_code_long.csv", ('"Ja";"";"Nee"', '"N/A";"";"Nee"'), ("Café Ünïcode 🎉", "N/A"))
    responses = gold(path).responses
    assert responses.status["vrijw"].tolist() == [ANSWERED, ANSWERED, NO_ANSWER]
    assert responses.answers["orgnaam"].tolist() == [True, True, True]


def test_t33_an_empty_moment_is_incomplete_and_one_of_1980_complete(write: Write, ask: Ask) -> None:
    path = write("id;submitdate;lastpage;Q1\n1;1980-01-01 00:00:00;1;a\n2;;1;b\n")
    intake = take_in(path, ask({"id": "q", "export": "Q1", "kind": "open"}))
    assert intake.quarantine[["line", "reason"]].to_numpy().tolist() == [[3, "incomplete"]]
    assert "Voltooid op een onbekend moment (1980-01-01): 1." in intake.report.notes


@pytest.mark.parametrize("name", ["archive.lsa", "vvexport_v2.csv", "rc_code_short.csv", "spss_data.dat"])
def test_t34_who_only_opened_the_survey_is_set_aside_and_counted(gold: Gold, name: str) -> None:
    intake = gold(name)
    assert (intake.report.rows_received, intake.report.rows_used) == (4, 3)
    assert intake.quarantine[["line", "reason"]].to_numpy()[:, 1].tolist() == ["incomplete"]
    assert "| Terzijde gelegd: niet voltooid | 1 |" in intake.report.to_markdown()


@pytest.mark.parametrize("name", ["archive.lsa", "vvexport_v2.csv", "rc_code_short.csv", "ui_json.json"])
def test_t35_an_equation_of_nothing_is_no_number_and_the_column_stays_one(folder: Path, ask: Ask, name: str) -> None:
    raw = read_export(folder / name)
    assert raw.cells["eq"].tolist() == ["25", "6", "NAN", "NAN"]
    others = [heading.partition("[")[0] for heading in raw.cells if heading not in raw.metadata and heading != "eq"]
    intake = take_in(folder / name, ask({"id": "eq", "kind": "number"}), ignore=others)
    assert intake.responses.answers["eq"].dtype == "float64"
    assert intake.responses.answers["eq"].fillna(-1).tolist() == [25.0, 6.0, -1.0]
    assert intake.responses.status["eq"].tolist() == [ANSWERED, ANSWERED, NO_ANSWER]


@pytest.mark.parametrize("with_structure", [False, True])
def test_t36_a_converted_no_is_no_text_and_no_tick(
    folder: Path, gold: Gold, structure: ToolStructure, with_structure: bool
) -> None:
    name = "ui_code_short_convertYN.csv"
    raw = read_export(folder / name).cells
    assert raw[["prob[SQ002]", "prob[SQ002comment]", "prob[other]"]].to_numpy().tolist()[0] == ["2", "2", "2"]
    answers = gold(name, structure if with_structure else None).responses.answers
    assert answers[["prob.geld", "prob.personeel", "prob.anders"]].to_numpy().tolist()[0] == [True, False, False]
    assert answers["vrijw"].tolist() == ["ja", "nee", "ja"]


def test_t37_dont_know_is_an_answer_of_its_own_and_not_in_the_mean(write: Write, ask: Ask) -> None:
    questionnaire = ask({"id": "q", "kind": "single", "answers": CIJFER})
    responses = take_in(write("id;q\n1;1\n2;2\n3;88\n"), questionnaire).responses
    assert responses.answers["q"].tolist() == ["een", "twee", "weet_niet"]
    assert responses.status["q"].tolist() == [ANSWERED] * 3
    marked = ask({"id": "q", "kind": "number"}, {"id": "m", "kind": "mark", "range": [1, 10]})
    with pytest.raises(IntakeError) as caught:
        take_in(write("id;q;m\n1;1;88\n"), marked)
    assert str(caught.value) == "export.csv:2: column 'm': '88' is outside the range of question 'm', 1 to 10."
    means = estimate_means(take_in(write("id;q;m\n1;1;7\n2;3;\n"), marked).responses, Design.simple_random(2, 10))
    assert means.set_index("question")["estimate"].to_dict() == {"q": 2.0, "m": 7.0}


def _sav(path: Path, data: dict[str, Any], **more: Any) -> Path:
    pyreadstat.write_sav(pd.DataFrame(data), path, **more)
    return path


def test_t38_what_spss_declares_missing_is_kept_with_its_label(tmp_path: Path, ask: Ask) -> None:
    path = _sav(
        tmp_path / "a.sav",
        {"q": [1.0, -1.0, 2500.0, np.nan], "s": ["Z", "a", "", "Z"]},
        missing_ranges={"q": [{"lo": 2000, "hi": 3000}, -1], "s": ["Z"]},
        variable_value_labels={"q": {1: "Ja", -1: "Geweigerd", 2500: "Weet niet"}, "s": {"Z": "Zee"}},
    )
    raw = read_export(path)
    assert (raw.cells["q"].tolist(), raw.cells["s"].tolist()) == (["1", "-1", "2500", ""], ["Z", "a", "", "Z"])
    answers = [("ja", "1", "Ja"), ("nee", "-1", "Geweigerd"), ("weet_niet", "2500", "Weet niet", "dont_know")]
    zee = {"id": "s", "kind": "single", "answers": [("zee", "Z", "Zee"), ("a", "a", "A")]}
    taken = take_in(path, ask({"id": "q", "kind": "single", "answers": answers}, zee)).responses
    assert taken.codes("q").tolist() == [0, 1, 2, -1]
    assert taken.codes("s").tolist() == [0, 1, -1, 0]


def test_t38_what_spss_or_stata_declares_missing_is_no_number(tmp_path: Path, ask: Ask) -> None:
    number = ask({"id": "q", "kind": "number"}, {"id": "r", "kind": "number"})
    values = [12.0, -99.0, 3.5, np.nan]
    taken = take_in(_sav(tmp_path / "a.sav", {"q": values, "r": values}, missing_ranges={"q": [-99]}), number)
    assert taken.responses.answers["q"].fillna(-1).tolist() == [12.0, -1.0, 3.5, -1.0]
    assert taken.responses.answers["r"].fillna(-1).tolist() == [12.0, -99.0, 3.5, -1.0]
    assert taken.responses.status["q"].tolist() == [ANSWERED, NO_ANSWER, ANSWERED, NO_ANSWER]
    note = "Waarden die SPSS als ontbrekend aanmerkt, bij een getal of cijfer gelezen als geen antwoord, in: q."
    assert note in taken.report.notes
    path = tmp_path / "a.dta"
    frame = pd.DataFrame({"q": pd.Series([12.0, "a", 3.5], dtype=object), "r": [1.0, 2.0, 3.0]})
    pyreadstat.write_dta(frame, path, missing_user_values={"q": ["a"]})
    assert take_in(path, number).responses.answers["q"].fillna(-1).tolist() == [12.0, -1.0, 3.5]


def test_t39_a_missing_value_of_stata_with_a_label_is_kept(tmp_path: Path, ask: Ask) -> None:
    path = tmp_path / "a.dta"
    frame = pd.DataFrame({"q": pd.Series([1.0, "a", np.nan], dtype=object)})
    labels = {"q": {1: "Ja", "a": "Weet niet"}}
    pyreadstat.write_dta(frame, path, missing_user_values={"q": ["a"]}, variable_value_labels=labels)
    assert read_export(path).cells["q"].tolist() == ["1", ".a", ""]
    answers = [("ja", "1", "Ja"), ("weet_niet", "99", "Weet niet", "dont_know")]
    questionnaire = ask({"id": "q", "kind": "single", "answers": answers})
    assert take_in(path, questionnaire).responses.codes("q").tolist() == [0, 1, -1]


def test_t40_seen_and_not_answered_is_no_number_and_a_negative_code_an_answer(write: Write, ask: Ask) -> None:
    answers = [("ja", "1", "Ja"), ("geen_basis", "-1", "Geen basis", "dont_know")]
    text = qualtrics("R_1,1,0,1", "R_2,1,0,-1", "R_3,1,0,-99")
    responses = take_in(write(text), ask({"id": "q", "export": "Q1", "kind": "single", "answers": answers})).responses
    assert responses.codes("q").tolist() == [0, 1, -1]
    assert responses.status["q"].tolist() == [ANSWERED, ANSWERED, NO_ANSWER]
    number = ask({"id": "q", "export": "Q1", "kind": "number"})
    responses = take_in(write(qualtrics("R_1,1,0,4", "R_2,1,0,-99")), number).responses
    assert estimate_means(responses, Design.simple_random(2, 10))["estimate"].tolist() == [4.0]


def test_t41_a_zero_of_kobo_is_not_ticked_and_all_blank_not_answered(write: Write, ask: Ask) -> None:
    text = "taken;taken/bestuur;taken/koken;_id;_uuid;_submission_time\n"
    rows = ("koken;0;1;1;a;2026-09-21T08:09:00", ";;;2;b;2026-09-21T08:09:00")
    answers = [("bestuur", "bestuur", "Bestuur"), ("koken", "koken", "Koken")]
    questionnaire = ask({"id": "taken", "kind": "multiple", "answers": answers})
    path = write(text + "\n".join(rows) + "\n")
    assert read_export(path).status()["taken[bestuur]"].tolist() == [ANSWERED, UNKNOWN]
    responses = take_in(path, questionnaire).responses
    assert responses.ticked("taken").tolist() == [[False, True], [False, False]]
    assert responses.status["taken"].tolist() == [ANSWERED, NO_ANSWER]


def test_t42_previews_and_tests_are_set_aside_and_counted(write: Write, ask: Ask) -> None:
    text = qualtrics("R_1,1,0,1", "R_2,1,1,1", "R_3,1,2,1", "R_4,1,8,1")
    intake = take_in(write(text), ask({"id": "q", "export": "Q1", "kind": "number"}))
    assert intake.quarantine[["line", "reason"]].to_numpy().tolist() == [[5, "preview"], [6, "test"], [7, "spam"]]
    assert (intake.report.rows_received, intake.report.rows_used) == (4, 1)
    assert "| Terzijde gelegd: voorvertoning | 1 |" in intake.report.to_markdown()
