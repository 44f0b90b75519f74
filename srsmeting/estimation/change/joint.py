"""Sums over the organisations that answered both times, and the covariance of two estimates that follows from them.

Shares need no respondent any more once it is counted who gave which answer in the one measurement and which in the
other, so that a table costs a few passes however many groups and categories it has.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from srsmeting.estimation.change.columns import Coded
from srsmeting.estimation.change.overlap import FEW, Overlap
from srsmeting.estimation.crossing import Crossing
from srsmeting.estimation.design import Design
from srsmeting.estimation.numeric import Counts, Numbers, Positions


@dataclass(frozen=True, eq=False)
class Level:
    """Shares or means of one measurement, per group and column.

    Parameters
    ----------
    mean
        Shape (groups, columns); 0 where there is no base.
    weight
        Sum of the weights of the base, per group.
    fitted
        What the margins explain of the deviations from the mean, over the weight: shape (cells, groups, columns); None
        without margins.
    """

    mean: Numbers
    weight: Numbers
    fitted: Numbers | None = None


@dataclass(frozen=True, eq=False)
class Panel:
    """Organisations that answered a question both times and were in the same group, unweighted, per group and column.

    Parameters
    ----------
    base
        How many; shape (groups,).
    both, lost, won
        How many gave the answer both times, only the first and only the second time.
    """

    base: Counts
    both: Counts
    lost: Counts
    won: Counts


@dataclass(frozen=True, eq=False)
class Parts:
    """Sums of influences over who answered both times, per pair of strata, group and column.

    ``product`` is ``sum e1 e2``, ``first`` and ``second`` are ``sum e1`` and ``sum e2``.
    """

    product: Numbers
    first: Numbers
    second: Numbers


class Joint:
    """The organisations that answered both times, in the groups of a breakdown.

    Parameters
    ----------
    overlap
        Who they are.
    earlier, later
        The groups of both measurements, crossed with their designs.
    """

    def __init__(self, overlap: Overlap, earlier: Crossing, later: Crossing) -> None:
        self.overlap = overlap
        self._sides = (earlier, later)
        self._rows = (overlap.first, overlap.second)
        self._groups = len(later.domains.groups) + 1
        self._pairs = len(overlap.n12)
        self._simple = earlier.design.weights is None and later.design.weights is None

    def shares(self, coded: list[tuple[Coded, Coded]], levels: tuple[Level, Level]) -> tuple[Numbers, Panel]:
        """Return the covariance of the shares of a table, shape (groups, columns), and the panel.

        Parameters
        ----------
        coded
            What the columns of the table are made of, earlier and later.
        levels
            Shares of both, the columns in order.
        """
        covariances, panels, start = [], [], 0
        for one, two in coded:
            end = start + one.members.shape[1] - 1
            some = [_some(level, start, end) for level in levels]
            parts, panel = self._crossed(one, two, some)
            if self.overlap.reason == FEW:
                spreads = [self._spread(side, coded_, some[side]) for side, coded_ in enumerate((one, two))]
                covariances.append(assume_covariance(self.overlap, spreads[0], spreads[1]))
            else:
                covariances.append(self._covariance(parts))
            panels.append(panel)
            start = end
        found = self.overlap.counted[self._key(coded)] = _join(panels)
        return np.hstack(covariances), found

    def panel(self, coded: list[tuple[Coded, Coded]]) -> Panel:
        """Return who gave which answer the first and the second time; counted once, whatever is asked of it."""
        found = self.overlap.counted.get(self._key(coded))
        if isinstance(found, Panel):
            return found
        return _join([_panel(_inner(*self._cells(one, two)[1:]), one, two) for one, two in coded])

    def _key(self, coded: list[tuple[Coded, Coded]]) -> tuple[object, ...]:
        """Return what tells a table apart: the answers themselves, and the breakdown."""
        return (self._sides[1].domains.by, *(each for pair in coded for each in pair))

    def differences(self, values: tuple[Numbers, Numbers]) -> tuple[Numbers, Positions]:
        """Return later less earlier of who answered both times, and the group of each, counted from 1."""
        return values[1][self._rows[1]] - values[0][self._rows[0]], self._same

    def means(self, values: tuple[Numbers, Numbers], levels: tuple[Level, Level]) -> Numbers:
        """Return the covariance of the means of a number, shape (groups, 1)."""
        if self.overlap.reason == FEW:
            spreads = [self._spread_of(side, values[side], levels[side]) for side in (0, 1)]
            return assume_covariance(self.overlap, spreads[0], spreads[1])
        weighted, counted = [], []
        for side, number, level in zip((0, 1), values, levels, strict=True):
            own = number[self._rows[side]]
            centre = np.concatenate([[0.0], level.mean[:, 0]])[self._place[side]]
            size = np.concatenate([[np.inf], np.where(level.weight > 0, level.weight, np.inf)])[self._place[side]]
            deviation = np.where(np.isfinite(own), own - centre, 0.0)
            weighted.append(self._weights[side] * deviation / size)
            counted.append(self._fold(self._pair_of(side), 1, weighted[-1]))
        product = self._fold(self.overlap.pair * self._groups + self._same, 1, weighted[0] * weighted[1])
        margins = []
        for side in (0, 1):
            other = 1 - side
            folds = [
                self._fold((self.overlap.pair * size + cell) * self._groups + self._place[side], size, values_of)
                for cell, size in self._margins[other]
                for values_of in (weighted[side] * self._weights[other],)
            ]
            margins.append(np.concatenate(folds, axis=1)[..., np.newaxis] if folds else None)
        sums = [count[:, 0, :, np.newaxis] for count in (product, *counted)]
        return self._covariance(self._without_margins(Parts(*sums), margins, levels))

    def panel_base(self, earlier: Numbers, later: Numbers) -> Counts:
        """Return per group who has a number both times."""
        valid = np.isfinite(earlier[self._rows[0]]) & np.isfinite(later[self._rows[1]])
        return np.bincount(self._same * valid, minlength=self._groups)[1:].astype(np.int64)

    def _crossed(self, one: Coded, two: Coded, levels: list[Level]) -> tuple[Parts, Panel]:
        codes, cells, shape = self._cells(one, two)
        counts = _inner(cells, shape)
        if self._simple:
            joint = counts * self._sides[0].design.expansion * self._sides[1].design.expansion
        else:
            weights = self._weights[0] * self._weights[1]
            joint = _inner(cells, shape, weights)
        m1, m2 = (level.mean for level in levels)
        scale = [np.where(level.weight > 0, level.weight, np.inf)[:, np.newaxis] for level in levels]
        asked, first, second, both = _through(joint, one.members, two.members)
        product = (both - m2 * first - m1 * second + m1 * m2 * asked) / (scale[0] * scale[1])
        sums, margins = [], []
        for side, coded in enumerate((one, two)):
            weights = self._weights[side]
            sums.append(self._deviations(self._pair_of(side), 1, codes[side], coded, weights, levels[side])[:, 0])
            other = 1 - side
            folds = [
                self._deviations(
                    (self.overlap.pair * size + cell) * self._groups + self._place[side],
                    size,
                    codes[side],
                    coded,
                    weights * self._weights[other],
                    levels[side],
                )
                for cell, size in self._margins[other]
            ]
            margins.append(np.concatenate(folds, axis=1) if folds else None)
        parts = self._without_margins(Parts(product, *sums), margins, (levels[0], levels[1]))
        return parts, _panel(counts, one, two)

    def _cells(self, one: Coded, two: Coded) -> tuple[list[Positions], Positions, tuple[int, ...]]:
        """Return the codes of both, counted from 1, and in one number with the pair of strata and the group."""
        wide = one.members.shape[0] + 1
        codes = [coded.codes[rows].astype(np.intp) + 1 for coded, rows in zip((one, two), self._rows, strict=True)]
        cells = ((self.overlap.pair * self._groups + self._same) * wide + codes[0]) * wide + codes[1]
        return codes, cells, (self._pairs, self._groups, wide, wide)

    def _deviations(
        self, cells: Positions, rows: int, codes: Positions, coded: Coded, weights: Numbers, level: Level
    ) -> Numbers:
        """Return sums of weighted deviations over the weight of the level, shape (pairs, rows, groups, columns)."""
        wide = coded.members.shape[0] + 1
        folded = self._fold(cells * wide + codes, rows, weights, wide)[..., 1:] @ coded.members
        scale = np.where(level.weight > 0, level.weight, np.inf)[:, np.newaxis]
        return np.asarray((folded[..., :-1] - level.mean * folded[..., -1:]) / scale, dtype=np.float64)

    def _spread(self, side: int, coded: Coded, level: Level) -> Numbers:
        """Return the spread of influences in the whole sample, shape (strata, groups, columns)."""
        crossing, wide = self._sides[side], coded.members.shape[0] + 1
        cells = self._everyone(side) * wide + coded.codes.astype(np.intp) + 1
        shape = (len(crossing.design.strata.sample), self._groups, wide)
        squares, sums = (
            np.bincount(cells, weights, minlength=int(np.prod(shape))).reshape(shape)[:, 1:, 1:] @ coded.members
            for weights in (crossing.weights**2, crossing.weights)
        )
        m, scale = level.mean, np.where(level.weight > 0, level.weight, np.inf)[:, np.newaxis]
        # (z - m x)^2 = z (1 - 2 m) + m^2 x when z is 0 or 1 and never 1 without x.
        square = squares[..., :-1] * (1 - 2 * m) + m**2 * squares[..., -1:]
        return spread_of(square / scale**2, (sums[..., :-1] - m * sums[..., -1:]) / scale, crossing.design)

    def _spread_of(self, side: int, values: Numbers, level: Level) -> Numbers:
        """Return the same of numbers."""
        crossing = self._sides[side]
        place = crossing.domains.place.astype(np.intp)
        centre = np.concatenate([[0.0], level.mean[:, 0]])[place]
        scale = np.concatenate([[np.inf], np.where(level.weight > 0, level.weight, np.inf)])[place]
        u = np.where(np.isfinite(values), crossing.weights * (values - centre) / scale, 0.0)
        shape = (len(crossing.design.strata.sample), self._groups)
        squares, sums = (
            np.bincount(self._everyone(side), each, minlength=int(np.prod(shape))).reshape(shape)[:, 1:, np.newaxis]
            for each in (u**2, u)
        )
        return spread_of(squares.astype(np.float64), sums.astype(np.float64), crossing.design)

    def _everyone(self, side: int) -> Positions:
        """Return stratum and group of every respondent in one number."""
        stratum, place = self._sides[side].design.stratum, self._sides[side].domains.place.astype(np.intp)
        return place if stratum is None else stratum * self._groups + place

    def _fold(self, cells: Positions, rows: int, weights: Numbers, wide: int = 1) -> Numbers:
        """Return sums of weights, shape (pairs, rows, groups) and the codes behind it where these are asked for."""
        size = self._pairs * rows * self._groups * wide
        folded = np.bincount(cells, weights, minlength=size).reshape(self._pairs, rows, self._groups, wide)
        inside = folded[:, :, 1:].astype(np.float64, copy=False)
        return inside if wide > 1 else inside[..., 0]

    def _without_margins(self, parts: Parts, margins: list[Numbers | None], levels: tuple[Level, Level]) -> Parts:
        """Take off what the margins explain: influences become ``e = u - w x' B``.

        `margins` has per measurement the sums of its influences, times the weight of the other, per cell of the margins
        of the other.
        """
        product, sums = parts.product, [parts.first, parts.second]
        fitted = [level.fitted for level in levels]
        for side in (0, 1):
            own, other, cross = fitted[side], fitted[1 - side], margins[side]
            if other is not None and cross is not None:
                product = product - np.einsum("pkgc,kgc->pgc", cross, other)
            if own is not None:
                sums[side] = sums[side] - np.einsum("pk,kgc->pgc", self._totals[side], own)
        if fitted[0] is not None and fitted[1] is not None:
            product = product + np.einsum("kgc,pkl,lgc->pgc", fitted[0], self._crossed_margins, fitted[1])
        return Parts(product, sums[0], sums[1])

    def _covariance(self, parts: Parts) -> Numbers:
        n12 = self.overlap.n12[:, np.newaxis, np.newaxis]
        centred = parts.product - parts.first * parts.second / np.maximum(n12, 1)
        return weigh_pairs(self.overlap, centred)

    def _pair_of(self, side: int) -> Positions:
        return self.overlap.pair * self._groups + self._place[side]

    @cached_property
    def _place(self) -> list[Positions]:
        return [side.domains.place[rows].astype(np.intp) for side, rows in zip(self._sides, self._rows, strict=True)]

    @cached_property
    def _same(self) -> Positions:
        """Group of who was in the same group both times, counted from 1; 0 for who was not."""
        return np.where(self._place[0] == self._place[1], self._place[0], 0)

    @cached_property
    def _weights(self) -> list[Numbers]:
        return [side.weights[rows] for side, rows in zip(self._sides, self._rows, strict=True)]

    @cached_property
    def _margins(self) -> list[list[tuple[Positions, int]]]:
        found = []
        for side, rows in zip(self._sides, self._rows, strict=True):
            c = side.design.calibration
            cells = [] if c is None else zip(c.margins, c.sizes, strict=True)
            found.append([(margin[rows], size) for margin, size in cells])
        return found

    @cached_property
    def _totals(self) -> list[Numbers]:
        """Per measurement ``sum w x``, shape (pairs, cells)."""
        totals: list[Numbers] = []
        for side in (0, 1):
            folds = [
                np.bincount(self.overlap.pair * size + cell, self._weights[side], minlength=self._pairs * size)
                for cell, size in self._margins[side]
            ]
            rows = [fold.reshape(self._pairs, -1).astype(np.float64) for fold in folds]
            totals.append(np.hstack(rows) if rows else np.zeros((self._pairs, 0)))
        return totals

    @cached_property
    def _crossed_margins(self) -> Numbers:
        """``sum w1 w2 x1 x2'``, shape (pairs, cells of the one, cells of the other)."""
        weights = self._weights[0] * self._weights[1]
        rows = [
            np.concatenate(
                [
                    np.bincount(
                        (self.overlap.pair * size + cell) * width + beside,
                        weights,
                        minlength=self._pairs * size * width,
                    ).reshape(self._pairs, size, width)
                    for beside, width in self._margins[1]
                ],
                axis=2,
            )
            for cell, size in self._margins[0]
        ]
        return np.concatenate(rows, axis=1)


def spread_of(squares: Numbers, sums: Numbers, design: Design) -> Numbers:
    """Return the standard deviation of influences per stratum, from sums of their squares and of themselves.

    Strata along the first axis; 0 where there are not two respondents.
    """
    n = design.strata.sample.reshape(-1, *[1] * (squares.ndim - 1))
    centred = np.maximum(squares - sums**2 / np.maximum(n, 1), 0.0)
    return np.asarray(np.sqrt(np.where(n > 1, centred / np.maximum(n - 1, 1), 0.0)), dtype=np.float64)


def assume_covariance(overlap: Overlap, first: Numbers, second: Numbers) -> Numbers:
    """Return covariances where nothing is seen of them: the largest variance of the change that the overlap allows.

    `first` and `second` are spreads per stratum. Where fewer answered both times than by chance, the answers of an
    organisation are taken to go together as much as the overlap says they do (altogether, if it says nothing); where
    more did, not at all.
    """
    lack = np.minimum(overlap.n12 - overlap.expected, 0.0) * overlap.correlation
    found: Numbers = np.tensordot(lack, first[overlap.strata[0]] * second[overlap.strata[1]], axes=1)
    return found


def weigh_pairs(overlap: Overlap, centred: Numbers) -> Numbers:
    """Return covariances of centred sums of products of influences, pairs of strata along the first axis.

    Pairs in which at most one organisation answered both times show no covariance of their own. They get that of the
    others, per organisation.
    """
    seen = overlap.n12 > 1
    found: Numbers = np.tensordot(overlap.factor, centred, axes=1)
    if overlap.unseen and seen.any():
        each = centred[seen].sum(axis=0) / float((overlap.n12[seen] - 1).sum())
        found = found + overlap.unseen * each
    return found


def _inner(cells: Positions, shape: tuple[int, ...], weights: Numbers | None = None) -> Numbers:
    """Return counts or sums of weights of who is in a group and gave an answer both times."""
    folded = np.bincount(cells, weights, minlength=int(np.prod(shape))).reshape(shape)
    inside: Numbers = folded[:, 1:, 1:, 1:].astype(np.float64, copy=False)
    return inside


def _panel(counts: Numbers, one: Coded, two: Coded) -> Panel:
    through = _through(counts, one.members, two.members)
    base, before, after, twice = (np.rint(part.sum(axis=0)).astype(np.int64) for part in through)
    return Panel(base[:, 0], twice, before - twice, after - twice)


def _join(panels: list[Panel]) -> Panel:
    counts = [np.hstack([getattr(panel, name) for panel in panels]) for name in ("both", "lost", "won")]
    return Panel(panels[0].base, *counts)


def _some(level: Level, start: int, end: int) -> Level:
    fitted = None if level.fitted is None else level.fitted[..., start:end]
    return Level(level.mean[:, start:end], level.weight, fitted)


def _through(joint: Numbers, one: Numbers, two: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Return of crossed codes, per column: asked both times, answer the first time, the second time, both times."""
    across = joint @ two
    base = across[..., -1:]
    asked = (base * one[:, -1:]).sum(axis=-2)
    first = (base * one[:, :-1]).sum(axis=-2)
    second = (across[..., :-1] * one[:, -1:]).sum(axis=-2)
    both = (across[..., :-1] * one[:, :-1]).sum(axis=-2)
    return asked, first, second, both
