"""Quantiles of Student's t for the degrees of freedom that a survey has: whole, and some hundreds at most.

For these there is a closed sum, and adding it up takes milliseconds. Loading the library that has all other quantiles
takes longer than everything else that an estimate does, so it is left for what is not here.
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Final

import numpy as np

from srsmeting.estimation.numeric import Numbers

#: Up to here the sum is taken; more terms than this are slower than the library.
MOST: Final = 1_000
#: Closer to 1 the digits that are left of a probability no longer tell its quantile.
HIGHEST: Final = 0.999
#: A step this small, as part of the quantile, leaves an error of its square.
_CLOSE: Final = 1e-7


def student_quantile(df: Numbers, level: float) -> Numbers:
    """Return ``t`` with probability `level` between ``-t`` and ``t``.

    Parameters
    ----------
    df
        Degrees of freedom: whole numbers from 1 to :data:`MOST`.
    level
        A probability, above 0 and up to :data:`HIGHEST`.

    Notes
    -----
    With ``theta = atan(t / sqrt(df))`` that probability is a finite sum of powers of ``cos(theta)`` (Abramowitz and
    Stegun 1972, 26.7.3 for odd and 26.7.4 for even degrees of freedom). Newton's steps start from the expansion around
    the normal quantile (26.7.5), and beyond the top of the density, where the probability bends down, they cannot run
    away: one that is too large is followed by ones that grow from below.

    Examples
    --------
    >>> student_quantile(np.array([1.0, 2.0, 5.0, 300.0]), 0.95).round(4)
    array([12.7062,  4.3027,  2.5706,  1.9679])
    """
    normal = NormalDist().inv_cdf((1 + level) / 2)
    t = _expansion(normal, df)
    # The density at 0; lgamma is exact to the last digits, and there are few different df.
    top = np.array([math.exp(math.lgamma((v + 1) / 2) - math.lgamma(v / 2)) / math.sqrt(v * math.pi) for v in df])
    left = np.arange(df.size)
    while left.size:
        now, freedom = t[left], df[left]
        density = top[left] * (1 + now**2 / freedom) ** (-(freedom + 1) / 2)
        step = (level - _between(now, freedom)) / (2 * density)
        t[left] = now + step
        # The sums of many degrees of freedom are the long ones, and the first to be done.
        left = left[np.abs(step) > _CLOSE * t[left]]
    return t


def _expansion(z: float, df: Numbers) -> Numbers:
    """Return the first terms of the expansion of t around the normal quantile, in powers of ``1 / df``."""
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / df + second / df**2 + third / df**3


def _between(t: Numbers, df: Numbers) -> Numbers:
    """Return the probability between ``-t`` and ``t``."""
    cosine = 1 / np.sqrt(1 + t**2 / df)
    sine = np.sqrt(t**2 / df) * cosine
    odd = df % 2 == 1
    # One term more for every two degrees of freedom; the first is cos(theta), or 1.
    term = np.where(odd, cosine, 1.0)
    total = np.where(df > 1, term, 0.0)
    power = np.where(odd, 2.0, 1.0)
    while (more := power + 1 < df).any():
        term = np.where(more, term * cosine**2 * power / (power + 1), 0.0)
        total += term
        power += 2
    theta = np.arctan2(sine, cosine)
    return np.where(odd, 2 / np.pi * (theta + sine * total), sine * total)
