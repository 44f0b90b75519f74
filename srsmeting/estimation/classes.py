"""Classes of respondents that a design cannot tell apart: the same stratum and the same cell of every margin.

A million respondents in a few hundred classes are counted once, and all sums over margins and strata follow from the
counts. That is only a shorter way; :mod:`srsmeting.estimation.crossing` goes by it where it is shorter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from srsmeting.estimation.numeric import Numbers, Positions

if TYPE_CHECKING:
    from srsmeting.estimation.design import Design

#: More combinations than this are sorted out by sorting, not by a list of all of them.
_COMBINATIONS = 1 << 22
#: Weights that differ by less, relatively, are equal.
_EQUAL = 1e-13


@dataclass(frozen=True, eq=False)
class Classes:
    """The classes of a design.

    Parameters
    ----------
    codes
        Class of each respondent.
    size
        Number of classes.
    stratum
        Stratum of each class.
    strata
        Strata by class, shape (strata, classes): 1 in the stratum that a class is in.
    cells
        Margins by class, shape (cells of all margins, classes): 1 in the cells that a class is in. None without
        margins.
    weight, base
        Final and base weight of each class, or None where respondents of a class differ.
    """

    codes: Positions
    size: int
    stratum: Positions
    strata: Numbers
    cells: Numbers | None
    weight: Numbers | None
    base: Numbers | None


def make_classes(design: Design, weights: Numbers) -> Classes:
    """Return the classes of a design, given the weight of each respondent."""
    calibration = design.calibration
    parts: list[tuple[Positions, int]] = []
    if design.stratum is not None:
        parts.append((design.stratum, len(design.strata.sample)))
    if calibration is not None:
        parts.extend(zip(calibration.margins, calibration.sizes, strict=True))
    codes, values = _combine(parts, len(weights))
    size = len(values[0]) if values else 1
    stratum = values[0] if design.stratum is not None else np.zeros(size, dtype=np.intp)
    cells = None
    if calibration is not None:
        own = values[len(values) - len(calibration.sizes) :]
        cells = np.vstack(
            [np.equal.outer(np.arange(width), cell) for width, cell in zip(calibration.sizes, own, strict=True)]
        )
        cells = cells.astype(np.float64)
    return Classes(
        codes,
        size,
        stratum,
        np.equal.outer(np.arange(len(design.strata.sample)), stratum).astype(np.float64),
        cells,
        _constant(weights, codes, size),
        None if calibration is None else _constant(calibration.base, codes, size),
    )


def _combine(parts: Sequence[tuple[Positions, int]], respondents: int) -> tuple[Positions, list[Positions]]:
    """Return the number of each respondent's combination, and what each combination that occurs is made of."""
    joint, sizes = np.zeros(respondents, dtype=np.intp), [size for _, size in parts]
    for codes, size in parts:
        joint = joint * size + codes
    number = int(np.prod(sizes, dtype=object)) if sizes else 1
    if number <= _COMBINATIONS:
        present = np.flatnonzero(np.bincount(joint, minlength=number))
        lookup = np.zeros(number, dtype=np.intp)
        lookup[present] = np.arange(len(present))
        codes = lookup[joint]
    else:
        present, codes = np.unique(joint, return_inverse=True)
    values = []
    for size in reversed(sizes):
        values.append(present % size)
        present = present // size
    return codes, values[::-1]


def _constant(weights: Numbers, codes: Positions, size: int) -> Numbers | None:
    """Return the weight of each class, or None where it has several."""
    one = np.ones(size)
    one[codes] = weights
    return one if np.all(np.abs(weights - one[codes]) <= _EQUAL * weights) else None
