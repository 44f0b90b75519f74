"""Which texts may hold a trace of a person: told from the bytes of a column, before any is looked at by itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from srsmeting.intake.files.coded_text import CodedText

# What every kind of trace has. The bytes tell a little less: where they see nothing, this finds nothing.
_ANY = "@|[1-9][0-9]{3} ?[A-Za-z]{2}|[0-9](?:[^0-9]{0,3}[0-9]){7}"
#: From one digit to the next, with three characters of at most four bytes between them.
_NEAR = 13
_IS_LETTER = np.array([chr(byte).isascii() and chr(byte).isalpha() for byte in range(256)])
#: Cells at a time: so few that their bytes stay near the processor.
_ROWS = 1 << 15

Rows = npt.NDArray[np.intp]
Signs = npt.NDArray[np.uint8]


def suspects(column: pd.Series[str]) -> Rows:
    """Return the rows in which something of a person may stand.

    Examples
    --------
    >>> suspects(pd.Series(["", "In 2021 waren we met 150", "mail jan@example.org", "1234 AB", "06-12345678"])).tolist()
    [1, 2, 3, 4]
    """
    array: Any = column.array
    if isinstance(array, CodedText):
        return np.flatnonzero(column.str.contains(_ANY, regex=True))
    cells, found = array.__arrow_array__(), [np.empty(0, dtype=np.intp)]
    for begin in range(0, len(cells), _ROWS):
        part = pa.concat_arrays(cells.slice(begin, _ROWS).chunks)
        rows = _rows_of_interest(part)
        found.append(begin + rows[np.asarray(pc.match_substring_regex(part.take(pa.array(rows)), _ANY))])
    return np.concatenate(found)


def _rows_of_interest(cells: Any) -> Rows:
    _, offsets, data = cells.buffers()
    places = np.frombuffer(offsets, dtype=np.int64)[cells.offset : cells.offset + len(cells) + 1]
    signs = np.frombuffer(data or b"", dtype=np.uint8)[places[0] : places[-1]]
    # Cells stand against each other here, which can only make more of them of interest.
    hits = np.concatenate([np.flatnonzero(signs == ord("@")), *_numbers(signs)])
    found = np.zeros(len(cells), dtype=np.bool_)
    found[np.searchsorted(places[1:] - places[0], hits, side="right")] = True
    return np.flatnonzero(found)


def _numbers(signs: Signs) -> tuple[Rows, Rows]:
    """Return where the number of a postcode ends, before a letter; and the eighth digit of those that are near."""
    digits = np.flatnonzero(signs - np.uint8(ord("0")) < 10)
    steps = np.diff(digits)
    fourth = digits[_runs(steps == 1, 3) + 3]
    after = signs.take(fourth + 1, mode="clip")
    letters = _IS_LETTER[after] | ((after == ord(" ")) & _IS_LETTER[signs.take(fourth + 2, mode="clip")])
    return fourth[letters], digits[_runs(steps <= _NEAR, 7) + 7]


def _runs(mask: npt.NDArray[np.bool_], length: int) -> Rows:
    """Return where so many follow each other."""
    found = mask[: max(len(mask) - length + 1, 0)].copy()
    for step in range(1, length):
        found &= mask[step : step + len(found)]
    return np.flatnonzero(found)
