"""From answers to tables: who is in the base of a question, and how many of them gave each answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from srsmeting.estimation.crossing import Crossing
from srsmeting.estimation.design import Design
from srsmeting.estimation.numeric import Counts, Mask
from srsmeting.estimation.sums import Sums, join_sums
from srsmeting.questionnaire import Category, Question
from srsmeting.responses import Responses

#: The one category of an open question.
ANSWERED = "answered"
#: Options that are looked at together; 5 of them make 32 combinations.
_TOGETHER = 5


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
    sums
        The weighted sums of the categories and, in the last column, of the base; None in a simple random sample without
        weights.
    """

    question: str
    item: str
    categories: tuple[str, ...]
    counts: Counts
    base: Counts
    sums: Sums | None = None


def count_answers(responses: Responses, question: Question, crossing: Crossing) -> Iterator[Table]:
    """Yield the tables of a question of any kind but number: one, or one per statement."""
    if question.kind == "multiple":
        yield _multiple(responses, question, crossing)
    elif question.kind == "open":
        yield _open(responses, question, crossing)
    else:
        yield from _one_of(responses, question, crossing)


def all_sums(table: Table, design: Design) -> Sums:
    """Return the weighted sums of a table, those of a simple random sample from its counts."""
    if table.sums is not None:
        return table.sums
    counts = np.column_stack([table.counts, table.base]).astype(np.float64) * design.expansion
    return Sums(counts, counts * design.expansion * design.strata.factor[0])


def _one_of(responses: Responses, question: Question, crossing: Crossing) -> Iterator[Table]:
    """Single choice, a mark or statements: one answer each, so sums are sums of counts."""
    names, inside = column_codes(question), inside_base(question)
    members = np.hstack([np.eye(len(inside), dtype=np.bool_)[:, inside], memberships(question)])
    for item in [item.id for item in question.items] if question.kind == "statements" else [None]:
        codes, answered = responses.codes(question.id, item), responses.answered(question.id, item)
        # An answer to a question that was not asked is intake's finding, never part of an estimate.
        # Arithmetic, because choosing one by one takes four times as long.
        chosen = (codes + np.int16(1)) * answered - np.int16(1)
        yield _table(question.id, item or "", names, crossing, chosen, members, inside)


def _multiple(responses: Responses, question: Question, crossing: Crossing) -> Table:
    """Options that exclude nothing: a declared sum counts who ticked at least one of its options, once."""
    columns, base = option_columns(responses, question)
    if crossing.design.is_simple:
        domains = crossing.domains
        counts = np.stack([domains.count(column & base) for column in columns], axis=1)
        return Table(question.id, "", column_codes(question), counts, domains.count(base))
    return _combinations(question, columns, base, crossing)


def option_columns(responses: Responses, question: Question) -> tuple[list[Mask], Mask]:
    """Return who ticked each option, and any of each declared sum, as the table has them; and who is in the base."""
    ticked, base = responses.ticked(question.id), responses.answered(question.id)
    inside = inside_base(question)
    if not inside.all():
        # Who ticked only options that do not count has given no answer that does.
        base = base & (ticked[:, inside].any(axis=1) | ~ticked[:, ~inside].any(axis=1))
    columns: list[Mask] = [ticked[:, place] for place in np.flatnonzero(inside)]
    columns += [np.any(ticked[:, members], axis=1) for members in memberships(question).T]
    return columns, base


def _combinations(question: Question, columns: list[Mask], base: Mask, crossing: Crossing) -> Table:
    """Count combinations of a few options at a time: one pass for all of them, where each would need its own."""
    names, parts = column_codes(question), []
    for start in range(0, len(columns), _TOGETHER):
        some = columns[start : start + _TOGETHER]
        combination = np.zeros(len(base), dtype=np.int16)
        for place, column in enumerate(some):
            combination += column.astype(np.int16) << place
        combination[~base] = -1
        members = (np.arange(1 << len(some))[:, np.newaxis] >> np.arange(len(some))) % 2 == 1
        inside = np.ones(len(members), dtype=np.bool_)
        parts.append(_table(question.id, "", names[start : start + _TOGETHER], crossing, combination, members, inside))
    counts = np.hstack([part.counts for part in parts])
    given = [part.sums for part in parts if part.sums is not None]
    # Every part has the same base; one is enough.
    sums = join_sums([*(part.columns(slice(-1)) for part in given[:-1]), given[-1]])
    return Table(question.id, "", names, counts, parts[0].base, sums)


def _open(responses: Responses, question: Question, crossing: Crossing) -> Table:
    """Report how many of those asked wrote something; what they wrote is not here."""
    asked = responses.asked(question.id)
    written = responses.answers[question.id].to_numpy(dtype=np.bool_) & asked
    codes = written.astype(np.int16) + asked - np.int16(1)
    members = np.array([[False], [True]])
    return _table(question.id, "", (ANSWERED,), crossing, codes, members, np.array([True, True]))


def _table(
    question: str,
    item: str,
    categories: tuple[str, ...],
    crossing: Crossing,
    codes: npt.NDArray[np.int16],
    members: Mask,
    inside: Mask,
) -> Table:
    """Count codes, and add them up to the columns that they are `members` of, and to the base."""
    counts, sums = crossing.table(codes, len(inside))
    columns = counts @ members.astype(np.int64)
    base = counts[:, inside].sum(axis=1)
    if sums is None:
        return Table(question, item, categories, columns, base)
    both = np.column_stack([members, inside]).astype(np.float64)
    return Table(question, item, categories, columns, base, sums.through(both))


def inside_base(question: Question) -> Mask:
    """Return which categories count in the base."""
    return np.array([_counts(question, category) for category in question.categories], dtype=np.bool_)


def _counts(question: Question, category: Category) -> bool:
    """Say what `Question.in_base` says, without looking the category up."""
    return category.kind not in question.outside_base


def memberships(question: Question) -> Mask:
    """Return which categories each declared sum is made of, shape (categories, sums); never one outside the base."""
    members = [[category.code in total.of for total in question.sums] for category in question.categories]
    shape = (len(question.categories), len(question.sums))
    return np.array(members, dtype=np.bool_).reshape(shape) & inside_base(question)[:, np.newaxis]


def column_codes(question: Question) -> tuple[str, ...]:
    """Return what a table has a column of: the categories in the base, then the declared sums."""
    categories = [category.code for category in question.categories if _counts(question, category)]
    return (*categories, *(total.code for total in question.sums))
