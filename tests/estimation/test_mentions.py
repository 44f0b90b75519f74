"""How often themes are mentioned, what of it is published, and whether the rest can be worked out."""

from itertools import product

import pandas as pd
import pytest

from srsmeting.errors import EstimateError, UnknownNameError
from srsmeting.estimates import bind_estimates, check_estimates, estimate_frame
from srsmeting.estimation import Mentions, PublicationRules, apply_publication_rules, estimate_mentions
from srsmeting.estimation.audit import audit_estimates
from srsmeting.questionnaire import Questionnaire, parse_questionnaire

CODES = ("a", "b", "c", "d")


def _questionnaire(least: int = 4) -> Questionnaire:
    themes = [{"code": code, "label": code.upper()} for code in CODES]
    question = {"id": "thema", "kind": "open", "title": "T", "text": "?", "pijler": "basis", "fase": "algemeen"}
    return parse_questionnaire(
        {
            "meting": "m-1",
            "title": "M",
            "pijlers": [{"id": "basis", "label": "B"}],
            "questions": [question | {"themes": themes, "min_mentions": least}],
        }
    )


def _published(counts: dict[str, int], answered: int, least: int = 4) -> pd.DataFrame:
    questionnaire = _questionnaire(least)
    frame = estimate_mentions(questionnaire, {"thema": Mentions(answered, counts)})
    return apply_publication_rules(frame, PublicationRules.linked(questionnaire, []))


def _told(frame: pd.DataFrame) -> dict[str, object]:
    return {
        row["category"]: row["reason"] if row["status"] == "Q" else int(row["numerator"])
        for row in frame.to_dict("records")
    }


def test_every_theme_of_the_codebook_is_counted() -> None:
    frame = estimate_mentions(_questionnaire(), {"thema": Mentions(59, {"b": 10, "a": 4})})

    check_estimates(frame)
    assert frame[["category", "estimate", "numerator", "denominator", "status"]].to_numpy().tolist() == [
        ["a", 4.0, 4, 59, "A"],
        ["b", 10.0, 10, 59, "A"],
        ["c", 0.0, 0, 59, "A"],
        ["d", 0.0, 0, 59, "A"],
    ]
    assert set(frame["measure"]) == {"count"}
    assert frame[["se", "ci_low", "ci_high"]].isna().all().all()


def test_where_nobody_answered_there_is_nothing_to_count() -> None:
    frame = _published({}, 0)

    assert set(zip(frame["status"], frame["reason"], strict=True)) == {("O", "no_base")}


def test_a_theme_that_the_codebook_does_not_have_is_an_error() -> None:
    with pytest.raises(UnknownNameError) as caught:
        estimate_mentions(_questionnaire(), {"thema": Mentions(9, {"e": 1})})
    assert str(caught.value) == "question 'thema': no theme 'e'. Known: 'a', 'b', 'c', 'd'."


def test_more_mentions_than_answers_cannot_be() -> None:
    frame = estimate_mentions(_questionnaire(), {"thema": Mentions(3, {"a": 4})})

    with pytest.raises(EstimateError) as caught:
        check_estimates(frame)
    assert str(caught.value) == "estimates:2: 1 row where the numerator exceeds the denominator, first 4."


def test_a_theme_is_shown_from_four_mentions_on() -> None:
    frame = _published({"a": 20, "b": 4, "c": 3}, 59)

    assert _told(frame) == {"a": 20, "b": 4, "c": "small_count", "d": "small_count"}
    hidden = frame[frame["status"] == "Q"]
    assert hidden[["estimate", "numerator", "denominator"]].isna().all().all()


def test_the_least_is_that_of_the_question() -> None:
    assert _told(_published({"a": 20, "b": 7, "c": 6}, 59, least=7)) == {
        "a": 20,
        "b": 7,
        "c": "small_count",
        "d": "small_count",
    }


def test_a_base_below_thirty_is_marked_as_that_of_any_number() -> None:
    frame = _published({"a": 20, "b": 8, "c": 5, "d": 4}, 29)

    assert set(zip(frame["status"], frame["reason"], strict=True)) == {("U", "indicative")}


def test_what_the_shown_themes_leave_over_gives_nothing_away() -> None:
    # 40 less 30 and 8 is 2: whoever thinks that every answer has one theme would know that c has 2.
    assert _told(_published({"a": 30, "b": 8, "c": 2}, 40)) == {
        "a": 30,
        "b": "complementary",
        "c": "small_count",
        "d": "small_count",
    }
    # 4 are left over, which is enough; and 40 less 41 leaves nothing, because answers have several themes.
    assert _told(_published({"a": 30, "b": 6, "c": 2}, 40))["b"] == 6
    assert _told(_published({"a": 30, "b": 11, "c": 2}, 40))["b"] == 11


def test_applying_the_rules_again_changes_nothing() -> None:
    once = _published({"a": 30, "b": 8, "c": 2}, 40)

    pd.testing.assert_frame_equal(apply_publication_rules(once, PublicationRules.linked(_questionnaire(), [])), once)


def test_counts_go_with_the_total_of_their_question() -> None:
    # The question is hidden as a whole: how many answered it follows from nothing else.
    questionnaire = _questionnaire()
    shares = estimate_frame(
        {"meting": "m-1", "question": "thema", "category": "answered", "measure": "share", "status": "Q", "reason": "x"}
    )
    counts = estimate_mentions(questionnaire, {"thema": Mentions(59, {"a": 20})})
    frame = apply_publication_rules(bind_estimates(shares, counts), PublicationRules.linked(questionnaire, []))

    assert _told(frame[frame["measure"] == "count"]) == {
        "a": "x",
        "b": "small_count",
        "c": "small_count",
        "d": "small_count",
    }


@pytest.mark.parametrize("counts", list(product([0, 2, 4, 7], repeat=3)))
def test_one_theme_per_answer_is_the_worst_that_can_be_guessed(counts: tuple[int, ...]) -> None:
    """Whatever the counts, no set of hidden themes is known to have some mentions but fewer than four."""
    given = dict(zip(CODES, counts, strict=False))
    frame = _published(given, max(sum(counts), 1))

    shown = frame.loc[frame["status"] != "Q", "numerator"].sum()
    hidden = [code for code in given if _told(frame)[code] in ("small_count", "complementary")]
    assert not hidden or sum(given[code] for code in hidden) == 0 or sum(counts) - shown >= 4 or not shown
    assert audit_estimates(frame, _questionnaire()).empty


def test_the_audit_finds_what_was_not_suppressed() -> None:
    frame = estimate_mentions(_questionnaire(), {"thema": Mentions(40, {"a": 30, "b": 8, "c": 2})})
    frame = frame.drop(index=3)

    found = audit_estimates(frame, _questionnaire())
    assert found.to_numpy().tolist() == [["thema", "", "c", "", "", 2.0, 2.0, "shown"]]

    frame.loc[2, ["estimate", "numerator", "denominator"]] = pd.NA
    frame.loc[2, ["status", "reason"]] = ["Q", "small_count"]
    found = audit_estimates(frame, _questionnaire())
    assert found.to_numpy().tolist() == [["thema", "", "c", "", "", 2.0, 2.0, "together"]]
