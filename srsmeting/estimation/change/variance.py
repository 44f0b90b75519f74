"""The variance of a change: what two samples that overlap make of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from srsmeting.errors import DesignError
from srsmeting.estimation.calibration import Weights
from srsmeting.estimation.change.overlap import Overlap
from srsmeting.estimation.design import Design
from srsmeting.estimation.numeric import Numbers


def change_variance(
    n1: npt.ArrayLike,
    n2: npt.ArrayLike,
    n12: npt.ArrayLike,
    population1: npt.ArrayLike,
    population2: npt.ArrayLike,
    population12: npt.ArrayLike,
    s1: npt.ArrayLike,
    s2: npt.ArrayLike,
    s12: npt.ArrayLike,
    weight1: npt.ArrayLike = 1.0,
    weight2: npt.ArrayLike = 1.0,
) -> Numbers:
    """Return the variance of the difference of two means, when everything is known of the population.

    What a design could have seen, say, or will see. With strata every argument has a value per stratum along the last
    axis, and the variances of the strata are added up.

    Parameters
    ----------
    n1, n2, n12
        Respondents of the one and the other measurement, and of both.
    population1, population2, population12
        Organisations in the one and the other frame, and in both.
    s1, s2
        Variances of the answers (divisor ``N - 1``); of a share ``p (1 - p) N / (N - 1)``.
    s12
        Covariance of the two answers of organisations that are in both frames (divisor ``N12 - 1``).
    weight1, weight2
        Part of the population that each stratum is, in the one and the other frame.

    Notes
    -----
    ``sum_h W1^2 (1 - f1) S1 / n1 + W2^2 (1 - f2) S2 / n2 - 2 W1 W2 (n12 / (n1 n2) - N12 / (N1 N2)) S12``.

    For a population that stays as it is ``N12 / (N1 N2)`` is ``1 / N``: Tam (1984), *On covariances from overlapping
    samples*, The American Statistician 38. With births and deaths the covariance is that of organisations in both
    frames: Qualité and Tillé (2008), *Variance estimation of changes in repeated surveys*, Survey Methodology 34;
    Berger (2004), *Variance estimation for measures of change in probability sampling*, Canadian Journal of Statistics
    32; strata that organisations move between: Knottnerus and van Delden (2012), *On variances of changes estimated
    from rotating panels and dynamic strata*, Survey Methodology 38. It takes it that how many births respond says
    nothing of how many deaths did.

    ``n12 = n1 n2 N12 / (N1 N2)`` is what chance gives, and then the covariance is 0. Fewer make the variance *larger*
    than that of two independent samples, up to what it is without finite population correction.

    Examples
    --------
    A population of 400 of which 160 and 150 respond, 100 of them twice.

    >>> float(change_variance(160, 150, 100, 400, 400, 400, 0.25, 0.25, 0.15).round(6))
    0.001479
    """
    given = (n1, n2, n12, population1, population2, population12, s1, s2, s12, weight1, weight2)
    a, b, ab, all1, all2, all12, v1, v2, v12, w1, w2 = (np.asarray(value, dtype=np.float64) for value in given)
    own = w1**2 * (1 - a / all1) * v1 / a + w2**2 * (1 - b / all2) * v2 / b
    total = own - 2 * w1 * w2 * (ab / (a * b) - all12 / (all1 * all2)) * v12
    return np.asarray(total.sum(axis=-1) if total.ndim else total, dtype=np.float64)


def bound_covariance(seen: Numbers, first: Numbers, second: Numbers, overlap: Overlap) -> Numbers:
    """Return covariances that go with the variances of both estimates.

    Parameters
    ----------
    seen
        Covariances by the organisations that answered both times.
    first, second
        Variances of the earlier and the later estimate.
    overlap
        Where it is not known there is no covariance.

    Notes
    -----
    A covariance is estimated from fewer organisations than the variances are. By chance it can be larger than these
    allow for, and is then brought back to that: no variance of a change is negative.
    """
    most = np.sqrt(np.maximum(first, 0) * np.maximum(second, 0))
    if not overlap.known:
        return np.zeros(most.shape)
    return np.clip(np.where(np.isfinite(seen), seen, 0.0), -most, most)


def assumed_with_margins(first: Numbers, second: Numbers, designs: tuple[Design, Design], overlap: Overlap) -> Numbers:
    """Return covariances where nothing is seen of them and margins explain a part of the answers.

    As :func:`.joint.assume_covariance`, with the spread that a variance was made of, ``V / ((1 - f) n)``: what margins
    explain is in no variance, and does not go together.
    """
    found = np.full(first.shape, float((np.minimum(overlap.n12 - overlap.expected, 0.0)).sum()) * overlap.correlation)
    for variance, design in zip((first, second), designs, strict=True):
        n, size = design.sample_size, design.population_size
        found = found * np.sqrt(np.maximum(variance, 0.0) / ((1 - n / size) * n))
    return found


def without_correction(design: Design) -> Design:
    """Return a design without finite population correction, its margins worked out again.

    Where the overlap is not known, two samples of which each is taken for one from a population without end have a
    variance that is at least that of the change, provided that answers of an organisation go together rather than
    against each other: the covariance is then at least ``-S12 / N``, and ``2 S12 / N`` is at most what the two
    corrections take off.

    Raises
    ------
    DesignError
        For some respondents of a design with margins.
    """
    calibration = design.calibration
    if calibration is None or design.weights is None:
        return design.without_correction()
    if design.rows is not None and design.rows < design.sample_size:
        # The sums of the margins are those of the whole, of which not everyone is here.
        raise DesignError(
            f"without_correction(): {design!r} cannot be weighted again. Compare whole measurements, or tell who the "
            "respondents are."
        )
    plain = replace(design, calibration=None, weights=calibration.base).without_correction()
    return plain.calibrated(Weights(design.weights, calibration.margins, calibration.base))
