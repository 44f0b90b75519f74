"""Covariances of estimates of two measurements, of many columns at once, by those who answered both times."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from srsmeting.estimation.change.cells import SPARSE
from srsmeting.estimation.change.influences import Levels, Part
from srsmeting.estimation.change.joint import assume_covariance, weigh_pairs
from srsmeting.estimation.change.overlap import FEW, Overlap
from srsmeting.estimation.numeric import Counts, Numbers

#: What those who answered both times weigh, in the one and the other measurement; None where all weigh the same.
Weights: TypeAlias = tuple[Numbers | None, Numbers | None]


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
    weights = levels[0].respondents.weight_of_both, levels[1].respondents.weight_of_both
    parts = (level.apart(influence) for level, influence in zip(levels, influences, strict=True))
    n12 = overlap.n12[:, np.newaxis, np.newaxis]
    found = []
    for one, two in zip(*parts, strict=True):
        few = len(one.both) > 1 or n12.size * one.width * two.width > SPARSE * n12.sum()
        product, first, second = (_listed if few else _counted)(overlap.n12, (one, two), weights)
        found.append(product - first * second / np.maximum(n12, 1))
    return weigh_pairs(overlap, np.concatenate(found, axis=2))


def _counted(n12: Counts, parts: tuple[Part, Part], weights: Weights) -> tuple[Numbers, Numbers, Numbers]:
    """Return sums of products of influences and of both themselves, of a table of many respondents.

    Shape (pairs of strata, estimates, columns). It is counted how many were in which cell the one and the other time.
    """
    one, two = parts
    shape = len(n12), one.width, two.width
    pair = np.repeat(np.arange(shape[0], dtype=np.int32), n12)
    key = (pair * shape[1] + one.both[0]) * shape[2] + two.both[0]

    def cross(each: Numbers | None) -> Numbers:
        counts = np.bincount(key, each, minlength=shape[0] * shape[1] * shape[2])
        return counts.reshape(shape).astype(np.float64, copy=False)

    product = _product(*weights)
    both = cross(product)
    first, second = (both if product is None else cross(each) for each in weights)
    before, after = (part.influences.reshape(-1, part.width) for part in parts)
    sums = ((before @ both) * after).sum(axis=2), first.sum(axis=2) @ before.T, second.sum(axis=1) @ after.T
    return tuple(each.reshape(shape[0], len(one.influences), -1) for each in sums)


def _listed(n12: Counts, parts: tuple[Part, Part], weights: Weights) -> tuple[Numbers, Numbers, Numbers]:
    """Return the same of any number of tables, one who answered both times after the other."""
    listed = []
    for part, each in zip(parts, weights, strict=True):
        own = part.influences.take(part.starts[:, np.newaxis] + part.both[part.tables], axis=1)
        listed.append(own if each is None else own * each)
    first, second = listed
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
