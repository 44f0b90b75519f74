"""A programme of five regions, three tracks and four quarters, added up on paper."""

from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

from srsmeting.estimation.attainment import estimate_goals
from srsmeting.goals import load_monitor

METING = """\
kind: goals
meting: vijf
title: Vijf regio's
units: {by: regio, list: [{id: a, label: A}, {id: b, label: B}, {id: c, label: C}, {id: d, label: D}, {id: e, label: E}]}
tracks:
  - {id: werven, label: Werven}
  - {id: voor, label: Voorschakelen}
  - {id: plaats, label: Plaatsen, parts: [{id: bbl, label: Bbl}, {id: baan, label: Baan}]}
moments:
  - {id: q1, label: Q1, date: 2027-03}
  - {id: q2, label: Q2, date: 2027-06}
  - {id: q3, label: Q3, date: 2027-09}
  - {id: q4, label: Q4, date: 2027-12}
files: {goals: goals.csv, results: results.csv, durations: durations.csv}
"""
FILES = {
    "goals.csv": """\
unit,track,part,from_moment,value,note
a,werven,,,80,
a,werven,,q3,100,Verhoogd
a,voor,,,50/60,
a,voor,,q2,55,Vastgesteld
a,plaats,bbl,,20,
a,plaats,baan,,10 + 12,
b,werven,,,circa 90,
b,voor,,,-,
b,plaats,,,40,
c,werven,,,40,
c,voor,,,30,
c,voor,,q3,vervallen,Geen lokaal
c,plaats,bbl,,15,
c,plaats,baan,,n.v.t.,
d,werven,,,1.047,
d,voor,,,0,
d,plaats,,,10/20,
e,werven,,,40,
e,voor,,,n.v.t.,
e,plaats,,,8,
""",
    "results.csv": """\
unit,track,part,moment,value
a,werven,,q1,9
a,werven,,q2,50
a,werven,,q3,45
a,werven,,q4,99
a,voor,,q1,0
a,voor,,q2,20
a,voor,,q3,40
a,voor,,q4,55
a,plaats,bbl,q2,2
a,plaats,baan,q2,3
a,plaats,bbl,q4,10
a,plaats,baan,q4,20
b,werven,,q1,circa 20
b,werven,,q2,45
b,werven,,q3,60
b,werven,,q4,85
b,voor,,q4,12
b,plaats,bbl,q4,30
b,plaats,baan,q4,4
c,werven,,q1,9
c,werven,,q2,18
c,werven,,q3,onbekend
c,werven,,q4,34
c,voor,,q1,nog n.v.t.
c,voor,,q2,5
c,voor,,q3,6
c,plaats,bbl,q4,12
c,plaats,baan,q4,n.v.t.
d,werven,,q2,200
d,voor,,q2,0
d,plaats,,q2,9
d,plaats,,q4,9
e,werven,,q4,9
""",
    # E has no duration: from March to December.
    "durations.csv": """\
unit,start,end,extension
a,2027-01,2027-12,
b,2027-01,2027-12,2028-06
c,2027-04,2027-09,
d,2026-10,2027-12,2028-03
""",
}

#: Per track and quarter: results and goals of those with both, and what straight lines would have brought.
ON_PAPER = {
    ("werven", "q1"): (9 + 20 + 9, 80 + 90 + 40, Fraction(80 * 3, 12) + Fraction(90 * 3, 18) + 0),
    ("werven", "q2"): (50 + 45 + 18 + 200, 80 + 90 + 40 + 1047, 40 + 30 + 20 + Fraction(1047, 2)),
    ("werven", "q3"): (45 + 60, 100 + 90, 75 + 45),
    ("werven", "q4"): (99 + 85 + 34 + 9, 100 + 90 + 40 + 40, 100 + 60 + 40 + 40),
    ("voor", "q1"): (0, 60, 15),
    ("voor", "q2"): (20 + 5, 55 + 30, Fraction(55, 2) + 15),
    ("voor", "q3"): (40, 55, Fraction(55 * 9, 12)),
    ("voor", "q4"): (55, 55, 55),
    ("plaats", "q2"): (5 + 9, 42 + 20, 21 + 10),
    ("plaats", "q4"): (
        30 + 34 + 12 + 9,
        42 + 40 + 15 + 20,
        42 + Fraction(40 * 12, 18) + 15 + Fraction(20 * 15, 18),
    ),
}

#: Goals set, reached, nearly reached and missed: of D, 9 of 10 is nearly reached; the goal of 0 is nobody's to reach.
COUNTED = {"q1": (13, 0, 0, 4), "q2": (13, 0, 1, 7), "q3": (12, 0, 0, 3), "q4": (12, 1, 5, 3)}


@pytest.fixture
def totals(tmp_path: Path) -> dict[tuple[str, str, str], dict[str, object]]:
    """Estimate the programme, and keep what is of all regions together."""
    for name, text in {"meting.yaml": METING, **FILES}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    frame: pd.DataFrame = estimate_goals(load_monitor(tmp_path))
    rows = frame[(frame["by"] == "") & (frame["category"] == "")].to_dict("records")
    return {(row["question"], row["item"], row["measure"]): row for row in rows}


def test_every_total_is_the_one_on_paper(totals: dict[tuple[str, str, str], dict[str, object]]) -> None:
    found = {(track, item) for track, item, measure in totals if measure == "attainment"}
    assert found == set(ON_PAPER)
    for (track, item), (result, goal, line) in ON_PAPER.items():
        attainment = totals[track, item, "attainment"]
        assert (attainment["numerator"], attainment["denominator"]) == (result, goal)
        assert attainment["estimate"] == float(Fraction(result, goal))
        assert totals[track, item, "expected_attainment"]["estimate"] == float(Fraction(line) / goal)
        assert totals[track, item, "attainment_gap"]["estimate"] == float((result - Fraction(line)) / goal)


@pytest.mark.parametrize("moment", COUNTED)
def test_every_goal_is_counted_as_on_paper(totals: dict[tuple[str, str, str], dict[str, object]], moment: str) -> None:
    measures = ("goals_set", "goals_reached", "goals_nearly", "goals_missed")
    assert tuple(totals["", moment, measure]["estimate"] for measure in measures) == COUNTED[moment]


def test_what_every_total_leaves_out_is_told(totals: dict[tuple[str, str, str], dict[str, object]]) -> None:
    assert {moment: totals["werven", moment, "attainment"]["method"] for moment in ("q1", "q2", "q3", "q4")} == {
        "q1": "left out: d, e",
        "q2": "left out: e",
        "q3": "left out: c, d, e",
        "q4": "left out: d",
    }
    # C dropped its goal, and its 6 are in no realisation; D's goal of 0 has none.
    assert totals["voor", "q2", "attainment"]["method"] == "left out: b, d, e"
    assert totals["voor", "q3", "attainment"]["method"] == "left out: b, c, d, e"
    assert totals["voor", "q3", "result"]["estimate"] == 40 + 6
    assert totals["duur", "", "months"]["estimate"] == (12 + 18 + 6 + 18) / 4
    assert totals["duur", "", "months_planned"]["estimate"] == (12 + 12 + 6 + 15) / 4
