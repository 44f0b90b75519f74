"""A file of delimited text in stretches of whole records, so that it need not be in memory as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import numpy as np

_QUOTE, _NEWLINE = b'"', b"\n"


def stretches(file: BinaryIO, least: int, most: int) -> Iterator[bytes]:
    r"""Yield the bytes of a file in stretches that end where a record does.

    Parameters
    ----------
    file
        Where to read from.
    least
        How many bytes to read at a time; a stretch is larger when a record is.
    most
        The largest record that there can be. Where none ends within so many bytes, something is wrong with the file:
        the rest of it is one stretch, for the scan to tell what it is.

    Examples
    --------
    >>> import io
    >>> list(stretches(io.BytesIO(b'"1";"een\ntwee"\n"2";""\n"3";"x"'), 24, 100))
    [b'"1";"een\ntwee"\n"2";""\n', b'"3";"x"']
    """
    # What was read of a record that is not whole yet, its size, and whether a quote is open at its end.
    begun: list[memoryview] = []
    size, is_open = 0, False
    while block := file.read(least):
        is_open ^= _is_odd(block, 0, len(block))
        end, view = _end_of_record(block, is_open), memoryview(block)
        if end:
            yield b"".join([*begun, view[:end]])
            begun, size = [], 0
        begun.append(view[end:])
        size += len(block) - end
        if size > most:
            begun.append(memoryview(file.read()))
            break
    if rest := b"".join(begun):
        yield rest


def _end_of_record(block: bytes, is_open: bool) -> int:
    """Return where the last record in a block ends, 0 for none; at the end of the block a quote may be open."""
    place = len(block)
    while end := block.rfind(_NEWLINE, 0, place) + 1:
        is_open ^= _is_odd(block, end, place)
        if not is_open:
            return end
        # It is a line break inside a cell, of which this is the first quote; or one before that, which is as well.
        place, is_open = block.rfind(_QUOTE, 0, end), False
        if place < 0:
            break
    return 0


def _is_odd(block: bytes, begin: int, end: int) -> bool:
    """Say whether the number of quotes is odd."""
    data = np.frombuffer(block, dtype=np.uint8)[begin:end]
    return bool(np.count_nonzero(data == ord(_QUOTE)) & 1)
