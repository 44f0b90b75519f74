"""One line in meting.yaml compares the groups of a breakdown."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from srsmeting.errors import ConfigurationError
from srsmeting.estimates import pick, read_estimates
from srsmeting.frames import write_frame
from srsmeting.meting import load_meting
from srsmeting.running import run_meting

LINE = "breakdowns: [wgo]\n"


def ask_for(folder: Path, line: str) -> Path:
    file = folder / "meting.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(LINE, line), encoding="utf-8")
    return folder


@pytest.fixture
def compared(mini: Path) -> pd.DataFrame:
    return run_meting(load_meting(ask_for(mini, LINE + "comparisons: [wgo]\n"))).estimates


def test_off_by_default(mini: Path) -> None:
    estimates = run_meting(load_meting(mini)).estimates
    assert not estimates["measure"].isin(["p_value", "difference", "difference_p", "effect_size"]).any()


def test_groups_are_compared(compared: pd.DataFrame) -> None:
    """4 of 6 in the north know the content, 2 of 4 in the south; 10 of 20, which halves every variance."""
    row = pick(compared, "bekend", "inhoud", by="wgo", group="noord-zuid", measure="difference")
    assert row["estimate"] == pytest.approx(4 / 6 - 2 / 4)
    assert row["se"] == pytest.approx((0.5 * 10 / 9 * (6 * 2 / 9 / 6**2 + 4 * 1 / 4 / 4**2)) ** 0.5)
    assert (row["numerator"], row["denominator"], row["status"], row["reason"]) == (6, 4, "U", "few_expected")
    test = pick(compared, "bekend", by="wgo", measure="p_value")
    assert (test["numerator"], test["denominator"], test["method"]) == (2, 10, "rao_scott")


def test_what_was_there_stays_as_it_was(mini: Path, compared: pd.DataFrame) -> None:
    file = mini / "meting.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("comparisons: [wgo]\n", ""), encoding="utf-8")
    plain = run_meting(load_meting(mini)).estimates
    pd.testing.assert_frame_equal(compared.head(len(plain)), plain)


def test_a_suppressed_group_is_not_compared(compared: pd.DataFrame) -> None:
    """Of the south 2 were asked for effects, where 3 is the least; the north would give them away."""
    shares = compared[(compared["question"] == "effect") & (compared["by"] == "wgo")]
    hidden = shares[shares["measure"] == "share"]
    assert set(hidden["status"]) == {"Q"}
    others = shares[shares["measure"] != "share"]
    assert set(others["measure"]) == {"p_value", "effect_size", "difference", "difference_p"}
    assert set(others["status"]) == {"Q"}
    assert others[["estimate", "se", "ci_low", "ci_high", "numerator", "denominator"]].isna().all(axis=None)


def test_the_frame_is_stored_and_read(compared: pd.DataFrame, tmp_path: Path) -> None:
    write_frame(compared, tmp_path / "figures.csv")
    pd.testing.assert_frame_equal(read_estimates(tmp_path / "figures.csv"), compared)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "comparisons: [wgoo]",
            "meting.yaml:8: comparisons: no breakdown 'wgoo'. Did you mean 'wgo'? Known: 'wgo', 'bekend'.",
        ),
        (
            "comparisons: [bekend]",
            "meting.yaml:8: comparisons: 'bekend' is not broken down by. Add it to 'breakdowns'.",
        ),
    ],
)
def test_faults_in_the_line(line: str, message: str, mini: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_meting(ask_for(mini, f"{LINE}{line}\n"))
    assert str(caught.value) == message


@pytest.mark.parametrize(("line", "loaded"), [("", "[]"), ("comparisons: [wgo]\n", "['pingouin']")])
def test_only_who_compares_waits_for_the_libraries(line: str, loaded: str, mini: Path) -> None:
    code = (
        "import sys; from srsmeting.meting import load_meting; from srsmeting.running import run_meting; "
        f"run_meting(load_meting({str(ask_for(mini, LINE + line))!r})); "
        "print([name for name in ('pingouin', 'scipy.stats', 'scipy.optimize') if name in sys.modules][:1])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == f"{loaded}\n"
    assert done.stderr == ""
