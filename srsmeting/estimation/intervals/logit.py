"""The interval that is symmetric on the scale of log odds."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from srsmeting.estimation.intervals.quantiles import LEVEL, spread_shares, t_quantile, usable
from srsmeting.estimation.numeric import Numbers


def logit_interval(
    share: npt.ArrayLike, base: npt.ArrayLike, df: npt.ArrayLike, level: float = LEVEL
) -> tuple[Numbers, Numbers]:
    """Return intervals for shares from a symmetric interval for their log odds.

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
        Arrays of float64. Missing where the share is 0 or 1, whose log odds are infinite, and where there is no share,
        no base or no sampling error.

    Raises
    ------
    DesignError
        For a share outside [0, 1], or a level outside (0, 1).

    Notes
    -----
    ``log(p / (1 - p)) +- t / sqrt(n_eff p (1 - p))``, taken back to a share. Equals ``svyciprop`` of R's survey 4.5
    with methods ``logit`` and ``xlogit``, but for shares of 0 and 1, where R gives an interval of zero width.

    Examples
    --------
    >>> low, high = logit_interval([0.5, 0.1, 0.0], 10, 9)
    >>> low.round(4), high.round(4)
    (array([0.193 , 0.0101,    nan]), array([0.807 , 0.5467,    nan]))
    """
    p, n, freedom = spread_shares("logit_interval()", share, base, df)
    t = t_quantile(freedom, level)
    defined = usable(p, n, t) & (p > 0) & (p < 1)
    # One half where undefined keeps the arithmetic quiet; the result is thrown away below.
    inside, draws = np.where(defined, p, 0.5), np.where(defined, n, 1.0)
    odds = inside / (1 - inside)
    # Beyond 700 the exponential overflows, and the interval is everything.
    reach = np.minimum(np.where(defined, t, 0.0) / np.sqrt(draws * inside * (1 - inside)), 700.0)
    factor = np.exp(reach)
    # Rounding errors would put an end of a very narrow interval beyond the estimate.
    low = np.minimum(odds / (odds + factor), p)
    high = np.maximum(odds / (odds + 1 / factor), p)
    return np.where(defined, low, np.nan), np.where(defined, high, np.nan)
