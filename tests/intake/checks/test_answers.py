from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.errors import IntakeError
from srsmeting.intake import Intake, take_in
from srsmeting.questionnaire import Questionnaire

TakeIn = Callable[..., Intake]
#: Answers to every closed question, so that a test is about one thing.
FULL = {"G01Q01": "A1", "G01Q02": "A2", "G01Q05": "7", "G01Q06": "10"}


@pytest.fixture
def taken(kort: Questionnaire, write_export: Callable[..., Path]) -> TakeIn:
    return lambda rows, **options: take_in(write_export(rows, **options), kort)


def refusal(taken: TakeIn, rows: list[dict[str, str]]) -> list[str]:
    with pytest.raises(IntakeError) as caught:
        taken(rows)
    return str(caught.value).split("\n")


def findings(intake: Intake) -> list[tuple[object, ...]]:
    return list(intake.report.findings.itertuples(index=False, name=None))


def test_an_export_in_order_has_no_findings(taken: TakeIn) -> None:
    intake = taken([FULL, FULL])
    assert findings(intake) == []
    assert not intake.report.has_findings


def test_no_rows(taken: TakeIn) -> None:
    assert refusal(taken, []) == ["export.csv: has headings and no rows. Export all responses."]


def test_t34_opened_and_never_sent_does_not_count(taken: TakeIn) -> None:
    assert refusal(taken, [{"submitdate": ""}, {"submitdate": ""}]) == [
        "export.csv: no response counts: all 2 are set aside (incomplete). "
        "Export again when there are complete responses."
    ]


def test_two_rows_with_one_id(taken: TakeIn) -> None:
    assert refusal(taken, [{"id": "7"}, {"id": "8"}, {"id": "7"}, {"id": "7", "submitdate": ""}]) == [
        "export.csv:4: id '7' stands on 3 rows (lines 2, 4, 5). Set aside what does not count, such as "
        "'set_aside: [{respondent: \"7\", line: 4, reason: …, date: …}]' in corrections.yaml, named under 'corrections' in meting.yaml."
    ]


def test_a_row_without_id(taken: TakeIn) -> None:
    assert refusal(taken, [FULL, {"id": ""}]) == [
        "export.csv:3: this row has no id. Export again, or set it aside: "
        "'set_aside: [{respondent: \"\", line: 3, reason: …, date: …}]' in corrections.yaml, named under 'corrections' in meting.yaml."
    ]


def test_two_rows_with_one_token_are_told_without_the_token(taken: TakeIn) -> None:
    with pytest.raises(IntakeError) as caught:
        taken([{"token": "geheim"}, {"token": "geheim"}, {"token": ""}, {"token": ""}])
    assert str(caught.value) == (
        "export.csv:3: the same token stands on 2 rows (lines 2, 3). Set aside what does not count, such as "
        "'set_aside: [{respondent: \"2\", line: 3, reason: …, date: …}]' in corrections.yaml, named under 'corrections' in meting.yaml."
    )
    assert caught.value.frame()[["line", "column", "value", "rule"]].to_numpy().tolist() == [
        [3, "token", "", "double_token"]
    ]


def test_spaces_around_a_token_do_not_make_it_another(taken: TakeIn) -> None:
    assert refusal(taken, [{"token": "geheim"}, {"token": "geheim "}]) == [
        "export.csv:3: the same token stands on 2 rows (lines 2, 3). Set aside what does not count, such as "
        "'set_aside: [{respondent: \"2\", line: 3, reason: …, date: …}]' in corrections.yaml, named under 'corrections' in meting.yaml."
    ]


def test_an_unfinished_attempt_with_the_same_token_is_set_aside_and_no_fault(taken: TakeIn) -> None:
    intake = taken([FULL | {"token": "t", "submitdate": ""}, FULL | {"token": "t"}])
    assert intake.responses.n == 1
    assert intake.quarantine.to_numpy().tolist() == [[2, "", "", "", "", "incomplete"]]


def test_an_answer_that_was_not_asked_is_a_warning(taken: TakeIn) -> None:
    intake = taken([FULL | {"G01Q03[SQ001]": "Y"}, FULL, FULL | {"G01Q03[SQ003]": "Y"}])
    assert findings(intake) == [
        (
            *("answer_not_asked", "warning", "effect", 2),
            "2 respondenten beantwoordden de vraag hoewel de routing haar oversloeg. "
            "Het antwoord telt niet. Regels 2, 4.",
        )
    ]
    assert intake.report.has_findings


def test_a_closed_question_left_empty_is_a_note(taken: TakeIn) -> None:
    intake = taken([FULL | {"G01Q05": ""}, FULL | {"G01Q02": "A1", "G01Q03[SQ001]": "Y", "G01Q04[SQ001]": "A1"}])
    assert findings(intake) == [
        ("left_empty", "note", "impact", 1, "1 respondent liet een of meer stellingen open."),
        ("left_empty", "note", "cijfer", 1, "1 respondent liet de vraag open."),
    ]
    assert not intake.report.has_findings


def test_none_of_these_together_with_others_is_a_warning_and_both_stay(taken: TakeIn) -> None:
    ticks = {"G01Q02": "A1", "G01Q03[SQ003]": "Y", "G01Q03[other]": "Koken"}
    intake = taken([FULL | ticks])
    assert findings(intake) == [
        (
            *("exclusive_with_others", "warning", "effect", 1),
            "1 respondent koos ‘Geen effect’ samen met een ander antwoord. Beide tellen. Regel 2.",
        )
    ]
    assert intake.responses.ticked("effect").tolist() == [[False, True, True]]


def test_a_text_at_other_without_choosing_it(taken: TakeIn) -> None:
    intake = taken([FULL | {"G01Q01[other]": "Jan"}, FULL | {"G01Q01": "-oth-", "G01Q01[other]": "Piet"}])
    assert findings(intake) == [
        (
            *("other_not_chosen", "warning", "wgo", 1),
            "1 respondent vulde een tekst in bij ‘anders’ zonder dat te kiezen. De tekst telt niet. Regel 2.",
        )
    ]
    assert intake.quarantine.to_numpy().tolist() == [[2, "", "wgo", "G01Q01[other]", "[tekst]", "other_not_chosen"]]


def test_sent_without_an_answer(taken: TakeIn) -> None:
    intake = taken([FULL, {}])
    assert findings(intake)[0] == (
        *("nothing_answered", "warning", "", 1),
        "1 respondent verstuurde de vragenlijst zonder één antwoord. Regel 3.",
    )
    assert intake.responses.n == 2
