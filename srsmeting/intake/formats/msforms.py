"""Microsoft Forms: the workbook of answers, in Dutch, English or Spanish; also after someone saved it as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from srsmeting.intake.binding.wording import same_wording
from srsmeting.intake.files.sheet_table import has_table, read_named
from srsmeting.intake.files.source import Source
from srsmeting.intake.formats.forms import forms_export
from srsmeting.intake.personal import TECHNICAL
from srsmeting.intake.raw import RawExport

if TYPE_CHECKING:
    from srsmeting.questionnaire.structures import ToolStructure

FORMAT = "Microsoft Forms"
KEY = "microsoft-forms"

_BEGINS = (
    {"begintijd", "tijd van voltooien"},
    {"start time", "completion time"},
    {"hora de inicio", "hora de finalización"},
)
_MAIL = ("e-mail", "email", "correo electrónico")
_ANONYMOUS = frozenset({"anonymous", "anoniem", ""})
_QUIZ = ("total points", "quiz feedback")
_QUIZ_PARTS = ("points - ", "feedback - ")


def recognises(source: Source) -> bool:
    """Say whether a sheet or a text file begins as Microsoft Forms does."""
    return has_table(source, _is_forms)


def read(source: Source, structure: ToolStructure | None = None) -> RawExport:
    """Read the answers to a Microsoft Form.

    Parameters
    ----------
    source
        The file.
    structure
        Not used: Microsoft Forms has none.

    Raises
    ------
    IntakeError
        More than one sheet has answers.
    """
    table = read_named(source, "answers of Microsoft Forms", _is_forms)
    notes = []
    mail = [heading for heading in table.cells.columns if same_wording(str(heading)) in _MAIL]
    if mail and table.cells[mail[0]].str.casefold().isin(_ANONYMOUS).all():
        notes.append("De antwoorden zijn anoniem gegeven.")
    if not source.workbook:
        notes.append("Het werkboek van Microsoft Forms is als tekst opgeslagen.")
    export = forms_export(table, source.name, FORMAT, tuple(notes))
    headings = {str(heading): same_wording(str(heading)) for heading in table.cells.columns}
    if not any(name in _QUIZ for name in headings.values()):
        return export
    quiz = {heading: TECHNICAL for heading, name in headings.items() if name in _QUIZ or name.startswith(_QUIZ_PARTS)}
    return replace(export, metadata={**export.metadata, **quiz})


def _is_forms(header: Sequence[str]) -> bool:
    names = {same_wording(heading) for heading in header[:8]}
    return any(begins <= names for begins in _BEGINS)
