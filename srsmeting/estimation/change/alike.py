"""Respondents that estimates cannot tell apart, counted once: what a hundred thousand do is what some hundreds do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from srsmeting.estimation.change.joint import assume_covariance, spread_of, weigh_pairs
from srsmeting.estimation.change.overlap import FEW, Overlap
from srsmeting.estimation.design import Design
from srsmeting.estimation.numeric import Counts, Numbers, Positions


@dataclass(frozen=True, eq=False)
class Alike:
    """Respondents in classes, of which all have the same stratum, weight and labels.

    Parameters
    ----------
    of
        Per respondent its class.
    rows
        Per class one respondent of it.
    number
        Per class how many there are.
    design
        The design, without margins.
    """

    of: Positions
    rows: Positions
    number: Counts
    design: Design

    @property
    def weight(self) -> Numbers:
        """What a respondent of each class weighs."""
        return self.design.each[self.rows]

    @property
    def stratum(self) -> Positions:
        """The stratum of each class."""
        stratum = self.design.stratum
        return np.zeros(len(self.rows), dtype=np.intp) if stratum is None else stratum[self.rows]

    def totals(self, values: Numbers) -> Numbers:
        """Return sums over all respondents of values per class, shape (strata, columns)."""
        rows, each = len(self.design.strata.sample), self.number[:, np.newaxis] * values
        return np.stack([np.bincount(self.stratum, column, minlength=rows) for column in each.T], axis=1)

    def variance(self, influences: Numbers) -> Numbers:
        """Return the variances of estimates, of which each class has an influence: a number per column."""
        strata = self.design.strata
        squares, sums = self.totals(influences**2), self.totals(influences)
        found: Numbers = strata.factor @ squares - strata.centring @ sums**2
        return found

    def spread(self, influences: Numbers) -> Numbers:
        """Return the spread of influences per stratum, shape (strata, columns)."""
        return spread_of(self.totals(influences**2), self.totals(influences), self.design)


def alike(design: Design, *labels: npt.NDArray[np.integer]) -> Alike:
    """Find the respondents with the same stratum, weight and labels.

    Parameters
    ----------
    design
        The design, without margins.
    labels
        Per respondent what else it is told by, counted from 0.
    """
    told = [] if design.stratum is None else [design.stratum]
    if design.weights is not None:
        told.append(np.unique(design.weights, return_inverse=True)[1])
    key, width = np.zeros(len(labels[0]), dtype=np.int64), 1
    for label in (*told, *labels):
        size = int(label.max(initial=0)) + 1
        key, width = key * size + label, width * size
        if width > 4 * len(key):
            values, key = np.unique(key, return_inverse=True)
            width = len(values)
    counts = np.bincount(key, minlength=width)
    present = np.flatnonzero(counts)
    place = np.zeros(width, dtype=np.intp)
    place[present] = np.arange(len(present))
    of = place[key]
    rows = np.zeros(len(present), dtype=np.intp)
    rows[of] = np.arange(len(of))
    return Alike(of, rows, counts[present].astype(np.int64), design)


def covariance_of(first: Numbers, second: Numbers, classes: tuple[Alike, Alike], overlap: Overlap) -> Numbers:
    """Return covariances of estimates of two measurements, by those who answered both times.

    Parameters
    ----------
    first, second
        Influences on the earlier and the later estimate, shape (classes, columns), weights included.
    classes
        Of the earlier and of the later measurement.
    overlap
        Who answered both times.

    Returns
    -------
    ndarray of float64
        A number per column, not bounded yet.
    """
    one, two = classes
    if overlap.reason == FEW:
        return assume_covariance(overlap, one.spread(first), two.spread(second))
    both = (overlap.pair * len(one.rows) + one.of[overlap.first]) * len(two.rows) + two.of[overlap.second]
    width = len(overlap.n12) * len(one.rows) * len(two.rows)
    if width > 4 * len(both):
        cells, number = np.unique(both, return_counts=True)
    else:
        counts = np.bincount(both, minlength=width)
        cells = np.flatnonzero(counts)
        number = counts[cells]
    cells, after = np.divmod(cells, len(two.rows))
    pair, before = np.divmod(cells, len(one.rows))
    e1, e2, pairs = first[before], second[after], len(overlap.n12)
    product, sum1, sum2 = (
        np.stack([np.bincount(pair, number * column, minlength=pairs) for column in values.T], axis=1)
        for values in (e1 * e2, e1, e2)
    )
    return weigh_pairs(overlap, product - sum1 * sum2 / np.maximum(overlap.n12, 1)[:, np.newaxis])
