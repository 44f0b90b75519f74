"""One question as the rest of the package sees it: its scale filled in, its marks spelled out."""

from __future__ import annotations

from functools import cached_property

from srsmeting.questionnaire.entries import Category, Item, QuestionEntry, Sum, Theme, find_entry


class Question(QuestionEntry):
    """A question as it stands in the file, with everything that follows from its scale or range filled in.

    `categories` are the answers in order, also those of a scale; of a mark the whole numbers, with codes "1", "2", …;
    none for number and open. `sums` are those of the scale and then its own. `asked_if` is the text of the routing:
    `Questionnaire.routing` has it parsed.
    """

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of the categories, in order."""
        return tuple(category.code for category in self.categories)

    @cached_property
    def labels(self) -> dict[str, str]:
        """Label by code: the categories in order, then the sums."""
        answers: tuple[Category | Sum, ...] = (*self.categories, *self.sums)
        return {answer.code: answer.label for answer in answers}

    def category(self, code: str) -> Category:
        """Return a category; an unknown code raises UnknownNameError."""
        return find_entry(self.categories, "code", code, f"question {self.id!r}", "category")

    def item(self, id: str) -> Item:
        """Return a statement; an unknown id raises UnknownNameError."""
        return find_entry(self.items, "id", id, f"question {self.id!r}", "item")

    def theme(self, code: str) -> Theme:
        """Return a theme of an open question; an unknown code raises UnknownNameError."""
        return find_entry(self.themes, "code", code, f"question {self.id!r}", "theme")

    def in_base(self, code: str) -> bool:
        """Say whether an answer counts in the denominator; an unknown code raises UnknownNameError."""
        return self.category(code).kind not in self.outside_base
