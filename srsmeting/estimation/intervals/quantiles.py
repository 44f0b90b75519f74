"""What all intervals share: the level, its quantile, and what goes in."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from srsmeting.errors import DesignError
from srsmeting.estimation.intervals.student import HIGHEST, MOST, student_quantile
from srsmeting.estimation.numeric import Numbers, Positions

#: Confidence level of every published interval.
LEVEL = 0.95

#: Quantiles of that level that were asked for before, by degrees of freedom.
_FOUND: Final[Numbers] = np.full(MOST + 1, np.nan)


def t_quantile(df: Numbers, level: float) -> Numbers:
    """Return how many standard errors an interval reaches to each side; missing below 1 degree of freedom.

    Raises
    ------
    DesignError
        For a level outside (0, 1).

    Examples
    --------
    >>> t_quantile(np.array([np.inf, 5.0, 0.5]), 0.95).round(4)
    array([1.96  , 2.5706,    nan])
    """
    check_level(level)
    # The quantile is the slow part and few different bases occur: ask for each once.
    values, place = np.unique(df, return_inverse=True)
    quantiles = np.full(values.shape, np.nan)
    near = (values >= 1) & (values <= MOST) & (values == np.floor(values)) & (level <= HIGHEST)
    quantiles[near] = _whole(values[near].astype(np.intp), level)
    other = (values >= 1) & ~near
    if other.any():
        # Loaded here, because loading it takes a tenth of the time of a whole estimate.
        from scipy.special import stdtrit

        quantiles[other] = stdtrit(values[other], (1 + level) / 2)
    return np.asarray(quantiles[place].reshape(df.shape), dtype=np.float64)


def _whole(df: Positions, level: float) -> Numbers:
    """Return quantiles of whole degrees of freedom; the same ones come back in table after table."""
    if level != LEVEL:
        return student_quantile(df.astype(np.float64), level)
    known = _FOUND
    new = df[np.isnan(known[df])]
    if new.size:
        known[new] = student_quantile(new.astype(np.float64), level)
    return known[df]


def check_level(level: float) -> None:
    """Refuse a confidence level that is none.

    Raises
    ------
    DesignError
        For a level outside (0, 1).
    """
    if not 0 < level < 1:
        raise DesignError(f"interval: a confidence level of {level!r}. Give a fraction between 0 and 1, such as 0.95.")


def spread_shares(where: str, share: npt.ArrayLike, *others: npt.ArrayLike) -> tuple[Numbers, ...]:
    """Return shares, and what goes with them, as arrays of one shape.

    Raises
    ------
    DesignError
        For a share outside [0, 1].
    """
    arrays = np.broadcast_arrays(*(np.asarray(value, dtype=np.float64) for value in (share, *others)))
    p = arrays[0]
    if np.any((p < 0) | (p > 1)):
        wrong = float(p[(p < 0) | (p > 1)][0])
        raise DesignError(f"{where}: a share of {wrong:g}. Give fractions from 0 to 1, not percentages.")
    return tuple(arrays)


def usable(share: Numbers, base: Numbers, quantile: Numbers) -> npt.NDArray[np.bool_]:
    """Return where there can be an interval: a share, a positive and finite base, and degrees of freedom."""
    return np.isfinite(share) & np.isfinite(base) & (base > 0) & np.isfinite(quantile)
