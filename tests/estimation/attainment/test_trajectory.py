"""Who drops out and who goes on, by hand; and phases that are not nested."""

from collections.abc import Callable

import pandas as pd

Estimate = Callable[..., pd.DataFrame]
Shown = Callable[..., list[str]]


def test_dropping_out_has_a_numerator_and_a_denominator_or_a_reason(estimate: Estimate, shown: Shown) -> None:
    frame = estimate(
        dropout="noord,fase1,einde,73,92,,\nnoord,fase2,einde,,,zie fase1,\nmidden,fase1,einde,,,geen uitval,\n"
        "midden,fase2,einde,1,5,,\nzuid,fase1,einde,,,circa 50%,\nzuid,fase2,einde,,,gezegd: heel beperkt,\n"
    )

    assert shown(frame, "dropout") == [
        "fase1 einde noord | 0.7935 | 73/92",
        "fase1 einde midden | 0 | 0",
        "fase1 einde zuid | 0.5 | E approximate",
        "fase1 einde | 0.7935 | 73/92 | left out: midden, zuid",
        "fase2 einde noord | K included_elsewhere | with fase1",
        "fase2 einde midden | 0.2 | 1/5",
        "fase2 einde zuid | M in_words",
        "fase2 einde | 0.2 | 1/5 | left out: noord, zuid",
    ]


def test_dropping_out_that_nobody_counted_has_no_total(estimate: Estimate, shown: Shown) -> None:
    frame = estimate(dropout="noord,fase1,einde,,,onbekend,\nmidden,fase1,einde,5,,,\nzuid,fase1,einde,,,3,\n")

    assert shown(frame, "dropout") == [
        "fase1 einde noord | M unknown",
        "fase1 einde midden | 5 | M no_base",
        "fase1 einde zuid | 3 | M no_base",
        "fase1 einde | M no_result",
    ]


def test_a_phase_with_more_than_were_left_is_not_nested(estimate: Estimate, shown: Shown) -> None:
    frame = estimate(
        dropout="noord,fase1,einde,10,30,,\nnoord,fase2,einde,2,20,,\nzuid,fase1,einde,10,30,,\nzuid,fase2,einde,2,21,,\n"
    )

    assert shown(frame, "dropout", question="fase2") == [
        "fase2 einde noord | 0.1 | 2/20",
        "fase2 einde zuid | 0.09524 | 2/21 | not nested",
        "fase2 einde | 0.09756 | 4/41 | left out: midden",
    ]


def test_going_on_is_a_share_of_the_track_before(estimate: Estimate, shown: Shown) -> None:
    frame = estimate(
        results="noord,werven,,einde,100,\nnoord,plaatsen,,einde,25,\nmidden,werven,,einde,circa 4,\n"
        "midden,plaatsen,leren,einde,10,\nmidden,plaatsen,werken,einde,5,\nzuid,werven,,einde,7,\nzuid,plaatsen,,einde,-,\n"
    )

    assert shown(frame, "flow") == [
        "plaatsen einde noord | 0.25 | 25/100",
        "plaatsen einde midden | 3.75 | 15/4 | E approximate | not nested",
        "plaatsen einde zuid | M no_result",
        "plaatsen einde | 0.3846 | 40/104 | E approximate | left out: zuid",
    ]


def test_nobody_goes_on_from_nobody(estimate: Estimate, shown: Shown) -> None:
    frame = estimate(results="noord,werven,,einde,0,\nnoord,plaatsen,,einde,0,\n")

    assert shown(frame, "flow", group="noord") == ["plaatsen einde noord | M divides_by_zero"]
    assert shown(frame, "flow", group="") == ["plaatsen einde | M divides_by_zero | left out: midden, zuid"]
    assert not shown(estimate(results="noord,werven,,einde,0,\n"), "flow")


def test_totals_of_dropping_out_and_going_on_follow_the_rules(estimate: Estimate, shown: Shown) -> None:
    files = {
        "dropout": "noord,fase1,einde,1,10,,\nmidden,fase1,einde,3,10,,\nzuid,fase1,einde,,,n.v.t.,\n"
        "noord,fase2,einde,1,10,,\nmidden,fase2,einde,,,geen uitval,\n",
        "results": "noord,werven,,einde,100,\nnoord,plaatsen,,einde,25,\nmidden,werven,,einde,circa 50,\n"
        "midden,plaatsen,,einde,20,\nzuid,werven,,einde,n.v.t.,\nzuid,plaatsen,,einde,n.v.t.,\n",
    }

    counted = estimate(**files)
    assert shown(counted, "flow", group="") == ["plaatsen einde | 0.3 | 45/150 | E approximate | left out: zuid"]
    both = estimate("{missing: no_total, approximate: left_out}", **files)
    assert shown(both, "dropout", group="") == [
        "fase1 einde | 0.2 | 4/20 | left out: zuid",
        "fase2 einde | M incomplete | left out: midden, zuid",
    ]
    assert shown(both, "flow", group="") == ["plaatsen einde | M incomplete | left out: midden"]
