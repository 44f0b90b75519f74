"""Every filled cell is somewhere: counted on paper, and added up for every export of the gold set."""

from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.intake import take_in
from srsmeting.questionnaire import Questionnaire, load_questionnaire
from srsmeting.questionnaire.structures import read_structure

DATA = Path(__file__).parents[1] / "data"
IGNORED = ("dual", "getal", "geld", "rang", "datum", "kort", "eq")
FILES = [
    "archive.lsa",
    "vvexport_v2.csv",
    "ui_code_short.csv",
    "ui_code_short.xlsx",
    "rc_full_long.csv",
    "spss_data.dat",
]


def test_cells_are_counted_with_their_row_column_or_by_themselves(
    kort: Questionnaire, write_export: Callable[..., Path]
) -> None:
    rows = [
        # id, submitdate, token and address are no answers: 4. Of the answers all 5 count.
        {"G01Q01": "A1", "G01Q02": "A1", "G01Q03[SQ001]": "Y", "G01Q05": "7", "G01Q07": "Meer tijd"},
        # Not asked for effects (2 cells), and a text beside an answer that is not "other" (1): 2 count.
        {"G01Q01": "A1", "G01Q01[other]": "x", "G01Q02": "A2", "G01Q03[SQ001]": "Y", "G01Q03[other]": "y"},
        # Set aside with all that is in it: id, token, address, and one answer.
        {"submitdate": "", "G01Q01": "A1"},
    ]
    cells = take_in(write_export(rows), kort).report.cells
    assert cells.values.tolist() == [
        ["received", "", 9 + 9 + 4],
        ["set_aside", "row", 4],
        ["set_aside", "column", 8],
        ["set_aside", "not_asked", 2],
        ["set_aside", "other_not_chosen", 1],
        ["used", "", 7],
    ]


ROUTED = """\
meting: klein
title: Klein
pijlers: [{id: basis, label: Basis}]
questions:
  - {id: cijfer, export: Q1, kind: mark, title: Cijfer, text: Cijfer?, pijler: basis, fase: algemeen, range: [1, 10]}
  - id: waarom
    export: Q2
    kind: single
    title: Waarom
    text: Waarom?
    pijler: basis
    fase: algemeen
    asked_if: cijfer == 7
    categories: [{code: tijd, export: A1, label: Tijd}, {code: anders, export: other, label: Anders, kind: other}]
"""


def test_a_cell_that_is_wrong_in_two_ways_is_counted_once(tmp_path: Path) -> None:
    (tmp_path / "q.yaml").write_text(ROUTED, encoding="utf-8")
    export = tmp_path / "export.csv"
    header = '"id";"submitdate";"lastpage";"Q1";"Q2";"Q2[other]"'
    export.write_text(f'{header}\n"1";"2022-03-14 10:00:00";"";"8";"A1";"Iets"\n', encoding="utf-8")
    report = take_in(export, load_questionnaire(tmp_path / "q.yaml")).report
    # The text was not asked for, and stands beside an answer that is not "other".
    assert set(report.findings["check"]) == {"answer_not_asked", "other_not_chosen"}
    assert report.cells.values.tolist() == [
        ["received", "", 5],
        ["set_aside", "column", 2],
        ["set_aside", "not_asked", 2],
        ["used", "", 1],
    ]


@pytest.mark.parametrize("name", FILES)
def test_received_is_used_plus_set_aside(name: str) -> None:
    folder = DATA / "limesurvey"
    structure = read_structure(folder / "structure.lss") if "full" in name else None
    report = take_in(
        folder / name, load_questionnaire(DATA / "limesurvey.yaml"), ignore=IGNORED, structure=structure
    ).report
    for frame, counted in ((report.flow, "rows"), (report.cells, "cells")):
        totals = frame.groupby("step")[counted].sum()
        assert totals["received"] == totals["used"] + totals["set_aside"]


def test_the_number_that_a_reader_adds_is_no_cell_of_the_file(kort: Questionnaire, tmp_path: Path) -> None:
    path = tmp_path / "tabel.csv"
    headings = "wgo,bekend,G01Q03[SQ001],G01Q03[other],G01Q03[SQ003],impact_meer,impact_beter,cijfer,fte,idee"
    path.write_text(f"{headings}\nA1,A2,,,,,,7,,\n", encoding="utf-8")
    report = take_in(path, kort).report
    assert report.cells.values.tolist() == [["received", "", 3], ["used", "", 3]]
