"""One cell that holds several answers: taken apart on the options that are known, never on the delimiter alone.

"Sport;Anders, namelijk koken; bakken;" holds the option "Sport" and a text with a semicolon in it; "Ja, soms, Zorg"
holds "Ja, soms" and "Zorg" when those are options.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from srsmeting.intake.binding.wording import same_wording

#: A cell with more parts than this holds a text, not a list of options.
_MOST_PARTS = 500


class Several(NamedTuple):
    """What a cell holds.

    Parameters
    ----------
    chosen
        Codes of the options, in the order of the cell.
    rest
        What is no option, as written; "" when there is nothing else.
    ambiguous
        Whether the cell can be read in another way that leaves as little over.
    """

    chosen: tuple[str, ...]
    rest: str
    ambiguous: bool


class _Reading(NamedTuple):
    left_over: int
    pieces: tuple[tuple[str, str], ...]  # code and text of every piece; the code is "" for what is no option


def take_apart(cell: str, options: Mapping[str, str], delimiter: str) -> Several:
    """Take a cell apart that holds several answers.

    Parameters
    ----------
    cell
        As it stands in the file.
    options
        Code by label, the labels as :func:`srsmeting.intake.binding.wording.same_wording` makes them.
    delimiter
        What stands between two options; spaces around it do not matter.

    Examples
    --------
    >>> options = {"sport": "s", "zorg": "z", "ja, soms": "j"}
    >>> take_apart("Sport;Anders, namelijk koken; bakken;", options, ";")
    Several(chosen=('s',), rest='Anders, namelijk koken; bakken', ambiguous=False)
    >>> take_apart("Zorg, Ja, soms", options, ", ")
    Several(chosen=('z', 'j'), rest='', ambiguous=False)
    >>> take_apart("Ja, soms", options | {"ja": "a", "soms": "b"}, ", ").ambiguous
    True
    """
    mark = delimiter.strip() or delimiter
    parts = cell.split(mark)
    if len(parts) > _MOST_PARTS:
        return Several((), cell.strip(), False)
    widest = max((label.count(mark) for label in options), default=0) + 1
    # best[i]: the readings of parts i and beyond that leave the fewest parts over; two are enough to know that.
    best: list[list[_Reading]] = [[] for _ in parts] + [[_Reading(0, ())]]
    for start in range(len(parts) - 1, -1, -1):
        readings: list[_Reading] = []
        for end in range(start + 1, min(start + widest, len(parts)) + 1):
            text = mark.join(parts[start:end])
            code = options.get(same_wording(text), "")
            if code or end == start + 1:
                cost = 0 if code or not text.strip() else 1
                readings += [_Reading(cost + rest.left_over, ((code, text), *rest.pieces)) for rest in best[end]]
        fewest = min(reading.left_over for reading in readings)
        distinct = {_told(reading, mark): reading for reading in readings if reading.left_over == fewest}
        best[start] = list(distinct.values())[:2]
    codes, rest = _told(best[0][0], mark)
    chosen = tuple(dict.fromkeys(codes))
    if len(chosen) < len(codes):  # an option cannot be ticked twice: one of the two was written
        rest = mark.join(filter(None, (rest, cell)))
    return Several(chosen, rest, len(best[0]) > 1)


def _told(reading: _Reading, mark: str) -> tuple[tuple[str, ...], str]:
    chosen: list[str] = []
    rest: list[str] = []
    for code, text in reading.pieces:
        if code:
            chosen.append(code)
        elif text.strip():
            rest.append(text)
    return tuple(chosen), mark.join(rest).strip()
