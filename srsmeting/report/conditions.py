"""Conditions: text that stands in a chapter only where the numbers say so.

A condition is true, false or None, which is unknown: a number is not published. ``when`` chooses by it between texts.
All conditions look at the numbers as they are printed.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from srsmeting.report.groups import ALPHA, Groups
from srsmeting.report.numbers import read_value
from srsmeting.report.phrase import Phrase
from srsmeting.report.several import Several, named_fraction
from srsmeting.rounding import percentage

#: Two shares that differ by no more than this many percentage points are alike.
ALIKE: Final = 5


class Conditions(Groups, Several):
    """The part of a report that says something only where it is true."""

    def when(self, condition: bool | None, then: str, otherwise: str = "", unknown: str = "") -> str:
        """Return the text that goes with a condition.

        Parameters
        ----------
        condition
            What one of the methods below returned.
        then, otherwise, unknown
            What stands in the chapter where it is true, false, or unknown.
        """
        return unknown if condition is None else then if condition else otherwise

    def heading(self, title: str, claim: str, said: str = "{}") -> str:
        """Return a heading that tells an outcome, and only its subject where the outcome is not published.

        Parameters
        ----------
        title
            The subject: "Basis".
        claim
            What another method returned: ``r.part(…)``, ``r.mark(…)``.
        said
            The outcome, with {} for the claim: "{} het onderzoek", "gemiddeld een {}".

        Returns
        -------
        str
            "Basis: twee derde van de respondenten kent het onderzoek", or "Basis".
        """
        rows = claim.rows if isinstance(claim, Phrase) else ()
        if any(read_value(self._seen(row)).number is None for row in rows):
            return title
        return f"{title}: {said.replace('{}', claim)}"

    def is_over(self, share: str, fraction: str = "helft") -> bool | None:
        """Tell whether a share is over a fraction: tiende, kwart, derde, helft, twee_derde or drie_kwart.

        Parameters
        ----------
        share
            As ``question.category`` or ``question.statement.category``.
        fraction
            The fraction. A share that prints as the fraction is not over it.
        """
        limit, value = named_fraction("is_over()", fraction), self._at(share)
        return None if value.number is None else percentage(value.number) > percentage(limit)

    def is_larger(self, left: str, right: str) -> bool | None:
        """Tell whether one share is larger than another; equal as printed is not."""
        difference = self._less(left, right)
        return None if difference is None else difference > 0

    def is_most(self, question: str, category: str) -> bool | None:
        """Tell whether an answer was given more than every other answer proper."""
        asked = self.questionnaire.question(question)
        others = [one.code for one in asked.categories if one.kind == "valid" and one.code != category]
        larger = [self.is_larger(f"{question}.{category}", f"{question}.{other}") for other in others]
        # One that is larger settles it, whatever is not published.
        return False if False in larger else None if None in larger else True

    def is_alike(self, left: str, right: str) -> bool | None:
        """Tell whether two questions give a similar picture.

        Parameters
        ----------
        left, right
            Questions with some of their answers proper in common.

        Returns
        -------
        bool or None
            True where no share of a common answer differs by more than 5 percentage points, and the order is the same.
        """
        codes = [
            {one.code for one in self.questionnaire.question(name).categories if one.kind == "valid"}
            for name in (left, right)
        ]
        common = sorted(codes[0] & codes[1])
        values = [[self._share(name, code).number for code in common] for name in (left, right)]
        if not common or any(number is None for side in values for number in side):
            return None
        one, other = ([percentage(number or 0) for number in side] for side in values)
        near = all(abs(a - b) <= ALIKE for a, b in zip(one, other, strict=True))
        return near and _order(one) == _order(other)

    def is_significant(self, question: str, by: str, left: str, right: str, *, category: str = "") -> bool | None:
        """Tell whether two groups differ significantly; None where that was not tested or is not published.

        Parameters
        ----------
        question, category
            As of :meth:`percent`; without category the mean mark.
        by, left, right
            Breakdown and two of its groups.
        """
        for group in (left, right):
            self.questionnaire.breakdown(by).group(group)
        relation = self._relation(question, category, by, left, right)
        return None if relation in ("untested", "unsure", "hidden") else relation != "same"

    def differs(self, question: str, by: str, *, category: str = "", item: str = "") -> bool | None:
        """Tell whether the groups of a breakdown differ significantly, all together; None where not tested."""
        p = self._p(self._maybe(question, category, item=item, by=by, measure="p_value"))
        return None if p is None else p < ALPHA


def _order(numbers: list[Decimal]) -> list[list[int]]:
    """Return for every pair which one is larger."""
    return [[(a > b) - (a < b) for b in numbers] for a in numbers]
