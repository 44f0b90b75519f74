"""What belongs to persons stays out of version control: once committed, it cannot be taken back."""

from __future__ import annotations

import os
from pathlib import Path

from srsmeting.errors import ConfigurationError


def work_tree_of(path: str | os.PathLike[str]) -> Path | None:
    """Return the top of the git work tree that a path lies in, whether or not it is there; None outside any.

    Links are followed: what counts is where the bytes come to stand. Also a file that git is told to ignore lies in it.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     outside = work_tree_of(Path(folder, "a.csv"))
    ...     Path(folder, ".git").mkdir()
    ...     inside = work_tree_of(Path(folder, "deep", "a.csv"))
    >>> outside, inside is not None
    (None, True)
    """
    # `os.path` says no where `Path` raises: at a circle of links, and in a folder that may not be looked into.
    place = Path(os.path.realpath(path))
    # A work tree that was added beside another, and a submodule, have a file `.git` instead of a folder.
    return next((folder for folder in place.parents if os.path.exists(folder / ".git")), None)  # noqa: PTH110


def refuse_inside_git(path: str | os.PathLike[str], what: str = "answers of persons") -> None:
    """Refuse to write `what` inside a git work tree.

    Raises
    ------
    ConfigurationError
        When the path lies in one. `-`, standard output, lies in none.
    """
    top = None if str(path) == "-" else work_tree_of(path)
    if top is not None:
        raise ConfigurationError(
            f"{path}: lies in the git work tree {str(top)!r}, and {what} could be committed there. "
            "Write elsewhere, or add --inside-git."
        )
