"""The structure of a delimited file: where each record ends, on which line it starts and how many cells it has.

Found over the bytes, in blocks, without taking the text apart: quotes are counted, and a delimiter or line end counts
where their number is even. A quote that does not stand at the edge of a cell makes everything after it uncertain, so
the first one ends the reading. What is known of a byte is a bit, and sixty-four of them are worked on at once: that
makes the scan of a large file take a fraction of the time of taking it apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from srsmeting.errors import Fault, IntakeError
from srsmeting.intake.files.encoding import line_at
from srsmeting.intake.raw import Lines

_QUOTE, _NEWLINE, _RETURN = 34, 10, 13
#: Bytes at a time, a multiple of 64; so few that they stay near the processor.
_BLOCK = 1 << 20

Bytes = npt.NDArray[np.uint8]
Positions = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Scan:
    """The records of a file or of a part of it, blank lines left out; the header is the first of a file.

    Parameters
    ----------
    begins, ends
        Position of each record, and that just after it.
    lines
        Line on which it starts, counted from 1.
    widths
        Its number of cells.
    blank_lines
        Blank lines between records; those at the end of the file mean nothing.
    edges
        Where cells end, a bit per byte from where the header begins: at the delimiter or line end after it.
    """

    begins: Positions
    ends: Positions
    lines: Lines
    widths: Positions
    blank_lines: int
    edges: Bytes

    def __getitem__(self, some: slice) -> Scan:
        """Return some of the records."""
        begins, ends, lines, widths = (array[some] for array in (self.begins, self.ends, self.lines, self.widths))
        return Scan(begins, ends, lines, widths, self.blank_lines, self.edges)

    @classmethod
    def join(cls, parts: Sequence[Scan]) -> Scan:
        """Return the records of successive parts of a file."""
        begins, ends, lines, widths = (
            np.concatenate([getattr(part, name) for part in parts]).astype(np.int64, copy=False)
            for name in ("begins", "ends", "lines", "widths")
        )
        return cls(begins, ends, lines, widths, parts[-1].blank_lines, parts[-1].edges)


def scan_records(raw: bytes, start: int, delimiter: str, name: str, tell: Callable[[Scan], None] | None = None) -> Scan:
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
    tell
        Is told of the records that were found, each time that there are some, so that work on them need not wait. Of
        what comes after them a fault may yet be told.

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
    lines_before = raw.count(b"\n", 0, start)
    records = _Records(data, start, lines_before)
    separators, newlines, last_open = 0, lines_before, start
    inside, edge = 0, 1  # what comes before the first cell is an edge, as a line end is
    edge_bytes = (_QUOTE, _NEWLINE, _RETURN, ord(delimiter))
    for begin in range(start, len(data), _BLOCK):
        block = data[begin : begin + _BLOCK]
        following = int(data[begin + len(block)]) if begin + len(block) < len(data) else _NEWLINE
        quotes, newline, separator = _bits(block == _QUOTE), _bits(block == _NEWLINE), _bits(block == ord(delimiter))
        # Few files have these, and one byte is found many times faster than all are marked.
        has_returns = raw.find(b"\r", begin, begin + len(block)) >= 0
        returns = _bits(block == _RETURN) if has_returns else np.zeros_like(quotes)
        outside = ~_within(quotes, inside)
        # What may stand before an opening and after a closing quote; a quote itself is the doubled one inside a cell.
        edges = quotes | newline | returns | separator
        last = len(block) - 1
        opening = quotes & ~outside
        stray = (opening & ~_before(edges, edge)) | (quotes & outside & ~_after(edges, last, following in edge_bytes))
        if stray.any():
            what = "a quote stands in the middle of a cell. The file is damaged from here on: export again."
            raise _fault(raw, begin + _first(stray), name, what, "quote")
        lone = returns & outside & ~_after(newline, last, following == _NEWLINE)
        if lone.any():
            what = "a line ends in a carriage return only. Save the file with the line ends of Windows or Unix."
            raise _fault(raw, begin + _first(lone), name, what, "line_end")
        if opening.any():
            last_open = begin + _last(opening)
        between, breaks = separator & outside, newline & outside
        places = _places(breaks)
        records.mark(begin, between | breaks)
        part = records.add(
            places + (begin + 1),
            _count_before(newline, places) + (newlines + 1),
            _count_before(between, places) + separators,
        )
        if tell and len(part.ends):
            tell(part)
        separators, newlines = separators + _count(between), newlines + _count(newline)
        inside, edge = 1 - int(_at(outside, last)), int(_at(edges, last))
    if inside:
        what = "a quote is opened here and never closed: the file breaks off. Export again."
        raise _fault(raw, last_open, name, what, "quote")
    if not raw.endswith(b"\n"):
        records.mark_end()
        part = records.add(np.array([len(raw)]), np.array([newlines + 1]), np.array([separators]))
        if tell:
            tell(part)
    return records.joined()


class _Records:
    """The records that were found, as they come."""

    def __init__(self, data: Bytes, start: int, lines_before: int) -> None:
        self._data, self._start = data, start
        self._edges = np.zeros((len(data) - start) // 64 * 8 + 8, dtype=np.uint8)
        self._parts: list[Scan] = []
        self._after, self._lines, self._separators = start, lines_before, 0
        self._blank = self._blank_between = 0

    def mark(self, begin: int, edges: Words) -> None:
        """Keep where cells end in a block."""
        self._edges.view("<u8")[(begin - self._start) >> 6 :][: len(edges)] = edges

    def mark_end(self) -> None:
        """Let the last cell end with the file."""
        place = len(self._data) - self._start
        self._edges[place >> 3] |= np.uint8(1 << (place & 7))

    def add(self, ends: Positions, lines: Lines, separators: Positions) -> Scan:
        """Keep records, and return them, by their ends and by the lines and separators up to these."""
        begins = np.concatenate([[self._after], ends])[:-1]
        starts = np.concatenate([[self._lines], lines])[:-1] + 1
        widths = np.diff(separators, prepend=self._separators) + 1
        if len(ends):
            self._after, self._lines, self._separators = int(ends[-1]), int(lines[-1]), int(separators[-1])
        length, first = ends - begins, self._data[begins]
        # A blank line is a line end and nothing else.
        ended = self._data[ends - 1] == _NEWLINE  # all but the last record of a file
        blank = (length == 1) & ((first == _NEWLINE) | (first == _RETURN)) | (length == 2) & (first == _RETURN) & ended
        if blank.any():
            none = ends[blank] - ended[blank] - self._start
            np.bitwise_and.at(self._edges, none >> 3, ~(1 << (none & 7)).astype(np.uint8))
        filled = np.flatnonzero(~blank)
        if len(filled):
            self._blank_between = self._blank + int(blank[: filled[-1]].sum())
        self._blank += int(blank.sum())
        part = Scan(begins[filled], ends[filled], starts[filled], widths[filled], self._blank_between, self._edges)
        self._parts.append(part)
        return part

    def joined(self) -> Scan:
        """Return all records."""
        none = np.empty(0, dtype=np.int64)
        return Scan.join(self._parts or [Scan(none, none, none, none, 0, self._edges)])


# Sixty-four bytes at a time: bit 0 of a word is the first of them.


def _bits(found: npt.NDArray[np.bool_]) -> Words:
    packed = np.packbits(found, bitorder="little")
    short = -len(packed) % 8
    return (np.pad(packed, (0, short)) if short else packed).view("<u8")


def _within(quotes: Words, inside: int) -> Words:
    """Return where the number of quotes up to and including a byte is odd; `inside` is 1 when it was odd before."""
    odd = quotes.copy()
    for step in (1, 2, 4, 8, 16, 32):
        odd ^= odd << np.uint64(step)
    carried = np.bitwise_xor.accumulate(np.concatenate([np.array([inside], dtype=np.uint64), odd >> np.uint64(63)]))
    return odd ^ (np.uint64(0) - carried[:-1])


def _before(bits: Words, first: int) -> Words:
    """Return the bit of the byte before each byte; `first` is that of the byte before the block."""
    shifted = bits << np.uint64(1)
    shifted[1:] |= bits[:-1] >> np.uint64(63)
    shifted[0] |= np.uint64(first)
    return shifted


def _after(bits: Words, last: int, following: bool) -> Words:
    """Return the bit of the byte after each byte; `following` is that of the byte after the `last` of the block."""
    shifted = bits >> np.uint64(1)
    shifted[:-1] |= bits[1:] << np.uint64(63)
    shifted[last >> 6] |= np.uint64(int(following) << (last & 63))
    return shifted


def _at(bits: Words, places: Positions | int) -> Words:
    places = np.asarray(places, dtype=np.uint64)
    return np.asarray(bits[places >> np.uint64(6)] >> (places & np.uint64(63)) & np.uint64(1))


def _count_before(bits: Words, places: Positions) -> Positions:
    words = places >> 6
    before = np.concatenate([[0], np.cumsum(np.bitwise_count(bits), dtype=np.int64)])[words]
    within = (np.uint64(1) << (places & 63).astype(np.uint64)) - np.uint64(1)
    return np.asarray(before + np.bitwise_count(bits[words] & within))


def _places(bits: Words) -> Positions:
    """Return the bytes of which the bit is set; made for few of them."""
    words = np.flatnonzero(bits)
    left, found = bits[words], []
    while len(words):
        lowest = left & (~left + np.uint64(1))
        found.append(64 * words + np.bitwise_count(lowest - np.uint64(1)))
        left ^= lowest
        more = left != 0
        words, left = words[more], left[more]
    return np.sort(np.concatenate(found)) if len(found) > 1 else found[0] if found else words


def _count(bits: Words) -> int:
    return int(np.bitwise_count(bits).sum())


def _first(bits: Words) -> int:
    word = int(np.flatnonzero(bits)[0])
    value = int(bits[word])
    return 64 * word + (value & -value).bit_length() - 1


def _last(bits: Words) -> int:
    word = int(np.flatnonzero(bits)[-1])
    return 64 * word + int(bits[word]).bit_length() - 1


def _fault(raw: bytes, position: int, name: str, message: str, rule: str) -> IntakeError:
    return IntakeError(faults=[Fault(name, message, line_at(raw, position), rule=rule)])
