"""The conditions of survey tools, parsed: what ExpressionScript, XLSForm and our rendering of Qualtrics have in common.

Comparisons with a text or number, ``selected(…)``, ``is_empty(…)``, ``count(…) > 0``, and, or, not. That is what people
click together; anything else is not a condition that a routing can be made of, and gives None.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Sign = Literal["==", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True)
class Compare:
    """A variable compared with a value."""

    variable: str
    sign: Sign
    value: str


@dataclass(frozen=True)
class Chosen:
    """``selected(variable, value)``: the value is what was chosen, or among it."""

    variable: str
    value: str
    negated: bool = False


@dataclass(frozen=True)
class Filled:
    """Something was answered in one of the variables; `negated`: nothing was."""

    variables: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True)
class Every:
    """All parts hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Some:
    """One of the parts holds."""

    parts: tuple[Condition, ...]


Condition = Compare | Chosen | Filled | Every | Some

_LONGEST, _DEEPEST = 20_000, 40
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<variable>\$\{[^{}]*\})
      | (?P<text>"[^"]*"|'[^']*')
      | (?P<number>\d+(?:\.\d+)?(?![\w.]))
      | (?P<word>[A-Za-z_]\w*(?:\.[A-Za-z]+)*)
      | (?P<sign>==|!=|<=|>=|&&|\|\||[=<>!(),])
      | (?P<rest>\S)
    )""",
    re.VERBOSE,
)
_SIGNS: dict[str, Sign] = {
    "==": "==", "=": "==", "eq": "==", "!=": "!=", "ne": "!=",
    "<": "<", "lt": "<", "<=": "<=", "le": "<=", ">": ">", "gt": ">", ">=": ">=", "ge": ">=",
}  # fmt: skip
_OPPOSITE: dict[Sign, Sign] = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
#: What may follow a question code in ExpressionScript and still mean its answer.
_ANSWER = ("NAOK", "code", "value")


class _NoConditionError(Exception):
    pass


def parse_condition(text: str) -> Condition | None:
    """Parse the routing text of a tool; None where it is more than a routing can say.

    Negations are worked down to the comparisons.

    Examples
    --------
    >>> parse_condition('((vrijw.NAOK == "Y"))')
    Compare(variable='vrijw', sign='==', value='Y')
    >>> parse_condition("not(selected(${sport}, 'voetbal'))")
    Chosen(variable='sport', value='voetbal', negated=True)
    >>> parse_condition("count(that.q.NAOK) + 1 > 2") is None
    True
    """
    if len(text) > _LONGEST:
        return None
    try:
        return _Parser(text).parse()
    except _NoConditionError:
        return None


def negate(condition: Condition) -> Condition:
    """Return the opposite of a condition, with the negation worked down to the comparisons."""
    match condition:
        case Compare(variable, sign, value):
            return Compare(variable, _OPPOSITE[sign], value)
        case Chosen(variable, value, negated):
            return Chosen(variable, value, not negated)
        case Filled(variables, negated):
            return Filled(variables, not negated)
        case Every(parts):
            return Some(tuple(negate(part) for part in parts))
        case Some(parts):
            return Every(tuple(negate(part) for part in parts))


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = [(str(found.lastgroup), found[found.lastgroup or 0]) for found in _TOKEN.finditer(text)]
        self._next = 0
        self._depth = 0

    def parse(self) -> Condition:
        condition = self._or()
        if self._next < len(self._tokens):
            raise _NoConditionError
        return condition

    def _or(self) -> Condition:
        return self._chain(("or", "||"), self._and, Some)

    def _and(self) -> Condition:
        return self._chain(("and", "&&"), self._not, Every)

    def _chain(
        self,
        words: tuple[str, ...],
        operand: Callable[[], Condition],
        join: Callable[[tuple[Condition, ...]], Condition],
    ) -> Condition:
        parts = [operand()]
        while self._take(*words):
            parts.append(operand())
        return parts[0] if len(parts) == 1 else join(tuple(parts))

    def _not(self) -> Condition:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _NoConditionError
        try:
            if self._take("!", "not"):
                # In ExpressionScript a bare `!` would bind to the variable, not to its comparison.
                if self._peek() not in ("(", "!", "not", "is_empty", "selected"):
                    raise _NoConditionError
                return negate(self._not())
            if self._take("("):
                inner = self._or()
                self._expect(")")
                return inner
            return self._simple()
        finally:
            self._depth -= 1

    def _simple(self) -> Condition:
        if self._take("selected"):
            self._expect("(")
            variable = self._variable()
            self._expect(",")
            chosen = Chosen(variable, self._value())
            self._expect(")")
            return chosen
        if self._take("is_empty"):
            self._expect("(")
            variable = self._variable()
            self._expect(")")
            return Filled((variable,), negated=True)
        if self._take("count"):
            return self._count()
        variable, sign, value = self._variable(), self._sign(), self._value()
        if value == "" and sign in ("==", "!="):
            return Filled((variable,), negated=sign == "==")
        return Compare(variable, sign, value)

    def _count(self) -> Condition:
        self._expect("(")
        variables = [self._variable()]
        while self._take(","):
            variables.append(self._variable())
        self._expect(")")
        told = (self._sign(), self._value())
        if told not in ((">", "0"), ("==", "0"), (">=", "1"), ("!=", "0")):
            raise _NoConditionError
        return Filled(tuple(variables), negated=told == ("==", "0"))

    def _variable(self) -> str:
        kind, text = self._pop()
        if kind == "variable":
            return text[2:-1].strip()
        name, _, suffix = text.partition(".")
        if kind != "word" or (suffix and suffix not in _ANSWER):
            raise _NoConditionError
        return name

    def _value(self) -> str:
        kind, text = self._pop()
        if kind == "text":
            return text[1:-1].strip()
        if kind == "number":
            return text.removesuffix(".0")
        raise _NoConditionError

    def _sign(self) -> Sign:
        sign = _SIGNS.get(self._pop()[1].lower())
        if sign is None:
            raise _NoConditionError
        return sign

    def _pop(self) -> tuple[str, str]:
        if self._next >= len(self._tokens):
            raise _NoConditionError
        self._next += 1
        return self._tokens[self._next - 1]

    def _peek(self) -> str:
        kind, text = self._tokens[self._next] if self._next < len(self._tokens) else ("", "")
        return text.lower() if kind in ("word", "sign") else ""

    def _take(self, *words: str) -> bool:
        if self._peek() in words:
            self._next += 1
            return True
        return False

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise _NoConditionError
