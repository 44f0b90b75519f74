"""Ratios of groups by hand, and against the covariance matrix of both groups."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from srsmeting.errors import UnknownNameError
from srsmeting.estimates import check_estimates
from srsmeting.estimation import Design, covariance, estimate_means, estimate_ratios, estimate_shares
from srsmeting.responses import Responses


@pytest.fixture(scope="session")
def say(ask: Any, respond: Any) -> Any:
    questionnaire = ask(
        {"id": "q", "kind": "single", "categories": ["ja", "nee"]},
        {"id": "x", "kind": "number"},
        {"id": "g", "kind": "single", "categories": ["a", "b", "c"]},
    )

    def make(answers: str, groups: str) -> Responses:
        rows = [
            {"q": "ja" if answer == "1" else "nee", "x": 2 * float(answer), "g": group}
            for answer, group in zip(answers, groups, strict=True)
        ]
        responses: Responses = respond(questionnaire, rows)
        return responses

    return make


def test_ratio_by_hand(say: Any) -> None:
    # a: 3 of 4, b: 1 of 2, of 6 out of 24. R = 1.5; v(p_a) = 3/4 x 6/5 x 4 x 3/16 / 16, v(p_b) likewise x .5 / 4;
    # no covariance in a simple random sample: v(R) = (v_a + R^2 v_b) / p_b^2.
    frame = estimate_ratios(say("111010", "aaaabb"), Design.simple_random(6, 24), "q", "g", against="b")
    check_estimates(frame)
    row = frame.iloc[0]
    assert row[["group", "category", "measure", "method"]].tolist() == ["a/b", "ja", "share_ratio", "log_t"]
    assert row["estimate"] == 1.5
    variance = (0.9 * 0.75 / 16 + 2.25 * 0.9 * 0.5 / 4) / 0.25
    assert row["se"] == pytest.approx(np.sqrt(variance), rel=1e-12)
    # t(5) = 2.570582.
    assert row["ci_low"] == pytest.approx(1.5 * np.exp(-2.570581836 * np.sqrt(variance) / 1.5), rel=1e-8)
    assert row["ci_low"] * row["ci_high"] == pytest.approx(2.25, rel=1e-12)
    assert (row["numerator"], row["denominator"]) == (4, 2)
    # c has nobody.
    assert frame.loc[frame["group"] == "c/b", "reason"].tolist() == ["no_base", "no_base"]


def test_no_ratio_to_nothing_and_of_nothing(say: Any) -> None:
    frame = estimate_ratios(say("110011", "aabbcc"), Design.simple_random(6, 24), ["q", "x"], "g", against="b")
    check_estimates(frame)
    yes = frame[(frame["category"] == "ja") | (frame["question"] == "x")]
    assert set(yes["reason"]) == {"divides_by_zero"}
    assert set(yes["status"]) == {"O"}
    assert yes[["estimate", "se", "ci_low", "ci_high"]].isna().all(axis=None)
    no = frame[frame["category"] == "nee"]
    assert no["estimate"].tolist() == [0, 0]
    assert set(no["reason"]) == {"no_spread"}
    assert no[["ci_low", "ci_high"]].isna().all(axis=None)


def test_population_observed_whole(say: Any) -> None:
    frame = estimate_ratios(say("111010", "aaaabb"), Design.simple_random(6, 6), "q", "g", against="b")
    check_estimates(frame)
    row = frame.iloc[0]
    assert row[["estimate", "se", "method", "status"]].tolist() == [1.5, 0, "census", "A"]
    assert np.isnan(row["ci_low"])


def test_unknown_group(say: Any) -> None:
    with pytest.raises(UnknownNameError) as caught:
        estimate_ratios(say("10", "ab"), Design.simple_random(2, 6), "q", "g", against="d")
    assert str(caught.value) == "estimate_ratios(): no group of 'g' 'd'. Known: 'a', 'b', 'c'."
    with pytest.raises(UnknownNameError) as caught:
        estimate_ratios(say("10", "ab"), Design.simple_random(2, 6), "q", against="a")
    assert str(caught.value) == "estimate_ratios(): no group of '' 'a'. Known: none."


@pytest.mark.parametrize("name", ["synth_srs_fpc", "synth_strat_fpc", "raked", "fpc", "nofpc"])
def test_strata_and_margins_hold_groups_together(
    name: str, synth_responses: Responses, designs: dict[str, Design]
) -> None:
    """The variance of a ratio follows from the covariance matrix of both groups (delta method)."""
    design = designs[name]
    frame = estimate_ratios(synth_responses, design, ["q_single", "mark"], "size", against="2")
    check_estimates(frame)
    weights = np.full(301, 1.0) if design.weights is None else design.weights
    size = synth_responses.codes("size")
    answers = {
        "q_single": (synth_responses.codes("q_single") == 0).astype(float),
        "mark": np.where(synth_responses.codes("mark") >= 0, synth_responses.codes("mark") + 1.0, np.nan),
    }
    for question, values in answers.items():
        valid, z = np.isfinite(values), np.nan_to_num(values)
        rows = frame[(frame["question"] == question) & frame["category"].isin(["", "1"])]
        rows = rows[rows["measure"] == ("mean_ratio" if question == "mark" else "share_ratio")]
        assert rows["group"].tolist() == ["1/2", "3/2", "4/2", "5/2"]
        inside = [(size == group) & valid for group in range(5)]
        level = [np.average(z[mask], weights=weights[mask]) for mask in inside]
        influence = np.stack(
            [mask * weights * (z - mean) / weights[mask].sum() for mask, mean in zip(inside, level, strict=True)],
            axis=1,
        )
        matrix = covariance(influence, design)
        for group, (_, row) in zip((0, 2, 3, 4), rows.iterrows(), strict=True):
            ratio = level[group] / level[1]
            step = np.zeros(5)
            step[group], step[1] = 1 / level[1], -ratio / level[1]
            assert row["estimate"] == pytest.approx(ratio, rel=1e-12)
            assert row["se"] == pytest.approx(np.sqrt(step @ matrix @ step), rel=1e-9)


def test_estimates_are_those_of_the_groups(synth_responses: Responses, designs: dict[str, Design]) -> None:
    for design in designs.values():
        shares = estimate_shares(synth_responses, design, "multi", "size").set_index(["group", "category"])["estimate"]
        means = estimate_means(synth_responses, design, "mark", "size").set_index("group")["estimate"]
        frame = estimate_ratios(synth_responses, design, ["multi", "mark"], "size", against="5")
        for row in frame.itertuples():
            if row.measure == "mean_ratio":
                expected = means[row.group[0]] / means["5"]
            elif row.question == "multi":
                expected = shares[row.group[0], row.category] / shares["5", row.category]
            else:
                continue
            assert row.estimate == pytest.approx(expected, rel=1e-12)
