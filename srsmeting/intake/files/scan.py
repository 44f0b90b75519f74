"""The structure of delimited text: where records end, on which line each starts and how many cells it has.

Found over the bytes, in blocks, without taking the text apart: quotes are counted, and a delimiter or line end counts
where their number is even. A quote that does not stand at the edge of a cell makes everything after it uncertain, so
the first one ends the reading. What is known of a byte is a bit, and sixty-four of them are worked on at once: that
makes the scan of a large file take a fraction of the time of taking it apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from srsmeting.intake.files.encoding import line_at
from srsmeting.intake.raw import Lines

_QUOTE, _NEWLINE, _RETURN = 34, 10, 13
#: Bytes at a time, a multiple of 64; a little more than a stretch.
_BLOCK = 1 << 22

Positions = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]

_NONE: Positions = np.empty(0, dtype=np.int64)


class Damage(Exception):  # noqa: N818 - it is told as a fault, under the line of the file
    """What is wrong with a stretch: the message, the line in the stretch, counted from 1, and the rule."""

    def __init__(self, message: str, line: int, rule: str) -> None:
        super().__init__(message)
        self.message, self.line, self.rule = message, line, rule


@dataclass(frozen=True)
class Scan:
    """Records that follow each other, blank lines left out.

    Parameters
    ----------
    lines
        Line on which each record starts, counted from 1.
    widths
        Its number of cells.
    sizes
        Its number of bytes, line end included.
    blank_lines
        Which lines are blank.
    newlines
        The number of line ends, those inside cells included.
    """

    lines: Lines
    widths: Positions
    sizes: Positions
    blank_lines: Lines
    newlines: int

    def below(self, lines: int) -> Scan:
        """Return the same records, below so many lines."""
        return replace(self, lines=self.lines + lines, blank_lines=self.blank_lines + lines)

    @classmethod
    def join(cls, parts: Sequence[Scan]) -> Scan:
        """Return the records of stretches that follow each other."""
        return cls(
            np.concatenate([part.lines for part in parts]),
            np.concatenate([part.widths for part in parts]),
            np.concatenate([part.sizes for part in parts]),
            np.concatenate([part.blank_lines for part in parts]),
            sum(part.newlines for part in parts),
        )


def scan_records(raw: bytes, delimiter: str) -> tuple[Scan, Words]:
    r"""Find the records in a stretch of delimited text, which begins and ends where one does, and their cells.

    Parameters
    ----------
    raw
        The bytes of the stretch.
    delimiter
        What separates cells.

    Returns
    -------
    tuple
        The records, and a bit for each byte: whether a cell ends before it, blank lines included.

    Raises
    ------
    Damage
        When a quote stands in the middle of a cell or is not closed, or a line ends in a carriage return only.

    Examples
    --------
    >>> scan, _ = scan_records(b'"id";"opm"\r\n"1";"een\ntwee"\r\n"2";""\r\n\r\n', ";")
    >>> scan.lines.tolist(), scan.widths.tolist(), scan.blank_lines.tolist()
    ([1, 2, 4], [2, 2, 2], [5])
    """
    data = np.frombuffer(raw, dtype=np.uint8)
    scratch = np.empty(min(_BLOCK, -64 * (-len(data) // 64)), dtype=np.bool_)
    # Of each record its end, and the newlines and separators up to there.
    found: list[tuple[Positions, Positions, Positions]] = [(_NONE, _NONE, _NONE)]
    cell_ends: list[Words] = [_NONE.view(np.uint64)]
    separators, newlines = 0, 0
    last_open: tuple[int, Words] | None = None
    inside, edge = 0, 1  # what comes before the first cell is an edge, as a line end is
    edge_bytes = (_QUOTE, _NEWLINE, _RETURN, ord(delimiter))
    for begin in range(0, len(data), _BLOCK):
        block = data[begin : begin + _BLOCK]
        last = len(block) - 1
        following = int(data[begin + last + 1]) if begin + last + 1 < len(data) else _NEWLINE
        quotes, newline, separator = (_bits(block, byte, scratch) for byte in (_QUOTE, _NEWLINE, ord(delimiter)))
        # Few files have these, and one byte is found many times faster than all are marked.
        has_returns = raw.find(b"\r", begin, begin + last + 1) >= 0
        within = _within(quotes, inside)
        outside = ~within
        # What may stand before an opening and after a closing quote; a quote itself is the doubled one inside a cell.
        edges = quotes | newline | separator
        if has_returns:
            returns = _bits(block, _RETURN, scratch)
            edges |= returns
        opening = quotes & within
        stray = (opening & ~_before(edges, edge)) | (quotes & outside & ~_after(edges, last, following in edge_bytes))
        if stray.any():
            what = "a quote stands in the middle of a cell. The file is damaged from here on: export again."
            raise Damage(what, line_at(raw, begin + _first(stray)), "quote")
        if has_returns and (lone := returns & outside & ~_after(newline, last, following == _NEWLINE)).any():
            what = "a line ends in a carriage return only. Save the file with the line ends of Windows or Unix."
            raise Damage(what, line_at(raw, begin + _first(lone)), "line_end")
        if opening.any():
            last_open = begin, opening
        between, ending = separator & outside, newline & outside
        cell_ends.append(between | ending)
        places = _places(ending)
        lines, counted = _count_before(newline, places), _count_before(between, places)
        found.append((places + (begin + 1), lines + (newlines + 1), counted + separators))
        separators, newlines = separators + _count(between), newlines + _count(newline)
        inside, edge = 1 - int(_at(outside, last)), int(_at(edges, last))
    if inside and last_open is not None:
        what = "a quote is opened here and never closed: the file breaks off. Export again."
        raise Damage(what, line_at(raw, last_open[0] + _last(last_open[1])), "quote")
    if len(data) and data[-1] != _NEWLINE:
        found.append((np.array([len(data)]), np.array([newlines + 1]), np.array([separators])))
    ends, lines, counted = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return _records(data, ends, lines, counted, newlines), np.concatenate(cell_ends)


def _records(data: npt.NDArray[np.uint8], ends: Positions, lines: Lines, separators: Positions, newlines: int) -> Scan:
    """Return records by their ends and by the lines and separators up to these."""
    sizes, widths = _steps(ends), _steps(separators) + 1
    starts = lines + 1 - _steps(lines)
    # A blank line is a line end and nothing else.
    blank = sizes <= 2
    if blank.any():
        first, ended = data[ends - sizes], data[ends - 1] == _NEWLINE  # all but the last record of a file
        blank &= ((sizes == 1) & ((first == _NEWLINE) | (first == _RETURN))) | ((first == _RETURN) & ended)
    if not blank.any():
        return Scan(starts, widths, sizes, _NONE, newlines)
    return Scan(starts[~blank], widths[~blank], sizes[~blank], starts[blank], newlines)


def _steps(counted: Positions) -> Positions:
    found = counted.copy()
    found[1:] -= counted[:-1]
    return found


# Sixty-four bytes at a time: bit 0 of a word is the first of them.


def _bits(block: npt.NDArray[np.uint8], byte: int, scratch: npt.NDArray[np.bool_]) -> Words:
    np.equal(block, byte, out=scratch[: len(block)])
    whole = scratch[: -64 * (-len(block) // 64)]
    whole[len(block) :] = False
    return np.packbits(whole, bitorder="little").view("<u8")


def _within(quotes: Words, inside: int) -> Words:
    """Return where the number of quotes up to and including a byte is odd; `inside` is 1 when it was odd before."""
    odd, shifted = quotes.copy(), np.empty_like(quotes)
    for step in (1, 2, 4, 8, 16, 32):
        odd ^= np.left_shift(odd, np.uint64(step), out=shifted)
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
    counts = np.bitwise_count(bits)
    before = (np.cumsum(counts, dtype=np.int64) - counts)[words]
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
