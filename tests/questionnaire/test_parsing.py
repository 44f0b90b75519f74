"""The grammar of routings: what may be written, and what is said about what may not."""

import pytest

from srsmeting.errors import QuestionnaireError
from srsmeting.questionnaire import parse_routing
from srsmeting.questionnaire.routing import Comparison, Conjunction, Disjunction, Negation

A = Comparison("a", None, ("x",))
B = Comparison("b", None, ("y",))
C = Comparison("c", None, ("z",))


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("a == x", A),
        ("  a==x  ", A),
        ("a != x", Comparison("a", None, ("x",), negated=True)),
        ("a in [x]", A),
        ("a in [x, 10, 50_249]", Comparison("a", None, ("x", "10", "50_249"))),
        ("a not in [x,y]", Comparison("a", None, ("x", "y"), negated=True)),
        ("a.item == x", Comparison("a", "item", ("x",))),
        ("a . item not in [x]", Comparison("a", "item", ("x",), negated=True)),
        ("selected(a, x)", Comparison("a", None, ("x",), selected=True)),
        ("a == x and b == y", Conjunction((A, B))),
        ("a == x or b == y and c == z", Disjunction((A, Conjunction((B, C))))),
        ("(a == x or b == y) and c == z", Conjunction((Disjunction((A, B)), C))),
        ("a == x and (b == y and c == z)", Conjunction((A, Conjunction((B, C))))),
        ("not a == x and b == y", Conjunction((Negation(A), B))),
        ("not (a == x and b == y)", Negation(Conjunction((A, B)))),
        ("not not a == x", Negation(Negation(A))),
        ("((a == x))", A),
        ("a == x\nor b == y", Disjunction((A, B))),
    ],
)
def test_what_may_be_written(text: str, expression: object) -> None:
    assert parse_routing(text).expression == expression


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "position 1: expected a question, 'not', 'selected' or '(', found the end."),
        ("a", "position 2: expected '==', '!=', 'in' or 'not in', found the end."),
        ("a =", "position 3: expected '==', '!=', 'in' or 'not in', found '='. Write '=='."),
        ("a == ", "position 5: expected an answer code after '==', found the end."),
        ("a == 'x'", "position 6: expected an answer code after '==', found \"'\". Write codes without quotes."),
        ("a == x && b == y", "position 8: expected 'and', 'or' or the end, found '&&'. Write 'and'."),
        ("a == x || b == y", "position 8: expected 'and', 'or' or the end, found '||'. Write 'or'."),
        (
            "a == x AND b == y",
            "position 8: expected 'and', 'or' or the end, found 'AND'. Write 'and' in small letters.",
        ),
        ("!a == x", "position 1: expected a question, 'not', 'selected' or '(', found '!'. Write 'not'."),
        (
            "a > 3",
            "position 3: expected '==', '!=', 'in' or 'not in', found '>'. "
            "A routing compares with '==', '!=', 'in' and 'not in' only.",
        ),
        (
            "a == x-y",
            "position 7: expected 'and', 'or' or the end, found '-'. Names have letters, digits and underscores only.",
        ),
        ("a in x", "position 6: expected '[', found 'x'."),
        ("a in []", "position 7: expected an answer code, found ']'."),
        ("a in [x, x]", "position 10: expected another answer code, found 'x'."),
        ("a in [x y]", "position 9: expected ']', found 'y'."),
        ("a not x", "position 7: expected 'in', found 'x'."),
        ("a == and", "position 6: expected an answer code after '==', found 'and'."),
        ("selected a", "position 10: expected '(', found 'a'."),
        ("selected(a)", "position 11: expected ',', found ')'."),
        ("(a == x", "position 8: expected ')', found the end."),
        ("a == x)", "position 7: expected 'and', 'or' or the end, found ')'."),
        ("a.b.c == x", "position 4: expected '==', '!=', 'in' or 'not in', found '.'."),
        ("a == é", "position 6: expected an answer code after '==', found 'é'."),
    ],
)
def test_what_is_said_about_what_may_not(text: str, message: str) -> None:
    with pytest.raises(QuestionnaireError) as caught:
        parse_routing(text)
    assert str(caught.value) == f"routing {text!r}, {message}"


def test_forty_levels_are_enough_for_anyone() -> None:
    parse_routing("(" * 39 + "a == x" + ")" * 39)
    with pytest.raises(QuestionnaireError, match=r"expected at most 40 levels of 'not' and parentheses, found '\('\.$"):
        parse_routing("(" * 5000 + "a == x")
