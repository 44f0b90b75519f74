"""What two publications give away together that neither does alone.

Where a revision hides other figures than the record before it, a reader has what either of them shows.
"""

from __future__ import annotations

import pandas as pd

from srsmeting.auditing import audit_figures
from srsmeting.estimates import KEY
from srsmeting.meting import Meting, Progress


def known_from_both(
    meting: Meting,
    now: pd.DataFrame,
    before: pd.DataFrame,
    counted: pd.DataFrame | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Return the figures that two publications of the same answers hide, and that follow from the two together.

    Parameters
    ----------
    meting
        The measurement.
    now, before
        Estimate frames that differ in suppression only.
    counted
        What would be published without weights, of a weighted measurement.
    progress
        Called with a short text at every step.

    Returns
    -------
    pd.DataFrame
        See :func:`srsmeting.estimation.audit.audit_estimates`.
    """
    earlier = before.set_index([*KEY]).reindex(pd.MultiIndex.from_frame(now[[*KEY]])).reset_index()
    hidden = (now["status"] == "Q").to_numpy()
    both = pd.concat([now[~hidden], earlier[hidden][[*now.columns]]]).sort_index(kind="stable")
    found = audit_figures(meting, both, counted, progress).found
    address = ["question", "item", "category", "by", "group"]
    # Where one answer of a group is hidden the audit takes all of them for hidden, also the ones that are shown.
    still = pd.MultiIndex.from_frame(both.loc[both["status"] == "Q", address])
    kept = pd.MultiIndex.from_frame(found[address]).isin(still) | (found["how"] == "together").to_numpy()
    return found[kept].reset_index(drop=True)
