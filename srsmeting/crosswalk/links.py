"""Who goes with whom: the rows of a crosswalk as links between two questionnaires."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from srsmeting.crosswalk.rows import Key, Row
from srsmeting.questionnaire import Question, Questionnaire, Routing
from srsmeting.questionnaire.routing import Comparison, Conjunction, Disjunction, Expression, Negation


@dataclass(frozen=True)
class Links:
    """What each thing of one questionnaire is in the other.

    Parameters
    ----------
    forward
        Of what is in the earlier one: what it is in the later one; more than one where it was split.
    back
        Of what is in the later one: what it was; more than one where some were merged.
    """

    forward: Mapping[Key, frozenset[Key]]
    back: Mapping[Key, frozenset[Key]]

    def closed(self, orig: Iterable[Key], target: Iterable[Key]) -> bool:
        """Say whether these of the earlier questionnaire are exactly those of the later one, with nothing left over."""
        ours, theirs = frozenset(orig), frozenset(target)
        return all(self.forward.get(key) and self.forward[key] <= theirs for key in ours) and all(
            self.back.get(key) and self.back[key] <= ours for key in theirs
        )


def link(rows: Iterable[Row]) -> Links:
    """Return the links that rows make; what is new or dropped has none."""
    forward: dict[Key, set[Key]] = defaultdict(set)
    back: dict[Key, set[Key]] = defaultdict(set)
    for row in rows:
        if row.orig is not None and row.target is not None:
            forward[row.orig].add(row.target)
            back[row.target].add(row.orig)
    return Links({k: frozenset(v) for k, v in forward.items()}, {k: frozenset(v) for k, v in back.items()})


def base_difference(one: Question, other: Question, earlier: Questionnaire, later: Questionnaire, links: Links) -> str:
    """Say how the bases of two questions differ, as far as the questionnaires tell; "" when they do not."""
    before, after = earlier.routing(one.id), later.routing(other.id)
    if not _same_routing(before, after, later, links):
        return f"asked of {_asked(before)} first, and of {_asked(after)} now"
    for code in one.codes:
        for key in sorted(links.forward.get(Key(one.id, code), ())):
            if one.in_base(code) != other.in_base(key.code):
                first, now = ("counted", "does not count") if one.in_base(code) else ("did not count", "counts")
                return f"answer {code!r} {first} in the base first, and {now} now"
    return ""


def _asked(routing: Routing | None) -> str:
    return "everyone" if routing is None else f"'{routing}'"


def _same_routing(before: Routing | None, after: Routing | None, later: Questionnaire, links: Links) -> bool:
    if before is None or after is None:
        return before is after
    translated = _translate(before.expression, later, links)
    return translated is not None and translated == _ordered(after.expression, later)


def _translate(expression: Expression, later: Questionnaire, links: Links) -> Expression | None:
    """Put a routing in the names of the later questionnaire; None where it has no words for it."""
    match expression:
        case Comparison(question, item, codes, _, _):
            name = f"{question}.{item}" if item else question
            targets = links.forward.get(Key(name), frozenset())
            if len(targets) != 1:
                return None
            (target,) = targets
            asked, _, part = target.variable.partition(".")
            # Marks have no rows of their own: a mark is a mark.
            if later.question(asked).kind == "mark":
                return replace(expression, question=asked)
            keys = frozenset(Key(question, code) for code in codes)
            found = frozenset().union(*(links.forward.get(key, frozenset()) for key in keys))
            if not found or not links.closed(keys, found):
                return None
            comparison = replace(expression, question=asked, item=part or None, codes=tuple(key.code for key in found))
            return _ordered(comparison, later)
        case Negation(inner):
            translated = _translate(inner, later, links)
            return None if translated is None else Negation(translated)
        case Conjunction(parts) | Disjunction(parts):
            all_parts = [_translate(part, later, links) for part in parts]
            known = tuple(part for part in all_parts if part is not None)
            return replace(expression, parts=known) if len(known) == len(all_parts) else None


def _ordered(expression: Expression, questionnaire: Questionnaire) -> Expression:
    """Put the codes that an answer is compared with in the order of the question: their order means nothing."""
    match expression:
        case Comparison(question, _, codes, _, _):
            order = questionnaire.question(question).codes
            return replace(expression, codes=tuple(sorted(codes, key=order.index)))
        case Negation(part):
            return Negation(_ordered(part, questionnaire))
        case Conjunction(parts) | Disjunction(parts):
            return replace(expression, parts=tuple(_ordered(part, questionnaire) for part in parts))
