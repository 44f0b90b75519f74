"""How often each answer is given where no target says so: plausible, and different for every seed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from srsmeting.questionnaire import Question
from srsmeting.synthesis.cells import Part

Values = npt.NDArray[np.float64]

_BY_KIND = {"valid": 1.0, "dont_know": 0.4, "none_of_these": 0.5, "other": 0.25, "not_applicable": 0.25}
#: Share that leaves a question empty where that may happen.
_EMPTY = {"open": 0.35, "number": 0.1}
_EMPTY_OTHERWISE = 0.05
_TICKED = 0.3
_SPREAD = 0.25


def pattern_weights(part: Part, rng: np.random.Generator) -> Values:
    """Return the share of each pattern of a part, adding to 1.

    Marks lie around two thirds of their range, statements around the middle of their scale; of a multiple choice every
    option is ticked by some three in ten, independently.
    """
    question = part.question
    if not question.categories:
        return np.ones(1)
    by_category: Values = _shape(question) * np.exp(_SPREAD * rng.standard_normal(len(question.categories)))
    if question.kind != "multiple":
        return np.asarray(by_category / by_category.sum())
    odds = by_category * _TICKED / (1 - _TICKED)
    weights = np.where(part.ticks, odds, 1.0).prod(axis=1)
    return np.asarray(weights / weights.sum())


def empty_share(part: Part) -> float:
    """Return the share that is shown a question and leaves it empty."""
    return _EMPTY.get(part.question.kind, _EMPTY_OTHERWISE) if part.may_be_empty else 0.0


def _shape(question: Question) -> Values:
    by_kind = np.array([_BY_KIND[category.kind] for category in question.categories])
    if question.kind == "mark":
        place = np.linspace(0, 1, len(by_kind))
        return np.exp(-0.5 * ((place - 0.68) / 0.14) ** 2) + 0.005
    if question.kind == "statements":
        valid = np.flatnonzero(by_kind == 1.0)
        # 1 2 3 2 1, and for the rest what their kind says of the middle.
        by_kind[valid] = 1 + np.minimum(np.arange(len(valid)), np.arange(len(valid))[::-1])
        return by_kind * np.where(by_kind < 1, len(valid) / 2, 1)
    return by_kind
