"""A questionnaire as the rest of the package sees it: its questions, who is asked them, and how answers break down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from srsmeting.errors import QuestionnaireError, unknown_name
from srsmeting.questionnaire.breakdown import Breakdown, make_breakdown
from srsmeting.questionnaire.entries import CoverageBranche, Pijler, find_entry
from srsmeting.questionnaire.explanation import explain_routing
from srsmeting.questionnaire.parsing import parse_routing
from srsmeting.questionnaire.question import Question
from srsmeting.questionnaire.routing import Routing
from srsmeting.questionnaire.routing_checks import wrong_references


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
    def _breakdowns(self) -> dict[str, Breakdown]:
        singles = {q.id: make_breakdown(q.id, q.title, q) for q in self.questions if q.kind == "single"}
        return singles | {grouping.id: grouping for grouping in self.groupings}

    @property
    def breakdowns(self) -> tuple[str, ...]:
        """The ids by which results can be broken down: the single questions in order, then the groupings."""
        return tuple(self._breakdowns)

    def question(self, id: str) -> Question:
        """Return a question; an unknown id raises UnknownNameError."""
        if id not in self._by_id:
            raise unknown_name(f"questionnaire {self.meting!r}", "question", id, self._by_id)
        return self._by_id[id]

    def pijler(self, id: str) -> Pijler:
        """Return a pijler; an unknown id raises UnknownNameError."""
        return find_entry(self.pijlers, "id", id, f"questionnaire {self.meting!r}", "pijler")

    def breakdown(self, id: str) -> Breakdown:
        """Return a grouping, or the breakdown by a single question, in which every category is a group.

        Raises
        ------
        UnknownNameError
            Neither exists.
        """
        if id not in self._breakdowns:
            raise unknown_name(f"questionnaire {self.meting!r}", "breakdown", id, self._breakdowns)
        return self._breakdowns[id]

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
        routing = parse_routing(text)
        wrong = [f"condition {text!r}: {problem.message}" for problem in wrong_references(routing, self._by_id)]
        if wrong:
            raise QuestionnaireError("\n".join(wrong))
        return routing

    def explain(self, id: str) -> str:
        """Say in Dutch who was asked a question: "alle respondenten", or "respondenten die …"."""
        routing = self.routing(id)
        if routing is None:
            return f"alle {self.respondents}"
        return f"{self.respondents} {explain_routing(routing, self._by_id)}"
