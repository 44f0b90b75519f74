"""Comparisons in running text: what is named most often, which group is highest, which of two is larger.

Every comparison is made on the numbers as they are printed: a reader who sees twice 33 procent must not read that one
of them is larger. Where a number is missing, nothing is claimed about it.
"""

from __future__ import annotations

from collections.abc import Sequence

from srsmeting.presentation.formats import format_decimals
from srsmeting.presentation.outcomes import inside
from srsmeting.report.numbers import NAMED, Numbers, Row, Value, read_value
from srsmeting.report.ranking import Ranked, extremes, ranking, share_ranked
from srsmeting.rounding import percentage, round_half_up


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
        shares = [(self.label(question, code), self._share(question, code)) for code in codes]
        return self._in_order(lead, shares, "antwoorden")

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
        shares = [(f"‘{item.label}’", self._share(question, category, item.id)) for item in asked.items]
        return self._in_order(lead, shares, "uitspraken")

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
        shares = [(self.questionnaire.question(name).topic, self._share(name, category)) for name in questions]
        return self._in_order(lead, shares, "onderwerpen")

    def extremes(self, question: str, by: str) -> str:
        """Return a sentence that says in which group the mean mark is highest and in which lowest.

        Parameters
        ----------
        question
            A question of kind mark.
        by
            Breakdown.
        """
        what = f"het gemiddelde naar {inside(self.questionnaire.breakdown(by).label)}"
        return extremes(what, self._means(question, by), "een ")

    def compared(self, question: str, category: str, left: str, right: str) -> str:
        """Say how the share of a category compares between two statements: "groter dan".

        Parameters
        ----------
        question, category
            A question of kind statements, and one of its categories or sums.
        left, right
            Statements.

        Returns
        -------
        str
            What fits between two nouns: "de instemming bij … is" and "die bij …".
        """
        asked = self.questionnaire.question(question)
        one, other = (self._share(question, category, asked.item(item).id) for item in (left, right))
        if one.number is None or other.number is None:
            return "niet te vergelijken met"
        decimals = self._decimals(one, other)
        difference = percentage(one.number, decimals) - percentage(other.number, decimals)
        return "groter dan" if difference > 0 else "kleiner dan" if difference < 0 else "even groot als"

    def _in_order(self, lead: str, shares: Sequence[tuple[str, Value]], what: str) -> str:
        """Return a sentence that puts shares in order, or says that nobody answered."""
        if shares and all(value.is_empty for _, value in shares):
            return "Hierop kwam geen antwoord."
        return ranking(lead, self._ranked(shares), what)

    def _ranked(self, shares: Sequence[tuple[str, Value]]) -> list[Ranked | None]:
        """Return entries to put in order, with as many decimals as the smallest base of all carries."""
        decimals = self._decimals(*(value for _, value in shares))
        return [share_ranked(name, value, decimals) for name, value in shares]

    def _means(self, question: str, by: str, *, empty: bool = False) -> list[Ranked | None]:
        """Return an entry per group; one in which nobody answered only where `empty` asks for it."""
        entries: list[Ranked | None] = []
        for group in self.questionnaire.breakdown(by).groups:
            row = self._row(question, by=by, group=group.code, measure="mean")
            if empty or not read_value(row).is_empty:
                entries.append(self._entry(self._group(by, group.code), row))
        return entries

    def _entry(self, name: str, row: Row) -> Ranked | None:
        """Make an entry out of a row of shares or means."""
        value = read_value(row)
        if str(row["measure"]) == "share":
            return share_ranked(name, value, self._decimals(value))
        number = value.number
        return None if number is None else Ranked(name, round_half_up(number, 1), format_decimals(number))

    def _group(self, by: str, code: str) -> str:
        """Name a group inside a sentence: "organisaties met …" or "respondenten die …" where there are words for it."""
        breakdown = self.questionnaire.breakdown(by)
        group = breakdown.group(code)
        if group.named:
            return group.named
        question = self.questionnaire.question(breakdown.question)
        who = question.category(group.of[0]).who if len(group.of) == 1 else ""
        if who and "{item}" not in who:
            return f"{self.questionnaire.respondents} die {who.replace('{topic}', question.topic)}"
        return group.label if breakdown.question in NAMED else inside(group.label)
