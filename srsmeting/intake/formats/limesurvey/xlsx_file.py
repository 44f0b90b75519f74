"""LimeSurvey: the response export as an Excel workbook (.xlsx), with headings and answers as in the CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from srsmeting.errors import Fault, IntakeError
from srsmeting.intake.files.sheets import choose_sheet, sheet_notes
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
        wrote is in ``.faults``: what it would give is not in the file.
    """
    sheet = choose_sheet(source.workbook, source.name, _is_own)
    if sheet is None:
        raise source.damage or IntakeError(f"{source.name}: is no workbook of LimeSurvey.")
    header, *rows = sheet.rows
    width = max((place + 1 for place, heading in enumerate(header) if heading), default=0)
    beyond = [number for number, row in enumerate(rows, start=2) if any(row[width:])]
    faults = [_fault(source.name, number, "cells stand beside the table. Take them out.", "width") for number in beyond]
    texts, formulas = _formulas(sheet, source.name)
    filled = [
        number
        for number, row in enumerate(rows, start=1)
        if any(row) or any((number, n) in texts for n in range(width))
    ]
    columns = {
        place: pd.array(
            np.array([texts.get((number, place), rows[number - 1][place]) for number in filled], dtype=object),
            dtype=TEXT,
        )
        for place in range(width)
    }
    return read_table(
        source.name,
        "XLSX",
        header[:width],
        pd.DataFrame(columns, index=pd.RangeIndex(len(filled))),
        np.array(filled, dtype=np.int64) + 1,
        structure,
        notes=(f"Werkblad ‘{sheet.title}’.", *sheet_notes(sheet, source.workbook)),
        faults=[*faults, *formulas],
        lost=(LEADING_ZEROS,),
        place="rij",
    )


def _is_own(sheet: Sheet) -> bool:
    return bool(sheet.rows) and are_of_limesurvey(sheet.rows[0])


def _formulas(sheet: Sheet, name: str) -> tuple[dict[tuple[int, int], str], list[Fault]]:
    texts: dict[tuple[int, int], str] = {}
    faults = []
    for (row, column), formula in sheet.formulas.items():
        if formula.startswith("=="):
            # A text that begins with "=" became a formula of one "=" more.
            texts[row, column] = formula[1:]
        else:
            message = (
                f"column {sheet.rows[0][column]!r}: a formula stands here, and not what it gives. Write its value."
            )
            faults.append(_fault(name, row + 1, message, "formula"))
    return texts, faults


def _fault(name: str, row: int, message: str, rule: str) -> Fault:
    return Fault(name, message, row, rule=rule)
