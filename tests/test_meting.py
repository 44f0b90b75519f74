import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from srsmeting.bundling import write_bundle
from srsmeting.checking import check_meting
from srsmeting.configuration import MetingConfig
from srsmeting.errors import ConfigurationError, PopulationError, SrsmetingError
from srsmeting.estimates import check_estimates, pick
from srsmeting.frames import write_frame
from srsmeting.meting import load_meting
from srsmeting.running import run_meting


def _configure(folder: Path, **changes: str) -> None:
    path = folder / "meting.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.partition(":")[0] not in changes]
    path.write_text("\n".join([*kept, *(f"{key}: {value}" for key, value in changes.items() if value), ""]), "utf-8")


def test_a_folder_and_its_file_name_the_same_measurement(mini: Path) -> None:
    assert load_meting(mini).config == load_meting(mini / "meting.yaml").config


def test_the_flow_ends_in_an_estimate_frame_that_keeps_its_promises(mini: Path) -> None:
    steps: list[str] = []
    run = run_meting(load_meting(mini), steps.append)

    check_estimates(run.estimates)
    assert steps == ["reading the frame", "taking in the export", "estimating", "applying the publication rules"]
    # North: 4 of 6 know the content; south: 2 of 4. In the south only one answered about effects: not shown.
    assert pick(run.estimates, "bekend", "inhoud", by="wgo", group="noord")["estimate"] == pytest.approx(4 / 6)
    assert pick(run.estimates, "bekend", "inhoud", by="wgo", group="zuid")["estimate"] == 0.5
    hidden = pick(run.estimates, "effect", "inzicht", by="wgo", group="zuid")
    assert (hidden["status"], hidden["reason"]) == ("Q", "small_base")
    # And with two regions, showing the north would show the south as well: all of 5 less 4.
    beside = pick(run.estimates, "effect", "inzicht", by="wgo", group="noord")
    assert (beside["status"], beside["reason"]) == ("Q", "complementary")


def test_a_frame_with_fewer_organisations_than_respondents(mini: Path) -> None:
    frame = (mini / "frame.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (mini / "frame.csv").write_text("".join(frame[:10]), encoding="utf-8")
    with pytest.raises(PopulationError) as caught:
        run_meting(load_meting(mini))
    assert str(caught.value) == (
        "frame.csv: has fewer organisations that could respond (9) than respondents (10). Complete the frame, or set "
        "responses aside."
    )


def test_a_column_that_is_no_part_of_the_measurement_is_ignored_when_it_is_named(mini: Path) -> None:
    export = mini / "export.csv"
    lines = export.read_text(encoding="utf-8").splitlines()
    export.write_text("\n".join([lines[0] + ';"hidden"', *(line + ';"x"' for line in lines[1:] if line)]), "utf-8")
    loaded = load_meting(mini)
    with pytest.raises(SrsmetingError) as caught:
        run_meting(loaded)
    assert "column 'hidden' is not in the questionnaire" in str(caught.value)

    _configure(mini, ignore="[hidden]")
    run = run_meting(load_meting(mini))
    assert run.intake is not None
    assert run.intake.report.rows_used == 10


def test_the_coverage_tells_of_the_break(mini: Path) -> None:
    estimates = run_meting(load_meting(mini)).estimates.query("measure.str.startswith('coverage')")
    flags = {(row.item, row.group, row.measure): (row.status, row.reason) for row in estimates.itertuples()}

    assert flags["2019", "revalidatie", "coverage"] == ("K", "included_elsewhere")
    assert flags["2019", "vvt", "coverage"] == ("W", "includes_other")
    assert flags["2021", "vvt", "coverage_change"] == ("B", "trend_break")
    assert flags["2021", "ggz", "coverage_change"] == ("A", "")
    # 140 of 200 in 2019, 155 of 200 in 2021.
    total = estimates[(estimates["group"] == "")].set_index(["measure", "item"])["estimate"]
    assert total["coverage", "2019"] == 0.70
    assert total["coverage_change", "2021"] == pytest.approx(0.075)


def test_a_format_that_does_not_exist_is_told_with_its_line(mini: Path) -> None:
    _configure(mini, format="limesurvey-cvs")

    with pytest.raises(ConfigurationError) as caught:
        load_meting(mini)

    line = (mini / "meting.yaml").read_text(encoding="utf-8").splitlines().index("format: limesurvey-cvs") + 1
    assert str(caught.value) == (
        f"meting.yaml:{line}: format: no format 'limesurvey-cvs'. Did you mean 'limesurvey-csv'? Known: "
        "'limesurvey-lsa', 'limesurvey-vv', 'limesurvey-csv', 'limesurvey-xlsx', 'limesurvey-json', "
        "'limesurvey-spss', 'qualtrics', 'surveymonkey', 'microsoft-forms', 'google-forms', 'kobo', 'spss', 'stata', "
        "'tabel'."
    )


def test_a_report_author_starts_from_estimates_without_microdata(mini: Path, tmp_path: Path) -> None:
    whole = run_meting(load_meting(mini)).estimates
    write_frame(whole, mini / "estimates.csv")
    (mini / "export.csv").unlink()
    _configure(mini, export="", frame="", coverage="", estimates="estimates.csv")

    run = run_meting(load_meting(mini))
    pd.testing.assert_frame_equal(run.estimates, whole)
    assert run.intake is None


def test_the_bundle_holds_no_microdata(mini: Path, tmp_path: Path) -> None:
    meting = load_meting(mini)
    write_bundle(meting, run_meting(meting).estimates, tmp_path / "bundle")

    assert sorted(path.name for path in (tmp_path / "bundle").iterdir()) == [
        "estimates.csv",
        "questionnaire.yaml",
        "report.json",
    ]


@pytest.mark.parametrize(("asked", "told"), [("", 1000), ("400", 400), ("never", None)])
def test_the_report_knows_from_which_base_percentages_have_a_decimal(
    mini: Path, tmp_path: Path, asked: str, told: int | None
) -> None:
    if asked:
        config = (mini / "meting.yaml").read_text(encoding="utf-8")
        config = config.replace("min_base: 3", f"min_base: 3, decimals_from: {asked}")
        (mini / "meting.yaml").write_text(config, encoding="utf-8")
    meting = load_meting(mini)
    write_bundle(meting, run_meting(meting).estimates, tmp_path / "bundle")

    assert json.loads((tmp_path / "bundle" / "report.json").read_text(encoding="utf-8"))["decimals_from"] == told


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("0", "meting.yaml:10: publication: 'decimals_from' must be at least 1, not 0."),
        ("ever", "meting.yaml:10: publication: 'decimals_from' must be a whole number, not 'ever'."),
    ],
)
def test_a_base_that_is_none(mini: Path, asked: str, message: str) -> None:
    config = (mini / "meting.yaml").read_text(encoding="utf-8")
    config = config.replace("min_base: 3", f"min_base: 3,\n  decimals_from: {asked}")
    (mini / "meting.yaml").write_text(config, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_meting(mini)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"export": "exprt.csv", "frame": "kader.csv"},
            "meting.yaml:10: export: there is no file 'exprt.csv' in {folder}. Put it there, or correct the name.\n"
            "meting.yaml:11: frame: there is no file 'kader.csv' in {folder}. Put it there, or correct the name.",
        ),
        ({"export": ""}, "meting.yaml: needs 'export', or 'estimates' to start from. Add one of them."),
        (
            {"breakdowns": "[wgo, brance]"},
            "meting.yaml:11: breakdowns: no breakdown 'brance'. Known: 'wgo', 'bekend'.",
        ),
        (
            {"interval": "wilsen"},
            "meting.yaml:12: interval: no interval 'wilsen'. Did you mean 'wilson'? "
            "Known: 'wilson', 'korn_graubard', 'exact', 'logit', 'wald'.",
        ),
        (
            {"meting": "mini-2022"},
            "meting.yaml:11: meting is 'mini-2022', but its questionnaire is of 'mini-2021'. Make them the same.",
        ),
    ],
)
def test_faults_of_a_configuration(mini: Path, changes: dict[str, str], message: str) -> None:
    _configure(mini, **changes)

    with pytest.raises(ConfigurationError) as caught:
        load_meting(mini)
    assert str(caught.value) == message.format(folder=mini)


def test_a_misspelt_key_is_named_with_its_repair(mini: Path) -> None:
    _configure(mini, exprot="export.csv")

    with pytest.raises(ConfigurationError) as caught:
        load_meting(mini)
    known = ", ".join(repr(key) for key in MetingConfig.model_fields)
    assert str(caught.value) == f"meting.yaml:12: unknown key 'exprot'. Did you mean 'export'? Known: {known}."


def test_checking_needs_an_export(mini: Path) -> None:
    write_frame(run_meting(load_meting(mini)).estimates, mini / "estimates.csv")
    _configure(mini, export="", frame="", coverage="", estimates="estimates.csv")

    with pytest.raises(SrsmetingError) as caught:
        check_meting(load_meting(mini))
    assert str(caught.value) == "meting.yaml: names no export, so there is nothing to check. Add 'export'."


def test_an_export_is_checked_without_a_frame_and_not_estimated(mini: Path) -> None:
    _configure(mini, frame="")

    assert check_meting(load_meting(mini)).report.rows_used == 10
    with pytest.raises(ConfigurationError) as caught:
        run_meting(load_meting(mini))
    assert str(caught.value) == (
        "meting.yaml: names no 'frame', and every figure needs to know how many organisations were invited. "
        "Add the file with a row for each of them."
    )


def test_a_report_is_only_needed_for_a_report(mini: Path, tmp_path: Path) -> None:
    text = (mini / "meting.yaml").read_text(encoding="utf-8")
    (mini / "meting.yaml").write_text(text.partition("report:")[0], encoding="utf-8")
    meting = load_meting(mini)
    estimates = run_meting(meting).estimates

    with pytest.raises(ConfigurationError) as caught:
        write_bundle(meting, estimates, tmp_path / "bundle")
    assert str(caught.value) == (
        "meting.yaml: has no 'report', and a report prints the source of its figures. Add 'report' with 'source' below "
        "it."
    )


def test_the_rule_for_regions_comes_from_the_configuration(mini: Path) -> None:
    # North: 6 of 12; south: 4 of 8. Both responded for half, and four are not five.
    _configure(mini, publication="{min_base: 1, groups: {wgo: {min_respondents: 1, min_response: 0.6}}}", **_NO_BASE)
    hidden = run_meting(load_meting(mini)).estimates.query("by == 'wgo' and measure == 'mean'")
    assert hidden["reason"].tolist() == ["low_response", "low_response"]

    rule = "{min_base: 1, groups: {wgo: {min_respondents: 5}}}"
    _configure(mini, publication=rule, breakdowns="[bekend]")
    crossed = run_meting(load_meting(mini)).estimates.query("by == 'bekend' and question == 'wgo'")
    assert set(crossed["reason"]) == {"small_base"}


def test_a_rule_for_groups_brings_their_response_along(mini: Path) -> None:
    rule = "{min_base: 1, groups: {wgo: {min_respondents: 5}}}"
    _configure(mini, publication=rule, response_by="''", **_NO_BASE)
    estimates = run_meting(load_meting(mini)).estimates
    rates = estimates.query("measure == 'response_rate'")
    assert rates[["by", "group", "numerator", "denominator"]].to_numpy().tolist() == [
        ["", "", 10, 20],
        ["wgo", "noord", 6, 12],
        ["wgo", "zuid", 4, 8],
    ]
    # South has fewer than 5, and north goes with it: it would be what is left of the total.
    hidden = estimates.query("by == 'wgo' and measure == 'mean'")
    assert hidden["reason"].tolist() == ["complementary", "small_base"]


#: The lines below ``publication`` in the configuration, to be taken out with it.
_NO_BASE = {"  min_base": ""}


def test_the_response_is_by_wgo_unless_another_is_named_or_none(mini: Path) -> None:
    _configure(mini, response_by="")
    assert load_meting(mini).response_by == "wgo"
    _configure(mini, response_by="''")
    rates = run_meting(load_meting(mini)).estimates.query("measure == 'response_rate'")
    assert rates["by"].tolist() == [""]


def test_a_questionnaire_without_wgo_has_the_response_of_all_together(mini: Path) -> None:
    questionnaire = mini / "questionnaire.yaml"
    text = questionnaire.read_text(encoding="utf-8")
    questionnaire.write_text(text.replace("id: wgo", "id: regio"), encoding="utf-8")
    _configure(mini, breakdowns="[]")
    assert load_meting(mini).response_by == ""


def test_the_interval_of_shares_comes_from_the_configuration(mini: Path) -> None:
    _configure(mini, interval="exact")

    frame = run_meting(load_meting(mini)).estimates
    assert set(frame.loc[(frame["measure"] == "share") & (frame["status"] == "A"), "method"]) == {"exact"}
    assert set(frame.loc[frame["measure"] == "mean", "method"]) <= {"t", ""}


def test_the_threshold_of_partial_responses_and_the_zone_reach_intake(mini: Path) -> None:
    # Number 11 answered two of the three closed questions that were asked, and never sent them.
    _configure(mini, partial="0.66", timezone="UTC")
    report = check_meting(load_meting(mini)).report
    assert report.flow[["reason", "rows"]].to_numpy().tolist() == [["", 11], ["complete", 10], ["partial", 1]]
    assert report.fieldwork == (date(2022, 3, 14), date(2022, 3, 14))

    _configure(mini, partial="0.67")
    assert check_meting(load_meting(mini)).report.rows_used == 10


def test_a_bundle_is_not_made_of_estimates_of_another_measurement(mini: Path, tmp_path: Path) -> None:
    meting = load_meting(mini)
    estimates = run_meting(meting).estimates.assign(meting="mini-2019")
    meting = replace(meting, config=meting.config.model_copy(update={"estimates": "oud.csv"}))

    with pytest.raises(ConfigurationError) as caught:
        write_bundle(meting, estimates, tmp_path / "bundel")

    assert str(caught.value) == (
        "meting.yaml: 'estimates' names 'oud.csv', which is of 'mini-2019' and not of 'mini-2021'. "
        "Name the estimates of this measurement."
    )
    assert not (tmp_path / "bundel").exists()
