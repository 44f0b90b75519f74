import pytest

from srsmeting.presentation.goals import Outcomes
from srsmeting.presentation.goals.book import build_goals_book
from srsmeting.presentation.goals.labels import long_goals_frame
from srsmeting.presentation.tablebook import About
from srsmeting.presentation.tablebook.model import Sheet


def sheets(outcomes: Outcomes) -> dict[str, Sheet]:
    book = build_goals_book(outcomes.estimates, outcomes.monitor, About("Programma in het klein", "eigen opgave"))
    return {sheet.name: sheet for sheet in book.sheets}


def values(sheet: Sheet) -> list[list[object]]:
    assert sheet.table is not None
    return [[cell.value for cell in row] for row in sheet.table.rows]


def test_there_is_a_sheet_for_every_track_and_for_what_else_was_kept(outcomes: Outcomes) -> None:
    assert list(sheets(outcomes)) == [
        "Voorblad",
        "Inhoud",
        "Toelichting",
        "01 Werven",
        "02 Plaatsen",
        "03 Gehaald",
        "04 Looptijd",
        "05 Wie meedoen, december 2020",
        "06 Uitval",
        "07 Waarover pilots vertelden",
        "08 Overige cijfers",
        "Alle cijfers",
    ]


def test_a_track_has_one_value_in_a_cell(outcomes: Outcomes) -> None:
    sheet = sheets(outcomes)["02 Plaatsen"]

    assert sheet.table is not None
    assert [column.header for column in sheet.table.columns] == [
        "Pilot",
        "Doel",
        "Resultaat",
        "Resultaat: Leerwerkplek",
        "Resultaat: Baan",
        "Realisatie",
        "Doel gehaald?",
        "Doel zoals gesteld",
        "Opmerkingen",
    ]
    parts = "Leerwerkplek 10 + baan 6. Leerwerkplek 4 van 10 (40%), baan 10 van 6 (167%)."
    assert values(sheet) == [
        ["Delta", 16.0, 14.0, 4.0, 10.0, pytest.approx(0.875), "bijna gehaald", "16", parts],
        ["Eems", 8.0, 20.0, 0.0, 20.0, 2.5, "gehaald", "8", "–"],
        ["Friese Meren", 15.0, ".", ".", ".", ".", "–", "15", "10 + 5."],
        [
            *("Totaal", 39.0, 34.0, 4.0, 30.0, 34 / 24, "–", "–"),
            "Resultaat: Zonder Friese Meren. Realisatie: Zonder Friese Meren.",
        ],
    ]


def test_what_is_not_exact_is_marked(outcomes: Outcomes) -> None:
    table = sheets(outcomes)["01 Werven"].table

    assert table is not None
    assert [(cell.value, cell.mark) for cell in table.rows[1][1:4]] == [(30.0, ""), (18.0, "c"), (0.6, "c")]


def test_numbers_of_other_sheets_are_numbers(outcomes: Outcomes) -> None:
    rows = values(sheets(outcomes)["04 Looptijd"])

    assert rows[1] == ["Eems", "feb 2020", "sep 2020", "dec 2020", 11, "Verlengd tot en met: a"]
    assert rows[3] == ["Gemiddeld", "–", "–", "–", 11.7, "–"]


def test_every_code_has_a_label(outcomes: Outcomes) -> None:
    frame = long_goals_frame(outcomes.estimates, outcomes.monitor)
    rows = frame[(frame["group"] == "eems") & (frame["item"] == "eind") & (frame["measure"] == "result")]
    labels = ["question_label", "item_label", "category_label", "by_label", "group_label", "measure_label"]

    assert rows[labels].to_numpy().tolist() == [
        ["Werven", "december 2020", "", "Pilot", "Eems", "resultaat"],
        ["Plaatsen", "december 2020", "", "Pilot", "Eems", "resultaat"],
        ["Plaatsen", "december 2020", "Leerwerkplek", "Pilot", "Eems", "resultaat"],
        ["Plaatsen", "december 2020", "Baan", "Pilot", "Eems", "resultaat"],
    ]
    assert not frame[[f"{name}_label" for name in ("question", "measure", "status")]].eq("").to_numpy().any()
