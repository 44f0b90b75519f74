from pathlib import Path

import pytest

from srsmeting.errors import ReportError
from srsmeting.estimation.attainment import estimate_goals
from srsmeting.goals import load_monitor
from srsmeting.presentation.figures.goals import (
    build_bullets,
    build_funnel,
    build_progress,
    build_timeline,
    build_unit_bullets,
)
from srsmeting.presentation.goals import Outcomes


def test_results_against_goals_are_told_in_words(outcomes: Outcomes) -> None:
    figure = build_bullets(outcomes, source="eigen opgave")

    assert figure.id == "fig-realisatie"
    assert figure.caption == "Resultaat en doel, december 2020"
    assert figure.alt == (
        "Staven met het resultaat en een streepje bij het doel. Werven: doel gehaald door Delta. Resultaat van doel: "
        "Delta 50 van 40 (125%); Eems circa 18 van 20/30 (circa 60–90%); Friese Meren 9, geen doel. Plaatsen: doel "
        "gehaald door Eems. Resultaat van doel: Delta 14 van 16 (88%); Eems 20 van 8 (250%); Friese Meren nog geen "
        "resultaat, doel 15."
    )
    assert [[row.group, row.header, *(cell.text for cell in row.cells)] for row in figure.table.rows][1:3] == [
        ["Werven", "Eems", "circa 18", "20/30", "circa 60–90%"],
        ["Werven", "Friese Meren", "9", "-", "n.v.t."],
    ]


def test_a_goal_that_was_dropped_is_told_so_as_in_the_tables(programme: Path) -> None:
    file = programme / "goals.csv"
    file.write_text(
        "unit,track,part,from_moment,value,note\ndelta,werven,,,40,\ndelta,plaatsen,,,16,\neems,werven,,,30,\n"
        "eems,werven,,eind,vervallen,Geen geld.\neems,plaatsen,,,8,\nfries,plaatsen,,eind,vervallen,Geen geld.\n",
        encoding="utf-8",
    )
    monitor = load_monitor(programme)

    figure = build_bullets(Outcomes(estimate_goals(monitor), monitor))

    assert figure.alt == (
        "Staven met het resultaat en een streepje bij het doel. Werven: doel gehaald door Delta. Resultaat van doel: "
        "Delta 50 van 40 (125%); Eems circa 18, doel vervallen; Friese Meren 9, geen doel. Plaatsen: doel gehaald door "
        "Eems. Resultaat van doel: Delta 14 van 16 (88%); Eems 20 van 8 (250%); Friese Meren doel vervallen, geen "
        "resultaat."
    )


def test_one_unit_has_a_figure_of_its_own(outcomes: Outcomes) -> None:
    figure = build_unit_bullets(outcomes, outcomes.monitor.unit("eems"))

    assert figure.alt == (
        "Staven met het resultaat van Eems en een streepje bij het doel. Werven circa 18 van 20/30 (circa 60–90%); "
        "Plaatsen 20 van 8 (250%)."
    )


def test_steps_say_where_they_are_not_inside_each_other(outcomes: Outcomes) -> None:
    figure = build_funnel(outcomes)

    # 34 of the 68 of Delta and Eems, who counted both.
    assert figure.alt == (
        "Van 77 naar 34. Staven per stap: Werven: 77; Plaatsen: 34 (50% van de stap ervoor), waarvan Leerwerkplek 4, "
        "Baan 30."
    )
    assert figure.lines() == (
        "Werven: met een geschat aantal. Plaatsen: zonder Friese Meren. Plaatsen als deel van de stap ervoor: "
        "34 van 68, zonder Friese Meren. Een latere stap telt er soms meer dan de stap ervoor: bij Eems is ‘Plaatsen’ groter dan ‘Werven’. Niet iedereen doorloopt alle stappen.",
    )


def test_without_a_flow_there_are_no_steps(programme: Path) -> None:
    file = programme / "meting.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("flow: [werven, plaatsen]\n", ""), encoding="utf-8")
    monitor = load_monitor(programme)

    with pytest.raises(ReportError) as error:
        build_funnel(Outcomes(estimate_goals(monitor), monitor))

    assert str(error.value) == ("funnel_figure(): the monitor has no 'flow'. Name its tracks in order in meting.yaml.")


def test_months_are_told_in_words(outcomes: Outcomes) -> None:
    figure = build_timeline(outcomes)

    assert figure.alt == (
        "Verlengd: Eems. Balken van begin tot einde: Delta januari 2020 tot en met december 2020, 12 maanden; Eems "
        "februari 2020 tot en met september 2020, verlengd tot en met december 2020, 11 maanden; Friese Meren maart "
        "2020 tot en met februari 2021, 12 maanden."
    )
    assert figure.lines() == ("Stippellijn: de laatste meting, december 2020.",)


def test_progress_stands_against_the_straight_line(outcomes: Outcomes) -> None:
    figure = build_progress(outcomes)
    rows = [[row.group, row.header, *(cell.text for cell in row.cells)] for row in figure.table.rows]

    # Werven in March: 22 of 70. Delta is 3 of its 12 months on its way, Eems 2 of 11: (40 x 3/12 + 30 x 2/11) / 70.
    assert rows[:2] == [["Werven", "mrt 2020", "31%", "22%"], ["Werven", "dec 2020", "97%", "100%"]]


def test_progress_says_where_other_units_were_measured(programme: Path) -> None:
    file = programme / "results.csv"
    kept = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("eems,werven,,begin")]
    file.write_text("\n".join(kept) + "\n", encoding="utf-8")
    monitor = load_monitor(programme)

    figure = build_progress(Outcomes(estimate_goals(monitor), monitor))

    assert figure.notes == (
        "De rechte lijn is wat bereikt zou zijn als elke maand evenveel opleverde.",
        "Niet elk moment gaat over dezelfde pilots. Werven: mrt 2020 zonder Eems en Friese Meren; dec 2020 zonder "
        "Friese Meren.",
    )


def test_one_moment_is_no_progress(programme: Path) -> None:
    file = programme / "results.csv"
    kept = [line for line in file.read_text(encoding="utf-8").splitlines() if ",begin," not in line]
    file.write_text("\n".join(kept) + "\n", encoding="utf-8")
    monitor = load_monitor(programme)

    with pytest.raises(ReportError) as error:
        build_progress(Outcomes(estimate_goals(monitor), monitor))

    assert str(error.value) == ("progress_figure(): no track was measured twice. There is no progress to show yet.")


@pytest.mark.parametrize("build", [build_bullets, build_funnel, build_timeline, build_progress])
def test_the_same_figure_is_the_same_file(build, outcomes: Outcomes, tmp_path: Path) -> None:
    first, second = (build(outcomes).save(tmp_path / name) for name in ("one", "two"))

    assert first.name == second.name
    assert first.read_bytes() == second.read_bytes()
