"""The cells of a delimited file, column by column and a stretch of records at a time.

Stretches are taken apart beside each other, and what is kept of a closed question is a byte a cell.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from types import TracebackType
from typing import Any, Self

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from srsmeting.errors import Fault, IntakeError
from srsmeting.intake.files.beside import WORKERS, of_each
from srsmeting.intake.files.cells import SHORT, Cells
from srsmeting.intake.files.coded_text import CodedText, text_array
from srsmeting.intake.files.scan import Damage, Scan, scan_records
from srsmeting.intake.files.short_texts import ShortTexts

#: How many different texts are few.
_FEW = 1_000
#: Bytes of arrays that the process keeps to itself.
_KEPT = 16 << 20
#: How many stretches may wait for each thread that works on them.
_WAITING = 4
#: Columns whose short texts are looked up; each takes memory.
_MOST_SHORT = 1_000


class Columns:
    r"""The columns of a delimited file, which grow as stretches of its records are added.

    Parameters
    ----------
    header
        The first record.
    lines_above
        The lines above it.
    delimiter
        What separates cells.
    name
        The file's name, for messages.

    Raises
    ------
    IntakeError
        The header is damaged.

    Examples
    --------
    >>> with Columns(b'"id";"naam"\n', 0, ";", "export.csv") as columns:
    ...     columns.add(b'"1";"De Brug; Noord"\n')
    ...     columns.finish()[1].values.tolist()
    [['1', 'De Brug; Noord']]
    """

    def __init__(self, header: bytes, lines_above: int, delimiter: str, name: str) -> None:
        self._delimiter, self._name = delimiter, name
        self._scans: list[Scan] = []
        self._columns: list[_Column] = []
        self._newlines = lines_above
        self._keep(lambda: (scan_records(header, delimiter)[0], []))
        self._width = int(self._scans[0].widths[0])
        self._columns = [_Column() for _ in range(self._width)]
        self._sound = True
        self._pool: ThreadPoolExecutor | None = None
        self._pending: deque[Future[tuple[Scan, list[Any]]]] = deque()
        #: The columns that are looked up, which the first stretch tells.
        self._looked_up: list[int] = []
        self._short: ShortTexts | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def add(self, raw: bytes) -> None:
        """Take in the next records.

        Raises
        ------
        IntakeError
            For the first fault that the scan finds, be it in records that were added before.
        """
        if len(self._scans) == 1:
            self._keep(lambda: self._take_apart(raw))
            return
        if self._pool is None:
            _keep_memory()
            self._pool = ThreadPoolExecutor(WORKERS)
            short = [(number, column) for number, column in enumerate(self._columns) if column.is_short][:_MOST_SHORT]
            self._looked_up = [number for number, _ in short]
            self._short = ShortTexts([column.numbers for _, column in short]) if short else None
        if len(self._pending) >= _WAITING * WORKERS:
            self._keep(self._pending.popleft().result)
        self._pending.append(self._pool.submit(self._take_apart, raw))

    def finish(self) -> tuple[Scan, pd.DataFrame]:
        """Return what the scan found, the header included, and the cells as text.

        Columns are numbered, and those in which few texts come back hold numbers of these. Where records have another
        width there are no cells.
        """
        while self._pending:
            self._keep(self._pending.popleft().result)
        scan = Scan.join(self._scans)
        arrays = of_each(_Column.array, self._columns if self._sound else [], len(scan.lines))
        return scan, pd.DataFrame(dict(enumerate(arrays)), copy=False)

    def _keep(self, work: Callable[[], tuple[Scan, list[Any]]]) -> None:
        try:
            scan, cells = work()
        except Damage as problem:
            fault = Fault(self._name, problem.message, self._newlines + problem.line, rule=problem.rule)
            raise IntakeError(faults=[fault]) from None
        self._scans.append(scan.below(self._newlines))
        self._newlines += scan.newlines
        for column, part in zip(self._columns, cells, strict=False):
            column.parts.append(part)

    def _take_apart(self, raw: bytes) -> tuple[Scan, list[Any]]:
        scan, ends = scan_records(raw, self._delimiter)
        # Records of another width are faults that are told when all have been found.
        if not (scan.widths == self._width).all():
            self._sound = False
        if not self._sound or not len(scan.lines):
            return scan, []
        cells = Cells(raw, ends, len(scan.lines), self._width)
        short = self._short.look_up(*cells.keys(self._looked_up)) if self._short else []
        found = {number: codes for number, codes in zip(self._looked_up, short, strict=True) if codes is not None}
        # What is written often is let go of, so it is apart from what is kept as text.
        often = [number for number in range(self._width) if number not in found and self._columns[number].is_coded]
        seldom = [number for number in range(self._width) if number not in found and number not in often]
        for numbers in (often, seldom):
            for number, texts in zip(numbers, cells.texts(numbers), strict=True):
                found[number] = self._columns[number].code(texts)
        return scan, [found[number] for number in range(self._width)]


def _keep_memory() -> None:
    """Have memory that is let go of stay with the process: each stretch needs as much again.

    What the system takes back it has to clear before it is handed out anew, which takes longer than the work on many an
    array, and makes threads wait for each other. The allocator of Linux (glibc) gives back what is larger than any
    array that it saw come and go before, up to 32 MB. To others this is nothing.
    """
    np.empty(_KEPT, dtype=np.uint8)


class _Column:
    """A column that grows: as numbers of texts as long as these are few, and as text from then on."""

    def __init__(self) -> None:
        #: Cells as text, or as numbers, by stretch.
        self.parts: list[Any] = []
        self._numbers: dict[str, int] = {}
        self._known = pa.array([], type=pa.large_string())
        self._is_begun = False
        #: Whether cells are kept as numbers.
        self.is_coded = True
        self._lock = Lock()

    @property
    def is_short(self) -> bool:
        """Whether it has been numbers so far, of short texts."""
        return self.is_coded and all(len(text.encode()) <= SHORT for text in self._numbers)

    def numbers(self, texts: list[str]) -> list[int]:
        """Return the numbers of texts."""
        with self._lock:
            found = [self._numbers.setdefault(text, len(self._numbers)) for text in texts]
            self.is_coded = self.is_coded and len(self._numbers) <= _FEW
            return found

    def code(self, text: Any) -> Any:
        """Return cells as numbers, or as they are when there are too many texts."""
        if not self._is_begun:
            self._is_begun, self.is_coded = True, 2 * len(text.unique()) <= len(text)
        if not self.is_coded:
            return text
        known = self._known
        numbers = pc.index_in(text, known)
        if numbers.null_count:
            self.numbers(text.filter(numbers.is_null()).unique().to_pylist())
            self._known = known = pa.array(list(self._numbers), type=pa.large_string())
            numbers = pc.index_in(text, known)
        if not self.is_coded:
            return text
        return numbers.to_numpy().astype(np.min_scalar_type(-max(len(known), 1)))

    def array(self) -> Any:
        """Return the column, and forget it."""
        parts, self.parts = self.parts, []
        texts = list(self._numbers)
        if parts and all(isinstance(part, np.ndarray) for part in parts):
            return CodedText.of(np.concatenate(parts), texts)
        known = pa.array(texts, type=pa.large_string())
        written = [known.take(pa.array(part)) if isinstance(part, np.ndarray) else part for part in parts]
        return text_array(pa.chunked_array(written, type=pa.large_string()))
