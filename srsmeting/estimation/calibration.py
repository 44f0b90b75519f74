"""What weighting to known margins does to standard errors.

Once the weights meet the margins of the frame, only what these margins leave unexplained still varies from sample to
sample. The influence of every respondent is therefore replaced by its residual.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from srsmeting.errors import DesignError
from srsmeting.estimation.numeric import Mask, Numbers, Positions

if TYPE_CHECKING:
    from srsmeting.estimation.design import Design

#: Directions in which the margins hang together (all of them add up to the same total) have a smaller part than this.
_DEPENDENT = 1e-10


@dataclass(frozen=True, eq=False)
class Weights:
    """Final weights, and the margins that they meet; what weighting returns.

    Parameters
    ----------
    final
        Weight of each respondent.
    margins
        Per margin the position of each respondent's cell, counted from 0.
    base
        Weight of each respondent before weighting.

    Raises
    ------
    DesignError
        When the arrays differ in length, a weight is not a positive number, or someone is in no cell of a margin.

    Examples
    --------
    >>> weights = Weights([1.5, 1.5, 3.0], ([0, 0, 1],), [2, 2, 2])
    >>> weights.final, weights.margins
    (array([1.5, 1.5, 3. ]), (array([0, 0, 1]),))
    """

    final: Numbers
    margins: tuple[Positions, ...]
    base: Numbers

    def __post_init__(self) -> None:
        final, base = (np.array(values, dtype=np.float64) for values in (self.final, self.base))
        for place, margin in enumerate(self.margins):
            if not np.issubdtype(np.asarray(margin).dtype, np.integer):
                raise DesignError(
                    f"Weights(): margin {place} needs the position of a cell for each respondent. Give whole numbers."
                )
        margins = tuple(np.array(margin, dtype=np.intp) for margin in self.margins)
        shapes = {"base": base.shape} | {f"margin {place}": margin.shape for place, margin in enumerate(margins)}
        for name, shape in shapes.items():
            if shape != final.shape:
                raise DesignError(
                    f"Weights(): {name} has {int(np.prod(shape))} values for {final.size} weights. "
                    "Give one for each respondent."
                )
        for name, values in (("final", final), ("base", base)):
            wrong = ~(np.isfinite(values) & (values > 0))
            if wrong.any():
                place = int(np.flatnonzero(wrong)[0])
                raise DesignError(
                    f"Weights(): the {name} weight of respondent {place} is {values[place]:g}, not a positive number. "
                    "Leave out who does not count."
                )
        for place, margin in enumerate(margins):
            if (margin < 0).any():
                first = int(np.flatnonzero(margin < 0)[0])
                raise DesignError(
                    f"Weights(): respondent {first} is in no cell of margin {place}. Give it one, or leave it out."
                )
        for name, value in (("final", final), ("base", base), ("margins", margins)):
            object.__setattr__(self, name, value)


@dataclass(frozen=True, eq=False)
class Calibration:
    """The margins of a design, and sums over its whole sample that residuals need.

    ``x`` is 1 in the cell of every margin that a respondent is in and 0 in the others, ``b`` the base weights, ``w``
    the final weights, ``k_h`` the factor of the stratum.

    Parameters
    ----------
    margins
        Per margin the cell of each respondent that is here.
    sizes
        Cells per margin.
    base
        Base weight of each respondent that is here.
    inverse
        Inverse of ``sum b x x'``, in the directions that it has.
    squares
        ``sum k w^2 x x'``.
    totals
        ``sum w x`` per stratum, shape (strata, cells).
    """

    margins: tuple[Positions, ...]
    sizes: tuple[int, ...]
    base: Numbers
    inverse: Numbers
    squares: Numbers
    totals: Numbers

    def subset(self, chosen: Mask) -> Calibration:
        """Return the margins of some respondents; the sums stay those of the whole."""
        return replace(self, margins=tuple(margin[chosen] for margin in self.margins), base=self.base[chosen])


def calibrate(weights: Weights, design: Design) -> Calibration | None:
    """Return what residuals on the margins need; None when there are no margins.

    Raises
    ------
    DesignError
        When the weights cannot be those of this design.
    """
    _check(weights, design)
    if not weights.margins:
        return None
    strata = design.strata
    sizes = tuple(int(margin.max()) + 1 for margin in weights.margins)
    h = np.zeros(len(weights.final), dtype=np.intp) if design.stratum is None else design.stratum
    squares = _cross(weights, sizes, strata.factor[h] * weights.final**2)
    totals = [
        np.bincount(h * size + margin, weights=weights.final, minlength=len(strata.sample) * size).reshape(-1, size)
        for margin, size in zip(weights.margins, sizes, strict=True)
    ]
    inverse: Numbers = np.linalg.pinv(_cross(weights, sizes, weights.base), rcond=_DEPENDENT, hermitian=True).astype(
        np.float64
    )
    return Calibration(weights.margins, sizes, weights.base, inverse, squares, np.hstack(totals))


def _check(weights: Weights, design: Design) -> None:
    expected = design.sample_size
    if design.rows not in (None, expected):
        raise DesignError("Design.calibrated(): this is a subset. Weight the whole design, and take the subset then.")
    if design.calibration is not None:
        raise DesignError("Design.calibrated(): this design has been weighted. Start from the one before weighting.")
    if len(weights.final) != expected:
        raise DesignError(
            f"Design.calibrated(): {len(weights.final)} weights, but the design has a sample of {expected}. "
            "Make them for all its respondents."
        )
    own = design.each
    if not np.allclose(weights.base * own.sum(), own * weights.base.sum(), rtol=1e-9):
        raise DesignError(
            "Design.calibrated(): the weights were made from other base weights than those of the design. "
            "Start the weighting from design.each."
        )


def _cross(weights: Weights, sizes: tuple[int, ...], values: Numbers) -> Numbers:
    """Return ``sum values x x'``, margin by margin."""
    pairs = [
        [
            np.bincount(one * width + other, weights=values, minlength=size * width).reshape(size, width)
            for other, width in zip(weights.margins, sizes, strict=True)
        ]
        for one, size in zip(weights.margins, sizes, strict=True)
    ]
    return np.block(pairs)
