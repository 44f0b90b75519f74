"""The audit of a measurement: what can be worked out of the figures that it would publish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from srsmeting.estimates import KEY
from srsmeting.estimation.audit import audit_estimates
from srsmeting.estimation.known_weights import unexamined
from srsmeting.meting import Meting, run_meting


@dataclass(frozen=True)
class Audit:
    """What an attack on the figures of a measurement came to.

    Parameters
    ----------
    found
        See :func:`srsmeting.estimation.audit.audit_estimates`; no rows where nothing was found.
    unexamined
        Which figures were not attacked.
    """

    found: pd.DataFrame
    unexamined: tuple[str, ...]


def audit_meting(meting: Meting, progress: Callable[[str], None] | None = None) -> Audit:
    """Attack the figures that a measurement would publish, and return what can be worked out of the suppressed ones.

    Of a weighted measurement the attack is given the counts too that are not published beside weighted shares: what it
    does not find then, nobody finds without them.

    Parameters
    ----------
    meting
        The measurement; where it starts from ``estimates``, those are attacked as they are.
    progress
        Called with a short text at every step.

    Returns
    -------
    Audit

    Raises
    ------
    SrsmetingError
        Whatever the measurement has wrong, or figures that contradict each other.
    """
    run = run_meting(meting, progress)
    return audit_figures(meting, run.estimates, run.counted, progress)


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
    if counted is not None:
        counts = counted[[*KEY, "numerator"]]
        estimates = estimates.drop(columns="numerator").merge(counts, "left", [*KEY])[estimates.columns]
    names = estimates.loc[(estimates["question"] != "") & (estimates["by"] != ""), "by"].unique()
    rules = meting.config.publication.rules(meting.questionnaire, (*meting.config.breakdowns, *names))
    # Adjusted shares are no counts. They can be hidden for the base of a regression, where the table is shown.
    adjusted = estimates["measure"] == "adjusted_share"
    found = audit_estimates(estimates[~adjusted], meting.questionnaire, rules, progress=progress)
    left = ("adjusted shares",) if estimates.loc[adjusted, "estimate"].notna().any() else ()
    return Audit(found, (*unexamined(estimates, meting.questionnaire), *left))
