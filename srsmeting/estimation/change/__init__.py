"""Change between two measurements, of which some organisations answered both times.

Every estimate here is of answers that were brought into the same codes and declared comparable; nothing in this room
knows of questionnaires' wordings.
"""

from __future__ import annotations

from srsmeting.estimation.change.changes import estimate_changes
from srsmeting.estimation.change.composition import composition_changes
from srsmeting.estimation.change.decomposition import Decomposition, decompose
from srsmeting.estimation.change.inference import detectable_change, share_change_interval
from srsmeting.estimation.change.overlap import Overlap, link_waves
from srsmeting.estimation.change.paired import mcnemar_test, paired_t_test
from srsmeting.estimation.change.panel import panel_changes
from srsmeting.estimation.change.printed import round_changes, round_errors
from srsmeting.estimation.change.variance import change_variance
from srsmeting.estimation.change.wave import Wave

__all__ = [
    "Decomposition",
    "Overlap",
    "Wave",
    "change_variance",
    "composition_changes",
    "decompose",
    "detectable_change",
    "estimate_changes",
    "link_waves",
    "mcnemar_test",
    "paired_t_test",
    "panel_changes",
    "round_changes",
    "round_errors",
    "share_change_interval",
]
