"""Qualtrics surveys, made here: codes, labels, order and logic."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from srsmeting.errors import QuestionnaireError
from srsmeting.questionnaire.structures import read_structure

Write = Callable[..., Path]


def mc(qid: str, tag: str, choices: dict[str, Any], selector: str = "SAVR", **more: Any) -> dict[str, Any]:
    payload = {"QuestionID": qid, "DataExportTag": tag, "QuestionType": "MC", "Selector": selector, "SubSelector": "TX"}
    return {**payload, "QuestionText": f"Vraag {tag}?", "Choices": choices, **more}


def test_codes_are_recodes_and_labels_are_what_is_exported(make: SimpleNamespace, write: Write) -> None:
    listed = make.choices("Ja", "Nee", "Geen mening", "Anders, namelijk")
    listed["4"]["TextEntry"] = "true"
    payload = mc(
        "QID1",
        "lid",
        listed,
        ChoiceOrder=["2", 1, "4"],
        RecodeValues={"1": 10, "2": "20", "3": "-1"},
        VariableNaming={"2": "Nee, geen lid"},
        QuestionText="Bent u <b>lid</b>?<br>Kies er een.",
    )
    (question,) = read_structure(write(make.qsf(payload))).questions

    assert (question.code, question.text, question.kind) == ("lid", "Bent u lid? Kies er een.", "single")
    # A choice that the order forgets comes at the end, not out.
    assert question.answers == (("20", "Nee, geen lid"), ("10", "Ja"), ("4", "Anders, namelijk"), ("-1", "Geen mening"))
    assert question.written_in == ("4",)
    assert not question.has_other


def test_kinds_of_questions(make: SimpleNamespace, write: Write) -> None:
    listed = make.choices("A", "B")
    none = {**make.choices("A"), "9": {"Display": "Geen van deze", "ExclusiveAnswer": True}}
    matrix = {"QuestionType": "Matrix", "Answers": make.choices("Eens", "Oneens"), "SubSelector": "SingleAnswer"}
    number = {"Validation": {"Settings": {"ContentType": "ValidNumber"}}}
    structure = read_structure(
        write(
            make.qsf(
                mc("QID1", "een", listed, "DL"),
                mc("QID2", "meer", none, "MAVR"),
                mc("QID3", "nps", {}, "NPS"),
                mc("QID4", "stel", listed, "Likert", **matrix, ChoiceDataExportTags={"1": "stel_x", "2": ""}),
                mc("QID5", "stelm", listed, "Likert", **{**matrix, "SubSelector": "MultipleAnswer"}),
                mc("QID6", "open", {}, "ESTB", QuestionType="TE"),
                mc("QID7", "getal", {}, "SL", QuestionType="TE", **number),
                mc("QID8", "blad", listed, "FORM", QuestionType="TE"),
                mc("QID9", "tekst", {}, "TB", QuestionType="DB"),
                mc("QID10", "rang", listed, "DND", QuestionType="RO"),
            )
        )
    )

    assert [(question.code, question.kind) for question in structure] == [
        ("een", "single"),
        ("meer", "multiple"),
        ("nps", "mark"),
        ("stel", "statements"),
        ("stelm", "other"),
        ("open", "open"),
        ("getal", "number"),
        ("blad", "other"),
        ("tekst", "other"),
        ("rang", "other"),
    ]
    assert structure.question("meer").parts == (("1", "A"), ("9", "Geen van deze"))
    assert structure.question("meer").exclusive == ("9",)
    assert structure.question("nps").answers[0] == ("0", "0")
    assert structure.question("nps").answers[-1] == ("10", "10")
    assert structure.question("stel").parts == (("x", "A"), ("2", "B"))
    assert structure.question("stel").answers == (("1", "Eens"), ("2", "Oneens"))
    assert structure.question("rang").type == "RO DND TX"


def test_the_flow_gives_the_order_and_the_branches(make: SimpleNamespace, write: Write) -> None:
    listed = make.choices("Ja", "Nee")
    branch = {
        "Type": "Branch",
        "BranchLogic": make.logic(make.selected("QID1", "1")),
        "Flow": [{"Type": "Standard", "ID": "BL_Daarna"}],
    }
    content = make.qsf(
        mc("QID1", "lid", listed, RecodeValues={"1": "7"}),
        mc("QID2", "taak", listed, "MAVR"),
        mc("QID3", "weg", listed),
        mc("QID4", "rol", listed, DisplayLogic=make.logic(make.selected("QID2", "2"), make.selected("QID2", "1"))),
        mc("QID5", "los", listed),
        blocks={"Daarna": ["QID4"], "Eerst": ["QID2", "QID1"], "Prullenbak": ["QID3"]},
        flow=[{"Type": "Block", "ID": "BL_Eerst"}, branch],
    )

    assert [(question.code, question.group, question.relevance) for question in read_structure(write(content))] == [
        ("taak", "Eerst", ""),
        ("lid", "Eerst", ""),
        ("rol", "Daarna", "(selected(${lid}, '7')) and (selected(${taak}, '2') or selected(${taak}, '1'))"),
        ("los", "", ""),
    ]


def test_logic_that_is_more_than_choices_keeps_its_description(make: SimpleNamespace, write: Write) -> None:
    listed = make.choices("Ja", "Nee")
    device = {"Operator": "Is", "Description": "If <b>Device</b> Is Mobile"}
    mixed = make.logic(make.selected("QID1", "1"), make.selected("QID1", "2"), make.selected("QID1", "1"))
    mixed["0"]["2"]["Conjuction"] = "And"
    two_sets = make.logic(make.selected("QID1", "1"))
    two_sets["1"] = {**make.logic(make.selected("QID1", "2", "NotSelected"))["0"], "Type": "AndIf"}
    content = make.qsf(
        mc("QID1", "lid", listed),
        mc("QID2", "a", listed, DisplayLogic=make.logic(device)),
        mc("QID3", "b", listed, DisplayLogic=mixed),
        mc("QID4", "c", listed, DisplayLogic=two_sets),
        mc("QID5", "d", listed, DisplayLogic={"0": "x", "²": {}}),
        mc("QID6", "e", listed, SkipLogic=[{"x": 1}]),
    )
    structure = read_structure(write(content))

    assert [question.relevance for question in structure] == [
        "",
        "If Device Is Mobile",
        "If QID1 1 Is Selected If QID1 2 Is Selected If QID1 1 Is Selected",
        "(selected(${lid}, '1')) and (not(selected(${lid}, '2')))",
        "a condition that the file does not describe",
        "",
    ]
    assert structure.question("e").notes == ("skip logic: later questions may be passed over",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"SurveyEntry": {}', "is damaged JSON. Export the survey from Qualtrics again."),
        ("{" * 100_000, "is damaged JSON. Export the survey from Qualtrics again."),
        ('{"a": ' + "[" * 100_000, "is damaged JSON. Export the survey from Qualtrics again."),
        ("{}", "is JSON, but not a survey of Qualtrics. Known: the exported survey (.qsf)."),
        ('{"SurveyEntry": {}, "SurveyElements": [1]}', "has no question. Export a survey that has some."),
    ],
    ids=["cut", "braces", "deep", "other", "empty"],
)
def test_what_is_no_survey_is_one_message(content: str, message: str, write: Write) -> None:
    with pytest.raises(QuestionnaireError) as error:
        read_structure(write(content, "s.qsf"))
    assert str(error.value) == f"s.qsf: {message}"
