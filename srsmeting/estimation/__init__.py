"""Statistics below the estimate frame: shares, means and rates, their intervals, and the rules of publication."""

from __future__ import annotations

from srsmeting.estimation.calibration import Weights
from srsmeting.estimation.coverage import coverage_rates
from srsmeting.estimation.design import Design
from srsmeting.estimation.influence import covariance
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
from srsmeting.estimation.mentions import Mentions, estimate_mentions
from srsmeting.estimation.nonresponse import estimate_nonresponse
from srsmeting.estimation.publication import (
    GroupRule,
    PublicationRules,
    apply_publication_rules,
    publish_weighted,
    round_as_printed,
)
from srsmeting.estimation.quantiles import estimate_quantiles
from srsmeting.estimation.rates import response_rates
from srsmeting.estimation.ratios import estimate_ratios
from srsmeting.estimation.shares import estimate_shares
from srsmeting.estimation.totals import estimate_totals
from srsmeting.estimation.weighting import (
    UNITS,
    UNKNOWN,
    Margin,
    Weighting,
    fill_pool,
    frame_margin,
    pool,
    poststratify,
    rake,
)

__all__ = [
    "Design",
    "Weights",
    "Weighting",
    "Margin",
    "frame_margin",
    "rake",
    "poststratify",
    "pool",
    "fill_pool",
    "UNITS",
    "UNKNOWN",
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
    "estimate_mentions",
    "Mentions",
    "estimate_totals",
    "estimate_quantiles",
    "estimate_ratios",
    "covariance",
    "response_rates",
    "estimate_nonresponse",
    "coverage_rates",
    "PublicationRules",
    "GroupRule",
    "apply_publication_rules",
    "publish_weighted",
    "round_as_printed",
]
