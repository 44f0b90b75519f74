"""Responses that were not finished: which count, and what of a respondent who began more than once.

Of the questionnaire `kort`, five questions are closed and asked of everyone or not: wgo, bekend, cijfer and fte always,
effect of who knows the content, and then the two statements of impact of who ticks 'inzicht'; idee is open.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.errors import IntakeError
from srsmeting.intake import Intake, take_in
from srsmeting.intake.account.summary import summarise
from srsmeting.questionnaire import Questionnaire

FULL = {"G01Q01": "A1", "G01Q02": "A2", "G01Q05": "7", "G01Q06": "10"}
OPEN = {"submitdate": ""}
#: Two of the four that were asked.
HALF = OPEN | {"G01Q01": "A1", "G01Q02": "A2"}
#: Three of the four.
MORE = HALF | {"G01Q05": "8"}

TakeIn = Callable[..., Intake]


@pytest.fixture
def taken(kort: Questionnaire, write_export: Callable[..., Path]) -> TakeIn:
    return lambda rows, partial: take_in(write_export(rows), kort, partial=partial)


def flow(intake: Intake) -> list[tuple[object, ...]]:
    return list(intake.report.flow.itertuples(index=False, name=None))


def test_without_a_threshold_only_finished_responses_count(taken: TakeIn) -> None:
    intake = taken([FULL, MORE, HALF], None)
    assert flow(intake) == [("received", "", 3), ("set_aside", "incomplete", 2), ("used", "", 1)]


@pytest.mark.parametrize(("partial", "used"), [(0.5, 2), (0.51, 1), (0.75, 1), (0.76, 0)])
def test_the_share_is_of_what_was_asked(taken: TakeIn, partial: float, used: int) -> None:
    intake = taken([FULL, HALF, MORE, OPEN | {"G01Q07": "Meer tijd"}], partial)
    assert flow(intake) == [
        ("received", "", 4),
        ("set_aside", "incomplete", 3 - used),
        ("used", "complete", 1),
        ("used", "partial", used),
    ]
    assert intake.responses.n == 1 + used


def test_statements_are_questions_of_their_own_and_routing_says_what_was_asked(taken: TakeIn) -> None:
    # Asked: wgo, bekend, effect, two statements, cijfer and fte, which makes seven; answered: four.
    row = OPEN | {"G01Q01": "A1", "G01Q02": "A1", "G01Q03[SQ001]": "Y", "G01Q04[SQ001]": "A1"}
    assert taken([FULL, row], 0.57).responses.n == 2
    assert taken([FULL, row], 0.58).responses.n == 1
    # What routing passes by is no answer: of the four that were asked, one was answered.
    assert taken([FULL, OPEN | {"G01Q02": "A2", "G01Q04[SQ001]": "A1", "G01Q04[SQ002]": "A1"}], 0.26).responses.n == 1


def test_a_share_that_is_not_exact_in_binary_is_the_share(taken: TakeIn) -> None:
    # 0.7 of ten is seven, and so on: here 1 of 4 and 3 of 4 with shares that are a hair too high in binary.
    assert taken([FULL, MORE], 0.1 + 0.2 + 0.45).responses.n == 2


def test_opened_and_never_answered_does_not_count_however_low_the_threshold(taken: TakeIn) -> None:
    assert taken([FULL, OPEN], 0.01).responses.n == 1


def test_all_answers_of_a_partial_response_count_and_the_rest_is_left_empty(taken: TakeIn) -> None:
    intake = taken([FULL, MORE], 0.5)
    assert intake.responses.answers["cijfer"].tolist() == ["7", "8"]
    assert intake.report.questions.set_index("question").loc["fte", ["asked", "answered", "empty"]].tolist() == [
        2,
        1,
        1,
    ]
    assert intake.quarantine.empty


def test_a_finished_response_of_the_same_token_goes_first(taken: TakeIn) -> None:
    intake = taken([MORE | {"token": "t"}, FULL | {"token": "t"}, HALF | {"token": "u"}], 0.5)
    assert flow(intake) == [
        ("received", "", 3),
        ("set_aside", "double", 1),
        ("used", "complete", 1),
        ("used", "partial", 1),
    ]
    assert intake.quarantine[["line", "reason"]].to_numpy().tolist() == [[2, "double"]]
    assert "Terzijde gelegd: een andere respons van dezelfde uitnodiging telt | 1 |" in (intake.report.to_markdown())


def test_of_two_partial_responses_the_one_with_most_answers_counts_and_of_equals_the_last(taken: TakeIn) -> None:
    rows = [MORE | {"token": "t"}, HALF | {"token": "t"}, HALF | {"token": "u"}, HALF | {"token": "u", "G01Q01": "A2"}]
    intake = taken([FULL, *rows], 0.5)
    assert intake.quarantine[["line", "reason"]].to_numpy().tolist() == [[4, "double"], [5, "double"]]
    assert intake.responses.answers["wgo"].tolist() == ["noord", "noord", "zuid"]


def test_spaces_around_a_token_do_not_make_it_another(taken: TakeIn) -> None:
    intake = taken([FULL | {"token": "t1"}, MORE | {"token": " t1"}], 0.5)
    assert (intake.responses.n, intake.quarantine["reason"].tolist()) == (1, ["double"])


def test_what_answered_too_little_stays_incomplete_also_when_it_is_double(taken: TakeIn) -> None:
    intake = taken([FULL | {"token": "t"}, OPEN | {"token": "t", "G01Q01": "A1"}], 0.5)
    assert intake.quarantine[["line", "reason"]].to_numpy().tolist() == [[3, "incomplete"]]


def test_without_tokens_nobody_is_double(taken: TakeIn) -> None:
    intake = taken([FULL | {"token": ""}, MORE | {"token": ""}, MORE | {"token": ""}], 0.5)
    assert intake.responses.n == 3


def test_only_partial_responses_can_do(taken: TakeIn) -> None:
    intake = taken([MORE, HALF], 0.6)
    assert flow(intake) == [
        ("received", "", 2),
        ("set_aside", "incomplete", 1),
        ("used", "complete", 0),
        ("used", "partial", 1),
    ]


def test_none_that_answered_enough_is_a_fault(taken: TakeIn) -> None:
    with pytest.raises(IntakeError) as caught:
        taken([HALF, HALF], 0.9)
    assert str(caught.value) == (
        "export.csv: no response counts: all 2 are set aside (incomplete). "
        "Export again when there are complete responses."
    )


def test_a_missing_column_is_told_as_without_a_threshold(
    kort: Questionnaire, write_export: Callable[..., Path]
) -> None:
    path = write_export([OPEN], columns=["G01Q01"])
    with pytest.raises(IntakeError, match="question 'bekend' has no column 'G01Q02'"):
        take_in(path, kort, partial=0.5)


def test_the_summary_tells_how_many_of_those_that_count_are_partial(taken: TakeIn) -> None:
    told = summarise(taken([FULL, HALF, OPEN], 0.5).report)
    assert "3 ontvangen = 2 gebruikt (waarvan 1 gedeeltelijk) + 1 terzijde gelegd (niet voltooid 1)" in " ".join(
        told.split()
    )
