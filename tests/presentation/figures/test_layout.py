"""Text that fits, legends that wrap, values that do not overlap."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from srsmeting.presentation.figures.layout import place_legend, spread, wrap

words = st.text(alphabet="abcdefg-é", min_size=1, max_size=14)


def test_lines_are_about_equally_long() -> None:
    assert wrap("een twee drie vier vijf zes", 23, len) == ("een twee drie", "vier vijf zes")
    assert wrap("kort", 20, len) == ("kort",)
    assert wrap("", 20, len) == ("",)


@given(st.lists(words, min_size=1, max_size=9), st.integers(min_value=4, max_value=40))
def test_no_line_is_too_long_and_no_letter_is_lost(text: list[str], width: int) -> None:
    lines = wrap(" ".join(text), width, len)

    assert max(map(len, lines)) <= width
    letters = [letter for letter in "".join(lines) if letter not in "- "]
    assert letters == [letter for letter in "".join(text) if letter != "-"]


@given(st.lists(words, min_size=1, max_size=9), st.integers(min_value=8, max_value=60))
def test_legend_entries_stay_on_the_page_and_apart(labels: list[str], width: int) -> None:
    entries = place_legend(labels, width, len, 2, 1)

    assert [entry.index for entry in entries] == list(range(len(labels)))
    taken = [(e.line + n, e.x, e.x + 2 + len(text)) for e in entries for n, text in enumerate(e.lines)]
    assert all(end <= width for _, _, end in taken)
    for (line, _, end), (other, start, _) in itertools.pairwise(sorted(taken)):
        assert line < other or end <= start


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(5, 40)), min_size=1, max_size=7))
def test_values_stay_in_order_inside_the_room_and_never_overlap(texts: list[tuple[float, float]]) -> None:
    texts = sorted(texts)
    centres, widths = [c for c, _ in texts], [w for _, w in texts]

    placed = spread(centres, widths, 300)

    ends = [(p - w / 2, p + w / 2) for p, w in zip(placed, widths, strict=True)]
    assert ends[0][0] >= -1e-9
    assert ends[-1][1] <= 300 + 1e-9
    assert all(one[1] <= other[0] + 1e-9 for one, other in itertools.pairwise(ends))


def test_values_that_have_room_stay_where_they_are() -> None:
    assert spread([50, 100, 200], [20, 20, 20], 300) == [50, 100, 200]
    assert spread([], [], 300) == []
