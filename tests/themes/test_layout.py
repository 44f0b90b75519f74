"""What the writer and the reader of the workbook agree on."""

import pytest

from srsmeting.themes.layout import LONGEST, in_cell, same_text, sheet_titles


@pytest.mark.parametrize(
    "text",
    [
        "gewoon",
        "=1+1",
        "'=1+1",
        "-",
        "@import",
        "+31 6",
        "\ttab",
        "a\x00b\x1fc",
        "een\r\ntwee",
        "'s avonds",
        "x" * 40_000,
    ],
)
def test_an_answer_is_known_again(text: str) -> None:
    assert same_text(in_cell(text), text)


@pytest.mark.parametrize("text", ["=1+1", "-2", "+2", "@x", "\t=1+1", "\uff1d1+1", " =1"])
def test_nothing_begins_as_a_formula(text: str) -> None:
    assert in_cell(text).startswith("'")


def test_another_answer_is_another() -> None:
    assert not same_text("meer tijd", "meer geld")
    assert not same_text("", "meer geld")


def test_a_cell_holds_no_more_than_a_workbook_can() -> None:
    assert len(in_cell("x" * 40_000)) == LONGEST + len(" … (afgebroken)") <= 32_767


def test_titles_of_sheets_are_short_and_each_their_own() -> None:
    long = "een_vraag_met_een_naam_die_langer_is_dan_een_tabblad"
    titles = sheet_titles([long, f"{long}_2", "codeboek", "thema"])

    assert len(set(map(str.lower, titles.values())) | {"uitleg", "codeboek"}) == 6
    assert all(len(title) <= 31 for title in titles.values())
    assert titles["thema"] == "thema"
