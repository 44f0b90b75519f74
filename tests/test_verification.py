from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from srsmeting.errors import ConfigurationError
from srsmeting.estimates import estimate_frame
from srsmeting.verification import disagreements, read_published, unexplained, verify_estimates

PUBLISHED = """
source: een rapport
results:
  - id: fig_1
    question: bekend
    base: 8
    percent: {ja: 63, nee: 37}
    count: {ja: 5}
    notes: {nee: "F1: truncated, not rounded"}
    corrected: {nee: 38}
  - id: fig_2
    question: cijfer
    measure: mean
    mean: 7.3
  - id: tab_1
    measure: response_rate
    by: wgo
    along: group
    percent: {noord: 25, zuid: 60, totaal: 31}
    status: {noord: A}
  - id: tab_2
    measure: coverage_change
    item: 2021
    by: branche
    along: group
    points: {ggz: -2}
  - id: tab_3
    question: thema
    measure: count
    in_words: {imago: 10-20, zzp: circa 40, behoud: "> 3", anders: ">= 4"}
    notes: {zzp: "F2: also called otherwise"}
"""


@pytest.fixture
def estimates() -> pd.DataFrame:
    # 5 of 8 is 62.5 and 3 of 8 is 37.5 percent; 2 of 8 is 25; 18 of 59 is 30.5; 0.451 - 0.474 is -2.3 points.
    return estimate_frame(
        {
            "meting": "m",
            "question": ["bekend", "bekend", "cijfer", "", "", "", "thema", "thema", "thema"],
            "item": ["", "", "", "", "", "2021", "", "", ""],
            "category": ["ja", "nee", "", "", "", "", "imago", "zzp", "behoud"],
            "by": ["", "", "", "wgo", "", "branche", "", "", ""],
            "group": ["", "", "", "noord", "", "ggz", "", "", ""],
            "measure": ["share", "share", "mean", "response_rate", "response_rate", "coverage_change", *["count"] * 3],
            "estimate": [5 / 8, 3 / 8, 7.25, 2 / 8, 18 / 59, 0.451 - 0.474, 20, 45, np.nan],
            "numerator": [5, 3, pd.NA, 2, 18, pd.NA, 20, 45, pd.NA],
            "denominator": [8, 8, 8, 8, 59, pd.NA, 59, 59, pd.NA],
            "status": [*"AAAAAAAA", "Q"],
            "reason": [*[""] * 8, "small_count"],
        }
    )


def _published(tmp_path: Path, text: str = PUBLISHED) -> Path:
    path = tmp_path / "published.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_published_number_has_its_row(estimates: pd.DataFrame, tmp_path: Path) -> None:
    result = verify_estimates(estimates, read_published(_published(tmp_path)))

    assert result.astype(object).where(result.notna(), None).to_numpy().tolist() == [
        ["fig_1", "ja", "63", "63", True, ""],
        ["fig_1", "nee", "37", "38", False, "known fault: F1: truncated, not rounded"],
        ["fig_1", "ja.count", "5", "5", True, ""],
        ["fig_1", "base", "8", "8", True, ""],
        ["fig_2", "mean", "7.3", "7.3", True, ""],
        ["tab_1", "noord", "25", "25", True, ""],
        ["tab_1", "zuid", "60", "no such row", False, ""],
        ["tab_1", "totaal", "31", "31", True, ""],
        ["tab_1", "noord.status", "A", "A", True, ""],
        ["tab_2", "2021.points.ggz", "-2", "-2", True, ""],
        ["tab_3", "imago", "10-20", "20", True, "in words: 10 to 20"],
        ["tab_3", "zzp", "circa 40", "45", False, "in words: 36 to 44; F2: also called otherwise"],
        ["tab_3", "behoud", "> 3", "small_count", False, "in words: at least 4"],
        ["tab_3", "anders", ">= 4", "no such row", False, "in words: at least 4"],
    ]


def test_rows_that_are_not_as_published_are_told_by_their_key(estimates: pd.DataFrame, tmp_path: Path) -> None:
    right = read_published(_published(tmp_path))
    wrong = read_published(
        _published(tmp_path, PUBLISHED.replace("percent: {ja: 63", "percent: {ja: 64").replace("8\n", "9\n"))
    )

    # A known fault is none, and what has no row has no key.
    assert disagreements(estimates, right) == {
        "m|thema||zzp|||count": "published as circa 40, computed 45 (tab_3, zzp)",
        "m|thema||behoud|||count": "published as > 3, computed small_count (tab_3, behoud)",
    }
    # A base is of every answer to its question; what is printed of the row itself goes before it.
    assert disagreements(estimates, wrong) | disagreements(estimates, right) == disagreements(estimates, wrong)
    assert {key: why for key, why in disagreements(estimates, wrong).items() if "bekend" in key} == {
        "m|bekend||ja|||share": "published as 64, computed 63 (fig_1, ja)",
        "m|bekend||nee|||share": "published as 9, computed 8 (fig_1, base)",
    }


def test_a_note_excuses_only_the_number_that_it_gives(estimates: pd.DataFrame, tmp_path: Path) -> None:
    published = read_published(_published(tmp_path))
    estimates.loc[1, "estimate"] = 0.40

    result = verify_estimates(estimates, published)
    assert unexplained(result)["option"].tolist() == ["nee", "zuid", "zzp", "behoud", "anders"]
    assert result.loc[1, "note"] == "F1: truncated, not rounded"


@pytest.mark.parametrize(
    ("corrected", "open_ends"),
    [
        ("corrected: {nee: 38}", []),
        # 3 of 8 is 37.5; a right number with fewer decimals, or of another kind, says nothing of the published one.
        ("corrected: {nee: 39}", ["nee"]),
        ("corrected: {nee: 38.0}", ["nee"]),
        ("corrected: {ja: 38}", ["nee"]),
        ("", ["nee"]),
    ],
)
def test_only_the_right_number_is_excused(
    estimates: pd.DataFrame, tmp_path: Path, corrected: str, open_ends: list[str]
) -> None:
    text = f"""
source: s
results:
  - id: f
    question: bekend
    percent: {{ja: 63, nee: 37}}
    notes: {{nee: "F1"}}
    {corrected}
"""
    result = verify_estimates(estimates, read_published(_published(tmp_path, text)))
    assert unexplained(result)["option"].tolist() == open_ends


def test_a_correction_of_a_share_excuses_no_count(estimates: pd.DataFrame, tmp_path: Path) -> None:
    # 5 of 8 say yes, and 6 is published; that 5 is right is said of the percentage.
    text = "source: s\nresults:\n  - {id: f, question: bekend, percent: {ja: 63}, count: {ja: 6}, corrected: {ja: 5}}\n"
    result = verify_estimates(estimates, read_published(_published(tmp_path, text)))
    assert unexplained(result)["option"].tolist() == ["ja.count"]

    text = text.replace("corrected: {ja: 5}", "corrected: {ja.count: 5}")
    assert unexplained(verify_estimates(estimates, read_published(_published(tmp_path, text)))).empty


def test_a_mean_is_excused_with_the_decimals_that_were_published(estimates: pd.DataFrame, tmp_path: Path) -> None:
    text = "source: s\nresults:\n  - {id: f, question: cijfer, measure: mean, mean: 7.4, corrected: {mean: 7}}\n"
    result = verify_estimates(estimates, read_published(_published(tmp_path, text)))
    assert result["computed"].tolist() == ["7.3"]
    assert unexplained(result)["option"].tolist() == ["mean"]


def test_a_change_that_rounds_to_nothing_is_zero(estimates: pd.DataFrame, tmp_path: Path) -> None:
    estimates.loc[5, "estimate"] = -0.004
    text = "source: s\nresults:\n  - {id: t, measure: coverage_change, item: 2021, by: branche, along: group, points: {ggz: 0}}"
    result = verify_estimates(estimates, read_published(_published(tmp_path, text)))
    assert result[["computed", "agrees"]].to_numpy().tolist() == [["0", True]]


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (
            "percent: {ja: 63}, notes: {jaa: F1}",
            "a note on 'jaa', of which nothing is published. Did you mean 'ja'? Known: 'ja'.",
        ),
        (
            "percent: {ja: 63}, corrected: {ja.count: 5}",
            "a correction of 'ja.count', which is not published. Known: 'ja'.",
        ),
        (
            "in_words: {ja: een stuk of 40}",
            "'een stuk of 40' is no count in words. Write 'circa 40', '10-20', '>= 4' or '> 20'.",
        ),
        (
            "percent: {ja: 1}, notes: {ja: 'known fault: F1'}",
            "the note on 'ja' begins with 'known fault: ', which verify puts before a fault that was found. "
            "Begin otherwise, and give the number that is right under 'corrected'.",
        ),
    ],
)
def test_a_note_that_could_excuse_anything_is_refused(tmp_path: Path, block: str, message: str) -> None:
    path = _published(tmp_path, f"source: s\nresults:\n  - {{id: a, question: bekend, {block}}}\n")
    with pytest.raises(ConfigurationError) as caught:
        read_published(path)
    assert str(caught.value) == f"published.yaml:3: entry 1 of 'results': {message}"


def test_a_file_without_figures_is_no_file_of_published_figures(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_published(_published(tmp_path, "source: s\nresults: []\n"))
    assert str(caught.value) == "published.yaml:2: 'results' must have at least 1 entry."


def test_a_note_that_speaks_of_known_faults_excuses_nothing(estimates: pd.DataFrame, tmp_path: Path) -> None:
    text = "source: s\nresults:\n  - {id: f, question: bekend, percent: {ja: 1}, notes: {ja: 'a known fault: F1'}}\n"
    result = verify_estimates(estimates, read_published(_published(tmp_path, text)))
    assert unexplained(result)["option"].tolist() == ["ja"]


def test_a_suppressed_number_tells_why_it_cannot_be_compared(estimates: pd.DataFrame, tmp_path: Path) -> None:
    estimates.loc[3, ["estimate", "numerator", "denominator"]] = [np.nan, pd.NA, pd.NA]
    estimates.loc[3, ["status", "reason"]] = ["Q", "low_response"]

    result = verify_estimates(estimates, read_published(_published(tmp_path)))
    assert result.loc[5, "computed"] == "low_response"
    assert result.loc[8, ["computed", "agrees"]].tolist() == ["Q", False]


def test_a_misspelt_key_is_named_with_its_line(tmp_path: Path) -> None:
    path = _published(tmp_path, "source: s\nresults:\n  - id: a\n    percentage: {ja: 1}\n")

    with pytest.raises(ConfigurationError) as caught:
        read_published(path)
    assert str(caught.value).startswith("published.yaml:4: ")
    assert "unknown key 'percentage'. Did you mean 'percent'? Known: " in str(caught.value)
