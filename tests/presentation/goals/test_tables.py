from dataclasses import replace

from srsmeting.presentation.goals import Outcomes, attainment_table, goals_table, results_table, standings_table
from srsmeting.presentation.semantic_table import Table


def printed(table: Table) -> list[list[str]]:
    return [
        [row.header, *(f"{cell.text} {cell.mark}".strip() for cell in row.cells)] for row in (*table.rows, *table.foot)
    ]


def test_goals_stand_as_they_were_set_with_the_footnotes_of_their_cells(outcomes: Outcomes) -> None:
    table = goals_table(outcomes, source="eigen opgave")

    assert [column.label for column in (table.stub, *table.columns)] == ["Pilot", "Werven", "Plaatsen"]
    assert printed(table) == [
        ["Delta", "40", "16 a"],
        ["Eems", "20/30", "8"],
        ["Friese Meren", "- b", "15 c"],
        ["Totaal", "60/70 d", "39"],
    ]
    assert table.lines() == (
        "- = geen doel in aantallen. a)\u00a0Leerwerkplek 10 + baan 6. b)\u00a0Er was geen plan. c)\u00a010 + 5. "
        "d)\u00a0Zonder Friese Meren.",
        "Bron: eigen opgave",
    )


def test_results_stand_with_their_parts_and_totals(outcomes: Outcomes) -> None:
    table = results_table(outcomes)

    assert table.caption == "Resultaten in aantallen, december 2020"
    assert [(column.spanner, column.label) for column in table.columns] == [
        ("", "Werven"),
        ("Plaatsen", "Leerwerkplek"),
        ("Plaatsen", "Baan"),
        ("Plaatsen", "Samen"),
    ]
    assert printed(table) == [
        ["Delta", "50", "4", "10", "14"],
        ["Eems", "circa 18 a", "0", "20", "20"],
        ["Friese Meren", "9", "-", "-", "-"],
        ["Totaal", "77 b", "4 c", "30 c", "34 c"],
    ]
    assert table.lines() == (
        "- = nog geen resultaat; circa = geschat. a)\u00a0Niet iedereen is geteld. b)\u00a0Met een geschat aantal. "
        "c)\u00a0Zonder Friese Meren.",
    )


def test_no_count_stands_under_a_percentage(outcomes: Outcomes) -> None:
    table = attainment_table(outcomes)

    # 50/40, 18/30 to 18/20, 14/16, 20/8; in all 68/70 to 68/60, and 34/24.
    assert printed(table) == [
        ["Delta", "125%", "88% a"],
        ["Eems", "circa 60–90%", "250%"],
        ["Friese Meren", "n.v.t.", "-"],
        ["Totaal", "97–113% b", "142% c"],
    ]
    assert table.lines() == (
        "- = nog geen resultaat; n.v.t. = geen doel in aantallen; circa = berekend met een geschat aantal. "
        "a)\u00a0Leerwerkplek 4 van 10 (40%), baan 10 van 6 (167%). b)\u00a0Zonder Friese Meren; met een geschat aantal. "
        "c)\u00a0Zonder Friese Meren.",
    )


def test_goals_are_counted_by_how_they_stand(outcomes: Outcomes) -> None:
    table = standings_table(outcomes)

    assert printed(table) == [
        ["Werven", "2", "1", "1", "0"],
        ["Plaatsen", "2", "1", "1", "0"],
        ["Alle sporen", "4", "2", "2", "0"],
    ]
    assert table.lines() == (
        "Gehaald: vanaf 100% van het doel; bijna gehaald: vanaf 85%. Van een doel met een onder- en een bovengrens telt "
        "de ondergrens. Beoordeeld met een geschat aantal: Eems (werven).",
    )


def test_figures_of_another_monitor_are_not_taken(outcomes: Outcomes) -> None:
    other = replace(outcomes, estimates=outcomes.estimates.assign(meting="ander-2020"))

    assert printed(attainment_table(other))[0] == ["Delta", "-", "-"]
