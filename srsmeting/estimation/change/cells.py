"""Respondents in cells: whoever has the same stratum, group and answer is counted once, however many they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from srsmeting.estimation.design import Design
from srsmeting.estimation.domains import Domains
from srsmeting.estimation.numeric import Counts, Numbers, Positions

#: Answers as :class:`.Coded` has them: per respondent a code or -1, and per code what it is in each column; base last.
Answers: TypeAlias = tuple[npt.NDArray[np.integer[Any]], Numbers]

#: Answers that are counted together: as many as this, and otherwise those of one table after the other.
_TOGETHER = 1 << 15
#: Above this a cell number does not fit in 16 bits, which are a quarter of the memory to go through.
_SMALL = np.iinfo(np.int16).max
#: With more numbers than this per respondent, cells are found by sorting and not by a list of all there can be.
SPARSE = 4


@dataclass(frozen=True, eq=False)
class Cells:
    """Cells that have respondents, of one column after the other.

    Parameters
    ----------
    starts
        Per column its first cell.
    tables
        Per column the table, of those that were counted together.
    stratum, group
        Of each cell; group 0 is who is in none.
    number, weight, square
        How many respondents a cell has in the base, and the sums of their weights and of the squares of these.
    value
        What its answer is in the column; 0 outside the base.
    both
        Shape (tables, those who answered both times): their cell, counted from the first of the column.
    """

    starts: Positions
    tables: Positions
    stratum: Positions
    group: Positions
    number: Counts
    weight: Numbers
    square: Numbers
    value: Numbers
    both: Positions


class Respondents:
    """Respondents of a measurement, by stratum and group.

    Parameters
    ----------
    domains
        The groups.
    design
        The design, without margins.
    both
        The row of each who answered both times.
    """

    def __init__(self, domains: Domains, design: Design, both: Positions) -> None:
        self.design = design
        self._both = both
        self._groups = len(domains.groups) + 1
        place = domains.place.astype(np.int64)
        self._place = place if design.stratum is None else design.stratum * self._groups + place
        self._narrow = self._place.astype(np.int16)

    @property
    def weight_of_both(self) -> Numbers | None:
        """What those who answered both times weigh; None where everyone weighs the same."""
        return None if self.design.weights is None else self.design.weights[self._both]

    def count(self, answers: Sequence[Answers]) -> Iterator[Cells]:
        """Yield the cells of tables, several of them together where respondents are few."""
        size = max(1, _TOGETHER // len(self._place))
        for start in range(0, len(answers), size):
            yield self._count(answers[start : start + size])

    def _count(self, answers: Sequence[Answers]) -> Cells:
        tables, strata = len(answers), len(self.design.strata.sample)
        shapes = np.array([members.shape for _, members in answers], dtype=np.intp)
        codes, columns = shapes[:, 0], shapes[:, 1] - 1
        wide = int(codes.max()) + 1
        width = tables * strata * self._groups * wide
        place = self._narrow if width <= _SMALL else self._place
        key = np.stack([given for given, _ in answers]) + place * wide + 1
        if tables > 1:
            key += np.arange(tables, dtype=key.dtype)[:, np.newaxis] * (width // tables)
        known = None
        if width > SPARSE * key.size:
            known, key = np.unique(key, return_inverse=True)
            width = len(known)
        number = np.bincount(key.ravel(), minlength=width)
        present = np.flatnonzero(number)
        number, sums = number[present], [number[present]] * 2
        if self.design.weights is not None:
            weights = np.tile(self.design.weights, tables)
            sums = [np.bincount(key.ravel(), each, minlength=width)[present] for each in (weights, weights**2)]
        rest, code = np.divmod(present if known is None else known.astype(np.intp), wide)
        rest, group = np.divmod(rest, self._groups)
        table, stratum = np.divmod(rest, strata)
        # Where the cells of a table start, and those of each column.
        lengths = np.bincount(table, minlength=tables)
        firsts = np.cumsum(lengths) - lengths
        cell = np.zeros(width, dtype=np.intp)
        cell[present] = np.arange(len(present)) - firsts[table]
        of = np.repeat(np.arange(tables), columns)
        starts = np.cumsum(lengths[of]) - lengths[of]
        column = np.repeat(np.arange(len(of)), lengths[of])
        each = np.arange(len(column)) + (firsts[of] - starts)[column]
        # The members of a table are written a column after the other; code 0 is no answer, and in none.
        members = np.concatenate([table_of.T.ravel() for _, table_of in answers])
        before = np.cumsum(codes * (columns + 1)) - codes * (columns + 1)
        given = code > 0
        inside = given & (members[(before + columns * codes)[table] + code - 1] > 0)
        row = np.arange(len(of)) - np.repeat(np.cumsum(columns) - columns, columns)
        value = members[(before[of] + row * codes[of])[column] + code[each] - 1] * given[each]
        number, weight, square = (total * inside for total in (number, *sums))
        return Cells(
            starts,
            of,
            stratum[each],
            group[each],
            number[each],
            weight[each].astype(np.float64, copy=False),
            square[each].astype(np.float64, copy=False),
            value,
            cell[key[:, self._both]],
        )
