"""Google Forms: the answers as CSV, and the sheet that a form writes them to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from srsmeting.intake.binding.wording import same_wording
from srsmeting.intake.checks.moments import is_moment
from srsmeting.intake.files.sheet_table import has_table, read_named
from srsmeting.intake.files.source import Source
from srsmeting.intake.formats.forms import forms_export
from srsmeting.intake.raw import RawExport

if TYPE_CHECKING:
    from srsmeting.questionnaire.structures import ToolStructure

FORMAT = "Google Forms"
KEY = "google-forms"

_FIRST = ("timestamp", "tijdstempel")


def recognises(source: Source) -> bool:
    """Say whether a text file or a sheet begins as Google Forms does."""
    return has_table(source, _is_forms)


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
    table = read_named(source, "answers of Google Forms", _is_forms)
    moments = table.cells.iloc[:, 0]
    strange = int(sum(not is_moment(text) for text in moments.unique()))
    notes = (f"Tijdstempels die geen moment zijn dat Google schrijft: {strange}.",) if strange else ()
    return forms_export(table, source.name, FORMAT, notes)


def _is_forms(header: Sequence[str]) -> bool:
    return same_wording(header[0]) in _FIRST and len(header) > 1
