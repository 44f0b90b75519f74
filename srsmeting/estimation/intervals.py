"""Confidence intervals, for whole columns at once.

The default for a share is Wilson's with the effective base in place of the number of respondents and a t quantile
(Kott 2017; recommended by Franco, Little, Louis and Slud 2019): it keeps its level for the small bases that a survey of
a few hundred organisations has, and it exists at 0% and 100%, where Wald's has no width.

An interval that is not defined is missing. None has zero width, and none raises for what the data happen to be.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from srsmeting.errors import DesignError
from srsmeting.estimation.numeric import Numbers

#: Confidence level of every published interval.
LEVEL = 0.95


def effective_base(share: npt.ArrayLike, variance: npt.ArrayLike, design_value: npt.ArrayLike) -> Numbers:
    """Return the effective base ``p (1 - p) / v`` of shares.

    Parameters
    ----------
    share
        Fractions.
    variance
        Their estimated variances.
    design_value
        The effective base that the design gives; taken where the share is 0 or 1, where the variance is no estimate.

    Examples
    --------
    >>> effective_base([0.5, 0.0], [0.025, 0.0], [9.0, 9.0])
    array([10.,  9.])
    """
    p, v, given = (np.asarray(value, dtype=np.float64) for value in (share, variance, design_value))
    inside = (p > 0) & (p < 1) & (v > 0)
    base = np.array(np.broadcast_to(given, inside.shape))
    np.divide(p * (1 - p), v, out=base, where=inside)
    return base


def wilson_interval(
    share: npt.ArrayLike, base: npt.ArrayLike, df: npt.ArrayLike, level: float = LEVEL
) -> tuple[Numbers, Numbers]:
    """Return Wilson intervals for shares.

    Parameters
    ----------
    share
        Fractions in [0, 1]; missing gives missing.
    base
        Effective base of each, as :func:`effective_base` gives it.
    df
        Degrees of freedom of each; below 1 there is no interval. Infinite gives the normal quantile.
    level
        Confidence level.

    Returns
    -------
    (low, high)
        Arrays of float64, missing where there is no interval: no share, a base of zero, or an infinite base, which is
        a population observed whole, without sampling error.

    Raises
    ------
    DesignError
        For a share outside [0, 1], or a level outside (0, 1).

    Notes
    -----
    The roots of ``(p - P)^2 = t^2 P (1 - P) / n_eff``. Equals ``svyciprop(method = "wilson")`` of R's survey 4.5.

    Examples
    --------
    7 of 25 and 0 of 12, drawn with replacement, normal quantile; the second starts at exactly 0.

    >>> low, high = wilson_interval([7 / 25, 0.0], [25, 12], np.inf)
    >>> low.round(6), high.round(6)
    (array([0.142839, 0.      ]), array([0.475766, 0.242494]))
    """
    p, n, freedom = np.broadcast_arrays(*(np.asarray(value, dtype=np.float64) for value in (share, base, df)))
    if np.any((p < 0) | (p > 1)):
        wrong = float(p[(p < 0) | (p > 1)][0])
        raise DesignError(f"wilson_interval(): a share of {wrong:g}. Give fractions from 0 to 1, not percentages.")
    t = _t_quantile(freedom, level)
    defined = np.isfinite(p) & np.isfinite(n) & (n > 0) & np.isfinite(t)
    # 1 where undefined keeps the arithmetic quiet; the result is thrown away below.
    weight = np.divide(t**2, n, out=np.ones(p.shape), where=defined)
    centre = (p + weight / 2) / (1 + weight)
    half = np.sqrt(weight * (p * (1 - p) + weight / 4)) / (1 + weight)
    # The ends at 0 and 1 are exact; rounding errors would put them a hair inside, beyond the estimate.
    low = np.where(p == 0, 0.0, np.clip(centre - half, 0.0, p))
    high = np.where(p == 1, 1.0, np.clip(centre + half, p, 1.0))
    return np.where(defined, low, np.nan), np.where(defined, high, np.nan)


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
        half = np.where(error > 0, _t_quantile(freedom, level) * error, np.nan)
    return mean - half, mean + half


def _t_quantile(df: Numbers, level: float) -> Numbers:
    if not 0 < level < 1:
        raise DesignError(f"interval: a confidence level of {level!r}. Give a fraction between 0 and 1, such as 0.95.")
    # Loaded here, because importing srsmeting must stay cheap; scipy.stats would take five times as long.
    from scipy.special import stdtrit

    # The quantile is the slow part and few different bases occur: ask for each once.
    values, place = np.unique(df, return_inverse=True)
    quantiles = np.full(values.shape, np.nan)
    possible = values >= 1
    quantiles[possible] = stdtrit(values[possible], (1 + level) / 2)
    return np.asarray(quantiles[place].reshape(df.shape), dtype=np.float64)
