"""Tables for Word and PDF: raw HTML becomes pandoc's own table, which these formats can print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from srsmeting.render.exhibits import holds_table
from srsmeting.render.pandoc import parse_html
from srsmeting.render.parts import Part
from srsmeting.render.provenance import without_keys
from srsmeting.render.tree import Node, nodes, plain, walk

#: A column counts for at least this many characters when the width of the page is divided.
_NARROW: Final = 7
#: It counts for at most so many, and so many fit on a line: of a book, and of a document, whose print is smaller.
_BOOK: Final = (40, 84)
_DOCUMENT: Final = (52, 96)
#: What the room between two columns takes of them.
_MARGIN: Final = 3


def with_native_tables(parts: Sequence[Part], root: Path) -> list[Part]:
    """Return the chapters with every table as a table of pandoc, and numbers without their keys.

    One run of pandoc does it for the whole book.
    """
    pieces = [
        node["c"][1] for part in parts for node in nodes(part.blocks) if node["t"] == "RawBlock" and holds_table(node)
    ]
    parsed = iter(parse_html(pieces, cwd=root) if pieces else [])

    def change(node: Node) -> list[Node] | None:
        return next(parsed) if node["t"] == "RawBlock" and holds_table(node) else None

    return [Part(part.chapter, part.appendix, walk(without_keys(part.blocks), change)) for part in parts]


def dress_table(table: Node, *, compact: bool = False) -> None:
    """Make the headers and totals of a table stand out, and give its columns their width.

    HTML knows a header of rows and a total by what they are; these formats know only the header of the table. More fits
    in a column of a `compact` document.
    """
    _, _, _, head, bodies, foot = table["c"]
    for row in (*head[1], *(row for body in bodies for row in body[2]), *foot[1]):
        for cell in row[1]:
            for block in cell[4]:
                if block["t"] in ("Plain", "Para"):
                    block["c"] = [{"t": "Strong", "c": block["c"]}]
    _set_widths(table, *(_DOCUMENT if compact else _BOOK))


def count_rows(table: Node) -> int:
    """Return how many rows a table has, headers and totals included."""
    return len(list(_rows(table)))


def _set_widths(table: Node, widest: int, line: int) -> None:
    """Divide the page over the columns of a table: as it says, else by its texts, and never so that a word is cut.

    Word gives a column without width whatever the others leave, which can be three letters for the words in front.
    """
    columns = table["c"][2]
    given = [round(width["c"] * line) if width["t"] == "ColWidth" else 0 for _, width in columns]
    least, most = [_NARROW] * len(columns), [_NARROW] * len(columns)
    for column, text in _texts(table):
        word = max((len(part) for part in text.split()), default=0)
        least[column] = max(least[column], word + _MARGIN)
        most[column] = max(most[column], word + _MARGIN, min(widest, len(text) + _MARGIN))
    most = [max(asked, narrow) for asked, narrow in zip(given, least, strict=True)] if any(given) else most
    # Where the page is too narrow for all of it, no word is cut: what has spaces gives way.
    over = max(0, sum(most) - line)
    room = sum(most) - sum(least)
    share = min(1.0, over / room) if room else 0.0
    lengths = [wide - (wide - narrow) * share for narrow, wide in zip(least, most, strict=True)]
    for column, length in zip(columns, lengths, strict=True):
        column[1] = {"t": "ColWidth", "c": round(length / sum(lengths), 4)}


def _texts(table: Node) -> Iterator[tuple[int, str]]:
    """Yield the column and the text of every cell that stands in one column only."""
    width = len(table["c"][2])
    covered = [0] * width  # how many rows a cell reaches down, the one at hand included
    for row in _rows(table):
        column = 0
        for _, _, deep, spanned, blocks in row:
            while column < width and covered[column]:
                column += 1
            if spanned == 1 and column < width:
                yield column, plain(blocks)
            covered[column : column + spanned] = [deep] * len(covered[column : column + spanned])
            column += spanned
        covered = [max(0, left - 1) for left in covered]


def _rows(table: Node) -> Iterator[Sequence[Any]]:
    _, _, _, head, bodies, foot = table["c"]
    for row in [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]:
        yield row[1]
