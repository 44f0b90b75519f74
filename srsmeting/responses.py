"""Checked, coded answers, and the reason for every empty cell.

Not asked, left empty and don't know are three different things: the first two are a *status*, the third is an answer.
There is no personal data in here and no free text; intake leaves those behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.errors import unknown_name
from srsmeting.questionnaire import Breakdown, Question, Questionnaire

#: The question was asked and answered.
ANSWERED: Final = 0
#: The question was shown and left empty.
NO_ANSWER: Final = 1
#: Routing passed the question by.
NOT_ASKED: Final = 2

Mask: TypeAlias = npt.NDArray[np.bool_]
Codes: TypeAlias = npt.NDArray[np.int16]


def answer_columns(question: Question) -> tuple[str, ...]:
    """Return the columns of ``Responses.answers`` that hold the answers to a question.

    One column for a single choice, a mark, a number or an open question; one per statement (``q.item``) and one per
    option of a multiple choice (``q.option``).
    """
    if question.kind == "multiple":
        return tuple(f"{question.id}.{category.code}" for category in question.categories)
    return status_columns(question)


def status_columns(question: Question) -> tuple[str, ...]:
    """Return the columns of ``Responses.status`` of a question: one, or one per statement."""
    if question.kind == "statements":
        return tuple(f"{question.id}.{item.id}" for item in question.items)
    return (question.id,)


def coded_answers(positions: Codes, codes: Sequence[str]) -> pd.Categorical[str]:
    """Return answers by their positions among codes, as ``Responses.answers`` has them; -1 where there is none.

    Examples
    --------
    >>> coded_answers(np.array([1, -1], dtype=np.int16), ["ja", "nee"]).tolist()
    ['nee', nan]
    """
    return pd.Categorical.from_codes(positions, categories=_index_of(tuple(codes)))


@lru_cache(maxsize=1000)
def _index_of(codes: tuple[str, ...]) -> pd.Index[str]:
    # Kept, because making it takes longer than the answers of some hundreds of respondents.
    return pd.Index(codes, dtype="str")


@dataclass(frozen=True)
class Responses:
    """The answers of everyone who counts as a respondent.

    Parameters
    ----------
    questionnaire
        What was asked.
    answers
        One row per respondent (RangeIndex), columns as :func:`answer_columns` says. Single choice, marks and statements
        are Categorical with the category codes of the questionnaire, in order; multiple choice is bool per option; a
        number is float64; an open question is bool: something was written.
    status
        Same rows, columns as :func:`status_columns` says, int8: :data:`ANSWERED`, :data:`NO_ANSWER`, :data:`NOT_ASKED`.
    """

    questionnaire: Questionnaire
    answers: pd.DataFrame
    status: pd.DataFrame

    @property
    def n(self) -> int:
        """Number of respondents."""
        return len(self.status)

    @cached_property
    def _given(self) -> dict[str, npt.NDArray[Any]]:
        # Estimation asks for the same columns once per breakdown: taken out of the frame once, that costs nothing.
        return {str(name): np.asarray(_plain(column)) for name, column in self.answers.items()}

    @cached_property
    def _states(self) -> dict[str, npt.NDArray[np.int8]]:
        return {str(name): column.to_numpy(dtype=np.int8) for name, column in self.status.items()}

    def codes(self, question: str, item: str | None = None) -> Codes:
        """Return the position of each answer among the categories of the question; -1 where there is none."""
        return self._given[self._column(question, item)].astype(np.int16)

    def ticked(self, question: str) -> Mask:
        """Return which options of a multiple choice were ticked, shape (respondents, options)."""
        columns = answer_columns(self.questionnaire.question(question))
        return np.column_stack([self._given[column] for column in columns])

    def answered(self, question: str, item: str | None = None) -> Mask:
        """Return who was asked and answered."""
        return np.equal(self._status(question, item), ANSWERED)

    def asked(self, question: str, item: str | None = None) -> Mask:
        """Return who was asked, whether they answered or not."""
        return np.not_equal(self._status(question, item), NOT_ASKED)

    def breakdown(self, name: str) -> tuple[Codes, Breakdown]:
        """Return the group of each respondent (-1 for none) and the breakdown that says what the groups are."""
        breakdown = self.questionnaire.breakdown(name)
        categories = [category.code for category in self.questionnaire.question(breakdown.question).categories]
        group_of = {code: number for number, group in enumerate(breakdown.groups) for code in group.of}
        # One place more than there are categories: position -1 finds it, and it means no group.
        positions = np.array([*(group_of.get(code, -1) for code in categories), -1], dtype=np.int16)
        return positions[self.codes(breakdown.question)], breakdown

    def lookup(self, question: str, item: str | None, codes: Sequence[str]) -> tuple[Mask, Mask]:
        """Return who gave one of these answers, and of whom that is known; what routing asks."""
        asked = self.questionnaire.question(question)
        known = self.answered(question, item)
        if asked.kind == "multiple":
            ticked = np.logical_or.reduce([self._given[f"{question}.{code}"] for code in codes])
            return ticked & known, known
        order = {category.code: number for number, category in enumerate(asked.categories)}
        # One place more than there are categories: position -1 finds it, and it is none of these.
        wanted = np.zeros(len(order) + 1, dtype=np.bool_)
        wanted[[order[code] for code in codes]] = True
        return wanted[self._given[self._column(question, item)]] & known, known

    def where(self, expression: str) -> Mask:
        """Return for whom an expression of the routing language holds.

        Raises
        ------
        QuestionnaireError
            When the expression is not in the routing language, or names what the questionnaire does not have.
        """
        return self.questionnaire.condition(expression).evaluate(self.lookup)

    def _column(self, question: str, item: str | None) -> str:
        asked = self.questionnaire.question(question)
        if asked.kind != "statements":
            if item is not None:
                raise unknown_name("responses", f"item of {question!r}", item, [])
            return question
        return f"{question}.{asked.item(item or '').id}"

    def _status(self, question: str, item: str | None) -> npt.NDArray[np.int8]:
        return self._states[self._column(question, item)]


def _plain(column: pd.Series) -> Any:
    return column.cat.codes if isinstance(column.dtype, pd.CategoricalDtype) else column
