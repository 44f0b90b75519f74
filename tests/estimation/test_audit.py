"""The audit: leaks that are planted are found, and the rules of publication close each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srsmeting.errors import EstimateError, UnknownNameError
from srsmeting.estimates import bind_estimates, check_estimates, estimate_frame, pick
from srsmeting.estimation import Design, GroupRule, PublicationRules, apply_publication_rules, estimate_shares
from srsmeting.estimation.audit import COLUMNS, audit_estimates
from srsmeting.estimation.means import estimate_means
from srsmeting.questionnaire import Questionnaire
from srsmeting.responses import Responses

#: Region and role, how often they go together, and what they answer.
Row: TypeAlias = Mapping[str, Any]

REGIO = {"id": "regio", "kind": "single", "categories": ["a", "b", "c", "d"]}
ROL = {"id": "rol", "kind": "single", "categories": ["hr", "directie"]}
BEKEND = {
    "id": "bekend",
    "kind": "single",
    "categories": ["inhoud", "gehoord", "niet"],
    "sums": [{"code": "totaal", "of": ["inhoud", "gehoord"]}],
}
EFFECT = {
    "id": "effect",
    "kind": "multiple",
    "asked_if": "bekend == inhoud",
    "categories": ["inzicht", "beleid", {"code": "geen", "kind": "none_of_these"}],
}
DEEL = {
    "id": "deel",
    "of": "regio",
    "label": "Deel",
    "groups": [{"code": "bc", "label": "b, c", "of": ["b", "c"]}],
}


def spread(**counts: Sequence[tuple[int, Row]]) -> list[Row]:
    """Repeat answers: per region how many respondents answer what."""
    return [
        {"regio": regio} | dict(answers) for regio, some in counts.items() for times, answers in some
        for _ in range(times)
    ]  # fmt: skip


def estimates(responses: Responses, *breakdowns: str) -> pd.DataFrame:
    design = Design.simple_random(responses.n, 10 * responses.n)
    response = estimate_frame(
        {
            "meting": responses.questionnaire.meting,
            "measure": "response_rate",
            "estimate": 0.1,
            "numerator": responses.n,
            "denominator": 10 * responses.n,
        }
    )
    return bind_estimates(response, *(estimate_shares(responses, design, by=by) for by in (None, *breakdowns)))


def hide(frame: pd.DataFrame, *groups: tuple[str, str, str]) -> pd.DataFrame:
    """Suppress groups of tables (question, breakdown, group) and nothing beside them."""
    result = frame.copy()
    for question, by, group in groups:
        rows = (frame["question"] == question) & (frame["by"] == by) & (frame["group"] == group)
        assert rows.any()
        result.loc[rows, ["estimate", "se", "ci_low", "ci_high"]] = np.nan
        result.loc[rows, ["numerator", "denominator"]] = pd.NA
        result.loc[rows, ["method", "status", "reason"]] = ["", "Q", "small_base"]
    return result


def told(found: pd.DataFrame) -> list[tuple[Any, ...]]:
    columns = ["question", "category", "by", "group", "low", "high", "how"]
    return [tuple(row) for row in found[columns].itertuples(index=False)]


@pytest.fixture(scope="module")
def four(ask: Any) -> Questionnaire:
    """Four regions, of which b is small; the deel bc holds it."""
    made: Questionnaire = ask(REGIO, ROL, BEKEND, EFFECT, groupings=[DEEL])
    return made


@pytest.fixture(scope="module")
def regions(four: Questionnaire, respond: Any) -> Responses:
    """Count by hand: a 40, b 4, c 12, d 30; the 4 of b know the content, but for one who has heard of it."""
    hr, directie = {"rol": "hr"}, {"rol": "directie"}
    knows, heard, no = {"bekend": "inhoud"}, {"bekend": "gehoord"}, {"bekend": "niet"}
    insight, both, none = {"effect": ["inzicht"]}, {"effect": ["inzicht", "beleid"]}, {"effect": ["geen"]}
    made: Responses = respond(
        four,
        spread(
            a=[(12, hr | knows | insight), (8, directie | knows | none), (10, hr | heard), (10, directie | no)],
            b=[(2, hr | knows | both), (1, directie | knows | none), (1, directie | heard)],
            c=[(5, hr | knows | insight), (4, directie | knows | both), (1, hr | heard), (2, directie | no)],
            d=[(10, hr | knows | both), (6, directie | knows | none), (4, hr | heard), (10, directie | no)],
        ),
    )
    return made


def test_the_total_minus_its_parts(four: Questionnaire, regions: Responses) -> None:
    frame = estimates(regions, "regio")
    rules = PublicationRules.linked(four, ["regio"])
    leaking = hide(frame, ("bekend", "regio", "b"), ("effect", "regio", "b"), ("rol", "regio", "b"))
    found = audit_estimates(leaking, four, rules)
    assert [*found.columns] == [*COLUMNS]
    assert [row for row in told(found) if row[0] == "bekend"] == [
        ("bekend", "inhoud", "regio", "b", 3.0, 3.0, "exact"),
        ("bekend", "gehoord", "regio", "b", 1.0, 1.0, "exact"),
        ("bekend", "niet", "regio", "b", 0.0, 0.0, "exact"),
        ("bekend", "totaal", "regio", "b", 4.0, 4.0, "exact"),
        ("bekend", "inhoud", "regio", "b", 3.0, 3.0, "together"),
        ("bekend", "gehoord", "regio", "b", 1.0, 1.0, "together"),
        ("bekend", "niet", "regio", "b", 0.0, 0.0, "together"),
        ("bekend", "totaal", "regio", "b", 4.0, 4.0, "together"),
    ]
    # What they did with it, too: of 3 who were asked, 2 ticked both and 1 ticked none.
    effects = [row[1:6] for row in told(found) if row[0] == "effect" and row[6] == "exact"]
    assert effects == [("inzicht", "regio", "b", 2.0, 2.0), ("beleid", "regio", "b", 2.0, 2.0),
                       ("geen", "regio", "b", 1.0, 1.0)]  # fmt: skip

    after = apply_publication_rules(frame, rules)
    assert audit_estimates(after, four, rules).empty
    hidden = {
        (question, group): reason
        for question, group, reason in zip(after["question"], after["group"], after["reason"], strict=True)
        if reason in ("small_base", "complementary")
    }
    # c has 12 and is the smallest that can hide b; 9 of them were asked what they did with it.
    assert hidden == {
        ("rol", "b"): "small_base",
        ("rol", "c"): "complementary",
        ("bekend", "b"): "small_base",
        ("bekend", "c"): "complementary",
        ("effect", "b"): "small_base",
        ("effect", "c"): "small_base",
    }


def test_a_base_that_is_shown_and_too_small(four: Questionnaire, regions: Responses) -> None:
    frame = estimates(regions, "regio")
    rules = PublicationRules.linked(four, ["regio"])
    found = audit_estimates(frame, four, rules)
    assert set(zip(found["question"], found["group"], found["how"], strict=True)) == {
        ("rol", "b", "shown"), ("bekend", "b", "shown"), ("effect", "b", "shown"), ("effect", "c", "shown"),
    }  # fmt: skip


@pytest.mark.parametrize("decimals", [None, 2])
def test_a_percentage_with_a_small_base(four: Questionnaire, regions: Responses, decimals: int | None) -> None:
    # No counts are shown, but that b has 4 respondents is in the table of the regions: 75% of them is 3.
    frame = estimates(regions, "regio")
    rules = PublicationRules.linked(four, ["regio"])
    percentages = frame.copy()
    shown = (frame["by"] == "regio") & (frame["question"] == "bekend")
    percentages.loc[shown, ["numerator", "denominator"]] = pd.NA
    if decimals is not None:
        percentages["estimate"] = percentages["estimate"].round(decimals)
    percentages = percentages[(percentages["question"].isin(["bekend", "regio", ""])) | (percentages["by"] == "")]
    found = told(audit_estimates(percentages, four, rules))
    assert ("bekend", "inhoud", "regio", "b", 3.0, 3.0, "shown") in found
    assert ("bekend", "gehoord", "regio", "b", 1.0, 1.0, "shown") in found

    # Hidden in b, the percentages and bases of the others and the count of all still give it.
    after = hide(percentages, ("bekend", "regio", "b"))
    assert ("bekend", "inhoud", "regio", "b", 3.0, 3.0, "exact") in told(audit_estimates(after, four, rules))


def test_the_rules_judge_a_percentage_without_a_base_by_the_size_of_its_group(
    four: Questionnaire, regions: Responses
) -> None:
    frame = estimates(regions, "regio")
    percentages = frame.copy()
    percentages.loc[(frame["by"] == "regio") & (frame["question"] == "bekend"), ["numerator", "denominator"]] = pd.NA
    rules = PublicationRules.linked(four, ["regio"])
    after = apply_publication_rules(percentages, rules)
    assert pick(after, "bekend", "inhoud", by="regio", group="b")["reason"] == "small_base"
    assert pick(after, "bekend", "inhoud", by="regio", group="c")["reason"] == "complementary"
    assert audit_estimates(after, four, rules).empty


def test_a_region_from_the_national_table(four: Questionnaire, regions: Responses) -> None:
    # The regional pages hide b and c; the national table of regions by role tells of both.
    frame = estimates(regions, "regio", "rol")
    rules = PublicationRules.linked(four, ["regio", "rol"])
    leaking = hide(
        frame, *((q, "regio", group) for q in ("bekend", "effect", "rol") for group in ("b", "c"))
    )  # fmt: skip
    found = audit_estimates(leaking, four, rules)
    # Both ways: the role of the 4 in b is the region of the roles.
    assert [row for row in told(found) if row[3] == "b"] == [
        ("rol", "hr", "regio", "b", 2.0, 2.0, "exact"),
        ("rol", "directie", "regio", "b", 2.0, 2.0, "exact"),
    ]
    after = apply_publication_rules(frame, rules)
    assert audit_estimates(after, four, rules).empty
    transposed = after[(after["question"] == "regio") & (after["by"] == "rol")]
    assert set(transposed["reason"]) == {"small_base"}


def test_a_merged_breakdown_beside_its_parts(four: Questionnaire, regions: Responses) -> None:
    # Among the regions b is hidden with d. But b and c together are a deel, so that the 4 of b are bc less c.
    frame = estimates(regions, "regio", "deel")
    rules = PublicationRules.linked(four, ["regio", "deel"])
    questions = ("bekend", "effect", "rol")
    leaking = hide(frame, *((q, "regio", group) for q in questions for group in ("b", "d")))
    found = audit_estimates(leaking, four, rules)
    exact = {(row[0], row[3]) for row in told(found) if row[6] == "exact"}
    # And d, which is hidden here, is a deel by itself, and shown there.
    assert exact == {(q, group) for q in questions for group in ("b", "d")}
    after = apply_publication_rules(frame, rules)
    assert audit_estimates(after, four, rules).empty
    why = {(by, g): reason for q, by, g, reason in zip(
        after["question"], after["by"], after["group"], after["reason"], strict=True) if q == "bekend" and by}  # fmt: skip
    # bc stays, of 16: b and c are hidden in each other.
    assert why == {
        ("regio", "a"): "", ("regio", "b"): "small_base", ("regio", "c"): "complementary", ("regio", "d"): "",
        ("deel", "a"): "", ("deel", "bc"): "indicative", ("deel", "d"): "",
    }  # fmt: skip


def test_the_base_of_a_follow_up_question(four: Questionnaire, respond: Any) -> None:
    # 4 in b and 14 in c; c is hidden with b in the table of bekend. That 11 of c were asked for effects says how many
    # of c know the content, and so how many of b do: 14 together, less 11.
    knows, no = {"bekend": "inhoud", "effect": ["inzicht"]}, {"bekend": "niet"}
    none = {"bekend": "inhoud", "effect": ["geen"]}
    responses = respond(
        four,
        spread(
            a=[(10, knows), (10, none), (5, no)],
            b=[(3, knows), (1, no)],
            c=[(9, knows), (2, none), (3, no)],
            d=[(6, knows), (4, none), (8, no)],
        ),
    )
    frame = estimates(responses, "regio")
    rules = PublicationRules.linked(four, ["regio"])
    # The smallest in each table: c (14) beside b for bekend, d (10) beside b for effects.
    leaking = hide(
        frame, ("bekend", "regio", "b"), ("bekend", "regio", "c"), ("effect", "regio", "b"), ("effect", "regio", "d"),
        ("rol", "regio", "b"),
    )  # fmt: skip
    found = [row for row in told(audit_estimates(leaking, four, rules)) if row[0] == "bekend"]
    assert ("bekend", "inhoud", "regio", "b", 3.0, 3.0, "exact") in found
    assert ("bekend", "inhoud", "regio", "c", 11.0, 11.0, "exact") in found
    after = apply_publication_rules(frame, rules)
    assert audit_estimates(after, four, rules).empty
    # c is hidden for effects too; d need not be.
    effects = after[(after["question"] == "effect") & (after["category"] == "inzicht") & (after["by"] == "regio")]
    assert effects.set_index("group")["reason"].to_dict() == {
        "a": "indicative", "b": "small_base", "c": "complementary", "d": "indicative",
    }  # fmt: skip


def test_all_that_is_hidden_is_of_one_mind(ask: Any, respond: Any) -> None:
    # All 4 of b and all 12 of c say ja: whoever is hidden said ja.
    questionnaire = ask(REGIO, {"id": "lid", "kind": "single", "categories": ["ja", "nee"]})
    ja, nee = {"lid": "ja"}, {"lid": "nee"}
    responses = respond(
        questionnaire, spread(a=[(20, ja), (20, nee)], b=[(4, ja)], c=[(12, ja)], d=[(8, ja), (5, nee)])
    )
    frame = estimates(responses, "regio")
    rules = PublicationRules.linked(questionnaire, ["regio"])
    leaking = hide(frame, ("lid", "regio", "b"), ("lid", "regio", "c"))
    assert told(audit_estimates(leaking, questionnaire, rules)) == [
        ("lid", "ja", "regio", "b", 4.0, 4.0, "unanimous"),
        ("lid", "nee", "regio", "b", 0.0, 0.0, "exact"),
        ("lid", "ja", "regio", "c", 12.0, 12.0, "unanimous"),
        ("lid", "nee", "regio", "c", 0.0, 0.0, "exact"),
    ]
    after = apply_publication_rules(frame, rules)
    assert audit_estimates(after, questionnaire, rules).empty
    # d, of 13, brings in the other answer.
    assert pick(after, "lid", "ja", by="regio", group="d")["reason"] == "complementary"
    assert pick(after, "lid", "ja", by="regio", group="a")["reason"] == ""


def test_a_total_of_one_mind_gives_nothing_away_that_it_does_not_say(ask: Any, respond: Any) -> None:
    questionnaire = ask(REGIO, {"id": "lid", "kind": "single", "categories": ["ja", "nee"]})
    responses = respond(questionnaire, spread(a=[(20, {"lid": "ja"})], b=[(4, {"lid": "ja"})], c=[(12, {"lid": "ja"})]))
    rules = PublicationRules.linked(questionnaire, ["regio"])
    after = apply_publication_rules(estimates(responses, "regio"), rules)
    assert pick(after, "lid", "ja", by="regio", group="a")["estimate"] == 1
    assert audit_estimates(after, questionnaire, rules).empty


def test_a_hidden_group_that_is_all_there_is(ask: Any, respond: Any) -> None:
    # Only a was asked, and a has too low a response to be shown: the total would show it.
    questionnaire = ask(REGIO, {"id": "lid", "kind": "single", "categories": ["ja", "nee"]})
    rows = spread(a=[(20, {"lid": "ja"}), (5, {"lid": "nee"})], b=[(30, {})], c=[(30, {})])
    responses = respond(questionnaire, rows)
    rates = estimate_frame(
        {
            "meting": "proef-1", "by": "regio", "group": ["a", "b", "c", "d"], "measure": "response_rate",
            "estimate": [0.1, 0.5, 0.5, 0.0], "numerator": [25, 30, 30, 0], "denominator": [250, 60, 60, 10],
        }
    )  # fmt: skip
    frame = bind_estimates(estimates(responses, "regio"), rates)
    rules = PublicationRules.linked(questionnaire, ["regio"], groups={"regio": GroupRule(10, 0.2)})
    leaking = hide(frame, ("lid", "regio", "a"))
    assert told(audit_estimates(leaking, questionnaire, rules)) == [
        ("lid", "ja", "regio", "a", 20.0, 20.0, "exact"),
        ("lid", "nee", "regio", "a", 5.0, 5.0, "exact"),
    ]
    after = apply_publication_rules(frame, rules)
    assert audit_estimates(after, questionnaire, rules).empty
    assert pick(after, "lid", "ja")["reason"] == "complementary"


@pytest.mark.parametrize(("left_out", "base", "share"), [("", 4, 3 / 4), ("-niet", 4, 3 / 4), ("-gehoord", 3, 1.0)])
def test_an_adjusted_share_without_anything_to_correct_for_is_a_share(
    four: Questionnaire, regions: Responses, left_out: str, base: int, share: float
) -> None:
    """Of b 3 know the content and 1 has heard of it; with that answer left out they are 3 of 3."""
    frame = hide(estimates(regions, "regio"), ("bekend", "regio", "b"), ("bekend", "regio", "c"))
    frame = frame[frame["question"].isin(["", "regio", "bekend"])]
    assert audit_estimates(frame, four).empty
    adjusted = estimate_frame(
        {
            "meting": "proef-1",
            "question": "bekend",
            "category": "inhoud",
            "by": "regio",
            "group": "b",
            "measure": "adjusted_share",
            "estimate": share,
            "denominator": base,
            "method": f"logit{left_out}",
        }
    )
    found = audit_estimates(pd.concat([frame, adjusted], ignore_index=True), four)
    assert ("bekend", "inhoud", "regio", "b", 3.0, 3.0, "exact") in told(found)
    # Corrected for something it is no count, but there are at least so many: none of these 4 said the answer left out.
    corrected = adjusted.assign(method=f"logit(rol){left_out}")
    found = audit_estimates(pd.concat([frame, corrected], ignore_index=True), four)
    assert (("bekend", "niet", "regio", "b", 0.0, 0.0, "exact") in told(found)) == (left_out == "-niet")
    assert found.empty == (left_out != "-niet")


def test_few_hidden_respondents_together(ask: Any, respond: Any) -> None:
    # b and c are not told apart, but the 7 of them are told together.
    questionnaire = ask(REGIO, {"id": "lid", "kind": "single", "categories": ["ja", "nee"]})
    ja, nee = {"lid": "ja"}, {"lid": "nee"}
    responses = respond(questionnaire, spread(a=[(20, ja), (20, nee)], b=[(3, ja), (1, nee)], c=[(1, ja), (2, nee)]))
    frame = estimates(responses, "regio")
    rules = PublicationRules.linked(questionnaire, ["regio"])
    leaking = hide(frame, ("lid", "regio", "b"), ("lid", "regio", "c"))
    assert told(audit_estimates(leaking, questionnaire, rules)) == [
        ("lid", "ja", "regio", "b+c", 4.0, 4.0, "together"),
        ("lid", "nee", "regio", "b+c", 3.0, 3.0, "together"),
    ]
    assert audit_estimates(apply_publication_rules(frame, rules), questionnaire, rules).empty


def test_a_wider_protection_finds_ranges(ask: Any, respond: Any) -> None:
    # One nee among the 16 that are hidden: of the 4 in b at least 3 say ja, and at most one says nee: 25 points.
    questionnaire = ask(REGIO, {"id": "lid", "kind": "single", "categories": ["ja", "nee"]})
    ja, nee = {"lid": "ja"}, {"lid": "nee"}
    responses = respond(questionnaire, spread(a=[(20, ja), (20, nee)], b=[(4, ja)], c=[(11, ja), (1, nee)]))
    rules = PublicationRules.linked(questionnaire, ["regio"])
    leaking = hide(estimates(responses, "regio"), ("lid", "regio", "b"), ("lid", "regio", "c"))
    assert audit_estimates(leaking, questionnaire, rules).empty
    assert audit_estimates(leaking, questionnaire, rules, protection=0.25).empty
    assert told(audit_estimates(leaking, questionnaire, rules, protection=0.3)) == [
        ("lid", "ja", "regio", "b", 3.0, 4.0, "range"),
        ("lid", "nee", "regio", "b", 0.0, 1.0, "range"),
    ]


def test_the_mean_of_a_number(ask: Any, respond: Any) -> None:
    questionnaire = ask(REGIO, {"id": "jaren", "kind": "number"})
    rows = spread(a=[(12, {"jaren": 2.0})], b=[(2, {"jaren": 4.0}), (2, {"jaren": 7.0})], c=[(10, {"jaren": 1.0})])
    responses = respond(questionnaire, rows)
    design = Design.simple_random(responses.n, 100)
    frame = bind_estimates(
        estimates(responses, "regio"), estimate_means(responses, design), estimate_means(responses, design, by="regio")
    )
    rules = PublicationRules.linked(questionnaire, ["regio"])
    leaking = hide(frame, ("jaren", "regio", "b"))
    assert told(audit_estimates(leaking, questionnaire, rules)) == [("jaren", "", "regio", "b", 5.5, 5.5, "exact")]
    assert audit_estimates(apply_publication_rules(frame, rules), questionnaire, rules).empty


def test_a_weighted_mean_is_no_sum_of_answers(ask: Any, respond: Any) -> None:
    questionnaire = ask(REGIO, {"id": "jaren", "kind": "number"})
    responses = respond(questionnaire, spread(a=[(12, {"jaren": 2.0})], c=[(10, {"jaren": 1.0})]))
    design = Design.simple_random(responses.n, 100)
    frame = bind_estimates(
        estimates(responses, "regio"), estimate_means(responses, design), estimate_means(responses, design, by="regio")
    )
    # Sums are 24 and 10, and together 34, so that the mean of all is 1.55 without weights.
    frame.loc[(frame["measure"] == "mean") & (frame["by"] == ""), "estimate"] = 1.8
    rules = PublicationRules.linked(questionnaire, ["regio"])
    with pytest.raises(EstimateError) as caught:
        audit_estimates(frame, questionnaire, rules)
    assert str(caught.value) == (
        "audit: the numbers that are shown contradict each other: a sum of what nobody answered. "
        "Are they of one measurement, and of this questionnaire?"
    )
    frame.loc[frame["measure"] == "mean", "method"] = "t_weighted"
    assert audit_estimates(frame, questionnaire, rules).empty


def test_a_two_way_table_is_shown_whole_or_not_at_all(four: Questionnaire, regions: Responses) -> None:
    rules = PublicationRules.linked(four, ["deel", "rol", "deel*rol"])
    after = apply_publication_rules(estimates(regions, "deel", "rol", "deel*rol"), rules)
    pairs = after[after["by"] == "deel*rol"]
    # Everyone-asked: the smallest cell, hr in bc, has 8 respondents.
    assert set(zip(pairs["question"], pairs["status"], strict=True)) == {("bekend", "Q"), ("effect", "Q")}
    five = PublicationRules.linked(four, ["deel", "rol", "deel*rol"], min_base=5)
    after = apply_publication_rules(estimates(regions, "deel", "rol", "deel*rol"), five)
    shown = after[(after["by"] == "deel*rol") & (after["question"] == "bekend")]
    assert set(shown["status"]) <= {"A", "U"}
    assert audit_estimates(after, four, five).empty


def test_numbers_that_contradict_each_other_are_an_error(four: Questionnaire, regions: Responses) -> None:
    frame = estimates(regions, "regio")
    wrong = (frame["question"] == "bekend") & (frame["category"] == "inhoud") & (frame["group"] == "a")
    frame.loc[wrong, "numerator"] = 25
    with pytest.raises(EstimateError) as caught:
        audit_estimates(frame, four)
    assert str(caught.value).startswith("audit: the numbers that are shown contradict each other: ")
    assert str(caught.value).endswith(" Are they of one measurement, and of this questionnaire?")


def test_other_measurements_and_unknown_questions(four: Questionnaire, regions: Responses) -> None:
    frame = estimates(regions, "regio")
    two = pd.concat([frame, frame.assign(meting="proef-2")])
    with pytest.raises(EstimateError) as caught:
        audit_estimates(two, four)
    assert str(caught.value) == "audit_estimates(): the frame has 2 measurements. Give them one by one."
    with pytest.raises(UnknownNameError):
        audit_estimates(frame.replace({"question": {"bekend": "bekent"}}), four)


def test_progress_is_told_per_table(four: Questionnaire, regions: Responses) -> None:
    steps: list[str] = []
    audit_estimates(apply_publication_rules(estimates(regions, "regio"), PublicationRules.linked(four, ["regio"])), four,
                    progress=steps.append)  # fmt: skip
    assert steps == [
        "linking the tables",
        "looking for all that is suppressed",
        "attacking table 1 of 3: rol",
        "attacking table 2 of 3: bekend",
        "attacking table 3 of 3: effect",
    ]


@st.composite
def surveys(draw: st.DrawFn) -> list[Row]:
    """Draw a few kinds of respondents, and how many there are of each; some leave a question open."""
    rows: list[Row] = []
    for _ in range(draw(st.integers(2, 12))):
        row: dict[str, Any] = {
            "regio": draw(st.sampled_from("abcd")),
            "rol": draw(st.sampled_from(["hr", "directie"])),
            "bekend": draw(st.sampled_from(["inhoud", "gehoord", "niet", None])),
        }
        if row["bekend"] == "inhoud":
            row["effect"] = draw(st.sampled_from([["inzicht"], ["beleid"], ["inzicht", "beleid"], ["geen"]]))
        rows += [row] * draw(st.integers(1, 14))
    return rows


@given(
    rows=surveys(),
    breakdowns=st.sampled_from([("regio",), ("regio", "rol"), ("deel", "regio"), ("regio", "rol", "deel")]),
    min_base=st.integers(2, 10),
)
@settings(deadline=None, max_examples=25, derandomize=True)
def test_after_the_rules_nothing_is_found(
    four: Questionnaire, respond: Any, rows: list[Row], breakdowns: tuple[str, ...], min_base: int
) -> None:
    before = estimates(respond(four, rows), *breakdowns)
    rules = PublicationRules.linked(four, breakdowns, min_base=min_base, normal_base=min_base + 10)
    after = apply_publication_rules(before, rules)
    check_estimates(after)
    assert told(audit_estimates(after, four, rules)) == []
    # Suppressing adds nothing: what is shown is what it was, and what is not has lost every number.
    numbers = ["estimate", "se", "ci_low", "ci_high", "numerator", "denominator"]
    hidden = after["status"] == "Q"
    pd.testing.assert_frame_equal(after.loc[~hidden, numbers], before.loc[~hidden, numbers])
    assert after.loc[hidden, numbers].isna().all(axis=None)
    # Nor does doing it twice, or with a higher threshold afterwards show anything again.
    pd.testing.assert_frame_equal(apply_publication_rules(after, rules), after)
    stricter = PublicationRules.linked(four, breakdowns, min_base=min_base + 3)
    again = apply_publication_rules(after, stricter)
    assert (again.loc[hidden, "status"] == "Q").all()
    # Every base below the threshold is hidden in a breakdown.
    shown = after[(after["by"] != "") & ~hidden & (after["measure"] == "share")]
    assert not shown["denominator"].between(1, min_base - 1).any()
