"""Alt texts, whole."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pandas as pd
import pytest

from srsmeting.presentation.figures import build_figure
from srsmeting.questionnaire import Questionnaire

Shares = Callable[..., pd.DataFrame]


@pytest.mark.parametrize(
    ("question", "alt"),
    [
        (
            "bekend",
            "Grootste groep: Bekend met de inhoud (66%). Verdeling in een gestapelde staaf: Bekend met de inhoud (66%); "
            "Ervan gehoord, inhoud niet bekend (24%); Niet bekend (10%).",
        ),
        (
            "effect_onderzoek",
            "Het vaakst genoemd: Meer inzicht in tekorten en overschotten (61%). Daarna: Meer inzet op behoud van personeel "
            "(33%). Apart: Andere effecten (9%); Geen enkel effect (19%). Staven van groot naar klein.",
        ),
        (
            "impact",
            "‘De instroom vanuit het onderwijs is hoger’: (Helemaal) eens 18%, (Helemaal) oneens 20%; ‘Er is meer "
            "zij-instroom’: (Helemaal) eens 40%, (Helemaal) oneens 20%. Gestapelde staven rond het midden, ‘Noch eens, "
            "noch oneens’. "
            "De instroom vanuit het onderwijs is hoger. Helemaal eens (1%); Eens (17%); Noch eens, noch oneens (45%); "
            "Oneens (20%); Helemaal oneens (0%); Weet niet (17%). Er is meer zij-instroom. Helemaal eens (10%); "
            "Eens (30%); Noch eens, noch oneens (30%); Oneens (10%); Helemaal oneens (10%); Weet niet (10%).",
        ),
        (
            "cijfer",
            "Vaakst gegeven cijfer: 8 (40%). "
            "Verdeling in kolommen: 1 (0%); 2 (0%); 3 (0%); 4 (2%); 5 (0%); 6 (8%); 7 (38%); 8 (40%); 9 (10%); 10 (2%).",
        ),
    ],
)
def test_the_main_message_comes_first_and_every_value_is_told(
    estimates: pd.DataFrame, questionnaire: Questionnaire, question: str, alt: str
) -> None:
    assert build_figure(estimates, questionnaire, question).alt == alt


def test_a_large_none_is_the_main_message_but_a_large_other_is_not(
    questionnaire: Questionnaire, make_shares: Shares
) -> None:
    none = make_shares("effect_onderzoek", 100, {"behoud": 10, "inzicht": 20, "anders": 5, "geen": 65})
    other = make_shares("effect_onderzoek", 100, {"behoud": 10, "inzicht": 20, "anders": 65, "geen": 5})

    assert build_figure(none, questionnaire, "effect_onderzoek").alt == (
        "Het vaakst genoemd: Geen enkel effect (65%). Daarna: Meer inzicht in tekorten en overschotten (20%); Meer inzet op "
        "behoud van personeel (10%). Apart: Andere effecten (5%). Staven van groot naar klein."
    )
    assert build_figure(other, questionnaire, "effect_onderzoek").alt == (
        "Het vaakst genoemd: Meer inzicht in tekorten en overschotten (20%). Daarna: Meer inzet op behoud van personeel "
        "(10%). Apart: Andere effecten (65%); Geen enkel effect (5%). Staven van groot naar klein."
    )


def test_what_is_not_published_is_told_as_such(questionnaire: Questionnaire, make_shares: Shares) -> None:
    some = make_shares("bekend", 301, {"inhoud": None, "gehoord": 72, "onbekend": None})
    none = make_shares("bekend", None, dict.fromkeys(["inhoud", "gehoord", "onbekend"]))
    empty = make_shares("bekend", None, dict.fromkeys(["inhoud", "gehoord", "onbekend"]), status="O")

    assert build_figure(some, questionnaire, "bekend").alt == (
        "Verdeling in een gestapelde staaf: Bekend met de inhoud (niet gepubliceerd); "
        "Ervan gehoord, inhoud niet bekend (24%); Niet bekend (niet gepubliceerd)."
    )
    assert build_figure(none, questionnaire, "bekend").alt == ("Geen enkele waarde is gepubliceerd of beschikbaar.")
    assert build_figure(empty, questionnaire, "bekend").alt == ("Geen enkele waarde is gepubliceerd of beschikbaar.")


def test_a_battery_of_one_statement_is_one_bar(questionnaire: Questionnaire, make_shares: Shares) -> None:
    impact = questionnaire.question("impact")
    asked = impact.model_copy(update={"items": impact.items[:1]})
    counts = {"helemaal_eens": 1, "eens": 1, "neutraal": 6, "oneens": 1, "helemaal_oneens": 1, "weet_niet": 0}
    counts |= {"top2": 2, "bottom2": 2}
    frame = make_shares("impact", 10, counts, "onderwijs")

    figure = build_figure(frame, dataclasses.replace(questionnaire, questions=(asked,)), "impact")

    assert figure.alt == (
        "‘De instroom vanuit het onderwijs is hoger’: (Helemaal) eens 20%, (Helemaal) oneens 20%. "
        "Staaf rond ‘Noch eens, noch oneens’. De instroom vanuit het onderwijs is hoger. Helemaal eens (10%); Eens (10%); "
        "Noch eens, noch oneens (60%); Oneens (10%); Helemaal oneens (10%); Weet niet (0%)."
    )
