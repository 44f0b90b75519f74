"""One thing, told in several places."""

from collections.abc import Callable

import pandas as pd
import pytest

from srsmeting.consistency import find_inconsistencies, read_statements
from srsmeting.errors import UnknownNameError
from srsmeting.estimation.attainment import estimate_goals
from srsmeting.goals import GoalsMonitor, load_monitor

Monitor = Callable[..., GoalsMonitor]
Find = Callable[..., pd.DataFrame]


def told(text: str) -> str:
    return f"told:\n  - {{what: iets, {text}}}\n"


@pytest.mark.parametrize(
    "text",
    [
        "places: {kader: 9, tabel: 9}",
        "places: {kader: circa 10, tabel: 9}",
        "places: {kader: meer dan 8, tabel: 9}",
        "places: {kader: 5/10, tabel: 9}",
        "places: {kader: n.v.t., tabel: '-'}",
        # 44 of 40 is 110%; 9 of 20 is 45%; 53 of 60 is 88.3%.
        "places: {kader: 45%}, computed: {measure: attainment, question: werven, group: zuid}",
        "places: {kader: 88%}, computed: {measure: attainment, question: werven, group: ''}",
        "places: {kader: '88,3%'}, computed: {measure: attainment, question: werven, group: ''}",
        "places: {kader: 110%}, computed: {measure: attainment, question: werven, group: noord}",
        # January up to and including December, and February up to it: 11.5 on average.
        "places: {kader: '11,5'}, computed: {measure: months, question: duur}",
        "places: {kader: 12}, computed: {measure: months, question: duur}",
        "places: {kader: 53}, computed: {measure: result, question: werven}",
        "places: {kader: 12}, calculation: 2 * (10 - 4)",
        "places: {kader: [noord]}, units: {reached: werven}",
        "places: {kader: [noord]}, units: {nearly: plaatsen}",
        "places: {kader: [zuid]}, units: {missed: werven}",
        "places: {kader: [noord]}, units: {dropout: fase1}",
        "places: {kader: [noord]}, units: {starts: first}",
        "places: {kader: [zuid]}, units: {starts: last}",
        "places: {kader: [noord]}, units: {extended: true}",
        "places: {kader: [noord, zuid]}, units: {ended: 2024-12}",
        "places: {kader: []}, units: {ended: 2024-11}",
        "places: {kader: [noord]}, units: {ended: 2024-12}, relation: among",
        "places: {kader: [noord], tekst: [zuid]}, units: {ended: 2024-12}, relation: among",
    ],
)
def test_what_can_be_true_is_no_finding(find: Find, text: str) -> None:
    assert find(told(text)).empty


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("places: {kader: 9, tabel: 10}", "iets: 9 in kader; 10 in tabel."),
        ("places: {kader: circa 20, tabel: 9}", "iets: circa 20 in kader; 9 in tabel."),
        ("places: {kader: meer dan 9, tabel: 9}", "iets: meer dan 9 in kader; 9 in tabel."),
        ("places: {kader: minder dan 9, tabel: 9}", "iets: minder dan 9 in kader; 9 in tabel."),
        ("places: {kader: maximaal 8, tabel: 9}", "iets: maximaal 8 in kader; 9 in tabel."),
        ("places: {kader: onbekend, tabel: 9}", "iets: onbekend in kader; 9 in tabel."),
        (
            "places: {kader: 44%}, computed: {measure: attainment, question: werven, group: zuid}",
            "iets: 44% in kader; computed 45%.",
        ),
        (
            "places: {kader: '88,4%'}, computed: {measure: attainment, question: werven, group: ''}",
            "iets: 88,4% in kader; computed 88.3%.",
        ),
        (
            "places: {kader: 111%}, computed: {measure: attainment, question: werven, group: noord}",
            "iets: 111% in kader; computed 110%.",
        ),
        (
            "places: {kader: 11}, computed: {measure: months, question: duur}",
            "iets: 11 in kader; computed 11.5.",
        ),
        (
            "places: {kader: 52}, computed: {measure: result, question: werven}",
            "iets: 52 in kader; computed 53.",
        ),
        ("places: {kader: 14}, calculation: 2 * 12 / 2", "iets: 14 in kader; computed 12 (2 * 12 / 2)."),
        (
            "places: {kader: [noord, zuid]}, units: {reached: werven}",
            "iets: noord, zuid in kader; computed noord.",
        ),
        (
            "places: {kader: [noord], tekst: [zuid]}, units: {reached: werven}",
            "iets: noord in kader; zuid in tekst; computed noord.",
        ),
        ("places: {kader: []}, units: {extended: true}", "iets: none in kader; computed noord."),
        ("places: {kader: [zuid]}, units: {dropout: fase1}, relation: among", "iets: zuid in kader; computed noord."),
    ],
)
def test_what_cannot_be_true_is_told_with_both_sides(find: Find, text: str, what: str) -> None:
    assert find(told(text))[["kind", "what"]].to_numpy().tolist() == [["told", what]]


def test_an_amount_that_nobody_can_read_is_found(find: Find) -> None:
    found = find(told("places: {paragraaf 3: vijftien negentig}, fault: P9-07"))
    assert found.to_numpy().tolist() == [
        ["unreadable", "paragraaf 3", "iets: 'vijftien negentig' in paragraaf 3.", "vijftien negentig", "", "P9-07"]
    ]


def test_a_figure_that_does_not_exist_is_an_error(find: Find) -> None:
    with pytest.raises(UnknownNameError) as caught:
        find(told("places: {kader: 9}, computed: {measure: months, question: duurt}"))
    assert str(caught.value) == "statements.yaml: no question 'duurt'. Did you mean 'duur'? Known: 'duur'."


def changed(monitor: Monitor, statements: str, file: str, old: str, new: str) -> list[str]:
    """Find what is told otherwise where one row of the data is another."""
    read = monitor(statements)
    path = read.path(file)
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    again = load_monitor(read.file)
    told = read_statements(read.path("statements.yaml"), again)
    return find_inconsistencies(again, estimate_goals(again), None, told)["what"].tolist()


@pytest.mark.parametrize(
    ("said", "measure", "found"),
    [
        ("55", "goal", []),
        ("61", "goal", ["iets: 61 in kader; computed 60."]),
        # 9 of 60 is 15%, and of 50 it is 18%.
        ("18%", "attainment", []),
        ("15%", "attainment", []),
        ("14%", "attainment", ["iets: 14% in kader; computed 15%."]),
    ],
)
def test_a_goal_that_is_a_range_leaves_room(monitor: Monitor, said: str, measure: str, found: list[str]) -> None:
    text = told(f"places: {{kader: {said}}}, computed: {{measure: {measure}, question: werven, group: zuid}}")
    assert changed(monitor, text, "goals.csv", "zuid,werven,20", "zuid,werven,50/60") == found


@pytest.mark.parametrize(("said", "found"), [("97", []), ("100", ["iets: 100 in kader; computed circa 90."])])
def test_what_the_data_do_not_tell_exactly_leaves_room(monitor: Monitor, said: str, found: list[str]) -> None:
    text = told(f"places: {{kader: {said}}}, computed: {{measure: result, question: werven, group: zuid}}")
    assert changed(monitor, text, "results.csv", "zuid,werven,,einde,9", "zuid,werven,,einde,circa 90") == found


def test_somebody_dropped_out_where_only_their_number_is_known(monitor: Monitor) -> None:
    text = told("places: {kader: [zuid]}, units: {dropout: fase1}")
    assert changed(monitor, text, "dropout.csv", "noord,fase1,einde,11,44,", "noord,fase1,einde,11,,") == [
        "iets: zuid in kader; computed noord."
    ]


@pytest.mark.parametrize("which", ["starts: first", "ended: 2024-12", "extended: true"])
def test_without_durations_nothing_contradicts_what_is_told_of_them(monitor: Monitor, which: str) -> None:
    text = told(f"places: {{kader: [noord]}}, units: {{{which}}}")
    assert changed(monitor, text, "meting.yaml", ", durations: durations.csv", "") == []
