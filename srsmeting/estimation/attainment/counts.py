"""What is counted beside goals: months, participants, loose figures, and what units tell of."""

from __future__ import annotations

from collections.abc import Iterator

from srsmeting.estimation.attainment.rows import Address, Row, about, absent, counts, fraction, no_total, over
from srsmeting.goals import DURATION, Count, Duration, GoalsMonitor, Participation, Value


def lasting(monitor: GoalsMonitor) -> Iterator[Row]:
    """Yield how many months units last, both ends included, on average too; and how many were extended."""
    at = Address(DURATION)
    for duration in monitor.durations:
        place = Address(DURATION, group=duration.unit)
        for measure, months in _months(duration):
            yield place.row(monitor, measure, estimate=months, numerator=months)
    if not monitor.durations:
        return
    given = {duration.unit for duration in monitor.durations}
    others = [unit.id for unit in monitor.units if unit.id not in given]
    told = over("mean", others)
    for measure in ("months", "months_planned"):
        months = sum(getattr(duration, measure) for duration in monitor.durations)
        yield at.row(monitor, measure, **fraction(months, len(given)), **told)
    extended = sum(duration.extension is not None for duration in monitor.durations)
    yield at.row(monitor, "extended", estimate=extended, numerator=extended, denominator=len(given), **over("", others))


def _months(duration: Duration) -> Iterator[tuple[str, int]]:
    yield "months", duration.months
    yield "months_planned", duration.months_planned


def taking_part(monitor: GoalsMonitor) -> Iterator[Row]:
    """Yield how many organisations of a kind take part, by unit and in all."""
    for moment in monitor.moments:
        for kind in monitor.config.participants:
            found = [row for row in monitor.participants if (row.kind, row.moment) == (kind.id, moment.id)]
            for row in found:
                place = Address(kind.id, moment.id, group=row.unit)
                yield place.count(monitor, "participants", row.value, "no_result")
            if not found:
                continue
            yield Address(kind.id, moment.id).row(monitor, "participants", **_in_all(monitor, found))


def _in_all(monitor: GoalsMonitor, found: list[Participation]) -> Row:
    values: dict[str, Value | None] = {unit.id: None for unit in monitor.units}
    values |= {row.unit: row.value for row in found}
    known = {unit: value for unit, value in values.items() if value and counts(monitor, value)}
    if wrong := no_total(monitor, values, known, "no_result"):
        return wrong
    total = sum(value.high or 0 for value in known.values())
    told = over("", [unit for unit in values if unit not in known])
    return {
        "estimate": total,
        "numerator": total,
        **told,
        **about(approximate=any(value.approximate for value in known.values())),
    }


def counting(monitor: GoalsMonitor) -> Iterator[Row]:
    """Yield loose counts, and the share of those that are a part of another."""
    wholes = {(row.figure, row.unit, row.moment): row for row in monitor.figures}
    parts = {figure.id: figure.share_of for figure in monitor.config.figures if figure.share_of}
    for row in monitor.figures:
        place = Address(row.figure, row.moment, group=row.unit)
        yield place.count(monitor, "count", row.value, "no_result")
        whole = wholes.get((parts.get(row.figure, ""), row.unit, row.moment))
        if whole is not None:
            yield place.row(monitor, "share", **_share(row, whole))


def _share(part: Count, whole: Count) -> Row:
    for row in (part, whole):
        if not row.value.is_count:
            return absent(row.value, "no_result")
    some, all_ = part.value.high or 0, whole.value.high or 0
    if some > all_:
        return {"status": "M", "reason": "exceeds_whole"}
    approximate = part.value.approximate or whole.value.approximate
    return fraction(some, all_) | (about(approximate=approximate) if all_ else {})


def mentioning(monitor: GoalsMonitor) -> Iterator[Row]:
    """Yield how many units tell of each topic, of all units."""
    if not monitor.config.files.topics:
        return
    for topic in monitor.config.topics:
        number = sum(row.topic == topic.id for row in monitor.topics)
        at = Address(topic.id)
        yield at.row(monitor, "mentioned", estimate=number, numerator=number, denominator=len(monitor.units))
