"""What comparing years costs beside the years themselves: `python tests/benchmarks/bench_years.py [respondents]`.

Processor time, the least of several runs. First the three bundled years, beside running their measurements; then a pair
of years of many respondents, drawn with replacement out of the bundled ones, beside the estimates of both.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import numpy.typing as npt

from srsmeting.checking import organisations_of
from srsmeting.estimation import Design, estimate_means, estimate_shares
from srsmeting.estimation.change import Wave, composition_changes, link_waves
from srsmeting.estimation.change.changes import lay_changes
from srsmeting.estimation.change.compared import compare_waves
from srsmeting.estimation.change.panel import lay_panels
from srsmeting.estimation.counted_tables import count_tables
from srsmeting.meting import load_meting, silent
from srsmeting.responses import Responses
from srsmeting.running import run_meting
from srsmeting.years import compare_metings

ANALYSES = Path(__file__).parents[2] / "analyses"


def seconds(work: Callable[[], object], times: int) -> float:
    """Return the least processor time of some runs."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def many(given: Responses, meting: str, units: npt.NDArray[np.int_], size: int, seed: int) -> Wave:
    """Return a measurement of many respondents who answer as the bundled ones did."""
    rows = np.random.default_rng(seed).integers(0, given.n, len(units))
    answers, status = (frame.take(rows).reset_index(drop=True) for frame in (given.answers, given.status))
    names = np.array([f"o{number}" for number in range(size)])
    responses = Responses(given.questionnaire, answers, status)
    return Wave(responses, Design.simple_random(len(units), size), names[units], names, meting=meting)


def main(arguments: list[str]) -> None:
    """Print the ratios."""
    metings = [load_meting(ANALYSES / f"srs_{year}") for year in (2021, 2022, 2023)]
    compared = seconds(lambda: compare_metings(metings), 7)
    alone = seconds(lambda: [run_meting(meting) for meting in metings], 7)
    print(f"three years: {compared / alone:.1f} times their measurements ({compared:.2f} s and {alone:.2f} s)")

    respondents = int(arguments[0]) if arguments else 100_000
    size, meting = 3 * respondents, metings[-1]
    intake = run_meting(meting).intake
    if intake is None:
        return
    rng, bys = np.random.default_rng(1), meting.config.breakdowns
    one, two = (
        many(intake.responses, name, rng.permutation(size)[:respondents], size, seed)
        for seed, name in enumerate(("first", "second"))
    )

    def levels() -> None:
        for wave in (one, two):
            for by in (None, *bys):
                estimate_shares(wave.responses, wave.design, by=by)
                estimate_means(wave.responses, wave.design, by=by)

    overlap = link_waves(one, two)
    frame = organisations_of(meting, silent).eligible
    rows = rng.integers(0, frame.size, size)
    frame = replace(frame, organisations=frame.organisations.take(rows).reset_index(drop=True))

    def hides() -> None:
        for wave in (one, two):
            count_tables(wave.responses, frame, bys, ())

    def changes() -> None:
        several = [compare_waves("bench", one, two, None, by, overlap=overlap) for by in (None, *bys)]
        lay_changes(several)
        lay_panels(several)

    floor = seconds(levels, 3)
    parts: dict[str, Callable[[], object]] = {
        "who answered twice": lambda: link_waves(one, two),
        "what either hides": hides,
        "changes and panel": changes,
        "composition": lambda: [composition_changes(one, two, by, overlap=overlap) for by in bys],
    }
    print(f"a pair of {respondents:,}: estimates of both {floor:.2f} s; times that:")
    # Once: what a measurement keeps of its answers is made in the first table that needs it.
    taken = {name: seconds(work, 1) / floor for name, work in parts.items()}
    for name, ratio in taken.items():
        print(f"  {name}: {ratio:.1f}")
    pair = sum(taken.values())
    trend = pair - taken["composition"]
    print(f"  all: {pair:.1f}; ten years, with a trend: {(9 * pair + trend) / 5:.1f} times their estimates")


if __name__ == "__main__":
    main(sys.argv[1:])
