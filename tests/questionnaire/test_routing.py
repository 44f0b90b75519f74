"""Kleene's logic over columns, and the text of a routing. The truth tables are Kleene's (1952, § 64)."""

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from srsmeting.questionnaire import Routing, parse_routing
from srsmeting.questionnaire.routing import (
    Comparison,
    Conjunction,
    Disjunction,
    Expression,
    Lookup,
    Mask,
    Negation,
)

T, F, U = "ja", "nee", ""  # an answer that is the code, one that is not, and none


def lookup_in(**columns: list[str]) -> Lookup:
    """Answer from written-out columns; an empty text is no answer, and "a+b" is two options ticked."""

    def lookup(question: str, item: str | None, codes: tuple[str, ...]) -> tuple[Mask, Mask]:
        answers = columns[question if item is None else f"{question}_{item}"]
        found = np.array([not set(codes).isdisjoint(answer.split("+")) for answer in answers])
        return found, np.array([answer != "" for answer in answers])

    return lookup


PAIRS = list(product([T, F, U], repeat=2))
AND = [True, False, False, False, False, False, False, False, False]
OR = [True, True, True, True, False, False, True, False, False]
# True where the negation of the whole is true, so: where the whole is certainly false.
NOT_AND = [False, True, False, True, True, True, False, True, False]
NOT_OR = [False, False, False, False, True, False, False, False, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("p == ja and q == ja", AND),
        ("p == ja or q == ja", OR),
        ("not (p == ja and q == ja)", NOT_AND),
        ("not (p == ja or q == ja)", NOT_OR),
        ("not p == ja or not q == ja", NOT_AND),
        ("p != ja and q != ja", NOT_OR),
        ("p not in [ja] or q not in [ja]", NOT_AND),
    ],
)
def test_truth_tables(text: str, expected: list[bool]) -> None:
    lookup = lookup_in(p=[p for p, _ in PAIRS], q=[q for _, q in PAIRS])
    assert parse_routing(text).evaluate(lookup).tolist() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("q == a", [True, False, False]),
        ("q != a", [False, True, False]),
        ("not q != a", [True, False, False]),
        ("q in [a, b]", [True, True, False]),
        ("q not in [c]", [True, True, False]),
        ("q.i == a", [False, False, True]),
        ("not (q == a or q.i == a)", [False, False, False]),
        ("selected(m, x)", [True, False, False]),
        ("not selected(m, x)", [False, True, False]),
        ("selected(m, x) or q.i == a", [True, False, True]),
    ],
)
def test_every_sort_of_comparison(text: str, expected: list[bool]) -> None:
    lookup = lookup_in(q=["a", "b", ""], q_i=["b", "", "a"], m=["x+y", "y", ""])
    assert parse_routing(text).evaluate(lookup).tolist() == expected


def test_what_is_not_known_is_never_true_whatever_the_lookup_claims() -> None:
    def lookup(question: str, item: str | None, codes: tuple[str, ...]) -> tuple[Mask, Mask]:
        return np.array([True, True]), np.array([True, False])

    assert parse_routing("q == a").evaluate(lookup).tolist() == [True, False]
    assert parse_routing("not q == a").evaluate(lookup).tolist() == [False, False]


def test_comparisons_come_in_the_order_of_the_text() -> None:
    assert parse_routing("a.i in [x, y] and not (selected(b, z) or a != x)").comparisons == (
        Comparison("a", "i", ("x", "y")),
        Comparison("b", None, ("z",), selected=True),
        Comparison("a", None, ("x",), negated=True),
    )


names = st.sampled_from(["a", "b", "c"])
codes = st.lists(st.sampled_from(["x", "y", "10"]), min_size=1, max_size=3, unique=True).map(tuple)
ticks = st.builds(Comparison, names, st.none(), st.tuples(names), selected=st.just(True))
leaves = st.builds(Comparison, names, st.none() | names, codes, st.booleans()) | ticks


def _compound(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.builds(Negation, parts) | st.builds(Conjunction, several) | st.builds(Disjunction, several)


expressions: st.SearchStrategy[Expression] = st.recursive(leaves, _compound, max_leaves=8)


@given(expressions)
def test_the_text_of_a_routing_parses_to_the_same_routing(expression: Expression) -> None:
    routing = Routing(expression)
    assert parse_routing(str(routing)) == routing


def _answers(expression: Expression, known: Callable[[int], Mask]) -> list[bool]:
    def lookup(question: str, item: str | None, wanted: tuple[str, ...]) -> tuple[Mask, Mask]:
        seed = sum(ord(letter) for letter in f"{question}{item}{wanted}")
        return known(seed), known(seed // 3)

    return Routing(expression).evaluate(lookup).tolist()


def _bits(seed: int) -> Mask:
    return np.array([bool(seed >> place & 1) for place in range(8)])


@given(expressions, expressions)
def test_de_morgan(left: Expression, right: Expression) -> None:
    one = _answers(Negation(Conjunction((left, right))), _bits)
    assert one == _answers(Disjunction((Negation(left), Negation(right))), _bits)
    other = _answers(Negation(Disjunction((left, right))), _bits)
    assert other == _answers(Conjunction((Negation(left), Negation(right))), _bits)


@given(expressions)
def test_nothing_is_both_true_and_false(expression: Expression) -> None:
    true, false = _answers(expression, _bits), _answers(Negation(expression), _bits)
    assert not any(t and f for t, f in zip(true, false, strict=True))
