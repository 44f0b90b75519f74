"""Who responded of those that were invited: rates by AAPOR's definitions, composition, and the R-indicator."""

from srsmeting.estimation.nonresponse.aapor import aapor_rates
from srsmeting.estimation.nonresponse.propensities import Propensities, fit_propensities
from srsmeting.estimation.nonresponse.representativity import Representativity, r_indicator
from srsmeting.estimation.nonresponse.rows import estimate_nonresponse

__all__ = [
    "Propensities",
    "Representativity",
    "aapor_rates",
    "estimate_nonresponse",
    "fit_propensities",
    "r_indicator",
]
