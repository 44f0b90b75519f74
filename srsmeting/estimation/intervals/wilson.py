"""Wilson's interval with an effective base: the default for shares."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from srsmeting.estimation.intervals.quantiles import LEVEL, spread_shares, t_quantile, usable
from srsmeting.estimation.numeric import Numbers


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
    p, n, freedom = spread_shares("wilson_interval()", share, base, df)
    t = t_quantile(freedom, level)
    defined = usable(p, n, t)
    # 1 where undefined keeps the arithmetic quiet; the result is thrown away below.
    weight = np.divide(t**2, n, out=np.ones(p.shape), where=defined)
    centre = (p + weight / 2) / (1 + weight)
    half = np.sqrt(weight * (p * (1 - p) + weight / 4)) / (1 + weight)
    # The ends at 0 and 1 are exact; rounding errors would put them a hair inside, beyond the estimate.
    low = np.where(p == 0, 0.0, np.clip(centre - half, 0.0, p))
    high = np.where(p == 1, 1.0, np.clip(centre + half, p, 1.0))
    return np.where(defined, low, np.nan), np.where(defined, high, np.nan)
