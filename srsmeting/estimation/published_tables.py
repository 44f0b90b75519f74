"""What a set of estimates says of each group: its base, its counts, and whether it is hidden.

A *table* is one question (or one statement of it); a *cell* of it is one group of one breakdown, with everything that
is said of that group. A cell is shown or it is not: the categories of a question add up, so a part is never hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import numpy as np
import pandas as pd

from srsmeting.estimates import RATES

#: Measurement, question, statement.
Address: TypeAlias = tuple[str, str, str]

#: A share as it would be if groups were made up alike.
ADJUSTED: Final = "adjusted_share"
#: Between two groups that are held against each other; no code of a group has these.
_BETWEEN = re.compile(r"[/-]")


@dataclass(slots=True)
class Cell:
    """One group in one table.

    Parameters
    ----------
    base
        The smallest of the bases of its rows; NaN where none is known.
    shares
        The base of its shares; NaN without.
    counts
        Respondents per category and declared sum.
    reason
        Why it is hidden; empty where it is shown.
    rows
        Its rows in the frame.
    """

    base: float = np.nan
    shares: float = np.nan
    counts: dict[str, float] = field(default_factory=dict)
    reason: str = ""
    before: bool = False
    #: Nobody is in this group, in any table.
    empty: bool = False
    rows: tuple[int, ...] = ()

    @property
    def filled(self) -> bool:
        """Whether anyone is behind it, as far as known."""
        return self.before or self.base != 0

    def hide(self, reason: str) -> bool:
        """Hide it for this reason, unless it is hidden; say whether that changed anything."""
        if self.reason or self.empty:
            return False
        self.reason = reason
        return True


@dataclass
class Table:
    """One question, or one statement of it: the total, and per breakdown its groups in order."""

    address: Address
    total: Cell = field(default_factory=Cell)
    by: dict[str, dict[str, Cell]] = field(default_factory=dict)

    def cells(self) -> Iterator[Cell]:
        """All groups of all breakdowns."""
        for groups in self.by.values():
            yield from groups.values()

    @property
    def hidden(self) -> int:
        """How many cells are hidden, the total with them."""
        return sum(1 for cell in (self.total, *self.cells()) if cell.reason)

    def hides(self, by: str) -> bool:
        """Whether a breakdown hides anything."""
        return any(cell.reason for cell in self.by[by].values())

    def hide(self, by: str, reason: str) -> bool:
        """Hide a whole breakdown; say whether that changed anything."""
        return sum(cell.hide(reason) for cell in self.by[by].values()) > 0


@dataclass
class Tables:
    """Every table of a set of estimates, in order.

    Parameters
    ----------
    tables
        By address.
    between
        Rows that tell of several cells: whether one hidden cell is enough to hide them, and the cells.
    rates
        Response by measurement, breakdown and group: respondents, and the fraction that they are.
    sizes
        The largest base that any table has of a group: by measurement, breakdown and group.
    mentions
        Rows that count how often a theme is mentioned, with the address of the question.
    """

    tables: dict[Address, Table] = field(default_factory=dict)
    between: dict[int, tuple[bool, tuple[Cell, ...]]] = field(default_factory=dict)
    rates: dict[tuple[str, str, str], tuple[float, float]] = field(default_factory=dict)
    sizes: dict[tuple[str, str, str], float] = field(default_factory=dict)
    mentions: dict[int, Address] = field(default_factory=dict)

    def fill(self) -> None:
        """Take the largest base of a group for one that is not given, and see which groups nobody is in."""
        largest = self.sizes
        for (meting, _, _), table in self.tables.items():
            for by, groups in table.by.items():
                for group, cell in groups.items():
                    base = np.inf if cell.before else cell.base
                    key = meting, by, group
                    largest[key] = max(largest.get(key, -1.0), base if base == base else -1.0)
        for (meting, _, _), table in self.tables.items():
            for by, groups in table.by.items():
                for group, cell in groups.items():
                    size = largest[meting, by, group]
                    if size < 0:
                        size = self.rates.get((meting, by, group), (np.nan, np.nan))[0]
                    # That nobody is in a region and a branche at once is told by no other table.
                    cell.empty = size == 0 and not cell.before and "*" not in by
                    if cell.base != cell.base and not cell.before:
                        cell.base = size


def read_tables(frame: pd.DataFrame) -> Tables:
    """Read the tables of an estimate frame; a cell that has status Q is hidden for the reason that its row gives."""
    found = Tables()
    later: list[tuple[int, Table, str, str]] = []
    names = ("meting", "question", "item", "category", "by", "group", "measure", "status", "reason")
    texts = [frame[name].to_list() for name in names]
    numbers = [
        frame[name].to_numpy(dtype=np.float64, na_value=np.nan).tolist()
        for name in ("numerator", "denominator", "estimate")
    ]
    for row, (key, values) in enumerate(zip(zip(*texts, strict=True), zip(*numbers, strict=True), strict=True)):
        meting, question, item, category, by, group, measure, status, reason = key
        count, base, estimate = values
        if measure == "count" and not by:
            # Counts of themes stand in no breakdown, and have rules of their own; they go with the total.
            found.mentions[row] = (meting, question, item)
            continue
        if measure in RATES:
            if measure == "response_rate":
                found.rates[meting, by, group] = (count, estimate)
            continue
        address = (meting, question, item)
        table = found.tables.get(address)
        if table is None:
            table = found.tables[address] = Table(address)
        if by and (not group or _BETWEEN.search(group)):
            later.append((row, table, by, group))
            continue
        if by:
            groups = table.by.setdefault(by, {})
            cell = groups.get(group)
            if cell is None:
                cell = groups[group] = Cell()
        else:
            cell = table.total
        cell.rows += (row,)
        if measure == ADJUSTED:
            # Hidden with its group, and by itself for the base of a regression, which is another one.
            continue
        if status == "Q":
            cell.before, cell.reason = True, max(cell.reason, reason or "suppressed")
            continue
        if base != base and count == count and estimate > 0:
            # A count and its percentage give the base away.
            base = float(round(count / estimate))
        if base == base:
            cell.base = base if cell.base != cell.base else min(base, cell.base)
        if measure == "share":
            cell.shares, cell.counts[category] = base, count
    for row, table, by, group in later:
        groups = table.by.get(by, {})
        # A number of all groups together is about those that were shown when it was made: it goes with any of them.
        named = [groups[name] for name in _BETWEEN.split(group) if name in groups]
        found.between[row] = (True, tuple(named if group else (cell for cell in groups.values() if not cell.before)))
    found.fill()
    return found
