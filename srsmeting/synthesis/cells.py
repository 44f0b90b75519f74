"""Cells: every way in which a group of look-alike respondents can answer the next question.

The answers to a question (or to one statement of a battery) are numbered: an answer is a *pattern* of ticks over the
categories, which for a single choice has one tick and for a multiple choice any number. A table of answers holds, per
question, the number of the pattern in each row, or one of the two reasons below why there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from srsmeting.questionnaire import Question, Questionnaire, Routing
from srsmeting.questionnaire.routing import Comparison, Conjunction, Disjunction, Expression, Negation

LEFT_EMPTY: Final = -1
NOT_ASKED: Final = -2

#: A question, and a statement of it or "".
Key = tuple[str, str]
#: A part and positions of categories: whether its answer has one of them.
Atom = tuple[Key, tuple[int, ...]]
Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]
Table = dict[Key, Numbers]

#: Up to this many options, every combination of ticks is a pattern; beyond it, at most `_MOST_TICKS` are ticked.
_ALL_COMBINATIONS = 8
_MOST_TICKS = 3


@dataclass(frozen=True)
class Part:
    """What is answered at once: a question, or one statement of a battery.

    Parameters
    ----------
    key
        Question and statement.
    question
        The question.
    ticks
        Patterns by categories; one pattern without categories for a number or an open question.
    may_be_empty
        Whether it may be shown and left empty.
    """

    key: Key
    question: Question
    ticks: Mask
    may_be_empty: bool

    @property
    def values(self) -> Numbers:
        """The mark that each pattern stands for."""
        return np.array([int(code) for code in self.question.codes], dtype=np.int64)


def make_parts(questionnaire: Questionnaire, may_be_empty: Iterable[Key] = ()) -> dict[Key, Part]:
    """Return the parts of a questionnaire in the order of fieldwork.

    Open questions and numbers may always be left empty; of the others only `may_be_empty`.
    """
    parts: dict[Key, Part] = {}
    allowed = set(may_be_empty)
    for question in questionnaire.questions:
        ticks = _patterns(question)
        for item in [item.id for item in question.items] or [""]:
            key = (question.id, item)
            parts[key] = Part(key, question, ticks, not question.categories or key in allowed)
    return parts


def _patterns(question: Question) -> Mask:
    size = len(question.categories)
    if not size:
        return np.ones((1, 0), dtype=np.bool_)
    if question.kind != "multiple":
        return np.eye(size, dtype=np.bool_)
    alone = [(number,) for number, category in enumerate(question.categories) if category.kind == "none_of_these"]
    options = [number for number in range(size) if (number,) not in alone]
    most = len(options) if len(options) <= _ALL_COMBINATIONS else _MOST_TICKS
    chosen = [ticked for count in range(1, most + 1) for ticked in combinations(options, count)] + alone
    ticks = np.zeros((len(chosen), size), dtype=np.bool_)
    for row, ticked in enumerate(chosen):
        ticks[row, list(ticked)] = True
    return ticks


class Outlook(NamedTuple):
    """Per row, whether an expression can still turn out true, false, and unknown; once decided, one of the three."""

    true: Mask
    false: Mask
    unknown: Mask

    def negated(self) -> Outlook:
        """Return the outlook of the opposite."""
        return Outlook(self.false, self.true, self.unknown)

    @property
    def certain(self) -> Mask:
        """Where it can only be true."""
        return self.true & ~self.false & ~self.unknown


class Logic:
    """Evaluates expressions over a table of answers in which later questions may be undecided."""

    def __init__(self, questionnaire: Questionnaire, parts: Mapping[Key, Part]) -> None:
        self._questionnaire = questionnaire
        self._parts = parts

    def outlook(self, routing: Routing | None, table: Table, rows: int) -> Outlook:
        """Return what an expression can still become; no expression means true."""
        if routing is None:
            return Outlook(
                np.ones(rows, dtype=np.bool_), np.zeros(rows, dtype=np.bool_), np.zeros(rows, dtype=np.bool_)
            )
        return self._walk(routing.expression, table, rows)

    def can_be_asked(self, key: Key, table: Table, rows: int) -> Mask:
        """Return where routing does not exclude a question."""
        return self.outlook(self._questionnaire.routing(key[0]), table, rows).true

    def depends_on(self, keys: Iterable[Key]) -> set[Key]:
        """Return these parts, the parts that their routing names, and so on."""
        found: set[Key] = set()
        waiting = list(keys)
        while waiting:
            key = waiting.pop()
            if key not in found:
                found.add(key)
                waiting += [reference for reference, _ in self.atoms(self._questionnaire.routing(key[0]))]
        return found

    def routing_atoms(self, key: Key) -> Iterator[Atom]:
        """Yield the atoms of the routing of a question."""
        yield from self.atoms(self._questionnaire.routing(key[0]))

    def atoms(self, routing: Routing | None) -> Iterator[Atom]:
        """Yield what an expression asks: of which part, whether it has one of which categories."""
        for comparison in routing.comparisons if routing else ():
            key = (comparison.question, comparison.item or "")
            yield key, self._positions(key, comparison.codes)

    def found(self, key: Key, positions: tuple[int, ...], column: Numbers) -> Mask:
        """Return in which rows the answer has one of these categories."""
        hit: Mask = np.asarray(self._parts[key].ticks[:, list(positions)].any(axis=1))
        return np.where(column >= 0, hit[np.maximum(column, 0)], False)

    def _positions(self, key: Key, codes: tuple[str, ...]) -> tuple[int, ...]:
        order = {code: number for number, code in enumerate(self._parts[key].question.codes)}
        return tuple(order[code] for code in codes)

    def _walk(self, expression: Expression, table: Table, rows: int) -> Outlook:
        match expression:
            case Comparison(question, item, codes, negated):
                outlook = self._atom((question, item or ""), codes, table, rows)
                return outlook.negated() if negated else outlook
            case Negation(part):
                return self._walk(part, table, rows).negated()
            case Conjunction(parts):
                return _all_of([self._walk(part, table, rows) for part in parts])
            case Disjunction(parts):
                # Not one of them, by De Morgan.
                return _all_of([self._walk(part, table, rows).negated() for part in parts]).negated()

    def _atom(self, key: Key, codes: tuple[str, ...], table: Table, rows: int) -> Outlook:
        if key in table:
            column = table[key]
            found = self.found(key, self._positions(key, codes), column)
            return Outlook(found, ~found & (column >= 0), column < 0)
        # It can still become anything, unless routing has already excluded it: then it stays unknown for good.
        asked = self.outlook(self._questionnaire.routing(key[0]), table, rows)
        unanswered = asked.false | asked.unknown | self._parts[key].may_be_empty
        return Outlook(asked.true, asked.true, unanswered)


def _all_of(parts: list[Outlook]) -> Outlook:
    # Where the parts hang together these are too many possibilities, never too few.
    return Outlook(
        np.logical_and.reduce([part.true for part in parts]),
        np.logical_or.reduce([part.false for part in parts]),
        np.logical_or.reduce([part.unknown for part in parts])
        & np.logical_and.reduce([part.true | part.unknown for part in parts]),
    )
