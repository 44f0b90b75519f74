"""A last row that adds up the rows above it: what a spreadsheet leaves behind, and no respondent.

Where records have ids, such a row has none and is refused for that. In a table without, it looks like one more answer.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

_NUMBER = re.compile(r"-?\d+([.,]\d+)?")
#: So many columns that add up, of so many numbers each, are no coincidence.
_COLUMNS, _NUMBERS = 2, 5
_FEW = 100


class SumRow(NamedTuple):
    """The last row of a table, of which every number is the sum of those above it.

    Parameters
    ----------
    columns
        Columns that add up.
    certain
        Whether it cannot be a respondent: several columns add up, each to more than any number above.
    """

    columns: tuple[str, ...]
    certain: bool


def find_sum_row(cells: pd.DataFrame) -> SumRow | None:
    """Return what the last row of a table adds up; None when it is as the others are.

    Examples
    --------
    >>> cells = pd.DataFrame({"regio": ["A1", "A2", "A1", ""], "fte": ["12,5", "3", "8", "23,5"]}, dtype="str")
    >>> find_sum_row(cells)
    SumRow(columns=('fte',), certain=False)
    >>> find_sum_row(cells.head(3)) is None
    True
    """
    if len(cells) < 3:
        return None
    last = cells.iloc[-1]
    filled = [str(column) for column in cells.columns if last[column].strip()]
    more = plenty = 0
    for column in filled:
        above = _numbers(cells[column].iloc[:-1])
        total = _numbers(cells[column].iloc[-1:])
        if above is None or total is None or np.count_nonzero(above) < 2 or not np.isclose(total[0], above.sum()):
            return None
        if total[0] > above.max():
            more += 1
            plenty += int(np.count_nonzero(above) >= _NUMBERS)
    return SumRow(tuple(filled), plenty >= _COLUMNS) if more else None


def _numbers(column: pd.Series[str]) -> npt.NDArray[np.float64] | None:
    """Return the numbers in a column that holds nothing else."""
    # The first rows tell of nearly every column that it holds something else.
    for part in (column.head(_FEW), column):
        values = [value.strip() for value in part if value.strip()]
        if not all(_NUMBER.fullmatch(value) for value in values):
            return None
    return np.array([float(value.replace(",", ".")) for value in values], dtype=np.float64)
