"""Months, participants, loose counts and topics, by hand."""

from collections.abc import Callable

import pandas as pd

Estimate = Callable[..., pd.DataFrame]
Shown = Callable[..., list[str]]


def test_months_count_both_ends_and_the_extension(estimate: Estimate, shown: Shown) -> None:
    frame = estimate(durations="noord,2024-01,2024-06,2024-12,\nzuid,2024-01,2024-03,,\n")

    assert shown(frame, "months") == [
        "duur noord | 12 | 12",
        "duur zuid | 3 | 3",
        "duur | 7.5 | 15/2 | mean; left out: midden",
    ]
    assert shown(frame, "months_planned") == [
        "duur noord | 6 | 6",
        "duur zuid | 3 | 3",
        "duur | 4.5 | 9/2 | mean; left out: midden",
    ]
    assert shown(frame, "extended") == ["duur | 1 | 1/2 | left out: midden"]


def test_participants_add_up(estimate: Estimate, shown: Shown) -> None:
    frame = estimate(
        participants="noord,werkgevers,start,-,,\nnoord,werkgevers,einde,4,A; B; C; D,\nmidden,werkgevers,einde,circa 10,,\n"
        "zuid,werkgevers,einde,n.v.t.,,\n"
    )

    assert shown(frame, "participants") == [
        "werkgevers start noord | M no_result",
        "werkgevers start | M no_result",
        "werkgevers einde noord | 4 | 4",
        "werkgevers einde midden | 10 | 10 | E approximate",
        "werkgevers einde zuid | M not_applicable",
        "werkgevers einde | 14 | 14 | E approximate | left out: zuid",
    ]


def test_participants_follow_the_rules_of_totals(estimate: Estimate, shown: Shown) -> None:
    rows = "noord,werkgevers,einde,4,,\nmidden,werkgevers,einde,circa 10,,\nzuid,werkgevers,einde,n.v.t.,,\n"

    exact = estimate("{approximate: left_out}", participants=rows)
    assert shown(exact, "participants", group="") == ["werkgevers einde | 4 | 4 | left out: midden, zuid"]
    # What does not apply to zuid is not missing; without midden the total would be.
    assert shown(estimate("{missing: no_total}", participants=rows), "participants", group="") == [
        "werkgevers einde | 14 | 14 | E approximate | left out: zuid"
    ]
    both = estimate("{missing: no_total, approximate: left_out}", participants=rows)
    assert shown(both, "participants", group="") == ["werkgevers einde | M incomplete | left out: midden"]


def test_a_loose_count_can_be_a_share_of_another(estimate: Estimate, shown: Shown) -> None:
    frame = estimate(
        figures="gevraagd,noord,einde,23,\nactief,noord,einde,7,\ngevraagd,,einde,ruim 40,\nactief,,einde,10,\n"
        "gevraagd,zuid,einde,5,\nactief,zuid,einde,6,\nactief,midden,einde,3,\n"
    )

    assert shown(frame, "count", question="gevraagd") == [
        "gevraagd einde noord | 23 | 23",
        "gevraagd einde | 40 | 40 | E approximate",
        "gevraagd einde zuid | 5 | 5",
    ]
    # 7 of 23 is 30.4 percent.
    assert shown(frame, "share") == [
        "actief einde noord | 0.3043 | 7/23",
        "actief einde | 0.25 | 10/40 | E approximate",
        "actief einde zuid | M exceeds_whole",
    ]


def test_topics_are_counted_of_all_units(estimate: Estimate, shown: Shown) -> None:
    frame = estimate(topics="noord,stages,\nzuid,stages,\n")

    assert shown(frame, "mentioned") == ["stages | 2 | 2/3", "taal | 0 | 0/3"]
