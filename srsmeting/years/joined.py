"""Groups that were several the year before, such as regions that merged: who the earlier figures are of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from srsmeting.crosswalk import Crosswalk


@dataclass(frozen=True)
class Joined:
    """A group of the later year that was several groups the year before.

    Parameters
    ----------
    by, group
        Breakdown and group in the later questionnaire.
    of
        What its parts were called in the earlier one.
    reason
        Why they may be compared, as the crosswalk says it to readers; empty where it says nothing.
    """

    by: str
    group: str
    of: tuple[str, ...]
    reason: str


def joined_groups(crosswalk: Crosswalk, breakdowns: Sequence[str]) -> Iterator[Joined]:
    """Yield the groups of some breakdowns that were several the year before, and may be compared with those together.

    Parameters
    ----------
    crosswalk
        Between the two years.
    breakdowns
        Of the later questionnaire.
    """
    for by in breakdowns:
        before = crosswalk.breakdown(by)
        if before is None:
            continue
        labels = crosswalk.earlier.breakdown(before).labels
        for pair in crosswalk.groups(by):
            if len(pair.orig) > 1 and len(pair.target) == 1 and pair.comparable == "yes":
                yield Joined(by, pair.target[0], tuple(labels[code] for code in pair.orig), pair.reason)
