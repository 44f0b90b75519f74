"""Names that the last questionnaire does not have any more: what became of them, and since when."""

from collections.abc import Callable
from dataclasses import astuple
from typing import Any

from srsmeting.crosswalk import Crosswalk, chain
from srsmeting.crosswalk.gone import gone_names


def told(*onward: Crosswalk) -> list[tuple[Any, ...]]:
    return [astuple(gone) for gone in gone_names(onward)]


def test_nothing_is_gone_from_a_questionnaire_that_stayed_as_it_was(draft: Callable[..., Any]) -> None:
    assert told(draft().read()) == []
    assert told() == []


def test_a_dropped_question_is_told_once_and_not_its_answers(draft: Callable[..., Any]) -> None:
    begin, end = "  - id: impact\n", "  - {id: fte,"
    text = "".join(
        str(part) for part in (begin, "    kind: statements\n    title: Impact\n    text: Bent u het eens?\n")
    )
    text += "    pijler: basis\n    fase: impact\n"
    text += "    categories: [{code: eens, label: Eens}, {code: oneens, label: Oneens}]\n"
    text += "    items: [{id: meer, label: Er is meer}, {id: beter, label: Het is beter}]\n"
    made = draft((text + end, end))
    for name in ("impact", "impact.meer", "impact.beter", "impact/eens", "impact/oneens"):
        made.rows = [row for row in made.rows if (f"{row[0]}/{row[1]}" if row[1] else row[0]) != name]
    made.add("impact -> : dropped, no (De vraag is vervallen.)")

    assert told(made.read()) == [("question", "impact", "", "mini-2021", "mini-2022", (), False)]


def test_what_has_another_name_is_told_with_it(draft: Callable[..., Any]) -> None:
    made = draft(("{code: gehoord, label: Van gehoord}", "{code: ooit, label: Van gehoord}"), ("gehoord]}]", "ooit]}]"))
    made.decide("bekend/gehoord -> bekend/ooit: renamed, yes")
    assert ("answer", "gehoord", "bekend", "mini-2021", "mini-2022", ("ooit",), False) in told(made.read())


def test_answers_that_merged_and_split(draft: Callable[..., Any]) -> None:
    made = draft(
        ("{code: zuid, label: Zuid}, {code: oost, label: Oost}", "{code: zuidoost, label: Zuidoost}"),
        ("{code: vvt, label: VVT}", "{code: vv, label: Verpleging}, {code: thuis, label: Thuiszorg}"),
    )
    made.without("wgo/oost", "-> branche/thuis").decide(
        "wgo -> wgo: same, yes (De regio’s zijn samengegaan.)",
        "wgo/zuid -> wgo/zuidoost: merged, yes",
        "branche -> branche: same, yes (Een branche is gesplitst.)",
        "branche/vvt -> branche/vv: split, yes (Sinds dit jaar apart.)",
    )
    made.add(
        "wgo/oost -> wgo/zuidoost: merged, yes", "branche/vvt -> branche/thuis: split, yes (Sinds dit jaar apart.)"
    )

    years = ("mini-2021", "mini-2022")
    assert told(made.read()) == [
        ("answer", "zuid", "wgo", *years, ("zuidoost",), True),
        ("answer", "oost", "wgo", *years, ("zuidoost",), True),
        ("answer", "vvt", "branche", *years, ("vv", "thuis"), False),
    ]


def test_over_several_years_the_year_is_the_one_that_it_went_in(
    draft: Callable[..., Any], questionnaire: Callable[..., Any]
) -> None:
    merged = ("{code: zuid, label: Zuid}, {code: oost, label: Oost}", "{code: zuidoost, label: Zuidoost}")
    first = draft(merged)
    first.without("wgo/oost").decide("wgo -> wgo: same, yes (Samen.)", "wgo/zuid -> wgo/zuidoost: merged, yes")
    one = first.add("wgo/oost -> wgo/zuidoost: merged, yes").read()
    two = draft(merged, meting="mini-2023", earlier=questionnaire(merged)).read()

    assert [gone[:5] for gone in told(chain([one, two]), two)] == [
        ("answer", "zuid", "wgo", "mini-2021", "mini-2022"),
        ("answer", "oost", "wgo", "mini-2021", "mini-2022"),
    ]
