"""Means by hand (five respondents out of twenty) and against R."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from srsmeting.errors import DesignError, EstimateError
from srsmeting.estimates import check_estimates, pick
from srsmeting.estimation import Design, estimate_means
from srsmeting.responses import Responses


def test_mean_by_hand(five: Responses, quarter: Design) -> None:
    # 7, 8, 7, 5: mean 27/4, squares .0625 + 1.5625 + .0625 + 3.0625 = 4.75; v = 3/4 x 5/4 x 4.75 / 16, t(3) = 3.18245.
    frame = estimate_means(five, quarter, ["cijfer"])
    check_estimates(frame)
    row = pick(frame, "cijfer")
    se = np.sqrt(0.75 * 1.25 * 4.75 / 16)
    assert row["estimate"] == 6.75
    assert row["se"] == pytest.approx(se, rel=1e-14)
    assert (row["ci_low"], row["ci_high"]) == pytest.approx((6.75 - 3.182446 * se, 6.75 + 3.182446 * se), abs=1e-6)
    assert row["denominator"] == 4
    assert row["numerator"] is pd.NA
    assert (row["measure"], row["method"], row["status"], row["reason"]) == ("mean", "t", "A", "")


def test_numbers_have_means_too(five: Responses, quarter: Design) -> None:
    frame = estimate_means(five, quarter)
    assert frame["question"].tolist() == ["cijfer", "jaren"]
    assert pick(frame, "jaren")["estimate"] == 2.5
    assert pick(frame, "jaren")["denominator"] == 3


def test_what_was_not_asked_is_in_no_mean(five: Responses, quarter: Design) -> None:
    # Respondent 1 gave a 7 and 2 years; left are 8, 7 and 5, and 4.5 and 1.
    status = five.status.copy()
    status.loc[0, ["cijfer", "jaren"]] = 2
    frame = estimate_means(Responses(five.questionnaire, five.answers, status), quarter)
    assert frame["estimate"].tolist() == [20 / 3, 2.75]
    assert frame["denominator"].tolist() == [3, 2]


def test_breakdown_by_hand(five: Responses, quarter: Design) -> None:
    # a: 7 and 8; b: one 7; c: nobody. v of a = 3/4 x 5/4 x .5 / 4, t(1) = 12.7062.
    frame = estimate_means(five, quarter, ["cijfer"], by="regio")
    check_estimates(frame)
    assert frame["group"].tolist() == ["a", "b", "c"]
    assert frame["denominator"].tolist() == [2, 1, 0]
    np.testing.assert_array_equal(frame["estimate"], [7.5, 7.0, np.nan])
    se = np.sqrt(0.75 * 1.25 * 0.5 / 4)
    np.testing.assert_allclose(frame["se"], [se, np.nan, np.nan], rtol=1e-14)
    np.testing.assert_allclose(frame["ci_low"], [7.5 - 12.7062047 * se, np.nan, np.nan], rtol=1e-7)
    assert frame["method"].tolist() == ["t", "", ""]
    assert frame["status"].tolist() == ["A", "U", "O"]
    assert frame["reason"].tolist() == ["", "one_respondent", "no_base"]


@pytest.mark.parametrize(("kind", "value"), [("mark", "7"), ("number", 0.1)])
def test_respondents_who_agree_give_no_interval(kind: str, value: Any, ask: Any, respond: Any) -> None:
    question = {"id": "q", "kind": kind} | ({"range": [1, 10]} if kind == "mark" else {})
    # Three times .1 is not .3: the mean is off by a rounding error, and so is the spread.
    frame = estimate_means(respond(ask(question), [{"q": value}] * 3), Design.simple_random(3, 20))
    check_estimates(frame)
    row = pick(frame, "q")
    assert row["estimate"] == pytest.approx(float(value), rel=1e-15)
    assert row["se"] == 0
    assert np.isnan(row["ci_low"])
    assert np.isnan(row["ci_high"])
    assert (row["method"], row["status"], row["reason"]) == ("", "U", "no_spread")


def test_population_observed_whole(five: Responses) -> None:
    frame = estimate_means(five, Design.simple_random(5, 5), ["cijfer"], by="regio")
    check_estimates(frame)
    np.testing.assert_array_equal(frame["se"], [0, 0, np.nan])
    assert frame[["ci_low", "ci_high"]].isna().all(axis=None)
    assert frame["method"].tolist() == ["census", "census", ""]
    assert frame["status"].tolist() == ["A", "A", "O"]


def test_other_kinds_have_no_mean(five: Responses, quarter: Design) -> None:
    with pytest.raises(EstimateError) as caught:
        estimate_means(five, quarter, ["bekend"])
    assert str(caught.value) == (
        "estimate_means(): question 'bekend' is of kind single, which has no mean. Use estimate_shares(). "
        "Marks and numbers: 'cijfer', 'jaren'."
    )


def test_design_of_a_smaller_sample_is_refused(five: Responses) -> None:
    with pytest.raises(DesignError) as caught:
        estimate_means(five, Design.simple_random(4, 20))
    assert str(caught.value) == (
        "estimate_means(): 5 respondents, but the design has a sample of 4. Make it with sample_size=5."
    )


def test_no_marks_give_an_empty_frame(five: Responses, quarter: Design) -> None:
    assert len(estimate_means(five, quarter, [])) == 0


def test_total_equals_r(synth_responses: Responses, design: Design, reference: dict[str, Any]) -> None:
    row, expected = pick(estimate_means(synth_responses, design), "mark"), reference["svymean"]["synth_srs_fpc"]["mark"]
    np.testing.assert_allclose([row["estimate"]], expected["est"], rtol=1e-12)
    np.testing.assert_allclose([row["se"]], expected["se"], rtol=1e-12)
    # On purpose not R's: confint() there counts the 14 without a mark in the degrees of freedom. t(286) = 1.968293.
    assert row["denominator"] == 287
    assert row["ci_high"] - row["estimate"] == pytest.approx(1.968293 * row["se"], rel=1e-6)


@pytest.mark.parametrize("by", ["size", "region"])
def test_breakdowns_equal_r(by: str, synth_responses: Responses, design: Design, reference: dict[str, Any]) -> None:
    frame, expected = (
        estimate_means(synth_responses, design, by=by),
        reference["svyby"]["synth_srs_fpc"][f"mark_by_{by}"],
    )
    assert frame["group"].tolist() == expected[by]
    np.testing.assert_allclose(frame["estimate"], expected["mark"], rtol=1e-12)
    np.testing.assert_allclose(frame["se"], expected["se"], rtol=1e-12)
    assert frame["denominator"].tolist() == expected["n_unweighted"]
