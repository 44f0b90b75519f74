"""How fast the estimators are: 25 questions in all and by 4 breakdowns, as ratios measured in one run.

Run: ``python tests/benchmarks/bench_estimation.py [RESPONDENTS ...]``. The floor is a ``bincount`` and an interval per
table, written by hand on bare arrays, without a frame, status or reason; beside it ``pandas.crosstab`` for the counts
alone. Target: 25 questions by 4 breakdowns on 301 respondents in under 0.15 seconds.
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
    apply_publication_rules,
    estimate_means,
    estimate_shares,
)
from srsmeting.questionnaire import parse_questionnaire
from srsmeting.responses import Responses

BREAKDOWNS = {"wgo": 13, "branche": 9, "grootteklasse": 5, "betrokkenheid": 4}
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
    status = {name: (random.random(n) < 0.1).astype(np.int8) * 2 for name in kinds}
    return Responses(questionnaire, pd.DataFrame(answers), pd.DataFrame(status))


def package(responses: Responses, design: Design, names: list[str]) -> pd.DataFrame:
    """Return everything as the measurement does it."""
    frames = [estimate_shares(responses, design, names, by=by) for by in (None, *BREAKDOWNS)]
    frames += [estimate_means(responses, design, by=by) for by in (None, *BREAKDOWNS)]
    return pd.concat(frames, ignore_index=True)


def floor(responses: Responses, design: Design, names: list[str]) -> None:
    """Count the same tables by hand, and make the same intervals."""
    n, f = design.sample_size, design.fraction
    for by in (None, *BREAKDOWNS):
        group = np.zeros(n, np.int64) if by is None else responses.answers[by].cat.codes.to_numpy(np.int64)
        groups = BREAKDOWNS.get(by or "", 1)
        for name in names:
            asked = responses.status[name].to_numpy() == 0
            if name.startswith("m"):
                base = np.bincount(group[asked], minlength=groups)
                ticks = [responses.answers[f"{name}.a{code}"].to_numpy() & asked for code in range(OPTIONS)]
                counts = np.stack([np.bincount(group[tick], minlength=groups) for tick in ticks], axis=1)
            else:
                codes, k = responses.answers[name].cat.codes.to_numpy(), len(responses.answers[name].cat.categories)
                cells = group[asked] * k + codes[asked]
                counts = np.bincount(cells, minlength=groups * k).reshape(groups, k)
                base = counts.sum(axis=1)
            p = counts / base[:, None]
            w = (stdtrit(base - 1, 0.975) ** 2 / (base * (n - 1) / n / (1 - f)))[:, None]
            half = np.sqrt(w * (p * (1 - p) + w / 4))
            _ = (p + w / 2 - half) / (1 + w), (p + w / 2 + half) / (1 + w)


def crosstabs(responses: Responses, names: list[str]) -> None:
    """Count with pandas, for those who would."""
    for by in BREAKDOWNS:
        for name in names:
            columns = [f"{name}.a{code}" for code in range(OPTIONS)] if name.startswith("m") else [name]
            for column in columns:
                pd.crosstab(responses.answers[by], responses.answers[column])


def seconds(work: Callable[[], object], runs: int) -> float:
    """Return the median time of some runs, after one to warm up."""
    times = []
    for run in range(runs + 1):
        start = time.perf_counter()
        work()
        if run:
            times.append(time.perf_counter() - start)
    return statistics.median(times)


def main(sizes: list[int]) -> None:
    """Print a line per number of respondents."""
    print("respondents  rows  package s  floor s  crosstab s  package/floor  package/crosstab  rules s  peak MB")
    for n in sizes:
        responses, design = make_responses(n), Design.simple_random(n, 3 * n)
        names = [question.id for question in responses.questionnaire.questions if question.id not in BREAKDOWNS]
        runs = 7 if n < 100_000 else 1
        ours = seconds(lambda r=responses, d=design, q=names: package(r, d, q), runs)
        bare = seconds(lambda r=responses, d=design, q=names: floor(r, d, q), runs)
        cross = seconds(lambda r=responses, q=names: crosstabs(r, q), 1)
        frame = package(responses, design, names)
        rules = PublicationRules(10, {"sector": GroupRule(10, 0.2)})
        ruled = seconds(lambda e=frame, r=rules: apply_publication_rules(e, r), runs)
        tracemalloc.start()
        package(responses, design, names)
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        print(
            f"{n:11d} {len(frame):5d} {ours:10.4f} {bare:8.4f} {cross:11.4f} {ours / bare:14.2f} "
            f"{ours / cross:17.2f} {ruled:8.4f} {peak:8.1f}"
        )


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [301, 1_000_000])
