"""How many goals were set, reached, nearly reached and missed, by hand."""

from collections.abc import Callable

import pandas as pd
import pytest

Estimate = Callable[..., pd.DataFrame]
Shown = Callable[..., list[str]]

MEASURES = ("goals_set", "goals_reached", "goals_nearly", "goals_missed")

#: 100, 85 and 84 percent of its goal; and one goal without a result.
FILES = {
    "goals": "noord,werven,,,100,\nmidden,werven,,,100,\nzuid,werven,,,100,\nzuid,plaatsen,,,10,\n",
    "results": "noord,werven,,einde,100,\nmidden,werven,,einde,85,\nzuid,werven,,einde,84,\nnoord,plaatsen,,einde,3,\n",
}


def test_goals_are_counted_by_track_by_unit_and_in_all(estimate: Estimate, shown: Shown) -> None:
    frame = estimate(**FILES)

    def of(question: str, group: str) -> list[str]:
        return [row for measure in MEASURES for row in shown(frame, measure, question=question, group=group)]

    assert of("werven", "") == ["werven einde | 3 | 3/3", *["werven einde | 1 | 1/3"] * 3]
    assert of("plaatsen", "") == ["plaatsen einde | 1 | 1/3", *["plaatsen einde | M no_result"] * 3]
    assert of("", "zuid") == [
        "einde zuid | 2 | 2/2",
        "einde zuid | 0 | 0/1",
        "einde zuid | 0 | 0/1",
        "einde zuid | 1 | 1/1",
    ]
    assert of("", "") == ["einde | 4 | 4/6", *["einde | 1 | 1/3"] * 3]
    assert of("werven", "midden")[1:3] == ["werven einde midden | 0 | 0/1", "werven einde midden | 1 | 1/1"]
    assert of("plaatsen", "noord") == [
        "plaatsen einde noord | 0 | 0/1",
        *["plaatsen einde noord | M no_goal"] * 3,
    ]


@pytest.mark.parametrize(
    ("rules", "reached", "nearly", "missed"),
    [("{nearly: 0.8}", 1, 2, 0), ("{reached: 0.84, nearly: 0.5}", 3, 0, 0), ("{nearly: 0.9}", 1, 0, 2)],
)
def test_the_thresholds_are_declared(
    estimate: Estimate, shown: Shown, rules: str, reached: int, nearly: int, missed: int
) -> None:
    frame = estimate(rules, **FILES)

    found = [shown(frame, measure, question="werven", group="") for measure in MEASURES[1:]]
    assert found == [[f"werven einde | {number} | {number}/3"] for number in (reached, nearly, missed)]


def test_a_range_is_reached_at_its_lower_end(estimate: Estimate, shown: Shown) -> None:
    frame = estimate(
        goals="noord,werven,,,50/60,\nmidden,werven,,,50/60,\n",
        results="noord,werven,,einde,50,\nmidden,werven,,einde,49,\n",
    )

    assert [shown(frame, measure, question="werven", group="") for measure in MEASURES[1:]] == [
        ["werven einde | 1 | 1/2"],
        ["werven einde | 1 | 1/2"],
        ["werven einde | 0 | 0/2"],
    ]


def test_goals_in_all_are_those_of_tracks_that_are_not_counted_yet_too(estimate: Estimate, shown: Shown) -> None:
    frame = estimate(
        goals="noord,werven,,,10,\nmidden,werven,,,10,\nnoord,plaatsen,,,5,\n",
        results="noord,werven,,start,1,\nnoord,werven,,einde,10,\nnoord,plaatsen,,einde,2,\n",
    )

    assert shown(frame, "goals_set", question="", group="") == ["start | 3 | 3/6", "einde | 3 | 3/6"]
    assert shown(frame, "goals_set", question="", group="noord") == ["start noord | 2 | 2/2", "einde noord | 2 | 2/2"]
    assert shown(frame, "goals_reached", question="", group="") == ["start | 0 | 0/1", "einde | 1 | 1/2"]
    assert shown(frame, "goals_set", question="plaatsen", group="") == ["plaatsen einde | 1 | 1/3"]


def test_a_goal_dropped_on_a_track_without_results_is_not_set_any_more(estimate: Estimate, shown: Shown) -> None:
    frame = estimate(
        goals="noord,werven,,,10,\nnoord,plaatsen,,,5,\nmidden,plaatsen,,,6,\n"
        "noord,plaatsen,,halverwege,vervallen,Geen plaatsen.\n",
        results="noord,werven,,start,3,\nnoord,werven,,halverwege,10,\n",
    )

    assert shown(frame, "goals_set", question="plaatsen") == [
        "plaatsen halverwege noord | 0 | 0/1",
        "plaatsen halverwege midden | 1 | 1/1",
        "plaatsen halverwege zuid | 0 | 0/1",
        "plaatsen halverwege | 1 | 1/3",
    ]
    assert shown(frame, "goal", question="plaatsen", group="noord") == ["plaatsen halverwege noord | M goal_dropped"]
