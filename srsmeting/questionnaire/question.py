"""One question as the rest of the package sees it: its scale filled in, its marks spelled out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from srsmeting.questionnaire.entries import Category, CategoryKind, Fase, Item, Kind, Sum, find_entry


@dataclass(frozen=True)
class Question:
    """One question, with everything that follows from its scale or range filled in.

    Parameters
    ----------
    id
        Our id, used everywhere in the package.
    export
        The question code in the survey tool.
    kind
        single, multiple, statements, mark, number or open.
    title, text
        Caption of the exhibit, and the wording of the question.
    topic
        Noun phrase for ``{topic}`` in the phrases that say who was asked.
    pijler, fase, exhibit
        Pillar, stage of the policy chain, and the exhibit it is published as (or "").
    asked_if
        The routing as text; "" when everyone is asked. `Questionnaire.routing` has it parsed.
    categories
        The answers in order; of a mark the whole numbers, with codes "1", "2", …; none for number and open.
    sums
        Categories that are also published together.
    items
        The statements of a battery; empty for other kinds.
    range
        Lowest and highest mark.
    outside_base
        Kinds of answers that do not count in the denominator.
    """

    id: str
    export: str
    kind: Kind
    title: str
    text: str
    pijler: str
    fase: Fase
    topic: str = ""
    exhibit: str = ""
    asked_if: str = ""
    categories: tuple[Category, ...] = ()
    sums: tuple[Sum, ...] = ()
    items: tuple[Item, ...] = ()
    range: tuple[int, int] | None = None
    outside_base: tuple[CategoryKind, ...] = ()

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

    def in_base(self, code: str) -> bool:
        """Say whether an answer counts in the denominator; an unknown code raises UnknownNameError."""
        return self.category(code).kind not in self.outside_base
