"""How the respondents came out of the population: the design that every standard error leans on.

One design is made per measurement and handed to every estimator. A breakdown or a filter never makes a new design: it
is a domain of the whole sample, so the sampling fraction stays that of the whole.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from srsmeting.errors import DesignError

Numbers: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True)
class SimpleRandomSample:
    """A simple random sample without replacement from a population of known size.

    Parameters
    ----------
    sample_size
        Respondents that count, of the whole measurement, whatever is filtered later.
    population_size
        Organisations in the frame that they stand for. The *size* itself: software that takes a correction factor here
        and gets a size, or the reverse, is wrong by a factor of tens without saying so.

    Raises
    ------
    DesignError
        When a size is not a whole number of at least 1, or the sample is larger than the population.

    Notes
    -----
    With ``n`` the sample, ``N`` the population, ``f = n / N`` and a domain (the base of a share, or a group of a
    breakdown) of ``n_d`` respondents, an estimate that is a mean of ``z`` over the domain has the linearised variance
    ``(1 - f) n / (n - 1) sum (z - mean)^2 / n_d^2``: the squares are summed over the domain, all else is the whole
    sample. R's survey package gives the same for ``svydesign(ids = ~1, fpc = ~N)`` and any subset of it.

    The degrees of freedom of a domain are ``n_d - 1``, as ``degf()`` has them for a subset of such a design; that is
    what ``svyciprop`` uses. (``confint(svymean(x, na.rm = TRUE), df = degf(design))`` keeps ``n - 1`` although the base
    is smaller; this package does not.)

    Examples
    --------
    >>> design = SimpleRandomSample(sample_size=301, population_size=985)
    >>> round(design.fraction, 4), design.df
    (0.3056, 300)
    >>> SimpleRandomSample(sample_size=301, population_size=0.694)
    Traceback (most recent call last):
    ...
    srsmeting.errors.DesignError: SimpleRandomSample(): population_size is 0.694, not a whole number of at least 1. \
Give the number of organisations in the frame, not a fraction or a correction factor.
    """

    sample_size: int
    population_size: int

    def __post_init__(self) -> None:
        repair = {
            "sample_size": "Give the number of respondents that count.",
            "population_size": "Give the number of organisations in the frame, not a fraction or a correction factor.",
        }
        for name, advice in repair.items():
            given = getattr(self, name)
            size = _whole(given)
            if size is None or size < 1:
                raise DesignError(
                    f"SimpleRandomSample(): {name} is {given!r}, not a whole number of at least 1. {advice}"
                )
            # A size out of a numpy array becomes a plain int, so that equal designs look equal.
            object.__setattr__(self, name, size)
        if self.sample_size > self.population_size:
            raise DesignError(
                f"SimpleRandomSample(): population_size is {self.population_size}, fewer than the {self.sample_size} "
                f"respondents. {repair['population_size']}"
            )

    @property
    def fraction(self) -> float:
        """Sampling fraction ``n / N``."""
        return self.sample_size / self.population_size

    @property
    def df(self) -> int:
        """Degrees of freedom of the whole sample, ``n - 1``."""
        return self.sample_size - 1

    @property
    def is_census(self) -> bool:
        """Whether the whole population was observed, so that there is no sampling error."""
        return self.sample_size == self.population_size

    def domain_df(self, base: npt.ArrayLike) -> Numbers:
        """Return the degrees of freedom of domains of `base` respondents, ``n_d - 1``.

        Examples
        --------
        >>> SimpleRandomSample(5, 20).domain_df([5, 2, 1])
        array([4., 1., 0.])
        """
        return np.asarray(base, dtype=np.float64) - 1.0

    def variance(self, squares: npt.ArrayLike, base: npt.ArrayLike) -> Numbers:
        """Return the variance of domain means by linearisation.

        Parameters
        ----------
        squares
            Per domain the sum of squared deviations from its own mean; for a share ``n_d p (1 - p)``.
        base
            Respondents per domain.

        Returns
        -------
        ndarray of float64
            Missing where it is not defined: an empty domain, and any domain when the sample is one respondent. Zero
            when the whole population was observed.

        Examples
        --------
        Marks 6, 7 and 8 in a sample of 5 out of 20: 0.75 x 5/4 x 2/9.

        >>> SimpleRandomSample(5, 20).variance([2.0], [3]).round(6)
        array([0.208333])
        """
        sums, n_d = np.asarray(squares, dtype=np.float64), np.asarray(base, dtype=np.float64)
        defined = np.broadcast_to((n_d > 0) & (self.is_census or self.df > 0), np.broadcast(sums, n_d).shape)
        factor = 0.0 if self.is_census else (1 - self.fraction) * self.sample_size / max(self.df, 1)
        variance = np.full(defined.shape, np.nan)
        np.divide(factor * sums, n_d**2, out=variance, where=defined)
        return variance

    def effective_base(self, base: npt.ArrayLike) -> Numbers:
        """Return how many independent draws domains of `base` respondents are worth, ``n_d (n - 1) / n / (1 - f)``.

        It equals ``p (1 - p) / variance`` for every share strictly between 0 and 1, and stands in for it at 0 and 1,
        where the estimated variance is 0 and says nothing. Infinite when the whole population was observed.

        Examples
        --------
        >>> SimpleRandomSample(5, 20).effective_base([3]).round(6)
        array([3.2])
        """
        n_d = np.asarray(base, dtype=np.float64)
        if self.is_census:
            return np.where(n_d > 0, np.inf, 0.0)
        return n_d * self.df / self.sample_size / (1 - self.fraction)


def _whole(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    try:
        return operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        return None
