"""Targets in, responses out; what came out is counted here in the written file, not by the package."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from srsmeting.errors import SynthesisError
from srsmeting.questionnaire import Questionnaire
from srsmeting.responses import ANSWERED, NO_ANSWER, NOT_ASKED
from srsmeting.synthesis import Target, synthesise, write_limesurvey_export

DAYS = dt.date(2022, 3, 14), dt.date(2022, 4, 15)
Read = Callable[[Path], pd.DataFrame]

TOGETHER = (
    "synthesise(): these targets cannot be met together at '{}', given the routing and the number of respondents. "
    "Change one of them.\n"
)
TARGETS = [
    Target("regio == noord", 40, 40),
    Target("kent == inhoud", 60, 65),
    Target("regio == noord and kent == inhoud", 33, 33),
    Target("selected(effect, a)", 30, 31),
    Target("selected(effect, geen)", 7, 7),
    Target("selected(effect, a) or selected(effect, anders)", 41, 41),
    Target("impact.een == eens", 17, 17),
    Target("impact.een == eens or impact.twee == eens", 29, 29),
    Target("", 710, 720, total_of="cijfer"),
    Target("regio == noord", 292, 292, total_of="cijfer"),
    Target("cijfer in [1, 2, 3, 4]", 3, 3),
    Target("", 12, 12, answered="toelichting"),
    Target("kent != niet", 80, 80, answered="impact.twee"),
]


def _written(questionnaire: Questionnaire, folder: Path, seed: int) -> Path:
    path = folder / f"export{seed}.csv"
    write_limesurvey_export(synthesise(questionnaire, 100, targets=TARGETS, seed=seed), path, fieldwork=DAYS, seed=seed)
    return path


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_targets_are_met_exactly(questionnaire: Questionnaire, tmp_path: Path, read: Read, seed: int) -> None:
    rows = read(_written(questionnaire, tmp_path, seed))
    north, marks = rows["A1"] == "noord", rows["A2"].astype(int)
    a, other, none = rows["A4[SQ1]"] == "Y", rows["A4[other]"] != "", rows["A4[SQ4]"] == "Y"
    one, two = rows["A5[SQ1]"], rows["A5[SQ2]"]

    assert len(rows) == 100
    assert north.sum() == 40
    assert 60 <= (rows["A3"] == "inhoud").sum() <= 65
    assert (north & (rows["A3"] == "inhoud")).sum() == 33
    assert 30 <= a.sum() <= 31
    assert none.sum() == 7
    assert (a | other).sum() == 41
    assert (one == "eens").sum() == 17
    assert ((one == "eens") | (two == "eens")).sum() == 29
    assert 710 <= marks.sum() <= 720
    assert marks[north].sum() == 292
    assert (marks <= 4).sum() == 3
    assert (rows["A8"] != "").sum() == 12
    assert (two != "").sum() == 80


@pytest.mark.parametrize("seed", [1, 2])
def test_routing_is_honoured(questionnaire: Questionnaire, tmp_path: Path, read: Read, seed: int) -> None:
    rows = read(_written(questionnaire, tmp_path, seed))
    effects = (rows[[f"A4[SQ{number}]" for number in range(1, 5)] + ["A4[other]"]] != "").any(axis=1)

    assert (effects == (rows["A3"] == "inhoud")).all()
    assert ((rows["A5[SQ1]"] != "") == (rows["A3"] != "niet")).all()
    assert not ((rows["A4[SQ4]"] == "Y") & (rows[["A4[SQ1]", "A4[SQ2]", "A4[SQ3]"]] == "Y").any(axis=1)).any()
    assert not ((rows["A8"] != "") & (rows["A4[SQ1]"] != "Y")).any()


def test_a_seed_gives_the_same_file_and_another_seed_another(questionnaire: Questionnaire, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    first = _written(questionnaire, tmp_path, 1).read_bytes()

    assert _written(questionnaire, tmp_path / "again", 1).read_bytes() == first
    assert _written(questionnaire, tmp_path, 2).read_bytes() != first


def test_without_targets_there_are_dummy_data(questionnaire: Questionnaire) -> None:
    responses = synthesise(questionnaire, 200, seed=5)
    knows = (responses.answers["kent"] == "inhoud").to_numpy()

    assert responses.n == 200
    for column in ("regio", "cijfer", "kent", "functie"):
        assert (responses.status[column] == ANSWERED).all()
    assert (responses.status["effect"] == pd.Series(knows).map({True: ANSWERED, False: NOT_ASKED})).all()
    assert set(responses.status["toelichting"]) == {ANSWERED, NO_ANSWER, NOT_ASKED}
    assert responses.answers["cijfer"].cat.categories.tolist() == [str(mark) for mark in range(1, 11)]
    assert responses.answers["effect.a"].dtype == bool
    assert responses.answers["toelichting"].dtype == bool
    assert (responses.answers["fte"].isna() == (responses.status["fte"] == NO_ANSWER)).all()


def test_answers_vary(questionnaire: Questionnaire) -> None:
    responses = synthesise(questionnaire, 300, targets=[Target("selected(effect, a)", 70, 75)], seed=1)

    # Not one pattern that happens to fit: every answer occurs, and many combinations of ticks.
    assert all(responses.answers[column].nunique() >= 3 for column in ("regio", "kent", "impact.een"))
    assert len(responses.answers.filter(like="effect.").drop_duplicates()) >= 10


def test_one_question_at_a_time_may_lead_nowhere(questionnaire: Questionnaire) -> None:
    # Whatever region was drawn first, the second target needs 70 in the north who do not know the content.
    targets = [Target("kent == inhoud", 30, 30), Target("regio == noord or kent == inhoud", 100, 100)]

    responses = synthesise(questionnaire, 100, targets=targets, seed=1)
    region, known = responses.answers["regio"], responses.answers["kent"]

    assert (known == "inhoud").sum() == 30
    assert ((region == "noord") | (known == "inhoud")).all()


def test_a_target_on_one_question_leaves_unrelated_answers_alone(questionnaire: Questionnaire) -> None:
    free = synthesise(questionnaire, 100, seed=1)
    bound = synthesise(questionnaire, 100, targets=[Target("functie == hr", 60, 60)], seed=1)

    pd.testing.assert_frame_equal(
        free.answers.drop(columns=["functie", "fte"]), bound.answers.drop(columns=["functie", "fte"])
    )


def test_unknown_to_kleene_is_not_counted(questionnaire: Questionnaire) -> None:
    # Who does not know it was not asked about the impact: for them `not eens` is unknown, so at most 40 can count.
    with pytest.raises(SynthesisError) as caught:
        synthesise(
            questionnaire,
            100,
            targets=[Target("kent != niet", 40, 40), Target("not impact.een == eens", 41, 41)],
            seed=1,
        )

    assert str(caught.value) == (
        f"{TOGETHER.format('kent')}"
        "  40 respondents for whom kent != niet\n"
        "  41 respondents for whom not impact.een == eens"
    )


def test_impossible_targets_are_named_and_only_those(questionnaire: Questionnaire) -> None:
    targets = [
        Target("regio == noord", 60, 60, name="J1"),
        Target("kent == niet", 5, 5, name="J2"),
        Target("regio in [zuid, west]", 41, 50, name="J3", free=True),
    ]
    with pytest.raises(SynthesisError) as caught:
        synthesise(questionnaire, 100, targets=targets, seed=1)

    assert str(caught.value) == (
        f"{TOGETHER.format('regio')}"
        "  J1: 60 respondents for whom regio == noord\n"
        "  J3: 41 to 50 respondents for whom regio in [zuid, west] (chosen freely)"
    )


def test_a_total_and_a_count_can_be_at_odds(questionnaire: Questionnaire) -> None:
    # Ten marks of 3 leave 90 of at most 10: 930 at most.
    targets = [Target("cijfer == 3", 10, 10), Target("", 931, 1000, total_of="cijfer")]
    with pytest.raises(SynthesisError) as caught:
        synthesise(questionnaire, 100, targets=targets, seed=1)

    assert str(caught.value) == (
        f"{TOGETHER.format('cijfer')}"
        "  10 respondents for whom cijfer == 3\n"
        "  a total of 931 to 1000 in 'cijfer' over all respondents"
    )
    allowed = [targets[0], Target("", 930, 930, total_of="cijfer")]
    assert (synthesise(questionnaire, 100, targets=allowed, seed=1).answers["cijfer"] == "10").sum() == 90


def test_all_targets_that_cannot_be_followed_are_named(questionnaire: Questionnaire) -> None:
    targets = [
        Target("regio == noort", 1, 1),
        Target("regoi == noord", 1, 1),
        Target("regio == noord", 5, 3),
        Target("", 1, 1, total_of="kent"),
        Target("", 1, 1, answered="kent.een"),
        Target("", 1, 1, answered="impact.drie"),
    ]
    with pytest.raises(SynthesisError) as caught:
        synthesise(questionnaire, 10, targets=targets, seed=1)

    known = "'regio', 'cijfer', 'kent', 'effect', 'impact', 'functie', 'fte', 'toelichting'"
    assert str(caught.value).splitlines() == [
        "synthesise(): 1 respondent for whom regio == noort: condition 'regio == noort': question 'regio' has no "
        "category 'noort'. Did you mean 'noord'? Known: 'noord', 'zuid', 'west'.",
        "synthesise(): 1 respondent for whom regoi == noord: condition 'regoi == noord': no question 'regoi'. "
        f"Did you mean 'regio'? Known: {known}.",
        "synthesise(): 5 to 3 respondents for whom regio == noord: 5 to 3 holds no number. Write the lowest first.",
        "synthesise(): a total of 1 in 'kent' over all respondents: 'kent' is not a mark, so it has no total. "
        "Known: 'cijfer'.",
        "synthesise(): 1 answer to 'kent.een' from all respondents: question 'kent' has no statements, so no 'een'. "
        "Write 'kent'.",
        "synthesise(): 1 answer to 'impact.drie' from all respondents: question 'impact': no item 'drie'. "
        "Known: 'een', 'twee'.",
    ]


def test_there_must_be_respondents(questionnaire: Questionnaire) -> None:
    with pytest.raises(SynthesisError, match=r"^synthesise\(\): n is 0\. Ask for at least 1 respondent\.$"):
        synthesise(questionnaire, 0, seed=1)
