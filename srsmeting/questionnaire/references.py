"""Compare a routing with the questions it names: every name must exist and be of a kind that can be compared so."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from srsmeting.errors import QuestionnaireError, suggest
from srsmeting.questionnaire.entries import QuestionEntry
from srsmeting.questionnaire.model import Question, Questionnaire
from srsmeting.questionnaire.parsing import parse_routing
from srsmeting.questionnaire.routing import Reference, Routing
from srsmeting.questionnaire.rules import Problem
from srsmeting.yamlfile import Loc


class WrongReference(NamedTuple):
    """What is wrong with one place of a routing."""

    question: str
    rule: str
    value: str
    message: str


def wrong_references(routing: Routing, questions: Mapping[str, Question]) -> Iterator[WrongReference]:
    """Yield what a routing asks of the questions that they do not have."""
    for reference in routing.references:
        question = questions.get(reference.question)
        if question is None:
            message = f"no question {reference.question!r}. {suggest(reference.question, questions)}"
            yield WrongReference(reference.question, "unknown_question", reference.question, message)
        else:
            yield from _wrong(reference, question)


def check_routings(
    entries: Sequence[tuple[Loc, QuestionEntry]], questions: Mapping[str, Question], broken: Collection[str]
) -> Iterator[Problem]:
    """Check every routing of a questionnaire: its grammar, its names, and that it asks earlier questions only.

    Parameters
    ----------
    entries
        The questions in the order of the file, with where they stand.
    questions
        The same, with scales filled in, by id.
    broken
        Ids of questions that cannot be compared with, because something is wrong with them already.
    """
    routings: dict[str, tuple[Loc, Routing]] = {}
    for loc, entry in entries:
        if not entry.asked_if:
            continue
        try:
            routing = parse_routing(entry.asked_if)
        except QuestionnaireError as fault:
            yield Problem(loc, "asked_if", "routing_syntax", entry.asked_if, str(fault))
            continue
        routings.setdefault(entry.id, (loc, routing))
        for wrong in wrong_references(routing, questions):
            if wrong.question not in broken:
                yield Problem(loc, "asked_if", wrong.rule, wrong.value, f"asked_if: {wrong.message}")
    yield from _check_order(routings, list(questions))


def _check_order(routings: Mapping[str, tuple[Loc, Routing]], order: list[str]) -> Iterator[Problem]:
    asks = {
        name: list(dict.fromkeys(reference.question for reference in routing.references))
        for name, (_, routing) in routings.items()
    }
    told: set[frozenset[str]] = set()
    for name, (loc, _) in routings.items():
        for other in asks[name]:
            if other not in order or order.index(other) < order.index(name):
                continue
            circle = _path(other, name, asks)
            if not circle:
                message = f"asked_if names question {other!r}, which is asked later. Move {other!r} up, above {name!r}."
                yield Problem(loc, "asked_if", "routing_to_later", other, message)
            elif frozenset(circle) not in told:
                told.add(frozenset(circle))
                shown = " → ".join([name, *circle])
                message = f"asked_if goes round in a circle: {shown}. Take one of them out of it."
                yield Problem(loc, "asked_if", "circular_routing", shown, message)


def _path(start: str, goal: str, asks: Mapping[str, list[str]]) -> list[str]:
    """Return a way from one question to another along their routings; empty when there is none."""
    ways = [[start]]
    seen = {start}
    for way in ways:
        if way[-1] == goal:
            return way
        for following in asks.get(way[-1], []):
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return []


def parse_condition(text: str, questionnaire: Questionnaire) -> Routing:
    """Parse an expression and check it against a questionnaire."""
    routing = parse_routing(text)
    wrong = list(wrong_references(routing, {question.id: question for question in questionnaire.questions}))
    if wrong:
        raise QuestionnaireError("\n".join(f"condition {text!r}: {fault.message}" for fault in wrong))
    return routing


def _wrong(reference: Reference, question: Question) -> Iterator[WrongReference]:
    name, code = question.id, reference.codes[0]
    kind = f"question {name!r} is of kind {question.kind}"
    if question.kind in ("number", "open"):
        yield WrongReference(question.id, "not_comparable", name, f"{kind}, and has no answer codes to compare with.")
    elif question.kind == "multiple" and not reference.selected:
        yield WrongReference(question.id, "needs_selected", name, f"{kind}. Write 'selected({name}, {code})'.")
    elif question.kind == "statements" and reference.item is None:
        known = ", ".join(repr(item.id) for item in question.items)
        example = next((item.id for item in question.items), "item")
        repair = f"Name the item: '{name}.{example} == {code}'. Known: {known or 'none'}."
        yield WrongReference(question.id, "needs_item", name, f"{kind}. {repair}")
    elif question.kind not in ("multiple", "statements") and reference.selected:
        yield WrongReference(
            question.id, "not_multiple", name, f"{kind}, and selected() is for kind multiple. Write '{name} == {code}'."
        )
    elif question.kind != "statements" and reference.item is not None:
        repair = f"Leave out '.{reference.item}'."
        yield WrongReference(question.id, "no_items", reference.item, f"{kind}, and has no items. {repair}")
    else:
        if reference.item is not None and all(item.id != reference.item for item in question.items):
            known = suggest(reference.item, [item.id for item in question.items])
            message = f"question {name!r} has no item {reference.item!r}. {known}"
            yield WrongReference(question.id, "unknown_item", reference.item, message)
        yield from _wrong_codes(reference, question)


def _wrong_codes(reference: Reference, question: Question) -> Iterator[WrongReference]:
    left = question.id if reference.item is None else f"{question.id}.{reference.item}"
    for code in reference.codes:
        if code in question.codes:
            continue
        members = next((declared.of for declared in question.sums if declared.code == code), None)
        if members is None:
            message = f"question {question.id!r} has no category {code!r}. {suggest(code, question.codes)}"
            yield WrongReference(question.id, "unknown_category", code, message)
        else:
            repair = f"Write '{left} in [{', '.join(members)}]'."
            message = f"{code!r} is a sum of question {question.id!r}, not an answer. {repair}"
            yield WrongReference(question.id, "sum_in_routing", code, message)
