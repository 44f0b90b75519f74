"""Breakdowns: the groups of respondents by which results are shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from srsmeting.questionnaire.entries import find_entry


@dataclass(frozen=True)
class Group:
    """One group of a breakdown: the categories it is made of."""

    code: str
    label: str
    of: tuple[str, ...]


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
