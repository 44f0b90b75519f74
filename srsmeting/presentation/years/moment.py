"""A measurement as one of several years."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Moment:
    """A measurement: its id, and the period that it is about."""

    meting: str
    period: str
