"""Answers of those who answered both times, crossed: what a covariance and a panel are made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from srsmeting.estimation.numeric import Counts, Numbers, Positions

#: Codes of answers, in as little memory as they need.
Codes: TypeAlias = npt.NDArray[np.signedinteger[Any]]


@dataclass(frozen=True, eq=False)
class Level:
    """Shares or means of one measurement, per group and column.

    Parameters
    ----------
    mean
        Shape (groups, columns); 0 where there is no base.
    weight
        Sum of the weights of the base, same shape.
    fitted
        What the margins explain of the deviations from the mean, over the weight: shape (cells, groups, columns); None
        without margins.
    """

    mean: Numbers
    weight: Numbers
    fitted: Numbers | None = None

    @cached_property
    def scale(self) -> Numbers:
        """The weight to divide by: nothing comes of a base that is empty."""
        return np.where(self.weight > 0, self.weight, np.inf)

    def columns(self, which: Positions) -> Level:
        """Return some columns, in the shape of `which`."""
        fitted = None if self.fitted is None else self.fitted[..., which]
        return Level(self.mean[:, which], self.weight[:, which], fitted)


@dataclass(frozen=True, eq=False)
class Panel:
    """Organisations that answered a question both times and were in the same group, unweighted, per group and column.

    Parameters
    ----------
    base
        How many.
    both, lost, won
        How many gave the answer both times, only the first and only the second time.
    asked_twice
        Per column who answered the question both times, whatever group they were in; None where that is not asked.
    """

    base: Counts
    both: Counts
    lost: Counts
    won: Counts
    asked_twice: Counts


@dataclass(frozen=True, eq=False)
class Parts:
    """Sums of influences over who answered both times, per pair of strata, group and column.

    ``product`` is ``sum e1 e2``, ``first`` and ``second`` are ``sum e1`` and ``sum e2``.
    """

    product: Numbers
    first: Numbers
    second: Numbers


@dataclass(frozen=True, eq=False)
class Crossed:
    """Answers of both times whose codes mean the same columns, crossed.

    Parameters
    ----------
    columns
        Which columns of all pairs these are, shape (pairs of answers, columns of one).
    members
        Per measurement the columns that each code is in.
    crossed
        Per pair of answers and organisation that answered both times both codes, in one number.
    counts
        How many are in a group both times and gave these codes, counted from 1: shape (pairs of strata, groups, pairs
        of answers, first code, second code).
    """

    columns: Positions
    members: tuple[Numbers, Numbers]
    crossed: Codes
    counts: Numbers

    def codes(self, side: int, who: Positions | slice = slice(None)) -> Positions:
        """Return the codes of a measurement, counted from 1; of some organisations where these are told."""
        wide, crossed = self.members[1].shape[0] + 1, self.crossed[:, who]
        found: Positions = (crossed % wide if side else crossed // wide).astype(np.intp)
        return found


def through(joint: Numbers, one: Numbers, two: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Return of crossed codes, per column: asked both times, answer the first time, the second time, both times."""
    across = joint @ two
    base = across[..., -1:]
    asked = (base * one[:, -1:]).sum(axis=-2)
    first = (base * one[:, :-1]).sum(axis=-2)
    second = (across[..., :-1] * one[:, -1:]).sum(axis=-2)
    both = (across[..., :-1] * one[:, :-1]).sum(axis=-2)
    return asked, first, second, both
