"""Errors as they are printed: a standard error that is written out tells of who answered both times."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest

from srsmeting.estimates import bind_estimates, pick
from srsmeting.estimation import Design
from srsmeting.estimation.change import Wave, estimate_changes, panel_changes, round_changes, round_errors


@pytest.fixture
def waves(make_answers: Callable[..., Any]) -> tuple[Wave, Wave]:
    """Two of 30 out of 80, of which 5 answered both times: 2 said yes both times, 1 only first, 2 only later."""
    first = ["goed"] * 3 + ["matig"] * 2 + ["goed"] * 14 + ["matig"] * 11
    second = ["goed"] * 2 + ["matig"] + ["goed"] * 2 + ["goed"] * 6 + ["matig"] * 19
    frame = [f"o{n}" for n in range(80)]
    units = frame[:30], frame[:5] + frame[40:65]
    one, two = (
        Wave(make_answers(given), Design.simple_random(30, 80), who, frame, meting=f"m-{number}")
        for number, (given, who) in enumerate(zip((first, second), units, strict=True), start=1)
    )
    return one, two


def fitting(low: float, high: float) -> set[tuple[int, ...]]:
    """Return every way in which up to 9 can have answered twice, with a standard error from low to high.

    By hand: 17 and 10 of 30, and the formula for simple random samples that overlap.
    """
    p1, p2, f = 17 / 30, 10 / 30, 30 / 80
    spread = sum((1 - f) * p * (1 - p) / 29 for p in (p1, p2))
    found = set()
    for both, lost, won, neither in product(range(10), repeat=4):
        n = both + lost + won + neither
        if not 2 <= n <= 9:
            continue
        centred = both - (both + lost) * (both + won) / n
        se = np.sqrt(max(spread - 2 * (n - f * f * 80) / (n - 1) * centred / 30**2, 0))
        if low <= se <= high:
            found.add((both, lost, won, neither))
    return found


def test_a_standard_error_gives_the_panel_away_and_a_rounded_interval_does_not(waves: tuple[Wave, Wave]) -> None:
    exact = estimate_changes(*waves, "oordeel")
    frame = bind_estimates(exact, panel_changes(*waves, "oordeel", min_base=10))
    assert set(frame.loc[frame["measure"] == "panel_change", "reason"]) == {"small_base"}
    row = pick(exact, "oordeel", "goed", measure="change")
    told = fitting(row["se"] - 1e-9, row["se"] + 1e-9)
    # Of 710 ways, and both times, lost and won can stand for their opposites.
    assert told == {(2, 1, 2, 0), (2, 2, 1, 0), (0, 1, 2, 2), (0, 2, 1, 2), (0, 4, 5, 0), (0, 5, 4, 0)}

    printed = pick(round_errors(frame), "oordeel", "goed", measure="change")
    assert np.isnan(printed["se"])
    assert printed["estimate"] == row["estimate"] == pytest.approx(-7 / 30)
    assert (printed["ci_low"], printed["ci_high"]) == (
        np.floor(row["ci_low"] * 100) / 100,
        np.ceil(row["ci_high"] * 100) / 100,
    )
    # An interval of whole percentages is a standard error to within a quarter of a percentage.
    width = (printed["ci_high"] - printed["ci_low"]) / (row["ci_high"] - row["ci_low"])
    left = fitting(row["se"] / width, row["se"] * width)
    assert {sum(way) for way in left} == {4, 5, 6, 7, 8, 9}
    assert len(left) >= 100


def test_where_the_panel_is_shown_errors_stay(waves: tuple[Wave, Wave]) -> None:
    frame = bind_estimates(estimate_changes(*waves, "oordeel"), panel_changes(*waves, "oordeel"))
    assert round_errors(frame).equals(frame)


def test_p_values_are_rounded_and_significance_stays(waves: tuple[Wave, Wave]) -> None:
    frame = estimate_changes(*waves, "oordeel")
    p = frame["measure"].isin(["change_p", "change_p_holm"]) & (frame["category"] == "goed")
    frame.loc[p, "estimate"] = [0.0496, 0.0504]
    assert round_changes(frame).loc[p, "estimate"].tolist() == [0.049, 0.05]
