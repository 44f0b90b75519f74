from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from srsmeting.intake import read_export
from srsmeting.intake.binding.bind import Binding, bind
from srsmeting.questionnaire import Questionnaire

BOUND = {
    "wgo": "G01Q01",
    "bekend": "G01Q02",
    "effect.inzicht": "G01Q03[SQ001]",
    "effect.anders": "G01Q03[other]",
    "effect.geen": "G01Q03[SQ003]",
    "impact.meer": "G01Q04[SQ001]",
    "impact.beter": "G01Q04[SQ002]",
    "cijfer": "G01Q05",
    "fte": "G01Q06",
    "idee": "G01Q07",
}


@pytest.fixture
def bound(kort: Questionnaire, write_export: Callable[..., Path]) -> Callable[..., Binding]:
    def bind_columns(columns: Sequence[str], ignore: frozenset[str] = frozenset()) -> Binding:
        return bind(read_export(write_export([{}], columns=columns)), kort, ignore)

    return bind_columns


def told(binding: Binding) -> list[str]:
    return [str(fault) for fault in binding.faults]


def test_codes_with_brackets(bound: Callable[..., Binding]) -> None:
    binding = bound([*BOUND.values(), "G01Q01[other]"])
    assert binding.columns == BOUND
    assert binding.other_texts == {"wgo": "G01Q01[other]"}
    assert binding.texts == {"G01Q07", "G01Q01[other]", "G01Q03[other]"}
    assert told(binding) == []


def test_t19_expressionscript_codes_are_the_same_columns(bound: Callable[..., Binding]) -> None:
    script = {answer: column.replace("[", "_").replace("]", "") for answer, column in BOUND.items()}
    binding = bound([*script.values(), "G01Q01_other"])
    assert binding.columns == script
    assert binding.other_texts == {"wgo": "G01Q01_other"}
    assert told(binding) == []


def test_comments_beside_an_answer_are_text(bound: Callable[..., Binding]) -> None:
    binding = bound([*BOUND.values(), "G01Q02[comment]", "G01Q03[SQ001comment]", "G01Q03[othercomment]"])
    assert binding.texts == {
        *("G01Q07", "G01Q03[other]", "G01Q02[comment]", "G01Q03[SQ001comment]", "G01Q03[othercomment]"),
    }
    assert told(binding) == []


def test_a_renamed_column_is_missing_and_unknown(bound: Callable[..., Binding]) -> None:
    columns = [*BOUND.values()]
    columns[1] = "G01Q2"
    assert told(bound(columns)) == [
        "export.csv:1: question 'bekend' has no column 'G01Q02'. "
        "Export every question, or correct its 'export' in the questionnaire.",
        "export.csv:1: column 'G01Q2' is not in the questionnaire. Did you mean 'G01Q02'? Without a column: 'G01Q02'.",
    ]


def test_all_missing_columns_of_a_question_are_one_fault(bound: Callable[..., Binding]) -> None:
    columns = [column for column in BOUND.values() if not column.startswith("G01Q04")]
    assert told(bound(columns)) == [
        "export.csv:1: question 'impact' has no column 'G01Q04[SQ001]', 'G01Q04[SQ002]'. "
        "Export every question, or correct its 'export' in the questionnaire."
    ]


def test_a_column_too_many(bound: Callable[..., Binding]) -> None:
    assert told(bound([*BOUND.values(), "G09Q09"])) == [
        "export.csv:1: column 'G09Q09' is not in the questionnaire. "
        "Add it to the questionnaire, or name it under 'ignore'."
    ]


def test_a_text_at_other_of_a_question_without_that_category(bound: Callable[..., Binding]) -> None:
    assert told(bound([*BOUND.values(), "G01Q02[other]"])) == [
        "export.csv:1: column 'G01Q02[other]' is not in the questionnaire. It has the texts at 'other, namely' of "
        "question 'bekend': give the category that they go with 'export: other', whatever its code is in the export, "
        "or name the column under 'ignore'."
    ]


def test_the_same_variable_in_both_spellings(bound: Callable[..., Binding]) -> None:
    assert told(bound([*BOUND.values(), "G01Q03_SQ001"])) == [
        "export.csv:1: columns 'G01Q03[SQ001]' and 'G01Q03_SQ001' are the same variable. Keep one of them."
    ]


def test_columns_and_whole_questions_can_be_ignored(bound: Callable[..., Binding]) -> None:
    columns = [*BOUND.values(), "rang[1]", "rang[2]", "dual_SQ001_0", "datum"]
    binding = bound(columns, frozenset({"rang", "dual", "datum"}))
    assert binding.ignored == ("rang[1]", "rang[2]", "dual_SQ001_0", "datum")
    assert told(binding) == []


def test_ignoring_what_is_not_there(bound: Callable[..., Binding]) -> None:
    binding = bound(list(BOUND.values()), frozenset({"ipadr"}))
    assert told(binding) == [
        "export.csv:1: no column 'ipadr' to ignore. Did you mean 'ipaddr'? Known: 'id', 'submitdate', 'lastpage', "
        "'token', 'ipaddr', " + ", ".join(f"'{column}'" for column in BOUND.values()) + "."
    ]
