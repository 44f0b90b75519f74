"""What is of a person goes no further: every column that a tool is known to add for one, in every language seen.

In each such column stands a value that can be found back anywhere. None may be in anything that comes out, also where
the export is refused.
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from openpyxl import Workbook

from srsmeting.errors import IntakeError
from srsmeting.intake import Intake, take_in
from srsmeting.intake.account.summary import summarise
from srsmeting.intake.binding.mapping import read_mapping
from srsmeting.intake.personal import without_person
from srsmeting.intake.pseudonyms import Pseudonyms
from srsmeting.intake_page import intake_page
from srsmeting.questionnaire import Questionnaire, load_questionnaire

QUESTIONNAIRE = """\
meting: persoon-2026
title: Personen
pijlers: [{id: basis, label: Basis}]
questions:
  - id: regio
    export: G01Q01
    kind: single
    title: Regio
    text: In welke regio?
    pijler: basis
    fase: algemeen
    categories: [{code: noord, export: A1, label: Noord}, {code: zuid, export: A2, label: Zuid}]
  - {id: idee, export: G01Q02, kind: open, title: Idee, text: Wat kan beter?, pijler: basis, fase: algemeen,
     asked_if: regio == noord}
"""
MAPPING = """\
columns: [{column: "In welke regio?", question: regio}, {column: "Wat kan beter?", question: idee}]
"""
ROWS = 3

#: Headings with what stands under them in every row; a heading without an own value holds something of a person.
Fixed = Mapping[str, str]
Writer = Callable[[Path, Fixed, Sequence[str], bool], Path]


@dataclass(frozen=True)
class Tool:
    """How a tool writes: the headings that are its own, and those that are of a person."""

    write: Writer
    own: Fixed
    personal: str
    by_text: bool = False

    @property
    def columns(self) -> list[str]:
        return [heading.strip() for heading in self.personal.split("|")]


def secret(heading: str, row: int) -> str:
    return f"Geheim{row}" + "".join(f"{ord(letter):x}" for letter in heading)[:24]


def cells(tool_own: Fixed, personal: Sequence[str], by_text: bool, wrong: bool) -> list[list[str]]:
    """Return header and rows: own columns, answers, columns of persons.

    The second respondent wrote a text that was not asked for; the third answers with what is no answer, if `wrong`.
    """
    questions = ["In welke regio?", "Wat kan beter?"] if by_text else ["G01Q01", "G01Q02"]
    north, south = ("Noord", "Zuid") if by_text else ("A1", "A2")
    answers = [[north, "Geheimtekst1"], [south, "Geheimtekst2"], ["West" if wrong else north, ""]]
    table = [[*tool_own, *questions, *personal]]
    for row in range(ROWS):
        own = [value.replace("#", str(row + 1)) for value in tool_own.values()]
        table.append([*own, *answers[row], *(secret(heading, row) for heading in personal)])
    return table


def as_csv(table: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(table)
    return out.getvalue()


def _codes(path: Path, own: Fixed, personal: Sequence[str], wrong: bool) -> Path:
    path.write_text(as_csv(cells(own, personal, False, wrong), ";"), encoding="utf-8-sig")
    return path


def _texts(path: Path, own: Fixed, personal: Sequence[str], wrong: bool) -> Path:
    path.write_text(as_csv(cells(own, personal, True, wrong)), encoding="utf-8-sig")
    return path


def _workbook(path: Path, own: Fixed, personal: Sequence[str], wrong: bool) -> Path:
    book = Workbook()
    for row in cells(own, personal, True, wrong):
        book.active.append(row)
    book.save(path.with_suffix(".xlsx"))
    return path.with_suffix(".xlsx")


def _limesurvey_texts(path: Path, own: Fixed, personal: Sequence[str], wrong: bool) -> Path:
    # What LimeSurvey adds itself comes first, what it takes from the participants last.
    first = [heading for heading in personal if heading in ("IP-adres", "Verwijzer URL", "IP address", "Referrer URL")]
    table = cells(own, personal, True, wrong)
    order = [*own, *first, "In welke regio?", "Wat kan beter?", *(h for h in personal if h not in first)]
    places = [table[0].index(heading) for heading in order]
    codes = {"Noord": "A1", "Zuid": "A2"}
    table = [[codes.get(row[place], row[place]) for place in places] for row in table]
    path.write_text(as_csv(table, ";"), encoding="utf-8-sig")
    return path


def _qualtrics(path: Path, own: Fixed, personal: Sequence[str], wrong: bool) -> Path:
    header, *rows = cells(own, personal, False, wrong)
    known = {"G01Q01": "QID1", "G01Q02": "QID2_TEXT", "Q5_Browser": "QID5_BROWSER", "Q5_Version": "QID5_VERSION"}
    known |= {"Q5_Operating System": "QID5_OS", "Q5_Resolution": "QID5_RESOLUTION", "Duration (in seconds)": "duration"}
    known |= {f"Q6_{part}": f"QID6_FILE_{part.upper()}" for part in ("Id", "Name", "Size", "Type")}
    ids = [json.dumps({"ImportId": known.get(name, name[0].lower() + name[1:])}) for name in header]
    localised = [f"Vraag naar {name}" for name in header]
    path.write_text(as_csv([header, localised, ids, *rows]), encoding="utf-8")
    return path


def _qualtrics_legacy(path: Path, own: Fixed, personal: Sequence[str], wrong: bool) -> Path:
    header, *rows = cells(own, personal, False, wrong)
    answers = [header.index("G01Q01"), header.index("G01Q02")]
    order = [*(n for n in range(len(header)) if n not in answers), *answers]
    first = [
        f"V{n + 1}" if name not in ("G01Q01", "G01Q02") else name for n, name in enumerate(header[o] for o in order)
    ]
    table = [first, [header[n] for n in order], *([row[n] for n in order] for row in rows)]
    path.write_text(as_csv(table), encoding="utf-8-sig")
    return path


def _surveymonkey(path: Path, own: Fixed, personal: Sequence[str], wrong: bool) -> Path:
    header, *rows = cells(own, personal, True, wrong)
    answers = [header.index("In welke regio?"), header.index("Wat kan beter?")]
    order = [*(n for n in range(len(header)) if n not in answers), *answers]
    second = [""] * (len(header) - 2) + ["Response", "Open-Ended Response"]
    table = [[header[n] for n in order], second, *([row[n] for n in order] for row in rows)]
    path.write_text(as_csv(table), encoding="utf-8")
    return path


def _labelled(suffix: str) -> Writer:
    def write(path: Path, own: Fixed, personal: Sequence[str], wrong: bool) -> Path:
        header, *rows = cells(own, personal, False, wrong)
        frame = pd.DataFrame(rows, columns=header)
        target = path.with_suffix(suffix)
        (pyreadstat.write_sav if suffix == ".sav" else pyreadstat.write_dta)(frame, target)
        return target

    return write


_LS = {"id": "#", "submitdate": "2026-03-0# 10:00:00", "lastpage": "1", "startlanguage": "nl", "seed": "1"}
_LS |= {"startdate": "2026-03-0# 09:50:00", "datestamp": "2026-03-0# 10:00:00"}
_LS_NL = dict(
    zip(
        [
            "Respons-ID",
            "Datum verzonden",
            "Laatste pagina",
            "Begin taal",
            "Plaats",
            "Startdatum",
            "Datum laatste actie",
        ],
        _LS.values(),
        strict=True,
    )
)
_LS_EN = dict(
    zip(
        ["Response ID", "Date submitted", "Last page", "Start language", "Seed", "Date started", "Date last action"],
        _LS.values(),
        strict=True,
    )
)
_QUALTRICS = {
    "StartDate": "2026-03-0# 09:50:00",
    "EndDate": "2026-03-0# 10:00:00",
    "Status": "0",
    "Progress": "100",
    "Duration (in seconds)": "600",
    "Finished": "1",
    "RecordedDate": "2026-03-0# 10:00:00",
    "ResponseId": "R_#",
}
_LEGACY = {"ResponseID": "R_#", "ResponseSet": "Default", "Status": "0", "StartDate": "2026-03-0# 09:50:00"}
_LEGACY |= {"EndDate": "2026-03-0# 10:00:00", "Finished": "1"}
_MONKEY = {"Respondent ID": "10#", "Collector ID": "7", "Start Date": "03/0#/2026 09:50:00"}
_MONKEY |= {"End Date": "03/0#/2026 10:00:00"}
_MONKEY_NL = {"Respondent-ID": "10#", "Collector-ID": "7", "Begindatum": "03/0#/2026 09:50:00"}
_MONKEY_NL |= {"Einddatum": "03/0#/2026 10:00:00"}
_KOBO = {"start": "2026-03-0#T09:50:00+01:00", "end": "2026-03-0#T10:00:00+01:00", "_id": "10#"}
_KOBO |= {"_uuid": "u-#", "_submission_time": "2026-03-0#T09:00:00", "_index": "#"}

#: LimeSurvey's own columns are called by their codes, whatever the language of their headings.
CODES = {
    **dict.fromkeys(("IP-adres", "IP address"), "ipaddr"),
    **dict.fromkeys(("Verwijzer URL", "Referrer URL"), "refurl"),
    **dict.fromkeys(("Voornaam", "First name"), "firstname"),
    **dict.fromkeys(("Achternaam", "Last name"), "lastname"),
    **dict.fromkeys(("E-mailadres", "Email address"), "email"),
}

TOOLS = {
    "limesurvey": Tool(
        _codes,
        _LS,
        "token|ipaddr|refurl|firstname|lastname|email|emailstatus|language|participant_id|sent|remindersent|"
        "remindercount|usesleft|completed|blacklisted|validfrom|validuntil|mpid|attribute_1|attribute_12",
    ),
    "limesurvey nl": Tool(
        _limesurvey_texts, _LS_NL, "IP-adres|Verwijzer URL|Voornaam|Achternaam|E-mailadres|attribute_1", by_text=True
    ),
    "limesurvey en": Tool(
        _limesurvey_texts,
        _LS_EN,
        "IP address|Referrer URL|First name|Last name|Email address|attribute_1",
        by_text=True,
    ),
    "qualtrics": Tool(
        _qualtrics,
        _QUALTRICS,
        "IPAddress|LocationLatitude|LocationLongitude|LocationAccuracy|RecipientLastName|RecipientFirstName|"
        "RecipientEmail|ExternalReference|Q5_Browser|Q5_Version|Q5_Operating System|Q5_Resolution|Q6_Id|Q6_Name|"
        "Q6_Size|Q6_Type|afdeling",
    ),
    "qualtrics legacy": Tool(_qualtrics_legacy, _LEGACY, "Name|ExternalDataReference|EmailAddress|IPAddress"),
    "surveymonkey": Tool(
        _surveymonkey,
        _MONKEY,
        "IP Address|Email Address|First Name|Last Name|Custom Data 1|Custom Data 12|edit_url|analyze_url",
        by_text=True,
    ),
    "surveymonkey nl": Tool(
        _surveymonkey, _MONKEY_NL, "IP-adres|E-mailadres|Voornaam|Achternaam|Aangepaste gegevens 1", by_text=True
    ),
    "microsoft forms nl": Tool(
        _workbook,
        {"ID": "#", "Begintijd": "3-#-2026 9:50", "Tijd van voltooien": "3-#-2026 10:00"},
        "E-mail|Naam",
        by_text=True,
    ),
    "microsoft forms en": Tool(
        _workbook,
        {"ID": "#", "Start time": "3/#/26 9:50", "Completion time": "3/#/26 10:00"},
        "Email|Name",
        by_text=True,
    ),
    "microsoft forms es": Tool(
        _workbook,
        {"Id": "#", "Hora de inicio": "3/#/26 9:50", "Hora de finalización": "3/#/26 10:00"},
        "Correo electrónico|Nombre",
        by_text=True,
    ),
    "google forms nl": Tool(_texts, {"Tijdstempel": "2026/03/0# 10:00:00 AM GMT+1"}, "E-mailadres", by_text=True),
    "google forms en": Tool(
        _texts, {"Timestamp": "2026/03/0# 10:00:00 AM GMT+1"}, "Email Address|Username", by_text=True
    ),
    "kobo": Tool(
        _codes,
        _KOBO,
        "deviceid|phonenumber|subscriberid|simserial|username|_submitted_by|plek_latitude|_plek_latitude|"
        "_plek_longitude|_plek_altitude|_plek_precision|_geolocation|audit|audit_URL|_attachments|foto_URL|"
        "meta/instanceID|meta/rootUuid|meta/audit|meta/instanceName",
    ),
    "spss": Tool(
        _labelled(".sav"),
        {"respid": "#"},
        "naam|voornaam|achternaam|email|emailadres|telefoonnummer|ipaddress|username|wachtwoord|RecipientEmail|cpr",
    ),
    "stata": Tool(_labelled(".dta"), {"respid": "#"}, "naam|email|telefoonnummer|ip_address|password"),
    "table": Tool(
        _codes,
        {"respondent": "#"},
        "e-mail|E-mailadres|Naam|Name|Voornaam|Achternaam|Gebruikersnaam|Wachtwoord|User name|Password|CPR|IP-adres|"
        "edit_url|analyze_url|Telefoonnummer",
    ),
}


@pytest.fixture(scope="module")
def questionnaire(tmp_path_factory: pytest.TempPathFactory) -> Questionnaire:
    path = tmp_path_factory.mktemp("q") / "questionnaire.yaml"
    path.write_text(QUESTIONNAIRE, encoding="utf-8")
    return load_questionnaire(path)


def taken(tool: Tool, folder: Path, questionnaire: Questionnaire, *, wrong: bool = False) -> Intake:
    mapping = folder / "mapping.yaml"
    mapping.write_text(MAPPING, encoding="utf-8")
    return take_in(
        tool.write(folder / "export.csv", tool.own, tool.columns, wrong),
        questionnaire,
        mapping=read_mapping(mapping, questionnaire) if tool.by_text else None,
        pseudonyms=Pseudonyms(b"zout", "persoon-2026"),
    )


@pytest.mark.parametrize("name", TOOLS)
def test_every_column_of_a_person_is_dropped_by_name(name: str, tmp_path: Path, questionnaire: Questionnaire) -> None:
    tool = TOOLS[name]
    report = taken(tool, tmp_path, questionnaire).report
    named = CODES if name in ("limesurvey nl", "limesurvey en") else {}
    assert {named.get(heading, heading) for heading in tool.columns} <= set(report.dropped["column"])


@pytest.mark.parametrize("name", TOOLS)
def test_no_value_of_a_person_comes_out(name: str, tmp_path: Path, questionnaire: Questionnaire) -> None:
    tool = TOOLS[name]
    intake = taken(tool, tmp_path, questionnaire)
    report = intake.report
    out = {
        "markdown": report.to_markdown(),
        "page": intake_page(report),
        "summary": summarise(report),
        "quarantine": intake.quarantine.to_csv(),
        "answers": intake.responses.answers.to_csv(),
    }
    assert intake.quarantine["reason"].tolist() == ["not_asked"], "a text that was not asked for is in it"
    assert {what for what, text in out.items() if "geheim" in text.casefold()} == set()

    with pytest.raises(IntakeError) as caught:
        taken(tool, tmp_path, questionnaire, wrong=True)
    assert "West" in str(caught.value)
    assert "geheim" not in str(caught.value).casefold()


@pytest.mark.parametrize("suffix", [".sav", ".dta"])
def test_a_variable_is_of_a_person_by_its_label_too(suffix: str, tmp_path: Path, questionnaire: Questionnaire) -> None:
    path = tmp_path / f"export{suffix}"
    frame = pd.DataFrame({"respid": ["1"], "G01Q01": ["A1"], "G01Q02": [""], "V7": ["Geheim"]})
    labels = ["Respondent", "In welke regio?", "Wat kan beter?", "E-mailadres"]
    (pyreadstat.write_sav if suffix == ".sav" else pyreadstat.write_dta)(frame, path, column_labels=labels)
    report = take_in(path, questionnaire).report
    assert dict(zip(report.dropped["column"], report.dropped["why"], strict=True))["V7"] == "naam of e-mailadres"


@pytest.mark.parametrize(
    "value",
    ["jan@example.org", "06-12345678", "111222333", "NL91 ABNA 0417 1643 00", "Kerkstraat 12, 1234 AB Dorp", "x" * 201],
)
def test_a_wrong_value_that_is_of_a_person_is_not_repeated(value: str) -> None:
    assert without_person(value) == "[tekst]"


def test_what_links_to_uploaded_files_is_dropped(tmp_path: Path, questionnaire: Questionnaire) -> None:
    """A link to a file in someone's drive, and what a form writes of a file, are no answers."""
    drive = "https://drive.google.com/open?id=Geheim1, https://drive.google.com/open?id=Geheim2"
    rows = [["Tijdstempel", "In welke regio?", "Wat kan beter?", "Uw bijlage"]]
    rows += [["2026/03/01 10:00:00 AM GMT+1", "Noord", "", drive], ["2026/03/01 10:00:00 AM GMT+1", "Zuid", "", ""]]
    path = tmp_path / "export.csv"
    path.write_text(as_csv(rows), encoding="utf-8")
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(MAPPING, encoding="utf-8")
    report = take_in(path, questionnaire, mapping=read_mapping(mapping, questionnaire)).report
    assert dict(zip(report.dropped["column"], report.dropped["why"], strict=True))["Uw bijlage"] == "geüpload bestand"

    rows[0][0] = "Start time"
    forms = [["ID", "Start time", "Completion time", *rows[0][1:]]]
    told = '[{"name":"Geheim.pdf","link":"https://x.sharepoint.com/Geheim","id":"1"}]'
    forms += [
        ["1", "3/1/26 9:00", "3/1/26 9:10", "Noord", "", told],
        ["2", "3/1/26 9:00", "3/1/26 9:10", "Zuid", "", ""],
    ]
    path.write_text(as_csv(forms), encoding="utf-8")
    report = take_in(path, questionnaire, mapping=read_mapping(mapping, questionnaire)).report
    assert dict(zip(report.dropped["column"], report.dropped["why"], strict=True))["Uw bijlage"] == "geüpload bestand"


def test_participants_in_an_archive_stay_there(tmp_path: Path, data: Path) -> None:
    """Also when their table is damaged: then its name is all that is told."""
    broken = tmp_path / "archive.lsa"
    with zipfile.ZipFile(data / "archive.lsa") as old, zipfile.ZipFile(broken, "w") as new:
        for member in old.namelist():
            new.writestr(member, b"<tokens><fie" if member.endswith(".lst") else old.read(member))
    ignore = ("dual", "getal", "geld", "rang", "datum", "kort", "eq")
    report = take_in(broken, load_questionnaire(data.parent / "limesurvey.yaml"), ignore=ignore).report
    assert "survey_123456_tokens.lst" in report.dropped["column"].tolist()
