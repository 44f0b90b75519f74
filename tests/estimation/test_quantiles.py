"""Medians and other quantiles by hand, and medians against another package."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from srsmeting.errors import EstimateError
from srsmeting.estimates import check_estimates, pick
from srsmeting.estimation import Design, estimate_quantiles
from srsmeting.responses import Responses


@pytest.fixture(scope="session")
def numbers(ask: Any, respond: Any) -> Any:
    """Make respondents of numbers; None has no answer."""
    questionnaire = ask(
        {"id": "x", "kind": "number"},
        {"id": "g", "kind": "single", "categories": ["a", "b", "c"]},
        {"id": "cijfer", "kind": "mark", "range": [1, 10]},
    )

    def make(values: list[float | None], groups: str = "") -> Responses:
        pairs = zip(values, groups or "a" * len(values), strict=True)
        responses: Responses = respond(questionnaire, [{"x": value, "g": group} for value, group in pairs])
        return responses

    return make


def test_the_median_is_the_usual_one(numbers: Any) -> None:
    odd = estimate_quantiles(numbers([5, 1, 9, None, 7, 2]), Design.simple_random(6, 60), "x")
    even = estimate_quantiles(numbers([5, 1, 9, 7]), Design.simple_random(4, 60), "x")
    assert (odd["estimate"][0], odd["denominator"][0], odd["measure"][0]) == (5, 5, "median")
    assert even["estimate"][0] == 6
    assert odd["method"][0] == "woodruff"


def test_weighted_median_by_hand(numbers: Any) -> None:
    # Weights 1, 1, 1 and 5 of 8: half of the weight is passed at the last value.
    heavy = Design.simple_random(4, 8, base_weights=[1, 1, 1, 5])
    assert estimate_quantiles(numbers([1, 2, 3, 4]), heavy, "x")["estimate"][0] == 4
    # 4 of 8 is reached exactly at 3: between 3 and 4.
    exactly = Design.simple_random(4, 8, base_weights=[1, 1, 2, 4])
    assert estimate_quantiles(numbers([1, 2, 3, 4]), exactly, "x")["estimate"][0] == 3.5


def test_interval_by_hand(numbers: Any) -> None:
    # 1 to 9, without correction in all but name: 5 of 9 at or below 5, n_eff = 8 / (1 - 9/9000), t(8) = 2.306004.
    frame = estimate_quantiles(numbers([float(value) for value in range(1, 10)]), Design.simple_random(9, 9000), "x")
    # w = t^2 / n_eff = .66404; .5 -+ sqrt(w (1/4 + w/4)) / (1 + w) = .5 -+ .31585: .18415 x 9 = 1.66, .81585 x 9 = 7.34.
    assert frame[["estimate", "ci_low", "ci_high"]].to_numpy().tolist() == [[5, 2, 8]]
    assert frame["se"][0] == pytest.approx(6 / 2 / 2.306004135, rel=1e-8)
    check_estimates(frame)


def test_other_parts(numbers: Any) -> None:
    values = [float(value) for value in range(1, 12)]
    for part, expected, measure in ((0.25, 3, "p25"), (0.9, 10, "p90"), (0.125, 2, "p12.5")):
        frame = estimate_quantiles(numbers(values), Design.simple_random(11, 60), "x", part=part)
        assert (frame["estimate"][0], frame["measure"][0]) == (expected, measure)


def test_groups_and_empty_groups(numbers: Any) -> None:
    frame = estimate_quantiles(numbers([1, 2, 3, 40, None], "aaabc"), Design.simple_random(5, 50), "x", "g")
    check_estimates(frame)
    np.testing.assert_array_equal(frame["estimate"], [2, 40, np.nan])
    assert frame["reason"].tolist() == ["", "one_respondent", "no_base"]


def test_ties_leave_no_interval(numbers: Any) -> None:
    frame = estimate_quantiles(numbers([7.0] * 30), Design.simple_random(30, 90), "x")
    check_estimates(frame)
    assert frame[["estimate", "se"]].to_numpy().tolist() == [[7, 0]]
    assert frame.loc[0, ["method", "status", "reason"]].tolist() == ["", "U", "ties"]


def test_population_observed_whole(numbers: Any) -> None:
    frame = estimate_quantiles(numbers([1, 2, 3]), Design.simple_random(3, 3), "x")
    check_estimates(frame)
    assert frame.loc[0, ["estimate", "se", "method", "status"]].tolist() == [2, 0, "census", "A"]
    assert np.isnan(frame["ci_low"][0])


def test_what_has_no_quantile(five: Responses, quarter: Design) -> None:
    with pytest.raises(EstimateError) as caught:
        estimate_quantiles(five, quarter, "bekend")
    assert str(caught.value) == (
        "estimate_quantiles(): question 'bekend' is of kind single, which has no quantiles. Use estimate_shares(). "
        "Marks and numbers: 'cijfer', 'jaren'."
    )
    with pytest.raises(EstimateError) as caught:
        estimate_quantiles(five, quarter, part=50)
    assert str(caught.value) == ("estimate_quantiles(): part is 50. Give a fraction between 0 and 1, such as 0.5.")
    assert estimate_quantiles(five, quarter)["question"].tolist() == ["cijfer", "jaren"]


@pytest.mark.parametrize(("name", "expected"), [("synth_srs_fpc", 467), ("synth_strat_fpc", 468), ("fpc", 467)])
def test_medians_equal_svy(
    name: str, expected: float, synth: pd.DataFrame, designs: dict[str, Design], numbers: Any
) -> None:
    """The Python package svy 0.35.0 gives these for the numbers of the organisations, and 438-510, 440-518, 438-518.

    Its interval is Wald's for the part at or below; this one is Wilson's, a little nearer to the middle.
    """
    row = pick(
        estimate_quantiles(numbers([float(org) for org in synth["org"]]), designs[name], "x"), "x", measure="median"
    )
    assert row["estimate"] == expected
    low, high = {"synth_srs_fpc": (438, 510), "synth_strat_fpc": (440, 518), "fpc": (438, 518)}[name]
    assert low <= row["ci_low"] < expected < row["ci_high"] <= high
    assert row["ci_high"] - row["ci_low"] == pytest.approx(high - low, rel=0.05)
