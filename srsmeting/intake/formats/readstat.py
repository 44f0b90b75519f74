"""Files of SPSS and Stata, read by the C library behind pyreadstat in a process of its own.

A damaged file can make that library follow a wrong number out of its memory, which ends the process that it runs in.
That is then not ours: what is left is one error that says so.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from srsmeting.errors import Fault, IntakeError

#: More columns than any survey has; a header that says so is damaged.
MOST_COLUMNS: Final = 50_000
_MOST_CELLS = 400_000_000
_CHILD = Path(__file__).with_name("readstat_child.py")
#: How long the reading may take: never this long for a file that is sound, and a damaged one must not hang.
_SECONDS, _BYTES_A_SECOND = 120, 50_000
#: What a process ends with that the system stopped; any other that is not a plain exit is a crash.
_STOPPED = (-9, -15)
_NOT_STARTED = range(1, 128)


@dataclass(frozen=True)
class Contents:
    """What such a file holds, as pyreadstat tells it.

    Parameters
    ----------
    columns
        By variable: its different values (numbers, texts, None), and which of them each record has.
    types, displays
        Kind of storage and display format, by variable.
    texts
        Label of a variable; None where it has none.
    labels
        Value and label, by variable.
    sets
        Multiple-response sets.
    encoding
        What the file says its texts are written in.
    missing, tagged
        What was declared missing, by variable: ranges of SPSS, letters of Stata.
    """

    columns: Mapping[str, tuple[Sequence[Any], npt.NDArray[np.int32]]]
    types: Mapping[str, str]
    displays: Mapping[str, str | None]
    texts: Mapping[str, str | None]
    labels: Mapping[str, Sequence[tuple[Any, str]]]
    sets: Mapping[str, Any]
    encoding: str
    missing: dict[str, Sequence[Any]]
    tagged: Mapping[str, Sequence[Any]]


def read_contents(raw: bytes, name: str, reader: str, tool: str) -> Contents:
    """Read a file with one of pyreadstat's readers.

    Parameters
    ----------
    raw, name
        The file, and its name for messages.
    reader
        ``read_sav`` or ``read_dta``.
    tool
        The package, for messages.

    Raises
    ------
    IntakeError
        The file is damaged, its texts are not in the encoding that it names, or it cannot be read in the memory or
        the time that there is.
    """
    stream = io.BytesIO(_run(raw, name, reader, tool))
    told = json.loads(stream.readline())
    if told.get("too_large"):
        columns, rows = told["too_large"]
        message = f"says that it has {columns} variables and {rows} records, which no survey has."
        raise _fault(name, f"{message} It is damaged: save it again with {tool}.", "too_large")
    if told.get("no_name"):
        raise _fault(name, f"has a variable without a name. It is damaged: save it again with {tool}.")
    if told.get("memory"):
        raise _fault(name, "cannot be read: it needs more memory than there is.", "too_large")
    if "problem" in told:
        raise _unreadable(name, tool, _reason(told["problem"]))
    columns = {}
    for column in told["names"]:
        values = json.loads(stream.readline())
        columns[column] = values, np.frombuffer(stream.read(4 * told["rows"]), dtype=np.int32)
    return Contents(
        columns,
        told["types"],
        told["displays"],
        told["texts"],
        told["labels"],
        told["sets"],
        told["encoding"] or "",
        told["missing"],
        told["tagged"],
    )


def _run(raw: bytes, name: str, reader: str, tool: str) -> bytes:
    """Return what the child writes."""
    # -P: the folder of the child holds modules that are not meant to be found by their bare names.
    command = [sys.executable, "-P", str(_CHILD), reader, str(MOST_COLUMNS), str(_MOST_CELLS)]
    seconds = _SECONDS + len(raw) // _BYTES_A_SECOND
    try:
        done = subprocess.run(  # noqa: S603 - our own program, by the interpreter that runs this one
            command,
            input=raw,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a crash prints can hold answers
            check=False,
            timeout=seconds,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        raise _unreadable(name, tool, f"it is damaged: reading it did not end in {seconds} seconds.") from None
    except OSError as problem:
        message = f"cannot be read: the process that reads it did not start ({problem.strerror})."
        raise _fault(name, message, "not_started") from None
    if done.returncode in _NOT_STARTED:
        message = "cannot be read: the process that reads it did not start. Install srsmeting again."
        raise _fault(name, message, "not_started")
    if done.returncode in _STOPPED:
        message = "cannot be read: the system stopped the reading of it, as it does where memory runs out."
        raise _fault(name, message, "too_large")
    if done.returncode:
        raise _unreadable(name, tool, "the file is damaged, in a way that made the program that reads it crash.")
    return done.stdout


def _reason(problem: str) -> str:
    if "convert string" in problem:
        return "its texts are not in the encoding that it names."
    if "duplicated" in problem:
        return "two of its variables have one name."
    if "rows" in problem:
        return "it breaks off."
    return "it is damaged or not complete."


def _unreadable(name: str, tool: str, why: str) -> IntakeError:
    return _fault(name, f"cannot be read as a file of {tool}: {why} Save it again with {tool}.")


def _fault(name: str, message: str, rule: str = "damaged") -> IntakeError:
    return IntakeError(faults=[Fault(name, message, rule=rule)])
