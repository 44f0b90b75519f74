"""Weights, what they cost and calibrated standard errors, against R's survey package and others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize

from srsmeting.estimation import Design, Margin, estimate_means, estimate_shares, frame_margin, poststratify, rake
from srsmeting.estimation.numeric import Numbers
from srsmeting.population import Population
from srsmeting.responses import Responses


def loop(margins: list[Margin], base: Numbers, rounds: int = 500) -> Numbers:
    """Rake as it is done by hand: one margin after the other, until it stays as it is."""
    weights: Numbers = base * margins[0].total / base.sum()
    for _ in range(rounds):
        for margin in margins:
            sums = np.bincount(margin.place, weights, minlength=len(margin.groups))
            weights = weights * (margin.population / sums)[margin.place]
    return weights


def test_weights_equal_r(margins: list[Margin], reference: dict[str, Any]) -> None:
    # R stops where it does; these margins are met exactly.
    np.testing.assert_allclose(rake(margins).final, reference["rake_synth_region_branch_size"]["weights"], rtol=1e-8)


def test_what_weights_cost_equals_r(margins: list[Margin], reference: dict[str, Any]) -> None:
    weighting, kish = rake(margins), reference["rake_synth_region_branch_size"]["kish"]
    found = {
        "n_eff": weighting.n_eff,
        "deff_kish": weighting.deff,
        "min": weighting.smallest,
        "max": weighting.largest,
    }
    assert found == pytest.approx({name: kish[name] for name in found}, rel=1e-8)


@pytest.mark.parametrize("question", ["q_single", "mark"])
def test_calibrated_standard_errors_equal_r(
    question: str, margins: list[Margin], synth_responses: Responses, design: Design, reference: dict[str, Any]
) -> None:
    estimate = estimate_means if question == "mark" else estimate_shares
    frame = estimate(synth_responses, design.calibrated(rake(margins)), question)
    expected = reference["rake_synth_region_branch_size"][f"svymean_{question}"]
    np.testing.assert_allclose(frame["estimate"], expected["est"], rtol=1e-8)
    np.testing.assert_allclose(frame["se"], expected["se"], rtol=1e-8)


def test_from_the_frame_itself(
    synth_responses: Responses, data: pd.DataFrame, margins: list[Margin], reference: dict[str, Any]
) -> None:
    questionnaire = synth_responses.questionnaire
    columns = {
        name: pd.Categorical(data[name].astype(str), categories=list(questionnaire.question(name).codes))
        for name in ("region", "branch", "size")
    }
    population = Population(pd.DataFrame({"token": data["org"].astype(str)} | columns), "frame.csv", questionnaire)
    made = [frame_margin(synth_responses, population, name) for name in ("region", "branch", "size")]
    for one, other in zip(made, margins, strict=True):
        assert one.population.tolist() == other.population.tolist()
        assert one.place.tolist() == other.place.tolist()
    weights = reference["rake_synth_region_branch_size"]["weights"]
    np.testing.assert_allclose(rake(made).final, weights, rtol=1e-8)


@pytest.fixture(scope="session")
def data() -> pd.DataFrame:
    return pd.read_csv(Path(__file__).parents[1] / "data" / "synth_frame985.csv")


def test_unequal_base_weights_equal_svy(margins: list[Margin], synth: pd.DataFrame) -> None:
    """Base weights of the design stratified by region, raked to branch and size by svy (tol 1e-13).

    Software that starts from 1 instead is off by up to 3.7 times, and still meets the margins.
    """
    base = (synth["N_region"] / synth.groupby("region")["region"].transform("size")).to_numpy()
    weights = rake(margins[1:], base).final
    expected = [1.7990233268107299, 4.462448293304466, 3.79438446139084, 3.645237170752869, 3.643148399273027]
    np.testing.assert_allclose(weights[:5], expected, rtol=1e-12)
    assert (weights**2).sum() == pytest.approx(3395.032786679859, rel=1e-12)
    assert weights.min() == pytest.approx(1.6868390056924232, rel=1e-12)
    assert weights.max() == pytest.approx(5.330047632091723, rel=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_any_base_weights_equal_raking_by_hand(seed: int, margins: list[Margin]) -> None:
    base = np.random.default_rng(seed).uniform(0.1, 9, 301)
    np.testing.assert_allclose(rake(margins, base).final, loop(margins, base), rtol=1e-11)


def test_poststratification_is_a_ratio_per_group(margins: list[Margin]) -> None:
    base, region = np.random.default_rng(1).uniform(0.1, 9, 301), margins[0]
    scaled = base * 985 / base.sum()
    expected = scaled * (region.population / np.bincount(region.place, scaled))[region.place]
    np.testing.assert_allclose(poststratify(region, base).final, expected, rtol=1e-14)


@pytest.mark.parametrize("limits", [{"bounds": (0.78, 1.3)}, {"trim": 1.2}, {"bounds": (0.8, 2.0), "trim": 1.25}])
def test_limited_weights_are_the_nearest_ones(limits: dict[str, Any]) -> None:
    """What scipy's own search for the smallest change finds, with the margins and the limits as constraints."""
    rows, columns = np.array([0, 0, 0, 1, 1, 1, 2, 2, 2, 2]), np.array([0, 1, 1, 0, 1, 0, 1, 0, 1, 1])
    base = np.array([1.0, 1.2, 0.9, 1.0, 1.1, 1.3, 0.8, 1.0, 1.1, 0.9])
    made = [
        Margin("a", ("x", "y", "z"), rows, [13.5, 12, 14.5]),  # type: ignore[arg-type]
        Margin("b", ("p", "q"), columns, [18.5, 21.5]),  # type: ignore[arg-type]
    ]
    weights = rake(made, base, **limits).final
    own = base * 40 / base.sum()
    low, high = limits.get("bounds", (0.0, np.inf))
    most = np.minimum(high * own, limits.get("trim", np.inf) * 4)
    cells = np.vstack([rows == group for group in range(3)] + [columns == group for group in range(2)]).astype(float)
    sizes = np.array([13.5, 12, 14.5, 18.5, 21.5])
    found = minimize(  # type: ignore[call-overload]
        lambda w: (w * np.log(w / own) - w + own).sum(),
        own,
        jac=lambda w: np.log(w / own),
        bounds=list(zip(np.maximum(low * own, 1e-9), most, strict=True)),
        constraints=[{"type": "eq", "fun": lambda w: (cells @ w - sizes)[:4], "jac": lambda w: cells[:4]}],
        method="SLSQP",
        options={"ftol": 1e-15, "maxiter": 500},
    )
    assert found.success
    # The limits are felt, or this would be nothing but raking.
    assert np.isclose(weights, most).any() or np.isclose(weights, low * own).any()
    np.testing.assert_allclose(weights, found.x, rtol=2e-6)
    np.testing.assert_allclose(cells @ weights, sizes, rtol=1e-12)


@pytest.mark.parametrize("bounds", [(0.6, 1.5), (0.55, 2.0), (0.0, 1.6)])
def test_bounded_weights_are_those_of_deville_and_sarndal(bounds: tuple[float, float], margins: list[Margin]) -> None:
    """The truncated multiplicative method (1992, case 7), solved here for its multipliers by Newton's method in numpy.

    ``w = b F(x lambda)`` with ``F(u) = exp(u)`` cut off at the bounds, ``lambda`` such that the margins are met: what
    R's ``calibrate(calfun = "raking", bounds = ...)`` solves too.
    """
    low, high = bounds
    base = np.random.default_rng(4).uniform(0.7, 1.4, 301)
    weights = rake(margins, base, bounds=bounds).final
    own = base * 985 / base.sum()
    x = np.hstack([np.eye(len(margin.groups))[margin.place] for margin in margins])
    sizes = np.concatenate([margin.population for margin in margins])

    def ratio(u: Numbers) -> Numbers:
        return np.clip(np.exp(u), low, high)

    multipliers, off = np.zeros(len(sizes)), np.inf
    for _ in range(200):
        u = x @ multipliers
        missing = sizes - x.T @ (own * ratio(u))
        off = float(np.abs(missing).max())
        if off < 1e-11:
            break
        inside = (np.exp(u) > low) & (np.exp(u) < high)
        slope = (x * (own * ratio(u) * inside)[:, np.newaxis]).T @ x
        move = np.linalg.lstsq(slope, missing, rcond=1e-12)[0]
        step = 1.0
        # The dual is concave: half the step until it gets nearer.
        while step > 1e-6 and np.abs(sizes - x.T @ (own * ratio(x @ (multipliers + step * move)))).max() > off:
            step /= 2
        multipliers = multipliers + step * move
    assert off < 1e-9
    expected = own * ratio(x @ multipliers)
    np.testing.assert_allclose(weights, expected, rtol=1e-9)
    # The bounds are felt, or this would be nothing but raking.
    assert np.isclose(weights, high * own).any() or np.isclose(weights, low * own).any()


def test_standard_errors_after_bounded_raking_are_those_of_residuals(
    margins: list[Margin], synth: pd.DataFrame, synth_responses: Responses, design: Design
) -> None:
    """The regression of each answer on the margins, weighted by the base weights, by plain least squares in numpy."""
    weights = rake(margins, bounds=(0.6, 1.5))
    frame = estimate_shares(synth_responses, design.calibrated(weights), "q_single")
    x = np.hstack([np.eye(len(margin.groups))[margin.place] for margin in margins])
    w, root = weights.final, np.sqrt(weights.base)
    for code, row in zip(range(1, 5), frame.itertuples(), strict=True):
        z = (synth["q_single"] == code).to_numpy(dtype=float)
        share = w @ z / w.sum()
        fitted = x @ np.linalg.lstsq(x * root[:, np.newaxis], z * root, rcond=None)[0]
        u = w * (z - fitted) / w.sum()
        assert row.estimate == pytest.approx(share, rel=1e-12)
        # The mean of u is not 0 where a bound holds: it is taken off, as in any sample.
        variance = (1 - 301 / 985) * 301 / 300 * ((u - u.mean()) ** 2).sum()
        assert row.se == pytest.approx(np.sqrt(variance), rel=1e-9)
