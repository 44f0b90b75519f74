"""Statistics below the estimate frame: shares, means and rates, their intervals, and the rules of publication."""

from __future__ import annotations

from srsmeting.estimation.design import SimpleRandomSample
from srsmeting.estimation.intervals import effective_base, t_interval, wilson_interval

__all__ = ["SimpleRandomSample", "effective_base", "t_interval", "wilson_interval"]
