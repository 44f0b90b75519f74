"""Weighted shares beside unweighted numbers: what stands beneath says so."""

from __future__ import annotations

import pandas as pd
import pytest

from srsmeting.estimates import estimate_frame
from srsmeting.presentation.figures import build_figure
from srsmeting.presentation.notes import is_weighted, weighted_note
from srsmeting.presentation.tables import distribution_table, means_table
from srsmeting.questionnaire import Questionnaire


@pytest.fixture
def weighted(estimates: pd.DataFrame) -> pd.DataFrame:
    """Make the small frame, in which experiments have other shares than their numbers give."""
    shares = {"ja": 0.415, "nee": 0.585}
    asked = estimates["question"] == "experimenten"
    return estimates.assign(
        estimate=estimates["category"].map(shares).where(asked, estimates["estimate"]),
        method="wilson_weighted",
    )


def test_the_note_follows_from_the_estimates(estimates: pd.DataFrame, questionnaire: Questionnaire) -> None:
    assert weighted_note(estimates, questionnaire, "WGO en branche") == ""
    for method in ("wilson_weighted", "t_weighted", "margin"):
        frame = estimates.assign(method=method)
        assert is_weighted(frame, questionnaire)
        assert weighted_note(frame, questionnaire) == "Gewogen; aantallen ongewogen."
        told = "Gewogen naar WGO en branche; aantallen ongewogen."
        assert weighted_note(frame, questionnaire, "WGO en branche") == told
    # Of another measurement in the same frame.
    other = estimates.assign(method="wilson_weighted", meting="m-2022")
    assert not is_weighted(pd.concat([estimates, other]), questionnaire)


def test_tables_show_weighted_shares_beside_unweighted_numbers(
    weighted: pd.DataFrame, questionnaire: Questionnaire
) -> None:
    table = distribution_table(weighted, questionnaire, "experimenten", weighted_by="WGO en branche")
    cells = [[row.header, *map(str, row.cells)] for row in (*table.rows, *table.foot)]
    # 107 of 280 is 38%: the percentage is the weighted one, the numbers are those of people.
    assert cells == [["Ja", "107", "42%"], ["Nee", "173", "59%"], ["Totaal", "280", "100%"]]
    assert table.lines() == (
        "Basis: alle respondenten (n\u00a0=\u00a0280). Niet meegeteld: ‘Weet niet’. Door afronding tellen de "
        "percentages niet op tot 100. Gewogen naar WGO en branche; aantallen ongewogen.",
    )


def test_figures_say_it_too(weighted: pd.DataFrame, questionnaire: Questionnaire) -> None:
    figure = build_figure(weighted, questionnaire, "experimenten", weighted_by="branche")
    assert figure.lines() == (
        "Basis: alle respondenten (n\u00a0=\u00a0280). Niet meegeteld: ‘Weet niet’. Gewogen naar branche; aantallen "
        "ongewogen.",
    )


def test_means_say_it_too(questionnaire: Questionnaire) -> None:
    means = estimate_frame(
        {
            "meting": "m-2021",
            "question": "cijfer",
            "by": ["branche_samengevoegd", "branche_samengevoegd", ""],
            "group": ["zorg", "jeugd", ""],
            "measure": "mean",
            "estimate": [7.25, 6.5, 7.0],
            "denominator": [40, 10, 50],
            "method": "t_weighted",
        }
    )
    table = means_table(means, questionnaire, "cijfer", ["branche_samengevoegd"], weighted_by="branche")
    assert table.lines() == ("Basis: alle respondenten (n\u00a0=\u00a050). Gewogen naar branche; aantallen ongewogen.",)
