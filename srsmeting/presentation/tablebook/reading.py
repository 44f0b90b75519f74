"""The sheet that says how to read the tables, and what the signs in them mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from srsmeting.presentation.formats import format_count
from srsmeting.presentation.notes import is_weighted
from srsmeting.presentation.signs import REASONS, SIGNS
from srsmeting.presentation.tablebook.front import READING, About
from srsmeting.presentation.tablebook.model import Cell, Column, Sheet, Table, clean
from srsmeting.presentation.tablebook.question_sheets import CONTENTS, NONE_LOWER
from srsmeting.questionnaire import Questionnaire
from srsmeting.rounding import round_half_up


def reading_sheet(
    estimates: pd.DataFrame, questionnaire: Questionnaire, about: About, *, compared: Sequence[str]
) -> Sheet:
    """Make the sheet that says how to read the tables, and what the signs mean that occur in them.

    Parameters
    ----------
    estimates, questionnaire, about
        What the book is made of.
    compared
        Labels of the breakdowns whose groups are compared.
    """
    named = [
        (
            "Opzet",
            "Eén blad per vraag. In de rijen staan de antwoorden, in de kolommen alle respondenten (Totaal) en de "
            "groepen van elke uitsplitsing; de naam van de uitsplitsing staat boven haar eerste kolom. Elke cel heeft "
            "één waarde en er zijn geen cellen samengevoegd.",
        ),
        ("Gegeven", "Deze kolom zegt wat er op de rij staat: basis, percentage, aantal of een grens van het interval."),
        ("Basis (ongewogen)", "Het aantal respondenten waarover gepercenteerd is."),
        (
            "Percentage",
            f"{_rounding(estimates, questionnaire)} Door afronding tellen percentages niet altijd op tot 100.",
        ),
        ("Weging", " ".join(_weighting(estimates, questionnaire, about))),
        ("Samen: …", "Rijen die zo beginnen tellen antwoorden op die ook apart in de tabel staan."),
        (
            "Ondergrens en bovengrens (95%)",
            "Grenzen van het 95%-interval: bij herhaling van de steekproef ligt de uitkomst van alle organisaties in "
            "95 van de 100 gevallen daartussen. Het interval houdt rekening met het deel van de organisaties dat "
            "meedeed.",
        ),
        ("Vergelijking van groepen", _letters(compared)),
        *(("Publicatieregel", rule) for rule in about.rules),
        (
            "Niet gepubliceerd",
            "Waar een cijfer niet gepubliceerd is, staat de waarde nergens in dit bestand: niet in een verborgen cel, "
            "niet in een opmaak en niet op het blad Alle cijfers. Een uitsplitsing waarvan geen enkel cijfer "
            "gepubliceerd is, heeft geen kolommen; dat staat dan boven de tabel.",
        ),
        (
            "Alle cijfers",
            "Dezelfde cijfers, één per rij, met codes en labels. estimate = waarde (aandelen als deel van 1), se = "
            "standaardfout, ci_low en ci_high = grenzen van het 95%-interval, numerator = teller en denominator = "
            "noemer (ongewogen aantallen), status en reason = teken en reden, method = rekenwijze.",
        ),
        *((f"Teken {sign}", meaning) for sign, meaning in _signs(estimates)),
    ]
    if compared:
        named.append((f"Teken {NONE_LOWER}", "Op de rij Hoger dan kolom: hoger dan geen van de andere kolommen."))
    return Sheet(
        READING,
        "Toelichting: hoe de tabellen te lezen zijn",
        (Cell("Terug naar de inhoud", "line", link=CONTENTS),),
        Table(
            "Tabel_toelichting",
            "Wat er in de tabellen staat, hoe dat te lezen is en wat de tekens betekenen.",
            (Column("Onderdeel", 32), Column("Uitleg", 110)),
            tuple((Cell(clean(name), "stub"), Cell(clean(text))) for name, text in named),
        ),
    )


def _weighting(estimates: pd.DataFrame, questionnaire: Questionnaire, about: About) -> Iterable[str]:
    if not is_weighted(estimates, questionnaire):
        yield "De percentages zijn ongewogen: elk antwoord telt even zwaar."
        return
    to = f" naar {about.weighted_by}" if about.weighted_by else ""
    yield (
        f"Percentages en gemiddelden zijn gewogen{to}; bases zijn ongewogen aantallen respondenten. Aantallen per "
        "antwoord staan er niet bij: naast een gewogen percentage kunnen zij verraden wat enkelen antwoordden."
    )
    rows = estimates[(estimates["measure"] == "effective_n") & (estimates["by"] == "")]
    for row in rows.to_dict("records"):
        worth, answers = format_count(round_half_up(row["estimate"])), format_count(row["denominator"])
        yield (
            f"Effectieve basis: door de weging zijn de {answers} antwoorden zo nauwkeurig als {worth} ongewogen "
            "antwoorden."
        )


def _rounding(estimates: pd.DataFrame, questionnaire: Questionnaire) -> str:
    if is_weighted(estimates, questionnaire):
        return "Afgerond; ook de cel bevat de afgeronde waarde."
    return "Afgerond weergegeven; de cel bevat de onafgeronde waarde."


def _letters(compared: Sequence[str]) -> str:
    if not compared:
        return "Groepen zijn in dit bestand niet met elkaar vergeleken; verschillen kunnen op toeval berusten."
    return (
        f"Vergeleken zijn de groepen van: {', '.join(compared)}. Achter de kop van een kolom staat haar letter. Op de "
        "rij Hoger dan kolom staan de letters van de kolommen waarvan de uitkomst significant lager is: de kans op "
        "zo’n verschil door toeval is kleiner dan 5%, ook met zo veel vergelijkingen."
    )


def _signs(estimates: pd.DataFrame) -> Iterable[tuple[str, str]]:
    """Return the signs that occur, and what they mean, with the reasons that occur."""
    told: dict[tuple[str, str], list[str]] = {}
    for status, sign in SIGNS.items():
        rows = estimates[estimates["status"] == status]
        if len(rows):
            reasons = [REASONS[why] for why in rows["reason"].unique() if why in REASONS]
            told.setdefault((sign.sign, sign.meaning), []).extend(reasons)
    empty = SIGNS["O"]
    # Also where a number has no interval, or groups are not compared.
    told.setdefault((empty.sign, empty.meaning), []).append("niet te berekenen of niet gemaakt")
    for (name, meaning), reasons in told.items():
        why = f" ({'; '.join(dict.fromkeys(reasons))})" if reasons else ""
        yield name, f"{meaning[:1].upper()}{meaning[1:]}{why}."
