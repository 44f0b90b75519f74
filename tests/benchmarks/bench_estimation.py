"""How fast the estimators are, as ratios of hand-written numpy measured in the same run.

Run: ``OPENBLAS_NUM_THREADS=1 python tests/benchmarks/bench_estimation.py [RESPONDENTS ...]``. Twenty questions by four
breakdowns, shares with standard errors and intervals, under three designs: unweighted, weighted by sector and size of
the respondent, and raked to three margins with calibrated standard errors. The floor does the same 80 tables with
``bincount`` on bare arrays that are ready for it, without a frame, status or reason; for the raked design it leaves the
margins out of the standard errors, which the package does not. Beside it ``pandas.crosstab`` for weighted counts alone,
and the package ``svy`` where that is installed. Targets: at most 10 times the floor at 301 respondents, at most 2 times
and 150 MB at a million.
"""

import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from srsmeting.estimation import (
    Design,
    GroupRule,
    PublicationRules,
    Weights,
    apply_publication_rules,
    estimate_means,
    estimate_shares,
)
from srsmeting.questionnaire import parse_questionnaire
from srsmeting.responses import Responses

BREAKDOWNS = {"branche": 9, "grootteklasse": 5, "wgo": 13, "betrokkenheid": 4}
MARGINS = ("wgo", "branche", "grootteklasse")
SINGLES, MULTIPLES, MARKS, OPTIONS = 20, 3, 2, 5


def make_responses(n: int) -> Responses:
    """Draw answers; what they are does not matter for the time they take."""
    random = np.random.default_rng(1)
    questions, answers = [], {}
    singles = BREAKDOWNS | {f"q{number}": OPTIONS for number in range(SINGLES)}
    kinds = dict.fromkeys(singles, "single") | {f"m{number}": "multiple" for number in range(MULTIPLES)}
    kinds |= {f"c{number}": "mark" for number in range(MARKS)}
    for name, kind in kinds.items():
        question = {"id": name, "kind": kind, "title": name, "text": "?", "pijler": "p", "fase": "effect"}
        codes = [f"a{code}" for code in range(singles.get(name, OPTIONS))]
        if kind == "mark":
            question["range"], codes = [1, 10], [str(code) for code in range(1, 11)]
        else:
            question["categories"] = [{"code": code, "label": code} for code in codes]
        questions.append(question)
        if kind == "multiple":
            answers |= {f"{name}.{code}": random.random(n) < 0.4 for code in codes}
        else:
            drawn = random.integers(0, len(codes), n, dtype=np.int8)
            answers[name] = pd.Categorical.from_codes(drawn, categories=codes)
    questionnaire = parse_questionnaire(
        {
            "meting": "bench-1",
            "title": "Bench",
            "respondents": "respondenten",
            "pijlers": [{"id": "p", "label": "P"}],
            "questions": questions,
        }
    )
    status = {name: (random.random(n) < 0.1).astype(np.int8) * 2 * (name not in BREAKDOWNS) for name in kinds}
    return Responses(questionnaire, pd.DataFrame(answers), pd.DataFrame(status))


def make_designs(responses: Responses) -> dict[str, Design]:
    """Return the designs; every respondent of the weighted one has a weight of its own."""
    n, random = responses.n, np.random.default_rng(2)
    plain = Design.simple_random(n, 3 * n)
    margins = [responses.answers[name].cat.codes.to_numpy(np.intp) for name in MARGINS]
    final = np.full(n, 3.0)
    for margin in margins:
        final = final * random.uniform(0.5, 2, margin.max() + 1)[margin]
    return {
        "unweighted": plain,
        "weighted": Design.simple_random(n, 3 * n, base_weights=random.uniform(1, 9, n)),
        "raked": plain.calibrated(Weights(final, tuple(margins), np.full(n, 3.0))),
    }


def package(responses: Responses, design: Design) -> list[pd.DataFrame]:
    """Make the 80 tables as the measurement does."""
    names = [f"q{number}" for number in range(SINGLES)]
    return [estimate_shares(responses, design, names, by=by) for by in BREAKDOWNS]


def prepare(responses: Responses) -> dict[str, np.ndarray]:
    """Return bare arrays for the floor: the code of each answer counted from 1, and 0 where there is none."""
    names = [*BREAKDOWNS, *(f"q{number}" for number in range(SINGLES))]
    ready = {name: responses.answers[name].cat.codes.to_numpy(np.int64) for name in names}
    asked = {name: responses.status[name].to_numpy() == 0 for name in names}
    return {name: np.where(asked[name], codes + 1, 0) if name[0] == "q" else codes for name, codes in ready.items()}


def floor(ready: dict[str, np.ndarray], n: int, weights: np.ndarray | None) -> None:
    """Count the same tables by hand, and make the same intervals."""
    k, factor = OPTIONS + 1, (1 - 1 / 3) * n / (n - 1)
    squares = None if weights is None else weights**2
    for by, groups in BREAKDOWNS.items():
        start = ready[by] * k
        for number in range(SINGLES):
            cells = start + ready[f"q{number}"]
            counts = np.bincount(cells, minlength=groups * k).reshape(groups, k)[:, 1:]
            base = counts.sum(axis=1)
            if weights is None:
                p = counts / base[:, None]
                variance = factor * p * (1 - p) / base[:, None]
            else:
                a = np.bincount(cells, weights, minlength=groups * k).reshape(groups, k)[:, 1:]
                b = np.bincount(cells, squares, minlength=groups * k).reshape(groups, k)[:, 1:]
                total = a.sum(axis=1)[:, None]
                p = a / total
                variance = factor * (b * (1 - 2 * p) + p**2 * b.sum(axis=1)[:, None]) / total**2
            # An empty cell: its interval is not a number here; the package has one.
            n_eff = p * (1 - p) / np.where(variance > 0, variance, np.nan)
            w = stdtrit(base - 1, 0.975)[:, None] ** 2 / n_eff
            half = np.sqrt(w * (p * (1 - p) + w / 4))
            _ = np.sqrt(variance), (p + w / 2 - half) / (1 + w), (p + w / 2 + half) / (1 + w)


def crosstabs(responses: Responses, weights: np.ndarray) -> None:
    """Add up weights with pandas, for those who would."""
    for by in BREAKDOWNS:
        for number in range(SINGLES):
            pd.crosstab(responses.answers[by], responses.answers[f"q{number}"], weights, aggfunc="sum")


def with_svy(responses: Responses, weights: np.ndarray) -> float | None:
    """Return the seconds that ``svy`` takes for one question by one breakdown, times 80; None without it."""
    try:
        import polars as pl
        import svy
    except ImportError:
        return None
    columns = {name: responses.answers[name].astype(str).to_numpy() for name in ("wgo", "q0")}
    sample = svy.Sample(pl.DataFrame(columns | {"w": weights}), svy.Design(wgt="w"))
    return 80 * seconds(1, lambda: sample.estimation.prop(y="q0", by="wgo"))[0]


def everything(responses: Responses, design: Design) -> pd.DataFrame:
    """Return all that a measurement estimates, in all and by every breakdown, also multiple choice and means."""
    frames = [estimate_shares(responses, design, by=by) for by in (None, *BREAKDOWNS)]
    frames += [estimate_means(responses, design, by=by) for by in (None, *BREAKDOWNS)]
    return pd.concat(frames, ignore_index=True)


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


def megabytes(work: Callable[[], object]) -> float:
    """Return the most memory that was in use above what there was."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return peak


def measure(n: int) -> None:
    """Print a line per design."""
    responses, runs = make_responses(n), 40 if n < 100_000 else 3
    designs, ready = make_designs(responses), prepare(responses)
    for name, design in designs.items():
        weights = design.weights
        ours, bare = seconds(runs, lambda d=design: package(responses, d), lambda w=weights: floor(ready, n, w))
        peak = megabytes(lambda d=design: package(responses, d))
        whole = seconds(1, lambda d=design: everything(responses, d))[0]
        more = megabytes(lambda d=design: everything(responses, d))
        print(
            f"{n:11d}  {name:11} {ours:12.4f} {bare:8.4f} {ours / bare:6.2f} {peak:8.1f} {whole:13.3f} {more:8.1f}",
            flush=True,
        )
    heavy = designs["weighted"].each
    cross = seconds(1, lambda: crosstabs(responses, heavy))[0]
    other = with_svy(responses, heavy)
    frame, rules = everything(responses, designs["raked"]), PublicationRules(10, {"sector": GroupRule(10, 0.2)})
    ruled = seconds(1, lambda: apply_publication_rules(frame, rules))[0]
    beside = "not installed" if other is None else f"{other:.2f} s"
    print(f"             beside it: crosstab {cross:.2f} s, svy {beside}; publication rules {ruled:.3f} s", flush=True)


def main(sizes: list[int]) -> None:
    """Print what each number of respondents takes."""
    print("respondents  design       80 tables s  floor s  ratio  peak MB  everything s  peak MB")
    for n in sizes:
        measure(n)


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [301, 1_000_000])
