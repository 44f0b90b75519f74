"""The design by hand: 5 respondents out of 20."""

from __future__ import annotations

import numpy as np
import pytest

from srsmeting.errors import DesignError
from srsmeting.estimation import Design

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
