"""Non-response in the estimate frame, counted on paper."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from srsmeting.errors import PopulationError
from srsmeting.estimates import RATES, check_estimates
from srsmeting.estimation import estimate_nonresponse
from srsmeting.estimation.nonresponse import fit_propensities, r_indicator

NORTH = [("noord", "complete")] * 3 + [("noord", "partial"), ("noord", "break_off"), ("noord", "")]
SOUTH = [("zuid", "complete")] + [("zuid", "")] * 3
Field = Callable[..., tuple]


def rows(frame: pd.DataFrame, measure: str, **where: str) -> pd.DataFrame:
    found = frame[frame["measure"] == measure]
    for name, value in where.items():
        found = found[found[name] == value]
    return found


def rate(frame: pd.DataFrame, measure: str, **where: str) -> tuple[object, ...]:
    (row,) = rows(frame, measure, **where).to_dict("records")
    return row["numerator"], row["denominator"], row["status"], row["reason"]


def test_the_disposition_report_and_the_rates_by_hand(field: Field) -> None:
    frame = estimate_nonresponse(*field(NORTH + SOUTH))
    check_estimates(frame)
    assert set(frame["measure"]) <= set(RATES)
    report = rows(frame, "disposition")
    assert dict(zip(report["category"], report["numerator"], strict=True)) == {
        "complete": 4,
        "partial": 1,
        "break_off": 1,
        "refusal": 0,
        "non_contact": 4,
        "other": 0,
        "unknown": 0,
        "not_eligible": 0,
    }
    assert set(report["denominator"]) == {10}
    assert rate(frame, "response_rate_1", by="") == (4, 10, "A", "")
    assert rate(frame, "response_rate_2", by="") == (5, 10, "A", "")
    assert rate(frame, "cooperation_rate_1") == (4, 6, "A", "")
    assert rows(frame, "response_rate_3").empty
    assert rate(frame, "response_rate_1", group="noord") == (3, 6, "A", "")
    assert rate(frame, "response_rate_2", group="noord") == (4, 6, "A", "")
    # The frame has nobody in the west.
    assert rate(frame, "response_rate_1", group="west") == (0, 0, "O", "no_base")


def test_what_the_frame_tells_of_who_did_not_respond(field: Field) -> None:
    told = [("zuid", f"frame:{name}") for name in ("refusal", "other", "unknown", "not_eligible", "non_contact")]
    frame = estimate_nonresponse(*field(NORTH + SOUTH + told))
    check_estimates(frame)
    report = rows(frame, "disposition")
    assert report["numerator"].tolist() == [4, 1, 1, 1, 5, 1, 1, 1]
    assert set(report["denominator"]) == {15}
    # 13 are eligible, of one it is unknown: 13 / 14 of it counts in the third and fourth.
    assert rate(frame, "response_rate_1", by="") == (4, 14, "A", "")
    assert rate(frame, "response_rate_5") == (4, 13, "A", "")
    third = rows(frame, "response_rate_3").iloc[0]
    assert third["estimate"] == pytest.approx(4 / (13 + 13 / 14))
    assert (third["numerator"], third["denominator"] is pd.NA) == (4, True)
    # Who is not eligible is no part of the frame that respondents are held against.
    assert rate(frame, "frame_share", group="zuid")[:2] == (8, 14)


def test_a_response_goes_before_what_the_frame_tells(field: Field) -> None:
    responses, population, outcomes = field([*NORTH, ("zuid", "frame:refusal")])
    population.organisations.loc[[0, 4], "disposition"] = "refusal"
    report = rows(estimate_nonresponse(responses, population, outcomes), "disposition")
    # The first responded all the same; the fifth began and then said no.
    assert report["numerator"].tolist() == [3, 1, 0, 2, 1, 0, 0, 0]


def test_an_organisation_that_is_not_eligible_cannot_respond(field: Field) -> None:
    responses, population, outcomes = field([*NORTH, ("zuid", "frame:not_eligible")])
    population.organisations.loc[3, "disposition"] = "not_eligible"
    with pytest.raises(PopulationError) as caught:
        estimate_nonresponse(responses, population, outcomes)
    assert str(caught.value) == (
        "frame.csv:5: the organisation is 'not_eligible' and responded. Empty the cell, or set its response aside in "
        "corrections.yaml."
    )


def test_respondents_against_the_frame_by_hand(field: Field) -> None:
    frame = estimate_nonresponse(*field(NORTH + SOUTH))
    # Four of five respondents are in the north, and six of ten organisations.
    assert rate(frame, "respondents_share", group="noord") == (4, 5, "A", "")
    assert rate(frame, "frame_share", group="noord") == (6, 10, "A", "")
    difference = rows(frame, "composition_difference")
    np.testing.assert_allclose(difference["estimate"], [0.2, -0.2, 0], rtol=1e-15)
    assert difference["denominator"].isna().all()


def test_an_unknown_group_is_on_neither_side(field: Field) -> None:
    frame = estimate_nonresponse(*field([*NORTH, *SOUTH, (None, "complete"), (None, "")]))
    assert rate(frame, "respondents_share", group="noord") == (4, 5, "A", "")
    assert rate(frame, "frame_share", group="noord") == (6, 10, "A", "")
    assert rate(frame, "response_rate_1", by="") == (5, 12, "A", "")


def test_the_r_indicator_is_that_of_all_variables_and_of_each(field: Field) -> None:
    sizes = ["klein", "groot"] * 5
    frame = estimate_nonresponse(*field(NORTH + SOUTH, sizes=sizes))
    found = rows(frame, "r_indicator")
    assert found["item"].tolist() == ["wgo+grootte", "wgo", "grootte"]
    assert set(found["method"]) == {"logistic"}
    # In the north 4 of 6, in the south 1 of 4: 0.1666... and -0.25 from 0.5; their squares add to 5 / 12.
    unadjusted = rows(frame, "r_indicator_unadjusted", item="wgo").iloc[0]
    assert unadjusted["estimate"] == pytest.approx(1 - 2 * np.sqrt(5 / 12 / 9))
    assert (unadjusted["numerator"], unadjusted["denominator"]) == (5, 10)
    by_hand = r_indicator(
        fit_propensities([np.repeat([0, 1], [6, 4])], np.array([1, 1, 1, 1, 0, 0, 1, 0, 0, 0], dtype=np.bool_))
    )
    row = found[found["item"] == "wgo"].iloc[0]
    np.testing.assert_allclose([row["estimate"], row["se"]], [by_hand.estimate, by_hand.se], atol=1e-12)


def test_one_variable_has_one_r_indicator_and_one_group_none(field: Field) -> None:
    assert rows(estimate_nonresponse(*field(NORTH + SOUTH)), "r_indicator")["item"].tolist() == ["wgo"]
    assert rows(estimate_nonresponse(*field(NORTH)), "r_indicator").empty


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([*NORTH, ("zuid", ""), ("zuid", "")], "separated"),
        ([("noord", "complete")] * 2 + [("zuid", "complete")], "no_spread"),
    ],
)
def test_an_r_indicator_that_leans_on_little_says_so(field: Field, lines: list[tuple[str, str]], reason: str) -> None:
    frame = estimate_nonresponse(*field(lines))
    check_estimates(frame)
    assert rows(frame, "r_indicator")[["status", "reason"]].to_numpy().tolist() == [["U", reason]]


def test_respondents_who_are_not_found_count_by_what_they_name(field: Field) -> None:
    frame = estimate_nonresponse(*field(NORTH + SOUTH, strangers=["zuid", None]))
    check_estimates(frame)
    # They stand for two of the four that were not heard of.
    assert rows(frame, "disposition")["numerator"].tolist() == [6, 1, 1, 0, 2, 0, 0, 0]
    assert rate(frame, "response_rate_1", by="") == (6, 10, "A", "")
    assert rate(frame, "response_rate_1", group="zuid") == (2, 4, "A", "")
    assert rate(frame, "respondents_share", group="zuid") == (2, 6, "A", "")
    assert rows(frame, "r_indicator")[["status", "reason"]].to_numpy().tolist() == [["U", "not_all_linked"]]


def test_without_a_link_there_is_no_cooperation_and_no_r_indicator(field: Field) -> None:
    responses, population, _ = field(NORTH + SOUTH)
    frame = estimate_nonresponse(responses, population)
    check_estimates(frame)
    assert rate(frame, "response_rate_1", by="") == (5, 10, "A", "")
    assert rate(frame, "response_rate_1", group="noord") == (4, 6, "A", "")
    for measure in ("cooperation_rate_1", "r_indicator", "r_indicator_unadjusted"):
        assert rows(frame, measure)[["status", "reason"]].to_numpy().tolist() == [["O", "not_linked"]]
        assert rows(frame, measure)["estimate"].isna().all()


def test_more_respondents_than_organisations_is_told(field: Field) -> None:
    frame = estimate_nonresponse(*field(SOUTH, strangers=["noord"] * 4))
    check_estimates(frame)
    assert rate(frame, "response_rate_1", by="") == (5, 5, "U", "named_exceeds_frame")
    assert rate(frame, "response_rate_1", group="noord") == (4, 4, "U", "named_exceeds_frame")
    assert rate(frame, "response_rate_1", group="zuid") == (1, 4, "A", "")
