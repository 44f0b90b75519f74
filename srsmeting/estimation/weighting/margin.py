"""A margin: the groups that weights must reproduce, and what cannot be reproduced."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from srsmeting.errors import DesignError
from srsmeting.estimation.numeric import Mask, Numbers, Positions

#: The group of respondents whose group is not known, where they are given one of their own.
NO_ANSWER = "(no answer)"


@dataclass(frozen=True, eq=False)
class Margin:
    """How a population is spread over groups, and which of them each respondent is in.

    Parameters
    ----------
    name
        The breakdown, or two as ``"wgo*grootteklasse"``.
    groups
        Codes, in declared order.
    place
        Per respondent the position of its group, counted from 0; -1 where that is not known.
    population
        Organisations (or employees) that the frame has per group.
    merged
        Margins of the questionnaire that merge groups of this one so that somebody responded in each: named as repair.
    pooled
        Groups that were taken together as one of the `groups` by :func:`~srsmeting.estimation.weighting.pooling.pool`.

    Raises
    ------
    DesignError
        When there is not one size for each group, a size is no number of at least 0, there is nobody in the population,
        or a respondent is in a group that does not exist.

    Examples
    --------
    >>> Margin("wgo", ("noord", "zuid"), [0, 0, 1], [12, 8])
    Margin('wgo', 2 groups, 3 respondents, population 20)
    """

    name: str
    groups: tuple[str, ...]
    place: Positions
    population: Numbers
    merged: tuple[str, ...] = ()
    pooled: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        place = np.asarray(self.place)
        if place.ndim != 1 or not (place.size == 0 or np.issubdtype(place.dtype, np.integer)):
            raise DesignError(
                f"margin {self.name!r}: place needs the position of its group for each respondent. Give whole numbers."
            )
        population = np.array(self.population, dtype=np.float64)
        groups = tuple(self.groups)
        if population.shape != (len(groups),):
            raise DesignError(
                f"margin {self.name!r}: {population.size} sizes for {len(groups)} groups. Give one for each."
            )
        wrong = ~(np.isfinite(population) & (population >= 0))
        if wrong.any():
            at = int(np.flatnonzero(wrong)[0])
            raise DesignError(
                f"margin {self.name!r}: the population of {groups[at]!r} is {population[at]:g}. "
                "Give a number of at least 0."
            )
        if not population.sum() > 0:
            raise DesignError(f"margin {self.name!r}: the population is empty. Give how many each group has.")
        outside = (place < -1) | (place >= len(groups))
        if outside.any():
            at = int(np.flatnonzero(outside)[0])
            raise DesignError(
                f"margin {self.name!r}: respondent {at} is in group {place[at]}, and there are {len(groups)} (from 0). "
                "Give -1 where the group is not known."
            )
        for name, value in (("groups", groups), ("place", place.astype(np.intp)), ("population", population)):
            object.__setattr__(self, name, value)

    @property
    def total(self) -> float:
        """What the population is in all."""
        return float(self.population.sum())

    @property
    def unknown(self) -> Mask:
        """Whose group is not known."""
        return self.place < 0

    @property
    def empty(self) -> Mask:
        """Per group whether it has a population of which nobody responded."""
        respondents = np.bincount(self.place[~self.unknown], minlength=len(self.groups))
        empty: Mask = (self.population > 0) & (respondents == 0)
        return empty

    def sums(self, weights: Numbers) -> Numbers:
        """Return the sum of weights per group."""
        known = ~self.unknown
        place, weight = (self.place, weights) if known.all() else (self.place[known], weights[known])
        return np.bincount(place, weight, minlength=len(self.groups)).astype(np.float64)

    def with_own_group(self, base: Numbers) -> Margin:
        """Give those whose group is not known a group of their own, as large as their part of the base weights.

        The other groups share the rest of the population as they share the whole.
        """
        unknown = self.unknown
        if not unknown.any():
            return self
        part = base[unknown].sum() / base.sum()
        population = np.append(self.population * (1 - part), self.total * part)
        place = np.where(unknown, len(self.groups), self.place)
        return replace(self, groups=(*self.groups, NO_ANSWER), place=place, population=population)

    def __repr__(self) -> str:
        return (
            f"Margin({self.name!r}, {len(self.groups)} groups, {len(self.place)} respondents, "
            f"population {self.total:g})"
        )


def margin_faults(margin: Margin) -> list[str]:
    """Say which groups cannot be reproduced: nobody to weight up, or somebody who stands for nobody."""
    respondents = np.bincount(margin.place[~margin.unknown], minlength=len(margin.groups))
    faults = []
    for group, size, answered in zip(margin.groups, margin.population, respondents, strict=True):
        where = f"margin {margin.name!r}: group {group!r}"
        if size > 0 and not answered:
            known = f" {' or '.join(repr(name) for name in margin.merged)} will do." if margin.merged else ""
            faults.append(
                f"{where} has {size:g} in the frame, and nobody in it responded. Merge it with another group: weight "
                f"to a grouping of the questionnaire.{known}"
            )
        elif answered and not size:
            respondents_are = "1 respondent is" if answered == 1 else f"{answered} respondents are"
            faults.append(
                f"{where} has nobody in the frame, and {respondents_are} in it. Correct the frame or the answers, or "
                "merge the group with another one."
            )
    return faults
