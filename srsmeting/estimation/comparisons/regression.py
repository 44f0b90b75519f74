"""Regression on groups: what each group would have answered, had all groups been made up alike.

statsmodels finds the parameters. What design-based standard errors need of them, how every respondent moves them, is
written out here, because statsmodels knows no design.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy.special import expit

from srsmeting.estimation.comparisons.quiet import quietly
from srsmeting.estimation.numeric import Mask, Numbers, Positions

#: Regressions: of one answer against the others, of answers in order, of answers without order.
MODELS: Final = ("logit", "ordinal", "multinomial")
#: A coefficient this large (odds of millions) is on its way to infinity.
_DIVERGED = 15.0
_STEPS, _CONVERGED = 50, 1e-11
#: Step of a central difference in a parameter.
_STEP = 1e-6


@dataclass(frozen=True, eq=False)
class Regression:
    """A fitted regression.

    Parameters
    ----------
    probabilities
        Of parameters and predictors: the probability of every answer, shape (respondents, answers).
    slopes
        The same for the derivatives of these to the parameters, shape (respondents, answers, parameters).
    parameters
        The parameters found.
    influence
        How much each respondent moves each parameter, weight included, shape (respondents, parameters).
    """

    probabilities: Callable[[Numbers, Numbers], Numbers]
    slopes: Callable[[Numbers, Numbers], Numbers]
    parameters: Numbers
    influence: Numbers


def fit(model: str, answers: Positions, number: int, x: Numbers, weights: Numbers) -> Regression | None:
    """Fit a regression; None when there is no largest likelihood, because predictors settle an answer.

    Parameters
    ----------
    model
        One of :data:`MODELS`; ``logit`` is the multinomial with two answers.
    answers
        Per respondent the position of the answer, -1 for who takes no part.
    number
        How many answers there are, each given by someone.
    x
        Predictors, shape (respondents, predictors), the first of them 1.
    weights
        Weight per respondent.
    """
    inside: Mask = answers >= 0
    found, _ = quietly(lambda: _start(model, answers[inside], x[inside]))
    if found is None or not np.isfinite(found).all():
        return None
    probabilities, slopes = (_cumulative, _cumulative_slopes) if model == "ordinal" else (_softmax, _softmax_slopes)

    def score(theta: Numbers) -> Numbers:
        """Return per respondent the derivative of the logarithm of the probability of what was answered."""
        p, d = probabilities(theta, x), slopes(theta, x)
        rows = np.arange(len(x))
        given = np.where(inside, answers, 0)
        own = d[rows, given] / np.maximum(p[rows, given], 1e-300)[:, np.newaxis]
        return np.where(inside[:, np.newaxis], own, 0.0) * weights[:, np.newaxis]

    theta = found
    for _ in range(_STEPS):
        slope = score(theta)
        information = _information(score, theta)
        try:
            step = np.linalg.solve(information, slope.sum(axis=0))
        except np.linalg.LinAlgError:
            return None
        theta = theta + step
        if not np.isfinite(theta).all() or np.abs(theta).max() > _DIVERGED:
            return None
        if np.abs(step).max() < _CONVERGED * max(1.0, float(np.abs(theta).max())):
            break
    else:
        return None
    influence: Numbers = np.linalg.solve(_information(score, theta), score(theta).T).T.astype(np.float64)
    return Regression(probabilities, slopes, theta, influence)


def _start(model: str, answers: Positions, x: Numbers) -> Numbers:
    """Return the parameters without weights, as statsmodels finds them."""
    found: Any
    if model == "ordinal":
        from statsmodels.miscmodels.ordinal_model import OrderedModel

        ordered = OrderedModel(answers, x[:, 1:], distr="logit")
        found = ordered.fit(method="bfgs", disp=False, maxiter=500)
        slopes = np.asarray(found.params)[: x.shape[1] - 1]
        return np.concatenate([slopes, ordered.transform_threshold_params(np.asarray(found.params))[1:-1]])
    if model == "logit":
        from statsmodels.discrete.discrete_model import Logit

        return np.asarray(Logit(answers, x).fit(disp=False, maxiter=100).params, dtype=np.float64)
    from statsmodels.discrete.discrete_model import MNLogit

    found = MNLogit(answers, x).fit(disp=False, maxiter=100)
    # One column per answer but the first.
    return np.asarray(found.params, dtype=np.float64).T.ravel()


def _information(score: Callable[[Numbers], Numbers], theta: Numbers) -> Numbers:
    """Return minus the derivative of the sum of scores."""
    columns = []
    for place in range(len(theta)):
        step = np.zeros(len(theta))
        step[place] = _STEP
        columns.append((score(theta - step).sum(axis=0) - score(theta + step).sum(axis=0)) / (2 * _STEP))
    raw = np.stack(columns, axis=1)
    symmetric: Numbers = (raw + raw.T) / 2
    return symmetric


def _softmax(theta: Numbers, x: Numbers) -> Numbers:
    level = np.hstack([np.zeros((len(x), 1)), x @ theta.reshape(-1, x.shape[1]).T])
    raised = np.exp(level - level.max(axis=1, keepdims=True))
    p: Numbers = raised / raised.sum(axis=1, keepdims=True)
    return p


def _softmax_slopes(theta: Numbers, x: Numbers) -> Numbers:
    p = _softmax(theta, x)
    answers = p.shape[1]
    # d p_k / d b_j = p_k (1[k = j] - p_j) x, for every answer j but the first.
    towards = p[:, :, np.newaxis] * (np.eye(answers)[np.newaxis, :, 1:] - p[:, np.newaxis, 1:])
    return (towards[..., np.newaxis] * x[:, np.newaxis, np.newaxis, :]).reshape(len(x), answers, -1)


def _cumulative(theta: Numbers, x: Numbers) -> Numbers:
    slopes, cuts = theta[: x.shape[1] - 1], theta[x.shape[1] - 1 :]
    below = expit(cuts[np.newaxis, :] - (x[:, 1:] @ slopes)[:, np.newaxis])
    edges = np.hstack([np.zeros((len(x), 1)), below, np.ones((len(x), 1))])
    return np.diff(edges, axis=1)


def _cumulative_slopes(theta: Numbers, x: Numbers) -> Numbers:
    slopes, cuts = theta[: x.shape[1] - 1], theta[x.shape[1] - 1 :]
    below = expit(cuts[np.newaxis, :] - (x[:, 1:] @ slopes)[:, np.newaxis])
    density = np.hstack([np.zeros((len(x), 1)), below * (1 - below), np.zeros((len(x), 1))])
    by_slope = -np.diff(density, axis=1)[:, :, np.newaxis] * x[:, np.newaxis, 1:]
    # An answer lies between the cut below it and the one above it.
    number = len(cuts) + 1
    above = np.eye(number)[:, :-1] * density[:, 1:, np.newaxis]
    under = np.eye(number, k=-1)[:, :-1] * density[:, :-1, np.newaxis]
    return np.concatenate([by_slope, above - under], axis=2)
