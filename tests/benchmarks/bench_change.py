"""How far the standard error of a change is off, and how often its interval holds the truth; prints the table of README.md.

Run: ``python tests/benchmarks/bench_change.py [DRAWS [ESTIMATED]]``. Pairs of samples are drawn from a population whose
answers are all known in both years. The variance of the change over all draws is what the formula must give; of some of
the draws the change is estimated as a measurement does. The same seed gives the same table.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.estimation import Design, Margin, poststratify
from srsmeting.estimation.change import Wave, change_variance, estimate_changes, link_waves
from srsmeting.questionnaire import parse_questionnaire
from srsmeting.responses import Responses

SEED = 2022
OVERLAPS = (0, 30, 60, 100)
#: Drawn at a time, to spare memory.
_CHUNK = 4_000

Numbers = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

QUESTIONNAIRE = parse_questionnaire(
    {
        "meting": "m-2",
        "title": "Meting",
        "respondents": "respondenten",
        "pijlers": [{"id": "basis", "label": "Basis"}],
        "questions": [
            {"id": "bekend", "kind": "open", "title": "-", "text": "-", "pijler": "basis", "fase": "bereik"},
            {"id": "score", "kind": "number", "title": "-", "text": "-", "pijler": "basis", "fase": "bereik"},
        ],
    }
)


@dataclass(frozen=True)
class Stratum:
    """Organisations that stay, come and go, and how many of them respond.

    Of `first` and `second`, shape (organisations, questions), the first `stay` rows are the same organisations. Where
    `groups` says per year in which group each of them is, respondents are weighted to how large these are.
    """

    first: Numbers
    second: Numbers
    stay: int
    n1: int
    n2: int
    n12: int
    groups: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]] | None = None

    @property
    def full(self) -> bool:
        """Whether as many answer both times as can; how many is then left to chance where organisations come and go."""
        return self.n12 == min(self.n1, self.n2)


def invent(rng: np.random.Generator, stay: int, births: int, deaths: int, level: float) -> tuple[Numbers, Numbers]:
    """Return a share and a mean of both years; newcomers answer otherwise than who stays."""
    leaning = rng.normal(level, 1, stay)
    years = []
    for shift, extra in ((0.0, deaths), (0.2, births)):
        own = np.concatenate([leaning, rng.normal(level + 0.5, 1, extra)])
        own = 0.8 * own + shift + rng.normal(0, 0.6, stay + extra)
        years.append(np.column_stack([own > 0.3, np.exp(own / 2)]).astype(np.float64))
    return years[0], years[1]


def scenarios() -> Iterator[tuple[str, int, list[Stratum]]]:
    """Yield name, overlap and strata."""
    for name, sizes in (
        ("one stratum", [(600, 0, 0, 180, 160, 0.0)]),
        ("two strata", [(400, 0, 0, 80, 90, -0.3), (200, 0, 0, 90, 80, 0.8)]),
        ("births and deaths", [(500, 100, 80, 180, 160, 0.0)]),
        ("births and deaths, two strata", [(350, 60, 50, 80, 90, -0.3), (170, 40, 30, 90, 80, 0.8)]),
    ):
        for overlap in OVERLAPS:
            rng = np.random.default_rng(SEED)
            strata = []
            for stay, births, deaths, n1, n2, level in sizes:
                first, second = invent(rng, stay, births, deaths, level)
                strata.append(Stratum(first, second, stay, n1, n2, round(overlap / 100 * min(n1, n2))))
            yield name, overlap, strata
    for name, births, deaths in (("weighted", 0, 0), ("births and deaths, weighted", 200, 160)):
        for overlap in OVERLAPS:
            yield name, overlap, [weighted(np.random.default_rng(SEED), births, deaths, overlap)]


def weighted(rng: np.random.Generator, births: int, deaths: int, overlap: int) -> Stratum:
    """Return a population in three groups that answer differently, and that some organisations move between."""
    stay, n1, n2 = (1000, 360, 320) if births else (1200, 360, 320)
    kept = rng.integers(0, 3, stay)
    moved = np.where(rng.random(stay) < 0.1, rng.integers(0, 3, stay), kept)
    groups = np.append(kept, rng.integers(0, 3, deaths)), np.append(moved, rng.integers(0, 3, births))
    years = []
    for answers, group in zip(invent(rng, stay, births, deaths, 0.0), groups, strict=True):
        more = rng.random(len(group)) < 0.3 * group
        years.append(np.column_stack([np.where(more, 1.0, answers[:, 0]), answers[:, 1] + 0.7 * group]))
    return Stratum(years[0], years[1], stay, n1, n2, round(overlap / 100 * min(n1, n2)), groups)


def draw(rng: np.random.Generator, one: Stratum, draws: int) -> tuple[Mask, Mask]:
    """Draw both samples of a stratum, shape (draws, organisations).

    Each is a simple random sample of its frame, as many answer both times as there should, and how many newcomers
    respond says nothing of how many leavers did.
    """
    first = _lowest(rng.random((draws, len(one.first))), np.full(draws, one.n1))
    before = first[:, : one.stay]
    births = len(one.second) - one.stay
    kept = rng.hypergeometric(one.stay, births, one.n2, draws) if births else np.full(draws, one.n2)
    again = np.full(draws, one.n12)
    if one.full or births or len(one.first) > one.stay:
        again = np.minimum(again, np.minimum(before.sum(axis=1), kept))
    again = np.maximum(again, kept - (one.stay - before.sum(axis=1)))
    chance = rng.random((draws, one.stay))
    stays = _lowest(np.where(before, chance, 2.0), again) | _lowest(np.where(before, 2.0, chance), kept - again)
    return first, np.hstack([stays, _lowest(rng.random((draws, births)), one.n2 - kept)])


def _lowest(values: Numbers, number: npt.NDArray[np.int64]) -> Mask:
    """Mark the so many lowest of each row."""
    if not values.shape[1] or not number.any():
        return np.zeros(values.shape, dtype=np.bool_)
    if (number == number[0]).all():
        return values <= np.partition(values, max(int(number[0]) - 1, 0), axis=1)[:, [max(int(number[0]) - 1, 0)]]
    ordered = np.sort(values, axis=1)
    edge = np.take_along_axis(ordered, np.maximum(number - 1, 0)[:, np.newaxis], axis=1)
    return (values <= edge) & (number > 0)[:, np.newaxis]


def simulate(strata: list[Stratum], draws: int, estimated: int) -> dict[str, Numbers]:
    """Return per question what the draws, the formula and the estimates say."""
    rng = np.random.default_rng(SEED + 1)
    changes, twice = [], np.zeros((len(strata), 0))
    gathered: list[pd.DataFrame] = []
    assumed = _correlation(strata)
    sizes = [sum(len(one.first) for one in strata), sum(len(one.second) for one in strata)]
    for start in range(0, draws, _CHUNK):
        several = min(_CHUNK, draws - start)
        samples = [draw(rng, one, several) for one in strata]
        level = [np.zeros((several, 2)), np.zeros((several, 2))]
        for one, pair in zip(strata, samples, strict=True):
            for year, (sample, answers) in enumerate(zip(pair, (one.first, one.second), strict=True)):
                # A matrix product is quicker than gathering answers draw by draw.
                for inside in _members(one, year):
                    base = (sample @ inside)[:, np.newaxis]
                    level[year] += inside.sum() / sizes[year] * (sample @ (answers * inside[:, np.newaxis])) / base
        changes.append(level[1] - level[0])
        both = [(a[:, : one.stay] & b[:, : one.stay]).sum(axis=1) for one, (a, b) in zip(strata, samples, strict=True)]
        twice = np.hstack([twice, np.array(both)])
        for place in range(min(estimated - len(gathered), several)):
            gathered.append(estimate(strata, [(a[place], b[place]) for a, b in samples], assumed))
    change = np.vstack(changes)
    truth = sum(
        len(one.second) / sizes[1] * one.second.mean(axis=0) - len(one.first) / sizes[0] * one.first.mean(axis=0)
        for one in strata
    )
    return {
        "simulated": change.var(axis=0),
        "formula": formula(strata, twice.mean(axis=1)),
        "naive": naive(strata),
        **summary(gathered, np.asarray(truth)),
    }


def _members(one: Stratum, year: int) -> list[Numbers]:
    """Return who is in each group, or everyone."""
    if one.groups is None:
        return [np.ones(len((one.first, one.second)[year]))]
    return [(one.groups[year] == group).astype(np.float64) for group in range(3)]


def _residuals(one: Stratum) -> tuple[Numbers, Numbers]:
    """Return answers without what weights take away of their spread: the means of the groups."""
    found = []
    for year, answers in enumerate((one.first, one.second)):
        means = [(inside @ answers) / inside.sum() * inside[:, np.newaxis] for inside in _members(one, year)]
        explained: Numbers = np.sum(np.array(means), axis=0)
        found.append(answers - explained if one.groups else answers)
    return found[0], found[1]


def formula(strata: list[Stratum], twice: Numbers) -> Numbers:
    """Return the variance that the formula gives for the whole population; with weights, of what these leave over."""
    sizes = [sum(len(one.first) for one in strata), sum(len(one.second) for one in strata)]
    columns = []
    for question in (0, 1):
        rows = []
        for one, n12 in zip(strata, twice, strict=True):
            y, z = (answers[:, question] for answers in _residuals(one))
            s12 = float(np.cov(y[: one.stay], z[: one.stay])[0, 1])
            sample = (one.n1, one.n2, n12, len(y), len(z), one.stay)
            rows.append((*sample, y.var(ddof=1), z.var(ddof=1), s12, len(y) / sizes[0], len(z) / sizes[1]))
        columns.append(float(change_variance(*np.array(rows).T)))
    return np.array(columns)


def naive(strata: list[Stratum]) -> Numbers:
    """Return the variance of two independent samples without finite population correction."""
    found = np.zeros(2)
    sizes = [sum(len(one.first) for one in strata), sum(len(one.second) for one in strata)]
    for one in strata:
        for answers, n, size in ((one.first, one.n1, sizes[0]), (one.second, one.n2, sizes[1])):
            found += (len(answers) / size) ** 2 * answers.var(axis=0, ddof=1) / n
    return found


def _correlation(strata: list[Stratum]) -> Numbers:
    """Return how alike the answers of an organisation are, per question, within strata."""
    parts = []
    for one in strata:
        y, z = _residuals(one)
        s12 = ((y[: one.stay] - y[: one.stay].mean(0)) * (z[: one.stay] - z[: one.stay].mean(0))).sum(0)
        parts.append(s12 / (one.stay - 1) / np.sqrt(y.var(axis=0, ddof=1) * z.var(axis=0, ddof=1)))
    return np.asarray(np.mean(parts, axis=0), dtype=np.float64)


def estimate(strata: list[Stratum], samples: list[tuple[Mask, Mask]], assumed: Numbers) -> pd.DataFrame:
    """Estimate the change as a measurement does; where nobody answered twice, also with the correlation known."""
    waves = []
    for year in (0, 1):
        units, frame, answers, stratum, place = [], [], [], [], []
        for h, (one, pair) in enumerate(zip(strata, samples, strict=True)):
            table, chosen = (one.first, one.second)[year], np.flatnonzero(pair[year])
            names = [f"{h}-{row}" if row < one.stay else f"{h}-{year}-{row}" for row in range(len(table))]
            units += [names[row] for row in chosen]
            frame += names
            answers.append(table[chosen])
            stratum += [h] * len(chosen)
            place += [h] * len(table)
        given = np.vstack(answers)
        columns = pd.DataFrame({"bekend": given[:, 0] > 0, "score": given[:, 1]})
        status = pd.DataFrame(0, index=columns.index, columns=["bekend", "score"], dtype=np.int8)
        design = (
            Design.simple_random(len(units), len(frame))
            if len(strata) == 1
            else Design.stratified(stratum, np.bincount(place).tolist())
        )
        responses = Responses(QUESTIONNAIRE, columns, status)
        if strata[0].groups is not None:
            group = strata[0].groups[year]
            margin = Margin(
                "groep", ("a", "b", "c"), group[samples[0][year]], np.bincount(group, minlength=3).astype(np.float64)
            )
            design = design.calibrated(poststratify(margin))
        waves.append(Wave(responses, design, units, frame, place, meting=f"m-{year + 1}"))
    overlap = link_waves(waves[0], waves[1])
    made = estimate_changes(waves[0], waves[1], overlap=overlap)
    changes = made[made["measure"] == "change"].reset_index(drop=True)
    changes["assumed"] = changes["se"]
    if overlap.reason:
        for row, correlation in enumerate(assumed):
            known = replace(overlap, correlation=float(np.clip(correlation, 0, 1)))
            again = estimate_changes(waves[0], waves[1], changes["question"][row], overlap=known)
            changes.loc[row, "assumed"] = again["se"].iloc[0]
    return changes


def summary(made: list[pd.DataFrame], truth: Numbers) -> dict[str, Numbers]:
    """Return the mean of the estimated variances, and how often the interval held the truth."""
    se, assumed, low, high = (
        np.array([frame[name] for frame in made]) for name in ("se", "assumed", "ci_low", "ci_high")
    )
    return {
        "estimated": (se**2).mean(axis=0),
        "assumed": (assumed**2).mean(axis=0),
        "coverage": ((low <= truth) & (truth <= high)).mean(axis=0),
    }


def table(draws: int, estimated: int) -> Iterator[str]:
    """Yield the lines of the table."""
    yield "| population | overlap | of | formula | estimated | correlation known | independent, no correction | coverage |"
    yield "|---" * 8 + "|"
    for name, overlap, strata in scenarios():
        found = simulate(strata, draws, estimated)
        for question, what in enumerate(("share", "mean")):
            truth = found["simulated"][question]
            ratios = [found[key][question] / truth - 1 for key in ("formula", "estimated", "assumed", "naive")]
            cells = [f"{ratio:+.1%}" for ratio in ratios]
            if overlap:
                cells[2] = ""
            yield f"| {name} | {overlap}% | {what} | {' | '.join(cells)} | {found['coverage'][question]:.3f} |"


def main(arguments: list[str]) -> None:
    """Print the table."""
    draws, estimated = (int(given) for given in (*arguments, *("40000", "500")[len(arguments) :]))
    for line in table(draws, estimated):
        print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
