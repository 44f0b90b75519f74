"""The sheets of years: a change and its test where there is one, a sign where years may not be compared."""

from __future__ import annotations

import pandas as pd
import pytest

from srsmeting.estimates import bind_estimates, estimate_frame
from srsmeting.presentation.tablebook.model import Sheet
from srsmeting.presentation.tablebook.years_sheets import years_sheets
from srsmeting.presentation.years import History, Moment, Noted
from srsmeting.questionnaire import Questionnaire, parse_questionnaire

APART = ["earlier", "later", "question", "item", "category", "by", "group", "kind", "comparable", "reason"]
YES_NO = [{"code": "ja", "label": "Ja"}, {"code": "nee", "label": "Nee"}]


@pytest.fixture
def asked() -> Questionnaire:
    shared = {"kind": "single", "text": "?", "pijler": "basis", "fase": "bereik", "categories": YES_NO}
    return parse_questionnaire(
        {
            "meting": "m-2",
            "title": "M",
            "pijlers": [{"id": "basis", "label": "Basis"}],
            "questions": [
                {"id": "kent", "title": "Bekendheid", **shared},
                {"id": "doet", "title": "Deelname", **shared},
                {"id": "lid", "title": "Lidmaatschap", **shared},
            ],
        }
    )


@pytest.fixture
def sheets(asked: Questionnaire) -> dict[str, Sheet]:
    """Of 66% to 71%, of a break, and of one group that is hidden and one that is not."""

    def level(meting: str, question: str, value: float, **more: str) -> pd.DataFrame:
        address = {"meting": meting, "question": question, "category": "ja", "measure": "share", **more}
        if value != value:
            return estimate_frame(address | {"status": "Q", "reason": "small_base"})
        return estimate_frame(address | {"estimate": value, "numerator": 1, "denominator": 100})

    def change(question: str, value: float, p: float, **more: str) -> list[pd.DataFrame]:
        address = {"meting": "m-2", "question": question, "category": "ja", "denominator": 100, **more}
        ends = {"ci_low": value - 0.04, "ci_high": value + 0.04}
        return [
            estimate_frame(address | {"measure": "change", "estimate": value} | ends),
            estimate_frame(address | {"measure": "change_p_holm", "estimate": p}),
            estimate_frame(address | {"measure": "panel_change", "estimate": 0.02}),
        ]

    member, other = {"by": "lid", "group": "ja"}, {"by": "lid", "group": "nee"}
    hidden = float("nan")
    rows = [
        *(level("m-1", "kent", 0.66), level("m-2", "kent", 0.71), *change("kent", 0.05, 0.01)),
        *(level("m-1", "doet", 0.30), level("m-2", "doet", 0.40)),
        *(
            level("m-1", "kent", 0.5, **member),
            level("m-2", "kent", 0.6, **member),
            *change("kent", 0.1, 0.4, **member),
        ),
        *(level("m-1", "kent", hidden, **other), level("m-2", "kent", hidden, **other)),
    ]
    said = [["m-1", "m-2", "doet", "", "", "", "", "wording_changed", "break", "Anders gevraagd."]]
    moments = (Moment("m-1", "2021"), Moment("m-2", "2022"))
    history = History(moments, bind_estimates(*rows), pd.DataFrame(said, columns=APART, dtype="str"), None)
    return {sheet.name: sheet for sheet in years_sheets(history, asked)}


def values(sheet: Sheet) -> list[list[object]]:
    assert sheet.table is not None
    return [[cell.value for cell in row] for row in sheet.table.rows]


def test_years_beside_each_other_with_what_changed(sheets: dict[str, Sheet]) -> None:
    sheet = sheets["Jaren"]

    assert sheet.table is not None
    assert [column.header for column in sheet.table.columns] == [
        *("Vraag", "Stelling", "Antwoord", "2021", "Respondenten 2021", "2022", "Respondenten 2022"),
        *("Verandering 2021–2022", "Ondergrens (95%) 2021–2022", "Bovengrens (95%) 2021–2022"),
        *("p-waarde 2021–2022", "Significant 2021–2022", "Zelfde organisaties 2021–2022"),
    ]
    assert values(sheet) == [
        # Percentage points are held as points.
        ["Bekendheid", "–", "Ja", 0.66, 100, 0.71, 100, 5.0, pytest.approx(1), pytest.approx(9), 0.01, "ja", 2.0],
        ["Deelname", "–", "Ja", 0.3, 100, 0.4, 100, *["b"] * 6],
    ]


def test_of_groups_only_what_can_be_compared(sheets: dict[str, Sheet]) -> None:
    (row,) = values(sheets["Jaren per groep"])

    assert row[:10] == ["Bekendheid", "–", "Ja", "Lidmaatschap", "Ja", 0.5, 100, 0.6, 100, 10.0]
    assert row[-2:] == ["nee", 2.0]


def test_what_may_not_be_compared_has_its_reason(sheets: dict[str, Sheet]) -> None:
    assert values(sheets["Niet te vergelijken"]) == [["Deelname", "2021", "2022", "trendbreuk", "Anders gevraagd."]]


def test_the_sheets_say_that_significance_is_corrected_and_intervals_are_not(sheets: dict[str, Sheet]) -> None:
    for name in ("Jaren", "Jaren per groep"):
        assert [line.value for line in sheets[name].lines if "gecorrigeerd" in str(line.value)] == [
            "De p-waarde is gecorrigeerd (Holm) voor het aantal toetsen in de pijler; significant is een p-waarde onder 0,05.",
            "De onder- en bovengrens zijn niet gecorrigeerd: nul kan erbuiten liggen zonder dat het verschil significant is.",
        ]


def test_what_changed_and_is_compared_all_the_same_is_told_with_what_it_was(asked: Questionnaire) -> None:
    moments = (Moment("m-1", "2021"), Moment("m-2", "2022"))
    noted = (
        Noted(*moments, ("kent", "", "", "", ""), "wording_changed", (), "Korter gevraagd."),
        Noted(*moments, ("kent", "", "ja", "", ""), "split", ("Ja of misschien",), ""),
    )
    figures = estimate_frame(
        {"meting": "m-2", "question": "kent", "category": "ja", "measure": "share", "estimate": 0.5}
    )
    history = History(moments, figures, pd.DataFrame([], columns=APART, dtype="str"), None, noted)

    sheets = {sheet.name: sheet for sheet in years_sheets(history, asked)}
    assert values(sheets["Niet te vergelijken"]) == [
        ["Bekendheid", "2021", "2022", "wel vergeleken", "Korter gevraagd."],
        [
            *("Bekendheid: ja", "2021", "2022", "niet te vergelijken"),
            "Over 2021 was dit een deel van ‘Ja of misschien’.",
        ],
    ]


def test_over_more_than_two_years_what_changed_since_the_first_of_them(asked: Questionnaire) -> None:
    moments = (Moment("m-0", "2020"), Moment("m-1", "2021"), Moment("m-2", "2022"))
    address = {"category": "ja", "denominator": 100}
    levels = [
        estimate_frame({**address, "meting": one.meting, "question": name, "measure": "share", "estimate": 0.5})
        for one in moments
        for name in ("kent", "doet")
    ]
    trend = {**address, "meting": "m-2", "question": "kent", "method": "against m-0; t"}
    rows = [
        *levels,
        estimate_frame({**trend, "measure": "trend_change", "estimate": 0.25, "ci_low": 0.125, "ci_high": 0.375}),
        estimate_frame({**trend, "measure": "trend_change_p_holm", "estimate": 0.01}),
    ]
    history = History(moments, bind_estimates(*rows), pd.DataFrame([], columns=APART, dtype="str"), None)
    sheet = next(years_sheets(history, asked))

    assert sheet.table is not None
    assert [column.header for column in sheet.table.columns][-6:] == [
        *("Sinds", "Verandering sinds dat jaar", "Ondergrens (95%) sinds dat jaar", "Bovengrens (95%) sinds dat jaar"),
        *("p-waarde sinds dat jaar", "Significant sinds dat jaar"),
    ]
    assert [row[-6:] for row in values(sheet)] == [["2020", 25.0, 12.5, 37.5, 0.01, "ja"], ["–"] * 6]
    assert [line.value for line in sheet.lines][-1] == (
        "Sinds: het eerste jaar waarmee de uitkomst te vergelijken is, waar dat niet het vorige is. De p-waarde van de "
        "verandering sinds dat jaar is gecorrigeerd voor het aantal zulke toetsen in de pijler."
    )
