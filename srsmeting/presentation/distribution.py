"""The answers to one question, in the order in which they are printed: what figures and tables read from the frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from srsmeting.errors import ReportError, unknown_name
from srsmeting.presentation.formats import format_counted, format_estimate
from srsmeting.presentation.signs import Cell
from srsmeting.questionnaire import Question, Questionnaire
from srsmeting.rounding import percentage_decimals


@dataclass(frozen=True)
class Answer:
    """One answer category or declared sum, with its share.

    Parameters
    ----------
    code, label
        As in the questionnaire.
    kind
        The kind of the category, or ``sum``.
    share
        The unrounded fraction; None where it is suppressed or missing.
    printed
        The percentage, or the sign that stands for it.
    counted
        The number of respondents, or the sign that stands for it.
    """

    code: str
    label: str
    kind: str
    share: float | None
    printed: Cell
    counted: Cell

    @property
    def is_valid(self) -> bool:
        """Whether this is an answer to the question, rather than "anders", "geen" or "weet niet"."""
        return self.kind in ("valid", "sum")


@dataclass(frozen=True)
class Distribution:
    """The answers to a question, or to one statement of a battery.

    Parameters
    ----------
    item, label
        The statement; both empty for other kinds of question.
    answers
        In declared order.
    base
        Number of respondents in the denominator; None where it may not be known.
    """

    item: str
    label: str
    answers: tuple[Answer, ...]
    base: int | None


def find_rows(estimates: pd.DataFrame, **address: str) -> pd.DataFrame:
    """Return the rows that have these texts in these columns."""
    for column, value in address.items():
        estimates = estimates[estimates[column].to_numpy() == value]
    return estimates


def select_rows(estimates: pd.DataFrame, questionnaire: Questionnaire, question: str, measure: str) -> pd.DataFrame:
    """Return the rows of one question and one measure, for the measurement of the questionnaire.

    Raises
    ------
    ReportError
        When there are none.
    """
    rows = find_rows(estimates, meting=questionnaire.meting, question=question, measure=measure)
    if rows.empty:
        metingen = ", ".join(repr(name) for name in estimates["meting"].unique()) or "none"
        about = f"question {question!r} has " if question else "there is "
        raise ReportError(
            f"estimates: {about}no {measure} for meting {questionnaire.meting!r}. Is it the estimate frame of this "
            f"questionnaire? Metingen in the frame: {metingen}."
        )
    return rows


def read_distributions(
    estimates: pd.DataFrame,
    questionnaire: Questionnaire,
    question: str,
    categories: Sequence[str] | None = None,
    decimals: int = 0,
) -> tuple[Distribution, ...]:
    """Read the shares of a question for all respondents.

    Parameters
    ----------
    estimates
        The estimate frame.
    questionnaire
        Where labels and order come from.
    question
        Question id.
    categories
        Codes of categories and declared sums, in the order wanted; default all categories that are in the base.
    decimals
        Of the percentages; see :func:`share_decimals`.

    Returns
    -------
    tuple of Distribution
        One, or one for every statement of a battery.

    Raises
    ------
    UnknownNameError
        For a question or category that the questionnaire does not have.
    ReportError
        For categories that overlap, or shares that the frame does not have.
    """
    asked = questionnaire.question(question)
    codes = _codes(asked, categories)
    rows = find_rows(select_rows(estimates, questionnaire, question, "share"), by="")
    found: dict[tuple[str, str], dict[Any, Any]] = {
        (str(row["item"]), str(row["category"])): row for row in rows.to_dict("records")
    }
    items = [(item.id, item.label) for item in asked.items] or [("", "")]
    return tuple(_distribution(asked, item, label, codes, found, decimals) for item, label in items)


def share_decimals(
    estimates: pd.DataFrame, questionnaire: Questionnaire, questions: Iterable[str], decimals_from: int | None
) -> int:
    """Return how many decimals the shares of all respondents have in one exhibit of these questions."""
    rows = find_rows(estimates, meting=questionnaire.meting, measure="share", by="")
    # Where there is a sign instead of a number, its base has no say.
    rows = rows[rows["question"].isin(list(questions)) & rows["estimate"].notna() & rows["denominator"].notna()]
    return percentage_decimals(rows["denominator"].tolist(), decimals_from)


def _codes(question: Question, categories: Sequence[str] | None) -> tuple[str, ...]:
    if not question.categories:
        raise ReportError(
            f"question {question.id!r}: a question of kind {question.kind!r} has no categories to show. "
            "Figures and tables of answers are for single, multiple, statements and mark."
        )
    if categories is None:
        return tuple(code for code in question.codes if question.in_base(code))
    parts = {code: (code,) for code in question.codes} | {total.code: total.of for total in question.sums}
    seen: dict[str, str] = {}
    for code in categories:
        if code not in parts:
            raise unknown_name(f"question {question.id!r}", "category", code, parts)
        for part in parts[code]:
            if part in seen and question.kind != "multiple":
                raise ReportError(
                    f"question {question.id!r}: the categories {seen[part]!r} and {code!r} overlap in {part!r}. "
                    "Show one of them."
                )
            seen[part] = code
    return tuple(categories)


def _distribution(
    question: Question,
    item: str,
    label: str,
    codes: Sequence[str],
    found: dict[tuple[str, str], dict[Any, Any]],
    decimals: int,
) -> Distribution:
    kinds = {category.code: str(category.kind) for category in question.categories}
    answers, bases = [], []
    for code in codes:
        row = found.get((item, code))
        if row is None:
            what = f"question {question.id!r}" + (f", statement {item!r}" if item else "")
            known = ", ".join(repr(category) for at, category in found if at == item) or "none"
            raise ReportError(
                f"estimates: {what} has no share of {code!r}. Estimate it again with this questionnaire. "
                f"Shares in the frame: {known}."
            )
        printed = format_estimate(row, decimals)
        # A sign that replaces the number hides the share too, whatever the row still holds.
        share = None if printed.hidden else float(row["estimate"])
        answers.append(Answer(code, question.labels[code], kinds.get(code, "sum"), share, printed, format_counted(row)))
        if not pd.isna(row["denominator"]):
            bases.append(int(row["denominator"]))
    return Distribution(item, label, tuple(answers), max(bases, default=None))


def shown_data(distributions: Sequence[Distribution]) -> pd.DataFrame:
    """Return what an exhibit shows, as a frame.

    Returns
    -------
    pd.DataFrame
        One row for every number: item, item_label, category, label, share (float64), printed, counted, status, reason
        and base (Int64).
    """
    rows = [
        {
            "item": part.item,
            "item_label": part.label,
            "category": answer.code,
            "label": answer.label,
            "share": answer.share,
            "printed": str(answer.printed),
            "counted": str(answer.counted),
            "status": answer.printed.status,
            "reason": answer.printed.reason,
            "base": part.base,
        }
        for part in distributions
        for answer in part.answers
    ]
    return pd.DataFrame(rows).astype({"share": "float64", "base": "Int64"})


def is_whole(question: Question, part: Distribution) -> bool:
    """Say whether a distribution shows every answer in the base exactly once, so that its shares add to one."""
    sums = {total.code: total.of for total in question.sums}
    shown = {code for answer in part.answers for code in sums.get(answer.code, (answer.code,))}
    return question.kind != "multiple" and shown.issuperset(code for code in question.codes if question.in_base(code))
