"""Several shares in one sentence: from where to where they run, how many are over half, which is named most.

A share is named here as ``question.category``, or ``question.statement.category``.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from srsmeting.errors import ReportError, unknown_name
from srsmeting.presentation.words import aantal, opsomming, sentence_start
from srsmeting.presentation.words_counts import count_of, ordinal
from srsmeting.presentation.words_sizes import shares_words
from srsmeting.report.comparisons import Comparisons
from srsmeting.report.numbers import Value, read_value
from srsmeting.report.ranking import Ranked, subject
from srsmeting.rounding import percentage

#: Fractions that shares are held against, as they are named in a call.
OVER: Final = {
    "tiende": Fraction(1, 10),
    "kwart": Fraction(1, 4),
    "derde": Fraction(1, 3),
    "helft": Fraction(1, 2),
    "twee_derde": Fraction(2, 3),
    "drie_kwart": Fraction(3, 4),
}


class Several(Comparisons):
    """The part of a report that tells of several shares at once."""

    def ranging(self, shares: Sequence[str], what: str) -> str:
        """Return a sentence that says from where to where shares run: "… varieert van 50 procent (…) tot …".

        Parameters
        ----------
        shares
            As ``question.category``; the topic of the question (of a statement: its label) is their name.
        what
            The subject, with its article: "de inhoudelijke bekendheid".
        """
        values = [(self._called(name), self._at(name)) for name in shares]
        entries = self._ranked(values)
        known = [entry for entry in entries if entry is not None]
        if not known:
            empty = all(value.is_empty for _, value in values)
            return f"{sentence_start(subject(what))} is niet {'bekend' if empty else 'gepubliceerd'}."
        whole = len(known) == len(entries)
        low, high = min(entry.printed for entry in known), max(entry.printed for entry in known)
        if low == high:
            as_far = "" if whole else ", voor zover gepubliceerd,"
            return f"{sentence_start(subject(what))} is{as_far} overal {known[0].text}."
        ends = [[entry for entry in known if entry.printed == end] for end in (low, high)]
        # Where all of them are called alike, their name tells nothing.
        named = len({entry.name for entry in known}) > 1
        told = [f"{end[0].text} ({opsomming([entry.name for entry in end])})" if named else end[0].text for end in ends]
        start = (
            f"{sentence_start(subject(what))} varieert"
            if whole
            else f"Voor zover gepubliceerd varieert {subject(what)}"
        )
        return f"{start} van {told[0]} tot {told[1]}."

    def words_of(self, shares: Sequence[str], *, start: bool = False) -> str:
        """Put several shares into words at once: "(ruim) de helft", "van een kwart tot twee derde".

        Parameters
        ----------
        shares
            As ``question.category``.
        start
            Whether it begins a sentence.
        """
        values = [self._at(name) for name in shares]
        numbers = [value.number for value in values if value.number is not None]
        text = shares_words(numbers) if len(numbers) == len(values) else "een niet gepubliceerd deel"
        return sentence_start(text) if start else text

    def how_many(self, shares: Sequence[str], over: str, singular: str, plural: str, *, start: bool = False) -> str:
        """Say how many of several shares are over a fraction: "vier van de vijf activiteiten".

        Parameters
        ----------
        shares
            As ``question.category``.
        over
            The fraction: tiende, kwart, derde, helft, twee_derde or drie_kwart; what prints as it is not over it.
        singular, plural
            What is counted.
        start
            Whether it begins a sentence.

        Returns
        -------
        str
            With "minstens" before it where a share is not published.
        """
        limit = percentage(named_fraction("how_many()", over))
        values = [self._at(name) for name in shares]
        sure = sum(value.number is not None and percentage(value.number) > limit for value in values)
        hidden = any(value.number is None for value in values)
        text = f"{'minstens ' if hidden and sure else ''}{count_of(sure, len(values), singular, plural)}"
        if hidden and not sure:
            text = f"een onbekend aantal {plural}"
        return sentence_start(text) if start else text

    def most_named(self, question: str, *, categories: Sequence[str] = ()) -> str:
        """Name the answer that was given most, with its share: "meer inzicht (61 procent)".

        Parameters
        ----------
        question
            A question with categories, without statements.
        categories
            Which ones; default all answers proper, so not "anders", "geen" or "weet niet".

        Returns
        -------
        str
            Equal ones together. Where a share is not published none is named.
        """
        asked = self.questionnaire.question(question)
        codes = categories or [category.code for category in asked.categories if category.kind == "valid"]
        entries = self._ranked([(self.label(question, code), self._share(question, code)) for code in codes])
        known = [entry for entry in entries if entry is not None]
        if len(known) < len(entries):
            return "onbekend (niet alle uitkomsten zijn gepubliceerd)"
        return _first(known)

    def place(self, question: str, category: str) -> str:
        """Return the place of an answer among the answers proper, most given first: "tweede", "gedeelde tweede".

        Parameters
        ----------
        question, category
            A question with categories, and one of its answers proper.

        Returns
        -------
        str
            What fits in "op de … plaats"; "onbekende" where a share is not published.
        """
        asked = self.questionnaire.question(question)
        codes = [one.code for one in asked.categories if one.kind == "valid"]
        entries = self._ranked(
            [(code, self._share(question, code)) for code in (asked.category(category).code, *codes)]
        )
        known = [entry for entry in entries if entry is not None]
        if len(known) < len(entries):
            return "onbekende"
        own, others = known[0], [entry for entry in known[1:] if entry.name != category]
        shared = any(entry.printed == own.printed for entry in others)
        return f"{'gedeelde ' * shared}{ordinal(1 + sum(entry.printed > own.printed for entry in others))}"

    def counted(self, question: str, category: str, singular: str, plural: str, *, start: bool = False) -> str:
        """Say how many respondents gave an answer, in words up to twenty: "zes respondenten gaven".

        Parameters
        ----------
        question, category
            As of :meth:`percent`.
        singular, plural
            The forms of the verb.
        start
            Whether it begins a sentence.

        Returns
        -------
        str
            "één van de respondenten gaf" for one, "geen van de respondenten gaf" for none.
        """
        row, whole = self._row(question, category), self.questionnaire.respondents
        value = read_value(row)
        if value.number is None:
            text = f"een {value.absent} deel van de {whole} {singular}"
        elif (count := int(row["numerator"])) > 1:
            text = f"{aantal(count)} {whole} {plural}"
        else:
            text = f"{'één' if count else 'geen'} van de {whole} {singular}"
        return sentence_start(text) if start else text

    def compared_with(self, left: str, right: str) -> str:
        """Say how one share compares to another: "groter dan", "even groot als".

        Parameters
        ----------
        left, right
            As ``question.category``.
        """
        difference = self._less(left, right)
        if difference is None:
            return "niet te vergelijken met"
        return "groter dan" if difference > 0 else "kleiner dan" if difference < 0 else "even groot als"

    def adds_up(self, question: str, *, item: str = "") -> str:
        """Return a sentence on percentages that do not add up to 100 as printed; nothing where they do.

        Parameters
        ----------
        question, item
            A question of which one answer can be given.
        """
        asked = self.questionnaire.question(question)
        if asked.kind == "multiple":
            return ""
        values = [self._share(question, code, item) for code in asked.codes if asked.in_base(code)]
        numbers = [value.number for value in values]
        decimals = self._decimals(*values)
        total = sum(percentage(number, decimals) for number in numbers if number is not None)
        if None in numbers or total == 100:
            return ""
        return f"Door afronding tellen de percentages op tot {str(total).replace('.', ',')}."

    def _less(self, left: str, right: str) -> int | None:
        """Return the sign of the difference of two shares as printed; None where one is not published."""
        one, other = self._at(left), self._at(right)
        if one.number is None or other.number is None:
            return None
        decimals = self._decimals(one, other)
        difference = percentage(one.number, decimals) - percentage(other.number, decimals)
        return (difference > 0) - (difference < 0)

    def _at(self, name: str) -> Value:
        question, item, category = share_name(name)
        return self._share(question, category, item)

    def _called(self, name: str) -> str:
        question, item, category = share_name(name)
        asked = self.questionnaire.question(question)
        if item:
            return f"‘{asked.item(item).label}’"
        return asked.topic or self.label(question, category)


def named_fraction(where: str, name: str) -> Fraction:
    """Return a fraction by its name.

    Raises
    ------
    UnknownNameError
        For a name that is none of :data:`OVER`.
    """
    if name not in OVER:
        raise unknown_name(where, "fraction", name, OVER)
    return OVER[name]


def share_name(name: str) -> tuple[str, str, str]:
    """Take the name of a share apart: question, statement or nothing, category.

    Raises
    ------
    ReportError
        For a name of another form.
    """
    parts = name.split(".")
    if len(parts) not in (2, 3) or not all(parts):
        raise ReportError(
            f"{name!r} does not name a share. Write question.category, or question.statement.category, such as "
            "'bekend_onderzoek.bekend_inhoud'."
        )
    return parts[0], parts[1] if len(parts) == 3 else "", parts[-1]


def _first(entries: Sequence[Ranked]) -> str:
    top = max((entry.printed for entry in entries), default=0)
    first = [entry for entry in entries if entry.printed == top]
    if not top:
        return "niets (overal 0\u00a0procent)"
    each = "elk " if len(first) > 1 else ""
    return f"{opsomming([entry.name for entry in first])} ({each}{first[0].text})"
