"""Months, first and last both counted; the eight durations of the report of 2010 are counted on a calendar."""

import pytest

from srsmeting.goals import read_month


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2008-09", "2009-12", 16),
        ("2008-04", "2009-07", 16),
        ("2008-09", "2010-12", 28),
        ("2008-02", "2009-12", 23),
        ("2009-01", "2010-03", 15),
        ("2009-01", "2010-02", 14),
        ("2008-04", "2009-12", 21),
        ("2009-05", "2010-07", 15),
        ("2009-05", "2009-05", 1),
        ("2009-05", "2009-04", 0),
    ],
)
def test_both_ends_count(first: str, last: str, months: int) -> None:
    assert read_month(first).until(read_month(last)) == months


@pytest.mark.parametrize("text", ["2009-13", "2009-00", "2009", "2009-5", "2009-05-01", "mei 2009", ""])
def test_what_is_no_month_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S") as error:
        read_month(text)

    assert str(error.value) == f"{text!r} is no month. Write it as 2009-05."
