import pytest

from srsmeting.intake.formats.qualtrics.added import is_finished, reason_of, what_is_added
from srsmeting.intake.formats.qualtrics.dialect import Qualtrics
from srsmeting.questionnaire import Questionnaire


def names(questionnaire: Questionnaire, question: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(column.holds, column.names) for column in Qualtrics().columns(questionnaire.question(question))]


def test_t17_columns_are_named_by_tag_and_recode(korte: Questionnaire) -> None:
    assert names(korte, "effect")[:4] == [
        ("code", ("Q3_1",)),
        ("code", ("Q3_4",)),
        ("code", ("Q3_10",)),
        ("several", ("Q3",)),
    ]
    assert names(korte, "bekend") == [
        ("code", ("Q2",)),
        ("comment", ("Q2_1_TEXT",)),
        ("comment", ("Q2_2_TEXT",)),
        ("comment", ("Q2_-1_TEXT", "Q2__1_TEXT")),  # older exports write an underscore for other signs
    ]
    assert names(korte, "impact")[0] == ("code", ("Q4_1", "1"))
    assert names(korte, "idee") == [("text", ("Q7", "Q7_TEXT"))]


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        *(("Q3_10", "Q3"), ("Q2_-1", "Q2"), ("Q2_1_4", "Q2"), ("Q5_2_TEXT", "Q5"), ("Q4#1_1", "Q4")),
        *(("Q11#1_1_2_TEXT", "Q11"), ("1_Q5", "1_Q5"), ("1_Q5_2", "1_Q5"), ("wgo_naam", "wgo_naam"), ("_1", "_1")),
    ],
)
def test_the_question_of_a_heading(heading: str, question: str) -> None:
    assert Qualtrics().question_of(heading) == question


@pytest.mark.parametrize(
    ("heading", "identity", "what"),
    [
        ("Q1_Browser", "QID1_BROWSER", "technisch gegeven"),
        ("Q1_Name", "QID1_FILE_NAME", "geüpload bestand"),
        ("Q1_Name", "QID1_2", ""),  # a tag can end so
        ("Q2 - Topics", "QID2_TEXT_topics", "door Qualtrics berekend"),
        ("Q2_DO_1", "QID2_DO_1", "technisch gegeven"),
        ("1_Q5", "1_QID5", ""),
        ("SC0", "SC_abc", "door Qualtrics berekend"),
        ("Name", "QID9_TEXT", ""),
        ("Name", "", "naam of e-mailadres"),
    ],
)
def test_what_qualtrics_adds(heading: str, identity: str, what: str) -> None:
    assert what_is_added(heading, identity) == what


def test_status_and_finished_in_all_their_forms() -> None:
    assert [reason_of(value) for value in ("4", "9", "12", "16", "17", "Spam", "")] == (
        ["", "preview", "spam", "", "preview", "spam", None]
    )
    assert [is_finished(value) for value in ("TRUE", "Falsch", "")] == [True, False, None]
