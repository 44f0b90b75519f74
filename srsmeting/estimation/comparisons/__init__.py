"""Comparisons between groups; with change over time the only place for pingouin and statsmodels."""

from __future__ import annotations

from srsmeting.estimation.comparisons.adjusted import adjusted_shares
from srsmeting.estimation.comparisons.compare import compare_groups
from srsmeting.estimation.comparisons.independence import Independence, independence_test
from srsmeting.estimation.comparisons.means import games_howell, kruskal_test, wald_test, welch_test
from srsmeting.estimation.comparisons.multiplicity import CORRECTIONS, adjust_p

__all__ = [
    "CORRECTIONS",
    "Independence",
    "adjust_p",
    "adjusted_shares",
    "compare_groups",
    "games_howell",
    "independence_test",
    "kruskal_test",
    "wald_test",
    "welch_test",
]
