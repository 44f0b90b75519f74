"""Who was asked, in Dutch: every shape of routing on the small questionnaire, spelled out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.questionnaire import Questionnaire, load_questionnaire
from srsmeting.questionnaire.explanation import explain_routing


@pytest.mark.parametrize(
    ("routing", "dutch"),
    [
        ("krant == inhoud", "die bekend zijn met de krant"),
        ("krant in [gehoord, inhoud]", "die weet hebben van de krant"),
        ("krant == inhoud or krant == gehoord", "die weet hebben van de krant"),
        ("krant != onbekend", "die weet hebben van de krant"),
        ("not krant == onbekend", "die weet hebben van de krant"),
        ("not krant != inhoud", "die bekend zijn met de krant"),
        ("krant != inhoud", "voor wie niet geldt dat zij bekend zijn met de krant"),
        ("krant == onbekend", "die op de vraag ‘Kent u de krant?’ met ‘Onbekend’ hebben geantwoord"),
        ("regio in [noord, zuid]", "die op de vraag ‘In welke regio werkt u?’ met ‘Noord’ of ‘Zuid’ hebben geantwoord"),
        ("cijfer in [8, 9, 10]", "die op de vraag ‘Welk cijfer geeft u?’ met ‘8’, ‘9’ of ‘10’ hebben geantwoord"),
        ("inzet.lezen == ja", "die meer inzetten op lezen"),
        ("inzet.lezen == ja or inzet.rekenen == ja", "die meer inzetten op lezen of rekenen"),
        ("inzet.lezen == ja and inzet.rekenen == ja", "die meer inzetten op lezen en rekenen"),
        ("inzet.lezen == nee", "die bij de uitspraak ‘Lezen’ met ‘Nee’ hebben geantwoord"),
        ("inzet.lezen != ja", "voor wie niet geldt dat zij meer inzetten op lezen"),
        ("selected(effect, meer)", "die bij de vraag ‘Wat veranderde er?’ ‘Meer lezers’ hebben aangekruist"),
        (
            "not selected(effect, meer)",
            "voor wie niet geldt dat zij bij de vraag ‘Wat veranderde er?’ ‘Meer lezers’ hebben aangekruist",
        ),
        (
            "selected(effect, niets) or selected(effect, meer)",
            "die bij de vraag ‘Wat veranderde er?’ ‘Meer lezers’ of ‘Niets’ hebben aangekruist",
        ),
        (
            "selected(effect, niets) and selected(effect, meer)",
            "die bij de vraag ‘Wat veranderde er?’ ‘Niets’ hebben aangekruist en "
            "bij de vraag ‘Wat veranderde er?’ ‘Meer lezers’ hebben aangekruist",
        ),
        ("krant == inhoud and inzet.lezen == ja", "die bekend zijn met de krant en meer inzetten op lezen"),
        (
            "krant == inhoud and inzet.lezen != ja",
            "die bekend zijn met de krant en voor wie niet geldt dat zij meer inzetten op lezen",
        ),
        (
            "not (krant == inhoud or inzet.lezen == ja)",
            "voor wie niet geldt dat zij bekend zijn met de krant of meer inzetten op lezen",
        ),
        (
            "not (krant == inhoud and inzet.lezen == ja)",
            "voor wie niet geldt dat zij bekend zijn met de krant en meer inzetten op lezen",
        ),
        (
            "krant == inhoud or inzet.lezen == ja and inzet.rekenen == ja",
            "die bekend zijn met de krant, of die meer inzetten op lezen en rekenen",
        ),
        (
            "(krant == gehoord or inzet.lezen == ja) and inzet.rekenen == ja",
            "die meer inzetten op rekenen, en die gehoord hebben van de krant of meer inzetten op lezen",
        ),
        (
            "krant == inhoud or (inzet.lezen == ja or inzet.rekenen == ja)",
            "die bekend zijn met de krant of meer inzetten op lezen of rekenen",
        ),
    ],
)
def test_a_routing_in_dutch(routing: str, dutch: str, small: Questionnaire) -> None:
    assert explain_routing(small.condition(routing), {q.id: q for q in small.questions}) == dutch


def test_everyone(small: Questionnaire) -> None:
    assert small.explain("regio") == "alle respondenten"


def test_the_noun_is_that_of_the_questionnaire(small_file: Callable[..., Path]) -> None:
    small = load_questionnaire(small_file(("title: Proef", "title: Proef\nrespondents: instellingen")))
    assert small.explain("regio") == "alle instellingen"
    assert small.explain("effect") == "instellingen die bekend zijn met de krant"
