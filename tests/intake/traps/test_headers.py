"""Traps T12 to T26: headings, and the rows that they take."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.errors import IntakeError
from srsmeting.intake import Intake, read_export, take_in
from srsmeting.intake.binding.proposal import propose
from srsmeting.questionnaire import Questionnaire
from srsmeting.questionnaire.structures import ToolStructure, read_structure

Write = Callable[..., Path]
Ask = Callable[..., Questionnaire]
Gold = Callable[..., Intake]

JA_NEE = [("ja", "1", "Ja"), ("nee", "2", "Nee")]
#: Columns of Qualtrics that say who answered and who finished, in the three header rows.
KEPT = ("ResponseId,Finished,", "Antwort-ID,Beendet,", '"{""ImportId"":""_recordId""}","{""ImportId"":""finished""}",')


def qualtrics(names: str, texts: str, identities: str, *rows: str) -> str:
    return "\n".join([KEPT[0] + names, KEPT[1] + texts, KEPT[2] + identities, *rows, ""])


def identity(name: str) -> str:
    return f'"{{""ImportId"":""{name}""}}"'


def test_t12_three_header_rows_are_no_respondents(write: Write, ask: Ask) -> None:
    path = write(qualtrics("Q1", "Kent u het?", identity("QID1"), "R_1,1,1", "R_2,1,2"))
    intake = take_in(path, ask({"id": "q", "export": "Q1", "kind": "single", "answers": JA_NEE}))
    assert (intake.report.rows_received, intake.responses.answers["q"].tolist()) == (2, ["ja", "nee"])


def test_t13_import_ids_in_single_quotes_are_read(write: Write) -> None:
    names = "ResponseID,Finished,IPAddress,"
    single = ",".join(f"{{'ImportId': '{name}'}}" for name in ("responseid", "finished", "ipAddress", "QID2-1"))
    export = read_export(write(f"{names}Q2_1\n{names}Wat? - Inzicht\n{single}\nR_1,1,192.0.2.1,1\n"))
    assert export.format == "Qualtrics, antwoorden als codes (drie kopregels, zoals in 2016 en 2017)"
    assert (len(export), export.metadata["IPAddress"]) == (1, "adres van de computer")
    assert "Q2_1" not in export.metadata


def test_t14_two_header_rows_of_old_qualtrics_are_known(write: Write) -> None:
    export = read_export(write("V1,V2,V10,Q1\nResponseID,ResponseSet,Finished,Kent u het?\nR_1,Default,1,2\n"))
    assert export.format == "Qualtrics, antwoorden als codes (twee kopregels)"
    assert export.cells.columns.tolist() == ["ResponseID", "ResponseSet", "Finished", "Q1"]
    assert (export.lines.tolist(), export.texts["Q1"]) == ([3], "Kent u het?")


def test_t15_metadata_is_known_in_any_language(write: Write) -> None:
    names, texts = "Anfangsdatum,IP-Adresse,Q1", "Anfangsdatum,IP-Adresse,Kennen Sie es?"
    identities = ",".join(map(identity, ("startDate", "ipAddress", "QID1")))
    export = read_export(write(qualtrics(names, texts, identities, "R_1,1,2021-03-14 10:00:00,192.0.2.1,1")))
    assert (export.metadata["Anfangsdatum"], export.metadata["IP-Adresse"]) == (
        "moment of duur",
        "adres van de computer",
    )


def test_t16_double_names_are_told_apart_by_import_id(write: Write) -> None:
    identities = ",".join(map(identity, ("QID7_1_TEXT", "QID7_2_TEXT")))
    export = read_export(write(qualtrics("Q50#1_TEXT,Q50#1_TEXT", "a,b", identities, "R_1,1,een,twee")))
    assert export.cells[["QID7_1_TEXT", "QID7_2_TEXT"]].to_numpy().tolist() == [["een", "twee"]]
    assert not [name for name in export.cells if str(name).endswith(".1")]
    assert export.notes == (
        "De naam ‘Q50#1_TEXT’ staat 2 keer in rij 1; die kolommen heten hier ‘QID7_1_TEXT’, ‘QID7_2_TEXT’.",
    )


def test_t17_the_number_behind_a_tag_is_a_recode_value(write: Write, ask: Ask) -> None:
    labels = {"1": "Inzicht", "2": "Beleid", "3": "Weet niet"}
    payload = {
        "QuestionID": "QID2",
        "DataExportTag": "Q2",
        "QuestionText": "Wat?",
        "QuestionType": "MC",
        "Selector": "MAVR",
        "Choices": {number: {"Display": label} for number, label in labels.items()},
        "RecodeValues": {"1": "1", "2": "10", "3": "-1"},
    }
    element = {"Element": "SQ", "PrimaryAttribute": "QID2", "Payload": payload}
    entry = {"SurveyName": "Kort", "SurveyLanguage": "NL"}
    path = write(json.dumps({"SurveyEntry": entry, "SurveyElements": [element]}), "kort.qsf")
    structure = read_structure(path)
    assert structure.question("Q2").parts == (("1", "Inzicht"), ("10", "Beleid"), ("-1", "Weet niet"))
    answers = [("inzicht", "1", "Inzicht"), ("beleid", "10", "Beleid"), ("weet_niet", "-1", "Weet niet", "dont_know")]
    names, texts = "Q2_1,Q2_10,Q2_-1", "Wat? - Inzicht,Wat? - Beleid,Wat? - Weet niet"
    identities = ",".join(map(identity, ("QID2_1", "QID2_2", "QID2_3")))
    export = write(qualtrics(names, texts, identities, "R_1,1,1,1,", "R_2,1,,,1"))
    intake = take_in(export, ask({"id": "q", "export": "Q2", "kind": "multiple", "answers": answers}))
    assert intake.responses.ticked("q").tolist() == [[True, True, False], [False, False, True]]


def test_t18_a_question_of_surveymonkey_stands_once_above_its_columns(write: Write) -> None:
    top = "Respondent ID,Collector ID,Kent u het?,Wat?,,,Wat kan beter?"
    below = ",,Response,Inzicht,Beleid,Other (please specify),Open-Ended Response"
    export = read_export(write(f"{top}\n{below}\n114,9,Ja,Inzicht,,,Meer tijd\n"))
    assert export.format == "SurveyMonkey, antwoorden als teksten"
    assert export.cells.columns.tolist()[2:] == [
        *("Kent u het?", "Wat? - Inzicht", "Wat? - Beleid", "Wat? - Other (please specify)", "Wat kan beter?"),
    ]


@pytest.mark.parametrize(
    "heading",
    ["vrtaken[SQ001]", "vrtaken_SQ001", "vrtaken[SQ001]. Wat doen de vrijwilligers? [Bestuur]", "123456X1X6SQ001"],
)
def test_t19_one_variable_has_many_names(
    folder: Path, write: Write, structure: ToolStructure, heading: str, ask: Ask
) -> None:
    if "X1X6" in heading:
        path = folder / "vvexport_v1.csv"
        assert heading.encode() in path.read_bytes()
        assert read_export(path, structure).cells["vrtaken[SQ001]"].tolist() == ["Y", "", "", ""]
        return
    path = write(f'"id";"submitdate";"lastpage";"{heading}"\n"1";"2022-03-14";"1";"Y"\n')
    taken = {"id": "taken", "export": "vrtaken", "kind": "multiple", "answers": [("bestuur", "SQ001", "Bestuur")]}
    assert take_in(path, ask(taken)).responses.ticked("taken").tolist() == [[True]]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("rc_code_short.csv", b'"dual[SQ001][1]";"dual[SQ001][2]"'),
        ("ui_emcode_short_mask_comma.csv", b'"dual_SQ001_0","dual_SQ001_1"'),
        ("spss_data.dat", b""),
        ("archive.lsa", b""),
    ],
)
def test_t20_two_scales_are_the_same_two_variables(
    folder: Path, structure: ToolStructure, name: str, written: bytes
) -> None:
    assert written in (folder / name).read_bytes()
    if name == "spss_data.dat":
        assert "= dual_SQ001#0 )" in (folder / "spss_syntax.sps").read_text(encoding="utf-8")
    cells = read_export(folder / name, structure).cells[["dual[SQ001][1]", "dual[SQ001][2]"]]
    assert cells.to_numpy().tolist()[0] == ["B2", "T1"]


def test_t21_two_columns_of_one_code_are_told_and_not_renamed(write: Write, ask: Ask) -> None:
    for header in ("id;submitdate;lastpage;Q1;Q1", "id;naam;Q1;Q1"):
        path = write(f"{header}\n" + ";".join("1" * (header.count(";") + 1)) + "\n")
        with pytest.raises(IntakeError) as caught:
            take_in(path, ask({"id": "q", "export": "Q1", "kind": "single", "answers": JA_NEE}), ignore=["naam"])
        assert "Q1.1" not in str(caught.value)
        assert "heading 'Q1' stands" in str(caught.value)


def test_t22_plaats_is_the_seed_where_limesurvey_puts_it(folder: Path, write: Write, ask: Ask) -> None:
    assert b'"Begin taal";"Plaats"' in (folder / "rc_full_long.csv").read_bytes()
    export = read_export(folder / "rc_full_long.csv")
    assert (export.cells["seed"].tolist()[0], export.metadata["seed"]) == ("1140719226", "technisch gegeven")
    assert "Plaats" not in export.cells
    rows = '"Respons-ID";"Datum verzonden";"Laatste pagina";"Begin taal";"Plaats"\n"1";"2022-03-14";"1";"nl";"Utrecht"'
    export = read_export(write(f"{rows}\n"))
    assert export.cells["Plaats"].tolist() == ["Utrecht"]
    assert "Plaats" not in export.metadata


@pytest.mark.parametrize("name", ["rc_abbreviated_short.csv", "rc_abbreviated_long.csv"])
def test_t23_abbreviated_headings_are_refused_with_advice(folder: Path, name: str) -> None:
    with pytest.raises(IntakeError) as caught:
        read_export(folder / name)
    assert str(caught.value) == (
        f"{name}:1: the headings are question texts ('Respons-ID'), which can be alike. Export the responses of "
        "LimeSurvey as CSV with 'Question code' as heading and 'Answer codes' as answers."
    )


FORMS = ("ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam")
LONG = "Welke van deze activiteiten voert uw organisatie op dit moment uit voor de regio waarin zij werkt"


def test_t24_headings_are_matched_as_people_read_them(book: Write, ask: Ask) -> None:
    texts = {"functie": "Wat is uw functie?", "enquete": "Las u de enquête?", "activiteit": f"{LONG}, en welke niet?"}
    questionnaire = ask(*({"id": id, "kind": "open", "text": text} for id, text in texts.items()))
    headings = ("Wat is uw functie?\xa0", "Las u de\nenque\u0302te?\n", f"{LONG}...")
    path = book([*FORMS, *headings], [1, "x", "x", "anonymous", None, "a", "b", "c"])
    proposal = propose(read_export(path), questionnaire)
    assert {heading: place.question for heading, (place, _) in proposal.sure.items()} == dict(
        zip(headings, texts, strict=True)
    )


def test_t25_equal_texts_are_numbered_unless_a_question_ends_in_that_number(book: Write, ask: Ask) -> None:
    def places(*texts: str) -> dict[str, str]:
        questions = [{"id": f"q{n}", "kind": "open", "text": text, "title": f"Q {n}"} for n, text in enumerate(texts)]
        path = book([*FORMS, "Toelichting", "Toelichting2"], [1, "x", "x", "anonymous", None, "a", "b"])
        proposal = propose(read_export(path), ask(*questions))
        return {heading: place.question for heading, (place, _) in proposal.sure.items()}

    assert places("Toelichting", "Toelichting") == {"Toelichting": "q0", "Toelichting2": "q1"}
    assert places("Toelichting2", "Toelichting") == {"Toelichting": "q1", "Toelichting2": "q0"}
    assert places("Toelichting") == {"Toelichting": "q0"}  # of the other nothing is sure


def test_t26_markup_is_taken_out_of_texts_and_expressions_stay(folder: Path, structure: ToolStructure) -> None:
    assert "<b>vrijwilligers</b>" in (folder / "structure.lss").read_text(encoding="utf-8")
    texts = {question.code: question.text for question in structure}
    assert (texts["vrijw"], texts["eq"]) == ("Werkt u met vrijwilligers?", "{fte*2}")
    export = read_export(folder / "rc_full_long.csv", structure)
    assert export.cells[["vrijw", "eq"]].to_numpy().tolist()[1] == ["N", "6"]
