"""Shares by hand (five respondents out of twenty) and against R."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from srsmeting.errors import DesignError, EstimateError, UnknownNameError
from srsmeting.estimates import check_estimates, pick
from srsmeting.estimation import Design, estimate_shares
from srsmeting.responses import Responses


def counts(frame: pd.DataFrame, *keys: str) -> list[tuple[Any, ...]]:
    return list(frame[[*keys, "numerator", "denominator"]].itertuples(index=False, name=None))


def test_single_choice_leaves_dont_know_out_where_declared(five: Responses, quarter: Design) -> None:
    frame = estimate_shares(five, quarter, ["bekend"])
    check_estimates(frame)
    assert counts(frame, "question", "item", "category", "by", "group", "measure") == [
        ("bekend", "", "ja", "", "", "share", 3, 4),
        ("bekend", "", "nee", "", "", "share", 1, 4),
    ]


def test_single_choice_interval_by_hand(five: Responses, quarter: Design) -> None:
    # p = 3/4, v = 3/4 x 5/4 x (4 x 3/4 x 1/4) / 16 = .0439453125, n_eff = 64/15, t(3) = 3.18245:
    # w = 10.12796 / 4.26667 = 2.37374; (p + w/2 -+ sqrt(w (p(1-p) + w/4))) / (1 + w).
    row = pick(estimate_shares(five, quarter, "bekend"), "bekend", "ja")
    assert row["se"] == pytest.approx(np.sqrt(0.0439453125), rel=1e-14)
    assert (row["ci_low"], row["ci_high"]) == pytest.approx((0.17054, 0.97767), abs=1e-5)
    assert (row["method"], row["status"], row["reason"]) == ("wilson", "A", "")


def test_multiple_choice_counts_who_was_asked_and_a_sum_counts_nobody_twice(five: Responses, quarter: Design) -> None:
    assert counts(estimate_shares(five, quarter, ["effect"]), "category") == [
        ("inzicht", 2, 3),
        ("beleid", 1, 3),
        ("geen", 1, 3),
        ("iets", 2, 3),
    ]


def test_statements_have_a_base_each(five: Responses, quarter: Design) -> None:
    assert counts(estimate_shares(five, quarter, ["stelling"]), "item", "category") == [
        ("s1", "eens", 4, 5),
        ("s1", "oneens", 1, 5),
        ("s1", "weet_niet", 0, 5),
        ("s1", "niet_eens", 1, 5),
        ("s2", "eens", 0, 4),
        ("s2", "oneens", 3, 4),
        ("s2", "weet_niet", 1, 4),
        ("s2", "niet_eens", 4, 4),
    ]


def test_marks_have_a_row_for_every_mark(five: Responses, quarter: Design) -> None:
    assert counts(estimate_shares(five, quarter, ["cijfer"]), "category") == [
        ("5", 1, 4),
        ("6", 0, 4),
        ("7", 2, 4),
        ("8", 1, 4),
        ("laag", 1, 4),
    ]


def test_open_question_is_answered_or_not(five: Responses, quarter: Design) -> None:
    assert counts(estimate_shares(five, quarter, ["idee"]), "category") == [("answered", 1, 3)]


def test_breakdown_has_every_group_in_order(five: Responses, quarter: Design) -> None:
    frame = estimate_shares(five, quarter, ["bekend"], by="regio")
    check_estimates(frame)
    # Respondent 5 names no region and is in no group.
    assert counts(frame, "by", "group", "category") == [
        ("regio", "a", "ja", 2, 2),
        ("regio", "a", "nee", 0, 2),
        ("regio", "b", "ja", 0, 1),
        ("regio", "b", "nee", 1, 1),
        ("regio", "c", "ja", 0, 0),
        ("regio", "c", "nee", 0, 0),
    ]


def test_share_of_0_or_1_has_an_interval_by_hand(five: Responses, quarter: Design) -> None:
    # n_eff = 2 x 4/5 / (3/4) = 32/15, t(1) = 12.7062: at p = 1 the lower end is 1 / (1 + t^2 / n_eff).
    frame = estimate_shares(five, quarter, ["bekend"], by="regio")
    end = 1 / (1 + 12.7062047**2 / (32 / 15))
    yes, no = (pick(frame, "bekend", category, by="regio", group="a") for category in ("ja", "nee"))
    assert (yes["estimate"], yes["se"], yes["ci_high"], yes["status"]) == (1, 0, 1, "A")
    assert yes["ci_low"] == pytest.approx(end, rel=1e-7)
    assert (no["estimate"], no["se"], no["ci_low"], no["status"]) == (0, 0, 0, "A")
    assert no["ci_high"] == pytest.approx(1 - end, rel=1e-7)


def test_one_respondent_has_no_interval(five: Responses, quarter: Design) -> None:
    row = pick(estimate_shares(five, quarter, ["bekend"], by="regio"), "bekend", "nee", by="regio", group="b")
    assert row["estimate"] == 1
    assert row[["se", "ci_low", "ci_high"]].isna().all()
    assert (row["method"], row["status"], row["reason"]) == ("", "U", "one_respondent")


def test_empty_base_has_no_estimate(five: Responses, quarter: Design) -> None:
    row = pick(estimate_shares(five, quarter, ["bekend"], by="regio"), "bekend", "ja", by="regio", group="c")
    assert row[["estimate", "se", "ci_low", "ci_high"]].isna().all()
    assert (row["numerator"], row["denominator"]) == (0, 0)
    assert (row["method"], row["status"], row["reason"]) == ("", "O", "no_base")


def test_population_observed_whole_has_no_sampling_error(five: Responses) -> None:
    frame = estimate_shares(five, Design.simple_random(5, 5), ["bekend"], by="regio")
    check_estimates(frame)
    assert frame["estimate"].tolist()[:4] == [1, 0, 0, 1]
    assert frame["se"].tolist()[:4] == [0, 0, 0, 0]
    assert frame[["ci_low", "ci_high"]].isna().all(axis=None)
    assert frame["method"].tolist() == ["census"] * 4 + [""] * 2
    assert frame["status"].tolist() == ["A"] * 4 + ["O"] * 2


def test_design_of_one_respondent(ask: Any, respond: Any) -> None:
    questionnaire = ask({"id": "q", "kind": "single", "categories": ["ja", "nee"]})
    frame = estimate_shares(respond(questionnaire, [{"q": "ja"}]), Design.simple_random(1, 20))
    check_estimates(frame)
    assert frame["estimate"].tolist() == [1, 0]
    assert frame[["se", "ci_low", "ci_high"]].isna().all(axis=None)
    assert frame["reason"].tolist() == ["one_respondent", "one_respondent"]


def test_grouping_merges_and_keeps_the_rest(five: Responses, quarter: Design) -> None:
    frame = estimate_shares(five, quarter, ["stelling"], by="deel")
    chosen = frame[(frame["item"] == "s1") & (frame["category"] == "eens")]
    assert counts(chosen, "by", "group") == [("deel", "a", 3, 3), ("deel", "bc", 0, 1)]


def test_everything_that_has_shares_by_default(five: Responses, quarter: Design) -> None:
    total = estimate_shares(five, quarter)
    assert total["question"].unique().tolist() == ["regio", "bekend", "effect", "stelling", "cijfer", "idee"]
    broken_down = estimate_shares(five, quarter, by="deel")
    assert broken_down["question"].unique().tolist() == ["bekend", "effect", "stelling", "cijfer", "idee"]
    check_estimates(total)
    check_estimates(broken_down)


def test_answers_that_were_not_asked_do_not_count(five: Responses, quarter: Design) -> None:
    # Intake leaves such an answer in place and reports it.
    status = five.status.copy()
    status.loc[0, "bekend"] = 2
    stray = Responses(five.questionnaire, five.answers, status)
    assert counts(estimate_shares(stray, quarter, ["bekend"]), "category") == [("ja", 2, 3), ("nee", 1, 3)]
    # Respondent 2 ticked two options of a question that passed them by.
    status = five.status.copy()
    status.loc[1, "effect"] = 2
    stray = Responses(five.questionnaire, five.answers, status)
    ticked = [("inzicht", 1, 2), ("beleid", 0, 2), ("geen", 1, 2), ("iets", 1, 2)]
    assert counts(estimate_shares(stray, quarter, ["effect"]), "category") == ticked
    # Text that respondent 1 wrote although the question passed them by; the other two who were asked wrote nothing.
    status = five.status.copy()
    status.loc[0, "idee"] = 2
    stray = Responses(five.questionnaire, five.answers, status)
    assert counts(estimate_shares(stray, quarter, ["idee"]), "category") == [("answered", 0, 2)]


def test_multiple_choice_with_options_outside_the_base(ask: Any, respond: Any, quarter: Design) -> None:
    questionnaire = ask(
        {
            "id": "q",
            "kind": "multiple",
            "categories": ["x", "y", {"code": "weet_niet", "kind": "dont_know"}],
            "outside_base": ["dont_know"],
        }
    )
    ticks = [["x"], ["x", "weet_niet"], ["weet_niet"], ["y"], None]
    frame = estimate_shares(respond(questionnaire, [{"q": tick} for tick in ticks]), quarter)
    assert counts(frame, "category") == [("x", 2, 3), ("y", 1, 3)]


def test_a_sum_holds_nothing_from_outside_the_base(ask: Any, respond: Any, quarter: Design) -> None:
    answers = ["ja", "nee", {"code": "weet_niet", "kind": "dont_know"}]
    total = {"code": "niet_ja", "of": ["nee", "weet_niet"]}
    outside = {"categories": answers, "sums": [total], "outside_base": ["dont_know"]}
    questionnaire = ask({"id": "q", "kind": "single", **outside}, {"id": "r", "kind": "multiple", **outside})
    rows = [{"q": one, "r": [one]} for one in ("ja", "ja", "nee", "weet_niet", "weet_niet")]
    frame = estimate_shares(respond(questionnaire, rows), quarter)
    shares = [("ja", 2, 3), ("nee", 1, 3), ("niet_ja", 1, 3)]
    assert counts(frame, "category") == shares * 2


def test_no_questions_give_an_empty_frame(five: Responses, quarter: Design) -> None:
    frame = estimate_shares(five, quarter, [])
    check_estimates(frame)
    assert len(frame) == 0


def test_unknown_names(five: Responses, quarter: Design) -> None:
    with pytest.raises(UnknownNameError) as caught:
        estimate_shares(five, quarter, ["bekent"])
    assert str(caught.value) == (
        "questionnaire 'proef-1': no question 'bekent'. Did you mean 'bekend'? "
        "Known: 'regio', 'bekend', 'effect', 'stelling', 'cijfer', 'jaren', 'idee'."
    )
    with pytest.raises(UnknownNameError) as caught:
        estimate_shares(five, quarter, by="regios")
    assert str(caught.value) == (
        "questionnaire 'proef-1': no breakdown 'regios'. Did you mean 'regio'? Known: 'regio', 'bekend', 'deel'."
    )


def test_numbers_have_no_shares(five: Responses, quarter: Design) -> None:
    with pytest.raises(EstimateError) as caught:
        estimate_shares(five, quarter, ["jaren"])
    assert str(caught.value) == (
        "estimate_shares(): question 'jaren' is a number, which has no categories. "
        "Use estimate_means(), or leave it out."
    )


def test_design_of_a_smaller_sample_is_refused(five: Responses) -> None:
    with pytest.raises(DesignError) as caught:
        estimate_shares(five, Design.simple_random(4, 20))
    assert str(caught.value) == (
        "estimate_shares(): 5 respondents, but the design has a sample of 4. Make it with sample_size=5."
    )


@pytest.mark.parametrize("question", ["q_single", "s1", "multi"])
def test_totals_equal_r(question: str, synth_responses: Responses, design: Design, reference: dict[str, Any]) -> None:
    frame, expected = (
        estimate_shares(synth_responses, design, [question]),
        reference["svymean"]["synth_srs_fpc"][question],
    )
    np.testing.assert_allclose(frame["estimate"], expected["est"], rtol=1e-12)
    np.testing.assert_allclose(frame["se"], expected["se"], rtol=1e-12)


@pytest.mark.parametrize(
    ("key", "category", "group"),
    [
        ("q_single_1", "1", ""),
        ("q_single_4", "4", ""),
        ("q_single_1_dom_b1", "1", "1"),
        ("q_single_1_dom_b9", "1", "9"),
    ],
)
def test_intervals_equal_r(
    key: str,
    category: str,
    group: str,
    synth_responses: Responses,
    design: Design,
    reference: dict[str, Any],
) -> None:
    by = "branch" if group else None
    row = pick(
        estimate_shares(synth_responses, design, ["q_single"], by=by), "q_single", category, by=by or "", group=group
    )
    expected = reference["svyciprop"]["synth_srs_fpc"][key]
    assert row["denominator"] == expected["n"]
    np.testing.assert_allclose(
        row[["estimate", "se", "ci_low", "ci_high"]].to_numpy(dtype=float),
        [expected["wilson"]["est"], expected["se"], expected["wilson"]["low"], expected["wilson"]["high"]],
        rtol=1e-12,
    )


@pytest.mark.parametrize(("question", "by"), [("q_single", "branch"), ("s1", "ownership")])
def test_breakdowns_equal_r(
    question: str, by: str, synth_responses: Responses, design: Design, reference: dict[str, Any]
) -> None:
    frame = estimate_shares(synth_responses, design, [question], by=by)
    expected = reference["svyby"]["synth_srs_fpc"][f"{question}_by_{by}"]
    for category in frame["category"].unique():
        rows = frame[frame["category"] == category]
        assert rows["group"].tolist() == expected[by]
        np.testing.assert_allclose(rows["estimate"], expected[f"{question}{category}"], rtol=1e-12)
        # Also 0 where the share is 0: there R says so too.
        np.testing.assert_allclose(rows["se"], expected[f"se.{question}{category}"], rtol=1e-12, atol=1e-15)
    check_estimates(frame)
