"""The audit of a measurement: what can be worked out of the figures that it would publish."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from srsmeting.estimation.audit import audit_estimates
from srsmeting.meting import Meting, run_meting


def audit_meting(meting: Meting, progress: Callable[[str], None] | None = None) -> pd.DataFrame:
    """Attack the figures that a measurement would publish, and return what can be worked out of the suppressed ones.

    Parameters
    ----------
    meting
        The measurement; where it starts from ``estimates``, those are attacked as they are.
    progress
        Called with a short text at every step.

    Returns
    -------
    pd.DataFrame
        See :func:`srsmeting.estimation.audit.audit_estimates`; no rows where nothing was found.

    Raises
    ------
    SrsmetingError
        Whatever the measurement has wrong, or figures that contradict each other.
    """
    estimates = run_meting(meting, progress).estimates
    found = estimates.loc[(estimates["question"] != "") & (estimates["by"] != ""), "by"].unique()
    rules = meting.config.publication.rules(meting.questionnaire, (*meting.config.breakdowns, *found))
    return audit_estimates(estimates, meting.questionnaire, rules, progress=progress)
