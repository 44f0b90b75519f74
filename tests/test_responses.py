"""What the reasons for empty cells mean, on the ten respondents of conftest."""

from pathlib import Path

import pytest

from srsmeting.checking import check_meting
from srsmeting.errors import QuestionnaireError, UnknownNameError
from srsmeting.meting import load_meting
from srsmeting.responses import ANSWERED, NO_ANSWER, NOT_ASKED, Responses


@pytest.fixture
def responses(mini: Path) -> Responses:
    return check_meting(load_meting(mini)).responses


def test_only_who_submitted_is_a_respondent(responses: Responses) -> None:
    assert responses.n == 10


def test_not_asked_left_empty_and_answered_are_three_things(responses: Responses) -> None:
    # 1 to 4 and 7 know the content and answered, 10 knows it and left the question empty, the others were not asked.
    assert responses.status["effect"].tolist() == [
        *[ANSWERED] * 4,
        *[NOT_ASKED] * 2,
        ANSWERED,
        *[NOT_ASKED] * 2,
        NO_ANSWER,
    ]
    assert responses.asked("effect").sum() == 6
    assert responses.answered("effect").sum() == 5


def test_answers_are_positions_in_declared_order(responses: Responses) -> None:
    assert responses.codes("bekend").tolist() == [0, 0, 0, 0, 1, 1, 0, 2, 2, 0]
    assert responses.codes("cijfer").tolist() == [6, 7, 6, 5, 7, 6, 6, 4, 7, -1]
    assert responses.ticked("effect")[:3].tolist() == [[True, False, False], [True, True, False], [False, False, True]]


def test_no_free_text_goes_further_than_intake(responses: Responses) -> None:
    assert responses.answers["idee"].tolist() == [True, False, False, False, False, True, *[False] * 4]


def test_a_breakdown_gives_everyone_a_group(responses: Responses) -> None:
    positions, breakdown = responses.breakdown("wgo")

    assert [group.code for group in breakdown.groups] == ["noord", "zuid"]
    assert positions.tolist() == [0] * 6 + [1] * 4


@pytest.mark.parametrize(
    ("expression", "holds"),
    [
        ("wgo == zuid and bekend == inhoud", [7, 10]),
        ("selected(effect, beleid)", [2]),
        ("not bekend in [inhoud, gehoord]", [8, 9]),
        # 5, 6, 8 and 9 were not asked and 10 left it empty: of them it is unknown, which is not "no".
        ("not selected(effect, beleid)", [1, 3, 4, 7]),
        ("cijfer != 7", [2, 4, 5, 8, 9]),
    ],
)
def test_where_finds_respondents_by_an_expression(responses: Responses, expression: str, holds: list[int]) -> None:
    assert [number for number, found in enumerate(responses.where(expression), 1) if found] == holds


def test_an_answer_to_what_was_not_asked_decides_nothing(responses: Responses) -> None:
    status = responses.status.copy()
    status.loc[1, "effect"] = NOT_ASKED
    status.loc[6, "cijfer"] = NOT_ASKED
    stray = Responses(responses.questionnaire, responses.answers, status)

    # Respondent 2 ticked it and respondent 7 gave a 7: both stand in the file.
    assert not stray.where("selected(effect, beleid)").any()
    assert [number for number, found in enumerate(stray.where("cijfer == 7"), 1) if found] == [1, 3, 6]
    for question, code, who in (("effect", "beleid", 1), ("cijfer", "7", 6)):
        true, known = stray.lookup(question, None, [code])
        assert not true[who]
        assert not known[who]


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        (
            "wgo = zuid",
            "routing 'wgo = zuid', position 5: expected '==', '!=', 'in' or 'not in', found '='. Write '=='.",
        ),
        (
            "wgo == zuidd",
            "condition 'wgo == zuidd': question 'wgo' has no category 'zuidd'. "
            "Did you mean 'zuid'? Known: 'noord', 'zuid'.",
        ),
    ],
)
def test_an_expression_that_cannot_be_followed(responses: Responses, expression: str, message: str) -> None:
    with pytest.raises(QuestionnaireError) as caught:
        responses.where(expression)
    assert str(caught.value) == message


def test_unknown_names_are_errors(responses: Responses) -> None:
    with pytest.raises(UnknownNameError) as caught:
        responses.codes("bekent")
    assert str(caught.value).startswith(
        "questionnaire 'mini-2021': no question 'bekent'. Did you mean 'bekend'? Known: "
    )
    with pytest.raises(UnknownNameError) as caught:
        responses.codes("wgo", "x")
    assert str(caught.value) == "responses: no item of 'wgo' 'x'. Known: none."
