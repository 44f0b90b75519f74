"""Rows of the estimate frame of a monitor of goals, and how a number that is not there or not exact is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import numpy as np
import pandas as pd

from srsmeting.estimates import COLUMNS, COUNTS, VALUES, check_estimates, estimate_frame
from srsmeting.goals import GoalsMonitor, Value

#: One row, as far as it is not empty.
Row = dict[str, Any]

#: The reason of a row without a number, by what is written in the cell.
_REASONS: Final[Mapping[str, str]] = {
    "not_applicable": "not_applicable",
    "not_yet": "not_yet",
    "unknown": "unknown",
    "dropped": "goal_dropped",
    "said": "in_words",
}

#: The method of a number over units of which some are not in it.
LEFT_OUT: Final = "left out: "

#: The method of a number against a goal that is a range.
RANGE: Final = "range of the goal"

#: The method of a share of more than there were.
NOT_NESTED: Final = "not nested"


@dataclass(frozen=True)
class Address:
    """What rows are about, without their measure."""

    question: str
    item: str = ""
    category: str = ""
    group: str = ""

    def row(self, monitor: GoalsMonitor, measure: str, **values: Any) -> Row:
        """Return a row."""
        by = monitor.config.units.by if self.group else ""
        return {
            "meting": monitor.meting,
            "question": self.question,
            "item": self.item,
            "category": self.category,
            "by": by,
            "group": self.group,
            "measure": measure,
            **values,
        }

    def count(self, monitor: GoalsMonitor, measure: str, value: Value | None, none: str) -> Row:
        """Return the row of a count as it was written; `none` is the reason where a dash or nothing stands."""
        if value is None or not value.is_count:
            return self.row(monitor, measure, **absent(value, none))
        ends = {"ci_low": value.low, "ci_high": value.high, "method": "range"} if value.is_range else {}
        number = {"estimate": value.high, "numerator": value.high}
        return self.row(monitor, measure, **number, **ends, **about(approximate=value.approximate))


def absent(value: Value | None, none: str) -> Row:
    """Return the flags of a row without a number: the reason is what is written in its place."""
    return {"status": "M", "reason": none if value is None else _REASONS.get(value.absent, none)}


def about(*, approximate: bool) -> Row:
    """Return the flags of a number that is exact, or is not."""
    return {"status": "E", "reason": "approximate"} if approximate else {}


def fraction(numerator: int, denominator: int) -> Row:
    """Return a quotient with its counts; a quotient of nothing has none."""
    if denominator == 0:
        return {"status": "M", "reason": "divides_by_zero"}
    return {
        "estimate": float(Fraction(numerator, denominator)),
        "numerator": numerator,
        "denominator": denominator,
    }


def over(method: str, left_out: Iterable[str]) -> Row:
    """Return the method of a number over units, with those that are not in it."""
    units = ", ".join(left_out)
    told = [method] if method else []
    return {"method": "; ".join([*told, f"{LEFT_OUT}{units}"] if units else told)}


def counts(monitor: GoalsMonitor, *values: Value | None) -> bool:
    """Say whether these are counts, exact enough for a total."""
    exact = monitor.config.rules.approximate == "counted"
    return all(value is not None and value.is_count and (exact or not value.approximate) for value in values)


def no_total(monitor: GoalsMonitor, values: Mapping[str, Value | None], known: Iterable[str], none: str) -> Row:
    """Return why there is no total; nothing where there is one.

    Parameters
    ----------
    monitor
        Whose rules say whether a total may leave out units.
    values
        What stands in the cell of every unit.
    known
        The units that are in the total.
    none
        The reason where there are none.
    """
    there = set(known)
    if not there:
        return {"status": "M", "reason": none}
    # Where something does not apply, a total is complete without it.
    missing = [
        unit
        for unit, value in values.items()
        if unit not in there and (value is None or value.absent != "not_applicable")
    ]
    if missing and monitor.config.rules.missing == "no_total":
        return {"status": "M", "reason": "incomplete", **over("", missing)}
    return {}


def frame_of(rows: Iterable[Row]) -> pd.DataFrame:
    """Return rows as a checked estimate frame."""
    given = list(rows)

    def column(name: str) -> list[Any]:
        empty = np.nan if name in VALUES else pd.NA if name in COUNTS else "A" if name == "status" else ""
        return [row.get(name, empty) for row in given]

    frame = estimate_frame({name: column(name) for name in COLUMNS})
    check_estimates(frame, "estimate_goals()")
    return frame
