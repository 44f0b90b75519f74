"""Where the numbers in running text come from: spans that carry the keys of their estimates, and the appendix of them.

A report gives a number as a span of the class `getal`, with the attributes key, value and base: one entry for every
estimate behind the text, parted by spaces. The renderer adds where the expression stands. HTML keeps the keys, as
`data-key`; on demand every format gets an appendix that lists them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from srsmeting.render.document import Chapter
from srsmeting.render.lines import Line
from srsmeting.render.options import Options
from srsmeting.render.parts import Part
from srsmeting.render.tree import Node, attribute, nodes, plain, text, walk, words

#: The class of a span with numbers.
NUMBER: Final = "getal"
#: The attribute with the place of the expression.
PLACE: Final = "at"
#: The class of the table in the appendix, which may go on over as many pages as it needs.
TABLE: Final = "herkomst"
TITLE: Final = "Herkomst van de getallen"
LABEL: Final = "sec-herkomst-getallen"
_LEAD: Final = (
    "Deze bijlage noemt bij elk getal in de tekst, en bij elke zin die uit getallen is opgemaakt, de uitkomsten waarop "
    "die berust: waar het in de bron van dit rapport staat, de sleutel van de uitkomst, de waarde en de basis."
)
_HEADINGS: Final = ("Plaats", "Tekst", "Sleutel", "Waarde", "Basis")
_WIDTHS: Final = (0.2, 0.26, 0.34, 0.1, 0.1)
#: A text longer than this is cut off in the appendix.
_LONGEST: Final = 60

_SPAN = re.compile(r"\[.*\]\{\.getal (?:[a-z]+=\"[^\"]*\" ?)+\}", re.DOTALL)


@dataclass(frozen=True)
class Source:
    """One estimate behind a piece of text."""

    place: str
    text: str
    key: str
    value: str
    base: str


def located(markdown: str, line: Line, shown: str) -> str:
    """Add to a span with numbers where its expression stands; leave anything else as it is.

    Examples
    --------
    >>> located('[66 procent]{.getal key="a" value="66%" base="301"}', Line("", "map/h1.qmd", 3), "map")
    '[66 procent]{.getal key="a" value="66%" base="301" at="h1.qmd:3"}'
    >>> located("**ja**", Line("", "map/h1.qmd", 3), "map")
    '**ja**'
    """
    if not _SPAN.fullmatch(markdown):
        return markdown
    place = f"{line.file.removeprefix(f'{shown}/')}:{line.number}"
    return f'{markdown[:-1]} {PLACE}="{place.replace(chr(34), "")}"}}'


def take_sources(parts: Sequence[Part]) -> list[Source]:
    """Return the estimates behind every number of a book; the spans keep their keys and nothing else."""
    found: list[Source] = []
    for part in parts:
        for node in nodes(part.blocks):
            if is_number(node):
                found += _sources(node)
                node["c"][0][2] = [["key", attribute(node["c"][0], "key")]]
    return found


def without_keys(blocks: list[Node]) -> list[Node]:
    """Return blocks in which a number is plain text again, for formats that have no place for its key."""
    bare: list[Node] = walk(blocks, lambda node: list(node["c"][1]) if is_number(node) else None)
    return bare


def appendix(sources: Sequence[Source]) -> Part:
    """Return the appendix that lists the estimates behind the numbers."""
    heading = {"t": "Header", "c": [1, [LABEL, [], []], words(TITLE)]}
    blocks: list[Node] = [heading, {"t": "Para", "c": words(_LEAD)}]
    if sources:
        blocks.append(_table(sources))
    return Part(Chapter("", Options(""), Options(""), (), ()), appendix=True, blocks=blocks)


def is_number(node: Node) -> bool:
    """Say whether a node is a span with numbers."""
    return node["t"] == "Span" and NUMBER in node["c"][0][1]


def _sources(node: Node) -> Iterator[Source]:
    attr, inlines = node["c"]
    told = " ".join(plain(inlines).split(" "))
    if len(told) > _LONGEST:
        told = f"{told[:_LONGEST].rsplit(' ', 1)[0]} …"
    keys, values, bases = (attribute(attr, name).split(" ") for name in ("key", "value", "base"))
    for key, value, base in zip_longest(keys, values, bases, fillvalue=""):
        yield Source(attribute(attr, PLACE), told, key, value, base)


def _table(sources: Sequence[Source]) -> Node:
    columns = [
        [{"t": "AlignRight" if at > 2 else "AlignLeft"}, {"t": "ColWidth", "c": w}] for at, w in enumerate(_WIDTHS)
    ]
    rows = [_row((one.place, one.text, one.key, one.value, one.base)) for one in sources]
    empty: list[object] = ["", [], []]
    head, body, foot = [empty, [_row(_HEADINGS)]], [[empty, 0, [], rows]], [empty, []]
    return {"t": "Table", "c": [["", [TABLE], []], [None, []], columns, head, body, foot]}


def _row(cells: Sequence[str]) -> list[object]:
    made = [
        [["", [], []], {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": words(cell) or [text("")]}]] for cell in cells
    ]
    return [["", [], []], made]
