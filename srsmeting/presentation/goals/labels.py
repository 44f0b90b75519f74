"""Dutch words for the codes of the estimate frame of a monitor of goals, one row a number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from srsmeting.estimates import COLUMNS
from srsmeting.goals import DURATION, GoalsMonitor
from srsmeting.presentation.goals.months import month_name
from srsmeting.presentation.tablebook.labels import reason_label, status_label

#: What the measures of a monitor of goals are called.
MEASURES: Final[Mapping[str, str]] = {
    "goal": "doel",
    "result": "resultaat",
    "attainment": "realisatie: resultaat als deel van het doel",
    "expected_attainment": "realisatie volgens de rechte lijn naar het doel",
    "attainment_gap": "realisatie min die volgens de rechte lijn",
    "goals_set": "aantal gestelde doelen",
    "goals_reached": "aantal gehaalde doelen",
    "goals_nearly": "aantal bijna gehaalde doelen",
    "goals_missed": "aantal niet gehaalde doelen",
    "flow": "resultaat als deel van dat van de stap ervoor",
    "dropout": "uitval",
    "months": "looptijd in maanden",
    "months_planned": "looptijd in maanden zonder verlenging",
    "extended": "aantal verlengd",
    "participants": "aantal deelnemende organisaties",
    "count": "aantal",
    "share": "aandeel",
    "mentioned": "aantal dat dit noemde",
}


def long_goals_frame(estimates: pd.DataFrame, monitor: GoalsMonitor) -> pd.DataFrame:
    """Return the estimate frame of a monitor of goals with a label behind every code.

    Parameters
    ----------
    estimates
        The estimate frame.
    monitor
        Labels.

    Returns
    -------
    pd.DataFrame
        The columns of the estimate frame, unchanged and in order, then ``question_label``, ``item_label``,
        ``category_label``, ``by_label``, ``group_label``, ``measure_label``, ``status_label`` and ``reason_label``
        (str, Dutch, empty where the code is).
    """
    config = monitor.config
    questions = {one.id: one.label for key, named in config.named if key != "moments" for one in named}
    questions[DURATION] = "Looptijd"
    parts = {(track.id, part.id): part.label for track in config.tracks for part in track.parts}
    told = {
        "question": [questions.get(code, code) or "Alle sporen" for code in estimates["question"]],
        "item": _known({moment.id: month_name(moment.month) for moment in config.moments}, estimates["item"]),
        "category": [
            parts.get((question, code), code)
            for question, code in zip(estimates["question"], estimates["category"], strict=True)
        ],
        "by": _known({config.units.by: config.units.label}, estimates["by"]),
        "group": [group or "totaal" for group in _known({u.id: u.label for u in monitor.units}, estimates["group"])],
        "measure": _known(MEASURES, estimates["measure"]),
        "status": [status_label(code) for code in estimates["status"]],
        "reason": [reason_label(code) for code in estimates["reason"]],
    }
    labels = {f"{name}_label": pd.array(column, dtype="str") for name, column in told.items()}
    return estimates.loc[:, [*COLUMNS]].assign(**labels)


def _known(labels: Mapping[str, str], codes: pd.Series) -> list[str]:
    return [labels.get(code, code) for code in codes]
