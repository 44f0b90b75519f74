"""Dummy answers: every route is walked, every answer is given, and the routing holds."""

import pytest

from srsmeting.errors import SynthesisError
from srsmeting.questionnaire import Questionnaire, load_questionnaire, parse_questionnaire
from srsmeting.synthesis import invent_dummies

YES_NO = [{"code": "ja", "label": "Ja"}, {"code": "nee", "label": "Nee"}]
ASKED = {"kind": "single", "title": "T", "text": "T?", "pijler": "a", "fase": "bereik", "categories": YES_NO}


def of(*questions: dict[str, object]) -> Questionnaire:
    pijlers = [{"id": "a", "label": "A"}]
    return parse_questionnaire(
        {"meting": "m", "title": "M", "pijlers": pijlers, "questions": [ASKED | question for question in questions]}
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whoever_is_asked_is_asked_by_the_routing(questionnaire: Questionnaire, seed: int) -> None:
    responses = invent_dummies(questionnaire, 60, seed=seed).responses

    assert responses.n == 60
    assert (responses.asked("effect") == responses.where("kent == inhoud")).all()
    assert (responses.asked("impact", "een") == responses.where("kent != niet")).all()
    assert (responses.asked("toelichting") == responses.where("selected(effect, a)")).all()


def test_every_answer_of_the_bundled_questionnaire_is_given_by_two_hundred() -> None:
    questionnaire = load_questionnaire("questionnaires/srs_2021.yaml")
    responses = invent_dummies(questionnaire, 200, seed=1, known=["wgo"]).responses

    for question in questionnaire.questions:
        for item in [item.id for item in question.items] or [None]:
            assert responses.answered(question.id, item).any()
            if question.kind == "multiple":
                assert responses.ticked(question.id).any(axis=0).all()
            elif question.codes:
                assert set(responses.codes(question.id, item)) >= set(range(len(question.codes)))


def test_who_ticks_none_of_these_ticks_nothing_else_and_nobody_ticks_nothing(questionnaire: Questionnaire) -> None:
    responses = invent_dummies(questionnaire, 200, seed=1).responses
    ticked = responses.ticked("effect")[responses.answered("effect")]

    assert ticked.any(axis=1).all()
    assert (ticked[ticked[:, 4]].sum(axis=1) == 1).all()


def test_what_the_frame_knows_everyone_answers_in_groups_from_large_to_small(questionnaire: Questionnaire) -> None:
    dummies = invent_dummies(questionnaire, 400, seed=1, known=["regio"])
    codes = dummies.responses.codes("regio")
    sizes = [int((codes == place).sum()) for place in range(3)]

    assert dummies.responses.answered("regio").all()
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] < 60
    assert 0 < (~dummies.responses.answered("kent")).sum() < 40


def test_a_route_that_cannot_be_walked_is_told_from_one_that_few_walk() -> None:
    chain = [{"id": f"v{n}", "asked_if": f"v{n - 1} == ja"} for n in range(1, 6)]
    questionnaire = of({"id": "v0"}, *chain, {"id": "nooit", "asked_if": "v1 == ja and v0 == nee"})
    dummies = invent_dummies(questionnaire, 40, seed=1)

    assert dummies.never_asked == ("nooit",)
    # However few, somebody walks the whole chain, and somebody stops at the end of it.
    assert dummies.responses.where("v5 == ja").any()
    assert dummies.responses.where("v5 == nee").any()
    assert list(dummies.usually_asked.values()) == sorted(dummies.usually_asked.values(), reverse=True)


def test_the_same_seed_gives_the_same_answers(questionnaire: Questionnaire) -> None:
    one, same, other = (invent_dummies(questionnaire, 30, seed=seed).responses.answers for seed in (5, 5, 6))

    assert one.equals(same)
    assert not one.equals(other)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_the_smallest_surveys_come_out(questionnaire: Questionnaire, n: int) -> None:
    assert invent_dummies(questionnaire, n, seed=1).responses.n == n


def test_nobody_answers_nothing(questionnaire: Questionnaire) -> None:
    with pytest.raises(SynthesisError) as caught:
        invent_dummies(questionnaire, 0, seed=1)

    assert str(caught.value) == "invent_dummies(): n is 0. Ask for at least 1 respondent."
