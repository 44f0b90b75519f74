"""How fast weighting is, beside a plain numpy loop that rakes the same rows in the same run.

Run: ``OPENBLAS_NUM_THREADS=1 python tests/benchmarks/bench_weighting.py [RESPONDENTS ...]``. Three margins of 13, 9 and
5 groups. The loop does one margin after the other over all rows until every margin is met to 1 part in 10,000,000,000,
as :func:`rake` does, and checks nothing. Target: at most 3 times the loop at a million rows. Limits (bounds, a trim)
have no loop beside them.
"""

import statistics
import sys
import time
from collections.abc import Callable

import numpy as np

from srsmeting.estimation import Design, Margin, rake

GROUPS = {"wgo": 13, "branche": 9, "grootteklasse": 5}


def make(n: int) -> tuple[list[Margin], np.ndarray]:
    """Draw a sample of a third, in which some groups respond twice as well as others, and base weights."""
    random = np.random.default_rng(1)
    codes = [random.integers(0, size, 3 * n) for size in GROUPS.values()]
    chance = np.ones(3 * n)
    for place, size in zip(codes, GROUPS.values(), strict=True):
        chance *= random.uniform(1, 2, size)[place]
    chosen = random.choice(3 * n, n, replace=False, p=chance / chance.sum())
    margins = [
        Margin(name, tuple(map(str, range(size))), place[chosen], np.bincount(place, minlength=size))  # type: ignore[arg-type]
        for (name, size), place in zip(GROUPS.items(), codes, strict=True)
    ]
    return margins, random.uniform(1, 3, n)


def loop(margins: list[Margin], base: np.ndarray) -> tuple[np.ndarray, int]:
    """Rake by hand; also return how many rounds that took."""
    weights = base * (margins[0].total / base.sum())
    for done in range(1, 1000):
        off = 0.0
        for margin in margins:
            sums = np.bincount(margin.place, weights, minlength=len(margin.groups))
            off = max(off, float(np.abs(sums / margin.population - 1).max()))
            weights *= (margin.population / sums)[margin.place]
        if off < 1e-10:
            return weights, done
    raise SystemExit("the loop did not end")


def seconds(runs: int, *works: Callable[[], object]) -> list[float]:
    """Return the median time of each work, done in turn, so that a machine that slows down slows all of them.

    It is time of the processor: what other programs take does not count. Of several threads all do, also those that
    wait for work, so run with one.
    """
    times: list[list[float]] = [[] for _ in works]
    for run in range(runs + 1):
        for place, work in enumerate(works):
            start = time.process_time()
            work()
            if run:  # the first round warms the caches
                times[place].append(time.process_time() - start)
    return [statistics.median(each) for each in times]


def measure(n: int) -> None:
    """Print a line."""
    (margins, base), runs = make(n), 15 if n < 100_000 else 3
    by_hand, rounds = loop(margins, base)
    weighting = rake(margins, base)
    apart = float(np.abs(weighting.final / by_hand - 1).max())
    ours, bare = seconds(runs, lambda: rake(margins, base), lambda: loop(margins, base))
    design = Design.simple_random(n, 3 * n, base_weights=base)
    # Limits that are felt, a little: a tenth of the way from the largest to 1.
    ratio = weighting.final / weighting.base
    low, high = 0.9 * float(ratio.min()) + 0.1, 0.9 * float(ratio.max()) + 0.1
    trim = 0.9 * float(weighting.final.max() / weighting.final.mean()) + 0.1
    bounded, trimmed, calibrated = seconds(
        1,
        lambda: rake(margins, base, bounds=(low, high)),
        lambda: rake(margins, base, trim=trim),
        lambda: design.calibrated(weighting),
    )
    print(
        f"{n:11d} {ours:8.4f} {bare:8.4f} {ours / bare:6.2f} {rounds:7d} {apart:10.1e} {bounded:9.3f} {trimmed:9.3f} "
        f"{calibrated:12.3f}",
        flush=True,
    )


def main(sizes: list[int]) -> None:
    """Print what each number of respondents takes."""
    print("respondents   rake s   loop s  ratio  rounds  apart by  bounds s    trim s  calibrated s")
    for n in sizes:
        measure(n)


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [301, 1_000_000])
