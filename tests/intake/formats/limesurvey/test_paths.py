"""Every export of the gold set, along every path, yields the same responses up to what the path says that it loses."""

from pathlib import Path

import pytest

from srsmeting.intake import Intake, read_export, take_in
from srsmeting.intake.binding.mapping import read_mapping
from srsmeting.intake.formats.limesurvey.lost import (
    COMMENTS,
    CONVERTED,
    LEADING_ZEROS,
    LINE_BREAKS,
    NOT_SHOWN,
    NUMBERS,
    TICKS,
    YES_NO,
)
from srsmeting.intake.personal import MAKER, PARTICIPANTS
from srsmeting.questionnaire import Questionnaire
from srsmeting.questionnaire.structures import ToolStructure

#: Questions of the survey that a questionnaire has no kind for: two scales, tables of numbers, ranking, date, equation.
IGNORED = ("dual", "getal", "geld", "rang", "datum", "kort", "eq")

CODES, TEXTS = (NOT_SHOWN,), (NOT_SHOWN, TICKS, YES_NO, COMMENTS)
#: File, with the structure or without, and what the path loses.
PATHS = [
    ("archive.lsa", False, (NUMBERS,)),
    ("vvexport_v1.csv", True, (NUMBERS,)),
    ("vvexport_v2.csv", False, (NUMBERS,)),
    ("vvexport_v2.csv", True, (NUMBERS,)),
    ("rc_code_short.csv", False, CODES),
    ("rc_code_short.csv", True, CODES),
    ("ui_code_short.csv", False, CODES),
    ("ui_emcode_short_mask_comma.csv", False, CODES),
    ("ui_emcode_short_mask_comma.csv", True, CODES),
    ("rc_full_short.csv", True, CODES),
    ("rc_code_long.csv", False, TEXTS),
    ("rc_code_long.csv", True, TEXTS),
    ("ui_codetext_long.csv", False, TEXTS),
    ("ui_codetext_long.csv", True, TEXTS),
    ("rc_full_long.csv", True, TEXTS),
    ("ui_full_long_tokens.csv", True, TEXTS),
    ("ui_code_short_convertYN.csv", False, (NOT_SHOWN, CONVERTED)),
    ("ui_code_short_convertYN.csv", True, (NOT_SHOWN, CONVERTED)),
    ("ui_code_short.xlsx", False, (*CODES, LEADING_ZEROS)),
    ("ui_code_short.xlsx", True, (*CODES, LEADING_ZEROS)),
    ("ui_full_long.xlsx", True, (*TEXTS, LEADING_ZEROS)),
    ("ui_json.json", False, CODES),
    ("rc_code_short.json", True, CODES),
    ("rc_code_long.json", False, TEXTS),
    ("rc_code_long.json", True, TEXTS),
    ("spss_data.dat", False, (NOT_SHOWN, LINE_BREAKS)),
    ("spss_data.dat", True, (NOT_SHOWN, LINE_BREAKS)),
]

#: What tok1 answered, tok2 (who was routed past some questions) and tok3 (who left nearly all of them empty).
ANSWERS = {
    "orgnaam": [True, True, True],
    "sector": ["zorg", "anders", None],
    "fte": [12.5, 3.0, None],
    "vrijw": ["ja", "nee", "ja"],
    "aantalvr": [40.0, None, None],
    "vrtaken.bestuur": [True, False, False],
    "vrtaken.uitvoering": [False, False, False],
    "vrtaken.fondsen": [True, False, False],
    "vrtaken.anders": [True, False, False],
    "werfmeth": ["mond", None, None],
    "prob.geld": [True, False, False],
    "prob.personeel": [False, False, False],
    "prob.anders": [False, False, False],
    "stel.tevreden": ["eens", None, None],
    "stel.geld": ["weet_niet", None, None],
    "punt5.gemeente": ["p4", None, None],
    "punt5.provincie": ["p2", None, None],
    "jno.beleid": ["weet_niet", None, None],
    "toe.omzet": ["toe", None, None],
    "cijf": ["3", None, None],
    "lijstc": ["goed", None, None],
    "opm": [True, True, False],
}
#: 0 answered, 1 left empty, 2 not asked.
STATUS = {
    "orgnaam": [0, 0, 0],
    "sector": [0, 0, 1],
    "fte": [0, 0, 1],
    "vrijw": [0, 0, 0],
    "aantalvr": [0, 2, 1],
    "vrtaken": [0, 2, 1],
    "werfmeth": [0, 2, 1],
    "prob": [0, 1, 1],
    "stel.tevreden": [0, 1, 1],
    "stel.geld": [0, 1, 1],
    "punt5.gemeente": [0, 1, 1],
    "punt5.provincie": [0, 1, 1],
    "jno.beleid": [0, 1, 1],
    "toe.omzet": [0, 1, 1],
    "cijf": [0, 1, 1],
    "lijstc": [0, 1, 1],
    "opm": [0, 0, 1],
}


def taken(folder: Path, survey: Questionnaire, structure: ToolStructure | None, name: str) -> Intake:
    return take_in(folder / name, survey, ignore=IGNORED, structure=structure)


@pytest.mark.parametrize(("name", "with_structure", "lost"), PATHS)
def test_every_path_yields_the_same_responses(
    folder: Path,
    survey: Questionnaire,
    structure: ToolStructure,
    name: str,
    with_structure: bool,
    lost: tuple[str, ...],
) -> None:
    intake = taken(folder, survey, structure if with_structure else None, name)
    answers = intake.responses.answers.astype(object)
    assert {column: answers[column].where(answers[column].notna(), None).tolist() for column in answers} == ANSWERS
    assert {column: states.tolist() for column, states in intake.responses.status.items()} == STATUS
    assert intake.report.lost == lost
    assert intake.report.findings["check"].unique().tolist() == ["left_empty", "personal_data"]
    # T34: tok4 only opened the survey.
    assert intake.quarantine["reason"].tolist() == ["incomplete"]
    assert (intake.report.rows_received, intake.report.rows_used) == (4, 3)


@pytest.mark.parametrize("name", ["rc_full_long.csv", "rc_full_short.csv", "ui_full_long.xlsx"])
def test_texts_as_headings_without_the_structure_are_bound_by_a_mapping(
    folder: Path, survey: Questionnaire, name: str
) -> None:
    mapping = read_mapping(folder.parent / "limesurvey_mapping.yaml", survey)
    responses = take_in(folder / name, survey, mapping=mapping).responses
    answers = responses.answers.astype(object)
    assert {column: answers[column].where(answers[column].notna(), None).tolist() for column in answers} == ANSWERS
    assert {column: states.tolist() for column, states in responses.status.items()} == STATUS


@pytest.mark.parametrize(("name", "lost"), [(name, lost) for name, with_structure, lost in PATHS if with_structure])
def test_every_path_has_the_same_cells(
    folder: Path, structure: ToolStructure, name: str, lost: tuple[str, ...]
) -> None:
    """With the structure also of questions that a questionnaire has no kind for: two scales, ranks, dates."""
    export = read_export(folder / name, structure)
    gold = read_export(folder / "rc_code_short.csv", structure)
    for column in gold.cells:
        same = gold.cells[column].tolist()
        if column == "lijstc[comment]" and COMMENTS in lost:  # T47
            same = ["", "", "", ""]
        if column == "vrijw" and CONVERTED in lost:
            same = ["Y", "N", "Y", "N"]  # tok4 never got there
        if column == "fte" and LINE_BREAKS in lost:
            same = ["12.5", "3.0", "", ""]
        if column == "opm" and LINE_BREAKS in lost:
            same[0] = 'Regel 1 Regel 2; met "quotes"\ten tab'
        assert export.cells[column].tolist() == same, column


@pytest.mark.parametrize("name", ["archive.lsa", "vvexport_v2.csv"])
def test_t27_t28_what_was_not_shown_is_known(folder: Path, name: str) -> None:
    status = read_export(folder / name).status()
    columns = ["sector", "vrijw", "vrtaken[SQ001]", "vrtaken[other]", "werfmeth", "prob[SQ002]", "opm"]
    assert status[columns].to_numpy().tolist() == [
        [0, 0, 0, 0, 0, 1, 0],
        [0, 0, 2, 2, 2, 1, 0],
        [1, 0, 1, 1, 1, 1, 1],
        [2, 2, 2, 2, 2, 2, 2],
    ]


@pytest.mark.parametrize("name", ["archive.lsa", "vvexport_v2.csv"])
def test_t31_numbers_and_dates_do_not_tell_whether_they_were_shown(folder: Path, name: str) -> None:
    status = read_export(folder / name).status()
    assert status[["fte", "aantalvr", "geld[SQ001]", "datum"]].to_numpy().tolist() == [
        [0, 0, 0, 0],
        [0, -1, -1, -1],
        [-1, -1, -1, -1],
        [-1, -1, -1, -1],
    ]


@pytest.mark.parametrize("name", ["rc_code_short.csv", "rc_code_long.csv", "ui_json.json", "spss_data.dat"])
def test_t29_t30_other_paths_do_not_know_what_was_shown(
    folder: Path, survey: Questionnaire, structure: ToolStructure, name: str
) -> None:
    hidden = read_export(folder / name, structure).status()[["vrtaken[SQ001]", "vrtaken[SQ002]", "vrtaken[SQ003]"]]
    assert hidden.to_numpy()[1].tolist() == [-1, -1, -1]
    # Routing does: tok2 was not asked, tok3 was.
    assert taken(folder, survey, structure, name).responses.status["vrtaken"].tolist() == [0, 2, 1]


def test_the_report_says_what_is_lost(folder: Path, survey: Questionnaire) -> None:
    report = taken(folder, survey, None, "rc_code_long.csv").report.to_markdown()
    begin = report.index("## Wat deze export niet vertelt")
    assert report[begin : report.index("## Rijen")] == (
        "## Wat deze export niet vertelt\n\n"
        "- Niet gesteld en opengelaten zijn allebei een lege cel: de routing van de vragenlijst bepaalt wat het is.\n"
        "- Een optie die niet is aangekruist en een optie van een vraag die niet is gesteld, zijn allebei ‘Nee’.\n"
        "- Een ja-neevraag zonder antwoord is ‘N/A’ of leeg, ook als zij niet is gesteld.\n"
        "- De toelichting bij een lijst met toelichting ontbreekt: LimeSurvey exporteert haar niet bij volledige antwoorden.\n\n"
    )


def test_places_that_are_no_lines_are_explained(folder: Path, survey: Questionnaire) -> None:
    notes = taken(folder, survey, None, "ui_code_short.xlsx").report.notes
    assert notes == (
        "Werkblad ‘Voorbeeldenquête organisaties’.",
        "Regelnummers in dit rapport en in de quarantaine zijn rijen van het werkblad.",
    )


@pytest.mark.parametrize("name", ["ui_full_long_tokens.csv", "spss_data.dat"])
def test_participants_are_dropped_by_name(
    folder: Path, survey: Questionnaire, structure: ToolStructure, name: str
) -> None:
    report = taken(folder, survey, structure, name).report
    dropped = dict(zip(report.dropped["column"], report.dropped["why"], strict=True))
    assert {dropped[column] for column in ("firstname", "lastname", "email")} == {"naam of e-mailadres"}
    assert dropped["ipaddr"] == "adres van de computer"
    text = report.to_markdown()
    for value in ("de Vries", "O'Neill", "zoe@example.org", "127.0.0.1", "tok1"):
        assert value not in text


def test_of_the_participants_of_an_archive_only_the_columns_are_named(folder: Path, survey: Questionnaire) -> None:
    report = taken(folder, survey, None, "archive.lsa").report
    assert report.notes == (
        "Regelnummers in dit rapport en in de quarantaine zijn volgnummers van de respons in het bestand.",
    )
    beside = report.dropped[report.dropped["filled"].isna()]
    listed = beside.groupby("why", sort=False)["column"].agg(list).to_dict()
    columns = [name.removeprefix("survey_123456_tokens.lst: ") for name in listed[PARTICIPANTS]]
    assert columns[:9] == [
        *("usesleft", "completed", "emailstatus", "tid", "participant_id", "firstname", "lastname", "email", "token"),
    ]
    assert columns[-1] == "attribute_1"
    assert {"structuur: surveys.admin", "structuur: surveys.adminemail"} <= set(listed[MAKER])
    assert "structuur: surveys_languagesettings.surveyls_email_invite" in listed[MAKER]
    text = report.to_markdown()
    for value in ("de Vries", "zoe@example.org", "tok1", "admin@example.org", "Geachte"):
        assert value not in text
