"""Short texts of which a few come back again and again, told by the bytes of their cells: codes of closed questions.

A cell of at most eight bytes is a number. In a table with a place for every number that is known, the cells of all
columns are looked up together, which takes a fraction of the time of making them text first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from srsmeting.intake.files.cells import Words

#: Places per column, and how many of them may be taken: so few that nearly always all can have a place of their own.
_BITS, _MOST = 9, 32
#: How often other places are tried.
_TRIES = 100
#: No text: these bytes are not UTF-8.
_FREE = np.uint64(2**64 - 1)

Codes = npt.NDArray[np.int8]


@dataclass(frozen=True)
class ShortTexts:
    """What is known of the cells in some columns; it does not change, so that threads can share it.

    Parameters
    ----------
    columns
        Which columns.
    known
        Number of the text by key of the cell, per column.
    factors
        What spreads the keys of a column over its places.
    keys, numbers
        Per column and place.
    """

    columns: npt.NDArray[np.intp]
    known: tuple[Mapping[int, int], ...]
    factors: Words
    keys: Words
    numbers: Codes

    @classmethod
    def of(cls, known: Mapping[int, Mapping[int, int]]) -> ShortTexts:
        """Return a table of what is known, by column; columns of which it is too much are left out.

        Examples
        --------
        >>> texts = ShortTexts.of({3: {97: 0, 98: 1}, 5: {99: 0}})
        >>> numbers, strange = texts.look_up(np.array([[98, 99], [97, 7]], dtype=np.uint64))
        >>> texts.columns.tolist(), numbers[:, 0].tolist(), strange.tolist()
        ([3, 5], [1, 0], [[False, False], [False, True]])
        """
        found = {column: placed for column, keys in known.items() if (placed := _place(keys)) is not None}
        columns = list(found)
        empty = np.empty((0, 1 << _BITS))
        return cls(
            np.array(columns, dtype=np.intp),
            tuple(known[column] for column in columns),
            np.array([factor for factor, _, _ in found.values()], dtype=np.uint64),
            np.stack([keys for _, keys, _ in found.values()]) if found else empty.astype(np.uint64),
            np.stack([numbers for _, _, numbers in found.values()]) if found else empty.astype(np.int8),
        )

    def learn(self, more: Mapping[int, Mapping[int, int]]) -> ShortTexts:
        """Return a table that knows more; a column of which it is too much is left out."""
        known = dict(zip(self.columns.tolist(), self.known, strict=True))
        return ShortTexts.of({column: {**keys, **more.get(column, {})} for column, keys in known.items()})

    def without(self, columns: npt.NDArray[np.bool_]) -> ShortTexts:
        """Return a table without some of its columns."""
        kept = np.flatnonzero(~columns)
        known = tuple(self.known[number] for number in kept)
        return replace(
            self,
            columns=self.columns[kept],
            known=known,
            factors=self.factors[kept],
            keys=self.keys[kept],
            numbers=self.numbers[kept],
        )

    def look_up(self, cells: Words) -> tuple[Codes, npt.NDArray[np.bool_]]:
        """Return the number of every cell, and which are not known."""
        places = cells * self.factors
        places >>= np.uint64(64 - _BITS)
        at = places.view(np.int64)
        at += np.arange(len(self.columns)) << _BITS
        return self.numbers.ravel().take(at), self.keys.ravel().take(at) != cells


def _place(known: Mapping[int, int]) -> tuple[np.uint64, Words, Codes] | None:
    if len(known) > _MOST or max(known.values(), default=0) > np.iinfo(np.int8).max:
        return None
    texts = np.array(list(known), dtype=np.uint64)
    factors = np.random.default_rng(0).integers(1 << 63, size=_TRIES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    for factor in factors:
        places = (texts * factor) >> np.uint64(64 - _BITS)
        if len(np.unique(places)) == len(texts):
            keys, numbers = np.full(1 << _BITS, _FREE), np.zeros(1 << _BITS, dtype=np.int8)
            keys[places], numbers[places] = texts, list(known.values())
            return factor, keys, numbers
    return None
