"""Weighted sums per group, and the linearised variances that follow from them.

A variance needs no respondent any more once these sums are known, so that a table costs a few passes over the answers
however many groups and categories it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from srsmeting.estimation.calibration import Calibration
from srsmeting.estimation.design import Design
from srsmeting.estimation.numeric import Numbers, Positions


@dataclass(frozen=True, eq=False)
class Sums:
    """Sums of some ``y`` over the respondents of every group, all linear in ``y``.

    Parameters
    ----------
    weight
        ``sum w y``, shape (groups, columns).
    square
        ``sum k w^2 y``, same shape; ``k`` is the factor of the stratum.
    strata
        ``sum w y`` per stratum, shape (strata, groups, columns); None without strata.
    margin_base, margin_square
        ``sum b y`` and ``sum k w^2 y`` per cell of the margins, shape (cells, groups, columns); None without margins.
    """

    weight: Numbers
    square: Numbers
    strata: Numbers | None = None
    margin_base: Numbers | None = None
    margin_square: Numbers | None = None

    def through(self, members: Numbers) -> Sums:
        """Return the sums of columns that are made of these columns, shape of `members` (columns, new columns)."""
        return make_sums([None if part is None else part @ members for part in self.parts])

    def columns(self, which: slice | Positions) -> Sums:
        """Return the sums of some columns."""
        if isinstance(which, slice):
            return make_sums([None if part is None else part[..., which] for part in self.parts])
        return make_sums([None if part is None else np.take(part, which, axis=-1) for part in self.parts])

    def groups(self, which: slice | Positions) -> Sums:
        """Return the sums of some groups."""
        return make_sums([None if part is None else part[..., which, :] for part in self.parts])

    def minus(self, share: Numbers, base: Sums) -> Sums:
        """Return the sums of ``y - share x``, with those of ``x`` in `base`; the squares are those of 0s and 1s."""
        pairs = zip(self.parts, base.parts, strict=True)
        parts = [None if y is None or x is None else y - share * x for y, x in pairs]
        # (y - p x)^2 = y (1 - 2 p) + p^2 x when y is 0 or 1 and never 1 without x.
        parts[1] = self.square * (1 - 2 * share) + share**2 * base.square
        return make_sums(parts)

    @property
    def parts(self) -> tuple[Numbers | None, ...]:
        """The sums in order, None for those that the design has no use for."""
        return self.weight, self.square, self.strata, self.margin_base, self.margin_square


def make_sums(parts: Sequence[Numbers | None]) -> Sums:
    """Return sums of their parts in order."""
    weight, square, strata, margin_base, margin_square = parts
    if weight is None or square is None:
        raise TypeError("sums without weights")
    return Sums(weight, square, strata, margin_base, margin_square)


def join_sums(several: Sequence[Sums]) -> Sums:
    """Put the columns of several sums beside each other."""
    rows = zip(*(one.parts for one in several), strict=True)
    return make_sums([_beside(row) for row in rows])


def _beside(pieces: Sequence[Numbers | None]) -> Numbers | None:
    given = [piece for piece in pieces if piece is not None]
    return np.concatenate(given, axis=-1) if given else None


def contrast(one: Sums, times: Numbers, other: Sums, other_times: Numbers) -> Sums:
    """Return the sums of ``times y - other_times y'``, for deviations of respondents that nobody has both of.

    Two groups of a breakdown, say. Their difference has the variance of these sums, whatever holds them together:
    strata and margins make estimates of two groups depend on each other.
    """
    pairs = zip(one.parts, other.parts, strict=True)
    parts = [None if y is None or x is None else times * y - other_times * x for y, x in pairs]
    parts[1] = times**2 * one.square + other_times**2 * other.square
    return make_sums(parts)


def total_variance(sums: Sums, design: Design) -> Numbers:
    """Return the variance of weighted totals.

    Parameters
    ----------
    sums
        Those of the deviations whose total it is; ``square`` has ``sum k w^2 y^2``.
    design
        The design of the whole.

    Returns
    -------
    ndarray of float64
        Shape (groups, columns). Below what rounding can produce it is exactly 0: the margins leave nothing unexplained.

    Notes
    -----
    With ``e = w (y - x'B)`` and ``B = (sum b x x')^-1 sum b x y``: ``sum k e^2 - sum_h c_h (sum_h e)^2``, where ``x``
    are the margins and ``c_h = k_h / n_h``. Written out, every part is one of the sums.
    """
    spread = sums.square
    deviations = sums.weight[np.newaxis] if sums.strata is None else sums.strata
    calibration = design.calibration
    if calibration is not None:
        fitted = _regress(sums, calibration)
        explained = 2 * _inner(fitted, sums.margin_square) - _inner(fitted, _apply(calibration.squares, fitted))
        spread = spread - explained
        deviations = deviations - _apply(calibration.totals, fitted)
    taken_off = np.tensordot(design.strata.centring, deviations**2, axes=1)
    variance = spread - taken_off
    return np.where(variance <= _ROUNDING * sums.square, 0.0, variance)


#: A variance this small beside its parts is what is left of them by rounding.
_ROUNDING = 1e-12


def _regress(sums: Sums, calibration: Calibration) -> Numbers:
    if sums.margin_base is None:
        raise TypeError("sums without margins")
    return _apply(calibration.inverse, sums.margin_base)


def _apply(matrix: Numbers, columns: Numbers) -> Numbers:
    flat = matrix @ columns.reshape(columns.shape[0], -1)
    return flat.reshape(matrix.shape[0], *columns.shape[1:])


def _inner(one: Numbers, other: Numbers | None) -> Numbers:
    if other is None:
        raise TypeError("sums without margins")
    inner: Numbers = np.einsum("kgc,kgc->gc", one, other)
    return inner
