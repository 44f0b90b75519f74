"""What may be said of a change: its interval, its p-value, its degrees of freedom, and what could have been seen."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import stdtr

from srsmeting.estimation.intervals.quantiles import LEVEL, t_quantile
from srsmeting.estimation.numeric import Numbers

#: Chance of seeing a change that is there, at which a design is judged.
POWER: Final = 0.8
#: An interval narrower than this has no width: it is what is left of rounding errors.
NO_WIDTH: Final = 1e-7


def share_change_interval(
    earlier: npt.ArrayLike,
    earlier_ends: tuple[npt.ArrayLike, npt.ArrayLike],
    later: npt.ArrayLike,
    later_ends: tuple[npt.ArrayLike, npt.ArrayLike],
    correlation: npt.ArrayLike = 0.0,
) -> tuple[Numbers, Numbers]:
    """Return intervals of the difference of two shares, made of the intervals of both.

    Parameters
    ----------
    earlier, later
        The shares.
    earlier_ends, later_ends
        Low and high ends of their intervals; missing gives missing.
    correlation
        Of the two *estimates*.

    Notes
    -----
    With ``l`` and ``u`` the ends and ``r`` the correlation: from
    ``d - sqrt((p2 - l2)^2 + (u1 - p1)^2 - 2 r (p2 - l2) (u1 - p1))`` to
    ``d + sqrt((u2 - p2)^2 + (p1 - l1)^2 - 2 r (u2 - p2) (p1 - l1))``. Newcombe (1998), *Interval estimation for the
    difference between independent proportions* and *Improved confidence intervals for the difference between binomial
    proportions based on paired data*, Statistics in Medicine 17, methods 10; in general: Zou and Donner (2008),
    *Construction of confidence limits about effect measures*, Statistics in Medicine 27. It exists where a share is 0
    or 1, and never runs outside -1 and 1.

    Examples
    --------
    56 of 70 and 48 of 80 (Newcombe 1998, example a: 0.0524 to 0.3339).

    >>> from srsmeting.estimation import wilson_interval
    >>> ends = [wilson_interval(p, n, float("inf")) for p, n in ((48 / 80, 80), (56 / 70, 70))]
    >>> low, high = share_change_interval(48 / 80, ends[0], 56 / 70, ends[1])
    >>> round(float(low), 4), round(float(high), 4)
    (0.0524, 0.3339)
    """
    p1, l1, u1, p2, l2, u2, r = np.broadcast_arrays(
        *(np.asarray(v, dtype=np.float64) for v in (earlier, *earlier_ends, later, *later_ends, correlation))
    )

    def reach(one: Numbers, other: Numbers) -> Numbers:
        return np.sqrt(np.maximum(one**2 + other**2 - 2 * r * one * other, 0.0))

    change = p2 - p1
    return change - reach(p2 - l2, u1 - p1), change + reach(u2 - p2, p1 - l1)


def change_df(
    first: Numbers, second: Numbers, first_df: Numbers, second_df: Numbers, panel: npt.ArrayLike = 0
) -> Numbers:
    """Return the degrees of freedom of a change.

    Parameters
    ----------
    first, second
        Variances of both estimates.
    first_df, second_df
        Their degrees of freedom.
    panel
        Respondents that are in both bases.

    Notes
    -----
    Welch and Satterthwaite's ``(V1 + V2)^2 / (V1^2 / df1 + V2^2 / df2)``, but not more than there are different
    organisations to see a spread of: ``df1 + df2`` less the panel but one. Without a panel that is Welch's t test, and
    when the same organisations answered both times the paired one.

    Examples
    --------
    >>> change_df(np.array([1.0, 1.0]), np.array([1.0, 1.0]), np.array([9.0, 9.0]), np.array([9.0, 9.0]), [0, 10])
    array([18.,  9.])
    """
    most = first_df + second_df - np.maximum(np.asarray(panel, dtype=np.float64) - 1, 0)
    below = first**2 / np.maximum(first_df, 1) + second**2 / np.maximum(second_df, 1)
    some = below > 0
    welch = np.divide((first + second) ** 2, below, out=np.full(below.shape, np.inf), where=some)
    # Whole numbers stay so: their quantile is quicker, and rounding errors are no degrees of freedom.
    near = np.rint(welch)
    same = np.isclose(welch, near, rtol=1e-9, atol=0)
    return np.asarray(np.minimum(most, np.where(same, near, welch)), dtype=np.float64)


def two_sided_p(change: Numbers, se: Numbers, df: Numbers) -> Numbers:
    """Return the chance of a change at least this large, either way, if there were none; missing without an error.

    Examples
    --------
    >>> two_sided_p(np.array([0.0, 1.96, 1.0]), np.array([1.0, 1.0, 0.0]), np.array([1e9, 1e9, 5.0])).round(4)
    array([1.  , 0.05,  nan])
    """
    t = np.divide(-np.abs(change), se, out=np.full(change.shape, np.nan), where=np.isfinite(se) & (se > 0))
    return np.asarray(2 * stdtr(np.maximum(df, 1), t), dtype=np.float64)


def detectable_change(se: Numbers, df: Numbers, power: float = POWER) -> Numbers:
    """Return the smallest true change that a test at 5% finds with this chance, given the error that the design has.

    Notes
    -----
    ``(t_.975 + t_power) se``; with many respondents 2.8 standard errors. Bloom (1995), *Minimum detectable effects*,
    Evaluation Review 19. It is of a single test: corrected for many it takes more.

    Examples
    --------
    >>> detectable_change(np.array([0.01]), np.array([1e9])).round(4)
    array([0.028])
    """
    times = t_quantile(df, LEVEL) + t_quantile(df, 2 * power - 1)
    return np.asarray(np.where(se > 0, times * se, np.nan), dtype=np.float64)
