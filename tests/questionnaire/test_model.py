"""What a questionnaire can be asked."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pydantic
import pytest

from srsmeting.errors import QuestionnaireError, UnknownNameError
from srsmeting.questionnaire import Group, Questionnaire, load_questionnaire


def test_a_scale_is_filled_in(small: Questionnaire) -> None:
    krant = small.question("krant")
    assert krant.codes == ("inhoud", "gehoord", "onbekend")
    assert krant.labels == {"inhoud": "Ken ik", "gehoord": "Gehoord", "onbekend": "Onbekend", "samen": "Samen"}
    assert krant.category("gehoord").export == "A2"
    assert [(total.code, total.of) for total in krant.sums] == [("samen", ("inhoud", "gehoord"))]


def test_the_categories_of_a_mark_are_its_whole_numbers(small: Questionnaire) -> None:
    cijfer = small.question("cijfer")
    assert cijfer.codes == ("1", "2", "3", "4", "5", "6", "7", "8", "9", "10")
    assert [(c.code, c.export, c.label, c.kind) for c in cijfer.categories][9] == ("10", "10", "10", "valid")
    assert [(total.code, total.of) for total in cijfer.sums] == [("hoog", ("9", "10"))]


def test_exports_default_to_our_own_names(small: Questionnaire) -> None:
    assert small.question("krant").export == "krant"
    assert small.question("effect").category("meer").export == "meer"
    assert small.question("inzet").item("lezen").export == "lezen"


def test_the_denominator_is_a_property_of_the_question(small: Questionnaire) -> None:
    inzet = small.question("inzet")
    assert [inzet.in_base(code) for code in inzet.codes] == [True, True, False]
    assert small.question("effect").in_base("niets")


def test_a_single_question_breaks_down_in_its_categories(small: Questionnaire) -> None:
    regio = small.breakdown("regio")
    assert (regio.id, regio.question, regio.label) == ("regio", "regio", "Regio")
    assert regio.groups == (
        Group(code="noord", label="Noord", of=("noord",)),
        Group(code="oost", label="Oost", of=("oost",)),
        Group(code="zuid", label="Zuid", of=("zuid",)),
    )


def test_a_grouping_merges_some_and_leaves_the_others_in_their_place(small: Questionnaire) -> None:
    grof = small.breakdown("regio_grof")
    assert (grof.id, grof.question, grof.label) == ("regio_grof", "regio", "Regio")
    assert grof.groups == (
        Group(code="noord", label="Noord", of=("noord",)),
        Group(code="rest", label="Rest", of=("oost", "zuid")),
    )
    assert grof.labels == {"noord": "Noord", "rest": "Rest"}


def test_the_breakdowns_are_the_single_questions_and_the_groupings(small: Questionnaire) -> None:
    assert small.breakdowns == ("regio", "krant", "regio_grof")


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (
            lambda q: q.question("kran"),
            "questionnaire 'proef': no question 'kran'. Did you mean 'krant'? "
            "Known: 'regio', 'cijfer', 'krant', 'effect', 'inzet', 'lezers', 'wens'.",
        ),
        (
            lambda q: q.breakdown("effect"),
            "questionnaire 'proef': no breakdown 'effect'. Known: 'regio', 'krant', 'regio_grof'.",
        ),
        (lambda q: q.pijler("bas"), "questionnaire 'proef': no pijler 'bas'. Did you mean 'basis'? Known: 'basis'."),
        (
            lambda q: q.routing("wens2"),
            "questionnaire 'proef': no question 'wens2'. Did you mean 'wens'? "
            "Known: 'regio', 'cijfer', 'krant', 'effect', 'inzet', 'lezers', 'wens'.",
        ),
        (
            lambda q: q.question("krant").category("samen"),
            "question 'krant': no category 'samen'. Known: 'inhoud', 'gehoord', 'onbekend'.",
        ),
        (lambda q: q.question("krant").item("x"), "question 'krant': no item 'x'. Known: none."),
        (
            lambda q: q.question("krant").in_base("x"),
            "question 'krant': no category 'x'. Known: 'inhoud', 'gehoord', 'onbekend'.",
        ),
        (
            lambda q: q.breakdown("regio_grof").group("oost"),
            "breakdown 'regio_grof': no group 'oost'. Known: 'noord', 'rest'.",
        ),
    ],
)
def test_an_unknown_name_is_an_error(ask: object, message: str, small: Questionnaire) -> None:
    with pytest.raises(UnknownNameError) as caught:
        ask(small)  # type: ignore[operator]
    assert str(caught.value) == message


def test_a_condition_is_checked_against_the_questionnaire(small: Questionnaire) -> None:
    assert str(small.condition("krant == inhoud")) == "krant == inhoud"
    with pytest.raises(QuestionnaireError) as caught:
        small.condition("krant == inhout or regioo == oost")
    assert str(caught.value) == (
        "condition 'krant == inhout or regioo == oost': question 'krant' has no category 'inhout'. "
        "Did you mean 'inhoud'? Known: 'inhoud', 'gehoord', 'onbekend'.\n"
        "condition 'krant == inhout or regioo == oost': no question 'regioo'. Did you mean 'regio'? "
        "Known: 'regio', 'cijfer', 'krant', 'effect', 'inzet', 'lezers', 'wens'."
    )


def test_routings_are_parsed(small: Questionnaire) -> None:
    assert small.routing("regio") is None
    assert str(small.routing("wens")) == "selected(effect, meer) or inzet.lezen == ja"


def test_nothing_can_be_changed(small: Questionnaire) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        small.title = "X"  # type: ignore[misc]
    with pytest.raises(pydantic.ValidationError):
        small.question("krant").title = "X"
    with pytest.raises(pydantic.ValidationError):
        small.question("krant").category("inhoud").label = "X"


def test_an_open_question_can_have_a_codebook(small_file: Callable[..., Path]) -> None:
    themes = (
        "themes: [{code: tijd, label: Meer tijd, examples: [uren]}, {code: geld, label: Geld}]\n    min_mentions: 7"
    )
    wens = load_questionnaire(small_file(("text: Wat wenst u?", f"text: Wat wenst u?\n    {themes}"))).question("wens")

    assert [(theme.code, theme.label, theme.definition, theme.examples) for theme in wens.themes] == [
        ("tijd", "Meer tijd", "", ("uren",)),
        ("geld", "Geld", "", ()),
    ]
    assert (wens.min_mentions, wens.theme("geld").label) == (7, "Geld")
    with pytest.raises(UnknownNameError) as caught:
        wens.theme("gelt")
    assert str(caught.value) == "question 'wens': no theme 'gelt'. Did you mean 'geld'? Known: 'tijd', 'geld'."


def test_a_theme_is_published_from_four_mentions_on(small: Questionnaire) -> None:
    assert small.question("wens").min_mentions == 4
