"""The order in which a figure shows answers and statements: as declared, or by size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, get_args

from srsmeting.errors import ReportError, unknown_name
from srsmeting.presentation.distribution import Answer, Distribution
from srsmeting.presentation.figures.sides import Sides
from srsmeting.questionnaire import Question

#: The orders there are.
Order = Literal["declared", "size"]

# Where the answers that are beside the question go, after the ordered ones.
_LAST = {"other": 1, "none_of_these": 2, "not_applicable": 3, "dont_know": 4}


def is_by_size(question: Question, order: str | None) -> bool:
    """Say whether a figure is in order of size.

    Parameters
    ----------
    question
        Without an order, its kind decides: multiple answers by size, all others as declared.
    order
        ``declared``, ``size`` or None.

    Raises
    ------
    UnknownNameError
        For another order.
    ReportError
        For marks by size: they are numbers, with an order of their own.
    """
    if order is None:
        return question.kind == "multiple"
    if order not in get_args(Order):
        raise unknown_name(f"figure of question {question.id!r}", "order", order, get_args(Order))
    if order == "size" and question.kind == "mark":
        raise ReportError(f"question {question.id!r}: marks stand in their own order. Leave out order='size'.")
    return order == "size"


def arrange(question: Question, distributions: Sequence[Distribution], sides: Sides | None) -> list[Distribution]:
    """Put answers, or statements, in order of size.

    Answers: the largest first, equal ones as declared; what is not known after that, "anders" and "geen" last.
    Statements: by the first answer, or by everything on the first side of the neutral one. Their answers stay as
    declared: a scale has an order.
    """
    if question.kind != "statements":
        return [replace(part, answers=tuple(largest_first(part.answers))) for part in distributions]
    shares = {part.item: sides.share(part) if sides else part.answers[0].share for part in distributions}
    return sorted(distributions, key=lambda part: (shares[part.item] is None, -(shares[part.item] or 0)))


def largest_first(answers: Sequence[Answer]) -> list[Answer]:
    """Order answers by their share, equal ones as declared; missing ones after that, "anders" and "geen" last."""
    return sorted(answers, key=lambda a: (_LAST.get(a.kind, 0), a.share is None, -(a.share or 0)))
