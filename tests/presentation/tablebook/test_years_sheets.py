"""The sheets of years: a change and its test where there is one, a sign where years may not be compared."""

from __future__ import annotations

import pandas as pd
import pytest

from srsmeting.estimates import bind_estimates, estimate_frame
from srsmeting.presentation.tablebook.model import Sheet
from srsmeting.presentation.tablebook.years_sheets import years_sheets
from srsmeting.presentation.years import History, Moment
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
