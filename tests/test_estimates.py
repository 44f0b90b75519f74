import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from srsmeting.errors import EstimateError, UnknownNameError
from srsmeting.estimates import (
    COLUMNS,
    KEY,
    TESTS,
    bind_estimates,
    check_estimates,
    compare_estimates,
    estimate_frame,
    pick,
    read_estimates,
)
from srsmeting.frames import write_frame


@pytest.fixture
def estimates() -> pd.DataFrame:
    return estimate_frame(
        {
            "meting": "m-2021",
            "question": ["bekend", "bekend", "bekend", "cijfer"],
            "category": ["ja", "nee", "ja", ""],
            "by": ["", "", "wgo", ""],
            "group": ["", "", "noord", ""],
            "measure": ["share", "share", "share", "mean"],
            "estimate": [0.75, 0.25, np.nan, 7.25],
            "ci_low": [0.5, 0.1, np.nan, 7.0],
            "ci_high": [0.9, 0.5, np.nan, 7.5],
            "numerator": [3, 1, pd.NA, pd.NA],
            "denominator": [4, 4, pd.NA, 4],
            "status": ["A", "A", "Q", "A"],
            "reason": ["", "", "small_base", ""],
        }
    )


def test_a_frame_has_all_columns_in_order_with_fixed_types(estimates: pd.DataFrame) -> None:
    assert tuple(estimates.columns) == COLUMNS
    assert {str(estimates[name].dtype) for name in KEY} == {"str"}
    assert str(estimates["numerator"].dtype) == "Int64"
    assert (estimates["item"] == "").all()


def test_an_unknown_column_is_an_error() -> None:
    with pytest.raises(UnknownNameError) as caught:
        estimate_frame({"mesure": "share"})

    assert str(caught.value).startswith(
        "estimate_frame(): no column 'mesure'. Did you mean 'measure'? Known: 'meting', "
    )


def test_a_frame_that_keeps_the_contract_passes(estimates: pd.DataFrame) -> None:
    check_estimates(estimates)


@pytest.mark.parametrize(
    ("row", "changes", "message"),
    [
        (1, {"category": "ja"}, "e:3: 1 row where a key stands twice, first bekend."),
        (0, {"meting": ""}, "e:2: 1 row where no meting is named, first ."),
        (2, {"group": ""}, "e:4: 1 row where a breakdown has no group, or a group no breakdown, first wgo."),
        (0, {"status": "X", "reason": "r"}, "e:2: 1 row where the status is not known, first X."),
        (2, {"reason": ""}, "e:4: 1 row where a status other than A has no reason, first Q."),
        (0, {"reason": "small_base"}, "e:2: 1 row where status A has a reason, first small_base."),
        (2, {"denominator": 4}, "e:4: 1 row where a suppressed row still has numbers, first bekend."),
        (2, {"ci_low": 0.1}, "e:4: 1 row where a suppressed row still has numbers, first bekend."),
        (2, {"method": "wilson"}, "e:4: 1 row where a suppressed row tells its method, first bekend."),
        (0, {"estimate": 1.5, "ci_high": 2.0}, "e:2: 1 row where a share or rate lies outside 0 to 1, first 1.5."),
        (0, {"estimate": -0.1, "ci_low": -0.2}, "e:2: 1 row where a share or rate lies outside 0 to 1, first -0.1."),
        (
            1,
            {"measure": "coverage", "estimate": 1.5, "ci_high": 2.0},
            "e:3: 1 row where a share or rate lies outside 0 to 1, first 1.5.",
        ),
        (
            3,
            {"measure": "difference_p", "estimate": 1.5, "ci_high": np.nan},
            "e:5: 1 row where a share or rate lies outside 0 to 1, first 1.5.",
        ),
        (
            3,
            {"measure": "p_value", "estimate": 0.5, "ci_low": 0.1, "group": "noord"},
            "e:5: 1 row where a breakdown has no group, or a group no breakdown, first .",
        ),
        (0, {"ci_low": 0.8}, "e:2: 1 row where the interval does not hold the estimate, first 0.75."),
        (0, {"ci_low": 0.75, "ci_high": 0.75}, "e:2: 1 row where the interval has no width, first 0.75."),
        (0, {"numerator": 5}, "e:2: 1 row where the numerator exceeds the denominator, first 5."),
        (3, {"estimate": np.nan}, "e:5: 1 row where a row with status A has no estimate, first mean."),
    ],
)
def test_every_broken_promise_is_named(
    estimates: pd.DataFrame, row: int, changes: dict[str, object], message: str
) -> None:
    for column, value in changes.items():
        estimates.loc[row, column] = value

    with pytest.raises(EstimateError) as caught:
        check_estimates(estimates, "e")
    assert str(caught.value) == message


def test_a_test_is_about_all_groups_of_a_breakdown(estimates: pd.DataFrame) -> None:
    tests = {"meting": "m-2021", "question": "bekend", "by": "wgo", "measure": [*TESTS], "estimate": 0.5}
    check_estimates(bind_estimates(estimates, estimate_frame(tests)))


def test_all_broken_promises_are_told_together(estimates: pd.DataFrame) -> None:
    estimates["meting"] = ""
    estimates.loc[0, "status"] = "X"

    with pytest.raises(EstimateError) as caught:
        check_estimates(estimates)
    assert [fault.rule for fault in caught.value.faults] == ["no_meting", "unknown_status", "no_reason"]


def test_other_columns_are_refused(estimates: pd.DataFrame) -> None:
    with pytest.raises(EstimateError) as caught:
        check_estimates(estimates[["meting", "question"]], "e")
    assert str(caught.value) == (
        "e: the columns are meting, question. Make the frame with estimate_frame(). "
        f"An estimate frame has {', '.join(COLUMNS)}."
    )


def test_binding_refuses_the_same_number_twice(estimates: pd.DataFrame) -> None:
    assert len(bind_estimates(estimates.iloc[:2], estimates.iloc[2:])) == 4
    with pytest.raises(EstimateError) as caught:
        bind_estimates(estimates, estimates.iloc[:1])
    assert str(caught.value) == "bind_estimates():6: 1 row where a key stands twice, first bekend."


def test_two_measurements_may_say_the_same(estimates: pd.DataFrame) -> None:
    assert len(bind_estimates(estimates, estimates.assign(meting="m-2022"))) == 8


def test_binding_nothing_gives_an_empty_frame() -> None:
    assert tuple(bind_estimates().columns) == COLUMNS


def test_pick_returns_one_row_by_its_address(estimates: pd.DataFrame) -> None:
    assert pick(estimates, "bekend", "nee")["estimate"] == 0.25
    assert pick(estimates, "bekend", "ja", by="wgo", group="noord")["status"] == "Q"


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ({"question": "bekent"}, "pick(): no question 'bekent'. Did you mean 'bekend'? Known: 'bekend', 'cijfer'."),
        (
            {"question": "bekend", "category": "jaa"},
            "pick(): no category 'jaa'. Did you mean 'ja'? Known: 'ja', 'nee'.",
        ),
        (
            {"question": "bekend", "category": "ja", "by": "wgo", "group": "zuid"},
            "pick(): no group 'zuid'. Known: 'noord'.",
        ),
        ({"question": "cijfer", "measure": "share"}, "pick(): no measure 'share'. Known: 'mean'."),
    ],
)
def test_pick_says_which_part_of_the_address_is_wrong(
    estimates: pd.DataFrame, address: dict[str, str], message: str
) -> None:
    with pytest.raises(UnknownNameError) as caught:
        pick(estimates, **address)  # type: ignore[arg-type]
    assert str(caught.value) == message


def test_pick_refuses_to_choose(estimates: pd.DataFrame) -> None:
    both = pd.concat([estimates, estimates.assign(meting="m-2022")], ignore_index=True)

    with pytest.raises(EstimateError) as caught:
        pick(both, "bekend", "ja")
    assert str(caught.value) == (
        "pick(): 2 rows for question 'bekend', category 'ja'. Name the meting too. Known: 'm-2021', 'm-2022'."
    )


def test_compare_names_what_was_added_dropped_and_changed(estimates: pd.DataFrame) -> None:
    new = estimates.drop(index=1).copy()
    new.loc[0, "estimate"] = 0.8
    new.loc[3, "question"] = "mark"

    difference = compare_estimates(new, estimates).sort_values(["change", "question"])
    assert difference[["question", "category", "change", "column", "old", "new"]].to_numpy().tolist() == [
        ["mark", "", "added", "", "", ""],
        ["bekend", "ja", "changed", "estimate", "0.75", "0.8"],
        ["bekend", "nee", "dropped", "", "", ""],
        ["cijfer", "", "dropped", "", "", ""],
    ]
    assert compare_estimates(estimates, estimates).empty


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_frame_comes_back_as_it_was_written(estimates: pd.DataFrame, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"e{suffix}"
    write_frame(estimates, path)

    pd.testing.assert_frame_equal(read_estimates(path), estimates)
    assert list(tmp_path.iterdir()) == [path]


def test_writing_keeps_every_digit(estimates: pd.DataFrame, tmp_path: Path) -> None:
    estimates.loc[0, "estimate"] = 2 / 3
    write_frame(estimates, tmp_path / "e.csv")

    assert math.isclose(read_estimates(tmp_path / "e.csv")["estimate"][0], 2 / 3, rel_tol=0, abs_tol=0)


def test_a_name_that_looks_missing_stays_a_name(estimates: pd.DataFrame, tmp_path: Path) -> None:
    estimates.loc[0, "category"] = "NA"
    write_frame(estimates, tmp_path / "e.csv")

    assert read_estimates(tmp_path / "e.csv")["category"][0] == "NA"


def test_writing_says_what_it_cannot_do(estimates: pd.DataFrame, tmp_path: Path) -> None:
    with pytest.raises(EstimateError) as caught:
        write_frame(estimates, tmp_path / "e.sav")
    assert str(caught.value) == (
        f"{tmp_path / 'e.sav'}: cannot tell the format from the suffix '.sav'. Known: '.csv', '.parquet'."
    )
    with pytest.raises(EstimateError) as caught:
        write_frame(estimates, tmp_path / "new" / "e.csv")
    assert str(caught.value) == (
        f"{tmp_path / 'new' / 'e.csv'}: the folder '{tmp_path / 'new'}' does not exist. "
        "Make it first, or write elsewhere."
    )


def test_reading_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(EstimateError) as caught:
        read_estimates(tmp_path / "e.csv")
    assert str(caught.value) == (
        f"{tmp_path / 'e.csv'}: there is no such file. Make it with `srsmeting estimate METING -o e.csv`."
    )
