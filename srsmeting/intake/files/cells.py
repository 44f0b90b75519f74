"""The cells of a stretch of delimited text, as pyarrow takes it apart.

The scan has passed the stretch, so that it means one thing only: cells that are quoted whole or not at all, records of
as many cells as the header.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
from pyarrow import csv

from srsmeting.errors import IntakeError
from srsmeting.intake.files.encoding import BOM


class Cells:
    r"""How the cells of a file are taken out.

    Parameters
    ----------
    width
        The cells of a record.
    delimiter
        What separates them.

    Examples
    --------
    >>> raw = b'"1";"een\n""twee"" "\r\n\r\n22;\r\n'
    >>> [column.to_pylist() for column in Cells(2, ";").texts(raw, 2)]
    [['1', '22'], ['een\n"twee" ', '']]
    """

    def __init__(self, width: int, delimiter: str) -> None:
        self._names = [str(number) for number in range(width)]
        self._parse = csv.ParseOptions(delimiter=delimiter)
        self._convert = {
            check: csv.ConvertOptions(check_utf8=check, column_types=dict.fromkeys(self._names, pa.large_string()))
            for check in (True, False)
        }

    def texts(self, raw: bytes, rows: int) -> list[Any]:
        """Return the cells of a stretch of so many records, per column.

        Raises
        ------
        IntakeError
            It is not UTF-8, or is not as the scan found it.
        """
        if raw.startswith(BOM):
            raw = b"\n" + raw  # here it is text, which only after a blank line is safe
        # As one block, in which line breaks inside cells need no care.
        options = csv.ReadOptions(use_threads=False, block_size=len(raw) + 1, column_names=self._names)
        try:
            table = csv.read_csv(pa.BufferReader(raw), options, self._parse, self._convert[not raw.isascii()])
        except pa.ArrowInvalid as problem:
            raise IntakeError(f"internal check: {problem}. Please report this file.") from None
        if table.num_rows != rows:
            message = f"internal check: {table.num_rows} rows were read, {rows} counted."
            raise IntakeError(f"{message} Please report this file.")
        return [column.chunk(0) if column.num_chunks == 1 else column.combine_chunks() for column in table.columns]
