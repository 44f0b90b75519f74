"""The variance of a change against every sample that is possible, and against sums over respondents."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

from srsmeting.estimates import pick
from srsmeting.estimation import Design, Margin, covariance, rake
from srsmeting.estimation.change import Wave, change_variance, estimate_changes, link_waves
from srsmeting.estimation.change.compared import compare_waves
from srsmeting.estimation.change.found import find_mean_changes, find_share_changes

#: Answers of 5 organisations that stay, the last of the first year leaves, the last of the second is new.
FIRST = {"share": [1, 0, 1, 1, 0, 0], "mean": [3.0, 7.0, 4.0, 8.0, 2.0, 9.0]}
SECOND = {"share": [1, 1, 1, 0, 0, 1], "mean": [5.0, 6.0, 4.0, 9.0, 1.0, 2.0]}
STAY = 5


def pairs_of_samples(
    n1: int, n2: int, n12: int, births: int, deaths: int
) -> Iterator[tuple[list[int], list[int], float]]:
    """Yield every pair of samples that has this overlap, with its probability.

    Both are simple random samples, and how many newcomers respond says nothing of how many leavers did.
    """
    old, new = range(STAY + deaths), range(STAY, STAY + births)
    for one in itertools.combinations(old, n1):
        before = [unit for unit in one if unit < STAY]
        others = [unit for unit in range(STAY) if unit not in before]
        for kept in range(max(0, n2 - births), min(STAY, n2) + 1):
            chance = math.comb(STAY, kept) * math.comb(births, n2 - kept) / math.comb(STAY + births, n2)
            ways = math.comb(len(before), n12) * math.comb(len(others), kept - n12) * math.comb(births, n2 - kept)
            assert ways, "this overlap cannot always be had"
            for again in itertools.combinations(before, n12):
                for fresh in itertools.combinations(others, kept - n12):
                    for born in itertools.combinations(new, n2 - kept):
                        yield list(one), [*again, *fresh, *born], chance / ways / math.comb(STAY + deaths, n1)


@pytest.mark.parametrize("what", ["share", "mean"])
@pytest.mark.parametrize(
    ("n1", "n2", "n12", "births", "deaths"),
    [
        (3, 3, 2, 0, 0),
        (3, 2, 0, 0, 0),
        (3, 3, 3, 0, 0),
        (2, 3, 1, 0, 0),
        (3, 3, 1, 1, 1),
        (4, 3, 2, 1, 1),
        (3, 3, 2, 0, 1),
    ],
)
def test_every_sample_that_is_possible(what: str, n1: int, n2: int, n12: int, births: int, deaths: int) -> None:
    y = np.array(FIRST[what][: STAY + deaths], dtype=float)
    z = np.array(SECOND[what][: STAY + births], dtype=float)
    drawn = [
        (z[two].mean() - y[one].mean(), chance) for one, two, chance in pairs_of_samples(n1, n2, n12, births, deaths)
    ]
    change, chance = np.array(drawn).T
    mean = (change * chance).sum()
    s12 = np.cov(y[:STAY], z[:STAY])[0, 1]
    sizes = (len(y), len(z), STAY)

    found = change_variance(n1, n2, n12, *sizes, y.var(ddof=1), z.var(ddof=1), s12)

    assert chance.sum() == pytest.approx(1, abs=1e-12)
    assert mean == pytest.approx(z.mean() - y.mean(), abs=1e-12)
    assert found == pytest.approx((chance * (change - mean) ** 2).sum(), abs=1e-12)


@pytest.mark.parametrize("births", [0, 1])
def test_the_estimate_is_right_on_average(births: int, make_answers: Callable[..., Any]) -> None:
    """Over all samples the estimated variance has the true one as its mean, exactly; 4 of 5 (or 6) in the first year."""
    y, z = np.array(FIRST["mean"])[: STAY + births], np.array(SECOND["mean"])[: STAY + births]
    names = [[f"o{unit}" for unit in range(STAY)] + [f"{year}o"] * births for year in (1, 2)]
    drawn = []
    for one, two, chance in pairs_of_samples(4, 3, 2, births, births):
        waves = [
            Wave(
                make_answers(["goed"] * len(chosen), aantal=values[chosen].tolist()),
                Design.simple_random(len(chosen), len(values)),
                [name[unit] for unit in chosen],
                name,
                meting=f"m-{year}",
            )
            for year, (chosen, values, name) in enumerate(zip((one, two), (y, z), names, strict=True))
        ]
        compared = compare_waves("test", waves[0], waves[1], "aantal", None)
        found = find_mean_changes(compared)
        assert found is not None
        variance = sum(side.variance[0] for side in found.sides) - 2 * found.covariance[0]
        drawn.append((z[two].mean() - y[one].mean(), variance, chance))
    change, variance, chance = np.array(drawn).T

    mean = (change * chance).sum()
    assert (variance * chance).sum() == pytest.approx((chance * (change - mean) ** 2).sum(), abs=1e-12)


def test_strata_add_up() -> None:
    rows = [(4, 3, 2, 10, 10, 10, 2.0, 3.0, 1.0), (5, 6, 3, 20, 20, 20, 4.0, 1.0, 0.5)]
    apart = [float(change_variance(*row)) for row in rows]

    together = change_variance(*np.array(rows).T, weight1=np.array([1 / 3, 2 / 3]), weight2=np.array([1 / 3, 2 / 3]))

    assert together == pytest.approx(apart[0] / 9 + apart[1] * 4 / 9, abs=1e-15)


def test_an_overlap_by_chance_is_that_of_independent_samples() -> None:
    """40 of 100 and 30 of 100 have 12 in common."""
    found = change_variance(40, 30, 12, 100, 100, 100, 2.0, 3.0, 1.5)

    assert found == pytest.approx(0.6 * 2 / 40 + 0.7 * 3 / 30, abs=1e-15)


def test_nobody_in_common_is_worth_the_correction() -> None:
    """Without anyone in both, answers that do not change have the variance of samples that are not corrected."""
    found = change_variance(40, 30, 0, 100, 100, 100, 2.0, 2.0, 2.0)

    assert found == pytest.approx(2 / 40 + 2 / 30, abs=1e-15)


@pytest.mark.parametrize("kind", ["simple", "stratified", "raked", "raked strata"])
@pytest.mark.parametrize("by", [None, "regio"])
def test_sums_give_what_respondents_give(kind: str, by: str | None, make_town: Callable[..., Any]) -> None:
    """The covariance from crossed counts is that of influences, one by one; organisations change group and stratum."""
    town = make_town(200, 30, 20, 5)
    rng = np.random.default_rng(8)
    names = [list(town.first.index), list(town.second.index)]
    first = sorted(rng.choice(names[0], 90, replace=False))
    second = sorted({*(unit for unit in first[:60] if unit in names[1]), *rng.choice(names[1], 40, replace=False)})
    waves = []
    for year, (chosen, table) in enumerate(zip((first, second), (town.first, town.second), strict=True), start=1):
        sizes = np.bincount(table.grootte)
        design = Design.simple_random(len(chosen), len(table))
        if "strat" in kind:
            design = Design.stratified(table.loc[chosen].grootte.to_numpy(), sizes.tolist())
        if "raked" in kind:
            groups = ("noord", "zuid", "west")
            place = [groups.index(region) for region in table.loc[chosen].regio]
            counts = [float((table.regio == group).sum()) for group in groups]
            margins = [Margin("regio", groups, place, counts)]
            if kind == "raked":
                margins.append(Margin("grootte", ("0", "1"), table.loc[chosen].grootte.to_numpy(), sizes.astype(float)))
            design = design.calibrated(rake(margins, design.each))
        waves.append(
            town.wave(year, chosen, design, frame_strata=table.grootte.to_numpy() if "strat" in kind else None)
        )
    compared = compare_waves("test", waves[0], waves[1], None, by)

    for found in (find_share_changes(compared), find_mean_changes(compared)):
        assert found is not None
        for row in range(len(found.covariance)):
            key = [found.keys.question[row], found.keys.category[row], found.keys.group[row]]
            influences = [
                influence(table.loc[wave.units.tolist()], wave.design, *key)
                for wave, table in zip(waves, (town.first, town.second), strict=True)
            ]
            expected = by_hand(influences, waves, compared.overlap)
            assert found.covariance[row] == pytest.approx(expected, rel=1e-9, abs=1e-15), key
            for side, wave, u in zip(found.sides, waves, influences, strict=True):
                if not side.flat[row] and np.isfinite(side.variance[row]):
                    own = covariance(u, wave.design)[0, 0]
                    assert side.variance[row] == pytest.approx(own, rel=1e-9, abs=1e-15)


def influence(rows: pd.DataFrame, design: Design, question: str, category: str, group: str) -> np.ndarray:
    """Return how much each respondent moves a share or a mean."""
    inside = np.ones(len(rows), dtype=bool) if not group else (rows.regio == group).to_numpy()
    if question == "vormen":
        values = rows.vormen.map(lambda v: any(c in v for c in ("ab" if category == "ab" else category)))
    elif question == "oordeel":
        inside = inside & rows.oordeel.notna().to_numpy()
        values = rows.oordeel.isin(["goed", "matig"] if category == "niet_slecht" else [category])
    else:
        values = rows[question] if not category else rows[question].astype(str) == category
    z, w = values.to_numpy(dtype=float), np.where(inside, design.each, 0.0)
    mean = (w * z).sum() / w.sum()
    return np.asarray(w * (z - mean) / w.sum())


def by_hand(influences: list[np.ndarray], waves: list[Wave], overlap: Any) -> float:
    """Return the covariance, respondent by respondent."""
    e = [residual(u, wave.design) for u, wave in zip(influences, waves, strict=True)]
    first, second = e[0][overlap.first], e[1][overlap.second]
    total = squares = number = unseen = 0.0
    for pair, (n12, expected) in enumerate(zip(overlap.n12, overlap.expected, strict=True)):
        a, b = first[overlap.pair == pair], second[overlap.pair == pair]
        if n12 > 1:
            own = ((a - a.mean()) * (b - b.mean())).sum()
            total += (n12 - expected) / (n12 - 1) * own
            squares, number = squares + own, number + n12 - 1
        else:
            unseen += n12 - expected
    return total + unseen * squares / number


def residual(u: np.ndarray, design: Design) -> np.ndarray:
    """Return what the margins leave unexplained of an influence."""
    c, w = design.calibration, design.weights
    if c is None or w is None:
        return u
    x = np.hstack([np.eye(size)[margin] for margin, size in zip(c.margins, c.sizes, strict=True)])
    b = np.linalg.pinv(x.T @ (c.base[:, np.newaxis] * x)) @ (x.T @ (c.base * u / w))
    return np.asarray(u - w * (x @ b))


def test_frames_tell_how_many_could_have_answered_twice(make_town: Callable[..., Any]) -> None:
    town = make_town(60, 20, 30, 3)
    first, second = list(town.first.index[:40]), list(town.second.index[20:50])
    known = link_waves(town.wave(1, first), town.wave(2, second))
    without = link_waves(town.wave(1, first, frame=None), town.wave(2, second, frame=None))

    assert (known.n1, known.n2, known.N1, known.N2) == (40, 30, 90, 80)
    assert known.n12.tolist() == without.n12.tolist() == [20]
    # Without frames as many as possible, which is careful.
    assert (known.N12.tolist(), without.N12.tolist()) == ([60], [80])
    errors = [
        pick(estimate_changes(town.wave(1, first, **more), town.wave(2, second, **more)), "cijfer", measure="change")
        for more in ({}, {"frame": None})
    ]
    assert errors[1]["se"] > errors[0]["se"]


def test_nobody_in_both_strata(make_answers: Callable[..., Any]) -> None:
    """In every stratum the variance is then that of samples without correction, if the spread is the same."""
    answers = ["goed", "matig"] * 4 + ["goed"] * 2 + ["matig"] * 4
    strata, frame = [0] * 8 + [1] * 6, [0] * 20 + [1] * 30
    waves = []
    for year, (one, other) in enumerate(((0, 20), (8, 26)), start=1):
        units = [f"o{n}" for n in (*range(one, one + 8), *range(other, other + 6))]
        design = Design.stratified(strata, [20, 30])
        wave = Wave(make_answers(answers), design, units, [f"o{n}" for n in range(50)], frame, meting=f"m-{year}")
        waves.append(wave)
    apart = 0.4**2 * 8 / 7 * 0.25 / 8 + 0.6**2 * 6 / 5 * (2 / 9) / 6

    row = pick(estimate_changes(waves[0], waves[1], "oordeel"), "oordeel", "goed", measure="change")

    assert row["se"] == pytest.approx((2 * apart) ** 0.5, abs=1e-12)
    assert row["reason"] == "few_in_both"


@pytest.mark.parametrize("correlation", [0.0, 0.4, 1.0])
def test_an_assumed_correlation(correlation: float, make_town: Callable[..., Any]) -> None:
    """Nobody answered twice: what is assumed of them is what the formula has."""
    town = make_town(60, 0, 0, 4)
    names = list(town.first.index)
    waves = town.wave(1, names[:20]), town.wave(2, names[20:50])
    y, z = town.first.aantal[:20].to_numpy(), town.second.aantal[20:50].to_numpy()
    s12 = correlation * (y.var(ddof=1) * z.var(ddof=1)) ** 0.5
    expected = change_variance(20, 30, 0, 60, 60, 60, y.var(ddof=1), z.var(ddof=1), s12)

    overlap = link_waves(*waves, correlation=correlation)
    row = pick(estimate_changes(*waves, "aantal", overlap=overlap), "aantal", measure="change")

    assert row["se"] == pytest.approx(float(expected) ** 0.5, abs=1e-12)
