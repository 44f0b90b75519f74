"""How a table book looks and prints: the choices that both writers share."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from srsmeting.presentation.tablebook.model import Cell, Column, Sheet, Table

FONT: Final = "Arial"
INK: Final = "#1F2933"
LINK: Final = "#0B4A6F"
#: Behind headers; blocks of columns take turns, and a line stands between them, so that nothing hangs on a colour.
HEADER: Final = ("#D5E3EC", "#E9EFF3")
RULE: Final = "#8A97A1"
#: Sizes in points.
TITLE_SIZE: Final = 14
SIZE: Final = 10
#: Height of a line of text, in points.
LINE: Final = 13.5
#: Paper is A4 on its side: what fits between its margins, in characters at full size.
PAPER: Final = 140
#: Smallest print of a table that is made to be printed, in percent.
SMALLEST: Final = 70
#: Paper on which a sheet is made to fit in width.
WIDE: Final = "wide"
#: Width of the first column of a sheet without a table, in characters.
PROSE: Final = 110

#: How a number is shown, without the sign behind it. 413 is Dutch: the decimal comma, where a program follows that.
FORMATS: Final = {
    "percentage": "0%",
    "percentage_1": "[$-413]0.0%",
    "points": "+0;-0;0",
    # What rounds to nothing has no sign: a program would write -0.
    "points_none": "0;0;0",
    "count": "[$-413]#,##0",
    "decimal": "[$-413]0.0",
    "indicator": "[$-413]0.00",
    "chance": '[<0.0005]"<0,001";[$-413]0.000',
    "number": "General",
}
#: Numbers that can have a sign behind them; those without one keep the room of it, and stand under each other.
MARKED: Final = ("percentage", "percentage_1", "decimal", "count")


def height(cells: Iterable[tuple[str, int]]) -> float:
    """Return the height of a row in points, so that its texts are whole.

    Parameters
    ----------
    cells
        Texts and the widths of their columns.

    Examples
    --------
    >>> height([("Antwoord", 20), ("Sociaal werk en welzijn", 12)])
    31.0
    """
    # Widths go by digits, and most letters are narrower.
    lines = max((len(textwrap.wrap(text, max(int(width * 1.1), 4))) for text, width in cells), default=1)
    return max(lines, 1) * LINE + 4


def row_height(row: tuple[Cell, ...], columns: tuple[Column, ...]) -> float:
    """Return the height of a row of a table in points; numbers fit on one line."""
    return height(
        (str(cell.value), column.width) for cell, column in zip(row, columns, strict=True) if not cell.is_number
    )


def is_banner(table: Table) -> bool:
    """Whether a table has blocks of columns with a name above them."""
    return any(column.band for column in table.columns)


def paper(sheet: Sheet) -> str:
    """Return what a sheet is printed on: pages as wide as it, or pages at a scale, such as "at70"."""
    if sheet.table is None or not is_banner(sheet.table):
        return WIDE
    return f"at{print_scale(sheet.table)}"


def blocks(table: Table) -> list[tuple[int, int]]:
    """Return the blocks of columns behind the frozen ones: first and last column of each."""
    start = table.frozen or table.stubs
    starts = [at for at in range(start, len(table.columns)) if at == start or table.columns[at].begins]
    ends = [*(at - 1 for at in starts[1:]), len(table.columns) - 1]
    return list(zip(starts, ends[: len(starts)], strict=True))


def print_scale(table: Table) -> int:
    """Return the scale to print a table at, in percent: the widest block fits the paper, if it can be read then."""
    widest = max((_width(table.columns[first : last + 1]) for first, last in blocks(table)), default=0)
    return max(SMALLEST, min(100, math.floor(100 * PAPER / (_frozen(table) + widest))))


def page_starts(table: Table) -> list[int]:
    """Return the columns that begin a page: every block does, and one that is too wide for a page is cut evenly."""
    room = 100 * PAPER / print_scale(table) - _frozen(table)
    starts = []
    for first, last in blocks(table):
        columns = table.columns[first : last + 1]
        pages = max(1, math.ceil(_width(columns) / max(room, 1)))
        # Columns differ in width: an even cut may be too wide for the paper still.
        while pages < len(columns) and any(_width(part) > room for part in _cut(columns, pages)):
            pages += 1
        at = first
        for part in _cut(columns, pages):
            starts.append(at)
            at += len(part)
    return starts[1:]


def printed(sheet: Sheet) -> list[tuple[int, int, int, int]]:
    """Return what of a sheet is printed: first row, first column, last row and last column of every part.

    Nothing is named where that is the whole sheet. A table that runs on over pages side by side has its lines of text
    on the first of them: on the others they would be cut off. Of a table for programs, only the lines are printed.
    """
    table = sheet.table
    if table is None or not (table.filtered or is_banner(table)):
        return []
    top = len(sheet.lines) + 1
    if table.filtered:
        wide = next((at for at in range(len(table.columns)) if _width(table.columns[: at + 1]) >= PAPER), -1)
        return [(0, 0, top - 1, wide % len(table.columns))]
    bottom = top + 1 + max(len(table.rows), 1)
    starts = [0, *page_starts(table), len(table.columns)]
    return [(0 if first == 0 else top, first, bottom, after - 1) for first, after in pairwise(starts)]


def bands(table: Table) -> list[str]:
    """Return what stands above every column: the name of its block where that begins, and again where a page does."""
    pages = set(page_starts(table))
    found, name = [], ""
    for at, column in enumerate(table.columns):
        name = column.band if column.begins else name
        found.append(name if column.begins or at in pages else "")
    return found


def _cut(columns: tuple[Column, ...], pages: int) -> list[tuple[Column, ...]]:
    size, more = divmod(len(columns), pages)
    parts, at = [], 0
    for page in range(pages):
        end = at + size + (page < more)
        parts.append(columns[at:end])
        at = end
    return [part for part in parts if part]


def _frozen(table: Table) -> int:
    return _width(table.columns[: table.frozen or table.stubs])


def _width(columns: tuple[Column, ...]) -> int:
    return sum(column.width + 1 for column in columns)


def numeric(table: Table) -> list[bool]:
    """Return for every column whether it holds numbers, or signs that stand for them: its header stands above them."""
    kinds = [{row[at].kind for row in table.rows} for at in range(len(table.columns))]
    return [bool(here & {*FORMATS, "sign"}) for here in kinds]


def shades(table: Table) -> list[int]:
    """Return for every column which of the header colours it has: blocks take turns."""
    found, turn = [], 0
    for column in table.columns:
        turn += column.begins
        found.append(turn % len(HEADER))
    return found
