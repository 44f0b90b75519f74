"""The structure of a delimited file: where each record ends, on which line it starts and how many cells it has.

Found over the bytes, in blocks, without taking the text apart: quotes are counted, and a delimiter or line end counts
where their number is even. A quote that does not stand at the edge of a cell makes everything after it uncertain, so
the first one ends the reading.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from srsmeting.errors import Fault, IntakeError
from srsmeting.intake.encoding import line_at
from srsmeting.intake.raw import Lines

_QUOTE, _NEWLINE, _RETURN = 34, 10, 13
_BLOCK = 1 << 22

Bytes = npt.NDArray[np.uint8]
Positions = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Scan:
    """The records of a file, blank lines left out; the header is the first.

    Parameters
    ----------
    ends
        Position just after each record.
    lines
        Line on which it starts, counted from 1.
    widths
        Its number of cells.
    blank_lines
        Blank lines between records; those at the end of the file mean nothing.
    """

    ends: Positions
    lines: Lines
    widths: Positions
    blank_lines: int


def scan_records(raw: bytes, start: int, delimiter: str, name: str) -> Scan:
    r"""Find the records of a delimited file.

    Parameters
    ----------
    raw
        The bytes of the file.
    start
        Where its header begins.
    delimiter
        What separates its cells.
    name
        The file's name, for messages.

    Raises
    ------
    IntakeError
        When a quote stands in the middle of a cell or is not closed, or a line ends in a carriage return only.

    Examples
    --------
    >>> scan = scan_records(b'"id";"opm"\r\n"1";"een\ntwee"\r\n"2";""\r\n\r\n', 0, ";", "export.csv")
    >>> scan.lines.tolist(), scan.widths.tolist()
    ([1, 2, 4], [2, 2, 2])
    """
    data = np.frombuffer(raw, dtype=np.uint8)
    separator = ord(delimiter)
    # What may stand before an opening and after a closing quote; a quote itself is the doubled one inside a cell.
    edge = np.zeros(256, dtype=np.bool_)
    edge[[separator, _NEWLINE, _RETURN, _QUOTE]] = True
    lines_before = raw.count(b"\n", 0, start)
    ends, lines_after, delimiters_before = _Parts(), _Parts(), _Parts()
    inside, separators, newlines, last_open = np.uint8(0), 0, lines_before, start
    for begin in range(start, len(data), _BLOCK):
        block = data[begin : begin + _BLOCK]
        quotes = block == _QUOTE
        state = np.bitwise_xor.accumulate(quotes.view(np.uint8)) ^ inside
        outside = state == 0
        opening = quotes & ~outside
        stray = (
            opening & ~edge[_before(data, begin, block, start)] | quotes & outside & ~edge[_after(data, begin, block)]
        )
        if stray.any():
            what = "a quote stands in the middle of a cell. The file is damaged from here on: export again."
            raise _fault(raw, begin + int(stray.argmax()), name, what, "quote")
        lone = outside & (block == _RETURN) & (_after(data, begin, block) != _NEWLINE)
        if lone.any():
            what = "a line ends in a carriage return only. Save the file with the line ends of Windows or Unix."
            raise _fault(raw, begin + int(lone.argmax()), name, what, "line_end")
        if opening.any():
            last_open = begin + len(block) - 1 - int(opening[::-1].argmax())
        breaks = np.flatnonzero(block == _NEWLINE)
        is_end = outside[breaks]
        found = np.flatnonzero((block == separator) & outside)
        ends.append(breaks[is_end] + begin + 1)
        lines_after.append(np.flatnonzero(is_end) + newlines + 1)
        delimiters_before.append(np.searchsorted(found, breaks[is_end]) + separators)
        inside, separators, newlines = state[-1], separators + len(found), newlines + len(breaks)
    if inside:
        what = "a quote is opened here and never closed: the file breaks off. Export again."
        raise _fault(raw, last_open, name, what, "quote")
    if not raw.endswith(b"\n"):
        ends.append(np.array([len(raw)]))
        lines_after.append(np.array([newlines + 1]))
        delimiters_before.append(np.array([separators]))
    return _records(data, start, lines_before, ends.joined(), lines_after.joined(), delimiters_before.joined())


class _Parts(list[Positions]):
    def joined(self) -> Positions:
        return np.concatenate(self).astype(np.int64) if self else np.empty(0, dtype=np.int64)


def _before(data: Bytes, begin: int, block: Bytes, start: int) -> Bytes:
    # The byte before each of the block; before the first of the file a line might as well have ended.
    if begin > start:
        return data[begin - 1 : begin + len(block) - 1]
    return np.concatenate([np.array([_NEWLINE], dtype=np.uint8), block[:-1]])


def _after(data: Bytes, begin: int, block: Bytes) -> Bytes:
    following = data[begin + 1 : begin + 1 + len(block)]
    if len(following) == len(block):
        return following
    return np.concatenate([following, np.array([_NEWLINE], dtype=np.uint8)])


def _records(
    data: Bytes, start: int, lines_before: int, ends: Positions, lines_after: Positions, delimiters: Positions
) -> Scan:
    begins = np.concatenate([[start], ends])[:-1]
    lines = np.concatenate([[lines_before], lines_after])[:-1] + 1
    widths = np.diff(delimiters, prepend=0) + 1
    length = ends - begins
    # A blank line is a line end and nothing else, as pyarrow has it.
    blank = (length == 1) & (data[begins] == _NEWLINE) | (length == 2) & (data[begins] == _RETURN)
    filled = np.flatnonzero(~blank)
    inner = int(blank[: filled[-1]].sum()) if len(filled) else 0
    return Scan(ends[filled], lines[filled], widths[filled], inner)


def _fault(raw: bytes, position: int, name: str, message: str, rule: str) -> IntakeError:
    return IntakeError(faults=[Fault(name, message, line_at(raw, position), rule=rule)])
