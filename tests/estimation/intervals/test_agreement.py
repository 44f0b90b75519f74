"""Every interval against R's survey package and base R, and where it differs on purpose."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats
from scipy.special import stdtrit

from srsmeting.estimates import check_estimates, pick
from srsmeting.estimation import Design, estimate_shares, exact_interval, korn_graubard_interval, wilson_interval
from srsmeting.responses import Responses

#: What the Python package svy gives for the stratified design; R's file has no intervals for it.
WITNESS = json.loads((Path(__file__).parents[1] / "data" / "svy_reference.json").read_text(encoding="utf-8"))
#: What it gives after raking, with the standard errors of calibrated weights.
RAKED = json.loads((Path(__file__).parents[1] / "data" / "svy_raked.json").read_text(encoding="utf-8"))

#: Our name for R's; logit and xlogit are the same but for how R computes them.
METHODS = {
    "wilson": ("wilson",),
    "korn_graubard": ("beta",),
    "logit": ("logit", "xlogit"),
    "wald": ("mean",),
}
#: Key of the reference: category, breakdown, group.
CASES = {
    "q_single_1": ("1", "", ""),
    "q_single_4": ("4", "", ""),
    "q_single_1_dom_b1": ("1", "branch", "1"),
    "q_single_1_dom_b9": ("1", "branch", "9"),
}


@pytest.mark.parametrize("key", CASES)
@pytest.mark.parametrize(("method", "names"), METHODS.items())
def test_intervals_equal_r(
    key: str,
    method: str,
    names: tuple[str, ...],
    synth_responses: Responses,
    design: Design,
    reference: dict[str, Any],
) -> None:
    category, by, group = CASES[key]
    frame = estimate_shares(synth_responses, design, "q_single", by or None, interval=method)
    check_estimates(frame)
    row = pick(frame, "q_single", category, by=by, group=group)
    expected = reference["svyciprop"]["synth_srs_fpc"][key]

    assert (row["method"], row["status"]) == (method, "A")
    for name in names:
        # R lets the symmetric interval of the 6 respondents in b9 run on to 1.0796.
        ends = [expected[name]["low"], min(1.0, expected[name]["high"])]
        np.testing.assert_allclose([row["ci_low"], row["ci_high"]], ends, rtol=1e-8)


def test_the_reference_has_every_case(reference: dict[str, Any]) -> None:
    assert set(reference["svyciprop"]["synth_srs_fpc"]) == set(CASES)


def test_wald_ends_at_1_where_r_runs_on(reference: dict[str, Any]) -> None:
    assert reference["svyciprop"]["synth_srs_fpc"]["q_single_1_dom_b9"]["mean"]["high"] > 1.07


@pytest.mark.parametrize(("key", "count", "base"), [("7_of_25", 7, 25), ("0_of_12", 0, 12)])
def test_without_a_finite_population_both_careful_ones_equal_base_r(
    key: str, count: int, base: int, reference: dict[str, Any]
) -> None:
    expected = reference["base"][f"clopper_pearson_{key}"]

    assert np.ravel(exact_interval(count, base, np.inf)) == pytest.approx(expected, rel=1e-10)
    made = korn_graubard_interval(count / base, base, base - 1, base)
    assert np.ravel(made) == pytest.approx(expected, rel=1e-10)


def test_the_effective_base_is_not_cut_off_at_the_respondents(design: Design, reference: dict[str, Any]) -> None:
    # 94 respondents are worth 134.9 draws. Cut off at 94, as the Python package svy does, R's interval does not come out.
    p, expected = 41 / 94, reference["svyciprop"]["synth_srs_fpc"]["q_single_1_dom_b1"]["beta"]
    draws = design.effective_base(94)
    low, high = korn_graubard_interval(p, draws, 93, 94)
    cut_low, cut_high = korn_graubard_interval(p, 94, 93, 94)

    assert float(draws) == pytest.approx(94 * 300 / 301 / (1 - 301 / 985), rel=1e-12)
    assert (float(low), float(high)) == pytest.approx((expected["low"], expected["high"]), rel=1e-8)
    assert cut_low < expected["low"] - 0.01
    assert cut_high > expected["high"] + 0.01


def test_fewer_degrees_of_freedom_than_respondents_count_for_fewer_draws() -> None:
    # t(9) = 2.262157 and t(4) = 2.776445: 10 draws count for 10 x .663850 = 6.638497.
    made = korn_graubard_interval(0.5, 10, 4, 10)
    plain = korn_graubard_interval(0.5, 10 * (2.2621571627 / 2.7764451052) ** 2, 1e9, 1e9 + 1)

    assert np.ravel(made) == pytest.approx(np.ravel(plain), rel=1e-7)


@pytest.mark.parametrize("by", ["", "branch"])
@pytest.mark.parametrize(("method", "name"), [("logit", "logit"), ("korn_graubard", "beta")])
def test_stratified_and_weighted_intervals_equal_svy(
    method: str, name: str, by: str, synth_responses: Responses, designs: dict[str, Design]
) -> None:
    frame = estimate_shares(synth_responses, designs["synth_strat_fpc"], "q_single", by or None, interval=method)
    rows = [row for row in WITNESS["rows"] if row[0] == name and bool(row[1]) == bool(by)]
    assert len(rows) == (36 if by else 4)

    for _, group, category, *numbers, _ in rows:
        own = pick(frame, "q_single", category, by=by, group=group)
        if 0 < numbers[0] < 1:
            np.testing.assert_allclose([*own[["estimate", "se", "ci_low", "ci_high"]]], numbers, rtol=1e-10)
        else:
            assert own["ci_low"] == own["estimate"] == 0
            assert own["ci_high"] > 0.1


@pytest.mark.parametrize("by", ["", "ownership", "branch"])
@pytest.mark.parametrize(("method", "name"), [("logit", "logit"), ("korn_graubard", "beta")])
def test_intervals_after_raking_equal_svy(
    method: str, name: str, by: str, synth_responses: Responses, designs: dict[str, Design]
) -> None:
    frame = estimate_shares(synth_responses, designs["raked"], "q_single", by or None, interval=method)
    rows = [row for row in RAKED["rows"] if row[:2] == [name, by]]
    assert len(rows) == {"": 4, "ownership": 16, "branch": 36}[by]

    for _, _, group, category, *numbers, df in rows:
        own = pick(frame, "q_single", category, by=by, group=group)
        if 0 < numbers[0] < 1:
            assert df == own["denominator"] - 1
            np.testing.assert_allclose([*own[["estimate", "se", "ci_low", "ci_high"]]], numbers, rtol=1e-8)
        else:
            assert own["ci_low"] == own["estimate"] == 0
            assert own["ci_high"] > 0.1


@pytest.mark.parametrize("name", ["raked", "synth_srs_fpc", "nofpc"])
def test_intervals_follow_from_the_standard_errors_of_r(
    name: str, synth_responses: Responses, designs: dict[str, Design], reference: dict[str, Any]
) -> None:
    """Formulas as they were published, on shares and standard errors of R; scipy.stats has other code for quantiles."""
    found = {
        "raked": reference["rake_synth_region_branch_size"]["svymean_q_single"],
        "synth_srs_fpc": reference["svymean"]["synth_srs_fpc"]["q_single"],
        "nofpc": reference["rake_synth_weights_as_fixed"]["nofpc"]["q_single"],
    }[name]
    p, se = np.array(found["est"]), np.array(found["se"])
    reach = stats.t.ppf(0.975, 300) * se / (p * (1 - p))
    odds = np.log(p / (1 - p))
    logits = [1 / (1 + np.exp(-(odds + sign * reach))) for sign in (-1, 1)]
    # All 301 answered: the quantiles of respondents and of degrees of freedom are one.
    draws = p * (1 - p) / se**2
    betas = [
        stats.beta.ppf(0.025, draws * p, draws * (1 - p) + 1),
        stats.beta.ppf(0.975, draws * p + 1, draws * (1 - p)),
    ]
    for method, expected in (("logit", logits), ("korn_graubard", betas)):
        frame = estimate_shares(synth_responses, designs[name], "q_single", interval=method)
        np.testing.assert_allclose(frame["ci_low"], expected[0], rtol=1e-8)
        np.testing.assert_allclose(frame["ci_high"], expected[1], rtol=1e-8)


def test_wilsons_takes_no_factor_for_degrees_of_freedom_where_svy_does(
    synth_responses: Responses, designs: dict[str, Design]
) -> None:
    frame = estimate_shares(synth_responses, designs["synth_strat_fpc"], "q_single")
    rows = [row for row in WITNESS["rows"] if row[0] == "wilson"]
    assert len(rows) == 4

    for _, _, category, p, se, low, high, df in rows:
        own, base = pick(frame, "q_single", category), p * (1 - p) / se**2
        assert df == 288
        np.testing.assert_allclose(np.ravel(wilson_interval(p, base, df)), [*own[["ci_low", "ci_high"]]], rtol=1e-10)
        # The factor of Korn and Graubard makes up for degrees of freedom; so does the quantile, and R has only that.
        factor = (stdtrit(300, 0.975) / stdtrit(288, 0.975)) ** 2
        np.testing.assert_allclose(np.ravel(wilson_interval(p, base * factor, df)), [low, high], rtol=1e-10)
