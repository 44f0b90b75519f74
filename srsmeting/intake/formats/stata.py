"""Stata: ``.dta``, with the labels of variables and values, and the missing values ``.a`` to ``.z``."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from srsmeting.intake.formats.labelled import Clock, labelled_export, read_variables
from srsmeting.intake.raw import RawExport

if TYPE_CHECKING:
    from srsmeting.intake.files.source import Source
    from srsmeting.questionnaire.structures import ToolStructure

FORMAT = "Stata (.dta)"
KEY = "stata"

_EPOCH = datetime(1960, 1, 1)
_DAY = 86_400
#: Release numbers of the formats before the one that is announced in XML.
_RELEASES = frozenset({104, 105, 108, 110, 111, 112, 113, 114, 115})


def recognises(source: Source) -> bool:
    """Say whether a file is one of Stata: 117 and later say so, earlier ones begin with release and byte order."""
    head = source.beginning[:11]
    if head == b"<stata_dta>":
        return True
    return len(head) > 3 and head[0] in _RELEASES and head[1] in (1, 2) and head[2:4] in (b"\1\0", b"\1\1")


def read(source: Source, structure: ToolStructure | None = None) -> RawExport:
    """Read a file of Stata.

    Parameters
    ----------
    source
        The file.
    structure
        The survey; with it, labels that were cut are whole again.

    Returns
    -------
    RawExport
        Codes as text (a tagged missing value as ``.a``); the dialect has the labels of values.

    Raises
    ------
    IntakeError
        The file is damaged.
    """
    found = read_variables(source.raw, source.name, "read_dta", _clock, "Stata")
    return labelled_export(found, source.name, FORMAT, "Stata", longest=(80, 32_000), structure=structure)


def _clock(display: str) -> Clock | None:
    if display.startswith(("%td", "%-td", "%d")):
        return Clock(_EPOCH, _DAY, of_day=False)
    return Clock(_EPOCH, 0.001, of_day=True) if display.startswith(("%tc", "%tC", "%-tc")) else None
