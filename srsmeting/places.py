"""Where a file stands, and what stands in its place when it is no file."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


def what_is_wrong(path: Path) -> str:
    """Say why a path is not that of a file that can be read; "" when it is.

    Examples
    --------
    >>> what_is_wrong(Path("nowhere.csv")), what_is_wrong(Path("."))
    ('does not exist', 'is a folder')
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as problem:
        return _why_not(path, problem)
    if stat.S_ISREG(mode):
        return ""
    return "is a folder" if stat.S_ISDIR(mode) else "is no file but a pipe or a device"


def where_it_stands(name: str, folder: Path) -> str:
    """Say in Dutch that a file is not in the folder of its measurement, or is a link; "" when it is simply there.

    Examples
    --------
    >>> where_it_stands("export.csv", Path("peiling")), where_it_stands("../export.csv", Path("peiling"))
    ('', 'De export staat buiten de map van de meting.')
    """
    path = folder / name
    inside = path.resolve().is_relative_to(folder.resolve())
    if path.is_symlink():
        return f"De export is een verwijzing naar een bestand {'in' if inside else 'buiten'} de map van de meting."
    return "" if inside else "De export staat buiten de map van de meting."


def _why_not(path: Path, problem: Exception) -> str:
    if isinstance(problem, FileNotFoundError):
        return "is a link to a file that does not exist" if os.path.lexists(path) else "does not exist"
    if isinstance(problem, ValueError):
        return "has a name that no file can have"
    reason = problem.strerror if isinstance(problem, OSError) else ""
    if isinstance(problem, OSError) and problem.errno == errno.ELOOP:
        return "is a link that leads round in a circle"
    return f"cannot be read: {reason or type(problem).__name__}"
