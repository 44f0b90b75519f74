"""A change taken apart: what groups did, and how large they were."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from srsmeting.estimation.numeric import Numbers


@dataclass(frozen=True, eq=False)
class Decomposition:
    """Parts of a change of a share or a mean.

    Parameters
    ----------
    rate
        What it would be if the groups had stayed as large as they were: ``sum c1 (p2 - p1)``.
    composition
        What it would be if the groups answered as they did: ``sum (c2 - c1) p1``.
    interaction
        What is left: ``sum (c2 - c1) (p2 - p1)``.
    """

    rate: Numbers
    composition: Numbers
    interaction: Numbers

    @property
    def change(self) -> Numbers:
        """The whole."""
        return self.rate + self.composition + self.interaction

    @property
    def rate_effect(self) -> Numbers:
        """Kitagawa's: half of the interaction goes to each, ``sum (c1 + c2) / 2 (p2 - p1)``."""
        return self.rate + self.interaction / 2

    @property
    def composition_effect(self) -> Numbers:
        """Kitagawa's: ``sum (c2 - c1) (p1 + p2) / 2``."""
        return self.composition + self.interaction / 2


def decompose(
    earlier_size: npt.ArrayLike, earlier: npt.ArrayLike, later_size: npt.ArrayLike, later: npt.ArrayLike
) -> Decomposition:
    """Take a change apart into what the groups did and how large they were.

    Parameters
    ----------
    earlier_size, later_size
        Part of the respondents that each group is, shape (groups,) or (groups, columns); they add up to 1.
    earlier, later
        Share or mean of each group, shape (groups,) or (groups, columns). Of a group that is in one measurement only
        the other is missing: it has no change of its own, so that all it does is composition.

    Notes
    -----
    Kitagawa (1955), *Components of a difference between two rates*, Journal of the American Statistical Association 50;
    in three parts, with the earlier measurement as the point of departure, as Oaxaca (1973) and Blinder (1973) have it.

    Examples
    --------
    From 60% small with 0.4 and 40% large with 0.7, to 50% small with 0.5 and 50% large with 0.7: from 0.52 to 0.60.

    >>> found = decompose([0.6, 0.4], [[0.4], [0.7]], [0.5, 0.5], [[0.5], [0.7]])
    >>> found.rate.round(3), found.composition.round(3), found.interaction.round(3)
    (array([0.06]), array([0.03]), array([-0.01]))
    >>> found.rate_effect.round(3), found.composition_effect.round(3), found.change.round(3)
    (array([0.055]), array([0.025]), array([0.08]))
    """
    p1, p2 = np.asarray(earlier, dtype=np.float64), np.asarray(later, dtype=np.float64)
    p1, p2 = np.where(np.isnan(p1), p2, p1), np.where(np.isnan(p2), p1, p2)
    p1, p2 = np.nan_to_num(p1), np.nan_to_num(p2)
    c1, c2 = (np.asarray(size, dtype=np.float64) for size in (earlier_size, later_size))
    c1, c2 = (size[:, np.newaxis] if size.ndim < p1.ndim else size for size in (c1, c2))
    parts = (c1 * (p2 - p1), (c2 - c1) * p1, (c2 - c1) * (p2 - p1))
    return Decomposition(*(np.asarray(part.sum(axis=0)) for part in parts))


__all__ = ["Decomposition", "decompose"]
