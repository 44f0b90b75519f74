"""The search for what fits: against counting every possibility, and by hand."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srsmeting.errors import EstimateError
from srsmeting.estimation.attack import System, add_terms, minus, solve


def test_an_equation_with_one_unknown_is_filled_in() -> None:
    system = System()
    a, b, c = (system.count(name) for name in "abc")
    system.equate({a: 1, b: 1}, 7, "ab")
    system.equate({a: 1}, 3, "a")
    system.equate({b: 2, c: 1}, 8, "bc")
    solved = solve(system)
    assert solved.known == {a: 3, b: 4, c: 0}
    # c is what is left over, not a sum of which nobody is part.
    assert solved.nobody == set()
    assert solved.range({a: 1, c: 2}) == (3, 3)


def test_nobody_of_a_set_is_nobody_of_its_parts() -> None:
    system = System()
    a, b = system.count("a"), system.count("b")
    system.equate({a: 1, b: 1}, 0, "ab")
    solved = solve(system)
    assert solved.nobody == {a, b}
    assert solved.range({a: 1}) == (0, 0)


def test_two_by_two() -> None:
    # Rows 4 and 8, columns 5 and 7: the first cell is at most 4 and at least 0; the last 7 - 4 = 3 to 7.
    system = System()
    cell = {(row, column): system.count((row, column)) for row, column in product("ab", "xy")}
    for row, size in (("a", 4), ("b", 8)):
        system.equate({cell[row, "x"]: 1, cell[row, "y"]: 1}, size, row)
    for column, size in (("x", 5), ("y", 7)):
        system.equate({cell["a", column]: 1, cell["b", column]: 1}, size, column)
    solved = solve(system)
    assert len(solved.blocks) == 1
    assert solved.range({cell["a", "x"]: 1}) == (0, 4)
    assert solved.range({cell["b", "y"]: 1}) == (3, 7)
    # Seen to be wide enough, the search may stop; what it returns lies inside the range.
    low, high = solved.range({cell["b", "x"]: 1}, wide=2)
    assert 1 <= low <= high - 2 <= 3
    assert solved.range(minus({cell["a", "x"]: 1}, {cell["b", "y"]: 1})) == (-3, -3)


def test_contradictions_are_errors_that_name_their_place() -> None:
    message = (
        "audit: the numbers that are shown contradict each other: {}. Are they of one measurement, and of this "
        "questionnaire?"
    )
    system = System()
    a, b = system.count("a"), system.count("b")
    system.equate({a: 1}, 3, "first")
    system.equate({a: 1}, 4, "second")
    with pytest.raises(EstimateError) as caught:
        solve(system)
    assert str(caught.value) == message.format("second")

    system = System()
    system.equate({system.count("a"): 1}, -1, "below zero")
    with pytest.raises(EstimateError) as caught:
        solve(system)
    assert str(caught.value) == message.format("below zero")

    system = System()
    a, b = system.count("a"), system.count("b")
    system.equate({a: 1, b: 1}, 3, "together")
    system.equate({a: 1, b: -1}, 5, "apart")
    with pytest.raises(EstimateError) as caught:
        solve(system).range({a: 1})
    assert str(caught.value) == message.format("together, apart")


@given(
    rows=st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=2, max_size=3),
    shown=st.lists(st.booleans(), min_size=3, max_size=3),
)
@settings(deadline=None, max_examples=40, derandomize=True)
def test_ranges_are_those_of_counting_every_possibility(rows: list[list[int]], shown: list[bool]) -> None:
    """A table with its margins, of which some rows are shown."""
    system = System()
    places = list(product(range(len(rows)), range(3)))
    cell = {place: system.count(place) for place in places}
    columns = [sum(row[at] for row in rows) for at in range(3)]
    for at, row in enumerate(rows):
        system.equate({cell[at, column]: 1 for column in range(3)}, sum(row), f"row {at}")
        if shown[at]:
            for column in range(3):
                system.equate({cell[at, column]: 1}, row[column], f"cell {at} {column}")
    for column in range(3):
        system.equate({cell[at, column]: 1 for at in range(len(rows))}, columns[column], f"column {column}")
    solved = solve(system)
    given_rows = [row if told else None for row, told in zip(rows, shown[: len(rows)], strict=True)]
    fitting = list(_tables([sum(row) for row in rows], columns, given_rows))
    for place in places:
        values = [table[place[0]][place[1]] for table in fitting]
        assert solved.range({cell[place]: 1}) == (min(values), max(values))
    everything = add_terms({at: 1.0} for at in cell.values())
    assert solved.range(everything) == (sum(columns), sum(columns))


def _tables(sizes: list[int], columns: list[int], given: list[list[int] | None]) -> list[list[list[int]]]:
    if not sizes:
        return [[]] if not any(columns) else []
    found = []
    ways = [given[0]] if given[0] else [
        [a, b, sizes[0] - a - b] for a in range(sizes[0] + 1) for b in range(sizes[0] + 1 - a)
    ]  # fmt: skip
    for row in ways:
        left = [column - count for column, count in zip(columns, row, strict=True)]
        if min(left) >= 0:
            found += [[row, *rest] for rest in _tables(sizes[1:], left, given[1:])]
    return found
