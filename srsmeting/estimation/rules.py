"""The rules of publication of a measurement, and how its tables hang together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from srsmeting.errors import ConfigurationError
from srsmeting.questionnaire import Questionnaire

#: "Mentioned more than three times".
MIN_MENTIONS: Final = 4


@dataclass(frozen=True)
class GroupRule:
    """When the results of a group of a breakdown may be published at all; both conditions must be met.

    Parameters
    ----------
    min_respondents
        Fewest respondents in the group.
    min_response
        Lowest response of the group, a fraction.

    Raises
    ------
    ConfigurationError
        For a negative number, or a response that is not a fraction.
    """

    min_respondents: int = 0
    min_response: float = 0.0

    def __post_init__(self) -> None:
        if self.min_respondents < 0:
            raise ConfigurationError(
                f"GroupRule(): min_respondents is {self.min_respondents}. Give a number of respondents of 0 or more."
            )
        if not 0 <= self.min_response <= 1:
            raise ConfigurationError(
                f"GroupRule(): min_response is {self.min_response}. Give a fraction from 0 to 1, such as 0.2 for 20%."
            )


@dataclass(frozen=True)
class PublicationRules:
    """The rules of publication of a measurement.

    Parameters
    ----------
    min_base
        A group with fewer respondents in the base of a question is not shown in its table.
    groups
        Per breakdown the rule that a group must meet to be shown in any table.
    sources
        Per breakdown the question that its groups are answers to. A table of such a question by another breakdown tells
        of small groups what a table of the small groups would have told.
    normal_base
        A number that is shown with fewer respondents in its base is marked: status U, reason ``indicative``.
    parts
        Per breakdown and group the answers that the group is made of; by default the group is its own only answer.
    routes
        Per question the questions and statements that decide who is asked it.
    sums
        Per question the codes that are declared sums of other answers.
    min_mentions
        Per open question the fewest mentions with which a theme is shown; where it is not given, 4.

    Raises
    ------
    ConfigurationError
        For a negative base.

    See Also
    --------
    PublicationRules.linked : takes what tells how tables hang together, and `min_mentions`, from a questionnaire.
    """

    min_base: int = 10
    groups: Mapping[str, GroupRule] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    normal_base: int = 30
    parts: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    routes: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    sums: Mapping[str, frozenset[str]] = field(default_factory=dict)
    min_mentions: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, base in (("min_base", self.min_base), ("normal_base", self.normal_base)):
            if base < 0:
                raise ConfigurationError(
                    f"PublicationRules(): {name} is {base}. Give a number of respondents of 0 or more."
                )

    @classmethod
    def linked(
        cls,
        questionnaire: Questionnaire,
        breakdowns: Iterable[str],
        *,
        min_base: int = 10,
        normal_base: int = 30,
        groups: Mapping[str, GroupRule] | None = None,
    ) -> PublicationRules:
        """Make the rules of a measurement whose tables hang together as its questionnaire says.

        Parameters
        ----------
        questionnaire
            What was asked.
        breakdowns
            By which results are published; a pair is written ``"rows*columns"``.
        min_base, normal_base, groups
            As above.

        Raises
        ------
        UnknownNameError
            For a breakdown that the questionnaire does not have.
        """
        rules = dict(groups or {})
        names = dict.fromkeys(name for by in (*breakdowns, *rules) for name in by.split("*"))
        found = {name: questionnaire.breakdown(name) for name in names}
        return cls(
            min_base,
            rules,
            {name: breakdown.question for name, breakdown in found.items()},
            normal_base,
            {name: {group.code: frozenset(group.of) for group in b.groups} for name, b in found.items()},
            {
                question: tuple(dict.fromkeys((c.question, c.item or "") for c in routing.comparisons))
                for question, routing in questionnaire.routings.items()
            },
            {q.id: frozenset(total.code for total in q.sums) for q in questionnaire.questions if q.sums},
            {q.id: q.min_mentions for q in questionnaire.questions if q.themes},
        )

    def min_mentions_of(self, question: str) -> int:
        """Return the fewest mentions with which a theme of a question is shown."""
        return self.min_mentions.get(question, MIN_MENTIONS)

    def answers(self, by: str, group: str) -> frozenset[str]:
        """Return the answers that a group of a breakdown is made of."""
        return self.parts.get(by, {}).get(group, frozenset([group]))

    def family(self, by: str) -> str:
        """Return the question that the groups of a breakdown are answers to, or the breakdown itself."""
        return self.sources.get(by, by)
