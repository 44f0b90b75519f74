from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.intake import take_in
from srsmeting.questionnaire import Questionnaire, parse_questionnaire
from srsmeting.responses import ANSWERED, NO_ANSWER, NOT_ASKED, Responses

TakeIn = Callable[[list[dict[str, str]]], Responses]


@pytest.fixture
def taken(kort: Questionnaire, write_export: Callable[..., Path]) -> TakeIn:
    return lambda rows: take_in(write_export(rows), kort).responses


def test_empty_is_not_asked_where_routing_passes_and_no_answer_where_it_does_not(taken: TakeIn) -> None:
    responses = taken([{"G01Q02": "A1"}, {"G01Q02": "A2"}, {"G01Q02": "A3"}, {"G01Q02": "A1", "G01Q03[SQ001]": "Y"}])
    assert responses.status["effect"].tolist() == [NO_ANSWER, NOT_ASKED, NOT_ASKED, ANSWERED]


def test_an_unanswered_filter_means_not_asked(taken: TakeIn) -> None:
    assert taken([{"G01Q01": "A1"}]).status["effect"].tolist() == [NOT_ASKED]


def test_an_answer_to_a_question_that_was_not_asked_is_taken_out(taken: TakeIn) -> None:
    responses = taken([{"G01Q02": "A2", "G01Q03[SQ001]": "Y", "G01Q03[other]": "Koken"}])
    assert responses.status["effect"].tolist() == [NOT_ASKED]
    assert responses.answers[["effect.inzicht", "effect.anders"]].to_numpy().tolist() == [[False, False]]


def test_an_answer_that_was_taken_out_is_nowhere_any_more(taken: TakeIn) -> None:
    # Two routings, so that answers have been looked at before the second takes some out.
    known = {"G01Q02": "A1", "G01Q03[SQ001]": "Y", "G01Q04[SQ001]": "A1"}
    responses = taken([known, known | {"G01Q02": "A2"}])
    assert responses.ticked("effect")[:, 0].tolist() == [True, False]
    assert responses.codes("impact", "meer").tolist() == [0, -1]
    assert responses.answers["impact.meer"].isna().tolist() == [False, True]


def test_an_answer_that_was_taken_out_decides_nothing_further_on(taken: TakeIn) -> None:
    # Statements follow the effect 'inzicht', which this respondent should not have been asked.
    row = {"G01Q02": "A2", "G01Q03[SQ001]": "Y", "G01Q04[SQ001]": "A1"}
    responses = taken([row])
    assert responses.status["impact.meer"].tolist() == [NOT_ASKED]
    assert responses.answers["impact.meer"].isna().tolist() == [True]


def test_statements_have_a_status_each(taken: TakeIn) -> None:
    responses = taken([{"G01Q02": "A1", "G01Q03[SQ001]": "Y", "G01Q04[SQ002]": "A2"}])
    assert responses.status[["impact.meer", "impact.beter"]].to_numpy().tolist() == [[NO_ANSWER, ANSWERED]]
    assert responses.answers["impact.beter"].tolist() == ["oneens"]


def test_numbers_marks_and_open_answers_are_taken_out_too(write_export: Callable[..., Path]) -> None:
    base = {"title": "T", "text": "t", "pijler": "basis", "fase": "algemeen"}
    data = {
        "meting": "m",
        "title": "M",
        "pijlers": [{"id": "basis", "label": "Basis"}],
        "questions": [
            base
            | {"id": "f", "kind": "single", "categories": [{"code": "a", "label": "A"}, {"code": "b", "label": "B"}]},
            *(base | {"id": kind, "export": kind, "kind": kind, "asked_if": "f == a"} for kind in ("number", "open")),
            base | {"id": "mark", "kind": "mark", "range": [1, 10], "asked_if": "f == a"},
        ],
    }
    columns = ["f", "number", "open", "mark"]
    rows = [{"f": f, "number": "2.5", "open": "tekst", "mark": "7"} for f in ("a", "b")]
    intake = take_in(write_export(rows, columns=columns), parse_questionnaire(data))
    assert intake.responses.status.to_numpy().tolist() == [[0, 0, 0, 0], [0, 2, 2, 2]]
    answers = intake.responses.answers
    assert answers["number"].fillna(-1.0).tolist() == [2.5, -1.0]
    assert answers["open"].tolist() == [True, False]
    assert answers["mark"].cat.codes.tolist() == [6, -1]
    assert intake.quarantine[["line", "column", "value"]].to_numpy().tolist() == [
        [3, "number", "2.5"],
        [3, "open", "[tekst]"],
        [3, "mark", "7"],
    ]
