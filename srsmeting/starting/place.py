"""The folder of a measurement, made: whole or not at all, and over nothing that is there."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from srsmeting.errors import ConfigurationError


@dataclass(frozen=True)
class Started:
    """A new measurement.

    Parameters
    ----------
    folder
        Where it is.
    id
        What it is called.
    files
        What stands in it, by name.
    notes
        What its maker should know.
    """

    folder: Path
    id: str
    files: tuple[str, ...]
    notes: tuple[str, ...] = ()


def refuse_full(folder: Path) -> None:
    """Refuse a place where something is already, or where no folder can be.

    Raises
    ------
    ConfigurationError
        Naming it.
    """
    shown = folder.as_posix()
    try:
        folder.resolve()  # a name that no folder can have, or a circle of links
        full = folder.is_dir() and any(folder.iterdir())
        other = os.path.lexists(folder) and not folder.is_dir()
    except (OSError, ValueError, RuntimeError) as problem:
        raise _cannot(shown, problem) from None
    if full:
        raise ConfigurationError(f"{shown}: is not empty, and nothing there is written over. Name a new folder.")
    if other:
        raise ConfigurationError(f"{shown}: is no folder, but something else. Name a new folder.")


@contextmanager
def made_whole(folder: Path) -> Iterator[Path]:
    """Make a folder beside its place, and move it there when it is done; with an error there is none.

    Raises
    ------
    ConfigurationError
        When it cannot be made.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=folder.resolve().parent, prefix=".srsmeting-"))
    except (OSError, ValueError) as problem:
        raise _cannot(folder.as_posix(), problem) from None
    try:
        yield draft
        draft.chmod(0o755)
        if folder.is_dir():
            folder.rmdir()
        draft.rename(folder.resolve())
    except OSError as problem:
        raise _cannot(folder.as_posix(), problem) from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _cannot(shown: str, problem: Exception) -> ConfigurationError:
    reason = problem.strerror if isinstance(problem, OSError) else "not the name of a folder"
    if isinstance(problem, FileExistsError | NotADirectoryError):
        reason = "what it would stand in is no folder"
    return ConfigurationError(f"{shown}: cannot be made: {reason or type(problem).__name__}. Name another folder.")


def put(path: Path, text: str) -> None:
    """Write a new file, and the folder that it stands in."""
    path.parent.mkdir(exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
