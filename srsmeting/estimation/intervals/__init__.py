"""Confidence intervals, for whole columns at once.

The default for a share is Wilson's with the effective base in place of the number of respondents and a t quantile
(Kott 2017; recommended by Franco, Little, Louis and Slud 2019): it keeps its level for the small bases that a survey of
a few hundred organisations has, and it exists at 0% and 100%, where Wald's has no width. How often each method holds
the true share is measured in ``tests/benchmarks/README.md``.

An interval that is not defined is missing. None has zero width, and none raises for what the data happen to be.
"""

from __future__ import annotations

from srsmeting.estimation.intervals.choice import INTERVALS, ShareInterval, check_interval, share_interval
from srsmeting.estimation.intervals.exact import exact_interval
from srsmeting.estimation.intervals.korn_graubard import korn_graubard_interval
from srsmeting.estimation.intervals.logit import logit_interval
from srsmeting.estimation.intervals.quantiles import LEVEL
from srsmeting.estimation.intervals.symmetric import t_interval, wald_interval
from srsmeting.estimation.intervals.wilson import effective_base, wilson_interval

__all__ = [
    "INTERVALS",
    "LEVEL",
    "ShareInterval",
    "check_interval",
    "share_interval",
    "effective_base",
    "wilson_interval",
    "korn_graubard_interval",
    "exact_interval",
    "logit_interval",
    "wald_interval",
    "t_interval",
]
