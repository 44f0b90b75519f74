"""Where a file stands, and what stands in its place when it is no file."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from srsmeting.errors import ConfigurationError


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


def refuse_over(
    target: str | os.PathLike[str], files: Mapping[str, Path], folders: Mapping[str, Path], whose: str
) -> None:
    """Refuse to write over one of these files, or in one of these folders; ``-`` is standard output.

    Raises
    ------
    ConfigurationError
        When `target` is one of them.

    Examples
    --------
    >>> refuse_over("a.csv", {"export": Path("b.csv")}, {}, "this measurement")
    >>> refuse_over("./a.csv", {"export": Path("a.csv")}, {}, "this measurement")
    Traceback (most recent call last):
    ...
    srsmeting.errors.ConfigurationError: ./a.csv: is the export of this measurement. Write to another file.
    """
    if str(target) == "-":
        return
    place = Path(os.path.realpath(target))
    for key, file in files.items():
        if place == Path(os.path.realpath(file)):
            raise ConfigurationError(f"{target}: is the {key} of {whose}. Write to another file.")
    for key, folder in folders.items():
        if place.is_relative_to(os.path.realpath(folder)):
            raise ConfigurationError(f"{target}: lies in the {key} of {whose}. Write to another file.")


def _why_not(path: Path, problem: Exception) -> str:
    if isinstance(problem, FileNotFoundError):
        return "is a link to a file that does not exist" if os.path.lexists(path) else "does not exist"
    if isinstance(problem, ValueError):
        return "has a name that no file can have"
    reason = problem.strerror if isinstance(problem, OSError) else ""
    if isinstance(problem, OSError) and problem.errno == errno.ELOOP:
        return "is a link that leads round in a circle"
    return f"cannot be read: {reason or type(problem).__name__}"
