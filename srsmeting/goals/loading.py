"""Load a monitor of goals: its configuration, its data, and what must be known of them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

from srsmeting.errors import ConfigurationError, Fault
from srsmeting.goals.checks import config_faults, file_faults
from srsmeting.goals.model import Files, GoalsConfig
from srsmeting.goals.monitor import GoalsMonitor
from srsmeting.goals.reading import Reader
from srsmeting.goals.remarks import remarks_on
from srsmeting.kinds import has_goals, open_config
from srsmeting.yamlfile import validate

#: What one entry is called, by the key of its list.
_NOUNS: Final = {
    "list": "unit",
    "tracks": "track",
    "parts": "part",
    "moments": "moment",
    "phases": "phase",
    "participants": "kind",
    "figures": "figure",
    "topics": "topic",
}

#: What a row of each file is read as.
_ONE: Final = {
    "goals": "goal",
    "results": "result",
    "dropout": "dropout",
    "durations": "duration",
    "participants": "participation",
    "figures": "figure",
    "topics": "mention",
    "portraits": "fact",
}


def load_monitor(path: str | os.PathLike[str]) -> GoalsMonitor:
    """Read a monitor of goals: its configuration and its data.

    Parameters
    ----------
    path
        A ``meting.yaml`` or the folder that holds it.

    Raises
    ------
    ConfigurationError
        With every fault of the configuration, or else every fault of the data: file, row and column.
    """
    file, lines = open_config(path)
    if not has_goals(lines):
        raise ConfigurationError(
            f"{file.name}: is a survey; this is for monitors of goals. Such a monitor begins with 'kind: goals'."
        )
    config = validate(GoalsConfig, lines, ConfigurationError, nouns=_NOUNS)
    faults = [*config_faults(config, lines), *file_faults(config, file, lines)]
    if faults:
        raise ConfigurationError(faults=faults)
    read: dict[str, tuple[Any, ...]] = {}
    kinds = {key: _ONE[key] for key in Files.model_fields if getattr(config.files, key)}
    for key, one in kinds.items():
        reader = Reader(config, key, file.parent / getattr(config.files, key))
        read[key] = reader.read(getattr(reader, one))
        faults += reader.faults.found
    monitor = GoalsMonitor(file, config, **read)
    faults += [*_twofold(monitor), *_referring(monitor)]
    if faults:
        raise ConfigurationError(faults=faults)
    return GoalsMonitor(file, config, **read, remarks=tuple(remarks_on(monitor)))


def _twofold(monitor: GoalsMonitor) -> list[Fault]:
    """Find tracks that have a number of their own beside those of their parts."""
    found = []
    for name, cells in ((monitor.config.files.goals, monitor.goals), (monitor.config.files.results, monitor.results)):
        parts = {(cell.unit, cell.track, cell.moment): cell.line for cell in cells if cell.part}
        for cell in cells:
            line = parts.get((cell.unit, cell.track, cell.moment))
            if not cell.part and line is not None:
                what = (
                    f"unit {cell.unit!r}, track {cell.track!r} has a number of its own and one of a part (row {line}). "
                    "Keep the parts; their sum is computed."
                )
                found.append(Fault(Path(name).name, what, cell.line, "part", str(cell.value), "whole_and_part"))
    return found


def _referring(monitor: GoalsMonitor) -> list[Fault]:
    """Find phases that are said to be counted with another, of which nothing is told either."""
    name = Path(monitor.config.files.dropout).name
    rows = {(row.unit, row.phase, row.moment): row for row in monitor.dropout}
    found = []
    for row in monitor.dropout:
        other = rows.get((row.unit, row.same_as, row.moment))
        if row.same_as and (other is None or other.same_as):
            why = "is not in this file" if other is None else "refers to another phase itself"
            what = f"column 'value': refers to {row.same_as!r}, which {why} for unit {row.unit!r} at {row.moment!r}."
            found.append(Fault(name, what, row.line, "value", row.same_as, "refers_to_nothing"))
    return found
