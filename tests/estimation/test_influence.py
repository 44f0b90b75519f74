"""The short way, through sums, and the long way, respondent by respondent, give the same variances."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from srsmeting.errors import DesignError
from srsmeting.estimation import Design, Weights, covariance, estimate_means, estimate_shares
from srsmeting.responses import Responses

NAMES = ["synth_srs_fpc", "synth_strat_fpc", "raked", "fpc", "nofpc", "raked strata", "uneven margins"]


@pytest.fixture(scope="session")
def every(designs: dict[str, Design], synth: pd.DataFrame) -> dict[str, Design]:
    """Add designs that R's reference does not have: stratified and raked, and raked from base weights of their own."""
    more = {}
    random = np.random.default_rng(7)
    for name, start in (
        ("raked strata", designs["synth_strat_fpc"]),
        ("uneven margins", Design.simple_random(301, 985, base_weights=random.uniform(1, 5, 301))),
    ):
        margins = tuple(synth[column].to_numpy() - 1 for column in ("branch", "size"))
        factors = [random.uniform(0.7, 1.4, margin.max() + 1)[margin] for margin in margins]
        more[name] = start.calibrated(Weights(start.each * factors[0] * factors[1], margins, start.each))
    return designs | more


def long_way(responses: Responses, design: Design, by: str | None) -> np.ndarray:
    """Return the standard errors of answer 1 to q_single, and of the mark, per group."""
    weights = np.ones(responses.n) if design.weights is None else design.weights
    group = np.zeros(responses.n) if by is None else responses.codes(by)
    marks = responses.codes("mark")
    columns = []
    for z, valid in (
        ((responses.codes("q_single") == 0).astype(float), np.ones(responses.n, dtype=bool)),
        (marks + 1.0, marks >= 0),
    ):
        for code in range(int(group.max()) + 1):
            inside = (group == code) & valid
            mean = np.average(z[inside], weights=weights[inside])
            columns.append(inside * weights * (z - mean) / weights[inside].sum())
    return np.sqrt(np.diag(covariance(np.stack(columns, axis=1), design)))


@pytest.mark.parametrize("by", [None, "size", "ownership"])
@pytest.mark.parametrize("name", NAMES)
def test_the_short_way_is_the_long_way(
    name: str, by: str | None, synth_responses: Responses, every: dict[str, Design]
) -> None:
    shares = estimate_shares(synth_responses, every[name], "q_single", by)
    means = estimate_means(synth_responses, every[name], "mark", by)
    ours = [*shares.loc[shares["category"] == "1", "se"], *means["se"]]
    np.testing.assert_allclose(ours, long_way(synth_responses, every[name], by), rtol=1e-9)


def repeat(responses: Responses, times: int) -> Responses:
    answers = pd.concat([responses.answers] * times, ignore_index=True)
    status = pd.concat([responses.status] * times, ignore_index=True)
    return Responses(responses.questionnaire, answers, status)


@pytest.mark.parametrize("own", [False, True], ids=["equal in a class", "each its own"])
@pytest.mark.parametrize("stratified", [False, True])
def test_many_respondents_go_by_class(
    own: bool, stratified: bool, synth: pd.DataFrame, synth_responses: Responses
) -> None:
    """So many that classes of the design are counted instead of respondents."""
    times = 100
    many, frame = repeat(synth_responses, times), pd.concat([synth] * times, ignore_index=True)
    random = np.random.default_rng(3)
    uneven = random.uniform(1, 3, len(frame)) if own else None
    if stratified:
        sizes = 5 * np.bincount(frame["region"] - 1)
        start = Design.stratified(frame["region"] - 1, sizes, base_weights=uneven)
    else:
        start = Design.simple_random(len(frame), 98500, base_weights=uneven)
    margins = tuple(frame[name].to_numpy() - 1 for name in ("branch", "size"))
    factor = random.uniform(0.7, 1.4, 9)[margins[0]] * random.uniform(0.7, 1.4, 5)[margins[1]]
    design = start.calibrated(Weights(start.each * factor, margins, start.each))
    assert design.classes.size * 6 * 5 <= many.n
    assert (design.classes.weight is None) == own
    for by in (None, "size"):
        shares = estimate_shares(many, design, ["q_single", "multi"], by)
        means = estimate_means(many, design, "mark", by)
        ours = [*shares.loc[(shares["category"] == "1"), "se"], *means["se"]]
        np.testing.assert_allclose(ours, long_way(many, design, by), rtol=1e-8)
        assert len(shares) == (9 if by is None else 45)


def test_one_column_and_a_subset(synth_responses: Responses, every: dict[str, Design]) -> None:
    design = every["raked strata"]
    chosen = synth_responses.codes("size") == 2
    weights, z = design.each, (synth_responses.codes("q_single") == 0).astype(float)
    mean = np.average(z[chosen], weights=weights[chosen])
    influence = chosen * weights * (z - mean) / weights[chosen].sum()
    whole, part = covariance(influence, design), covariance(influence[chosen], design.subset(chosen))
    np.testing.assert_allclose(part, whole, rtol=1e-12)


def test_other_respondents_are_refused(designs: dict[str, Design]) -> None:
    for name in ("synth_srs_fpc", "raked"):
        with pytest.raises(DesignError) as caught:
            covariance(np.zeros((302, 1)), designs[name])
        assert str(caught.value) == (
            "covariance(): influences of 302 respondents, but the design has 301. Give one row for each."
        )


def test_covariances_of_categories_add_up_to_nothing(synth_responses: Responses, every: dict[str, Design]) -> None:
    codes = synth_responses.codes("q_single")
    z = np.equal.outer(codes, np.arange(4)).astype(float)
    for design in every.values():
        weights: Any = np.ones(301) if design.weights is None else design.weights
        shares = np.average(z, axis=0, weights=weights)
        matrix = covariance(weights[:, np.newaxis] * (z - shares) / weights.sum(), design)
        np.testing.assert_allclose(matrix.sum(axis=0), 0, atol=1e-17)
        np.testing.assert_allclose(matrix, matrix.T, rtol=1e-12)
