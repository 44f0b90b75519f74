"""What changed and is compared all the same: told with what it was, and why."""

from collections.abc import Callable
from dataclasses import astuple
from typing import Any

from srsmeting.crosswalk import Crosswalk, chain
from srsmeting.crosswalk.noting import noted_changes


def told(*onward: Crosswalk) -> list[tuple[Any, ...]]:
    """Return what is noted, without what is empty."""
    return [tuple(part for part in astuple(one) if part not in ("", ())) for one in noted_changes(onward)]


def test_what_stayed_as_it_was_is_not_noted(draft: Callable[..., Any]) -> None:
    assert told(draft().read()) == []


def test_a_wording_that_is_comparable_is_noted_with_its_reason(draft: Callable[..., Any]) -> None:
    made = draft(("Kent u het onderzoek?", "Bent u met het onderzoek bekend?"))
    decided = "bekend -> bekend: wording_changed, {} (Anders gezegd.)"

    assert told(made.decide(decided.format("yes"), "effect -> effect: same, yes").read()) == [
        ("mini-2021", "mini-2022", "question", "bekend", "wording_changed", "Anders gezegd.")
    ]
    # What may not be compared is told of elsewhere.
    broken = made.decide(decided.format("break"), "effect -> effect: same, break (Aan anderen gevraagd.)")
    assert told(broken.read()) == []


def test_what_was_merged_and_split_is_noted_with_what_it_was(draft: Callable[..., Any]) -> None:
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
        "wgo/oost -> wgo/zuidoost: merged, yes",
        "branche/vvt -> branche/thuis: split, yes (Sinds dit jaar apart.)",
    )

    years = ("mini-2021", "mini-2022")
    assert told(made.read()) == [
        (*years, "question", "wgo", "same", "De regio’s zijn samengegaan."),
        (*years, "answer", "wgo", "zuidoost", "merged", ("Zuid", "Oost")),
        (*years, "question", "branche", "same", "Een branche is gesplitst."),
        (*years, "answer", "branche", "vv", "split", ("VVT",), "Sinds dit jaar apart."),
        (*years, "answer", "branche", "thuis", "split", ("VVT",), "Sinds dit jaar apart."),
    ]


def test_over_several_years_each_change_is_told_of_the_years_that_it_is_between(
    draft: Callable[..., Any], questionnaire: Callable[..., Any]
) -> None:
    changed = ("Kent u het onderzoek?", "Bent u met het onderzoek bekend?")
    again = ("Kent u het onderzoek?", "Bent u bekend met het onderzoek?")
    first = draft(changed)
    first.decide("bekend -> bekend: wording_changed, yes (Anders gezegd.)", "effect -> effect: same, yes")
    one = first.read()
    second = draft(again, meting="mini-2023", earlier=questionnaire(changed))
    second.decide("bekend -> bekend: wording_changed, yes (Korter gezegd.)", "effect -> effect: same, yes")
    two = second.read()

    assert told(chain([one, two]), two) == [
        ("mini-2021", "mini-2022", "question", "bekend", "wording_changed", "Anders gezegd."),
        ("mini-2022", "mini-2023", "question", "bekend", "wording_changed", "Korter gezegd."),
    ]
