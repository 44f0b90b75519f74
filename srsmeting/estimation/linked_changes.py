"""What figures about two years say of the counts of either: changes, and changes of who answered both times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, Protocol

import numpy as np
import pandas as pd

from srsmeting.estimation.attack import Solved, System, Terms, add_terms, minus
from srsmeting.estimation.change.panel import paired_interval

_CLOSE: Final = 1e-6


class Cell(NamedTuple):
    """What a figure is about, in the codes of the comparison."""

    question: str
    item: str
    category: str
    by: str
    group: str


class CountedYear(Protocol):
    """One of two years: its own counts, by the codes of the comparison."""

    def count(self, cell: Cell) -> Terms | None:
        """Return how many gave an answer, or what their answers add up to; None where that is no count."""

    def base(self, cell: Cell) -> Terms:
        """Return how many are in the denominator."""


@dataclass(frozen=True)
class Twice:
    """Those of a group who answered both times, as far as a publication shows them.

    Parameters
    ----------
    cell
        What they answered, and the group.
    base
        How many they are.
    given
        Who gave the answer the first and who gave it the second time.
    possible
        The numbers that each of these can be, by its interval.
    """

    cell: Cell
    base: int
    given: tuple[Terms, Terms]
    possible: tuple[tuple[int, ...], tuple[int, ...]]


def publish_level(system: System, year: CountedYear, row: Mapping[str, Any]) -> None:
    """Write down what a share says that is published in the codes of another year."""
    cell, numbers = _cell(row), _numbers(row)
    count, base = numbers["numerator"], numbers["denominator"]
    if not np.isnan(base):
        system.equate(year.base(cell), base, f"the base of {_text(cell)}")
    counted = year.count(cell)
    if counted is not None and not np.isnan(count):
        system.equate(counted, count, _text(cell))


def publish_change(system: System, years: tuple[CountedYear, CountedYear], row: Mapping[str, Any]) -> None:
    """Write down what a change says: two bases, and two counts whose shares are this far apart.

    The bases of both years are published with it, and the change is not rounded: hardly ever fit more than one pair of
    whole numbers.
    """
    cell, numbers = _cell(row), _numbers(row)
    sizes, change = (numbers["numerator"], numbers["denominator"]), numbers["estimate"]
    for year, size in zip(years, sizes, strict=True):
        if not np.isnan(size):
            system.equate(year.base(cell), size, f"the base of the change of {_text(cell)}")
    first, second = (year.count(cell) for year in years)
    if np.isnan(change) or min(sizes) < 1 or first is None or second is None:
        return
    about = f"the change of {_text(cell)}"
    n1, n2 = sizes
    fits = pairs_that_differ(change, int(n1), int(n2)) if cell.category else []
    if len(fits) == 1:
        for counted, value in zip((first, second), fits[0], strict=True):
            system.equate(counted, value, about)
    elif fits or not cell.category:
        apart = minus(add_terms([second], n1), add_terms([first], n2))
        system.equate(apart, float(round(change * n1 * n2)) if fits else change * n1 * n2, about)


def pairs_that_differ(change: float, n1: int, n2: int) -> list[tuple[int, int]]:
    """Return the counts out of `n1` and out of `n2` whose shares differ by a change.

    Examples
    --------
    >>> pairs_that_differ(3 / 8 - 2 / 7, 7, 8)
    [(2, 3)]
    >>> pairs_that_differ(0.25, 4, 8)
    [(0, 2), (1, 4), (2, 6), (3, 8)]
    """
    first = np.arange(n1 + 1)
    second = n2 * (change + first / n1)
    whole = np.rint(second)
    fits = (np.abs(second - whole) < _CLOSE) & (whole >= 0) & (whole <= n2)
    return list(zip(first[fits].tolist(), whole[fits].astype(int).tolist(), strict=True))


def publish_panel(system: System, years: tuple[CountedYear, CountedYear], row: Mapping[str, Any]) -> Twice | None:
    """Write down what the change of those who answered both times says, and return who they are.

    Change and standard error give how many came to an answer and how many left it; the interval, how many gave it both
    times. They are part of the group in either year. None of a mean.
    """
    cell, numbers = _cell(row), _numbers(row)
    n, change, se = numbers["denominator"], numbers["estimate"], numbers["se"]
    if np.isnan(n):
        return None
    about = f"who answered {_text(cell)} both times"
    bases = [year.base(cell) for year in years]
    for base in bases:
        system.limit(add_terms([base], -1.0), -n, about)
    counts = [year.count(cell) for year in years]
    if np.isnan(change) or not cell.category:
        return None
    size = int(n)
    more = round(change * size)
    first = {system.count(("first", cell)): 1.0}
    second = {system.count(("second", cell)): 1.0}
    system.equate(minus(second, first), more, about)
    possible = tuple(range(max(0, -more), size - max(0, more) + 1))
    if not np.isnan(se) and size > 1:
        moving = round(se**2 * size * (size - 1) + change**2 * size)
        lost = (moving - more) // 2
        stayed = _stayed(size, lost, lost + more, numbers["ci_low"], numbers["ci_high"])
        possible = tuple(lost + number for number in stayed)
    system.limit(add_terms([first], -1.0), -possible[0], about)
    system.limit(first, possible[-1], about)
    for given, base, counted in zip((first, second), bases, counts, strict=True):
        if counted is not None:
            system.limit(minus(given, counted), 0, about)
            system.limit(minus(minus(counted, given), base), -n, about)
    return Twice(cell, size, (first, second), (possible, tuple(number + more for number in possible)))


def _stayed(size: int, lost: int, won: int, low: float, high: float) -> list[int]:
    """Return how many may have given the answer both times, by how many left it and came to it, and the interval."""
    possible = np.arange(size - lost - won + 1)
    if np.isnan(low) or len(possible) < 2:
        return possible.tolist()
    ends = paired_interval(size, possible, lost, won, size - 1.0)
    near = np.abs(ends[0] - low) + np.abs(ends[1] - high) < _CLOSE
    return possible[near].tolist() or possible.tolist()


def once_only(
    solved: Solved, years: tuple[CountedYear, CountedYear], twice: Twice, min_base: int
) -> Iterator[tuple[int, float, float]]:
    """Yield the year (0 or 1) in which few of a group answered that time only, and what they are known to have said."""
    for side, year in enumerate(years):
        base, counted = solved.range(year.base(twice.cell), wide=1.0), year.count(twice.cell)
        left = base[0] - twice.base
        if base[0] != base[1] or counted is None or not 0 < left < min_base:
            continue
        whole = solved.range(counted)
        given = [number for number in twice.possible[side] if whole[0] - left <= number <= whole[1]]
        low, high = max(0.0, whole[0] - max(given)), min(left, whole[1] - min(given))
        if high - low < left:
            yield side, low, high


def moved(solved: Solved, some: Iterable[Twice], min_base: int) -> Iterator[tuple[Cell, float, float]]:
    """Yield what the total of those who answered both times has more than its groups, where they are few.

    The cell has the breakdown, and no group.
    """
    known = list(some)
    totals = {twice.cell[:3]: twice for twice in known if not twice.cell.by}
    tables: dict[tuple[str, ...], list[Twice]] = {}
    for twice in known:
        if twice.cell.by:
            tables.setdefault(twice.cell[:4], []).append(twice)
    for (question, item, category, by), groups in tables.items():
        total = totals.get((question, item, category))
        left = total.base - sum(group.base for group in groups) if total else 0
        if total is None or not 0 < left < min_base:
            continue
        for time in (0, 1):
            rest = minus(total.given[time], add_terms(group.given[time] for group in groups))
            low, high = solved.range(rest)
            if high - low < left:
                yield Cell(question, item, category, by, ""), low, high


def _cell(row: Mapping[str, Any]) -> Cell:
    return Cell(*(str(row[name]) for name in Cell._fields))


def _numbers(row: Mapping[str, Any]) -> dict[str, float]:
    names = ("estimate", "se", "ci_low", "ci_high", "numerator", "denominator")
    return {name: float("nan") if pd.isna(row[name]) else float(row[name]) for name in names}


def _text(cell: Cell) -> str:
    return " ".join(part for part in cell if part)
