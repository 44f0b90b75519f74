"""Column letters, as a table book has them."""

from __future__ import annotations

import pandas as pd
import pytest

from srsmeting.errors import EstimateError
from srsmeting.estimates import estimate_frame
from srsmeting.presentation.letters import column_letters

KEY = {"meting": "m-1", "question": "lid", "category": "ja", "by": "wgo"}


def frame(shares: dict[str, float], p: dict[str, float], status: str = "A", reason: str = "") -> pd.DataFrame:
    groups = [pair.split("-") for pair in p]
    rows = estimate_frame(
        KEY | {"group": list(shares), "measure": "share", "estimate": list(shares.values())},
    )
    pairs = KEY | {"group": list(p), "status": status, "reason": reason}
    difference = [shares[a] - shares[b] for a, b in groups]
    return pd.concat(
        [
            rows,
            estimate_frame(pairs | {"measure": "difference", "estimate": difference}),
            estimate_frame(pairs | {"measure": "difference_p", "estimate": list(p.values())}),
        ],
        ignore_index=True,
    )


def test_the_higher_of_two_gets_the_letter_of_the_lower() -> None:
    found = column_letters(frame({"a": 0.5, "b": 0.2, "c": 0.9}, {"a-b": 0.01, "a-c": 0.04, "b-c": 0.0001}))
    assert found.to_dict("list") == {
        "meting": ["m-1"] * 3,
        "question": ["lid"] * 3,
        "item": [""] * 3,
        "category": ["ja"] * 3,
        "by": ["wgo"] * 3,
        "group": ["a", "b", "c"],
        "column": ["A", "B", "C"],
        "letters": ["B", "", "A B"],
        "shaky": [False] * 3,
    }


def test_only_below_alpha_and_shaky_ones_are_marked() -> None:
    estimates = frame({"a": 0.5, "b": 0.2}, {"a-b": 0.05}, "U", "few_expected")
    assert column_letters(estimates)["letters"].tolist() == ["", ""]
    found = column_letters(estimates, 0.10)
    assert found["letters"].tolist() == ["B", ""]
    assert found["shaky"].tolist() == [True, False]


def test_a_suppressed_column_keeps_its_letter_and_is_pointed_at_by_none() -> None:
    estimates = frame({"a": 0.5, "b": 0.2, "c": 0.9}, {"a-b": float("nan"), "a-c": 0.01, "b-c": float("nan")})
    estimates.loc[estimates["group"] == "b", "status"] = "Q"
    found = column_letters(estimates)
    assert found["column"].tolist() == ["A", "B", "C"]
    assert found["letters"].tolist() == ["", "", "A"]


def test_more_groups_than_letters() -> None:
    groups = {f"g{number}": number / 100 for number in range(28)}
    found = column_letters(frame(groups, {"g0-g27": 0.01, "g1-g27": 0.01}))
    assert found["column"].tolist()[24:] == ["Y", "Z", "AA", "AB"]
    assert found["letters"].tolist()[27] == "A B"


def test_a_table_that_was_not_compared_has_no_letters() -> None:
    other = estimate_frame(KEY | {"question": "nr", "group": ["a", "b"], "measure": "share", "estimate": 0.5})
    estimates = pd.concat([frame({"a": 0.5, "b": 0.2}, {"a-b": 0.01}), other], ignore_index=True)
    assert column_letters(estimates)["question"].tolist() == ["lid", "lid"]


def test_what_cannot_be_lettered() -> None:
    with pytest.raises(EstimateError) as caught:
        column_letters(estimate_frame(KEY | {"group": "a", "measure": "share", "estimate": 0.5}))
    assert str(caught.value) == ("column_letters(): the frame has no comparisons. Bind compare_groups() to it first.")
    with pytest.raises(EstimateError) as caught:
        column_letters(frame({"a": 0.5, "b": 0.2}, {"a-b": 0.01}), 5)
    assert str(caught.value) == "column_letters(): alpha is 5. Give a chance between 0 and 1, such as 0.05."
