"""Weighted, stratified and calibrated shares and means by hand, and every case that has no ordinary answer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from srsmeting.errors import DesignError
from srsmeting.estimates import check_estimates
from srsmeting.estimation import (
    Design,
    Weights,
    estimate_means,
    estimate_quantiles,
    estimate_ratios,
    estimate_shares,
    estimate_totals,
)
from srsmeting.responses import Responses


@pytest.fixture(scope="session")
def small(ask: Any) -> Any:
    """Ask a yes or no, a number, and a group."""
    return ask(
        {"id": "q", "kind": "single", "categories": ["ja", "nee"]},
        {"id": "x", "kind": "number"},
        {"id": "g", "kind": "single", "categories": ["a", "b"]},
    )


@pytest.fixture(scope="session")
def say(small: Any, respond: Any) -> Any:
    """Make respondents of a string of 1s and 0s, and of groups."""

    def make(answers: str, groups: str = "") -> Responses:
        rows = [
            {"q": "ja" if answer == "1" else "nee", "x": float(answer), "g": group}
            for answer, group in zip(answers, groups or "a" * len(answers), strict=True)
        ]
        responses: Responses = respond(small, rows)
        return responses

    return make


def yes(responses: Responses, design: Design, by: str | None = None) -> pd.DataFrame:
    """Return the rows of `ja`, after holding the mean of the same 0s and 1s against them."""
    shares, means = estimate_shares(responses, design, "q", by), estimate_means(responses, design, "x", by)
    check_estimates(shares)
    check_estimates(means)
    rows = shares[shares["category"] == "ja"].reset_index(drop=True)
    for name in ("estimate", "se"):
        np.testing.assert_allclose(rows[name], means[name], rtol=1e-12, atol=1e-15)
    return rows


def test_stratified_share_by_hand(say: Any) -> None:
    # 1 of 2 out of 4, 2 of 3 out of 12. Sum of (N_h / N)^2 (1 - f_h) s_h^2 / n_h:
    # 1/16 x 1/2 x 1/4 + 9/16 x 3/4 x 1/9 = .0078125 + .046875.
    row = yes(say("10110"), Design.stratified([0, 0, 1, 1, 1], [4, 12])).iloc[0]
    assert row["estimate"] == 0.625
    assert row["se"] == pytest.approx(np.sqrt(0.0546875), rel=1e-14)
    assert (row["numerator"], row["denominator"]) == (3, 5)
    assert (row["method"], row["status"]) == ("wilson_weighted", "A")
    # n_eff = .625 x .375 / .0546875 = 4.285714, t(3) = 3.182446, w = t^2 / n_eff = 2.363191;
    # (p + w / 2) / (1 + w) = .537167, sqrt(w (p (1 - p) + w / 4)) / (1 + w) = .415213.
    assert (row["ci_low"], row["ci_high"]) == pytest.approx((0.121954, 0.952380), abs=1e-5)


def test_a_group_in_a_stratified_sample_by_hand(say: Any) -> None:
    # Group b: 1 and 0 with weight 2, 0 with weight 4: p = 1/4; u = 3/16, -1/16 and -1/8. With zeros for who is outside:
    # 1/2 x 2 (10/256 - (1/8)^2 / 2) + 3/4 x 3/2 (1/64 - (1/8)^2 / 3) = 1/32 + 1.125/96.
    rows = yes(say("10110", "bbaab"), Design.stratified([0, 0, 1, 1, 1], [4, 12]), "g")
    assert rows["estimate"].tolist() == pytest.approx([1, 0.25], rel=1e-14)
    assert rows["se"].tolist() == pytest.approx([0, np.sqrt(1 / 32 + 1.125 / 96)], rel=1e-12)
    assert rows["reason"].tolist() == ["", ""]


def test_as_many_strata_as_respondents_leave_no_interval(say: Any) -> None:
    rows = yes(say("10110", "baaab"), Design.stratified([0, 0, 1, 1, 1], [4, 12]), "g")
    assert rows["estimate"].tolist() == pytest.approx([0.8, 1 / 3], rel=1e-14)
    assert rows.loc[1, ["se", "ci_low", "ci_high"]].isna().all()
    assert rows.loc[1, ["method", "status", "reason"]].tolist() == ["", "U", "no_degrees_of_freedom"]


def test_post_stratified_share_by_hand(say: Any) -> None:
    # 5 of 20; a: 2 of 3 for 15 organisations, b: 1 of 2 for 5. Residuals from the means of the cells:
    # (5/20)^2 x 2/3 + (2.5/20)^2 x 1/2 = .0494791667, times 3/4 x 5/4.
    weights = Weights([5, 5, 5, 2.5, 2.5], ([0, 0, 0, 1, 1],), [4] * 5)  # type: ignore[arg-type]
    row = yes(say("11010"), Design.simple_random(5, 20).calibrated(weights)).iloc[0]
    assert row["estimate"] == 0.625
    assert row["se"] == pytest.approx(np.sqrt(0.9375 * (1 / 24 + 1 / 128)), rel=1e-14)


def test_residuals_lean_on_the_base_weights(say: Any) -> None:
    """On purpose not R's rake(), which takes plain means of the cells there; with equal base weights it is the same."""
    # Base weights 1, 3, 2, 2 in one cell, raked to 16 organisations: mean of the cell 1/8 x (1 + 2) = 3/8.
    weights = Weights([2, 6, 4, 4], ([0, 0, 0, 0],), [1, 3, 2, 2])  # type: ignore[arg-type]
    design = Design.simple_random(4, 16, base_weights=[1, 3, 2, 2])
    row = yes(say("1010"), design.calibrated(weights)).iloc[0]
    u = np.array([2, 6, 4, 4]) * (np.array([1, 0, 1, 0]) - 3 / 8) / 16
    assert row["estimate"] == 3 / 8
    assert row["se"] == pytest.approx(np.sqrt(0.75 * 4 / 3 * (u**2).sum()), rel=1e-12)


def test_lonely_stratum_by_hand(say: Any) -> None:
    # Weights 2, 2, 5: p = 7/9; u = 4/81, -14/81 and 10/81. The last is alone: (1 - 1/5) (10/81)^2, from the whole.
    design = Design.stratified([0, 0, 1], [4, 5])
    row = yes(say("101"), design).iloc[0]
    assert row["se"] == pytest.approx(np.sqrt((18 / 81) ** 2 / 2 + 0.8 * (10 / 81) ** 2), rel=1e-12)
    assert (row["method"], row["status"], row["reason"]) == ("wilson_weighted", "U", "lonely_stratum")
    assert row["ci_low"] < row["estimate"] < row["ci_high"]
    # A group without it is not touched by it.
    rows = yes(say("101", "aab"), design, "g")
    assert rows["reason"].tolist() == ["", "one_respondent"]
    for frame in (
        estimate_totals(say("101"), design, ["q", "x"]),
        estimate_quantiles(say("102"), design, "x"),
        estimate_ratios(say("0011", "abab"), Design.stratified([0, 0, 0, 1], [6, 5]), ["q", "x"], "g", against="a"),
    ):
        check_estimates(frame)
        assert set(frame["reason"]) == {"lonely_stratum"}


def test_shares_of_0_and_1_keep_an_interval(say: Any) -> None:
    # n_eff = W^2 / sum k w^2 = 256 / (4 + 4 + 3 x 16 x 1.125) = 256 / 62, t(3) = 3.182446.
    design = Design.stratified([0, 0, 1, 1, 1], [4, 12])
    end = 1 / (1 + 3.182446305**2 / (256 / 62))
    all_yes, all_no = yes(say("11111"), design).iloc[0], yes(say("00000"), design).iloc[0]
    assert (all_yes["estimate"], all_yes["se"], all_yes["ci_high"]) == (1, 0, 1)
    assert all_yes["ci_low"] == pytest.approx(end, rel=1e-8)
    assert (all_no["estimate"], all_no["se"], all_no["ci_low"]) == (0, 0, 0)
    assert all_no["ci_high"] == pytest.approx(1 - end, rel=1e-8)
    assert (all_yes["status"], all_no["status"]) == ("A", "A")


def test_sums_of_uneven_weights_are_exactly_0_or_1(ask: Any, respond: Any) -> None:
    categories = ["x", "y", "z"]
    questionnaire = ask(
        {
            "id": "q",
            "kind": "single",
            "categories": categories,
            "sums": [{"code": "all", "of": categories}, {"code": "xz", "of": ["x", "z"]}],
        }
    )
    rows = [{"q": code} for code in categories * 7]
    weights = np.random.default_rng(5).uniform(0.1, 9, 21)
    frame = estimate_shares(respond(questionnaire, rows), Design.simple_random(21, 99, base_weights=weights), "q")
    check_estimates(frame)
    assert frame.loc[frame["category"] == "all", ["estimate", "se", "ci_high"]].to_numpy().tolist() == [[1, 0, 1]]


def test_everyone_observed_in_a_stratum_is_exact(say: Any) -> None:
    # a is the whole of its stratum; b is 2 of 4.
    rows = yes(say("1010", "aabb"), Design.stratified([0, 0, 1, 1], [2, 4]), "g")
    assert rows["se"].tolist()[0] == 0
    assert rows["method"].tolist() == ["census", "wilson_weighted"]
    assert rows["ci_low"].isna().tolist() == [True, False]
    whole = yes(say("1010"), Design.stratified([0, 0, 1, 1], [2, 2])).iloc[0]
    assert (whole["se"], whole["method"], whole["status"]) == (0, "census", "A")


def test_empty_groups_and_single_respondents(say: Any) -> None:
    design = Design.simple_random(3, 9, base_weights=[1, 2, 3])
    for frame in (
        yes(say("101", "aaa"), design, "g"),
        estimate_totals(say("101", "aaa"), design, ["q", "x"], "g"),
        estimate_quantiles(say("102", "aaa"), design, "x", "g"),
    ):
        rows = frame[frame["group"] == "b"]
        assert set(rows["reason"]) == {"no_base"}
        assert set(rows["status"]) == {"O"}
        assert rows[["estimate", "se", "ci_low", "ci_high"]].isna().all(axis=None)
        check_estimates(frame)
    for frame in (
        yes(say("101", "aab"), design, "g"),
        estimate_totals(say("101", "aab"), design, ["q", "x"], "g"),
        estimate_quantiles(say("102", "aab"), design, "x", "g"),
        estimate_ratios(say("102", "aab"), design, ["q", "x"], "g", against="a"),
    ):
        rows = frame[frame["group"].str.startswith("b")]
        assert set(rows["reason"]) == {"one_respondent"}
        assert rows[["se", "ci_low", "ci_high"]].isna().all(axis=None)
        assert rows["estimate"].notna().all()
        check_estimates(frame)


def test_a_subset_of_nobody(say: Any, small: Any) -> None:
    weights = Weights([5, 5, 5, 2.5, 2.5], ([0, 0, 0, 1, 1],), [4] * 5)  # type: ignore[arg-type]
    nobody = np.zeros(5, dtype=bool)
    everyone = say("11010")
    empty = Responses(small, everyone.answers[nobody], everyone.status[nobody])
    for design in (
        Design.simple_random(5, 20),
        Design.simple_random(5, 20, base_weights=[1, 2, 3, 4, 5]),
        Design.simple_random(5, 20).calibrated(weights),
        Design.stratified([0, 0, 1, 1, 1], [4, 12]),
    ):
        for estimate in (estimate_shares, estimate_means, estimate_totals, estimate_quantiles):
            for by in (None, "g"):
                frame = estimate(empty, design.subset(nobody), by=by)
                check_estimates(frame)
                assert set(frame["reason"]) == {"no_base"}


@pytest.mark.parametrize("by", [None, "g"])
def test_no_questions_give_no_rows(by: str | None, say: Any) -> None:
    design = Design.stratified([0, 0, 1, 1, 1], [4, 12])
    assert estimate_shares(say("10110"), design, [], by).empty
    assert estimate_means(say("10110"), design, [], by).empty


def test_one_respondent_in_all(say: Any) -> None:
    design = Design.simple_random(1, 9, base_weights=[3])
    for frame in (
        yes(say("1"), design),
        estimate_totals(say("1"), design, ["q", "x"]),
        estimate_quantiles(say("1"), design, "x"),
    ):
        check_estimates(frame)
        assert set(frame["reason"]) == {"one_respondent"}
        assert frame[["se", "ci_low", "ci_high"]].isna().all(axis=None)


def test_respondents_who_agree_have_no_interval_of_a_mean(say: Any) -> None:
    frame = estimate_means(say("111"), Design.simple_random(3, 9, base_weights=[0.1, 0.2, 0.7]), "x")
    check_estimates(frame)
    assert frame["se"].tolist() == [0]
    assert (frame["method"][0], frame["status"][0], frame["reason"][0]) == ("", "U", "no_spread")


def test_a_known_margin_needs_no_interval(say: Any) -> None:
    # Raked to 15 organisations that say yes: the frame knows it, and the respondents add nothing.
    weights = Weights([5, 5, 5, 2.5, 2.5], ([0, 0, 0, 1, 1],), [4] * 5)  # type: ignore[arg-type]
    design = Design.simple_random(5, 20).calibrated(weights)
    row = estimate_shares(say("11100"), design, "q").iloc[0]
    assert (row["estimate"], row["se"], row["method"], row["status"]) == (0.75, 0, "margin", "A")
    total = estimate_totals(say("11100"), design, "q").iloc[0]
    assert (total["estimate"], total["se"], total["method"], total["status"]) == (15, 0, "margin", "A")


def test_other_respondents_than_the_design_has_are_refused(say: Any) -> None:
    design = Design.simple_random(3, 9, base_weights=[1, 2, 3])
    with pytest.raises(DesignError) as caught:
        estimate_shares(say("10"), design)
    assert str(caught.value) == (
        "estimate_shares(): 2 respondents, but the design has 3, each with a weight or stratum. "
        "Take the same respondents of both: design.subset(chosen)."
    )
