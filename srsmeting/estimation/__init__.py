"""Statistics below the estimate frame: shares, means and rates, their intervals, and the rules of publication."""

from __future__ import annotations

from srsmeting.estimation.calibration import Weights
from srsmeting.estimation.coverage import coverage_rates
from srsmeting.estimation.design import Design
from srsmeting.estimation.intervals import (
    INTERVALS,
    effective_base,
    exact_interval,
    korn_graubard_interval,
    logit_interval,
    share_interval,
    t_interval,
    wald_interval,
    wilson_interval,
)
from srsmeting.estimation.means import estimate_means
from srsmeting.estimation.publication import GroupRule, PublicationRules, apply_publication_rules
from srsmeting.estimation.rates import response_rates
from srsmeting.estimation.shares import estimate_shares

__all__ = [
    "Design",
    "Weights",
    "INTERVALS",
    "effective_base",
    "share_interval",
    "wilson_interval",
    "korn_graubard_interval",
    "exact_interval",
    "logit_interval",
    "wald_interval",
    "t_interval",
    "estimate_shares",
    "estimate_means",
    "response_rates",
    "coverage_rates",
    "PublicationRules",
    "GroupRule",
    "apply_publication_rules",
]
