"""Answers as codes that can be crossed with those of another measurement."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from srsmeting.estimation.counting import inside_base, memberships, option_columns
from srsmeting.estimation.domains import Domains
from srsmeting.estimation.numeric import Counts, Numbers, Positions
from srsmeting.questionnaire import Question
from srsmeting.responses import Responses

Kind = TypeVar("Kind")

#: So many answers are looked at together; more take more memory and more time.
_AT_ONCE: Final = 1 << 17


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


@dataclass(frozen=True, eq=False)
class Batch(Generic[Kind]):
    """Some of the answers of a breakdown whose codes mean the same columns.

    Parameters
    ----------
    answers
        These.
    columns
        Which columns of all answers they are, shape (answers, columns of one).
    """

    answers: list[Kind]
    columns: Positions


def in_batches(
    answers: Sequence[Kind], members: Callable[[Kind], Sequence[Numbers]], n: int, groups: int
) -> Iterator[Batch[Kind]]:
    """Yield answers that are coded alike together: what is done once for many takes little more than for one.

    Parameters
    ----------
    answers
        In the order of the columns.
    members
        What tells which codes are in which columns.
    n, groups
        How many respondents they have, and groups: of many, or with many codes, only some go together, to bound what
        it takes.
    """
    alike: dict[tuple[object, ...], list[int]] = {}
    starts = [0]
    for number, answer in enumerate(answers):
        given = members(answer)
        alike.setdefault(tuple((each.shape, each.tobytes()) for each in given), []).append(number)
        starts.append(starts[-1] + given[0].shape[1] - 1)
    for numbers in alike.values():
        cells = groups * math.prod(each.shape[0] + 1 for each in members(answers[numbers[0]]))
        most = max(1, _AT_ONCE // max(n, cells))
        for start in range(0, len(numbers), most):
            some = numbers[start : start + most]
            columns = [np.arange(starts[number], starts[number + 1]) for number in some]
            yield Batch([answers[number] for number in some], np.stack(columns))


def spread_out(cells: Positions, times: int) -> Positions:
    """Return the cells of respondents for each of so many answers, shape (answers, respondents)."""
    spread: Positions = cells * times + np.arange(times)[:, np.newaxis]
    return spread


def count_columns(answers: Sequence[Coded], domains: Domains) -> tuple[Counts, Counts]:
    """Return respondents per group and column, and those in the base of each: both of shape (groups, columns)."""
    groups = len(domains.groups) + 1
    width = sum(coded.members.shape[1] - 1 for coded in answers)
    counts, base = np.zeros((2, groups - 1, width), dtype=np.int64)
    place = domains.place.astype(np.intp)
    for batch in in_batches(answers, lambda coded: [coded.members], len(place), groups):
        members, many = batch.answers[0].members, len(batch.answers)
        wide = members.shape[0] + 1
        cells = spread_out(place, many) * wide + np.stack([coded.codes for coded in batch.answers]) + 1
        folded = np.bincount(cells.ravel(), minlength=groups * many * wide).reshape(groups, many, wide)
        found = folded[1:, :, 1:] @ members.astype(np.int64)
        counts[:, batch.columns], base[:, batch.columns] = found[..., :-1], found[..., -1:]
    return counts, base


def read_coded(responses: Responses, question: Question) -> Iterator[list[Coded]]:
    """Yield, per table that :func:`count_answers` makes of a question, what its columns are made of, in order."""
    if question.kind == "multiple":
        columns, base = option_columns(responses, question)
        yield [_yes(column, base) for column in columns]
    elif question.kind == "open":
        asked = responses.asked(question.id)
        yield [_yes(responses.answers[question.id].to_numpy(dtype=np.bool_), asked)]
    else:
        yield from ([coded] for coded in _one_of(responses, question))


def _one_of(responses: Responses, question: Question) -> Iterator[Coded]:
    inside = inside_base(question)
    columns = [np.eye(len(inside), dtype=np.bool_)[:, inside], memberships(question), inside[:, np.newaxis]]
    members, counts = np.hstack(columns).astype(np.float64), np.array([*inside, False])
    for item in [item.id for item in question.items] if question.kind == "statements" else [None]:
        codes, answered = responses.codes(question.id, item), responses.answered(question.id, item)
        # An answer that does not count in the base is no answer.
        yield Coded(np.where(answered & counts[codes], codes, np.int16(-1)), members)


def _yes(given: npt.NDArray[np.bool_], base: npt.NDArray[np.bool_]) -> Coded:
    codes = np.where(base, given.astype(np.int16), np.int16(-1))
    return Coded(codes, np.array([[0.0, 1.0], [1.0, 1.0]]))
