"""The report on the pilots: what it says of both programmes is what was published of them, and no more."""

import re
from pathlib import Path

import pytest

from srsmeting.bundled import bundled
from srsmeting.estimation.attainment import estimate_goals
from srsmeting.goals import load_monitor
from srsmeting.goals_bundling import write_goals_bundle
from srsmeting.presentation.semantic_table import Table
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


def printed(table: Table) -> list[str]:
    return [" ".join([row.header, *(cell.text for cell in row.cells)]) for row in (*table.rows, *table.foot)]


def test_the_tables_on_the_first_pilots_are_the_published_ones(tmp_path: Path) -> None:
    r = opened("zorgpilots_2009", tmp_path)

    # Tables 2.1, 3.1 and 3.2. Goals had no totals; tables 4.1 and 5.1 print 20% and 60% for Emmen.
    assert printed(r.goals_table())[:-1] == [
        "Delft 50 50 50",
        "Haaglanden 45 400 50",
        "Haarlemmermeer 55 65 80",
        "Twente/Achterhoek 180 150 60",
        "Parkstad Limburg 175 32 50",
        "Emmen 75 50 150",
        "Midden-Brabant 60 50 30",
    ]
    assert printed(r.results_table()) == [
        "Delft 52 75 0",
        "Haaglanden 30 0 0",
        "Haarlemmermeer 8 204 92",
        "Twente/Achterhoek 194 322 10",
        "Parkstad Limburg 155 253 0",
        "Emmen 17 47 0",
        "Midden-Brabant 146 80 0",
        "Totaal 602 981 102",
    ]
    assert printed(r.attainment_table())[:-1] == [
        "Delft 104% 150% 0%",
        "Haaglanden 67% 0% 0%",
        "Haarlemmermeer 15% 314% 115%",
        "Twente/Achterhoek 108% 215% 17%",
        "Parkstad Limburg 89% 791% 0%",
        "Emmen 23% 94% 0%",
        "Midden-Brabant 243% 160% 0%",
    ]


def test_the_tables_on_the_later_pilots_are_the_published_ones(tmp_path: Path) -> None:
    r = opened("zorgpilots_2010", tmp_path)

    # Tables 2.1, 3.2 and 3.3. Behind the parts of toeleiden stands their sum, of which 4.1 prints the total.
    assert printed(r.goals_table())[:-1] == [
        "Amsterdam 80 60 60",
        "Rijnstreek 180 180 180",
        "Haaglanden - - -",
        "Utrecht 60 60 60",
        "Eindhoven 100 - 30",
        "Flevoland 20 - 20",
        "Twente/Achterhoek 220 135 198",
        "Groningen - 50/60 50/60",
    ]
    assert printed(r.results_table()) == [
        "Amsterdam 92 4 10 5 15",
        "Rijnstreek 300 156 58 0 58",
        "Haaglanden 14 12 0 0 0",
        "Utrecht 137 22 18 30 48",
        "Eindhoven circa 90 27 19 0 19",
        "Flevoland 24 24 24 0 24",
        "Twente/Achterhoek 390 60 21 129 150",
        "Groningen - - - - -",
        "Totaal 1.047 305 150 164 314",
    ]
    assert printed(r.attainment_table())[:-1] == [
        "Amsterdam 115% 7% 25%",
        "Rijnstreek 167% 87% 32%",
        "Haaglanden n.v.t. n.v.t. n.v.t.",
        "Utrecht 228% 37% 80%",
        "Eindhoven circa 90% n.v.t. 63%",
        "Flevoland 120% n.v.t. 120%",
        "Twente/Achterhoek 177% 44% 76%",
        "Groningen - - -",
    ]
    # Table 3.1, but for Utrecht, of which it prints 20; and 3.6, but for Amsterdam, of which it prints 80%.
    assert [line.rpartition(" ")[2] for line in printed(r.durations_table())[:-1]] == [
        *("16", "16", "28", "23", "15", "14", "21", "15"),
    ]
    assert printed(r.dropout_table())[0] == "Amsterdam 73 van 92 (79%) geen uitval 3 van 15 (20%)"
    assert "In het gepubliceerde rapport 80%." in r.dropout_table().lines()[0]
    assert "Het gepubliceerde rapport telt 20 maanden." in r.durations_table().lines()[0]
    # Tables 3.4 and 3.5.
    assert printed(r.participants_table())[5:] == [
        "Flevoland 10 5 Lelystad, Almere, Dronten, Noord-Oostpolder, Urk",
        "Twente/Achterhoek 17 4 Zwolle, Enschede, Almelo, Deventer",
        "Groningen - 2 Zuidhorn, Roden",
        "Totaal 59 17 ",
    ]


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
