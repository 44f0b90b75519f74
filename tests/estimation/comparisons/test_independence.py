"""The test of Rao and Scott against R's svychisq, and what it says where there is nothing to test."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srsmeting.errors import UnknownNameError
from srsmeting.estimation import Design, Weights
from srsmeting.estimation.comparisons import independence_test

#: Ours, and what R calls it.
STATISTICS = {"f": "F", "chisq": "Chisq", "wald": "Wald", "adjusted_wald": "adjWald"}
#: Ours, and what the reference calls it.
DESIGNS = {"synth_srs_fpc": "synth_srs_fpc", "raked": "synth_raked", "fpc": "synth_weights_as_fixed_fpc"}
TABLES = [
    ("synth_srs_fpc", "size"),
    ("synth_srs_fpc", "ownership"),
    ("raked", "ownership"),
    ("fpc", "ownership"),
]


def test_no_table_of_the_reference_is_left_out(reference: dict[str, Any]) -> None:
    there = {(name, table) for name, tables in reference["svychisq"].items() for table in tables}
    assert there == {(DESIGNS[name], f"q_single_{by}") for name, by in TABLES}


@pytest.mark.parametrize("statistic", STATISTICS)
@pytest.mark.parametrize(("name", "by"), TABLES)
def test_equal_to_r(
    name: str, by: str, statistic: str, synth: pd.DataFrame, designs: dict[str, Design], reference: dict[str, Any]
) -> None:
    expected = reference["svychisq"][DESIGNS[name]][f"q_single_{by}"][STATISTICS[statistic]]
    found = independence_test(synth[by] - 1, synth["q_single"] - 1, designs[name], statistic)
    degrees = expected["parameter"]
    np.testing.assert_allclose(found.statistic, np.ravel(expected["statistic"])[0], rtol=1e-9)
    np.testing.assert_allclose(found.df1, degrees.get("ndf", degrees.get("df")), rtol=1e-9)
    np.testing.assert_allclose(found.df2, degrees.get("ddf", np.inf), rtol=1e-9)
    np.testing.assert_allclose(found.p, expected["p"], rtol=1e-8)


def test_an_equal_number_of_independent_draws_is_the_chi_square_of_pearson(synth: pd.DataFrame) -> None:
    """Without a finite population only n / (n - 1) is left of the design effects."""
    design = Design.simple_random(301, 985).without_correction()
    with pytest.warns(UserWarning, match="Low count"):
        _, _, table = pingouin.chi2_independence(synth, "ownership", "q_single", correction=False)
    pearson = table[table["test"] == "pearson"].iloc[0]
    first = independence_test(synth["ownership"] - 1, synth["q_single"] - 1, design, "chisq")
    assert first.statistic == pytest.approx(pearson["chi2"], rel=1e-12)
    assert first.cramers_v == pytest.approx(pearson["cramer"], rel=1e-12)
    second = independence_test(synth["ownership"] - 1, synth["q_single"] - 1, design)
    assert second.statistic == pytest.approx(pearson["chi2"] / 9 * 300 / 301, rel=1e-12)


def test_on_paper() -> None:
    """15 of 20 against 10 of 20, of 160: X2 = 8/3, divided by 0.75 x 40/39."""
    groups, answers = np.repeat([0, 1], 20), np.repeat([1, 0, 1, 0], [15, 5, 10, 10])
    found = independence_test(groups, answers, Design.simple_random(40, 160))
    assert found.statistic == pytest.approx(8 / 3 / (0.75 * 40 / 39))
    assert found.cramers_v == pytest.approx(np.sqrt(8 / 3 / 40))
    assert (found.df1, found.df2, found.base, found.status, found.reason) == (
        pytest.approx(1),
        pytest.approx(39),
        40,
        "A",
        "",
    )


@pytest.mark.parametrize("statistic", STATISTICS)
def test_equal_weights_are_no_weights(statistic: str, synth: pd.DataFrame, design: Design) -> None:
    weighted = Design.simple_random(301, 985, base_weights=np.full(301, 2.5))
    groups, answers = np.where(synth["size"] == 3, -1, synth["ownership"] - 1), synth["q_single"] - 1
    plain, other = (independence_test(groups, answers, one, statistic) for one in (design, weighted))
    np.testing.assert_allclose(
        [other.statistic, other.df1, other.df2, other.p, other.cramers_v],
        [plain.statistic, plain.df1, plain.df2, plain.p, plain.cramers_v],
        rtol=1e-9,
    )


@pytest.mark.parametrize(
    ("groups", "answers", "status", "reason", "base"),
    [
        ([], [], "O", "no_base", 0),
        ([-1, 0], [0, -1], "O", "no_base", 0),
        ([2, 2, 2], [0, 1, 1], "M", "one_group", 3),
        ([0], [1], "M", "one_group", 1),
        ([0, 1, 1], [3, 3, 3], "U", "no_spread", 3),
    ],
)
def test_nothing_to_test(groups: list[int], answers: list[int], status: str, reason: str, base: int) -> None:
    found = independence_test(groups, answers, Design.simple_random(max(len(groups), 1), 20))
    assert (found.status, found.reason, found.base) == (status, reason, base)
    assert np.isnan([found.statistic, found.p, found.cramers_v]).all()


def test_a_population_that_was_observed_whole_has_an_effect_and_no_test() -> None:
    found = independence_test([0, 0, 1, 1], [0, 1, 1, 1], Design.simple_random(4, 4))
    assert (found.status, found.reason) == ("M", "census")
    assert np.isnan(found.p)
    # X2 / n = 4 x 1^2 / (4 x 1 x 3 / ...) on paper: cells 1 1 0 2, expected .5 1.5 .5 1.5.
    assert found.cramers_v == pytest.approx(np.sqrt((0.25 / 0.5 + 0.25 / 1.5) * 2 / 4))


def test_as_many_strata_as_respondents() -> None:
    found = independence_test([0, 1], [0, 1], Design.stratified([0, 1], [4, 4]))
    assert (found.status, found.reason) == ("U", "no_degrees_of_freedom")


def test_cells_that_the_margins_settle() -> None:
    """Weighted to groups crossed with answers, there is nothing left that varies."""
    groups, answers = np.repeat([0, 1], 20), np.tile([0, 1], 20)
    weights = Weights(np.full(40, 4.0), (groups * 2 + answers,), np.full(40, 4.0))
    found = independence_test(groups, answers, Design.simple_random(40, 160).calibrated(weights))
    assert (found.status, found.reason) == ("M", "margin")


def test_few_respondents_in_a_cell_are_said() -> None:
    groups, answers = np.repeat([0, 1], 4), np.tile([0, 0, 0, 1], 2)
    found = independence_test(groups, answers, Design.simple_random(8, 20))
    assert (found.status, found.reason) == ("U", "few_expected")
    assert found.p == pytest.approx(1.0)


def test_an_unknown_statistic() -> None:
    with pytest.raises(UnknownNameError) as caught:
        independence_test([0], [0], Design.simple_random(1, 2), "lincom")
    assert str(caught.value) == (
        "independence_test(): no statistic 'lincom'. Known: 'f', 'chisq', 'wald', 'adjusted_wald'."
    )


CODES = st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 2)), min_size=2, max_size=40)


@given(CODES, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40, derandomize=True)
def test_order_and_names_change_nothing(codes: list[tuple[int, int]], random: Any) -> None:
    groups, answers = np.array(codes).T
    design = Design.simple_random(len(groups), 60)
    plain = independence_test(groups, answers, design)
    order = np.array(random.sample(range(len(groups)), len(groups)))
    # Other numbers for the groups, with gaps and in another order; place -1 stays outside.
    names = np.array([*random.sample([0, 2, 5, 9], 4), -1])
    other = independence_test(names[groups][order], answers[order], design)
    assert (other.status, other.reason, other.base) == (plain.status, plain.reason, plain.base)
    left = [plain.statistic, plain.df1, plain.df2, plain.p, plain.cramers_v]
    np.testing.assert_allclose(
        [other.statistic, other.df1, other.df2, other.p, other.cramers_v], left, rtol=1e-7, atol=1e-10
    )


def test_those_outside_the_table_and_those_left_out_are_the_same(
    synth: pd.DataFrame, designs: dict[str, Design]
) -> None:
    """A filter keeps the whole design, however it is written."""
    chosen = (synth["size"] > 2).to_numpy()
    for name in ("synth_srs_fpc", "synth_strat_fpc", "raked"):
        design = designs[name]
        outside = independence_test(np.where(chosen, synth["ownership"] - 1, -1), synth["q_single"] - 1, design)
        part = synth[chosen]
        subset = independence_test(part["ownership"] - 1, part["q_single"] - 1, design.subset(chosen))
        np.testing.assert_allclose([outside.statistic, outside.p], [subset.statistic, subset.p], rtol=1e-10)
