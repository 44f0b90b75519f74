"""What a figure draws: kind, order, colours, printed values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from srsmeting.errors import ReportError, UnknownNameError
from srsmeting.presentation.figures import build_figure, style
from srsmeting.presentation.figures.charts import BarChart, Chart, ColumnChart, DivergingChart, Mark, StackedChart
from srsmeting.questionnaire import Questionnaire, parse_questionnaire

Shares = Callable[..., pd.DataFrame]


def plan(
    estimates: pd.DataFrame,
    questionnaire: Questionnaire,
    question: str,
    categories: list[str] | None = None,
    **more: Any,
) -> Chart:
    return build_figure(estimates, questionnaire, question, categories=categories, **more).chart


def told(marks: tuple[Mark, ...]) -> list[str]:
    return [f"{mark.label}: {mark.text}" for mark in marks]


def big_question(kind: str, n: int) -> Questionnaire:
    asked = {
        "id": "veel",
        "kind": kind,
        "title": "Veel",
        "text": "Veel?",
        "pijler": "basis",
        "fase": "bereik",
        "categories": [{"code": f"c{at}", "label": f"Antwoord {at}"} for at in range(n)],
    }
    if kind == "statements":
        asked["items"] = [{"id": "een", "label": "Een"}]
    return parse_questionnaire(
        {"meting": "m-2021", "title": "T", "pijlers": [{"id": "basis", "label": "B"}], "questions": [asked]}
    )


def test_familiarity_is_one_stacked_bar_in_declared_order_from_dark_to_light(
    estimates: pd.DataFrame, questionnaire: Questionnaire
) -> None:
    chart = plan(estimates, questionnaire, "bekend")

    assert isinstance(chart, StackedChart)
    (row,) = chart.rows
    assert told(row.marks) == [
        "Bekend met de inhoud: 66%",
        "Ervan gehoord, inhoud niet bekend: 24%",
        "Niet bekend: 10%",
    ]
    assert [mark.percent for mark in row.marks] == pytest.approx([100 * n / 301 for n in (199, 72, 30)])
    assert [mark.colour for mark in row.marks] == list(style.RAMPS[3])
    assert (row.label, chart.legend) == ("", row.marks)


def test_effects_are_bars_with_the_largest_first_and_other_and_none_last(
    estimates: pd.DataFrame, questionnaire: Questionnaire
) -> None:
    chart = plan(estimates, questionnaire, "effect_onderzoek")

    assert isinstance(chart, BarChart)
    assert told(chart.marks) == [
        "Meer inzicht in tekorten en overschotten: 61%",
        "Meer inzet op behoud van personeel: 33%",
        "Andere effecten: 9%",
        "Geen enkel effect: 19%",
    ]
    assert [mark.colour for mark in chart.marks] == [style.BAR, style.BAR, style.ASIDE, style.ASIDE]


def test_a_suppressed_effect_comes_after_the_known_ones_as_a_sign(
    questionnaire: Questionnaire, make_shares: Shares
) -> None:
    frame = make_shares("effect_onderzoek", 199, {"behoud": None, "inzicht": 0, "anders": None, "geen": 37})

    chart = plan(frame, questionnaire, "effect_onderzoek")

    assert isinstance(chart, BarChart)
    assert [(mark.label, mark.text, mark.percent) for mark in chart.marks] == [
        ("Meer inzicht in tekorten en overschotten", "0%", 0),
        ("Meer inzet op behoud van personeel", "x", None),
        ("Andere effecten", "x", None),
        ("Geen enkel effect", "19%", pytest.approx(100 * 37 / 199)),
    ]


def test_statements_lie_around_the_neutral_answer_with_dont_know_apart(
    estimates: pd.DataFrame, questionnaire: Questionnaire
) -> None:
    chart = plan(estimates, questionnaire, "impact")

    assert isinstance(chart, DivergingChart)
    assert chart.totals == ("(Helemaal) eens", "(Helemaal) oneens")
    assert [(row.label, row.totals) for row in chart.rows] == [
        ("De instroom vanuit het onderwijs is hoger", ("18%", "20%")),
        ("Er is meer zij-instroom", ("40%", "20%")),
    ]
    first = chart.rows[0]
    assert [[mark.text for mark in marks] for marks in (first.before, (first.middle,), first.after, first.apart)] == [
        ["1%", "17%"],
        ["45%"],
        ["20%", "0%"],
        ["17%"],
    ]
    assert [(mark.colour, mark.apart) for mark in chart.legend] == [
        *((colour, False) for colour in (*style.BEFORE[2], style.NEUTRAL, *reversed(style.AFTER[2]))),
        (style.UNKNOWN, True),
    ]


def test_a_side_that_is_shown_as_one_sum_has_no_total_beside_it(
    estimates: pd.DataFrame, questionnaire: Questionnaire
) -> None:
    chart = plan(estimates, questionnaire, "impact", ["top2", "neutraal", "oneens", "helemaal_oneens"])

    assert isinstance(chart, DivergingChart)
    assert chart.totals == ("", "(Helemaal) oneens")
    assert [(told(row.before), row.totals) for row in chart.rows] == [
        (["(Helemaal) eens: 18%"], ("", "20%")),
        (["(Helemaal) eens: 40%"], ("", "20%")),
    ]


def test_without_the_neutral_answer_there_is_no_middle(estimates: pd.DataFrame, questionnaire: Questionnaire) -> None:
    chart = plan(estimates, questionnaire, "impact", ["top2", "bottom2"])

    assert isinstance(chart, StackedChart)


def test_statements_in_order_of_agreement(estimates: pd.DataFrame, questionnaire: Questionnaire) -> None:
    chart = plan(estimates, questionnaire, "impact", order="size")

    assert isinstance(chart, DivergingChart)
    assert [row.totals[0] for row in chart.rows] == ["40%", "18%"]


def test_effects_in_declared_order(estimates: pd.DataFrame, questionnaire: Questionnaire) -> None:
    chart = plan(estimates, questionnaire, "effect_onderzoek", order="declared")

    assert isinstance(chart, BarChart)
    assert [mark.text for mark in chart.marks] == ["33%", "61%", "9%", "19%"]


def test_a_single_question_by_size_has_a_bar_for_each_answer(make_shares: Shares, questionnaire: Questionnaire) -> None:
    frame = make_shares("bekend", 100, {"inhoud": 20, "gehoord": 70, "onbekend": 10})

    chart = plan(frame, questionnaire, "bekend", order="size")

    assert isinstance(chart, BarChart)
    assert told(chart.marks) == [
        "Ervan gehoord, inhoud niet bekend: 70%",
        "Bekend met de inhoud: 20%",
        "Niet bekend: 10%",
    ]


def test_marks_have_no_other_order(estimates: pd.DataFrame, questionnaire: Questionnaire) -> None:
    with pytest.raises(ReportError) as error:
        plan(estimates, questionnaire, "cijfer", order="size")

    assert str(error.value) == "question 'cijfer': marks stand in their own order. Leave out order='size'."


def test_an_order_that_does_not_exist(estimates: pd.DataFrame, questionnaire: Questionnaire) -> None:
    with pytest.raises(UnknownNameError) as error:
        plan(estimates, questionnaire, "bekend", order="sise")

    assert str(error.value) == (
        "figure of question 'bekend': no order 'sise'. Did you mean 'size'? Known: 'declared', 'size'."
    )


def test_marks_are_columns_all_ten_or_in_declared_classes(
    estimates: pd.DataFrame, questionnaire: Questionnaire
) -> None:
    ten = plan(estimates, questionnaire, "cijfer")
    classes = plan(estimates, questionnaire, "cijfer", ["le5", "6", "7", "8", "ge9"])

    assert isinstance(ten, ColumnChart)
    assert isinstance(classes, ColumnChart)
    assert [mark.text for mark in ten.marks] == ["0%", "0%", "0%", "2%", "0%", "8%", "38%", "40%", "10%", "2%"]
    assert told(classes.marks) == ["5 of lager: 2%", "6: 8%", "7: 38%", "8: 40%", "9 of 10: 12%"]
    assert classes.axis == "Rapportcijfer"


def test_yes_and_no_are_a_stacked_bar(estimates: pd.DataFrame, questionnaire: Questionnaire) -> None:
    chart = plan(estimates, questionnaire, "experimenten")

    assert isinstance(chart, StackedChart)
    assert told(chart.legend) == ["Ja: 38%", "Nee: 62%"]


def test_a_single_question_with_many_answers_has_a_bar_for_each_in_declared_order(make_shares: Shares) -> None:
    counts = {f"c{at}": at for at in range(7)}

    chart = plan(make_shares("veel", 21, counts), big_question("single", 7), "veel")

    assert isinstance(chart, BarChart)
    assert [mark.label for mark in chart.marks] == [f"Antwoord {at}" for at in range(7)]


def test_statements_with_many_answers_do_not_fit(make_shares: Shares) -> None:
    frame = make_shares("veel", 21, {f"c{at}": at for at in range(7)}, "een")

    with pytest.raises(ReportError) as error:
        plan(frame, big_question("statements", 7), "veel")

    assert str(error.value) == (
        "question 'veel': 7 answers do not fit in one bar, 6 do. "
        "Show fewer with categories=[...], for instance declared sums."
    )
