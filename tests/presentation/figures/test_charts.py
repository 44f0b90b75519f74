"""What a figure draws: kind, order, colours, printed values."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from srsmeting.errors import ReportError
from srsmeting.presentation.distribution import read_distributions
from srsmeting.presentation.figures import style
from srsmeting.presentation.figures.charts import BarChart, ColumnChart, Mark, StackedChart, plan_chart
from srsmeting.questionnaire import Questionnaire, parse_questionnaire

Shares = Callable[..., pd.DataFrame]


def plan(
    estimates: pd.DataFrame, questionnaire: Questionnaire, question: str, categories: list[str] | None = None
) -> StackedChart | BarChart | ColumnChart:
    parts = read_distributions(estimates, questionnaire, question, categories)
    return plan_chart(questionnaire.question(question), parts)


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


def test_statements_are_five_points_with_dont_know_apart(estimates: pd.DataFrame, questionnaire: Questionnaire) -> None:
    chart = plan(estimates, questionnaire, "impact")

    assert isinstance(chart, StackedChart)
    assert [row.label for row in chart.rows] == ["De instroom vanuit het onderwijs is hoger", "Er is meer zij-instroom"]
    assert [[mark.text for mark in row.marks] for row in chart.rows] == [
        ["1%", "17%", "45%", "20%", "0%", "17%"],
        ["10%", "30%", "30%", "10%", "10%", "10%"],
    ]
    assert [(mark.colour, mark.apart) for mark in chart.legend] == [
        *((colour, False) for colour in style.FIVE_POINTS),
        (style.UNKNOWN, True),
    ]


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
