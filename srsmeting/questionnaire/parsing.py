"""The grammar of routings, as a tokenizer and a recursive-descent parser.

::

    or    = and { "or" and }                   compare = name [ "." name ] test
    and   = not { "and" not }                  test    = "==" name | "!=" name | [ "not" ] "in" list
    not   = "not" not | "(" or ")" | select | compare    list = "[" name { "," name } "]"
    select = "selected" "(" name "," name ")"

Names are letters, digits and underscores, written without quotes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from srsmeting.errors import QuestionnaireError
from srsmeting.questionnaire.routing import (
    Comparison,
    Conjunction,
    Disjunction,
    Expression,
    Negation,
    Routing,
)

#: Words of the language, which no question, item or category can have as its name.
KEYWORDS = frozenset({"and", "or", "not", "in", "selected"})

#: Deeper than anyone can read; keeps a hostile file from exhausting the stack.
_DEEPEST = 40
_TOKEN = re.compile(r"\s*(?:(?P<name>\w+)|(?P<symbol>==|!=|&&|\|\||.))", re.ASCII | re.DOTALL)
_REPAIRS = {
    "=": "Write '=='.",
    "&&": "Write 'and'.",
    "&": "Write 'and'.",
    "||": "Write 'or'.",
    "|": "Write 'or'.",
    "!": "Write 'not'.",
    "'": "Write codes without quotes.",
    '"': "Write codes without quotes.",
    "-": "Names have letters, digits and underscores only.",
    "<": "A routing compares with '==', '!=', 'in' and 'not in' only.",
    ">": "A routing compares with '==', '!=', 'in' and 'not in' only.",
}


def parse_routing(text: str) -> Routing:
    """Parse the text of a routing.

    Parameters
    ----------
    text
        For instance ``"gebruik == ja or selected(kanaal, krant) and not regio in [noord, oost]"``; `and` binds tighter
        than `or`.

    Returns
    -------
    Routing
        Not yet compared with a questionnaire: see `Questionnaire.condition` for that.

    Raises
    ------
    QuestionnaireError
        The text is not in the language; the message has the position, counted from 1.

    Examples
    --------
    >>> str(parse_routing("a == x or (b != y)"))
    'a == x or b != y'
    >>> parse_routing("a == ")
    Traceback (most recent call last):
    srsmeting.errors.QuestionnaireError: routing 'a == ', position 5: expected an answer code after '==', found the end.
    """
    return Routing(_Parser(text).parse())


@dataclass(frozen=True)
class _Token:
    text: str
    position: int
    is_name: bool


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = [
            _Token(
                found["name"] or found["symbol"],
                found.end() - len(found["name"] or found["symbol"]),
                bool(found["name"]),
            )
            for found in _TOKEN.finditer(text.rstrip())
        ]
        self._next = 0
        self._depth = 0

    def parse(self) -> Expression:
        expression = self._or()
        if self._peek() is not None:
            raise self._fault("'and', 'or' or the end")
        return expression

    def _or(self) -> Expression:
        return self._chain("or", self._and, Disjunction)

    def _and(self) -> Expression:
        return self._chain("and", self._not, Conjunction)

    def _chain(
        self,
        word: str,
        operand: Callable[[], Expression],
        join: Callable[[tuple[Expression, ...]], Expression],
    ) -> Expression:
        parts = [operand()]
        while self._take(word):
            parts.append(operand())
        return parts[0] if len(parts) == 1 else join(tuple(parts))

    def _not(self) -> Expression:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._fault(f"at most {_DEEPEST} levels of 'not' and parentheses")
        try:
            if self._take("not"):
                return Negation(self._not())
            if self._take("("):
                inner = self._or()
                self._expect(")")
                return inner
            return self._selected() if self._take("selected") else self._comparison()
        finally:
            self._depth -= 1

    def _selected(self) -> Expression:
        self._expect("(")
        question = self._name("a question")
        self._expect(",")
        option = self._name("an option")
        self._expect(")")
        return Comparison(question, None, (option,), selected=True)

    def _comparison(self) -> Expression:
        question = self._name("a question, 'not', 'selected' or '('")
        item = self._name("a statement after '.'") if self._take(".") else None
        if self._take("=="):
            return Comparison(question, item, (self._name("an answer code after '=='"),))
        if self._take("!="):
            return Comparison(question, item, (self._name("an answer code after '!='"),), negated=True)
        if self._take("not"):
            self._expect("in")
            return Comparison(question, item, self._list(), negated=True)
        if self._take("in"):
            return Comparison(question, item, self._list())
        raise self._fault("'==', '!=', 'in' or 'not in'")

    def _list(self) -> tuple[str, ...]:
        self._expect("[")
        codes = [self._name("an answer code")]
        while self._take(","):
            codes.append(self._name("an answer code"))
            if codes[-1] in codes[:-1]:
                self._next -= 1
                raise self._fault("another answer code")
        self._expect("]")
        return tuple(codes)

    def _name(self, what: str) -> str:
        token = self._peek()
        if token is None or not token.is_name or token.text in KEYWORDS:
            raise self._fault(what)
        self._next += 1
        return token.text

    def _take(self, text: str) -> bool:
        token = self._peek()
        if token is None or token.text != text:
            return False
        self._next += 1
        return True

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise self._fault(repr(text))

    def _peek(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _fault(self, expected: str) -> QuestionnaireError:
        token = self._peek()
        position = len(self._text.rstrip()) if token is None else token.position
        found = "the end" if token is None else repr(token.text)
        repair = "" if token is None else _REPAIRS.get(token.text, "")
        if token is not None and token.text.lower() in KEYWORDS and token.text not in KEYWORDS:
            repair = f"Write '{token.text.lower()}' in small letters."
        where = f"routing {self._text!r}, position {position + 1}"
        return QuestionnaireError(f"{where}: expected {expected}, found {found}.{repair and ' ' + repair}")
