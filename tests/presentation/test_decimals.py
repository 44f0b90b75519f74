"""Percentages have a decimal only where the base carries it, and one exhibit has one number of them."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from srsmeting.estimates import bind_estimates
from srsmeting.presentation.figures import build_figure
from srsmeting.presentation.formats import format_change, format_estimate
from srsmeting.presentation.tables import ROUNDING_NOTE, distribution_table
from srsmeting.questionnaire import Questionnaire

Shares = Callable[..., pd.DataFrame]


def known(make: Shares, base: int, inside: int) -> pd.DataFrame:
    return make("bekend", base, {"inhoud": inside, "gehoord": 250, "onbekend": base - inside - 250})


def cells(estimates: pd.DataFrame, questionnaire: Questionnaire, **more: object) -> list[str]:
    table = distribution_table(estimates, questionnaire, "bekend", **more)  # type: ignore[arg-type]
    return [str(row.cells[1]) for row in (*table.rows, *table.foot)]


def test_a_table_has_a_decimal_from_a_thousand_respondents_on(
    make_shares: Shares, questionnaire: Questionnaire
) -> None:
    # 333, 250 and 417 of 1,000; 333, 250 and 416 of 999.
    assert cells(known(make_shares, 1000, 333), questionnaire) == ["33,3%", "25,0%", "41,7%", "100,0%"]
    assert cells(known(make_shares, 999, 333), questionnaire) == ["33%", "25%", "42%", "100%"]


def test_another_base_may_be_asked_for_and_none(make_shares: Shares, questionnaire: Questionnaire) -> None:
    assert cells(known(make_shares, 999, 333), questionnaire, decimals_from=500)[0] == "33,3%"
    assert cells(known(make_shares, 1000, 333), questionnaire, decimals_from=None)[0] == "33%"


def test_whether_it_adds_up_is_seen_in_what_is_printed(make_shares: Shares, questionnaire: Questionnaire) -> None:
    # 335, 250 and 416 of 1,001: 33.47, 24.98 and 41.56; printed 33.5, 25.0 and 41.6 (100.1), or 33, 25 and 42 (100).
    estimates = known(make_shares, 1001, 335)
    assert ROUNDING_NOTE in distribution_table(estimates, questionnaire, "bekend").notes
    assert ROUNDING_NOTE not in distribution_table(estimates, questionnaire, "bekend", decimals_from=None).notes


def test_questions_under_each_other_have_the_decimals_of_the_smallest_base(
    make_shares: Shares, questionnaire: Questionnaire
) -> None:
    few = make_shares("experimenten", 400, {"ja": 101, "nee": 299})
    table = distribution_table(
        bind_estimates(known(make_shares, 1000, 333), few), questionnaire, "bekend", "experimenten"
    )
    assert [str(row.cells[1]) for row in table.rows] == ["33%", "25%", "42%", "100%", "25%", "75%", "100%"]


def test_a_battery_has_the_decimals_of_its_smallest_base(make_shares: Shares, questionnaire: Questionnaire) -> None:
    codes = ("helemaal_eens", "eens", "neutraal", "oneens", "helemaal_oneens", "weet_niet")

    def printed(base: int | None) -> list[str]:
        sums = ("top2", "bottom2")
        counts = dict.fromkeys(codes[:5], 333) | {"weet_niet": 335} | dict.fromkeys(sums, 666)
        first = make_shares("impact", 2000, counts, "onderwijs")
        count = None if base is None else base // 5
        counts = dict.fromkeys(codes[:5], count) | {"weet_niet": count and 0} | dict.fromkeys(sums, count and 2 * count)
        second = make_shares("impact", base, counts, "zij")
        figure = build_figure(bind_estimates(first, second), questionnaire, "impact")
        return figure.data["printed"].tolist()

    # 333 of 2,000 is 16.65.
    assert printed(1500)[:2] == ["16,7%", "16,7%"]
    assert printed(900)[:2] == ["17%", "17%"]
    # What is not shown has no say.
    assert printed(None)[0] == "16,7%"
    assert printed(None)[-1] == "x"


@pytest.mark.parametrize("measure", ["response_rate", "coverage", "respondents_share", "response_rate_1"])
def test_response_and_coverage_are_whole(measure: str) -> None:
    row = {"measure": measure, "estimate": 0.3056, "status": "A", "reason": ""}
    assert format_estimate(row, 1).text == "31%"


def test_a_difference_can_have_a_decimal_and_a_mark_has_one() -> None:
    assert (format_change(0.0294, 1), format_change(-0.0004, 1)) == ("+2,9", "0,0")
    assert format_estimate({"measure": "mean", "estimate": 7.25, "status": "A", "reason": ""}, 0).text == "7,3"
