"""Trends: the last year against the first that a figure may be compared with."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from srsmeting.bundled import bundled
from srsmeting.meting import load_meting
from srsmeting.years import Compared, compare_metings


@pytest.fixture(scope="module")
def years() -> Compared:
    return compare_metings([load_meting(bundled(f"analyses/srs_{year}")) for year in (2021, 2022, 2023)])


def _trends(compared: Compared, question: str, by: str = "") -> pd.DataFrame:
    frame = compared.years
    return frame[frame["measure"].eq("trend_change") & frame["question"].eq(question) & frame["by"].eq(by)]


def _raw(year: int) -> pd.DataFrame:
    path = bundled(f"analyses/srs_{year}") / "export.csv"
    rows = pd.read_csv(path, sep=";", encoding="utf-8-sig", dtype="str", keep_default_na=False)
    return rows[rows["submitdate"] != ""].set_index("token")


def test_the_last_year_stands_against_the_first(years: Compared) -> None:
    one, two = (_raw(year)["G04Q01"] == "A1" for year in (2021, 2023))
    rows = _trends(years, "bekend_leren")
    row = rows[rows["category"] == "bekend_inhoud"].iloc[0]

    assert (row["meting"], row["method"]) == ("srs-2023", "against srs-2021; wilson_change")
    assert row["estimate"] == pytest.approx(two.mean() - one.mean(), abs=1e-12)
    assert (row["numerator"], row["denominator"]) == (len(one), len(two))
    # Organisations that answered in both 2021 and 2023 make it more precise than two independent samples.
    assert row["se"] < 0.95 * float((one.var(ddof=1) / len(one) + two.var(ddof=1) / len(two)) ** 0.5)


def test_groups_that_merged_on_the_way_have_a_trend(years: Compared) -> None:
    one, two = _raw(2021), _raw(2023)
    before = one[one["G00Q01"].isin(["W07", "W10"])]["G02Q01"] == "A1"
    after = two[two["G00Q01"] == "W14"]["G02Q01"] == "A1"
    rows = _trends(years, "bekend_onderzoek", "wgo")
    row = rows[(rows["group"] == "fusie_zuid") & (rows["category"] == "bekend_inhoud")].iloc[0]

    assert row["estimate"] == pytest.approx(after.mean() - before.mean(), abs=1e-12)


def test_a_trend_does_not_go_over_a_break(years: Compared) -> None:
    """digitale_tools has a break in 2022, effect_leren may not be compared in 2023: a trend of two years is a change."""
    assert _trends(years, "digitale_tools").empty
    assert _trends(years, "effect_leren").empty
    assert len(_trends(years, "effect_behoud")) == len(_trends(years, "effect_behoud").dropna(subset="estimate"))
    assert "roosters" not in set(_trends(years, "effect_behoud")["category"])


def test_two_years_have_no_trend(tmp_path: Path) -> None:
    compared = compare_metings([load_meting(bundled(f"analyses/srs_{year}")) for year in (2021, 2022)])

    assert not compared.years["measure"].str.startswith("trend").any()


def test_what_is_comparable_from_later_on_begins_there(tmp_path: Path) -> None:
    """A fourth year, asked as the third: the trend of a question with a break in 2022 begins in 2022."""
    for name in ("analyses", "questionnaires"):
        shutil.copytree(bundled(name), tmp_path / name)
    folder = tmp_path / "analyses"
    shutil.copytree(folder / "srs_2023", folder / "srs_2024")
    for file in (folder / "srs_2024" / "meting.yaml", folder / "srs_2024" / "coded.csv"):
        text = file.read_text(encoding="utf-8").replace("srs-2023", "srs-2024").replace("srs_2023", "srs_2024")
        file.write_text(text.replace("earlier: ../srs_2022", "earlier: ../srs_2023"), encoding="utf-8")
    asked = (tmp_path / "questionnaires" / "srs_2023.yaml").read_text(encoding="utf-8")
    (tmp_path / "questionnaires" / "srs_2024.yaml").write_text(asked.replace("srs-2023", "srs-2024"), encoding="utf-8")
    same = pd.read_csv(folder / "srs_2023" / "crosswalk.csv", dtype="str", keep_default_na=False)
    same = same[same["var_name_target"] != ""].assign(meting_orig="srs-2023", meting_target="srs-2024")
    for part in ("var_name", "val_code", "val_label"):
        same[f"{part}_orig"] = same[f"{part}_target"]
    same = same.drop_duplicates(["var_name_target", "val_code_target"]).assign(kind="same", comparable="yes", reason="")
    # The last year asks one thing otherwise.
    asked_otherwise = (same["var_name_target"] == "rol_transitie") & (same["val_code_target"] == "")
    same.loc[asked_otherwise, ["comparable", "reason"]] = ["break", "De uitleg is anders."]
    follows = (same["var_name_target"] == "soort_rol") & (same["val_code_target"] == "")
    same.loc[follows, ["comparable", "reason"]] = ["break", "Wie de vraag krijgt, hangt af van een andere."]
    same.to_csv(folder / "srs_2024" / "crosswalk.csv", index=False)

    compared = compare_metings([load_meting(folder / f"srs_{year}") for year in (2021, 2022, 2023, 2024)])
    before = compared.years[(compared.years["meting"] == "srs-2023") & (compared.years["measure"] == "change")]
    tools, known = _trends(compared, "digitale_tools"), _trends(compared, "bekend_leren")

    assert set(tools["method"]) == {"against srs-2022; wilson_change"}
    assert set(known["method"]) == {"against srs-2021; wilson_change"}
    # In 2024 all answered as in 2023.
    changes = compared.years[(compared.years["meting"] == "srs-2024") & (compared.years["measure"] == "change")]
    assert set(changes["estimate"].dropna()) == {0.0}
    # What changed before that stands as it was: the break came later. The level does stand across it.
    role = before[(before["question"] == "rol_transitie") & (before["by"] == "") & (before["category"] == "ja")]
    level = compared.years[(compared.years["meting"] == "srs-2023") & (compared.years["measure"] == "share")]
    level = level[(level["question"] == "rol_transitie") & (level["by"] == "") & (level["category"] == "ja")]
    assert role[["status", "reason"]].to_numpy().tolist() == [["A", ""]]
    assert level[["status", "reason"]].to_numpy().tolist() == [["B", "trend_break"]]
