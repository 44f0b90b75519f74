"""The change among organisations that answered both times."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from srsmeting.estimates import pick
from srsmeting.estimation import Design
from srsmeting.estimation.change import Wave, mcnemar_test, panel_changes
from srsmeting.questionnaire import parse_questionnaire
from srsmeting.responses import Responses

REGIONS = ["noord"] * 6 + ["zuid"] * 4


def waves(make_answers: Callable[..., Any], first: list[Any], second: list[Any], **more: Any) -> tuple[Wave, Wave]:
    """Make two measurements of ten organisations and two or more that answered once, half in noord, half in zuid."""
    regions, once = more.pop("regions", (REGIONS, REGIONS)), more.pop("once", 2)
    made = []
    for number, (given, region) in enumerate(zip((first, second), regions, strict=True), start=1):
        units = [f"o{n}" for n in range(10)] + [f"{number}-{n}" for n in range(once)]
        where = [*region, *["noord", "zuid"] * (once // 2)]
        responses = make_answers([*given, *["goed"] * once], regio=where, **more)
        made.append(Wave(responses, Design.simple_random(10 + once, 40), units, meting=f"m-{number}"))
    return made[0], made[1]


def test_by_hand(make_answers: Callable[..., Any]) -> None:
    """3 came to it and 1 left it, of ten: 0.2; differences of 1, 1, 1, -1 and six times 0."""
    first = ["goed"] * 4 + ["matig"] * 6
    second = ["goed"] * 3 + ["matig"] + ["goed"] * 3 + ["matig"] * 3
    frame = panel_changes(*waves(make_answers, first, second), "oordeel")

    row = pick(frame, "oordeel", "goed", measure="panel_change")
    assert row["estimate"] == pytest.approx(0.2, abs=1e-12)
    assert row["se"] == pytest.approx(np.std([1, 1, 1, -1] + [0] * 6, ddof=1) / 10**0.5, abs=1e-12)
    assert (row["numerator"], row["denominator"]) == (10, 10)
    assert row["method"] == "against m-1; newcombe"
    p = pick(frame, "oordeel", "goed", measure="panel_change_p")
    assert p["estimate"] == pytest.approx(2 * 5 / 16 - 4 / 16, abs=1e-12)
    assert p["method"] == "against m-1; mcnemar_mid_p"


def test_answers_as_many_as_municipalities() -> None:
    """Of ten that said the last of 300, three say the first: so much is one less and the other more."""
    codes = [f"g{number}" for number in range(300)]
    categories = [{"code": code, "label": code} for code in codes]
    question = {"id": "plaats", "kind": "single", "title": "Plaats", "text": "?", "pijler": "basis", "fase": "bereik"}
    questionnaire = parse_questionnaire(
        {
            "meting": "m",
            "title": "Meting",
            "respondents": "respondenten",
            "pijlers": [{"id": "basis", "label": "Basis"}],
            "questions": [{**question, "categories": categories}],
        }
    )
    made = []
    for number, given in enumerate((["g299"] * 10, ["g299"] * 7 + ["g0"] * 3)):
        answers = pd.DataFrame({"plaats": pd.Categorical(given, categories=codes)})
        responses = Responses(questionnaire, answers, pd.DataFrame({"plaats": [0] * 10}, dtype="int8"))
        units = [f"o{unit}" for unit in range(10)]
        made.append(Wave(responses, Design.simple_random(10, 40), units, meting=f"m-{number}"))

    frame = panel_changes(*made)
    changes = {code: pick(frame, "plaats", code, measure="panel_change")["estimate"] for code in codes}

    assert {code: change for code, change in changes.items() if change} == pytest.approx({"g0": 0.3, "g299": -0.3})


def test_newcombe_paired(make_answers: Callable[..., Any]) -> None:
    """Newcombe (1998), Statistics in Medicine 17, 2635-2650: 36, 12, 2 and 0 of 50 give 0.0569 to 0.3404 (method 10)."""
    from srsmeting.estimation.change.panel import paired_interval

    low, high = paired_interval(50, 36, 2, 12, np.inf)

    assert (low.round(4).item(), high.round(4).item()) == (0.0569, 0.3404)


def test_the_exact_test(make_answers: Callable[..., Any]) -> None:
    first, second = ["matig"] * 10, ["goed"] * 5 + ["matig"] * 5
    frame = panel_changes(*waves(make_answers, first, second), "oordeel", test="exact")

    p = pick(frame, "oordeel", "goed", measure="panel_change_p")
    assert p["estimate"] == pytest.approx(float(mcnemar_test(0, 5, "exact")))
    assert p["method"] == "against m-1; mcnemar_exact"


def test_nobody_changed(make_answers: Callable[..., Any]) -> None:
    given = ["goed"] * 4 + ["matig"] * 6
    frame = panel_changes(*waves(make_answers, given, given), "oordeel")

    rows = frame[frame["category"] == "goed"].set_index("measure")
    assert rows["estimate"].tolist() == [0.0, 1.0]
    assert rows["reason"].tolist() == ["no_spread", "no_spread"]


def test_rounding_errors_are_no_interval(make_answers: Callable[..., Any]) -> None:
    """Of 38 the same 19 each time: the roots of Newcombe's interval leave some billionths."""
    given, units = make_answers(["goed", "matig"] * 19), [f"o{n}" for n in range(38)]
    one, two = (Wave(given, Design.simple_random(38, 80), units, meting=f"m-{number}") for number in (1, 2))

    row = pick(panel_changes(one, two, "oordeel"), "oordeel", "goed", measure="panel_change")

    assert (row["estimate"], row["se"], row["reason"]) == (0.0, 0.0, "no_spread")
    assert np.isnan([row["ci_low"], row["ci_high"]]).all()


@pytest.mark.parametrize(
    ("both", "expected"),
    [(0, ("O", "no_base")), (1, ("U", "one_respondent"))],
)
def test_too_few(make_answers: Callable[..., Any], both: int, expected: tuple[str, str]) -> None:
    first = ["goed"] * both + [None] * (10 - both)
    frame = panel_changes(*waves(make_answers, first, ["goed"] * 5 + ["matig"] * 5), "oordeel")

    rows = frame[frame["category"] == "goed"]
    assert {(row.status, row.reason) for row in rows.itertuples()} == {expected}


def test_unknown_overlap(make_answers: Callable[..., Any]) -> None:
    earlier, later = waves(make_answers, ["goed"] * 10, ["goed"] * 10)
    unknown = Wave(earlier.responses, earlier.design, None, meting="m-1")
    frame = panel_changes(unknown, later)

    assert {(row.status, row.reason) for row in frame.itertuples()} == {("U", "unknown_overlap")}
    assert frame["estimate"].isna().all()


def test_groups_are_those_of_both_times(make_answers: Callable[..., Any]) -> None:
    moved = (REGIONS, ["zuid", *REGIONS[1:]])
    first = ["goed", "matig"] * 5
    frame = panel_changes(*waves(make_answers, first, first[::-1], regions=moved), "oordeel", "regio")

    rows = frame[(frame["category"] == "goed") & (frame["measure"] == "panel_change")].set_index("group")
    assert rows["denominator"].tolist() == [5, 4, 0]
    assert rows["status"].tolist() == ["A", "A", "O"]


@pytest.mark.parametrize(
    ("least", "moved", "hidden"),
    [(4, False, False), (5, False, True), (1, True, False), (2, True, True)],
    ids=["large enough", "a small group", "nobody to tell", "one who moved"],
)
def test_a_breakdown_is_shown_whole_or_not(
    make_answers: Callable[..., Any], least: int, moved: bool, hidden: bool
) -> None:
    regions = (REGIONS, ["zuid", *REGIONS[1:]]) if moved else (REGIONS, REGIONS)
    given = ["goed", "matig"] * 5
    made = waves(make_answers, given, given[::-1], regions=regions, once=10)
    frame = panel_changes(*made, "oordeel", "regio", min_base=least)

    assert (frame["status"] == "Q").all() == hidden
    assert (frame["status"] == "Q").any() == hidden


def test_a_small_panel_is_hidden_or_marked(make_answers: Callable[..., Any]) -> None:
    given = ["goed", "matig"] * 5
    made = waves(make_answers, given, given[::-1], once=12)
    hidden = panel_changes(*made, "oordeel", min_base=11)
    marked = panel_changes(*made, "oordeel", min_base=5, normal_base=11)

    assert {(row.status, row.reason) for row in hidden.itertuples()} == {("Q", "small_base")}
    assert {(row.status, row.reason) for row in marked[marked["category"] == "goed"].itertuples()} == {
        ("U", "indicative")
    }


@pytest.mark.parametrize(
    ("by", "once", "hidden"),
    [
        (None, 4, True),
        (None, 6, False),
        ("regio", 6, True),
        ("regio", 10, False),
        (None, 0, False),
        ("regio", 0, False),
    ],
)
def test_a_panel_that_leaves_few_over_is_hidden(
    make_answers: Callable[..., Any], by: str | None, once: int, hidden: bool
) -> None:
    """Of 14 ten answered both times: the others are 4, and what they said is the total less the ten.

    By region half of them each; where everyone answered both times, nobody is left over.
    """
    given = ["goed", "matig"] * 5
    regions = (["noord"] * 5 + ["zuid"] * 5,) * 2
    made = waves(make_answers, given, given[::-1], once=once, regions=regions)
    frame = panel_changes(*made, "oordeel", by, min_base=5)
    frame = frame[frame["group"] != "west"]

    assert set(zip(frame["status"], frame["reason"], strict=True)) == (
        {("Q", "complementary")} if hidden else {("A", ""), ("U", "no_spread")}
    )
