"""Text or not: an export is UTF-8, and what is not is refused with its line, never guessed at.

A guess is wrong in ways nobody sees: Dutch text in Windows-1252 reads as Polish just as well.
"""

from __future__ import annotations

import codecs

from srsmeting.errors import Fault, IntakeError

BOM = codecs.BOM_UTF8
_BLOCK = 1 << 22


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
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        message = "is UTF-16 text. Save it as 'CSV UTF-8', or export again."
        raise IntakeError(faults=[Fault(name, message, 1, rule="encoding")])
    bad = _first_undecodable(raw)
    if bad is not None:
        lines = sum(not _is_utf8(line) for line in raw.split(b"\n"))
        byte = raw[bad : bad + 1]
        shown = "" if byte in b"\x81\x8d\x8f\x90\x9d" else f", {byte.decode('cp1252')!r} in Windows-1252,"
        many = "1 line has" if lines == 1 else f"{lines} lines have"
        message = (
            f"byte 0x{byte.hex()}{shown} is not UTF-8; {many} such bytes. "
            "Export again and do not save the file with a spreadsheet program, or save it as 'CSV UTF-8'."
        )
        raise IntakeError(faults=[Fault(name, message, line_at(raw, bad), value=f"0x{byte.hex()}", rule="encoding")])
    zero = raw.find(b"\0")
    if zero >= 0:
        message = "holds a NUL byte, which no text has. The file is damaged: export again."
        raise IntakeError(faults=[Fault(name, message, line_at(raw, zero), value="0x00", rule="encoding")])


def line_at(raw: bytes, position: int) -> int:
    """Return the line of a position in a file, counted from 1."""
    return raw.count(b"\n", 0, position) + 1


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _first_undecodable(raw: bytes) -> int | None:
    # In blocks: decoding a whole file at once would hold it in memory twice more.
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(raw), _BLOCK) or [0]:
        kept = len(decoder.getstate()[0])
        try:
            decoder.decode(raw[start : start + _BLOCK], final=start + _BLOCK >= len(raw))
        except UnicodeDecodeError as problem:
            return start - kept + problem.start
    return None
