"""The audit of several years: leaks that are planted between two of them are found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import pytest

from srsmeting.crosswalk import Crosswalk, common_ground
from srsmeting.crosswalk.rows import Key, Row
from srsmeting.disclosure import PublishedYear, audit_years
from srsmeting.estimates import estimate_frame
from srsmeting.estimation import PublicationRules
from srsmeting.estimation.change.panel import paired_interval
from srsmeting.questionnaire import Questionnaire, parse_questionnaire

#: Per region how many said yes, of how many. In 2021 b is too small, and c is hidden beside it.
FIRST = {"a": (12, 20), "b": (3, 8), "c": (5, 12), "d": (15, 30)}
SECOND = {"a": (12, 21), "b": (5, 11), "c": (6, 13), "d": (16, 31)}
MERGED = {"ab": (17, 32), "c": (6, 13), "d": (16, 31)}


def asked(meting: str, *regions: str, groupings: Sequence[Mapping[str, Any]] = ()) -> Questionnaire:
    def single(name: str, *codes: str) -> dict[str, Any]:
        return {"id": name, "kind": "single", "title": name, "text": "?", "pijler": "basis", "fase": "bereik",
                "categories": [{"code": code, "label": code} for code in codes]}  # fmt: skip

    return parse_questionnaire(
        {
            "meting": meting,
            "title": "Meting",
            "respondents": "respondenten",
            "pijlers": [{"id": "basis", "label": "Basis"}],
            "questions": [single("regio", *regions), single("lid", "ja", "nee")],
            "groupings": list(groupings),
        }
    )


def published(
    questionnaire: Questionnaire,
    counts: Mapping[str, tuple[int, int]],
    *hidden: str,
    by: str = "regio",
    sizes: Mapping[str, tuple[int, int]] | None = None,
) -> PublishedYear:
    """Return a year as it was published: everyone, and by region; and how many are in each region."""
    yes, everyone = (sum(values) for values in zip(*counts.values(), strict=True))
    meting = questionnaire.meting
    rows = [("", yes, everyone), *((group, *values) for group, values in counts.items())]
    lid = estimate_frame(
        {
            "meting": meting,
            "question": "lid",
            "category": ["ja", "nee"] * len(rows),
            "by": [by if group else "" for group, _, _ in rows for _ in "jn"],
            "group": [group for group, _, _ in rows for _ in "jn"],
            "measure": "share",
            "numerator": [number for _, ja, n in rows for number in (ja, n - ja)],
            "denominator": [n for _, _, n in rows for _ in "jn"],
        }
    )
    gone = lid["group"].isin(hidden)
    lid.loc[gone, ["numerator", "denominator"]] = pd.NA
    lid.loc[gone, ["status", "reason"]] = ["Q", "small_base"]
    given = sizes or counts
    regio = estimate_frame(
        {
            "meting": meting,
            "question": "regio",
            "category": list(given),
            "measure": "share",
            "numerator": [size for _, size in given.values()],
            "denominator": everyone,
        }
    )
    response = estimate_frame({"meting": meting, "measure": "response_rate", "numerator": everyone, "denominator": 900})
    return PublishedYear(
        pd.concat([response, regio, lid], ignore_index=True),
        questionnaire,
        PublicationRules.linked(questionnaire, ["regio"]),
    )


def crosswalk(earlier: Questionnaire, later: Questionnaire, **merged: str) -> Crosswalk:
    """Return what became of the first year: regions that were merged, and all else as it was."""
    names = [(question.id, code) for question in earlier.questions for code in ("", *question.codes)]
    rows = [
        Row(Key(name, code), Key(name, merged.get(code, code)), "merged" if code in merged else "same", "yes")
        for name, code in names
    ]
    return Crosswalk(earlier, later, tuple(rows))


def change(group: str, first: tuple[int, int], second: tuple[int, int]) -> pd.DataFrame:
    """Return what changed in a region, between so many of so many and so many of so many."""
    return estimate_frame(
        {
            "meting": "m-2",
            "question": "lid",
            "category": "ja",
            "by": "regio" if group else "",
            "group": group,
            "measure": "change",
            "estimate": second[0] / second[1] - first[0] / first[1],
            "numerator": first[1],
            "denominator": second[1],
            "method": "against m-1; wilson_change",
        }
    )


def panel(group: str, both: int, lost: int, won: int, neither: int) -> pd.DataFrame:
    """Return the change of who answered both times."""
    n = both + lost + won + neither
    more = (won - lost) / n
    low, high = paired_interval(n, both, lost, won, n - 1.0)
    return estimate_frame(
        {
            "meting": "m-2",
            "question": "lid",
            "category": "ja",
            "by": "regio" if group else "",
            "group": group,
            "measure": "panel_change",
            "estimate": more,
            "se": ((won + lost - more**2 * n) / (n * (n - 1))) ** 0.5,
            "ci_low": float(low),
            "ci_high": float(high),
            "numerator": n,
            "denominator": n,
            "method": "against m-1; newcombe",
        }
    )


@pytest.fixture
def same() -> tuple[list[PublishedYear], Crosswalk]:
    """Two years with the same regions."""
    one, two = asked("m-1", *"abcd"), asked("m-2", *"abcd")
    return [published(one, FIRST, "b", "c"), published(two, SECOND)], crosswalk(one, two)


@pytest.fixture
def merged() -> tuple[list[PublishedYear], Crosswalk]:
    """Two years; in the second one a and b are one region."""
    one, two = asked("m-1", *"abcd"), asked("m-2", "ab", "c", "d")
    return [published(one, FIRST, "b", "c"), published(two, MERGED)], crosswalk(one, two, a="ab", b="ab")


def told(years: tuple[list[PublishedYear], Crosswalk], *figures: pd.DataFrame) -> list[tuple[Any, ...]]:
    found = audit_years(years[0], pd.concat(figures, ignore_index=True), [common_ground(years[1])])
    return [tuple(row) for row in found.drop(columns=["question", "item"]).itertuples(index=False)]


#: What is found out of 2021 once b is known: c is what is left of the 20 that are hidden.
FOUND_OUT = [
    ("m-1", "ja", "regio", "b", 3.0, 3.0, "exact"),
    ("m-1", "nee", "regio", "b", 5.0, 5.0, "exact"),
    ("m-1", "ja", "regio", "c", 5.0, 5.0, "exact"),
    ("m-1", "nee", "regio", "c", 7.0, 7.0, "exact"),
]


def test_two_years_without_anything_between_them_tell_nothing(same: Any, merged: Any) -> None:
    nothing = estimate_frame({name: [] for name in ("meting", "question")})
    assert told(same, nothing) == []
    assert told(merged, nothing) == []
    assert told(same, change("a", FIRST["a"], SECOND["a"]), change("d", FIRST["d"], SECOND["d"])) == []


def test_the_change_of_a_hidden_group_and_its_other_year(same: Any) -> None:
    """5 of 11 in 2022; 7.95 points more than in 2021 on a base of 8 is 3."""
    assert told(same, change("b", FIRST["b"], SECOND["b"])) == FOUND_OUT


def test_a_change_over_more_years_and_its_last_year(same: Any) -> None:
    """5 of 11 in 2023; 7.95 points more than in 2021 on a base of 8 is 3. What changed from year to year is not told."""
    first, last = same[0][0], asked("m-3", *"abcd")
    between = published(asked("m-2", *"abcd"), SECOND, "b", "c")
    years = [first, between, published(last, SECOND)]
    commons = [common_ground(crosswalk(year.questionnaire, last)) for year in years[:-1]]
    trend = change("b", FIRST["b"], SECOND["b"]).assign(meting="m-3", measure="trend_change")
    nothing = trend.assign(method="against m-0; wilson_change")
    names = ["question", "item"]
    found, without = (audit_years(years, rows, commons).drop(columns=names) for rows in (trend, nothing))
    assert [tuple(row) for row in found.itertuples(index=False)] == FOUND_OUT
    assert without.empty


def test_a_change_gives_both_its_levels(same: Any) -> None:
    """Hidden in both years: no other counts out of 8 and 11 are 7/88 apart."""
    years, walk = same
    hidden = [years[0], published(years[1].questionnaire, SECOND, "b", "c")]
    second = [
        ("m-2", "ja", "regio", "b", 5.0, 5.0, "exact"),
        ("m-2", "nee", "regio", "b", 6.0, 6.0, "exact"),
        ("m-2", "ja", "regio", "c", 6.0, 6.0, "exact"),
        ("m-2", "nee", "regio", "c", 7.0, 7.0, "exact"),
    ]
    assert told((hidden, walk), change("b", FIRST["b"], SECOND["b"])) == [*FOUND_OUT, *second]


def test_what_merged_less_its_shown_part(merged: Any) -> None:
    """Of a and b together 15 of 28, and a is 12 of 20."""
    assert told(merged, change("ab", (15, 28), MERGED["ab"])) == FOUND_OUT


def test_an_earlier_year_in_the_codes_of_the_later(merged: Any) -> None:
    level = change("ab", (0, 1), (15, 28)).assign(meting="m-1", measure="share", estimate=15 / 28, numerator=15)
    assert told(merged, level) == FOUND_OUT


def test_who_answered_once_is_what_a_panel_leaves_over(same: Any) -> None:
    """Of 70 in 2021 and 76 in 2022 there are 66 who answered both times: 33 and 36 of them yes.

    The 4 who answered in 2021 only are 2 of yes; the 10 who answered in 2022 only are enough. By the interval 30 and 33
    could be the numbers as well, but that would leave 5 of yes.
    """
    assert told(same, panel("", both=30, lost=3, won=6, neither=27)) == [("m-1", "ja", "", "", 2.0, 2.0, "once")]


def test_who_moved_is_what_the_groups_leave_over(same: Any) -> None:
    """Of 33 who answered both times 30 stayed in a or d; the 3 who moved said yes once in 2021 and twice in 2022."""
    everyone = panel("", both=11, lost=5, won=6, neither=11)
    groups = panel("a", both=3, lost=2, won=2, neither=3), panel("d", both=8, lost=2, won=2, neither=8)
    assert told(same, everyone, *groups) == [
        ("m-2", "ja", "regio", "", 1.0, 1.0, "moved"),
        ("m-2", "ja", "regio", "", 2.0, 2.0, "moved"),
    ]


def test_a_part_of_a_group_that_the_other_year_shows_apart() -> None:
    """2021 shows a and b as one, 15 of 28. From 2022 on a is a group: its change says 12 of 20, and leaves 3 of 8 for b."""
    apart = {"id": "deel", "of": "regio", "label": "Deel", "groups": [{"code": "ab", "label": "ab", "of": ["a", "b"]}]}
    one, two = asked("m-1", *"abcd", groupings=[apart]), asked("m-2", *"abcd")
    first = published(one, {"ab": (15, 28), "c": FIRST["c"], "d": FIRST["d"]}, by="deel", sizes=FIRST)
    second = published(two, SECOND)
    figures = change("a", FIRST["a"], SECOND["a"])
    assert told(([first, second], crosswalk(one, two)), figures) == [
        ("m-1", "ja", "regio", "b", 3.0, 3.0, "exact"),
        ("m-1", "nee", "regio", "b", 5.0, 5.0, "exact"),
    ]
