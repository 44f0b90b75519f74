"""Shares and means of weighted, stratified and raked designs, against R's survey package."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from srsmeting.estimates import check_estimates, pick
from srsmeting.estimation import Design, estimate_means, estimate_shares
from srsmeting.responses import Responses

#: What the reference says of a design as a whole, and where.
WHOLE = [
    ("synth_srs_fpc", "svymean", "synth_srs_fpc"),
    ("synth_strat_fpc", "svymean", "synth_strat_fpc"),
    ("fpc", "rake_synth_weights_as_fixed", "fpc"),
    ("nofpc", "rake_synth_weights_as_fixed", "nofpc"),
]
CLOSE: dict[str, float] = {"rtol": 1e-9, "atol": 1e-14}


def estimates(responses: Responses, design: Design, question: str, by: str | None = None) -> pd.DataFrame:
    estimate = estimate_means if question == "mark" else estimate_shares
    frame = estimate(responses, design, question, by)
    check_estimates(frame)
    return frame


def expected_means(reference: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    found = {(name, q): values for name, *path in WHOLE for q, values in _walk(reference, path) if "est" in values}
    raked = reference["rake_synth_region_branch_size"]
    return found | {("raked", q): raked[f"svymean_{q}"] for q in ("q_single", "mark")}


def _walk(reference: dict[str, Any], path: list[str]) -> list[tuple[str, dict[str, Any]]]:
    for key in path:
        reference = reference[key]
    return list(reference.items())


MEANS = [
    *((name, q) for name in ("synth_srs_fpc", "synth_strat_fpc", "raked", "fpc") for q in ("q_single", "mark")),
    ("synth_srs_fpc", "s1"),
    ("synth_srs_fpc", "multi"),
    ("nofpc", "q_single"),
]


def test_nothing_of_the_reference_is_left_out(reference: dict[str, Any]) -> None:
    assert sorted(expected_means(reference)) == sorted(MEANS)


@pytest.mark.parametrize(("name", "question"), MEANS)
def test_totals_equal_r(
    name: str, question: str, synth_responses: Responses, designs: dict[str, Design], reference: dict[str, Any]
) -> None:
    frame, expected = estimates(synth_responses, designs[name], question), expected_means(reference)[name, question]
    np.testing.assert_allclose(frame["estimate"], expected["est"], **CLOSE)
    np.testing.assert_allclose(frame["se"], expected["se"], **CLOSE)


def expected_breakdowns(reference: dict[str, Any]) -> dict[tuple[str, str, str], dict[str, Any]]:
    found = {}
    for name in ("synth_srs_fpc", "synth_strat_fpc"):
        for key, values in reference["svyby"][name].items():
            question, by = key.split("_by_")
            found[name, question, by] = values
    for key, values in reference["rake_synth_region_branch_size"].items():
        if key.startswith("svyby_"):
            question, by = key.removeprefix("svyby_").rsplit("_", 1)
            found["raked", question, by] = values
    fixed = reference["rake_synth_weights_as_fixed"]["fpc"]["q_single_by_branch"]
    return found | {("fpc", "q_single", "branch"): fixed}


BREAKDOWNS = [
    ("synth_srs_fpc", "q_single", "branch"),
    ("synth_srs_fpc", "mark", "size"),
    ("synth_srs_fpc", "mark", "region"),
    ("synth_srs_fpc", "s1", "ownership"),
    ("synth_strat_fpc", "q_single", "branch"),
    ("synth_strat_fpc", "mark", "size"),
    ("raked", "mark", "ownership"),
    ("raked", "q_single", "branch"),
    ("fpc", "q_single", "branch"),
]


def test_no_breakdown_of_the_reference_is_left_out(reference: dict[str, Any]) -> None:
    assert sorted(expected_breakdowns(reference)) == sorted(BREAKDOWNS)


@pytest.mark.parametrize(("name", "question", "by"), BREAKDOWNS)
def test_breakdowns_equal_r(
    name: str,
    question: str,
    by: str,
    synth_responses: Responses,
    designs: dict[str, Design],
    reference: dict[str, Any],
) -> None:
    frame, expected = estimates(synth_responses, designs[name], question, by), expected_breakdowns(reference)
    values = expected[name, question, by]
    for category in frame["category"].unique():
        rows, key = frame[frame["category"] == category], f"{question}{category}"
        assert rows["group"].tolist() == values[by]
        np.testing.assert_allclose(rows["estimate"], values[key], **CLOSE)
        # R says 0 of a share of 0, and so does this package; but R's interval then has no width.
        se = values["se" if question == "mark" else f"se.{key}"]
        np.testing.assert_allclose(rows["se"], se, **CLOSE)
        assert ((rows["ci_high"] - rows["ci_low"]) > 0).all()


def test_unweighted_bases_beside_weighted_shares(
    synth_responses: Responses, designs: dict[str, Design], reference: dict[str, Any]
) -> None:
    frame = estimate_shares(synth_responses, designs["raked"], "q_single", "branch")
    expected = reference["rake_synth_region_branch_size"]["svyby_q_single_branch"]
    assert frame.loc[frame["category"] == "1", "denominator"].tolist() == expected["n_unweighted"]
    assert set(frame["method"]) == {"wilson_weighted"}


def test_degrees_of_freedom_equal_r(designs: dict[str, Design], reference: dict[str, Any]) -> None:
    for name, expected in reference["degf"].items():
        assert designs[name].df == expected
    assert designs["raked"].df == reference["rake_synth_region_branch_size"]["svymean_mark"]["df"]


def test_weights_add_up_to_what_they_do_in_r(designs: dict[str, Design], reference: dict[str, Any]) -> None:
    for name, expected in reference["weights_sum"].items():
        assert designs[name].total_weight == pytest.approx(expected, rel=1e-14)
        assert designs[name].each.sum() == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("name", ["synth_srs_fpc", "synth_strat_fpc", "raked", "fpc", "nofpc"])
def test_t_intervals_of_everyone_equal_r(
    name: str, synth_responses: Responses, designs: dict[str, Design], reference: dict[str, Any]
) -> None:
    # Everyone has an answer to q_single, so that the degrees of freedom of the base are those of the design.
    expected = expected_means(reference)[name, "q_single"]
    from srsmeting.estimation import t_interval

    frame = estimate_shares(synth_responses, designs[name], "q_single")
    low, high = t_interval(frame["estimate"], frame["se"], designs[name].df)
    np.testing.assert_allclose(low, expected["ci_t_low"], **CLOSE)
    np.testing.assert_allclose(high, expected["ci_t_high"], **CLOSE)


@pytest.mark.parametrize("name", ["synth_strat_fpc", "raked", "fpc"])
def test_a_mean_over_fewer_has_fewer_degrees_of_freedom_than_r(
    name: str, synth_responses: Responses, designs: dict[str, Design], reference: dict[str, Any]
) -> None:
    """On purpose not R's: confint() there counts the 14 without a mark in the degrees of freedom."""
    row = pick(estimate_means(synth_responses, designs[name]), "mark")
    expected = expected_means(reference)[name, "mark"]
    assert row["denominator"] == 301 - 14
    assert row["ci_high"] > expected["ci_t_high"][0]
    assert row["ci_high"] == pytest.approx(expected["ci_t_high"][0], rel=1e-5)


def test_shares_of_a_margin_are_known(synth_responses: Responses, designs: dict[str, Design]) -> None:
    """The frame has 267 of 985 in branch 1: after raking there is nothing left to estimate."""
    frame = estimate_shares(synth_responses, designs["raked"], "branch")
    check_estimates(frame)
    np.testing.assert_allclose(frame["estimate"], np.array([267, 169, 143, 128, 86, 78, 57, 40, 17]) / 985, rtol=1e-8)
    assert (frame["se"] == 0).all()
    assert frame[["ci_low", "ci_high"]].isna().all(axis=None)
    assert set(frame["method"]) == {"margin"}
    assert set(frame["status"]) == {"A"}
