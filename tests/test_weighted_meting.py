"""A weighted measurement from its meting.yaml to its tables, with numbers worked out on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from srsmeting.bundling import write_bundle
from srsmeting.cli import main
from srsmeting.errors import ConfigurationError, PopulationError, ReportError
from srsmeting.estimates import check_estimates, pick
from srsmeting.frames import write_frame
from srsmeting.meting import load_meting
from srsmeting.report import open_report
from srsmeting.running import run_meting

Write = Callable[..., Path]


@pytest.fixture
def weighted(mini: Path) -> Write:
    """Make the frame 15 organisations in the north and 5 in the south, where 6 and 4 answered; and add weights."""

    def write(weights: str = "[wgo]", north: int = 15, more: str = "", frame: str = "") -> Path:
        rows = "".join(f"tok{n},{'noord' if n <= 6 or n > 26 - north else 'zuid'}\n" for n in range(1, 21))
        rows = frame or "token,wgo\n" + rows
        (mini / "frame.csv").write_text(rows, encoding="utf-8")
        # Nothing is suppressed unless a test wants it.
        config = (mini / "meting.yaml").read_text(encoding="utf-8").replace("min_base: 3", "min_base: 1")
        (mini / "meting.yaml").write_text(f"{config}weights: {weights}\n{more}", encoding="utf-8")
        return mini

    return write


def test_shares_and_means_are_weighted_and_rounded_and_bases_are_counted(weighted: Write) -> None:
    run = run_meting(load_meting(weighted()))
    check_estimates(run.estimates)
    assert run.weighting is not None
    # 15 over 6, and 5 over 4.
    assert sorted(set(run.weighting.final)) == [1.25, 2.5]

    # The north has 4 of 6, the south 2 of 4: 3/4 x 2/3 + 1/4 x 1/2 = 0.625, printed as 63%.
    known = pick(run.estimates, "bekend", "inhoud")
    assert (known["estimate"], known["denominator"], known["method"]) == (0.63, 10, "wilson_weighted")
    # Neither a count nor a standard error: beside the share they would be a second equation on the same answers.
    assert pd.isna(known["numerator"])
    assert np.isnan(known["se"])
    # Residuals from the means of the regions: v = ((1/8)^2 x 6 x 2/9 + (1/16)^2 x 4 x 1/4) x 1/2 x 10/9, so that
    # n_eff = 0.625 x 0.375 / v = 17.05; Wilson with t(9) = 2.262: 0.362 to 0.831, outwards.
    assert (known["ci_low"], known["ci_high"]) == (0.36, 0.84)

    # Marks 7 8 7 6 8 7 in the north, 7 5 8 and none in the south: (2.5 x 43 + 1.25 x 20) / (15 + 3.75) = 7.067.
    mark = pick(run.estimates, "cijfer", measure="mean")
    assert (mark["estimate"], mark["denominator"], mark["method"]) == (7.1, 9, "t_weighted")

    # Of those who know it, four in the north and one in the south answered; insight in three and in that one.
    insight = pick(run.estimates, "effect", "inzicht")
    # 8.75 / 11.25 = 0.778.
    assert (insight["estimate"], insight["denominator"]) == (0.78, 5)

    # Within a region all weights are the same: 4 of 6.
    assert pick(run.estimates, "bekend", "inhoud", by="wgo", group="noord")["estimate"] == 0.67
    # The regions themselves are known from the frame.
    region = pick(run.estimates, "wgo", "noord")
    assert (region["estimate"], region["method"]) == (0.75, "margin")


def test_response_and_coverage_stay_counts(weighted: Write) -> None:
    with_weights = run_meting(load_meting(weighted())).estimates
    config = weighted().joinpath("meting.yaml")
    config.write_text(config.read_text(encoding="utf-8").replace("weights: [wgo]\n", ""), encoding="utf-8")
    without = run_meting(load_meting(config)).estimates
    with_weights = with_weights[~with_weights["method"].isin(["kish", "weight"])].reset_index(drop=True)
    rates = with_weights["measure"].isin(["response_rate", "coverage", "coverage_change"])
    assert rates.any()
    pd.testing.assert_frame_equal(with_weights[rates], without[rates])
    assert pick(with_weights, "", by="wgo", group="noord", measure="response_rate")["estimate"] == 6 / 15
    # The same rows, the same bases, the same ones hidden; only what is estimated differs.
    for column in ("question", "category", "group", "denominator", "status", "reason"):
        pd.testing.assert_series_equal(with_weights[column], without[column])
    assert with_weights.loc[with_weights["measure"] == "share", "numerator"].isna().all()


def test_what_weighting_costs_is_an_estimate_too(weighted: Write, tmp_path: Path) -> None:
    meting = load_meting(weighted())
    estimates = run_meting(meting).estimates
    # Weights 2.5 and 1.25 around their mean of 2: 10 x (6 x 6.25 + 4 x 1.5625) / 400 = 1.09375, and 10 / 1.09375.
    effect = pick(estimates, "", measure="design_effect")
    assert (effect["estimate"], effect["denominator"], effect["method"]) == (1.09, 10, "kish")
    assert pick(estimates, "", measure="effective_n")["estimate"] == 9.14
    write_bundle(meting, estimates, tmp_path / "bundle")
    assert open_report(tmp_path / "bundle").weighting_effect == (
        "Door de weging zijn de 10 antwoorden zo nauwkeurig als 9 ongewogen antwoorden."
    )


def test_a_respondent_for_every_two_organisations_is_no_weighting_at_all(weighted: Write) -> None:
    # 12 and 8 organisations: 2 for every respondent, as without weights.
    run = run_meting(load_meting(weighted(north=12)))
    assert run.weighting is not None
    assert run.weighting.final.tolist() == [2.0] * 10
    assert pick(run.estimates, "bekend", "inhoud")["estimate"] == pytest.approx(0.6, rel=1e-14)


def test_the_way_of_a_mapping(weighted: Write) -> None:
    folder = weighted("{margins: [wgo], bounds: [0.3, 3], trim: 4, unknown: own_group, unit: organisations}")
    assert pick(run_meting(load_meting(folder)).estimates, "bekend", "inhoud")["estimate"] == 0.63


def test_a_respondent_who_names_no_region(weighted: Write) -> None:
    folder = weighted()
    export = (folder / "export.csv").read_text(encoding="utf-8")
    (folder / "export.csv").write_text(export.replace('"A2";"";"A1"', '"";"";"A1"'), encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        run_meting(load_meting(folder))
    assert str(caught.value) == (
        "meting.yaml:12: weights: margin 'wgo': 1 respondent has no group in it, and the frame has no such group. Complete "
        "the answers, leave the margin out, or set unknown to own_group: they then keep their part of the population."
    )
    config = (folder / "meting.yaml").read_text(encoding="utf-8")
    config = config.replace("weights: [wgo]", "weights: {margins: [wgo], unknown: own_group}")
    (folder / "meting.yaml").write_text(config, encoding="utf-8")
    run = run_meting(load_meting(folder))
    assert run.weighting is not None
    # It keeps 2 of the 20; the other 18 are 13.5 in the north and 4.5 in the south, of whom 6 and 3 answered.
    np.testing.assert_allclose(run.weighting.final, [*[2.25] * 6, *[1.5] * 3, 2], rtol=1e-14)
    # (4 x 2.25 + 1.5 + 2) / 20 = 0.625.
    assert pick(run.estimates, "bekend", "inhoud")["estimate"] == 0.63
    # Of those who named a region.
    region = pick(run.estimates, "wgo", "noord")
    assert (region["estimate"], region["denominator"]) == (0.75, 9)


def test_employees_of_the_frame(weighted: Write) -> None:
    # 12 organisations with 10 employees in the north, 8 with 45 in the south: 120 and 360 of 480.
    rows = "".join(f"tok{n},{'noord,10' if n <= 6 or n > 14 else 'zuid,45'}\n" for n in range(1, 21))
    folder = weighted("{margins: [wgo], unit: employees}", frame="token,wgo,employees\n" + rows)
    run = run_meting(load_meting(folder))
    # 2/3 x 1/4 + 1/2 x 3/4 = 0.542.
    assert pick(run.estimates, "bekend", "inhoud")["estimate"] == 0.54
    assert pick(run.estimates, "", measure="response_rate", by="", group="")["denominator"] == 20
    assert run.weighting is not None
    assert run.weighting.final.sum() == pytest.approx(480)


def test_the_command_says_what_weighting_costs(weighted: Write, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["estimate", str(weighted()), "-o", str(tmp_path / "e.csv")])
    assert result.exit_code == 0
    assert result.stderr == (
        "srsmeting: weighted to wgo: effective n 9.1 of 10 (Kish design effect 1.09), weights 0.62 to 1.25 times "
        "their mean.\n"
    )


def test_tables_and_sentences_say_it(weighted: Write, tmp_path: Path) -> None:
    meting = load_meting(weighted())
    write_bundle(meting, run_meting(meting).estimates, tmp_path / "bundle")
    report = open_report(tmp_path / "bundle")
    table = report.distribution_table("bekend")
    cells = [[row.header, *(cell.text for cell in row.cells)] for row in (*table.rows, *table.foot)]
    # Heard of it: 2 of 6 in the north. Not known: 2 of 4 in the south.
    assert [column.label for column in table.columns] == ["Percentage"]
    assert cells == [
        ["Bekend met de inhoud", "63%"],
        ["Van gehoord", "25%"],
        ["Niet bekend", "13%"],
        ["Totaal", "100%"],
    ]
    several = report.distribution_table("effect")
    assert [row.header for row in (*several.rows, *several.foot)] == ["Meer inzicht", "Ander beleid", "Geen effect"]
    with pytest.raises(ReportError) as caught:
        report.count("bekend", "inhoud")
    assert str(caught.value) == (
        "count(): answers to 'bekend' are weighted, and beside weighted percentages no numbers of answers are published. "
        "Print percent() or base()."
    )
    assert table.base == "Basis: alle respondenten (n\u00a0=\u00a010)."
    assert table.notes == (
        "Door afronding tellen de percentages niet op tot 100.",
        "Gewogen naar regio; aantallen ongewogen.",
    )
    assert report.weighting.startswith("zijn gewogen naar regio: ")


def test_a_report_author_with_weighted_estimates_and_no_microdata(weighted: Write, tmp_path: Path) -> None:
    folder = weighted()
    whole = run_meting(load_meting(folder)).estimates
    write_frame(whole, folder / "estimates.csv")
    config = (folder / "meting.yaml").read_text(encoding="utf-8")
    for line in ("export: export.csv\n", "frame: frame.csv\n", "coverage: coverage.csv\n"):
        config = config.replace(line, "")
    (folder / "meting.yaml").write_text(config + "estimates: estimates.csv\n", encoding="utf-8")
    meting = load_meting(folder)
    run = run_meting(meting)
    assert run.weighting is None
    pd.testing.assert_frame_equal(run.estimates, whole)
    write_bundle(meting, run.estimates, tmp_path / "bundle")
    assert open_report(tmp_path / "bundle").weighted_by == "regio"


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ("[wgo, brance]", "meting.yaml:12: weights: no breakdown 'brance'. Known: 'wgo', 'bekend'."),
        (
            "{margins: [wgo, wgo]}",
            "meting.yaml:12: weights: margin 'wgo' stands twice. Name it once.",
        ),
        (
            "[wgo*wgo]",
            "meting.yaml:12: weights: margin 'wgo*wgo' is not two breakdowns crossed. Write it as 'wgo*grootteklasse'.",
        ),
        (
            "{bounds: [0.3, 3]}",
            "meting.yaml:12: weights: names no margins. Add them, such as 'margins: [wgo]', or leave 'weights' out.",
        ),
        (
            "{margins: [wgo], bounds: [3, 0.3]}",
            "meting.yaml:12: weights: bounds are 3 and 0.3. They are ratios to the weight before: give one from 0 to "
            "below 1 and one above 1, such as [0.3, 3].",
        ),
        (
            "{margins: [wgo], unit: fte}",
            "meting.yaml:12: weights: unknown unit 'fte'. Known: 'organisations', 'employees'.",
        ),
        (
            "{margin: [wgo]}",
            "meting.yaml:12: weights: unknown key 'margin'. Did you mean 'margins'? Known: 'margins', 'bounds', 'trim', "
            "'unit', 'unknown'.",
        ),
        (
            "{margins: [wgo], unknown: own}",
            "meting.yaml:12: weights: 'unknown' cannot be 'own'. Known: 'refuse', 'own_group'.",
        ),
        ("wgo", "meting.yaml:12: weights: 'margins' must be a list, not 'wgo'."),
    ],
)
def test_faults_of_the_configuration(weighted: Write, weights: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_meting(weighted(weights))
    assert str(caught.value) == message


def test_an_interval_that_does_not_go_with_weights(weighted: Write) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_meting(weighted(more="interval: exact\n"))
    assert str(caught.value) == (
        "meting.yaml:12: weights: interval 'exact' is for respondents who all count the same. Take 'korn_graubard'."
    )


@pytest.mark.parametrize("line", ["weights: [wgo]\n", "design: {strata: wgo}\n"])
def test_more_decimals_than_weighted_percentages_are_kept_in(line: str, mini: Path) -> None:
    file = mini / "meting.yaml"
    text = file.read_text(encoding="utf-8") + line
    file.write_text(text.replace("  min_base:", "  decimals_from: 100, min_base:"), encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_meting(mini)
    assert str(caught.value) == (
        "meting.yaml:8: publication: decimals_from is 100; respondents do not all count the same, and such percentages "
        "are kept whole below a base of 1,000. Take 1000 or more, or never."
    )
    file.write_text(text.replace("  min_base:", "  decimals_from: never, min_base:"), encoding="utf-8")
    assert load_meting(mini).config.publication.decimals_from is None


def test_what_cannot_be_met_is_refused_with_its_repair(weighted: Write) -> None:
    with pytest.raises(ConfigurationError) as caught:
        run_meting(load_meting(weighted("{margins: [wgo], bounds: [0.7, 2]}")))
    # 4 respondents of 2 each are 8; 0.7 times that is more than 5.
    assert str(caught.value) == (
        "meting.yaml:12: weights: margin 'wgo': group 'zuid' has 5 in the frame, and its respondents stand for 5.6 at "
        "least under bounds 0.7 and 2. Allow smaller weights, or merge the group with another one."
    )


def test_a_frame_that_does_not_have_the_margin(weighted: Write) -> None:
    with pytest.raises(PopulationError) as caught:
        run_meting(load_meting(weighted("[bekend]")))
    assert str(caught.value) == ("frame.csv: no column 'bekend', and it is needed of every organisation. Known: 'wgo'.")


def test_regions_that_are_hidden_for_a_question_weigh_the_same_there(weighted: Write) -> None:
    # In the south one respondent was asked about effects: suppressed, and the north beside it. Weights of 2.5 and 1.25
    # would make a second equation beside the counts: with 4 of 5 and 8.75 of 11.25, 2.5 a + 1.25 b = 8.75, a + b = 4.
    folder = weighted()
    config = folder / "meting.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("min_base: 1", "min_base: 3"), encoding="utf-8")
    estimates = run_meting(load_meting(folder)).estimates
    insight = pick(estimates, "effect", "inzicht")
    assert (insight["estimate"], insight["denominator"]) == (0.8, 5)
    # Every other question has the weights of the regions.
    assert pick(estimates, "bekend", "inhoud")["estimate"] == 0.63
    weights = estimates.loc[estimates["measure"] == "weight", ["question", "by", "group", "estimate", "method"]]
    assert weights.to_numpy().tolist() == [
        ["", "wgo", "noord", 1.25, "weight"],
        ["", "wgo", "zuid", 0.625, "weight"],
        ["effect", "wgo", "noord", 1.0, "pooled"],
        ["effect", "wgo", "zuid", 1.0, "pooled"],
    ]


def test_a_report_says_which_groups_weigh_the_same(weighted: Write, tmp_path: Path) -> None:
    folder = weighted()
    config = (folder / "meting.yaml").read_text(encoding="utf-8")
    meting = load_meting(folder)
    (folder / "meting.yaml").write_text(config.replace("min_base: 1", "min_base: 3"), encoding="utf-8")
    meting = load_meting(folder)
    write_bundle(meting, run_meting(meting).estimates, tmp_path / "some")
    beginning = (
        "zijn gewogen naar regio: elke groep telt mee naar haar deel van alle uitgenodigde organisaties. Aantallen "
        "respondenten zijn ongewogen"
    )
    assert open_report(tmp_path / "some").weighting == (
        f"{beginning}. Bij een vraag die weinig respondenten kregen, wegen kleine groepen mee als één groep"
    )
    (folder / "meting.yaml").write_text(config.replace("min_base: 1", "min_base: 5"), encoding="utf-8")
    meting = load_meting(folder)
    write_bundle(meting, run_meting(meting).estimates, tmp_path / "all")
    assert open_report(tmp_path / "all").weighting == (
        f"{beginning}. ‘Noord’ en ‘Zuid’ wegen mee als één groep, omdat zij klein zijn"
    )


def test_a_region_where_nobody_responded_is_taken_together_with_the_smallest(weighted: Write) -> None:
    rows = "".join(f"tok{n},{'noord' if n <= 6 else 'zuid'}\n" for n in range(1, 21))
    folder = weighted(frame="token,wgo\n" + rows)
    export = (folder / "export.csv").read_text(encoding="utf-8")
    (folder / "export.csv").write_text(export.replace('"192.0.2.1";"";"A2"', '"192.0.2.1";"";"A1"'), encoding="utf-8")
    run = run_meting(load_meting(folder))
    assert run.weighting is not None
    assert run.weighting.summary() == (
        "weighted to wgo: effective n 10.0 of 10 (Kish design effect 1.00), weights 1.00 to 1.00 times their mean; "
        "noord and zuid of wgo as one group"
    )
