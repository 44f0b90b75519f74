"""Weighted figures as they are published: without counts of answers, and rounded."""

from __future__ import annotations

import pandas as pd
import pytest

from srsmeting.errors import EstimateError
from srsmeting.estimates import check_estimates, estimate_frame
from srsmeting.estimation import PublicationRules, apply_publication_rules, publish_weighted, round_as_printed

COUNTED = {
    "meting": "m-1",
    "question": "q",
    "category": "ja",
    "by": ["", "wgo", "wgo", "wgo"],
    "group": ["", "a", "b", "c"],
    "measure": "share",
    "numerator": [28, 2, 6, 20],
    "denominator": [56, 4, 12, 40],
    "estimate": 0.5,
}


def test_hidden_as_the_counts_are_and_without_them() -> None:
    rules = PublicationRules(min_base=10, normal_base=50)
    counted = apply_publication_rules(estimate_frame(COUNTED), rules)
    weighted = estimate_frame(
        COUNTED | {"estimate": [0.5149, 0.4, 0.45, 0.555], "se": 0.05, "method": "wilson_weighted"}
    )
    published = publish_weighted(weighted, counted, rules)
    check_estimates(published)
    columns = ["estimate", "se", "denominator", "method", "status", "reason"]
    expected = [
        [0.51, None, 56, "wilson_weighted", "A", ""],
        [None, None, None, "", "Q", "small_base"],
        [None, None, None, "", "Q", "complementary"],
        [0.56, None, 40, "wilson_weighted", "U", "indicative"],
    ]
    found = published[columns].astype(object).where(published[columns].notna(), None)
    assert found.to_numpy().tolist() == expected
    assert published["numerator"].isna().all()
    # The rules find the same ones hidden in what was published.
    pd.testing.assert_frame_equal(apply_publication_rules(published, rules), published)


def test_rows_that_are_not_those_of_the_counts() -> None:
    counted = estimate_frame(COUNTED)
    with pytest.raises(EstimateError) as caught:
        publish_weighted(counted.iloc[::-1], counted, PublicationRules())
    assert str(caught.value) == (
        "publish_weighted(): the rows are not those of the counts. Estimate both in the same way."
    )


@pytest.mark.parametrize(
    ("measure", "category", "base", "given", "printed"),
    [
        ("share", "ja", 999, (0.285, 0.2501, 0.3199), (0.29, 0.25, 0.32)),
        ("share", "ja", 1000, (0.66451, 0.64001, 0.68999), (0.6645, 0.64, 0.69)),
        # An interval keeps a width.
        ("share", "ja", 900, (0.0004, 0.0001, 0.0009), (0.0, 0.0, 0.01)),
        ("share", "ja", 300, (1.0, 0.9971, 1.0), (1.0, 0.99, 1.0)),
        ("mean", "", 40, (7.25, 7.01, 7.49), (7.3, 7.0, 7.5)),
        ("difference", "ja", 40, (-0.125, -0.2, 0.013), (-0.13, -0.2, 0.02)),
        ("difference", "", 40, (0.44, -0.01, 0.89), (0.4, -0.1, 0.9)),
        # What is significant is so as it is printed.
        ("p_value", "", 40, (0.04951, float("nan"), float("nan")), (0.049, None, None)),
        ("p_value", "", 40, (0.0506, float("nan"), float("nan")), (0.051, None, None)),
        ("response_rate", "", 985, (0.3055838, float("nan"), float("nan")), (0.3055838, None, None)),
    ],
)
def test_decimals(
    measure: str, category: str, base: int, given: tuple[float, ...], printed: tuple[float | None, ...]
) -> None:
    key = {"meting": "m-1", "question": "q", "category": category, "measure": measure}
    values = dict(zip(("estimate", "ci_low", "ci_high"), given, strict=True))
    frame = estimate_frame(key | values | {"se": 0.01, "numerator": 3, "denominator": base})
    row = round_as_printed(frame).iloc[0]
    assert [None if pd.isna(row[name]) else row[name] for name in values] == list(printed)
    kept = measure not in ("share", "mean", "difference")
    assert pd.notna(row["se"]) == kept
    assert pd.isna(row["numerator"]) == (measure == "share")
