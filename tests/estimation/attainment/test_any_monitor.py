"""What holds of the figures of any monitor, whatever people write in its cells."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srsmeting.estimates import STATUSES
from srsmeting.presentation.signs import REASONS

Estimate = Callable[..., pd.DataFrame]

MEASURES = (
    "goals_reached",
    "goals_nearly",
    "goals_missed",
    "goals_set",
    "goal",
    "result",
    "attainment",
    "expected_attainment",
    "attainment_gap",
)
UNITS, TRACKS, MOMENTS = ("noord", "midden", "zuid"), ("werven", "plaatsen"), ("start", "halverwege", "einde")
ABSENT = ("-", "n.v.t.", "nog n.v.t.", "onbekend", "gezegd: weinig")

COUNTS = st.integers(0, 60).map(str)
GOALS = st.one_of(COUNTS, st.sampled_from([*ABSENT, "vervallen", "50/60", "10 + 8", "circa 40", "0/9", "1.047"]))
RESULTS = st.one_of(COUNTS, st.sampled_from([*ABSENT, "circa 40", "10 + 8"]))
RULES = st.sampled_from(["", "{missing: no_total}", "{approximate: left_out}", "{nearly: 0.5}"])


def cells(values: st.SearchStrategy[str], moments: tuple[str, ...]) -> st.SearchStrategy[dict[tuple[str, ...], str]]:
    places = st.tuples(st.sampled_from(UNITS), st.sampled_from(TRACKS), st.sampled_from(moments))
    return st.dictionaries(places, values, min_size=1, max_size=14)


def rows(cells: dict[tuple[str, ...], str]) -> str:
    return "".join(f"{unit},{track},,{moment},{value},waarom\n" for (unit, track, moment), value in cells.items())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(goals=cells(GOALS, ("", "halverwege", "einde")), results=cells(RESULTS, MOMENTS), rules=RULES)
def test_figures_agree_with_each_other(
    estimate: Estimate, goals: dict[tuple[str, ...], str], results: dict[tuple[str, ...], str], rules: str
) -> None:
    frame = estimate(rules, goals=rows(goals), results=rows(results))
    figures = {(row["question"], row["item"], row["group"], row["measure"]): row for row in frame.to_dict("records")}

    assert len(figures) == len(frame)
    assert set(frame["status"]) <= set(STATUSES)
    assert set(frame.loc[frame["status"] == "M", "reason"]) <= set(REASONS)
    assert frame.loc[frame["status"] == "M", ["estimate", "ci_low", "ci_high"]].isna().all(axis=None)
    for question, item, group, measure in figures:
        of = {name: figures.get((question, item, group, name), {}) for name in MEASURES}
        if measure == "goals_missed" and pd.notna(of[measure]["estimate"]):
            told = sum(of[name]["estimate"] for name in MEASURES[:3])
            assert told == of[measure]["denominator"] <= of["goals_set"]["estimate"]
        if measure == "attainment_gap":
            gap = of["attainment"]["estimate"] - of["expected_attainment"]["estimate"]
            assert abs(gap - of[measure]["estimate"]) < 1e-12
        if measure == "attainment" and pd.notna(of[measure]["estimate"]):
            if group:
                assert of[measure]["estimate"] == of["result"]["estimate"] / of["goal"]["estimate"]
            else:
                _, _, left_out = of[measure]["method"].partition("left out: ")
                units = [unit for unit in UNITS if unit not in left_out.split(", ")]
                _is_of(of[measure], [figures[question, item, unit, measure] for unit in units])


def _is_of(total: dict[str, Any], parts: list[dict[str, Any]]) -> None:
    """Assert that a realisation of all together has their counts, and lies between theirs."""
    for count in ("numerator", "denominator"):
        assert total[count] == sum(part[count] for part in parts)
    shares = [part["estimate"] for part in parts]
    assert min(shares) <= total["estimate"] <= max(shares)
