"""The counts behind a publication, as one system of unknowns: what an attacker who reads everything can write down.

A count is of respondents who have certain answers: the number that is in a region *and* knows an activity. So a table
of one question by another and its transpose are the same counts, a group's size is the count of an answer, and the base
of a follow-up question is a count of the answers that lead to it, without anything being declared twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Final, TypeAlias

from srsmeting.estimation.attack import System, Terms, add_terms, minus
from srsmeting.questionnaire import Question, Questionnaire
from srsmeting.questionnaire.routing import Comparison, Conjunction, Disjunction, Negation

#: An answer to a question or statement: question, statement, code. The code "" is: no answer.
Answer: TypeAlias = tuple[str, str, str]
#: Who has these answers.
Domain: TypeAlias = frozenset[Answer]

EVERYONE: Final[Domain] = frozenset()


@dataclass
class LinkedCounts:
    """Everything that links the numbers of a publication.

    Parameters
    ----------
    questionnaire
        Whose answers add up, and who was asked.
    system
        The unknowns; filled by :func:`~srsmeting.estimation.linked_publication.link_counts`.
    weighted
        Whether shares and means are weighted: a mean is then no sum of answers over how many they are.
    """

    questionnaire: Questionnaire
    system: System = field(default_factory=System)
    weighted: bool = False
    _asked: dict[tuple[str, Domain], Terms] = field(default_factory=dict)
    _made: set[tuple[object, ...]] = field(default_factory=set)
    _summed: set[tuple[str, Domain]] = field(default_factory=set)
    _groups: dict[tuple[str, str, str, str], dict[str, Terms]] = field(default_factory=dict)

    def people(self, domain: Iterable[Answer]) -> Terms:
        """Return the number of respondents who have all of these answers."""
        wanted = frozenset(domain)
        if len({answer[:2] for answer in wanted}) < len(wanted):
            # Two answers to one question.
            return {}
        return {self.system.count(("people", wanted)): 1.0}

    def cell(self, question: Question, item: str, code: str, domain: Domain) -> Terms:
        """Return the number of respondents in a domain who gave an answer, or one of those in a declared sum."""
        for total in question.sums:
            if total.code == code:
                if question.kind == "multiple":
                    return {self.system.count(("ticked", question.id, code, domain)): 1.0}
                inside = [part for part in total.of if question.in_base(part)]
                return add_terms(self.people({*domain, (question.id, item, part)}) for part in inside)
        if question.kind == "multiple":
            return {self.system.count(("ticked", question.id, code, domain)): 1.0}
        return self.people({*domain, (question.id, item, code)})

    def base(self, question: Question, item: str, domain: Domain) -> Terms:
        """Return the number of respondents in the denominators."""
        if question.kind in ("multiple", "number"):
            return {self.system.count(("base", question.id, domain)): 1.0}
        codes = _codes(question)
        return add_terms(self.people({*domain, (question.id, item, code)}) for code in codes)

    def total(self, question: Question, domain: Domain) -> Terms:
        """Return what the answers to a question for a number add up to."""
        at = self.system.count(("sum", question.id, domain), free=True)
        if (question.id, domain) not in self._summed:
            self._summed.add((question.id, domain))
            self.system.sums.append((at, next(iter(self.base(question, "", domain)))))
        return {at: 1.0}

    def make(self, question: Question, item: str, domain: Domain) -> None:
        """Write down how the counts of one question in one domain hang together."""
        if (question.id, item, domain) in self._made or any(answer[:2] == (question.id, item) for answer in domain):
            return
        self._made.add((question.id, item, domain))
        name = f"{question.id}{'.' + item if item else ''} in {in_words(domain)}"
        everyone, base = self.people(domain), self.base(question, item, domain)
        asked = self.asked(question, domain)
        answered = base
        if question.kind == "multiple":
            self._options(question, domain, base, name)
        elif question.kind != "number":
            codes = [*_codes(question, outside=True), ""]
            counts = [self.people({*domain, (question.id, item, code)}) for code in codes]
            self.system.equate(minus(add_terms(counts), everyone), 0, f"the answers to {name}")
            answered = add_terms(counts[:-1])
        self.system.limit(minus(answered, asked), 0, f"who was asked {name}")

    def _options(self, question: Question, domain: Domain, base: Terms, name: str) -> None:
        inside = [category for category in question.categories if question.in_base(category.code)]
        ticked = {c.code: self.cell(question, "", c.code, domain) for c in inside}
        for code in [*ticked, *(total.code for total in question.sums)]:
            both = add_terms([self.cell(question, "", code, domain), self.unticked(question, code, domain)])
            self.system.equate(minus(both, base), 0, f"who ticked {code!r} of {name}")
        for total in question.sums:
            terms, parts = self.cell(question, "", total.code, domain), [ticked[c] for c in total.of if c in ticked]
            for part in parts:
                self.system.limit(minus(part, terms), 0, f"{total.code!r} of {name}")
            self.system.limit(minus(terms, add_terms(parts)), 0, f"{total.code!r} of {name}")
        for none in (c.code for c in inside if c.kind == "none_of_these"):
            for code, terms in ticked.items():
                if code != none:
                    self.system.limit(minus(add_terms([terms, ticked[none]]), base), 0, f"{none!r} of {name}")
        if len(inside) == len(question.categories):
            self.system.limit(minus(base, add_terms(ticked.values())), 0, f"the options of {name}")

    def add_up(self, question: Question, item: str, sources: tuple[str, ...]) -> None:
        """Write down that the groups by one more question, and who is in none of them, add up."""
        for last in sources:
            for rest in domains_of(self.questionnaire, tuple(source for source in sources if source != last)):
                key = (question.id, item, last, rest)
                if key in self._made or question.id in sources:
                    continue
                self._made.add(key)
                about = f"{question.id}{'.' + item if item else ''} by {last} in {in_words(rest)}"
                parts = [self._quantities(question, item, rest | d) for d in domains_of(self.questionnaire, (last,))]
                for name, whole in self._quantities(question, item, rest).items():
                    self.system.equate(minus(add_terms(part[name] for part in parts), whole), 0, about)

    def _quantities(self, question: Question, item: str, domain: Domain) -> dict[str, Terms]:
        """Return the counts that a table has of a domain, each once; sums of single answers follow from them."""
        if question.kind == "number":
            return {"base": self.base(question, item, domain), "sum": self.total(question, domain)}
        if question.kind == "multiple":
            found = {"base": self.base(question, item, domain)}
            for code in [*_codes(question), *(total.code for total in question.sums)]:
                found[f"ticked {code}"] = self.cell(question, item, code, domain)
                found[f"unticked {code}"] = self.unticked(question, code, domain)
            return found
        codes = [*_codes(question, outside=True), ""]
        return {code: self.people({*domain, (question.id, item, code)}) for code in codes}

    def group(self, question: Question, item: str, by: str, group: str) -> dict[str, Terms]:
        """Return the counts that a table has of a group; of a merged one they are unknowns of their own."""
        key = (question.id, item, by, group)
        found = self._groups.get(key)
        if found is None:
            parts = [self._quantities(question, item, d) for d in group_domains(self.questionnaire, by, group)]
            found = self._groups[key] = parts[0]
            if len(parts) > 1:
                found = self._groups[key] = {}
                for name in parts[0]:
                    free = name == "sum"
                    found[name] = {self.system.count(("group", *key, name), free=free): 1.0}
                    whole = minus(add_terms(part[name] for part in parts), found[name])
                    self.system.equate(whole, 0, f"{question.id} by {by} {group!r}")
        return found

    def group_cell(self, question: Question, item: str, code: str, by: str, group: str) -> Terms:
        """Return the number of respondents in a group who gave an answer, or one of those in a declared sum."""
        counts = self.group(question, item, by, group)
        if question.kind == "multiple":
            return counts[f"ticked {code}"]
        parts = next((total.of for total in question.sums if total.code == code), (code,))
        return add_terms(counts[part] for part in parts if question.kind == "open" or question.in_base(part))

    def group_base(self, question: Question, item: str, by: str, group: str) -> Terms:
        """Return the number of respondents of a group in the denominators."""
        counts = self.group(question, item, by, group)
        return counts["base"] if "base" in counts else add_terms(counts[code] for code in _codes(question))

    def merge(self, question: Question, item: str, by: str) -> None:
        """Write down that the groups of a breakdown add up as they are published, those that are merged as one."""
        breakdown = self.questionnaire.breakdown(by)
        if len(breakdown.groups) == len(self.questionnaire.question(breakdown.question).codes):
            return
        parts = [self.group(question, item, by, group.code) for group in breakdown.groups]
        parts.append(self._quantities(question, item, frozenset({(breakdown.question, "", "")})))
        for name, whole in self._quantities(question, item, EVERYONE).items():
            self.system.equate(minus(add_terms(part[name] for part in parts), whole), 0, f"{question.id} by {by}")

    def unticked(self, question: Question, code: str, domain: Domain) -> Terms:
        """Return the number of respondents in a domain who did not tick an option: where everybody did, that is 0."""
        return {self.system.count(("unticked", question.id, code, domain)): 1.0}

    def asked(self, question: Question, domain: Domain) -> Terms:
        """Return the number of respondents in a domain to whom the routing leads."""
        found = self._asked.get((question.id, domain))
        if found is None:
            routing = self.questionnaire.routing(question.id)
            found = self.people(domain) if routing is None else self._truth(routing.expression, domain)[0]
            self._asked[question.id, domain] = found
        return found

    def _truth(self, expression: Any, domain: Domain) -> tuple[Terms, Terms]:
        """Return for how many an expression is true, and for how many it is false."""
        match expression:
            case Comparison(question, item, codes, negated):
                asked = self.questionnaire.question(question)
                self.make(asked, item or "", domain)
                if asked.kind == "multiple":
                    true = add_terms(self.cell(asked, "", code, domain) for code in codes)
                    false = minus(self.base(asked, "", domain), true)
                else:
                    every = _codes(asked, outside=True)
                    true = add_terms(self._given(asked, item or "", code, domain) for code in codes)
                    false = add_terms(self._given(asked, item or "", c, domain) for c in every if c not in codes)
                return (false, true) if negated else (true, false)
            case Negation(part):
                true, false = self._truth(part, domain)
                return false, true
            case Conjunction(parts):
                false, true = self._either([self._truth(part, domain)[::-1] for part in parts], domain, expression)
                return true, false
            case Disjunction(parts):
                return self._either([self._truth(part, domain) for part in parts], domain, expression)
        raise TypeError(expression)

    def _given(self, question: Question, item: str, code: str, domain: Domain) -> Terms:
        own = [answer for answer in domain if answer[:2] == (question.id, item)]
        if own:
            return self.people(domain) if own[0][2] == code else {}
        return self.people({*domain, (question.id, item, code)})

    def _either(self, parts: list[tuple[Terms, Terms]], domain: Domain, expression: Any) -> tuple[Terms, Terms]:
        """Return for how many at least one part is true, and for how many every part is false: known within limits."""
        name = f"who is asked in {in_words(domain)}"
        true = {self.system.count(("true", expression, domain)): 1.0}
        false = {self.system.count(("false", expression, domain)): 1.0}
        for one, none in parts:
            self.system.limit(minus(one, true), 0, name)
            self.system.limit(minus(false, none), 0, name)
        self.system.limit(minus(true, add_terms(one for one, _ in parts)), 0, name)
        self.system.limit(minus(add_terms([true, false]), self.people(domain)), 0, name)
        return true, false


def group_domains(questionnaire: Questionnaire, by: str, group: str) -> list[Domain]:
    """Return the domains that a group of a breakdown, or of two at once, is made of."""
    if not by:
        return [EVERYONE]
    parts = []
    for name, code in zip(by.split("*"), group.split("*"), strict=True):
        breakdown = questionnaire.breakdown(name)
        parts.append([(breakdown.question, "", answer) for answer in breakdown.group(code).of])
    return [frozenset(answers) for answers in product(*parts)]


def domains_of(questionnaire: Questionnaire, sources: tuple[str, ...]) -> list[Domain]:
    """Return the domains that questions divide the respondents into, one answer to each."""
    codes = [[(s, "", code) for code in (*questionnaire.question(s).codes, "")] for s in sources]
    return [frozenset(answers) for answers in product(*codes)]


def _codes(question: Question, *, outside: bool = False) -> list[str]:
    """Return the answers that respondents can be counted by; with those that are outside the base, or without."""
    if question.kind == "open":
        # Who was asked and wrote nothing is in the base.
        return ["answered", "silent"]
    return [code for code in question.codes if outside or question.in_base(code)]


def in_words(domain: Domain) -> str:
    """Say who has these answers, for the reason of an equation."""
    return " and ".join(f"{question} {code or 'without answer'!r}" for question, _, code in sorted(domain)) or "all"
