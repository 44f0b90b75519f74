"""Response propensities: the chance to respond, by a logistic regression on what the frame knows of everyone.

Organisations that are alike on every variable are one cell, so the work does not grow with the frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from srsmeting.estimation.numeric import Counts, Mask, Numbers

#: Newton's method takes under ten steps, and some thirty where a group responded wholly or not at all.
_STEPS: Final = 200
_TOLERANCE: Final = 1e-13
#: A propensity this close to 0 or 1 is there because the likelihood has no maximum inside.
_EDGE: Final = 1e-8
#: Directions in which the data say nothing: groups that are each other's complement.
_SINGULAR: Final = 1e-12


@dataclass(frozen=True)
class Propensities:
    """A fitted logistic regression of response.

    Parameters
    ----------
    fitted
        Propensity of each cell.
    organisations
        Number of organisations in each cell.
    cells
        The cell of each organisation.
    model
        What each cell is in the regression: an intercept and indicators of groups, shape (cells, coefficients).
    covariance
        Of the coefficients: the inverse of the information, in the directions in which there is any.
    separated
        Whether in some cell everyone responded or nobody did as far as the model can tell, so that coefficients have no
        finite value. Propensities have: 1 or 0.
    """

    fitted: Numbers
    organisations: Numbers
    cells: Counts
    model: Numbers
    covariance: Numbers
    separated: bool

    @property
    def gradients(self) -> Numbers:
        """How the propensity of each cell changes with the coefficients, shape (cells, coefficients)."""
        return np.asarray((self.fitted * (1 - self.fitted))[:, None] * self.model)


def fit_propensities(variables: Sequence[Counts], responded: Mask) -> Propensities:
    """Fit the chance to respond as a logistic function of the groups that an organisation is in.

    Parameters
    ----------
    variables
        Per variable the group of every organisation in the frame. Any whole numbers: one that stands for *not known*
        is a group of its own. Interactions are not in the model.
    responded
        Which organisations responded.

    Returns
    -------
    Propensities
        By maximum likelihood. Of variables that tell the same twice one counts.

    Examples
    --------
    Without anything else in the model, the propensity of a group is its response.

    >>> fit = fit_propensities([np.array([0, 0, 0, 0, 1, 1])], np.array([True, False, False, False, True, False]))
    >>> fit.fitted.round(9), fit.organisations
    (array([0.25, 0.5 ]), array([4., 2.]))
    """
    where = np.zeros(len(responded), dtype=np.int64)
    for codes in variables:
        # One number per combination that occurs, so that it stays as small as the frame, whatever the groups.
        groups, number = np.unique(codes, return_inverse=True)
        where = np.unique(where * len(groups) + number, return_inverse=True)[1]
    first = np.unique(where, return_index=True)[1]
    size = np.bincount(where).astype(np.float64)
    count = np.asarray(np.bincount(where, weights=responded), dtype=np.float64)
    model = np.column_stack([np.ones(len(first)), *(_indicators(codes[first]) for codes in variables)])
    fitted = _maximise(model, size, count)
    information = (model * (size * fitted * (1 - fitted))[:, None]).T @ model
    separated = bool(((fitted < _EDGE) | (fitted > 1 - _EDGE)).any())
    return Propensities(fitted, size, where, model, _inverse(information), separated)


def _indicators(codes: Counts) -> Numbers:
    # The first group that occurs is the one that the others are held against.
    return np.equal(codes[:, None], np.unique(codes)[None, 1:]).astype(np.float64)


def _maximise(model: Numbers, size: Numbers, count: Numbers) -> Numbers:
    everyone = float(count.sum() / size.sum())
    if everyone in (0, 1):
        return np.full(len(size), everyone, dtype=np.float64)
    coefficients = np.zeros(model.shape[1])
    coefficients[0] = np.log(everyone / (1 - everyone))
    fitted, likelihood = _of(model, coefficients, size, count)
    for _ in range(_STEPS):
        information = (model * (size * fitted * (1 - fitted))[:, None]).T @ model
        step = _inverse(information) @ (model.T @ (count - size * fitted))
        found, better = _of(model, coefficients + step, size, count)
        while better < likelihood - 1e-9 * abs(likelihood):
            # Far from the top a whole step can overshoot.
            step /= 2
            found, better = _of(model, coefficients + step, size, count)
        moved = float(np.abs(found - fitted).max())
        coefficients, fitted, likelihood = coefficients + step, found, better
        if moved < _TOLERANCE:
            break
    return fitted


def _inverse(information: Numbers) -> Numbers:
    return np.asarray(np.linalg.pinv(information, _SINGULAR, hermitian=True), dtype=np.float64)


def _of(model: Numbers, coefficients: Numbers, size: Numbers, count: Numbers) -> tuple[Numbers, float]:
    """Return the propensities of coefficients, and their log-likelihood."""
    linear = np.clip(model @ coefficients, -700, 700)
    return 1 / (1 + np.exp(-linear)), float(count @ linear - size @ np.logaddexp(0, linear))
