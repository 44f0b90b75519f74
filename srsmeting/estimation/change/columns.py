"""Answers as codes that can be crossed with those of another measurement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from srsmeting.estimation.counting import inside_base, memberships, option_columns
from srsmeting.estimation.numeric import Numbers
from srsmeting.questionnaire import Question
from srsmeting.responses import Responses


@dataclass(frozen=True, eq=False)
class Coded:
    """Answers as codes, and the columns of a table that each code is in.

    Parameters
    ----------
    codes
        Per respondent the code, -1 for who gave no answer.
    members
        Shape (codes, columns + 1): 1 where a code is in a column; the last column is the base.
    """

    codes: npt.NDArray[np.int16]
    members: Numbers


def read_coded(responses: Responses, question: Question) -> Iterator[list[Coded]]:
    """Yield, per table that :func:`count_answers` makes of a question, what its columns are made of, in order."""
    if question.kind == "statements":
        for item in question.items:
            yield [_one_of(responses, question, item.id)]
    elif question.kind == "multiple":
        columns, base = option_columns(responses, question)
        yield [_yes(column, base) for column in columns]
    elif question.kind == "open":
        asked = responses.asked(question.id)
        yield [_yes(responses.answers[question.id].to_numpy(dtype=np.bool_), asked)]
    else:
        yield [_one_of(responses, question, None)]


def _one_of(responses: Responses, question: Question, item: str | None) -> Coded:
    codes, answered = responses.codes(question.id, item), responses.answered(question.id, item)
    inside = inside_base(question)
    columns = [np.eye(len(inside), dtype=np.bool_)[:, inside], memberships(question), inside[:, np.newaxis]]
    # An answer that does not count in the base is no answer.
    chosen = np.where(answered & np.array([*inside, False])[codes], codes, np.int16(-1))
    return Coded(chosen, np.hstack(columns).astype(np.float64))


def _yes(given: npt.NDArray[np.bool_], base: npt.NDArray[np.bool_]) -> Coded:
    codes = np.where(base, given.astype(np.int16), np.int16(-1))
    return Coded(codes, np.array([[0.0, 1.0], [1.0, 1.0]]))
