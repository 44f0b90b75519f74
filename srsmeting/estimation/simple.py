"""What the variance becomes without weights and strata: counts are enough for it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from srsmeting.estimation.numeric import Numbers
from srsmeting.estimation.strata import Strata


def simple_variance(strata: Strata, squares: npt.ArrayLike, base: npt.ArrayLike) -> Numbers:
    """Return the variance of domain means in a simple random sample.

    Parameters
    ----------
    strata
        Sizes of the sample and the population; one stratum.
    squares
        Per domain the sum of squared deviations from its own mean; for a share ``n_d p (1 - p)``.
    base
        Respondents per domain.

    Returns
    -------
    ndarray of float64
        Missing where it is not defined: an empty domain, and any domain when the sample is one respondent. Zero when
        the whole population was observed.

    Notes
    -----
    ``(1 - f) n / (n - 1) sum (z - mean)^2 / n_d^2``: the squares are summed over the domain, all else is the whole
    sample.
    """
    sums, n_d = np.asarray(squares, dtype=np.float64), np.asarray(base, dtype=np.float64)
    df = strata.sample_size - 1
    defined = np.broadcast_to((n_d > 0) & (strata.is_census or df > 0), np.broadcast(sums, n_d).shape)
    factor = 0.0 if strata.is_census else (1 - _fraction(strata)) * strata.sample_size / max(df, 1)
    variance = np.full(defined.shape, np.nan)
    np.divide(factor * sums, n_d**2, out=variance, where=defined)
    return variance


def simple_effective_base(strata: Strata, base: npt.ArrayLike) -> Numbers:
    """Return how many independent draws domains of a simple random sample are worth, ``n_d (n - 1) / n / (1 - f)``.

    It equals ``p (1 - p) / variance`` for every share strictly between 0 and 1, and stands in for it at 0 and 1, where
    the estimated variance is 0 and says nothing. Infinite when the whole population was observed.
    """
    n_d = np.asarray(base, dtype=np.float64)
    if strata.is_census:
        return np.where(n_d > 0, np.inf, 0.0)
    return n_d * (strata.sample_size - 1) / strata.sample_size / (1 - _fraction(strata))


def _fraction(strata: Strata) -> float:
    return strata.sample_size / strata.population_size if strata.corrected else 0.0
