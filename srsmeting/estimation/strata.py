"""Sizes of sample and population per stratum, and what they make of a sum of squares."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from srsmeting.errors import DesignError
from srsmeting.estimation.numeric import Counts, Mask, Numbers, Positions

_REPAIR = {
    "sample_size": "Give the number of respondents that count.",
    "population_size": "Give the number of organisations in the frame, not a fraction or a correction factor.",
}


@dataclass(frozen=True, eq=False)
class Strata:
    """Sizes of sample and population, one per stratum.

    Parameters
    ----------
    sample, population
        Respondents and organisations per stratum.
    corrected
        Whether the finite population correction holds.
    """

    sample: Counts
    population: Counts
    corrected: bool = True

    @cached_property
    def sample_size(self) -> int:
        """Respondents in all."""
        return int(self.sample.sum())

    @cached_property
    def population_size(self) -> int:
        """Organisations in all."""
        return int(self.population.sum())

    @cached_property
    def present(self) -> int:
        """Strata that have respondents."""
        return int(np.count_nonzero(self.sample))

    @property
    def is_census(self) -> bool:
        """Whether everyone was observed."""
        return self.corrected and self.sample_size == self.population_size

    @cached_property
    def lonely(self) -> Mask:
        """Per stratum whether it has one respondent out of several organisations, and others are beside it."""
        fraction = self._unsampled > 0
        lonely: Mask = (self.sample == 1) & fraction & (self.present > 1)
        return lonely

    @cached_property
    def factor(self) -> Numbers:
        """Per stratum what a sum of squared influences is multiplied by: ``(1 - f) n / (n - 1)``.

        A single respondent counts its square once: there is nothing to divide over.
        """
        return self._unsampled * self.sample / np.maximum(self.sample - 1, 1)

    @cached_property
    def centring(self) -> Numbers:
        """Per stratum what a squared sum of influences is multiplied by, to be taken off: the factor over ``n``.

        0 for a single respondent, whose influence is then measured from that of the whole, which is 0.
        """
        return np.where(self.sample > 1, self.factor / np.maximum(self.sample, 1), 0.0)

    @cached_property
    def _unsampled(self) -> Numbers:
        fraction = self.sample / np.maximum(self.population, 1)
        return 1 - fraction if self.corrected else np.ones(len(self.sample))


def one_stratum(sample_size: object, population_size: object) -> Strata:
    """Return the sizes of a simple random sample, checked."""
    sizes = {"sample_size": _whole(sample_size), "population_size": _whole(population_size)}
    given = {"sample_size": sample_size, "population_size": population_size}
    for name, size in sizes.items():
        if size is None or size < 1:
            raise DesignError(
                f"Design.simple_random(): {name} is {given[name]!r}, not a whole number of at least 1. {_REPAIR[name]}"
            )
    sample, population = np.array([list(sizes.values())], dtype=np.int64).T
    if sample[0] > population[0]:
        raise DesignError(
            f"Design.simple_random(): population_size is {population[0]}, fewer than the {sample[0]} respondents. "
            f"{_REPAIR['population_size']}"
        )
    return Strata(sample, population)


def several_strata(
    strata: npt.ArrayLike, population: Sequence[int] | npt.NDArray[np.int64]
) -> tuple[Strata, Positions]:
    """Return the sizes of a stratified sample and the stratum of each respondent, checked."""
    where = "Design.stratified()"
    whole = [_whole(size) for size in population]
    for place, (size, given) in enumerate(zip(whole, population, strict=True)):
        if size is None or size < 0:
            raise DesignError(
                f"{where}: the population of stratum {place} is {given!r}, not a whole number. "
                f"{_REPAIR['population_size']}"
            )
    codes = np.asarray(strata)
    if codes.ndim != 1 or codes.size == 0 or not np.issubdtype(codes.dtype, np.integer):
        raise DesignError(f"{where}: strata needs the position of its stratum for each respondent. Give whole numbers.")
    outside = (codes < 0) | (codes >= len(whole))
    if outside.any():
        first = int(np.flatnonzero(outside)[0])
        raise DesignError(
            f"{where}: respondent {first} is in stratum {codes[first]}, and population has {len(whole)} strata "
            f"(from 0); {int(outside.sum())} such respondents. Give each the position of its stratum."
        )
    positions = codes.astype(np.intp)
    sizes = np.array(whole, dtype=np.int64)
    sample = np.bincount(positions, minlength=len(sizes)).astype(np.int64)
    _check_sizes(where, sample, sizes)
    return Strata(sample, sizes), positions


def check_base_weights(where: str, weights: npt.ArrayLike, expected: int) -> Numbers:
    """Return base weights, one for each respondent, checked."""
    try:
        # A copy: what happens later to the array that was given changes nothing here.
        given = np.array(weights, dtype=np.float64)
    except (TypeError, ValueError):
        message = "base weights are not all numbers. Give a positive number for each respondent."
        raise DesignError(f"{where}: {message}") from None
    if given.shape != (expected,):
        raise DesignError(f"{where}: {given.size} base weights for {expected} respondents. Give one for each.")
    wrong = ~(np.isfinite(given) & (given > 0))
    if wrong.any():
        place = int(np.flatnonzero(wrong)[0])
        raise DesignError(
            f"{where}: the base weight of respondent {place} is {given[place]:g}, not a positive number. "
            "Leave out who does not count."
        )
    return given


def _check_sizes(where: str, sample: Counts, population: Counts) -> None:
    faults = [
        f"stratum {h} has {population[h]} organisations and no respondents. Merge it with another stratum."
        for h in np.flatnonzero((sample == 0) & (population > 0))
    ]
    faults += [
        f"stratum {h} has {population[h]} organisations, fewer than its {sample[h]} respondents. "
        f"{_REPAIR['population_size']}"
        for h in np.flatnonzero(sample > population)
    ]
    if faults:
        raise DesignError(f"{where}: " + " ".join(faults))


def _whole(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    try:
        return operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        return None
