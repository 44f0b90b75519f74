from pathlib import Path

from srsmeting.estimation.attainment import estimate_goals
from srsmeting.goals import load_monitor
from srsmeting.presentation.goals import (
    Outcomes,
    dropout_table,
    durations_table,
    figures_table,
    participants_table,
    topics_table,
)
from srsmeting.presentation.semantic_table import Table


def printed(table: Table) -> list[list[str]]:
    return [
        [row.header, *(f"{cell.text} {cell.mark}".strip() for cell in row.cells)] for row in (*table.rows, *table.foot)
    ]


def test_months_count_both_ends(outcomes: Outcomes) -> None:
    table = durations_table(outcomes)

    assert printed(table) == [
        ["Delta", "jan 2020", "dec 2020", "-", "12"],
        ["Eems", "feb 2020", "sep 2020", "dec 2020 a", "11"],
        ["Friese Meren", "mrt 2020", "feb 2021", "-", "12"],
        ["Gemiddeld", "", "", "", "11,7"],
    ]
    assert table.lines() == (
        "De begin- en de eindmaand tellen mee, een verlenging ook. - = niet verlengd. a)\u00a0Zonder subsidie.",
    )


def test_participants_stand_with_their_names(outcomes: Outcomes) -> None:
    table = participants_table(outcomes)

    assert [column.label for column in table.columns] == ["Werkgevers", "Gemeenten", "Welke gemeenten"]
    assert printed(table) == [
        ["Delta", "3", "2", "Delft, Schiedam"],
        ["Eems", "5", "n.v.t. a", "-"],
        ["Totaal", "8", "2", ""],
    ]
    assert table.lines() == ("- = geen, of niet gemeld; n.v.t. = niet van toepassing. a)\u00a0Zonder gemeenten.",)


def test_many_kinds_of_one_unit_stand_in_rows(programme: Path) -> None:
    rows = "unit,kind,moment,value,names,note\neems,werkgevers,eind,5,,\neems,gemeenten,eind,2,,In het plan.\n"
    (programme / "participants.csv").write_text(rows, encoding="utf-8")
    monitor = load_monitor(programme)

    table = participants_table(Outcomes(estimate_goals(monitor), monitor))

    assert [column.label for column in (table.stub, *table.columns)] == ["Soort", "Eems"]
    assert printed(table) == [["Werkgevers", "5"], ["Gemeenten", "2 a"]]
    assert table.lines() == ("a)\u00a0In het plan.",)


def test_drop_out_has_its_numerator_and_denominator(outcomes: Outcomes) -> None:
    table = dropout_table(outcomes)

    assert printed(table) == [
        ["Delta", "10 van 50 (20%)", "2 van 16 (13%)"],
        ["Eems", "geen uitval", "5 van 20 (25%)"],
        ["Friese Meren", "nauwelijks", "zie selectie"],
        ["Totaal waar geteld", "10 van 50 (20%)", "7 van 36 (19%)"],
    ]
    assert table.lines() == (
        "In het totaal telt alleen mee wat in aantallen is gemeld. Wie ‘geen uitval’ meldde zonder het aantal "
        "deelnemers, zit niet in het totaal (Selectie: Eems); met hen erbij zou het percentage lager zijn.",
    )


def test_what_most_tell_of_comes_first(outcomes: Outcomes) -> None:
    table = topics_table(outcomes)

    assert printed(table) == [["Te weinig stages", "2", "Delta en Eems a"], ["Taal", "1", "Friese Meren"]]
    assert table.lines() == ("Van 3 pilots. a)\u00a0Vooral in het voorjaar.",)


def test_loose_counts_stand_by_unit_those_of_the_programme_first(outcomes: Outcomes) -> None:
    table = figures_table(outcomes)

    assert [row.group for row in table.rows] == ["Het hele programma", "Delta", "Eems", "Eems"]
    assert printed(table) == [
        ["Bijeenkomsten", "6"],
        ["Folders", "ruim 100"],
        ["Folders", "40"],
        ["Gelezen folders", "10 (25%) a"],
    ]
    assert table.lines() == ("a)\u00a0Geschat.",)
