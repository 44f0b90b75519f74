"""The cells of a stretch of records: where each begins and ends, taken out as text or as a number that tells it.

The scan has marked where cells end, so that nothing is looked for here: of all cells of a stretch, the positions are
worked out together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from srsmeting.errors import IntakeError
from srsmeting.intake.files.scan import Bytes, Positions, Scan

_QUOTE, _NEWLINE, _RETURN = 34, 10, 13
#: The bytes of a cell that make a number.
_WORD = 8
#: By length, the bits of a word that are of the cell.
_MASKS = np.array([(1 << 8 * length) - 1 for length in range(_WORD + 1)], dtype=np.uint64)

Words = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Cells:
    """The cells of some records.

    Parameters
    ----------
    raw
        The bytes they are in, a word more than the cells.
    begins, ends
        Where in it each cell begins and ends, quotes included; a row per record.
    """

    raw: Bytes
    begins: Positions
    ends: Positions

    @classmethod
    def of(cls, raw: bytes, start: int, records: Scan, width: int) -> Cells:
        r"""Return the cells of records that have `width` cells each; `start` is where the edges of the scan begin.

        Examples
        --------
        >>> from srsmeting.intake.files.scan import scan_records
        >>> raw = b'"1";"een\n""twee"" "\r\n22;\r\n'
        >>> cells = Cells.of(raw, 0, scan_records(raw, 0, ";", "export.csv"), 2)
        >>> [column.to_pylist() for column in cells.texts([0, 1])]
        [['1', '22'], ['een\n"twee" ', '']]
        """
        begin, end = int(records.begins[0]), int(records.ends[-1])
        first = (begin - start) >> 3
        bits = np.unpackbits(records.edges[first : ((end - start) >> 3) + 1], bitorder="little")
        skipped = begin - start - 8 * first
        at_end = raw[end - 1] != _NEWLINE  # then the last cell ends where the file does
        places = np.flatnonzero(bits[skipped : skipped + end - begin + at_end].view(np.bool_))
        if len(places) != width * len(records.ends):  # the scan counted them, and must have marked as many
            message = f"internal check: {len(places)} cells marked, {width * len(records.ends)} counted."
            raise IntakeError(f"{message} Please report this file.")
        ends = places.reshape(-1, width)
        data = np.frombuffer(raw, dtype=np.uint8)[begin : end + _WORD]
        if len(data) < end - begin + _WORD:
            data = np.concatenate([data, np.zeros(_WORD, dtype=np.uint8)])
        begins = np.empty_like(ends)
        begins[:, 0] = records.begins - begin
        np.add(ends[:, :-1], 1, out=begins[:, 1:])
        ended = data[ends[:, -1] - 1] == _RETURN
        if ended.any():
            ends[:, -1] -= ended & (ends[:, -1] > begins[:, -1])
        return cls(data, begins, ends)

    def keys(self, columns: npt.NDArray[np.intp]) -> tuple[Words, npt.NDArray[np.bool_]]:
        """Return a number for each cell in some columns, quotes included, and which columns have one too long."""
        begins = self.begins.take(columns, axis=1)
        lengths = self.ends.take(columns, axis=1)
        lengths -= begins
        too_long = lengths.max(axis=0) > _WORD
        words = np.ndarray((len(self.raw) - _WORD + 1,), dtype="<u8", buffer=self.raw, strides=(1,))
        found = words[begins]
        found &= _MASKS.take(lengths, mode="clip")
        return found, too_long

    def texts(self, columns: Sequence[int]) -> list[Any]:
        """Return the cells in some columns as text, without quotes."""
        if not len(columns):
            return []
        chosen, (rows, width) = np.asarray(columns, dtype=np.intp), (len(self.begins), len(columns))
        begins, ends = self.begins.take(chosen, axis=1), self.ends.take(chosen, axis=1)
        quoted = self.raw.take(begins) == _QUOTE
        begins += quoted
        ends -= quoted
        # Each cell, and after it what is between it and the next.
        offsets = np.empty(2 * rows * width + 1, dtype=np.int64)
        offsets[:-1:2], offsets[1::2], offsets[-1] = begins.ravel(), ends.ravel(), len(self.raw)
        all_cells = pa.LargeStringArray.from_buffers(2 * rows * width, pa.py_buffer(offsets), pa.py_buffer(self.raw))
        order = 2 * (np.arange(rows) * width + np.arange(width)[:, None]).ravel()
        texts = all_cells.take(pa.array(order))
        found = [texts.slice(rows * number, rows) for number in range(width)]
        for number in _with_quotes(texts, rows):
            # What is left of quotes stands there twice for one.
            found[number] = pc.replace_substring(found[number], '""', '"')
        return found


def _with_quotes(texts: Any, rows: int) -> Sequence[int]:
    """Return the columns with a quote in them, of columns of so many rows that stand one after the other."""
    _, offsets, data = texts.buffers()
    places = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == _QUOTE) if data else np.empty(0, dtype=np.intp)
    ends = np.frombuffer(offsets, dtype=np.int64)[rows : len(texts) + 1 : rows]
    found: list[int] = np.unique(np.searchsorted(ends, places, side="right")).tolist()
    return found


def text_of_key(key: int) -> str:
    """Return the text that a number of :meth:`Cells.keys` tells.

    Examples
    --------
    >>> text_of_key(int.from_bytes(b'"A2"', "little")), text_of_key(0)
    ('A2', '')
    """
    written = key.to_bytes(_WORD, "little").rstrip(b"\0")
    return (written[1:-1].replace(b'""', b'"') if written.startswith(b'"') else written).decode("utf-8")
