"""The interval of Korn and Graubard: Clopper and Pearson's with an effective base. The careful choice."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from srsmeting.estimation.intervals.quantiles import LEVEL, spread_shares, t_quantile, usable
from srsmeting.estimation.numeric import Numbers


def korn_graubard_interval(
    share: npt.ArrayLike,
    base: npt.ArrayLike,
    df: npt.ArrayLike,
    respondents: npt.ArrayLike,
    level: float = LEVEL,
) -> tuple[Numbers, Numbers]:
    """Return intervals of Korn and Graubard for shares.

    Parameters
    ----------
    share
        Fractions in [0, 1]; missing gives missing.
    base
        Effective base of each, as :func:`effective_base` gives it.
    df
        Degrees of freedom of each; below 1 there is no interval.
    respondents
        Respondents behind each; below 2 there is no interval.
    level
        Confidence level.

    Returns
    -------
    (low, high)
        Arrays of float64, missing where there is no share, no base or no sampling error.

    Raises
    ------
    DesignError
        For a share outside [0, 1], or a level outside (0, 1).

    Notes
    -----
    Korn and Graubard (1998): with ``m = n_eff (t_{n-1} / t_{df})^2`` the quantiles ``alpha / 2`` of
    ``Beta(m p, m (1 - p) + 1)`` and ``1 - alpha / 2`` of ``Beta(m p + 1, m (1 - p))``. Equals
    ``svyciprop(method = "beta")`` of R's survey 4.5; at 0 and 1, where R fails, ``n_eff`` is that of the design.

    ``n_eff`` may exceed the number of respondents: that is what a finite population does. R leaves it so, and so does
    this package. The Python package ``svy`` cuts it off at the number of respondents in its method ``korn-graubard``
    (not in its ``beta``), as the NCHS presentation standard does, and its intervals are wider by what the correction
    for the finite population had gained.

    Examples
    --------
    7 of 25 drawn with replacement (Clopper and Pearson), and 6 of 6 with an effective base of 9.

    >>> low, high = korn_graubard_interval([7 / 25, 1.0], [25, 9], [24, 5], [25, 6])
    >>> low.round(6), high.round(6)
    (array([0.120717, 0.663733]), array([0.493877, 1.      ]))
    """
    p, n, freedom, given = spread_shares("korn_graubard_interval()", share, base, df, respondents)
    t = t_quantile(freedom, level)
    plain = t_quantile(given - 1, level)
    defined = usable(p, n, t) & np.isfinite(plain)
    draws = np.where(defined, n * np.divide(plain, t, out=np.ones(p.shape), where=defined) ** 2, 1.0)
    return beta_limits(np.where(defined, p, np.nan), draws, level)


def beta_limits(share: Numbers, draws: Numbers, level: float) -> tuple[Numbers, Numbers]:
    """Return the interval of Clopper and Pearson for any number of draws, whole or not; missing shares stay missing."""
    from scipy.special import betaincinv

    # The same few shares and bases come back in many rows: solve for each pair once.
    pairs, place = np.unique(share.ravel() + 1j * draws.ravel(), return_inverse=True)
    p, n = pairs.real, pairs.imag
    low, high = np.where(p == 0, 0.0, np.nan), np.where(p == 1, 1.0, np.nan)
    some, not_all = p > 0, p < 1
    tail = (1 - level) / 2
    low[some] = betaincinv(n[some] * p[some], n[some] * (1 - p[some]) + 1, tail)
    # The upper end is the lower end of those who did not say so; that way rounding treats both alike.
    high[not_all] = 1 - betaincinv(n[not_all] * (1 - p[not_all]), n[not_all] * p[not_all] + 1, tail)
    low, high = np.minimum(low, p), np.maximum(high, p)
    return low[place].reshape(share.shape), high[place].reshape(share.shape)
