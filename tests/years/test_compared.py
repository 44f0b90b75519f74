"""Years side by side: what is compared, what is not, and what stays hidden."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from srsmeting.bundled import bundled
from srsmeting.cli import main
from srsmeting.crosswalk import read_crosswalk
from srsmeting.estimates import check_estimates, estimate_frame
from srsmeting.meting import load_meting
from srsmeting.questionnaire import load_questionnaire
from srsmeting.years import Compared, compare_metings
from srsmeting.years.apart import set_apart


@pytest.fixture(scope="module")
def years() -> Compared:
    """Return the three bundled years, compared."""
    return compare_metings([load_meting(bundled(f"analyses/srs_{year}")) for year in (2021, 2022, 2023)])


def _raw(year: int) -> pd.DataFrame:
    path = bundled(f"analyses/srs_{year}") / "export.csv"
    rows = pd.read_csv(path, sep=";", encoding="utf-8-sig", dtype="str", keep_default_na=False)
    return rows[rows["submitdate"] != ""].set_index("token")


def _row(
    frame: pd.DataFrame, meting: str, measure: str, question: str, category: str, by: str = "", group: str = ""
) -> pd.Series:
    key = {"meting": meting, "measure": measure, "question": question, "category": category, "by": by, "group": group}
    found = frame[np.logical_and.reduce([frame[name] == value for name, value in key.items()])]
    assert len(found) == 1
    return found.iloc[0]


def test_the_frame_keeps_its_contract(years: Compared) -> None:
    check_estimates(years.estimates)
    assert list(years.estimates["meting"].unique()) == ["srs-2021", "srs-2022", "srs-2023"]
    assert years.overlaps == (
        "srs-2021 and srs-2022: 150 organisations answered both times",
        "srs-2022 and srs-2023: 152 organisations answered both times",
    )


def test_a_change_is_the_difference_of_what_was_counted_and_knows_who_answered_twice(years: Compared) -> None:
    one, two = _raw(2021)["G04Q01"] == "A1", _raw(2022)["G04Q01"] == "A1"
    row = _row(years.estimates, "srs-2022", "change", "bekend_leren", "bekend_inhoud")

    assert row["estimate"] == pytest.approx(two.mean() - one.mean(), abs=1e-12)
    # By hand, from the formula for simple random samples that overlap: 985 and 992 organisations, 961 in both.
    frames = [set(pd.read_csv(bundled(f"analyses/srs_{y}") / "frame.csv", dtype="str")["token"]) for y in (2021, 2022)]
    sizes, common = [len(frame) for frame in frames], len(frames[0] & frames[1])
    both = one.index.intersection(two.index)
    n1, n2, n12 = len(one), len(two), len(both)
    v1 = (1 - n1 / sizes[0]) * one.var(ddof=1) / n1
    v2 = (1 - n2 / sizes[1]) * two.var(ddof=1) / n2
    factor = (n12 - n1 / sizes[0] * n2 / sizes[1] * common) / (n12 - 1)
    e1, e2 = one[both] / n1, two[both] / n2
    covariance = factor * ((e1 - e1.mean()) * (e2 - e2.mean())).sum()
    assert (sizes, common, n12) == ([985, 992], 961, 150)
    assert row["se"] == pytest.approx(float(np.sqrt(v1 + v2 - 2 * covariance)), rel=0.01)
    independent = float(np.sqrt(one.var(ddof=1) / n1 + two.var(ddof=1) / n2))
    assert row["se"] < 0.8 * independent


def test_who_answered_twice_is_compared_with_itself(years: Compared) -> None:
    one, two = _raw(2021)["G04Q01"] == "A1", _raw(2022)["G04Q01"] == "A1"
    both = one.index.intersection(two.index)
    row = _row(years.estimates, "srs-2022", "panel_change", "bekend_leren", "bekend_inhoud")

    assert row["estimate"] == pytest.approx(two[both].mean() - one[both].mean(), abs=1e-12)
    assert row["denominator"] == 150


def test_groups_that_merged_are_one_group_in_both_years(years: Compared) -> None:
    one, two = _raw(2021), _raw(2022)
    before = one[one["G00Q01"].isin(["W07", "W10"])]["G02Q01"] == "A1"
    after = two[two["G00Q01"] == "W14"]["G02Q01"] == "A1"
    row = _row(years.estimates, "srs-2022", "change", "bekend_onderzoek", "bekend_inhoud", "wgo", "fusie_zuid")

    assert row["estimate"] == pytest.approx(after.mean() - before.mean(), abs=1e-12)
    assert (row["numerator"], row["denominator"]) == (len(before), len(after))


def test_what_is_not_declared_comparable_is_shown_as_that_and_never_compared(years: Compared) -> None:
    frame = years.estimates[years.estimates["measure"].str.endswith("change") & (years.estimates["question"] != "")]
    tools = frame[(frame["question"] == "digitale_tools") & (frame["meting"] == "srs-2022")]
    effects = frame[(frame["question"] == "effect_leren") & (frame["meting"] == "srs-2023")]

    assert tools[["status", "reason"]].to_numpy().tolist() == [["B", "trend_break"]]
    assert effects[["status", "reason"]].to_numpy().tolist() == [["M", "not_comparable"]]
    assert tools["estimate"].isna().all()
    new = frame[(frame["question"] == "effect_behoud") & (frame["category"] == "roosters")]
    assert set(zip(new["meting"], new["status"], new["reason"], strict=True)) == {("srs-2023", "M", "not_comparable")}
    assert new["estimate"].isna().all()
    asked = years.apart[years.apart["question"] != ""]
    assert asked[["later", "level", "kind", "comparable"]].to_numpy().tolist() == [
        ["srs-2022", "question", "wording_changed", "break"],
        ["srs-2023", "question", "base_changed", "no"],
        ["srs-2023", "answer", "new", "no"],
    ]


def test_a_group_that_a_year_hides_has_no_change(years: Compared) -> None:
    frame = years.estimates
    hidden = frame[(frame["status"] == "Q") & (frame["by"] == "wgo") & (frame["measure"] == "share")]
    keys = set(zip(hidden["meting"], hidden["question"], hidden["group"], strict=True))
    changes = frame[
        (frame["by"] == "wgo") & frame["measure"].isin(["change", "panel_change"]) & frame["estimate"].notna()
    ]
    for later, earlier in (("srs-2022", "srs-2021"), ("srs-2023", "srs-2022")):
        rows = changes[changes["meting"] == later]
        for meting in (later, earlier):
            shown = set(zip([meting] * len(rows), rows["question"], rows["group"], strict=True))
            assert not shown & keys
    assert {("srs-2021", "bekend_leren", "flever"), ("srs-2022", "bekend_leren", "flever")} <= keys


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (
            ["srs_2021"],
            "compare: there is one measurement. Name two or more, the earliest first, or write 'earlier' in its "
            "meting.yaml.",
        ),
        (
            ["srs_2022", "srs_2021"],
            "'srs-2022' and 'srs-2021': the years are in the wrong order. Name the earlier measurement first.",
        ),
        (
            ["srs_2021", "srs_2021"],
            "'srs-2021' and 'srs-2021': both measurements have the same id. Give every year its own 'meting'.",
        ),
    ],
)
def test_measurements_that_cannot_be_compared_are_one_message(names: list[str], message: str) -> None:
    arguments = [str(bundled(f"analyses/{name}")) for name in names]
    result = CliRunner().invoke(main, ["compare", *arguments, "-o", "-"])

    assert result.exit_code == 2
    assert result.stderr == f"srsmeting: {message}\n"


def _copied(folder: Path, **changes: str) -> Path:
    """Copy the years, with texts of the meting.yaml of 2022 changed."""
    shutil.copytree(bundled("analyses"), folder / "analyses")
    shutil.copytree(bundled("questionnaires"), folder / "questionnaires")
    config = folder / "analyses" / "srs_2022" / "meting.yaml"
    text = config.read_text(encoding="utf-8")
    for old, new in changes.items():
        text = text.replace(f"{old}:", new)
    config.write_text(text, encoding="utf-8")
    return folder / "analyses"


def test_what_merged_is_hidden_where_one_of_its_parts_was(tmp_path: Path) -> None:
    """Viazorg (18) hidden in 2021 and WZW (30) shown: both together would tell of Viazorg."""
    analyses = _copied(tmp_path)
    # What was published is hidden no more; here nothing was.
    shutil.rmtree(analyses / "srs_2021" / "record")
    config = analyses / "srs_2021" / "meting.yaml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("{min_respondents: 10,", "{min_respondents: 19,"), encoding="utf-8"
    )

    compared = compare_metings([load_meting(analyses / "srs_2021"), load_meting(analyses / "srs_2022")])
    row = _row(compared.estimates, "srs-2022", "change", "bekend_onderzoek", "bekend_inhoud", "wgo", "fusie_zuid")

    assert (row["status"], row["reason"]) == ("Q", "complementary")
    assert np.isnan(row["estimate"])


def test_a_part_of_what_was_merged_is_hidden_where_a_year_shows_the_whole(tmp_path: Path) -> None:
    """The 17 other organisations of 2021 would tell of the 5 in childcare that they were shown with."""
    analyses = _copied(tmp_path)
    later = analyses.parent / "questionnaires" / "srs_2022.yaml"
    text = later.read_text(encoding="utf-8")
    old = "{code: overige_kinderopvang, label: Overige zorg en welzijn (inclusief kinderopvang), of: [kinderopvang, overige]}"
    new = "{code: jeugd_kinderopvang, label: Jeugdzorg en kinderopvang, of: [kinderopvang, jeugdzorg]}"
    assert old in text
    later.write_text(text.replace(old, new), encoding="utf-8")
    walk = analyses / "srs_2022" / "crosswalk.csv"
    lines = walk.read_text(encoding="utf-8").splitlines()
    (place,) = (n for n, line in enumerate(lines) if ",overige_kinderopvang," in line)
    lines[place : place + 1] = [
        "srs-2021,branche_samengevoegd,overige_kinderopvang,,srs-2022,,,,dropped,no,",
        "srs-2021,,,,srs-2022,branche_samengevoegd,jeugd_kinderopvang,,new,no,",
    ]
    walk.write_text("\n".join(lines) + "\n", encoding="utf-8")

    compared = compare_metings([load_meting(analyses / "srs_2021"), load_meting(analyses / "srs_2022")])
    key = ("srs-2022", "change", "bekend_onderzoek", "bekend_inhoud", "branche_samengevoegd")
    rows = [_row(compared.estimates, *key, group) for group in ("overige", "jeugd_kinderopvang", "vvt")]

    assert [(row["status"], row["reason"]) for row in rows] == [
        ("Q", "complementary"),
        ("M", "not_comparable"),
        ("A", ""),
    ]


def test_a_question_that_was_dropped_goes_by_its_title(tmp_path: Path) -> None:
    """No question mark in the middle of a list: "Wat is uw functie?" is the text of "Functie van de respondent"."""
    asked = load_questionnaire(bundled("questionnaires/srs_2022.yaml"))
    later = load_questionnaire(bundled("questionnaires/srs_2023.yaml"))
    kept = tuple(question for question in later.questions if question.id != "functie")
    walk = (bundled("analyses/srs_2023") / "crosswalk.csv").read_text(encoding="utf-8").splitlines()
    walk = [line for line in walk if ",functie," not in line]
    walk.append("srs-2022,functie,,Wat is uw functie?,srs-2023,,,,dropped,no,")
    (tmp_path / "crosswalk.csv").write_text("\n".join(walk) + "\n", encoding="utf-8")
    crosswalk = read_crosswalk(tmp_path / "crosswalk.csv", asked, replace(later, questions=kept))

    last = load_meting(bundled("analyses/srs_2023"))
    figures = estimate_frame({"meting": "srs-2023", "measure": "count", "estimate": 1})
    apart = set_apart([last], [crosswalk], [crosswalk], figures)

    told = apart.loc[apart["question"] == "functie", ["label", "kind", "reason"]].to_numpy().tolist()
    assert told == [["Functie van de respondent", "dropped", "Deze vraag is vervallen."]]


def test_without_a_crosswalk_nothing_is_compared(tmp_path: Path) -> None:
    analyses = _copied(tmp_path, crosswalk="timezone: UTC #", earlier="#")
    result = CliRunner().invoke(main, ["compare", str(analyses / "srs_2021"), str(analyses / "srs_2022"), "-o", "-"])

    assert result.exit_code == 2
    assert result.stderr == (
        f"srsmeting: {analyses / 'srs_2022' / 'meting.yaml'}: names no 'crosswalk', and nothing says what of 'srs-2021' "
        "and 'srs-2022' may be compared. Make one with `srsmeting crosswalk propose`, decide what it leaves open, and "
        "name it.\n"
    )


def test_where_no_identifier_matches_it_is_not_known_who_answered_twice(tmp_path: Path) -> None:
    analyses = _copied(tmp_path)
    for name in ("export.csv", "frame.csv"):
        file = analyses / "srs_2022" / name
        before = (
            pd.read_csv(analyses / "srs_2022" / "frame.csv", dtype="str")["token"] if name == "export.csv" else None
        )
        text = file.read_text(encoding="utf-8")
        tokens = before if before is not None else pd.read_csv(file, dtype="str")["token"]
        for token in tokens:
            text = text.replace(token, token[::-1].swapcase())
        file.write_text(text, encoding="utf-8")

    compared = compare_metings([load_meting(analyses / "srs_2021"), load_meting(analyses / "srs_2022")])
    row = _row(compared.estimates, "srs-2022", "change", "bekend_leren", "bekend_inhoud")

    assert compared.overlaps == ("srs-2021 and srs-2022: not known who answered both times",)
    assert (row["status"], row["reason"]) == ("U", "unknown_overlap")
