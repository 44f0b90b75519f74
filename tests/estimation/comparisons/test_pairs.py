"""Differences between shares, against R's standard errors, the slow way, and paper."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t

from srsmeting.estimates import pick
from srsmeting.estimation import Design, Weights, covariance, estimate_shares
from srsmeting.estimation.comparisons import adjust_p, compare_groups
from srsmeting.responses import Responses

DESIGNS = ["synth_srs_fpc", "synth_strat_fpc", "raked", "fpc", "nofpc"]


def differences(responses: Responses, design: Design, question: str, by: str, **options: Any) -> pd.DataFrame:
    frame = compare_groups(responses, design, question, by, **options)
    return frame[frame["measure"] == "difference"]


def test_standard_errors_equal_r(
    synth_responses: Responses, designs: dict[str, Design], reference: dict[str, Any]
) -> None:
    """In a simple random sample two groups know nothing of each other: the squares of R's standard errors add up."""
    values = reference["svyby"]["synth_srs_fpc"]["q_single_by_branch"]
    found = differences(synth_responses, designs["synth_srs_fpc"], "q_single", "branch")
    assert len(found) == 36 * 4
    for category in "1234":
        share, se = np.array(values[f"q_single{category}"]), np.array(values[f"se.q_single{category}"])
        rows = found[found["category"] == category]
        a, b = np.triu_indices(9, 1)
        np.testing.assert_allclose(rows["estimate"], share[a] - share[b], rtol=1e-9, atol=1e-14)
        inner = (se[a] > 0) & (se[b] > 0)
        assert inner.sum() > 20
        np.testing.assert_allclose(rows["se"][inner], np.hypot(se[a], se[b])[inner], rtol=1e-9)


@pytest.mark.parametrize("name", DESIGNS)
def test_standard_errors_the_slow_way(
    name: str, synth: pd.DataFrame, synth_responses: Responses, designs: dict[str, Design]
) -> None:
    """Strata and margins make groups depend on each other: one influence for both."""
    design = designs[name]
    found = differences(synth_responses, design, "q_single", "size")
    w, size, z = design.each, synth["size"].to_numpy(), (synth["q_single"] == 2).to_numpy(dtype=np.float64)
    for group, row in found[found["category"] == "2"].set_index("group").iterrows():
        u = np.zeros(len(z))
        for code, sign in zip(str(group).split("-"), (1, -1), strict=True):
            inside = size == int(code)
            u[inside] += sign * w[inside] * (z[inside] - np.average(z[inside], weights=w[inside])) / w[inside].sum()
        assert row["se"] == pytest.approx(np.sqrt(covariance(u, design)[0, 0]), rel=1e-9)


@pytest.mark.parametrize("correction", ["holm", "bh", "none"])
def test_p_values_are_those_of_t(
    correction: str, synth: pd.DataFrame, synth_responses: Responses, designs: dict[str, Design]
) -> None:
    frame = compare_groups(synth_responses, designs["synth_strat_fpc"], "q_single", "size", correction=correction)
    rows = frame[frame["category"] == "2"]
    d, p = (rows[rows["measure"] == measure].reset_index() for measure in ("difference", "difference_p"))
    strata = [
        synth.loc[synth["size"].isin([int(code) for code in pair.split("-")]), "region"].nunique()
        for pair in d["group"]
    ]
    df = (d["numerator"] + d["denominator"]).to_numpy(dtype=float) - strata
    expected = adjust_p(2 * t.sf(np.abs(d["estimate"] / d["se"]), df), correction)
    np.testing.assert_allclose(p["estimate"], expected, rtol=1e-9)
    np.testing.assert_allclose(d["ci_high"] - d["estimate"], t.ppf(0.975, df) * d["se"], rtol=1e-9)
    assert set(d["method"]) == {"t_weighted"}
    assert set(p["method"]) == {"t_weighted" if correction == "none" else f"t_weighted_{correction}"}


@pytest.fixture
def yes(ask: Any, respond: Any) -> Any:
    """Make responses of how many say yes, and how many there are, in the groups a, b and c."""
    questionnaire = ask(
        {"id": "groep", "kind": "single", "categories": ["a", "b", "c"]},
        {"id": "lid", "kind": "single", "categories": ["ja", "nee"]},
    )

    def make(**groups: tuple[int, int]) -> Responses:
        rows = [
            {"groep": group, "lid": "ja" if place < count else "nee"}
            for group, (count, base) in groups.items()
            for place in range(base)
        ]
        responses: Responses = respond(questionnaire, rows)
        return responses

    return make


def both(responses: Responses, design: Design, group: str = "a-b") -> tuple[pd.Series, pd.Series]:
    frame = compare_groups(responses, design, "lid", "groep")
    return tuple(pick(frame, "lid", "ja", by="groep", group=group, measure=m) for m in ("difference", "difference_p"))


def test_everyone_in_one_group_says_yes(yes: Any) -> None:
    """10 of 10 against 10 of 20: the pooled 20 of 30 stands in for the spread of the first; f = 1/2, df = 30 - 1."""
    difference, p = both(yes(a=(10, 10), b=(10, 20)), Design.simple_random(30, 60))
    variance = 0.5 * 30 / 29 * (2 / 3 * 1 / 3 / 10 + 1 / 4 / 20)
    assert difference["estimate"] == 0.5
    assert difference["se"] == pytest.approx(np.sqrt(variance))
    assert (difference["status"], difference["reason"]) == ("U", "no_spread")
    assert p["estimate"] == pytest.approx(2 * t.sf(0.5 / np.sqrt(variance), 29))
    assert difference["ci_low"] < 0.5 < difference["ci_high"] <= 1


def test_everyone_in_both_groups_says_the_same(yes: Any) -> None:
    difference, p = both(yes(a=(10, 10), b=(20, 20)), Design.simple_random(30, 60))
    assert difference[["estimate", "status", "reason"]].tolist() == [0.0, "U", "no_spread"]
    assert difference[["se", "ci_low", "ci_high"]].isna().all()
    assert p[["estimate", "status", "reason"]].tolist() == [1.0, "U", "no_spread"]


def test_one_says_yes_and_the_other_no(yes: Any) -> None:
    difference, p = both(yes(a=(20, 20), b=(0, 20)), Design.simple_random(40, 80))
    variance = 0.5 * 40 / 39 * 2 * 0.25 / 20
    assert difference[["estimate", "ci_high", "reason"]].tolist() == [1.0, 1.0, "no_spread"]
    assert difference["ci_low"] == pytest.approx(1 - t.ppf(0.975, 39) * np.sqrt(variance))
    assert p["estimate"] == pytest.approx(2 * t.sf(1 / np.sqrt(variance), 39))


@pytest.mark.parametrize(
    ("groups", "status", "reason", "estimate"),
    [
        ({"a": (0, 0), "b": (3, 6)}, "O", "no_base", np.nan),
        ({"a": (1, 1), "b": (3, 6)}, "U", "one_respondent", 0.5),
        ({"a": (2, 6), "b": (3, 6)}, "U", "few_expected", -1 / 6),
        ({"a": (8, 16), "b": (8, 16)}, "A", "", 0.0),
    ],
)
def test_every_case_has_an_answer(
    groups: dict[str, tuple[int, int]], status: str, reason: str, estimate: float, yes: Any
) -> None:
    responses = yes(**groups)
    for row in both(responses, Design.simple_random(responses.n, 80)):
        assert (row["status"], row["reason"]) == (status, reason)
    difference, p = both(responses, Design.simple_random(responses.n, 80))
    assert difference["estimate"] == pytest.approx(estimate, nan_ok=True)
    assert np.isfinite(p["estimate"]) == (reason in ("", "few_expected"))


def test_a_population_that_was_observed_whole(yes: Any) -> None:
    difference, p = both(yes(a=(8, 16), b=(4, 16)), Design.simple_random(32, 32))
    assert difference[["estimate", "se", "method", "status"]].tolist() == [0.25, 0.0, "census", "A"]
    assert p[["method", "status", "reason"]].tolist() == ["", "M", "census"]
    assert np.isnan(p["estimate"])


def test_shares_that_the_margins_settle(yes: Any) -> None:
    responses = yes(a=(8, 16), b=(4, 16))
    cells = responses.codes("groep").astype(int) * 2 + responses.codes("lid")
    weights = Weights(np.full(32, 2.0), (cells,), np.full(32, 2.0))
    difference, p = both(responses, Design.simple_random(32, 64).calibrated(weights))
    assert difference[["estimate", "se", "method", "status"]].tolist() == [0.25, 0.0, "margin", "A"]
    assert p[["method", "status", "reason"]].tolist() == ["", "M", "margin"]


def test_empty_groups_do_not_count_in_the_correction(yes: Any) -> None:
    two, three = (
        both(yes(a=(8, 16), b=(4, 16), **more), Design.simple_random(32, 64))[1]["estimate"]
        for more in ({}, {"c": (0, 0)})
    )
    assert two == three


def test_differences_are_those_of_the_shares(yes: Any) -> None:
    responses, design = yes(a=(9, 20), b=(12, 20), c=(7, 30)), Design.simple_random(70, 200)
    shares = estimate_shares(responses, design, "lid", "groep").set_index(["category", "group"])
    for row in differences(responses, design, "lid", "groep").itertuples():
        a, b = str(row.group).split("-")
        one, other = shares.loc[(row.category, a)], shares.loc[(row.category, b)]
        assert row.estimate == pytest.approx(one["estimate"] - other["estimate"])
        assert (row.numerator, row.denominator) == (one["denominator"], other["denominator"])
