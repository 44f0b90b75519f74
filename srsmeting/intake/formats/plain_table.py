"""A table that no survey tool marks as its own: CSV, XLSX, ODS or Parquet, headings in the first row.

The columns are found by their names: the codes of the survey tool, our own, or what ``mapping.yaml`` says. Cells may
hold codes or texts of answers. Nothing is taken for anything else than its name says.
"""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from srsmeting.errors import Fault, IntakeError
from srsmeting.intake.files.sheet_table import NamedTable, read_named
from srsmeting.intake.files.source import Source
from srsmeting.intake.formats.labelled import as_text
from srsmeting.intake.formats.named import NamedColumns, named_export
from srsmeting.intake.raw import TEXT, RawExport

if TYPE_CHECKING:
    from srsmeting.questionnaire.structures import ToolStructure

FORMAT = "Tabel"
KEY = "tabel"

_PARQUET = b"PAR1"
_MOST_CELLS = 400_000_000
_LOST = "Een gewone tabel vertelt niet of een lege cel ‘niet gesteld’ of ‘opengelaten’ is; de routing beslist."
_NO_ROWS_SET_ASIDE = "Het bestand zegt niet wie de vragenlijst heeft voltooid: elke rij telt."
_YES = ("1", "Y", "y", "J", "j", "X", "x", "Ja", "ja", "JA", "Yes", "yes", "YES", "True", "true", "TRUE", "WAAR")
_NO = ("0", "N", "n", "Nee", "nee", "NEE", "No", "no", "NO", "False", "false", "FALSE", "ONWAAR")


def recognises(source: Source) -> bool:
    """Say whether a file holds a table at all; asked only when no survey tool knows the file."""
    if source.beginning.startswith(_PARQUET) or source.is_ods:
        return True
    return source.table is not None or any(sheet.rows for sheet in source.workbook)


def read(source: Source, structure: ToolStructure | None = None) -> RawExport:
    """Read a table.

    Parameters
    ----------
    source
        The file.
    structure
        Not used: the table has the names that it has.

    Raises
    ------
    IntakeError
        The file is damaged, or has cells on more than one sheet.
    """
    if source.beginning.startswith(_PARQUET):
        what, table = "Parquet", _read_parquet(source)
    else:
        what = "ODS" if source.is_ods else "XLSX" if source.workbook else "CSV"
        table = read_named(source, "cells")
    dialect = NamedColumns(
        ticked=frozenset(_YES), unticked=frozenset(_NO), no_text=frozenset(_NO), labels=True,
        other_chosen=frozenset({"-oth-", "other"}), any_decimal=True,
    )  # fmt: skip
    return named_export(table, source.name, f"{FORMAT} ({what})", dialect, lost=(_LOST,))


def _read_parquet(source: Source) -> NamedTable:
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    try:
        file = pq.ParquetFile(io.BytesIO(source.raw))
        if file.metadata.num_rows * file.metadata.num_columns > _MOST_CELLS:
            message = f"has {file.metadata.num_rows} rows of {file.metadata.num_columns} columns, which no survey has."
            raise IntakeError(faults=[Fault(source.name, f"{message} It is damaged.", rule="too_large")])
        table = file.read()
        columns = {name: table.column(number).to_pylist() for number, name in enumerate(table.column_names)}
    except IntakeError:
        raise
    except MemoryError:
        raise
    except Exception:  # pyarrow has a class of its own for every layer that damage can hit
        message = "is a damaged Parquet file. Write it again."
        raise IntakeError(faults=[Fault(source.name, message, rule="damaged")]) from None
    faults = [
        Fault(
            source.name, f"column {name!r} holds lists or records, not answers. Leave it out.", None, name, "", "nested"
        )
        for name, values in columns.items()
        if any(isinstance(value, list | dict | bytes) for value in values)
    ]
    if faults:
        raise IntakeError(faults=faults)
    times = Counter(table.column_names)
    double = [name for name in columns if times[name] > 1]
    if double:
        message = f"heading {double[0]!r} stands {times[double[0]]} times. Keep one of them."
        raise IntakeError(faults=[Fault(source.name, message, 1, double[0], double[0], "double_column")])
    cells = pd.DataFrame(
        {name: pd.array([_text(value) for value in values], dtype=TEXT) for name, values in columns.items()}
    )
    return NamedTable(cells, np.arange(1, len(cells) + 1, dtype=np.int64), place="record")


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return as_text(value)
