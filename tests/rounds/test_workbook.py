"""The workbook of a round as a project leader opens it."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from srsmeting.goals import GoalsMonitor, load_monitor
from srsmeting.rounds.asking import ask
from srsmeting.rounds.layout import COLUMNS
from srsmeting.rounds.workbook import make_workbook


@pytest.fixture
def book(sent: Path) -> Any:
    return openpyxl.load_workbook(sent / "noord-voortgang_2.xlsx")


def texts(sheet: Any) -> list[list[object]]:
    return [list(row) for row in sheet.iter_rows(min_row=4, min_col=2, values_only=True)]


def test_the_instruction_says_whose_it_is_and_what_to_do(book: Any) -> None:
    lines = [row[0] for row in book["Uitleg"].iter_rows(values_only=True)]

    assert lines[:3] == ["Kansen in de zorg", "Pilot: Noord", "Ronde: Tweede voortgang (stand in juni 2026)"]
    assert lines[6] == "2. Tel vanaf de start, niet alleen vanaf de vorige ronde."
    assert lines[-5:] == [
        "Resultaten: Wat is er bereikt?",
        "Uitval: Hoeveel deelnemers vielen uit?",
        "Organisaties: Welke organisaties doen mee?",
        "Doelen: Is er een doel veranderd?",
        "Opmerkingen: Wilt u nog iets kwijt?",
    ]


def test_goals_and_what_was_told_before_stand_beside_what_is_asked(book: Any) -> None:
    note = "Toelichting (komt als voetnoot in het rapport)"

    assert book["Resultaten"]["B1"].value == "Wat is er bereikt? (Noord, Tweede voortgang)"
    assert texts(book["Resultaten"]) == [
        ["Onderdeel", "Doel", "Vorige stand", "Stand: Tweede voortgang", note],
        ["Werven", 80, "35 (Eerste voortgang)", None, None],
        ["Toeleiden: instroom bbl", 20, "4 (Eerste voortgang)", None, None],
        ["Toeleiden: direct", "circa 10", "nog n.v.t. (Eerste voortgang)", None, None],
    ]
    assert texts(book["Uitval"])[1:] == [
        ["Werving en selectie", "3 van 35 (Eerste voortgang)", None, None, None],
        ["Opleiding", "–", None, None, None],
    ]
    assert texts(book["Organisaties"])[1:] == [["Werkgevers", "4 (Eerste voortgang)", None, None, None]]
    assert texts(book["Doelen"])[1:] == [
        ["Werven", 80, None, None],
        ["Toeleiden: instroom bbl", 20, None, None],
        ["Toeleiden: direct", "circa 10", None, None],
    ]


def test_one_goal_for_all_parts_is_said_to_be_so(sent: Path) -> None:
    book = openpyxl.load_workbook(sent / "oost-voortgang_2.xlsx")

    assert [row[1] for row in texts(book["Resultaten"])[1:]] == [
        "50/60",
        "30, alle delen samen",
        "30, alle delen samen",
    ]
    assert [row[:2] for row in texts(book["Doelen"])[1:]] == [["Werven", "50/60"], ["Toeleiden", 30]]


def test_no_result_is_asked_of_what_does_not_apply(sent: Path) -> None:
    book = openpyxl.load_workbook(sent / "zuid-voortgang_2.xlsx")

    assert [row[:2] for row in texts(book["Resultaten"])[1:]] == [
        ["Toeleiden: instroom bbl", "geen doel"],
        ["Toeleiden: direct", "geen doel"],
    ]


def test_what_was_said_in_words_is_shown_in_words(folder: Path) -> None:
    (folder / "dropout.csv").write_text(
        "unit,phase,moment,numerator,denominator,value,note\n"
        "oost,selectie,voortgang_1,,,gezegd: heel beperkt,\noost,opleiding,voortgang_1,,,zie selectie,\n",
        encoding="utf-8",
    )
    monitor = load_monitor(folder)
    sheet = make_workbook(monitor, monitor.unit("oost"), monitor.moment("voortgang_2"))["Uitval"]

    assert [row[1] for row in texts(sheet)[1:]] == [
        "heel beperkt (Eerste voortgang)",
        "samen met Werving en selectie (Eerste voortgang)",
    ]


def test_only_what_is_asked_can_be_written_in(book: Any) -> None:
    open_cells = {
        sheet.title: [cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
        for sheet in book.worksheets
    }

    assert open_cells == {
        "Uitleg": [],
        "Resultaten": ["E5", "F5", "E6", "F6", "E7", "F7"],
        "Uitval": ["D5", "E5", "F5", "D6", "E6", "F6"],
        "Organisaties": ["D5", "E5", "F5"],
        "Doelen": ["D5", "E5", "D6", "E6", "D7", "E7"],
        "Opmerkingen": ["C5"],
        "srsmeting": [],
    }
    assert all(sheet.protection.sheet and not sheet.protection.password for sheet in book.worksheets)
    assert book.security.lockStructure
    assert book["srsmeting"].sheet_state == "veryHidden"
    assert not [sheet.title for sheet in book.worksheets if sheet.merged_cells.ranges]


def test_cells_are_checked_as_they_are_filled_in(book: Any) -> None:
    found = {
        (sheet.title, str(one.sqref)): one.formula1
        for sheet in book.worksheets
        for one in sheet.data_validations.dataValidation
    }

    assert {place: rule for place, rule in found.items() if place[0] in ("Resultaten", "Uitval")} == {
        ("Resultaten", "E5:E7"): 'IF(ISNUMBER(E5),AND(E5>=0,E5=INT(E5)),OR(E5="onbekend",E5="n.v.t.",E5="nog n.v.t.",E5="-",'
        'ISNUMBER(VALUE(SUBSTITUTE(LOWER(E5),"circa ","")&"0"))))',
        ("Uitval", "D5:D6"): 'IF(ISNUMBER(D5),AND(D5>=0,D5=INT(D5)),OR(D5="geen uitval",D5="onbekend",D5="n.v.t.",D5="nog n.v.t."))',
        ("Uitval", "E5:E6"): 'IF(ISNUMBER(E5),AND(E5>=0,E5=INT(E5)),OR(E5="onbekend"))',
    }  # fmt: skip
    assert set(found) - {("Resultaten", "E5:E7"), ("Uitval", "D5:D6"), ("Uitval", "E5:E6")} == {
        ("Organisaties", "D5"), ("Doelen", "D5:D7"),
    }  # fmt: skip
    # What is longer, Excel takes for damage.
    assert max(len(rule) for rule in found.values()) < 255


def test_columns_are_those_that_the_reader_knows(monitor: GoalsMonitor) -> None:
    forms = ask(monitor, "noord", monitor.moment("voortgang_2"))

    assert {form.name: tuple(column.name for column in form.columns) for form in forms} == COLUMNS


def test_columns_have_names(book: Any) -> None:
    assert {name: defined.attr_text for name, defined in book.defined_names.items() if name.startswith("results")} == {
        "results_what": "'Resultaten'!$B$5:$B$7",
        "results_goal": "'Resultaten'!$C$5:$C$7",
        "results_before": "'Resultaten'!$D$5:$D$7",
        "results_value": "'Resultaten'!$E$5:$E$7",
        "results_note": "'Resultaten'!$F$5:$F$7",
    }


def test_what_was_told_of_this_moment_already_is_not_asked_again(folder: Path) -> None:
    with (folder / "results.csv").open("a", encoding="utf-8") as file:
        file.write("noord,werven,,voortgang_2,61,nageteld\n")
    monitor = load_monitor(folder)
    sheet = make_workbook(monitor, monitor.unit("noord"), monitor.moment("voortgang_2"))["Resultaten"]

    assert [cell.value for cell in sheet[5]][4:] == [61, "nageteld"]
    assert [cell.protection.locked for cell in sheet[5]][4:] == [True, True]


def test_texts_of_the_measurement_never_run_as_formulas(folder: Path) -> None:
    file = folder / "meting.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("label: Werven", 'label: "=1+1"'), encoding="utf-8")
    monitor: GoalsMonitor = load_monitor(folder)
    book = make_workbook(monitor, monitor.unit("noord"), monitor.moment("voortgang_2"))

    assert (book["Resultaten"]["B5"].value, book["Resultaten"]["B5"].data_type) == ("=1+1", "s")
