"""The condition of a tool as a routing of ours.

A routing knows no "left empty": a comparison with an answer that was not given is unknown, and then the question is not
asked. Where a tool would ask on, the translation says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from srsmeting.errors import QuestionnaireError
from srsmeting.questionnaire.parsing import parse_routing
from srsmeting.questionnaire.routing import (
    Comparison,
    Conjunction,
    Disjunction,
    Expression,
    Negation,
    Routing,
)
from srsmeting.questionnaire.structures.conditions import (
    Chosen,
    Compare,
    Condition,
    Every,
    Filled,
    Some,
    parse_condition,
)
from srsmeting.questionnaire.structures.model import ToolQuestion, ToolStructure
from srsmeting.questionnaire.structures.names import Names

#: A question of the tool and the part that a variable stands for; "" for the question as a whole.
Target = tuple[ToolQuestion, str]


@dataclass(frozen=True)
class Translation:
    """A routing, or why there is none.

    Parameters
    ----------
    routing
        Text in the routing language; "" when the condition could not be translated.
    reason
        Why it could not.
    also_asked
        Questions of the tool that may be left empty: the tool then asks, the routing does not.
    """

    routing: str = ""
    reason: str = ""
    also_asked: tuple[str, ...] = ()


class _UntranslatableError(Exception):
    pass


def translate(text: str, structure: ToolStructure, names: Names, earlier: Collection[str]) -> Translation:
    """Translate the routing text of a tool.

    Parameters
    ----------
    text
        `ToolQuestion.relevance`, not empty.
    structure, names
        The survey, and what its questions are called in the questionnaire.
    earlier
        Codes of the questions that the routing may name: those that come before and are in the questionnaire.
    """
    condition = parse_condition(text)
    if condition is None:
        return Translation(reason="it is more than a routing can say")
    work = _Translator(structure, names, earlier)
    try:
        routing = str(Routing(work.expression(condition, frozenset())))
        parse_routing(routing)
    except _UntranslatableError as problem:
        return Translation(reason=str(problem))
    except QuestionnaireError:
        return Translation(reason="it is more than a routing can say")
    return Translation(routing, also_asked=tuple(dict.fromkeys(work.also_asked)))


@dataclass
class _Translator:
    structure: ToolStructure
    names: Names
    earlier: Collection[str]
    also_asked: list[str] = field(default_factory=list)

    def expression(self, condition: Condition, answered: frozenset[Target]) -> Expression:
        """Translate, inside a conjunction that says of some targets that they were answered."""
        match condition:
            case Every(parts):
                return self._every(list(_flat(parts, Every)), answered)
            case Some(parts):
                return _joined([self.expression(part, answered) for part in _flat(parts, Some)], negated=False)
            case Filled(variables, negated):
                return self._filled(variables, negated, answered)
            case Compare(variable, sign, value):
                return self._compare(self._target(variable), sign, value, answered)
            case Chosen(variable, value, negated):
                return self._chosen(self._target(variable), value, negated, answered)

    def _every(self, parts: Sequence[Condition], answered: frozenset[Target]) -> Expression:
        guards = {self._whole(part): part for part in parts if isinstance(part, Filled) and not part.negated}
        others = [part for part in parts if part not in guards.values()]
        known = answered | {target for target in guards if target is not None}
        told = [self.expression(part, known) for part in others]
        # A guard that no other part leans on is a condition of its own.
        needed = {self._guard_of(part) for part in others}
        told += [
            self.expression(part, answered) for target, part in guards.items() if target is None or target not in needed
        ]
        return _joined(told, negated=True)

    def _whole(self, part: Filled) -> Target | None:
        """Return the question or statement that `part` says was answered; None for a single option."""
        targets = [self._target(variable) for variable in part.variables]
        question = targets[0][0]
        if len(targets) == 1 and (question.kind != "multiple" or not targets[0][1]):
            return targets[0]
        options = {code for code, _ in question.options}
        return (
            (question, "")
            if {part for q, part in targets if q == question} == options and all(q == question for q, _ in targets)
            else None
        )

    def _guard_of(self, part: Condition) -> Target | None:
        """Return what must be known to be answered for the opposite of an answer to be one."""
        match part:
            case Compare(variable, "!=", _) | Chosen(variable, _, True) | Filled((variable,), True):
                question, piece = self._target(variable)
                return (question, "") if question.kind == "multiple" else (question, piece)
        return None

    def _compare(self, target: Target, sign: str, value: str, answered: frozenset[Target]) -> Expression:
        question, part = target
        if question.kind == "multiple":
            if value != "Y" or sign not in ("==", "!=") or not part or part == "other":
                raise _UntranslatableError(f"it compares a part of {question.code!r} with {value!r}")
            return self._option(question, part, sign == "!=", answered)
        if sign in ("==", "!="):
            value = "other" if value == "-oth-" and question.has_other else value
            return self._answer(target, (value,), sign == "!=", answered)
        holds = {"<": float.__lt__, "<=": float.__le__, ">": float.__gt__, ">=": float.__ge__}[sign]
        try:
            codes = tuple(code for code, _ in question.answers if holds(float(code), float(value)))
        except ValueError:
            raise _UntranslatableError(f"it counts with the answers to {question.code!r}") from None
        if not codes:
            raise _UntranslatableError(f"no answer to {question.code!r} is {sign} {value}")
        return self._answer(target, codes, False, answered)

    def _chosen(self, target: Target, value: str, negated: bool, answered: frozenset[Target]) -> Expression:
        question, part = target
        if question.kind == "multiple" and not part:
            return self._option(question, value, negated, answered)
        return self._answer(target, (value,), negated, answered)

    def _filled(self, variables: Sequence[str], negated: bool, answered: frozenset[Target]) -> Expression:
        targets = [self._target(variable) for variable in variables]
        if len(targets) > 1 and negated:
            raise _UntranslatableError(f"it asks whether {targets[0][0].code!r} was left empty")
        question, part = targets[0]
        if question.kind == "multiple" and part:
            told = [self._option(question, part, negated, answered) for question, part in targets]
            return _joined(told, negated=False)
        if question.kind == "single" and part == "other":
            return self._answer((question, ""), ("other",), negated, answered)
        if negated or len(targets) > 1:
            raise _UntranslatableError(f"it asks whether {question.code!r} was left empty")
        if question.kind == "multiple":
            return _joined(
                [self._option(question, code, False, answered) for code, _ in question.options], negated=False
            )
        return self._answer((question, part), tuple(code for code, _ in question.options), False, answered)

    def _option(self, question: ToolQuestion, option: str, negated: bool, answered: frozenset[Target]) -> Expression:
        ours = (self._code(question, option),)
        selected = Comparison(self.names.questions[question.code], None, ours, selected=True)
        if not negated:
            return selected
        self._unless_known((question, ""), answered)
        return Negation(selected)

    def _answer(self, target: Target, codes: Sequence[str], negated: bool, answered: frozenset[Target]) -> Expression:
        question, part = target
        if question.kind not in ("single", "mark", "statements") or bool(part) != (question.kind == "statements"):
            raise _UntranslatableError(f"it compares {question.code!r}, which has no answer codes to compare with")
        if negated:
            self._unless_known(target, answered)
        ours = tuple(dict.fromkeys(self._code(question, code) for code in codes))
        if not ours:
            raise _UntranslatableError(f"it compares {question.code!r}, which has no answer codes to compare with")
        item = self.names.items[question.code, part] if part else None
        return Comparison(self.names.questions[question.code], item, ours, negated)

    def _unless_known(self, target: Target, answered: frozenset[Target]) -> None:
        if target not in answered:
            self.also_asked.append(target[0].code)

    def _code(self, question: ToolQuestion, code: str) -> str:
        try:
            return self.names.options[question.code, code]
        except KeyError:
            raise _UntranslatableError(f"{question.code!r} has no answer {code!r}") from None

    def _target(self, variable: str) -> Target:
        if variable in self.structure:
            return self._known(variable), ""
        places = [place for place, sign in enumerate(variable) if sign == "_"]
        for place in reversed(places):
            code, part = variable[:place], variable[place + 1 :]
            if code in self.structure:
                question = self._known(code)
                if part in question.part_codes or (part == "other" and question.has_other):
                    return question, part
        raise _UntranslatableError(f"it names {variable!r}, which is no question of the survey")

    def _known(self, code: str) -> ToolQuestion:
        if code not in self.earlier:
            raise _UntranslatableError(f"it asks about {code!r}, which is not an earlier question of the questionnaire")
        return self.structure.question(code)


def _flat(parts: Sequence[Condition], sort: type[Every] | type[Some]) -> Iterator[Condition]:
    for part in parts:
        if isinstance(part, sort):
            yield from _flat(part.parts, sort)
        else:
            yield part


def _joined(parts: Sequence[Expression], *, negated: bool) -> Expression:
    """Join by `and` (`negated`) or by `or`, with comparisons of one answer taken together: ``in``, ``not in``."""
    kept: dict[object, Expression] = {}
    for part in parts:
        key: object = part
        if isinstance(part, Comparison) and part.negated == negated and not part.selected:
            key = (part.question, part.item)
            if isinstance(same := kept.get(key), Comparison):
                part = Comparison(part.question, part.item, tuple(dict.fromkeys((*same.codes, *part.codes))), negated)
        kept[key] = part
    told = tuple(kept.values())
    if len(told) == 1:
        return told[0]
    return Conjunction(told) if negated else Disjunction(told)
