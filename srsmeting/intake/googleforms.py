"""Google Forms: the answers as CSV, and the sheet that a form writes them to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from srsmeting.errors import Fault, IntakeError
from srsmeting.intake.forms import forms_export
from srsmeting.intake.moments import is_moment
from srsmeting.intake.raw import RawExport
from srsmeting.intake.sheet_table import table_of
from srsmeting.intake.source import Source
from srsmeting.intake.wording import same_wording

if TYPE_CHECKING:
    from srsmeting.questionnaire.structures import ToolStructure

FORMAT = "Google Forms"
KEY = "google-forms"

_FIRST = ("timestamp", "tijdstempel")


def recognises(source: Source) -> bool:
    """Say whether a text file or a sheet begins as Google Forms does."""
    if source.workbook:
        return any(_is_forms(sheet.rows[0]) for sheet in source.workbook if sheet.rows)
    return source.table is not None and _is_forms(source.table.header)


def read(source: Source, structure: ToolStructure | None = None) -> RawExport:
    """Read the answers to a Google Form.

    Parameters
    ----------
    source
        The file.
    structure
        Not used: Google Forms has none.

    Raises
    ------
    IntakeError
        More than one sheet has answers.
    """
    table = table_of(source, _is_forms)
    if table is None:
        raise IntakeError(faults=[Fault(source.name, "has no answers of Google Forms.", rule="format")])
    moments = table.cells.iloc[:, 0]
    strange = int(sum(not is_moment(text) for text in moments.unique()))
    notes = (f"Tijdstempels die geen moment zijn dat Google schrijft: {strange}.",) if strange else ()
    return forms_export(table, source.name, FORMAT, "rij" if source.workbook else "regel", notes)


def _is_forms(header: Sequence[str]) -> bool:
    return same_wording(header[0]) in _FIRST and len(header) > 1
