"""The dictionary of an SPSS file, looked over before it is read: labels for variables that are not there.

The library that reads such files follows a damaged number out of its memory, which ends the whole program.
"""

from __future__ import annotations

import struct

_HEADER, _LAYOUT = 176, 64
_VARIABLE, _VALUES, _LABELLED, _DOCUMENT, _EXTENSION = 2, 3, 4, 6, 7


def labels_are_sound(raw: bytes) -> bool:
    """Say whether every set of value labels is of variables that the file has; also when that cannot be told.

    Examples
    --------
    >>> labels_are_sound(b"$FL2" + bytes(200))
    True
    """
    order = "<" if raw[_LAYOUT : _LAYOUT + 4] in (b"\x02\0\0\0", b"\x03\0\0\0") else ">"

    def number(place: int) -> int:
        return int(struct.unpack_from(f"{order}i", raw, place)[0])

    place, variables = _HEADER, 0
    try:
        while True:
            kind = number(place)
            if kind == _VARIABLE:
                variables += 1
                labelled, missing = number(place + 8), abs(number(place + 12))
                place += 32
                if labelled:
                    place += 4 + -(-max(number(place), 0) // 4) * 4
                place += 8 * missing
            elif kind == _VALUES:
                count = number(place + 4)
                place += 8
                for _ in range(count):
                    place += 8 + (raw[place + 8] + 8) // 8 * 8
            elif kind == _LABELLED:
                count = number(place + 4)
                if not 0 <= count <= variables:
                    return False
                if any(not 1 <= number(place + 8 + 4 * n) <= variables for n in range(count)):
                    return False
                place += 8 + 4 * count
            elif kind == _DOCUMENT:
                place += 8 + 80 * max(number(place + 4), 0)
            elif kind == _EXTENSION:
                place += 16 + max(number(place + 8), 0) * max(number(place + 12), 0)
            else:
                return True
    except (struct.error, IndexError):
        return True  # it breaks off, which the reading itself tells
