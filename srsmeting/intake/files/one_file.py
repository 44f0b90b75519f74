"""One file or two: files that were put one after the other, of which a reader would see only one.

Delimited text shows it by itself, by its second header. The formats below have an end of their own or a table of
contents, and whatever reads them stops there or starts there: half of the respondents would be gone, and nobody told.
"""

from __future__ import annotations

import re

from srsmeting.errors import Fault, IntakeError
from srsmeting.intake.files.encoding import BOM, line_at

#: With what such a file begins, and where the next one shows: at its own beginning, or at an end before one.
_BEGINNINGS = (b"$FL2@(#)", b"$FL3@(#)", b"<stata_dta>")
_END_OF_STATA = b"</stata_dta>"
#: How a file of Stata 8 to 12 begins: release, byte order, sizes and label, and the moment at which it was written.
_OLD_STATA = re.compile(rb"[\x71-\x73][\x01\x02]\x01\x00.{87}[ \d]\d [A-Z][a-z]{2} \d{4} \d\d:\d\d\x00", re.DOTALL)
_SEAMS = {b"PAR1": b"PAR1PAR1"}
_ARCHIVE, _END, _END_SIZE = b"PK\x03\x04", b"PK\x05\x06", 22


def check_one_file(raw: bytes, name: str) -> None:
    r"""Refuse bytes that are two files.

    Raises
    ------
    IntakeError
        With the byte, or in text the line, at which the second begins.

    Examples
    --------
    >>> try:
    ...     check_one_file(b"PAR1....PAR1PAR1....PAR1", "a.parquet")
    ... except IntakeError as error:
    ...     print(error)
    a.parquet: is two files in one: another begins at byte 12. Keep them apart.
    """
    line = None
    if raw.startswith(_BEGINNINGS):
        found = [place for begin in _BEGINNINGS if (place := raw.find(begin, 1)) > 0]
        place = min(found) if found else _end_of_stata(raw)
    elif _OLD_STATA.match(raw):
        second = _OLD_STATA.search(raw, 1)
        place = second.start() if second else -1
    elif raw[:4] in _SEAMS:
        seam = raw.find(_SEAMS[raw[:4]])
        place = seam + 4 if seam > 0 else -1
    elif raw.startswith(_ARCHIVE):
        place = _end_of_archive(raw)
    else:
        # One byte is found many times faster than four, and this one is rare.
        place = raw.find(b"\n" + BOM) if raw.find(BOM[:1], len(BOM)) >= 0 else -1
        line = line_at(raw, place + 1) if place >= 0 else None
    if place >= 0:
        where = "here" if line is not None else f"at byte {place}"
        message = f"is two files in one: another begins {where}. Keep them apart."
        raise IntakeError(faults=[Fault(name, message, line, rule="two_files")])


def _end_of_stata(raw: bytes) -> int:
    """Return where a file of Stata ends before the bytes do; -1 when it does not, or is none."""
    place = raw.rfind(_END_OF_STATA) if raw.startswith(b"<stata_dta>") else -1
    end = place + len(_END_OF_STATA)
    return end if place > 0 and raw[end:].strip(b"\0\t\r\n ") else -1


def _end_of_archive(raw: bytes) -> int:
    """Return where an archive ends before the file does; -1 when it does not."""
    # The last record says how large the table of contents before it is, and how far that stands from the beginning.
    place = raw.rfind(_END)
    if place < 0 or len(raw) < place + _END_SIZE:
        return -1  # damaged, which is told elsewhere
    size, offset = (int.from_bytes(raw[place + at : place + at + 4], "little") for at in (12, 16))
    comment = int.from_bytes(raw[place + 20 : place + 22], "little")
    if offset == 0xFFFFFFFF or size == 0xFFFFFFFF:
        return -1  # too large for this record, and for an export
    begin = place - size - offset
    if raw[max(begin, 1) :].startswith(_ARCHIVE):
        return begin
    end = place + _END_SIZE + comment
    return end if raw[end:].strip(b"\0\t\r\n ") else -1
