"""Comparisons in running text: what is named most often, which group is highest, which of two is larger.

Every comparison is made on the numbers as they are printed: a reader who sees twice 33 procent must not read that one
of them is larger. Where a number is missing, nothing is claimed about it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from srsmeting.errors import unknown_name
from srsmeting.presentation.formats import format_decimals
from srsmeting.report.numbers import NAMED, Numbers, inside, read_value
from srsmeting.report.ranking import Ranked, extremes, ranking, share_ranked
from srsmeting.rounding import percentage, round_half_up

#: What a comparison is called, and its words for more, less and equal.
FORMS: Final[Mapping[str, tuple[str, str, str]]] = {
    "groter": ("groter dan", "kleiner dan", "even groot als"),
    "hoger": ("hoger dan", "lager dan", "even hoog als"),
    "meer": ("meer dan", "minder dan", "evenveel als"),
}
_NOT_COMPARABLE: Final = "niet te vergelijken met"


class Comparisons(Numbers):
    """The part of a report that compares."""

    def ranked(self, question: str, lead: str, *, categories: Sequence[str] = ()) -> str:
        """Return a sentence that names the answers to a question from large to small.

        Parameters
        ----------
        question
            A question with categories, without statements.
        lead
            The start of the sentence, up to the first answer: "Het vaakst noemen zij". It may claim to come first,
            because what follows is what comes first.
        categories
            Which ones; default all answers proper, so not "anders", "geen" or "weet niet".
        """
        asked = self.questionnaire.question(question)
        codes = categories or [category.code for category in asked.categories if category.kind == "valid"]
        entries = [share_ranked(self.label(question, code), self._share(question, code)) for code in codes]
        return ranking(lead, entries, "Geen van de voorgelegde antwoorden is gekozen.")

    def ranked_statements(self, question: str, category: str, lead: str) -> str:
        """Return a sentence that names the statements of a battery from large to small share of a category.

        Parameters
        ----------
        question, category
            A question of kind statements, and one of its categories or sums.
        lead
            The start of the sentence, up to the first statement: "De meeste instemming krijgt".
        """
        asked = self.questionnaire.question(question)
        entries = [share_ranked(f"‘{item.label}’", self._share(question, category, item.id)) for item in asked.items]
        return ranking(lead, entries, "Met geen van de uitspraken stemt iemand in.")

    def ranked_topics(self, questions: Sequence[str], category: str, lead: str) -> str:
        """Return a sentence that names the topics of questions from large to small share of one category.

        Parameters
        ----------
        questions
            Questions that have the category, and a `topic`.
        category
            Such as "bekend_inhoud".
        lead
            The start of the sentence, up to the first topic.
        """
        entries = [
            share_ranked(self.questionnaire.question(name).topic, self._share(name, category)) for name in questions
        ]
        return ranking(lead, entries, "Geen van deze activiteiten is bekend.")

    def extremes(self, question: str, by: str) -> str:
        """Return a sentence that says in which group the mean mark is highest and in which lowest.

        Parameters
        ----------
        question
            A question of kind mark.
        by
            Breakdown.
        """
        return extremes("het gemiddelde", self._means(question, by), "een ")

    def share_extremes(self, question: str, category: str, by: str, what: str) -> str:
        """Return a sentence that says in which group a share is highest and in which lowest.

        Parameters
        ----------
        question, category, by
            Whose share, by which breakdown.
        what
            The share in words, with its article: "het aandeel gebruikers".
        """
        return extremes(what, self._shares(question, category, by))

    def compared(self, question: str, category: str, left: str, right: str, form: str = "groter") -> str:
        """Say how the share of a category compares between two statements: "groter dan".

        Parameters
        ----------
        question, category
            A question of kind statements, and one of its categories or sums.
        left, right
            Statements.
        form
            One of :data:`FORMS`. Where one of the numbers is missing it is "niet te vergelijken met" all the same.
        """
        if form not in FORMS:
            raise unknown_name("compared()", "form", form, FORMS)
        asked = self.questionnaire.question(question)
        values = [self._share(question, category, asked.item(item).id).number for item in (left, right)]
        if values[0] is None or values[1] is None:
            return _NOT_COMPARABLE
        one, other = percentage(values[0]), percentage(values[1])
        more, less, equal = FORMS[form]
        return more if one > other else less if one < other else equal

    def _means(self, question: str, by: str) -> list[Ranked | None]:
        entries: list[Ranked | None] = []
        for group in self.questionnaire.breakdown(by).groups:
            value = read_value(self._row(question, by=by, group=group.code, measure="mean"))
            entry = None
            if value.number is not None:
                text = format_decimals(value.number)
                entry = Ranked(self._group(by, group.code), round_half_up(value.number, 1), text)
            entries.append(entry)
        return entries

    def _shares(self, question: str, category: str, by: str) -> list[Ranked | None]:
        return [
            share_ranked(self._group(by, group.code), self._share(question, category, "", by, group.code))
            for group in self.questionnaire.breakdown(by).groups
        ]

    def _group(self, by: str, code: str) -> str:
        """Name a group inside a sentence: "respondenten die …" where the questionnaire has words for it."""
        breakdown = self.questionnaire.breakdown(by)
        group = breakdown.group(code)
        question = self.questionnaire.question(breakdown.question)
        who = question.category(group.of[0]).who if len(group.of) == 1 else ""
        if who and "{item}" not in who:
            return f"{self.questionnaire.respondents} die {who.replace('{topic}', question.topic)}"
        return group.label if breakdown.question in NAMED else inside(group.label)
