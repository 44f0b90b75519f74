"""Flows that grow."""

from collections.abc import Callable

import pandas as pd
import pytest

from srsmeting.consistency import find_inconsistencies, read_statements
from srsmeting.estimation.attainment import estimate_goals
from srsmeting.goals import GoalsMonitor, load_monitor

Find = Callable[..., pd.DataFrame]
Monitor = Callable[..., GoalsMonitor]


def test_a_step_that_more_took_than_were_left_is_found(find: Find) -> None:
    # Noord: 44 recruited and 11 gone leave 33 for the 9 placed. Zuid recruited 9 and placed 10.
    found = find("flows:\n  - {steps: [werven, plaatsen], dropout: [fase1], where: tabel 2, faults: {zuid: Z-01}}\n")
    assert found.to_numpy().tolist() == [
        ["flow", "tabel 2", "Zuid: 9 in werven and 10 in plaatsen: more than were left.", "", "", "Z-01"]
    ]


def test_who_dropped_out_is_not_left(find: Find) -> None:
    # A step after itself: 44 went on where 11 of 44 dropped out.
    found = find("flows:\n  - {steps: [werven, werven], dropout: [fase1], units: [noord]}\n")
    assert found["what"].tolist() == [
        "Noord: 44 in werven, of whom 11 dropped out, and 44 in werven: more than were left."
    ]


@pytest.mark.parametrize(("placed", "grows"), [(22, False), (23, True)])
def test_a_count_that_is_not_exact_is_held_against_what_it_can_be(monitor: Monitor, placed: int, grows: bool) -> None:
    # About 20 recruited can be 22 at most.
    read = monitor("flows:\n  - {steps: [werven, plaatsen], units: [zuid]}\n")
    rows = f"unit,track,moment,value\nzuid,werven,einde,circa 20\nzuid,plaatsen,einde,{placed}\n"
    read.path("results.csv").write_text(rows, encoding="utf-8")
    read = load_monitor(read.file)
    told = read_statements(read.path("statements.yaml"), read)
    found = find_inconsistencies(read, estimate_goals(read), None, told)
    what = f"Zuid: circa 20 in werven and {placed} in plaatsen: more than were left."
    assert found["what"].tolist() == ([what] if grows else [])


def test_parts_of_a_track_are_steps_too(find: Find) -> None:
    found = find("flows:\n  - {steps: [plaatsen.werken, plaatsen.leren]}\n")
    assert found["what"].tolist() == [
        "Noord: 1 in plaatsen.werken and 8 in plaatsen.leren: more than were left.",
        "Zuid: 0 in plaatsen.werken and 10 in plaatsen.leren: more than were left.",
    ]
