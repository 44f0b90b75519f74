"""The structure of a delimited file: where each record ends, on which line it starts and how many cells it has.

Found over the bytes, in blocks, without taking the text apart: quotes are counted, and a delimiter or line end counts
where their number is even. A quote that does not stand at the edge of a cell makes everything after it uncertain, so
the first one ends the reading. What is known of a byte is a bit, and sixty-four of them are worked on at once: that
makes the scan of a large file take a fraction of the time of taking it apart.
"""

from __future__ import annotations

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
    lines_before = raw.count(b"\n", 0, start)
    ends, lines_after, delimiters_before = _Parts(), _Parts(), _Parts()
    separators, newlines, last_open = 0, lines_before, start
    inside, edge = 0, 1  # what comes before the first cell is an edge, as a line end is
    edge_bytes = (_QUOTE, _NEWLINE, _RETURN, ord(delimiter))
    for begin in range(start, len(data), _BLOCK):
        block = data[begin : begin + _BLOCK]
        following = int(data[begin + len(block)]) if begin + len(block) < len(data) else _NEWLINE
        quotes, returns, is_newline = _bits(block == _QUOTE), _bits(block == _RETURN), block == _NEWLINE
        newline, separator = _bits(is_newline), _bits(block == ord(delimiter))
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
        breaks = np.flatnonzero(is_newline)
        is_end = _at(outside, breaks) == 1
        found = separator & outside
        ends.append(breaks[is_end] + begin + 1)
        lines_after.append(np.flatnonzero(is_end) + newlines + 1)
        delimiters_before.append(_count_before(found, breaks[is_end]) + separators)
        separators, newlines = separators + int(np.bitwise_count(found).sum()), newlines + len(breaks)
        inside, edge = 1 - int(_at(outside, last)), int(_at(edges, last))
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


def _first(bits: Words) -> int:
    word = int(np.flatnonzero(bits)[0])
    value = int(bits[word])
    return 64 * word + (value & -value).bit_length() - 1


def _last(bits: Words) -> int:
    word = int(np.flatnonzero(bits)[-1])
    return 64 * word + int(bits[word]).bit_length() - 1


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
