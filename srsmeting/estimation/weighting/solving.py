"""The numbers behind raking: the smallest change of base weights that meets every margin, within limits.

Raking multiplies base weights ``b`` by a factor for each group of each margin. The weights that it converges to are
``b exp(x'l)``, where ``x`` is 1 in the groups that someone is in; with limits they are cut off there. The ``l``
minimise a convex function whose slope is what the margins still lack, so that Newton's steps find them, and find them
exactly where rounds of raking would only come near.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from srsmeting.estimation.numeric import Mask, Numbers, Positions

#: Steps; a dozen is usual.
_STEPS = 200
#: How far the margins may be off, relative to each group, before the search goes on.
_CLOSE = 1e-14
#: A factor changes by at most e to this in a step.
_STRIDE = 3.0
#: Margins that cannot be met drive factors without end; this is far enough.
_FARTHEST = 300.0
#: Margins hang together, because all add up to the same total: this much of the curvature is added to tell them apart.
_RIDGE = 1e-11


@dataclass(frozen=True, eq=False)
class Problem:
    """Units (respondents, or cells of respondents that share their factor), and the margins they have to meet.

    Parameters
    ----------
    places
        Per margin the group of each unit.
    targets
        Per margin the size of each group.
    base, low, high
        Base weight of each unit, and the least and most that it may get.
    """

    places: tuple[Positions, ...]
    targets: tuple[Numbers, ...]
    base: Numbers
    low: Numbers
    high: Numbers

    @cached_property
    def starts(self) -> list[int]:
        """Where the groups of each margin begin in one row of all groups."""
        return [0, *np.cumsum([len(target) for target in self.targets]).tolist()]

    @cached_property
    def wanted(self) -> Numbers:
        """All targets in one row."""
        return np.concatenate(self.targets)

    def sums(self, values: Numbers) -> Numbers:
        """Return the sum of values per group of every margin, in one row."""
        pairs = zip(self.places, self.targets, strict=True)
        return np.concatenate([np.bincount(place, values, minlength=len(target)) for place, target in pairs])

    def curvature(self, values: Numbers) -> Numbers:
        """Return ``sum values x x'``."""
        pairs = list(zip(self.places, self.targets, strict=True))
        whole = np.zeros((len(self.wanted), len(self.wanted)))
        for (one, target), at in zip(pairs, self.starts, strict=False):
            for (other, beside), to in zip(pairs, self.starts, strict=False):
                size, width = len(target), len(beside)
                if to == at:
                    np.fill_diagonal(whole[at : at + size, at : at + size], np.bincount(one, values, minlength=size))
                elif to > at:
                    block = np.bincount(one * width + other, values, minlength=size * width).reshape(size, width)
                    whole[at : at + size, to : to + width] = block
                    whole[to : to + width, at : at + size] = block.T
        return whole


@dataclass(frozen=True, eq=False)
class _State:
    """Weights at some factors: how far the margins are off, and the value of what is minimised."""

    factors: Numbers
    weights: Numbers
    free: Mask
    lack: Numbers
    off: float
    value: float


def solve(problem: Problem) -> Numbers:
    """Return the weights that come nearest to the margins, per unit.

    Whether they meet the margins is for the caller to see.
    """
    state = _look(problem, np.zeros(len(problem.wanted)))
    ridge = _RIDGE
    for _ in range(_STEPS):
        if state.off <= _CLOSE:
            break
        following = _step(problem, state, ridge)
        if following is None:
            # Nothing better along this way: lean more on the slope alone, which always leads down.
            ridge *= 100
            if ridge > 1:
                break
        else:
            state, ridge = following, max(ridge / 10, _RIDGE)
    return state.weights


def _look(problem: Problem, factors: Numbers) -> _State:
    steps = np.zeros(len(problem.base))
    for place, start in zip(problem.places, problem.starts, strict=False):
        steps += factors[start + place]
    grown = problem.base * np.exp(np.clip(steps, -_FARTHEST, _FARTHEST))
    weights = np.clip(grown, problem.low, problem.high)
    # Beyond a limit what is minimised goes on in a straight line.
    beyond = weights != grown
    value = weights.sum() - factors @ problem.wanted
    if beyond.any():
        at = np.log(weights[beyond] / problem.base[beyond])
        value += (weights[beyond] * (steps[beyond] - at)).sum()
    lack = problem.wanted - problem.sums(weights)
    off = float(np.max(np.abs(lack) / np.where(problem.wanted > 0, problem.wanted, 1.0)))
    return _State(factors, weights, ~beyond, lack, off, float(value))


def _step(problem: Problem, state: _State, ridge: float) -> _State | None:
    """Take Newton's step, or a shorter one in its direction; None where that leads nowhere."""
    curvature = problem.curvature(np.where(state.free, state.weights, 0.0))
    # The size of a group keeps the step within reason where all its members are at their limit.
    curvature[np.diag_indices_from(curvature)] += ridge * np.maximum(problem.wanted, 1e-300)
    try:
        direction = np.linalg.solve(curvature, state.lack)
    except np.linalg.LinAlgError:
        return None
    largest = np.max(np.abs(direction))
    if not np.isfinite(largest) or largest == 0:
        return None
    direction *= min(1.0, _STRIDE / largest)
    slope = float(state.lack @ direction)
    blur = 1e-13 * float(problem.base.sum() + np.abs(state.factors) @ problem.wanted)
    for halving in range(30):
        length = 0.5**halving
        found = _look(problem, state.factors + length * direction)
        if found.value < state.value - 1e-4 * length * slope:
            return found
        # Near the end the value no longer changes in its last digits, but the margins still do.
        if found.off < state.off and found.value <= state.value + blur:
            return found
    return None
