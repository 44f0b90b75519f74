"""What a report tells of one thing in several places, held against each other and against the data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Final

import pandas as pd

from srsmeting.consistency.amounts import ABOUT, Amount, calculate, exactly, in_whole, is_readable, plain, read_amount
from srsmeting.consistency.finding import Finding
from srsmeting.consistency.statements import Figure, Told, Which
from srsmeting.errors import unknown_name
from srsmeting.goals import GoalsMonitor, read_month

#: Figures that a report prints as percentages.
_PERCENTAGES: Final = ("attainment", "expected_attainment", "attainment_gap", "dropout", "flow", "share")


def told_otherwise(monitor: GoalsMonitor, estimates: pd.DataFrame, told: Sequence[Told]) -> Iterator[Finding]:
    """Yield what is told in two ways, cannot be read, or is not what the data tell."""
    for one in told:
        if any(isinstance(said, tuple) for said in one.places.values()):
            yield from _units(monitor, estimates, one)
        else:
            yield from _amounts(monitor, estimates, one)


def _amounts(monitor: GoalsMonitor, estimates: pd.DataFrame, told: Told) -> Iterator[Finding]:
    said = {place: text for place, text in told.places.items() if isinstance(text, int | str)}
    amounts = {}
    for place, text in said.items():
        if is_readable(text):
            amounts[place] = read_amount(text)
        else:
            yield Finding("unreadable", place, f"{told.what}: {text!r} in {place}.", str(text), "", told.fault)
    computed = _computed(monitor, estimates, told)
    if not _all_agree([*amounts.values(), *([computed] if computed else [])]):
        told_so = "; ".join(f"{amount.text} in {place}" for place, amount in amounts.items())
        text = computed.text if computed else ""
        against = f"; computed {text}" if computed else ""
        yield Finding("told", ", ".join(amounts), f"{told.what}: {told_so}{against}.", told_so, text, told.fault)


def _all_agree(amounts: Sequence[Amount]) -> bool:
    return all(one.can_be(other) for one, other in combinations(amounts, 2))


def _computed(monitor: GoalsMonitor, estimates: pd.DataFrame, told: Told) -> Amount | None:
    if told.calculation:
        number = calculate(told.calculation)
        return exactly(number, f"{plain(number)} ({told.calculation})")
    return _figure(monitor, estimates, told.computed) if told.computed else None


def _figure(monitor: GoalsMonitor, estimates: pd.DataFrame, figure: Figure) -> Amount:
    """Return what a figure of the estimate frame can be: exactly by its counts, the ends of a range, or about it."""
    wanted = figure.model_dump(exclude={"item"}) | ({"item": figure.item} if figure.item else {})
    rows = estimates
    for column, value in wanted.items():
        found = rows[rows[column] == value]
        if found.empty:
            known = [one for one in dict.fromkeys(rows[column]) if one]
            raise unknown_name(monitor.config.statements, column, value, known)
        rows = found
    moments = ["", *(moment.id for moment in monitor.moments)]
    row = rows.iloc[max(range(len(rows)), key=lambda place: moments.index(rows["item"].iloc[place]))]
    return _computed_as(row)


def _computed_as(row: pd.Series) -> Amount:
    if pd.isna(row["estimate"]):
        return Amount(str(row["reason"]), absent=True)
    number = Fraction(str(row["estimate"]))
    percent = row["measure"] in _PERCENTAGES
    if percent and not pd.isna(row["numerator"]) and not pd.isna(row["denominator"]):
        number = Fraction(int(row["numerator"]), int(row["denominator"]))
    text = f"{plain(100 * number)}%" if percent else plain(number)
    low, high = (Fraction(str(row[end])) if pd.notna(row[end]) else number for end in ("ci_low", "ci_high"))
    if row["reason"] == "approximate":
        return Amount(f"circa {text}", low * ABOUT[0], high * ABOUT[1])
    if percent or low != high:
        # Against either end of a goal that is a range.
        return Amount(text, low, high)
    return in_whole(number)


def _units(monitor: GoalsMonitor, estimates: pd.DataFrame, told: Told) -> Iterator[Finding]:
    said = {place: frozenset(units) for place, units in told.places.items() if isinstance(units, tuple)}
    lists = "; ".join(f"{', '.join(sorted(units)) or 'none'} in {place}" for place, units in said.items())
    # Two places may each name others among those of which it is true.
    among = told.units is not None and told.relation == "among"
    wrong, computed = len(set(said.values())) > 1 and not among, ""
    if told.units is not None:
        inside, outside = _which(monitor, estimates, told.units)
        computed = ", ".join(sorted(inside)) or "none"
        wrong |= any(units & outside or (inside - units and not among) for units in said.values())
    if wrong:
        against = f"; computed {computed}" if computed else ""
        yield Finding("told", ", ".join(said), f"{told.what}: {lists}{against}.", lists, computed, told.fault)


def _which(monitor: GoalsMonitor, estimates: pd.DataFrame, which: Which) -> tuple[set[str], set[str]]:
    """Return the units of which it is true, and those of which it is not; of the others nobody can tell."""
    everyone = {unit.id for unit in monitor.units}
    for verdict in ("reached", "nearly", "missed"):
        if track := getattr(which, verdict):
            return _by_number(monitor, estimates, f"goals_{verdict}", track)
    if which.dropout:
        return _by_number(monitor, estimates, "dropout", which.dropout)
    known = {duration.unit: duration for duration in monitor.durations}
    if which.starts and not known:
        return set(), set()
    if which.starts:
        chosen = (min if which.starts == "first" else max)(duration.start for duration in known.values())
        inside = {unit for unit, duration in known.items() if duration.start == chosen}
    elif which.ended:
        inside = {unit for unit, duration in known.items() if duration.last <= read_month(which.ended)}
    else:
        inside = {unit for unit, duration in known.items() if duration.extension}
    return inside, (everyone & set(known)) - inside


def _by_number(
    monitor: GoalsMonitor, estimates: pd.DataFrame, measure: str, question: str
) -> tuple[set[str], set[str]]:
    rows = estimates[
        (estimates["measure"] == measure)
        & (estimates["question"] == question)
        & (estimates["by"] == monitor.config.units.by)
        & (estimates["category"] == "")
    ]
    moments = [moment.id for moment in monitor.moments]
    last = max(rows["item"], key=moments.index, default="")
    rows = rows[rows["item"] == last]
    # Of some it is only known how many dropped out, and not of how many.
    numbers = rows["estimate"].fillna(rows["numerator"].astype("float64"))
    known = rows[numbers.notna()]
    inside = set(rows.loc[numbers > 0, "group"])
    # A unit without a goal has not reached it; of drop-out that nobody counted nothing is known.
    out = rows[rows["estimate"].isna() & rows["reason"].isin(["no_goal"])]
    return inside, (set(known["group"]) - inside) | set(out["group"])
