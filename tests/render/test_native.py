"""Columns get their width from what stands in them; no word is cut."""

from __future__ import annotations

from typing import Any

import pytest

from srsmeting.render.native import dress_table
from srsmeting.render.tree import words

EMPTY: list[Any] = ["", [], []]


def cell(text: str, deep: int = 1, wide: int = 1) -> list[Any]:
    return [EMPTY, {"t": "AlignDefault"}, deep, wide, [{"t": "Plain", "c": words(text)}]]


def widths(
    head: list[list[Any]], body: list[list[Any]], given: list[float] | None = None, *, compact: bool = False
) -> list[float]:
    count = len(body[0])
    asked = [{"t": "ColWidth", "c": one} for one in given] if given else [{"t": "ColWidthDefault"}] * count
    columns = [[{"t": "AlignDefault"}, width] for width in asked]
    rows = [[[EMPTY, row] for row in part] for part in (head, body)]
    table = {"t": "Table", "c": [EMPTY, [None, []], columns, [EMPTY, rows[0]], [[EMPTY, 0, [], rows[1]]], [EMPTY, []]]}
    dress_table(table, compact=compact)
    return [column[1]["c"] for column in columns]


@pytest.mark.parametrize(
    ("stub", "expected"),
    [
        # 6 letters and the room between columns (3) make 9; a column has at least 7: 9 of 16 and 7 of 16.
        ("Aantal", [0.5625, 0.4375]),
        # A text counts for at most 40: 40 of 47 and 7 of 47.
        ("woord " * 20, [0.8511, 0.1489]),
    ],
)
def test_a_table_that_asks_nothing_is_divided_by_its_texts(stub: str, expected: list[float]) -> None:
    assert widths([], [[cell(stub), cell("12")]]) == expected


def test_what_a_table_asks_is_what_it_gets_where_no_word_is_cut() -> None:
    assert widths([], [[cell("een"), cell("12")]], [0.75, 0.25]) == [0.75, 0.25]
    # 'procentpunten' needs 13 + 3 of 84 characters, and 10% is 8; the other column asked 76, and 8 of that give way.
    assert widths([], [[cell("een"), cell("procentpunten")]], [0.9, 0.1]) == [0.8095, 0.1905]


def test_a_header_below_a_header_counts_for_the_column_where_it_stands() -> None:
    head = [[cell("Groep", deep=2), cell("Deel", wide=2)], [cell("Aantal"), cell("Percentage")]]
    # 9 for 'Aantal', 13 for 'Percentage', 8 for 'Groep'.
    assert widths(head, [[cell("a"), cell("1"), cell("2")]]) == [0.2667, 0.3, 0.4333]


def test_the_labels_of_a_document_get_more_of_the_line() -> None:
    # In the smaller print of a document a text counts for at most 52: 52 of 59 and 7 of 59.
    assert widths([], [[cell("woord " * 20), cell("12")]], compact=True) == [0.8814, 0.1186]
