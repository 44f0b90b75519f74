"""Frames that are made row by row, such as the accounts of a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd


def frame_of(rows: Sequence[tuple[Any, ...]], dtypes: Mapping[str, Any]) -> pd.DataFrame:
    """Return a frame of these rows, its columns with their dtypes.

    Examples
    --------
    >>> frame_of([("used", 3), ("set_aside", None)], {"step": "str", "rows": "Int64"})
            step  rows
    0       used     3
    1  set_aside  <NA>
    """
    columns = zip(*rows, strict=True) if rows else ((),) * len(dtypes)
    # Not made of the rows at once, which has pandas guess a dtype for each column first.
    made = {name: pd.array(list(values), dtype=dtypes[name]) for name, values in zip(dtypes, columns, strict=True)}
    return pd.DataFrame(made, copy=False)
