"""Covariances of any estimates whose influences are known, respondent by respondent.

The slow and general way: tables go through :mod:`srsmeting.estimation.sums`, which needs no respondent any more. Both
give the same variances.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from srsmeting.errors import DesignError
from srsmeting.estimation.design import Design
from srsmeting.estimation.numeric import Numbers, Positions


def covariance(influence: npt.ArrayLike, design: Design) -> Numbers:
    """Return the covariance matrix of estimates.

    Parameters
    ----------
    influence
        Per respondent (rows) and estimate (columns) how much the respondent moves the estimate, its weight included:
        ``w (z - m) / W`` in the domain of a weighted mean ``m`` and 0 outside it; ``w z`` for a total.
    design
        The design; in a subset of it, respondents that are not here have influence 0.

    Returns
    -------
    ndarray of float64
        Shape (estimates, estimates).

    Raises
    ------
    DesignError
        When there are other respondents than the design has.

    Notes
    -----
    ``sum_h k_h sum_i (e_hi - mean_h(e)) (e_hi - mean_h(e))'`` with ``k_h = (1 - f_h) n_h / (n_h - 1)`` and ``e`` the
    influences, or what the margins leave unexplained of them: ``e = u - w x' B`` with
    ``B = (sum b x x')^-1 sum b x u / w``.

    Examples
    --------
    Shares of 2 and 3 out of 5, of 20: variance 0.75 x 5/4 x 5 x 0.4 x 0.6 / 25, and the one is the other's complement.

    >>> z = np.array([[1, 0], [1, 0], [0, 1], [0, 1], [0, 1]])
    >>> covariance((z - z.mean(axis=0)) / 5, Design.simple_random(5, 20)).round(6)
    array([[ 0.045, -0.045],
           [-0.045,  0.045]])
    """
    u = np.asarray(influence, dtype=np.float64)
    u = u[:, np.newaxis] if u.ndim == 1 else u
    expected = design.rows if design.rows is not None else design.sample_size
    if len(u) > expected or (design.rows is not None and len(u) != expected):
        raise DesignError(
            f"covariance(): influences of {len(u)} respondents, but the design has {expected}. Give one row for each."
        )
    rows = len(design.strata.sample)
    stratum = np.zeros(len(u), dtype=np.intp) if design.stratum is None else design.stratum
    factor = design.strata.factor[stratum][:, np.newaxis]
    spread, totals = u.T @ (factor * u), _add(stratum, rows, u)
    calibration = design.calibration
    if calibration is not None and design.weights is not None:
        weights = design.weights[:, np.newaxis]
        held = [
            (
                _add(margin, size, calibration.base[:, np.newaxis] * u / weights),
                _add(margin, size, factor * weights * u),
            )
            for margin, size in zip(calibration.margins, calibration.sizes, strict=True)
        ]
        base, heavy = (np.vstack(parts) for parts in zip(*held, strict=True))
        fitted = calibration.inverse @ base
        crossed = fitted.T @ heavy
        spread = spread - crossed - crossed.T + fitted.T @ calibration.squares @ fitted
        totals = totals - calibration.totals @ fitted
    found: Numbers = spread - totals.T @ (design.strata.centring[:, np.newaxis] * totals)
    return found


def _add(rows: Positions, size: int, values: Numbers) -> Numbers:
    """Add up rows that belong together, shape (size, columns)."""
    return np.stack([np.bincount(rows, weights=column, minlength=size) for column in values.T], axis=1)
