"""A group beside everyone: what is read, and the table of it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from srsmeting.errors import ReportError, UnknownNameError
from srsmeting.estimates import bind_estimates
from srsmeting.presentation.beside import bases_line, read_pairs
from srsmeting.presentation.beside_table import beside_table
from srsmeting.questionnaire import Questionnaire

NAMES = [("bekend", "", "inhoud"), ("impact", "zij", "top2"), ("experimenten", "", "ja")]


@pytest.fixture
def beside(estimates: pd.DataFrame, make_shares: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    """Put Noord beside everyone: 30 of 40 know it, the second is suppressed, of the third there is nothing."""
    own = make_shares("bekend", 40, {"inhoud": 30}).assign(by="wgo", group="noord")
    hidden = make_shares("impact", 8, {"top2": 4}, "zij").assign(
        by="wgo", group="noord", status="Q", reason="small_base"
    )
    hidden = hidden.assign(estimate=float("nan"), numerator=pd.NA, denominator=pd.NA)
    return bind_estimates(estimates, own, hidden.astype({"numerator": "Int64", "denominator": "Int64"}))


def test_the_published_numbers_of_both_and_nothing_else(beside: pd.DataFrame, questionnaire: Questionnaire) -> None:
    pairs = read_pairs(beside, questionnaire, "wgo", "noord", NAMES, None)

    assert [pair.called for pair in pairs] == [
        f"{questionnaire.question('bekend').title}: bekend met de inhoud",
        f"{questionnaire.question('impact').item('zij').label}: (Helemaal) eens",
        questionnaire.question("experimenten").title,
    ]
    # 199 of 301, 76 of 190 and 107 of 280.
    assert [(str(pair.own.printed), str(pair.whole.printed)) for pair in pairs] == [
        ("75%", "66%"),
        ("x", "40%"),
        (".", "38%"),
    ]
    assert [(str(pair.own.counted), str(pair.whole.counted)) for pair in pairs] == [
        ("40", "301"),
        ("x", "190"),
        (".", "280"),
    ]
    assert [pair.difference for pair in pairs] == [9, None, None]
    assert (pairs[1].own.share, pairs[1].own.base) == (None, None)


def test_the_bases_in_a_line(beside: pd.DataFrame, questionnaire: Questionnaire) -> None:
    pairs = read_pairs(beside, questionnaire, "wgo", "noord", NAMES, None)

    assert bases_line(pairs, "Noord", "landelijk") == (
        "Respondenten die de vraag beantwoordden: Noord: n\u00a0=\u00a040; landelijk: n\u00a0=\u00a0190 tot 301."
    )
    assert bases_line([], "Noord", "landelijk") == ""


def test_one_number_of_decimals_for_the_whole_exhibit(beside: pd.DataFrame, questionnaire: Questionnaire) -> None:
    one, *_ = read_pairs(beside, questionnaire, "wgo", "noord", NAMES, 40)
    other, *_ = read_pairs(beside, questionnaire, "wgo", "noord", NAMES, 41)

    assert (str(one.own.printed), str(one.whole.printed)) == ("75,0%", "66,1%")
    assert (str(other.own.printed), str(other.whole.printed)) == ("75%", "66%")


def test_the_table(beside: pd.DataFrame, questionnaire: Questionnaire) -> None:
    pairs = read_pairs(beside, questionnaire, "wgo", "noord", NAMES, None)
    table = beside_table(pairs, "Noord", id="tbl-bereik", caption="Bereik")

    assert [(column.spanner, column.label) for column in table.columns] == [
        ("Noord", "Percentage"),
        ("Noord", "Aantal (n)"),
        ("Landelijk", "Percentage"),
        ("Landelijk", "Aantal (n)"),
    ]
    assert [[str(cell) for cell in row.cells] for row in table.rows] == [
        ["75%", "40", "66%", "301"],
        ["x", "x", "40%", "190"],
        [".", ".", "38%", "280"],
    ]
    assert table.lines() == (
        "Aantal (n) is het aantal respondenten dat de vraag beantwoordde. Verklaring van tekens: x = niet gepubliceerd "
        "(te weinig respondenten); . = geen gegevens.",
    )
    assert table.data["own"].isna().tolist() == [False, True, True]


def test_what_does_not_exist(beside: pd.DataFrame, questionnaire: Questionnaire) -> None:
    with pytest.raises(UnknownNameError) as caught:
        read_pairs(beside, questionnaire, "wgo", "noort", NAMES, None)
    assert str(caught.value) == "breakdown 'wgo': no group 'noort'. Did you mean 'noord'? Known: 'noord', 'zuid'."


def test_a_battery_without_a_statement(beside: pd.DataFrame, questionnaire: Questionnaire) -> None:
    with pytest.raises(ReportError) as caught:
        read_pairs(beside, questionnaire, "wgo", "noord", [("impact", "", "top2")], None)
    assert str(caught.value) == (
        "estimates: question 'impact' has no share of 'top2'. Name a statement as question.statement.category, and "
        "estimate it again with this questionnaire."
    )
