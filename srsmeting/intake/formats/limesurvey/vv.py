"""LimeSurvey: the VV export, made to be imported again, which tells "not shown" from "left empty".

Named ``.csv`` and separated by tabs; two headings, texts and codes; ``{question_not_shown}`` where the database holds
nothing, and escapes for what would break a line or a cell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from srsmeting.errors import IntakeError
from srsmeting.intake.files.source import Source
from srsmeting.intake.formats.limesurvey.columns import tool_columns
from srsmeting.intake.formats.limesurvey.dialect import CODES, ID, SUBMITTED
from srsmeting.intake.formats.limesurvey.export import keep_first, make_export
from srsmeting.intake.formats.limesurvey.headings import name_fields
from srsmeting.intake.formats.limesurvey.lost import NUMBERS
from srsmeting.intake.formats.limesurvey.nulls import short_numbers, what_was_shown
from srsmeting.intake.raw import RawExport

if TYPE_CHECKING:
    from srsmeting.questionnaire.structures import ToolStructure

FORMAT = "LimeSurvey, VV-export"
KEY = "limesurvey-vv"

_NOTHING = "{question_not_shown}"
_ESCAPE = re.compile(r"\{(newline|cr|tab|lbrace|quote)\}")
_ESCAPED = {"newline": "\n", "cr": "\r", "tab": "\t", "lbrace": "{", "quote": '"'}


def recognises(source: Source) -> bool:
    """Say whether the second line names LimeSurvey's own columns."""
    table = source.table
    if table is None or SUBMITTED in table.header:
        return False
    return len(table.records) > 0 and {ID, SUBMITTED} <= set(table.records.iloc[0])


def read(source: Source, structure: ToolStructure | None = None) -> RawExport:
    r"""Read a VV export.

    Raises
    ------
    IntakeError
        When the second heading has numbers for questions (version 1) and there is no structure.

    Examples
    --------
    >>> from pathlib import Path
    >>> raw = b'"Response ID"\tDone\tHow\tWhy\nid\tsubmitdate\tQ1\tQ2\n'
    >>> raw += b'7\t"2021-11-22 09:00:00"\t\t{question_not_shown}\n8\t"2021-11-22 09:00:00"\tA1\tA1\n'
    >>> export = read(Source(Path("vvexport.csv"), raw))
    >>> export.cells["Q2"].tolist(), export.status().to_numpy().tolist(), export.lines.tolist()
    (['', 'A1'], [[1, 2], [0, 0]], [3, 4])
    """
    table = source.table
    if table is None:
        raise source.damage or IntakeError(f"{source.name}: is no delimited text.")
    columns = tool_columns(structure) if structure else ()
    names = name_fields(tuple(table.records.iloc[0]), columns, source.name)
    keep, faults = keep_first(names, source.name)
    written = table.records[keep].set_axis([names[number] for number in keep], axis="columns").iloc[1:]
    written = written.reset_index(drop=True)
    nothing = {str(column): (written[column] == _NOTHING).to_numpy() for column in written}
    cells = pd.DataFrame(
        {column: short_numbers(_unescaped(written[column].where(~nothing[str(column)], ""))) for column in written}
    )
    shown = what_was_shown(written.where(written != _NOTHING, ""), nothing, columns)
    return make_export(
        source.name,
        FORMAT,
        CODES,
        cells,
        table.lines[1:],
        faults=faults,
        shown=shown,
        lost=(NUMBERS,),
        texts={names[number]: table.header[number] for number in keep},
    )


def _unescaped(cells: pd.Series[str]) -> pd.Series[str]:
    escaped = cells.str.contains("{", regex=False)
    if not escaped.any():
        return cells
    return cells.str.replace(_ESCAPE, lambda found: _ESCAPED[found[1]], regex=True)
