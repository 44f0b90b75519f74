"""Where text goes in a figure: lines that fit, a legend that wraps, values that do not overlap. All sizes in points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

#: Returns the width of a text.
Measure = Callable[[str], float]


@dataclass(frozen=True)
class LegendEntry:
    """One entry of a legend: where it begins, on which line, and its text in lines."""

    index: int
    x: float
    line: int
    lines: tuple[str, ...]


def wrap(text: str, width: float, measure: Measure) -> tuple[str, ...]:
    """Break a text into as few lines as fit, of about equal length; a word that is too long is broken with a hyphen.

    Examples
    --------
    >>> wrap("de instroom vanuit het onderwijs is hoger", 35, len)
    ('de instroom vanuit het', 'onderwijs is hoger')
    >>> wrap("arbeidsmarktcommunicatie", 12, len)
    ('arbeidsmark-', 'tcommunicat-', 'ie')
    """
    lines = _fill(text, width, measure)
    if any(line.endswith("-") for line in lines):
        return lines
    low, high = 0.0, width
    while len(lines) > 1 and high - low > 1:
        middle = (low + high) / 2
        narrower = _fill(text, middle, measure)
        # A word that does not fit sets the limit: it must not be broken for the sake of balance.
        if len(narrower) == len(lines) and max(map(measure, text.split())) <= middle:
            lines, high = narrower, middle
        else:
            low = middle
    return lines


def _fill(text: str, width: float, measure: Measure) -> tuple[str, ...]:
    lines: list[str] = []
    line = ""
    for word in text.split():
        piece = word
        if line and measure(f"{line} {piece}") <= width:
            line = f"{line} {piece}"
            continue
        if line:
            lines.append(line)
        while measure(piece) > width and len(piece) > 1:
            fits = max(1, max((n for n in range(1, len(piece)) if measure(piece[:n] + "-") <= width), default=1))
            lines.append(piece[:fits] + "-")
            piece = piece[fits:]
        line = piece
    return (*lines, line) if line or not lines else tuple(lines)


def place_legend(labels: Sequence[str], width: float, measure: Measure, swatch: float, gap: float) -> list[LegendEntry]:
    """Put the entries of a legend behind each other, on as many lines as they need.

    Parameters
    ----------
    labels
        What the entries say.
    width
        Room on a line.
    measure
        Width of a text.
    swatch
        Width of the coloured square and the space behind it.
    gap
        Space between two entries.

    Examples
    --------
    >>> [(entry.x, entry.line) for entry in place_legend(["aaaa", "bb", "cccc"], 14, len, 1, 2)]
    [(0.0, 0), (7.0, 0), (0.0, 1)]
    """
    entries = []
    x, line = 0.0, 0
    for index, label in enumerate(labels):
        lines = wrap(label, width - swatch, measure)
        needed = swatch + max(measure(part) for part in lines)
        if x and x + needed > width:
            x, line = 0.0, line + 1
        entries.append(LegendEntry(index, x, line, lines))
        # An entry of several lines has them to itself.
        if len(lines) > 1:
            x, line = 0.0, line + len(lines)
        else:
            x += needed + gap
    return entries


def spread(centres: Sequence[float], widths: Sequence[float], room: float) -> list[float]:
    """Move texts apart until they do not overlap, in order and as little as needed, inside the room.

    Parameters
    ----------
    centres
        Where the texts would stand, ascending.
    widths
        Their widths, with the space between them.
    room
        The texts stay between 0 and this.

    Examples
    --------
    >>> spread([50, 52, 99], [10, 10, 10], 100)
    [50, 60.0, 95.0]
    >>> spread([98, 99], [10, 10], 100)
    [85.0, 95.0]
    """
    placed = list(centres)
    for at, width in enumerate(widths):
        low = width / 2 if at == 0 else placed[at - 1] + (widths[at - 1] + width) / 2
        placed[at] = max(placed[at], low)
    for at in reversed(range(len(placed))):
        last = at == len(placed) - 1
        high = room - widths[at] / 2 if last else placed[at + 1] - (widths[at + 1] + widths[at]) / 2
        placed[at] = min(placed[at], high)
    return placed
