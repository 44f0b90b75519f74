"""Welch, Games-Howell and Kruskal-Wallis against base R, Wald's F against R's survey package."""

from __future__ import annotations

import warnings
from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd
import pingouin
import pytest

from srsmeting.estimation import Design, covariance
from srsmeting.estimation.comparisons import games_howell, kruskal_test, wald_test, welch_test
from srsmeting.estimation.comparisons.means import design_pairs

#: Three groups, the last of them empty of spread or of respondents in the cases below.
VALUES, GROUPS = [1.0, 2, 3, 4, 4, 6, 7, 9], [0, 0, 0, 0, 1, 1, 1, 1]


@pytest.fixture(scope="module")
def marks(synth: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    return synth["mark"].to_numpy(), synth["size"].to_numpy() - 1


def test_welch_equals_r(marks: tuple[np.ndarray, np.ndarray], reference: dict[str, Any]) -> None:
    found, expected = welch_test(*marks), reference["base"]["welch_synth_mark_size"]
    np.testing.assert_allclose([found.statistic, found.df1, found.df2, found.p], list(expected.values()), rtol=1e-10)
    f, n = expected["F"], 287
    assert found.effect_size == pytest.approx(4 * (f - 1) / (4 * (f - 1) + n))
    assert (found.method, found.base, found.status) == ("welch", 287, "A")


def test_kruskal_equals_r(marks: tuple[np.ndarray, np.ndarray], reference: dict[str, Any]) -> None:
    found, expected = kruskal_test(*marks), reference["base"]["kruskal_synth_mark_size"]
    np.testing.assert_allclose([found.statistic, found.p], [expected["H"], expected["p"]], rtol=1e-10)
    assert found.effect_size == pytest.approx(expected["H"] / 286)


def test_games_howell_equals_r(marks: tuple[np.ndarray, np.ndarray], reference: dict[str, Any]) -> None:
    found, expected = games_howell(*marks), reference["base"]["games_howell_synth_mark_size"]
    assert list(zip(found.first + 1, found.second + 1, strict=True)) == [(int(r["A"]), int(r["B"])) for r in expected]
    for values, name in ((found.difference, "diff"), (found.se, "se_pingouin"), (found.df, "df"), (found.p, "p")):
        # The studentized range of scipy differs 4e-10 from R's.
        np.testing.assert_allclose(values, [row[name] for row in expected], rtol=1e-9, atol=1e-9)


def test_wald_equals_r(
    marks: tuple[np.ndarray, np.ndarray], designs: dict[str, Design], reference: dict[str, Any]
) -> None:
    found, expected = wald_test(*marks, designs["synth_srs_fpc"]), reference["wald_anova"]["synth_mark_size"]
    np.testing.assert_allclose([found.statistic, found.df1, found.df2, found.p], list(expected.values()), rtol=1e-9)


def test_eta_squared_on_paper() -> None:
    """Means 2.5 and 6.5: 8 x 4 between, and 5 + 13 within."""
    found = wald_test(VALUES, GROUPS, Design.simple_random(8, 80))
    assert found.effect_size == pytest.approx(32 / 50)


@pytest.mark.parametrize("name", ["synth_srs_fpc", "synth_strat_fpc", "raked", "fpc"])
def test_pairs_under_a_design(
    name: str, marks: tuple[np.ndarray, np.ndarray], designs: dict[str, Design], reference: dict[str, Any]
) -> None:
    """Two groups at a time, the slow way: the influence of both in one sum."""
    (z, g), design = marks, designs[name]
    found = design_pairs(z, g, design, "none")
    w, known = design.each, np.isfinite(z)
    for place, (a, b) in enumerate(zip(found.first, found.second, strict=True)):
        u = np.zeros(len(z))
        for group, sign in ((a, 1), (b, -1)):
            inside = (g == group) & known
            u[inside] += sign * w[inside] * (z[inside] - np.average(z[inside], weights=w[inside])) / w[inside].sum()
        assert found.se[place] == pytest.approx(np.sqrt(covariance(u, design)[0, 0]))
    if name == "synth_srs_fpc":
        by_size = reference["svyby"][name]["mark_by_size"]
        assert found.difference[0] == pytest.approx(by_size["mark"][0] - by_size["mark"][1])
        assert found.se[0] == pytest.approx(np.hypot(by_size["se"][0], by_size["se"][1]))


def test_hedges_g_is_the_same_with_and_without_a_design(marks: tuple[np.ndarray, np.ndarray], design: Design) -> None:
    np.testing.assert_allclose(games_howell(*marks).hedges_g, design_pairs(*marks, design, "holm").hedges_g)


@pytest.mark.parametrize(
    ("values", "groups", "welch", "kruskal", "wald"),
    [
        ([], [], ("O", "no_base"), ("O", "no_base"), ("O", "no_base")),
        ([np.nan, 1.0], [0, -1], ("O", "no_base"), ("O", "no_base"), ("O", "no_base")),
        ([1.0, 2.0], [1, 1], ("M", "one_group"), ("M", "one_group"), ("M", "one_group")),
        ([*VALUES, 5.0], [*GROUPS, 2], ("U", "one_respondent"), ("U", "few_respondents"), ("U", "one_respondent")),
        ([*VALUES, 5.0, 5.0], [*GROUPS, 2, 2], ("U", "no_spread"), ("U", "few_respondents"), ("U", "no_spread")),
        ([5.1] * 8, GROUPS, ("U", "no_spread"), ("U", "no_spread"), ("U", "no_spread")),
        (VALUES, [0, 0, 0, 0, 2, 2, 2, 2], ("A", ""), ("U", "few_respondents"), ("A", "")),
    ],
)
def test_every_case_has_an_answer(
    values: list[float], groups: list[int], welch: tuple[str, str], kruskal: tuple[str, str], wald: tuple[str, str]
) -> None:
    design = Design.simple_random(max(len(values), 1), 100)
    found = [welch_test(values, groups), kruskal_test(values, groups), wald_test(values, groups, design)]
    assert [(one.status, one.reason) for one in found] == [welch, kruskal, wald]
    for one in found:
        # Ranks of few respondents are a shaky number; all else that is not A is none.
        assert np.isfinite(one.p) == (one.reason in ("", "few_respondents"))


def test_a_population_that_was_observed_whole_has_no_test() -> None:
    found = wald_test(VALUES, GROUPS, Design.simple_random(8, 8))
    assert (found.status, found.reason) == ("M", "census")


def test_ranks_know_no_weights(designs: dict[str, Design], marks: tuple[np.ndarray, np.ndarray]) -> None:
    found = kruskal_test(*marks, designs["raked"])
    assert (found.status, found.reason) == ("U", "unweighted")


@pytest.mark.parametrize("more", [[5.0], [5.0, 5.0], [5.0, 5.0, 5.0]])
def test_a_group_without_spread_is_in_no_comparison_and_breaks_none(more: list[float]) -> None:
    """Rstatix stops here, and statsmodels divides by 0."""
    alone = games_howell(VALUES, GROUPS)
    found = games_howell([*VALUES, *more], [*GROUPS, *[2] * len(more)])
    assert list(zip(found.first, found.second, strict=True)) == [(0, 1), (0, 2), (1, 2)]
    np.testing.assert_allclose(found.difference, [-4, -2.5, 1.5])
    assert found.p[0] == alone.p[0]
    assert np.isnan(found.p[1:]).all()
    assert np.isnan(found.se[1:]).all()


def test_what_the_library_warns_of_becomes_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    values, groups = [*VALUES, 2.0, 8.0], [*GROUPS, 0, 1]
    for name in ("welch_anova", "kruskal", "pairwise_gameshowell"):
        plain = getattr(pingouin, name)

        def noisy(*args: Any, plain: Any = plain, **options: Any) -> Any:
            warnings.warn("something is the matter", RuntimeWarning, stacklevel=1)
            return plain(*args, **options)

        monkeypatch.setattr(pingouin, name, noisy)
    for found in (welch_test(values, groups), kruskal_test(values, groups)):
        assert (found.status, found.reason) == ("U", "library_warning")
        assert np.isfinite(found.p)
    assert games_howell(values, groups).warned


def test_what_the_library_refuses_becomes_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **options: Any) -> Any:
        raise ValueError("not these numbers")

    for name in ("welch_anova", "kruskal", "pairwise_gameshowell"):
        monkeypatch.setattr(pingouin, name, refuse)
    for found in (welch_test(VALUES, GROUPS), kruskal_test(VALUES, GROUPS)):
        assert (found.status, found.reason) == ("U", "no_spread")
    assert np.isnan(games_howell(VALUES, GROUPS).p).all()


def test_a_single_group_has_no_pairs() -> None:
    assert len(games_howell([1.0, 2.0], [0, 0]).p) == 0


def test_the_order_of_groups_changes_nothing(marks: tuple[np.ndarray, np.ndarray]) -> None:
    """In rstatix p-values depended on the order of levels."""
    z, g = marks
    chosen = g < 3
    z, g = z[chosen], g[chosen]
    plain = games_howell(z, g)
    expected = {frozenset(pair): p for *pair, p in zip(plain.first, plain.second, plain.p, strict=True)}
    for names in permutations(range(3)):
        found = games_howell(z[::-1], np.array(names)[g][::-1])
        back = np.argsort(names)
        for a, b, p in zip(found.first, found.second, found.p, strict=True):
            assert p == pytest.approx(expected[frozenset((back[a], back[b]))], rel=1e-7)
        assert welch_test(z, np.array(names)[g]).p == pytest.approx(welch_test(z, g).p, rel=1e-12)
