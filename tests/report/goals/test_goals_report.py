import json
from pathlib import Path

import pytest

from srsmeting.errors import ReportError, UnknownCallError, UnknownNameError
from srsmeting.report import open_report
from srsmeting.report.goals import GoalsReport

MINIMAL = """\
kind: goals
meting: twee
title: Twee projecten
units: {label: Project, plural: projecten, by: project, list: [{id: noord, label: Noord}, {id: zuid, label: Zuid}]}
tracks: [{id: plaatsen, label: Plaatsen}]
moments: [{id: eind, label: Eindmeting, date: 2020-12}]
files: {goals: goals.csv, results: results.csv}
report: {source: eigen opgave}
"""


@pytest.fixture
def minimal(programme: Path, reopen) -> GoalsReport:
    (programme / "meting.yaml").write_text(MINIMAL, encoding="utf-8")
    return reopen(
        goals="unit,track,value,note\nnoord,plaatsen,10,\nzuid,plaatsen,20,\n",
        results="unit,track,moment,value,note\nnoord,plaatsen,eind,12,\nzuid,plaatsen,eind,0,\n",
    )


def test_numbers_and_names_are_given_as_they_are_written(report: GoalsReport) -> None:
    assert (report.title, report.period, report.source) == ("Programma in het klein", "2020", "eigen opgave")
    assert (report.unit_count, report.track_count, report.moment) == ("drie pilots", "twee sporen", "december 2020")
    assert (report.goal("eems", "werven"), report.result("eems", "werven")) == ("20/30", "circa 18")
    assert report.attainment("delta", "werven") == "125\u00a0procent"
    assert report.attainment("fries", "werven") == "niet te berekenen"
    assert (report.total("werven"), report.total("werven", "goal")) == ("77", "70")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda r: r.reached("wreven"),
            "meting.yaml: no track 'wreven'. Did you mean 'werven'? Known: 'werven', 'plaatsen'.",
        ),
        (
            lambda r: r.goal("dleta", "werven"),
            "meting.yaml: no unit 'dleta'. Did you mean 'delta'? Known: 'delta', 'eems', 'fries'.",
        ),
        (lambda r: r.total("werven", "sum"), "total(): no measure 'sum'. Known: 'result', 'goal'."),
    ],
)
def test_a_name_that_does_not_exist_is_an_error_with_a_suggestion(call, message: str, report: GoalsReport) -> None:
    with pytest.raises((UnknownNameError, ReportError)) as error:
        call(report)

    assert str(error.value) == message


def test_a_call_that_does_not_exist_is_an_error_with_a_suggestion(report: GoalsReport) -> None:
    with pytest.raises(UnknownCallError) as error:
        report.per_track("reach")

    assert str(error.value).startswith("a report on goals has no 'reach'. Did you mean 'reached'? Known: ")


def test_a_paragraph_for_every_track_carries_its_estimates(report: GoalsReport) -> None:
    markdown = report.per_track("reached", "missed").markdown

    assert markdown.startswith("\n**Werven.** [Alleen Delta (125\u00a0procent) haalde het doel.]{.getal key=")
    assert "\n\n**Plaatsen.** [Alleen Eems (250\u00a0procent) haalde het doel.]{.getal key=" in markdown


def test_the_profile_names_what_there_is(report: GoalsReport) -> None:
    assert report.profile == "flow,progress,durations,participants,dropout,topics,figures,portraits"


def test_what_a_monitor_does_not_keep_is_not_there(minimal: GoalsReport) -> None:
    assert minimal.profile == ""
    assert minimal.kept() == "Naast doelen en resultaten is niets bijgehouden."
    sentences = ("flow", "flow_nesting", "flow_whole", "durations", "extended", "first_and_last", "finished")
    sentences += ("interim", "taking_part", "dropout", "dropout_known", "most_told")
    assert {name: getattr(minimal, name)() for name in sentences} == dict.fromkeys(sentences, "")
    for name in ("flow_figure", "progress_figure", "durations_figure", "durations_table", "participants_table",
                 "dropout_table", "topics_table", "figures_table"):  # fmt: skip
        assert getattr(minimal, name)()._repr_markdown_() == ""


def test_a_portrait_is_filled_from_the_data(report: GoalsReport, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    markdown = report.portrait("delta").markdown

    assert markdown.startswith("\n## Delta {#sec-portret-delta}\n\n**Naam:** Aan de slag\n\n")
    for text in (
        "[Doel gehaald bij werven; bijna gehaald bij plaatsen.]",
        "<caption>Delta: doelen en resultaten</caption>",
        "**Looptijd.** [Januari 2020 tot en met december 2020, 12 maanden.]",
        "**Wie meedoen.** [Werkgevers: 3. Gemeenten: 2 (Delft en Schiedam).]",
        "**Uitval.** [Selectie: 10 van 50 (20%); traject: 2 van 16 (13%).]",
        "**Genoemd.** Te weinig stages.",
        "**Verder geteld.** [Folders: ruim 100.]",
    ):
        assert text in markdown
    assert len(list((tmp_path / "figuren").iterdir())) == 1


def test_every_unit_begins_a_page(report: GoalsReport, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert report.portraits().markdown.count('<div class="pagebreak"></div>') == 2


def test_files_of_two_monitors_are_refused(report: GoalsReport, tmp_path: Path) -> None:
    file = tmp_path / "bundle" / "report.json"
    file.write_text(json.dumps({"meting": "ander", "title": "Ander"}), encoding="utf-8")

    with pytest.raises(ReportError) as error:
        open_report(tmp_path / "bundle")

    assert str(error.value) == (
        f"{tmp_path / 'bundle'}: the files are not all of 'klein-2020'. Render the report again."
    )


def test_a_bundle_without_estimates_is_refused(report: GoalsReport, tmp_path: Path) -> None:
    (tmp_path / "bundle" / "estimates.csv").unlink()

    with pytest.raises(ReportError) as error:
        open_report(tmp_path / "bundle")

    assert str(error.value) == (
        f"{tmp_path / 'bundle'}: not the folder of a report, it has no estimates.csv. Render the report again."
    )


def test_one_unit_has_no_totals(programme: Path, reopen) -> None:
    (programme / "meting.yaml").write_text(MINIMAL.replace(", {id: zuid, label: Zuid}", ""), encoding="utf-8")
    report = reopen(
        goals="unit,track,value,note\nnoord,plaatsen,50/60,\n",
        results="unit,track,moment,value,note\nnoord,plaatsen,eind,4,\n",
    )

    # 4 of 60, and 4 of 50.
    assert report.reached("plaatsen") == "Noord haalde het doel niet (7 tot 8\u00a0procent)."
    assert report.goals_set("plaatsen") == "Noord heeft voor plaatsen een doel in aantallen."
    assert (report.nearly("plaatsen"), report.missed("plaatsen"), report.together("plaatsen")) == ("", "", "")
    assert report.unit_count == "één project"
    assert report.goals_table().foot == ()


def test_a_monitor_without_units_has_no_such_report(programme: Path, reopen) -> None:
    text = MINIMAL.replace("{id: noord, label: Noord}, {id: zuid, label: Zuid}", "")
    (programme / "meting.yaml").write_text(text, encoding="utf-8")
    report = reopen(goals="unit,track,value,note\n", results="unit,track,moment,value,note\n")

    with pytest.raises(ReportError) as error:
        report.unit_names  # noqa: B018 - a property

    assert str(error.value) == (
        "meting.yaml: has no 'units', and this report is on what units reached. Name them, or write a report without."
    )
