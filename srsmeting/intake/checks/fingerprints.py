"""Whether all texts of a column differ, told without comparing them: keys of respondents, of which none is double."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

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
    found = []
    for chunk in array.__arrow_array__().chunks:
        if chunk.null_count or (numbers := _numbers(chunk)) is None:
            return False
        found.append(numbers)
    together = np.sort(np.concatenate(found)) if found else np.empty(0, dtype=np.uint64)
    return not bool((together[1:] == together[:-1]).any())


def _numbers(chunk: Any) -> npt.NDArray[np.uint64] | None:
    _, offsets, data = chunk.buffers()
    places = np.frombuffer(offsets, dtype=np.int64)[chunk.offset : chunk.offset + len(chunk) + 1]
    lengths = np.diff(places)
    longest = int(lengths.max(initial=0))
    if longest > _LONGEST or data is None:
        return None
    # Every word can be read, also where less than a word is left.
    written = np.frombuffer(data, dtype=np.uint8)[places[0] : places[-1]]
    padded = np.concatenate([written, np.zeros(_LONGEST + _WORD, dtype=np.uint8)])
    words = np.ndarray((len(padded) - _WORD + 1,), dtype="<u8", buffer=padded, strides=(1,))
    begins, found = places[:-1] - places[0], lengths.astype(np.uint64)
    for at in range(0, longest, _WORD):
        found ^= words[begins + at] & _MASKS.take(lengths - at, mode="clip")
        found *= _FACTOR
        found ^= found >> np.uint64(32)
    return found
