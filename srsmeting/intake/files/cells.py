"""The cells of a stretch of delimited text: where each begins, how long it is, and what is written there.

The scan has passed the stretch, so that it means one thing only: cells that are quoted whole or not at all, and
records of as many cells as the header. Between a cell and the next are a delimiter or a line end, and quotes.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from srsmeting.intake.files.scan import Positions, Words

_QUOTE, _NEWLINE, _RETURN = 34, 10, 13
#: Bytes of a short text.
SHORT = 2

Keys = npt.NDArray[np.uint16]


class Cells:
    r"""The cells of a stretch.

    Parameters
    ----------
    raw
        The bytes of the stretch, known to be UTF-8.
    ends
        A bit for each byte: whether a cell ends before it, as the scan tells.
    rows, width
        How many records there are, and of how many cells: two or more.

    Examples
    --------
    >>> from srsmeting.intake.files.scan import scan_records
    >>> raw = b'"1";"een\n""twee"" "\r\n\r\n22;\r\n'
    >>> cells = Cells(raw, scan_records(raw, ";")[1], 2, 2)
    >>> [column.to_pylist() for column in cells.texts([0, 1])]
    [['1', '22'], ['een\n"twee" ', '']]
    >>> keys, are_short = cells.keys([0, 1])
    >>> [text_of(key) for key in keys[0].tolist()], are_short.tolist()
    (['1', '22'], [True, False])
    """

    def __init__(self, raw: bytes, ends: Words, rows: int, width: int) -> None:
        self._raw, self._data = raw, np.frombuffer(raw, dtype=np.uint8)
        stops = np.flatnonzero(np.unpackbits(ends.view(np.uint8), bitorder="little").view(np.bool_))
        if not raw.endswith(b"\n"):
            stops = np.append(stops, len(raw))
        starts = np.empty_like(stops)
        starts[0] = 0
        np.add(stops[:-1], 1, out=starts[1:])
        if len(stops) != rows * width:
            kept = self._not_blank(stops)
            starts, stops = starts[kept], stops[kept]
        at_end = stops[width - 1 :: width]
        at_end -= self._data[at_end - 1] == _RETURN
        is_quoted = self._data.take(starts, mode="clip") == _QUOTE  # the last cell of a file may begin where that ends
        quoted: Any = True if is_quoted.all() else is_quoted  # as most are, and one number is added many times faster
        starts += quoted
        stops -= starts
        stops -= quoted
        self._starts, self._lengths = starts.reshape(rows, width), stops.reshape(rows, width)

    def _not_blank(self, stops: Positions) -> npt.NDArray[np.bool_]:
        # A record has two cells: what ends a line and begins it, too, is no cell.
        ends_line = np.append(True, self._data.take(stops, mode="clip") == _NEWLINE)
        ends_line[-1] = True
        return np.asarray(~(ends_line[:-1] & ends_line[1:]))

    def keys(self, columns: Sequence[int]) -> tuple[Keys, npt.NDArray[np.bool_]]:
        """Return the texts of columns as numbers, and which columns have short texts only: of others, none is right."""
        starts, lengths = self._starts.take(columns, axis=1), self._lengths.take(columns, axis=1)
        first, second = (self._data.take(starts + place, mode="clip") for place in range(SHORT))
        first *= lengths > 0
        second *= lengths > 1
        keys = second.astype(np.uint16)
        keys <<= np.uint16(8)
        keys |= first
        return np.ascontiguousarray(keys.T), lengths.max(axis=0) <= SHORT

    def texts(self, columns: Sequence[int]) -> list[Any]:
        """Return the texts of columns, which share memory."""
        if not columns:
            return []
        # To pyarrow the stretch is one row of texts: by turns a cell, and what stands between it and the next.
        starts, lengths = self._starts.take(columns, axis=1), self._lengths.take(columns, axis=1)
        places, rows = np.stack([starts, starts + lengths], axis=-1), len(starts)
        buffers = [None, pa.py_buffer(places), pa.py_buffer(self._raw)]
        by_turns = pa.Array.from_buffers(pa.large_string(), places.size - 1, buffers)
        by_column = np.arange(0, places.size, 2).reshape(rows, -1).T.ravel()
        texts = _without_doubled_quotes(by_turns.take(pa.array(by_column)))
        return [texts.slice(number * rows, rows) for number in range(len(columns))]


def _without_doubled_quotes(texts: Any) -> Any:
    """Return texts in which every quote is followed by another, without these."""
    _, offsets, data = texts.buffers()
    signs, places = np.frombuffer(data or b"", dtype=np.uint8), np.frombuffer(offsets, np.int64, len(texts) + 1)
    doubled = np.flatnonzero(signs == _QUOTE)[::2]
    if not len(doubled):
        return texts
    gone = np.bincount(np.searchsorted(places, doubled, side="right"), minlength=len(places)).cumsum()
    between = pairwise([-1, *doubled.tolist(), len(signs)])
    kept = b"".join([signs[before + 1 : after].data for before, after in between])
    buffers = [None, pa.py_buffer(places - gone), pa.py_buffer(kept)]
    return pa.Array.from_buffers(pa.large_string(), len(texts), buffers)


def text_of(key: int) -> str:
    """Return the short text that a key stands for.

    Examples
    --------
    >>> text_of(0x3141), text_of(0x2222), text_of(0)
    ('A1', '"', '')
    """
    return key.to_bytes(SHORT, "little").rstrip(b"\0").decode("utf-8").replace('""', '"')
