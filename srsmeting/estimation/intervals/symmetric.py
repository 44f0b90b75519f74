"""Symmetric intervals: the estimate, and as far to either side of it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from srsmeting.estimation.intervals.quantiles import LEVEL, spread_shares, t_quantile, usable
from srsmeting.estimation.numeric import Numbers


def t_interval(
    estimate: npt.ArrayLike, se: npt.ArrayLike, df: npt.ArrayLike, level: float = LEVEL
) -> tuple[Numbers, Numbers]:
    """Return symmetric intervals with a t quantile, for means.

    Parameters
    ----------
    estimate, se
        Estimates and their standard errors.
    df
        Degrees of freedom; below 1 there is no interval.
    level
        Confidence level.

    Returns
    -------
    (low, high)
        Arrays of float64, missing where there is no interval. That includes a standard error of 0: respondents who all
        say the same show no spread, which is not the same as there being none.

    Raises
    ------
    DesignError
        For a level outside (0, 1).

    Examples
    --------
    >>> low, high = t_interval([7.0, 7.0], [0.1, 0.0], 300)
    >>> low.round(4), high.round(4)
    (array([6.8032,    nan]), array([7.1968,    nan]))
    """
    mean, error, freedom = np.broadcast_arrays(*(np.asarray(value, dtype=np.float64) for value in (estimate, se, df)))
    with np.errstate(invalid="ignore"):
        half = np.where(error > 0, t_quantile(freedom, level) * error, np.nan)
    return mean - half, mean + half


def wald_interval(
    share: npt.ArrayLike, base: npt.ArrayLike, df: npt.ArrayLike, level: float = LEVEL
) -> tuple[Numbers, Numbers]:
    """Return Wald intervals for shares; only for comparing with software that has no other.

    Parameters
    ----------
    share
        Fractions in [0, 1]; missing gives missing.
    base
        Effective base of each, as :func:`effective_base` gives it.
    df
        Degrees of freedom of each; below 1 there is no interval.
    level
        Confidence level.

    Returns
    -------
    (low, high)
        Arrays of float64, cut off at 0 and 1. Missing where the share is 0 or 1, where the interval would have no
        width, and where there is no share, no base or no sampling error.

    Raises
    ------
    DesignError
        For a share outside [0, 1], or a level outside (0, 1).

    Notes
    -----
    ``p +- t sqrt(p (1 - p) / n_eff)``. Equals ``svyciprop(method = "mean")`` of R's survey 4.5 but for two things: R
    lets the interval run outside 0 and 1, and gives one of zero width at 0 and 1.

    It holds the true share less often than it says: of samples of 6 out of 20 in 78 of 100, where those without an
    interval count as missing it.

    Examples
    --------
    >>> low, high = wald_interval([0.5, 0.1, 0.0], 10, 9)
    >>> low.round(4), high.round(4)
    (array([0.1423, 0.    ,    nan]), array([0.8577, 0.3146,    nan]))
    """
    p, n, freedom = spread_shares("wald_interval()", share, base, df)
    t = t_quantile(freedom, level)
    defined = usable(p, n, t) & (p > 0) & (p < 1)
    half = t * np.sqrt(np.divide(p * (1 - p), n, out=np.full(p.shape, np.nan), where=defined))
    return np.clip(p - half, 0.0, 1.0), np.clip(p + half, 0.0, 1.0)
