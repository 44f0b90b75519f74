"""Delimited text, read strictly: every record has the cells of the header, every quote stands at the edge of a cell.

The structure of the file is scanned over bytes and in blocks, so that each fault has its line and a broken file is
never half understood. What the scan has passed is taken apart meanwhile, and thrown away when a fault comes after it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

import numpy as np
import pandas as pd

from srsmeting.errors import Fault, IntakeError
from srsmeting.intake.files.columns import Columns
from srsmeting.intake.files.encoding import BOM, line_at
from srsmeting.intake.files.scan import Scan
from srsmeting.intake.files.stretches import stretches
from srsmeting.intake.raw import Lines

#: More bytes than twenty thousand long headings take, and than all that one respondent can write.
_LONGEST_HEADER, _LONGEST_RECORD = 8 * 2**20, 64 * 2**20
#: Bytes that are taken apart at once: so few that they stay near the processor, and so many that threads seldom wait
#: for each other.
_STRETCH = 3 << 19
_DELIMITERS = {";": "a semicolon", ",": "a comma", "\t": "a tab"}
#: Bytes that take so long to read that one wants to know how far it is.
_LARGE = 1 << 25
_FIRST_CELL = re.compile(rb'"(?:[^"]|"")*"(.?)', re.DOTALL)
_SEP_LINE = re.compile(rb'"?sep=.?"?\r?\n', re.IGNORECASE)
_HEADER = re.compile(rb'(?:[^"\n]++|"[^"]*+")*+\n')
_BLANK_LINES = re.compile(rb"(\r?\n)*")


@dataclass(frozen=True)
class Table:
    """A delimited file taken apart.

    Parameters
    ----------
    header
        The cells of the first record, as written.
    records
        The cells of the other records, as text; columns are numbered, because headings may be double.
    lines
        Line on which each record starts.
    delimiter
        What separates the cells.
    quoted
        Whether the header is quoted, as survey tools write it.
    blank_lines
        Blank lines before the last record; those at the end of the file mean nothing.
    """

    header: tuple[str, ...]
    records: pd.DataFrame
    lines: Lines
    delimiter: str
    quoted: bool
    blank_lines: int


def read_delimited(raw: bytes, name: str, progress: Callable[[str], None] | None = None) -> Table:
    r"""Take a delimited file apart.

    Parameters
    ----------
    raw
        The bytes of the file: UTF-8, checked by :func:`check_text`, with or without BOM.
    name
        The file's name, for messages.
    progress
        Is told how far the reading of a large file is.

    Raises
    ------
    IntakeError
        When the delimiter is none of ``;``, ``,`` and tab, a quote is not closed, or records and header differ in
        their number of cells.

    Examples
    --------
    >>> table = read_delimited(b'"id";"naam"\r\n"1";"De Brug; Noord"\r\n\r\n', "export.csv")
    >>> table.delimiter, table.header, table.records.iloc[0].tolist(), table.lines.tolist()
    (';', ('id', 'naam'), ['1', 'De Brug; Noord'], [2])
    """
    return read_stretches(in_stretches(io.BytesIO(raw)), len(raw), name, progress)


def in_stretches(file: BinaryIO) -> Iterator[bytes]:
    """Yield a file in stretches that are taken apart at once."""
    return stretches(file, _STRETCH, _LONGEST_RECORD)


def read_stretches(
    parts: Iterable[bytes], size: int, name: str, progress: Callable[[str], None] | None = None
) -> Table:
    """Take a delimited file of so many bytes apart, as :func:`read_delimited` does, in stretches of whole records."""

    def tell(position: int) -> None:
        if progress and size > _LARGE:
            progress(f"reading {name}: {100 * position // size}%")

    tell(0)
    rest = iter(parts)
    first = next(rest, b"")
    start = len(BOM) if first.startswith(BOM) else 0
    if announced := _SEP_LINE.match(first, start):
        start = announced.end()  # Excel's own line, which says how it wants to be read
    if blank := _BLANK_LINES.match(first, start):
        start = blank.end()
    delimiter, quoted = _delimiter(first, start, name)
    ended = _HEADER.match(first, start)
    place = end = ended.end() if ended else len(first)
    with Columns(first[start:end], first.count(b"\n", 0, start), delimiter, name) as columns:
        for part in chain([first[end:]], rest):
            columns.add(part)
            place += len(part)
            tell(place)
        scan, records = columns.finish()
    _check_sizes(scan, name)
    header = _cells(first[start:end].decode("utf-8"), delimiter, name, int(scan.lines[0]))
    _check_widths(scan, len(header), delimiter, name)
    _check_repeated(records, header, scan.lines, name)
    blank_lines = int(np.count_nonzero(scan.blank_lines < scan.lines[-1]))
    return Table(header, records, scan.lines[1:], delimiter, quoted, blank_lines)


def _delimiter(raw: bytes, start: int, name: str) -> tuple[str, bool]:
    first = _FIRST_CELL.match(raw, start)
    if first:
        found, quoted = first[1].decode("utf-8", "replace"), True
    else:
        heading = raw[start:].partition(b"\n")[0].decode("utf-8")
        found, quoted = max(_DELIMITERS, key=heading.count), False
        found = found if found in heading else ""
    if found in _DELIMITERS:
        return found, quoted
    what = "holds one column" if found in ("", "\r", "\n") else f"separates its cells with {found!r}"
    message = f"the header {what}. Export as CSV with a semicolon, a comma or a tab between the cells."
    raise IntakeError(faults=[Fault(name, message, line_at(raw, start), value=found.strip(), rule="delimiter")])


def _cells(text: str, delimiter: str, name: str, line: int) -> tuple[str, ...]:
    # A heading may hold a line break, so the record is fed line by line; the scan has made sure that it is whole.
    try:
        return tuple(next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))
    except csv.Error:
        message = "a heading is longer than any question: a quote stands in a wrong place. Export again."
        raise IntakeError(faults=[Fault(name, message, line, rule="too_large")]) from None


def _check_sizes(scan: Scan, name: str) -> None:
    for record in (0, int(scan.sizes.argmax())):
        most, size = _LONGEST_RECORD if record else _LONGEST_HEADER, int(scan.sizes[record])
        if size > most:
            what = "this row" if record else "the header"
            message = (
                f"{what} is {size >> 20} MB long, and no export has one of more than {most >> 20} MB: "
                "a quote stands in a wrong place. Export again."
            )
            raise IntakeError(faults=[Fault(name, message, int(scan.lines[record]), rule="too_large")])


def _check_widths(scan: Scan, width: int, delimiter: str, name: str) -> None:
    wrong = np.flatnonzero(scan.widths != width)
    if not len(wrong):
        return
    if len(wrong) == len(scan.widths) - 1 and (scan.widths[wrong] == 1).all():
        message = f"the header separates {width} cells with {_DELIMITERS[delimiter]}, the rows do not. Export again."
        raise IntakeError(faults=[Fault(name, message, int(scan.lines[wrong[0]]), rule="delimiter")])
    faults = []
    for record in wrong:
        found = int(scan.widths[record])
        cells = "1 cell" if found == 1 else f"{found} cells"
        message = f"this row has {cells}, the header has {width}. The file is damaged: export again."
        faults.append(Fault(name, message, int(scan.lines[record]), value=str(found), rule="width"))
    raise IntakeError(faults=faults)


def _check_repeated(records: pd.DataFrame, header: tuple[str, ...], lines: Lines, name: str) -> None:
    first = np.flatnonzero(records[0] == header[0])
    if not len(first):
        return
    same = first[(records.iloc[first] == list(header)).all(axis="columns").to_numpy(dtype=np.bool_)]
    message = "the header stands here again: two exports in one file. Keep them apart."
    if len(same):
        raise IntakeError(faults=[Fault(name, message, int(lines[row + 1]), rule="header") for row in same])
