"""Moments of survey tools as instants: with and without zone, through the change of the clock, whatever the order."""

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from srsmeting.intake.checks.moments import are_full, instants, is_moment
from srsmeting.intake.raw import TEXT

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def told(*texts: str, zone: str = "Europe/Amsterdam", fold: int = 0) -> list[str]:
    found, _ = instants(pd.Series(texts, dtype=TEXT), ZoneInfo(zone), fold)
    return ["" if np.isnat(instant) else str(instant).replace("T", " ") for instant in found]


def test_t52_slashes_are_month_first_and_a_serial_number_is_a_moment_of_excel() -> None:
    # In March Amsterdam is an hour ahead of UTC; 0.38 of a day is 9:07:12.
    assert told("3/2/26 9:14", "46083.38") == ["2026-03-02 08:14:00", "2026-03-02 08:07:12"]
    assert told("12/31/2026 11:59:59 PM", "1/1/27 12:00 AM") == ["2026-12-31 22:59:59", "2026-12-31 23:00:00"]


def test_slashes_are_day_first_where_a_column_can_only_be_read_so() -> None:
    assert told("13/2/2026 9:14", "3/2/2026 9:14") == ["2026-02-13 08:14:00", "2026-02-03 08:14:00"]
    # Neither order fits all: the month comes first, and what is then no date stays unread.
    assert told("13/2/2026 9:14", "2/13/2026 9:14") == ["", "2026-02-13 08:14:00"]


def test_dashes_with_the_year_last_are_dutch() -> None:
    assert told("2-3-2026 09:14", "22-11-2026 03:54:11") == ["2026-03-02 08:14:00", "2026-11-22 02:54:11"]


def test_t53_zones_in_one_column_become_the_same_clock() -> None:
    texts = ("2022/11/30 10:39:41 PM GMT+1", "2022-11-30 22:39:41", "2022-11-30T21:39:41Z", "2022-11-30 16:39:41-05:00")
    assert told(*texts) == ["2022-11-30 21:39:41"] * 4
    assert told("2026-09-21 10:01:00+02:00", "2026/09/21 10:01:00 AM CEST") == ["2026-09-21 08:01:00"] * 2


def test_t54_a_zone_is_what_was_declared() -> None:
    assert told("2026-09-21 10:01:00", zone="America/Denver") == ["2026-09-21 16:01:00"]
    assert told("2026-09-21 10:01:00", zone="UTC") == ["2026-09-21 10:01:00"]


def test_the_hour_that_comes_twice_and_the_one_that_never_comes() -> None:
    twice, never = "2026-10-25 02:30:00", "2026-03-29 02:30:00"
    assert told(twice) == ["2026-10-25 00:30:00"]
    assert told(twice, fold=1) == ["2026-10-25 01:30:00"]
    assert told("10/25/26 2:30", fold=1) == ["2026-10-25 01:30:00"]
    # A clock that was not set forward says 2:30 when it is 3:30.
    assert told(never, "3/29/26 2:30") == ["2026-03-29 01:30:00"] * 2


def test_a_date_alone_tells_no_time_of_the_day() -> None:
    texts = pd.Series(["2026-03-02", "3/2/2026", "46083", "2-3-2026", "2026-03-02 00:00:00"], dtype=TEXT)
    found, of_day = instants(texts, AMSTERDAM)
    assert set(found.astype(str)) == {"2026-03-01T23:00:00"}
    assert of_day.tolist() == [False, False, False, False, True]


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "gisteren", "2026-13-45 02:30:00", "1980-01-01 00:00:00", "31/31/26 9:14", "25:99", "12345678"),
        *("2026/11/30 13:39:41 PM", "2026/11/30 10:39:41 PM EET", "0001-01-01 00:00:00", "9999-12-31T23:59:59-05:00"),
        "2026-02-30",
    ],
)
def test_what_is_no_moment_is_none(text: str) -> None:
    """T33: 1980-01-01 is LimeSurvey's way to say that a moment is not known."""
    assert told(text) == [""]


def test_a_moment_by_itself() -> None:
    assert [is_moment(text) for text in ("13/2/26 9:14", "2026-03-02", "gisteren", "")] == [True, True, False, False]


#: Among moments that are all written in full, one that is none, or stands for none.
ODD = [
    "2026-02-30 10:00:00",
    "2026-01-01 24:00:00",
    "0000-00-00 00:00:00",
    "1980-01-01 00:00:00",
    "",
]


@pytest.mark.parametrize("odd", ODD)
def test_a_column_of_moments_in_full_is_read_as_any_other(odd: str) -> None:
    written = ["2026-10-25 02:30:00", "2026-03-29 02:30:00", odd, "2026-07-01 00:00:00"]
    assert are_full(pd.Series(written, dtype=TEXT))
    assert not are_full(pd.Series([*written, "2-3-2026"], dtype=TEXT))
    assert told(*written) == ["2026-10-25 00:30:00", "2026-03-29 01:30:00", "", "2026-06-30 22:00:00"]
    assert told(*written, "2-3-2026") == [*told(*written), "2026-03-01 23:00:00"]


@pytest.mark.parametrize(
    "text",
    ["2026-07-01T00:00:00", "2026-07-01 00:00:0x", "2026-07-01 00:00:0/", "2026-07-01 00:00:0:", "2026-07-01", " "],
)
def test_what_is_written_otherwise_is_not_in_full(text: str) -> None:
    assert not are_full(pd.Series(["2026-07-01 00:00:00", text], dtype=TEXT))
