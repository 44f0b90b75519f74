"""How the respondents came out of the population: the design that every standard error leans on.

One design is made per measurement and handed to every estimator. A breakdown or a filter never makes a new design: it
is a domain of the whole sample, so the sampling fractions stay those of the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from srsmeting.errors import DesignError
from srsmeting.estimation.numeric import Numbers, Positions
from srsmeting.estimation.simple import simple_effective_base, simple_variance
from srsmeting.estimation.strata import Strata, check_base_weights, one_stratum, several_strata

if TYPE_CHECKING:
    from srsmeting.estimation.calibration import Calibration, Weights
    from srsmeting.estimation.classes import Classes


@dataclass(frozen=True, eq=False, repr=False)
class Design:
    """A sample without replacement from a population of known size, whole or per stratum, weighted or not.

    Make one with :meth:`simple_random` or :meth:`stratified`; :meth:`calibrated` gives the design after weighting to
    the frame, and :meth:`subset` that of some of its respondents.

    Parameters
    ----------
    strata
        Sizes of sample and population per stratum; a simple random sample has one stratum.
    stratum
        Per respondent the position of its stratum, or None when there is one.
    weights
        Final weight of each respondent, or None when all are equal.
    calibration
        The margins that the weights were made to meet, or None.
    rows
        Respondents that are here; fewer than the sample in a subset. None when nothing is known of each respondent.
    weight_sum
        Sum of the weights of the whole sample; None when that is the size of the population.

    Notes
    -----
    With ``w`` the weights, ``W`` their sum over a domain (the base of a share, or a group of a breakdown) and ``m`` the
    weighted mean of ``z`` over it, every respondent has the influence ``u = w (z - m) / W`` in the domain and 0 outside
    it. The linearised variance is ``sum_h (1 - f_h) n_h / (n_h - 1) sum (u - mean_h(u))^2`` over the strata ``h`` of
    the *whole* sample: a filter never changes ``n_h`` or ``f_h``. After weighting to margins ``u`` is first replaced by
    what the margins leave unexplained of it (:mod:`srsmeting.estimation.calibration`). R's survey package gives the
    same for ``svydesign(ids = ~1, strata = ~h, fpc = ~N)``, any subset of it, and after ``rake()``.

    The degrees of freedom of a domain are its respondents less the strata that they are in, as ``degf()`` has them for
    a subset; that is what ``svyciprop`` uses. (``confint(svymean(x, na.rm = TRUE), df = degf(design))`` keeps ``n - 1``
    although the base is smaller; this package does not.)

    A stratum with a single respondent shows no spread of its own. It is measured from the estimate for the whole
    instead, which is careful rather than exact, and every number that leans on it says so (reason ``lonely_stratum``).

    Examples
    --------
    >>> design = Design.simple_random(sample_size=301, population_size=985)
    >>> design
    Design.simple_random(sample_size=301, population_size=985)
    >>> round(design.fraction, 4), design.df, design.is_weighted
    (0.3056, 300, False)
    """

    strata: Strata
    stratum: Positions | None = None
    weights: Numbers | None = None
    calibration: Calibration | None = None
    rows: int | None = None
    weight_sum: float | None = None

    @classmethod
    def simple_random(cls, sample_size: int, population_size: int, base_weights: npt.ArrayLike | None = None) -> Design:
        """Return the design of a simple random sample without replacement.

        Parameters
        ----------
        sample_size
            Respondents that count, of the whole measurement, whatever is filtered later.
        population_size
            Organisations in the frame that they stand for. The *size* itself: software that takes a correction factor
            here and gets a size, or the reverse, is wrong by a factor of tens without saying so.
        base_weights
            How many organisations each respondent stands for, if not ``N / n`` each.

        Raises
        ------
        DesignError
            When a size is not a whole number of at least 1, the sample is larger than the population, or a weight is
            not a positive number.

        Examples
        --------
        >>> Design.simple_random(sample_size=301, population_size=0.694)
        Traceback (most recent call last):
        ...
        srsmeting.errors.DesignError: Design.simple_random(): population_size is 0.694, not a whole number of at least \
1. Give the number of organisations in the frame, not a fraction or a correction factor.
        """
        strata = one_stratum(sample_size, population_size)
        if base_weights is None:
            return cls(strata)
        weights = check_base_weights("Design.simple_random()", base_weights, strata.sample_size)
        return cls(strata, None, weights, None, strata.sample_size, float(weights.sum()))

    @classmethod
    def stratified(
        cls,
        strata: npt.ArrayLike,
        population: Sequence[int] | npt.NDArray[np.int64],
        base_weights: npt.ArrayLike | None = None,
    ) -> Design:
        """Return the design of a sample without replacement from every stratum.

        Parameters
        ----------
        strata
            Per respondent of the whole measurement the position of its stratum, counted from 0.
        population
            Organisations in the frame per stratum.
        base_weights
            How many organisations each respondent stands for, if not ``N_h / n_h`` each.

        Raises
        ------
        DesignError
            When a size is not a whole number, a stratum with organisations has no respondents or fewer organisations
            than respondents (all such strata at once), a respondent is in no stratum, or a weight is not positive.

        Examples
        --------
        2 of 4 organisations in one stratum, 3 of 12 in the other.

        >>> design = Design.stratified([0, 0, 1, 1, 1], [4, 12])
        >>> design.weights, design.df
        (array([2., 2., 4., 4., 4.]), 3)
        >>> Design.stratified([0, 0], [4, 12])
        Traceback (most recent call last):
        ...
        srsmeting.errors.DesignError: Design.stratified(): stratum 1 has 12 organisations and no respondents. \
Merge it with another stratum.
        """
        sizes, codes = several_strata(strata, population)
        if base_weights is None:
            each = sizes.population / np.maximum(sizes.sample, 1)
            present = each[sizes.sample > 0]
            weights = None if np.all(present == present[0]) else each[codes]
        else:
            weights = check_base_weights("Design.stratified()", base_weights, len(codes))
            return cls(sizes, codes, weights, None, len(codes), float(weights.sum()))
        return cls(sizes, codes, weights, None, len(codes))

    def calibrated(self, weights: Weights) -> Design:
        """Return the design after weighting: the final weights, and standard errors that know the margins.

        Parameters
        ----------
        weights
            What :func:`rake` or :func:`poststratify` returned for all respondents of this design.

        Raises
        ------
        DesignError
            When the weights are not for as many respondents, or this design was made for other base weights, is a
            subset, or was calibrated before.

        Notes
        -----
        The degrees of freedom stay those before weighting, as ``degf()`` has them.
        """
        from srsmeting.estimation.calibration import calibrate

        return replace(
            self,
            weights=weights.final,
            calibration=calibrate(weights, self),
            rows=self.sample_size,
            weight_sum=float(weights.final.sum()),
        )

    def subset(self, chosen: npt.ArrayLike) -> Design:
        """Return the design of some respondents; all sizes stay those of the whole.

        Parameters
        ----------
        chosen
            Per respondent whether it stays.

        Raises
        ------
        DesignError
            When that is not known of every respondent.

        Examples
        --------
        >>> design = Design.stratified([0, 0, 1, 1, 1], [4, 12]).subset([True, False, True, True, False])
        >>> design.weights, design.sample_size, design.rows
        (array([2., 4., 4.]), 5, 3)
        """
        mask = np.asarray(chosen)
        if mask.dtype != np.bool_ or mask.ndim != 1:
            raise DesignError("Design.subset(): needs a true or false per respondent. Give a mask.")
        expected = self.rows if self.rows is not None else len(mask)
        if len(mask) != expected or len(mask) > self.sample_size:
            raise DesignError(
                f"Design.subset(): a mask of {len(mask)}, but the design has {min(expected, self.sample_size)} "
                "respondents. Give one true or false for each."
            )
        return replace(
            self,
            stratum=None if self.stratum is None else self.stratum[mask],
            weights=None if self.weights is None else self.weights[mask],
            calibration=None if self.calibration is None else self.calibration.subset(mask),
            rows=int(mask.sum()),
        )

    def without_correction(self) -> Design:
        """Return the design without finite population correction.

        For what is said of more than these organisations at that moment, such as a change between two years.

        Examples
        --------
        >>> Design.simple_random(4, 4).without_correction().is_census
        False
        """
        return replace(self, strata=replace(self.strata, corrected=False))

    @property
    def sample_size(self) -> int:
        """Respondents of the whole measurement."""
        return self.strata.sample_size

    @property
    def population_size(self) -> int:
        """Organisations that they stand for."""
        return self.strata.population_size

    @property
    def fraction(self) -> float:
        """Sampling fraction ``n / N`` of the whole."""
        return self.sample_size / self.population_size

    @property
    def df(self) -> int:
        """Degrees of freedom of the whole sample: respondents less strata."""
        return self.sample_size - self.strata.present

    @property
    def is_weighted(self) -> bool:
        """Whether respondents count differently."""
        return self.weights is not None

    @property
    def is_simple(self) -> bool:
        """Whether counts are all there is to know: one stratum, and everyone counts the same."""
        return self.weights is None and self.stratum is None

    @property
    def is_census(self) -> bool:
        """Whether the whole population was observed, so that there is no sampling error."""
        return self.strata.is_census

    def domain_df(self, base: npt.ArrayLike, strata: npt.ArrayLike = 1) -> Numbers:
        """Return the degrees of freedom of domains: their respondents less the strata that these are in.

        Examples
        --------
        >>> Design.simple_random(5, 20).domain_df([5, 2, 1])
        array([4., 1., 0.])
        """
        return np.asarray(base, dtype=np.float64) - np.asarray(strata, dtype=np.float64)

    def variance(self, squares: npt.ArrayLike, base: npt.ArrayLike) -> Numbers:
        """Return the variance of domain means from counts alone: :func:`simple_variance`.

        Raises
        ------
        DesignError
            For a design with weights or strata, whose variance does not follow from counts.

        Examples
        --------
        Marks 6, 7 and 8 in a sample of 5 out of 20: 0.75 x 5/4 x 2/9.

        >>> Design.simple_random(5, 20).variance([2.0], [3]).round(6)
        array([0.208333])
        """
        self._only_simple("variance")
        return simple_variance(self.strata, squares, base)

    def effective_base(self, base: npt.ArrayLike) -> Numbers:
        """Return how many independent draws domains are worth, from counts alone: :func:`simple_effective_base`.

        Raises
        ------
        DesignError
            For a design with weights or strata.

        Examples
        --------
        >>> Design.simple_random(5, 20).effective_base([3]).round(6)
        array([3.2])
        """
        self._only_simple("effective_base")
        return simple_effective_base(self.strata, base)

    @property
    def expansion(self) -> float:
        """How many organisations a respondent stands for, on average."""
        return self.total_weight / self.sample_size

    @property
    def total_weight(self) -> float:
        """Sum of the weights of the whole sample: the organisations in the frame, unless base weights say otherwise."""
        return self.weight_sum or float(self.population_size)

    @cached_property
    def each(self) -> Numbers:
        """Weight of each respondent, also where all are equal."""
        if self.weights is not None:
            return self.weights
        return np.full(self.sample_size if self.rows is None else self.rows, self.expansion)

    @cached_property
    def classes(self) -> Classes:
        """Respondents that the design cannot tell apart."""
        from srsmeting.estimation.classes import make_classes

        return make_classes(self, self.each)

    def _only_simple(self, name: str) -> None:
        if not self.is_simple:
            raise DesignError(
                f"Design.{name}(): {self!r} has weights or strata, and counts are not enough. "
                "Use an estimator, or covariance()."
            )

    def __repr__(self) -> str:
        if self.stratum is None:
            text = f"Design.simple_random(sample_size={self.sample_size}, population_size={self.population_size})"
        else:
            text = f"Design.stratified({self.sample_size} of {self.population_size} in {self.strata.present} strata)"
        marks = [
            ("weighted", self.weights is not None and self.calibration is None),
            ("calibrated", self.calibration is not None),
            ("without correction", not self.strata.corrected),
            (f"subset of {self.rows}", self.rows is not None and self.rows < self.sample_size),
        ]
        return ", ".join([text, *(mark for mark, holds in marks if holds)])
