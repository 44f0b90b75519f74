"""The benchmark of coverage in the small: its exact part against published witnesses, its simulation with few draws."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from scipy.special import stdtrit

from srsmeting.estimation import exact_interval, korn_graubard_interval, logit_interval, wald_interval, wilson_interval

HERE = Path(__file__).parent


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


bench = load("bench_coverage")

#: Mean and lowest coverage and mean width of 95% intervals for true shares from 5% to 95%, computed apart from this
#: package. Wald and logit have zero width at 0 and 1 here, as R gives them.
WITNESS = {
    "wald": {(13, 42): (0.917, 0.682, 0.406), (9, 30): (0.872, 0.517, 0.487), (6, 20): (0.783, 0.300, 0.566)},
    "logit": {(13, 42): (0.938, 0.657, 0.413), (9, 30): (0.889, 0.517, 0.498), (6, 20): (0.789, 0.300, 0.573)},
    "wilson z": {(13, 42): (0.960, 0.917, 0.364), (9, 30): (0.958, 0.917, 0.429), (6, 20): (0.962, 0.921, 0.504)},
    "wilson t": {(13, 42): (0.978, 0.954, 0.400), (9, 30): (0.987, 0.970, 0.491), (6, 20): (0.994, 0.982, 0.615)},
    "domain": {(13, 42): (0.976, 0.954, 0.388), (9, 30): (0.982, 0.958, 0.467), (6, 20): (0.991, 0.982, 0.577)},
    "korn_graubard": {(13, 42): (0.980, 0.957, 0.414), (9, 30): (0.987, 0.958, 0.499), (6, 20): (0.993, 0.982, 0.602)},
    "exact": {(13, 42): (0.980, 0.957, 0.383), (9, 30): (0.984, 0.958, 0.448), (6, 20): (0.989, 0.958, 0.516)},
    "no correction": {(13, 42): (0.983, 0.969, 0.414), (9, 30): (0.986, 0.970, 0.474), (6, 20): (0.989, 0.958, 0.540)},
    "clopper_pearson": {
        (13, 42): (0.995, 0.986, 0.478),
        (9, 30): (0.997, 0.986, 0.559),
        (6, 20): (0.998, 0.989, 0.650),
    },
}


def limits(name: str, count: Any, n: int, size: int) -> Any:
    p, draws, df = count / n, (n - 1) / (1 - n / size), n - 1
    if name in ("wald", "logit"):
        low, high = (wald_interval if name == "wald" else logit_interval)(p, draws, df)
        return np.where(np.isnan(low), p, low), np.where(np.isnan(high), p, high)
    if name == "exact":
        return exact_interval(count, n, size)
    if name == "clopper_pearson":
        return exact_interval(count, n, np.inf)
    if name == "korn_graubard":
        return korn_graubard_interval(p, draws, df, n)
    # A group of 301 respondents out of 985.
    bases = {"domain": n * 300 / 301 / (1 - 301 / 985), "no correction": n}
    return wilson_interval(p, bases.get(name, draws), df if name in ("wilson t", "domain") else np.inf)


@pytest.mark.parametrize("name", WITNESS)
@pytest.mark.parametrize("design", [(13, 42), (9, 30), (6, 20)])
def test_exact_coverage_equals_the_witness(name: str, design: tuple[int, int]) -> None:
    found = bench.exact_coverage(lambda count, n, size: limits(name, count, n, size), *design)

    assert tuple(round(number, 3) for number in found) == WITNESS[name][design]


def test_the_exact_interval_never_promises_too_much_and_wald_does() -> None:
    for n, size in bench.DESIGNS[1:]:
        lowest = {method: bench.exact_coverage(bench.by_method(method), n, size)[1] for method in bench.INTERVALS}
        assert lowest["exact"] >= 0.95
        assert lowest["korn_graubard"] >= 0.946
        assert lowest["wald"] < 0.95 or n == 6


def test_probabilities_add_up_and_have_the_mean_that_they_should() -> None:
    marked = np.arange(43)
    chance = bench.probabilities(np.arange(14), 13, marked, 42)

    np.testing.assert_allclose(chance.sum(axis=1), 1, rtol=1e-10)
    np.testing.assert_allclose(chance @ np.arange(14), 13 * marked / 42, atol=1e-10)


def test_the_readme_has_the_exact_table() -> None:
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    for line in bench.exact_table():
        assert line in readme, line
    for name in bench.SCENARIOS:
        assert readme.count(f"\n| {name} | ") == len(bench.TARGETS)


@pytest.fixture(scope="module")
def world() -> Any:
    return bench.make_world()


@pytest.mark.parametrize("name", bench.SCENARIOS)
def test_a_small_simulation_holds_what_the_large_one_shows(name: str, world: Any) -> None:
    # Of 15 draws, an interval that holds 95% of the time misses 4 or more in 5 of 1000, and the seed is fixed.
    rows = {(row["target"], row["group"]): row for row in bench.summarise(world, bench.SCENARIOS[name], 15)}
    share, rare, small = rows["answer0", ""], rows["answer2", ""], rows["answer0", "branch8"]

    assert set(rows) == {(target, group) for target, _, group in bench.TARGETS}
    assert 290 < share["base"] < 340
    assert 3 < small["base"] < 8
    if name.endswith("not weighted"):
        # Who responds more often answers otherwise: no interval knows.
        assert share["bias"] > 0.05
        assert share["wilson"] < 0.5
    else:
        assert abs(share["bias"]) < 0.04
        assert share["wilson"] >= 0.8
    assert rare["korn_graubard"] >= 0.8
    assert small["wilson"] >= 0.8
    assert ("exact" in share) == (name in list(bench.SCENARIOS)[::2])


def test_standard_errors_are_what_the_population_says(world: Any) -> None:
    # Of a population that is known, the true standard error of a sample follows by arithmetic.
    strata, answers = world.frame["size"].to_numpy(), (world.frame["answer"] == 0).to_numpy(dtype=float)
    size = len(strata)
    expected = {"simple random, 301 of 985": np.sqrt((1 - 301 / size) * answers.var(ddof=1) / 301)}
    parts = [(answers[strata == h], drawn) for h, drawn in enumerate((58, 61, 72, 73, 62))]
    pieces = [(len(y) / size) ** 2 * (1 - n / len(y)) * y.var(ddof=1) / n for y, n in parts]
    expected["stratified by size"] = np.sqrt(sum(pieces))

    for name, true in expected.items():
        share = next(bench.summarise(world, bench.SCENARIOS[name], 8))
        assert (share["target"], share["group"]) == ("answer0", "")
        assert share["rms"] == pytest.approx(true, rel=0.03)


def test_the_same_seed_gives_the_same_numbers(world: Any) -> None:
    draw = bench.SCENARIOS["simple random, 301 of 985"]
    one, other = (list(bench.summarise(world, draw, 3)) for _ in range(2))

    assert one == other


def test_wald_by_hand() -> None:
    # 3 of 6 out of 20: 5 / .7 = 50/7 draws, t(5) = 2.570582; .5 +- 2.570582 sqrt(.25 x 7 / 50).
    low, high = bench.by_method("wald")(np.array([3]), 6, 20)
    half = stdtrit(5, 0.975) * np.sqrt(0.25 * 7 / 50)

    assert (low[0], high[0]) == pytest.approx((0.5 - half, 0.5 + half))
