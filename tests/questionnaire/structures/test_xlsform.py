"""XLSForms, made here: sheets, languages, groups."""

from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from srsmeting.errors import QuestionnaireError
from srsmeting.questionnaire.structures import ToolStructure, read_structure

Write = Callable[..., Path]

SURVEY: Sequence[Sequence[object]] = [
    ["type", "name", "label::English (en)", "label::Nederlands (nl)", "relevant", "parameters", "choice_filter"],
    ["start", "start"],
    ["note", "welkom", "Hello", "Welkom"],
    ["select_one janee", "lid", "Member?", "Bent u lid?"],
    ["begin_group", "werk", "Work", "Uw werk", "${lid} = 'ja'"],
    ["select_multiple taak or_other", "taken", "Tasks?", "Welke taken?"],
    ["integer", "uren", "Hours?", "Hoeveel uur?", "selected(${taken}, '1')"],
    ["end_group"],
    ["begin repeat", "kind", "Child", "Kind"],
    ["text", "naam", "Name", "Naam"],
    ["end repeat"],
    ["range", "cijfer", "Mark", "Cijfer", None, "start=1 end=10 step=1"],
    ["range", "maat", "Size", "Maat", None, "start=0 end=1 step=0.1"],
    ["rank taak", "volgorde", "Order", "Volgorde"],
    ["select_one taak", "eerste", "First", "Eerste", None, None, "soort=${lid}"],
    ["select_one_from_file x.csv", "plaats", "Place", "Plaats"],
    ["date", "datum", "Date", "Datum"],
    ["text", "opm", None, "Opmerkingen"],
]
CHOICES: Sequence[Sequence[object]] = [
    ["list_name", "name", "label::English (en)", "label::Nederlands (nl)"],
    ["janee", "ja", "Yes", "Ja"],
    ["janee", "nee", "No", "Nee"],
    ["taak", 1.0, "Coffee", "Koffie"],
    ["taak", 2, "Tea", "Thee"],
]
SETTINGS = [["form_title", "default_language"], ["Ledenpeiling", "English (en)"]]


@pytest.fixture
def form(make: SimpleNamespace, write: Write) -> ToolStructure:
    return read_structure(write(make.xlsform(survey=SURVEY, choices=CHOICES, settings=SETTINGS), "form.xlsx"))


def test_kinds_texts_and_groups(form: ToolStructure) -> None:
    assert (form.tool, form.title, form.language) == ("XLSForm (.xlsx)", "Ledenpeiling", "Nederlands (nl)")
    assert [(question.code, question.kind, question.text, question.group) for question in form] == [
        ("welkom", "other", "Welkom", ""),
        ("lid", "single", "Bent u lid?", ""),
        ("taken", "multiple", "Welke taken?", "Uw werk"),
        ("uren", "number", "Hoeveel uur?", "Uw werk"),
        ("naam", "other", "Naam", "Kind"),
        ("cijfer", "mark", "Cijfer", ""),
        ("maat", "other", "Maat", ""),
        ("volgorde", "other", "Volgorde", ""),
        ("eerste", "single", "Eerste", ""),
        ("plaats", "other", "Plaats", ""),
        ("datum", "other", "Datum", ""),
        ("opm", "open", "Opmerkingen", ""),
    ]


def test_choices_and_routing(form: ToolStructure) -> None:
    assert form.question("lid").answers == (("ja", "Ja"), ("nee", "Nee"))
    tasks = form.question("taken")
    # Excel keeps the code 1 as the number 1.0.
    assert tasks.options == (("1", "Koffie"), ("2", "Thee"), ("other", "Anders"))
    assert tasks.relevance == "${lid} = 'ja'"
    assert form.question("uren").relevance == "(${lid} = 'ja') and (selected(${taken}, '1'))"
    assert form.question("cijfer").answers[-1] == ("10", "10")
    assert form.question("eerste").notes == ("choice_filter: shows only some choices, by soort=${lid}",)
    assert form.question("naam").type == "repeat: text"


def test_a_form_without_dutch_is_read_in_its_default_language(make: SimpleNamespace, write: Write) -> None:
    survey = [["Type", "Name ", "label: English", "label::Français"], ["text", "q", "Why?", "Pourquoi?"]]
    for settings, expected in ((["Français"], "Pourquoi?"), ([None], "Why?")):
        content = make.xlsform(survey=survey, settings=[["default_language"], settings])
        assert read_structure(write(content)).question("q").text == expected


@pytest.mark.parametrize(
    ("sheets", "message"),
    [
        ({"Blad1": [["vraag"]]}, "needs a sheet 'survey' with 'type' and 'name'. Sheets: 'blad1'."),
        (
            {"survey": [["type", "label"], ["text", "x"]]},
            "needs a sheet 'survey' with 'type' and 'name'. Sheets: 'survey'.",
        ),
    ],
)
def test_a_workbook_that_is_no_form(
    sheets: dict[str, list[list[object]]], message: str, make: SimpleNamespace, write: Write
) -> None:
    with pytest.raises(QuestionnaireError) as error:
        read_structure(write(make.xlsform(**sheets), "b.xlsx"))
    assert str(error.value) == f"b.xlsx: is a workbook, but no XLSForm: it {message}"


def test_a_form_without_a_question(make: SimpleNamespace, write: Write) -> None:
    with pytest.raises(QuestionnaireError, match=r"^b\.xlsx: has no question\. Name a form that has some\.$"):
        read_structure(write(make.xlsform(survey=[["type", "name"], ["start", "start"]]), "b.xlsx"))


def test_a_row_a_million_lines_down_is_not_waited_for(make: SimpleNamespace, write: Write) -> None:
    import openpyxl

    file = write(make.xlsform(survey=[["type", "name"], ["text", "q"]]), "b.xlsx")
    book = openpyxl.load_workbook(file)
    book["survey"].cell(1_000_000, 300, "ver weg")
    book.save(file)

    assert [question.code for question in read_structure(file)] == ["q"]
