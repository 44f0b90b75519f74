"""LimeSurvey: the response export as CSV.

As LimeSurvey 3 to 6 write it: UTF-8 with or without BOM; semicolon, comma or tab; every cell quoted; line ends as they
come; a blank line at the end that is no respondent. The heading is the question code (``Q``, ``Q[SQ001]``,
``Q[other]``), the same in ExpressionScript form (``Q_SQ001``), code and text (``Q[SQ001]. How do you …``), or the text
alone. "Not shown" and "left empty" are both written as an empty cell; only routing can tell them apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pyarrow.compute as pc  # type: ignore[import-untyped]

from srsmeting.errors import IntakeError
from srsmeting.intake.files.beside import of_each
from srsmeting.intake.files.coded_text import different
from srsmeting.intake.files.delimited import Table
from srsmeting.intake.files.source import Source
from srsmeting.intake.formats.limesurvey import vv
from srsmeting.intake.formats.limesurvey.headings import are_of_limesurvey
from srsmeting.intake.formats.limesurvey.one_table import read_table
from srsmeting.intake.raw import RawExport

if TYPE_CHECKING:
    from srsmeting.questionnaire.structures import ToolStructure

FORMAT = "LimeSurvey (CSV)"
KEY = "limesurvey-csv"

_MASKED = "'="

_DUTCH_DELIMITERS = {";": "puntkomma", ",": "komma", "\t": "tab"}


def recognises(source: Source) -> bool:
    """Say whether the headings are those of LimeSurvey, be they codes or texts."""
    return source.table is not None and are_of_limesurvey(source.table.header) and not vv.recognises(source)


def read(source: Source, structure: ToolStructure | None = None) -> RawExport:
    r"""Read a response export as CSV.

    Returns
    -------
    RawExport
        Doubled headings, missing metadata and submission moments that are none are in ``.faults``.

    Raises
    ------
    IntakeError
        For abbreviated question texts as headings.

    Examples
    --------
    >>> from pathlib import Path
    >>> raw = b'"id";"submitdate";"G01Q01"\n"1";"2021-11-22 09:00:00";"A1"\n"2";"";""\n'
    >>> export = read(Source(Path("export.csv"), raw))
    >>> export.cells["G01Q01"].tolist(), export.set_aside.tolist(), export.token_column
    (['A1', ''], ['', 'incomplete'], '')
    """
    table = source.table
    if table is None:
        raise source.damage or IntakeError(f"{source.name}: is no delimited text.")
    columns = of_each(_unmasked, [column for _, column in table.records.items()], len(table.records))
    records = pd.DataFrame({column.name: column for column in columns}, copy=False)
    return read_table(source.name, "CSV", table.header, records, table.lines, structure, notes=_notes(table))


def _unmasked(cells: pd.Series[str]) -> pd.Series[str]:
    # LimeSurvey puts a quote before what a spreadsheet would take for a formula.
    if not pc.any(pc.starts_with(different(cells), _MASKED)).as_py():
        return cells
    return cells.where(~cells.str.startswith(_MASKED), cells.str.slice(1))


def _notes(table: Table) -> tuple[str, ...]:
    notes = [f"Cellen gescheiden door een {_DUTCH_DELIMITERS[table.delimiter]}."]
    if not table.quoted:
        notes.append("De kopregel staat niet tussen aanhalingstekens: het bestand is na de export opnieuw opgeslagen.")
    if table.blank_lines:
        notes.append(f"Lege regels midden in het bestand, overgeslagen: {table.blank_lines}.")
    return tuple(notes)
