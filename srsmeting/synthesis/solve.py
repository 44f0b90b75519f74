"""From a plausible share of respondents per cell to whole respondents that meet every row of constraints.

First the prior is raked: scaled, row by row, until the rows hold (Deming and Stephan 1940; Darroch and Ratcliff 1972
for rows with weights such as marks). Then it is rounded at random, and `scipy.optimize.milp` looks for the whole
numbers nearest to that for which all rows hold exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack

Values = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

_SWEEPS: Final = 100
_NEWTON_STEPS: Final = 25
#: Whole numbers this close to the nearest possible ones are natural enough; proving more takes time.
_GAP: Final = 0.05
#: So many branches are tried to come nearer; a limit in seconds would give another answer on a slower machine.
_NODES: Final = 200


@dataclass(frozen=True)
class Row:
    """A constraint: ``most @ x >= low`` and ``least @ x <= high``.

    The two differ only while later questions are open: a cell then adds at least `least` and at most `most`.
    """

    least: Values
    most: Values
    low: float
    high: float

    @property
    def is_final(self) -> bool:
        """Whether nothing is open any more."""
        return bool(np.array_equal(self.least, self.most))


def fill_cells(prior: Values, rows: Sequence[Row], rng: np.random.Generator) -> Numbers | None:
    """Return how many respondents each cell gets, or None when no whole numbers meet all rows.

    Parameters
    ----------
    prior
        Expected number of respondents per cell where nothing is known, above 0.
    rows
        What must hold.
    rng
        Decides how fractions are rounded.
    """
    raked = _rake(prior, rows)
    wish = np.floor(raked + rng.random(len(raked)))
    return _nearest(wish, rows)


def find_conflict(fixed: Sequence[Row], rows: Sequence[Row]) -> list[int]:
    """Return positions of `rows` that cannot hold together, none of which can be left out.

    A deletion filter: each row is tried without, and stays out when the rest is still impossible.
    """
    kept = list(range(len(rows)))
    for candidate in list(kept):
        rest = [position for position in kept if position != candidate]
        if _any([*fixed, *(rows[position] for position in rest)], len(rows[0].most)) is None:
            kept = rest
    return kept


def _rake(prior: Values, rows: Sequence[Row]) -> Values:
    x = prior.copy()
    for _ in range(_SWEEPS):
        moved = 0.0
        for row in rows:
            for weights, bound, below in ((row.most, row.low, True), (row.least, row.high, False)):
                reached = float(weights @ x)
                if (reached < bound) if below else (reached > bound):
                    moved = max(moved, abs(reached - bound) / (1 + abs(bound)))
                    _tilt(x, weights, bound)
        if moved < 1e-6:
            break
    return x


def _tilt(x: Values, weights: Values, bound: float) -> None:
    # Multiplies by exp(t * weight), with t such that the bound is reached; with weights 0 and 1 that is scaling.
    touched = np.flatnonzero(weights)
    if not len(touched):
        return
    w = weights[touched]
    bound = max(bound, 1e-6)
    base, t = x[touched], 0.0
    for _ in range(_NEWTON_STEPS):
        scaled = base * np.exp(np.clip(t * w, -50, 50))
        reached = float(w @ scaled)
        if abs(reached - bound) < 1e-9 * (1 + bound):
            break
        # Newton on the logarithm: exact in one step for 0/1 weights.
        t += np.log(bound / reached) * reached / float(w**2 @ scaled)
    x[touched] = np.maximum(base * np.exp(np.clip(t * w, -50, 50)), 1e-9)


def _nearest(wish: Values, rows: Sequence[Row]) -> Numbers | None:
    # Variables: the cells, and for each its distance to the wish; the distances are what is made small.
    size = len(wish)
    one = eye_array(size, format="csr")
    matrix, low, high = _matrix(rows, size)
    constraints = [
        LinearConstraint(vstack([hstack([one, -one]), hstack([-one, -one])]), -np.inf, np.concatenate([wish, -wish]))
    ]
    if matrix.shape[0]:
        constraints.append(LinearConstraint(hstack([matrix, csr_array(matrix.shape)]), low, high))
    found = milp(
        np.concatenate([np.zeros(size), np.ones(size)]),
        integrality=np.repeat(np.array([1, 0]), size),
        bounds=Bounds(0, np.inf),
        constraints=constraints,
        options={"mip_rel_gap": _GAP, "node_limit": _NODES},
    )
    x = _any(rows, size) if found.x is None else found.x[:size]
    return None if x is None else np.rint(x).astype(np.int64)


def _any(rows: Sequence[Row], size: int) -> Values | None:
    matrix, low, high = _matrix(rows, size)
    whole = np.ones(size, dtype=np.int64)
    return milp(
        np.zeros(size), integrality=whole, bounds=Bounds(0, np.inf), constraints=LinearConstraint(matrix, low, high)
    ).x


def _matrix(rows: Sequence[Row], size: int) -> tuple[csr_array, Values, Values]:
    lines: list[Values] = []
    low: list[float] = []
    high: list[float] = []
    for row in rows:
        sides = [(row.most, row.low, row.high)]
        if not row.is_final:
            sides = [(row.most, row.low, np.inf), (row.least, -np.inf, row.high)]
        for weights, least, most in sides:
            lines.append(weights)
            low.append(least)
            high.append(most)
    return csr_array(np.array(lines).reshape(len(lines), size)), np.array(low), np.array(high)
