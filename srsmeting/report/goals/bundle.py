"""The folder that a report on a monitor of goals is rendered from: estimates, the monitor itself, and texts."""

from __future__ import annotations

from pathlib import Path

from srsmeting.errors import ReportError
from srsmeting.estimates import read_estimates
from srsmeting.goals import load_monitor
from srsmeting.presentation.goals import Outcomes
from srsmeting.report.bundle import MONITOR, Texts, read_texts


def read_goals_bundle(folder: Path) -> tuple[Outcomes, Texts]:
    """Read the folder that a report on a monitor of goals is rendered from.

    Returns
    -------
    tuple
        The figures with the monitor that they are of, and what the report prints beside them.

    Raises
    ------
    ReportError
        When a file is missing or cannot be read, or the files are of different monitors.
    ConfigurationError, EstimateError
        With what is wrong in the monitor or the estimates.
    """
    for name in ("estimates.csv", "report.json"):
        if not (folder / name).is_file():
            raise ReportError(f"{folder}: not the folder of a report, it has no {name}. Render the report again.")
    monitor, estimates = load_monitor(folder / MONITOR), read_estimates(folder / "estimates.csv")
    texts = read_texts(folder / "report.json")
    if {texts.meting, *estimates["meting"]} != {monitor.meting}:
        raise ReportError(f"{folder}: the files are not all of {monitor.meting!r}. Render the report again.")
    return Outcomes(estimates, monitor), texts
