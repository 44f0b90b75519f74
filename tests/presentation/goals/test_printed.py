import pytest

from srsmeting.goals import read_value
from srsmeting.presentation.goals.printed import Footnotes, count_text, legend, percent_text, written
from srsmeting.presentation.signs import Cell

NAN = float("nan")


def row(estimate: float = NAN, *, high: float = NAN, status: str = "A", reason: str = "") -> dict[str, object]:
    return {"estimate": estimate, "ci_low": NAN, "ci_high": high, "status": status, "reason": reason}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1047", "1.047"),
        ("50 / 60", "50/60"),
        ("130+45", "175"),
        ("ca. 90", "ca. 90"),
        ("meer dan 300", "meer dan 300"),
        ("circa 50/60", "circa 50/60"),
        ("–", "-"),
        ("N.v.t.", "N.v.t."),
        ("gezegd: heel beperkt", "heel beperkt"),
    ],
)
def test_a_value_is_printed_as_it_was_written(text: str, expected: str) -> None:
    assert written(read_value(text)) == expected


def test_halves_go_up() -> None:
    assert percent_text(row(0.225)) == "23%"


def test_a_percentage_against_a_range_has_both_ends_where_they_differ() -> None:
    assert percent_text(row(0.6, high=0.9)) == "60–90%"
    assert percent_text(row(0.6, high=0.6001)) == "60%"
    assert percent_text(row(0.9, status="E", reason="approximate")) == "circa 90%"


@pytest.mark.parametrize(
    ("reason", "sign"),
    [
        ("no_goal", "n.v.t."),
        ("no_result", "-"),
        ("not_yet", "nog n.v.t."),
        ("unknown", "onbekend"),
        ("goal_dropped", "vervallen"),
        ("divides_by_zero", "-"),
    ],
)
def test_why_there_is_no_percentage_is_printed(reason: str, sign: str) -> None:
    assert percent_text(row(status="M", reason=reason)) == sign


def test_without_goal_and_result_the_result_is_missing() -> None:
    none = row(status="M", reason="no_goal")

    assert percent_text(none, row(status="M", reason="no_result")) == "-"
    assert percent_text(None) == "-"
    assert count_text(None) == "-"


def test_the_same_footnote_has_one_letter() -> None:
    notes = Footnotes()

    assert [notes.mark("Een", ""), notes.mark("Twee.", "Een"), notes.mark("", "")] == ["a", "b a", ""]
    assert notes.lines == ("a)\u00a0Een.", "b)\u00a0Twee.")


def test_letters_go_on_after_the_last() -> None:
    notes = Footnotes()
    letters = [notes.mark(str(number)) for number in range(28)]

    assert letters[25:] == ["z", "aa", "ab"]


def test_only_signs_that_occur_are_explained() -> None:
    assert legend("goal", [Cell("-"), Cell("12")]) == "- = geen doel in aantallen."
    assert legend("result", [Cell("12")]) == ""
