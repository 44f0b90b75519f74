"""Rounds go out as workbooks and come back as rows; nothing that is there is replaced."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from srsmeting.errors import RoundError, UnknownNameError
from srsmeting.goals import GoalsMonitor, load_monitor
from srsmeting.rounds import new_round, read_round

RESULTS, DROPOUT, TAKING_PART, GOALS, REMARKS = "Resultaten", "Uitval", "Organisaties", "Doelen", "Opmerkingen"

NORTH = {
    (RESULTS, "E5"): 60,
    (RESULTS, "F5"): "- veel via\nde open dag",
    (RESULTS, "E6"): "11",
    (RESULTS, "E7"): "Nog n.v.t.",
    (DROPOUT, "D5"): 4,
    (DROPOUT, "E5"): 60,
    (DROPOUT, "D6"): "geen uitval",
    (TAKING_PART, "D5"): 2,
    (TAKING_PART, "E5"): "Zorggroep; Thuis",
    (GOALS, "D6"): 25,
    (GOALS, "E6"): "extra plaatsen",
    (REMARKS, "C5"): "Bel me even.",
}
EAST = {(RESULTS, "E5"): "circa 40", (RESULTS, "E6"): 3, (RESULTS, "E7"): "onbekend"}


def added(folder: Path, name: str, before: str) -> list[str]:
    text = (folder / name).read_text(encoding="utf-8")
    assert text.startswith(before)
    return text.removeprefix(before).splitlines()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def said(monitor: GoalsMonitor, *files: Path, moment: str = "") -> list[str]:
    before = contents(monitor.file.parent)
    with pytest.raises(RoundError) as caught:
        read_round(monitor, files, moment)
    assert contents(monitor.file.parent) == before
    return str(caught.value).splitlines()


def test_what_units_told_stands_below_what_was_there(monitor: GoalsMonitor, folder: Path, fill: Any) -> None:
    before = {name: text.decode() for name, text in contents(folder).items()}

    done = read_round(monitor, [fill("noord", NORTH, "mijn antwoord.xlsx"), fill("oost", EAST)])

    assert {path.name: count for path, count in done.added.items()} == {
        "goals.csv": 1, "results.csv": 6, "dropout.csv": 2, "participants.csv": 1,
    }  # fmt: skip
    assert added(folder, "goals.csv", before["goals.csv"]) == ["noord,toeleiden,bbl,voortgang_2,25,extra plaatsen"]
    assert added(folder, "results.csv", before["results.csv"]) == [
        "noord,werven,,voortgang_2,60,'- veel via de open dag",
        "noord,toeleiden,bbl,voortgang_2,11,",
        "noord,toeleiden,direct,voortgang_2,nog n.v.t.,",
        "oost,werven,,voortgang_2,circa 40,",
        "oost,toeleiden,bbl,voortgang_2,3,",
        "oost,toeleiden,direct,voortgang_2,onbekend,",
    ]
    assert added(folder, "dropout.csv", before["dropout.csv"]) == [
        "noord,selectie,voortgang_2,4,60,,",
        "noord,opleiding,voortgang_2,,,geen uitval,",
    ]
    assert added(folder, "participants.csv", before["participants.csv"]) == [
        "noord,werkgevers,voortgang_2,2,Zorggroep; Thuis,"
    ]
    assert [told.letter for told in done.told] == ["Bel me even.", ""]
    assert [unit.id for unit in done.waiting] == ["zuid"]
    assert [str(remark) for remark in done.remarks] == [
        "oost.xlsx: sheet 'Uitval': not filled in: D5, D6. Read it again when it is.",
        "oost.xlsx: sheet 'Organisaties': not filled in: D5. Read it again when it is.",
    ]


def test_what_was_added_is_what_the_monitor_reads(monitor: GoalsMonitor, folder: Path, fill: Any) -> None:
    read_round(monitor, [fill("noord", NORTH)])
    later = load_monitor(folder)

    assert str(later.result("noord", "werven", moment="voortgang_2")) == "60"
    assert [later.goal("noord", "toeleiden", "bbl", at) for at in ("voortgang_1", "voortgang_2")] == [
        monitor.goal("noord", "toeleiden", "bbl", "voortgang_1"),
        later.goal("noord", "toeleiden", "bbl"),
    ]
    assert str(later.goal("noord", "toeleiden", "bbl")) == "25"
    assert later.results[-3].note == "- veel via de open dag"


def test_the_same_figures_again_are_said_to_be_there(monitor: GoalsMonitor, folder: Path, fill: Any) -> None:
    path = fill("noord", NORTH)
    read_round(monitor, [path])
    before = contents(folder)

    again = read_round(load_monitor(folder), [path])

    assert (again.added, again.told[0].known, again.remarks) == ({}, 7, ())
    assert contents(folder) == before


def test_another_figure_than_the_one_that_is_there_is_refused(monitor: GoalsMonitor, folder: Path, fill: Any) -> None:
    read_round(monitor, [fill("noord", NORTH)])
    other = fill("noord", NORTH | {(RESULTS, "E5"): 61, (DROPOUT, "D5"): 5, (TAKING_PART, "D5"): 3, (GOALS, "D6"): 26})

    assert said(load_monitor(folder), other) == [
        "noord.xlsx: sheet 'Doelen', cell D6: says '26', and goals.csv row 8 says '25'. Nothing is written over: correct one of the two.",
        "noord.xlsx: sheet 'Resultaten', cell E5: says '61', and results.csv row 6 says '60'. Nothing is written over: correct one of the two.",
        "noord.xlsx: sheet 'Uitval', cell D5: says '5 van 60', and dropout.csv row 3 says '4 van 60'. Nothing is written over: correct one of the two.",
        "noord.xlsx: sheet 'Organisaties', cell D5: says '3', and participants.csv row 3 says '2'. Nothing is written over: correct one of the two.",
    ]


def test_words_beside_the_same_figures_are_not_lost_in_silence(monitor: GoalsMonitor, folder: Path, fill: Any) -> None:
    read_round(monitor, [fill("noord", NORTH)])
    cells = {(RESULTS, "F5"): "via de website", (TAKING_PART, "E5"): "Zorggroep; Wijkteam"}

    again = read_round(load_monitor(folder), [fill("noord", NORTH | cells)])

    assert (again.added, again.told[0].known) == ({}, 7)
    assert [str(remark) for remark in again.remarks] == [
        "noord.xlsx: sheet 'Resultaten', cell E5: its explanation is not the note in results.csv row 6. It was not taken over.",
        "noord.xlsx: sheet 'Organisaties', cell E5: the names are not those in participants.csv row 3. They were not taken over.",
    ]


def test_an_explanation_of_nothing_is_told(monitor: GoalsMonitor, fill: Any) -> None:
    done = read_round(monitor, [fill("noord", {(RESULTS, "E5"): 60, (RESULTS, "F6"): "volgt nog"})])

    assert [str(remark) for remark in done.remarks][:2] == [
        "noord.xlsx: sheet 'Resultaten', cell F6: explains a cell that is empty. It was not taken over.",
        "noord.xlsx: sheet 'Resultaten': not filled in: E6, E7. Read it again when it is.",
    ]


def test_a_workbook_that_is_filled_in_further_adds_what_is_new(monitor: GoalsMonitor, folder: Path, fill: Any) -> None:
    first = read_round(monitor, [fill("oost", {(RESULTS, "E5"): 40})])
    second = read_round(load_monitor(folder), [fill("oost", {(RESULTS, "E5"): 40, (RESULTS, "E6"): 3})])

    assert str(first.remarks[0]) == "oost.xlsx: sheet 'Resultaten': not filled in: E6, E7. Read it again when it is."
    assert (second.told[0].known, list(second.added.values())) == (1, [1])


def test_a_unit_that_fills_in_twice_is_refused_wherever_its_files_are(monitor: GoalsMonitor, fill: Any) -> None:
    first, second = fill("noord", NORTH), fill("noord", {}, "noord (2).xlsx")

    assert said(monitor, first, second) == [
        f"noord (2).xlsx: unit 'noord' filled in this round twice, also in {first}. Give the right one only."
    ]


def test_a_unit_in_one_round_only_is_told(monitor: GoalsMonitor, folder: Path, fill: Any) -> None:
    with (folder / "goals.csv").open("a", encoding="utf-8") as file:
        file.write("zuid,toeleiden,,,5,\n")
    done = read_round(load_monitor(folder), [fill("zuid", {(RESULTS, "E5"): 1, (RESULTS, "E6"): 0})])

    assert [str(remark) for remark in done.remarks][-1] == (
        "zuid.xlsx: unit 'zuid' appears in this round only: it has no results of an earlier moment. Is it new?"
    )
    assert [unit.id for unit in done.waiting] == ["noord", "oost"]


def test_counts_from_the_start_do_not_shrink_unseen(monitor: GoalsMonitor, fill: Any) -> None:
    done = read_round(monitor, [fill("noord", NORTH | {(RESULTS, "E5"): 30, (TAKING_PART, "D5"): 3})])

    assert [str(remark) for remark in done.remarks] == [
        "noord.xlsx: sheet 'Resultaten', cell E5: is 30, and was 35 at 'voortgang_1'; it counts from the start on. Check with the unit.",
        "noord.xlsx: sheet 'Organisaties', cell E5: 2 names are listed, and '3' are counted. Check with the unit.",
    ]


def test_a_result_needs_a_goal_or_the_word_that_there_is_none(monitor: GoalsMonitor, folder: Path, fill: Any) -> None:
    path = fill("zuid", {(RESULTS, "E5"): 7, (RESULTS, "E6"): 0})

    assert said(monitor, path) == [
        "zuid.xlsx: sheet 'Resultaten', cell E5: '7' is a result, and goals.csv has no goal for it. Add the goal there, or '-' for none.",
        "zuid.xlsx: sheet 'Resultaten', cell E6: '0' is a result, and goals.csv has no goal for it. Add the goal there, or '-' for none.",
    ]
    new = fill("zuid", {(RESULTS, "E5"): 7, (RESULTS, "E6"): 0, (GOALS, "D6"): "-", (GOALS, "E6"): "proef"})
    assert list(read_round(monitor, [new]).added.values()) == [1, 2]


def test_a_part_that_does_not_apply_is_not_asked_and_not_left_out(
    monitor: GoalsMonitor, folder: Path, tmp_path: Path
) -> None:
    with (folder / "goals.csv").open("a", encoding="utf-8") as file:
        file.write("zuid,toeleiden,bbl,,n.v.t.,\nzuid,toeleiden,direct,,9,\n")
    monitor = load_monitor(folder)
    (path,) = new_round(monitor, "voortgang_2", tmp_path, units=["zuid"]).written
    book = openpyxl.load_workbook(path)
    assert [book[RESULTS].cell(row, 2).value for row in (5, 6)] == ["Toeleiden: direct", None]
    book[RESULTS]["E5"] = 4
    book.save(path)
    before = (folder / "results.csv").read_text(encoding="utf-8")

    read_round(monitor, [path])

    assert added(folder, "results.csv", before) == [
        "zuid,toeleiden,direct,voortgang_2,4,",
        "zuid,toeleiden,bbl,voortgang_2,n.v.t.,",
    ]
    assert str(load_monitor(folder).result("zuid", "toeleiden")) == "4"


def test_goals_change_with_a_reason(monitor: GoalsMonitor, fill: Any) -> None:
    cells = {
        (GOALS, "D5"): 90,
        (GOALS, "E6"): "omdat het kan",
        (GOALS, "D7"): "veel",
        (GOALS, "E7"): "ambitie",
    }
    assert said(monitor, fill("noord", cells)) == [
        "noord.xlsx: sheet 'Doelen', cell E5: does not tell why the goal was changed. Write the reason.",
        "noord.xlsx: sheet 'Doelen', cell E6: is a reason, and there is no new goal beside it. Write the goal, or clear this cell.",
        "noord.xlsx: sheet 'Doelen', cell D7: 'veel' is no count. Write a count (50), a range (50/60), a sum (110 + 88), 'circa 90', "
        "'-' (none), 'n.v.t.', 'nog n.v.t.', 'onbekend', 'vervallen', or 'gezegd: …' for what was said in words.",
    ]
    same = read_round(monitor, [fill("noord", {(GOALS, "D5"): 80, (GOALS, "E5"): "blijft zo"})])
    assert str(same.remarks[0]) == (
        "noord.xlsx: sheet 'Doelen', cell D5: '80' is the goal already. It was not taken over."
    )


def test_a_workbook_of_another_measurement_unit_or_moment_is_refused(
    monitor: GoalsMonitor, folder: Path, fill: Any, tmp_path: Path
) -> None:
    path = fill("noord", NORTH)
    for number, (old, new, message) in enumerate((
        ("zorgkansen", "anders", "is of another measurement ('zorgkansen'; this is 'anders'). Leave it out."),
        ("noord", "west", "is of unit 'noord', which meting.yaml does not have. Leave it out."),
        ("voortgang_2", "voortgang_3", "is of moment 'voortgang_2', which meting.yaml does not have."),
    )):  # fmt: skip
        changed = tmp_path / f"ander{number}"
        changed.mkdir()
        for name, text in contents(folder).items():
            (changed / name).write_text(text.decode().replace(old, new), encoding="utf-8")
        assert said(load_monitor(changed), path) == [f"noord.xlsx: {message}"]
    assert said(monitor, path, moment="voortgang_1") == [
        "noord.xlsx: is of 'voortgang_2', and this round is of 'voortgang_1'. Read it by itself."
    ]


def test_a_track_that_was_taken_out_since_is_told(monitor: GoalsMonitor, folder: Path, fill: Any) -> None:
    path = fill("noord", NORTH)
    for name in ("meting.yaml", "goals.csv", "results.csv"):
        file = folder / name
        file.write_text(file.read_text(encoding="utf-8").replace("werven", "winnen"), encoding="utf-8")

    assert said(load_monitor(folder), path) == [
        "noord.xlsx: sheet 'Resultaten', cell E5: asks for track 'werven', which is not in meting.yaml (any more). Send a new workbook."
    ]


def test_rows_that_would_not_fit_are_all_taken_back(monitor: GoalsMonitor, folder: Path, fill: Any) -> None:
    path = fill("oost", EAST)
    with (folder / "results.csv").open("a", encoding="utf-8") as file:
        file.write("oost,toeleiden,,voortgang_2,9,\n")

    assert said(load_monitor(folder), path) == [
        "results.csv:6: unit 'oost', track 'toeleiden' has a number of its own and one of a part (row 9). "
        "Keep the parts; their sum is computed.",
        "Nothing was added.",
    ]


def test_workbooks_that_are_there_are_left_as_they_are(monitor: GoalsMonitor, tmp_path: Path) -> None:
    first = new_round(monitor, "voortgang_2", tmp_path / "uit", units=["noord"])
    first.written[0].write_bytes(b"filled in")
    second = new_round(monitor, "voortgang_2", tmp_path / "uit")

    assert [path.name for path in second.written] == ["oost-voortgang_2.xlsx", "zuid-voortgang_2.xlsx"]
    assert (second.kept, second.kept[0].read_bytes()) == (first.written, b"filled in")


def test_a_unit_that_told_everything_gets_no_workbook(monitor: GoalsMonitor, folder: Path) -> None:
    sent = new_round(monitor, "voortgang_1")

    assert [unit.id for unit in sent.answered] == ["noord"]
    assert [path.relative_to(folder).as_posix() for path in sent.written] == [
        "rondes/voortgang_1/oost-voortgang_1.xlsx",
        "rondes/voortgang_1/zuid-voortgang_1.xlsx",
    ]


def test_unknown_moments_and_units_are_told(monitor: GoalsMonitor, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match=r"^meting.yaml: no moment 'voortgang_9'. Did you mean 'voortgang_2'\?"):
        new_round(monitor, "voortgang_9", tmp_path)
    with pytest.raises(UnknownNameError, match=r"^meting.yaml: no unit 'nord'. Did you mean 'noord'\?"):
        new_round(monitor, "voortgang_2", tmp_path, units=["nord"])


def test_moments_and_units_may_be_called_as_in_the_data(monitor: GoalsMonitor, tmp_path: Path) -> None:
    sent = new_round(monitor, "tweede voortgang", tmp_path / "uit", units=["Oost"])

    assert [path.name for path in sent.written] == ["oost-voortgang_2.xlsx"]


def test_names_with_commas_between_them_are_told(monitor: GoalsMonitor, fill: Any) -> None:
    cells = {(TAKING_PART, "D5"): 3, (TAKING_PART, "E5"): "Thuis, Vitaal, Zorggroep", (RESULTS, "E5"): 60}

    assert str(read_round(monitor, [fill("noord", cells)]).remarks[0]) == (
        "noord.xlsx: sheet 'Organisaties', cell E5: 1 name is listed, and '3' are counted. Put ; between names."
    )


def test_a_measurement_without_a_file_for_results_cannot_ask(folder: Path, tmp_path: Path) -> None:
    file = folder / "meting.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("results: results.csv, ", ""), encoding="utf-8")

    with pytest.raises(RoundError) as caught:
        new_round(load_monitor(folder), "voortgang_2", tmp_path)
    assert str(caught.value) == "meting.yaml: 'files' names no 'results', where answers go. Add results.csv."
