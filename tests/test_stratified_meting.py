"""A measurement with strata from its meting.yaml to its estimates: by hand, and as R's survey package has them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from srsmeting.bundling import write_bundle
from srsmeting.errors import ConfigurationError
from srsmeting.estimates import bind_estimates, check_estimates, pick
from srsmeting.estimation import Design, estimate_means, estimate_shares
from srsmeting.meting import Meting, load_meting
from srsmeting.population import read_population
from srsmeting.report import open_report
from srsmeting.running import Run, run_meting
from srsmeting.sampling import weigh_strata
from srsmeting.weighing import estimate_answers

DATA = Path(__file__).parent / "estimation" / "data"

Write = Callable[..., Path]


@pytest.fixture
def stratified(mini: Path) -> Write:
    """Give the small measurement strata: of 20 organisations, the north has 6 respondents and the south 4."""

    def write(north: int = 15, more: str = "", design: str = "{strata: wgo}", min_base: int = 1) -> Path:
        rows = "".join(f"tok{n},{'noord' if n <= 6 or n > 26 - north else 'zuid'}\n" for n in range(1, 21))
        (mini / "frame.csv").write_text("token,wgo\n" + rows, encoding="utf-8")
        config = (mini / "meting.yaml").read_text(encoding="utf-8").replace("min_base: 3", f"min_base: {min_base}")
        (mini / "meting.yaml").write_text(f"{config}design: {design}\n{more}", encoding="utf-8")
        return mini

    return write


def refused(folder: Path) -> str:
    with pytest.raises(ConfigurationError) as caught:
        run_meting(load_meting(folder))
    return str(caught.value)


def designs(run: Run, meting: Meting) -> list[tuple[set[str], Design]]:
    """Return the designs of a measurement, and which questions have them."""
    assert run.intake is not None
    responses, config = run.intake.responses, meting.config
    population = read_population(meting.path(config.frame), meting.questionnaire)
    counted = estimate_answers(responses, Design.simple_random(responses.n, population.size), config)
    return list(weigh_strata(meting.file, config, responses, population, counted).designs)


def test_strata_by_hand(stratified: Write) -> None:
    meting = load_meting(stratified())
    run = run_meting(meting)
    assert run.intake is not None
    assert run.weighting is not None
    # 15 over 6, and 5 over 4.
    assert sorted(set(run.weighting.final)) == [1.25, 2.5]
    ((_, design),) = designs(run, meting)
    assert repr(design) == "Design.stratified(10 of 20 in 2 strata), weighted"
    frame = estimate_shares(run.intake.responses, design, "bekend")

    # The north has 4 of 6, the south 2 of 4: 3/4 x 2/3 + 1/4 x 1/2.
    known = pick(frame, "bekend", "inhoud")
    assert known["estimate"] == pytest.approx(0.625, rel=1e-14)
    # (3/4)^2 x (1 - 6/15) x (2/9 x 6/5) / 6 + (1/4)^2 x (1 - 4/5) x (1/4 x 4/3) / 4.
    assert known["se"] == pytest.approx(np.sqrt(0.5625 * 0.6 * (12 / 45) / 6 + 0.0625 * 0.2 / 3 / 4), rel=1e-12)
    # Within a stratum it is a simple random sample of it: 2/9 x 6/5 / 6 x (1 - 6/15).
    north = pick(
        estimate_shares(run.intake.responses, design, "bekend", "wgo"), "bekend", "inhoud", by="wgo", group="noord"
    )
    assert (north["estimate"], north["denominator"]) == (pytest.approx(4 / 6, rel=1e-14), 6)
    assert north["se"] == pytest.approx(np.sqrt(12 / 45 / 6 * 0.6), rel=1e-12)


def test_what_is_published_is_rounded_as_weighted_figures_are(stratified: Write) -> None:
    estimates = run_meting(load_meting(stratified())).estimates
    check_estimates(estimates)
    known = pick(estimates, "bekend", "inhoud")
    assert (known["estimate"], known["denominator"], known["method"]) == (0.63, 10, "wilson_weighted")
    assert known[["se", "numerator"]].isna().all()
    # Kish: (6 x 2.5 + 4 x 1.25)^2 / (6 x 6.25 + 4 x 1.5625) = 400 / 43.75 = 9.142857.
    assert pick(estimates, "", measure="effective_n")["estimate"] == 9.14


def test_strata_that_are_hidden_are_collapsed(stratified: Write) -> None:
    """The four of the south are fewer than five: everyone counts the same."""
    run = run_meting(load_meting(stratified(min_base=5)))
    assert run.weighting is not None
    assert set(run.weighting.final) == {2.0}
    assert pick(run.estimates, "bekend", "inhoud")["estimate"] == 0.6


def test_a_report_says_to_what_answers_count(stratified: Write, tmp_path: Path) -> None:
    meting = load_meting(stratified())
    write_bundle(meting, run_meting(meting).estimates, tmp_path / "bundle")
    r = open_report(tmp_path / "bundle")
    assert r.weighting == (
        "zijn gewogen naar regio: elke groep telt mee naar haar deel van alle uitgenodigde organisaties. Aantallen "
        "respondenten zijn ongewogen"
    )
    assert r.distribution_table("bekend").notes[-1] == "Gewogen naar regio; aantallen ongewogen."


@pytest.fixture(scope="module")
def synth(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the invented survey of the reference a measurement: a table of codes, and its frame of 985."""
    folder = tmp_path_factory.mktemp("synth")
    sizes = {"region": 13, "branch": 9, "size": 5, "q_single": 4, "s1": 5}
    asked = "".join(
        f"  - {{id: {name}, kind: single, title: {name}, text: '?', pijler: basis, fase: bereik, categories: ["
        + ", ".join(f"{{code: c{n}, export: '{n}', label: '{n}'}}" for n in range(1, size + 1))
        + "]}\n"
        for name, size in sizes.items()
    )
    asked += "  - {id: mark, kind: mark, title: mark, text: '?', pijler: basis, fase: bereik, range: [1, 10]}\n"
    (folder / "questionnaire.yaml").write_text(
        f"meting: synth\ntitle: Synth\npijlers: [{{id: basis, label: Basis}}]\nquestions:\n{asked}", encoding="utf-8"
    )
    survey = pd.read_csv(DATA / "synth301.csv")[["org", *sizes, "mark"]].rename(columns={"org": "token"})
    survey.astype("Int64").to_csv(folder / "export.csv", index=False)
    frame = pd.read_csv(DATA / "synth_frame985.csv")[["org", "region", "branch", "size"]].rename(
        columns={"org": "token"}
    )
    for name in ("region", "branch", "size"):
        frame[name] = "c" + frame[name].astype(str)
    frame.to_csv(folder / "frame.csv", index=False)
    (folder / "mapping.yaml").write_text("token: token\n", encoding="utf-8")
    (folder / "meting.yaml").write_text(
        "meting: synth\ntitle: Synth\nquestionnaire: questionnaire.yaml\nexport: export.csv\nformat: tabel\n"
        "mapping: mapping.yaml\nframe: frame.csv\nbreakdowns: [branch, size]\nresponse_by: ''\n"
        "publication: {min_base: 1, normal_base: 0}\ndesign: {strata: region}\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture(scope="module")
def synth_run(synth: Path) -> pd.DataFrame:
    """Run it."""
    meting = load_meting(synth)
    run = run_meting(meting)
    assert run.intake is not None
    ((_, design),) = designs(run, meting)
    responses = run.intake.responses
    return bind_estimates(
        *(estimate_shares(responses, design, by=by) for by in (None, "branch", "size")),
        *(estimate_means(responses, design, by=by) for by in (None, "branch", "size")),
    )


@pytest.fixture(scope="module")
def r_survey() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((DATA / "r_reference.json").read_text(encoding="utf-8"))
    return loaded


def test_means_and_shares_are_those_of_r(synth_run: pd.DataFrame, r_survey: dict[str, Any]) -> None:
    expected = r_survey["svymean"]["synth_strat_fpc"]
    shares = [pick(synth_run, "q_single", f"c{n}") for n in range(1, 5)]
    np.testing.assert_allclose([row["estimate"] for row in shares], expected["q_single"]["est"], rtol=1e-12)
    np.testing.assert_allclose([row["se"] for row in shares], expected["q_single"]["se"], rtol=1e-12)
    mark = pick(synth_run, "mark", measure="mean")
    np.testing.assert_allclose([mark["estimate"]], expected["mark"]["est"], rtol=1e-12)
    np.testing.assert_allclose([mark["se"]], expected["mark"]["se"], rtol=1e-12)


def test_breakdowns_are_those_of_r(synth_run: pd.DataFrame, r_survey: dict[str, Any]) -> None:
    expected = r_survey["svyby"]["synth_strat_fpc"]
    shares = [pick(synth_run, "q_single", "c1", by="branch", group=f"c{n}") for n in range(1, 10)]
    np.testing.assert_allclose(
        [row["estimate"] for row in shares], expected["q_single_by_branch"]["q_single1"], rtol=1e-12
    )
    np.testing.assert_allclose(
        [row["se"] for row in shares], expected["q_single_by_branch"]["se.q_single1"], rtol=1e-12
    )
    means = [pick(synth_run, "mark", by="size", group=f"c{n}", measure="mean") for n in range(1, 6)]
    np.testing.assert_allclose([row["estimate"] for row in means], expected["mark_by_size"]["mark"], rtol=1e-12)
    np.testing.assert_allclose([row["se"] for row in means], expected["mark_by_size"]["se"], rtol=1e-12)


def test_raking_starts_from_the_weights_of_strata(synth: Path) -> None:
    """Weights are those that svy makes of it, to 12 digits; standard errors are made by hand.

    What branch and size leave unexplained of an answer, by least squares with the base weights, within every region.
    """
    file = synth / "meting.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}weights: [branch, size]\n", encoding="utf-8")
    meting = load_meting(synth)
    run = run_meting(meting)
    file.write_text(text, encoding="utf-8")
    assert run.weighting is not None
    assert run.intake is not None
    weights = run.weighting.final
    svy = [1.7990233268107299, 4.462448293304466, 3.79438446139084, 3.645237170752869, 3.643148399273027]
    np.testing.assert_allclose(weights[:5], svy, rtol=1e-12)
    assert (weights**2).sum() == pytest.approx(3395.032786679859, rel=1e-12)

    ((_, design),) = designs(run, meting)
    row = pick(estimate_shares(run.intake.responses, design, "q_single"), "q_single", "c1")
    survey = pd.read_csv(DATA / "synth301.csv")
    given = (survey["q_single"] == 1).to_numpy(dtype=float)
    share = weights @ given / weights.sum()
    assert row["estimate"] == pytest.approx(share, rel=1e-12)
    frame = pd.read_csv(DATA / "synth_frame985.csv").groupby("region").size()
    respondents = survey.groupby("region").size()
    base = np.sqrt((frame / respondents)[survey["region"]].to_numpy())
    cells = np.hstack([np.equal.outer(survey[name].to_numpy(), np.unique(survey[name])) for name in ("branch", "size")])
    left = given - share - cells @ np.linalg.lstsq(base[:, None] * cells, base * (given - share), rcond=None)[0]
    parts = pd.Series(weights * left / weights.sum()).groupby(survey["region"])
    squares = parts.var(ddof=1) * respondents * (1 - respondents / frame)
    assert row["se"] == pytest.approx(np.sqrt(squares.sum()), rel=1e-10)

    # Groups of a margin have other weights in every stratum: readers are told the mean of each, and of the strata.
    told = run.estimates[run.estimates["measure"] == "weight"]
    assert told["by"].unique().tolist() == ["region", "branch", "size"]


@pytest.mark.parametrize(("least", "weights"), [(1, [1.0, 1.4, 2.0, 2.8]), (5, [2.0])])
def test_raking_from_strata_by_hand(stratified: Write, least: int, weights: list[float]) -> None:
    """Those who know it weigh 4 x 15/6 + 2 x 5/4 = 12.5 and are 14 in the frame: 2.5 and 1.25 times 1.12.

    The others are two of the north (5, and 2 in the frame) and two of the south (2.5, and 4). When they and the four of
    the south are hidden, nobody weighs more than another.
    """
    folder = stratified(min_base=least, more="weights: [bekend]\n")
    frame = pd.read_csv(folder / "frame.csv")
    frame["bekend"] = ["inhoud"] * 14 + ["gehoord"] * 2 + ["niet"] * 4
    frame.to_csv(folder / "frame.csv", index=False)
    run = run_meting(load_meting(folder))
    assert run.weighting is not None
    assert sorted(set(run.weighting.final.round(12).tolist())) == weights


@pytest.mark.parametrize(
    ("design", "more", "message"),
    [
        (
            "{strata: wgoo}",
            "",
            "meting.yaml:12: design: no breakdown 'wgoo'. Did you mean 'wgo'? Known: 'wgo', 'bekend'.",
        ),
        (
            "{strata: wgo*wgo}",
            "",
            "meting.yaml:12: design: strata 'wgo*wgo' are not two breakdowns crossed. Write them as "
            "'wgo*grootteklasse'.",
        ),
        (
            "{strata: wgo}",
            "weights: [wgo]\n",
            "meting.yaml:12: design: strata 'wgo' are a margin of 'weights' too. Leave it out there: strata have their "
            "weight.",
        ),
        (
            "{strata: wgo}",
            "interval: exact\n",
            "meting.yaml:12: design: interval 'exact' is for respondents who all count the same. Take 'korn_graubard'.",
        ),
        (
            "{stratum: wgo}",
            "",
            "meting.yaml:12: design: unknown key 'stratum'. Did you mean 'strata'? Known: 'strata'.",
        ),
    ],
)
def test_a_design_that_cannot_be_is_told_with_its_line(stratified: Write, design: str, more: str, message: str) -> None:
    assert refused(stratified(design=design, more=more)) == message


def test_strata_that_cannot_be_estimated_from_are_all_told(stratified: Write) -> None:
    folder = stratified()
    # Three respondents move north, which leaves one in the south.
    lines = (folder / "export.csv").read_text(encoding="utf-8-sig").split("\n")
    moved = [line.replace('"A2"', '"A1"', 1) if line.startswith(('"7"', '"8"', '"9"')) else line for line in lines]
    (folder / "export.csv").write_text("\ufeff" + "\n".join(moved), encoding="utf-8")
    rows = "".join(f"tok{n},{'noord' if n <= 8 else 'zuid'}\n" for n in range(1, 21))
    (folder / "frame.csv").write_text("token,wgo\n" + rows, encoding="utf-8")
    assert refused(folder) == (
        "meting.yaml:12: design: stratum 'noord' of 'wgo' has 8 organisations in the frame, fewer than its 9 "
        "respondents. Complete the frame, or correct the answers.\n"
        "meting.yaml:12: design: stratum 'zuid' of 'wgo' has 1 respondent for 12 organisations, which shows no spread. "
        "Merge it with another one in a grouping of the questionnaire, and name that."
    )


def test_nobody_of_a_stratum_and_no_stratum(stratified: Write) -> None:
    folder = stratified()
    lines = (folder / "export.csv").read_text(encoding="utf-8-sig").split("\n")
    moved = [line.replace('"A2"', '""' if line.startswith('"7"') else '"A1"', 1) for line in lines]
    (folder / "export.csv").write_text("\ufeff" + "\n".join(moved), encoding="utf-8")
    assert refused(folder) == (
        "meting.yaml:12: design: stratum 'zuid' of 'wgo' has 5 organisations in the frame, and nobody in it responded. "
        "Merge it with another one in a grouping of the questionnaire, and name that.\n"
        "meting.yaml:12: design: 1 respondent has no 'wgo', and everyone needs a stratum. Correct the answers, or set "
        "responses aside."
    )


def test_the_repair_names_other_groupings_than_those_that_are_crossed(stratified: Write) -> None:
    folder = stratified(design="{strata: deel*bekend}")
    questionnaire = folder / "questionnaire.yaml"
    groupings = "groupings:\n" + "".join(
        f"  - {{id: {name}, of: {of}, label: {name}, groups: [{{code: samen, label: Samen, of: [{parts}]}}]}}\n"
        for name, of, parts in (("deel", "wgo", "noord, zuid"), ("kennis", "bekend", "gehoord, niet"))
    )
    text = questionnaire.read_text(encoding="utf-8").replace("\nquestions:\n", f"\n{groupings}\nquestions:\n", 1)
    questionnaire.write_text(text, encoding="utf-8")
    codes = ["inhoud"] * 9 + ["gehoord"] * 10 + ["niet"]
    rows = "".join(f"tok{n},{'noord' if n < 13 else 'zuid'},{code}\n" for n, code in enumerate(codes, start=1))
    (folder / "frame.csv").write_text("token,wgo,bekend\n" + rows, encoding="utf-8")
    answers = (folder / "export.csv").read_text(encoding="utf-8-sig").replace('"A3"', '"A2"')
    (folder / "export.csv").write_text("\ufeff" + answers, encoding="utf-8")
    assert refused(folder) == (
        "meting.yaml:12: design: stratum 'samen*niet' of 'deel*bekend' has 1 organisation in the frame, and nobody in it "
        "responded. Merge it with another one in a grouping of the questionnaire, and name that. Groupings: 'kennis'."
    )
