"""Breakdowns: the groups of respondents by which results are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from srsmeting.questionnaire.entries import Group, find_entry
from srsmeting.questionnaire.question import Question


@dataclass(frozen=True)
class Breakdown:
    """Groups of respondents by their answer to a single question, in order.

    `id` is what goes in the column `by` of an estimate frame; `question` is where the answers are.
    """

    id: str
    question: str
    label: str
    groups: tuple[Group, ...]

    @cached_property
    def labels(self) -> dict[str, str]:
        """Label by group code."""
        return {group.code: group.label for group in self.groups}

    def group(self, code: str) -> Group:
        """Return a group; an unknown code raises UnknownNameError."""
        return find_entry(self.groups, "code", code, f"breakdown {self.id!r}", "group")


def make_breakdown(id: str, label: str, question: Question, merged: Sequence[Group] = ()) -> Breakdown:
    """Break down by a question: a group for each category, but for those that are merged."""
    group_of = {code: group for group in merged for code in group.of}
    groups: dict[str, Group] = {}
    for category in question.categories:
        own = Group(code=category.code, label=category.label, of=(category.code,), named=category.named)
        group = group_of.get(category.code, own)
        # A merged group takes the place of the first category that it is made of.
        groups.setdefault(group.code, group)
    return Breakdown(id, question.id, label, tuple(groups.values()))
