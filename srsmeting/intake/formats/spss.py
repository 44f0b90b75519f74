"""SPSS: ``.sav`` and ``.zsav``, with the labels of variables and values, and what was declared missing."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from srsmeting.errors import Fault, IntakeError
from srsmeting.intake.formats.labelled import Clock, labelled_export, read_variables
from srsmeting.intake.formats.sav_labels import labels_are_sound
from srsmeting.intake.raw import RawExport

if TYPE_CHECKING:
    from srsmeting.intake.files.source import Source
    from srsmeting.questionnaire.structures import ToolStructure

FORMAT = "SPSS (.sav)"
KEY = "spss"

_MAGIC = (b"$FL2", b"$FL3")
_EPOCH = datetime(1582, 10, 14)
_DAY = re.compile(r"(DATE|ADATE|EDATE|JDATE|SDATE)\d+")
_MOMENT = re.compile(r"(DATETIME|YMDHMS)\d+(\.\d+)?")


def recognises(source: Source) -> bool:
    """Say whether a file is one of SPSS, compressed or not."""
    return source.beginning.startswith(_MAGIC)


def read(source: Source, structure: ToolStructure | None = None) -> RawExport:
    """Read a file of SPSS.

    Parameters
    ----------
    source
        The file.
    structure
        The survey; with it, labels that were cut are whole again.

    Returns
    -------
    RawExport
        Codes as text; the dialect has the labels of values. In a multiple-response set of dichotomies the value that
        counts is 1 and any other 0; the variables of a set of categories stand together in one column, named after it.

    Raises
    ------
    IntakeError
        The file is damaged.
    """
    if not labels_are_sound(source.raw):
        message = "cannot be read as a file of SPSS: it is damaged or not complete. Save it again with SPSS."
        raise IntakeError(faults=[Fault(source.name, message, rule="damaged")])
    found = read_variables(source.raw, source.name, "read_sav", _clock, "SPSS")
    return labelled_export(found, source.name, FORMAT, "SPSS", longest=(256, 120), structure=structure)


def _clock(display: str) -> Clock | None:
    if _DAY.fullmatch(display):
        return Clock(_EPOCH, 1, of_day=False)
    return Clock(_EPOCH, 1, of_day=True) if _MOMENT.fullmatch(display) else None
