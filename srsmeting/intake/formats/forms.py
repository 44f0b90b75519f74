"""Forms whose columns are headed by the text of the question, and whose answers are the texts that people chose.

There are no codes. Which column is which question, `mapping.yaml` says; an answer is recognised by its text; what was
written at "other, namely" stands among the options, without a mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from srsmeting.intake.dialect import Column, Dialect
from srsmeting.intake.files.sheet_table import NamedTable
from srsmeting.intake.formats.named import named_export
from srsmeting.intake.raw import RawExport
from srsmeting.questionnaire import Question

LOST = (
    "Niet gesteld en opengelaten staan beide als een lege cel in het bestand; de routing beslist.",
    "Een eigen tekst bij ‘anders’ staat zonder kenmerk tussen de keuzes: wat geen bekend antwoord is, is zo gelezen.",
    "Alleen verzonden antwoorden staan in het bestand: wie niet tot het einde kwam, is niet te zien.",
)


@dataclass(frozen=True)
class Texts(Dialect):
    """The dialect of a form: texts of questions, texts of answers, and several of them in a cell."""

    labels: bool = True
    any_decimal: bool = True
    inline_other: bool = True
    by_text: bool = True

    def columns(self, question: Question) -> Iterator[Column]:
        """Yield none: a text is no name."""
        yield from ()


def forms_export(table: NamedTable, name: str, format: str, notes: tuple[str, ...] = ()) -> RawExport:
    """Hand over a form."""
    texts = {str(heading): str(heading) for heading in table.cells.columns}
    return named_export(table, name, format, Texts(), lost=LOST, texts=texts, notes=notes)
