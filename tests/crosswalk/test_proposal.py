"""What is certain is filled in, what is not is a question; nothing is guessed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from srsmeting.crosswalk import propose_crosswalk, read_crosswalk
from srsmeting.errors import CrosswalkError
from srsmeting.questionnaire import load_questionnaire

Make = Callable[..., Any]

NEW = "  - {id: nieuw, kind: number, title: Nieuw, text: Hoeveel nieuw, pijler: basis, fase: algemeen}\n  - {id: fte"


def test_a_questionnaire_that_did_not_change_leaves_nothing_to_decide(draft: Make) -> None:
    # 8 questions, 2 statements, 3 + 3 + 4 + 3 + 2 answers, 2 sums, 2 themes, 1 grouping with 1 group of its own.
    # The year in the text of the mark moved along: that is no change.
    assert len(draft().rows) == 31
    assert draft().told == []
    assert draft().read().set_apart().empty


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param(
            ("Kent u het", "Bent u bekend met het"),
            [
                "bekend -> bekend: wording_changed, ? (? the text differs: can the answers be compared all the same, and why)",
                # Who is asked of an effect, is who said to know the content.
                "effect -> effect: same, ? (? who is asked follows from 'bekend', which is not certain: decide that first)",
            ],
            id="text",
        ),
        pytest.param(
            ("over 2022", "over 2021"),
            ["cijfer -> cijfer: same, ? (? both texts name 2021: is that meant)"],
            id="a year that was left standing",
        ),
        pytest.param(
            ("bekend == inhoud", "bekend in [inhoud, gehoord]"),
            [
                "effect -> effect: base_changed, ? (? asked of 'bekend == inhoud' first, and of 'bekend in [inhoud, gehoord]' "
                "now: can the answers be compared all the same, and why)"
            ],
            id="routing",
        ),
        pytest.param(
            ("    asked_if: bekend == inhoud\n", ""),
            [
                "effect -> effect: base_changed, ? (? asked of 'bekend == inhoud' first, and of everyone now: "
                "can the answers be compared all the same, and why)"
            ],
            id="no routing any more",
        ),
        pytest.param(
            ("label: Van gehoord", "label: Weleens iets van gezien"),
            [
                "bekend/gehoord -> bekend/gehoord: ?, ? (? the label differs: 'renamed' where it means the same, else "
                "'wording_changed')",
                "bekend/samen -> bekend/samen: same, ? (? is made of 'gehoord' of 'bekend', which is not certain: decide "
                "that first)",
            ],
            id="label of an answer in a sum",
        ),
        pytest.param(
            ("outside_base: [dont_know]", "outside_base: []"),
            [
                "bekend -> bekend: base_changed, ? (? answer 'weet_niet' did not count in the base first, and counts now: "
                "can the answers be compared all the same, and why)",
                "effect -> effect: same, ? (? who is asked follows from 'bekend', which is not certain: decide that first)",
            ],
            id="outside the base",
        ),
        pytest.param(
            (
                "{code: eens, label: Eens}, {code: oneens, label: Oneens}",
                "{code: oneens, label: Oneens}, {code: eens, label: Eens}",
            ),
            ["impact -> impact: same, ? (? the answers stand in another order: can they be compared)"],
            id="order",
        ),
        pytest.param(
            ("[1, 10]", "[0, 10]"),
            [
                "cijfer -> cijfer: wording_changed, ? (? marks were 1 to 10, are 0 to 10: 'break' or 'no', with the reason)"
            ],
            id="range of marks",
        ),
        pytest.param(
            ("id: fte, kind: number", "id: fte, kind: open"),
            [
                "fte -> fte: wording_changed, ? (? was of kind 'number', is of kind 'open': 'break' or 'no', with the reason)"
            ],
            id="kind",
        ),
        pytest.param(
            ("label: Noord}", "label: Noord-Nederland}"),
            [
                "wgo/noord -> wgo/noord: ?, ? (? the label differs: 'renamed' where it means the same, else 'wording_changed')"
            ],
            id="label of an answer",
        ),
        # An answer with another code and the very same label is the same answer.
        pytest.param(("code: zuid", "code: zuidelijk"), ["wgo/zuid -> wgo/zuidelijk: renamed, yes"], id="code"),
        pytest.param(
            ("label: Beleid}", "label: Beleid}, {code: scholing, label: Scholing}"),
            [
                "effect -> effect: same, ? (? answers were added or left out ('scholing'): can the others be compared, and why)",
                "-> effect/scholing: ?, ? (? new or split off from another)",
            ],
            id="one more answer",
        ),
        pytest.param(
            (", {code: oost, label: Oost}", ""),
            [
                "wgo -> wgo: same, ? (? answers were added or left out ('oost'): can the others be compared, and why)",
                "wgo/oost -> : ?, ? (? dropped or merged with another)",
            ],
            id="one answer less",
        ),
        pytest.param(
            ("{code: zuid, label: Zuid}, {code: oost, label: Oost}", "{code: zuidoost, label: Zuidoost}"),
            [
                "wgo -> wgo: same, ? (? answers were added or left out ('zuidoost', 'zuid', 'oost'): "
                "can the others be compared, and why)",
                "-> wgo/zuidoost: ?, ? (? new, renamed or split off from another; without a row in the earlier year: 'zuid', 'oost', "
                # Four letters in common of four and eight: 2 x 4 / 12.
                "of which 'zuid' has a text that is 66 % alike)",
                "wgo/zuid -> : ?, ? (? dropped, renamed or merged with another; without a row in the later year: 'zuidoost', "
                "of which 'zuidoost' has a text that is 66 % alike)",
                "wgo/oost -> : ?, ? (? dropped, renamed or merged with another; without a row in the later year: 'zuidoost')",
            ],
            id="two answers in place of one",
        ),
        # Nothing of the earlier year is left that it could be.
        pytest.param(("  - {id: fte", NEW), ["-> nieuw: new, no"], id="one more question"),
        pytest.param(
            ("id: fte", "id: omvang"),
            ["fte -> omvang: renamed, ? (? has the text of 'fte': is it the same under another name)"],
            id="a question under another name",
        ),
        pytest.param(
            (
                'id: fte, kind: number, title: Omvang, text: "Hoeveel fte?"',
                'id: banen, kind: number, title: Omvang, text: "Hoeveel banen?"',
            ),
            [
                "-> banen: ?, ? (? new or renamed; without a row in the earlier year: 'fte', of which 'fte' has a text that is 76 % alike)",
                "fte -> : ?, ? (? dropped or renamed; without a row in the later year: 'banen', of which 'banen' has a text that is 76 % alike)",
            ],
            id="a question in place of another",
        ),
        pytest.param(
            ("label: Het is beter}", "label: Het is beter}, {id: sneller, label: Het gaat sneller}"),
            ["-> impact.sneller: new, no"],
            id="one more statement",
        ),
        pytest.param(
            ("id: beter, label: Het is beter", "id: sneller, label: Snel"),
            [
                "-> impact.sneller: ?, ? (? new or renamed; without a row in the earlier year: 'beter')",
                "impact.beter -> : ?, ? (? dropped or renamed; without a row in the later year: 'sneller')",
            ],
            id="a statement in place of another",
        ),
        # It has its old name, and is something else.
        pytest.param(
            ("of: [inhoud, gehoord]}", "of: [inhoud, gehoord, niet]}"),
            ["bekend/samen -> : dropped, no", "-> bekend/samen: new, no"],
            id="sum of other answers",
        ),
        pytest.param(
            ("of: [8, 9, 10]", "of: [9, 10]"),
            ["cijfer/hoog -> : dropped, no", "-> cijfer/hoog: new, no"],
            id="sum of other marks",
        ),
        pytest.param(
            ("of: [ggz, jeugd]}", "of: [ggz, vvt]}"),
            ["branche_grof/rest -> : dropped, no", "-> branche_grof/rest: new, no"],
            id="group of other answers",
        ),
        pytest.param(
            ("label: Ooit gehoord", "label: Ooit van gehoord"),
            [
                "bekend/samen -> bekend/samen: ?, ? (? the label differs: 'renamed' where it means the same, else 'dropped' and 'new')"
            ],
            id="label of a sum",
        ),
        pytest.param(
            ("Wie er werkt.", "Wie er al werkt."),
            [
                "idee/behoud -> idee/behoud: ?, ? (? the definition differs: 'renamed' where it means the same, else 'wording_changed')"
            ],
            id="definition of a theme",
        ),
    ],
)
def test_what_is_not_certain_is_asked(draft: Make, change: tuple[str, str], told: list[str]) -> None:
    assert draft(change).told == told


def test_a_changed_base_goes_before_a_changed_wording(draft: Make) -> None:
    changes = [("bekend == inhoud", "bekend in [inhoud, gehoord]"), ("Wat veranderde er?", "Wat is er veranderd?")]

    assert draft(*changes).told == [
        "effect -> effect: base_changed, ? (? the text differs: can the answers be compared all the same, and why; "
        "asked of 'bekend == inhoud' first, and of 'bekend in [inhoud, gehoord]' now: can the answers be compared all the same, and why)"
    ]


def test_a_routing_in_other_names_is_the_same_routing(draft: Make) -> None:
    changes = [
        ("code: inhoud", "code: kent_inhoud"),
        ("of: [inhoud", "of: [kent_inhoud"),
        ("== inhoud", "== kent_inhoud"),
    ]

    assert draft(*changes).told == ["bekend/inhoud -> bekend/kent_inhoud: renamed, yes"]


def test_a_routing_over_several_answers_has_no_order(questionnaire: Make) -> None:
    years = [
        questionnaire(("bekend == inhoud", f"bekend in [{codes}] and wgo != noord"), meting=meting)
        for meting, codes in (("mini-2021", "inhoud, gehoord"), ("mini-2022", "gehoord, inhoud"))
    ]

    assert propose_crosswalk(*years).open == ()


def test_years_that_go_no_way_are_refused(questionnaire: Make) -> None:
    earlier, later = questionnaire(meting="mini-2021"), questionnaire(meting="mini-2022")
    with pytest.raises(CrosswalkError) as caught:
        propose_crosswalk(later, earlier)
    assert str(caught.value) == (
        "'mini-2022' and 'mini-2021': the years are in the wrong order. Name the earlier measurement first."
    )
    with pytest.raises(CrosswalkError) as caught:
        propose_crosswalk(earlier, earlier)
    assert str(caught.value) == (
        "'mini-2021' and 'mini-2021': both measurements have the same id. Give every year its own 'meting'."
    )


def test_a_text_that_could_run_as_a_formula_does_not(questionnaire: Make, tmp_path: Path) -> None:
    years = [questionnaire(("label: Noord}", 'label: "=1+1"}'), meting=meting) for meting in ("mini-2021", "mini-2022")]
    proposal = propose_crosswalk(*years)
    file = tmp_path / "crosswalk.csv"
    file.write_text(proposal.text, encoding="utf-8")

    assert "mini-2021,wgo,noord,'=1+1,mini-2022,wgo,noord,'=1+1,same,yes,\n" in proposal.text
    assert read_crosswalk(file, *years).rows["val_label_orig"].tolist()[1] == "=1+1"


def test_the_bundled_questionnaire_a_year_later_leaves_nothing_to_decide(tmp_path: Path) -> None:
    text = Path("questionnaires/srs_2021.yaml").read_text(encoding="utf-8")
    later = tmp_path / "srs_2022.yaml"
    later.write_text(text.replace("srs-2021", "srs-2022").replace("in 2021", "in 2022"), encoding="utf-8")

    proposal = propose_crosswalk(load_questionnaire("questionnaires/srs_2021.yaml"), load_questionnaire(later))

    assert proposal.open == ()
    assert {(row.kind, row.comparable) for row in proposal.rows} == {("same", "yes")}
