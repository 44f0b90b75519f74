"""The counts of a year by the codes that it has in common with another: what it is that a figure about both counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from srsmeting.crosswalk import Common
from srsmeting.estimation.attack import Terms, add_terms, minus
from srsmeting.estimation.linked_changes import Cell
from srsmeting.estimation.linked_counts import Domain, LinkedCounts
from srsmeting.questionnaire import Question


@dataclass(frozen=True)
class CommonCounts:
    """The counts of a year, by the codes of a comparison.

    Parameters
    ----------
    common
        What this year and another have in common.
    linked
        The counts of this year in its own codes.
    """

    common: Common
    linked: LinkedCounts

    @property
    def meting(self) -> str:
        """Id of the measurement."""
        return self.linked.questionnaire.meting

    def knows(self, row: Mapping[str, Any]) -> bool:
        """Say whether what a figure is about may be compared, so that it has codes in common.

        What may not is a figure of the year itself under another name.
        """
        known = self.common.pairings
        sources = [self.common.questionnaire.breakdown(by).question for by in row["by"].split("*") if by in known]
        return row["question"] in known and len(sources) == len(row["by"].split("*") if row["by"] else ())

    def count(self, cell: Cell) -> Terms | None:
        """Return how many gave an answer, or what their answers add up to; None where that is no count."""
        asked = self.common.questionnaire.question(cell.question)
        own, item = self._own(cell)
        domains = self._domains(cell)
        if not cell.category:
            return add_terms(self.linked.total(own, domain) for domain in domains) if own.kind == "number" else None
        if own.kind == "open":
            return add_terms(self.linked.cell(own, item, cell.category, domain) for domain in domains)
        codes = self.common.codes(cell.question, self.meting) if own.kind != "mark" else {c: c for c in own.codes}
        parts = next((total.of for total in asked.sums if total.code == cell.category), (cell.category,))
        mine = [code for code, target in codes.items() if target in parts and code in own.codes and own.in_base(code)]
        if own.kind == "multiple" and len(mine) != 1:
            return self._ticked(own.id, cell, mine, domains)
        return add_terms(self.linked.cell(own, item, code, domain) for domain in domains for code in mine)

    def base(self, cell: Cell) -> Terms:
        """Return how many are in the denominator."""
        own, item = self._own(cell)
        return add_terms(self.linked.base(own, item, domain) for domain in self._domains(cell))

    def _own(self, cell: Cell) -> tuple[Question, str]:
        questionnaire = self.linked.questionnaire
        if not self.common.is_earlier(self.meting):
            return questionnaire.question(cell.question), cell.item
        match = self.common.crosswalk.question(cell.question)
        item = self.common.crosswalk.statement(cell.question, cell.item) if cell.item else None
        own = questionnaire.question(match.orig_id if match else cell.question)
        return own, item.orig_id if item else cell.item

    def _ticked(self, question: str, cell: Cell, codes: Sequence[str], domains: Sequence[Domain]) -> Terms:
        """Return how many ticked any of several options: no fewer than each, no more than all of them."""
        own, counted = self.linked.questionnaire.question(question), []
        for domain in domains:
            ticked = [self.linked.cell(own, "", code, domain) for code in codes]
            any_ = {self.linked.system.count(("any", question, tuple(codes), domain)): 1.0}
            for each in ticked:
                self.linked.system.limit(minus(each, any_), 0, f"{cell.category!r} of {question}")
            for most in (add_terms(ticked), self.linked.base(own, "", domain)):
                self.linked.system.limit(minus(any_, most), 0, f"{cell.category!r} of {question}")
            counted.append(any_)
        return add_terms(counted)

    def _domains(self, cell: Cell) -> list[Domain]:
        """Return the answers of this year that a group is made of."""
        if not cell.by:
            return [frozenset()]
        parts = []
        for by, group in zip(cell.by.split("*"), cell.group.split("*"), strict=True):
            breakdown = self.common.questionnaire.breakdown(by)
            codes, of = self.common.codes(breakdown.question, self.meting), breakdown.group(group).of
            source = self._own(Cell(breakdown.question, "", "", "", ""))[0].id
            parts.append([(source, "", own) for own, target in codes.items() if target in of])
        return [frozenset(answers) for answers in product(*parts)]
