"""How a change between two years is put into words: its levels, and why there is none."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from srsmeting.presentation.formats import format_decimals
from srsmeting.presentation.outcomes import inside
from srsmeting.presentation.words_counts import SLIGHT
from srsmeting.presentation.years import Moment, Series, Step
from srsmeting.questionnaire import Question
from srsmeting.rounding import percentage, round_half_up

#: What is not significant is about the same up to so many percentage points; a mean up to so much.
SAME: Final = SLIGHT
SAME_MEANS: Final = Decimal("0.1")


def answers(question: Question) -> list[tuple[str, str]]:
    """Return the statement and code of what is shown of a question."""
    if question.kind in ("mark", "number"):
        return [("", "")]
    if question.kind == "open":
        return [("", "answered")]
    codes = [code for code in question.codes if question.in_base(code)]
    if question.kind == "statements":
        codes = [question.sums[0].code] if question.sums else codes
        return [(item.id, code) for item in question.items for code in codes]
    return [("", code) for code in codes]


def is_small(series: Series, step: Step) -> bool:
    """Tell whether a change is so small that the two years are called about the same."""
    if series.is_mean:
        return abs(round_half_up(step.number or 0, 1)) <= SAME_MEANS
    return abs(percentage(step.number or 0)) <= SAME


def texts(series: Series, since: Moment | None = None) -> tuple[str, str]:
    """Return the last level and the one before it, or since a year, as in running text and without the unit."""
    before, after = series.points[-2:]
    before = next((point for point in series.points if point.moment == since), before)
    if series.is_mean:
        one, two = (format_decimals(point.number or 0) for point in (before, after))
        return f"een {one}", f"een {two}"
    one, two = (point.printed.text.removesuffix("%") for point in (before, after))
    return one, two


def levels(series: Series, since: Moment | None = None) -> str:
    """Return the last two levels, or the last since a year: "van 66 naar 71 procent", "van een 7,3 naar een 7,5"."""
    one, two = texts(series, since)
    return f"van {one} naar {two}" + ("" if series.is_mean else "\u00a0procent")


def both(series: Series) -> str:
    """Return the last two levels beside each other: "66 en 68 procent"."""
    one, two = texts(series)
    unit = "" if series.is_mean else "\u00a0procent"
    return f"beide keren {one}{unit}" if one == two else f"{one} en {two}{unit}"


def reason(step: Step) -> str:
    """Return why there is no change, behind a colon; an empty text where nobody said."""
    if step.why:
        return f": {inside(step.why).rstrip('.')}"
    if step.verdict == "hidden":
        return ": niet gepubliceerd"
    return ": geen gegevens" if step.verdict == "none" else ""
