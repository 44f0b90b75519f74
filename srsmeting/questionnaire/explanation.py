"""Say in Dutch who was asked a question, from its routing.

The words come from the questionnaire: `who` of a category or of a declared sum ends the phrase "respondenten die …".
A category without `who` is quoted together with its question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from srsmeting.questionnaire.question import Question
from srsmeting.questionnaire.routing import (
    Comparison,
    Conjunction,
    Disjunction,
    Expression,
    Negation,
    Routing,
)

_Joined = Conjunction | Disjunction
_NOT = "voor wie niet geldt dat zij"


def explain_routing(routing: Routing, questions: Mapping[str, Question]) -> str:
    """Return who answers to a routing: "die …", to follow the noun of the questionnaire."""
    return _clause(_push_not_inward(routing.expression), questions)


def _push_not_inward(expression: Expression, negated: bool = False) -> Expression:
    """Bring every `not` to the comparisons (De Morgan, which holds for Kleene's logic too), and flatten."""
    match expression:
        case Negation(part):
            return _push_not_inward(part, not negated)
        case Comparison():
            return replace(expression, negated=expression.negated != negated)
        case Conjunction(parts) | Disjunction(parts):
            join = Conjunction if isinstance(expression, Conjunction) != negated else Disjunction
            pushed = [_push_not_inward(part, negated) for part in parts]
            flat = [inner for part in pushed for inner in (part.parts if isinstance(part, join) else (part,))]
            return join(tuple(flat))


@dataclass(frozen=True)
class _Leaf:
    """A comparison to put into words; `items` are the statements it is about, joined by `word`."""

    part: Comparison
    items: tuple[str, ...]
    word: str


def _clause(expression: Expression, questions: Mapping[str, Question]) -> str:
    parts = expression.parts if isinstance(expression, _Joined) else (expression,)
    word, opposite = ("of", "en") if isinstance(expression, Disjunction) else ("en", "of")
    comparisons = [part for part in parts if isinstance(part, Comparison)]
    phrases = [_phrase(leaf, questions) for leaf in _merge(comparisons, word, questions)]
    positive = [phrase for phrase, negated in phrases if not negated]
    negative = [phrase for phrase, negated in phrases if negated]
    compound = [_clause(part, questions) for part in parts if isinstance(part, _Joined)]
    clauses = [f"die {_enumerate(positive, word)}"] if positive else []
    if negative:
        # Neither A nor B is one "niet" over "A of B".
        clauses.append(f"{_NOT} {_enumerate(negative, opposite)}")
    clauses += compound
    return (f", {word} " if compound else f" {word} ").join(clauses)


def _merge(comparisons: Sequence[Comparison], word: str, questions: Mapping[str, Question]) -> list[_Leaf]:
    """Take together what differs in the code only (for "of"), and then what differs in the statement only."""
    by_answer: dict[object, Comparison] = {}
    for part in comparisons:
        key: object = part
        if word == "of" and not part.negated:
            key = (part.question, part.item)
            before = by_answer.get(key)
            wanted = {*part.codes, *(before.codes if before else ())}
            part = replace(part, codes=tuple(code for code in questions[part.question].codes if code in wanted))
        by_answer[key] = part
    by_item: dict[object, _Leaf] = {}
    for part in by_answer.values():
        key = part
        items: tuple[str, ...] = () if part.item is None else (part.item,)
        if items and not part.negated and "{item}" in (_declared(questions[part.question], part.codes) or ""):
            key = (part.question, part.codes)
            items = (*(by_item[key].items if key in by_item else ()), *items)
        by_item[key] = _Leaf(part, items, word)
    return list(by_item.values())


def _phrase(leaf: _Leaf, questions: Mapping[str, Question]) -> tuple[str, bool]:
    """Return the words after "die" or "zij", and whether they still have to be negated."""
    part, negated, codes = leaf.part, leaf.part.negated, leaf.part.codes
    question = questions[part.question]
    if negated and not part.selected:
        # Not these is exactly the others; often that has words of its own.
        others = tuple(code for code in question.codes if code not in codes)
        if others and _declared(question, others):
            codes, negated = others, False
    who = _declared(question, codes) or _listed(question, codes)
    if who is None:
        return _quoted(question, part.item, codes), negated
    topics = _enumerate([question.item(item).topic for item in leaf.items], leaf.word)
    return who.replace("{topic}", question.topic).replace("{item}", topics), negated


def _declared(question: Question, codes: tuple[str, ...]) -> str | None:
    """Return the words for a set of answers that has a name: a declared sum, or one category."""
    wanted = set(codes)
    for declared in question.sums:
        if set(declared.of) == wanted and declared.who:
            return declared.who
    return question.category(codes[0]).who or None if len(codes) == 1 else None


def _listed(question: Question, codes: tuple[str, ...]) -> str | None:
    words = [question.category(code).who for code in codes]
    return _enumerate(words, "of") if all(words) else None


def _quoted(question: Question, item: str | None, codes: tuple[str, ...]) -> str:
    answers = _enumerate([f"‘{question.labels[code]}’" for code in codes], "of")
    if question.kind == "multiple":
        return f"bij de vraag ‘{question.text}’ {answers} hebben aangekruist"
    if item is not None:
        return f"bij de uitspraak ‘{question.item(item).label}’ met {answers} hebben geantwoord"
    return f"op de vraag ‘{question.text}’ met {answers} hebben geantwoord"


def _enumerate(words: list[str], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""
