"""A monitor of two projects in which candidates are recruited, prepared and placed, and what a report says of it."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from srsmeting.consistency import find_inconsistencies, read_statements
from srsmeting.estimation.attainment import estimate_goals
from srsmeting.goals import GoalsMonitor, load_monitor
from srsmeting.verification import read_published

METING = """\
kind: goals
meting: klein
title: Een klein programma
units:
  by: project
  list: [{id: noord, label: Noord}, {id: zuid, label: Zuid}]
tracks:
  - {id: werven, label: Werven}
  - {id: plaatsen, label: Plaatsen, parts: [{id: leren, label: Opleiding}, {id: werken, label: Baan}]}
moments: [{id: einde, label: Einde, date: 2024-12}]
phases: [{id: fase1, label: Werving}]
files: {goals: goals.csv, results: results.csv, dropout: dropout.csv, durations: durations.csv}
statements: statements.yaml
"""
FILES = {
    "goals.csv": "unit,track,value\nnoord,werven,40\nzuid,werven,20\nnoord,plaatsen,10\nzuid,plaatsen,10\n",
    "results.csv": (
        "unit,track,part,moment,value\n"
        "noord,werven,,einde,44\nzuid,werven,,einde,9\n"
        "noord,plaatsen,leren,einde,8\nnoord,plaatsen,werken,einde,1\n"
        "zuid,plaatsen,leren,einde,10\nzuid,plaatsen,werken,einde,0\n"
    ),
    "dropout.csv": "unit,phase,moment,numerator,denominator,value\nnoord,fase1,einde,11,44,\nzuid,fase1,einde,,,geen uitval\n",
    "durations.csv": "unit,start,end,extension\nnoord,2024-01,2024-06,2024-12\nzuid,2024-02,2024-12,\n",
}

Monitor = Callable[..., GoalsMonitor]
Find = Callable[..., pd.DataFrame]


@pytest.fixture
def monitor(tmp_path: Path) -> Monitor:
    """Write a monitor with what a report tells."""

    def made(statements: str = "", published: str = "") -> GoalsMonitor:
        (tmp_path / "meting.yaml").write_text(METING, encoding="utf-8")
        for name, text in FILES.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / "statements.yaml").write_text(statements or "told: []\n", encoding="utf-8")
        (tmp_path / "published.yaml").write_text(f"source: verzonnen\nresults:\n{published}", encoding="utf-8")
        return load_monitor(tmp_path)

    return made


@pytest.fixture
def find(monitor: Monitor) -> Find:
    """Find what a report says of the monitor and cannot be so."""

    def found(statements: str = "", published: str = "") -> pd.DataFrame:
        read = monitor(statements, published)
        printed = read_published(read.path("published.yaml")) if published else None
        told = read_statements(read.path("statements.yaml"), read)
        return find_inconsistencies(read, estimate_goals(read), printed, told)

    return found
