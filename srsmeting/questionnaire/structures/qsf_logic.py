"""Display logic of Qualtrics as text.

Where it only asks which choices were selected, it is written with the export tags and codes of the questions,
``selected(${Q1}, '2') or selected(${Q1}, '3')``, which a routing can be made of. Anything else keeps the words in which
Qualtrics describes it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from srsmeting.questionnaire.structures.model import ToolQuestion
from srsmeting.questionnaire.structures.texts import one_line, plain

_CHOICE = re.compile(r"q://(QID[\w#]+)/SelectableChoice/([\w-]+)")
_UNTOLD = "a condition that the file does not describe"


def logic_text(logic: Any, questions: Mapping[str, ToolQuestion], choices: Mapping[str, Mapping[str, str]]) -> str:
    """Write one display logic, or the condition of one branch, as text.

    Parameters
    ----------
    logic
        The JSON: sets by number, in each set expressions by number, and ``Type`` and ``Conjuction`` that join them.
    questions
        The questions by internal id.
    choices
        The code of a choice by internal id and number of the choice.
    """
    sets = _numbered(logic)
    described = " ".join(_described(expression) for one in sets for expression in _numbered(one))
    joins = {str(one.get("Type", "If")) for one in sets[1:]}
    if not sets or len(joins - {"AndIf", "OrIf"}) or len(joins) > 1:
        return one_line(described) or _UNTOLD
    told = [_set(one, questions, choices) for one in sets]
    if not all(told):
        return one_line(described) or _UNTOLD
    word = " or " if joins == {"OrIf"} else " and "
    return word.join(f"({text})" if len(told) > 1 else text for text in told)


def joined(texts: Sequence[str]) -> str:
    """Join conditions that must all hold.

    Examples
    --------
    >>> joined([]), joined(["a"]), joined(["a", "b"])
    ('', 'a', '(a) and (b)')
    """
    return texts[0] if len(texts) == 1 else " and ".join(f"({text})" for text in texts)


def _set(
    one: Mapping[str, Any], questions: Mapping[str, ToolQuestion], choices: Mapping[str, Mapping[str, str]]
) -> str:
    """Write the expressions of one set; "" where one of them is more than a choice, or both words join them."""
    expressions = _numbered(one)
    words = {str(expression.get("Conjuction", "")).lower() for expression in expressions[1:]}
    told = [_expression(expression, questions, choices) for expression in expressions]
    if not told or not all(told) or len(words) > 1 or not words <= {"and", "or"}:
        return ""
    return f" {words.pop()} ".join(told) if words else told[0]


def _expression(
    expression: Mapping[str, Any],
    questions: Mapping[str, ToolQuestion],
    choices: Mapping[str, Mapping[str, str]],
) -> str:
    found = _CHOICE.fullmatch(str(expression.get("LeftOperand") or expression.get("ChoiceLocator") or ""))
    question = questions.get(found[1]) if found else None
    operator = expression.get("Operator")
    if found is None or question is None or question.kind not in ("single", "multiple", "mark"):
        return ""
    code = choices.get(found[1], {}).get(found[2], found[2])
    # Braces and quotes would end the name and the code.
    if operator not in ("Selected", "NotSelected") or set(question.code + code) & set("{}'"):
        return ""
    chosen = f"selected(${{{question.code}}}, '{code}')"
    return chosen if operator == "Selected" else f"not({chosen})"


def _described(expression: Mapping[str, Any]) -> str:
    description = expression.get("Description")
    return plain(description) if isinstance(description, str) else ""


def _numbered(value: Any) -> list[Mapping[str, Any]]:
    if not isinstance(value, Mapping):
        return []
    numbers = {key: int(key) for key in value if re.fullmatch(r"\d{1,5}", str(key), re.ASCII)}
    keys = sorted(numbers, key=lambda key: numbers[key])
    return [value[key] for key in keys if isinstance(value[key], Mapping)]
