"""Weighted years: the change of weighted figures, its error by hand, and what is printed of it."""

import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from srsmeting.bundled import bundled
from srsmeting.cli import main
from srsmeting.crosswalk import common_ground, read_crosswalk
from srsmeting.estimation.change import estimate_changes
from srsmeting.meting import load_meting, silent
from srsmeting.years import Compared, compare_metings
from srsmeting.years.wave import waves_of
from srsmeting.years.year import run_year

YEARS = (2021, 2022)


def _copied(folder: Path, *lines: str, years: tuple[int, ...] = YEARS) -> list[Path]:
    """Copy the first two years without their records, and add these settings to both."""
    shutil.copytree(bundled("questionnaires"), folder / "questionnaires")
    for year in YEARS:
        copy = folder / "analyses" / f"srs_{year}"
        shutil.copytree(bundled(f"analyses/srs_{year}"), copy, ignore=shutil.ignore_patterns("record"))
        if year in years:
            config = copy / "meting.yaml"
            config.write_text(config.read_text(encoding="utf-8") + "\n".join(lines) + "\n", encoding="utf-8")
    return [folder / "analyses" / f"srs_{year}" for year in YEARS]


@pytest.fixture(scope="module")
def raked(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return _copied(tmp_path_factory.mktemp("raked"), "weights: [grootteklasse_samengevoegd]")


@pytest.fixture(scope="module")
def stratified(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return _copied(tmp_path_factory.mktemp("stratified"), "design: {strata: grootteklasse_samengevoegd}")


@pytest.fixture(scope="module")
def compared(raked: list[Path]) -> Compared:
    return compare_metings([load_meting(folder) for folder in raked])


def _size(codes: pd.Series) -> pd.Series:
    return codes.replace({"S5": "S1", "onbekend": "lt50"}).replace(
        {"S1": "lt50", "S2": "50_249", "S3": "250_1000", "S4": "gt1000"}
    )


class Hand:
    """A year as a statistician would have it: answers, groups, and the frame."""

    def __init__(self, folder: Path) -> None:
        rows = pd.read_csv(folder / "export.csv", sep=";", encoding="utf-8-sig", dtype="str", keep_default_na=False)
        rows = rows[rows["submitdate"] != ""].set_index("token")
        frame = pd.read_csv(folder / "frame.csv", dtype="str").set_index("token")
        self.y = (rows["G04Q01"] == "A1").astype(float)
        self.group, self.frame_group = _size(rows["G00Q03"]), _size(frame["grootteklasse"])
        self.sizes, self.n, self.N = self.frame_group.value_counts(), len(rows), len(frame)
        means = self.y.groupby(self.group).mean()
        self.level = float((self.sizes / self.N * means).sum())
        weights = self.group.map(self.sizes / self.group.value_counts())
        #: What respondents move the weighted share, the mean of their group taken off.
        self.e = weights * (self.y - self.group.map(means)) / self.N


def test_the_error_of_a_change_of_weighted_shares_by_hand(raked: list[Path]) -> None:
    """`V1 + V2 - 2 C` of linearised residuals; 150 organisations answered both times and 961 are in both frames."""
    one, two = (Hand(folder) for folder in raked)
    v1, v2 = ((1 - y.n / y.N) * y.n / (y.n - 1) * (y.e**2).sum() for y in (one, two))
    both = one.e.index.intersection(two.e.index)
    common = len(one.frame_group.index.intersection(two.frame_group.index))
    e1, e2 = one.e[both], two.e[both]
    factor = (len(both) - one.n / one.N * two.n / two.N * common) / (len(both) - 1)
    c = factor * ((e1 - e1.mean()) * (e2 - e2.mean())).sum()
    found = _change(raked)

    assert (len(both), common) == (150, 961)
    assert found["estimate"] == pytest.approx(two.level - one.level, abs=1e-12)
    assert found["se"] == pytest.approx(float(np.sqrt(v1 + v2 - 2 * c)), rel=1e-9)
    assert found["method"] == "against srs-2021; wilson_change_weighted"


def test_the_error_of_a_change_of_stratified_samples_by_hand(stratified: list[Path]) -> None:
    """Per pair of strata its own covariance: organisations can have changed size, and then their stratum."""
    one, two = (Hand(folder) for folder in stratified)
    variance = 0.0
    for y in (one, two):
        for size, n in y.group.value_counts().items():
            e = y.e[y.group == size]
            variance += (1 - n / y.sizes[size]) * n / (n - 1) * ((e - e.mean()) ** 2).sum()
    both = one.e.index.intersection(two.e.index)
    frames = one.frame_group.index.intersection(two.frame_group.index)
    pairs = pd.Series(list(zip(one.group[both], two.group[both], strict=True)), index=both)
    in_frames = pd.Series(list(zip(one.frame_group[frames], two.frame_group[frames], strict=True))).value_counts()
    covariance, left, seen, freedom = 0.0, 0.0, 0.0, 0
    for pair in set(in_frames.index) | set(pairs):
        units = pairs.index[pairs == pair]
        f1, f2 = ((y.group == size).sum() / y.sizes[size] for y, size in zip((one, two), pair, strict=True))
        more = len(units) - f1 * f2 * in_frames.get(pair, 0)
        if len(units) < 2:
            left += more
            continue
        e1, e2 = one.e[units], two.e[units]
        sums = ((e1 - e1.mean()) * (e2 - e2.mean())).sum()
        covariance += more / (len(units) - 1) * sums
        seen, freedom = seen + sums, freedom + len(units) - 1
    # Pairs that show none of their own have that of the others, per organisation.
    covariance += left * seen / freedom
    found = _change(stratified)

    assert found["estimate"] == pytest.approx(two.level - one.level, abs=1e-12)
    assert found["se"] == pytest.approx(float(np.sqrt(variance - 2 * covariance)), rel=1e-9)


def _change(folders: list[Path]) -> pd.Series:
    """Return the change before it is rounded."""
    earlier, later = (run_year(load_meting(folder), silent) for folder in folders)
    crosswalk = read_crosswalk(folders[1] / "crosswalk.csv", earlier.meting.questionnaire, later.meting.questionnaire)
    waves = [waves_of(year, common_ground(crosswalk), [], "token") for year in (earlier, later)]
    one, two = (next(wave for asked, wave in parts if "bekend_leren" in asked) for parts in waves)
    changes = estimate_changes(one, two, "bekend_leren")
    return changes[(changes["measure"] == "change") & (changes["category"] == "bekend_inhoud")].iloc[0]


def test_changes_are_printed_as_weighted_shares_are(compared: Compared, raked: list[Path]) -> None:
    """Whole percentages, no standard errors: from more digits answers could be worked out."""
    one, two = (Hand(folder) for folder in raked)
    changes = compared.years[compared.years["measure"].isin(["change", "panel_change", "detectable_change"])]
    shares = changes[(changes["category"] != "") & changes["estimate"].notna()]
    key = (changes["question"] == "bekend_leren") & (changes["category"] == "bekend_inhoud") & (changes["by"] == "")
    row = changes[key & (changes["measure"] == "change")].iloc[0]

    assert changes["se"].isna().all()
    assert (shares["estimate"] * 100).round(9).mod(1).eq(0).all()
    assert row["estimate"] == pytest.approx(np.floor((two.level - one.level) * 100 + 0.5) / 100, abs=1e-12)
    assert not compared.years["measure"].isin(["composition_change", "rate_change", "standardised_change"]).any()


def test_the_tests_of_a_chapter_are_one_family_whatever_their_weights(compared: Compared) -> None:
    """Holm by hand, on p-values of three decimals: within a chapter the smallest counts for all of them."""
    frame = compared.years[(compared.years["by"] == "") & (compared.years["meting"] == "srs-2022")]
    pijler = {
        question.id: question.pijler for question in load_meting(bundled("analyses/srs_2022")).questionnaire.questions
    }
    p, holm = (frame[frame["measure"] == name].reset_index(drop=True) for name in ("change_p", "change_p_holm"))
    chapter = p["question"].map(pijler) == "leren_opleiden"
    values = p.loc[chapter, "estimate"].dropna()
    smallest = values.idxmin()

    assert p[["question", "category"]].equals(holm[["question", "category"]])
    assert len(values) > 5
    assert holm.loc[smallest, "estimate"] == pytest.approx(
        min(1.0, len(values) * values.min()), abs=0.0005 * len(values)
    )
    assert holm.loc[chapter, "estimate"].ge(p.loc[chapter, "estimate"]).where(p["estimate"].notna(), other=True).all()


def test_weighted_and_not_is_one_message(tmp_path: Path) -> None:
    folders = _copied(tmp_path, "weights: [wgo]", years=(2022,))
    result = CliRunner().invoke(main, ["compare", str(folders[1]), "-o", "-"])

    assert result.exit_code == 2
    assert re.sub(r"\s+", " ", result.stderr) == (
        "srsmeting: 'srs-2022' is weighted and 'srs-2021' is not, so that a change would be one of method too. Weight all "
        "years ('weights' or 'design' in meting.yaml), or none. "
    )
