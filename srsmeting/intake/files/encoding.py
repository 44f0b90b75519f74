"""Text or not: an export is UTF-8, or else Windows-1252 as a whole, which a person is told; never a guess.

A guess is wrong in ways nobody sees: Dutch text in Windows-1252 reads as Polish just as well. Spreadsheet programs of
Dutch users save in Windows-1252, so that is the one alternative. Where it cannot be that, the file is refused.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

import numpy as np

from srsmeting.errors import Fault, IntakeError

if TYPE_CHECKING:
    from srsmeting.intake.checks.findings import Finding

BOM = codecs.BOM_UTF8
#: Bytes at a time: so few that they stay near the processor.
_BLOCK = 1 << 18
_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
# Letters with accents, quotes, dashes, the euro sign and emoji in UTF-8, which in Windows-1252 would read 'Ã«', 'â€™'.
# Other sequences are left out: 'É’' in capitals before a quote is one in Windows-1252.
_UTF_8 = re.compile(rb"[\xc2-\xc5][\x80-\xbf]|\xe2[\x80-\xbf]{2}|\xef\xbb\xbf|\xf0\x9f[\x80-\xbf]{2}")
_CHARACTERS_SHOWN = 8


def as_utf_8(raw: bytes, name: str) -> bytes:
    r"""Return the bytes of a text file as UTF-8, where they are UTF-8 or Windows-1252.

    Raises
    ------
    IntakeError
        When the file holds both, breaks off in a character, or is neither; or holds a NUL byte.

    Examples
    --------
    >>> as_utf_8("id\nge\u00efnteresseerd".encode("cp1252"), "export.csv")
    b'id\nge\xc3\xafnteresseerd'
    """
    _refuse_utf_16(raw, name)
    bad = first_undecodable(raw)
    _refuse_nul(raw, name)
    if bad is None:
        return raw
    byte = f"0x{raw[bad]:02x}"
    if good := _UTF_8.search(raw):
        letter = "a byte order mark" if good[0] == BOM else repr(good[0].decode("utf-8"))
        message = (
            f"byte {byte} is not UTF-8, but {letter} on line {line_at(raw, good.start())} is: two encodings in "
            "one file, as when parts of files are pasted together. Export again."
        )
        raise _fault(raw, bad, name, message)
    if undefined := _UNDEFINED.search(raw):
        message = (
            f"byte {byte} is not UTF-8, and 0x{undefined[0].hex()} on line {line_at(raw, undefined.start())} is "
            "not Windows-1252. Export again."
        )
        raise _fault(raw, bad, name, message)
    if bad >= len(raw) - 3 and raw[bad] >= 0xC2:
        message = f"byte {byte} is half a character: the file breaks off here. Export again."
        raise _fault(raw, bad, name, message)
    return b"".join(raw[at : at + _BLOCK].decode("cp1252").encode() for at in range(0, len(raw), _BLOCK))


def encoding_finding(raw: bytes) -> Finding:
    r"""Tell that a file was read as Windows-1252, with the characters by which a person sees whether that is right.

    Examples
    --------
    >>> encoding_finding("id\nge\u00efnteresseerd\nenqu\u00eate\n".encode("cp1252")).message
    'Het bestand is geen UTF-8 en is gelezen als Windows-1252. Horen deze tekens in de tekst: ‘ê’, ‘ï’? Regels 2, 3.'
    """
    from srsmeting.intake.checks.findings import Finding, where

    data = np.frombuffer(raw, dtype=np.uint8)
    foreign = np.flatnonzero(data & 0x80)
    lines = np.unique(np.searchsorted(np.flatnonzero(data == ord("\n")), foreign) + 1)
    characters = bytes(np.unique(data[foreign])).decode("cp1252")
    shown = ", ".join(f"‘{character}’" for character in characters[:_CHARACTERS_SHOWN])
    more = len(characters) - _CHARACTERS_SHOWN
    message = (
        "Het bestand is geen UTF-8 en is gelezen als Windows-1252. Horen deze tekens in de tekst: "
        f"{shown}{f' en {more} andere' if more > 0 else ''}? {where(np.arange(len(lines)), lines)}"
    )
    return Finding("encoding", "", len(lines), message)


def check_text(raw: bytes, name: str) -> None:
    r"""Refuse bytes that are not UTF-8 text.

    Raises
    ------
    IntakeError
        With the first line that is at fault, and how many are.

    Examples
    --------
    >>> try:
    ...     check_text("id\nge\u00efnteresseerd".encode("cp1252"), "export.csv")
    ... except IntakeError as error:
    ...     print(str(error).partition(";")[0])
    export.csv:2: byte 0xef, 'ï' in Windows-1252, is not UTF-8
    """
    _refuse_utf_16(raw, name)
    bad = first_undecodable(raw)
    if bad is not None:
        lines = sum(not _is_utf8(line) for line in raw.split(b"\n"))
        byte = raw[bad : bad + 1]
        shown = "" if byte in b"\x81\x8d\x8f\x90\x9d" else f", {byte.decode('cp1252')!r} in Windows-1252,"
        many = "1 line has" if lines == 1 else f"{lines} lines have"
        message = (
            f"byte 0x{byte.hex()}{shown} is not UTF-8; {many} such bytes. "
            "Export again and do not save the file with a spreadsheet program, or save it as 'CSV UTF-8'."
        )
        raise _fault(raw, bad, name, message)
    _refuse_nul(raw, name)


def line_at(raw: bytes, position: int) -> int:
    """Return the line of a position in a file, counted from 1."""
    return raw.count(b"\n", 0, position) + 1


def _refuse_utf_16(raw: bytes, name: str) -> None:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        message = "is UTF-16 text. Save it as 'CSV UTF-8', or export again."
        raise IntakeError(faults=[Fault(name, message, 1, rule="encoding")])


def _refuse_nul(raw: bytes, name: str) -> None:
    zero = raw.find(b"\0")
    if zero >= 0:
        message = "holds a NUL byte, which no text has. The file is damaged: export again."
        raise _fault(raw, zero, name, message)


def _fault(raw: bytes, position: int, name: str, message: str) -> IntakeError:
    value = f"0x{raw[position]:02x}"
    return IntakeError(faults=[Fault(name, message, line_at(raw, position), value=value, rule="encoding")])


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def first_undecodable(raw: bytes) -> int | None:
    """Return the place of the first byte that is not UTF-8; None when all is."""
    # In blocks: decoding a whole file at once would hold it in memory twice more.
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(raw), _BLOCK) or [0]:
        kept, block = len(decoder.getstate()[0]), raw[start : start + _BLOCK]
        if not kept and block.isascii():
            continue
        try:
            decoder.decode(block, final=start + _BLOCK >= len(raw))
        except UnicodeDecodeError as problem:
            return start - kept + problem.start
    return None
