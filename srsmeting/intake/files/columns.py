"""The cells of a delimited file, column by column and a stretch of records at a time.

Only a stretch is ever in memory as it is taken apart; what is kept of a closed question is a byte a cell. Stretches are
taken apart beside each other, and while the rest of the file is still being scanned.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from types import TracebackType
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]

from srsmeting.intake.files.cells import Cells, text_of_key
from srsmeting.intake.files.coded_text import CodedText, text_array
from srsmeting.intake.files.scan import Scan
from srsmeting.intake.files.short_texts import ShortTexts

#: Bytes that are taken apart at once: few, so that they stay near the processor.
_STRETCH = 1 << 20
#: Records of which the columns tell whether few texts come back in them, and how many different texts are few.
_SAMPLE = 2_000
_FEW = 1_000
#: How many may work at once, and how many stretches may wait for each.
_MOST_WORKERS, _WAITING = 8, 4
#: Columns that can be looked up by their short texts; each takes memory.
_MOST_SHORT = 4_000


class Columns:
    r"""The columns of a delimited file, which grow as its records are found.

    Parameters
    ----------
    raw
        UTF-8.
    start
        Where the header begins.
    tell
        Is told up to which position the file has been taken apart.

    Examples
    --------
    >>> from srsmeting.intake.files.scan import scan_records
    >>> raw = b'"id";"naam"\n"1";"De Brug; Noord"\n'
    >>> with Columns(raw, 0, print) as columns:
    ...     scan = scan_records(raw, 0, ";", "export.csv", columns.add)
    ...     columns.finish().values.tolist()
    33
    [['1', 'De Brug; Noord']]
    """

    def __init__(self, raw: bytes, start: int, tell: Callable[[int], None]) -> None:
        self._raw, self._start, self._tell = raw, start, tell
        self._columns: list[_Column] = []
        self._short = ShortTexts.of({})
        self._lock = Lock()
        self._waiting: list[Scan] = []
        self._workers = min(os.cpu_count() or 1, _MOST_WORKERS)
        self._pool: ThreadPoolExecutor | None = None
        self._pending: deque[tuple[int, Future[list[Any]]]] = deque()
        self._begun = self._sound = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def add(self, records: Scan) -> None:
        """Take in the next records of the file; the first is the header, and tells how many columns there are."""
        if not self._columns:
            self._columns = [_Column() for _ in range(int(records.widths[0]))]
            records = records[1:]
        # Records of another width are a fault, which the scan tells when it is ready.
        self._sound = self._sound and bool((records.widths == len(self._columns)).all())
        if not self._sound or not len(records.ends):
            return
        self._waiting.append(records)
        counted = sum(len(part.ends) for part in self._waiting)
        if self._begun and counted < _SAMPLE:
            return
        if self._begun:
            self._begin()
        if records.ends[-1] - self._waiting[0].begins[0] >= _STRETCH:
            self._hand_out()

    def finish(self) -> pd.DataFrame:
        """Return the cells as text; columns are numbered, and those in which few texts come back hold numbers of these.

        No fault may have been told of the records that were added.
        """
        if self._begun:
            self._begin()
        self._hand_out()
        while self._pending:
            self._collect()
        return pd.DataFrame({number: column.array() for number, column in enumerate(self._columns)}, copy=False)

    def _begin(self) -> None:
        """Look in the first records in which columns few texts come back."""
        self._begun = False
        if not self._waiting:
            return
        sample = Scan.join(self._waiting)[:_SAMPLE]
        cells = Cells.of(self._raw, self._start, sample, len(self._columns))
        texts = cells.texts(range(len(self._columns)))
        coded = [number for number, text in enumerate(texts) if _come_back(text)]
        for number in coded:
            self._columns[number].is_coded = True
        if len(sample.ends) < _SAMPLE:  # the whole file: looking up is not worth its preparation
            return
        keys, too_long = cells.keys(np.array(coded[:_MOST_SHORT], dtype=np.intp))
        short = {
            column: self._columns[column].keys(np.unique(keys[:, place]))
            for place, column in enumerate(coded[:_MOST_SHORT])
            if not too_long[place]
        }
        self._short = ShortTexts.of(short)

    def _hand_out(self) -> None:
        if not self._waiting:
            return
        records, self._waiting = Scan.join(self._waiting), []
        for stretch in _stretches(records):
            if len(self._pending) >= _WAITING * self._workers:
                self._collect()
            if self._pool is None:
                self._pool = ThreadPoolExecutor(max_workers=self._workers)
            self._pending.append((int(stretch.ends[-1]), self._pool.submit(self._take_apart, stretch)))

    def _collect(self) -> None:
        end, work = self._pending.popleft()
        for column, cells in zip(self._columns, work.result(), strict=True):
            column.parts.append(cells)
        self._tell(end)

    def _take_apart(self, records: Scan) -> list[Any]:
        cells = Cells.of(self._raw, self._start, records, len(self._columns))
        found: list[Any] = [None] * len(self._columns)
        self._look_up(cells, found)
        # What is coded is not kept as text, so it is not taken out together with what is.
        for is_coded in (True, False):
            columns = [
                number
                for number, column in enumerate(self._columns)
                if found[number] is None and column.is_coded == is_coded
            ]
            for number, text in zip(columns, cells.texts(columns), strict=True):
                found[number] = self._columns[number].code(text, self._lock) if is_coded else text
        return found

    def _look_up(self, cells: Cells, found: list[Any]) -> None:
        short = self._short
        if not len(short.columns):
            return
        keys, too_long = cells.keys(short.columns)
        numbers, strange = short.look_up(keys)
        by_column = np.ascontiguousarray(numbers.T)
        is_strange = strange.any(axis=0)
        for place in np.flatnonzero(~is_strange & ~too_long):
            found[short.columns[place]] = by_column[place]
        new = {
            int(short.columns[place]): np.unique(keys[strange[:, place], place])
            for place in np.flatnonzero(is_strange & ~too_long)
        }
        if new:
            with self._lock:
                self._short = self._short.learn(
                    {column: self._columns[column].keys(keys) for column, keys in new.items()}
                )


def _stretches(records: Scan) -> list[Scan]:
    found, done = [], 0
    while done < len(records.ends):
        upto = max(int(np.searchsorted(records.ends, records.begins[done] + _STRETCH, side="right")), done + 1)
        found.append(records[done:upto])
        done = upto
    return found


class _Column:
    """A column that grows: as numbers of texts as long as these are few, and as text from then on."""

    def __init__(self) -> None:
        self.is_coded = False
        #: Cells as text, or as numbers, by stretch.
        self.parts: list[Any] = []
        self._numbers: dict[str, int] = {}

    def keys(self, keys: npt.NDArray[np.uint64]) -> Mapping[int, int]:
        """Return the number of the text that each key of a cell tells."""
        found = {key: self._numbers.setdefault(text_of_key(key), len(self._numbers)) for key in keys.tolist()}
        self.is_coded = self.is_coded and len(self._numbers) <= _FEW
        return found

    def code(self, text: Any, lock: Lock) -> Any:
        """Return cells as numbers, or as they are when there are too many texts after all."""
        coded = text.dictionary_encode()
        with lock:
            table = [self._numbers.setdefault(one, len(self._numbers)) for one in coded.dictionary.to_pylist()]
            self.is_coded = self.is_coded and len(self._numbers) <= _FEW
            if not self.is_coded:
                return text
            numbers = np.array(table, dtype=np.min_scalar_type(-max(len(self._numbers), 1)))
        return numbers[coded.indices.to_numpy()]

    def array(self) -> Any:
        """Return the column, and forget it."""
        parts, self.parts = self.parts, []
        texts = list(self._numbers)
        if parts and all(isinstance(part, np.ndarray) for part in parts):
            return CodedText.of(np.concatenate(parts), texts)
        known = pa.array(texts, type=pa.large_string())
        written = [known.take(pa.array(part)) if isinstance(part, np.ndarray) else part for part in parts]
        return text_array(pa.chunked_array(written, type=pa.large_string()))


def _come_back(text: Any) -> bool:
    different = len(text.unique())
    return different <= _FEW and 2 * different <= len(text)
