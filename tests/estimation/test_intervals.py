"""Intervals against R's survey package, base R, and the promises for the edges."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from srsmeting.errors import DesignError
from srsmeting.estimation import Design, effective_base, t_interval, wilson_interval

DOMAINS = {
    "q_single_1": (lambda d: d["q_single"] > 0, 1),
    "q_single_4": (lambda d: d["q_single"] > 0, 4),
    "q_single_1_dom_b1": (lambda d: d["branch"] == 1, 1),
    "q_single_1_dom_b9": (lambda d: d["branch"] == 9, 1),
}


@pytest.mark.parametrize("key", DOMAINS)
def test_share_equals_r(key: str, reference: dict[str, Any], synth: pd.DataFrame, design: Design) -> None:
    domain, category = DOMAINS[key]
    chosen = synth.loc[domain(synth), "q_single"] == category
    n_d, p = len(chosen), chosen.mean()
    variance = design.variance([n_d * p * (1 - p)], [n_d])
    low, high = wilson_interval(
        [p], effective_base([p], variance, design.effective_base([n_d])), design.domain_df([n_d])
    )
    expected = reference["svyciprop"]["synth_srs_fpc"][key]
    assert design.domain_df([n_d]) == expected["degf"]
    np.testing.assert_allclose(np.sqrt(variance), expected["se"], rtol=1e-12)
    np.testing.assert_allclose([low[0], high[0]], [expected["wilson"]["low"], expected["wilson"]["high"]], rtol=1e-12)


@pytest.mark.parametrize("key", DOMAINS)
def test_t_interval_equals_r(key: str, reference: dict[str, Any]) -> None:
    expected = reference["svyciprop"]["synth_srs_fpc"][key]
    low, high = t_interval([expected["mean"]["est"]], [expected["se"]], [expected["degf"]])
    np.testing.assert_allclose([low[0], high[0]], [expected["mean"]["low"], expected["mean"]["high"]], rtol=1e-12)


@pytest.mark.parametrize("question", ["q_single", "s1", "mark", "multi"])
def test_t_interval_equals_r_for_svymean(question: str, reference: dict[str, Any]) -> None:
    expected = reference["svymean"]["synth_srs_fpc"][question]
    low, high = t_interval(expected["est"], expected["se"], expected["df"])
    np.testing.assert_allclose(low, expected["ci_t_low"], rtol=1e-12)
    np.testing.assert_allclose(high, expected["ci_t_high"], rtol=1e-12)


@pytest.mark.parametrize(("key", "count", "base"), [("wilson_7_of_25", 7, 25), ("wilson_0_of_12", 0, 12)])
def test_without_correction_equals_base_r(key: str, count: int, base: int, reference: dict[str, Any]) -> None:
    low, high = wilson_interval(count / base, base, np.inf)
    np.testing.assert_allclose([low, high], reference["base"][key], rtol=1e-12, atol=1e-15)


def test_effective_base_at_0_and_1_is_the_design_value() -> None:
    np.testing.assert_array_equal(effective_base([0.0, 1.0, 0.5], [0.0, 0.0, 0.05], [7.0, 8.0, 9.0]), [7, 8, 5])


def test_no_interval_where_there_is_nothing_to_base_it_on() -> None:
    # No share, an empty base, one respondent, a population observed whole.
    low, high = wilson_interval([np.nan, 0.5, 1.0, 0.5], [10, 0, 1, np.inf], [9, -1, 0, 9])
    assert np.isnan(low).all()
    assert np.isnan(high).all()
    low, high = t_interval([np.nan, 7.0, 7.0], [0.1, np.nan, 0.1], [9, 9, 0])
    assert np.isnan(low).all()
    assert np.isnan(high).all()


def test_no_spread_gives_no_t_interval() -> None:
    low, high = t_interval(7.0, 0.0, 10)
    assert np.isnan(low)
    assert np.isnan(high)


@given(
    base=st.integers(2, 400),
    data=st.data(),
    design=st.builds(lambda n, more: Design.simple_random(n, n + more), st.integers(400, 500), st.integers(1, 2000)),
)
def test_wilson_holds_the_share_and_has_width(base: int, data: st.DataObject, design: Design) -> None:
    p = data.draw(st.integers(0, base)) / base
    low, high = wilson_interval(p, design.effective_base(base), design.domain_df(base))
    assert 0 <= low <= p <= high <= 1
    assert low < high
    # Counting the others instead turns the interval round.
    other_low, other_high = wilson_interval(1 - p, design.effective_base(base), design.domain_df(base))
    np.testing.assert_allclose([other_low, other_high], [1 - high, 1 - low], atol=1e-12)


def test_percentages_are_refused() -> None:
    with pytest.raises(DesignError) as caught:
        wilson_interval([0.4, 40.0], [10, 10], [9, 9])
    assert str(caught.value) == ("wilson_interval(): a share of 40. Give fractions from 0 to 1, not percentages.")


@pytest.mark.parametrize("level", [0.0, 1.0, 95.0])
def test_impossible_level(level: float) -> None:
    with pytest.raises(DesignError) as caught:
        t_interval(7.0, 0.1, 10, level)
    assert str(caught.value) == (
        f"interval: a confidence level of {level!r}. Give a fraction between 0 and 1, such as 0.95."
    )


def test_less_than_one_degree_of_freedom_is_no_interval() -> None:
    for df in (0.0, 0.5):
        assert np.isnan(wilson_interval(0.5, 10, df)).all()
        assert np.isnan(t_interval(7.0, 0.1, df)).all()
