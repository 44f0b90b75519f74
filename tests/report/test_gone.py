"""A chapter that names what is gone: it is told what became of it."""

import json
from pathlib import Path

import pytest

from srsmeting.errors import UnknownNameError
from srsmeting.report import Report, open_report

GONE = [
    {"level": "question", "name": "vroeger", "last": "mini-2020", "since": "mini-2021"},
    {"level": "question", "name": "gekend", "last": "mini-2019", "since": "mini-2020", "became": ["bekend"]},
    {"level": "answer", "name": "gehoord", "of": "bekend", "last": "mini-2020", "since": "mini-2021"},
    {"level": "answer", "name": "zuid", "of": "wgo", "last": "mini-2020", "since": "mini-2021", "became": ["wzw"],
     "merged": True},
    {"level": "answer", "name": "noord", "of": "wgo", "last": "mini-2020", "since": "mini-2021",
     "became": ["flever", "sigra"]},
]  # fmt: skip


@pytest.fixture
def later(bundle: Path) -> Report:
    """Return the report in the small, of a year in which names are gone."""
    texts = json.loads((bundle / "report.json").read_text(encoding="utf-8"))
    (bundle / "report.json").write_text(json.dumps(texts | {"gone": GONE}), encoding="utf-8")
    report = open_report(bundle)
    assert isinstance(report, Report)
    return report


def told(report: Report, question: str, category: str, **group: str) -> str:
    with pytest.raises(UnknownNameError) as caught:
        report.percent(question, category, **group)
    return str(caught.value)


def test_a_dropped_name_is_told_with_its_year(later: Report) -> None:
    assert told(later, "vroeger", "ja") == (
        "questionnaire 'mini-2021': no question 'vroeger'. It was there in 'mini-2020', and is dropped in 'mini-2021'. "
        "Take what names it out of the chapter."
    )
    assert told(later, "bekend", "gehoord") == (
        "question 'bekend': no category 'gehoord'. It was there in 'mini-2020', and is dropped in 'mini-2021'. Take what "
        "names it out of the chapter."
    )


def test_another_name_is_told(later: Report) -> None:
    assert told(later, "gekend", "inhoud") == (
        "questionnaire 'mini-2021': no question 'gekend'. It was there in 'mini-2019', and is 'bekend' in 'mini-2020'. "
        "Write that name."
    )


def test_groups_that_merged_or_split_are_told(later: Report) -> None:
    assert told(later, "bekend", "inhoud", by="wgo", group="zuid") == (
        "pick(): no group 'zuid'. It was there in 'mini-2020', and is part of 'wzw' in 'mini-2021'. Write that name, and "
        "say what it now is about."
    )
    assert told(later, "bekend", "inhoud", by="wgo", group="noord") == (
        "pick(): no group 'noord'. It was there in 'mini-2020', and is 'flever' and 'sigra' in 'mini-2021'. Write one of "
        "those names."
    )


def test_a_name_of_another_question_is_no_advice(later: Report) -> None:
    assert told(later, "bekend_cursus", "gehoord").startswith(
        "question 'bekend_cursus': no category 'gehoord'. Known: "
    )


def test_a_call_stays_what_it_was(later: Report) -> None:
    assert later.percent.__name__ == "percent"
    assert (later.percent.__doc__ or "").startswith("Return")


def test_outcomes_are_checked_where_they_get_their_name(later: Report) -> None:
    with pytest.raises(UnknownNameError) as caught:
        later.outcomes("kern", ["bekend.inhoud", "vroeger.ja"])
    assert str(caught.value).startswith("questionnaire 'mini-2021': no question 'vroeger'. It was there in 'mini-2020'")
    # A sentence about them is about the others, and gives no second message.
    assert later._outcomes["kern"] == ["bekend.inhoud"]
