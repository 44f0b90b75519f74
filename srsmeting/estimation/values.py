"""Marks and numbers as numbers."""

from __future__ import annotations

import numpy as np

from srsmeting.errors import EstimateError
from srsmeting.estimation.numeric import Numbers
from srsmeting.questionnaire import Question
from srsmeting.responses import Responses

#: Kinds of questions that have a mean.
NUMERIC = ("mark", "number")


def values_of(responses: Responses, question: Question) -> Numbers:
    """Return the answers as numbers, missing where there is none that counts."""
    answered = responses.answered(question.id)
    if question.kind == "number":
        return np.where(answered, responses.answers[question.id].to_numpy(dtype=np.float64), np.nan)
    marks = [float(category.code) if category.kind == "valid" else np.nan for category in question.categories]
    # One place more than there are categories: position -1 finds it, and it means no answer.
    return np.where(answered, np.array([*marks, np.nan])[responses.codes(question.id)], np.nan)


def check_numeric(where: str, what: str, responses: Responses, questions: list[Question]) -> None:
    """Refuse questions whose answers are not numbers.

    Raises
    ------
    EstimateError
        Naming the first.
    """
    for question in questions:
        if question.kind not in NUMERIC:
            exist = ", ".join(repr(q.id) for q in responses.questionnaire.questions if q.kind in NUMERIC)
            raise EstimateError(
                f"{where}: question {question.id!r} is of kind {question.kind}, which has no {what}. "
                f"Use estimate_shares(). Marks and numbers: {exist or 'none'}."
            )
