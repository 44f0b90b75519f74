"""From answers to counts: who is in the base of a question, and how many of them gave each answer.

This is the only place that looks at respondents one by one, and it does so with ``bincount`` over whole columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from srsmeting.estimation.domains import Counts, Domains
from srsmeting.questionnaire import Question
from srsmeting.responses import Mask, Responses

#: The one category of an open question.
ANSWERED = "answered"


@dataclass(frozen=True)
class Table:
    """Counts of one question, or of one of its statements.

    Parameters
    ----------
    question, item
        What was asked; `item` is "" unless the question is a battery of statements.
    categories
        Codes in declared order, then the declared sums; the answers that do not count in the base are not among them.
    counts
        Respondents per group and category, shape (groups, categories).
    base
        Respondents per group that were asked and answered, less those whose answer the question leaves out.
    """

    question: str
    item: str
    categories: tuple[str, ...]
    counts: Counts
    base: Counts


def count_answers(responses: Responses, question: Question, domains: Domains) -> Iterator[Table]:
    """Yield the tables of a question of any kind but number: one, or one per statement."""
    if question.kind == "multiple":
        yield _multiple(responses, question, domains)
    elif question.kind == "open":
        yield _open(responses, question, domains)
    elif question.kind == "statements":
        for item in question.items:
            yield _one_of(responses, question, item.id, domains)
    else:
        yield _one_of(responses, question, None, domains)


def _one_of(responses: Responses, question: Question, item: str | None, domains: Domains) -> Table:
    """Single choice, a mark or a statement: one answer each, so sums are sums of counts."""
    codes, answered = responses.codes(question.id, item), responses.answered(question.id, item)
    # An answer to a question that was not asked is intake's finding, never part of an estimate.
    counts = domains.cross(np.where(answered, codes, np.int16(-1)), len(question.categories))
    inside = _inside(question)
    sums = counts @ _members(question).astype(np.int64)
    shown = np.hstack([counts[:, inside], sums])
    return Table(question.id, item or "", _codes(question), shown, counts[:, inside].sum(axis=1))


def _multiple(responses: Responses, question: Question, domains: Domains) -> Table:
    """Options that exclude nothing: a declared sum counts who ticked at least one of its options, once."""
    ticked, base = responses.ticked(question.id), responses.answered(question.id)
    inside = _inside(question)
    if not inside.all():
        # Who ticked only options that do not count has given no answer that does.
        base = base & (ticked[:, inside].any(axis=1) | ~ticked[:, ~inside].any(axis=1))
    columns: list[Mask] = [ticked[:, place] for place in np.flatnonzero(inside)]
    columns += [np.any(ticked[:, members], axis=1) for members in _members(question).T]
    counts = np.stack([domains.count(column & base) for column in columns], axis=1)
    return Table(question.id, "", _codes(question), counts, domains.count(base))


def _open(responses: Responses, question: Question, domains: Domains) -> Table:
    """Report how many of those asked wrote something; what they wrote is not here."""
    asked = responses.asked(question.id)
    written = responses.answers[question.id].to_numpy(dtype=np.bool_) & asked
    return Table(question.id, "", (ANSWERED,), domains.count(written)[:, np.newaxis], domains.count(asked))


def _inside(question: Question) -> Mask:
    return np.array([question.in_base(category.code) for category in question.categories], dtype=np.bool_)


def _members(question: Question) -> Mask:
    """Which categories each declared sum is made of, shape (categories, sums); never one outside the base."""
    members = [[category.code in total.of for total in question.sums] for category in question.categories]
    shape = (len(question.categories), len(question.sums))
    return np.array(members, dtype=np.bool_).reshape(shape) & _inside(question)[:, np.newaxis]


def _codes(question: Question) -> tuple[str, ...]:
    categories = [category.code for category in question.categories if question.in_base(category.code)]
    return (*categories, *(total.code for total in question.sums))
