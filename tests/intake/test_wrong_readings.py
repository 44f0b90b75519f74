"""Files that could be accepted and read wrong: each is read right, or ends in one error that says what is meant."""

from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.errors import IntakeError
from srsmeting.intake import Intake, take_in
from srsmeting.intake.mapping import read_mapping
from srsmeting.questionnaire import Questionnaire, load_questionnaire

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
