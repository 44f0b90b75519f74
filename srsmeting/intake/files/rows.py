"""A last look at what a reader made of a file: rows that are in the file and not in the export were lost on the way.

No reader should ever lose one. If one does, the export would look complete, and every figure would be of fewer people.
"""

from __future__ import annotations

import numpy as np

from srsmeting.errors import Fault, IntakeError
from srsmeting.intake.files.source import Source
from srsmeting.intake.raw import Lines, RawExport

#: Rows below the first that can still be headings: of Qualtrics and of the VV export.
_MOST_HEADINGS = 2


def check_rows(source: Source, export: RawExport) -> None:
    """Refuse an export with fewer rows than its file has.

    Of delimited text the rows are known exactly; of a workbook it is not known which sheet was read, so that only an
    export without rows is looked at.

    Raises
    ------
    IntakeError
        It is a fault of the reader, and says so.
    """
    if export.faults:
        return  # which are told first
    missing = 0
    if export.place == "regel" and source.table is not None:
        found = source.table.lines
        # What stands above the first row that was read are headings.
        missing = len(found[_headings(found, export) :]) - len(export) - export.blank_rows
    elif export.place == "rij" and not len(export):
        missing = max((sum(map(any, sheet.rows)) - 1 - _MOST_HEADINGS for sheet in source.workbook), default=0)
        missing = max(missing, 0)
    rising = bool((np.diff(export.lines) > 0).all())
    double = 0 if rising else len(export) - len(np.unique(export.lines))
    if missing or double or len(export) != len(export.lines):
        message = (
            f"internal check: {len(export)} rows were read, and the file has at least {len(export) + missing}. "
            "Please report this file."
        )
        raise IntakeError(faults=[Fault(source.name, message, rule="rows")])


def _headings(found: Lines, export: RawExport) -> int:
    above = int(np.searchsorted(found, export.lines[0])) if len(export) else len(found)
    return min(above, _MOST_HEADINGS)
