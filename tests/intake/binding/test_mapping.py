"""mapping.yaml: what it may say, and what comes of an export that needs one."""

from pathlib import Path

import pytest

from srsmeting.errors import ConfigurationError, IntakeError
from srsmeting.intake import take_in
from srsmeting.intake.binding.mapping import read_mapping
from srsmeting.questionnaire import Questionnaire, load_questionnaire

QUESTIONNAIRE = """\
meting: verkenning
title: Verkenning
pijlers: [{id: basis, label: Basis}]
questions:
  - id: functie
    kind: single
    title: Functie
    text: Wat is uw functie?
    pijler: basis
    fase: algemeen
    categories:
      - {code: bestuur, export: A1, label: Directeur of bestuurder}
      - {code: hr, export: A2, label: HR-manager}
      - {code: anders, export: other, label: "Anders, namelijk", kind: other}
  - id: activiteiten
    kind: multiple
    title: Activiteiten
    text: Welke activiteiten voert u uit?
    pijler: basis
    fase: algemeen
    categories:
      - {code: sport, export: SQ001, label: Sport}
      - {code: soms, export: SQ002, label: "Ja, soms"}
      - {code: anders, export: other, label: "Anders, namelijk", kind: other}
  - id: tevreden
    kind: statements
    title: Tevredenheid
    text: Hoe tevreden bent u?
    pijler: basis
    fase: algemeen
    categories: [{code: ja, label: Tevreden}, {code: nee, label: Ontevreden}]
    items: [{id: gemeente, label: Gemeente}, {id: provincie, label: Provincie}]
  - id: fte
    kind: number
    title: Fte
    text: Hoeveel fte?
    pijler: basis
    fase: algemeen
  - id: toelichting
    kind: open
    title: Toelichting
    text: Toelichting
    pijler: basis
    fase: algemeen
"""

COLUMNS = """\
columns:
  - {column: "Uw functie", question: functie}
  - {column: "Wat doet u?", question: activiteiten, delimiter: ";"}
  - {column: "Gemeente", question: tevreden, item: gemeente}
  - {column: "Provincie", question: tevreden, item: provincie}
  - {column: "Aantal fte", question: fte}
  - {column: "Opmerking", question: toelichting}
"""
HEADER = "Code;Uw functie;Wat doet u?;Gemeente;Provincie;Aantal fte;Opmerking\n"


@pytest.fixture
def questionnaire(tmp_path: Path) -> Questionnaire:
    path = tmp_path / "questionnaire.yaml"
    path.write_text(QUESTIONNAIRE, encoding="utf-8")
    return load_questionnaire(path)


def _mapping(folder: Path, text: str) -> Path:
    path = folder / "mapping.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_columns_and_texts_of_an_export_become_answers(tmp_path: Path, questionnaire: Questionnaire) -> None:
    mapping = read_mapping(
        _mapping(tmp_path, COLUMNS + 'answers:\n  functie: {Baas: bestuur, "-99": ""}\nignore: [Code]\n'), questionnaire
    )
    (tmp_path / "tabel.csv").write_text(
        HEADER
        + '07;baas;"Sport;Ja, soms";Tevreden;ontevreden;12,5;ja\n'
        + "08;HR-manager;;Tevreden;;3;\n09;-99;koken;;;;\n",
        encoding="utf-8",
    )
    responses = take_in(tmp_path / "tabel.csv", questionnaire, mapping=mapping).responses

    assert responses.answers["functie"].tolist()[:2] == ["bestuur", "hr"]
    assert responses.answers["functie"].isna().tolist() == [False, False, True]
    assert responses.ticked("activiteiten").tolist() == [[True, True, False], [False] * 3, [False, False, True]]
    assert responses.answers["tevreden.gemeente"].tolist()[:2] == ["ja", "ja"]
    assert responses.answers["tevreden.provincie"].tolist()[:1] == ["nee"]
    assert responses.answers["fte"].tolist()[:2] == [12.5, 3.0]
    assert responses.answers["toelichting"].tolist() == [True, False, False]


def test_whatever_the_mapping_names_must_exist(tmp_path: Path, questionnaire: Questionnaire) -> None:
    path = _mapping(
        tmp_path,
        "columns:\n"
        "  - {column: a, question: functi}\n"
        "  - {column: b, question: tevreden}\n"
        "  - {column: c, question: tevreden, item: gementee}\n"
        "  - {column: d, question: activiteiten, option: sprt}\n"
        "  - {column: e, question: fte}\n"
        "  - {column: f, question: fte}\n"
        "answers: {functie: {Baas: baas}, x: {}}\n"
        "ignore: [e]\n",
    )
    with pytest.raises(ConfigurationError) as caught:
        read_mapping(path, questionnaire)
    assert str(caught.value).splitlines() == [
        "mapping.yaml:2: column 'a': no question 'functi'. Did you mean 'functie'? "
        "Known: 'functie', 'activiteiten', 'tevreden', 'fte', 'toelichting'.",
        "mapping.yaml:3: column 'b': question 'tevreden' is of kind 'statements', which goes with 'item'.",
        "mapping.yaml:4: column 'c': question 'tevreden' has no item 'gementee'. Did you mean 'gemeente'? "
        "Known: 'gemeente', 'provincie'.",
        "mapping.yaml:5: column 'd': question 'activiteiten' has no option 'sprt'. Did you mean 'sport'? "
        "Known: 'sport', 'soms', 'anders'.",
        "mapping.yaml:7: 'fte' stands in column 'e' already. Keep one of the two.",
        "mapping.yaml:8: answers of 'functie': 'Baas' stands for 'baas', which is no code. "
        "Known: 'bestuur', 'hr', 'anders'.",
        "mapping.yaml:8: answers: no question 'x'. Known: 'functie', 'activiteiten', 'tevreden', 'fte', 'toelichting'.",
        "mapping.yaml:9: column 'e' is mapped and ignored. Keep one of the two.",
    ]


def test_a_column_that_the_export_does_not_have_is_told_with_its_line(
    tmp_path: Path, questionnaire: Questionnaire
) -> None:
    mapping = read_mapping(_mapping(tmp_path, COLUMNS + "ignore: [Code]\n"), questionnaire)
    (tmp_path / "tabel.csv").write_text(HEADER.replace("Gemeente", "Gemeenten") + "1;;;;;;\n", encoding="utf-8")
    with pytest.raises(IntakeError) as caught:
        take_in(tmp_path / "tabel.csv", questionnaire, mapping=mapping)
    assert str(caught.value).splitlines()[0] == (
        "mapping.yaml:4: the export has no column 'Gemeente'. Did you mean 'Gemeenten'? Known: 'Code', 'Uw functie', "
        "'Wat doet u?', 'Gemeenten', 'Provincie', 'Aantal fte', 'Opmerking'."
    )
