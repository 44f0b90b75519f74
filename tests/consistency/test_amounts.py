"""Amounts as a report writes them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srsmeting.consistency.amounts import calculate, exactly, read_amount


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("50", 50, 50),
        ("50/60", 50, 60),
        ("circa 90", 81, 99),
        ("ruim 100", 100, 110),
        ("bijna 100", 90, 100),
        ("minimaal 16", 16, None),
        ("maximaal 5", None, 5),
        ("66%", Fraction(655, 1000), Fraction(665, 1000)),
        ("66,5%", Fraction(6645, 10000), Fraction(6655, 10000)),
        ("115%", Fraction(1145, 1000), Fraction(1155, 1000)),
        ("circa 50%", Fraction(45, 100), Fraction(55, 100)),
        ("11,5", Fraction(1145, 100), Fraction(1155, 100)),
    ],
)
def test_what_an_amount_can_be(text: str, low: int, high: int) -> None:
    amount = read_amount(text)
    assert (amount.low, amount.high) == (low, high)


def test_a_percentage_is_rounded_half_up() -> None:
    # 22.5% is 23%, and not 22%.
    half = exactly(Fraction(225, 1000))
    assert (read_amount("23%").can_be(half), read_amount("22%").can_be(half)) == (True, False)


@given(st.integers(0, 500), st.integers(0, 500))
def test_agreeing_is_mutual_and_of_counts_is_being_equal(one: int, other: int) -> None:
    first, second = read_amount(one), read_amount(other)
    assert first.can_be(second) == second.can_be(first) == (one == other)


@given(st.integers(0, 99), st.integers(0, 99), st.integers(1, 99))
def test_calculations_follow_arithmetic(one: int, two: int, three: int) -> None:
    assert calculate(f"({one} + {two}) * {three} - {one} / {three}") == (one + two) * three - Fraction(one, three)
