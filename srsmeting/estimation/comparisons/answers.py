"""The answers that are compared, respondent by respondent: the ones that shares are estimated of, in the same base."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from srsmeting.estimation.counting import ANSWERED
from srsmeting.estimation.numeric import Mask, Positions
from srsmeting.questionnaire import Question
from srsmeting.responses import Responses


@dataclass(frozen=True, eq=False)
class Answers:
    """Answers to one question, or to one statement of it.

    Parameters
    ----------
    item
        The statement, or "".
    codes
        Per respondent the position of the answer among `categories`, -1 for who is not in the base; None when several
        can be given.
    categories
        Codes of the categories that count in the base.
    base
        Who is in the base.
    members
        Per category, then per declared sum, who gave it: code and mask.
    sums
        How many of `members`, at the end, are declared sums.
    """

    item: str
    codes: Positions | None
    categories: tuple[str, ...]
    base: Mask
    members: tuple[tuple[str, Mask], ...]
    sums: int

    @property
    def alone(self) -> tuple[tuple[str, Mask], ...]:
        """Members that are no part of a division: options of which several can be given, and declared sums."""
        return self.members if self.codes is None else self.members[len(self.members) - self.sums :]


def read_answers(responses: Responses, question: Question) -> Iterator[Answers]:
    """Yield the answers to a question of any kind but number: one, or one per statement."""
    if question.kind == "statements":
        for item in question.items:
            yield _one_of(responses, question, item.id)
    elif question.kind == "multiple":
        yield _several(responses, question)
    elif question.kind == "open":
        asked = responses.asked(question.id)
        written = responses.answers[question.id].to_numpy(dtype=np.bool_) & asked
        yield Answers("", None, (ANSWERED,), asked, ((ANSWERED, written),), 0)
    else:
        yield _one_of(responses, question, "")


def _one_of(responses: Responses, question: Question, item: str) -> Answers:
    given = responses.codes(question.id, item or None)
    inside = [question.in_base(code) for code in question.codes]
    # Place -1 is that of who gave no answer.
    place = np.array([*np.where(inside, np.cumsum(inside) - 1, -1), -1], dtype=np.intp)
    codes = np.where(responses.answered(question.id, item or None), place[given], -1)
    categories = tuple(code for code, counts in zip(question.codes, inside, strict=True) if counts)
    members = [(code, codes == number) for number, code in enumerate(categories)]
    sums = [(s.code, np.isin(codes, [n for n, code in enumerate(categories) if code in s.of])) for s in question.sums]
    return Answers(item, codes, categories, codes >= 0, (*members, *sums), len(sums))


def _several(responses: Responses, question: Question) -> Answers:
    ticked, base = responses.ticked(question.id), responses.answered(question.id)
    inside = np.array([question.in_base(code) for code in question.codes], dtype=np.bool_)
    if not inside.all():
        # Who ticked only options that do not count has given no answer that does.
        base = base & (ticked[:, inside].any(axis=1) | ~ticked[:, ~inside].any(axis=1))
    counted = ticked & base[:, np.newaxis] & inside
    members = [(code, counted[:, place]) for place, code in enumerate(question.codes) if inside[place]]
    sums: list[tuple[str, Mask]] = []
    for total in question.sums:
        places = [place for place, code in enumerate(question.codes) if code in total.of]
        sums.append((total.code, np.any(counted[:, places], axis=1)))
    return Answers("", None, tuple(code for code, _ in members), base, (*members, *sums), len(sums))
