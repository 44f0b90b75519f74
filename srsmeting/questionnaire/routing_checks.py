"""Compare a routing with the questions it names: every name must exist and be of a kind that can be compared so."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from srsmeting.errors import QuestionnaireError, suggest
from srsmeting.questionnaire.entries import QuestionEntry
from srsmeting.questionnaire.parsing import parse_routing
from srsmeting.questionnaire.question import Question
from srsmeting.questionnaire.routing import Comparison, Routing
from srsmeting.questionnaire.rules import Problem, unknown
from srsmeting.yamlfile import Loc


def wrong_references(
    routing: Routing, questions: Mapping[str, Question], loc: Loc = (), broken: Collection[str] = ()
) -> Iterator[Problem]:
    """Yield what a routing asks of the questions that they do not have; of the `broken` ones nothing is known."""
    for comparison in routing.comparisons:
        if comparison.question in broken:
            continue
        question = questions.get(comparison.question)
        if question is None:
            yield unknown(loc, "asked_if", comparison.question, questions, "question")
            continue
        for rule, value, message in _wrong(comparison, question):
            yield Problem(loc, "asked_if", rule, value, message)


def check_routings(
    entries: Sequence[tuple[Loc, QuestionEntry]], questions: Mapping[str, Question], broken: Collection[str]
) -> Iterator[Problem]:
    """Check every routing of a questionnaire: its grammar, its names, and that it asks earlier questions only.

    Of the `entries` only those that are sound, with where they stand; of the `broken` questions nothing is asked.
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
        for problem in wrong_references(routing, questions, loc, broken):
            yield problem._replace(message=f"asked_if: {problem.message}")
    yield from _check_order(routings, list(questions))


def _check_order(routings: Mapping[str, tuple[Loc, Routing]], order: list[str]) -> Iterator[Problem]:
    asks = {
        name: list(dict.fromkeys(comparison.question for comparison in routing.comparisons))
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


def _wrong(comparison: Comparison, question: Question) -> Iterator[tuple[str, str, str]]:
    """Yield rule, value and message of what one question does not have."""
    name, item, code = question.id, comparison.item, comparison.codes[0]
    kind = f"question {name!r} is of kind {question.kind}"
    if question.kind in ("number", "open"):
        yield "not_comparable", name, f"{kind}, and has no answer codes to compare with."
    elif question.kind == "multiple" and not comparison.selected:
        yield "needs_selected", name, f"{kind}. Write 'selected({name}, {code})'."
    elif question.kind == "statements" and item is None:
        known = ", ".join(repr(item.id) for item in question.items)
        example = next((item.id for item in question.items), "item")
        yield "needs_item", name, f"{kind}. Name the item: '{name}.{example} == {code}'. Known: {known or 'none'}."
    elif question.kind not in ("multiple", "statements") and comparison.selected:
        yield "not_multiple", name, f"{kind}, and selected() is for kind multiple. Write '{name} == {code}'."
    elif question.kind != "statements" and item is not None:
        yield "no_items", item, f"{kind}, and has no items. Leave out '.{item}'."
    else:
        items = [item.id for item in question.items]
        if item is not None and item not in items:
            yield "unknown_item", item, f"question {name!r} has no item {item!r}. {suggest(item, items)}"
        yield from _wrong_codes(comparison, question)


def _wrong_codes(comparison: Comparison, question: Question) -> Iterator[tuple[str, str, str]]:
    left = question.id if comparison.item is None else f"{question.id}.{comparison.item}"
    sums = {declared.code: declared.of for declared in question.sums}
    for code in comparison.codes:
        if code in sums:
            repair = f"Write '{left} in [{', '.join(sums[code])}]'."
            yield "sum_in_routing", code, f"{code!r} is a sum of question {question.id!r}, not an answer. {repair}"
        elif code not in question.codes:
            message = f"question {question.id!r} has no category {code!r}. {suggest(code, question.codes)}"
            yield "unknown_category", code, message
