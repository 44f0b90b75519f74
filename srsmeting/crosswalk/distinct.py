"""The combinations of texts that occur in columns of a frame: far fewer than it has rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd


def distinct(frame: pd.DataFrame, names: Sequence[str]) -> tuple[list[tuple[str, ...]], npt.NDArray[np.intp]]:
    """Return the combinations of texts that occur in columns, in order, and which of them each row has.

    Parameters
    ----------
    frame
        Without missing texts.
    names
        Its columns.

    Examples
    --------
    >>> distinct(pd.DataFrame({"by": ["wgo", "", "wgo"], "group": ["noord", "", "noord"]}), ["by", "group"])
    ([('wgo', 'noord'), ('', '')], array([0, 1, 0]))
    """
    numbers = np.zeros(len(frame), dtype=np.int64)
    for name in names:
        codes, texts = pd.factorize(frame[name])
        numbers = numbers * len(texts) + codes
    where, found = pd.factorize(numbers)
    first = np.empty(len(found), dtype=np.intp)
    # Backwards, so that the first of a kind is written last.
    first[where[::-1]] = np.arange(len(frame) - 1, -1, -1)
    columns = [frame[name].take(first).to_list() for name in names]
    return list(zip(*columns, strict=True)), where
