"""The two sides of a scale with a neutral middle, and what each is together as a declared sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from srsmeting.presentation.distribution import Answer, Distribution, read_distributions
from srsmeting.questionnaire import Question, Questionnaire, Sum


@dataclass(frozen=True)
class Sides:
    """What stands on both sides of a neutral answer.

    Parameters
    ----------
    before, neutral, after
        Codes of the answers shown, in declared order.
    sums
        The declared sum of each side by statement; empty where none was declared, or the side is one answer.
    """

    before: tuple[str, ...]
    neutral: str
    after: tuple[str, ...]
    sums: tuple[dict[str, Answer], dict[str, Answer]] = ({}, {})

    @property
    def headers(self) -> tuple[str, str]:
        """The labels of the sums."""
        first, second = (next((answer.label for answer in side.values()), "") for side in self.sums)
        return first, second

    def totals(self, item: str) -> tuple[str, str]:
        """Return the sums of a statement, as printed."""
        first, second = (str(side[item].printed) if side else "" for side in self.sums)
        return first, second

    def answers(self, item: str) -> tuple[Answer, ...]:
        """Return the sums of a statement."""
        return tuple(side[item] for side in self.sums if side)

    def share(self, part: Distribution) -> float | None:
        """Return how much of a statement is on the first side; None where that is not known."""
        if self.sums[0]:
            return self.sums[0][part.item].share
        shares = [answer.share for answer in part.answers if answer.code in self.before]
        return None if None in shares else sum(share or 0.0 for share in shares)


def read_sides(
    estimates: pd.DataFrame,
    questionnaire: Questionnaire,
    question: Question,
    distributions: Sequence[Distribution],
    decimals: int,
) -> Sides | None:
    """Read what stands on both sides of the neutral answer of a battery of statements.

    Parameters
    ----------
    estimates
        The estimate frame.
    questionnaire, question
        Where the neutral answer and the sums are declared.
    distributions
        What the figure shows.
    decimals
        Of the sums.

    Returns
    -------
    Sides or None
        None for other questions, and where the figure does not show a neutral answer with answers on both sides.
    """
    neutral = next((category.code for category in question.categories if category.neutral), "")
    shown = [answer for answer in distributions[0].answers if answer.is_valid]
    codes = [answer.code for answer in shown]
    if question.kind != "statements" or neutral not in codes:
        return None
    parts = {total.code: total.of for total in question.sums}
    at = question.codes.index(neutral)
    # A side is shown whole, by answers or by a sum; anything across the middle has no side.
    places = {code: [question.codes.index(part) - at for part in parts.get(code, (code,))] for code in codes}
    before = tuple(code for code in codes if max(places[code]) < 0)
    after = tuple(code for code in codes if min(places[code]) > 0)
    if not before or not after or len(before) + len(after) + 1 != len(codes):
        return None
    sums = []
    for side in (before, after):
        whole = {part for code in side for part in parts.get(code, (code,))}
        declared = next((total for total in question.sums if set(total.of) == whole), None) if side[1:] else None
        sums.append(_read(estimates, questionnaire, question, declared, decimals))
    return Sides(before, neutral, after, (sums[0], sums[1]))


def _read(
    estimates: pd.DataFrame, questionnaire: Questionnaire, question: Question, declared: Sum | None, decimals: int
) -> dict[str, Answer]:
    if declared is None:
        return {}
    found = read_distributions(estimates, questionnaire, question.id, [declared.code], decimals)
    return {part.item: part.answers[0] for part in found}
