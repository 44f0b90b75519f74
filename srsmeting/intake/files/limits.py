"""Texts and tables that are exactly as long as a program lets them be: what came after may be gone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from srsmeting.intake.checks.findings import Finding, where
from srsmeting.intake.files.beside import of_each
from srsmeting.intake.files.coded_text import different
from srsmeting.intake.raw import RawExport

#: The longest text in a cell of a spreadsheet program, and the most columns on its sheets.
_CELL, _COLUMNS = 32_767, 16_384
#: Where texts of other lengths are cut, by the key of a reader: by the package, or by the tool that writes for it.
_CUT_AT = {"spss": (255, 32_767), "limesurvey-spss": (255, 16_384), "stata": (244, 2_045)}


def cut_findings(raw: RawExport, reader: str) -> Iterator[Finding]:
    """Yield the columns with texts that end where a program cuts them, and a sheet that is as wide as one can be.

    `reader` is the key of the reader. A text in a workbook that is longer yet is one that a spreadsheet program will
    cut as soon as it saves the file.
    """
    limits = _CUT_AT.get(reader, (_CELL,))
    columns = [column for _, column in raw.cells.items()]
    for column, most in zip(columns, of_each(_most_bytes, columns, len(raw)), strict=True):
        if most < min(limits):  # no text has more characters than bytes
            continue
        characters = column.str.len().to_numpy(dtype=np.int64)
        lengths = pc.binary_length(pa.array(column.array))
        sizes = pd.Series(lengths.to_numpy(zero_copy_only=False))
        full = np.isin(characters, limits) | sizes.isin(limits).to_numpy(dtype=np.bool_)
        if raw.place == "rij":
            full |= characters >= _CELL
        rows = np.flatnonzero(full)
        if len(rows):
            what = "is 1 tekst" if len(rows) == 1 else f"zijn {len(rows)} teksten"
            message = (
                f"In kolom ‘{column.name}’ {what} zo lang als een programma toelaat: het einde kan ontbreken. "
                f"{where(rows, raw.lines)}"
            )
            yield Finding("cut_off", "", len(rows), message)
    if raw.place == "rij" and raw.cells.shape[1] >= _COLUMNS:
        message = "Het werkblad is zo breed als een werkblad kan zijn: er kunnen kolommen ontbreken."
        yield Finding("cut_off", "", 1, message)


def _most_bytes(column: pd.Series[str]) -> int:
    return pc.max(pc.binary_length(different(column))).as_py() or 0
