"""From the first year to the last by way of those between: links compose, a break stays a break."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from srsmeting.crosswalk import Crosswalk, chain, compose, harmonise
from srsmeting.errors import CrosswalkError

Make = Callable[..., Any]

WGO = "{code: zuid, label: Zuid}, {code: oost, label: Oost}"
MERGED = "{code: zuidoost, label: Zuidoost}"
REWORDED = ("Kent u het", "Bent u bekend met het")


def step(draft: Make, questionnaire: Make, before: list[tuple[str, str]], now: list[tuple[str, str]]) -> Any:
    """Draft the crosswalk from 2022, with some changes, to 2023, with others."""
    return draft(*now, meting="mini-2023", earlier=questionnaire(*before, meting="mini-2022"))


def merge(work: Any) -> Any:
    work.decide("wgo -> wgo: same, yes").without("wgo/zuid", "wgo/oost", "-> wgo/zuidoost")
    return work.add("wgo/zuid -> wgo/zuidoost: merged, yes", "wgo/oost -> wgo/zuidoost: merged, yes")


def told(crosswalk: Crosswalk) -> list[tuple[str, ...]]:
    """Tell all rows that do not say the same and yes, without labels."""
    frame = crosswalk.rows
    changed = frame[(frame["kind"] != "same") | (frame["comparable"] != "yes")]
    columns = ["var_name_orig", "val_code_orig", "var_name_target", "val_code_target", "kind", "comparable", "reason"]
    return [tuple(row) for row in changed[columns].to_numpy().tolist()]


def test_two_years_without_change_are_one_without_change(draft: Make, questionnaire: Make) -> None:
    both = compose(draft().read(), step(draft, questionnaire, [], []).read())

    assert (both.earlier.meting, both.later.meting) == ("mini-2021", "mini-2023")
    assert len(both.entries) == 31
    assert told(both) == []
    assert set(both.rows["meting_orig"]) == {"mini-2021"}
    assert set(both.rows["meting_target"]) == {"mini-2023"}


def test_a_merge_and_a_new_name_after_it_are_a_merge_under_the_last_name(
    draft: Make, questionnaire: Make, responses: Make
) -> None:
    first = merge(draft((WGO, MERGED))).read()
    renamed = MERGED.replace("code: zuidoost", "code: zo")
    second = step(draft, questionnaire, [(WGO, MERGED)], [(WGO, renamed)]).read()

    both = compose(first, second)

    assert told(both) == [
        ("wgo", "zuid", "wgo", "zo", "merged", "yes", ""),
        ("wgo", "oost", "wgo", "zo", "merged", "yes", ""),
    ]
    before = harmonise(responses(both.earlier, wgo=["noord", "zuid", "oost"]), both)
    assert before.codes("wgo").tolist() == [0, 1, 1]


def test_what_was_merged_and_split_otherwise_is_compared_as_one_block(
    draft: Make, questionnaire: Make, responses: Make
) -> None:
    parts = "{code: zuidwest, label: Zuidwest}, {code: limburg, label: Limburg}"
    first = merge(draft((WGO, MERGED))).read()
    second = (
        step(draft, questionnaire, [(WGO, MERGED)], [(WGO, parts)])
        .decide("wgo -> wgo: same, yes")
        .without("wgo/zuidoost", "-> wgo/zuidwest", "-> wgo/limburg")
        .add("wgo/zuidoost -> wgo/zuidwest: split, yes", "wgo/zuidoost -> wgo/limburg: split, yes")
        .read()
    )

    both = compose(first, second)
    years = [
        harmonise(responses(both.earlier, wgo=["noord", "zuid", "oost"]), both),
        harmonise(responses(both.later, wgo=["noord", "limburg", "zuidwest", "limburg"]), both),
    ]

    # Nobody knows of which of the two earlier ones Limburg was part: only all of it can be compared.
    assert [pair.orig for pair in both.groups("wgo")] == [("noord",), ("zuid", "oost")]
    assert years[0].questionnaire.breakdown("wgo").labels == {
        "noord": "Noord",
        "zuidwest_limburg": "Zuidwest en Limburg",
    }
    assert [year.codes("wgo").tolist() for year in years] == [[0, 1, 1], [0, 1, 1, 1]]


def test_a_break_stays_a_break_also_where_the_old_wording_came_back(draft: Make, questionnaire: Make) -> None:
    first = (
        draft(REWORDED)
        .decide(
            "bekend -> bekend: wording_changed, break (Anders gesteld.)",
            "effect -> effect: base_changed, break (Ander filter.)",
        )
        .read()
    )
    second = (
        step(draft, questionnaire, [REWORDED], [])
        .decide(
            "bekend -> bekend: wording_changed, break (Weer als in 2021.)",
            "effect -> effect: base_changed, no (Ander filter.)",
        )
        .read()
    )

    both = compose(first, second)

    assert both.verdict("bekend", "inhoud") == ("break", "Anders gesteld. Weer als in 2021.")
    assert both.verdict("effect") == ("no", "Ander filter.")


def test_a_break_in_the_first_step_only_is_one_over_both(draft: Make, questionnaire: Make) -> None:
    decided = (
        "bekend -> bekend: wording_changed, break (Anders gesteld.)",
        "effect -> effect: base_changed, break (Ander filter.)",
    )
    first = draft(REWORDED).decide(*decided).read()
    second = step(draft, questionnaire, [REWORDED], [REWORDED]).read()

    assert second.verdict("bekend") == ("yes", "")
    assert chain([first, second]).verdict("bekend") == ("break", "Anders gesteld.")
    assert chain([second]) is second


def test_what_was_away_for_a_year_is_dropped_and_new(draft: Make, questionnaire: Make) -> None:
    change = (
        "{code: eens, label: Eens}, {code: oneens, label: Oneens}",
        "{code: eens, label: Eens}, {code: soms, label: Soms}",
    )
    first = draft(change).decide(
        "impact -> impact: same, yes (Blijkt uit een proef.)",
        "impact/oneens -> : dropped, no",
        "-> impact/soms: new, no",
    )
    second = step(draft, questionnaire, [change], []).decide(
        "impact -> impact: same, yes (Blijkt uit een proef.)",
        "impact/soms -> : dropped, no",
        "-> impact/oneens: new, no",
    )

    both = compose(first.read(), second.read())

    assert told(both) == [
        ("impact", "oneens", "", "", "dropped", "no", ""),
        ("", "", "impact", "oneens", "new", "no", ""),
    ]
    assert both.verdict("impact", "eens", "meer") == ("yes", "Blijkt uit een proef.")


def test_a_question_that_came_and_went_is_in_no_row(draft: Make, questionnaire: Make) -> None:
    change = (
        "  - {id: fte",
        "  - {id: nieuw, kind: number, title: N, text: N, pijler: basis, fase: algemeen}\n  - {id: fte",
    )

    both = compose(draft(change).read(), step(draft, questionnaire, [change], []).read())

    assert told(both) == []


def test_a_whole_of_which_a_part_went_is_not_compared_with_the_rest(draft: Make, questionnaire: Make) -> None:
    split = ("{code: zuid, label: Zuid}", "{code: zuid, label: Zuid}, {code: west, label: West}")
    first = (
        draft(split)
        .decide("wgo -> wgo: same, yes")
        .without("wgo/zuid", "-> wgo/west")
        .add("wgo/zuid -> wgo/zuid: split, yes", "wgo/zuid -> wgo/west: split, yes")
    )
    second = step(draft, questionnaire, [split], []).decide(
        "wgo -> wgo: same, yes (West doet niet meer mee.)", "wgo/west -> : dropped, no"
    )

    both = compose(first.read(), second.read())

    # South of 2023 is only the part that was left of South of 2021.
    assert told(both) == [
        (
            "wgo",
            "zuid",
            "wgo",
            "zuid",
            "same",
            "no",
            "Een deel van deze antwoorden is tussentijds vervallen of toegevoegd.",
        )
    ]


def test_what_was_split_and_merged_again_is_the_same_as_it_was(draft: Make, questionnaire: Make) -> None:
    split = ("{code: zuid, label: Zuid}", "{code: zuid, label: Zuid}, {code: west, label: West}")
    first = (
        draft(split)
        .decide("wgo -> wgo: same, yes")
        .without("wgo/zuid", "-> wgo/west")
        .add("wgo/zuid -> wgo/zuid: split, yes", "wgo/zuid -> wgo/west: split, yes")
    )
    second = (
        step(draft, questionnaire, [split], [])
        .decide("wgo -> wgo: same, yes")
        .without("wgo/zuid", "wgo/west")
        .add("wgo/zuid -> wgo/zuid: merged, yes", "wgo/west -> wgo/zuid: merged, yes")
    )

    both = compose(first.read(), second.read())

    assert told(both) == []
    assert both.category("wgo", "zuid") == ("zuid",)


def test_crosswalks_that_do_not_follow_each_other_are_refused(draft: Make, questionnaire: Make, tmp_path: Path) -> None:
    first = draft().read()
    second = step(draft, questionnaire, [REWORDED], [REWORDED]).read()

    with pytest.raises(CrosswalkError) as caught:
        compose(first, second)
    assert str(caught.value) == (
        "from 'mini-2021' to 'mini-2022' and from 'mini-2022' to 'mini-2023': the second crosswalk does not begin with the "
        "questionnaire of the first. Name the crosswalks in the order of the years."
    )
    with pytest.raises(CrosswalkError) as caught:
        chain([])
    assert str(caught.value) == "there is no crosswalk between these years. Name one for each step."
