"""An invented survey in Qualtrics: eight responses, written in every way in which Qualtrics exports them."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd
import pytest
import yaml

from srsmeting.intake import Intake
from srsmeting.questionnaire import Questionnaire, parse_questionnaire
from srsmeting.questionnaire.structures import ToolStructure, read_structure
from srsmeting.responses import ANSWERED, NO_ANSWER, NOT_ASKED

QUESTIONNAIRE = """\
meting: kort-2021
title: Korte nulmeting
pijlers: [{id: basis, label: Basis}]
questions:
  - id: wgo
    export: Q1
    kind: single
    title: Regio
    text: In welke regio werkt u vooral?
    pijler: basis
    fase: algemeen
    categories:
      - {code: noord, export: "1", label: Noord}
      - {code: zuid, export: "2", label: Zuid}
      - {code: anders, export: "3", label: "Anders, namelijk", kind: other}
  - id: bekend
    export: Q2
    kind: single
    title: Bekendheid
    text: Kent u het onderzoek?
    pijler: basis
    fase: bereik
    categories:
      - {code: inhoud, export: "1", label: Bekend met de inhoud}
      - {code: niet, export: "2", label: Niet bekend}
      - {code: weet_niet, export: "-1", label: Weet niet, kind: dont_know}
  - id: effect
    export: Q3
    kind: multiple
    title: Effecten
    text: Wat is er veranderd?
    pijler: basis
    fase: effect
    asked_if: bekend == inhoud
    categories:
      - {code: inzicht, export: "1", label: Meer inzicht}
      - {code: beleid, export: "4", label: "Ander beleid, of plannen"}
      - {code: geen, export: "10", label: Geen effect, kind: none_of_these}
  - id: impact
    export: Q4
    kind: statements
    title: Impact
    text: Wat vindt u?
    pijler: basis
    fase: impact
    asked_if: selected(effect, inzicht)
    categories:
      - {code: eens, export: "1", label: Eens}
      - {code: oneens, export: "2", label: Oneens}
    items:
      - {id: meer, export: "1", label: Er is meer}
      - {id: beter, export: "2", label: Het is beter}
  - {id: cijfer, export: Q5, kind: mark, title: Cijfer, text: "Welk cijfer?", pijler: basis, fase: algemeen, range: [1, 10]}
  - {id: fte, export: Q6, kind: number, title: Fte, text: "Hoeveel fte?", pijler: basis, fase: algemeen}
  - {id: idee, export: Q7, kind: open, title: Ideeën, text: "Wat kan beter?", pijler: basis, fase: algemeen}
"""

#: Heading, text in row 2 and ImportId of the columns of the survey; recode values are not the numbers of choices.
ANSWERS = [
    ("Q1", "In welke regio werkt u vooral? - Selected Choice", "QID1"),
    ("Q1_3_TEXT", "In welke regio werkt u vooral? - Anders, namelijk - Text", "QID1_3_TEXT"),
    ("Q2", "Kent u het onderzoek?", "QID2"),
    ("Q3_1", "Wat is er veranderd? - Meer inzicht", "QID3_1"),
    ("Q3_4", "Wat is er veranderd? - Ander beleid, of plannen", "QID3_2"),
    ("Q3_10", "Wat is er veranderd? - Geen effect", "QID3_3"),
    ("Q4_1", "Wat vindt u? - Er is meer", "QID4_1"),
    ("Q4_2", "Wat vindt u? - Het is beter", "QID4_2"),
    ("Q5", "Welk cijfer?", "QID5"),
    ("Q6", "Hoeveel fte?", "QID6_TEXT"),
    ("Q7", "Wat kan beter?", "QID7_TEXT"),
]
METADATA = [
    ("StartDate", "Startdatum", "startDate"),
    ("EndDate", "Einddatum", "endDate"),
    ("Status", "Antworttyp", "status"),
    ("IPAddress", "IP-Adresse", "ipAddress"),
    ("Progress", "Fortschritt", "progress"),
    ("Duration (in seconds)", "Dauer (in Sekunden)", "duration"),
    ("Finished", "Beendet", "finished"),
    ("RecordedDate", "Aufgezeichnetes Datum", "recordedDate"),
    ("ResponseId", "Antwort-ID", "_recordId"),
    ("RecipientLastName", "Nachname des Empfängers", "recipientLastName"),
    ("RecipientFirstName", "Vorname des Empfängers", "recipientFirstName"),
    ("RecipientEmail", "E-Mail des Empfängers", "recipientEmail"),
    ("ExternalReference", "Externe Datenreferenz", "externalDataReference"),
    ("LocationLatitude", "Standortbreite", "locationLatitude"),
    ("LocationLongitude", "Standortlänge", "locationLongitude"),
    ("DistributionChannel", "Verteilungskanal", "distributionChannel"),
    ("UserLanguage", "Benutzersprache", "userLanguage"),
]
METADATA_2016 = [
    ("ResponseID", "ResponseID", "responseid"),
    ("ResponseSet", "ResponseSet", "responseset"),
    ("IPAddress", "IPAddress", "ipAddress"),
    ("StartDate", "StartDate", "startDate"),
    ("EndDate", "EndDate", "endDate"),
    ("RecipientLastName", "RecipientLastName", "recipientLastName"),
    ("RecipientFirstName", "RecipientFirstName", "recipientFirstName"),
    ("RecipientEmail", "RecipientEmail", "recipientEmail"),
    ("ExternalDataReference", "ExternalDataReference", "externalDataReference"),
    ("Finished", "Finished", "finished"),
    ("Status", "Status", "status"),
]
LEGACY = (
    *("ResponseID", "ResponseSet", "Name", "ExternalDataReference", "EmailAddress", "IPAddress", "Status", "StartDate"),
    *("EndDate", "Finished"),
)

#: Answers as codes; status and finished as numbers. Respondent 4 says that they do not know.
RESPONSES: list[dict[str, str]] = [
    {
        "Q1": "1",
        "Q2": "1",
        "Q3_1": "1",
        "Q3_4": "1",
        "Q4_1": "1",
        "Q4_2": "2",
        "Q5": "8",
        "Q6": "12.5",
        "Q7": "Meer tijd",
    },
    {"Q1": "3", "Q1_3_TEXT": "Friesland, oost", "Q2": "2", "Q5": "7"},
    {"Q1": "2", "Q2": "1", "Q3_10": "1", "Q6": "3"},
    {"Q1": "2", "Q2": "-1", "Q5": "5"},
    {"Q1": "1", "Q2": "2", "Q5": "1", "status": "1"},
    {"Q1": "1", "Q2": "2", "Q5": "1", "status": "2"},
    {"Q1": "1", "Q2": "2", "Q5": "1", "status": "8"},
    {"Q1": "1", "finished": "0"},
]
REASONS = ["", "", "", "", "preview", "test", "spam", "incomplete"]

LABELS = {
    "Q1": {"1": "Noord", "2": "Zuid", "3": "Anders, namelijk"},
    "Q2": {"1": "Bekend met de inhoud", "2": "Niet bekend", "-1": "Weet niet"},
    "Q3_1": {"1": "Meer inzicht"},
    "Q3_4": {"1": "Ander beleid, of plannen"},
    "Q3_10": {"1": "Geen effect"},
    "Q4_1": {"1": "Eens", "2": "Oneens"},
    "Q4_2": {"1": "Eens", "2": "Oneens"},
    "status": {"0": "IP Address", "1": "Survey Preview", "2": "Survey Test", "8": "Spam"},
    "finished": {"1": "True", "0": "False"},
}
TOGETHER = ("Q3_1", "Q3_4", "Q3_10")

Row = Sequence[str]
Write = Callable[..., Path]


def _values(number: int, response: Mapping[str, str], texts: bool, seen: bool) -> dict[str, str]:
    """Return everything that is known of one response, by heading."""
    given = {"status": "0", "finished": "1", **response}
    if seen and given["finished"] == "1":
        asked = ["Q1", "Q2", "Q5", "Q6", "Q7"]
        asked += ["Q4_1", "Q4_2"] if given.get("Q3_1") else []
        given |= {heading: "-99" for heading in asked if heading not in given}
        if given["Q2"] == "1":
            given |= {heading: "0" for heading in TOGETHER if heading not in given}
    if texts:
        given = {heading: LABELS.get(heading, {}).get(value, value) for heading, value in given.items()}
    if "Q3" in response:
        given["Q3"] = response["Q3"]
    moment = f"2022-03-14 1{number}:00:00"
    progress = "100" if response.get("finished", "1") == "1" else "40"
    known = {
        **dict.fromkeys(("StartDate", "EndDate", "RecordedDate"), moment),
        "Status": given["status"],
        "Finished": given["finished"],
        "Progress": progress,
        **dict.fromkeys(("ResponseId", "ResponseID"), f"R_{number}x"),
        **dict.fromkeys(("ExternalReference", "ExternalDataReference"), f"tok{number}"),
        "IPAddress": "192.0.2.1",
        "RecipientEmail": "x@example.org",
        "EmailAddress": "x@example.org",
        "Duration (in seconds)": "120",
        "LocationLatitude": "52.1",
        "UserLanguage": "NL",
        "ResponseSet": "Default",
    }
    return known | given


def _identity(model: str, identity: str, zone: str) -> str:
    if model == "2016":
        return "{'ImportId': '" + identity.replace("_", "-") + "'}"
    moment = {"timeZone": zone} if zone and identity in ("startDate", "endDate", "recordedDate") else {}
    return json.dumps({"ImportId": identity, **moment}, separators=(",", ":"))


def together(response: Mapping[str, str], texts: bool) -> str:
    """Return the ticked options in one cell, as Qualtrics writes them unless it is asked to split them."""
    ticked = [heading for heading in TOGETHER if response.get(heading)]
    return ",".join(LABELS[heading]["1"] if texts else heading.removeprefix("Q3_") for heading in ticked)


def rows_of(
    model: str = "current",
    *,
    texts: bool = False,
    split: bool = True,
    seen: bool = False,
    zone: str = "",
    responses: Sequence[Mapping[str, str]] = tuple(RESPONSES),
) -> list[list[str]]:
    """Return the rows of an export, header rows included."""
    answers = list(ANSWERS)
    if not split:
        place = answers.index(ANSWERS[3])
        answers[place : place + 3] = [("Q3", "Wat is er veranderd?", "QID3")]
        responses = [{**response, "Q3": together(response, texts)} for response in responses]
    values = [_values(number, response, texts, seen) for number, response in enumerate(responses, start=1)]
    if model == "legacy":
        tags = [heading for heading, _, _ in answers]
        header = [*(f"V{n}" for n in range(1, len(LEGACY) + 1)), *tags, "LocationLatitude", ""]
        below = [[*LEGACY, *(text for _, text, _ in answers), "LocationLatitude", ""]]
        columns: list[str] = [*LEGACY, *tags, "LocationLatitude", ""]
    else:
        listed = [*(METADATA if model == "current" else METADATA_2016), *answers]
        columns = header = [heading for heading, _, _ in listed]
        below = [[text for _, text, _ in listed], [_identity(model, identity, zone) for _, _, identity in listed]]
    return [header, *below, *([known.get(column, "") for column in columns] for known in values)]


@pytest.fixture(scope="session")
def korte() -> Questionnaire:
    """Questionnaire of the survey."""
    return parse_questionnaire(yaml.safe_load(QUESTIONNAIRE))


@pytest.fixture
def rows() -> Callable[..., list[list[str]]]:
    """Make the rows of an export, to change them before they are written."""
    return rows_of


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write an export; `rows` replaces what would be written."""

    def write_file(
        model: str = "current", rows: Sequence[Row] | None = None, delimiter: str = ",", **how: object
    ) -> Path:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
        writer.writerows(rows_of(model, **how) if rows is None else rows)  # type: ignore[arg-type]
        bom = "\ufeff" if model == "legacy" else ""
        path = tmp_path / "qualtrics.csv"
        path.write_text(bom + text.getvalue(), encoding="utf-8", newline="")
        return path

    return write_file


@pytest.fixture
def structure(tmp_path: Path) -> ToolStructure:
    """Structure of the survey, as Qualtrics exports it (.qsf)."""

    def question(qid: str, tag: str, text: str, sort: str, selector: str, **more: object) -> dict[str, object]:
        payload = {
            "QuestionID": qid,
            "DataExportTag": tag,
            "QuestionText": text,
            "QuestionType": sort,
            "Selector": selector,
        }
        return {"Element": "SQ", "PrimaryAttribute": qid, "Payload": payload | more}

    def choices(*labels: str) -> dict[str, object]:
        return {str(n): {"Display": label} for n, label in enumerate(labels, start=1)}

    elements: list[dict[str, object]] = [
        question(
            *("QID1", "Q1", "In welke <b>regio</b> werkt u vooral?", "MC", "SAVR"),
            Choices=choices("Noord", "Zuid") | {"3": {"Display": "Anders, namelijk", "TextEntry": "true"}},
        ),
        question(
            *("QID2", "Q2", "Kent u het onderzoek?", "MC", "SAVR"),
            Choices=choices("Bekend met de inhoud", "Niet bekend", "Weet niet"),
            RecodeValues={"1": "1", "2": "2", "3": "-1"},
        ),
        question(
            *("QID3", "Q3", "Wat is er veranderd?", "MC", "MAVR"),
            Choices=choices("Meer inzicht", "Ander beleid, of plannen", "Geen effect"),
            RecodeValues={"1": "1", "2": "4", "3": "10"},
        ),
        question(
            *("QID4", "Q4", "Wat vindt u?", "Matrix", "Likert"),
            SubSelector="SingleAnswer",
            Choices=choices("Er is meer", "Het is beter"),
            Answers=choices("Eens", "Oneens"),
        ),
        question("QID7", "Q7", "Wat kan beter?", "TE", "SL"),
    ]
    block = [{"Type": "Question", "QuestionID": element["PrimaryAttribute"]} for element in elements]
    elements.append({"Element": "BL", "Payload": [{"Type": "Default", "ID": "BL_1", "BlockElements": block}]})
    elements.append(
        {"Element": "FL", "Payload": {"Type": "Root", "FlowID": "FL_1", "Flow": [{"Type": "Block", "ID": "BL_1"}]}}
    )
    survey = {"SurveyEntry": {"SurveyName": "Kort", "SurveyLanguage": "NL"}, "SurveyElements": elements}
    path = tmp_path / "kort.qsf"
    path.write_text(json.dumps(survey), encoding="utf-8")
    return read_structure(path)


@pytest.fixture
def same() -> Callable[[Intake], None]:
    """Check that an intake has the answers of the invented respondents; written out by hand."""

    def check(intake: Intake) -> None:
        given = intake.responses.answers.astype(object)
        given = given.where(given.notna(), None)
        assert {name: given[name].tolist() for name in given} == {
            "wgo": ["noord", "anders", "zuid", "zuid"],
            "bekend": ["inhoud", "niet", "inhoud", "weet_niet"],
            "effect.inzicht": [True, False, False, False],
            "effect.beleid": [True, False, False, False],
            "effect.geen": [False, False, True, False],
            "impact.meer": ["eens", None, None, None],
            "impact.beter": ["oneens", None, None, None],
            "cijfer": ["8", "7", None, "5"],
            "fte": [12.5, None, 3.0, None],
            "idee": [True, False, False, False],
        }
        routed = [ANSWERED, NOT_ASKED, ANSWERED, NOT_ASKED], [ANSWERED, NOT_ASKED, NOT_ASKED, NOT_ASKED]
        assert {name: column.tolist() for name, column in intake.responses.status.items()} == {
            "wgo": [ANSWERED] * 4,
            "bekend": [ANSWERED] * 4,
            "effect": routed[0],
            "impact.meer": routed[1],
            "impact.beter": routed[1],
            "cijfer": [ANSWERED, ANSWERED, NO_ANSWER, ANSWERED],
            "fte": [ANSWERED, NO_ANSWER, ANSWERED, NO_ANSWER],
            "idee": [ANSWERED, NO_ANSWER, NO_ANSWER, NO_ANSWER],
        }
        flow = intake.report.flow
        aside = flow[flow["step"] == "set_aside"]
        assert intake.report.rows_received == 8
        assert intake.report.rows_used == 4
        assert sorted(aside["reason"].tolist()) == ["incomplete", "preview", "spam", "test"]
        assert aside["rows"].tolist() == [1, 1, 1, 1]
        assert intake.quarantine["reason"].tolist() == REASONS[4:]
        assert isinstance(intake.quarantine, pd.DataFrame)

    return check
