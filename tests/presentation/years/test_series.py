"""What is read of a figure through the years: its levels, its change, and whether that may be told."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from srsmeting.errors import UnknownNameError
from srsmeting.presentation.years import History, read_series
from srsmeting.presentation.years.series import changes_frame
from srsmeting.questionnaire import Questionnaire

KENT = [("kent", "", "ja")]
Rows = Callable[..., pd.DataFrame]
Make = Callable[..., History]


def test_levels_are_those_of_each_year_and_a_significant_change_has_a_star(
    risen: History, questionnaire: Questionnaire
) -> None:
    (series,) = read_series(risen, questionnaire, KENT)
    (step,) = series.steps

    assert [str(point.printed) for point in series.points] == ["66%", "71%"]
    assert (str(step.printed), step.verdict, step.is_known, step.is_tested) == ("+5 (*)", "yes", True, True)
    # Half of 5 is 2,5: half up.
    assert (str(step.panel.printed), step.panel.base) == ("+3", 40)


@pytest.mark.parametrize(
    ("p", "status", "reason", "known", "tested"),
    [
        (0.049, "A", "", True, True),
        (0.05, "A", "", False, True),
        (0.01, "U", "indicative", True, True),
        # Its error is too large rather than too small.
        (0.01, "U", "unknown_overlap", True, True),
        # Of these the test does not hold.
        (0.01, "U", "few_expected", False, False),
        (0.01, "U", "no_spread", False, False),
        (float("nan"), "M", "census", True, False),
    ],
)
def test_a_change_is_known_where_its_test_tells_or_nothing_is_left_to_test(
    make: Make,
    level: Rows,
    change: Rows,
    questionnaire: Questionnaire,
    p: float,
    status: str,
    reason: str,
    known: bool,
    tested: bool,
) -> None:
    rows = change("m-3", "kent", 0.05, p)
    rows.loc[rows["measure"] == "change_p_holm", ["status", "reason"]] = [status, reason]
    history = make(level("m-2", "kent", 0.66), level("m-3", "kent", 0.71), rows)
    (series,) = read_series(history, questionnaire, KENT)

    assert (series.steps[0].is_known, series.steps[0].is_tested) == (known, tested)


def test_across_a_break_there_is_no_change_but_the_reason(broken: History, questionnaire: Questionnaire) -> None:
    (series,) = read_series(broken, questionnaire, KENT)
    first, second = series.steps

    assert [str(point.printed) for point in series.points] == ["60% (b)", "66%", "71%"]
    assert (str(first.printed), first.number, first.verdict, first.why) == ("b", None, "break", "De vraag is korter.")
    assert (str(second.printed), second.verdict) == ("+5", "yes")


def test_a_number_that_stands_where_it_may_not_is_not_read(
    make: Make, level: Rows, change: Rows, questionnaire: Questionnaire
) -> None:
    """What is declared not comparable stays so, whatever the estimates hold."""
    history = make(
        level("m-2", "kent", 0.66),
        level("m-3", "kent", 0.71),
        change("m-3", "kent", 0.05, 0.01),
        apart=[("m-2", "m-3", "kent", "", "", "", "", "base_changed", "no", "")],
    )
    (series,) = read_series(history, questionnaire, KENT)
    (step,) = series.steps

    assert (step.number, step.verdict, step.is_known) == (None, "no", False)
    assert step.why == "De vraag is over 2023 aan anderen gesteld dan over 2022."


def test_what_is_said_of_an_answer_or_a_group_holds_for_that_only(
    make: Make, level: Rows, change: Rows, questionnaire: Questionnaire
) -> None:
    south = {"by": "wgo", "group": "zuid"}
    history = make(
        *(level(meting, "kent", 0.5, **more) for meting in ("m-2", "m-3") for more in ({}, south)),
        change("m-3", "kent", 0.05, 0.4),
        change("m-3", "kent", 0.05, 0.4, **south),
        apart=[
            ("m-2", "m-3", "kent", "", "nee", "", "", "new", "no", ""),
            ("m-2", "m-3", "", "", "", "wgo", "zuid", "merged", "break", "Zuid is nu groter."),
        ],
    )

    (whole,) = read_series(history, questionnaire, KENT)
    (part,) = read_series(history, questionnaire, KENT, by="wgo", group="zuid")
    (other,) = read_series(history, questionnaire, [("kent", "", "nee")])
    assert [one.steps[0].verdict for one in (whole, part, other)] == ["yes", "break", "no"]
    assert part.steps[0].why == "Zuid is nu groter."


def test_what_is_not_published_has_its_sign(
    make: Make, level: Rows, change: Rows, questionnaire: Questionnaire
) -> None:
    gone = change("m-3", "kent", float("nan"), float("nan"), status="Q", reason="complementary")
    gone[["numerator", "denominator"]] = pd.NA
    history = make(level("m-2", "kent", None, status="Q", reason="small_base"), level("m-3", "kent", 0.71), gone)
    (series,) = read_series(history, questionnaire, KENT)

    assert [str(point.printed) for point in series.points] == ["x", "71%"]
    assert (str(series.steps[0].printed), series.steps[0].verdict) == ("x", "hidden")


def test_a_mean_changes_in_points(make: Make, level: Rows, change: Rows, questionnaire: Questionnaire) -> None:
    history = make(level("m-2", "cijfer", 7.31), level("m-3", "cijfer", 7.52), change("m-3", "cijfer", 0.21, 0.6))
    (series,) = read_series(history, questionnaire, [("cijfer", "", "")])

    assert [str(point.printed) for point in series.points] == ["7,3", "7,5"]
    assert str(series.steps[0].printed) == "+0,2"
    frame = changes_frame([series])
    assert frame[["period", "printed", "change_printed"]].to_numpy().tolist() == [
        ["2022", "7,3", ""],
        ["2023", "7,5", "+0,2"],
    ]


def test_an_answer_or_group_that_does_not_exist(risen: History, questionnaire: Questionnaire) -> None:
    with pytest.raises(UnknownNameError, match="'jaa'"):
        read_series(risen, questionnaire, [("kent", "", "jaa")])
    with pytest.raises(UnknownNameError, match="'oost'"):
        read_series(risen, questionnaire, KENT, by="wgo", group="oost")


def test_over_more_years_the_change_since_the_first_is_judged_by_itself(
    make: Make, level: Rows, change: Rows, questionnaire: Questionnaire
) -> None:
    whole = change("m-3", "kent", 0.11, 0.01, method="against m-1; wilson_change")
    whole["measure"] = "trend_" + whole["measure"]
    history = make(
        *(level(meting, "kent", value) for meting, value in (("m-1", 0.60), ("m-2", 0.66), ("m-3", 0.71))),
        change("m-2", "kent", 0.06, 0.3),
        change("m-3", "kent", 0.05, 0.4),
        whole,
        years=3,
    )
    (series,) = read_series(history, questionnaire, KENT)

    assert [str(step.printed) for step in series.steps] == ["+6", "+5"]
    assert series.trend is not None
    assert (series.trend.earlier.period, str(series.trend.printed)) == ("2021", "+11 (*)")
    assert (series.trend.is_known, [step.is_known for step in series.steps]) == (True, [False, False])
