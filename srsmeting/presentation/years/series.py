"""One figure through the years: where it stood in each, and what became of it from one to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from srsmeting.presentation.formats import format_change, format_estimate, format_mean_change
from srsmeting.presentation.outcomes import outcome_called
from srsmeting.presentation.signs import SIGNS, Cell
from srsmeting.presentation.years.history import History, Row
from srsmeting.presentation.years.moment import Moment
from srsmeting.presentation.years.noted import Noted
from srsmeting.questionnaire import Question, Questionnaire
from srsmeting.rounding import percentage, percentage_decimals, round_half_up

#: Below this p-value, corrected for the number of tests, a change is significant.
ALPHA: Final = 0.05
#: Behind a significant change.
STAR: Final = "*"
#: Reasons for which a change is marked, and its test nevertheless tells: its error is not too small.
_TELLING: Final = frozenset({"", "indicative", "unknown_overlap", "few_in_both"})
#: Everyone answered, or the margins settle it: what changed is known, and there is nothing to test.
_SETTLED: Final = frozenset({"census", "margin"})

#: A question, one of its statements or nothing, and a category or declared sum, or nothing for the mean.
Name = tuple[str, str, str]


@dataclass(frozen=True)
class Point:
    """A figure in one year.

    Parameters
    ----------
    moment
        The year.
    number
        Unrounded; None where it is suppressed, missing or not comparable.
    value
        As printed, without its unit; None where there is none.
    printed
        With its unit, or the sign that stands for it.
    base
        Its denominator, where it may be known.
    """

    moment: Moment
    number: float | None
    value: Decimal | None
    printed: Cell
    base: int | None


@dataclass(frozen=True)
class Panel:
    """The change among the organisations that answered both times: unrounded, as printed, and their number."""

    number: float | None
    printed: Cell
    base: int | None


@dataclass(frozen=True)
class Step:
    """What became of a figure since the year before.

    Parameters
    ----------
    earlier, later
        The two years.
    number
        The change, unrounded; None where there is none.
    printed
        In percentage points (a mean: in points) with its sign, ``*`` behind it where it is significant.
    verdict
        ``yes``, ``break`` or ``no`` as declared; ``hidden`` where a figure is not published, ``none`` where there is
        none.
    is_known
        Whether it is significant, or known without a test: then it may be told.
    is_tested
        Whether there is a test that tells.
    why
        Why the two may not be compared, in Dutch.
    panel
        The change among the organisations that answered both times.
    noted
        What changed in what was asked, where the two are compared all the same.
    others_asked
        Whether the question went to others than the year before.
    """

    earlier: Moment
    later: Moment
    number: float | None
    printed: Cell
    verdict: str
    is_known: bool
    is_tested: bool
    why: str
    panel: Panel
    noted: tuple[Noted, ...] = ()
    others_asked: bool = False


@dataclass(frozen=True)
class Series:
    """A figure through the years.

    Parameters
    ----------
    name
        What it is of.
    question
        Its question.
    answer, called
        The label of the answer, and of question (or statement) and answer together.
    pijler
        The label of its pijler.
    points
        One for every year.
    steps
        One for every year but the first.
    trend
        Of more than two years what became of it since the first one that it may be compared with; None where that is
        not there.
    """

    name: Name
    question: Question
    answer: str
    called: str
    pijler: str
    points: tuple[Point, ...]
    steps: tuple[Step, ...]
    trend: Step | None = None

    @property
    def is_mean(self) -> bool:
        """Whether it is a mean and no share."""
        return not self.name[2]


def read_series(
    history: History,
    questionnaire: Questionnaire,
    names: Sequence[Name],
    *,
    by: str = "",
    group: str = "",
) -> tuple[Series, ...]:
    """Read figures through the years, all with as many decimals.

    Parameters
    ----------
    history
        The years.
    questionnaire
        Of the last one.
    names
        Which figures; without a category the mean.
    by, group
        Of which group; both empty for all respondents.

    Raises
    ------
    UnknownNameError
        For a question, statement, category, breakdown or group that the questionnaire does not have.
    """
    if by:
        questionnaire.breakdown(by).group(group)
    places = [(*name, by, group) for name in names]
    found = [[history.row(moment, place, _measure(place)) for moment in history.moments] for place in places]
    given = [row for rows in found for row in rows if row is not None]
    bases = [_base(row) for row in given if not pd.isna(row["estimate"])]
    decimals = percentage_decimals(bases, history.decimals_from)
    return tuple(
        _series(history, questionnaire, place, rows, decimals) for place, rows in zip(places, found, strict=True)
    )


def _series(
    history: History, questionnaire: Questionnaire, place: tuple[str, ...], rows: Sequence[Row | None], decimals: int
) -> Series:
    question, item, category, *_ = place
    asked = questionnaire.question(question)
    about = asked.item(item).label if item else asked.title
    if category and category != "answered" and category not in asked.labels:
        asked.category(category)
    answer = asked.labels.get(category, "Heeft iets ingevuld") if category else "Gemiddelde"
    return Series(
        (question, item, category),
        asked,
        answer,
        outcome_called(about, answer),
        questionnaire.pijler(asked.pijler).label,
        tuple(_point(moment, row, decimals) for moment, row in zip(history.moments, rows, strict=True)),
        tuple(_step(history, place, earlier, later) for earlier, later in history.pairs),
        _trend(history, place) if len(history.moments) > 2 else None,
    )


def _measure(place: tuple[str, ...]) -> str:
    return "share" if place[2] else "mean"


def _base(row: Row) -> int | None:
    return None if pd.isna(row["denominator"]) else int(row["denominator"])


def _point(moment: Moment, row: Row | None, decimals: int) -> Point:
    if row is None:
        return Point(moment, None, None, Cell(SIGNS["O"].sign, status="O", reason="no_base"), None)
    printed = _signed(row) or format_estimate(row, decimals)
    number = None if printed.hidden or pd.isna(row["estimate"]) else float(row["estimate"])
    value = None
    if number is not None:
        value = round_half_up(number, 1) if row["measure"] == "mean" else percentage(number, decimals)
    return Point(moment, number, value, printed, None if number is None else _base(row))


def _signed(row: Row) -> Cell | None:
    """Return the sign of a break that left no number: it says more than a point."""
    if row["status"] == "B" and pd.isna(row["estimate"]):
        return Cell(SIGNS["B"].sign, "", "B", str(row["reason"]))
    return None


def _step(history: History, place: tuple[str, ...], earlier: Moment, later: Moment) -> Step:
    row = history.row(later, place, "change")
    apart = history.set_apart(later, place)
    whole = history.row(later, (place[0], "", "", "", ""), "change")
    if row is None and whole is not None and whole["status"] in ("B", "M"):
        row = whole
    declared = "" if row is None else _DECLARED.get((str(row["status"]), str(row["reason"])), "")
    noted = history.notes_on(later, place)
    others = _others_asked(history, later, place)
    split = next((one for one in noted if one.kind == "split" and row is None), None)
    if apart is not None or declared or split is not None:
        verdict, why = (
            (declared or "no", split.told if split else "") if apart is None else (apart.comparable, apart.why)
        )
        status, reason = ("B", "trend_break") if verdict == "break" else ("M", "not_comparable")
        cell = Cell(SIGNS[status].sign, "", status, reason)
        panel = Panel(None, cell, None)
        step = Step(earlier, later, None, cell, verdict, is_known=False, is_tested=False, why=why, panel=panel)
        return replace(step, others_asked=others)
    test = history.row(later, place, "change_p_holm")
    panel = _panel(history.row(later, place, "panel_change"), place)
    return replace(_judged(place, earlier, later, row, test, panel), noted=noted, others_asked=others)


def _others_asked(history: History, later: Moment, place: tuple[str, ...]) -> bool:
    """Tell whether the question of a figure went to others than the year before."""
    whole = (place[0], "", "", "", "")
    apart = history.set_apart(later, whole)
    kinds = {one.kind for one in history.notes_on(later, whole)} | ({apart.kind} if apart else set())
    return "base_changed" in kinds


def _trend(history: History, place: tuple[str, ...]) -> Step | None:
    """Return what became of a figure over all years; what the row is against, its method says."""
    last = history.moments[-1]
    row = history.row(last, place, "trend_change")
    first = trend_since(history, row)
    if first is None:
        return None
    missing = Panel(None, _change_cell(None, place), None)
    return _judged(place, first, last, row, history.row(last, place, "trend_change_p_holm"), missing)


def trend_since(history: History, row: Row | None) -> Moment | None:
    """Return the first year that a figure is compared with, which the row of its trend is against."""
    found = None if row is None else _AGAINST.match(str(row["method"]))
    return next((moment for moment in history.moments if found and moment.meting == found[1]), None)


def _judged(
    place: tuple[str, ...], earlier: Moment, later: Moment, row: Row | None, test: Row | None, panel: Panel
) -> Step:
    printed = _change_cell(row, place)
    number = _number(row, printed)
    settled = number is not None and test is not None and test["status"] == "M" and test["reason"] in _SETTLED
    tells = number is not None and is_tested(test)
    significant = number is not None and is_significant(test)
    if significant:
        printed = Cell(printed.text, STAR + printed.mark, printed.status, printed.reason)
    verdict = "yes" if number is not None else "hidden" if printed.status == "Q" else "none"
    return Step(
        earlier,
        later,
        number,
        printed,
        verdict,
        is_known=significant or (settled and bool(number)),
        is_tested=tells,
        why="",
        panel=panel,
    )


def is_tested(test: Row | None) -> bool:
    """Tell whether a row with the corrected p-value of a change tells something."""
    return test is not None and not pd.isna(test["estimate"]) and str(test["reason"]) in _TELLING


def is_significant(test: Row | None) -> bool:
    """Tell whether a change is significant, by the row with its corrected p-value."""
    return test is not None and is_tested(test) and float(test["estimate"]) < ALPHA


def _panel(row: Row | None, place: tuple[str, ...]) -> Panel:
    printed = _change_cell(row, place)
    return Panel(_number(row, printed), printed, None if row is None else _base(row))


def _number(row: Row | None, printed: Cell) -> float | None:
    return None if row is None or printed.hidden or pd.isna(row["estimate"]) else float(row["estimate"])


#: How the method of a change names what it is against.
_AGAINST: Final = re.compile(r"against ([^;]+)")
#: Status and reason of a change that was declared not comparable, and what was declared.
_DECLARED: Final = {("B", "trend_break"): "break", ("M", "not_comparable"): "no"}


def _change_cell(row: Row | None, place: tuple[str, ...]) -> Cell:
    if row is None:
        return Cell(SIGNS["O"].sign, status="O", reason="no_base")
    status, reason, value = str(row["status"]), str(row["reason"]), row["estimate"]
    sign = SIGNS.get(status)
    if sign is not None and (sign.replaces or pd.isna(value)):
        return Cell(sign.sign if sign.replaces else SIGNS["O"].sign, "", status, reason)
    text = format_change(value) if place[2] else format_mean_change(value)
    return Cell(text, "" if sign is None else sign.sign, status, reason)


def changes_frame(series: Sequence[Series]) -> pd.DataFrame:
    """Return what an exhibit of years shows, as a frame: one row for every figure and year.

    Returns
    -------
    pd.DataFrame
        question, item, category, period, estimate (float64), printed, change (float64, since the year before) and
        change_printed.
    """
    rows: list[dict[str, Any]] = []
    for one in series:
        steps = (None, *one.steps)
        for point, step in zip(one.points, steps, strict=True):
            rows.append(
                dict(zip(("question", "item", "category"), one.name, strict=True))
                | {"period": point.moment.period, "estimate": point.number, "printed": str(point.printed)}
                | {"change": step.number if step else None, "change_printed": str(step.printed) if step else ""}
            )
    return pd.DataFrame(rows).astype({"estimate": "float64", "change": "float64"})
