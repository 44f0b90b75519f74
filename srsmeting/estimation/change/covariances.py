"""Covariances of estimates of two measurements, of many columns at once, by those who answered both times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from srsmeting.estimation.change.cells import SPARSE, Cells
from srsmeting.estimation.change.influences import Levels
from srsmeting.estimation.change.joint import assume_covariance, weigh_pairs
from srsmeting.estimation.change.overlap import FEW, Overlap
from srsmeting.estimation.numeric import Counts, Numbers


def covariances_of(levels: tuple[Levels, Levels], influences: tuple[Numbers, Numbers], overlap: Overlap) -> Numbers:
    """Return covariances of estimates.

    Parameters
    ----------
    levels
        Of the earlier and of the later measurement, of the same columns.
    influences
        On the earlier and on the later estimates, as :meth:`Levels.influence` has them.
    overlap
        Who answered both times; the levels have them in the order of their pair of strata.

    Returns
    -------
    ndarray of float64
        Shape (estimates, columns), not bounded yet.
    """
    if overlap.reason == FEW:
        spreads = [level.spread(influence) for level, influence in zip(levels, influences, strict=True)]
        return assume_covariance(overlap, spreads[0], spreads[1])
    sides = [_sides(level, influence) for level, influence in zip(levels, influences, strict=True)]
    n12 = overlap.n12[:, np.newaxis, np.newaxis]
    found = []
    for one, two in zip(*sides, strict=True):
        sums = _counted if one.alone and n12.size * one.width * two.width <= SPARSE * n12.sum() else _listed
        product, first, second = sums(overlap.n12, one, two)
        found.append(product - first * second / np.maximum(n12, 1))
    return weigh_pairs(overlap, np.concatenate(found, axis=2))


@dataclass(frozen=True, eq=False)
class _Side:
    """Tables of one measurement: cells, influences of shape (estimates, cells), and weights of who answered twice."""

    cells: Cells
    influences: Numbers
    weights: Numbers | None

    @property
    def alone(self) -> bool:
        """Whether there is one table."""
        return len(self.cells.both) == 1

    @property
    def width(self) -> int:
        """How many cells a column of one table has."""
        return len(self.cells.value) // len(self.cells.starts)


def _sides(level: Levels, influences: Numbers) -> list[_Side]:
    weights = level.respondents.weight_of_both
    return [_Side(*part, weights) for part in zip(level.cells, level.apart(influences), strict=True)]


def _counted(n12: Counts, one: _Side, two: _Side) -> tuple[Numbers, Numbers, Numbers]:
    """Return sums of products of influences and of both themselves, of a table of many respondents.

    Shape (pairs of strata, estimates, columns). It is counted how many were in which cell the one and the other time.
    """
    shape = len(n12), one.width, two.width
    pair = np.repeat(np.arange(shape[0]), n12)
    key = (pair * shape[1] + one.cells.both[0]) * shape[2] + two.cells.both[0]

    def cross(weights: Numbers | None) -> Numbers:
        counts = np.bincount(key, weights, minlength=shape[0] * shape[1] * shape[2])
        return counts.reshape(shape).astype(np.float64, copy=False)

    both = cross(_product(one.weights, two.weights))
    simple = one.weights is None and two.weights is None
    first, second = (both if simple else cross(side.weights) for side in (one, two))
    before, after = (side.influences.reshape(-1, side.width) for side in (one, two))
    sums = ((before @ both) * after).sum(axis=2), first.sum(axis=2) @ before.T, second.sum(axis=1) @ after.T
    product, earlier, later = (each.reshape(shape[0], len(one.influences), -1) for each in sums)
    return product, earlier, later


def _listed(n12: Counts, one: _Side, two: _Side) -> tuple[Numbers, Numbers, Numbers]:
    """Return the same of any number of tables, one who answered both times after the other."""
    first, second = (
        side.influences[:, side.cells.starts[:, np.newaxis] + side.cells.both[side.cells.tables]]
        * (1.0 if side.weights is None else side.weights)
        for side in (one, two)
    )
    return _by_pair(n12, first * second), _by_pair(n12, first), _by_pair(n12, second)


def _product(one: Numbers | None, two: Numbers | None) -> Numbers | None:
    if one is None or two is None:
        return two if one is None else one
    return one * two


def _by_pair(n12: Counts, values: Numbers) -> Numbers:
    """Return sums over who answered both times, in the order of their pair; pairs along the first axis."""
    some = np.flatnonzero(n12)
    sums = np.zeros((len(n12), *values.shape[:-1]))
    firsts = np.cumsum(n12[some]) - n12[some]
    sums[some] = np.moveaxis(np.add.reduceat(values, firsts, axis=-1), -1, 0)
    return sums


__all__ = ["covariances_of"]
