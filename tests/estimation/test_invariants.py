"""What must hold whatever the answers are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srsmeting.estimates import bind_estimates, check_estimates
from srsmeting.estimation import (
    Design,
    Weights,
    estimate_means,
    estimate_quantiles,
    estimate_shares,
    estimate_totals,
)
from srsmeting.responses import Responses

FEW = settings(deadline=None, max_examples=15, derandomize=True)
REGIONS = ["a", "b", "c"]


def questions(regions: list[str], label: str = "") -> list[dict[str, Any]]:
    def entries(*codes: str) -> list[dict[str, str]]:
        return [{"code": code, "label": f"{label}{code}"} for code in codes]

    return [
        {"id": "regio", "kind": "single", "title": f"{label}Regio", "categories": entries(*regions)},
        {
            "id": "keuze",
            "kind": "single",
            "categories": entries("x", "y", "z"),
            "sums": [{"code": "xy", "of": ["x", "y"]}],
        },
        {"id": "meer", "kind": "multiple", "categories": entries("p", "q"), "sums": [{"code": "pq", "of": ["p", "q"]}]},
        {"id": "cijfer", "kind": "mark", "range": [1, 4]},
    ]


def rows(region: st.SearchStrategy[str | None]) -> st.SearchStrategy[list[dict[str, Any]]]:
    row = st.fixed_dictionaries(
        {
            "regio": region,
            "keuze": st.sampled_from(["x", "y", "z", None, "not asked"]),
            "meer": st.one_of(st.none(), st.lists(st.sampled_from(["p", "q"]), min_size=1, unique=True)),
            "cijfer": st.sampled_from(["1", "2", "3", "4", None]),
        }
    )
    return st.lists(row, min_size=1, max_size=25)


#: Every respondent says in which region it is, or not every one.
COMPLETE = rows(st.sampled_from(REGIONS))
GAPS = rows(st.sampled_from([*REGIONS, None]))


def estimates(responses: Responses, design: Design) -> pd.DataFrame:
    """All shares and means, in all and by region; the frame keeps its promises, among them about the intervals."""
    parts = [
        estimate(responses, design, by=by) for by in (None, "regio") for estimate in (estimate_shares, estimate_means)
    ]
    bound = bind_estimates(*parts)
    check_estimates(bound)
    return bound


def beyond(responses: Responses, more: int = 7) -> Design:
    return Design.simple_random(responses.n, responses.n + more)


@pytest.fixture(scope="session")
def plain(ask: Any) -> Any:
    return ask(*questions(REGIONS))


@given(rows=GAPS)
@FEW
def test_categories_of_a_single_choice_add_up(rows: list[dict[str, Any]], plain: Any, respond: Any) -> None:
    responses = respond(plain, rows)
    frame = estimates(responses, beyond(responses))
    frame = frame[(frame["question"] == "keuze") & (frame["denominator"] > 0)]
    parts = frame[frame["category"] != "xy"].groupby(["by", "group"])
    np.testing.assert_allclose(parts["estimate"].sum(), 1, rtol=1e-12)
    assert (parts["numerator"].sum() == parts["denominator"].first()).all()
    sums = frame[frame["category"] == "xy"].set_index(["by", "group"])["numerator"]
    added = frame[frame["category"].isin(["x", "y"])].groupby(["by", "group"], sort=False)["numerator"].sum()
    pd.testing.assert_series_equal(sums, added)


@given(rows=COMPLETE)
@FEW
def test_groups_add_up_to_the_total(rows: list[dict[str, Any]], plain: Any, respond: Any) -> None:
    responses = respond(plain, rows)
    shares = estimate_shares(responses, beyond(responses), ["keuze", "meer", "cijfer"])
    by = estimate_shares(responses, beyond(responses), ["keuze", "meer", "cijfer"], by="regio")
    added = by.groupby(["question", "category"], sort=False)[["numerator", "denominator"]].sum()
    total = shares.set_index(["question", "category"])[["numerator", "denominator"]]
    pd.testing.assert_frame_equal(added, total)


@given(rows=GAPS, data=st.data())
@FEW
def test_row_order_is_irrelevant(rows: list[dict[str, Any]], data: st.DataObject, plain: Any, respond: Any) -> None:
    responses, shuffled = respond(plain, rows), respond(plain, data.draw(st.permutations(rows)))
    design = beyond(responses)
    pd.testing.assert_frame_equal(estimates(shuffled, design), estimates(responses, design), rtol=1e-12)


@given(rows=GAPS)
@FEW
def test_labels_are_irrelevant(rows: list[dict[str, Any]], plain: Any, ask: Any, respond: Any) -> None:
    responses, renamed = respond(plain, rows), respond(ask(*questions(REGIONS, "Anders: ")), rows)
    design = beyond(responses)
    pd.testing.assert_frame_equal(estimates(renamed, design), estimates(responses, design))


@given(rows=GAPS, place=st.integers(0, 3))
@FEW
def test_an_empty_group_adds_only_its_own_rows(
    rows: list[dict[str, Any]], place: int, plain: Any, ask: Any, respond: Any
) -> None:
    more = [*REGIONS[:place], "leeg", *REGIONS[place:]]
    responses, wider = respond(plain, rows), respond(ask(*questions(more)), rows)
    design = beyond(responses)
    frame = estimates(wider, design)
    own = (frame["group"] == "leeg") | ((frame["question"] == "regio") & (frame["category"] == "leeg"))
    pd.testing.assert_frame_equal(frame[~own].reset_index(drop=True), estimates(responses, design))
    assert set(frame.loc[frame["group"] == "leeg", "reason"]) == {"no_base"}


@given(rows=GAPS, region=st.sampled_from(REGIONS))
@FEW
def test_a_group_is_the_subset_with_the_design_of_the_whole(
    rows: list[dict[str, Any]], region: str, plain: Any, respond: Any
) -> None:
    responses = respond(plain, rows)
    chosen = responses.where(f"regio == {region}")
    subset = Responses(
        plain,
        responses.answers[chosen].reset_index(drop=True),
        responses.status[chosen].reset_index(drop=True),
    )
    design = beyond(responses)
    for estimate, asked in ((estimate_shares, ["keuze", "meer", "cijfer"]), (estimate_means, ["cijfer"])):
        group = estimate(responses, design, asked, by="regio")
        group = group[group["group"] == region].assign(by="", group="").reset_index(drop=True)
        pd.testing.assert_frame_equal(estimate(subset, design, asked), group, check_dtype=False, rtol=1e-12)


@given(rows=GAPS)
@FEW
def test_a_larger_population_never_narrows_an_interval(rows: list[dict[str, Any]], plain: Any, respond: Any) -> None:
    responses = respond(plain, rows)
    near, far = (estimates(responses, beyond(responses, more)) for more in (1, 1000))
    width_near, width_far = near["ci_high"] - near["ci_low"], far["ci_high"] - far["ci_low"]
    pd.testing.assert_series_equal(width_near.isna(), width_far.isna())
    assert (width_far.dropna() > width_near.dropna()).all()


def some_design(data: st.DataObject, responses: Responses, more: int = 7) -> Design:
    """Draw a design for these respondents: with weights, with strata, or raked to a margin."""
    n = responses.n
    weights = np.array(data.draw(st.lists(st.sampled_from([1.0, 2.5, 4.0]), min_size=n, max_size=n)))
    codes = np.array(data.draw(st.lists(st.integers(0, 2), min_size=n, max_size=n)))
    kind = data.draw(st.sampled_from(["weights", "strata", "margins"]))
    if kind == "strata":
        return Design.stratified(codes, [int(size) and int(size) + more for size in np.bincount(codes)])
    design = Design.simple_random(n, n + more, base_weights=weights)
    if kind == "weights":
        return design
    return design.calibrated(Weights(weights * np.array([0.5, 1.0, 3.0])[codes], (codes,), weights))


def reorder(design: Design, order: list[int]) -> Design:
    """Return the same design with its respondents in another order."""
    calibration = design.calibration
    moved = (
        None
        if calibration is None
        else replace(calibration, margins=tuple(m[order] for m in calibration.margins), base=calibration.base[order])
    )
    stratum = None if design.stratum is None else design.stratum[order]
    weights = None if design.weights is None else design.weights[order]
    return replace(design, stratum=stratum, weights=weights, calibration=moved)


@given(rows=GAPS, data=st.data())
@FEW
def test_row_order_is_irrelevant_under_any_design(
    rows: list[dict[str, Any]], data: st.DataObject, plain: Any, respond: Any
) -> None:
    responses = respond(plain, rows)
    design = some_design(data, responses)
    order = data.draw(st.permutations(range(len(rows))))
    shuffled = respond(plain, [rows[place] for place in order])
    pd.testing.assert_frame_equal(
        estimates(shuffled, reorder(design, order)), estimates(responses, design), rtol=1e-9, atol=1e-12
    )


@given(rows=GAPS, data=st.data())
@FEW
def test_category_order_is_irrelevant_under_any_design(
    rows: list[dict[str, Any]], data: st.DataObject, plain: Any, ask: Any, respond: Any
) -> None:
    responses = respond(plain, rows)
    design = some_design(data, responses)
    turned = questions([*reversed(REGIONS)])
    turned[1]["categories"].reverse()
    turned[2]["categories"].reverse()
    key = ["question", "category", "by", "group", "measure"]
    pd.testing.assert_frame_equal(
        estimates(respond(ask(*turned), rows), design).sort_values(key, ignore_index=True),
        estimates(responses, design).sort_values(key, ignore_index=True),
        rtol=1e-9,
        atol=1e-12,
    )


@given(rows=COMPLETE, data=st.data())
@FEW
def test_weighted_groups_add_up_to_the_total(
    rows: list[dict[str, Any]], data: st.DataObject, plain: Any, respond: Any
) -> None:
    responses = respond(plain, rows)
    design = some_design(data, responses)
    asked = ["keuze", "meer", "cijfer"]
    total, by = (estimate_totals(responses, design, asked, by) for by in (None, "regio"))
    check_estimates(total)
    check_estimates(by)
    columns = ["estimate", "numerator", "denominator"]
    added = by.groupby(["question", "category"], sort=False)[columns].sum()
    whole = total.fillna({"estimate": 0.0}).set_index(["question", "category"])[columns]
    pd.testing.assert_frame_equal(added, whole, rtol=1e-9)


@given(rows=GAPS, region=st.sampled_from(REGIONS), data=st.data())
@FEW
def test_a_group_is_the_subset_under_any_design(
    rows: list[dict[str, Any]], region: str, data: st.DataObject, plain: Any, respond: Any
) -> None:
    responses = respond(plain, rows)
    design = some_design(data, responses)
    chosen = responses.where(f"regio == {region}")
    subset = Responses(
        plain,
        responses.answers[chosen].reset_index(drop=True),
        responses.status[chosen].reset_index(drop=True),
    )
    for estimate, asked in (
        (estimate_shares, ["keuze", "meer", "cijfer"]),
        (estimate_means, ["cijfer"]),
        (estimate_totals, ["keuze", "meer", "cijfer"]),
        (estimate_quantiles, ["cijfer"]),
    ):
        group = estimate(responses, design, asked, by="regio")
        group = group[group["group"] == region].assign(by="", group="").reset_index(drop=True)
        one = estimate(subset, design.subset(chosen), asked)
        pd.testing.assert_frame_equal(one, group, check_dtype=False, rtol=1e-9, atol=1e-12)


@given(rows=GAPS)
@FEW
def test_weights_of_one_equal_no_weights(rows: list[dict[str, Any]], plain: Any, respond: Any) -> None:
    responses = respond(plain, rows)
    ones = Design.simple_random(responses.n, responses.n + 7, base_weights=np.ones(responses.n))
    weighted = estimates(responses, ones)
    assert not weighted["method"].isin(["wilson", "t"]).any()
    weighted["method"] = weighted["method"].str.removesuffix("_weighted").astype("str")
    pd.testing.assert_frame_equal(weighted, estimates(responses, beyond(responses)), rtol=1e-9, atol=1e-12)
    one_stratum = Design.stratified(np.zeros(responses.n, dtype=int), [responses.n + 7])
    pd.testing.assert_frame_equal(
        estimates(responses, one_stratum), estimates(responses, beyond(responses)), rtol=1e-9, atol=1e-12
    )


@given(rows=GAPS, data=st.data())
@FEW
def test_doubling_the_frame_widens_every_interval(
    rows: list[dict[str, Any]], data: st.DataObject, plain: Any, respond: Any
) -> None:
    responses = respond(plain, rows)
    design = some_design(data, responses)
    doubled = replace(design, strata=replace(design.strata, population=2 * design.strata.population))
    if design.calibration is not None:
        # The margins know of the strata; here there is one, so that all that changes is its factor.
        times = doubled.strata.factor[0] / design.strata.factor[0]
        doubled = replace(doubled, calibration=replace(design.calibration, squares=times * design.calibration.squares))
    near, far = estimates(responses, design), estimates(responses, doubled)
    pd.testing.assert_series_equal(far["estimate"], near["estimate"], rtol=1e-12)
    width_near, width_far = near["ci_high"] - near["ci_low"], far["ci_high"] - far["ci_low"]
    pd.testing.assert_series_equal(width_near.isna(), width_far.isna())
    assert (width_far.dropna() > width_near.dropna()).all()
