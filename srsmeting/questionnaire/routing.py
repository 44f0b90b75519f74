"""Routing: who is asked a question, as an expression over the answers to earlier questions.

The logic is Kleene's: a comparison with an answer that was not given is *unknown*, and unknown stays unknown unless the
other side decides (`unknown or true` is true, `unknown and false` is false). Unknown at the end means: not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]

#: ``lookup(question, item, codes)`` returns two columns: the answer is one of the codes; there is an answer.
Lookup = Callable[[str, str | None, tuple[str, ...]], tuple[Mask, Mask]]


@dataclass(frozen=True)
class Comparison:
    """One place where a question is named: ``q == a``, ``q in [a, b]``, ``q.item == a``.

    With `negated` it is ``!=`` or ``not in``. With `selected` it is ``selected(q, option)``: the option of a multiple
    choice was ticked.
    """

    question: str
    item: str | None
    codes: tuple[str, ...]
    negated: bool = False
    selected: bool = False


@dataclass(frozen=True)
class Negation:
    """``not part``."""

    part: Expression


@dataclass(frozen=True)
class Conjunction:
    """``part and part``; two parts or more."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Disjunction:
    """``part or part``; two parts or more."""

    parts: tuple[Expression, ...]


Expression = Comparison | Negation | Conjunction | Disjunction


@dataclass(frozen=True)
class Routing:
    """A parsed routing; `str()` gives its canonical text, which parses to the same routing.

    Examples
    --------
    >>> from srsmeting.questionnaire import parse_routing
    >>> routing = parse_routing("not (bekend in [gehoord])  and selected(kanaal, krant)")
    >>> str(routing)
    'not bekend == gehoord and selected(kanaal, krant)'
    >>> [comparison.question for comparison in routing.comparisons]
    ['bekend', 'kanaal']
    """

    expression: Expression

    def __str__(self) -> str:
        return _text(self.expression)

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """What the routing asks of which questions, in the order of the text."""
        return tuple(_comparisons(self.expression))

    def evaluate(self, lookup: Lookup) -> Mask:
        """Say for every row whether the question is asked.

        Parameters
        ----------
        lookup
            Called with a question id, the id of a statement or None, and the codes looked for. Returns two boolean
            columns of one length: whether the answer is one of the codes, and whether there is an answer at all. For
            a multiple-choice question: whether the option is ticked, and whether anything is.

        Returns
        -------
        ndarray of bool
            True where the routing is true; False where it is false or unknown.

        Examples
        --------
        >>> import numpy as np
        >>> from srsmeting.questionnaire import parse_routing
        >>> answers = np.array(["ja", "nee", ""])
        >>> def lookup(question, item, codes):
        ...     return np.isin(answers, codes), answers != ""
        >>> parse_routing("deelname == ja").evaluate(lookup)
        array([ True, False, False])
        >>> parse_routing("deelname != ja").evaluate(lookup)
        array([False,  True, False])
        """
        true, _ = _evaluate(self.expression, lookup)
        return true


def _evaluate(expression: Expression, lookup: Lookup) -> tuple[Mask, Mask]:
    # Two columns carry the three values: (certainly true, certainly false); unknown is neither.
    match expression:
        case Comparison(question, item, codes, negated):
            found, known = lookup(question, item, codes)
            true, false = known & found, known & ~found
            return (false, true) if negated else (true, false)
        case Negation(part):
            true, false = _evaluate(part, lookup)
            return false, true
        case Conjunction(parts):
            columns = [_evaluate(part, lookup) for part in parts]
            return np.logical_and.reduce([t for t, _ in columns]), np.logical_or.reduce([f for _, f in columns])
        case Disjunction(parts):
            columns = [_evaluate(part, lookup) for part in parts]
            return np.logical_or.reduce([t for t, _ in columns]), np.logical_and.reduce([f for _, f in columns])


def _comparisons(expression: Expression) -> Iterator[Comparison]:
    match expression:
        case Comparison():
            yield expression
        case Negation(part):
            yield from _comparisons(part)
        case Conjunction(parts) | Disjunction(parts):
            for part in parts:
                yield from _comparisons(part)


def _text(expression: Expression) -> str:
    match expression:
        case Comparison(question, item, codes, negated, selected):
            if selected:
                return f"{'not ' if negated else ''}selected({question}, {codes[0]})"
            left = question if item is None else f"{question}.{item}"
            if len(codes) == 1:
                return f"{left} {'!=' if negated else '=='} {codes[0]}"
            return f"{left} {'not in' if negated else 'in'} [{', '.join(codes)}]"
        case Negation(part):
            return f"not {_inside(part, Conjunction | Disjunction)}"
        case Conjunction(parts):
            return " and ".join(_inside(part, Conjunction | Disjunction) for part in parts)
        case Disjunction(parts):
            return " or ".join(_inside(part, Disjunction) for part in parts)


def _inside(part: Expression, needs_parentheses: object) -> str:
    text = _text(part)
    return f"({text})" if isinstance(part, needs_parentheses) else text  # type: ignore[arg-type]
