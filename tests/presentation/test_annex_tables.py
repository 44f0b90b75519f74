"""Response, coverage and pillars."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from srsmeting.errors import ReportError, UnknownNameError
from srsmeting.estimates import bind_estimates, estimate_frame
from srsmeting.presentation.annex_tables import coverage_table, pijlers_table, response_table
from srsmeting.presentation.semantic_table import Table
from srsmeting.questionnaire import Questionnaire, parse_questionnaire


def lines(table: Table) -> list[str]:
    rows = [*table.rows, *table.foot]
    return [" | ".join([row.header, *map(str, row.cells)]) for row in rows]


def heads(table: Table) -> list[str]:
    return [column.label for column in (table.stub, *table.columns)]


@pytest.fixture
def rates() -> pd.DataFrame:
    return estimate_frame(
        {
            "meting": "m-2021",
            "measure": "response_rate",
            "by": ["", "wgo", "wgo"],
            "group": ["", "zuid", "noord"],
            "estimate": [1055 / 1108, 1047 / 1080, 30 / 28],
            "numerator": [1055, 1047, 30],
            "denominator": [1108, 1080, 28],
        }
    )


def coverage(*moments: tuple[str, dict[str, Any]], change: dict[str, Any]) -> pd.DataFrame:
    frames = []
    parts = [("coverage", moment, values) for moment, values in moments]
    for measure, moment, values in [*parts, ("coverage_change", moments[-1][0], change)]:
        for group, value in values.items():
            estimate, status, reason = value if isinstance(value, tuple) else (value, "A", "")
            frames.append(
                estimate_frame(
                    {
                        "meting": "m-2021",
                        "item": moment,
                        "by": "branche" if group else "",
                        "group": group,
                        "measure": measure,
                        "estimate": estimate,
                        "status": status,
                        "reason": reason,
                    }
                )
            )
    return bind_estimates(*frames)


@pytest.fixture
def sector() -> Questionnaire:
    branches = [("ggz", "GGZ"), ("revalidatie", "Revalidatiecentra"), ("ziekenhuizen", "Ziekenhuizen")]
    return parse_questionnaire(
        {
            "meting": "m-2021",
            "title": "Invented",
            "pijlers": [{"id": "basis", "label": "Basis"}],
            "coverage_branches": [{"code": code, "label": label} for code, label in branches],
            "questions": [
                {"id": "thema", "kind": "open", "title": "T", "text": "T?", "pijler": "basis", "fase": "bereik"}
            ],
        }
    )


@pytest.fixture
def covered() -> pd.DataFrame:
    hidden = (math.nan, "K", "included_elsewhere")
    return coverage(
        ("2019", {"": 0.655, "ziekenhuizen": (0.69, "W", "includes_other"), "ggz": 0.82, "revalidatie": hidden}),
        ("2021", {"": 0.684, "ziekenhuizen": 0.67, "ggz": 0.85, "revalidatie": 0.87}),
        change={
            "": 0.029,
            "ziekenhuizen": (-0.02, "B", "trend_break"),
            "ggz": 0.03,
            "revalidatie": (math.nan, "O", "no_base"),
        },
    )


def test_response_has_invited_respondents_and_rate_in_declared_order(
    rates: pd.DataFrame, questionnaire: Questionnaire
) -> None:
    table = response_table(rates, questionnaire, source="Enquête")

    assert heads(table) == ["WGO", "Uitgenodigde organisaties", "Respondenten", "Respons"]
    # More respondents than in the frame: said, not clipped.
    assert lines(table) == ["Noord | 28 | 30 | 107%", "Zuid | 1.080 | 1.047 | 97%", "Totaal | 1.108 | 1.055 | 95%"]
    assert (table.id, table.lines()) == ("tbl-respons", ("Bron: Enquête",))


def test_response_of_an_unknown_group_is_an_error(rates: pd.DataFrame, questionnaire: Questionnaire) -> None:
    with pytest.raises(UnknownNameError) as error:
        response_table(rates.replace({"group": {"noord": "noorden"}}), questionnaire)

    assert str(error.value) == "breakdown 'wgo': no group 'noorden'. Did you mean 'noord'? Known: 'noord', 'zuid'."


def test_response_needs_rates(rates: pd.DataFrame, questionnaire: Questionnaire) -> None:
    with pytest.raises(ReportError) as measure:
        response_table(rates[:0], questionnaire)
    with pytest.raises(ReportError) as breakdown:
        response_table(rates[rates["by"] != ""], questionnaire, by="branche")

    assert str(measure.value) == (
        "estimates: there is no response_rate for meting 'm-2021'. Is it the estimate frame of this questionnaire? "
        "Metingen in the frame: none."
    )
    assert str(breakdown.value) == "estimates: there are no rows by 'branche'. Estimate them with that breakdown."


def test_coverage_has_a_column_for_each_moment_and_the_change(covered: pd.DataFrame, sector: Questionnaire) -> None:
    table = coverage_table(covered, sector, notes=["In 2019 bij de ziekenhuizen."])

    assert heads(table) == ["Branche", "2019", "2021", "Verandering in procentpunten"]
    assert [column.spanner for column in table.columns] == ["Dekkingsgraad", "Dekkingsgraad", ""]
    assert lines(table) == [
        "GGZ | 82% | 85% | +3",
        "Revalidatiecentra | k | 87% | .",
        "Ziekenhuizen | 69% (w) | 67% | −2 (b)",
        "Totaal | 66% | 68% | +3",
    ]
    assert table.lines() == (
        "In 2019 bij de ziekenhuizen. Verklaring van tekens: . = geen gegevens; k = meegeteld bij een andere "
        "categorie; b = trendbreuk, niet zonder meer te vergelijken; w = inclusief een andere categorie.",
    )


def test_coverage_of_an_unknown_branche_is_an_error(covered: pd.DataFrame, sector: Questionnaire) -> None:
    with pytest.raises(UnknownNameError) as error:
        coverage_table(covered.replace({"group": {"ggz": "gzz"}}), sector)

    assert str(error.value) == (
        "coverage branches of questionnaire 'm-2021': no group 'gzz'. Did you mean 'ggz'? "
        "Known: 'ggz', 'revalidatie', 'ziekenhuizen'."
    )


def test_a_branche_without_a_row_for_a_moment_has_the_sign_for_no_data(
    covered: pd.DataFrame, sector: Questionnaire
) -> None:
    table = coverage_table(covered[covered["status"] == "A"], sector)

    assert lines(table)[1:3] == ["Revalidatiecentra | . | 87% | .", "Ziekenhuizen | . | 67% | ."]


def test_pillars_have_their_aim(questionnaire: Questionnaire) -> None:
    table = pijlers_table(questionnaire)

    assert heads(table) == ["Pijler", "Doel"]
    assert lines(table) == [
        "Basis | Weten wat er speelt & wie er <wat> doet",
        "Innoveren | Nieuwe manieren van werken proberen",
    ]
