"""Whether all texts of a column differ, told without comparing them: keys of respondents, of which none is double."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from srsmeting.intake.files.coded_text import CodedText

_WORD, _LONGEST = 8, 64
#: What spreads the bits; it is odd, so that nothing is lost.
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MASKS = np.array([(1 << 8 * length) - 1 for length in range(_WORD + 1)], dtype=np.uint64)


def surely_differ(texts: pd.Series[str]) -> bool:
    """Say whether no two texts are the same; False also where that takes a closer look.

    Texts that are the same have the same number made of their bytes: when all numbers differ, so do the texts.

    Examples
    --------
    >>> surely_differ(pd.Series(["1", "2", "11"], dtype="str")), surely_differ(pd.Series(["1", "2", "1"], dtype="str"))
    (True, False)
    """
    array: Any = texts.array
    if isinstance(array, CodedText):
        return False
    cells = array.__arrow_array__()
    longest = pc.max(pc.binary_length(cells)).as_py() or 0
    if cells.null_count or longest > _LONGEST:
        return False
    if _are_rising(cells):
        return True
    found = np.sort(
        np.concatenate([np.empty(0, dtype=np.uint64), *(_numbers(chunk, longest) for chunk in cells.chunks)])
    )
    return not bool((found[1:] == found[:-1]).any())


def _are_rising(cells: Any) -> bool:
    """Say whether texts are whole numbers of which each is more than the one before, as the ids of a survey tool."""
    try:
        found = pc.cast(cells, "int64").to_numpy()
    except pa.ArrowInvalid:
        return False
    return bool((found[1:] > found[:-1]).all())


def _numbers(chunk: Any, longest: int) -> npt.NDArray[np.uint64]:
    """Return the number of every text; the `longest` of all chunks counts, so that it is the same in each."""
    _, offsets, data = chunk.buffers()
    places = np.frombuffer(offsets, dtype=np.int64)[chunk.offset : chunk.offset + len(chunk) + 1]
    lengths = np.diff(places)
    # Every word can be read, also where less than a word is left.
    written = np.frombuffer(data or b"", dtype=np.uint8)[places[0] : places[-1]]
    padded = np.concatenate([written, np.zeros(_LONGEST + _WORD, dtype=np.uint8)])
    words = np.ndarray((len(padded) - _WORD + 1,), dtype="<u8", buffer=padded, strides=(1,))
    begins, found = places[:-1] - places[0], lengths.astype(np.uint64)
    for at in range(0, longest, _WORD):
        found ^= words[begins + at] & _MASKS.take(lengths - at, mode="clip")
        found *= _FACTOR
        found ^= found >> np.uint64(32)
    return found
