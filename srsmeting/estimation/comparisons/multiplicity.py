"""Many comparisons at once: p-values that know how many there are."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from srsmeting.errors import unknown_name
from srsmeting.estimation.numeric import Numbers

#: How p-values can be corrected for their number.
CORRECTIONS: Final = ("holm", "bh", "none")


def adjust_p(p: npt.ArrayLike, correction: str = "holm") -> Numbers:
    """Return p-values that are corrected for how many there are.

    Parameters
    ----------
    p
        P-values of one family, along the first axis; those that are missing stay so and do not count.
    correction
        ``holm`` bounds the chance of any false difference in the family, ``bh`` (Benjamini-Hochberg) the part of the
        differences found that is false, ``none`` leaves the p-values.

    Raises
    ------
    UnknownNameError
        For another correction.

    Notes
    -----
    Holm, the i-th smallest of m: ``max over j <= i of (m - j + 1) p_j``. Benjamini-Hochberg:
    ``min over j >= i of m p_j / j``. Both at most 1. The same as R's ``p.adjust``.

    Examples
    --------
    >>> adjust_p([0.01, 0.04, 0.03]).round(6)
    array([0.03, 0.06, 0.06])
    >>> adjust_p([0.01, 0.04, float("nan")], "bh").round(6)
    array([0.02, 0.04,  nan])
    """
    if correction not in CORRECTIONS:
        raise unknown_name("adjust_p()", "correction", correction, CORRECTIONS)
    given = np.asarray(p, dtype=np.float64)
    if correction == "none" or not given.size:
        return given.copy()
    # Missing values sort to the end, beyond the rank of every p-value that counts.
    order = np.argsort(given, axis=0, kind="stable")
    ordered = np.take_along_axis(given, order, axis=0)
    number = np.isfinite(given).sum(axis=0)
    rank = np.arange(1, len(given) + 1).reshape(-1, *[1] * (given.ndim - 1))
    if correction == "holm":
        adjusted = np.fmax.accumulate((number - rank + 1) * ordered, axis=0)
    else:
        adjusted = np.fmin.accumulate((number / rank * ordered)[::-1], axis=0)[::-1]
    adjusted = np.where(np.isfinite(ordered), np.minimum(adjusted, 1.0), np.nan)
    back = np.empty_like(given)
    np.put_along_axis(back, order, adjusted, axis=0)
    return back
