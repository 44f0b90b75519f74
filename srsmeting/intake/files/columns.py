"""The cells of a delimited file, column by column and a stretch of records at a time.

Only a stretch is ever in memory as pyarrow takes it apart; what is kept of a closed question is a byte a cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
from pyarrow import csv as arrow_csv

from srsmeting.errors import IntakeError
from srsmeting.intake.files.coded_text import CodedText, Codes, text_array

_STRETCH = 1 << 25
_BLOCK = 1 << 21
#: Records of which the columns tell whether few texts come back in them, and how many different texts are few.
_SAMPLE = 2_000
_FEW = 1_000


def parse_columns(
    raw: bytes, start: int, ends: npt.NDArray[np.int64], width: int, delimiter: str, tell: Callable[[int], None]
) -> pd.DataFrame:
    """Return the cells of a delimited file as text.

    Parameters
    ----------
    raw
        UTF-8.
    start, ends
        Where the first record begins and where each ends.
    width, delimiter
        How many cells they have, and what is between these.
    tell
        Is told up to which position the file has been read.

    Returns
    -------
    DataFrame
        Columns are numbered. All are text; those in which few texts come back are held as numbers of these.
    """
    columns = [_Column() for _ in range(width)]
    for begin, end, count in _stretches(start, ends):
        names = [str(number) for number in range(width)]
        types = {name: column.wanted for name, column in zip(names, columns, strict=True)}
        table = arrow_csv.read_csv(
            pa.py_buffer(memoryview(raw)[begin:end]),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=_block_size(begin, end, ends)),
            parse_options=arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            convert_options=arrow_csv.ConvertOptions(
                column_types=types,
                check_utf8=False,  # done, with line numbers
                strings_can_be_null=False,
            ),
        )
        if table.num_rows != count:  # the scan and the parser must agree on what a record is
            message = f"internal check: {table.num_rows} records parsed, {count} counted. Please report this file."
            raise IntakeError(message)
        for column, found in zip(columns, table.unify_dictionaries().columns, strict=True):
            column.add(found)
        tell(end)
    return pd.DataFrame({number: column.array() for number, column in enumerate(columns)}, copy=False)


def _stretches(start: int, ends: npt.NDArray[np.int64]) -> Iterator[tuple[int, int, int]]:
    """Yield begin, end and number of records; a first stretch is small, because it tells what the columns are like."""
    begin, done = start, 0
    while done < len(ends):
        upto = int(np.searchsorted(ends, begin + _STRETCH)) if done else min(_SAMPLE, len(ends))
        upto = max(upto, done + 1)
        yield begin, int(ends[upto - 1]), upto - done
        begin, done = int(ends[upto - 1]), upto


def _block_size(begin: int, end: int, ends: npt.NDArray[np.int64]) -> int:
    # pyarrow takes no record that is larger than a block.
    first, last = np.searchsorted(ends, [begin, end])
    longest = int(np.diff(ends[first : last + 1], prepend=begin).max(initial=0))
    return max(_BLOCK, longest + 2)


class _Column:
    """A column that grows: as numbers of texts as long as these are few, and as text from then on."""

    def __init__(self) -> None:
        self.wanted = pa.large_string()
        self._numbers: dict[str, int] = {}
        self._coded: list[Codes] = []
        self._written: list[Any] = []

    def add(self, found: pa.ChunkedArray) -> None:
        if pa.types.is_dictionary(found.type):
            self._add_coded(found)
            return
        if not self._coded and not self._written and _comes_back(found):
            self.wanted = pa.dictionary(pa.int32(), pa.string())
            self._add_coded(found.dictionary_encode())  # which may find that there are too many after all
        else:
            self._written += found.chunks

    def _add_coded(self, found: pa.ChunkedArray) -> None:
        if not found.num_chunks:
            return
        texts = found.chunk(0).dictionary.to_pylist()
        table = [self._numbers.setdefault(text, len(self._numbers)) for text in texts]
        numbers = np.array(table, dtype=np.min_scalar_type(-max(len(self._numbers), 1)))
        self._coded += [numbers[chunk.indices.to_numpy()] for chunk in found.chunks]
        if len(self._numbers) > _FEW:
            self._written = [pa.array(self._array_of_codes(), type=pa.large_string())]
            self._coded, self.wanted = [], pa.large_string()

    def _array_of_codes(self) -> CodedText:
        codes = np.concatenate(self._coded)
        self._coded = []
        return CodedText.of(codes, list(self._numbers))

    def array(self) -> Any:
        """Return the column, and forget it."""
        if self._coded:
            return self._array_of_codes()
        written = pa.chunked_array(self._written, type=pa.large_string())
        self._written = []
        return text_array(written)


def _comes_back(found: pa.ChunkedArray) -> bool:
    return 2 * len(found.unique()) <= len(found)
