"""A comparison in a sentence is made on the printed numbers, and follows them when they change."""

from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.report import Report, open_report

HIDDEN = (None, None, None, "Q", "small_base")


def share(numerator: int, denominator: int) -> tuple[float, int, int, str, str]:
    return (numerator / denominator, numerator, denominator, "A", "")


def at(question: str, category: str, item: str = "") -> tuple[str, str, str, str, str, str]:
    return (question, item, category, "", "", "share")


def of(by: str, group: str) -> tuple[str, str, str, str, str, str]:
    return ("cijfer", "", "", by, group, "mean")


def test_answers_from_large_to_small(r: Report) -> None:
    # 8, 4 and 4 of 13; "anders" and "geen" are no effects of their own.
    assert r.ranked("effect", "Het vaakst noemen zij") == (
        "Het vaakst noemen zij meer inzicht (62\u00a0procent), gevolgd door nieuw beleid (31\u00a0procent) en HR-plannen "
        "(31\u00a0procent)."
    )


def test_the_sentence_follows_the_numbers(opened: Callable[..., Report]) -> None:
    r = opened({at("effect", "inzicht"): share(1, 13), at("effect", "hr"): share(9, 13)})

    assert r.ranked("effect", "Het vaakst noemen zij") == (
        "Het vaakst noemen zij HR-plannen (69\u00a0procent), gevolgd door nieuw beleid (31\u00a0procent) en meer inzicht "
        "(8\u00a0procent)."
    )


def test_equal_answers_are_named_together(opened: Callable[..., Report]) -> None:
    # 61.5% and 61.9% are printed alike, so neither is named first.
    r = opened({at("effect", "beleid"): share(13, 21), at("effect", "hr"): share(0, 13)})

    assert r.ranked("effect", "Vaakst:") == "Vaakst: meer inzicht en nieuw beleid (elk 62\u00a0procent)."


def test_what_nobody_chose_is_not_named(opened: Callable[..., Report]) -> None:
    r = opened({at("effect", code): share(0, 13) for code in ("inzicht", "beleid", "hr")})

    assert r.ranked("effect", "Het vaakst noemen zij") == "Geen van de antwoorden haalt 1\u00a0procent."


def test_nothing_is_ranked_when_a_number_is_hidden(opened: Callable[..., Report]) -> None:
    r = opened({at("effect", "hr"): HIDDEN})

    assert r.ranked("effect", "Het vaakst noemen zij") == (
        "De volgorde is niet te geven, omdat niet alle uitkomsten zijn gepubliceerd."
    )


def test_chosen_categories_only(r: Report) -> None:
    assert r.ranked("effect", "Van deze noemen zij het vaakst", categories=["beleid", "geen"]) == (
        "Van deze noemen zij het vaakst nieuw beleid (31\u00a0procent), gevolgd door geen effect (23\u00a0procent)."
    )


def test_statements_and_topics_from_large_to_small(r: Report) -> None:
    assert r.ranked_statements("impact", "eens", "De instemming is het grootst met") == (
        "De instemming is het grootst met ‘Er kwam meer in’ (45\u00a0procent), gevolgd door ‘Er viel minder uit’ "
        "(25\u00a0procent)."
    )
    assert r.ranked_topics(["bekend_cursus", "bekend"], "inhoud", "Het bekendst is") == (
        "Het bekendst is het onderzoek (65\u00a0procent), gevolgd door de cursus (10\u00a0procent)."
    )


def test_highest_and_lowest_group(r: Report) -> None:
    assert r.extremes("cijfer", "branche") == (
        "Het gemiddelde naar branche is met een 7,6 het hoogst bij ziekenhuizen en met een 7,2 het laagst bij geestelijke "
        "gezondheidszorg (GGZ)."
    )


def test_groups_that_print_alike_are_not_compared(r: Report) -> None:
    # 7.31 and 7.29
    assert r.extremes("cijfer", "bekend") == "Het gemiddelde naar bekendheid is in elke groep een 7,3."


def test_groups_are_named_in_the_words_of_the_questionnaire(opened: Callable[..., Report]) -> None:
    r = opened({of("bekend", "niet"): (6.0, None, 7, "A", "")})

    assert r.extremes("cijfer", "bekend") == (
        "Het gemiddelde naar bekendheid is met een 7,3 het hoogst bij respondenten die bekend zijn met de inhoud van het onderzoek en "
        "met een 6,0 het laagst bij respondenten die het onderzoek niet kennen."
    )


def test_a_group_has_a_name_of_its_own_where_the_questionnaire_gives_it_one(bundle: Path) -> None:
    file = bundle / "questionnaire.yaml"
    before, after = file.read_text(encoding="utf-8").split("questions:")
    for code, name in (("ggz", "instellingen voor de ggz"), ("inhoud", "kenners")):
        after = after.replace(f"{{code: {code}, ", f"{{code: {code}, named: {name}, ", 1)
    file.write_text(f"{before}questions:{after}", encoding="utf-8")
    r = open_report(bundle)

    assert r.extremes("cijfer", "branche") == (
        "Het gemiddelde naar branche is met een 7,6 het hoogst bij ziekenhuizen en met een 7,2 het laagst bij "
        "instellingen voor de ggz."
    )
    # The name goes before the words for who they are.
    assert r._group("bekend", "inhoud") == "kenners"


def test_hidden_groups_take_no_part(opened: Callable[..., Report]) -> None:
    one = opened({of("branche", "ggz"): HIDDEN})
    assert one.extremes("cijfer", "branche") == (
        "Het gemiddelde naar branche is alleen gepubliceerd bij ziekenhuizen: een 7,6."
    )

    none = opened({of("branche", "ggz"): HIDDEN, of("branche", "ziekenhuizen"): HIDDEN})
    assert none.extremes("cijfer", "branche") == "Per groep is het gemiddelde naar branche niet gepubliceerd."


@pytest.mark.parametrize(("agreeing", "said"), [(9, "groter dan"), (5, "even groot als"), (1, "kleiner dan")])
def test_one_statement_against_another(opened: Callable[..., Report], agreeing: int, said: str) -> None:
    # 5 of 20 agree with the other one.
    r = opened({at("impact", "eens", "instroom"): share(agreeing, 20)})

    assert r.compared("impact", "eens", "instroom", "uitval") == said


def test_a_hidden_statement_is_not_compared(opened: Callable[..., Report]) -> None:
    r = opened({at("impact", "eens", "instroom"): HIDDEN})

    assert r.compared("impact", "eens", "instroom", "uitval") == "niet te vergelijken met"


def test_a_group_in_which_nobody_answered_is_not_withheld(opened: Callable[..., Report]) -> None:
    empty = (None, None, 0, "O", "no_base")
    one = opened({of("branche", "ggz"): empty})
    assert one.extremes("cijfer", "branche") == "Het gemiddelde naar branche is bij ziekenhuizen een 7,6."

    none = opened({of("branche", "ggz"): empty, of("branche", "ziekenhuizen"): empty})
    assert none.extremes("cijfer", "branche") == "Per groep is het gemiddelde naar branche niet bekend."


def test_what_nobody_answered_is_in_no_order(opened: Callable[..., Report]) -> None:
    empty = (None, 0, 0, "O", "no_base")
    codes = ("inzicht", "beleid", "hr")
    r = opened({at("effect", code): empty for code in codes})

    assert r.ranked("effect", "Het vaakst noemen zij") == "Hierop kwam geen antwoord."
    assert r.ranging([f"effect.{code}" for code in codes], "de bekendheid") == "De bekendheid is niet bekend."
