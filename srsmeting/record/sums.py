"""The list of hashes of a record, which also ``sha256sum --check`` reads.

It notices a file that was changed, lost or added. Nothing can notice someone who changes the list too; the next record
holds the hash of the list, and so does version control.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final

from srsmeting.errors import Fault

SUMS_FILE: Final = "SHA256SUMS"

_LINE: Final = re.compile("([0-9a-f]{64})  ([^/]+)")
_BACK: Final = "Take it back from a copy; a correction is a record of its own."


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sums_text(folder: Path) -> str:
    """Return the list of hashes of the files in a folder."""
    return "".join(f"{digest(path)}  {path.name}\n" for path in sorted(folder.iterdir()) if path.name != SUMS_FILE)


def broken_files(folder: Path, name: str) -> list[Fault]:
    """Hold the files in the folder of a record, called `name`, against its list of hashes.

    Raises
    ------
    OSError
        When one of them cannot be read.
    """
    source = folder / SUMS_FILE
    if not source.is_file():
        return [Fault(name, f"has no {SUMS_FILE}, so it cannot be trusted. {_BACK}", rule="no_sums")]
    listed: dict[str, str] = {}
    for number, line in enumerate(source.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        found = _LINE.fullmatch(line)
        if found is None:
            message = f"is no list of hashes any more. {_BACK}"
            return [Fault(f"{name}/{SUMS_FILE}", message, number, rule="sums")]
        listed[found[2]] = found[1]
    if not listed:
        return [Fault(f"{name}/{SUMS_FILE}", f"is empty. {_BACK}", rule="sums")]
    there = {path.name: path for path in sorted(folder.iterdir()) if not path.name.startswith(".")}
    faults = []
    for file, sha256 in listed.items():
        if file not in there:
            faults.append(Fault(f"{name}/{file}", f"is gone. {_BACK}", rule="file_gone"))
        elif not there[file].is_file() or digest(there[file]) != sha256:
            faults.append(Fault(f"{name}/{file}", f"was changed after it was recorded. {_BACK}", rule="file_changed"))
    for file in sorted(there.keys() - listed.keys() - {SUMS_FILE}):
        faults.append(Fault(f"{name}/{file}", "is no part of the record. Put it elsewhere.", rule="file_added"))
    return faults
