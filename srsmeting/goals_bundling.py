"""What a report needs of a monitor of goals, in a folder: the figures, and the cells as they were written."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, Final

import pandas as pd

from srsmeting.errors import ConfigurationError
from srsmeting.frames import write_frame
from srsmeting.goals import GoalsMonitor

#: The folder in a bundle that holds the monitor, readable as a monitor by itself.
MONITOR: Final = "monitor"


def write_goals_bundle(monitor: GoalsMonitor, estimates: pd.DataFrame, folder: Path) -> None:
    """Write what a report on a monitor of goals needs: the estimate frame, the monitor, and the texts of the report.

    Parameters
    ----------
    monitor
        The monitor, read.
    estimates
        Its estimate frame.
    folder
        Where to write it.

    Raises
    ------
    ConfigurationError
        When the monitor has no ``report``, whose source every exhibit prints, or the estimates are of another.
    """
    config = monitor.config
    if config.report is None:
        message = "has no 'report', and a report prints the source of its figures. Add 'report' with 'source' below it."
        raise ConfigurationError(f"{monitor.file.name}: {message}")
    others = sorted(set(estimates["meting"]) - {config.meting})
    if others:
        what = f"the estimates are of {others[0]!r} and not of {config.meting!r}"
        raise ConfigurationError(f"{monitor.file.name}: {what}. Name the estimates of this monitor.")
    copy = folder / MONITOR
    copy.mkdir(parents=True, exist_ok=True)
    data: dict[str, Any] = config.model_dump(mode="json", exclude_defaults=True) | {"kind": config.kind}
    # What the report does not read is not in the bundle.
    for name in ("published", "programme", "statements"):
        data.pop(name, None)
    data["files"] = {}
    for key, name in config.files.model_dump().items():
        if name:
            shutil.copyfile(monitor.path(name), copy / f"{key}.csv")
            data["files"][key] = f"{key}.csv"
    # JSON is YAML, too.
    (copy / "meting.yaml").write_text(json.dumps(data, ensure_ascii=False, indent=2), encoding="utf-8")
    write_frame(estimates, folder / "estimates.csv")
    texts = {"meting": config.meting, "title": config.title} | config.report.model_dump()
    (folder / "report.json").write_text(json.dumps(texts, ensure_ascii=False, indent=2), encoding="utf-8")
