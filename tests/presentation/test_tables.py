"""Tables of answers, questions under each other, and group means."""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd
import pytest

from srsmeting.errors import ReportError, UnknownNameError
from srsmeting.estimates import estimate_frame
from srsmeting.presentation.semantic_table import Table
from srsmeting.presentation.tables import distribution_table, means_table
from srsmeting.questionnaire import Questionnaire

Shares = Callable[..., pd.DataFrame]


def lines(table: Table) -> list[str]:
    """Return a table as lines that can be written by hand."""
    rows = [*table.rows, *table.foot]
    heads = " | ".join([table.stub.label, *(column.label for column in table.columns)])
    return [heads, *(" | ".join([*([r.group] if r.group else []), r.header, *map(str, r.cells)]) for r in rows)]


@pytest.fixture
def means() -> pd.DataFrame:
    return estimate_frame(
        {
            "meting": "m-2021",
            "question": "cijfer",
            "measure": "mean",
            "by": ["branche_samengevoegd", "branche_samengevoegd", ""],
            "group": ["zorg", "jeugd", ""],
            "estimate": [7.25, math.nan, 7.04],
            "denominator": [1040, pd.NA, 1050],
            "status": ["A", "Q", "A"],
            "reason": ["", "small_base", ""],
        }
    )


def test_a_question_has_number_percentage_and_total(estimates: pd.DataFrame, questionnaire: Questionnaire) -> None:
    table = distribution_table(estimates, questionnaire, "bekend", source="Enquête")

    assert lines(table) == [
        "Antwoord | Aantal | Percentage",
        "Bekend met de inhoud | 199 | 66%",
        "Ervan gehoord, inhoud niet bekend | 72 | 24%",
        "Niet bekend | 30 | 10%",
        "Totaal | 301 | 100%",
    ]
    assert (table.id, table.caption) == ("tbl-bekend", "Bekendheid met het onderzoek")
    assert table.lines() == ("Basis: alle respondenten (n\u00a0=\u00a0301).", "Bron: Enquête")
    assert len(table.foot) == 1


def test_percentages_are_not_made_to_add_to_100_and_a_note_says_so(
    estimates: pd.DataFrame, questionnaire: Questionnaire
) -> None:
    table = distribution_table(estimates, questionnaire, "branche")

    assert [str(row.cells[1]) for row in table.rows] == ["33%", "33%", "33%"]
    assert table.notes == ("Door afronding tellen de percentages niet op tot 100.",)


def test_under_a_caption_of_its_own_the_title_heads_the_answers(
    estimates: pd.DataFrame, questionnaire: Questionnaire
) -> None:
    table = distribution_table(estimates, questionnaire, "branche", caption="Respons")

    assert lines(table)[0] == "Branche | Aantal | Percentage"
    assert repr(table) == "<Table tbl-branche: Respons>"


def test_multiple_answers_have_respondents_instead_of_a_total(
    estimates: pd.DataFrame, questionnaire: Questionnaire
) -> None:
    table = distribution_table(estimates, questionnaire, "effect_onderzoek")

    assert lines(table)[-1] == "Respondenten | 199 | "
    assert table.notes == ("Meer antwoorden mogelijk.",)


def test_suppressed_answers_are_signs_with_a_legend(questionnaire: Questionnaire, make_shares: Shares) -> None:
    frame = make_shares("bekend", None, dict.fromkeys(["inhoud", "gehoord", "onbekend"]))

    table = distribution_table(frame, questionnaire, "bekend")

    assert lines(table)[1:] == [
        "Bekend met de inhoud | x | x",
        "Ervan gehoord, inhoud niet bekend | x | x",
        "Niet bekend | x | x",
        "Totaal | x | x",
    ]
    assert table.lines() == (
        "Basis: alle respondenten. Verklaring van tekens: x = niet gepubliceerd (te weinig respondenten).",
    )


def test_questions_stand_under_each_other_each_with_its_own_base(
    estimates: pd.DataFrame, questionnaire: Questionnaire
) -> None:
    table = distribution_table(estimates, questionnaire, "experimenten", "effect_onderzoek", caption="Twee vragen")

    assert lines(table) == [
        "Antwoord | Aantal | Percentage",
        "Betrokken bij experimenten | Ja | 107 | 38%",
        "Betrokken bij experimenten | Nee | 173 | 62%",
        "Betrokken bij experimenten | Totaal | 280 | 100%",
        "Effecten van het onderzoek | Meer inzet op behoud van personeel | 66 | 33%",
        "Effecten van het onderzoek | Meer inzicht in tekorten en overschotten | 121 | 61%",
        "Effecten van het onderzoek | Andere effecten | 18 | 9%",
        "Effecten van het onderzoek | Geen enkel effect | 37 | 19%",
        "Effecten van het onderzoek | Respondenten | 199 | ",
    ]
    assert table.foot == ()
    assert table.lines() == (
        "Basis bij ‘Betrokken bij experimenten’: alle respondenten (n\u00a0=\u00a0280); bij ‘Effecten van het onderzoek’: "
        "respondenten die de inhoud van het onderzoek kennen (n\u00a0=\u00a0199). Niet meegeteld: ‘Weet niet’. Meer antwoorden mogelijk.",
    )
    assert table.data["question"].tolist() == ["experimenten"] * 2 + ["effect_onderzoek"] * 4


def test_means_stand_by_group_with_the_total_beneath(means: pd.DataFrame, questionnaire: Questionnaire) -> None:
    table = means_table(means, questionnaire, "cijfer", ["branche_samengevoegd"])

    assert lines(table) == [
        "Groep | Gemiddelde | Respondenten",
        "Branche (samengevoegd) | Zorg | 7,3 | 1.040",
        "Branche (samengevoegd) | Jeugdzorg | x | x",
        "Totaal | 7,0 | 1.050",
    ]
    assert table.lines() == (
        "Basis: alle respondenten (n\u00a0=\u00a01.050). Verklaring van tekens: x = niet gepubliceerd (te weinig respondenten).",
    )


def test_means_that_the_frame_does_not_have_are_named(means: pd.DataFrame, questionnaire: Questionnaire) -> None:
    with pytest.raises(ReportError) as group:
        means_table(means, questionnaire, "cijfer", ["wgo"])
    with pytest.raises(ReportError) as total:
        means_table(means[means["by"] != ""], questionnaire, "cijfer", ["branche_samengevoegd"])
    with pytest.raises(UnknownNameError) as breakdown:
        means_table(means, questionnaire, "cijfer", ["brance"])

    assert str(group.value) == (
        "estimates: question 'cijfer' has no mean for 'wgo', group 'noord'. "
        "Estimate it again with this questionnaire and breakdown."
    )
    assert str(total.value) == (
        "estimates: question 'cijfer' has no mean of all respondents. "
        "Estimate it again with this questionnaire and breakdown."
    )
    assert str(breakdown.value) == (
        "questionnaire 'm-2021': no breakdown 'brance'. Did you mean 'branche'? "
        "Known: 'wgo', 'branche', 'bekend', 'experimenten', 'branche_samengevoegd'."
    )


def test_statements_have_no_table_of_one_column(estimates: pd.DataFrame, questionnaire: Questionnaire) -> None:
    with pytest.raises(ReportError) as error:
        distribution_table(estimates, questionnaire, "impact")

    assert str(error.value) == (
        "question 'impact': a battery of statements has no table of one column of answers. Show its figure."
    )
