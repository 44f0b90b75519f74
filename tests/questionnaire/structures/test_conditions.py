"""The conditions of tools, parsed."""

import pytest

from srsmeting.questionnaire.structures.conditions import (
    Chosen,
    Compare,
    Condition,
    Every,
    Filled,
    Some,
    negate,
    parse_condition,
)
from srsmeting.questionnaire.structures.lss_conditions import in_codes, old_conditions

A = Compare("a", "==", "1")
B = Compare("b", "==", "x")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('((a.NAOK == "1"))', A),
        ("a == 1", A),
        ("a.code eq '1'", A),
        ("${a} = '1'", A),
        ("${a} = 1.0", A),
        ('a == "1" and b == "x" && a == "1"', Every((A, B, A))),
        ('a == "1" or b == "x" and a == "1" || b == "x"', Some((A, Every((B, A)), B))),
        ('!(a == "1" and b == "x")', Some((Compare("a", "!=", "1"), Compare("b", "!=", "x")))),
        ("not(${a} = '1' or ${b} != 'x')", Every((Compare("a", "!=", "1"), B))),
        ("!!(a == 1)", A),
        ("a.NAOK >= 6", Compare("a", ">=", "6")),
        ("!(a lt 6)", Compare("a", ">=", "6")),
        ("is_empty(a.NAOK)", Filled(("a",), negated=True)),
        ("!is_empty(a.NAOK)", Filled(("a",))),
        ('a.NAOK != ""', Filled(("a",))),
        ("${a} = ''", Filled(("a",), negated=True)),
        ("count(a_1.NAOK, a_2.NAOK) > 0", Filled(("a_1", "a_2"))),
        ("selected(${a}, 'x')", Chosen("a", "x")),
        ("not(selected(${a}, 'x'))", Chosen("a", "x", negated=True)),
        ("selected(${Q2 - Topics}, 'x')", Chosen("Q2 - Topics", "x")),
    ],
)
def test_what_people_click_together(text: str, expected: Condition) -> None:
    assert parse_condition(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "0",
        "a",
        "a ==",
        '"1" == a',
        '(a == "1"',
        'a == "1")',
        'a == "1" b == "x"',
        # A bare `!` binds to the variable.
        '!a == "1"',
        "!count(a) > 0",
        "count(a, b) > 1",
        "a + b > 2",
        'regexMatch("/x/", a.NAOK)',
        'a.shown == "Ja"',
        'a.relevanceStatus == "1"',
        "a == b",
        "count-selected(${a}) > 1",
        "If Device Is Mobile",
        '("' * 20_000,
        "(" * 20_000,
        "!(" * 50 + "a == 1" + ")" * 50,
        "a == 1 or " * 5_000 + "a == 1",
    ],
    ids=lambda text: text[:20],
)
def test_what_is_more_than_a_routing_can_say(text: str) -> None:
    assert parse_condition(text) is None


def test_the_opposite_of_the_opposite_is_the_same() -> None:
    condition = parse_condition("a < 3 and (is_empty(b) or selected(${c}, 'x'))")
    assert condition is not None
    assert negate(negate(condition)) == condition


def test_numbered_columns_become_codes() -> None:
    codes = {"6": "taken", "62": "soort"}
    assert (
        in_codes("1X2X62.NAOK + 1X2X62SQ001#1 + 1X2X65 + 1X2X7", codes)
        == "soort.NAOK + soort_SQ001#1 + taken_5 + 1X2X7"
    )
    assert in_codes("x1X2X6", codes) == "x1X2X6"


def test_conditions_with_expressions_of_their_own() -> None:
    row = {"qid": "4", "cqid": "1", "cfieldname": "1X1X1", "method": "RX", "value": "/^a/"}
    assert old_conditions([row]) == {"4": '((regexMatch("/^a/", 1X1X1.NAOK)))'}
    assert old_conditions([{**row, "method": ""}, {**row, "qid": "5", "method": "<="}]) == {
        "4": '((1X1X1.NAOK == "/^a/"))',
        "5": '((1X1X1.NAOK <= "/^a/"))',
    }
