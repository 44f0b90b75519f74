"""LimeSurvey: the response export as a workbook (.xlsx, or saved as .ods), with headings and answers as in the CSV."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from srsmeting.errors import Fault, IntakeError
from srsmeting.intake.files.sheets import choose_sheet, formula_faults, sheet_notes
from srsmeting.intake.files.source import Source
from srsmeting.intake.files.workbook import Sheet
from srsmeting.intake.formats.limesurvey.headings import are_of_limesurvey
from srsmeting.intake.formats.limesurvey.lost import LEADING_ZEROS
from srsmeting.intake.formats.limesurvey.one_table import read_table
from srsmeting.intake.raw import TEXT, RawExport

if TYPE_CHECKING:
    from srsmeting.questionnaire.structures import ToolStructure

FORMAT = "LimeSurvey (XLSX)"
KEY = "limesurvey-xlsx"


def recognises(source: Source) -> bool:
    """Say whether the first row of one sheet has the headings of LimeSurvey."""
    return any(_is_own(sheet) for sheet in source.workbook)


def read(source: Source, structure: ToolStructure | None = None) -> RawExport:
    """Read a response export as a workbook; formulas that LimeSurvey made of texts become texts again.

    Raises
    ------
    IntakeError
        When more than one sheet is an export, or for abbreviated question texts as headings. A formula that someone
        wrote is in ``.faults``.
    """
    sheet = choose_sheet(source.workbook, source.name, _is_own)
    if sheet is None:
        raise source.damage or IntakeError(f"{source.name}: is no workbook of LimeSurvey.")
    header, *rows = sheet.rows
    width = max((place + 1 for place, heading in enumerate(header) if heading), default=0)
    beyond = [number for number, row in enumerate(rows, start=2) if any(row[width:])]
    faults = [_fault(source.name, number, "cells stand beside the table. Take them out.", "width") for number in beyond]
    # A text that begins with "=" became a formula of one "=" more.
    texts = {place: formula[1:] for place, formula in sheet.formulas.items() if formula.startswith("==")}
    others = {place: formula for place, formula in sheet.formulas.items() if place not in texts}
    faults += formula_faults(replace(sheet, formulas=others), source.name)
    filled = [number for number, row in enumerate(rows, start=1) if any(row)]
    columns = {
        place: pd.array(
            np.array([texts.get((number, place), rows[number - 1][place]) for number in filled], dtype=object),
            dtype=TEXT,
        )
        for place in range(width)
    }
    return read_table(
        source.name,
        "ODS" if source.is_ods else "XLSX",
        header[:width],
        pd.DataFrame(columns, index=pd.RangeIndex(len(filled))),
        np.array(filled, dtype=np.int64) + 1,
        structure,
        notes=(f"Werkblad ‘{sheet.title}’.", *sheet_notes(sheet, source.workbook)),
        faults=faults,
        lost=(LEADING_ZEROS,),
        place="rij",
    )


def _is_own(sheet: Sheet) -> bool:
    return bool(sheet.rows) and are_of_limesurvey(sheet.rows[0])


def _fault(name: str, row: int, message: str, rule: str) -> Fault:
    return Fault(name, message, row, rule=rule)
