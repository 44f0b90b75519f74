"""What figures and tables read from the estimate frame."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from srsmeting.errors import ReportError, UnknownNameError
from srsmeting.presentation.distribution import is_whole, read_distributions, shown_data
from srsmeting.questionnaire import Questionnaire

Shares = Callable[..., pd.DataFrame]


def test_answers_come_in_declared_order_with_labels(estimates: pd.DataFrame, questionnaire: Questionnaire) -> None:
    (part,) = read_distributions(estimates.iloc[::-1], questionnaire, "bekend")

    assert [(a.code, a.label, a.printed.text, a.counted.text) for a in part.answers] == [
        ("inhoud", "Bekend met de inhoud", "66%", "199"),
        ("gehoord", "Ervan gehoord, inhoud niet bekend", "24%", "72"),
        ("onbekend", "Niet bekend", "10%", "30"),
    ]
    assert part.base == 301


def test_a_battery_gives_one_distribution_for_each_statement(
    estimates: pd.DataFrame, questionnaire: Questionnaire
) -> None:
    parts = read_distributions(estimates, questionnaire, "impact")

    assert [(part.item, part.label, part.base) for part in parts] == [
        ("onderwijs", "De instroom vanuit het onderwijs is hoger", 200),
        ("zij", "Er is meer zij-instroom", 190),
    ]


def test_categories_outside_the_base_are_left_out(estimates: pd.DataFrame, questionnaire: Questionnaire) -> None:
    (part,) = read_distributions(estimates, questionnaire, "experimenten")

    assert [answer.code for answer in part.answers] == ["ja", "nee"]


def test_a_suppressed_share_is_a_sign_without_a_number(questionnaire: Questionnaire, make_shares: Shares) -> None:
    frame = make_shares("bekend", 301, {"inhoud": None, "gehoord": 72, "onbekend": None})

    (part,) = read_distributions(frame, questionnaire, "bekend")

    assert [(a.share, a.printed.text, a.counted.text) for a in part.answers] == [
        (None, "x", "x"),
        (72 / 301, "24%", "72"),
        (None, "x", "x"),
    ]


def test_the_frame_behind_an_exhibit_has_a_row_for_every_number(
    questionnaire: Questionnaire, make_shares: Shares
) -> None:
    frame = make_shares("bekend", 4, {"inhoud": None, "gehoord": 1, "onbekend": 0})

    data = shown_data(read_distributions(frame, questionnaire, "bekend"))

    assert data.drop(columns=["item", "item_label", "label"]).to_csv(index=False) == (
        "category,share,printed,counted,status,reason,base\n"
        "inhoud,,x,x,Q,small_base,4\n"
        "gehoord,0.25,25%,1,A,,4\n"
        "onbekend,0.0,0%,0,A,,4\n"
    )


def test_only_a_whole_question_adds_to_one(estimates: pd.DataFrame, questionnaire: Questionnaire) -> None:
    shown = [
        ("bekend", None),
        ("bekend", ["bekend_totaal", "onbekend"]),
        ("bekend", ["inhoud"]),
        ("effect_onderzoek", None),
    ]
    whole = [
        is_whole(questionnaire.question(name), read_distributions(estimates, questionnaire, name, codes)[0])
        for name, codes in shown
    ]

    assert whole == [True, True, False, False]


def test_an_unknown_question_or_category_is_an_error(estimates: pd.DataFrame, questionnaire: Questionnaire) -> None:
    with pytest.raises(UnknownNameError) as question:
        read_distributions(estimates, questionnaire, "bekent")
    with pytest.raises(UnknownNameError) as category:
        read_distributions(estimates, questionnaire, "bekend", ["inhoud", "gehord"])

    assert str(question.value) == (
        "questionnaire 'm-2021': no question 'bekent'. Did you mean 'bekend'? Known: 'wgo', 'branche', 'cijfer', "
        "'bekend', 'effect_onderzoek', 'impact', 'experimenten', 'thema'."
    )
    assert str(category.value) == (
        "question 'bekend': no category 'gehord'. Did you mean 'gehoord'? "
        "Known: 'inhoud', 'gehoord', 'onbekend', 'bekend_totaal'."
    )


def test_categories_that_overlap_cannot_stand_in_one_exhibit(
    estimates: pd.DataFrame, questionnaire: Questionnaire
) -> None:
    with pytest.raises(ReportError) as error:
        read_distributions(estimates, questionnaire, "bekend", ["bekend_totaal", "gehoord", "onbekend"])

    assert str(error.value) == (
        "question 'bekend': the categories 'bekend_totaal' and 'gehoord' overlap in 'gehoord'. Show one of them."
    )


def test_open_questions_have_no_categories_to_show(estimates: pd.DataFrame, questionnaire: Questionnaire) -> None:
    with pytest.raises(ReportError) as error:
        read_distributions(estimates, questionnaire, "thema")

    assert str(error.value) == (
        "question 'thema': a question of kind 'open' has no categories to show. "
        "Figures and tables of answers are for single, multiple, statements and mark."
    )


def test_shares_that_the_frame_does_not_have_are_named(estimates: pd.DataFrame, questionnaire: Questionnaire) -> None:
    with pytest.raises(ReportError) as question:
        read_distributions(estimates, questionnaire, "wgo")
    with pytest.raises(ReportError) as category:
        read_distributions(estimates[estimates["category"] != "top2"], questionnaire, "impact", ["top2"])

    assert str(question.value) == (
        "estimates: question 'wgo' has no share for meting 'm-2021'. Is it the estimate frame of this "
        "questionnaire? Metingen in the frame: 'm-2021'."
    )
    assert str(category.value) == (
        "estimates: question 'impact', statement 'onderwijs' has no share of 'top2'. Estimate it again with this "
        "questionnaire. Shares in the frame: 'helemaal_eens', 'eens', 'neutraal', 'oneens', 'helemaal_oneens', "
        "'weet_niet', 'bottom2'."
    )
