"""Weighting to the frame: weights with which the respondents are spread over groups as the organisations are."""

from __future__ import annotations

from srsmeting.estimation.weighting.frame import UNITS, frame_margin
from srsmeting.estimation.weighting.margin import Margin
from srsmeting.estimation.weighting.pooling import fill_pool, pool
from srsmeting.estimation.weighting.raking import UNKNOWN, poststratify, rake
from srsmeting.estimation.weighting.result import Weighting

__all__ = ["Margin", "Weighting", "frame_margin", "rake", "poststratify", "pool", "fill_pool", "UNITS", "UNKNOWN"]
