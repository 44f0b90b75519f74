"""Dutch numbers and the signs for missing ones."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from srsmeting.errors import ReportError, UnknownNameError
from srsmeting.estimates import STATUSES
from srsmeting.presentation.formats import (
    format_change,
    format_count,
    format_counted,
    format_decimals,
    format_estimate,
    format_percentage,
    format_procent,
)
from srsmeting.presentation.signs import SIGNS, Cell


def row(
    estimate: float = 0.5, status: str = "A", reason: str = "", measure: str = "share", **more: Any
) -> dict[str, Any]:
    return {"measure": measure, "estimate": estimate, "status": status, "reason": reason} | more


@pytest.mark.parametrize(
    ("share", "printed"),
    [(18 / 80, "23%"), (0.285, "29%"), (0.0, "0%"), (0.004, "0%"), (1, "100%"), (12.345, "1.235%")],
)
def test_percentages_are_rounded_half_up_on_the_exact_value(share: float, printed: str) -> None:
    assert format_percentage(share) == printed


def test_numbers_have_a_decimal_comma_and_a_point_for_thousands() -> None:
    assert format_procent(0.66) == "66\u00a0procent"
    assert format_decimals(7.25) == "7,3"
    assert format_decimals(1234.5) == "1.234,5"
    assert format_count(1047) == "1.047"
    assert format_count(985) == "985"


@pytest.mark.parametrize(
    ("difference", "printed"), [(0.03, "+3"), (-0.015, "−2"), (0.0, "0"), (-0.004, "0"), (0.23, "+23")]
)
def test_changes_carry_their_sign(difference: float, printed: str) -> None:
    assert format_change(difference) == printed


@pytest.mark.parametrize(
    ("measure", "estimate", "printed"),
    [
        ("share", 0.661, "66%"),
        ("response_rate", 1.1, "110%"),
        ("coverage", 0.845, "85%"),
        ("coverage_change", 0.031, "+3"),
        ("mean", 7.249, "7,2"),
    ],
)
def test_the_measure_decides_how_an_estimate_is_printed(measure: str, estimate: float, printed: str) -> None:
    assert format_estimate(row(estimate, measure=measure)) == Cell(printed)


@pytest.mark.parametrize(
    ("status", "reason", "estimate", "text", "mark"),
    [
        ("Q", "small_base", math.nan, "x", ""),
        ("O", "no_base", math.nan, ".", ""),
        ("K", "included_elsewhere", math.nan, "k", ""),
        ("W", "includes_other", 0.69, "69%", "w"),
        ("B", "trend_break", 0.67, "67%", "b"),
        ("B", "trend_break", math.nan, ".", "b"),
        ("U", "one_respondent", 1.0, "100%", "u"),
    ],
)
def test_a_status_shows_as_a_sign(status: str, reason: str, estimate: float, text: str, mark: str) -> None:
    assert format_estimate(row(estimate, status, reason)) == Cell(text, mark, status, reason)


def test_every_status_of_the_estimate_frame_has_a_sign() -> None:
    assert {"A", *SIGNS} == set(STATUSES)


def test_a_suppressed_number_stays_hidden_even_if_the_row_still_has_it() -> None:
    assert format_estimate(row(0.5, "Q", "small_base")).text == "x"


def test_counts_of_a_suppressed_row_are_signs_too() -> None:
    assert format_counted(row(numerator=1047)) == Cell("1.047")
    assert format_counted(row(status="Q", reason="small_base", numerator=pd.NA)) == Cell("x", "", "Q", "small_base")
    assert format_counted(row(status="B", reason="trend_break", denominator=pd.NA), "denominator").text == "."


def test_a_status_without_a_sign_is_an_error() -> None:
    with pytest.raises(UnknownNameError) as error:
        format_estimate(row(status="Z"))

    assert str(error.value) == ("format_estimate(): no status 'Z'. Known: 'A', 'Q', 'O', 'M', 'K', 'E', 'B', 'W', 'U'.")


@pytest.mark.parametrize(
    ("printer", "name"),
    [
        (format_percentage, "format_percentage()"),
        (format_procent, "format_procent()"),
        (format_change, "format_change()"),
        (format_decimals, "format_decimals()"),
        (format_count, "format_count()"),
    ],
)
@pytest.mark.parametrize("value", [math.nan, None, pd.NA])
def test_what_is_not_there_cannot_be_printed(printer: Any, name: str, value: Any) -> None:
    with pytest.raises(ReportError) as error:
        printer(value)

    shown = {"nan": "nan", "None": "None", "<NA>": "<NA>"}[str(value)]
    assert str(error.value) == (
        f"{name}: there is no number to print, the value is {shown}. A suppressed or missing estimate "
        "has a sign instead: print its row with format_estimate()."
    )
