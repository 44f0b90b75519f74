"""The files that figures are made of: which are kept in a record, and of which only the hash."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePath
from typing import Final

from srsmeting.errors import RecordError
from srsmeting.intake.account.manifest import Manifest, take_stock
from srsmeting.meting import Meting

#: Kept whole, so that later figures can be computed with them.
KEPT: Final = ("configuration", "questionnaire", "coverage", "mapping", "corrections", "matches", "coded")

#: Of those, the ones that tell of single respondents.
OF_RESPONDENTS: Final = ("mapping", "corrections", "matches", "coded")

#: Microdata and what can hold them: only their hash. Figures depend on them.
DATA: Final = ("export", "structure", "syntax", "frame", "estimates")

#: What a report prints beside the figures, and what other years are compared by; no figure of this year depends on it.
BESIDE: Final = ("published", "programme", "voices", "crosswalk")

#: In every record, under these names.
_ALWAYS: Final = {"configuration": "meting.yaml", "questionnaire": "questionnaire.yaml"}

_LIBRARIES: Final = ("srsmeting", "numpy", "pandas", "scipy", "statsmodels")


def input_files(meting: Meting) -> dict[str, str]:
    """Return every file of a measurement, as its configuration names it, by key."""
    others = {key: getattr(meting.config, key) for key in ("estimates", *BESIDE)}
    return meting.inputs | {key: name for key, name in others.items() if name}


def stock(meting: Meting) -> Manifest:
    """Return the hashes of every file of a measurement."""
    return take_stock(input_files(meting), meting.file.parent)


def kept_name(key: str, file: str) -> str:
    """Return what the copy of a file is called in a record; empty where there is none.

    Examples
    --------
    >>> kept_name("configuration", "voorjaar.yaml"), kept_name("coded", "../codes.CSV"), kept_name("export", "e.csv")
    ('meting.yaml', 'coded.csv', '')
    """
    if key not in (*KEPT, "crosswalk"):
        return ""
    return _ALWAYS.get(key, f"{key}{PurePath(file).suffix.lower()}")


def changed_files(now: Mapping[str, str], before: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of files that are not the same, by their hashes.

    Examples
    --------
    >>> changed_files({"export": "aa", "coded": "bb"}, {"export": "aa", "frame": "cc"})
    ('coded', 'frame')
    """
    keys = dict.fromkeys((*now, *before))
    return tuple(key for key in keys if now.get(key) != before.get(key))


def versions_now() -> dict[str, str]:
    """Return the versions of what figures are computed with.

    Raises
    ------
    RecordError
        When the package is not installed, and so has no version.
    """
    found = {"python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            raise RecordError(f"{name}: is not installed, so its version is not known. Install it.") from None
    return found
