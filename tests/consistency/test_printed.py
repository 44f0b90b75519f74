"""Printed tables: numbers that do not follow, tables that disagree, units that are mixed."""

from collections.abc import Callable

import pandas as pd
import pytest

Find = Callable[..., pd.DataFrame]

REALISED = """\
  - id: tab_1.werven
    measure: attainment
    question: werven
    item: einde
    by: project
    along: group
    percent: {noord: 110, zuid: 45}
"""


def test_percentages_that_follow_from_the_counts_are_no_finding(find: Find) -> None:
    # 44 of 40 is 110%; 9 of 20 is 45%.
    assert find(published=REALISED).empty


def test_a_percentage_that_does_not_follow_is_found(find: Find) -> None:
    found = find(published=REALISED.replace("45", "54"))
    assert found[["kind", "what", "told", "computed"]].to_numpy().tolist() == [
        ["percentage", "tab_1.werven, einde.zuid: printed 54, computed 45.", "54", "45"]
    ]


def test_a_duration_and_a_total_have_kinds_of_their_own(find: Find) -> None:
    # January up to and including December is twelve months; 44 and 9 recruited are 53.
    printed = """\
  - {id: tab_2, measure: months, question: duur, by: project, along: group, count: {noord: 11, zuid: 11}}
  - {id: tab_3, measure: result, question: werven, item: einde, count: 63}
"""
    assert find(published=printed)[["kind", "what"]].to_numpy().tolist() == [
        ["duration", "tab_2, noord.count: printed 11, computed 12."],
        ["total", "tab_3, einde.count: printed 63, computed 53."],
    ]


def test_two_tables_that_print_a_figure_differently_are_found(find: Find) -> None:
    again = REALISED.replace("tab_1", "tab_4").replace("45", "46")
    found = find(published=REALISED + again)
    assert found[found["kind"] == "tables"]["what"].tolist() == [
        "attainment of zuid: 45 in tab_1.werven; 46 in tab_4.werven."
    ]


@pytest.mark.parametrize(
    ("again", "differs"), [("45.0", False), ("45.4", False), ("45.5", False), ("45.6", True), ("44.4", True)]
)
def test_a_percentage_with_decimals_can_be_the_one_without(find: Find, again: str, differs: bool) -> None:
    # 45.47 rounds to 45 and to 45.5; nothing rounds to 45 and to 45.6, or to 44.4.
    found = find(published=REALISED + REALISED.replace("tab_1", "tab_4").replace("45", again))
    told = [f"attainment of zuid: 45 in tab_1.werven; {again} in tab_4.werven."]
    assert found[found["kind"] == "tables"]["what"].tolist() == (told if differs else [])


def test_counts_under_percentages_are_found(find: Find) -> None:
    totals = "  - {id: tab_1.totaal, measure: result, question: werven, item: einde, count: 53}\n"
    found = find(published=REALISED + totals)
    assert found[["kind", "what"]].to_numpy().tolist() == [
        ["units", "tab_1: counts and percentages under one heading (werven)."]
    ]


def test_counts_of_something_else_in_the_same_table_are_no_finding(find: Find) -> None:
    other = "  - {id: tab_1.plaatsen, measure: result, question: plaatsen, item: einde, count: 19}\n"
    assert find(published=REALISED + other).empty
