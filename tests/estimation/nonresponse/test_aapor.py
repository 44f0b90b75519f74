"""Rates of AAPOR: by hand, and the order in which they always stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srsmeting.dispositions import DISPOSITIONS
from srsmeting.estimation.nonresponse.aapor import Rate, aapor_rates

reports = st.fixed_dictionaries({name: st.integers(0, 50) for name in DISPOSITIONS})


def test_every_rate_by_hand() -> None:
    # E = 40 + 10 + (5 + 15) + 20 + 10 = 100, of 125 whose eligibility is known: e = 0.8, and 0.8 of 50 is 40.
    rates = aapor_rates(
        {
            "complete": 40,
            "partial": 10,
            "break_off": 5,
            "refusal": 15,
            "non_contact": 20,
            "other": 10,
            "unknown": 50,
            "not_eligible": 25,
        }
    )
    assert rates == {
        "response_rate_1": Rate(40 / 150, 40, 150),
        "response_rate_2": Rate(50 / 150, 50, 150),
        "cooperation_rate_1": Rate(40 / 80, 40, 80),
        "response_rate_3": Rate(40 / 140, 40, None),
        "response_rate_4": Rate(50 / 140, 50, None),
        "response_rate_5": Rate(40 / 100, 40, 100),
        "response_rate_6": Rate(50 / 100, 50, 100),
    }


def test_where_all_eligibility_is_known_the_others_would_repeat_the_first_two() -> None:
    rates = aapor_rates({"complete": 301, "break_off": 7, "non_contact": 677})
    assert list(rates) == ["response_rate_1", "response_rate_2", "cooperation_rate_1"]
    assert rates["response_rate_1"] == Rate(301 / 985, 301, 985)


def test_organisations_that_are_not_eligible_are_in_no_denominator() -> None:
    assert aapor_rates({"complete": 3, "non_contact": 3, "not_eligible": 4})["response_rate_1"] == Rate(0.5, 3, 6)


@given(reports)
def test_the_rates_stand_in_order(counts: dict[str, int]) -> None:
    rates = {name: rate.estimate for name, rate in aapor_rates(counts | {"complete": 1, "unknown": 1}).items()}
    one, two, three, four, five, six = (rates[f"response_rate_{number}"] for number in range(1, 7))
    assert 0 <= one <= three + 1e-12 <= five + 2e-12 <= 1 + 2e-12
    assert two <= four + 1e-12 <= six + 2e-12
    assert one <= two
    assert three <= four
    assert five <= six
    assert one <= rates["cooperation_rate_1"] <= 1


@given(reports)
def test_what_is_known_of_eligibility_decides_between_the_first_and_the_fifth(counts: dict[str, int]) -> None:
    # Nobody known to be not eligible: e = 1.
    rates = aapor_rates(counts | {"complete": 2, "unknown": 3, "not_eligible": 0})
    assert rates["response_rate_3"].estimate == pytest.approx(rates["response_rate_1"].estimate, abs=1e-15)
    # As good as everybody is: e comes to 0.
    rates = aapor_rates(counts | {"complete": 2, "unknown": 3, "not_eligible": 10**12})
    assert rates["response_rate_3"].estimate == pytest.approx(rates["response_rate_5"].estimate, abs=1e-9)


def test_nobody_to_divide_by_has_no_rate() -> None:
    rates = aapor_rates({"not_eligible": 3, "unknown": 0})
    assert [(rate.estimate != rate.estimate, rate.denominator) for rate in rates.values()] == [(True, 0)] * 3
    rates = aapor_rates({"unknown": 2})
    assert rates["response_rate_1"] == Rate(0.0, 0, 2)
    assert rates["response_rate_3"].estimate != rates["response_rate_3"].estimate
