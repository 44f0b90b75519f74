"""An attack by brute force: every way in which hidden regions can have answered, held against what is published.

The attacker knows everything but the answers in the hidden regions: the frame, who responded, how respondents of every
region are spread over sizes, and every answer in the regions that are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srsmeting.configuration import MetingConfig
from srsmeting.estimates import bind_estimates, pick
from srsmeting.estimation import (
    Design,
    PublicationRules,
    apply_publication_rules,
    frame_margin,
    pool,
    rake,
    response_rates,
)
from srsmeting.estimation.audit import audit_estimates
from srsmeting.population import Population
from srsmeting.questionnaire import Questionnaire
from srsmeting.responses import Responses
from srsmeting.weighing import estimate_answers, weigh

Rows: TypeAlias = list[dict[str, Any]]
Publish: TypeAlias = Callable[[Rows], pd.DataFrame]

#: Respondents by region and size, and organisations in the frame. Regions c and d are too small to be shown.
RESPONDENTS = {
    "a": {"klein": 14, "groot": 10},
    "b": {"klein": 8, "groot": 8},
    "c": {"klein": 2, "groot": 2},
    "d": {"klein": 3, "groot": 4},
}
FRAME = {
    "a": {"klein": 22, "groot": 18},
    "b": {"klein": 20, "groot": 21},
    "c": {"klein": 6, "groot": 4},
    "d": {"klein": 5, "groot": 7},
}


@pytest.fixture
def two(ask: Any) -> Questionnaire:
    """Two questions, of which the second is for those who said yes to the first."""
    questionnaire: Questionnaire = ask(
        {"id": "regio", "kind": "single", "categories": list(FRAME)},
        {"id": "maat", "kind": "single", "categories": ["klein", "groot"]},
        {"id": "lid", "kind": "single", "categories": ["ja", "nee"]},
        {"id": "effect", "kind": "single", "asked_if": "lid == ja", "categories": ["ja", "nee"]},
    )
    return questionnaire


def world(members: Mapping[tuple[str, str], int], effects: Mapping[str, int]) -> Rows:
    """Return respondents: how many of a region and size are members, and how many of these a region see an effect."""
    rows: Rows = []
    for region, sizes in RESPONDENTS.items():
        seen = effects[region]
        for size, number in sizes.items():
            for place in range(number):
                row: dict[str, Any] = {"regio": region, "maat": size, "lid": "nee"}
                if place < members[region, size]:
                    row |= {"lid": "ja", "effect": "ja" if seen > 0 else "nee"}
                    seen -= 1
                rows.append(row)
    return rows


SHOWN = {("a", "klein"): 9, ("a", "groot"): 5, ("b", "klein"): 4, ("b", "groot"): 5}
HIDDEN = {("c", "klein"): 2, ("c", "groot"): 1, ("d", "klein"): 1, ("d", "groot"): 3}
EFFECTS = {"a": 8, "b": 5, "c": 1, "d": 3}


@pytest.fixture
def publish(two: Questionnaire, respond: Any) -> Callable[..., Publish]:
    """Publish a world, weighted as the package does, or in a way that leaks."""
    frame = [
        {"regio": r, "maat": s} for r, sizes in FRAME.items() for s, number in sizes.items() for _ in range(number)
    ]
    columns = {name: pd.Categorical([row[name] for row in frame], list(two.question(name).codes)) for name in frame[0]}
    tokens = [f"t{number}" for number in range(len(frame))]
    population = Population(pd.DataFrame({"token": tokens} | columns), "frame.csv", two)

    def make(
        margins: Sequence[str], breakdowns: Sequence[str] = ("regio", "maat"), leak: Sequence[str] | None = None
    ) -> Publish:
        config = MetingConfig.model_validate(
            {
                "meting": "proef-1",
                "title": "Proef",
                "questionnaire": "q.yaml",
                "breakdowns": list(breakdowns),
                "weights": list(margins),
                "publication": {"min_base": 10, "normal_base": 10},
            }
        )
        rules = config.publication.rules(two, breakdowns)

        def run(rows: Rows) -> pd.DataFrame:
            responses: Responses = respond(two, rows)
            simple = Design.simple_random(responses.n, population.size)
            rates = response_rates(responses, population, by="regio")
            if leak is not None:
                weighting = rake([pool(frame_margin(responses, population, name), leak) for name in margins])
                answers = estimate_answers(responses, simple.calibrated(weighting), config)
                counted = bind_estimates(rates, estimate_answers(responses, simple, config))
                leaking = apply_publication_rules(counted, rules)
                shown = leaking["status"] != "Q"
                for name in ("estimate", "method"):
                    leaking.loc[shown, name] = pd.concat([rates, answers], ignore_index=True).loc[shown, name]
                leaking[["se", "ci_low", "ci_high"]] = float("nan")
                return bind_estimates(leaking, weighting.weights("proef-1"))
            counted = bind_estimates(rates, estimate_answers(responses, simple, config))
            weighed = weigh(Path("meting.yaml"), config, responses, population, counted)
            return weighed.publish(apply_publication_rules(counted, rules), rules)

        return run

    return make


def told(frame: pd.DataFrame, question: str) -> list[tuple[Any, ...]]:
    """Return what is published of a question, numbers as far as sums in another order are the same."""
    rows = frame[frame["question"] == question].drop(columns=["numerator"])
    return [
        tuple(round(v, 9) if isinstance(v, float) and v == v else str(v) for v in row)
        for row in rows.itertuples(index=False)
    ]


def fitting(share: float, slack: float, weights: Mapping[str, float], bases: Mapping[str, int]) -> set[tuple[int, ...]]:
    """Return every way in which so many of each region, weighing this, are this share of all of them."""
    whole = sum(weights[region] * base for region, base in bases.items())
    ways = product(*(range(base + 1) for base in bases.values()))
    return {
        way
        for way in ways
        if abs(sum(weights[r] * n for r, n in zip(bases, way, strict=True)) / whole - share) <= slack
    }


def test_weights_of_their_own_tell_hidden_regions_apart(publish: Callable[..., Publish]) -> None:
    frame = publish(["regio"], ["regio"], leak=())(world(SHOWN | HIDDEN, EFFECTS))
    weights = {"a": 40 / 24, "b": 41 / 16, "c": 10 / 4, "d": 12 / 7}
    # Without counts of the answers; 14 in a and 9 in b are 58% and 56% of those.
    share = pick(frame, "lid", "ja")["estimate"]
    ways = fitting(share, 1e-12, weights, {"a": 24, "b": 16, "c": 4, "d": 7})
    assert {way[2:] for way in ways if way[:2] == (14, 9)} == {(3, 4)}


def test_a_region_that_is_hidden_for_one_question_is_told_by_weights_of_the_whole(
    publish: Callable[..., Publish],
) -> None:
    # Regions c and d weigh the same everywhere; b, of whom 9 were asked, has a weight of its own.
    frame = publish(["regio"], ["regio"], leak=("c", "d"))(world(SHOWN | HIDDEN, EFFECTS))
    weights = {"a": 40 / 24, "b": 41 / 16, "c": 2, "d": 2}
    ways = fitting(pick(frame, "effect", "ja")["estimate"], 1e-12, weights, {"a": 14, "b": 9, "c": 3, "d": 4})
    assert {way[1] for way in ways if way[0] == 8} == {5}


def test_the_audit_finds_both(two: Questionnaire, publish: Callable[..., Publish]) -> None:
    rows = world(SHOWN | HIDDEN, EFFECTS)
    frame = publish(["regio"], ["regio"], leak=())(rows)
    # Counts are there, and weighted shares of the whole: of 7 members in c and d, 3 are in c.
    rules = PublicationRules.linked(two, ["regio"])
    found = audit_estimates(frame, two, rules)
    assert found.loc[found["question"] == "lid", ["category", "group", "low", "how"]].to_numpy().tolist() == [
        ["ja", "c", 3.0, "exact"],
        ["nee", "c", 1.0, "exact"],
        ["ja", "d", 4.0, "exact"],
        ["nee", "d", 3.0, "exact"],
    ]
    found = audit_estimates(publish(["regio"], ["regio"], leak=("c", "d"))(rows), two, rules)
    told = found[(found["question"] == "effect") & (found["group"] == "b")]
    assert told[["category", "low", "how"]].to_numpy().tolist() == [["ja", 5.0, "exact"], ["nee", 4.0, "exact"]]


def test_rounding_alone_is_not_enough() -> None:
    # Two hidden regions of five respondents, who weigh 1 and 6, beside twenty of weight 1 who all said no: 55 in all.
    # 11% of 55 is one in the second region; the five in the first together are 9%.
    weights, bases = {"a": 1.0, "b": 6.0, "rest": 1.0}, {"a": 5, "b": 5, "rest": 20}
    ways = fitting(0.11, 0.005, weights, bases)
    assert {way for way in ways if way[2] == 0} == {(0, 1, 0)}


@pytest.mark.parametrize("margins", [["regio"], ["regio", "maat"], ["regio*maat"]], ids=str)
def test_weighed_as_one_they_cannot_be_told_apart(publish: Callable[..., Publish], margins: list[str]) -> None:
    publisher = publish(margins)
    published = told(publisher(world(SHOWN | HIDDEN, EFFECTS)), "lid")
    # Members of c and d, small ones first: as they are, 1 and 6, and 4 and 3.
    for klein, groot in [((2, 1), (1, 3)), ((0, 3), (1, 3)), ((2, 1), (2, 2))]:
        other = {("c", "klein"): klein[0], ("d", "klein"): klein[1], ("c", "groot"): groot[0], ("d", "groot"): groot[1]}
        assert told(publisher(world(SHOWN | other, EFFECTS)), "lid") == published


def test_weighed_as_one_for_a_question_they_cannot_be_told_apart_there(publish: Callable[..., Publish]) -> None:
    publisher = publish(["regio"], ["regio"])
    frame = publisher(world(SHOWN | HIDDEN, EFFECTS))
    assert pick(frame, "effect", "ja", by="regio", group="b")["status"] == "Q"
    # All that is known of the 16 respondents in b, c and d is that 9 see an effect.
    for b, c, d in [(9, 0, 0), (2, 3, 4), (6, 3, 0)]:
        other = publisher(world(SHOWN | HIDDEN, {"a": 8, "b": b, "c": c, "d": d}))
        assert told(other, "effect") == told(frame, "effect")


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_two_respondents_of_hidden_regions_may_change_places(
    publish: Callable[..., Publish], data: st.DataObject
) -> None:
    cells = [(region, size) for region, sizes in RESPONDENTS.items() for size in sizes]
    members = {cell: data.draw(st.integers(0, RESPONDENTS[cell[0]][cell[1]])) for cell in cells}
    rows = world(members, {region: data.draw(st.integers(0, 8)) for region in RESPONDENTS})
    size = data.draw(st.sampled_from(["klein", "groot"]))
    ones, others = ([n for n, row in enumerate(rows) if (row["regio"], row["maat"]) == (r, size)] for r in ("c", "d"))
    one, other = data.draw(st.sampled_from(ones)), data.draw(st.sampled_from(others))
    changed = [dict(row) for row in rows]
    changed[one]["regio"], changed[other]["regio"] = "d", "c"

    publisher = publish(data.draw(st.sampled_from([["regio"], ["regio", "maat"]])))
    pd.testing.assert_frame_equal(publisher(changed), publisher(rows))
