"""The figures of a monitor of goals: realisation, goals reached, drop-out, duration and participants."""

from __future__ import annotations

from itertools import chain

import pandas as pd

from srsmeting.estimation.attainment.counts import counting, lasting, mentioning, taking_part
from srsmeting.estimation.attainment.realisation import realisation
from srsmeting.estimation.attainment.rows import LEFT_OUT, NOT_NESTED, RANGE, frame_of
from srsmeting.estimation.attainment.trajectory import dropping_out, going_on
from srsmeting.estimation.attainment.verdicts import verdicts
from srsmeting.goals import GoalsMonitor

__all__ = ["LEFT_OUT", "NOT_NESTED", "RANGE", "estimate_goals"]


def estimate_goals(monitor: GoalsMonitor) -> pd.DataFrame:
    """Return the figures of a monitor of goals.

    Parameters
    ----------
    monitor
        What :func:`srsmeting.goals.load_monitor` returned.

    Returns
    -------
    pd.DataFrame
        Estimate frame. ``item`` is the moment, ``category`` the part of a track, ``by`` and ``group`` the unit; a total
        has neither. Quotients are fractions, with numerator and denominator; whatever is counted has its count as
        ``estimate`` and ``numerator``.

        =====================  ==============  =========================================================================
        measure                question        what it is
        =====================  ==============  =========================================================================
        goal, result           track           as written; the upper end of a range, with its ends in the interval
        attainment             track           result / goal, against the upper end of a range (``ci_low``); ``ci_high``
                                               is against its lower end
        expected_attainment    track           months passed / months of the unit: the straight line to the goal
        attainment_gap         track           attainment less what was expected
        goals_set              track or empty  goals, of all units (and tracks, whether counted at the moment or not)
        goals_reached, _nearly,  track or empty  of the goals with a result, by the thresholds of the rules
        _missed
        flow                   track           its result / that of the track before; ``not nested`` where it is more
        dropout                phase           dropped out / in the phase
        months,                ``duur``        first and last month included; with and without extension; the total is
        months_planned                         the mean
        extended               ``duur``        units that were extended
        participants           kind            organisations that take part
        count, share           figure          loose counts, and as a share of the figure they are a part of
        mentioned              topic           units that tell of it, of all units
        =====================  ==============  =========================================================================

        Status E marks numbers that are not exact (``approximate``), M what is not there: ``no_goal``, ``no_result``,
        ``not_applicable``, ``not_yet``, ``unknown``, ``goal_dropped``, ``in_words``, ``incomplete``, ``no_base`` (a
        drop-out of nobody knows how many), ``divides_by_zero`` (a goal of 0, which is neither reached nor missed); K
        what was counted with another phase. Totals leave out units without a number, and ``method`` says which.
    """
    kinds = (realisation, verdicts, going_on, dropping_out, lasting, taking_part, counting, mentioning)
    return frame_of(chain.from_iterable(kind(monitor) for kind in kinds))
