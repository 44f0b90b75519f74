"""Levels of many columns by group, what a respondent does to estimates made of them, and their variance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from srsmeting.estimation.change.cells import Cells, Respondents
from srsmeting.estimation.change.joint import spread_of
from srsmeting.estimation.numeric import Counts, Numbers, Positions


class Levels:
    """Sizes and levels of groups, and what respondents do to estimates that are made of both.

    Parameters
    ----------
    respondents
        Who they are of.
    cells
        What the columns are made of, in order.
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

    def __init__(self, respondents: Respondents, cells: Sequence[Cells], merged: Positions) -> None:
        self.respondents, self.cells = respondents, cells
        self._groups, self._columns = merged.shape
        self._ends = np.cumsum([len(some.value) for some in cells])
        self._values, self._weight, self._square, number, group, stratum = (
            np.concatenate([getattr(some, name) for some in cells])
            for name in ("value", "weight", "square", "number", "group", "stratum")
        )
        lengths = [np.diff(some.starts, append=len(some.value)) for some in cells]
        column = np.repeat(np.arange(self._columns), np.concatenate(lengths))
        self._inside = number > 0
        self._stratum = stratum * self._columns + column
        self._place = merged[group, column] * self._columns + column
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
        deviation = self._values - np.nan_to_num(self.level).ravel()[self._place]
        return np.asarray((of_part[:, self._place] + of_level[:, self._place] * deviation) * self._inside)

    def variance(self, influences: Numbers) -> Numbers:
        """Return the variances of estimates, shape (estimates, columns)."""
        strata, (squares, sums) = self.respondents.design.strata, self._sums(influences)
        found: Numbers = np.tensordot(strata.factor, squares, axes=1) - np.tensordot(strata.centring, sums**2, axes=1)
        return found

    def spread(self, influences: Numbers) -> Numbers:
        """Return the spread of influences in each stratum, shape (strata, estimates, columns)."""
        return spread_of(*self._sums(influences), self.respondents.design)

    def apart(self, influences: Numbers) -> list[Numbers]:
        """Return influences as the cells were counted, those of some tables after those of others."""
        return np.split(influences, self._ends[:-1], axis=1)

    def _sums(self, influences: Numbers) -> tuple[Numbers, Numbers]:
        """Return sums of squares of influences and of themselves, shape (strata, estimates, columns)."""
        shape = len(self.respondents.design.strata.sample), len(influences), self._columns
        found = []
        for rows in (self._square * influences**2, self._weight * influences):
            sums = [np.bincount(self._stratum, row, minlength=shape[0] * shape[2]) for row in rows]
            found.append(np.stack(sums).reshape(shape[1], shape[0], shape[2]).swapaxes(0, 1).astype(np.float64))
        return found[0], found[1]
