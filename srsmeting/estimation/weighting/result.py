"""What weighting gives back: the weights, what they cost in precision, and the margins before and after."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from srsmeting.estimates import estimate_frame
from srsmeting.estimation.calibration import Weights
from srsmeting.estimation.weighting.margin import NO_ANSWER, Margin

#: So many groups that weigh the same are named in a line.
_NAMED = 6


@dataclass(frozen=True, eq=False)
class Weighting(Weights):
    """Weights that meet the margins of the frame; give them to :meth:`Design.calibrated`.

    Parameters
    ----------
    final, margins, base
        As in :class:`Weights`; the base weights are scaled to the size of the population.
    frame
        The margins that are met.

    Examples
    --------
    Three of eight in the north answered, and one of two in the south.

    >>> from srsmeting.estimation import Margin, poststratify
    >>> weighting = poststratify(Margin("wgo", ("noord", "zuid"), [0, 0, 0, 1], [8, 2]))
    >>> weighting.final.round(3).tolist()
    [2.667, 2.667, 2.667, 2.0]
    >>> round(weighting.deff, 4), round(weighting.n_eff, 4)
    (1.0133, 3.9474)
    >>> weighting.table()[["group", "frame", "unweighted", "weighted"]]
       group  frame  unweighted  weighted
    0  noord    0.8        0.75       0.8
    1   zuid    0.2        0.25       0.2
    """

    frame: tuple[Margin, ...] = ()

    @property
    def deff(self) -> float:
        """Kish's design effect of unequal weights, ``n sum w^2 / (sum w)^2``."""
        return float(len(self.final) * (self.final**2).sum() / self.final.sum() ** 2)

    @property
    def n_eff(self) -> float:
        """Kish's effective sample size, ``(sum w)^2 / sum w^2``."""
        return len(self.final) / self.deff

    @property
    def smallest(self) -> float:
        """The smallest weight."""
        return float(self.final.min())

    @property
    def largest(self) -> float:
        """The largest weight."""
        return float(self.final.max())

    def table(self) -> pd.DataFrame:
        """Return the margins before and after.

        Returns
        -------
        pd.DataFrame
            A row per margin and group: ``margin``, ``group``, ``respondents`` (unweighted), ``population`` (the size
            in the frame), and as fractions of the margin ``frame``, ``unweighted`` and ``weighted``.
        """
        rows = []
        for margin in self.frame:
            respondents = margin.sums(np.ones(len(margin.place)))
            weighted = margin.sums(self.final)
            columns = {
                "margin": margin.name,
                "group": margin.groups,
                "respondents": respondents.astype(np.int64),
                "population": margin.population,
                "frame": margin.population / margin.total,
                "unweighted": respondents / respondents.sum(),
                "weighted": weighted / weighted.sum(),
            }
            rows.append(pd.DataFrame(columns))
        return pd.concat(rows, ignore_index=True)

    def estimates(self, meting: str) -> pd.DataFrame:
        """Return what weighting costs as rows of the estimate frame.

        Returns
        -------
        pd.DataFrame
            Estimate frame with two rows: measure ``effective_n`` (Kish's effective sample size, ``denominator`` the
            respondents) and ``design_effect`` (Kish's), both of all respondents, method ``kish``.
        """
        return estimate_frame(
            {
                "meting": meting,
                "measure": ["effective_n", "design_effect"],
                "estimate": [self.n_eff, self.deff],
                "denominator": len(self.final),
                "method": "kish",
            }
        )

    def weights(self, meting: str, question: str = "", *, pooled: bool = False) -> pd.DataFrame:
        """Return what a respondent of each group weighs as rows of the estimate frame.

        Parameters
        ----------
        meting
            Name of the measurement.
        question
            The question that is weighted so; empty for all of them.
        pooled
            Whether only the groups are told that were taken together.

        Returns
        -------
        pd.DataFrame
            Estimate frame, measure ``weight``: per margin (``by``) and group the mean weight of its respondents, in
            times the mean of all; method ``pooled`` for groups that weigh the same because they were taken together,
            else ``weight``. A group without respondents that is no part of a pool has no row.
        """
        rows = []
        for margin in self.frame:
            respondents, sums = margin.sums(np.ones(len(margin.place))), margin.sums(self.final)
            whole = "+".join(margin.pooled)
            for group, number, total in zip(margin.groups, respondents, sums, strict=True):
                together = group == whole
                if number and (together or not pooled):
                    share = float(total / number / self.final.mean())
                    method = "pooled" if together else "weight"
                    names = margin.pooled if together else (group,)
                    rows += [(margin.name, name, share, method) for name in names]
        by, groups, estimates, methods = (list(column) for column in zip(*rows, strict=True)) if rows else ([],) * 4
        return estimate_frame(
            {
                "meting": meting,
                "question": question,
                "by": by,
                "group": groups,
                "measure": "weight",
                "estimate": estimates,
                "method": methods,
            }
        )

    def summary(self) -> str:
        """Return the weighting in one line.

        Examples
        --------
        >>> from srsmeting.estimation import Margin, poststratify
        >>> poststratify(Margin("wgo", ("noord", "zuid"), [0, 0, 0, 1], [8, 2])).summary()
        'weighted to wgo: effective n 3.9 of 4 (Kish design effect 1.01), weights 0.80 to 1.07 times their mean'
        """
        mean = self.final.mean()
        own = [margin.place == margin.groups.index(NO_ANSWER) for margin in self.frame if NO_ANSWER in margin.groups]
        unknown = int(np.any(own, axis=0).sum()) if own else 0
        without = f"; {unknown} without an answer to a margin" if unknown else ""
        for margin in self.frame:
            if margin.pooled:
                few = len(margin.pooled) <= _NAMED
                names = " and ".join(margin.pooled) if few else f"{len(margin.pooled)} small groups"
                without += f"; {names} of {margin.name} as one group"
        return (
            f"weighted to {', '.join(margin.name for margin in self.frame)}: effective n {self.n_eff:.1f} of "
            f"{len(self.final)} (Kish design effect {self.deff:.2f}), weights {self.smallest / mean:.2f} to "
            f"{self.largest / mean:.2f} times their mean{without}"
        )
