"""How often the intervals hold the truth, and how far the standard errors are off; prints the tables of README.md.

Run: ``python tests/benchmarks/bench_coverage.py [DRAWS]``. The first table is computed, not drawn: every sample that is
possible counts with its probability. The second draws samples from a population whose answers are all known, and
estimates each as a measurement does. The same seed gives the same table.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import gammaln

from srsmeting.estimation import INTERVALS, Design, Margin, estimate_means, estimate_shares, rake, share_interval
from srsmeting.questionnaire import parse_questionnaire
from srsmeting.responses import Responses

#: Respondents and organisations: the whole measurement, and groups of it.
DESIGNS = ((301, 985), (94, 307), (30, 98), (13, 42), (9, 30), (6, 20))
FRAME = Path(__file__).parents[1] / "estimation" / "data" / "synth_frame985.csv"
SEED = 2021

Numbers = npt.NDArray[np.float64]
Limits = Callable[[npt.NDArray[np.int64], int, int], tuple[Numbers, Numbers]]


def exact_coverage(limits: Limits, n: int, size: int) -> tuple[float, float, float]:
    """Return mean and lowest coverage and mean width of 95% intervals, over true shares from 5% to 95%.

    Parameters
    ----------
    limits
        Makes intervals from counts, respondents and organisations.
    n, size
        Respondents, drawn without replacement from so many organisations.
    """
    count, marked = np.arange(n + 1), np.arange(size + 1)
    marked = marked[(marked >= 0.05 * size - 1e-9) & (marked <= 0.95 * size + 1e-9)]
    low, high = limits(count, n, size)
    truth = marked[:, np.newaxis] / size
    held = (low <= truth + 1e-12) & (truth <= high + 1e-12)
    chance = probabilities(count, n, marked, size)
    coverage = (chance * held).sum(axis=1)
    return float(coverage.mean()), float(coverage.min()), float((chance @ (high - low)).mean())


def probabilities(count: npt.NDArray[np.int64], n: int, marked: npt.NDArray[np.int64], size: int) -> Numbers:
    """Return the hypergeometric probability of each count (columns) for each number of marked organisations (rows)."""
    k, m = np.broadcast_arrays(count, marked[:, np.newaxis])
    possible = (k <= m) & (n - k <= size - m)
    k = np.where(possible, k, np.maximum(0, n - size + m))

    def choose(total: Any, chosen: Any) -> Any:
        return gammaln(total + 1.0) - gammaln(chosen + 1.0) - gammaln(total - chosen + 1.0)

    return np.where(possible, np.exp(choose(m, k) + choose(size - m, n - k) - choose(size, n)), 0.0)


def by_method(method: str) -> Limits:
    """Return the limits that estimate_shares() gives for a simple random sample."""

    def limits(count: npt.NDArray[np.int64], n: int, size: int) -> tuple[Numbers, Numbers]:
        draws = Design.simple_random(n, size).effective_base(n)
        made = share_interval(method, count / n, draws, n - 1, n, size)
        return made.low, made.high

    return limits


def exact_table() -> Iterator[str]:
    """Yield the lines of the first table."""
    yield "| interval | " + " | ".join(f"{n} of {size}" for n, size in DESIGNS) + " |"
    yield "|---" * (1 + len(DESIGNS)) + "|"
    for method in INTERVALS:
        cells = [" ".join(f"{number:.3f}" for number in exact_coverage(by_method(method), *d)) for d in DESIGNS]
        yield f"| {method} | " + " | ".join(cells) + " |"


@dataclass(frozen=True)
class World:
    """A population whose answers are all known, and what is asked of it."""

    frame: pd.DataFrame
    questionnaire: Any

    def respond(self, rows: npt.NDArray[np.intp]) -> Responses:
        """Return the answers of some organisations."""
        drawn = self.frame.iloc[rows].reset_index(drop=True)
        answers = {
            question.id: pd.Categorical.from_codes(drawn[question.id], categories=list(question.codes))
            for question in self.questionnaire.questions
        }
        return Responses(self.questionnaire, pd.DataFrame(answers), pd.DataFrame(0, drawn.index, answers, np.int8))


def make_world() -> World:
    """Give 985 invented organisations answers that depend on their size."""
    random, frame = np.random.default_rng(SEED), pd.read_csv(FRAME)
    codes = pd.DataFrame({name: frame[name] - 1 for name in ("region", "branch", "size")})
    often = np.array([0.25, 0.35, 0.45, 0.6, 0.75])[codes["size"]]
    draw = random.random(len(frame))
    codes["answer"] = np.where(draw < often, 0, np.where(draw < 0.95, 1, 2))
    marks = np.rint(5.5 + 0.5 * codes["size"] + random.normal(0, 1.2, len(frame)))
    codes["mark"] = np.clip(marks, 1, 10).astype(int) - 1
    common = {"text": "?", "pijler": "p", "fase": "effect"}
    questions: list[Mapping[str, Any]] = []
    for name in ("region", "branch", "size", "answer"):
        categories = [{"code": f"{name}{code}", "label": "?"} for code in range(int(codes[name].max()) + 1)]
        questions.append(common | {"id": name, "kind": "single", "title": name, "categories": categories})
    questions.append(common | {"id": "mark", "kind": "mark", "title": "mark", "range": [1, 10]})
    heading = {"meting": "bench-1", "title": "Bench", "respondents": "respondenten"}
    pijlers = [{"id": "p", "label": "P"}]
    return World(codes, parse_questionnaire(heading | {"pijlers": pijlers, "questions": questions}))


Draw = Callable[[World, np.random.Generator], tuple[npt.NDArray[np.intp], Design]]


def simple(world: World, random: np.random.Generator) -> tuple[npt.NDArray[np.intp], Design]:
    """Draw 301 organisations."""
    size = len(world.frame)
    return random.choice(size, 301, replace=False), Design.simple_random(301, size)


def stratified(world: World, random: np.random.Generator) -> tuple[npt.NDArray[np.intp], Design]:
    """Draw from each size class, the larger ones more densely."""
    strata, dense = world.frame["size"].to_numpy(), (0.2, 0.25, 0.35, 0.5, 0.6)
    sizes = np.bincount(strata)
    parts = [
        random.choice(np.flatnonzero(strata == h), int(np.ceil(dense[h] * size)), replace=False)
        for h, size in enumerate(sizes)
    ]
    rows = np.concatenate(parts)
    return rows, Design.stratified(strata[rows], sizes)


def selective(world: World, random: np.random.Generator) -> tuple[npt.NDArray[np.intp], Design]:
    """Invite everyone; the larger answer more often. Nothing is done about it."""
    chance = np.array([0.2, 0.25, 0.35, 0.5, 0.6])[world.frame["size"]]
    rows = np.flatnonzero(random.random(len(chance)) < chance)
    return rows, Design.simple_random(len(rows), len(chance))


def weighted(world: World, random: np.random.Generator) -> tuple[npt.NDArray[np.intp], Design]:
    """Invite everyone as before, and rake to the regions and size classes of the frame."""
    rows, design = selective(world, random)
    margins = []
    for name in ("region", "size"):
        sizes = np.bincount(world.frame[name])
        groups = tuple(f"{name}{code}" for code in range(len(sizes)))
        margins.append(Margin(name, groups, world.frame[name].to_numpy()[rows], sizes))
    return rows, design.calibrated(rake(margins))


SCENARIOS: dict[str, Draw] = {
    "simple random, 301 of 985": simple,
    "stratified by size": stratified,
    "selective response, not weighted": selective,
    "selective response, raked to region and size": weighted,
}
#: What is estimated: a category or the mean, and the group it is estimated in.
TARGETS = (
    ("answer0", "", ""),
    ("answer2", "", ""),
    ("answer0", "branch", "branch0"),
    ("answer0", "branch", "branch7"),
    ("answer0", "branch", "branch8"),
    ("answer2", "branch", "branch7"),
    ("mean", "", ""),
    ("mean", "branch", "branch8"),
)


#: What is kept of every estimate.
KEPT = ["estimate", "se", "ci_low", "ci_high", "denominator"]


def simulate(world: World, draw: Draw, draws: int) -> dict[tuple[str, str, str], dict[str, Numbers]]:
    """Return per target, and per interval, an array of draws by KEPT."""
    random = np.random.default_rng([SEED, 1])
    found: dict[tuple[str, str, str], dict[str, list[Numbers]]] = {target: {} for target in TARGETS}
    for _ in range(draws):
        sample, design = draw(world, random)
        responses = world.respond(sample)
        methods = [method for method in INTERVALS if method != "exact" or design.is_simple]
        for by in ("", "branch"):
            frames = {m: estimate_shares(responses, design, "answer", by or None, interval=m) for m in methods}
            frames["t"] = estimate_means(responses, design, "mark", by or None)
            for method, frame in frames.items():
                # The rows stand in declared order: groups, and categories within them.
                keys = list(zip(frame["category"], frame["by"], frame["group"], strict=True))
                values = frame[KEPT].to_numpy(dtype=np.float64, na_value=np.nan)
                for target, own in found.items():
                    key = ("" if target[0] == "mean" else target[0], *target[1:])
                    if (target[0] == "mean") == (method == "t") and key in keys:
                        own.setdefault(method, []).append(values[keys.index(key)])
    return {target: {method: np.array(rows) for method, rows in own.items()} for target, own in found.items()}


def truth(world: World, target: str, by: str, group: str) -> float:
    """Return what the whole population answers."""
    frame = world.frame
    if by:
        frame = frame[frame[by] == int(group.removeprefix(by))]
    if target == "mean":
        return float(frame["mark"].mean()) + 1
    return float((frame["answer"] == int(target.removeprefix("answer"))).mean())


def summarise(world: World, draw: Draw, draws: int) -> Iterator[dict[str, Any]]:
    """Yield per target the mean base, the bias of the standard error and the coverage of each interval."""
    for target, found_by in simulate(world, draw, draws).items():
        true = truth(world, *target)
        estimate, se, _, _, base = next(iter(found_by.values())).T
        settled = np.isfinite(se)
        summary: dict[str, Any] = {"target": target[0], "group": target[2], "true": true, "base": base.mean()}
        summary["bias"] = estimate[settled].mean() - true
        summary["rms"] = np.sqrt(np.mean(se[settled] ** 2))
        summary["se"] = summary["rms"] / estimate[settled].std() - 1
        summary["none"] = np.mean(~np.isfinite(next(iter(found_by.values()))[:, 2]))
        for method, rows in found_by.items():
            low, high = rows[np.isfinite(rows[:, 2]), 2:4].T
            summary[method] = np.mean((low <= true + 1e-12) & (true <= high + 1e-12))
        yield summary


NAMES = {"answer0": "share", "answer2": "rare share", "mean": "mean"}


def simulated_table(draws: int) -> Iterator[str]:
    """Yield the lines of the second table."""
    columns = ["sample", "what", "mean base", "truth", "bias", "bias of se", "no interval", *INTERVALS, "t"]
    yield f"| {' | '.join(columns)} |"
    yield "|---" * len(columns) + "|"
    world = make_world()
    for name, draw in SCENARIOS.items():
        for row in summarise(world, draw, draws):
            size = int((world.frame["branch"] == int(row["group"].removeprefix("branch"))).sum()) if row["group"] else 0
            what = f"{NAMES[row['target']]}, {f'group of {size}' if size else 'all'}"
            cells = [f"{row[method]:.3f}" if method in row else "" for method in (*INTERVALS, "t")]
            numbers = [f"{row['base']:.1f}", f"{row['true']:.3f}", f"{row['bias']:+.3f}", f"{row['se']:+.1%}"]
            none = f"{row['none']:.1%}"
            yield f"| {' | '.join([name, what, *numbers, none, *cells])} |"


def main(draws: int) -> None:
    """Print both tables."""
    for line in exact_table():
        print(line)
    print()
    for line in simulated_table(draws):
        print(line, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
