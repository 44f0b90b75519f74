"""Half up on the exact value: expectations are arithmetic on paper."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srsmeting.rounding import percentage, percentage_decimals, round_half_up


@pytest.mark.parametrize(
    ("numerator", "denominator", "whole"),
    # Published pairs of counts and percentages; 18 of 80 is exactly 22.5, 57 of 200 is 28.5, and 0.285 * 100 is less.
    [
        (13, 28, 46),
        (4, 18, 22),
        (18, 59, 31),
        (18, 80, 23),
        (23, 80, 29),
        (301, 985, 31),
        (1, 301, 0),
        (95, 152, 63),
        (57, 200, 29),
    ],
)
def test_percentages_of_counts_round_half_up(numerator: int, denominator: int, whole: int) -> None:
    assert percentage(numerator / denominator) == whole
    assert percentage(Fraction(numerator, denominator)) == whole


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (22.5, 0, "23"),
        (23.5, 0, "24"),
        (-2.5, 0, "-3"),
        (7.25, 1, "7.3"),
        (0.285, 2, "0.29"),
        (1.0, 1, "1.0"),
        (-0.4, 0, "0"),
        (-0.04, 1, "0.0"),
    ],
)
def test_halves_go_away_from_zero_and_nothing_has_no_sign(value: float, decimals: int, expected: str) -> None:
    assert str(round_half_up(value, decimals)) == expected


def test_many_digits_are_kept() -> None:
    # 22.49998% is not 22.5%.
    assert percentage(Fraction(1_124_999, 5_000_000)) == 22
    assert str(round_half_up(1_234_567.5)) == "1234568"


@given(st.integers(0, 2000), st.integers(1, 2000))
def test_a_quotient_of_counts_rounds_as_its_exact_fraction(numerator: int, denominator: int) -> None:
    assert percentage(numerator / denominator) == percentage(Fraction(numerator, denominator))


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_rounding_is_never_off_by_more_than_half(numerator: int, denominator: int) -> None:
    exact = Fraction(numerator * 100, denominator)
    rounded = Fraction(percentage(Fraction(numerator, denominator)))

    assert -Fraction(1, 2) < rounded - exact <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("bases", "decimals_from", "decimals"),
    [
        ([999], 1000, 0),
        ([1000], 1000, 1),
        ([5000, 999], 1000, 0),
        ([5000, None], 1000, 1),
        ([None], 1000, 0),
        ([], 1000, 0),
        ([100], 100, 1),
        ([1_000_000], None, 0),
    ],
)
def test_decimals_follow_the_smallest_base_that_is_known(
    bases: list[int | None], decimals_from: int | None, decimals: int
) -> None:
    assert percentage_decimals(bases, decimals_from) == decimals
