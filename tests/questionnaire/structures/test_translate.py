"""Conditions of a tool as routings, with what a routing cannot say told."""

import pytest

from srsmeting.questionnaire.structures import ToolQuestion, ToolStructure
from srsmeting.questionnaire.structures.names import make_names
from srsmeting.questionnaire.structures.translate import Translation, translate

STRUCTURE = ToolStructure(
    "proef",
    "Proef",
    (
        ToolQuestion(
            "lid", "Lid?", "single", answers=(("A1", "Ja"), ("A2", "Nee")), has_other=True, other_label="Anders"
        ),
        ToolQuestion(
            "taak",
            "Taken?",
            "multiple",
            parts=(("SQ1", "Koffie"), ("SQ2", "Thee")),
            has_other=True,
            other_label="Iets anders",
        ),
        ToolQuestion("cijfer", "Cijfer?", "mark", answers=tuple((str(n), str(n)) for n in range(1, 6))),
        ToolQuestion(
            "stel", "Eens?", "statements", parts=(("SQ1", "Zin een"),), answers=(("1", "Eens"), ("2", "Oneens"))
        ),
        ToolQuestion("opm", "Opmerking?", "open"),
        ToolQuestion("a_b", "Met streep?", "single", answers=(("1", "Een"),)),
        ToolQuestion("later", "Later?", "single", answers=(("1", "Een"),)),
    ),
)
NAMES = make_names(STRUCTURE)
EARLIER = ["lid", "taak", "cijfer", "stel", "opm", "a_b"]


def told(text: str) -> Translation:
    return translate(text, STRUCTURE, NAMES, EARLIER)


@pytest.mark.parametrize(
    ("text", "routing"),
    [
        ('lid.NAOK == "A1"', "lid == ja"),
        ('lid.NAOK == "-oth-"', "lid == anders"),
        ("!is_empty(lid_other.NAOK)", "lid == anders"),
        ('lid == "A1" or lid == "A2"', "lid in [ja, nee]"),
        ('!is_empty(lid.NAOK) and lid.NAOK != "A1"', "lid != ja"),
        ('!is_empty(lid) and lid != "A1" and cijfer == 3 and lid != "A2"', "lid not in [ja, nee] and cijfer == 3"),
        ("!is_empty(lid.NAOK)", "lid in [ja, nee, anders]"),
        ("!is_empty(lid.NAOK) and cijfer == 1", "cijfer == 1 and lid in [ja, nee, anders]"),
        ("cijfer.NAOK >= 4", "cijfer in [4, 5]"),
        ('taak_SQ1.NAOK == "Y"', "selected(taak, koffie)"),
        ("!is_empty(taak_other)", "selected(taak, iets_anders)"),
        ('count(taak_SQ1, taak_SQ2, taak_other) > 0 and taak_SQ1 != "Y"', "not selected(taak, koffie)"),
        ("count(taak_SQ1, taak_SQ2) > 0", "selected(taak, koffie) or selected(taak, thee)"),
        ("selected(${taak}, 'SQ2')", "selected(taak, thee)"),
        ("selected(${lid}, 'A2')", "lid == nee"),
        ("${taak} != ''", "selected(taak, koffie) or selected(taak, thee) or selected(taak, iets_anders)"),
        ('stel_SQ1.NAOK == "2"', "stel.zin_een == oneens"),
        ("a_b == 1", "a_b == een"),
        ('(lid == "A1" or cijfer == 1) and stel_SQ1 == 1', "(lid == ja or cijfer == 1) and stel.zin_een == eens"),
        ("(lid == 'A1') and (cijfer == 1 and stel_SQ1 == 1)", "lid == ja and cijfer == 1 and stel.zin_een == eens"),
    ],
)
def test_what_a_routing_says_just_so(text: str, routing: str) -> None:
    assert told(text) == Translation(routing)


@pytest.mark.parametrize(
    ("text", "routing", "also_asked"),
    [
        ('lid != "A1"', "lid != ja", ("lid",)),
        ('!(lid == "A1" or taak_SQ1 == "Y")', "lid != ja and not selected(taak, koffie)", ("lid", "taak")),
        ("is_empty(taak_SQ1)", "not selected(taak, koffie)", ("taak",)),
        # The guard of one statement says nothing of another question.
        ('!is_empty(cijfer) and lid != "A1"', "lid != ja and cijfer in [1, 2, 3, 4, 5]", ("lid",)),
    ],
)
def test_where_the_tool_also_asks_who_left_something_empty(
    text: str, routing: str, also_asked: tuple[str, ...]
) -> None:
    assert told(text) == Translation(routing, also_asked=also_asked)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a + 1 > 2", "it is more than a routing can say"),
        ("weg == 1", "it names 'weg', which is no question of the survey"),
        ("taak_SQ9 == 'Y'", "it names 'taak_SQ9', which is no question of the survey"),
        ("later == 1", "it asks about 'later', which is not an earlier question of the questionnaire"),
        ("lid == 'A9'", "'lid' has no answer 'A9'"),
        ("taak_SQ1 == 'N'", "it compares a part of 'taak' with 'N'"),
        ("taak_other == 'koken'", "it compares a part of 'taak' with 'koken'"),
        ("is_empty(lid)", "it asks whether 'lid' was left empty"),
        ("count(taak_SQ1, taak_SQ2) == 0", "it asks whether 'taak' was left empty"),
        ("opm != ''", "it compares 'opm', which has no answer codes to compare with"),
        ("stel == 1", "it compares 'stel', which has no answer codes to compare with"),
        ("lid > 3", "it counts with the answers to 'lid'"),
        ("cijfer > 5", "no answer to 'cijfer' is > 5"),
        (" or ".join(["(" * 39 + "lid == 'A1'" + ")" * 39] * 2 + ["later == 1"]), "it asks about 'later', which is not an earlier question of the questionnaire"),
    ],
)  # fmt: skip
def test_why_there_is_no_routing(text: str, reason: str) -> None:
    assert told(text) == Translation(reason=reason)
