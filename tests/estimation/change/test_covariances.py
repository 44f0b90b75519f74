"""Errors of what is composition, of linked measurements: moving the weight of each respondent, without any cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from srsmeting.estimates import pick
from srsmeting.estimation import Design, covariance
from srsmeting.estimation.change import Wave, composition_changes, link_waves

Numbers: TypeAlias = npt.NDArray[np.float64]

FRAME = {"noord": 50, "zuid": 30, "west": 20}
MEASURES = ("standardised_change", "composition_change", "rate_change")
DESIGNS = ("simple", "weighted", "strata", "weighted strata")


@pytest.fixture(scope="module")
def waves(make_town: Callable[..., Any]) -> Callable[[str], tuple[Wave, Wave]]:
    """Make two measurements that share some 70 organisations, by their design."""
    town = make_town(150, 10, 10, 8)

    def make(kind: str) -> tuple[Wave, Wave]:
        rng = np.random.default_rng(5)
        made = []
        for year, table in enumerate((town.first, town.second), start=1):
            chosen = list(rng.permutation(table.index)[:110])
            weights = rng.uniform(0.5, 3, len(chosen)) if "weighted" in kind else None
            if "strata" in kind:
                sizes = np.bincount(table["grootte"], minlength=2)
                design = Design.stratified(table.loc[chosen, "grootte"].to_numpy(), sizes, weights)
                made.append(town.wave(year, chosen, design, frame_strata=table["grootte"].to_numpy()))
            else:
                made.append(town.wave(year, chosen, Design.simple_random(len(chosen), len(table), weights)))
        return made[0], made[1]

    return make


def estimates(groups: list[Any], answers: list[Numbers], weights: list[Numbers]) -> Numbers:
    """Return the standardised change, composition and rate of answers; missing outside the base."""
    parts, levels = [], []
    for group, answer, weight in zip(groups, answers, weights, strict=True):
        inside = np.isfinite(answer)
        own = [inside & (group == name) for name in FRAME]
        parts.append(np.array([weight[rows].sum() for rows in own]) / weight[inside].sum())
        levels.append(np.array([np.average(answer[rows], weights=weight[rows]) for rows in own]))
    (c1, c2), (p1, p2), frame = parts, levels, np.array(list(FRAME.values())) / 100
    return np.array([frame @ (p2 - p1), (c2 - c1) @ (p1 + p2) / 2, (c1 + c2) / 2 @ (p2 - p1)])


def errors(waves: tuple[Wave, Wave], answers: list[Numbers]) -> Numbers:
    """Return standard errors of the three, of what each respondent does to them."""
    groups = [wave.responses.answers["regio"].to_numpy(dtype=object) for wave in waves]
    influences = []
    for side, wave in enumerate(waves):
        own = []
        for respondent in range(wave.responses.n):
            ends = []
            for step in (1e-5, -1e-5):
                weights = [other.design.each.copy() for other in waves]
                weights[side][respondent] *= 1 + step
                ends.append(estimates(groups, answers, weights))
            own.append((ends[0] - ends[1]) / 2e-5)
        influences.append(np.array(own))
    variances = [np.diag(covariance(u, wave.design)) for u, wave in zip(influences, waves, strict=True)]
    overlap = link_waves(*waves)
    together = np.zeros(3)
    for pair in range(len(overlap.n12)):
        here, n = overlap.pair == pair, int(overlap.n12[pair])
        first, second = influences[0][overlap.first[here]], influences[1][overlap.second[here]]
        products = ((first - first.mean(axis=0)) * (second - second.mean(axis=0))).sum(axis=0)
        together += (n - overlap.expected[pair]) / (n - 1) * products
    # The influence on the change is the other way round for the earlier measurement.
    return np.sqrt(variances[0] + variances[1] + 2 * together)


@pytest.mark.parametrize("kind", DESIGNS)
def test_errors(waves: Any, kind: str) -> None:
    """Of a share, of an option, of marks and of numbers."""
    one, two = waves(kind)
    given = [wave.responses.answers for wave in (one, two)]
    questions = {
        ("oordeel", "niet_slecht"): [
            np.where(table["oordeel"].isna(), np.nan, table["oordeel"].isin(["goed", "matig"])) for table in given
        ],
        ("vormen", "b"): [table["vormen.b"].to_numpy(dtype=np.float64) for table in given],
        ("cijfer", ""): [table["cijfer"].astype(float).to_numpy() for table in given],
        ("aantal", ""): [table["aantal"].to_numpy() for table in given],
    }

    frame = composition_changes(one, two, "regio", FRAME)

    groups = [table["regio"].to_numpy(dtype=object) for table in given]
    for (question, category), answers in questions.items():
        rows = [pick(frame, question, category, by="regio", measure=measure) for measure in MEASURES]
        expected = estimates(groups, answers, [wave.design.each for wave in (one, two)])
        assert [row["estimate"] for row in rows] == pytest.approx(expected, abs=1e-12)
        assert [row["se"] for row in rows] == pytest.approx(errors((one, two), answers), rel=1e-6)


@pytest.mark.parametrize("kind", DESIGNS)
def test_a_table_after_the_other(waves: Any, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it goes with many respondents; with few all tables go at once."""
    one, two = waves(kind)
    at_once = composition_changes(one, two, "regio", FRAME)
    monkeypatch.setattr("srsmeting.estimation.change.cells._TOGETHER", 1)

    apart = composition_changes(one, two, "regio", FRAME)

    pd.testing.assert_frame_equal(apart, at_once, check_exact=False, rtol=1e-9)


def test_many_respondents_are_counted(make_town: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever answers the same both times is counted once; by respondent it comes to the same."""
    town = make_town(3000, 0, 0, 2)
    one, two = town.wave(1, list(town.first.index[:2000])), town.wave(2, list(town.second.index[500:2500]))
    monkeypatch.setattr("srsmeting.estimation.change.cells._TOGETHER", 1)
    counted = composition_changes(one, two, "regio", FRAME, ["oordeel", "vormen"])
    monkeypatch.setattr("srsmeting.estimation.change.covariances.SPARSE", 0)

    listed = composition_changes(one, two, "regio", FRAME, ["oordeel", "vormen"])

    pd.testing.assert_frame_equal(counted, listed, check_exact=False, rtol=1e-9)
