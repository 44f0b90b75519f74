"""How the workbook of a round is laid out: what its writer and its reader agree on.

Every sheet that asks something is a table: a heading a column, a line for everything that is asked. Column A is hidden
and holds what a line is about. A hidden sheet tells whose workbook it is, and what stood in it when it was made, so
that neither another name of the file nor a change in it stays unseen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

#: Of this layout; a workbook of another one is not read.
VERSION: Final = "1"

#: The sheet with the instruction, and the hidden one that tells whose workbook it is.
COVER: Final = "Uitleg"
IDENTITY: Final = "srsmeting"

#: Rows of a sheet: what it asks, how, the headings, and the first line. What a line is about stands in column A.
TITLE_ROW, HOW_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 4, 5
KEY_COLUMN: Final = 1

#: The names of the columns of every sheet, by the name of its form.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "results": ("what", "goal", "before", "value", "note"),
    "dropout": ("what", "before", "numerator", "denominator", "note"),
    "participants": ("what", "before", "value", "names", "note"),
    "goals": ("what", "goal", "value", "note"),
    "remarks": ("what", "note"),
}

#: Between the names in what a line is about.
SEPARATOR: Final = "/"


@dataclass(frozen=True)
class Column:
    """A column of a sheet.

    Parameters
    ----------
    name
        Ours, for the reader and for the named range.
    heading
        What stands above it.
    asks
        What is to be filled in: ``count`` (or a word why there is none), ``number``, ``dropout``, ``goal`` or ``text``;
        empty where it is for reading.
    width
        In signs.
    """

    name: str
    heading: str
    asks: str = ""
    width: int = 18


@dataclass(frozen=True)
class Line:
    """A line of a sheet.

    Parameters
    ----------
    key
        What it is about: names, with :data:`SEPARATOR` between.
    shown
        The texts of the columns that are for reading, in their order.
    known
        What stands in the files already, by column: it is shown, and not asked again.
    """

    key: str
    shown: tuple[str, ...]
    known: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Form:
    """A sheet that asks something.

    Parameters
    ----------
    name
        Ours: which of the files its answers go to.
    title
        Of the sheet.
    question, how
        What it asks, and how to answer.
    columns, lines
        Its table.
    """

    name: str
    title: str
    question: str
    how: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    def texts(self, line: Line) -> tuple[str, ...]:
        """Return what stands in a line before it is filled in."""
        shown = iter(line.shown)
        return tuple(line.known.get(column.name, "") if column.asks else next(shown) for column in self.columns)


@dataclass(frozen=True)
class Identity:
    """Whose workbook it is."""

    meting: str
    unit: str
    moment: str
    version: str = VERSION
