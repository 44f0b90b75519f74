"""One thing, told in several places."""

from collections.abc import Callable

import pandas as pd
import pytest

from srsmeting.errors import UnknownNameError

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
