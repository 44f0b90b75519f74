"""Files that could be accepted and read wrong: each is read right, or ends in one error that says what is meant."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pyreadstat
import pytest

from srsmeting.errors import ConfigurationError, IntakeError
from srsmeting.intake import Intake, take_in
from srsmeting.intake.binding.mapping import read_mapping
from srsmeting.questionnaire import Questionnaire, load_questionnaire
from srsmeting.questionnaire.structures import ToolQuestion, ToolStructure

QUESTIONNAIRE = """\
meting: verkenning
title: Verkenning
pijlers: [{id: basis, label: Basis}]
questions:
  - id: aantal
    export: G1
    kind: single
    title: Aantal
    text: Hoeveel?
    pijler: basis
    fase: algemeen
    categories:
      - {code: nul, export: "1", label: "0"}
      - {code: een, export: "2", label: "1"}
      - {code: meer, export: "3", label: Meer}
  - id: effect
    export: G2
    kind: multiple
    title: Effect
    text: Wat?
    pijler: basis
    fase: effect
    categories:
      - {code: inzicht, export: SQ001, label: Inzicht}
      - {code: anders, export: other, label: Anders, kind: other}
  - {id: fte, export: G3, kind: number, title: Fte, text: Hoeveel fte?, pijler: basis, fase: algemeen}
"""
HEADER = "id;aantal;effect_inzicht;effect_anders;fte"
FORMS = "ID;Begintijd;Tijd van voltooien;E-mail;Naam;Hoeveel?;Wat?;Hoeveel fte?"
COLUMNS = """\
columns:
  - {column: "Hoeveel?", question: aantal}
  - {column: "Wat?", question: effect, delimiter: ";"}
  - {column: "Hoeveel fte?", question: fte}
"""

TakeLines = Callable[..., Intake]


@pytest.fixture
def verkenning(tmp_path: Path) -> Questionnaire:
    path = tmp_path / "questionnaire.yaml"
    path.write_text(QUESTIONNAIRE, encoding="utf-8")
    return load_questionnaire(path)


@pytest.fixture
def take_lines(tmp_path: Path, verkenning: Questionnaire) -> TakeLines:
    def take(*lines: str, mapping: str = "") -> Intake:
        path = tmp_path / "export.csv"
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        (tmp_path / "mapping.yaml").write_text(mapping, encoding="utf-8")
        read = read_mapping(tmp_path / "mapping.yaml", verkenning) if mapping else None
        return take_in(path, verkenning, mapping=read)

    return take


def _forms(wat: str) -> str:
    return f"1;3/2/26 9:14;3/2/26 9:20;anonymous;;Meer;{wat};3"


def test_a_value_that_is_the_code_of_one_answer_and_the_text_of_another_is_neither(take_lines: TakeLines) -> None:
    with pytest.raises(IntakeError) as caught:
        take_lines(HEADER, "1;1;1;;3", "2;3;;;4")
    assert str(caught.value) == (
        "export.csv:2: column 'aantal': '1' is the code of one answer of question 'aantal' and the text of another. "
        "Say under 'answers' in mapping.yaml which is meant, or export texts that are no codes."
    )
    intake = take_lines(HEADER, "1;1;1;;3", "2;3;;;4", mapping='answers: {aantal: {"1": nul}}\n')
    assert intake.responses.answers["aantal"].tolist() == ["nul", "meer"]


def test_an_answer_to_several_that_is_declared_to_be_none_is_no_other(take_lines: TakeLines) -> None:
    lines = (FORMS, _forms("Geen idee"))
    intake = take_lines(*lines, mapping=COLUMNS + 'answers: {effect: {"Geen idee": ""}}\n')
    assert intake.responses.ticked("effect").tolist() == [[False, False]]


def test_a_zero_in_the_text_of_other_is_no_text(take_lines: TakeLines) -> None:
    intake = take_lines(HEADER, "1;Meer;1;0;3", "2;Meer;0;boeken;4", "3;Meer;0;nee;4")
    assert intake.responses.ticked("effect").tolist() == [[True, False], [False, True], [False, False]]


def test_a_row_of_totals_is_no_respondent(take_lines: TakeLines) -> None:
    with pytest.raises(IntakeError) as caught:
        take_lines(HEADER, "1;Meer;1;;3", "Totaal;;1;;3")
    assert str(caught.value) == (
        "export.csv:3: column 'id': 'Totaal' makes this a row of totals, not a respondent. Set it aside: "
        "'set_aside: [{respondent: \"Totaal\", line: 3, reason: …, date: …}]' in corrections.yaml, named under 'corrections' in meting.yaml."
    )


@pytest.mark.parametrize(
    ("heading", "yes", "no"), [("Datum verzonden", "2021-01-01", ""), ("Finished", "Ja", "Nee"), ("finished", "1", "0")]
)
def test_who_did_not_finish_is_set_aside_in_a_table_too(take_lines: TakeLines, heading: str, yes: str, no: str) -> None:
    intake = take_lines(f"{HEADER};{heading}", f"1;Meer;1;;3;{yes}", f"2;Meer;1;;3;{no}")
    assert (intake.report.rows_received, intake.report.rows_used) == (2, 1)
    assert intake.quarantine[["line", "reason"]].to_numpy().tolist() == [[3, "incomplete"]]


def test_previews_of_qualtrics_are_set_aside_in_a_statistical_file(tmp_path: Path, verkenning: Questionnaire) -> None:
    data = {"ResponseId": ["R1", "R2"], "Status": [0.0, 1.0], "Finished": [1.0, 1.0], "G1": [1.0, 3.0]}
    path = tmp_path / "export.sav"
    pyreadstat.write_sav(pd.DataFrame(data | {"G2_SQ001": [1.0, 0.0], "G2_other": ["", ""], "G3": [1.0, 2.0]}), path)
    with pytest.raises(IntakeError, match="'1' is the code of one answer"):
        take_in(path, verkenning)
    labels = {"G1": {1.0: "0", 2.0: "1", 3.0: "Meer"}}
    pyreadstat.write_sav(
        pd.DataFrame(data | {"G2_SQ001": [1.0, 0.0], "G2_other": ["", ""], "G3": [1.0, 2.0]}),
        path,
        variable_value_labels=labels,
    )
    intake = take_in(path, verkenning)
    assert intake.responses.answers["aantal"].tolist() == ["nul"]
    assert intake.quarantine["reason"].tolist() == ["preview"]


def test_a_tick_that_the_file_labels_no_is_an_error(tmp_path: Path, verkenning: Questionnaire) -> None:
    path = tmp_path / "export.sav"
    data = {"id": ["1", "2"], "G1": [3.0, 3.0], "G2_SQ001": [1.0, 0.0], "G2_other": ["", ""], "G3": [1.0, 2.0]}
    pyreadstat.write_sav(pd.DataFrame(data), path, variable_value_labels={"G2_SQ001": {0.0: "Ja", 1.0: "Nee"}})
    with pytest.raises(IntakeError) as caught:
        take_in(path, verkenning)
    advice = "Say under 'ticked' and 'unticked' in mapping.yaml what stands for what."
    assert str(caught.value).splitlines()[-2:] == [
        f"export.sav:1: column 'G2_SQ001': '1' is labelled 'Nee' in the file, and is read as ticked. {advice}",
        f"export.sav:2: column 'G2_SQ001': '0' is labelled 'Ja' in the file, and is read as not ticked. {advice}",
    ]


def test_two_entries_of_a_mapping_for_one_column_are_an_error(take_lines: TakeLines) -> None:
    twice = COLUMNS.replace('"Hoeveel fte?"', '"hoeveel"')
    with pytest.raises(IntakeError, match=r"mapping.yaml:4: column 'Hoeveel\?' of the export is mapped twice."):
        take_lines(FORMS, _forms("Inzicht"), mapping=twice + 'ignore: ["Hoeveel fte?"]\n')


def test_two_texts_of_one_wording_cannot_stand_for_two_answers(take_lines: TakeLines) -> None:
    with pytest.raises(ConfigurationError, match=r"'Veel' and 'veel\.' are read as the same text\."):
        take_lines(HEADER, "1;Meer;1;;3", mapping='answers: {aantal: {"Veel": meer, "veel.": een}}\n')


def test_no_address_and_no_number_of_a_person_is_in_an_error(take_lines: TakeLines) -> None:
    with pytest.raises(IntakeError) as caught:
        take_lines(HEADER, "1;mail jan@example.org;1;;3", "2;Meer;1;;06-12345678")
    assert "jan" not in str(caught.value)
    assert "1234" not in str(caught.value)
    assert [fault.value for fault in caught.value.faults] == ["[tekst]", "[tekst]"]
    assert "column 'aantal': '[tekst]' is no answer of question 'aantal'." in str(caught.value)


def test_the_structure_of_a_survey_with_its_labels_in_another_order_is_an_error(
    tmp_path: Path, verkenning: Questionnaire
) -> None:
    answers = (("1", "1"), ("2", "0"), ("3", "Meer"))
    structure = ToolStructure("LimeSurvey", "Ander", (ToolQuestion("G1", "Hoeveel?", "single", answers=answers),))
    path = tmp_path / "export.csv"
    path.write_text(f"{HEADER}\n1;Meer;1;;3\n", encoding="utf-8")
    with pytest.raises(IntakeError) as caught:
        take_in(path, verkenning, structure=structure)
    assert str(caught.value) == (
        "export.csv: question 'G1': '1' is '1' in the structure file, and '0' in question 'aantal'. Give the structure "
        "of this survey, or correct the 'export' in the questionnaire."
    )


def test_a_text_among_the_answers_is_not_in_the_quarantine(tmp_path: Path, kort: Questionnaire) -> None:
    texts = {"wgo": "Regio", "bekend": "Kent u het?", "cijfer": "Cijfer", "fte": "Fte", "idee": "Idee"}
    columns = [f'  - {{column: "{text}", question: {question}}}' for question, text in texts.items()]
    columns.append('  - {column: "Veranderd", question: effect, delimiter: ";"}')
    columns += [f'  - {{column: "Vindt {item}", question: impact, item: {item}}}' for item in ("meer", "beter")]
    (tmp_path / "mapping.yaml").write_text("\n".join(["columns:", *columns, ""]), encoding="utf-8")
    path = tmp_path / "export.csv"
    header = [*FORMS.split(";")[:5], *texts.values(), "Veranderd", "Vindt meer", "Vindt beter"]
    row = ["1", "3/2/26 9:14", "3/2/26 9:20", "anonymous", "", "Noord", "Niet bekend", "7", "3", "", "jan@x.nl belde"]
    path.write_text("\n".join([",".join(header), ",".join([*row, "", ""]), ""]), encoding="utf-8")
    intake = take_in(path, kort, mapping=read_mapping(tmp_path / "mapping.yaml", kort))
    assert intake.quarantine[["question", "value", "reason"]].to_numpy().tolist() == [
        ["effect", "[tekst]", "not_asked"]
    ]


def test_a_word_for_not_ticked_is_no_text_of_other(take_lines: TakeLines) -> None:
    columns = [
        f"  - {{column: {name}, question: effect, option: {code}}}"
        for name, code in (("x1", "inzicht"), ("x2", "anders"))
    ]
    mapping = "\n".join(["ticked: [wel]", "unticked: [niet]", "columns:", *columns, ""])
    intake = take_lines("id;aantal;x1;x2;fte", "1;Meer;wel;niet;3", "2;Meer;niet;boeken;3", mapping=mapping)
    assert intake.responses.ticked("effect").tolist() == [[True, False], [False, True]]


def test_an_address_cannot_tell_the_rows_apart(take_lines: TakeLines) -> None:
    with pytest.raises(IntakeError) as caught:
        take_lines(FORMS, _forms("Inzicht"), mapping=f"id: E-mail\n{COLUMNS}")
    assert str(caught.value) == (
        "mapping.yaml:1: id: column 'E-mail' holds names or e-mail addresses, and an id is shown in the report. Leave "
        "it out: the rows are numbered."
    )


def test_an_address_as_respondent_number_is_told_by_its_line(take_lines: TakeLines) -> None:
    row = "jan@example.org;Meer;1;;3;2021-01-01"
    with pytest.raises(IntakeError) as caught:
        take_lines(f"{HEADER};submitdate".replace("id;", "respondent;", 1), row, row)
    assert str(caught.value) == (
        "export.csv:3: the same respondent stands on 2 rows (lines 2, 3). Set aside what does not count, such as "
        "'set_aside: [{respondent: …, line: 3, reason: …, date: …}]' in corrections.yaml, named under 'corrections' in meting.yaml."
    )
    other = "piet@example.org;Meer;1;;3;"
    intake = take_lines(f"{HEADER};submitdate".replace("id;", "respondent;", 1), row, other)
    assert intake.quarantine[["line", "respondent", "reason"]].to_numpy().tolist() == [[3, "", "incomplete"]]


def test_blank_rows_between_others_on_a_sheet_are_counted_in_a_note(tmp_path: Path, verkenning: Questionnaire) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (HEADER.split(";"), [1, "Meer", 1, None, 12.5], [], [2.0, 3.0, True, None, 3]):
        book.active.append(row)
    book.save(tmp_path / "export.xlsx")
    intake = take_in(tmp_path / "export.xlsx", verkenning)
    assert "Lege rijen tussen de andere, die niet meetellen: 1." in intake.report.notes
    assert intake.responses.answers["aantal"].tolist() == ["meer", "meer"]
    assert intake.responses.ticked("effect").tolist() == [[True, False], [True, False]]


def test_an_unknown_code_between_spaces_is_no_other(take_lines: TakeLines) -> None:
    with pytest.raises(IntakeError, match=r"export\.csv:2: column 'G2': 'SQ001 fout' holds 'fout', which is no answer"):
        take_lines("G1;G2;G3;_id;_uuid;_submission_time", "3;SQ001 fout;3;1;u1;2026-09-21T08:01:00")


def test_a_zero_for_other_in_numbers_of_surveymonkey_is_no_text(take_lines: TakeLines) -> None:
    top = "Respondent ID;Collector ID;Hoeveel?;Wat?;;Hoeveel fte?"
    intake = take_lines(top, ";;Response;Inzicht;Anders;Open-Ended Response", "11;1;3;1;0;3", "12;1;2;0;boek;4")
    assert intake.responses.ticked("effect").tolist() == [[True, False], [False, True]]
