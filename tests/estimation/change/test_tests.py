"""P-values and intervals against statsmodels, scipy and published examples."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar

from srsmeting.errors import UnknownNameError
from srsmeting.estimates import pick
from srsmeting.estimation import Design, wilson_interval
from srsmeting.estimation.change import (
    Wave,
    estimate_changes,
    mcnemar_test,
    paired_t_test,
    panel_changes,
    share_change_interval,
)


@pytest.mark.parametrize(("lost", "won"), [(1, 7), (7, 1), (4, 4), (0, 6), (0, 1), (12, 30), (150, 111)])
def test_mcnemar_is_that_of_statsmodels(lost: int, won: int) -> None:
    expected = mcnemar([[5, lost], [won, 3]], exact=True).pvalue

    assert mcnemar_test(lost, won, "exact") == pytest.approx(expected, abs=1e-10)


def test_mid_p_is_as_published() -> None:
    """Fagerland, Lydersen and Laake (2013): 1 against 7 has mid-p .0391; 59 against 6 of 325 is beyond doubt."""
    assert mcnemar_test(1, 7).round(4) == 0.0391
    assert mcnemar_test(4, 4) == pytest.approx(1 - 70 / 256 / 2, abs=1e-12)
    assert mcnemar_test(0, 0) == 1.0


def test_another_test_is_refused() -> None:
    with pytest.raises(UnknownNameError) as caught:
        mcnemar_test(1, 7, "midp")
    assert str(caught.value) == "mcnemar_test(): no test 'midp'. Did you mean 'mid_p'? Known: 'mid_p', 'exact'."


def test_paired_t_is_that_of_scipy() -> None:
    rng = np.random.default_rng(4)
    first, second = rng.normal(6, 1, 40), rng.normal(6.4, 1, 40)
    expected = stats.ttest_rel(second, first)

    mean, se, p = paired_t_test(second - first)

    assert mean / se == pytest.approx(expected.statistic, abs=1e-10)
    assert p == pytest.approx(expected.pvalue, abs=1e-10)


@pytest.mark.parametrize(
    ("differences", "expected"),
    [
        ([], (None, None, None)),
        ([2.0], (2.0, None, None)),
        ([0.0, 0.0], (0.0, 0.0, 1.0)),
        ([1.0, 1.0, np.nan], (1.0, 0.0, None)),
        # In the numbers of a computer 1.1 - 1 and 12.4 - 12.3 differ from 0.1 and from each other.
        ([0.1, 1.1 - 1.0, 12.4 - 12.3], (0.1, 0.0, None)),
    ],
)
def test_too_little_to_pair(differences: list[float], expected: tuple[float | None, ...]) -> None:
    found = paired_t_test(differences)

    assert [None if np.isnan(value) else value for value in found] == list(expected)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((48, 80), (56, 70), 0.0524, 0.3339),
        ((3, 10), (9, 10), 0.1705, 0.8090),
        ((2, 7), (6, 7), 0.0582, 0.8062),
        ((0, 29), (5, 56), -0.0381, 0.1926),
        ((0, 20), (0, 10), -0.1611, 0.2775),
        ((0, 10), (10, 10), 0.6075, 1.0),
    ],
)
def test_newcombe_independent(first: tuple[int, int], second: tuple[int, int], low: float, high: float) -> None:
    """Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10."""
    ends = [wilson_interval(count / n, n, np.inf) for count, n in (first, second)]
    found = share_change_interval(first[0] / first[1], ends[0], second[0] / second[1], ends[1])

    assert [float(np.round(end, 4)) for end in found] == [low, high]


def test_no_overlap_known_is_welch(make_answers: Callable[..., Any]) -> None:
    """Of two measurements that cannot be linked the means are compared as Welch does."""
    rng = np.random.default_rng(6)
    first, second = rng.normal(5, 2, 35), rng.normal(6, 1, 20)
    waves = [
        Wave(make_answers(["goed"] * len(v), aantal=v.tolist()), Design.simple_random(len(v), 60), meting=f"m-{n}")
        for n, v in enumerate((first, second))
    ]
    expected = stats.ttest_ind(second, first, equal_var=False)

    frame = estimate_changes(waves[0], waves[1], "aantal")

    assert pick(frame, "aantal", measure="change_p")["estimate"] == pytest.approx(expected.pvalue, abs=1e-10)
    row, ends = pick(frame, "aantal", measure="change"), expected.confidence_interval()
    assert (row["ci_low"], row["ci_high"]) == pytest.approx((ends.low, ends.high), abs=1e-10)
    assert (row["status"], row["reason"], row["method"]) == ("U", "unknown_overlap", "against m-0; t_unlinked")


def test_the_same_organisations_of_a_large_frame_is_paired_t(make_answers: Callable[..., Any]) -> None:
    """When the same few out of very many answer both times nothing is left of the finite population."""
    rng = np.random.default_rng(6)
    first = rng.normal(5, 2, 30)
    second = first + rng.normal(0.5, 1, 30)
    units, size = [f"o{n}" for n in range(30)], 10**9
    waves = [
        Wave(make_answers(["goed"] * 30, aantal=v.tolist()), Design.simple_random(30, size), units, meting=f"m-{n}")
        for n, v in enumerate((first, second))
    ]
    expected = stats.ttest_rel(second, first)

    frame = estimate_changes(waves[0], waves[1], "aantal")
    panel = panel_changes(waves[0], waves[1], "aantal")

    assert pick(frame, "aantal", measure="change_p")["estimate"] == pytest.approx(expected.pvalue, rel=1e-5)
    assert pick(panel, "aantal", measure="panel_change_p")["estimate"] == pytest.approx(expected.pvalue, abs=1e-10)
    ends = expected.confidence_interval()
    row = pick(panel, "aantal", measure="panel_change")
    assert (row["ci_low"], row["ci_high"]) == pytest.approx((ends.low, ends.high), abs=1e-10)


def test_detectable_change_is_80_percent_power(make_town: Callable[..., Any]) -> None:
    """2.80 standard errors where there are many respondents: Bloom (1995)."""
    town = make_town(900, 0, 0, 2)
    names = list(town.first.index)
    frame = estimate_changes(town.wave(1, names[:500]), town.wave(2, names[300:800]), "vormen")
    rows = frame.pivot_table(index="category", columns="measure", values="estimate")
    errors = frame[frame["measure"] == "change"].set_index("category")["se"]

    assert (rows["detectable_change"] / errors).to_numpy() == pytest.approx(2.806, abs=0.003)
