"""One group beside everyone: the same share or mean of both, as both are published.

No number is worked out: what the estimate frame does not publish is not here. What is compared is what is printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from srsmeting.errors import ReportError
from srsmeting.presentation.distribution import select_rows
from srsmeting.presentation.formats import format_count, format_counted, format_estimate
from srsmeting.presentation.outcomes import outcome_called
from srsmeting.presentation.signs import SIGNS, Cell
from srsmeting.questionnaire import Questionnaire
from srsmeting.rounding import percentage, percentage_decimals

#: A question, one of its statements or nothing, and a category or declared sum.
Name = tuple[str, str, str]


@dataclass(frozen=True)
class Side:
    """One of the two: a group, or everyone.

    Parameters
    ----------
    share
        The unrounded fraction; None where it is suppressed or missing.
    value
        As printed: what is compared; None where there is none.
    printed, counted
        The percentage and the number of respondents that it is of, or the signs that stand for them.
    base
        That number; None where it may not be known.
    """

    share: float | None
    value: Decimal | None
    printed: Cell
    counted: Cell
    base: int | None


@dataclass(frozen=True)
class Pair:
    """One outcome of a group and of everyone.

    Parameters
    ----------
    name
        What it is of.
    called
        Which outcome it is: the title of the question, or the statement, with the answer; without it for yes.
    pijler
        The label of its pijler.
    own, whole
        The group, and everyone.
    """

    name: Name
    called: str
    pijler: str
    own: Side
    whole: Side

    @property
    def difference(self) -> Decimal | None:
        """How much the group is above everyone, as printed; None where one of them is not published."""
        if self.own.value is None or self.whole.value is None:
            return None
        return self.own.value - self.whole.value


def read_pairs(
    estimates: pd.DataFrame,
    questionnaire: Questionnaire,
    by: str,
    group: str,
    names: Sequence[Name],
    decimals_from: int | None,
) -> tuple[Pair, ...]:
    """Read shares of one group and of everyone.

    Parameters
    ----------
    estimates, questionnaire
        The estimate frame, and the measurement in it.
    by, group
        Breakdown and group. A group of which there is no row has no data.
    names
        Which shares.
    decimals_from
        Percentages have a decimal when all of their bases are at least this; None for never.

    Raises
    ------
    UnknownNameError
        For a question, statement, category, breakdown or group that the questionnaire does not have.
    ReportError
        For a share of everyone that the frame does not have.
    """
    questionnaire.breakdown(by).group(group)
    rows = [_rows(estimates, questionnaire, name, by, group) for name in names]
    bases = [row["denominator"] for pair in rows for row in pair if row is not None and _is_known(row)]
    decimals = percentage_decimals(bases, decimals_from)
    pairs = []
    for name, (own, whole) in zip(names, rows, strict=True):
        asked = questionnaire.question(name[0])
        answer = asked.labels[name[2]]
        about = asked.item(name[1]).label if name[1] else asked.title
        pijler = questionnaire.pijler(asked.pijler).label
        pairs.append(Pair(name, outcome_called(about, answer), pijler, _side(own, decimals), _side(whole, decimals)))
    return tuple(pairs)


def _rows(
    estimates: pd.DataFrame, questionnaire: Questionnaire, name: Name, by: str, group: str
) -> tuple[dict[Any, Any] | None, dict[Any, Any]]:
    question, item, category = name
    asked = questionnaire.question(question)
    if item:
        asked.item(item)
    if category not in asked.labels:
        asked.category(category)
    rows = select_rows(estimates, questionnaire, question, "share")
    rows = rows[(rows["item"].to_numpy() == item) & (rows["category"].to_numpy() == category)]
    whole = rows[rows["by"].to_numpy() == ""].to_dict("records")
    own = rows[(rows["by"].to_numpy() == by) & (rows["group"].to_numpy() == group)].to_dict("records")
    if not whole:
        raise ReportError(
            f"estimates: question {question!r} has no share of {category!r}"
            + (f" for statement {item!r}" if item else "")
            + ". Name a statement as question.statement.category, and estimate it again with this questionnaire."
        )
    return (own[0] if own else None), whole[0]


def _is_known(row: dict[Any, Any]) -> bool:
    return not pd.isna(row["estimate"]) and not pd.isna(row["denominator"])


def _side(row: dict[Any, Any] | None, decimals: int) -> Side:
    if row is None:
        empty = Cell(SIGNS["O"].sign, status="O", reason="no_base")
        return Side(None, None, empty, empty, None)
    printed = format_estimate(row, decimals)
    # A sign that replaces the number hides the share too, whatever the row still holds.
    share = None if printed.hidden else float(row["estimate"])
    base = None if pd.isna(row["denominator"]) else int(row["denominator"])
    counted = format_counted(row, "denominator")
    return Side(share, None if share is None else percentage(share, decimals), printed, counted, base)


def bases_line(pairs: Sequence[Pair], label: str, everyone: str) -> str:
    """Say how many respondents answered, of the group and of everyone: two numbers where questions differ.

    Parameters
    ----------
    label, everyone
        What the two are called.
    """
    told = []
    for name, bases in ((label, [pair.own.base for pair in pairs]), (everyone, [pair.whole.base for pair in pairs])):
        known = sorted({base for base in bases if base is not None})
        if known:
            span = format_count(known[0]) + (f" tot {format_count(known[-1])}" if known[1:] else "")
            told.append(f"{name}: n\u00a0=\u00a0{span}")
    return f"Respondenten die de vraag beantwoordden: {'; '.join(told)}." if told else ""
