"""Figures of an earlier year under the names of the last: a case for each kind of crosswalk row."""

import pandas as pd
import pytest

from srsmeting.crosswalk import read_crosswalk
from srsmeting.crosswalk.rows import COLUMNS
from srsmeting.estimates import KEY, estimate_frame
from srsmeting.questionnaire import Questionnaire, parse_questionnaire
from srsmeting.years.translating import Translation, outcomes


def _questionnaire(meting: str, question: str, answers: dict[str, str], branches: dict[str, str]) -> Questionnaire:
    asked = {"pijler": "basis", "fase": "bereik", "kind": "single", "text": "Wat?", "title": "Wat"}
    return parse_questionnaire(
        {
            "meting": meting,
            "title": "Meting",
            "respondents": "respondenten",
            "pijlers": [{"id": "basis", "label": "Basis"}],
            "coverage_branches": [{"code": code, "label": label} for code, label in branches.items()],
            "questions": [
                asked | {"id": question, "categories": [{"code": c, "label": label} for c, label in answers.items()]},
                asked | {"id": "regio", "categories": [{"code": c, "label": c.title()} for c in ("noord", "zuid")]},
            ],
        }
    )


EARLIER = _questionnaire(
    "m-2021",
    "hulp",
    {"blijft": "Blijft", "oud": "Oud", "een": "Een", "twee": "Twee", "heel": "Heel", "weg": "Weg", "breuk": "Breuk"},
    {"vvt": "VVT", "ggz": "GGZ"},
)
LATER = _questionnaire(
    "m-2022",
    "steun",
    {
        "blijft": "Blijft",
        "nieuw": "Oud",
        "samen": "Samen",
        "deel_a": "A",
        "deel_b": "B",
        "erbij": "Bij",
        "breuk": "Ander",
    },
    {"vvt": "VVT", "ggz": "GGZ en verslavingszorg"},
)
ROWS = [
    ("hulp", "", "steun", "", "renamed", "yes", "De andere antwoorden veranderden niet."),
    ("hulp", "blijft", "steun", "blijft", "same", "yes", ""),
    ("hulp", "oud", "steun", "nieuw", "renamed", "yes", ""),
    ("hulp", "een", "steun", "samen", "merged", "yes", "Samengevoegd."),
    ("hulp", "twee", "steun", "samen", "merged", "yes", "Samengevoegd."),
    ("hulp", "heel", "steun", "deel_a", "split", "yes", "Gesplitst."),
    ("hulp", "heel", "steun", "deel_b", "split", "yes", "Gesplitst."),
    ("hulp", "weg", "", "", "dropped", "no", ""),
    ("", "", "steun", "erbij", "new", "no", ""),
    ("hulp", "breuk", "steun", "breuk", "wording_changed", "break", "Anders verwoord."),
    ("regio", "", "regio", "", "same", "yes", ""),
    ("regio", "noord", "regio", "noord", "same", "yes", ""),
    ("regio", "zuid", "regio", "zuid", "same", "no", "Zuid is nu een ander gebied."),
]


@pytest.fixture
def translation(tmp_path: object) -> Translation:
    path = pd.io.common.stringify_path(tmp_path) + "/crosswalk.csv"
    table = pd.DataFrame("", index=range(len(ROWS)), columns=list(COLUMNS))
    names = ["var_name_orig", "val_code_orig", "var_name_target", "val_code_target", "kind", "comparable", "reason"]
    table[names] = ROWS
    table["meting_orig"], table["meting_target"] = "m-2021", "m-2022"
    table.to_csv(path, index=False)
    return Translation(read_crosswalk(path, EARLIER, LATER))


def _shares(**columns: object) -> pd.DataFrame:
    codes = list(EARLIER.question("hulp").codes)
    given = {"meting": "m-2021", "question": "hulp", "category": codes, "measure": "share", "estimate": 0.1}
    return estimate_frame(given | {"numerator": 1, "denominator": 10} | columns)


def test_each_kind_of_row(translation: Translation) -> None:
    frame, merged = translation.translate(_shares())

    assert frame[["question", "category", "status", "reason"]].to_numpy().tolist() == [
        ["steun", "blijft", "A", ""],
        ["steun", "nieuw", "A", ""],
        # A part is not the whole that it was of; what was dropped has no name any more.
        ["steun", "deel_a", "M", "not_comparable"],
        ["steun", "deel_b", "M", "not_comparable"],
        ["steun", "breuk", "B", "trend_break"],
    ]
    assert frame["estimate"].isna().tolist() == [False, False, True, True, False]
    # What was merged has to be counted anew.
    assert merged.to_numpy().tolist() == [["m-2021", "steun", "", "samen", "", "", "share"]]


def test_a_figure_is_as_comparable_as_its_group(translation: Translation) -> None:
    frame, merged = translation.translate(_shares(by="regio", group="zuid"))

    assert set(zip(frame["group"], frame["status"], strict=True)) == {("zuid", "M")}
    assert frame["estimate"].isna().all()
    assert list(frame["category"]) == ["blijft", "nieuw", "samen", "deel_a", "deel_b", "breuk"]
    assert merged.empty


def test_what_is_hidden_stays_hidden(translation: Translation) -> None:
    hidden = _shares(estimate=float("nan"), numerator=pd.NA, denominator=pd.NA, status="Q", reason="small_base")
    frame, _ = translation.translate(hidden)

    assert set(frame["status"]) == {"Q"}


def test_branches_of_the_coverage_go_by_code_and_label(translation: Translation) -> None:
    coverage = estimate_frame(
        {"meting": "m-2021", "item": "2019", "by": ["", "branche", "branche"], "group": ["", "vvt", "ggz"]}
        | {"measure": "coverage", "estimate": [0.5, 0.6, 0.4]}
    )

    assert translation.translate(coverage)[0]["group"].tolist() == ["", "vvt"]


def test_comparisons_between_groups_stay_with_their_own_year() -> None:
    measures = ["share", "mean", "difference", "difference_p", "adjusted_share", "p_value", "weight", "response_rate"]
    frame = estimate_frame({"meting": "m", "measure": measures})

    assert outcomes(frame)["measure"].tolist() == ["share", "mean", "response_rate"]
    assert list(frame.columns[:7]) == list(KEY)
