"""Themes of open answers in running text: which are mentioned most, how often, and how many there are."""

from __future__ import annotations

from decimal import Decimal

from srsmeting.errors import ReportError
from srsmeting.presentation.formats import format_count
from srsmeting.presentation.outcomes import inside
from srsmeting.presentation.words import aantal
from srsmeting.report.numbers import Numbers, Value, read_value
from srsmeting.report.ranking import Ranked, ranking


class Themes(Numbers):
    """The part of a report that tells what open answers are about."""

    def themes(self, question: str, lead: str, *, most: int = 3) -> str:
        """Return a sentence that names the themes that are mentioned most: "… behoud (40 keer), gevolgd door …".

        Parameters
        ----------
        question
            An open question with a codebook.
        lead
            The start of the sentence, up to the first theme: "Het vaakst noemen zij".
        most
            How many themes are named; more where the last one is mentioned as often as the next.

        Returns
        -------
        str
            Only themes that may be published: the others are mentioned less often than each of these.
        """
        asked = self.questionnaire.question(question)
        found = self._mentioned(question)
        if found and all(value.is_empty for _, value in found):
            return "Hierop kwam geen antwoord."
        known = [(label, int(value.number)) for label, value in found if value.number is not None]
        if not known:
            return f"Geen enkel thema is minstens {format_count(asked.min_mentions)} keer genoemd."
        least = sorted((number for _, number in known), reverse=True)[: max(most, 1)][-1]
        entries = [
            Ranked(label, Decimal(number), f"{format_count(number)} keer") for label, number in known if number >= least
        ]
        return ranking(lead, entries)

    def mentions(self, question: str, theme: str) -> str:
        """Return how many respondents mention a theme: "40"; "(niet gepubliceerd)" below the least number."""
        asked = self.questionnaire.question(question)
        value = read_value(self._row(question, asked.theme(theme).code, measure="count"))
        return f"({value.why})" if value.number is None else format_count(value.number)

    def theme_count(self, question: str) -> str:
        """Return how many themes of an open question are published, in words up to twenty: "zes"."""
        return aantal(sum(value.number is not None for _, value in self._mentioned(question)))

    def theme(self, question: str, code: str) -> str:
        """Return the label of a theme as it stands inside a sentence."""
        return inside(self.questionnaire.question(question).theme(code).label)

    def least_mentions(self, question: str) -> str:
        """Return the number of mentions from which a theme of this question is published: "4"."""
        return format_count(self.questionnaire.question(question).min_mentions)

    def _mentioned(self, question: str) -> list[tuple[str, Value]]:
        themes = self.questionnaire.question(question).themes
        if themes and self._maybe(question, themes[0].code, measure="count") is None:
            raise ReportError(
                f"themes(): the answers to {question!r} are not coded. Code them with `srsmeting code`, name the file "
                "under 'coded' in meting.yaml, and render again."
            )
        return [(inside(t.label), read_value(self._row(question, t.code, measure="count"))) for t in themes]
