"""The table book of a monitor of goals: what it says of itself, and the file that it is written to."""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from srsmeting.frames import write_frame
from srsmeting.goals import GoalsMonitor
from srsmeting.presentation.goals.book import build_goals_book
from srsmeting.presentation.goals.labels import long_goals_frame
from srsmeting.presentation.tablebook import About
from srsmeting.tabulating import check_tables, write_book


def write_goals_tables(monitor: GoalsMonitor, estimates: pd.DataFrame, target: str | os.PathLike[str]) -> None:
    """Write the table book of a monitor of goals.

    Parameters
    ----------
    monitor
        The monitor.
    estimates
        Its estimate frame.
    target
        A file: ``.xlsx`` or ``.ods`` for the book, ``.csv`` for the sheet with all numbers alone; ``-`` for that sheet
        on standard output. It appears whole or not at all, and is the same bytes for the same numbers.

    Raises
    ------
    EstimateError
        For another suffix, a folder that does not exist, a file that cannot be written, or estimates that break a
        promise of the frame.
    ConfigurationError
        When `target` is a file of the monitor.
    """
    check_tables(monitor, target)
    if Path(target).suffix in (".xlsx", ".ods"):
        write_book(build_goals_book(estimates, monitor, about_monitor(monitor)), target)
    else:
        write_frame(long_goals_frame(estimates, monitor), target)


def about_monitor(monitor: GoalsMonitor) -> About:
    """Return what the table book of a monitor says of itself; no day of today is in it."""
    config, report = monitor.config, monitor.config.report
    return About(
        title=config.title,
        source=report.source if report else "",
        notice=report.notice if report else "",
        period=report.period if report else "",
        version=f"srsmeting {version('srsmeting')}",
    )
