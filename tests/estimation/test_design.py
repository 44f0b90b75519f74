"""The design by hand: 5 respondents out of 20."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from srsmeting.errors import DesignError
from srsmeting.estimation import Design, Weights

FIVE = Design.simple_random(sample_size=5, population_size=20)


def test_fraction_and_degrees_of_freedom() -> None:
    assert FIVE.fraction == 0.25
    assert FIVE.df == 4
    assert not FIVE.is_census
    np.testing.assert_array_equal(FIVE.domain_df([5, 1, 0]), [4, 0, -1])


def test_variance_of_a_share_by_hand() -> None:
    # 2 of 5: squares 5 x .4 x .6 = 1.2; .75 x 5/4 x 1.2 / 25 = .045, which is (1 - f) p (1 - p) / (n - 1).
    np.testing.assert_allclose(FIVE.variance([1.2], [5]), [0.045], rtol=1e-15)


def test_variance_in_a_domain_keeps_the_whole_sample() -> None:
    # 1 of 3: squares 3 x 1/3 x 2/3 = 2/3; .75 x 5/4 x (2/3) / 9.
    np.testing.assert_allclose(FIVE.variance([2 / 3], [3]), [0.75 * 1.25 * 2 / 27], rtol=1e-15)


def test_effective_base_is_what_the_variance_of_any_share_says() -> None:
    # (1/3 x 2/3) / (.75 x 1.25 x 2/27) = 3.2, and 3 x 4/5 / .75 = 3.2.
    np.testing.assert_allclose(FIVE.effective_base([3]), [3.2], rtol=1e-15)
    np.testing.assert_allclose((2 / 9) / FIVE.variance([2 / 3], [3]), [3.2], rtol=1e-15)


def test_empty_domain_has_no_variance() -> None:
    assert np.isnan(FIVE.variance([0.0], [0])).all()


def test_one_respondent_in_all_gives_no_variance() -> None:
    alone = Design.simple_random(1, 20)
    assert alone.df == 0
    assert np.isnan(alone.variance([0.0], [1])).all()
    np.testing.assert_array_equal(alone.effective_base([1]), [0.0])


def test_whole_population_has_no_sampling_error() -> None:
    whole = Design.simple_random(4, 4)
    assert whole.is_census
    np.testing.assert_array_equal(whole.variance([1.0], [4]), [0.0])
    np.testing.assert_array_equal(whole.effective_base([4, 0]), [np.inf, 0.0])


def test_whole_population_of_one() -> None:
    np.testing.assert_array_equal(Design.simple_random(1, 1).variance([0.0], [1]), [0.0])


def test_sizes_out_of_numpy_become_plain_numbers() -> None:
    assert repr(Design.simple_random(np.int64(5), np.int64(20))) == (
        "Design.simple_random(sample_size=5, population_size=20)"
    )


POPULATION = "Give the number of organisations in the frame, not a fraction or a correction factor."
WHOLE = "not a whole number of at least 1."


@pytest.mark.parametrize(
    ("sample", "population", "message"),
    [
        (301, 0.694, f"population_size is 0.694, {WHOLE} {POPULATION}"),
        (1, 0.5, f"population_size is 0.5, {WHOLE} {POPULATION}"),
        (301, 985.0, f"population_size is 985.0, {WHOLE} {POPULATION}"),
        (301, True, f"population_size is True, {WHOLE} {POPULATION}"),
        (301, None, f"population_size is None, {WHOLE} {POPULATION}"),
        (301, "985", f"population_size is '985', {WHOLE} {POPULATION}"),
        (301, 0, f"population_size is 0, {WHOLE} {POPULATION}"),
        (0, 985, f"sample_size is 0, {WHOLE} Give the number of respondents that count."),
        (-1, 985, f"sample_size is -1, {WHOLE} Give the number of respondents that count."),
        (301, 300, f"population_size is 300, fewer than the 301 respondents. {POPULATION}"),
    ],
)
def test_impossible_designs(sample: int, population: int, message: str) -> None:
    with pytest.raises(DesignError) as caught:
        Design.simple_random(sample, population)
    assert str(caught.value) == f"Design.simple_random(): {message}"


#: 2 of 4 organisations in one stratum, 3 of 12 in the other.
TWO = Design.stratified([0, 0, 1, 1, 1], [4, 12])


def test_stratified_design() -> None:
    assert (TWO.sample_size, TWO.population_size, TWO.df) == (5, 16, 3)
    assert TWO.is_weighted
    np.testing.assert_array_equal(TWO.weights, [2, 2, 4, 4, 4])
    np.testing.assert_array_equal(TWO.strata.factor, [0.5 * 2, 0.75 * 3 / 2])
    assert repr(TWO) == "Design.stratified(5 of 16 in 2 strata), weighted"


def test_equal_weights_are_none() -> None:
    proportional = Design.stratified([0, 1, 1], [4, 8])
    assert proportional.weights is None
    assert not proportional.is_weighted
    assert not proportional.is_simple
    np.testing.assert_array_equal(proportional.each, [4, 4, 4])


def test_an_empty_stratum_without_organisations_is_none() -> None:
    assert Design.stratified([0, 0, 2], [4, 0, 2]).df == 1


def test_subset_keeps_the_sizes_of_the_whole() -> None:
    some = TWO.subset(np.array([True, False, True, False, True]))
    assert (some.sample_size, some.population_size, some.df, some.rows) == (5, 16, 3, 3)
    np.testing.assert_array_equal(some.weights, [2, 4, 4])
    assert repr(some) == "Design.stratified(5 of 16 in 2 strata), weighted, subset of 3"
    again = some.subset(np.array([True, True, False]))
    np.testing.assert_array_equal(again.weights, [2, 4])
    plain = FIVE.subset(np.array([True, True, True, False, False]))
    assert (plain.sample_size, plain.rows, plain.is_simple) == (5, 3, True)


def test_without_correction() -> None:
    assert FIVE.without_correction().effective_base([5]) == 4
    np.testing.assert_array_equal(TWO.without_correction().strata.factor, [2, 1.5])
    assert repr(FIVE.without_correction()) == (
        "Design.simple_random(sample_size=5, population_size=20), without correction"
    )
    assert not Design.stratified([0, 1], [1, 1]).without_correction().is_census


def test_a_respondent_alone_in_its_stratum_is_lonely_unless_it_is_all_of_it() -> None:
    np.testing.assert_array_equal(Design.stratified([0, 0, 1, 2], [4, 5, 1]).strata.lonely, [False, True, False])
    assert not Design.simple_random(1, 5).strata.lonely.any()


def raked(final: list[float], margin: list[float], base: list[float]) -> Weights:
    return Weights(np.array(final), (np.array(margin),), np.array(base))


def test_calibrated_keeps_the_degrees_of_freedom() -> None:
    design = FIVE.calibrated(raked([5, 5, 5, 2.5, 2.5], [0, 0, 0, 1, 1], [4] * 5))
    assert (design.df, design.total_weight, design.is_weighted) == (4, 20, True)
    assert repr(design) == "Design.simple_random(sample_size=5, population_size=20), calibrated"
    some = design.subset(np.array([True, False, False, True, True]))
    assert (some.rows, some.total_weight) == (3, 20)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: Design.stratified([0, 0, 3], [4, 12, 2, 5]),
            "Design.stratified(): stratum 1 has 12 organisations and no respondents. Merge it with another stratum. "
            "stratum 2 has 2 organisations and no respondents. Merge it with another stratum.",
        ),
        (
            lambda: Design.stratified([0, 0, 0, 1], [2, 1]),
            "Design.stratified(): stratum 0 has 2 organisations, fewer than its 3 respondents. "
            "Give the number of organisations in the frame, not a fraction or a correction factor.",
        ),
        (
            lambda: Design.stratified([0, 2, -1], [4, 4]),
            "Design.stratified(): respondent 1 is in stratum 2, and population has 2 strata (from 0); "
            "2 such respondents. Give each the position of its stratum.",
        ),
        (
            lambda: Design.stratified([0, 1], [4, 0.5]),
            "Design.stratified(): the population of stratum 1 is 0.5, not a whole number. "
            "Give the number of organisations in the frame, not a fraction or a correction factor.",
        ),
        (
            lambda: Design.stratified(["a", "b"], [4, 5]),
            "Design.stratified(): strata needs the position of its stratum for each respondent. Give whole numbers.",
        ),
        (
            lambda: Design.simple_random(2, 5, base_weights=[1.0, 0.0]),
            "Design.simple_random(): the base weight of respondent 1 is 0, not a positive number. "
            "Leave out who does not count.",
        ),
        (
            lambda: Design.simple_random(2, 5, base_weights=[1.0]),
            "Design.simple_random(): 1 base weights for 2 respondents. Give one for each.",
        ),
        (
            lambda: Design.simple_random(2, 4, ["1", "zwaar"]),
            "Design.simple_random(): base weights are not all numbers. Give a positive number for each respondent.",
        ),
        (
            lambda: Design.stratified([0, 0], [5], base_weights=[1.0, float("nan")]),
            "Design.stratified(): the base weight of respondent 1 is nan, not a positive number. "
            "Leave out who does not count.",
        ),
        (
            lambda: FIVE.calibrated(raked([1, 1], [0, 0], [4, 4])),
            "Design.calibrated(): 2 weights, but the design has a sample of 5. Make them for all its respondents.",
        ),
        (
            lambda: FIVE.calibrated(raked([4] * 5, [0] * 5, [1, 2, 3, 4, 5])),
            "Design.calibrated(): the weights were made from other base weights than those of the design. "
            "Start the weighting from design.each.",
        ),
        (
            lambda: FIVE.calibrated(raked([4] * 5, [0] * 5, [4] * 5)).calibrated(raked([4] * 5, [0] * 5, [4] * 5)),
            "Design.calibrated(): this design has been weighted. Start from the one before weighting.",
        ),
        (
            lambda: TWO.subset(np.array([True, False, True, True, True])).calibrated(raked([4] * 4, [0] * 4, [4] * 4)),
            "Design.calibrated(): this is a subset. Weight the whole design, and take the subset then.",
        ),
        (
            lambda: TWO.subset(np.array([True, False])),
            "Design.subset(): a mask of 2, but the design has 5 respondents. Give one true or false for each.",
        ),
        (
            lambda: TWO.subset([0, 1, 1, 0, 0]),
            "Design.subset(): needs a true or false per respondent. Give a mask.",
        ),
        (
            lambda: TWO.effective_base(3),
            "Design.effective_base(): Design.stratified(5 of 16 in 2 strata), weighted has weights or strata, and counts "
            "are not enough. Use an estimator, or covariance().",
        ),
        (
            lambda: TWO.variance(1, 3),
            "Design.variance(): Design.stratified(5 of 16 in 2 strata), weighted has weights or strata, and counts "
            "are not enough. Use an estimator, or covariance().",
        ),
        (
            lambda: raked([1, 1], [0], [4, 4]),
            "Weights(): margin 0 has 1 values for 2 weights. Give one for each respondent.",
        ),
        (
            lambda: raked([1, 1], [0, 1], [4]),
            "Weights(): base has 1 values for 2 weights. Give one for each respondent.",
        ),
        (
            lambda: raked([1, 0], [0, 1], [4, 4]),
            "Weights(): the final weight of respondent 1 is 0, not a positive number. Leave out who does not count.",
        ),
        (
            lambda: raked([1, 1], [0, 0.5], [4, 4]),
            "Weights(): margin 0 needs the position of a cell for each respondent. Give whole numbers.",
        ),
        (
            lambda: raked([1, 1], [0, -1], [4, 4]),
            "Weights(): respondent 1 is in no cell of margin 0. Give it one, or leave it out.",
        ),
    ],
)
def test_impossible_strata_and_weights(make: Callable[[], object], message: str) -> None:
    with pytest.raises(DesignError) as caught:
        make()
    assert str(caught.value) == message
