"""A second pair of eyes on response and coverage: counted again from the raw files, in plain Python."""

from __future__ import annotations

import csv
import math
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

from srsmeting import load_meting, run_meting

FOLDER = Path(__file__).parents[1] / "analyses" / "srs_2021"
WGO = "derotterdamsezorg flever sigra samen_voor_betere_zorg transvorm utrechtzorg viazorg wgv_zorg_en_welzijn wgv_zhz "
WGO += "wzw zorg_aan_zet zorgpleinnoord zwconnect"
Row = dict[str, object]


def read(name: str, separator: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))


@pytest.fixture(scope="module")
def published() -> pd.DataFrame:
    return run_meting(load_meting(FOLDER)).estimates


def rows_of(frame: pd.DataFrame, measure: str) -> dict[tuple[str, str], Row]:
    """Return the rows of a measure by moment and group, all of them by one breakdown."""
    rows = frame[frame["measure"] == measure].to_dict("records")
    return {(str(row["item"]), str(row["group"])): row for row in rows}


def test_response_is_counted_against_the_frame(published: pd.DataFrame) -> None:
    respondents = Counter(row["G00Q01"] for row in read("export.csv", ";") if row["submitdate"])
    frame = Counter(row["wgo"] for row in read("frame.csv", ","))
    counted = {("", ""): (respondents.total(), frame.total())}
    counted |= {("", wgo): (respondents[f"W{n:02}"], frame[wgo]) for n, wgo in enumerate(WGO.split(), 1)}
    computed = rows_of(published, "response_rate")
    assert {key: (row["numerator"], row["denominator"]) for key, row in computed.items()} == counted
    assert {key: row["estimate"] for key, row in computed.items()} == {key: k / n for key, (k, n) in counted.items()}


def test_coverage_and_its_change_are_quotients_of_the_raw_counts(published: pd.DataFrame) -> None:
    rows = [row for row in read("coverage.csv", ",") if row["employees"]]
    rates: dict[tuple[str, str], Fraction] = {}
    for moment in ("2019", "2021"):
        then = [row for row in rows if row["moment"] == moment]
        members, employees = ([int(row[column]) for row in then] for column in ("employees_members", "employees"))
        rates |= {(moment, r["branche"]): Fraction(m, e) for r, m, e in zip(then, members, employees, strict=True)}
        rates[moment, ""] = Fraction(sum(members), sum(employees))
    # Revalidatiecentra stand apart at one moment only, so they have no change.
    changes = {("2021", b): rates["2021", b] - rate for (moment, b), rate in rates.items() if moment == "2019"}
    for measure, expected in (("coverage", rates), ("coverage_change", changes)):
        shown = {key: float(str(row["estimate"])) for key, row in rows_of(published, measure).items()}
        assert {key: value for key, value in shown.items() if not math.isnan(value)} == pytest.approx(
            {key: float(value) for key, value in expected.items()}, abs=1e-15
        )


def test_the_break_of_the_revalidatiecentra_is_marked_and_nothing_else(published: pd.DataFrame) -> None:
    marked = {
        (measure, *key): row["status"]
        for measure in ("coverage", "coverage_change")
        for key, row in rows_of(published, measure).items()
        if row["status"] != "A"
    }
    assert marked == {
        ("coverage", "2019", "revalidatiecentra"): "K",
        ("coverage", "2019", "ziekenhuizen"): "W",
        ("coverage_change", "2021", "revalidatiecentra"): "O",
        ("coverage_change", "2021", "ziekenhuizen"): "B",
    }
