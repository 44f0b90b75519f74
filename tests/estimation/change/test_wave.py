"""A measurement as one side of a comparison, and what does not go together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from srsmeting.errors import DesignError, EstimateError, UnknownNameError
from srsmeting.estimation import Design
from srsmeting.estimation.change import Wave, estimate_changes, link_waves
from srsmeting.estimation.comparisons.shown import Shown
from srsmeting.questionnaire import Questionnaire, parse_questionnaire
from srsmeting.responses import Responses


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"units": ["a", "b"]}, "m-1: 2 units for 3 respondents. Give one for each."),
        (
            {"units": ["a", "b", "a"]},
            "m-1: 1 respondent is an organisation that stands before. Keep one of its answers.",
        ),
        (
            {"units": ["a", "a", "a"]},
            "m-1: 2 respondents are an organisation that stands before. Keep one of its answers.",
        ),
        (
            {"frame": ["a", "b", "c"]},
            "m-1: a frame of 3, and the design has 4 organisations. Give the frame that the design was made for.",
        ),
        ({"frame": ["a", "b", "c", "c"]}, "m-1: 1 of the frame stand twice. Keep each organisation once."),
        (
            {"units": ["a", "b", "x"], "frame": ["a", "b", "c", "d"]},
            "m-1: 1 respondent is not in the frame. Write the organisation of a respondent as the frame does.",
        ),
    ],
)
def test_refusals(make_answers: Callable[..., Any], more: dict[str, Any], message: str) -> None:
    with pytest.raises(DesignError) as caught:
        Wave(make_answers(["goed"] * 3), Design.simple_random(3, 4), meting="m-1", **more)
    assert str(caught.value) == message


def test_some_respondents_of_a_measurement(make_answers: Callable[..., Any]) -> None:
    with pytest.raises(DesignError) as caught:
        Wave(make_answers(["goed"] * 3), Design.simple_random(5, 9), ["a", "b", "c"], meting="m-1")
    assert str(caught.value) == (
        "m-1: 3 of the 5 respondents of the design. Give all of them, and name a breakdown: who answered twice counts "
        "in the whole."
    )


def test_strata_of_the_frame(make_answers: Callable[..., Any]) -> None:
    design = Design.stratified([0, 0, 1], [2, 2])
    with pytest.raises(DesignError) as without:
        Wave(make_answers(["goed"] * 3), design, list("abc"), list("abcd"), meting="m-1")
    assert str(without.value) == "m-1: a design with strata and a frame without. Give frame_strata."
    with pytest.raises(DesignError) as wrong:
        Wave(make_answers(["goed"] * 3), design, list("abc"), list("abcd"), [0, 0, 0, 1], meting="m-1")
    assert str(wrong.value) == (
        "m-1: the strata of the frame have [3, 1] organisations, and those of the design [2, 2]. Give the frame that "
        "the design was made for."
    )


def test_organisations_that_changed_stratum(make_answers: Callable[..., Any]) -> None:
    """A and b stay in the first stratum, c and d go from the first to the second; a, b and c answered both times."""
    earlier = Wave(
        make_answers(["goed"] * 4),
        Design.stratified([0, 0, 0, 1], [4, 2]),
        list("abce"),
        list("abcdef"),
        [0, 0, 0, 0, 1, 1],
        meting="m-1",
    )
    later = Wave(
        make_answers(["goed"] * 4),
        Design.stratified([0, 0, 1, 1], [2, 4]),
        list("abcf"),
        list("abcdef"),
        [0, 0, 1, 1, 1, 1],
        meting="m-2",
    )

    found = link_waves(earlier, later)

    assert found.n12.tolist() == [2, 1, 0]
    assert found.N12.tolist() == [2, 2, 2]
    assert found.expected.tolist() == [3 / 4 * 2, 3 / 4 * 2 / 4 * 2, 1 / 2 * 2 / 4 * 2]
    assert found.pair.tolist() == [0, 0, 1]


def test_missing_units_are_not_known(make_answers: Callable[..., Any]) -> None:
    wave = Wave(make_answers(["goed"] * 3), Design.simple_random(3, 4), ["a", None, np.nan])

    assert not wave.linked
    assert wave.meting == "m-2"


def other(change: Callable[[dict[str, Any]], None]) -> Questionnaire:
    category = [{"code": code, "label": code} for code in ("goed", "matig", "slecht")]
    question = {"id": "oordeel", "kind": "single", "title": "-", "text": "?", "pijler": "basis", "fase": "bereik"}
    document: dict[str, Any] = {
        "meting": "m-1",
        "title": "-",
        "respondents": "r",
        "pijlers": [{"id": "basis", "label": "-"}],
        "questions": [question | {"categories": category}],
    }
    change(document["questions"][0])
    return parse_questionnaire(document)


def test_questions_with_other_answers_are_not_compared(make_answers: Callable[..., Any]) -> None:
    later = make_answers(["goed", "matig", "slecht"])

    def fewer(question: dict[str, Any]) -> None:
        question["categories"] = question["categories"][:2]

    def renamed(question: dict[str, Any]) -> None:
        question["id"] = "mening"

    answers = later.answers[["oordeel"]], later.status[["oordeel"]]
    changed = Responses(other(fewer), *answers)
    design = Design.simple_random(3, 10)
    with pytest.raises(EstimateError) as caught:
        estimate_changes(Wave(changed, design, meting="m-1"), Wave(later, design), "oordeel")
    assert str(caught.value) == (
        "estimate_changes(): question 'oordeel' has other answers in m-1 than in m-2. Bring the earlier answers into "
        "the later codes, or leave it out."
    )
    moved = Responses(other(renamed), *(part.rename(columns={"oordeel": "mening"}) for part in answers))
    with pytest.raises(UnknownNameError) as unknown:
        estimate_changes(Wave(moved, design, meting="m-1"), Wave(later, design), "oordeel")
    assert str(unknown.value) == ("estimate_changes(), m-1: no question 'oordeel'. Known: 'mening'.")
    assert estimate_changes(Wave(moved, design, meting="m-1"), Wave(later, design)).empty


def test_what_is_shown_can_be_told_per_breakdown(make_answers: Callable[..., Any]) -> None:
    shown = {"": Shown("", frozenset({("oordeel", "")}), {("oordeel", "", ""): "small_base"})}
    one, two = (
        Wave(make_answers(["goed", "slecht"] * 20), Design.simple_random(40, 80), meting=name, published=published)
        for name, published in (("m-1", None), ("m-2", shown))
    )
    rows = estimate_changes(one, two, "oordeel")

    assert set(rows["status"]) == {"Q"}
    assert rows["estimate"].isna().all()
    # Of a breakdown that is not among them nothing is known to be shown.
    with pytest.raises(EstimateError, match="has no table of 'oordeel' by 'regio'"):
        two.shown("regio").hidden("oordeel", "", ("noord",))
