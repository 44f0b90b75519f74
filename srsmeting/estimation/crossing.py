"""Going through the answers: how many respondents of each group gave which, and the weighted sums of them.

This is the only place that looks at respondents one by one, and it does so with ``bincount`` over whole columns.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from srsmeting.estimation.classes import Classes
from srsmeting.estimation.design import Design
from srsmeting.estimation.domains import Domains
from srsmeting.estimation.numeric import Counts, Mask, Numbers, Positions
from srsmeting.estimation.sums import Sums


class Crossing:
    """The groups of a table, crossed with what the design knows of each respondent.

    Parameters
    ----------
    domains
        The groups.
    design
        The design of the whole.
    """

    def __init__(self, domains: Domains, design: Design) -> None:
        self.domains, self.design = domains, design
        self._groups = len(domains.groups) + 1

    def table(self, codes: npt.NDArray[np.int16], categories: int) -> tuple[Counts, Sums | None]:
        """Return respondents per group and category, and the weighted sums; no sums where counts are all there is.

        Parameters
        ----------
        codes
            Category of each respondent; -1 is nowhere.
        categories
            How many there are.
        """
        if self.design.is_simple:
            return self.domains.cross(codes, categories), None
        if self._classes.size * self._groups * (categories + 1) <= len(codes):
            return self._by_class(codes, categories)
        return self._by_respondent(codes, categories)

    def sums_of(self, values: Numbers) -> Sums:
        """Return the weighted sums of numbers per group, one column.

        Parameters
        ----------
        values
            A number per respondent, 0 for who does not count; their squares go into ``square``.
        """
        cells = self._place
        weighted, squared = self._weights * values, self._squares * values
        square = self._add(cells, 1, squared * values)[0]
        strata = margin_base = margin_square = None
        weight = self._add(cells, 1, weighted)[0]
        if self.design.stratum is not None:
            cells = self.design.stratum * self._groups + self._place
            strata = self._add(cells, len(self.design.strata.sample), weighted)
        calibration = self.design.calibration
        if calibration is not None:
            bases, squares = [], []
            for margin, size in zip(calibration.margins, calibration.sizes, strict=True):
                cells = margin * self._groups + self._place
                bases.append(self._add(cells, size, calibration.base * values))
                squares.append(self._add(cells, size, squared))
            margin_base, margin_square = np.concatenate(bases), np.concatenate(squares)
        return Sums(weight, square, strata, margin_base, margin_square)

    def strata_of(self, chosen: Mask) -> Counts:
        """Return the chosen respondents per stratum and group, shape (strata, groups)."""
        h = 0 if self.design.stratum is None else self.design.stratum
        rows = len(self.design.strata.sample)
        # Place 0 is thrown away, and with it who is not chosen.
        cells = np.where(chosen, h * self._groups + self._place, 0)
        counts = np.bincount(cells, minlength=rows * self._groups).reshape(rows, self._groups)[:, 1:]
        return counts.astype(np.int64)

    def _by_class(self, codes: npt.NDArray[np.int16], categories: int) -> tuple[Counts, Sums]:
        """Go through the respondents once, or once per kind of weight where those of a class differ."""
        classes, calibration = self._classes, self.design.calibration
        cells = self._cells(self._in_class, codes, categories)
        factor = self.design.strata.factor[classes.stratum][:, np.newaxis, np.newaxis]
        counts = self._fold(cells, classes.size, categories)
        if classes.weight is None:
            weight = self._fold(cells, classes.size, categories, self._weights)
            square = self._fold(cells, classes.size, categories, self._squares)
        else:
            each = classes.weight[:, np.newaxis, np.newaxis]
            weight, square = each * counts, factor * each**2 * counts
        strata = margin_base = margin_square = None
        if self.design.stratum is not None:
            member = np.equal.outer(np.arange(len(self.design.strata.sample)), classes.stratum).astype(np.float64)
            strata = np.tensordot(member, weight, axes=1)
        if calibration is not None and classes.cells is not None:
            if classes.base is None:
                base = self._fold(cells, classes.size, categories, calibration.base)
            else:
                base = classes.base[:, np.newaxis, np.newaxis] * counts
            margin_base = np.tensordot(classes.cells, base, axes=1)
            margin_square = np.tensordot(classes.cells, square, axes=1)
        sums = Sums(weight.sum(axis=0), square.sum(axis=0), strata, margin_base, margin_square)
        return counts.sum(axis=0).astype(np.int64), sums

    def _by_respondent(self, codes: npt.NDArray[np.int16], categories: int) -> tuple[Counts, Sums]:
        """Go through the respondents for every margin apart."""
        place = self._place
        plain = self._cells(place, codes, categories)
        counts = self._fold(plain, 1, categories)[0].astype(np.int64)
        square = self._fold(plain, 1, categories, self._squares)[0]
        strata = margin_base = margin_square = None
        if self.design.stratum is None:
            weight = self._fold(plain, 1, categories, self._weights)[0]
        else:
            cells = self._cells(self.design.stratum * self._groups + place, codes, categories)
            strata = self._fold(cells, len(self.design.strata.sample), categories, self._weights)
            weight = strata.sum(axis=0)
        calibration = self.design.calibration
        if calibration is not None:
            bases, squares = [], []
            for margin, size in zip(calibration.margins, calibration.sizes, strict=True):
                cells = self._cells(margin * self._groups + place, codes, categories)
                bases.append(self._fold(cells, size, categories, calibration.base))
                squares.append(self._fold(cells, size, categories, self._squares))
            margin_base, margin_square = np.concatenate(bases), np.concatenate(squares)
        return counts, Sums(weight, square, strata, margin_base, margin_square)

    @staticmethod
    def _cells(rows: Positions, codes: npt.NDArray[np.int16], categories: int) -> Positions:
        return rows * (categories + 1) + codes + 1

    def _fold(self, cells: Positions, rows: int, categories: int, weights: Numbers | None = None) -> Numbers:
        """Return counts or sums of weights, shape (rows, groups, categories)."""
        shape = (rows, self._groups, categories + 1)
        folded = np.bincount(cells, weights=weights, minlength=rows * self._groups * (categories + 1))
        inside: Numbers = folded.reshape(shape)[:, 1:, 1:].astype(np.float64, copy=False)
        return inside

    def _add(self, cells: Positions, rows: int, values: Numbers) -> Numbers:
        """Return sums of values, shape (rows, groups, 1)."""
        folded = np.bincount(cells, weights=values, minlength=rows * self._groups)
        inside: Numbers = folded.reshape(rows, self._groups)[:, 1:, np.newaxis].astype(np.float64, copy=False)
        return inside

    @cached_property
    def _place(self) -> Positions:
        return self.domains.place.astype(np.intp)

    @cached_property
    def _classes(self) -> Classes:
        return self.design.classes

    @cached_property
    def _in_class(self) -> Positions:
        return self._classes.codes * self._groups + self._place

    @cached_property
    def _weights(self) -> Numbers:
        return self.design.each

    @cached_property
    def _squares(self) -> Numbers:
        factor = self.design.strata.factor
        each = factor[0] if self.design.stratum is None else factor[self.design.stratum]
        squares: Numbers = each * self._weights**2
        return squares
