"""The legend of the signs."""

from __future__ import annotations

from srsmeting.presentation.formats import format_estimate
from srsmeting.presentation.signs import Cell, legend


def test_the_legend_explains_only_the_signs_that_occur() -> None:
    assert legend([Cell("66%"), Cell("0%")]) == ""
    assert legend([Cell("x", status="Q", reason="low_response"), Cell("x", status="Q", reason="small_base")]) == (
        "Verklaring van tekens: x = niet gepubliceerd (te lage respons of te weinig respondenten)."
    )
    assert legend([Cell("−2", "b", "B", "trend_break"), Cell("k", status="K", reason="included_elsewhere")]) == (
        "Verklaring van tekens: k = meegeteld bij een andere categorie; "
        "b = trendbreuk, niet zonder meer te vergelijken."
    )
    assert legend([Cell("61%", "u", "U", "lonely_stratum")]) == (
        "Verklaring van tekens: u = minder betrouwbaar (één respondent in een stratum)."
    )
    assert legend([Cell(".", "b", "B", "trend_break")]) == (
        "Verklaring van tekens: b = trendbreuk, niet zonder meer te vergelijken; . = geen gegevens."
    )


def test_a_cell_is_hidden_when_a_sign_stands_for_its_number() -> None:
    cells = [Cell("66%"), Cell("x", "", "Q", "small_base"), Cell("−2", "b", "B", "trend_break"), Cell(".", status="O")]

    assert [cell.hidden for cell in cells] == [False, True, False, True]


def test_no_data_is_not_explained_twice() -> None:
    assert legend([Cell(".", status="O", reason="no_base")]) == "Verklaring van tekens: . = geen gegevens."


def test_an_indicative_number_keeps_its_value_and_is_explained() -> None:
    row = {"measure": "share", "estimate": 0.225, "status": "U", "reason": "indicative"}
    cell = format_estimate(row)
    assert (str(cell), cell.hidden) == ("23% (u)", False)
    assert legend([cell, Cell("40%")]) == (
        "Verklaring van tekens: u = minder betrouwbaar (klein aantal respondenten, indicatief)."
    )
