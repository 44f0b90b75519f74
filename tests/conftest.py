"""A measurement small enough to count on paper: ten respondents, one who stopped halfway, twenty organisations."""

import datetime as dt
import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl.workbook.workbook
import pytest
from hypothesis import settings

from srsmeting.crosswalk import propose_crosswalk
from srsmeting.meting import load_meting
from srsmeting.questionnaire import load_questionnaire
from srsmeting.recording import record_meting

# The same cases on every machine and on every day, however long one of them takes.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")

QUESTIONNAIRE = """\
meting: mini-2021
title: Nulmeting in het klein
respondents: respondenten

pijlers:
  - {id: algemeen, label: Algemeen}
  - {id: basis, label: Basis, aim: Een gedeeld beeld van de arbeidsmarkt.}

coverage_branches:
  - {code: ggz, label: Ggz}
  - {code: vvt, label: Vvt}
  - {code: revalidatie, label: Revalidatie}

questions:
  - id: wgo
    export: G01Q01
    kind: single
    title: Regio
    text: In welke regio werkt uw organisatie vooral?
    pijler: algemeen
    fase: algemeen
    categories:
      - {code: noord, export: A1, label: Noord}
      - {code: zuid, export: A2, label: Zuid}

  - id: cijfer
    export: G01Q02
    kind: mark
    title: Rapportcijfer
    text: Welk rapportcijfer geeft u?
    pijler: algemeen
    fase: algemeen
    exhibit: figuur 1.1
    range: [1, 10]
    sums:
      - {code: voldoende, label: Voldoende, of: ["6", "7", "8", "9", "10"]}

  - id: bekend
    export: G01Q03
    kind: single
    title: Bekendheid van het onderzoek
    text: Kent u het onderzoek?
    topic: het onderzoek
    pijler: basis
    fase: bereik
    exhibit: figuur 1.2
    categories:
      - {code: inhoud, export: A1, label: Bekend met de inhoud, who: "bekend zijn met de inhoud van {topic}"}
      - {code: gehoord, export: A2, label: Van gehoord, who: "hebben gehoord van {topic}"}
      - {code: niet, export: A3, label: Niet bekend, who: "niet bekend zijn met {topic}"}

  - id: effect
    export: G01Q04
    kind: multiple
    title: Effecten van het onderzoek
    text: Wat heeft het onderzoek veranderd?
    pijler: basis
    fase: effect
    exhibit: figuur 1.3
    asked_if: bekend == inhoud
    categories:
      - {code: inzicht, export: SQ001, label: Meer inzicht}
      - {code: beleid, export: SQ002, label: Ander beleid}
      - {code: geen, export: SQ003, label: Geen effect, kind: none_of_these}

  - id: idee
    export: G01Q05
    kind: open
    title: Ideeën
    text: Wat kan beter?
    pijler: algemeen
    fase: algemeen
"""

# id, submitted, wgo, mark, known, effects (insight, policy, none), idea. Nobody submitted number 11.
ANSWERS = [
    (1, True, "A1", "7", "A1", "Y", "", "", "meer bijeenkomsten"),
    (2, True, "A1", "8", "A1", "Y", "Y", "", ""),
    (3, True, "A1", "7", "A1", "", "", "Y", ""),
    (4, True, "A1", "6", "A1", "Y", "", "", ""),
    (5, True, "A1", "8", "A2", "", "", "", ""),
    (6, True, "A1", "7", "A2", "", "", "", "een nieuwsbrief"),
    (7, True, "A2", "7", "A1", "Y", "", "", ""),
    (8, True, "A2", "5", "A3", "", "", "", ""),
    (9, True, "A2", "8", "A3", "", "", "", ""),
    (10, True, "A2", "", "A1", "", "", "", ""),
    (11, False, "A2", "9", "", "", "", "", ""),
]

METING = """\
meting: mini-2021
title: Nulmeting in het klein
questionnaire: questionnaire.yaml
export: export.csv
frame: frame.csv
coverage: coverage.csv
breakdowns: [wgo]
publication: {normal_base: 3,
  min_base: 3}
report:
  source: Een verzonnen enquête
"""

COVERAGE = """\
moment,date,branche,employees_members,employees,included_in
2019,2019-08-01,ggz,80,100,
2019,2019-08-01,vvt,60,100,
2019,2019-08-01,revalidatie,,,vvt
2021,2022-06-30,ggz,90,100,
2021,2022-06-30,vvt,50,80,
2021,2022-06-30,revalidatie,15,20,
"""

HEADER = [
    *("id", "submitdate", "lastpage", "startlanguage", "seed", "token", "startdate", "datestamp", "ipaddr", "refurl"),
    *("G01Q01", "G01Q02", "G01Q03", "G01Q04[SQ001]", "G01Q04[SQ002]", "G01Q04[SQ003]", "G01Q05"),
]

WriteMeting = Callable[[Path], Path]


def export_text(answers: list[tuple[object, ...]]) -> str:
    """Write answers as LimeSurvey does: a BOM, every cell quoted, a blank line at the end."""
    lines = [HEADER]
    for number, submitted, *cells in answers:
        moment = "2022-03-14 10:00:00"
        known = [number, moment if submitted else "", 1, "nl", 1000, f"tok{number}", moment, moment, "192.0.2.1", ""]
        lines.append([str(cell) for cell in (*known, *cells)])
    quoted = [";".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines]
    return "\ufeff" + "\r\n".join([*quoted, "", ""])


def write_mini(folder: Path, answers: list[tuple[object, ...]] = ANSWERS) -> Path:
    """Write the small measurement into a folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "questionnaire.yaml").write_text(QUESTIONNAIRE, encoding="utf-8")
    (folder / "meting.yaml").write_text(METING, encoding="utf-8")
    (folder / "coverage.csv").write_text(COVERAGE, encoding="utf-8")
    (folder / "export.csv").write_bytes(export_text(answers).encode())
    frame = "".join(f"tok{n},{'noord' if n <= 6 or n > 14 else 'zuid'}\n" for n in range(1, 21))
    (folder / "frame.csv").write_text("token,wgo\n" + frame, encoding="utf-8")
    return folder


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    """Folder of the small measurement."""
    return write_mini(tmp_path / "mini")


@pytest.fixture
def repeat(mini: Path, tmp_path: Path) -> Path:
    """Folder of a repeat of the small measurement, which has the same answers."""
    later = shutil.copytree(mini, tmp_path / "later")
    for name in ("meting.yaml", "questionnaire.yaml"):
        text = (later / name).read_text(encoding="utf-8").replace("mini-2021", "mini-2022")
        (later / name).write_text(text, encoding="utf-8")
    both = (load_questionnaire(folder / "questionnaire.yaml") for folder in (mini, later))
    (later / "crosswalk.csv").write_text(propose_crosswalk(*both).text, encoding="utf-8")
    with (later / "meting.yaml").open("a", encoding="utf-8") as file:
        file.write(f"earlier: ../{mini.name}\ncrosswalk: crosswalk.csv\n")
    return later


@pytest.fixture
def recorded(mini: Path) -> Path:
    """Folder of the small measurement, with its first record."""
    record_meting(load_meting(mini), dt.date(2022, 10, 1))
    return mini


@pytest.fixture
def edit(recorded: Path) -> Callable[[str, str, str], None]:
    """Replace the first place of a text in a file of the measurement; it must be there."""

    def replace(name: str, old: str, new: str) -> None:
        path = recorded / name
        content = path.read_bytes()
        assert old.encode() in content
        path.write_bytes(content.replace(old.encode(), new.encode(), 1))

    return replace


@pytest.fixture(autouse=True, scope="session")
def no_clock_in_workbooks() -> Iterator[None]:
    """Let workbooks that a test writes be the same bytes at any time, so that damage to them is the same damage."""
    module: Any = openpyxl.workbook.workbook
    save = module.save_workbook

    def save_without_clock(book: object, target: Any) -> object:
        written, result = io.BytesIO(), io.BytesIO()
        saved = save(book, written)
        with zipfile.ZipFile(written) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2022-03-14T10:00:00Z", old.read(name))
                new.writestr(zipfile.ZipInfo(name, (2022, 3, 14, 10, 0, 0)), content, zipfile.ZIP_DEFLATED)
        if hasattr(target, "write"):
            target.write(result.getvalue())
        else:
            Path(target).write_bytes(result.getvalue())
        return saved

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "save_workbook", save_without_clock)
        yield


#: A programme of goals small enough to count on paper: three pilots, two tracks, two moments.
PROGRAMME = {
    "meting.yaml": """\
kind: goals
meting: klein-2020
title: Programma in het klein
units:
  label: Pilot
  plural: pilots
  by: pilot
  list: [{id: delta, label: Delta}, {id: eems, label: Eems}, {id: fries, label: Friese Meren}]
tracks:
  - {id: werven, label: Werven, topic: de werving van kandidaten}
  - {id: plaatsen, label: Plaatsen, parts: [{id: leren, label: Leerwerkplek}, {id: werken, label: Baan}]}
flow: [werven, plaatsen]
moments: [{id: begin, label: Beginmeting, date: 2020-03}, {id: eind, label: Eindmeting, date: 2020-12}]
phases: [{id: selectie, label: Selectie}, {id: traject, label: Traject}]
participants: [{id: werkgevers, label: Werkgevers}, {id: gemeenten, label: Gemeenten}]
figures:
  - {id: bijeenkomsten, label: Bijeenkomsten}
  - {id: folders, label: Folders}
  - {id: gelezen, label: Gelezen folders, share_of: folders}
topics: [{id: stages, label: Te weinig stages}, {id: taal, label: Taal}]
portrait: [{id: naam, label: Naam}]
files:
  goals: goals.csv
  results: results.csv
  dropout: dropout.csv
  durations: durations.csv
  participants: participants.csv
  figures: figures.csv
  topics: topics.csv
  portraits: portraits.csv
report: {source: eigen opgave, period: "2020"}
""",
    "goals.csv": """\
unit,track,part,value,note
delta,werven,,40,
eems,werven,,20/30,
fries,werven,,-,Er was geen plan.
delta,plaatsen,leren,10,
delta,plaatsen,werken,6,
eems,plaatsen,,8,
fries,plaatsen,,10 + 5,
""",
    "results.csv": """\
unit,track,part,moment,value,note
delta,werven,,begin,10,
eems,werven,,begin,12,
fries,werven,,begin,0,
delta,plaatsen,leren,begin,2,
delta,plaatsen,werken,begin,0,
eems,plaatsen,leren,begin,1,
eems,plaatsen,werken,begin,0,
delta,werven,,eind,50,
eems,werven,,eind,circa 18,Niet iedereen is geteld.
fries,werven,,eind,9,
delta,plaatsen,leren,eind,4,
delta,plaatsen,werken,eind,10,
eems,plaatsen,leren,eind,0,
eems,plaatsen,werken,eind,20,
fries,plaatsen,leren,eind,-,
fries,plaatsen,werken,eind,-,
""",
    "dropout.csv": """\
unit,phase,moment,numerator,denominator,value,note
delta,selectie,eind,10,50,,
delta,traject,eind,2,16,,
eems,selectie,eind,,,geen uitval,
eems,traject,eind,5,20,,
fries,selectie,eind,,,gezegd: nauwelijks,
fries,traject,eind,,,zie selectie,
""",
    "durations.csv": """\
unit,start,end,extension,note
delta,2020-01,2020-12,,
eems,2020-02,2020-09,2020-12,Zonder subsidie.
fries,2020-03,2021-02,,
""",
    "participants.csv": """\
unit,kind,moment,value,names,note
delta,werkgevers,eind,3,,
eems,werkgevers,eind,5,,
delta,gemeenten,eind,2,Delft; Schiedam,
eems,gemeenten,eind,n.v.t.,,Zonder gemeenten.
""",
    "figures.csv": """\
figure,unit,moment,value,note
bijeenkomsten,,eind,6,
folders,delta,eind,ruim 100,
folders,eems,eind,40,
gelezen,eems,eind,10,Geschat.
""",
    "topics.csv": "unit,topic,note\ndelta,stages,\neems,stages,Vooral in het voorjaar.\nfries,taal,\n",
    "portraits.csv": "unit,aspect,text\ndelta,naam,Aan de slag\n",
}


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    """Write a programme of goals of three pilots."""
    folder = tmp_path / "klein_2020"
    folder.mkdir()
    for name, text in PROGRAMME.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
