"""The exact interval against hand arithmetic and against trying every possible population."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import numpy as np
import pytest

from srsmeting.errors import DesignError
from srsmeting.estimates import pick
from srsmeting.estimation import Design, estimate_shares, exact_interval
from srsmeting.responses import Responses


def by_trying(count: int, n: int, size: int, tail: Fraction) -> tuple[int, int]:
    """Return the fewest and the most marked organisations that neither tail rules out, in whole arithmetic."""
    ways = comb(size, n)
    kept = []
    for marked in range(count, size - n + count + 1):
        chance = [comb(marked, k) * comb(size - marked, n - k) for k in range(n + 1)]
        if Fraction(sum(chance[: count + 1]), ways) >= tail and Fraction(sum(chance[count:]), ways) >= tail:
            kept.append(marked)
    return min(kept), max(kept)


@pytest.mark.parametrize(("n", "size"), [(1, 5), (1, 40), (2, 3), (6, 20), (9, 30), (13, 42), (30, 98)])
def test_every_count_against_trying_every_population(n: int, size: int) -> None:
    low, high = exact_interval(np.arange(n + 1), n, size)

    for count in range(n + 1):
        fewest, most = by_trying(count, n, size, Fraction(25, 1000))
        assert (round(low[count] * size, 9), round(high[count] * size, 9)) == (fewest, most)


def test_by_hand() -> None:
    # None of 6 out of 20: were 7 marked, C(13, 6) / C(20, 6) = 1716 / 38760 = .044; were it 8, 924 / 38760 = .024.
    low, high = exact_interval(0, 6, 20)
    assert (float(low), float(high)) == (0, 7 / 20)


def test_an_exact_tie_is_kept() -> None:
    # The only one drawn out of 40 is marked: were it 1 marked, its chance would be 1/40, which is alpha / 2 itself.
    low, high = exact_interval(1, 1, 40)
    assert (float(low), float(high)) == (1 / 40, 1)


def test_the_last_organisation_that_was_not_observed_gives_the_interval_its_width() -> None:
    # 40 of 41 observed: of none marked, a marked one would have been missed with a chance of 1 in 41, below .025.
    low, high = exact_interval([0, 40], 40, 41)
    assert low == pytest.approx([0, 40 / 41])
    assert high == pytest.approx([1 / 41, 1])


def test_one_organisation_more_where_only_one_number_is_left() -> None:
    # 980 of 984 observed out of 985. 980 marked would need the one that was not observed to be another, a chance of 5
    # in 985. That leaves 981, and there may be no more: 4 others were seen.
    low, high = exact_interval(980, 984, 985)
    assert (float(low), float(high)) == (980 / 985, 981 / 985)


def test_no_interval_without_respondents_or_without_anyone_left() -> None:
    low, high = exact_interval([0, 3, np.nan], [0, 5, 5], [20, 5, 20])
    assert np.isnan(low).all()
    assert np.isnan(high).all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((7, 6, 20), "exact_interval(): a count of 7 out of 6 respondents. Give counts of the same base."),
        ((1, 21, 20), "exact_interval(): a base of 21 out of 20 organisations. Give counts of the same base."),
        ((-1, 6, 20), "exact_interval(): a count of -1 out of 6 respondents. Give counts of the same base."),
    ],
)
def test_counts_that_cannot_be(arguments: tuple[int, int, int], message: str) -> None:
    with pytest.raises(DesignError) as caught:
        exact_interval(*arguments)
    assert str(caught.value) == message


def test_a_group_is_taken_for_a_sample_from_its_part_of_the_population(five: Responses, quarter: Design) -> None:
    # 3 of the 4 who answered, out of 4 x 20 / 5 = 16 organisations. Were 4 of these marked, all but one of which drawn,
    # the chance of 3 or more would be (C(4,3) x 12 + 1) / 1820 = .0269; of 3 marked it is 13 / 1820 = .007. Upwards only
    # the other one that was seen is certain: were 15 marked, the chance of 3 is C(15, 3) / 1820 = 1/4.
    row = pick(estimate_shares(five, quarter, "bekend", interval="exact"), "bekend", "ja")

    assert (row["ci_low"], row["ci_high"]) == pytest.approx((4 / 16, 15 / 16))
    assert row["method"] == "exact"


def test_without_finite_population_correction_it_is_clopper_and_pearsons(five: Responses, quarter: Design) -> None:
    # 3 of 4: 3 or 4 marked draws are as rare as .025 at the lower end, 3 or fewer at the upper.
    row = pick(estimate_shares(five, quarter.without_correction(), "bekend", interval="exact"), "bekend", "ja")
    p, q = row["ci_low"], row["ci_high"]

    assert 4 * p**3 * (1 - p) + p**4 == pytest.approx(0.025, rel=1e-12)
    assert 1 - q**4 == pytest.approx(0.025, rel=1e-12)
