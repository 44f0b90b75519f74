"""Pseudonyms of respondents: the same for one person within a measurement, and nothing to whoever has not the salt.

A pseudonym finds a respondent back, in the quarantine and in ``corrections.yaml``, without telling who it is. It is
made from the id in the export with a salt, a file that stands outside the repository; the id of the measurement goes
into it too, so that nobody can follow a respondent from one measurement to the next.
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

import pandas as pd

from srsmeting.errors import ConfigurationError
from srsmeting.worktree import work_tree_of

#: Names the file with the salt, where it is not in the user's configuration folder.
VARIABLE: Final = "SRSMETING_SALT"

_FORM = re.compile(r"r-[0-9a-f]{10}")
_LEAST = 16


@dataclass(frozen=True)
class Pseudonyms:
    """The pseudonyms of one measurement.

    Parameters
    ----------
    salt
        What only the researchers have; at least 16 bytes.
    meting
        Id of the measurement.

    Examples
    --------
    >>> Pseudonyms(b"a salt for examples", "srs-2021").of("12")
    'r-38b0b17947'
    >>> Pseudonyms(b"a salt for examples", "srs-2023").of("12")
    'r-b47021284d'
    """

    salt: bytes = field(repr=False)
    meting: str

    @cached_property
    def _key(self) -> bytes:
        return hmac.digest(self.salt, f"srsmeting {self.meting}".encode(), "sha256")

    def of(self, id: str) -> str:
        """Return the pseudonym of an id; an empty id has none."""
        return f"r-{hmac.digest(self._key, id.encode(), 'sha256').hex()[:10]}" if id else ""

    def of_all(self, ids: pd.Series[str]) -> pd.Series[str]:
        """Return the pseudonym of every id."""
        return ids.map(self.of).astype("str")


def is_pseudonym(name: str) -> bool:
    """Say whether a respondent is named as a pseudonym is written.

    Examples
    --------
    >>> is_pseudonym("r-5f0c1b9a3e"), is_pseudonym("12")
    (True, False)
    """
    return _FORM.fullmatch(name) is not None


def salt_path() -> Path:
    """Return the file that holds the salt, whether or not it is there."""
    if named := os.environ.get(VARIABLE):
        return Path(named).expanduser()
    from platformdirs import user_config_path

    return user_config_path("srsmeting", appauthor=False) / "salt"


def read_salt() -> bytes | None:
    """Return the salt; None when there is none yet.

    Raises
    ------
    ConfigurationError
        When it stands in a git work tree, cannot be read, or is too short to keep a secret.
    """
    path = salt_path()
    _refuse_in_repository(path)
    try:
        salt = path.read_bytes().strip()
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise ConfigurationError(f"{path}: the salt cannot be read: {problem.strerror}.") from None
    if len(salt) < _LEAST:
        raise ConfigurationError(
            f"{path}: is no salt: it holds {len(salt)} bytes, and at least {_LEAST} keep a secret. "
            f"Remove it to have one made, or name another file in {VARIABLE}."
        )
    return salt


def need_salt() -> bytes:
    """Return the salt, and make one when there is none: a file that only its owner may read.

    Raises
    ------
    ConfigurationError
        As :func:`read_salt`, and when it cannot be made.
    """
    path = salt_path()
    salt = read_salt()
    if salt is not None:
        return salt
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Who is first makes it: two runs at once must not each have their own.
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:  # noqa: PTH123
            file.write(f"{secrets.token_hex(32)}\n".encode())
    except FileExistsError:
        pass
    except OSError as problem:
        raise ConfigurationError(
            f"{path}: the salt cannot be made: {problem.strerror}. Name another file in {VARIABLE}."
        ) from None
    return read_salt() or b""


def _refuse_in_repository(path: Path) -> None:
    top = work_tree_of(path)
    if top is not None:
        raise ConfigurationError(
            f"{path}: the salt lies in the git work tree {str(top)!r}, and who has it can tell who is who. "
            f"Name a file elsewhere in {VARIABLE}."
        )
