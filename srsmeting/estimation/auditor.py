"""What is found out of a suppressed group, and what is no finding because the publication says it outright anyway."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pandas as pd

from srsmeting.estimation.attack import Solved, Terms, add_terms, minus
from srsmeting.estimation.linked_counts import EVERYONE, Domain, LinkedCounts, group_domains
from srsmeting.estimation.published_tables import Cell, Table, read_tables
from srsmeting.estimation.rules import PublicationRules
from srsmeting.questionnaire import Question

#: What an audit tells of each cell.
COLUMNS: Final = ("question", "item", "category", "by", "group", "low", "high", "how")


@dataclass(frozen=True)
class _Hidden:
    """A suppressed group of a table: the counts behind it."""

    table: Table
    by: str
    group: str
    cell: Cell
    question: Question
    domains: list[Domain]
    base: Terms


class Auditor:
    """Looks at one table after the other."""

    def __init__(
        self, frame: pd.DataFrame, linked: LinkedCounts, solved: Solved, rules: PublicationRules, protection: float
    ) -> None:
        self.linked, self.solved, self.rules, self.protection = linked, solved, rules, protection
        self.read = read_tables(frame)
        self.tables = [table for table in self.read.tables.values() if table.by]
        self.asked = set(rules.sources.values())
        categories = frame[["question", "item", "by", "group", "category", "measure"]]
        categories = categories[categories["measure"].isin(["share", "mean"])].drop_duplicates()
        self.categories: dict[tuple[str, str, str, str], list[str]] = {}
        for question, item, by, group, category, measure in categories.itertuples(index=False):
            number = linked.questionnaire.question(question).kind == "number" if question else False
            if measure == "share" or number:
                self.categories.setdefault((question, item, by, group), []).append(category)

    def look_around(self) -> None:
        """Search for what all tables hide at once; it makes the attack on each of them short, and changes nothing."""
        wanted = []
        for hidden in (one for table in self.tables for one in self._groups(table)):
            if hidden.cell.reason and hidden.question.kind != "number":
                needed = self._needed(hidden)
                wanted += [(self._terms(hidden, code), needed) for code in self._codes(hidden)]
        self.solved.look_around(wanted)

    def attack(self, table: Table) -> Iterator[dict[str, object]]:
        """Yield the findings of a table."""
        by = ""
        for hidden in self._groups(table):
            if by not in ("", hidden.by):
                yield from self._together(table, by)
            by = hidden.by
            for category, low, high, how in self._cell(hidden):
                yield self._finding(table, category, by, hidden.group, low, high, how)
        if by:
            yield from self._together(table, by)
        yield from self._parts(table)

    def _groups(self, table: Table) -> Iterator[_Hidden]:
        _, question, item = table.address
        asked = self.linked.questionnaire.question(question)
        for by, groups in table.by.items():
            for group, cell in groups.items():
                domains = group_domains(self.linked.questionnaire, by, group)
                yield _Hidden(table, by, group, cell, asked, domains, self.linked.group_base(asked, item, by, group))

    def _codes(self, hidden: _Hidden) -> list[str]:
        """Return the answers that a table tells of a group; of what is a group of no table, those of its total."""
        address = hidden.question.id, hidden.table.address[2]
        return self.categories.get((*address, hidden.by, hidden.group)) or self.categories.get((*address, "", ""), [])

    def _parts(self, table: Table) -> Iterator[dict[str, object]]:
        """Yield what follows of few respondents whose answer is a group of no table, but only a part of one."""
        questionnaire, (_, question, item) = self.linked.questionnaire, table.address
        asked = questionnaire.question(question)
        breakdowns = [questionnaire.breakdown(by) for by in table.by if "*" not in by]
        for source in dict.fromkeys(breakdown.question for breakdown in breakdowns):
            groups = [group.of for b in breakdowns if b.question == source for group in b.groups]
            for code in questionnaire.question(source).codes:
                base = self.linked.base(asked, item, frozenset({(source, "", code)}))
                if (code,) in groups or any(at not in self.solved.known for at in base):
                    continue
                if 0 < sum(self.solved.known[at] * times for at, times in base.items()) < self.rules.min_base:
                    domains = group_domains(questionnaire, source, code)
                    part = _Hidden(table, source, code, Cell(reason="part"), asked, domains, base)
                    for category, low, high, how in self._cell(part):
                        yield self._finding(table, category, source, code, low, high, how)

    def _finding(
        self, table: Table, category: str, by: str, group: str, low: float, high: float, how: str
    ) -> dict[str, object]:
        values = (*table.address[1:], category, by, group, low, high, how)
        return dict(zip(COLUMNS, values, strict=True))

    def _cell(self, hidden: _Hidden) -> list[tuple[str, float, float, str]]:
        codes = self._codes(hidden)
        if not hidden.cell.reason:
            return self._shown(hidden, codes)
        if hidden.question.kind == "number":
            return self._mean(hidden, codes)
        found = [(code, *self._range(hidden, code)) for code in codes]
        findings = [each for each in found if each[3]]
        if not findings:
            return []
        # Of a group that is found out, everything that is known is told, zeros too.
        return [each if each[3] else (*each[:3], "exact") for each in found if each[3] or each[1] == each[2]]

    def _shown(self, hidden: _Hidden, codes: list[str]) -> list[tuple[str, float, float, str]]:
        base = hidden.cell.base
        if not base < float("inf") or base != base:
            base = self.solved.range(hidden.base)[1]
        if not 0 < base < self.rules.min_base:
            return []
        counts = []
        for code in codes:
            low, high = (base, base) if not code else self.solved.range(self._terms(hidden, code))
            counts.append((code, low, high, "shown"))
        return counts

    def _terms(self, hidden: _Hidden, code: str) -> Terms:
        return self.linked.group_cell(hidden.question, hidden.table.address[2], code, hidden.by, hidden.group)

    def _counts(self, hidden: _Hidden) -> dict[str, Terms]:
        return self.linked.group(hidden.question, hidden.table.address[2], hidden.by, hidden.group)

    def _mean(self, hidden: _Hidden, codes: list[str]) -> list[tuple[str, float, float, str]]:
        base = self.solved.range(hidden.base)
        total = self._counts(hidden)["sum"]
        if not codes or base[0] != base[1] or base[0] == 0 or any(at not in self.solved.known for at in total):
            return []
        mean = sum(self.solved.known[at] * times for at, times in total.items()) / base[0]
        return [(codes[0], mean, mean, "exact")]

    def _range(self, hidden: _Hidden, code: str) -> tuple[float, float, str]:
        """Return between which numbers a suppressed count lies, and how that gives it away; "" where it does not."""
        terms, needed = self._terms(hidden, code), self._needed(hidden)
        low, high = self.solved.range(terms, wide=needed)
        if self._unanimous(hidden, code, terms):
            return low, high, "unanimous"
        if high - low >= needed:
            return low, high, ""
        if self._said_outright(hidden, code, terms, low):
            return low, high, ""
        return low, high, "exact" if low == high else "range"

    def _needed(self, hidden: _Hidden) -> float:
        """Return how far apart the numbers that fit must at least lie."""
        size = self._most(hidden)
        return max(1.0, self.protection * size) if size < self.rules.min_base else 1.0

    def _most(self, hidden: _Hidden) -> float:
        """Return how many respondents a group has at most, from what needs no search."""
        bases = [hidden.base, add_terms(self.linked.people(domain) for domain in hidden.domains)]
        known = [
            sum(times * self.solved.known[at] for at, times in terms.items())
            for terms in bases
            if all(at in self.solved.known for at in terms)
        ]
        return min(known, default=float("inf"))

    def _nobody(self, terms: Terms) -> bool:
        return all(at in self.solved.nobody for at in terms)

    def _unanimous(self, hidden: _Hidden, code: str, terms: Terms) -> bool:
        """Whether everyone in a group, and someone, gave this answer, and no shown number of more says so itself."""
        if code in {total.code for total in hidden.question.sums}:
            return False
        multiple = hidden.question.kind == "multiple"
        others = self._counts(hidden)[f"unticked {code}"] if multiple else minus(hidden.base, terms)
        if any(self.solved.known.get(at) != 0 for at in others) or self._nobody(terms):
            return False
        if self.solved.range(hidden.base)[1] == 0:
            return False
        return not self._transposed(hidden, code) and not self._of_all(hidden, code)

    def _of_all(self, hidden: _Hidden, code: str) -> bool:
        """Whether a shown group that this one is part of, or the total, gave this answer to a man."""
        wholes = [hidden.table.total, *(cell for _, _, cell in self._wholes(hidden))]
        return any(not cell.reason and cell.counts.get(code) == cell.shares for cell in wholes)

    def _said_outright(self, hidden: _Hidden, code: str, terms: Terms, low: float) -> bool:
        if low == 0 and self._nobody(terms):
            return True
        totals = {total.code: total.of for total in hidden.question.sums}
        if code in totals and not self._nobody(terms):
            others = minus(hidden.base, terms)
            if hidden.question.kind == "multiple":
                parts = [self._terms(hidden, part) for part in totals[code]]
                others = self._counts(hidden)[f"unticked {code}"]
                # As many as ticked its one option that anybody ticked, or everyone.
                return self._nobody(others) or sum(not self._nobody(part) for part in parts) <= 1
            if self._nobody(others):
                return True
        if "*" in hidden.by and any(
            self.solved.range(minus(each, terms)) == (0, 0) for each in self._shown_counts(hidden, code)
        ):
            # All who gave this answer in the one group are in the other: shown zeros say so.
            return True
        return self._transposed(hidden, code) or self._of_all(hidden, code)

    def _shown_counts(self, hidden: _Hidden, code: str) -> list[Terms]:
        item, wholes = hidden.table.address[2], [("", ""), *(each[:2] for each in self._wholes(hidden))]
        return [self.linked.group_cell(hidden.question, item, code, *whole) for whole in wholes]

    def _wholes(self, hidden: _Hidden) -> list[tuple[str, str, Cell]]:
        """Return the shown groups that a hidden group is part of."""
        found = []
        for by, groups in hidden.table.by.items():
            for group, cell in groups.items():
                domains = group_domains(self.linked.questionnaire, by, group)
                if not cell.reason and all(any(part >= domain for domain in domains) for part in hidden.domains):
                    found.append((by, group, cell))
        return found

    def _transposed(self, hidden: _Hidden, code: str) -> bool:
        """Whether a count of two groups that may both be shown is in the table the other way round."""
        question = hidden.question
        if question.id not in self.asked or "*" in hidden.by:
            return False
        codes = next((total.of for total in question.sums if total.code == code), (code,))
        if all(self._of_one_mind(hidden, part) for part in codes):
            return True
        if not self._may_be_shown(hidden.by, hidden.group):
            return False
        return all(self._answer_may_be_shown(question, part) for part in codes)

    def _of_one_mind(self, hidden: _Hidden, code: str) -> bool:
        """Whether, the other way round, a shown group that has this answer is all in this group, or nobody of it is."""
        ((other, _, _),) = hidden.domains[0]
        table = self.read.tables.get((hidden.table.address[0], other, ""))
        if table is None:
            return False
        mine = frozenset({(hidden.question.id, "", code)})
        wholes = [table.total]
        for by, groups in table.by.items():
            for group, cell in groups.items():
                if mine in group_domains(self.linked.questionnaire, by, group):
                    wholes.append(cell)
        given = [domain for ((_, _, domain),) in hidden.domains]
        return any(
            not cell.reason and sum(cell.counts.get(part, 0.0) for part in given) in (0.0, cell.shares)
            for cell in wholes
        )

    def _answer_may_be_shown(self, question: Question, code: str) -> bool:
        size = self._size([frozenset({(question.id, "", code)})])
        if 0 < size < self.rules.min_base:
            return False
        mine = [by for by in self.rules.groups if self.rules.sources.get(by) == question.id]
        breakdowns = {by: self.linked.questionnaire.breakdown(by) for by in mine}
        return all(
            self._meets(by, group.code) for by, b in breakdowns.items() for group in b.groups if code in group.of
        )

    def _may_be_shown(self, by: str, group: str) -> bool:
        size = self._size(group_domains(self.linked.questionnaire, by, group))
        parts = zip(by.split("*"), group.split("*"), strict=True)
        return not 0 < size < self.rules.min_base and all(self._meets(*part) for part in parts)

    def _meets(self, by: str, group: str) -> bool:
        rule = self.rules.groups.get(by)
        rates = [rate for (_, rated, name), rate in self.read.rates.items() if (rated, name) == (by, group)]
        return rule is None or all(n >= rule.min_respondents and r >= rule.min_response for n, r in rates)

    def _size(self, domains: list[Domain]) -> float:
        return self.solved.range(add_terms(self.linked.people(domain) for domain in domains))[1]

    def _together(self, table: Table, by: str) -> Iterator[dict[str, object]]:
        """Yield what the hidden parts of a shown whole say together, where they are few."""
        questionnaire = self.linked.questionnaire
        wholes: list[tuple[Cell, list[Domain]]] = [(table.total, [EVERYONE])]
        for other, groups in table.by.items():
            if other != by and self.rules.family(other) == self.rules.family(by):
                wholes += [(cell, group_domains(questionnaire, other, group)) for group, cell in groups.items()]
        for whole, domains in wholes:
            if whole.reason or whole.shares != whole.shares or whole.shares < self.rules.min_base:
                continue
            inside = {
                group: cell
                for group, cell in table.by[by].items()
                if all(any(part >= d for d in domains) for part in group_domains(questionnaire, by, group))
            }
            names = [group for group, cell in inside.items() if cell.reason]
            shown = [cell for cell in inside.values() if not cell.reason]
            left = whole.shares - sum(cell.shares for cell in shown if cell.shares == cell.shares)
            if not names or not 0 < left < self.rules.min_base or any(cell.shares != cell.shares for cell in shown):
                continue
            for category, count in whole.counts.items():
                rest = count - sum(cell.counts[category] for cell in shown)
                yield self._finding(table, category, by, "+".join(names), rest, rest, "together")
