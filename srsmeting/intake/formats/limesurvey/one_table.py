"""A LimeSurvey export of one table, with headings as chosen and answers as chosen: CSV, XLSX and JSON alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import pandas as pd

from srsmeting.errors import Fault
from srsmeting.intake.formats.limesurvey.answers import how_written, to_codes
from srsmeting.intake.formats.limesurvey.columns import tool_columns
from srsmeting.intake.formats.limesurvey.dialect import CODES, CONVERTED, TEXTS
from srsmeting.intake.formats.limesurvey.export import keep_first, make_export
from srsmeting.intake.formats.limesurvey.headings import name_headings
from srsmeting.intake.formats.limesurvey.lost import CODES_LOSE, CONVERTED_LOSE, TEXTS_LOSE
from srsmeting.intake.raw import Lines, RawExport

if TYPE_CHECKING:
    from srsmeting.questionnaire.structures import ToolStructure

_DIALECTS = {"codes": CODES, "texts": TEXTS, "converted": CONVERTED}
_LOST = {"codes": CODES_LOSE, "texts": TEXTS_LOSE, "converted": CONVERTED_LOSE}
_FORMATS = {
    "codes": "antwoorden als codes",
    "texts": "antwoorden als teksten",
    "converted": "antwoorden als codes, ja en nee als 1 en 2",
}


def read_table(
    name: str,
    kind: str,
    headings: Sequence[str],
    cells: pd.DataFrame,
    lines: Lines,
    structure: ToolStructure | None,
    *,
    notes: Sequence[str] = (),
    faults: Sequence[Fault] = (),
    lost: Sequence[str] = (),
    place: Literal["regel", "rij", "record"] = "regel",
) -> RawExport:
    """Read the table of an export.

    Parameters
    ----------
    name, kind
        The file's name, and of what kind it is: "CSV", "XLSX", "JSON".
    headings, cells, lines
        The headings as written, the cells in columns that are numbered, and where each record stands.
    structure
        The structure of the survey; with it, texts become codes and texts as headings become names.
    notes, faults, lost, place
        As in :class:`srsmeting.intake.raw.RawExport`: what the file itself adds to them.

    Raises
    ------
    IntakeError
        For abbreviated question texts as headings.
    """
    columns = tool_columns(structure) if structure else ()
    named = name_headings(headings, cells, structure, columns, name)
    names = dict(zip(headings, named.names, strict=True))
    faults = [replace(fault, column=names.get(fault.column, fault.column)) for fault in faults]
    keep, double = keep_first(named.names, name)
    cells = cells[keep].set_axis([named.names[number] for number in keep], axis="columns")
    written = how_written(cells, columns)
    # Without a structure nothing but a mapping can say which text is which question.
    dialect = replace(_DIALECTS[written], by_text=named.by_text and structure is None)
    if structure and written != "codes":
        cells, dialect = to_codes(cells, columns, written), CODES
    return make_export(
        name,
        f"LimeSurvey, {_FORMATS[written]} ({kind})",
        dialect,
        cells,
        lines,
        notes=notes,
        faults=(*faults, *named.faults, *double),
        lost=(*_LOST[written], *lost),
        texts=named.texts,
        place=place,
    )
