"""The audit of the figures of a measurement: what can be worked out of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from srsmeting.estimates import KEY
from srsmeting.estimation.audit import audit_estimates
from srsmeting.estimation.known_weights import unexamined
from srsmeting.estimation.linked_publication import is_share
from srsmeting.estimation.published_tables import ADJUSTED
from srsmeting.estimation.rules import PublicationRules
from srsmeting.meting import Meting


@dataclass(frozen=True)
class Audit:
    """What an attack on the figures of a measurement came to.

    Parameters
    ----------
    found
        See :func:`srsmeting.estimation.audit.audit_estimates`; no rows where nothing was found.
    unexamined
        Which figures were not attacked.
    metings
        Ids of the measurements whose figures were attacked, the earliest first.
    """

    found: pd.DataFrame
    unexamined: tuple[str, ...]
    metings: tuple[str, ...]

    def summary(self) -> str:
        """Return what came of it in one sentence, with the measurements that it is about."""
        *before, last = self.metings
        of = f"{', '.join(before)} and {last} together" if before else last
        many = "figure" if len(self.found) == 1 else "figures"
        what = f"{len(self.found)} {many}" if len(self.found) else "Nothing that is suppressed"
        return f"{what} can be worked out from the figures of {of}"


def audit_figures(
    meting: Meting,
    estimates: pd.DataFrame,
    counted: pd.DataFrame | None = None,
    progress: Callable[[str], None] | None = None,
) -> Audit:
    """Attack figures that a measurement published, or would publish.

    Parameters
    ----------
    meting
        The measurement, which has the questionnaire and the rules.
    estimates
        The figures that a reader has.
    counted
        What would be published without weights, of a weighted measurement.
    progress
        Called with a short text at every step.

    Raises
    ------
    EstimateError
        When the figures contradict each other.
    """
    shown, left = attackable(meting, estimates, counted)
    found = audit_estimates(shown, meting.questionnaire, rules_of(meting, estimates), progress=progress)
    return Audit(found, left, (meting.config.meting,))


def rules_of(meting: Meting, estimates: pd.DataFrame) -> PublicationRules:
    """Return the rules of publication of a measurement, for all breakdowns that its figures have."""
    names = estimates.loc[(estimates["question"] != "") & (estimates["by"] != ""), "by"].unique()
    return meting.config.publication.rules(meting.questionnaire, (*meting.config.breakdowns, *names))


def attackable(
    meting: Meting, estimates: pd.DataFrame, counted: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the figures that an attack starts from, and what of them it makes nothing of."""
    if counted is not None:
        counts = counted[[*KEY, "numerator"]]
        estimates = estimates.drop(columns="numerator").merge(counts, "left", [*KEY])[estimates.columns]
    adjusted = estimates[(estimates["measure"] == ADJUSTED) & estimates["estimate"].notna()]
    open_ = adjusted["denominator"].isna() | ~adjusted["method"].map(is_share).astype(bool)
    weighted = bool(len(adjusted) and estimates["method"].str.endswith("_weighted").any())
    left = ("adjusted shares that are weighted or corrected for something",) if weighted or open_.any() else ()
    return estimates, (*unexamined(estimates, meting.questionnaire), *left)
