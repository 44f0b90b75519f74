"""A book of tables before it is a file: sheets of lines and a table, whose cells say what they are, not how they look.

Both writers read this, so that the workbook and the OpenDocument sheet hold the same. A cell has one value; there is
nothing behind it, no formula, no comment, no hidden row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

#: What a cell is. The texts: a stub heads a row, a band stands over headers, a sign stands for a number. The rest are
#: numbers.
Kind = Literal[
    "title", "line", "band", "header", "stub", "text", "sign",
    "percentage", "percentage_1", "points", "points_none", "count", "decimal", "indicator", "chance", "number",
]  # fmt: skip
#: Kinds whose value is a number.
NUMBERS: Final = (
    "percentage", "percentage_1", "points", "points_none", "count", "decimal", "indicator", "chance", "number",
)  # fmt: skip

# What no XML file can hold, and what would break a line of a header.
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
#: Most characters that a spreadsheet program takes in one cell.
_LONGEST: Final = 32767
_LONGEST_PART: Final = 100


@dataclass(frozen=True)
class Cell:
    """One cell.

    Parameters
    ----------
    value
        A number for a kind that is one, else a text.
    kind
        What it is.
    mark
        Sign behind the number: "u". It is part of how the number is shown, the value stays a number.
    link
        Name of the sheet that it leads to.
    strong
        Whether it stands out, as totals do.
    """

    value: str | float | int
    kind: Kind = "text"
    mark: str = ""
    link: str = ""
    strong: bool = False

    @property
    def is_number(self) -> bool:
        """Whether the value is a number."""
        return self.kind in NUMBERS


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Parameters
    ----------
    header
        Unique in the table.
    width
        In characters.
    begins
        Whether a block of columns begins here.
    band
        What the block is called; it stands once, above the table.
    """

    header: str
    width: int
    begins: bool = False
    band: str = ""


@dataclass(frozen=True)
class Table:
    """The one table of a sheet.

    Parameters
    ----------
    name
        For programs: letters, digits and underscores, unique in the book.
    description
        What it shows, for who cannot see it.
    columns
        The columns; the first `stubs` of them head the rows.
    rows
        As many cells as columns in each.
    stubs
        Columns that head a row.
    frozen
        Columns that stay in sight and are printed on every page; default the stubs.
    rules
        Numbers of the rows above which a line is drawn: there a block of rows begins.
    filtered
        Whether headers get a button to filter by, which is only of use in a long table.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    stubs: int = 1
    frozen: int = 0
    rules: frozenset[int] = frozenset()
    filtered: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name on the tab, its title in the first cell, lines of text below, and a table at most."""

    name: str
    title: str
    lines: tuple[Cell, ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class Book:
    """A book of tables, and what it says of itself."""

    title: str
    subject: str
    description: str
    sheets: tuple[Sheet, ...]
    language: str = "nl-NL"


def clean(text: str) -> str:
    r"""Return a text as a cell can hold it: without what no file can hold, and no longer than a cell.

    Examples
    --------
    >>> clean("een\x00twee")
    'een�twee'
    """
    text = _CONTROL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def one_line(text: str) -> str:
    r"""Return a text on one line.

    Examples
    --------
    >>> one_line(" een\n twee ")
    'een twee'
    """
    return " ".join(clean(text).split())


def shorten(text: str) -> str:
    """Return a text as part of a header: a table takes no headers of more than 255 characters.

    Examples
    --------
    >>> shorten("Noord"), len(shorten("lang " * 100))
    ('Noord', 100)
    """
    return text if len(text) <= _LONGEST_PART else f"{text[: _LONGEST_PART - 1]}…"


def unique(texts: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Return texts with a number behind those that stand twice: the columns of a table need names of their own.

    Examples
    --------
    >>> unique(["Branche: Ggz", "branche: ggz", "Totaal"])
    ['Branche: Ggz', 'branche: ggz (2)', 'Totaal']
    """
    seen = set(taken)
    found = []
    for text in texts:
        name, number = text, 1
        while name.casefold() in seen:
            number += 1
            name = f"{text} ({number})"
        seen.add(name.casefold())
        found.append(name)
    return found
