"""The common ground of two years: one questionnaire in which the answers of both can be expressed and compared."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from srsmeting.crosswalk.distinct import distinct
from srsmeting.crosswalk.model import Crosswalk, Pairing, together
from srsmeting.errors import unknown_name
from srsmeting.questionnaire import Breakdown, Category, Group, Question, Questionnaire, Routing, Sum
from srsmeting.questionnaire.routing import Comparison, Conjunction, Disjunction, Expression, Negation

T = TypeVar("T", Category, Group)


@dataclass(frozen=True)
class Common:
    """What can be compared of two years; :func:`common_ground` makes it.

    Parameters
    ----------
    crosswalk
        What became of the earlier questionnaire in the later one.
    questionnaire
        The questions that are declared comparable, in the ids and codes of the later questionnaire. Answers that were
        split are one answer again; answers that were dropped stand last, so that they still count in the base. Routing
        that these answers cannot tell is left out: who was asked is for the questionnaires of the years to say.
    pairings
        What each answer or group of it is made of, by question or grouping and by code.
    """

    crosswalk: Crosswalk
    questionnaire: Questionnaire
    pairings: Mapping[str, Mapping[str, Pairing]] = field(repr=False)

    def codes(self, variable: str, meting: str) -> dict[str, str]:
        """Return the common code of each answer to a question, or each group of a grouping, of one of the years.

        Parameters
        ----------
        variable
            Id in the later questionnaire.
        meting
            Id of the measurement whose codes are wanted.

        Raises
        ------
        UnknownNameError
            When that cannot be compared, or the crosswalk is about other measurements.
        """
        if variable not in self.pairings:
            raise unknown_name("crosswalk", "comparable question or grouping", variable, self.pairings)
        is_earlier = self.is_earlier(meting)
        pairs = self.pairings[variable].items()
        return {own: code for code, pair in pairs for own in (pair.orig if is_earlier else pair.target)}

    def is_earlier(self, meting: str) -> bool:
        """Say whether a measurement is the earlier of the two; one that is neither raises UnknownNameError."""
        known = (self.crosswalk.earlier.meting, self.crosswalk.later.meting)
        if meting not in known:
            raise unknown_name("crosswalk", "measurement", meting, known)
        return meting == known[0]

    def verdict(self, question: str, code: str = "", item: str = "", by: str = "", group: str = "") -> tuple[str, str]:
        """Return whether a figure in common codes may be compared, and why not; as `Crosswalk.verdict` does.

        Parameters
        ----------
        question, code, item
            What the figure is about.
        by, group
            Of whom it is: a breakdown and its group, or two crossed, as ``"wgo*branche"`` and ``"noord*vvt"``.

        Raises
        ------
        UnknownNameError
            The common questionnaire does not have it.
        """
        return together([self._verdict(question, code, item), *self._group_verdicts(by, group)])

    def verdicts(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the verdict on every row of an estimate frame in common codes.

        Parameters
        ----------
        frame
            With the columns question, category, item, by and group.

        Returns
        -------
        DataFrame
            On the same index: comparable ("yes", "break" or "no") and reason, texts. Rows that are about no question,
            such as a response rate, are as comparable as their group.

        Raises
        ------
        UnknownNameError
            The common questionnaire does not have what a row is about.
        """
        # What figures are about and of whom they are is said apart: far fewer of both than of the two together.
        subjects, about = distinct(frame, ["question", "category", "item"])
        places, whose = distinct(frame, ["by", "group"])
        of_subject = [self._verdict(*subject) for subject in subjects]
        of_place = [tuple(self._group_verdicts(*place)) for place in places]
        # And of what is said of either there is less still.
        kinds, groups = list(dict.fromkeys(of_subject)), list(dict.fromkeys(of_place))
        kind = np.array([kinds.index(one) for one in of_subject], dtype=np.intp)
        group = np.array([groups.index(one) for one in of_place], dtype=np.intp)
        where = kind[about] * len(groups) + group[whose]
        told = [together([one, *others]) for one in kinds for others in groups]
        found = pd.DataFrame(told, columns=["comparable", "reason"], dtype="str")
        return found.take(where).set_axis(frame.index)

    def _group_verdicts(self, by: str, group: str) -> list[tuple[str, str]]:
        # A figure about several breakdowns at once, such as an R-indicator, has their names with a plus.
        names = re.split(r"[*+]", by) if by else []
        groups = group.split("*") if group else [""] * len(names)
        return [self._verdict(name, one, "") for name, one in zip(names, groups, strict=True)]

    def _verdict(self, question: str, code: str, item: str) -> tuple[str, str]:
        if not question:
            return "yes", ""
        pair = self.pairings.get(question, {}).get(code)
        if pair is None:
            return self.crosswalk.verdict(question, code, item)
        return together([self.crosswalk.verdict(question, item=item), (pair.comparable, pair.reason)])


def common_ground(crosswalk: Crosswalk) -> Common:
    """Return what can be compared of the two years of a crosswalk."""
    later = crosswalk.later
    pairings: dict[str, Mapping[str, Pairing]] = {}
    questions = []
    for question in later.questions:
        if crosswalk.verdict(question.id)[0] != "yes":
            continue
        common, pairs = _question(crosswalk, question)
        if common is not None:
            questions.append(common)
            pairings[question.id] = pairs
    groupings = []
    for grouping in later.groupings:
        if grouping.question in pairings and crosswalk.verdict(grouping.id)[0] == "yes":
            common_grouping, pairs = _grouping(crosswalk, grouping, pairings[grouping.question], questions)
            groupings.append(common_grouping)
            pairings[grouping.id] = pairs
    routings = {
        question.id: routing
        for question in questions
        if (routing := _routing(later.routing(question.id), questions, pairings)) is not None
    }
    asked = tuple(_copy(q, asked_if=str(routings[q.id]) if q.id in routings else "") for q in questions)
    questionnaire = replace(later, questions=asked, groupings=tuple(groupings), routings=routings)
    return Common(crosswalk, questionnaire, pairings)


def _question(crosswalk: Crosswalk, question: Question) -> tuple[Question | None, dict[str, Pairing]]:
    """Return a question in common answers and what they are made of; None of a battery without a common statement."""
    items = tuple(item for item in question.items if crosswalk.verdict(question.id, item=item.id)[0] == "yes")
    match = crosswalk.question(question.id)
    if match is None or (question.items and not items):
        return None, {}
    earlier = crosswalk.earlier.question(match.orig_id)
    if question.kind == "mark":
        marks = {code: Pairing((code,), (code,), "same", "yes", "") for code in question.codes}
        return _copy(question, sums=_sums(crosswalk, question, marks)), marks
    before = {category.code: category for category in earlier.categories}
    now = {category.code: category for category in question.categories}
    categories: list[Category] = []
    pairs: dict[str, Pairing] = {}
    for pair in crosswalk.answers(question.id):
        if not (set(pair.orig) & before.keys() or set(pair.target) & now.keys()):
            continue
        # An option that is not there any more takes nothing from the base of the others: each is ticked or not.
        if question.kind == "multiple" and not pair.target:
            continue
        category = _one(pair, before, now, pairs)
        categories.append(category)
        pairs[category.code] = pair
    sums = _sums(crosswalk, question, pairs)
    return _copy(question, categories=tuple(categories), items=items, scale="", sums=sums), pairs


def _copy(question: Question, **changes: Any) -> Question:
    # A copy that pydantic makes would keep the codes and labels that were worked out for the original.
    return Question.model_construct(**{name: getattr(question, name) for name in Question.model_fields} | changes)


def _one(pair: Pairing, before: Mapping[str, T], now: Mapping[str, T], taken: Collection[str]) -> T:
    """Return the entry that stands for what goes together in both years."""
    if len(pair.target) == 1:
        return now[pair.target[0]]
    known = {*now, *taken}
    if not pair.target:
        code = pair.orig[0] if pair.orig[0] not in known else _free(f"{pair.orig[0]}_eerder", known)
        return before[pair.orig[0]].model_copy(update={"code": code})
    first = pair.orig[0]
    if len(pair.orig) == 1 and first not in known:
        return before[first]
    # A part has the name that the whole had: the whole takes the names of its parts.
    parts = [now[code] for code in pair.target]
    labels = [part.label for part in parts]
    label = f"{', '.join(labels[:-1])} en {labels[-1]}"
    update = {"code": _free("_".join(pair.target), known), "label": label}
    return before[first].model_copy(update=update)


def _free(code: str, known: Collection[str]) -> str:
    number, free = 1, code
    while free in known:
        number += 1
        free = f"{code}_{number}"
    return free


def _sums(crosswalk: Crosswalk, question: Question, pairs: Mapping[str, Pairing]) -> tuple[Sum, ...]:
    code_of = {part: code for code, pair in pairs.items() for part in pair.target}
    return tuple(
        sum.model_copy(update={"of": tuple(dict.fromkeys(code_of[part] for part in sum.of))})
        for sum in question.sums
        if crosswalk.verdict(question.id, sum.code)[0] == "yes"
    )


def _grouping(
    crosswalk: Crosswalk, grouping: Breakdown, answers: Mapping[str, Pairing], questions: Sequence[Question]
) -> tuple[Breakdown, dict[str, Pairing]]:
    """Return a grouping of common answers, and what its groups are made of."""
    code_of = {part: code for code, pair in answers.items() for part in pair.target}
    match = crosswalk.question(grouping.question)
    labels = next(question.labels for question in questions if question.id == grouping.question)
    own = match.orig_id if match is not None else ""
    before = {
        group.code: group
        for other in (crosswalk.earlier.breakdown(own), *crosswalk.earlier.groupings)
        if other.question == own
        for group in other.groups
    }
    now = {group.code: group for group in grouping.groups}
    groups: list[Group] = []
    pairs: dict[str, Pairing] = {}
    placed: set[str] = set()
    for pair in crosswalk.groups(grouping.id):
        if not pair.target:
            continue
        group = _one(pair, before, now, pairs)
        of = [code_of[part] for code in pair.target for part in now[code].of]
        of = [code for code in dict.fromkeys(of) if code not in placed]
        placed.update(of)
        if of:
            groups.append(group.model_copy(update={"of": tuple(of)}))
            pairs[group.code] = pair
    for code, pair in answers.items():
        if code not in placed:
            groups.append(Group(code=_free(code, pairs), label=labels[code], of=(code,)))
            pairs[groups[-1].code] = replace(pair, comparable="no")
    return replace(grouping, groups=tuple(groups)), pairs


def _routing(
    routing: Routing | None, questions: Sequence[Question], pairings: Mapping[str, Mapping[str, Pairing]]
) -> Routing | None:
    expression = routing and _expression(routing.expression, {q.id: q for q in questions}, pairings)
    return Routing(expression) if expression else None


def _expression(
    expression: Expression, questions: Mapping[str, Question], pairings: Mapping[str, Mapping[str, Pairing]]
) -> Expression | None:
    """Put a routing in common codes; None where they cannot tell."""
    match expression:
        case Comparison(question, item, codes, _, _):
            asked = questions.get(question)
            if asked is None or (item and item not in {entry.id for entry in asked.items}):
                return None
            meant = {code: pair for code, pair in pairings[question].items() if set(pair.target) & set(codes)}
            if any(set(pair.target) - set(codes) for pair in meant.values()):
                return None
            return replace(expression, codes=tuple(meant))
        case Negation(inner):
            part = _expression(inner, questions, pairings)
            return Negation(part) if part else None
        case Conjunction(parts) | Disjunction(parts):
            common = [part for inner in parts if (part := _expression(inner, questions, pairings)) is not None]
            return replace(expression, parts=tuple(common)) if len(common) == len(parts) else None
