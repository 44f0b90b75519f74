"""Where the steps of a flow are not inside each other: who goes to work at once was never prepared."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from srsmeting.presentation.goals.outcomes import Outcomes
from srsmeting.presentation.words import opsomming

#: The method of a share of more than there were.
NOT_NESTED: Final = "not nested"


def not_nested(outcomes: Outcomes) -> str:
    """Say where a step counts more than the one before; an empty text where none does."""
    monitor, told = outcomes.monitor, []
    for before, after in pairwise(monitor.config.flow):
        units = [
            unit.label
            for unit in monitor.units
            if (row := outcomes.row("flow", after, unit.id)) is not None and NOT_NESTED in str(row["method"])
        ]
        if units:
            larger, smaller = monitor.track(after).label, monitor.track(before).label
            told.append(f"bij {opsomming(units)} is ‘{larger}’ groter dan ‘{smaller}’")
    if not told:
        return ""
    where = "; ".join(told)
    return f"Een latere stap telt er soms meer dan de stap ervoor: {where}. Niet iedereen doorloopt alle stappen."
