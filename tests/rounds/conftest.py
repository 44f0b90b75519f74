"""A programme of three pilots after its first round, small enough to reckon by hand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from srsmeting.goals import GoalsMonitor, load_monitor
from srsmeting.rounds import new_round

METING = """\
kind: goals
meting: zorgkansen
title: Kansen in de zorg
units:
  label: Pilot
  by: pilot
  list: [{id: noord, label: Noord}, {id: oost, label: Oost}, {id: zuid, label: Zuid}]
tracks:
  - {id: werven, label: Werven}
  - {id: toeleiden, label: Toeleiden, parts: [{id: bbl, label: instroom bbl}, {id: direct, label: direct}]}
moments:
  - {id: voortgang_1, label: Eerste voortgang, date: 2026-03}
  - {id: voortgang_2, label: Tweede voortgang, date: 2026-06}
phases: [{id: selectie, label: Werving en selectie}, {id: opleiding, label: Opleiding}]
participants: [{id: werkgevers, label: Werkgevers}]
files: {goals: goals.csv, results: results.csv, dropout: dropout.csv, participants: participants.csv}
report: {source: Monitor}
"""

GOALS = """\
unit,track,part,from_moment,value,note
noord,werven,,,80,
noord,toeleiden,bbl,,20,
noord,toeleiden,direct,,circa 10,
oost,werven,,,50/60,
oost,toeleiden,,,30,
zuid,werven,,,n.v.t.,
"""

RESULTS = """\
unit,track,part,moment,value,note
noord,werven,,voortgang_1,35,
noord,toeleiden,bbl,voortgang_1,4,
noord,toeleiden,direct,voortgang_1,nog n.v.t.,
oost,werven,,voortgang_1,12,
"""

#: Puts values in cells: sheet, cell, value.
Fill = Callable[..., Path]
Change = Callable[[Any], None]


def write_programme(place: Path) -> None:
    place.mkdir()
    texts = {
        "meting.yaml": METING,
        "goals.csv": GOALS,
        "results.csv": RESULTS,
        "dropout.csv": "unit,phase,moment,numerator,denominator,value,note\nnoord,selectie,voortgang_1,3,35,,\n",
        "participants.csv": "unit,kind,moment,value,names,note\nnoord,werkgevers,voortgang_1,4,,\n",
    }
    for name, text in texts.items():
        (place / name).write_text(text, encoding="utf-8", newline="\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "programma"
    write_programme(place)
    return place


@pytest.fixture
def monitor(folder: Path) -> GoalsMonitor:
    return load_monitor(folder)


@pytest.fixture(scope="session")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the workbooks of the second round."""
    place = tmp_path_factory.mktemp("ronde")
    write_programme(place / "programma")
    new_round(load_monitor(place / "programma"), "voortgang_2", place)
    return place


@pytest.fixture
def fill(sent: Path, tmp_path: Path) -> Fill:
    """Fill in the workbook of a unit as a project leader does, under a name of their own."""

    def make(unit: str, cells: dict[tuple[str, str], object], name: str = "", change: Change | None = None) -> Path:
        book = openpyxl.load_workbook(sent / f"{unit}-voortgang_2.xlsx")
        for (sheet, cell), value in cells.items():
            book[sheet][cell].value = value
        if change:
            change(book)
        path = tmp_path / (name or f"{unit}.xlsx")
        book.save(path)
        return path

    return make
