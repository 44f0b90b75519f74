from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from srsmeting.errors import ConfigurationError
from srsmeting.estimates import estimate_frame
from srsmeting.verification import read_published, unexplained, verify_estimates

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
    later: {imago: 10-20}
"""


@pytest.fixture
def estimates() -> pd.DataFrame:
    # 5 of 8 is 62.5 and 3 of 8 is 37.5 percent; 2 of 8 is 25; 18 of 59 is 30.5; 0.451 - 0.474 is -2.3 points.
    return estimate_frame(
        {
            "meting": "m",
            "question": ["bekend", "bekend", "cijfer", "", "", ""],
            "item": ["", "", "", "", "", "2021"],
            "category": ["ja", "nee", "", "", "", ""],
            "by": ["", "", "", "wgo", "", "branche"],
            "group": ["", "", "", "noord", "", "ggz"],
            "measure": ["share", "share", "mean", "response_rate", "response_rate", "coverage_change"],
            "estimate": [5 / 8, 3 / 8, 7.25, 2 / 8, 18 / 59, 0.451 - 0.474],
            "numerator": [5, 3, pd.NA, 2, 18, pd.NA],
            "denominator": [8, 8, 8, 8, 59, pd.NA],
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
        ["tab_3", "imago", "10-20", "", None, "not yet computed: themes of open answers"],
    ]


def test_a_note_excuses_only_the_number_that_it_gives(estimates: pd.DataFrame, tmp_path: Path) -> None:
    published = read_published(_published(tmp_path))
    estimates.loc[1, "estimate"] = 0.40

    result = verify_estimates(estimates, published)
    assert unexplained(result)["option"].tolist() == ["nee", "zuid"]
    assert result.loc[1, "note"] == "F1: truncated, not rounded"


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
