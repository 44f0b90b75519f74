"""Levels of many columns by group, what a respondent does to estimates made of them, and their variance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from srsmeting.estimation.change.cells import Cells, Respondents
from srsmeting.estimation.change.joint import spread_of
from srsmeting.estimation.numeric import Counts, Numbers, Positions


@dataclass(frozen=True, eq=False)
class Part:
    """Influences on estimates of the columns of some tables.

    Parameters
    ----------
    influences
        Shape (estimates, cells of the one column after those of the other).
    starts, tables
        Per column its first cell, and the table that it is of.
    both
        Per table and respondent who answered both times the cell, counted from the first of a column.
    """

    influences: Numbers
    starts: Positions
    tables: Positions
    both: npt.NDArray[np.int32]

    @property
    def width(self) -> int:
        """How many cells a column has, where there is one table."""
        return int(self.influences.shape[1]) // len(self.starts)


class Levels:
    """Sizes and levels of groups, and what respondents do to estimates that are made of both.

    Parameters
    ----------
    respondents
        Who they are of.
    cells
        Where they are counted.
    members
        Per table what each code is in each column, as :class:`.Coded` has it.
    merged
        What each group is taken together with, shape (groups, columns).

    Attributes
    ----------
    base
        Respondents, per column.
    size, part, level
        Sum of weights, the part of all that it is, and share or mean (missing without respondents); shape (groups,
        columns).
    """

    def __init__(self, respondents: Respondents, cells: Cells, members: Sequence[Numbers], merged: Positions) -> None:
        self.respondents = respondents
        self._both = cells.both
        self._groups, self._columns = merged.shape
        codes, rows = np.array([table.shape for table in members], dtype=np.intp).T
        lengths = np.bincount(cells.table, minlength=len(members))
        self._tables = np.repeat(np.arange(len(members)), rows - 1)
        each = lengths[self._tables]
        self._starts = np.cumsum(each) - each
        column = np.repeat(np.arange(self._columns), each)
        # The same cells for every column of a table.
        again = np.arange(len(column)) + ((np.cumsum(lengths) - lengths)[self._tables] - self._starts)[column]
        # All members in one row, of a table a column after the other and then its base.
        row = np.concatenate([table.T.ravel() for table in members])
        size = np.repeat(codes, rows)
        first, base = np.cumsum(size) - size, np.cumsum(rows) - 1
        inside = (cells.code >= 0) & (row[first[base][cells.table] + cells.code] > 0)
        self._inside = inside[again]
        self._values = row[np.delete(first, base)[column] + cells.code[again]] * self._inside
        self._weight, self._square = (cells.weight * inside)[again], (cells.square * inside)[again]
        self._stratum = cells.stratum[again] * self._columns + column
        self._place = merged[cells.group[again], column] * self._columns + column
        number = (cells.number * inside)[again]
        self.base: Counts = np.bincount(column, number, minlength=self._columns).astype(np.int64)
        self.size = self._by_group(self._weight)
        self._everyone = np.maximum(self.size.sum(axis=0), 1e-300)
        self.part = self.size / self._everyone
        self.level = np.full(merged.shape, np.nan)
        np.divide(self._by_group(self._weight * self._values), self.size, out=self.level, where=self.size > 0)

    def _by_group(self, values: Numbers) -> Numbers:
        sums = np.bincount(self._place, values, minlength=self._groups * self._columns)
        return sums.reshape(self._groups, self._columns).astype(np.float64, copy=False)

    def influence(self, on_part: Numbers, on_level: Numbers) -> Numbers:
        """Return what the weight of a respondent does to ``sum on_part c + on_level p``.

        Parameters
        ----------
        on_part, on_level
            Shape (estimates, groups, columns).

        Returns
        -------
        ndarray of float64
            Shape (estimates, cells of the one column after those of the other).
        """
        flat = len(on_part), -1
        mean = (self.part * on_part).sum(axis=1, keepdims=True)
        of_part = ((on_part - mean) / self._everyone).reshape(flat)
        of_level = (on_level / np.where(self.size > 0, self.size, np.inf)).reshape(flat)
        deviation = self._values - np.nan_to_num(self.level).take(self._place)
        effects = of_part.take(self._place, axis=1) + of_level.take(self._place, axis=1) * deviation
        return np.asarray(effects * self._inside)

    def variance(self, influences: Numbers) -> Numbers:
        """Return the variances of estimates, shape (estimates, columns)."""
        strata, (squares, sums) = self.respondents.design.strata, self._sums(influences)
        found: Numbers = np.tensordot(strata.factor, squares, axes=1) - np.tensordot(strata.centring, sums**2, axes=1)
        return found

    def spread(self, influences: Numbers) -> Numbers:
        """Return the spread of influences in each stratum, shape (strata, estimates, columns)."""
        return spread_of(*self._sums(influences), self.respondents.design)

    def apart(self, influences: Numbers) -> Iterator[Part]:
        """Yield influences of tables that were counted together."""
        ends = np.cumsum([len(both) for both in self._both])
        columns = np.searchsorted(self._tables, [0, *ends])
        starts = np.append(self._starts, influences.shape[1])
        for number, both in enumerate(self._both):
            here = slice(columns[number], columns[number + 1])
            first, last = starts[here.start], starts[here.stop]
            tables = self._tables[here] - (ends[number] - len(both))
            yield Part(influences[:, first:last], starts[here] - first, tables, both)

    def _sums(self, influences: Numbers) -> tuple[Numbers, Numbers]:
        """Return sums of squares of influences and of themselves, shape (strata, estimates, columns)."""
        shape = len(self.respondents.design.strata.sample), len(influences), self._columns
        found = []
        for rows in (self._square * influences**2, self._weight * influences):
            sums = [np.bincount(self._stratum, row, minlength=shape[0] * shape[2]) for row in rows]
            found.append(np.stack(sums).reshape(shape[1], shape[0], shape[2]).swapaxes(0, 1).astype(np.float64))
        return found[0], found[1]
