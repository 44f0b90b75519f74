"""Respondents in cells: whoever has the same stratum, group and answer is counted once, however many they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from srsmeting.estimation.design import Design
from srsmeting.estimation.domains import Domains
from srsmeting.estimation.numeric import Counts, Numbers, Positions

#: Per respondent the code of an answer, -1 for who gave none; and how many codes there are.
Codes: TypeAlias = tuple[npt.NDArray[np.integer[Any]], int]

#: Answers that are counted together: as many as this, and otherwise those of one table after the other.
_TOGETHER = 1 << 15
#: Above this a cell number does not fit in 16 bits, which are a quarter of the memory to go through.
_SMALL = np.iinfo(np.int16).max
#: With more numbers than this per respondent, cells are found by sorting and not by a list of all there can be.
SPARSE = 4


@dataclass(frozen=True, eq=False)
class Cells:
    """Cells that have respondents, those of one table after those of the other.

    Parameters
    ----------
    table, stratum, group, code
        Of each cell. Group 0 is who is in none, and code -1 who gave no answer.
    number, weight, square
        How many respondents it has, and the sums of their weights and of the squares of these.
    both
        The cell of each who answered both times, counted from the first of the table, shape (tables, respondents);
        tables that were counted together.
    """

    table: Positions
    stratum: Positions
    group: Positions
    code: Positions
    number: Counts
    weight: Numbers
    square: Numbers
    both: list[npt.NDArray[np.int32]]


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

    def count(self, tables: Sequence[Codes]) -> Cells:
        """Count the cells of tables, several of them together where respondents are few."""
        size = max(1, _TOGETHER // max(1, len(self._place)))
        parts = [self._count(tables[start : start + size], start) for start in range(0, len(tables), size)]
        table, stratum, group, code, number, weight, square = (
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("table", "stratum", "group", "code", "number", "weight", "square")
        )
        both = [each for part in parts for each in part.both]
        return Cells(table, stratum, group, code, number, weight, square, both)

    def _count(self, tables: Sequence[Codes], start: int) -> Cells:
        strata, many = len(self.design.strata.sample), len(tables)
        # One more than there are codes, for who gave no answer.
        wide = max(codes for _, codes in tables) + 1
        width = many * strata * self._groups * wide
        key = np.stack([given for given, _ in tables]) + (self._narrow if width <= _SMALL else self._place) * wide + 1
        if many > 1:
            key += np.arange(many, dtype=key.dtype)[:, np.newaxis] * (width // many)
        known = None
        if width > SPARSE * key.size:
            known, key = np.unique(key, return_inverse=True)
            width = len(known)
        number = np.bincount(key.ravel(), minlength=width)
        present = np.flatnonzero(number)
        weight = square = number[present].astype(np.float64)
        if self.design.weights is not None:
            each = np.tile(self.design.weights, many)
            weight = np.bincount(key.ravel(), each, minlength=width)[present].astype(np.float64)
            square = np.bincount(key.ravel(), each**2, minlength=width)[present].astype(np.float64)
        rest, code = np.divmod(present if known is None else known.astype(np.intp), wide)
        rest, group = np.divmod(rest, self._groups)
        table, stratum = np.divmod(rest, strata)
        cell = np.zeros(width, dtype=np.int32)
        cell[present] = np.arange(len(present)) - np.searchsorted(table, table)
        both = cell.take(key.reshape(many, -1).take(self._both, axis=1))
        return Cells(table + start, stratum, group, code - 1, number[present], weight, square, [both])


__all__ = ["SPARSE", "Cells", "Codes", "Respondents"]
