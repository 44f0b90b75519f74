"""A monitor small enough to count on paper: three projects, three tracks in a row, two moments half a year apart."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from srsmeting.estimation.attainment import estimate_goals
from srsmeting.goals import load_monitor

METING = """\
kind: goals
meting: klein
title: Een klein programma
units:
  by: project
  list: [{id: noord, label: Noord}, {id: midden, label: Midden}, {id: zuid, label: Zuid}]
tracks:
  - {id: werven, label: Werven}
  - {id: plaatsen, label: Plaatsen, parts: [{id: leren, label: Opleiding}, {id: werken, label: Baan}]}
flow: [werven, plaatsen]
moments:
  - {id: start, label: Start, date: 2024-01}
  - {id: halverwege, label: Halverwege, date: 2024-07}
  - {id: einde, label: Einde, date: 2025-01}
phases: [{id: fase1, label: Werving}, {id: fase2, label: Plaatsing}]
participants: [{id: werkgevers, label: Werkgevers}]
figures: [{id: gevraagd, label: Gevraagd}, {id: actief, label: Actief, share_of: gevraagd}]
topics: [{id: stages, label: Te weinig stages}, {id: taal, label: Taal}]
"""

HEADS = {
    "goals": "unit,track,part,from_moment,value,note",
    "results": "unit,track,part,moment,value,note",
    "dropout": "unit,phase,moment,numerator,denominator,value,note",
    "durations": "unit,start,end,extension,note",
    "participants": "unit,kind,moment,value,names,note",
    "figures": "figure,unit,moment,value,note",
    "topics": "unit,topic,note",
}

Estimate = Callable[..., pd.DataFrame]
Shown = Callable[..., list[str]]


@pytest.fixture
def estimate(tmp_path: Path) -> Estimate:
    """Estimate a monitor from the rows of its files."""

    def made(rules: str = "", **files: str) -> pd.DataFrame:
        named = "".join(f"  {key}: {key}.csv\n" for key in files)
        (tmp_path / "meting.yaml").write_text(
            METING + (f"rules: {rules}\n" if rules else "") + f"files:\n{named}", encoding="utf-8"
        )
        for key, rows in files.items():
            (tmp_path / f"{key}.csv").write_text(f"{HEADS[key]}\n{rows}", encoding="utf-8")
        return estimate_goals(load_monitor(tmp_path))

    return made


@pytest.fixture
def shown() -> Shown:
    """Show rows of a frame: what they are about, the number or its status, the counts, and the method."""

    def made(frame: pd.DataFrame, measure: str, **of: str) -> list[str]:
        rows = frame[frame["measure"] == measure]
        for name, value in of.items():
            rows = rows[rows[name] == value]
        return [_one(row) for row in rows.to_dict("records")]

    return made


def _one(row: dict[str, object]) -> str:
    def number(value: object) -> str:
        return "" if pd.isna(value) else f"{value:.4g}"  # type: ignore[call-overload]

    about = " ".join(str(row[name]) for name in ("question", "item", "category", "group") if row[name])
    value = number(row["estimate"])
    ends = f" [{number(row['ci_low'])}, {number(row['ci_high'])}]" if number(row["ci_low"]) else ""
    counts = "/".join(str(row[name]) for name in ("numerator", "denominator") if not pd.isna(row[name]))  # type: ignore[call-overload]
    told = "" if row["status"] == "A" else f"{row['status']} {row['reason']}"
    return " | ".join(part for part in (about, value + ends, counts, told, str(row["method"])) if part)
