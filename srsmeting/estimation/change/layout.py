"""Tables beside each other, a column per category, and under each other, a row per group and category."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from srsmeting.estimation.numeric import Mask, Positions

Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(frozen=True, eq=False)
class Layout:
    """Where the figures of some tables stand.

    Parameters
    ----------
    groups
        Codes of the groups.
    tables
        Per table question, statement and categories.

    Examples
    --------
    >>> layout = Layout(("a", "b"), (("q", "", ("ja", "nee")), ("r", "", ("answered",))))
    >>> layout.rows(np.array([[1, 2, 5], [3, 4, 6]]))
    array([1, 2, 3, 4, 5, 6])
    >>> layout.columns(np.array([1, 2, 3, 4, 5, 6]))
    array([[1, 2, 5],
           [3, 4, 6]])
    """

    groups: tuple[str, ...]
    tables: Sequence[tuple[str, str, tuple[str, ...]]]

    @cached_property
    def table(self) -> Positions:
        """Per column the table that it is of."""
        return np.repeat(np.arange(len(self.tables)), self._widths)

    @property
    def _widths(self) -> Positions:
        return np.array([len(categories) for _, _, categories in self.tables], dtype=np.intp)

    @cached_property
    def order(self) -> Positions:
        """Per row its place in an array of shape (groups, columns), read along."""
        width = len(self.table)
        places = np.arange(len(self.groups) * width).reshape(len(self.groups), width)
        return np.concatenate([part.ravel() for part in np.split(places, np.cumsum(self._widths)[:-1], axis=1)])

    def rows(self, values: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
        """Return values of shape (groups, columns) as rows: a table after the other, and a group after the other."""
        return values.ravel()[self.order]

    def columns(self, values: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
        """Return rows in the shape (groups, columns)."""
        found = np.empty(values.shape, dtype=values.dtype)
        found[self.order] = values
        return found.reshape(len(self.groups), len(self.table))

    @cached_property
    def _place(self) -> tuple[Positions, Positions]:
        group, column = np.divmod(self.order, max(1, len(self.table)))
        return group, column

    @property
    def group(self) -> npt.NDArray[np.object_]:
        """Per row the code of its group."""
        return np.array(self.groups, dtype=object)[self._place[0]]

    @property
    def question(self) -> npt.NDArray[np.object_]:
        """Per row its question."""
        return self._told([question for question, _, _ in self.tables])

    @property
    def item(self) -> npt.NDArray[np.object_]:
        """Per row its statement, or an empty text."""
        return self._told([item for _, item, _ in self.tables])

    @property
    def category(self) -> npt.NDArray[np.object_]:
        """Per row its category."""
        names = [category for _, _, categories in self.tables for category in categories]
        return np.array(names, dtype=object)[self._place[1]]

    def where(self, ask: Callable[[str, str], Mask]) -> Mask:
        """Return per row what is said of its question, statement and group; asked once per table, of all groups."""
        if not self.tables:
            return np.zeros(0, dtype=np.bool_)
        said = np.stack([ask(question, item) for question, item, _ in self.tables], axis=1)
        return self.rows(said[:, self.table])

    def _told(self, values: list[str]) -> npt.NDArray[np.object_]:
        return np.array(values, dtype=object)[self.table[self._place[1]]]
