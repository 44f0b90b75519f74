"""Propensities and the R-indicator against statsmodels, per organisation; and where the likelihood has no maximum."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from srsmeting.estimation.nonresponse import fit_propensities, r_indicator
from srsmeting.estimation.numeric import Counts, Mask

DATA = Path(__file__).parents[1] / "data"
VARIABLES = ["region", "branch", "size"]


@pytest.fixture(scope="module")
def frame() -> tuple[pd.DataFrame, Mask]:
    everyone = pd.read_csv(DATA / "synth_frame985.csv")
    return everyone, np.asarray(everyone["org"].isin(pd.read_csv(DATA / "synth301.csv")["org"]))


def codes(frame: pd.DataFrame, *names: str) -> list[Counts]:
    return [frame[name].to_numpy(dtype=np.int64) for name in names]


@pytest.mark.parametrize("names", [VARIABLES, ["size", "ownership"], ["ownership"]])
def test_it_fits_as_statsmodels_does(frame: tuple[pd.DataFrame, Mask], names: list[str]) -> None:
    everyone, responded = frame
    fit = fit_propensities(codes(everyone, *names), responded)
    dummies = [pd.get_dummies(everyone[name], drop_first=True) for name in names]
    x = np.column_stack([np.ones(len(everyone)), *dummies]).astype(np.float64)
    theirs = sm.GLM(responded.astype(np.float64), x, family=sm.families.Binomial()).fit(tol=1e-14, maxiter=100)
    rho, sigma = theirs.fittedvalues, theirs.cov_params()
    np.testing.assert_allclose(fit.fitted[fit.cells], rho, atol=1e-10)

    # The formulas of Shlomo, Skinner and Schouten, organisation by organisation.
    z = (rho * (1 - rho))[:, None] * x
    variance, bias = rho.var(ddof=1), np.einsum("ij,jk,ik->i", z, sigma, z).mean()
    both = np.cov(np.column_stack([rho, z]), rowvar=False, ddof=0)
    a, b = both[1:, 0], both[1:, 1:]
    se = np.sqrt((4 * a @ sigma @ a + 2 * np.trace(b @ sigma @ b @ sigma)) / rho.var())
    found = r_indicator(fit)
    assert found.unadjusted == pytest.approx(1 - 2 * np.sqrt(variance), abs=1e-10)
    # By all three variables together, no more differs than by chance.
    assert (variance < bias) == (names == VARIABLES)
    estimate, margin = 1 - 2 * np.sqrt(max(variance - bias, 0)), 1.959963984540054 * se
    assert found.estimate == pytest.approx(estimate, abs=1e-9)
    assert found.se == pytest.approx(se, abs=1e-9)
    assert (found.low, found.high) == pytest.approx((estimate - margin, min(estimate + margin, 1)), abs=1e-9)


def test_rows_order_and_labels_change_nothing(frame: tuple[pd.DataFrame, Mask]) -> None:
    everyone, responded = frame
    first = r_indicator(fit_propensities(codes(everyone, *VARIABLES), responded))
    turned = [(1000 - one)[::-1] for one in codes(everyone, *VARIABLES[::-1])]
    again = r_indicator(fit_propensities(turned, responded[::-1]))
    assert (again.estimate, again.se, again.low) == pytest.approx((first.estimate, first.se, first.low), abs=1e-10)


def test_a_variable_that_says_what_another_says_counts_once(frame: tuple[pd.DataFrame, Mask]) -> None:
    everyone, responded = frame
    (region,) = codes(everyone, "region")
    once, twice = (r_indicator(fit_propensities([region] * times, responded)) for times in (1, 2))
    assert (twice.estimate, twice.se) == pytest.approx((once.estimate, once.se), abs=1e-10)


def test_equal_response_in_all_groups_is_1() -> None:
    # 30 of 100 in each of four groups.
    group = np.repeat(np.arange(4), 100)
    fit = fit_propensities([group], np.arange(400) % 100 < 30)
    np.testing.assert_allclose(fit.fitted, 0.3, atol=1e-12)
    found = r_indicator(fit)
    assert (found.estimate, found.unadjusted, found.high) == (1, 1, 1)
    assert np.isnan(found.se)
    # Each group adds 0.3 * 0.7 / 100 to the variance that is there by chance; the mean takes one of the four away:
    # the trace of B Sigma B Sigma is 3 / 4 ** 2 of its square times 4 ** 2 / 4 ** 2.
    deviation = np.sqrt(2 * 3) * 0.3 * 0.7 / 400
    assert found.low == pytest.approx(1 - 2 * np.sqrt(1.959963984540054 * deviation), abs=1e-9)


@pytest.mark.parametrize(("sizes", "counts"), [((500, 500), (100, 200)), ((40, 160), (10, 80)), ((3, 5), (1, 2))])
def test_two_groups_by_hand(sizes: tuple[int, int], counts: tuple[int, int]) -> None:
    group = np.repeat([0, 1], sizes)
    responded = np.concatenate([np.arange(size) < count for size, count in zip(sizes, counts, strict=True)])
    found = r_indicator(fit_propensities([group], responded))
    # Without anything else in the model a propensity is the response of the group.
    (n, m), (p, q) = sizes, (counts[0] / sizes[0], counts[1] / sizes[1])
    total = n + m
    variance = n * m / total * (p - q) ** 2 / (total - 1)
    assert found.unadjusted == pytest.approx(1 - 2 * np.sqrt(variance), abs=1e-12)
    # z' Sigma z is the variance of a proportion: p (1 - p) / n.
    bias = (p * (1 - p) + q * (1 - q)) / total
    assert found.estimate == pytest.approx(1 - 2 * np.sqrt(max(0, variance - bias)), abs=1e-12)


def test_a_group_that_responded_wholly_or_not_at_all_has_propensity_1_or_0() -> None:
    # 0 of 10, 10 of 10 and 5 of 10; a second variable must not spoil it.
    group, other = np.repeat([0, 1, 2], 10), np.tile([0, 1], 15)
    responded = np.concatenate([np.zeros(10), np.ones(10), np.arange(10) < 5]).astype(np.bool_)
    fit = fit_propensities([group], responded)
    np.testing.assert_allclose(fit.fitted, [0, 1, 0.5], atol=1e-9)
    assert fit.separated
    found = r_indicator(fit)
    assert found.unadjusted == pytest.approx(1 - 2 * np.sqrt(5 / 29), abs=1e-8)
    assert 0 <= found.low < found.estimate < found.high <= 1
    assert fit_propensities([group, other], responded).separated
    assert np.isfinite(r_indicator(fit_propensities([group, other], responded)).estimate)


def test_half_that_responded_and_half_that_did_not_are_as_far_apart_as_can_be() -> None:
    found = r_indicator(fit_propensities([np.repeat([0, 1], 50)], np.repeat([False, True], 50)))
    assert found.estimate == pytest.approx(0, abs=1e-6)
    assert np.isnan(found.low) == np.isnan(found.high)


@pytest.mark.parametrize("everyone", [False, True])
def test_where_all_responded_or_none_nothing_can_differ(everyone: bool) -> None:
    fit = fit_propensities([np.repeat([0, 1], 5)], np.full(10, everyone))
    assert set(fit.fitted) == {float(everyone)}
    found = r_indicator(fit)
    assert (found.estimate, found.unadjusted) == (1, 1)
    assert np.isnan([found.se, found.low, found.high]).all()


def test_without_variables_nothing_can_differ() -> None:
    found = r_indicator(fit_propensities([], np.arange(10) < 3))
    assert (found.estimate, found.unadjusted) == (1, 1)
    assert np.isnan([found.se, found.low, found.high]).all()


def test_an_unknown_group_is_a_group_of_its_own() -> None:
    fit = fit_propensities([np.array([-1, -1, 0, 0, 0, 0])], np.array([True, False, True, True, True, False]))
    np.testing.assert_allclose(fit.fitted[fit.cells], [0.5, 0.5, 0.75, 0.75, 0.75, 0.75], atol=1e-12)


def test_a_million_organisations_are_as_many_cells_as_there_are_kinds() -> None:
    group = np.arange(1_000_000) % 13
    fit = fit_propensities([group, group % 5], np.arange(1_000_000) % 7 < 2)
    assert len(fit.fitted) == 13
