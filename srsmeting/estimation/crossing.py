"""Going through the answers: how many respondents of each group gave which, and the weighted sums of them.

This is the only place that looks at respondents one by one, and it does so with ``bincount`` over whole columns.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from srsmeting.estimation.design import Design
from srsmeting.estimation.domains import Domains
from srsmeting.estimation.numeric import Counts, Mask, Numbers, Positions
from srsmeting.estimation.sums import Sums

Values = TypeVar("Values", Numbers, Positions)

#: So few respondents are gone through for all margins at once; more, margin by margin, which takes less memory.
_FEW = 20_000


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
        # Group 0 is that of who is in none.
        self._groups = len(domains.groups) + 1
        self._narrowed: dict[type, npt.NDArray[np.signedinteger[Any]]] = {}

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
        # Through the classes where the table of them is smaller than the list of respondents.
        if self.design.classes.size * self._groups * (categories + 1) <= len(codes):
            return self._by_class(codes, categories)
        return self.domains.cross(codes, categories), self._by_respondent(codes, categories)

    def sums_of(self, values: Numbers) -> Sums:
        """Return the weighted sums of numbers per group, one column.

        Parameters
        ----------
        values
            A number per respondent, 0 for who does not count; their squares go into ``square``.
        """
        return self._by_respondent(np.zeros(len(values), dtype=np.int16), 1, values)

    def strata_of(self, chosen: Mask) -> Counts:
        """Return the chosen respondents per stratum and group, shape (strata, groups)."""
        h = 0 if self.design.stratum is None else self.design.stratum
        rows = len(self.design.strata.sample)
        # Place 0 is thrown away, and with it who is not chosen.
        cells = np.where(chosen, h * self._groups + self._place, 0)
        return np.bincount(cells, minlength=rows * self._groups).reshape(rows, self._groups)[:, 1:]

    def _by_class(self, codes: npt.NDArray[np.int16], categories: int) -> tuple[Counts, Sums]:
        """Go through the respondents once, or once per kind of weight where those of a class differ."""
        classes, calibration = self.design.classes, self.design.calibration
        cells = self._in_class(classes.size * self._groups * (categories + 1)) * (categories + 1) + codes
        cells = np.add(cells, 1, dtype=cells.dtype).astype(np.intp)
        counts = self._fold(cells, classes.size, categories)
        if classes.weight is None:
            weight = self._fold(cells, classes.size, categories, self.weights)
            square = self._fold(cells, classes.size, categories, self._squares)
        else:
            factor = self.design.strata.factor[classes.stratum]
            weight = classes.weight[:, np.newaxis, np.newaxis] * counts
            square = (factor * classes.weight**2)[:, np.newaxis, np.newaxis] * counts
        strata = margin_base = margin_square = None
        if self.design.stratum is not None:
            strata = np.tensordot(classes.strata, weight, axes=1)
        if calibration is not None and classes.cells is not None:
            if classes.base is None:
                base = self._fold(cells, classes.size, categories, calibration.base)
            else:
                base = classes.base[:, np.newaxis, np.newaxis] * counts
            margin_base = np.tensordot(classes.cells, base, axes=1)
            margin_square = np.tensordot(classes.cells, square, axes=1)
        sums = Sums(weight.sum(axis=0), square.sum(axis=0), strata, margin_base, margin_square)
        return counts.sum(axis=0).astype(np.int64), sums

    def _by_respondent(self, codes: npt.NDArray[np.int16], categories: int, values: Numbers | None = None) -> Sums:
        """Go through the respondents for every kind of sum; `values` stands for 1 for everyone when left out."""
        design, calibration, width = self.design, self.design.calibration, categories + 1
        times = 1.0 if values is None else values
        weights, squares = self.weights * times, self._squares * times
        shifted = codes + np.intp(1)
        plain = self._place * width + shifted
        square = self._fold(plain, 1, categories, squares * times)[0]
        strata = margin_base = margin_square = None
        if design.stratum is None:
            weight = self._fold(plain, 1, categories, weights)[0]
        else:
            cells = (design.stratum * self._groups + self._place) * width + shifted
            strata = self._fold(cells, len(design.strata.sample), categories, weights)
            weight = strata.sum(axis=0)
        if calibration is not None:
            bases, heavy, base = [], [], calibration.base * times
            for rows, size, many in self._margins:
                cells = rows * width + _again(shifted, many)
                bases.append(self._fold(cells, size, categories, _again(base, many)))
                heavy.append(self._fold(cells, size, categories, _again(squares, many)))
            margin_base, margin_square = np.concatenate(bases), np.concatenate(heavy)
        return Sums(weight, square, strata, margin_base, margin_square)

    def _fold(self, cells: Positions, rows: int, categories: int, weights: Numbers | None = None) -> Numbers:
        """Return counts or sums of weights, shape (rows, groups, categories)."""
        shape = (rows, self._groups, categories + 1)
        folded = np.bincount(cells, weights=weights, minlength=rows * self._groups * (categories + 1))
        inside: Numbers = folded.reshape(shape)[:, 1:, 1:].astype(np.float64, copy=False)
        return inside

    @cached_property
    def _margins(self) -> list[tuple[Positions, int, int]]:
        """Cell and group of each respondent in one number, how many cells, of how many margins."""
        calibration = self.design.calibration
        if calibration is None:
            return []
        starts = np.cumsum([0, *calibration.sizes[:-1]])
        if len(self._place) > _FEW:
            pairs = zip(calibration.margins, calibration.sizes, strict=True)
            return [(margin * self._groups + self._place, size, 1) for margin, size in pairs]
        rows = [
            (margin + start) * self._groups + self._place
            for margin, start in zip(calibration.margins, starts, strict=True)
        ]
        return [(np.concatenate(rows), sum(calibration.sizes), len(rows))]

    @cached_property
    def _place(self) -> Positions:
        return self.domains.place.astype(np.intp)

    def _in_class(self, cells: int) -> npt.NDArray[np.signedinteger[Any]]:
        """Class and group of each respondent in one number, as narrow as a table of so many cells allows."""
        # A quarter of the memory to go through, for every table that a reader can take in.
        narrow = next(kind for kind in (np.int16, np.int32, np.intp) if cells <= np.iinfo(kind).max)
        if narrow not in self._narrowed:
            self._narrowed[narrow] = (self.design.classes.codes * self._groups + self._place).astype(narrow)
        return self._narrowed[narrow]

    @cached_property
    def weights(self) -> Numbers:
        """Weight of each respondent."""
        weights = self.design.weights
        # A simple random sample has no list of its respondents: they are those of the table.
        return np.full(len(self._place), self.design.expansion) if weights is None else weights

    @cached_property
    def _squares(self) -> Numbers:
        factor = self.design.strata.factor
        each = factor[0] if self.design.stratum is None else factor[self.design.stratum]
        squares: Numbers = each * self.weights**2
        return squares


def _again(values: Values, times: int) -> Values:
    """Put values so many times behind each other, without a copy where once is enough."""
    return values if times == 1 else np.tile(values, times)
