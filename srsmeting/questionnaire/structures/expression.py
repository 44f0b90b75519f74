"""A routing as ExpressionScript of LimeSurvey, such that both ask the same respondents.

In a routing a comparison with an answer that was not given is unknown, and unknown is not asked. ExpressionScript finds
an empty answer unequal to everything, so a negated comparison also says that there is an answer. Negations are worked
down to the comparisons, which in this logic changes nothing.
"""

from __future__ import annotations

from srsmeting.questionnaire.model import Questionnaire
from srsmeting.questionnaire.question import Question
from srsmeting.questionnaire.routing import Comparison, Conjunction, Disjunction, Expression, Negation


def relevance(questionnaire: Questionnaire, id: str) -> str:
    """Return the relevance of a question; "1" where everyone is asked.

    Examples
    --------
    >>> from srsmeting.questionnaire import parse_questionnaire
    >>> answers = [{"code": "ja", "export": "A1", "label": "Ja"}, {"code": "nee", "export": "A2", "label": "Nee"}]
    >>> asked = {"title": "T", "text": "T?", "pijler": "basis", "fase": "bereik"}
    >>> questionnaire = parse_questionnaire({
    ...     "meting": "proef", "title": "Proef", "pijlers": [{"id": "basis", "label": "Basis"}],
    ...     "questions": [{"id": "mee", "export": "Q1", "kind": "single", "categories": answers, **asked},
    ...                   {"id": "waarom", "export": "Q2", "kind": "open", "asked_if": "mee != ja", **asked}],
    ... })
    >>> relevance(questionnaire, "mee"), relevance(questionnaire, "waarom")
    ('1', '(!is_empty(Q1.NAOK) and Q1.NAOK != "A1")')
    """
    routing = questionnaire.routing(id)
    if routing is None:
        return "1"
    text = _write(routing.expression, questionnaire, True)
    return text if text.startswith("(") else f"({text})"


def _write(expression: Expression, questionnaire: Questionnaire, positive: bool) -> str:
    match expression:
        case Negation(part):
            return _write(part, questionnaire, not positive)
        case Conjunction(parts):
            return _joined(" and " if positive else " or ", [_write(part, questionnaire, positive) for part in parts])
        case Disjunction(parts):
            return _joined(" or " if positive else " and ", [_write(part, questionnaire, positive) for part in parts])
        case Comparison(question, item, codes, negated, selected):
            asked = questionnaire.question(question)
            if selected:
                return _option(asked, codes[0], positive)
            return _answer(asked, item, codes, positive != negated)


def _answer(question: Question, item: str | None, codes: tuple[str, ...], positive: bool) -> str:
    name = question.export if item is None else f"{question.export}_{question.item(item).export}"
    given = [_value(question, code) for code in codes]
    if positive:
        return _joined(" or ", [f'{name}.NAOK == "{value}"' for value in given])
    return _joined(" and ", [f"!is_empty({name}.NAOK)", *(f'{name}.NAOK != "{value}"' for value in given)])


def _value(question: Question, code: str) -> str:
    category = question.category(code)
    return "-oth-" if category.is_written_in and question.kind == "single" else category.export


def _option(question: Question, code: str, positive: bool) -> str:
    names = {category.code: f"{question.export}_{category.export}.NAOK" for category in question.categories}
    name = names[code]
    written_in = question.category(code).is_written_in
    if positive:
        return f"!is_empty({name})" if written_in else f'{name} == "Y"'
    return _joined(
        " and ", [f"count({', '.join(names.values())}) > 0", f"is_empty({name})" if written_in else f'{name} != "Y"']
    )


def _joined(word: str, parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({word.join(parts)})"
