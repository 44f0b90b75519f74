"""Say in Dutch who was asked a question, from its routing.

The words come from the questionnaire: `who` of a category or of a declared sum ends the phrase "respondenten die …".
A category without `who` is quoted together with its question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from srsmeting.questionnaire.question import Question
from srsmeting.questionnaire.routing import (
    Comparison,
    Conjunction,
    Disjunction,
    Expression,
    Negation,
    Routing,
    Selected,
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
        case Comparison(question, item, codes, was_negated):
            return Comparison(question, item, codes, was_negated != negated)
        case Selected():
            return Negation(expression) if negated else expression
        case Conjunction(parts) | Disjunction(parts):
            join = Conjunction if isinstance(expression, Conjunction) != negated else Disjunction
            pushed = [_push_not_inward(part, negated) for part in parts]
            flat = [inner for part in pushed for inner in (part.parts if isinstance(part, join) else (part,))]
            return join(tuple(flat))


@dataclass(frozen=True)
class _Leaf:
    """A comparison to put into words; `items` are the statements it is about, joined by `word`."""

    part: Comparison | Selected
    negated: bool
    items: tuple[str, ...] = ()
    word: str = "of"


def _clause(expression: Expression, questions: Mapping[str, Question]) -> str:
    if not isinstance(expression, _Joined):
        phrase, negated = _phrase(_leaf(expression), questions)
        return f"{_NOT} {phrase}" if negated else f"die {phrase}"
    word, opposite = ("en", "of") if isinstance(expression, Conjunction) else ("of", "en")
    leaves = _merge([_leaf(part) for part in expression.parts if not isinstance(part, _Joined)], word, questions)
    phrases = [_phrase(leaf, questions) for leaf in leaves]
    positive = [phrase for phrase, negated in phrases if not negated]
    negative = [phrase for phrase, negated in phrases if negated]
    compound = [_clause(part, questions) for part in expression.parts if isinstance(part, _Joined)]
    clauses = [f"die {_enumerate(positive, word)}"] if positive else []
    if negative:
        # Neither A nor B is one "niet" over "A of B".
        clauses.append(f"{_NOT} {_enumerate(negative, opposite)}")
    clauses += compound
    return (f", {word} " if compound else f" {word} ").join(clauses)


def _leaf(part: Expression) -> _Leaf:
    match part:
        case Comparison(item=item, negated=negated):
            return _Leaf(part, negated, () if item is None else (item,))
        case Selected():
            return _Leaf(part, negated=False)
        case Negation(Selected() as inner):
            return _Leaf(inner, negated=True)
    raise AssertionError(part)  # pragma: no cover - every other `not` was pushed inward


def _merge(leaves: list[_Leaf], word: str, questions: Mapping[str, Question]) -> list[_Leaf]:
    """Take together what differs in the code only (for "of"), and then what differs in the statement only."""
    by_answer: dict[object, _Leaf] = {}
    for leaf in leaves:
        key: object = leaf.part
        if word == "of" and isinstance(leaf.part, Comparison) and not leaf.negated:
            key = (leaf.part.question, leaf.part.item)
            before = by_answer.get(key)
            if before is not None and isinstance(before.part, Comparison):
                wanted = {*before.part.codes, *leaf.part.codes}
                codes = tuple(code for code in questions[leaf.part.question].codes if code in wanted)
                by_answer[key] = replace(leaf, part=replace(leaf.part, codes=codes))
                continue
        by_answer[key] = leaf
    by_item: dict[object, _Leaf] = {}
    for leaf in by_answer.values():
        key = leaf.part
        if isinstance(leaf.part, Comparison) and leaf.items and not leaf.negated:
            question = questions[leaf.part.question]
            if "{item}" in (_declared(question, leaf.part.codes) or ""):
                key = (leaf.part.question, leaf.part.codes)
        items = (*by_item[key].items, *leaf.items) if key in by_item else leaf.items
        by_item[key] = replace(leaf, items=items, word=word)
    return list(by_item.values())


def _phrase(leaf: _Leaf, questions: Mapping[str, Question]) -> tuple[str, bool]:
    """Return the words after "die" or "zij", and whether they still have to be negated."""
    part, negated = leaf.part, leaf.negated
    question = questions[part.question]
    codes = part.codes if isinstance(part, Comparison) else (part.option,)
    if negated and isinstance(part, Comparison):
        # Not these is exactly the others; often that has words of its own.
        others = tuple(code for code in question.codes if code not in codes)
        if others and _declared(question, others):
            codes, negated = others, False
    who = _declared(question, codes) or _listed(question, codes)
    if who is None:
        return _quoted(question, part.item if isinstance(part, Comparison) else None, codes), negated
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
