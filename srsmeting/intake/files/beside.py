"""Work on one column and then the next, or on columns beside each other where they are long."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_Thing = TypeVar("_Thing")
_Made = TypeVar("_Made")

#: How many may work at once; more would only wait for each other.
WORKERS = min(os.cpu_count() or 1, 8)
#: Rows in which there is so little work that to begin it takes as long.
_FEW = 50_000


def of_each(work: Callable[[_Thing], _Made], things: Iterable[_Thing], rows: int) -> list[_Made]:
    """Return what `work` makes of each of these things, in their order; in threads when they have many rows.

    Examples
    --------
    >>> of_each(len, ["een", "twee"], 10), of_each(len, ["een", "twee"], 1_000_000)
    ([3, 4], [3, 4])
    """
    if rows < _FEW or WORKERS == 1:
        return list(map(work, things))
    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(work, things))
