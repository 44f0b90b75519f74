"""The report on the pilots: what it says of both programmes is what was published of them, and no more."""

import re
from pathlib import Path

import pytest

from srsmeting.bundled import bundled
from srsmeting.estimation.attainment import estimate_goals
from srsmeting.goals import load_monitor
from srsmeting.goals_bundling import write_goals_bundle
from srsmeting.proofing import proof_report
from srsmeting.report import open_report
from srsmeting.report.goals import GoalsReport

REPORT = bundled("reports/zorgpilots")


def bundle(meting: str, folder: Path) -> Path:
    monitor = load_monitor(bundled(f"analyses/{meting}"))
    write_goals_bundle(monitor, estimate_goals(monitor), folder)
    return folder


def opened(meting: str, folder: Path) -> GoalsReport:
    report = open_report(bundle(meting, folder))
    assert isinstance(report, GoalsReport)
    return report


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_claims_on_the_first_pilots_are_the_published_ones(tmp_path: Path) -> None:
    r = opened("zorgpilots_2009", tmp_path)

    # Three of seven, five of seven, a single one; one at nearly ninety percent, one at two thirds.
    assert plain(r.reached("instroom")) == (
        "Drie van de zeven pilots haalden het doel: Delft (104 procent), Twente/Achterhoek (108 procent) en "
        "Midden-Brabant (243 procent)."
    )
    assert plain(r.nearly("instroom")) == "Parkstad Limburg (89 procent) haalde het doel bijna."
    assert plain(r.missed("instroom")) == (
        "Haaglanden (67 procent), Haarlemmermeer (15 procent) en Emmen (23 procent) haalden het doel niet."
    )
    assert plain(r.reached("doorstroom")).startswith("Vijf van de zeven pilots haalden het doel: ")
    assert plain(r.reached("participatie")) == "Alleen Haarlemmermeer (115 procent) haalde het doel."
    assert [r.total(track) for track in ("instroom", "doorstroom", "participatie")] == ["602", "981", "102"]


def test_the_claims_on_the_later_pilots_are_those_that_hold(tmp_path: Path) -> None:
    r = opened("zorgpilots_2010", tmp_path)

    assert plain(r.reached("werven")).startswith(
        "Vijf van de zes pilots met een doel en een resultaat haalden het doel"
    )
    assert plain(r.nearly("werven")) == "Eindhoven (circa 90 procent) haalde het doel bijna."
    assert plain(r.nearly("voorschakelen")) == "Rijnstreek (87 procent) haalde het doel bijna."
    # The published text says in one place that Twente/Achterhoek reached it too, with 150 of 198.
    assert plain(r.reached("toeleiden")) == "Alleen Flevoland (120 procent) haalde het doel."
    assert "Twente/Achterhoek (76 procent)" in plain(r.missed("toeleiden"))
    assert r.extended() == (
        "Vijf van de acht pilots zijn verlengd: Amsterdam, Haaglanden, Utrecht, Eindhoven en Twente/Achterhoek."
    )
    # And that Rijnstreek and Twente/Achterhoek began first, where the table has Utrecht.
    assert r.first_and_last() == "Als eerste begon Utrecht (februari 2008), als laatste Groningen (mei 2009)."
    assert r.finished() == "Bij de meting van november 2009 was alleen Rijnstreek afgerond."
    assert plain(r.dropout()).startswith(
        "Waar uitvallers zijn geteld, was de uitval het grootst bij werving tot en met selectie (162 van de 229, 71"
    )
    assert r.flow_whole().startswith("Alleen bij Flevoland telt voorschakelen er evenveel als werven en selecteren")


@pytest.mark.parametrize("meting", ["zorgpilots_2009", "zorgpilots_2010"])
def test_nothing_in_it_is_typed_that_could_be_untrue(
    meting: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert proof_report(REPORT, bundle=bundle(meting, tmp_path / "bundle")) == []


def test_a_programme_without_anything_else_has_a_report_too(
    programme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (programme / "meting.yaml").read_text(encoding="utf-8")
    text = re.sub(r"  (?:dropout|durations|participants|figures|topics|portraits): .*\n", "", text)
    (programme / "meting.yaml").write_text(text.replace("flow: [werven, plaatsen]\n", ""), encoding="utf-8")
    monitor = load_monitor(programme)
    write_goals_bundle(monitor, estimate_goals(monitor), tmp_path / "bundle")
    monkeypatch.chdir(tmp_path)

    assert proof_report(REPORT, bundle=tmp_path / "bundle") == []
    assert not (tmp_path / "figuren").exists()
