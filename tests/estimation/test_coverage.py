"""Coverage by hand: a branche that is split off, one that disappears, and what is not touched by it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from srsmeting.errors import PopulationError
from srsmeting.estimates import check_estimates
from srsmeting.estimation import coverage_rates
from srsmeting.population import Coverage

DATES = {"2019": "2019-08-01", "2021": "2022-06-30", "2023": "2024-06-30"}

Row = tuple[str, str, int | None, int | None, str]


def coverage(*rows: Row) -> Coverage:
    columns = ["moment", "branche", "employees_members", "employees", "included_in"]
    counts = pd.DataFrame(rows, columns=columns).astype({"employees_members": "Int64", "employees": "Int64"})
    counts.insert(1, "date", counts["moment"].map(DATES))
    return Coverage(counts, "coverage.csv")


def rows(frame: pd.DataFrame, measure: str, *columns: str) -> list[tuple[Any, ...]]:
    check_estimates(frame)
    chosen = frame[frame["measure"] == measure]
    return list(chosen[["item", "by", "group", *columns]].itertuples(index=False, name=None))


# Later first: moments are put in order by date.
SPLIT = coverage(
    ("2021", "ggz", 90, 100, ""),
    ("2021", "ziekenhuizen", 50, 80, ""),
    ("2021", "revalidatie", 15, 20, ""),
    ("2019", "ggz", 80, 100, ""),
    ("2019", "ziekenhuizen", 60, 100, ""),
    ("2019", "revalidatie", None, None, "ziekenhuizen"),
)


def test_levels() -> None:
    frame = coverage_rates(SPLIT, "m-1")
    assert rows(frame, "coverage", "status", "reason") == [
        ("2019", "", "", "A", ""),
        ("2019", "branche", "ggz", "A", ""),
        ("2019", "branche", "ziekenhuizen", "W", "includes_other"),
        ("2019", "branche", "revalidatie", "K", "included_elsewhere"),
        ("2021", "", "", "A", ""),
        ("2021", "branche", "ggz", "A", ""),
        ("2021", "branche", "ziekenhuizen", "A", ""),
        ("2021", "branche", "revalidatie", "A", ""),
    ]
    level = frame[frame["measure"] == "coverage"]
    np.testing.assert_array_equal(level["estimate"], [0.7, 0.8, 0.6, np.nan, 0.775, 0.9, 0.625, 0.75])
    assert level["numerator"].tolist() == [140, 80, 60, pd.NA, 155, 90, 50, 15]
    assert level["denominator"].tolist() == [200, 100, 100, pd.NA, 200, 100, 80, 20]
    assert set(frame["meting"]) == {"m-1"}
    assert set(frame["method"]) == {"count"}


def test_changes() -> None:
    frame = coverage_rates(SPLIT, "m-1")
    assert rows(frame, "coverage_change", "status", "reason") == [
        ("2021", "", "", "A", ""),
        ("2021", "branche", "ggz", "A", ""),
        ("2021", "branche", "ziekenhuizen", "B", "trend_break"),
        ("2021", "branche", "revalidatie", "O", "included_elsewhere"),
    ]
    change = frame[frame["measure"] == "coverage_change"]
    np.testing.assert_allclose(change["estimate"], [0.075, 0.1, 0.025, np.nan], rtol=1e-13)
    assert change[["numerator", "denominator"]].isna().all(axis=None)


def test_inside_at_both_moments_is_no_break() -> None:
    frame = coverage_rates(
        coverage(
            ("2019", "ziekenhuizen", 60, 100, ""),
            ("2019", "revalidatie", None, None, "ziekenhuizen"),
            ("2021", "ziekenhuizen", 70, 100, ""),
            ("2021", "revalidatie", None, None, "ziekenhuizen"),
        ),
        "m-1",
    )
    assert rows(frame, "coverage_change", "status", "reason") == [
        ("2021", "", "", "A", ""),
        ("2021", "branche", "ziekenhuizen", "A", ""),
        ("2021", "branche", "revalidatie", "O", "included_elsewhere"),
    ]


def test_counts_of_a_branche_inside_another_are_not_counted_twice() -> None:
    frame = coverage_rates(
        coverage(("2019", "ziekenhuizen", 60, 100, ""), ("2019", "revalidatie", 9, 10, "ziekenhuizen")), "m-1"
    )
    assert frame["numerator"].tolist() == [60, 60, pd.NA]
    assert frame["denominator"].tolist() == [100, 100, pd.NA]


def test_branche_that_a_moment_does_not_have_breaks_the_total() -> None:
    frame = coverage_rates(
        coverage(("2019", "ggz", 80, 100, ""), ("2021", "ggz", 90, 100, ""), ("2021", "vvt", 10, 100, "")), "m-1"
    )
    assert rows(frame, "coverage", "status", "reason")[:3] == [
        ("2019", "", "", "A", ""),
        ("2019", "branche", "ggz", "A", ""),
        ("2019", "branche", "vvt", "O", "no_base"),
    ]
    assert rows(frame, "coverage_change", "status", "reason") == [
        ("2021", "", "", "B", "trend_break"),
        ("2021", "branche", "ggz", "A", ""),
        ("2021", "branche", "vvt", "O", "no_base"),
    ]


def test_a_branche_that_goes_into_another_breaks_that_one() -> None:
    frame = coverage_rates(
        coverage(
            ("2019", "ggz", 80, 100, ""),
            ("2019", "vvt", 10, 100, ""),
            ("2021", "ggz", None, None, "vvt"),
            ("2021", "vvt", 90, 200, ""),
        ),
        "m-1",
    )
    assert rows(frame, "coverage_change", "status", "reason") == [
        ("2021", "", "", "A", ""),
        ("2021", "branche", "ggz", "O", "included_elsewhere"),
        ("2021", "branche", "vvt", "B", "trend_break"),
    ]


def test_the_order_of_the_file_is_no_break() -> None:
    inside = [("ggz", None, None, "vvt"), ("huis", None, None, "vvt"), ("vvt", 9, 10, "")]
    before = [("2019", *row) for row in inside]
    after = [("2021", *row) for row in reversed(inside)]
    frame = coverage_rates(coverage(*before, *after), "m-1")
    changes = {group: status for _, _, group, status in rows(frame, "coverage_change", "status")}
    assert changes == {"": "A", "ggz": "O", "huis": "O", "vvt": "A"}


def test_changes_are_between_consecutive_moments() -> None:
    frame = coverage_rates(
        coverage(("2019", "ggz", 1, 10, ""), ("2023", "ggz", 6, 10, ""), ("2021", "ggz", 3, 10, "")), "m-1"
    )
    assert rows(frame, "coverage_change") == [
        ("2021", "", ""),
        ("2021", "branche", "ggz"),
        ("2023", "", ""),
        ("2023", "branche", "ggz"),
    ]
    np.testing.assert_allclose(frame.loc[frame["measure"] == "coverage_change", "estimate"], [0.2, 0.2, 0.3, 0.3])


def test_a_change_of_exactly_a_half_is_rounded_up() -> None:
    # 41% after 0.5% is 40.5 points, and 41 in print; 0.41 - 0.005 in floating point lies below the half.
    assert 0.41 - 0.005 < 0.405
    frame = coverage_rates(coverage(("2019", "ggz", 5, 1000, ""), ("2021", "ggz", 41, 100, "")), "m-1")
    assert frame.loc[frame["measure"] == "coverage_change", "estimate"].tolist() == [0.405, 0.405]


def test_no_employees_is_no_base() -> None:
    frame = coverage_rates(coverage(("2019", "ggz", 0, 0, "")), "m-1")
    assert rows(frame, "coverage", "numerator", "denominator", "status", "reason") == [
        ("2019", "", "", 0, 0, "O", "no_base"),
        ("2019", "branche", "ggz", 0, 0, "O", "no_base"),
    ]


def test_branche_inside_one_without_counts() -> None:
    with pytest.raises(PopulationError) as caught:
        coverage_rates(
            coverage(
                ("2019", "vvt", 1, 2, ""), ("2019", "ggz", None, None, "jeugd"), ("2019", "huis", None, None, "ggz")
            ),
            "m-1",
        )
    assert str(caught.value) == (
        "coverage.csv: at '2019' 'ggz' is included in 'jeugd', which has no counts of its own then. "
        "Give those counts, or name the branche that does hold these employees.\n"
        "coverage.csv: at '2019' 'huis' is included in 'ggz', which has no counts of its own then. "
        "Give those counts, or name the branche that does hold these employees."
    )
