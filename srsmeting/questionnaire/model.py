"""A questionnaire as the rest of the package sees it: scales filled in, marks spelled out, routings parsed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from srsmeting.errors import unknown_name
from srsmeting.questionnaire.breakdown import Breakdown, Group
from srsmeting.questionnaire.entries import (
    Category,
    CategoryKind,
    CoverageBranche,
    Fase,
    Item,
    Kind,
    Pijler,
    Sum,
    find_entry,
)
from srsmeting.questionnaire.routing import Routing

if TYPE_CHECKING:
    import pandas as pd


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

    def sum(self, code: str) -> Sum:
        """Return a declared sum; an unknown code raises UnknownNameError."""
        return find_entry(self.sums, "code", code, f"question {self.id!r}", "sum")

    def item(self, id: str) -> Item:
        """Return a statement; an unknown id raises UnknownNameError."""
        return find_entry(self.items, "id", id, f"question {self.id!r}", "item")

    def in_base(self, code: str) -> bool:
        """Say whether an answer counts in the denominator; an unknown code raises UnknownNameError."""
        return self.category(code).kind not in self.outside_base


@dataclass(frozen=True)
class Questionnaire:
    """A questionnaire that is in order: `load_questionnaire` reads it from a file.

    Parameters
    ----------
    meting
        Id of the measurement.
    title
        Title of the measurement.
    respondents
        The noun in "respondenten die …".
    pijlers
        Pillars of the programme, in order.
    questions
        In the order of fieldwork.
    groupings
        Breakdowns made by merging categories.
    routings
        The parsed routings by question id; a question that everyone is asked is not in it.
    coverage_branches
        The branches in which coverage is counted; they may differ from the answers to a question.
    """

    meting: str
    title: str
    respondents: str
    pijlers: tuple[Pijler, ...]
    questions: tuple[Question, ...]
    groupings: tuple[Breakdown, ...] = ()
    coverage_branches: tuple[CoverageBranche, ...] = ()
    routings: Mapping[str, Routing] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def _by_id(self) -> dict[str, Question]:
        return {question.id: question for question in self.questions}

    @cached_property
    def breakdowns(self) -> tuple[str, ...]:
        """The ids by which results can be broken down: the single questions in order, then the groupings."""
        singles = (question.id for question in self.questions if question.kind == "single")
        return (*singles, *(grouping.id for grouping in self.groupings))

    def question(self, id: str) -> Question:
        """Return a question.

        Raises
        ------
        UnknownNameError
            There is no question of this id.
        """
        try:
            return self._by_id[id]
        except KeyError:
            raise unknown_name(f"questionnaire {self.meting!r}", "question", id, self._by_id) from None

    def pijler(self, id: str) -> Pijler:
        """Return a pijler; an unknown id raises UnknownNameError."""
        return find_entry(self.pijlers, "id", id, f"questionnaire {self.meting!r}", "pijler")

    def grouping(self, id: str) -> Breakdown:
        """Return a declared grouping; an unknown id raises UnknownNameError."""
        return find_entry(self.groupings, "id", id, f"questionnaire {self.meting!r}", "grouping")

    def breakdown(self, id: str) -> Breakdown:
        """Return the groups by which results can be broken down.

        Parameters
        ----------
        id
            A grouping, or a question of kind single: then every category is a group.

        Raises
        ------
        UnknownNameError
            Neither exists.
        """
        if id not in self.breakdowns:
            raise unknown_name(f"questionnaire {self.meting!r}", "breakdown", id, self.breakdowns)
        question = self._by_id.get(id)
        if question is None:
            return self.grouping(id)
        groups = tuple(Group(category.code, category.label, (category.code,)) for category in question.categories)
        return Breakdown(id, id, question.title, groups)

    def routing(self, id: str) -> Routing | None:
        """Return the parsed routing of a question; None when everyone is asked."""
        return self.routings.get(self.question(id).id)

    def condition(self, text: str) -> Routing:
        """Parse an expression over this questionnaire and check every name in it.

        Raises
        ------
        QuestionnaireError
            The text is not in the routing language, or names what does not exist; all such names at once.
        """
        from srsmeting.questionnaire.references import parse_condition

        return parse_condition(text, self)

    def explain(self, id: str) -> str:
        """Say in Dutch who was asked a question: "alle respondenten", or "respondenten die …"."""
        from srsmeting.questionnaire.explanation import explain_routing

        return explain_routing(self.routing(id), self)

    def to_frame(self) -> pd.DataFrame:
        """Return the codebook.

        Returns
        -------
        DataFrame
            One row per question, item and answer code (categories in order, then sums), all columns text: question,
            export, kind, title, text, pijler, fase, exhibit, asked_if, asked_of (Dutch), item, item_export,
            item_label, category, category_export, category_label, category_kind (`sum` for a declared sum) and
            sum_of (codes, separated by spaces). What does not apply is "".
        """
        from srsmeting.questionnaire.codebook import codebook

        return codebook(self)
