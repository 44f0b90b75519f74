"""Sums over the organisations that answered both times, and the covariance of two estimates that follows from them.

Shares need no respondent any more once it is counted who gave which answer in the one measurement and which in the
other, so that a table costs a few passes however many groups and categories it has.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from srsmeting.estimation.change.columns import Batch, Coded, in_batches, spread_out
from srsmeting.estimation.change.crossed import Codes, Crossed, Level, Panel, Parts, through
from srsmeting.estimation.change.overlap import FEW, Overlap
from srsmeting.estimation.crossing import Crossing
from srsmeting.estimation.design import Design
from srsmeting.estimation.numeric import Counts, Numbers, Positions


class Joint:
    """The organisations that answered both times, in the groups of a breakdown.

    Parameters
    ----------
    overlap
        Who they are.
    earlier, later
        The groups of both measurements, crossed with their designs.
    coded
        What each column is made of, earlier and later; several columns where it has a code for each.
    """

    def __init__(
        self, overlap: Overlap, earlier: Crossing, later: Crossing, coded: Sequence[tuple[Coded, Coded]] = ()
    ) -> None:
        self.overlap = overlap
        self._coded = coded
        self._sides = (earlier, later)
        self._rows = (overlap.first, overlap.second)
        self._groups = len(later.domains.groups) + 1
        self._pairs = len(overlap.n12)
        self._simple = earlier.design.weights is None and later.design.weights is None

    def shares(self, levels: tuple[Level, Level]) -> Numbers:
        """Return the covariance of shares, shape (groups, columns).

        Parameters
        ----------
        levels
            Shares of both.
        """
        found = np.zeros(levels[0].mean.shape)
        if self.overlap.reason == FEW:
            for one, two, columns in self._each():
                some = [level.columns(columns) for level in levels]
                spreads = [self._spread(side, coded, some[side]) for side, coded in enumerate((one, two))]
                found[:, columns] = assume_covariance(self.overlap, spreads[0], spreads[1])
            return found
        for batch in self._batches:
            some = [level.columns(batch.columns) for level in levels]
            found[:, batch.columns] = self._covariance(self._parts(batch, some))
        return found

    @cached_property
    def panel(self) -> Panel:
        """Who gave which answer the first and the second time."""
        width = sum(one.members.shape[1] - 1 for one, _ in self._coded)
        base, both, lost, won = np.zeros((4, self._groups - 1, width), dtype=np.int64)
        twice = np.zeros(width, dtype=np.int64)
        for batch in self._batches:
            parts = (part.sum(axis=0) for part in through(batch.counts[..., 1:, 1:], *batch.members))
            asked, first, second, again = (np.rint(part).astype(np.int64) for part in parts)
            at = batch.columns
            base[:, at], both[:, at], lost[:, at], won[:, at] = asked, again, first - again, second - again
            given = (batch.codes(0) > 0) & (batch.codes(1) > 0)
            twice[at] = np.count_nonzero(given, axis=1)[:, np.newaxis]
        return Panel(base, both, lost, won, twice)

    def _each(self) -> Iterator[tuple[Coded, Coded, Positions]]:
        """Yield every pair of answers with its columns."""
        start = 0
        for one, two in self._coded:
            end = start + one.members.shape[1] - 1
            yield one, two, np.arange(start, end)
            start = end

    @cached_property
    def _batches(self) -> list[Crossed]:
        cells, n = self._pairs * self._groups, len(self.overlap.first)
        batches = in_batches(self._coded, lambda pair: [each.members for each in pair], n, cells)
        return [self._cross(batch) for batch in batches]

    def _cross(self, batch: Batch[tuple[Coded, Coded]]) -> Crossed:
        one, two = batch.answers[0]
        crossed = np.stack([self._crossed(*pair) for pair in batch.answers])
        wide = (one.members.shape[0] + 1, two.members.shape[0] + 1)
        cells = spread_out(self.overlap.pair * self._groups + self._same, len(crossed)) * math.prod(wide)
        counts = self._inside(cells + crossed, (len(crossed), *wide))
        return Crossed(batch.columns, (one.members, two.members), crossed, counts)

    def _crossed(self, one: Coded, two: Coded) -> Codes:
        """Return the codes of both in one number; the same whatever the groups are."""
        found = self.overlap.crossed.get((one, two))
        if found is None:
            wide = two.members.shape[0] + 1
            first, second = (
                coded.codes[rows].astype(np.int32) + 1 for coded, rows in zip((one, two), self._rows, strict=True)
            )
            both: Codes = first * wide + second
            # Half the memory, but for lists as long as those of municipalities.
            small = wide * (one.members.shape[0] + 1) <= np.iinfo(np.int16).max
            found = self.overlap.crossed[one, two] = both.astype(np.int16) if small else both
        return found

    def _inside(
        self, cells: Positions, shape: tuple[int, ...], weights: Numbers | None = None, rows: int = 1
    ) -> Numbers:
        """Return counts or sums of weights of who is in a group, shape (pairs times rows, groups, *shape)."""
        whole = (self._pairs * rows, self._groups, *shape)
        given = None if weights is None else np.broadcast_to(weights, cells.shape).ravel()
        folded = np.bincount(cells.ravel(), given, minlength=math.prod(whole)).reshape(whole)
        inside: Numbers = folded[:, 1:].astype(np.float64, copy=False)
        return inside

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
            size = np.concatenate([[np.inf], level.scale[:, 0]])[self._place[side]]
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

    def _parts(self, batch: Crossed, levels: list[Level]) -> Parts:
        """Return the sums of influences on the shares of a batch; its pairs of answers stand before the columns."""
        if self._simple:
            joint = batch.counts * self._sides[0].design.expansion * self._sides[1].design.expansion
        else:
            wide = [members.shape[0] + 1 for members in batch.members]
            cells = spread_out(self.overlap.pair * self._groups + self._same, len(batch.crossed)) * math.prod(wide)
            weights = self._weights[0] * self._weights[1]
            joint = self._inside(cells + batch.crossed, (len(batch.crossed), *wide), weights)
        m1, m2 = (level.mean for level in levels)
        asked, first, second, both = through(joint[..., 1:, 1:], *batch.members)
        product = (both - m2 * first - m1 * second + m1 * m2 * asked) / (levels[0].scale * levels[1].scale)
        sums, margins = [], []
        for side in (0, 1):
            sums.append(_deviations(self._given(batch, side), batch.members[side], levels[side]))
            other, weights = 1 - side, self._weights[side]
            folds = []
            for cell, size in self._margins[other]:
                cells = (self.overlap.pair * size + cell) * self._groups + self._place[side]
                folded = self._folded(cells, batch, side, weights * self._weights[other], rows=size)
                shape = (self._pairs, size, *folded.shape[1:])
                folds.append(_deviations(folded.reshape(shape), batch.members[side], levels[side]))
            margins.append(np.concatenate(folds, axis=1) if folds else None)
        return self._without_margins(Parts(product, *sums), margins, (levels[0], levels[1]))

    def _given(self, batch: Crossed, side: int) -> Numbers:
        """Return the sum of weights of who gave each code that time, shape (pairs, groups, pairs of answers, codes)."""
        cells = self.overlap.pair * self._groups + self._place[side]
        if not self._simple:
            return self._folded(cells, batch, side, self._weights[side])
        # Who is in the same group both times was counted. Few have moved.
        stayed = batch.counts.sum(axis=3 if side else 4)
        moved = self._folded(cells[self._moved], batch, side, who=self._moved)
        given: Numbers = (stayed + moved) * self._sides[side].design.expansion
        return given

    def _folded(
        self,
        cells: Positions,
        batch: Crossed,
        side: int,
        weights: Numbers | None = None,
        *,
        rows: int = 1,
        who: Positions | slice = slice(None),
    ) -> Numbers:
        """Return counts or sums of weights per code of a measurement; of some organisations where these are told."""
        codes = batch.codes(side, who)
        wide, many = batch.members[side].shape[0] + 1, len(codes)
        return self._inside(spread_out(cells, many) * wide + codes, (many, wide), weights, rows)

    def _spread(self, side: int, coded: Coded, level: Level) -> Numbers:
        """Return the spread of influences in the whole sample, shape (strata, groups, columns)."""
        crossing, wide = self._sides[side], coded.members.shape[0] + 1
        cells = self._everyone(side) * wide + coded.codes.astype(np.intp) + 1
        shape = (len(crossing.design.strata.sample), self._groups, wide)
        squares, sums = (
            np.bincount(cells, weights, minlength=int(np.prod(shape))).reshape(shape)[:, 1:, 1:] @ coded.members
            for weights in (crossing.weights**2, crossing.weights)
        )
        m, scale = level.mean, level.scale
        # (z - m x)^2 = z (1 - 2 m) + m^2 x when z is 0 or 1 and never 1 without x.
        square = squares[..., :-1] * (1 - 2 * m) + m**2 * squares[..., -1:]
        return spread_of(square / scale**2, (sums[..., :-1] - m * sums[..., -1:]) / scale, crossing.design)

    def _spread_of(self, side: int, values: Numbers, level: Level) -> Numbers:
        """Return the same of numbers."""
        crossing = self._sides[side]
        place = crossing.domains.place.astype(np.intp)
        centre = np.concatenate([[0.0], level.mean[:, 0]])[place]
        scale = np.concatenate([[np.inf], level.scale[:, 0]])[place]
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

    def _fold(self, cells: Positions, rows: int, weights: Numbers) -> Numbers:
        """Return sums of weights, shape (pairs, rows, groups)."""
        size = self._pairs * rows * self._groups
        folded = np.bincount(cells, weights, minlength=size).reshape(self._pairs, rows, self._groups)
        return folded[:, :, 1:].astype(np.float64, copy=False)

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
                product = product - np.einsum("pkg...,kg...->pg...", cross, other)
            if own is not None:
                sums[side] = sums[side] - np.einsum("pk,kg...->pg...", self._totals[side], own)
        if fitted[0] is not None and fitted[1] is not None:
            product = product + np.einsum("kg...,pkl,lg...->pg...", fitted[0], self._crossed_margins, fitted[1])
        return Parts(product, sums[0], sums[1])

    def _covariance(self, parts: Parts) -> Numbers:
        n12 = self.overlap.n12.reshape(-1, *[1] * (parts.product.ndim - 1))
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
    def _moved(self) -> Positions:
        """Who was in another group the second time."""
        return np.flatnonzero(self._place[0] != self._place[1])

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


def _deviations(folded: Numbers, members: Numbers, level: Level) -> Numbers:
    """Return sums of weighted deviations over the weight of the level; the codes of `folded` become columns."""
    summed = folded[..., 1:] @ members
    return np.asarray((summed[..., :-1] - level.mean * summed[..., -1:]) / level.scale, dtype=np.float64)


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
