"""Which interval a share gets: the setting ``interval``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from srsmeting.errors import DesignError, unknown_name
from srsmeting.estimation.intervals.exact import exact_interval
from srsmeting.estimation.intervals.korn_graubard import korn_graubard_interval
from srsmeting.estimation.intervals.logit import logit_interval
from srsmeting.estimation.intervals.quantiles import LEVEL
from srsmeting.estimation.intervals.symmetric import wald_interval
from srsmeting.estimation.intervals.wilson import wilson_interval
from srsmeting.estimation.numeric import Mask, Numbers

#: The intervals of shares; the first is the default.
INTERVALS: Final = ("wilson", "korn_graubard", "exact", "logit", "wald")


@dataclass(frozen=True, eq=False)
class ShareInterval:
    """Intervals of shares.

    Parameters
    ----------
    low, high
        Ends, missing where there is no interval.
    method
        What made each: the name that was asked for, ``wilson`` where that took its place, empty where there is none.
    replaced
        Where the interval that was asked for does not exist and Wilson's stands there: logit and Wald at 0 and 1.
    """

    low: Numbers
    high: Numbers
    method: npt.NDArray[Any]
    replaced: Mask


def check_interval(where: str, method: str, weighted: bool = False, stratified: bool = False) -> None:
    """Refuse an interval that does not exist, or does not go with the design.

    Raises
    ------
    UnknownNameError
        For a name that is none of :data:`INTERVALS`.
    DesignError
        For ``exact`` with weights or strata, whose counts do not follow one hypergeometric distribution.

    Examples
    --------
    >>> check_interval("estimate_shares()", "wilsen")
    Traceback (most recent call last):
    ...
    srsmeting.errors.UnknownNameError: estimate_shares(): no interval 'wilsen'. Did you mean 'wilson'? \
Known: 'wilson', 'korn_graubard', 'exact', 'logit', 'wald'.
    """
    if method not in INTERVALS:
        raise unknown_name(where, "interval", str(method), INTERVALS)
    if method == "exact" and (weighted or stratified):
        what = "weights" if weighted else "strata"
        raise DesignError(
            f"{where}: interval 'exact' is for a simple random sample, and this design has {what}. "
            "Take 'korn_graubard', which is as careful."
        )


def share_interval(
    method: str,
    share: npt.ArrayLike,
    base: npt.ArrayLike,
    df: npt.ArrayLike,
    respondents: npt.ArrayLike,
    population: npt.ArrayLike = np.inf,
    level: float = LEVEL,
) -> ShareInterval:
    """Return intervals of shares by any of the methods.

    Parameters
    ----------
    method
        One of :data:`INTERVALS`.
    share
        Fractions in [0, 1]; missing gives missing.
    base
        Effective base of each, as :func:`effective_base` gives it; infinite where the whole population was observed.
    df
        Degrees of freedom of each; below 1 there is no interval.
    respondents
        Respondents behind each.
    population
        Organisations that these respondents were drawn from; only ``exact`` needs it.
    level
        Confidence level.

    Returns
    -------
    ShareInterval

    Raises
    ------
    UnknownNameError
        For a method that does not exist.
    DesignError
        For a share outside [0, 1], or a level outside (0, 1).

    Notes
    -----
    ``logit`` and ``wald`` lean on the spread among respondents. Where all say the same there is none, R gives an
    interval of zero width, and here Wilson's takes its place. Every method has no interval for a single respondent.

    Examples
    --------
    >>> made = share_interval("wald", [0.5, 0.0], [10, 10], [9, 9], [10, 10])
    >>> made.low.round(3), made.high.round(3), made.method.tolist(), made.replaced
    (array([0.142, 0.   ]), array([0.858, 0.339]), ['wald', 'wilson'], array([False,  True]))
    """
    check_interval("share_interval()", method)
    p, n_eff, freedom, n, size = np.broadcast_arrays(
        *(np.asarray(value, dtype=np.float64) for value in (share, base, df, respondents, population))
    )
    replaced = np.zeros(p.shape, dtype=np.bool_)
    if method == "wilson":
        low, high = wilson_interval(p, n_eff, freedom, level)
    elif method == "korn_graubard":
        low, high = korn_graubard_interval(p, n_eff, freedom, n, level)
    elif method == "exact":
        # A single respondent has an exact interval, from next to nothing to next to everything; it says nothing.
        enough = np.isfinite(p) & (freedom >= 1) & (n > 1) & np.isfinite(n_eff)
        drawn, count = np.where(enough, n, 0.0), np.where(enough, np.rint(p * n), 0.0)
        low, high = exact_interval(count, drawn, size, level)
    else:
        make = logit_interval if method == "logit" else wald_interval
        low, high = make(p, n_eff, freedom, level)
        other_low, other_high = wilson_interval(p, n_eff, freedom, level)
        replaced = np.isnan(low) & np.isfinite(other_low)
        low, high = np.where(replaced, other_low, low), np.where(replaced, other_high, high)
    # So precise that both ends are one number: no interval, rather than one of zero width.
    exists = low < high
    names = np.array(["", method, "wilson"], dtype=object)
    kind = np.where(exists, np.where(replaced, 2, 1), 0)
    return ShareInterval(np.where(exists, low, np.nan), np.where(exists, high, np.nan), names[kind], replaced & exists)
