"""The dictionary of an SPSS file, looked over before it is read: labels for variables that are not there.

The library that reads such files follows a damaged number out of its memory: mostly it crashes, and else it gives
labels to a variable that has none.
"""

from __future__ import annotations

import struct

_HEADER, _LAYOUT = 176, 64
_VARIABLE, _VALUES, _LABELLED, _DOCUMENT, _EXTENSION = 2, 3, 4, 6, 7

#: Formats of texts (A and AHEX), and the widest that one variable holds.
_TEXTS, _WIDEST = (1, 2), 255


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

    place = _HEADER
    variables: list[bool] = []
    try:
        while True:
            kind = number(place)
            if kind == _VARIABLE:
                # The width of a text, 0 for a number; -1 for the rest of a longer text, which has no labels.
                width = number(place + 4)
                formats = {number(place + at) >> 16 & 0xFF in _TEXTS for at in (16, 20)}
                variables.append(0 <= width <= _WIDEST and formats == {width > 0})
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
                if not 0 <= count <= len(variables):
                    return False
                named = [number(place + 8 + 4 * n) for n in range(count)]
                if any(not 1 <= index <= len(variables) or not variables[index - 1] for index in named):
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
