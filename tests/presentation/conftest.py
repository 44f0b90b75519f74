"""An invented questionnaire with every kind of question, and estimate frames written by hand."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import pytest

from srsmeting.estimates import bind_estimates, estimate_frame
from srsmeting.questionnaire import Questionnaire, parse_questionnaire

METING = "m-2021"


@pytest.fixture(scope="session")
def questionnaire() -> Questionnaire:
    yes_no = [
        {"code": "ja", "label": "Ja"},
        {"code": "nee", "label": "Nee"},
        {"code": "weet_niet", "label": "Weet niet", "kind": "dont_know"},
    ]
    rest = {"pijler": "basis", "fase": "bereik"}
    return parse_questionnaire(
        {
            "meting": METING,
            "title": "Invented",
            "pijlers": [
                {"id": "basis", "label": "Basis", "aim": "Weten wat er speelt & wie er <wat> doet"},
                {"id": "innoveren", "label": "Innoveren", "aim": "Nieuwe manieren van werken proberen"},
            ],
            "scales": {
                "eens": {
                    "categories": [
                        {"code": "helemaal_eens", "label": "Helemaal eens"},
                        {"code": "eens", "label": "Eens"},
                        {"code": "neutraal", "label": "Noch eens, noch oneens", "neutral": True},
                        {"code": "oneens", "label": "Oneens"},
                        {"code": "helemaal_oneens", "label": "Helemaal oneens"},
                        {"code": "weet_niet", "label": "Weet niet", "kind": "dont_know"},
                    ],
                    "sums": [
                        {"code": "top2", "label": "(Helemaal) eens", "of": ["helemaal_eens", "eens"]},
                        {"code": "bottom2", "label": "(Helemaal) oneens", "of": ["oneens", "helemaal_oneens"]},
                    ],
                }
            },
            "groupings": [
                {
                    "id": "branche_samengevoegd",
                    "of": "branche",
                    "label": "Branche (samengevoegd)",
                    "groups": [{"code": "zorg", "label": "Zorg", "of": ["vvt", "ggz"]}],
                }
            ],
            "questions": [
                {
                    "id": "wgo",
                    "kind": "single",
                    "title": "WGO",
                    "text": "Welke?",
                    "pijler": "basis",
                    "fase": "algemeen",
                    "categories": [{"code": "noord", "label": "Noord"}, {"code": "zuid", "label": "Zuid"}],
                },
                {
                    "id": "branche",
                    "kind": "single",
                    "title": "Branche",
                    "text": "Welke?",
                    "pijler": "basis",
                    "fase": "algemeen",
                    "categories": [
                        {"code": "vvt", "label": "Verpleging, verzorging en thuiszorg"},
                        {"code": "ggz", "label": "GGZ"},
                        {"code": "jeugd", "label": "Jeugdzorg"},
                    ],
                },
                {
                    "id": "cijfer",
                    "kind": "mark",
                    "title": "Rapportcijfer voor de WGO",
                    "text": "Welk cijfer?",
                    "range": [1, 10],
                    "sums": [
                        {"code": "le5", "label": "5 of lager", "of": ["1", "2", "3", "4", "5"]},
                        {"code": "ge9", "label": "9 of 10", "of": ["9", "10"]},
                    ],
                    **rest,
                },
                {
                    "id": "bekend",
                    "kind": "single",
                    "title": "Bekendheid met het onderzoek",
                    "text": "Bent u bekend?",
                    "topic": "het onderzoek",
                    "categories": [
                        {"code": "inhoud", "label": "Bekend met de inhoud", "who": "de inhoud van {topic} kennen"},
                        {"code": "gehoord", "label": "Ervan gehoord, inhoud niet bekend"},
                        {"code": "onbekend", "label": "Niet bekend"},
                    ],
                    "sums": [{"code": "bekend_totaal", "label": "Bekend", "of": ["inhoud", "gehoord"]}],
                    **rest,
                },
                {
                    "id": "effect_onderzoek",
                    "kind": "multiple",
                    "title": "Effecten van het onderzoek",
                    "text": "Welke effecten?",
                    "asked_if": "bekend == inhoud",
                    "categories": [
                        {"code": "behoud", "label": "Meer inzet op behoud van personeel"},
                        {"code": "inzicht", "label": "Meer inzicht in tekorten en overschotten"},
                        {"code": "anders", "label": "Andere effecten", "kind": "other"},
                        {"code": "geen", "label": "Geen enkel effect", "kind": "none_of_these"},
                    ],
                    **rest,
                },
                {
                    "id": "impact",
                    "kind": "statements",
                    "title": "Impact op de instroom",
                    "text": "Bent u het eens?",
                    "scale": "eens",
                    "items": [
                        {"id": "onderwijs", "label": "De instroom vanuit het onderwijs is hoger"},
                        {"id": "zij", "label": "Er is meer zij-instroom"},
                    ],
                    **rest,
                },
                {
                    "id": "experimenten",
                    "kind": "single",
                    "title": "Betrokken bij experimenten",
                    "text": "Betrokken?",
                    "categories": yes_no,
                    "outside_base": ["dont_know"],
                    **rest,
                },
                {"id": "thema", "kind": "open", "title": "Thema", "text": "Welk thema?", **rest},
            ],
        }
    )


Counts = Mapping[str, int | None]


def share_rows(question: str, base: int | None, counts: Counts, item: str = "", status: str = "Q") -> pd.DataFrame:
    """Make the shares of a question out of counts; None is suppressed (or missing, with status O)."""
    reason = {"Q": "small_base", "O": "no_base"}[status]
    known = [count is not None and base is not None for count in counts.values()]
    return estimate_frame(
        {
            "meting": METING,
            "question": question,
            "item": item,
            "category": list(counts),
            "measure": "share",
            "estimate": [n / base if n is not None and base else math.nan for n in counts.values()],
            "numerator": [n if n is not None else pd.NA for n in counts.values()],
            "denominator": [base if here else pd.NA for here in known],
            "status": ["A" if here else status for here in known],
            "reason": ["" if here else reason for here in known],
        }
    )


def rows(**columns: Any) -> pd.DataFrame:
    """Make other rows of the measurement."""
    return estimate_frame({"meting": METING, **columns})


@pytest.fixture(scope="session")
def estimates() -> pd.DataFrame:
    marks = dict.fromkeys(map(str, range(1, 11)), 0) | {"4": 1, "6": 4, "7": 19, "8": 20, "9": 5, "10": 1}
    return bind_estimates(
        share_rows("bekend", 301, {"inhoud": 199, "gehoord": 72, "onbekend": 30, "bekend_totaal": 271}),
        share_rows("effect_onderzoek", 199, {"behoud": 66, "inzicht": 121, "anders": 18, "geen": 37}),
        share_rows(
            "impact",
            200,
            {"helemaal_eens": 2, "eens": 34, "neutraal": 90, "oneens": 40, "helemaal_oneens": 0, "weet_niet": 34}
            | {"top2": 36, "bottom2": 40},
            "onderwijs",
        ),
        share_rows(
            "impact",
            190,
            {"helemaal_eens": 19, "eens": 57, "neutraal": 57, "oneens": 19, "helemaal_oneens": 19, "weet_niet": 19}
            | {"top2": 76, "bottom2": 38},
            "zij",
        ),
        share_rows("experimenten", 280, {"ja": 107, "nee": 173}),
        share_rows("branche", 90, {"vvt": 30, "ggz": 30, "jeugd": 30}),
        share_rows("cijfer", 50, marks | {"le5": 1, "ge9": 6}),
    )


@pytest.fixture(scope="session")
def make_shares() -> Callable[..., pd.DataFrame]:
    return share_rows
