"""Domains: the groups that a table has, and which of them each respondent is in.

A total is a table with one group that everybody is in, so that totals and breakdowns run through the same code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from srsmeting.errors import DesignError, EstimateError
from srsmeting.estimation.design import Design
from srsmeting.estimation.numeric import Counts, Numbers
from srsmeting.questionnaire import Question
from srsmeting.responses import Responses

#: What to break down by: a breakdown, a pair of them (also written ``"rows*columns"``), or nothing.
By: TypeAlias = str | tuple[str, str] | None

#: Above this many cells a 16-bit cell number does not fit.
_SMALL = np.iinfo(np.int16).max


@dataclass(frozen=True)
class Domains:
    """The groups of a table.

    Parameters
    ----------
    by
        Breakdown, two of them as ``"rows*columns"``, or "" for the total.
    groups
        Codes in declared order, those without respondents included; ``("",)`` for the total.
    place
        Per respondent the number of its group counted from 1, and 0 for who is in none; a row of these per breakdown
        where there are several.
    source
        Questions that the groups come from.
    """

    by: str
    groups: tuple[str, ...]
    place: npt.NDArray[np.int16] | Counts
    source: tuple[str, ...] = ()

    def count(self, chosen: npt.NDArray[np.bool_]) -> Counts:
        """Return the number of chosen respondents per group."""
        # Place 0 is thrown away, so multiplying by the mask is a filter without copying the rest together.
        return np.bincount((self.place * chosen).ravel(), minlength=len(self.groups) + 1)[1:]

    def cross(self, codes: npt.NDArray[np.int16], categories: int) -> Counts:
        """Return the number of respondents per group and category, shape (groups, categories); code -1 is nowhere."""
        rows, columns = len(self.groups) + 1, categories + 1
        # 16 bits are a quarter of the memory to go through, and enough for every table that a reader can take in.
        place = self.place if rows * columns < _SMALL else self.place.astype(np.int64)
        cells = place * columns + codes + 1
        return np.bincount(cells.ravel(), minlength=rows * columns).reshape(rows, columns)[1:, 1:]

    def total(self, values: Numbers) -> Numbers:
        """Return the sum of `values` per group."""
        sums: Numbers = np.bincount(self.place, weights=values, minlength=len(self.groups) + 1)[1:].astype(np.float64)
        return sums


def make_domains(responses: Responses, by: By) -> Domains:
    """Return the domains of a breakdown, of two of them at once, or the total for None.

    Raises
    ------
    UnknownNameError
        When the questionnaire has no such breakdown.
    EstimateError
        When a breakdown is crossed with itself, or more than two are named.
    """
    if by is None:
        return Domains("", ("",), np.ones(responses.n, dtype=np.int16))
    if isinstance(by, str) and "*" not in by:
        return _one_way(responses, by)
    pair = tuple(by.split("*") if isinstance(by, str) else by)
    if len(pair) != 2 or pair[0] == pair[1]:
        raise EstimateError(f"by: {pair!r} are not two breakdowns. Give one name, or a pair of different names.")
    rows, columns = (_one_way(responses, name) for name in pair)
    width = len(columns.groups)
    inside = (rows.place > 0) & (columns.place > 0)
    # In 64 bits, because two breakdowns can have more groups together than fit in 16.
    place = np.where(inside, (rows.place.astype(np.int64) - 1) * width + columns.place, 0)
    groups = tuple(f"{row}*{column}" for row in rows.groups for column in columns.groups)
    small = place.astype(np.int16) if len(groups) < _SMALL else place
    return Domains("*".join(pair), groups, small, rows.source + columns.source)


def _one_way(responses: Responses, by: str) -> Domains:
    codes, breakdown = responses.breakdown(by)
    groups = tuple(group.code for group in breakdown.groups)
    return Domains(by, groups, (codes + 1).astype(np.int16), (breakdown.question,))


def choose_questions(
    responses: Responses, questions: str | Iterable[str] | None, kinds: tuple[str, ...], without: tuple[str, ...]
) -> list[Question]:
    """Return the questions to estimate: those named, or all of these kinds except the one broken down by."""
    if questions is None:
        everything = responses.questionnaire.questions
        return [question for question in everything if question.kind in kinds and question.id not in without]
    names = [questions] if isinstance(questions, str) else questions
    return [responses.questionnaire.question(name) for name in dict.fromkeys(names)]


def check_design(where: str, responses: Responses, design: Design) -> None:
    """Refuse a design that cannot be that of these responses.

    Fewer respondents than the design has are a subset of them, and keep the design of the whole; more are a mistake.

    Raises
    ------
    DesignError
        When there are more respondents than the sample has, or other ones than the design knows each of.
    """
    if design.rows is not None and responses.n != design.rows:
        raise DesignError(
            f"{where}: {responses.n} respondents, but the design has {design.rows}, each with a weight or stratum. "
            "Take the same respondents of both: design.subset(chosen)."
        )
    if responses.n > design.sample_size:
        raise DesignError(
            f"{where}: {responses.n} respondents, but the design has a sample of {design.sample_size}. "
            f"Make it with sample_size={responses.n}."
        )
