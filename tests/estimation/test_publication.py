"""The rules of publication, and an attempt to undo them by subtracting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srsmeting.errors import ConfigurationError, EstimateError
from srsmeting.estimates import COUNTS, KEY, VALUES, bind_estimates, check_estimates, estimate_frame
from srsmeting.estimation import GroupRule, PublicationRules, apply_publication_rules

#: What is hidden; the mark for few respondents has tests of its own.
TEN = PublicationRules(min_base=10, normal_base=0)


def table(
    bases: Mapping[str, int], question: str = "q", by: str = "regio", measure: str = "share", ja: Sequence[int] = ()
) -> pd.DataFrame:
    """Make the total and the groups of one question with categories ja and nee, or of one mean."""
    categories = ["ja", "nee"] if measure == "share" else [""]
    groups, base = ["", *bases], [sum(bases.values()), *bases.values()]
    yes = [sum(ja), *ja] if ja else [size // 2 for size in base]
    count = [n for y, size in zip(yes, base, strict=True) for n in (y, size - y)]
    denominator = np.repeat(base, len(categories))
    divisor = np.where(denominator > 0, denominator, np.nan)
    return estimate_frame(
        {
            "meting": "m-1",
            "question": question,
            "category": categories * len(groups),
            "by": np.repeat(["" if not group else by for group in groups], len(categories)),
            "group": np.repeat(groups, len(categories)),
            "measure": measure,
            "estimate": count / divisor if measure == "share" else 7 * divisor / divisor,
            "se": 0.1,
            "ci_low": 0.0,
            "ci_high": 10.0,
            "numerator": count if measure == "share" else pd.NA,
            "denominator": denominator,
            "method": np.where(denominator > 0, "wilson", ""),
            "status": np.where(denominator > 0, "A", "O"),
            "reason": np.where(denominator > 0, "", "no_base"),
        }
    )


def response(sizes: Mapping[str, tuple[int, int]], by: str = "wgo") -> pd.DataFrame:
    respondents, frame = (np.array(part) for part in zip(*sizes.values(), strict=True))
    return estimate_frame(
        {
            "meting": "m-1",
            "by": by,
            "group": list(sizes),
            "measure": "response_rate",
            "estimate": respondents / frame,
            "numerator": respondents,
            "denominator": frame,
        }
    )


def reasons(frame: pd.DataFrame, question: str = "q", measure: str = "share") -> dict[str, str]:
    """Return per group the reason that all its rows have."""
    chosen = frame[(frame["question"] == question) & (frame["measure"] == measure)]
    found = chosen.groupby("group", sort=False)["reason"].unique()
    assert all(len(each) == 1 for each in found)
    return {str(group): str(each[0]) for group, each in found.items()}


def test_small_base_is_suppressed_with_every_number_gone() -> None:
    before = table({"a": 9, "b": 10, "c": 30, "d": 4})
    after = apply_publication_rules(before, TEN)
    check_estimates(after)
    assert reasons(after) == {"": "", "a": "small_base", "b": "", "c": "", "d": "small_base"}
    hidden = after["group"].isin(["a", "d"])
    assert after.loc[hidden, [*VALUES, *COUNTS]].isna().all(axis=None)
    assert set(after.loc[hidden, "status"]) == {"Q"}
    assert set(after.loc[hidden, "method"]) == {""}
    pd.testing.assert_frame_equal(after[~hidden], before[~hidden])
    pd.testing.assert_frame_equal(after[[*KEY]], before[[*KEY]])


def test_ten_respondents_is_the_rule_unless_told_otherwise() -> None:
    after = apply_publication_rules(table({"a": 9, "b": 10, "c": 5, "d": 30}), PublicationRules())
    assert reasons(after) == {"": "", "a": "small_base", "b": "indicative", "c": "small_base", "d": ""}


def test_one_hidden_group_takes_the_smallest_shown_one_along() -> None:
    after = apply_publication_rules(table({"a": 40, "b": 12, "c": 4, "d": 12}), TEN)
    assert reasons(after) == {"": "", "a": "", "b": "complementary", "c": "small_base", "d": ""}


def test_hidden_groups_are_together_large_enough() -> None:
    # 2 and 3 are 5 respondents together: each could subtract itself and know the others.
    after = apply_publication_rules(table({"a": 40, "b": 12, "c": 2, "d": 3}), TEN)
    assert reasons(after) == {"": "", "a": "", "b": "complementary", "c": "small_base", "d": "small_base"}


def test_totals_are_left_alone() -> None:
    assert reasons(apply_publication_rules(table({"a": 3, "b": 3}), TEN)) == {
        "": "",
        "a": "small_base",
        "b": "small_base",
    }


def test_a_group_without_respondents_stays_empty_and_hides_nothing() -> None:
    after = apply_publication_rules(table({"a": 40, "b": 0, "c": 12, "d": 4}), TEN)
    assert reasons(after) == {"": "", "a": "", "b": "no_base", "c": "complementary", "d": "small_base"}


def test_nothing_to_hide_changes_nothing() -> None:
    before = table({"a": 40, "b": 0, "c": 12})
    pd.testing.assert_frame_equal(apply_publication_rules(before, TEN), before)


def test_empty_base_of_a_small_group_is_hidden_too() -> None:
    # That nobody of the 4 in d was asked tells what they answered to the question before.
    before = bind_estimates(
        table({"a": 40, "b": 30, "c": 20, "d": 4}), table({"a": 20, "b": 15, "c": 0, "d": 0}, question="filtered")
    )
    after = apply_publication_rules(before, TEN)
    assert reasons(after) == {"": "", "a": "", "b": "", "c": "complementary", "d": "small_base"}
    assert reasons(after, "filtered") == {
        "": "",
        "a": "complementary",
        "b": "complementary",
        "c": "no_base",
        "d": "small_base",
    }


def test_shares_and_mean_of_a_question_hide_the_same_groups() -> None:
    before = bind_estimates(table({"a": 40, "b": 12, "c": 4}), table({"a": 40, "b": 13, "c": 4}, measure="mean"))
    after = apply_publication_rules(before, TEN)
    expected = {"": "", "a": "", "b": "complementary", "c": "small_base"}
    assert reasons(after) == expected
    assert reasons(after, measure="mean") == expected


def test_tables_are_judged_one_by_one() -> None:
    before = bind_estimates(table({"a": 40, "b": 12, "c": 20}), table({"a": 20, "b": 6, "c": 10}, question="filtered"))
    after = apply_publication_rules(before, TEN)
    assert reasons(after) == {"": "", "a": "", "b": "", "c": ""}
    assert reasons(after, "filtered") == {"": "", "a": "", "b": "small_base", "c": "complementary"}


WGO = PublicationRules(min_base=10, normal_base=0, groups={"wgo": GroupRule(min_respondents=10, min_response=0.2)})


def test_group_rule_needs_both_conditions() -> None:
    # a: 4 of 18; b: 12 of 61; c: 8 of 100, both too few and too low; d: exactly 10 of 50; e: 30 of 60.
    sizes = {"a": (4, 18), "b": (12, 61), "c": (8, 100), "d": (10, 50), "e": (30, 60)}
    rates = response(sizes)
    answers = table({group: respondents for group, (respondents, _) in sizes.items()}, by="wgo")
    after = apply_publication_rules(bind_estimates(rates, answers), WGO)
    check_estimates(after)
    assert reasons(after) == {"": "", "a": "small_base", "b": "low_response", "c": "small_base", "d": "", "e": ""}
    pd.testing.assert_frame_equal(after[after["measure"] == "response_rate"], rates)


def test_group_rule_holds_in_every_table() -> None:
    sizes = {"a": (12, 100), "b": (15, 30), "c": (30, 60)}
    frame = bind_estimates(
        response(sizes), table({"a": 12, "b": 15, "c": 30}, by="wgo"), table({"a": 11, "b": 14, "c": 0}, "f", by="wgo")
    )
    after = apply_publication_rules(frame, WGO)
    assert reasons(after) == {"": "", "a": "low_response", "b": "complementary", "c": ""}
    assert reasons(after, "f") == {"": "", "a": "low_response", "b": "complementary", "c": "no_base"}


def test_group_rule_leaves_other_breakdowns_alone() -> None:
    frame = bind_estimates(response({"a": (12, 100)}), table({"a": 12, "b": 15}, by="branche"))
    pd.testing.assert_frame_equal(apply_publication_rules(frame, WGO), frame)


def test_group_without_respondents_under_a_group_rule() -> None:
    sizes = {"a": (0, 18), "b": (15, 30), "c": (30, 60)}
    frame = bind_estimates(response(sizes), table({"a": 0, "b": 15, "c": 30}, by="wgo"))
    pd.testing.assert_frame_equal(apply_publication_rules(frame, WGO), frame)


def test_group_rule_needs_the_response() -> None:
    with pytest.raises(EstimateError) as caught:
        apply_publication_rules(table({"a": 12, "b": 30}, by="wgo"), WGO)
    assert str(caught.value) == (
        "apply_publication_rules(): no response_rate of wgo 'a' in 'm-1', and the rule of 'wgo' needs it. "
        "Bind response_rates(..., by='wgo') to the frame first."
    )


def crossing(counts: Mapping[str, Sequence[int]], question: str, by: str) -> pd.DataFrame:
    """Make the groups of a table: per answer its count in the groups one, two, ...; everyone has both."""
    groups = [f"{by}{place}" for place in range(len(next(iter(counts.values()))))]
    bases = [sum(column) for column in zip(*counts.values(), strict=True)]
    count = [n for column in zip(*counts.values(), strict=True) for n in column]
    base = np.repeat(bases, len(counts))
    return estimate_frame(
        {
            "meting": "m-1",
            "question": question,
            "category": list(counts) * len(groups),
            "by": by,
            "group": np.repeat(groups, len(counts)),
            "measure": "share",
            "estimate": count / base,
            "numerator": count,
            "denominator": base,
        }
    )


def test_a_small_group_does_not_come_back_as_an_answer() -> None:
    # Region r1 has 4 respondents. "Which region, by role" would tell all that "role, by region" hides.
    role_by_region = crossing({"rol0": [25, 1, 9], "rol1": [5, 3, 12]}, "rol", "regio")
    region_by_role = crossing({"regio0": [25, 5], "regio1": [1, 3], "regio2": [9, 12]}, "regio", "rol")
    frame = bind_estimates(role_by_region, region_by_role)
    rules = PublicationRules(10, sources={"regio": "regio", "rol": "rol"}, normal_base=0)
    after = apply_publication_rules(frame, rules)
    check_estimates(after)
    assert reasons(after, "rol") == {"regio0": "", "regio1": "small_base", "regio2": "complementary"}
    assert reasons(after, "regio") == {"rol0": "small_base", "rol1": "small_base"}
    # What is left of a table no longer adds up: only 5 of 20 in rol1 are shown, which is not few of them.
    pd.testing.assert_frame_equal(apply_publication_rules(after, rules), after)


def test_a_region_under_the_group_rule_does_not_come_back_as_an_answer() -> None:
    # 12 of 100 organisations in wgo0: enough respondents, too low a response.
    sizes = {"wgo0": (12, 100), "wgo1": (15, 30), "wgo2": (30, 60)}
    frame = bind_estimates(
        response(sizes), crossing({"wgo0": [6, 6], "wgo1": [5, 10], "wgo2": [20, 10]}, "wgo", "rol"),
        crossing({"rol0": [6, 5, 20], "rol1": [6, 10, 10]}, "rol", "wgo"),
    )  # fmt: skip
    rules = PublicationRules(10, WGO.groups, {"wgo": "wgo", "rol": "rol"}, 0)
    after = apply_publication_rules(frame, rules)
    assert reasons(after, "rol") == {"wgo0": "low_response", "wgo1": "complementary", "wgo2": ""}
    assert reasons(after, "wgo") == {"rol0": "low_response", "rol1": "low_response"}
    # A rule that asks for more respondents than min_base does.
    fifteen = PublicationRules(10, {"wgo": GroupRule(15)}, {"wgo": "wgo", "rol": "rol"}, 0)
    assert reasons(apply_publication_rules(frame, fifteen), "wgo") == {"rol0": "small_base", "rol1": "small_base"}
    # It holds although nothing is broken down by region.
    alone = frame[(frame["measure"] == "response_rate") | (frame["by"] == "rol")]
    after = apply_publication_rules(alone, PublicationRules(10, WGO.groups, {"wgo": "wgo", "rol": "rol"}, 0))
    assert reasons(after, "wgo") == {"rol0": "low_response", "rol1": "low_response"}


def test_a_group_without_respondents_stays_empty_in_a_crossing() -> None:
    frame = table({"a": 12, "b": 0}, question="regio", by="rol", ja=[4, 0])
    after = apply_publication_rules(frame, PublicationRules(10, sources={"regio": "regio"}, normal_base=0))
    assert reasons(after, "regio") == {"": "", "a": "small_base", "b": "no_base"}
    # A region that nobody names has nothing to hide.
    sizes = {"wgo0": (0, 18), "wgo1": (15, 30), "wgo2": (30, 60)}
    shown = bind_estimates(response(sizes), crossing({"wgo0": [0, 0], "wgo1": [5, 10], "wgo2": [20, 10]}, "wgo", "rol"))
    after = apply_publication_rules(shown, PublicationRules(10, WGO.groups, {"wgo": "wgo"}, 0))
    pd.testing.assert_frame_equal(after, shown)


def test_questions_that_cross_in_large_numbers_are_shown() -> None:
    frame = crossing({"regio0": [20, 10], "regio1": [1, 9], "regio2": [9, 12]}, "regio", "rol")
    pd.testing.assert_frame_equal(
        apply_publication_rules(frame, PublicationRules(10, sources={"r": "regio"}, normal_base=0)), frame
    )
    # Answers that are no group of any breakdown are answers.
    few = crossing({"ja": [20, 10], "nee": [1, 3]}, "q", "rol")
    pd.testing.assert_frame_equal(
        apply_publication_rules(few, PublicationRules(10, sources={"rol": "rol"}, normal_base=0)), few
    )


def test_rates_are_never_suppressed() -> None:
    coverage = estimate_frame(
        {
            "meting": "m-1",
            "item": "2021",
            "by": "branche",
            "group": ["a", "b"],
            "measure": "coverage",
            "estimate": [0.5, 0.25],
            "numerator": [2, 1],
            "denominator": 4,
        }
    )
    pd.testing.assert_frame_equal(apply_publication_rules(coverage, TEN), coverage)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: GroupRule(min_respondents=-1),
            "GroupRule(): min_respondents is -1. Give a number of respondents of 0 or more.",
        ),
        (
            lambda: GroupRule(min_response=20),
            "GroupRule(): min_response is 20. Give a fraction from 0 to 1, such as 0.2 for 20%.",
        ),
        (
            lambda: PublicationRules(min_base=-1),
            "PublicationRules(): min_base is -1. Give a number of respondents of 0 or more.",
        ),
    ],
)
def test_impossible_rules(make: Any, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        make()
    assert str(caught.value) == message


@st.composite
def answers(draw: st.DrawFn) -> tuple[pd.DataFrame, dict[str, int]]:
    bases = draw(st.lists(st.integers(0, 40), min_size=1, max_size=7))
    yes = [draw(st.integers(0, base)) for base in bases]
    named = {f"g{number}": base for number, base in enumerate(bases)}
    return table(named, ja=yes), named


@given(case=answers(), min_base=st.integers(0, 15))
@settings(deadline=None, max_examples=60, derandomize=True)
def test_subtracting_gives_nothing_away(case: tuple[pd.DataFrame, dict[str, int]], min_base: int) -> None:
    frame, bases = case
    after = apply_publication_rules(frame, PublicationRules(min_base, normal_base=0))
    check_estimates(after)
    why = reasons(after)
    hidden = [group for group, reason in why.items() if group and reason not in ("", "no_base")]
    shown = [group for group in bases if group not in hidden and bases[group]]
    assert all(bases[group] >= min_base for group in shown)
    assert {group for group, reason in why.items() if reason == "small_base"} >= {
        group for group, base in bases.items() if 0 < base < min_base
    }
    respondents = [group for group in hidden if bases[group]]
    # A single group that is all there is takes the total along.
    assert (why[""] == "complementary") == (len(respondents) == 1 and not shown)
    if not hidden or why[""]:
        return
    rows = after[after["category"] == "ja"].set_index("group")
    rest = int(rows.loc["", "denominator"]) - int(rows.loc[shown, "denominator"].sum())
    yes = int(rows.loc["", "numerator"]) - int(rows.loc[shown, "numerator"].sum())
    # The rest is several groups, and large enough, and not of one mind; or there is no group left to hide among.
    assert rest == sum(bases[group] for group in respondents)
    assert not shown or (len(respondents) >= 2 and rest >= min_base and 0 < yes < rest)


@given(case=answers(), min_base=st.integers(0, 15))
@settings(deadline=None, max_examples=30, derandomize=True)
def test_applying_twice_is_applying_once(case: tuple[pd.DataFrame, dict[str, int]], min_base: int) -> None:
    rules = PublicationRules(min_base, normal_base=20)
    once = apply_publication_rules(case[0], rules)
    pd.testing.assert_frame_equal(apply_publication_rules(once, rules), once)


def test_a_number_below_the_normal_base_is_marked_and_stays() -> None:
    before = bind_estimates(table({"a": 29, "b": 30, "c": 10}), table({"a": 20}, "small"))
    after = apply_publication_rules(before, PublicationRules())
    check_estimates(after)
    assert reasons(after) == {"": "", "a": "indicative", "b": "", "c": "indicative"}
    # A total is marked as well.
    assert reasons(after, "small") == {"": "indicative", "a": "indicative"}
    marked = after["reason"] == "indicative"
    assert set(after.loc[marked, "status"]) == {"U"}
    unchanged = [name for name in before.columns if name not in ("status", "reason")]
    pd.testing.assert_frame_equal(after[unchanged], before[unchanged])
    wider = apply_publication_rules(before, PublicationRules(normal_base=31))
    assert reasons(wider)["b"] == "indicative"


def test_a_number_with_a_status_of_its_own_keeps_it() -> None:
    before = table({"a": 12, "b": 40})
    before.loc[before["group"] == "a", ["status", "reason"]] = ["U", "lonely_stratum"]
    assert reasons(apply_publication_rules(before, PublicationRules()))["a"] == "lonely_stratum"


def test_a_difference_goes_with_the_groups_that_it_is_between() -> None:
    answers = table({"a": 40, "b": 12, "c": 4, "d": 30})
    pairs = ["a-b", "a-d", "a/c"]
    between = estimate_frame(
        {"meting": "m-1", "question": "q", "category": "ja", "by": "regio", "group": pairs, "measure": "difference",
         "estimate": 0.1}
    )  # fmt: skip
    whole = estimate_frame({"meting": "m-1", "question": "q", "by": "regio", "measure": "p_value", "estimate": 0.2})
    after = apply_publication_rules(bind_estimates(answers, between, whole), TEN)
    # b hides c, so what a and b differ goes too; so does a test over groups of which some are hidden now.
    assert reasons(after, measure="difference") == {"a-b": "complementary", "a-d": "", "a/c": "complementary"}
    assert reasons(after, measure="p_value") == {"": "complementary"}


def test_breakdowns_that_overlap_without_nesting_are_not_shown_beside_each_other() -> None:
    parts = {
        "ab": {"ab": frozenset("ab"), "cd": frozenset("cd")},
        "bc": {"a": frozenset("a"), "bc": frozenset("bc"), "d": frozenset("d")},
    }
    rules = PublicationRules(10, {}, {"ab": "regio", "bc": "regio"}, 0, parts)
    clear = bind_estimates(table({"ab": 60, "cd": 60}, by="ab"), table({"a": 30, "bc": 60, "d": 30}, by="bc").iloc[2:])
    pd.testing.assert_frame_equal(apply_publication_rules(clear, rules), clear)
    small = bind_estimates(table({"ab": 66, "cd": 64}, by="ab"), table({"a": 64, "bc": 62, "d": 4}, by="bc").iloc[2:])
    after = apply_publication_rules(small, rules)
    assert set(after.loc[after["by"] == "bc", "status"]) == {"Q"}
    assert set(after.loc[after["by"] == "ab", "status"]) == {"A"}


def test_a_group_rule_holds_under_another_breakdown_with_the_same_group() -> None:
    # b and c are merged in the deel, d is not; d has too low a response.
    parts = {
        "regio": {name: frozenset(name) for name in "bcd"},
        "deel": {"bc": frozenset("bc"), "d": frozenset("d")},
    }
    rules = PublicationRules(10, {"regio": GroupRule(10, 0.2)}, {"regio": "regio", "deel": "regio"}, 0, parts)
    rates = response({"b": (20, 40), "c": (20, 40), "d": (30, 300)}, by="regio")
    after = apply_publication_rules(bind_estimates(rates, table({"bc": 40, "d": 30}, by="deel")), rules)
    assert reasons(after) == {"": "", "bc": "complementary", "d": "low_response"}


def test_an_adjusted_share_that_is_hidden_by_itself_hides_nothing_else() -> None:
    """Of 12 in b a regression has 8: its adjusted share is hidden, and the table by region is as it was."""
    shown = table({"a": 30, "b": 12})
    key = {"meting": "m-1", "question": "q", "category": "ja", "by": "regio", "measure": "adjusted_share"}
    adjusted = estimate_frame(
        key | {"group": ["a", "b"], "estimate": [0.5, None], "denominator": [30, None], "status": ["A", "Q"],
               "reason": ["", "small_base"]}
    )  # fmt: skip
    frame = bind_estimates(shown, adjusted)
    pd.testing.assert_frame_equal(apply_publication_rules(frame, TEN), frame)

    # A group that is hidden takes its adjusted share with it.
    small = apply_publication_rules(bind_estimates(table({"a": 30, "b": 9}), adjusted), TEN)
    assert small.loc[small["group"] == "b", "reason"].tolist() == ["small_base"] * 3
    assert small.loc[small["group"] == "a", "reason"].tolist() == ["complementary"] * 3
