"""Realisation by hand: by unit, by track and in total, with everything that is missing, approximate or a range."""

from collections.abc import Callable
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srsmeting.rounding import percentage

Estimate = Callable[..., pd.DataFrame]
Shown = Callable[..., list[str]]


def test_a_realisation_is_the_result_over_the_goal(estimate: Estimate, shown: Shown) -> None:
    frame = estimate(
        goals="noord,werven,,,80,\nmidden,werven,,,20,\nzuid,werven,,,100,\n",
        results="noord,werven,,einde,18,\nmidden,werven,,einde,30,\nzuid,werven,,einde,0,\n",
    )

    assert shown(frame, "attainment") == [
        "werven einde noord | 0.225 | 18/80",
        "werven einde midden | 1.5 | 30/20",
        "werven einde zuid | 0 | 0/100",
        "werven einde | 0.24 | 48/200",
    ]
    assert shown(frame, "goal", group="") == ["werven einde | 200 | 200", "plaatsen einde | M no_goal"]
    assert shown(frame, "result", group="") == ["werven einde | 48 | 48"]
    # 22.5 percent rounds to 23, as a reader rounds it.
    assert str(percentage(frame.loc[frame["measure"] == "attainment", "estimate"].iloc[0])) == "23"


def test_what_is_missing_keeps_its_reason_and_is_left_out_of_totals(estimate: Estimate, shown: Shown) -> None:
    frame = estimate(
        goals="noord,werven,,,-,\nmidden,werven,,,vervallen,Geen subsidie.\nzuid,werven,,,50,\n"
        "noord,plaatsen,,,n.v.t.,\nmidden,plaatsen,,,40,\nzuid,plaatsen,,,gezegd: zo veel mogelijk,\n",
        results="noord,werven,,einde,5,\nmidden,werven,,einde,6,\nzuid,werven,,einde,25,\n"
        "noord,plaatsen,,einde,-,\nmidden,plaatsen,,einde,nog n.v.t.,\nzuid,plaatsen,,einde,onbekend,\n",
    )

    assert shown(frame, "attainment") == [
        "werven einde noord | M no_goal",
        "werven einde midden | M goal_dropped",
        "werven einde zuid | 0.5 | 25/50",
        "werven einde | 0.5 | 25/50 | left out: noord, midden",
        "plaatsen einde noord | M not_applicable",
        "plaatsen einde midden | M not_yet",
        "plaatsen einde zuid | M in_words",
        "plaatsen einde | M no_result",
    ]
    assert shown(frame, "goal", group="") == [
        "werven einde | 50 | 50 | left out: noord, midden",
        "plaatsen einde | 40 | 40 | left out: noord, zuid",
    ]
    assert shown(frame, "result") == [
        "werven einde noord | 5 | 5",
        "werven einde midden | 6 | 6",
        "werven einde zuid | 25 | 25",
        "werven einde | 36 | 36",
        "plaatsen einde noord | M no_result",
        "plaatsen einde midden | M not_yet",
        "plaatsen einde zuid | M unknown",
        "plaatsen einde | M no_result",
    ]


def test_no_total_where_the_rules_ask_for_all(estimate: Estimate, shown: Shown) -> None:
    frame = estimate(
        "{missing: no_total}",
        goals="noord,werven,,,10,\nzuid,werven,,,50,\nmidden,werven,,,n.v.t.,\nnoord,plaatsen,,,10,\n",
        results="noord,werven,,einde,5,\nzuid,werven,,einde,25,\nnoord,plaatsen,,einde,5,\n",
    )

    assert shown(frame, "attainment", group="") == [
        "werven einde | 0.5 | 30/60 | left out: midden",
        "plaatsen einde | M incomplete | left out: midden, zuid",
    ]
    assert shown(frame, "result", group="") == [
        "werven einde | M incomplete | left out: midden",
        "plaatsen einde | M incomplete | left out: midden, zuid",
    ]


def test_what_is_approximate_is_counted_and_marked_or_left_out(estimate: Estimate, shown: Shown) -> None:
    files = {
        "goals": "noord,werven,,,100,\nzuid,werven,,,50,\nmidden,werven,,,50,\n",
        "results": "noord,werven,,einde,circa 90,\nzuid,werven,,einde,25,\nmidden,werven,,einde,25,\n",
    }

    assert shown(estimate(**files), "attainment") == [
        "werven einde noord | 0.9 | 90/100 | E approximate",
        "werven einde midden | 0.5 | 25/50",
        "werven einde zuid | 0.5 | 25/50",
        "werven einde | 0.7 | 140/200 | E approximate",
    ]
    without = estimate("{approximate: left_out}", **files)
    assert shown(without, "attainment", group="") == ["werven einde | 0.5 | 50/100 | left out: noord"]
    assert shown(without, "result", group="") == ["werven einde | 50 | 50 | left out: noord"]


def test_a_range_is_held_against_both_its_ends(estimate: Estimate, shown: Shown) -> None:
    frame = estimate(
        goals="noord,werven,,,50/60,\nzuid,werven,,,40,\nmidden,werven,,,50/60,\n",
        results="noord,werven,,einde,30,\nzuid,werven,,einde,20,\nmidden,werven,,einde,0,\n",
    )

    assert shown(frame, "goal", question="werven") == [
        "werven einde noord | 60 [50, 60] | 60 | range",
        "werven einde midden | 60 [50, 60] | 60 | range",
        "werven einde zuid | 40 | 40",
        "werven einde | 160 [140, 160] | 160 | range",
    ]
    assert shown(frame, "attainment") == [
        "werven einde noord | 0.5 [0.5, 0.6] | 30/60 | range of the goal",
        "werven einde midden | 0 | 0/60",
        "werven einde zuid | 0.5 | 20/40",
        "werven einde | 0.3125 [0.3125, 0.3571] | 50/160 | range of the goal",
    ]


def test_a_track_with_parts_has_figures_of_both(estimate: Estimate, shown: Shown) -> None:
    frame = estimate(
        goals="noord,plaatsen,leren,,110,\nnoord,plaatsen,werken,,88,\nmidden,plaatsen,,,60,\n",
        results="noord,plaatsen,leren,einde,21,\nnoord,plaatsen,werken,einde,129,\n"
        "midden,plaatsen,leren,einde,10,\nmidden,plaatsen,werken,einde,5,\n",
    )

    # A goal of the parts in total would leave out the goal of the unit that did not divide it.
    assert shown(frame, "attainment") == [
        "plaatsen einde noord | 0.7576 | 150/198",
        "plaatsen einde midden | 0.25 | 15/60",
        "plaatsen einde zuid | M no_goal",
        "plaatsen einde | 0.6395 | 165/258 | left out: zuid",
        "plaatsen einde leren noord | 0.1909 | 21/110",
        "plaatsen einde werken noord | 1.466 | 129/88",
    ]
    assert shown(frame, "result", category="leren") == [
        "plaatsen einde leren noord | 21 | 21",
        "plaatsen einde leren midden | 10 | 10",
        "plaatsen einde leren | 31 | 31 | left out: zuid",
    ]


def test_parts_that_all_units_have_have_totals(estimate: Estimate, shown: Shown) -> None:
    frame = estimate(
        goals="noord,plaatsen,leren,,10,\nnoord,plaatsen,werken,,20,\nmidden,plaatsen,leren,,30,\nmidden,plaatsen,werken,,n.v.t.,\n",
        results="noord,plaatsen,leren,einde,5,\nnoord,plaatsen,werken,einde,5,\nmidden,plaatsen,leren,einde,5,\n"
        "midden,plaatsen,werken,einde,n.v.t.,\n",
    )

    assert shown(frame, "attainment", group="", question="plaatsen") == [
        "plaatsen einde | 0.25 | 15/60 | left out: zuid",
        "plaatsen einde leren | 0.25 | 10/40 | left out: zuid",
        "plaatsen einde werken | 0.25 | 5/20 | left out: midden, zuid",
    ]


def test_goals_stand_there_before_anything_is_measured(estimate: Estimate, shown: Shown) -> None:
    frame = estimate(goals="noord,werven,,,50,\n")

    assert shown(frame, "goal", question="werven") == [
        "werven start noord | 50 | 50",
        "werven start midden | M no_goal",
        "werven start zuid | M no_goal",
        "werven start | 50 | 50 | left out: midden, zuid",
    ]
    assert not shown(frame, "result")
    assert not shown(frame, "attainment")


def test_a_goal_of_nothing_has_no_realisation(estimate: Estimate, shown: Shown) -> None:
    frame = estimate(goals="noord,werven,,,0,\n", results="noord,werven,,einde,circa 5,\n")

    assert shown(frame, "attainment", group="noord") == ["werven einde noord | M divides_by_zero"]
    assert shown(frame, "attainment", group="") == ["werven einde | M divides_by_zero"]
    for measure in ("goals_reached", "goals_nearly", "goals_missed"):
        assert shown(frame, measure, question="werven", group="") == ["werven einde | M divides_by_zero"]


def test_a_goal_of_nothing_adds_nothing_to_a_total(estimate: Estimate, shown: Shown) -> None:
    frame = estimate(
        goals="noord,werven,,,0,\nmidden,werven,,,20,\nzuid,werven,,,0,\n",
        results="noord,werven,,einde,5,\nmidden,werven,,einde,10,\nzuid,werven,,einde,0,\n",
    )

    # With the 5 of noord, which has nothing to be a part of, midden would seem to have done more: 15 of 20.
    assert shown(frame, "attainment", group="") == ["werven einde | 0.5 | 10/20 | left out: noord, zuid"]
    assert shown(frame, "goals_set", question="werven", group="") == ["werven einde | 3 | 3/3"]
    assert shown(frame, "goals_reached", question="werven", group="") == ["werven einde | 0 | 0/1"]


def test_a_gap_rounds_as_it_is_on_paper(estimate: Estimate) -> None:
    frame = estimate(goals="noord,werven,,,200,\n", results="noord,werven,,start,0,\nnoord,werven,,halverwege,113,\n")

    # Halfway half is expected: 56.5% - 50% = 6.5%, where subtracting binary fractions gives 6.499999999999995%.
    gaps = frame[(frame["measure"] == "attainment_gap") & (frame["item"] == "halverwege")]["estimate"]
    assert [str(percentage(gap)) for gap in gaps] == ["7", "7"]


def test_progress_is_held_against_a_straight_line_between_the_moments(estimate: Estimate, shown: Shown) -> None:
    frame = estimate(
        goals="noord,werven,,,50,\nmidden,werven,,,100,\n",
        results="noord,werven,,start,0,\nnoord,werven,,halverwege,30,\nnoord,werven,,einde,50,\n"
        "midden,werven,,halverwege,30,\n",
    )

    # January 2024 to January 2025 is twelve months; July is the sixth.
    assert shown(frame, "expected_attainment", group="noord") == [
        "werven start noord | 0 | 0/12 | line of the moments",
        "werven halverwege noord | 0.5 | 6/12 | line of the moments",
        "werven einde noord | 1 | 12/12 | line of the moments",
    ]
    assert shown(frame, "attainment_gap", item="halverwege") == [
        "werven halverwege noord | 0.1 | line of the moments",
        "werven halverwege midden | -0.2 | line of the moments",
        "werven halverwege | -0.1 | weighted by the goals; left out: zuid",
    ]


def test_a_unit_with_months_of_its_own_has_a_line_of_its_own(estimate: Estimate, shown: Shown) -> None:
    frame = estimate(
        goals="noord,werven,,,50,\nmidden,werven,,,150,\nzuid,werven,,,10,\n",
        results="noord,werven,,halverwege,30,\nmidden,werven,,halverwege,30,\nzuid,werven,,halverwege,1,\n",
        durations="noord,2024-04,2024-09,2024-11,\nmidden,2024-01,2024-07,,\nzuid,2024-09,2024-12,,\n",
    )

    # April to July is four of the eight months until November; January to July are all seven; September is still to come.
    assert shown(frame, "expected_attainment") == [
        "werven halverwege noord | 0.5 | 4/8 | line of its duration",
        "werven halverwege midden | 1 | 7/7 | line of its duration",
        "werven halverwege zuid | 0 | 0/4 | line of its duration",
        # 25 of 50, 150 of 150 and 0 of 10.
        "werven halverwege | 0.8333 | weighted by the goals",
    ]


def test_a_goal_that_changed_halfway_counts_from_then_on(estimate: Estimate, shown: Shown) -> None:
    frame = estimate(
        goals="noord,werven,,,50,\nnoord,werven,,einde,20,\n",
        results="noord,werven,,halverwege,10,\nnoord,werven,,einde,20,\n",
    )

    assert shown(frame, "attainment", group="noord") == [
        "werven halverwege noord | 0.2 | 10/50",
        "werven einde noord | 1 | 20/20",
    ]


CELLS = st.tuples(st.integers(1, 500), st.integers(0, 500))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(cells=st.lists(CELLS, min_size=3, max_size=3), order=st.permutations([0, 1, 2]))
def test_the_order_of_rows_changes_nothing_and_totals_add_up(
    estimate: Estimate, cells: list[tuple[int, int]], order: list[int]
) -> None:
    units = ("noord", "midden", "zuid")
    goals = [f"{unit},werven,,,{goal},\n" for unit, (goal, _) in zip(units, cells, strict=True)]
    results = [f"{unit},werven,,einde,{result},\n" for unit, (_, result) in zip(units, cells, strict=True)]

    frame = estimate(goals="".join(goals), results="".join(results))
    other = estimate(goals="".join(goals[i] for i in order), results="".join(results[i] for i in order[::-1]))

    pd.testing.assert_frame_equal(frame, other)
    total = frame[(frame["measure"] == "attainment") & (frame["by"] == "")].iloc[0]
    assert (total["numerator"], total["denominator"]) == (sum(r for _, r in cells), sum(g for g, _ in cells))
    assert total["estimate"] == float(Fraction(int(total["numerator"]), int(total["denominator"])))


@pytest.mark.parametrize("measure", ["attainment", "expected_attainment", "attainment_gap"])
def test_nothing_is_said_of_a_track_without_results(estimate: Estimate, shown: Shown, measure: str) -> None:
    frame = estimate(goals="noord,plaatsen,,,50,\n", results="noord,werven,,einde,5,\n")

    assert not shown(frame, measure, question="plaatsen")
