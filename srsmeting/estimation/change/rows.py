"""Rows of the estimate frame about a change: against which measurement, and nothing of what either hides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from srsmeting.estimates import COLUMNS, COUNTS, VALUES, estimate_frame
from srsmeting.estimation.change.compared import Compared
from srsmeting.estimation.comparisons.shown import SUPPRESSED
from srsmeting.estimation.numeric import Mask


def lay_rows(compared: Compared, parts: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Return the rows of several tables under each other.

    Parameters
    ----------
    compared
        The measurements.
    parts
        Columns as for :func:`change_rows`, the same in each, with ``hidden`` and ``why`` beside them.
    """
    if not parts:
        return estimate_frame({name: [] for name in COLUMNS})
    sizes = [len(part["estimate"]) for part in parts]
    columns = {
        name: np.concatenate([_spread(part[name], size) for part, size in zip(parts, sizes, strict=True)])
        for name in parts[0]
    }
    return change_rows(compared, columns, columns.pop("hidden"), columns.pop("why"))


def _spread(values: Any, size: int) -> np.ndarray:
    return np.full(size, values, dtype=object) if isinstance(values, str) else np.asarray(values)


def change_rows(
    compared: Compared, columns: Mapping[str, Any], hidden: Mask, reason: str | np.ndarray = SUPPRESSED
) -> pd.DataFrame:
    """Return rows of one measure.

    Parameters
    ----------
    compared
        The measurements: the later one is what the rows are of, and the earlier stands in ``method``.
    columns
        As for :func:`estimate_frame`; ``method`` without the earlier measurement. A row that is without an estimate has
        no method, and where nothing else is said of it status U (``no_spread``).
    hidden
        Rows that are suppressed.
    reason
        Why.
    """
    size = len(hidden)
    estimate = np.asarray(columns["estimate"], dtype=np.float64)
    methods = np.broadcast_to(np.asarray(columns["method"], dtype=object), (size,)).tolist()
    # They are few, and a text is made once of each.
    names = {name: f"against {compared.earlier.meting}; {name}" for name in dict.fromkeys(methods)}
    told = np.array([names[name] for name in methods], dtype=object)
    status, why = (np.asarray(columns[name], dtype=object) for name in ("status", "reason"))
    without = np.isnan(estimate) & (status == "A")
    made: dict[str, Any] = {"meting": compared.later.meting, "by": compared.by}
    made |= {name: values for name, values in columns.items() if name not in (*VALUES, *COUNTS)}
    for name in VALUES:
        if name in columns:
            made[name] = np.where(hidden, np.nan, columns[name])
    for name in COUNTS:
        counts = pd.array(np.asarray(columns[name], dtype=np.int64), dtype="Int64")
        counts[hidden] = pd.NA
        made[name] = counts
    made["method"] = np.where(hidden | np.isnan(estimate), "", told)
    made["status"] = np.where(hidden, "Q", np.where(without, "U", status))
    made["reason"] = np.where(hidden, reason, np.where(without, "no_spread", why))
    return estimate_frame(made)
