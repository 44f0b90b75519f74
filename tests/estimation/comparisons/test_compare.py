"""Rows of comparisons in the estimate frame: which there are, whom they are about, and what changes nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srsmeting.errors import DesignError, EstimateError, UnknownNameError
from srsmeting.estimates import bind_estimates, check_estimates, pick
from srsmeting.estimation import (
    Design,
    PublicationRules,
    apply_publication_rules,
    estimate_means,
    estimate_shares,
)
from srsmeting.estimation.comparisons import compare_groups
from srsmeting.estimation.comparisons.answers import read_answers
from srsmeting.responses import Responses

TESTS = ["p_value", "effect_size", "rank_p_value", "rank_effect_size"]


def estimates(responses: Responses, design: Design, by: str) -> pd.DataFrame:
    return bind_estimates(estimate_shares(responses, design, by=by), estimate_means(responses, design, by=by))


def test_answers_are_those_that_shares_are_of(
    five: Responses, quarter: Design, synth_responses: Responses, design: Design
) -> None:
    """The same base, the same respondents, for every kind of question, sum and answer left out."""
    for responses, plan in ((five, quarter), (synth_responses, design)):
        shares = estimate_shares(responses, plan).set_index(["question", "item", "category"])
        seen = []
        for question in responses.questionnaire.questions:
            if question.kind == "number":
                continue
            for answers in read_answers(responses, question):
                for code, given_ in answers.members:
                    row = shares.loc[(question.id, answers.item, code)]
                    assert (int(given_.sum()), int(answers.base.sum())) == (row["numerator"], row["denominator"])
                    assert not (given_ & ~answers.base).any()
                    seen.append((question.id, answers.item, code))
                if answers.codes is not None:
                    counted = [(answers.codes == place).sum() for place in range(len(answers.categories))]
                    assert counted == [given_.sum() for _, given_ in answers.members[: len(answers.categories)]]
        assert sorted(seen) == sorted(shares.index)


def test_the_rows_of_every_kind_of_question(five: Responses, quarter: Design) -> None:
    frame = compare_groups(five, quarter, by="regio")
    check_estimates(frame)
    tests = frame[frame["measure"] == "p_value"]
    assert list(zip(tests["question"], tests["item"], tests["category"], strict=True)) == [
        ("bekend", "", ""),
        ("effect", "", "inzicht"),
        ("effect", "", "beleid"),
        ("effect", "", "geen"),
        ("effect", "", "iets"),
        ("stelling", "s1", ""),
        ("stelling", "s1", "niet_eens"),
        ("stelling", "s2", ""),
        ("stelling", "s2", "niet_eens"),
        ("cijfer", "", ""),
        ("cijfer", "", "laag"),
        ("jaren", "", ""),
        ("idee", "", "answered"),
    ]
    assert set(frame.loc[frame["group"] == "", "measure"]) == set(TESTS)
    assert set(frame.loc[frame["group"] != "", "group"]) == {"a-b", "a-c", "b-c"}
    assert set(frame["by"]) == {"regio"}


def test_numbers_of_the_reference_reach_the_frame(
    synth_responses: Responses, designs: dict[str, Design], reference: dict[str, Any]
) -> None:
    frame = compare_groups(synth_responses, designs["synth_srs_fpc"], ["q_single", "mark"], "size")
    expected = reference["svychisq"]["synth_srs_fpc"]["q_single_size"]["F"]
    row = pick(frame, "q_single", by="size", measure="p_value")
    assert row["estimate"] == pytest.approx(expected["p"], rel=1e-8)
    assert row[["numerator", "denominator", "method"]].tolist() == [5, 301, "rao_scott"]
    base = reference["base"]
    for measure, p in (("p_value", base["welch_synth_mark_size"]), ("rank_p_value", base["kruskal_synth_mark_size"])):
        assert pick(frame, "mark", by="size", measure=measure)["estimate"] == pytest.approx(p["p"], rel=1e-9)
    for pair in base["games_howell_synth_mark_size"]:
        group = f"{pair['A']}-{pair['B']}"
        row = pick(frame, "mark", by="size", group=group, measure="difference_p")
        assert row["estimate"] == pytest.approx(pair["p"], abs=1e-9)
        row = pick(frame, "mark", by="size", group=group, measure="difference")
        assert row[["estimate", "se"]].tolist() == pytest.approx([pair["diff"], pair["se_pingouin"]])


@pytest.mark.parametrize("name", ["synth_strat_fpc", "raked", "fpc"])
def test_under_a_design_with_weights_or_strata(
    name: str, synth_responses: Responses, designs: dict[str, Design], reference: dict[str, Any]
) -> None:
    frame = compare_groups(synth_responses, designs[name], ["q_single", "mark"], "ownership")
    check_estimates(frame)
    there = {"raked": "synth_raked", "fpc": "synth_weights_as_fixed_fpc"}
    if name in there:
        p = reference["svychisq"][there[name]]["q_single_ownership"]["F"]["p"]
        assert pick(frame, "q_single", by="ownership", measure="p_value")["estimate"] == pytest.approx(p, rel=1e-8)
    methods = frame[frame["question"] == "mark"].groupby("measure")["method"].unique().map(set)
    assert methods["p_value"] == {"wald"}
    assert methods["difference"] == {"t_weighted"}
    assert methods["difference_p"] == {"t_weighted_holm"}
    ranks = pick(frame, "mark", by="ownership", measure="rank_p_value")
    assert ranks[["status", "reason"]].tolist() == ["U", "unweighted"]


def published(responses: Responses, design: Design, by: str, min_base: int) -> pd.DataFrame:
    rules = PublicationRules(min_base=min_base, sources={by: by})
    return apply_publication_rules(estimates(responses, design, by), rules)


def test_only_shown_groups_are_compared(synth_responses: Responses, design: Design) -> None:
    """Of nine branches the smallest are hidden: what is left is as if there were no others."""
    shown = published(synth_responses, design, "branch", 25)
    frame = compare_groups(synth_responses, design, "q_single", "branch", published=shown)
    cells = shown[(shown["question"] == "q_single") & (shown["measure"] == "share") & (shown["category"] == "1")]
    hidden = set(cells.loc[cells["status"] == "Q", "group"])
    kept = cells[cells["status"] != "Q"]
    assert len(hidden) > 1
    assert len(kept) > 2
    test = pick(frame, "q_single", by="branch", measure="p_value")
    assert (test["numerator"], test["denominator"]) == (len(kept), kept["denominator"].sum())
    pairs = frame[frame["group"] != ""]
    touched = pairs["group"].str.split("-").map(lambda pair: bool(hidden & set(pair)))
    assert set(pairs.loc[touched, "status"]) == {"Q"}
    assert set(pairs.loc[touched, "reason"]) == {"complementary"}
    assert pairs.loc[touched, ["estimate", "se", "numerator", "denominator"]].isna().all(axis=None)
    assert not (pairs.loc[~touched, "status"] == "Q").any()
    # The same as when nobody had been in the hidden groups.
    chosen = synth_responses.answers["branch"].isin(list(kept["group"])).to_numpy()
    part = Responses(
        synth_responses.questionnaire,
        synth_responses.answers[chosen].reset_index(drop=True),
        synth_responses.status[chosen].reset_index(drop=True),
    )
    alone = compare_groups(part, design, "q_single", "branch")
    both = frame[frame["status"] != "Q"].merge(
        alone[alone["status"] != "O"], on=["category", "group", "measure"], suffixes=("", "_alone")
    )
    assert len(both) == (frame["status"] != "Q").sum()
    np.testing.assert_allclose(both["estimate"], both["estimate_alone"], rtol=1e-9)


def test_publishing_again_changes_nothing(synth_responses: Responses, design: Design) -> None:
    shown = published(synth_responses, design, "branch", 25)
    bound = bind_estimates(shown, compare_groups(synth_responses, design, by="branch", published=shown))
    check_estimates(bound)
    again = apply_publication_rules(bound, PublicationRules(min_base=25, sources={"branch": "branch"}))
    assert again[["status"]].eq("Q").equals(bound[["status"]].eq("Q"))


def test_a_test_goes_with_a_group_that_took_part_in_it(synth_responses: Responses, design: Design) -> None:
    """Compared first and published then: what leans on a group that is hidden is hidden too."""
    bound = bind_estimates(
        estimates(synth_responses, design, "branch"), compare_groups(synth_responses, design, "q_single", "branch")
    )
    shown = apply_publication_rules(bound, PublicationRules(min_base=25, sources={"branch": "branch"}))
    tests = shown[shown["measure"].isin(TESTS) & (shown["group"] == "")]
    assert set(tests["status"]) == {"Q"}
    pairs = shown[shown["measure"].isin(["difference", "difference_p"])]
    cells = shown[(shown["question"] == "q_single") & (shown["measure"] == "share")]
    hidden = set(cells.loc[cells["status"] == "Q", "group"])
    touched = pairs["group"].str.split("-").map(lambda pair: bool(hidden & set(pair)))
    assert (pairs["status"] == "Q").equals(touched)


def test_when_all_are_hidden_so_is_the_test(synth_responses: Responses, design: Design) -> None:
    shown = published(synth_responses, design, "branch", 200)
    frame = compare_groups(synth_responses, design, by="branch", published=shown)
    check_estimates(frame)
    assert set(frame["status"]) == {"Q"}


def test_a_small_base_marks_its_differences(synth_responses: Responses, design: Design) -> None:
    shown = estimates(synth_responses, design, "size")
    few = (shown["question"] == "mark") & (shown["measure"] == "mean") & (shown["group"] == "5")
    shown.loc[few, ["status", "reason"]] = ["U", "indicative"]
    frame = compare_groups(synth_responses, design, "mark", "size", published=shown)
    reasons = frame[frame["category"] == ""].groupby("group")["reason"].unique().map(set)
    assert reasons["1-5"] == {"indicative"}
    assert reasons["1-2"] == {""}


def test_two_breakdowns_at_once(five: Responses, synth_responses: Responses, design: Design) -> None:
    frame = compare_groups(synth_responses, design, "q_single", ("size", "ownership"))
    check_estimates(frame)
    assert set(frame["by"]) == {"size*ownership"}
    assert "1*1-1*2" in set(frame["group"])
    assert five.n == 5


def test_one_group_is_not_compared(ask: Any, respond: Any) -> None:
    questionnaire = ask(
        {"id": "groep", "kind": "single", "categories": ["a", "b"]},
        {"id": "lid", "kind": "single", "categories": ["ja", "nee"]},
        {"id": "cijfer", "kind": "mark", "range": [1, 3]},
    )
    rows = [{"groep": "a", "lid": lid, "cijfer": mark} for lid, mark in (("ja", "1"), ("nee", "2"), ("ja", "3"))]
    frame = compare_groups(respond(questionnaire, rows), Design.simple_random(3, 9), by="groep")
    check_estimates(frame)
    whole = frame["group"] == ""
    assert set(frame.loc[whole, "status"] + frame.loc[whole, "reason"]) == {"Mone_group"}
    assert set(frame.loc[~whole, "status"] + frame.loc[~whole, "reason"]) == {"Ono_base"}


def test_a_population_that_was_observed_whole(synth_responses: Responses) -> None:
    """Differences and effects are what they are, and there is nothing to test."""
    frame = compare_groups(synth_responses, Design.simple_random(301, 301), ["q_single", "mark"], "ownership")
    check_estimates(frame)
    tested = frame["measure"].isin(["p_value", "rank_p_value", "difference_p"])
    assert set(frame.loc[tested, "status"] + frame.loc[tested, "reason"]) == {"Mcensus"}
    assert set(frame.loc[~tested, "status"]) == {"A"}
    assert (frame.loc[frame["measure"] == "difference", "se"] == 0).all()
    assert set(frame.loc[frame["measure"] == "difference", "method"]) == {"census"}


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"by": "regioo"}, UnknownNameError, None),
        (
            {"by": None},
            EstimateError,
            "compare_groups(): no breakdown, so there are no groups to compare. Name one in 'by'.",
        ),
        (
            {"by": "regio", "correction": "tukey"},
            UnknownNameError,
            "compare_groups(): no correction 'tukey'. Known: 'holm', 'bh', 'none'.",
        ),
        (
            {"by": "regio", "questions": "stelling", "published": "cijfer"},
            EstimateError,
            "the published frame has no table of 'stelling.s1' by 'regio', so that it is not known which "
            "groups may be shown. Estimate it and apply the publication rules first.",
        ),
    ],
)
def test_what_cannot_be_compared(
    options: dict[str, Any], error: type[Exception], message: str | None, five: Responses, quarter: Design
) -> None:
    if "published" in options:
        options = options | {"published": estimate_shares(five, quarter, options["published"], "regio")}
    with pytest.raises(error) as caught:
        compare_groups(five, quarter, **options)
    if message:
        assert str(caught.value) == message


def test_other_respondents_than_the_design_has(five: Responses) -> None:
    with pytest.raises(DesignError):
        compare_groups(five, Design.simple_random(4, 20), by="regio")


REGIONS = ["a", "b", "c"]
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "regio": st.sampled_from([*REGIONS, None]),
            "keuze": st.sampled_from(["x", "y", "z", None, "not asked"]),
            "meer": st.one_of(st.none(), st.lists(st.sampled_from(["p", "q"]), min_size=1, unique=True)),
            "cijfer": st.sampled_from(["1", "2", "3", None]),
        }
    ),
    min_size=1,
    max_size=25,
)


def _questions(regions: list[str], label: str = "") -> list[dict[str, Any]]:
    def entries(*codes: str) -> list[dict[str, str]]:
        return [{"code": code, "label": f"{label}{code}"} for code in codes]

    return [
        {"id": "regio", "kind": "single", "categories": entries(*regions)},
        {
            "id": "keuze",
            "kind": "single",
            "categories": entries("x", "y", "z"),
            "sums": [{"code": "s", "of": ["x", "y"]}],
        },
        {"id": "meer", "kind": "multiple", "categories": entries("p", "q")},
        {"id": "cijfer", "kind": "mark", "range": [1, 3]},
    ]


def _compare(frame: pd.DataFrame) -> pd.DataFrame:
    """Write every difference with its groups in alphabetical order, so that order does not show."""
    signed = frame["measure"].isin(["difference"]) | ((frame["measure"] == "effect_size") & (frame["group"] != ""))
    turned = frame["group"].map(lambda group: "-".join(sorted(group.split("-"))) != group)
    frame = frame.assign(group=frame["group"].map(lambda group: "-".join(sorted(group.split("-")))))
    frame.loc[signed & turned, "estimate"] *= -1
    columns = ["question", "category", "group", "measure"]
    return frame.set_index(columns).sort_index()[["estimate", "se", "method", "status", "reason"]]


@given(ROWS, st.randoms(use_true_random=False), st.booleans())
@settings(deadline=None, max_examples=25, derandomize=True)
def test_order_of_rows_and_groups_and_labels_change_nothing(
    ask: Any, respond: Any, rows: list[dict[str, Any]], random: Any, stratified: bool
) -> None:
    order, regions = list(range(len(rows))), list(REGIONS)
    random.shuffle(order)
    random.shuffle(regions)
    strata = np.arange(len(rows)) % 2 if stratified else np.zeros(len(rows), dtype=int)
    population = [len(rows) + 9] * 2 if stratified and len(rows) > 1 else [len(rows) + 9]
    found = []
    for places, groups, label in ((list(range(len(rows))), REGIONS, ""), (order, regions, "Andere ")):
        responses = respond(ask(*_questions(groups, label)), [rows[place] for place in places])
        design = Design.stratified(strata[places], population)
        frame = compare_groups(responses, design, by="regio")
        check_estimates(frame)
        found.append(_compare(frame))
    one, other = found
    pd.testing.assert_frame_equal(one[["method", "status", "reason"]], other[["method", "status", "reason"]])
    for column in ("estimate", "se"):
        np.testing.assert_allclose(one[column], other[column], rtol=1e-6, atol=1e-9)
