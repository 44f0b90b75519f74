"""One HTML file with everything in it: for reading on any screen, by any means, and on paper."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from srsmeting.render.book import Book
from srsmeting.render.exhibits import holds_table, kind_of
from srsmeting.render.pandoc import RESOURCES, write_document
from srsmeting.render.parts import Part
from srsmeting.render.tree import Node, div, nodes, raw, walk

#: The class of the frame around a table.
FRAME = "table-frame"

_CAPTION = re.compile(r"<caption\b[^>]*>(.*?)</caption>", re.IGNORECASE | re.DOTALL)
_TABLE_TAG = re.compile(r"<table\b(?![^>]*aria-labelledby)", re.IGNORECASE)


def write_html(book: Book, parts: Sequence[Part], root: Path, target: Path) -> None:
    """Write the book as one self-contained HTML file."""
    counter = iter(range(1, 1_000_000))
    # The title is the one heading of level 1, and a chapter of a book has a title of that level, too.
    shift = 0 if book.is_document else 1
    blocks = [node for part in parts for node in walk(part.blocks, lambda node: _dress(node, counter, shift))]
    arguments = ["--embed-resources", "--section-divs", "--mathml"]
    # A document is too short to need a table of contents.
    arguments += ["--variable=document"] if book.is_document else ["--toc", f"--toc-depth={book.toc_depth + 1}"]
    arguments.append(f"--template={RESOURCES / 'book.html'}")
    output = write_document(blocks, book.title_page, "html5", *arguments, cwd=root)
    target.write_text(output, encoding="utf-8", newline="\n")


def _dress(node: Node, counter: Iterator[int], shift: int = 1) -> Node | list[Node] | None:
    if node["t"] == "Header":
        node["c"][0] = min(6, node["c"][0] + shift)
        return None
    if holds_table(node):
        return _framed(node)
    if node["t"] == "Figure" and (kind := kind_of(node["c"][0][0])):
        return _exhibit(node, kind)
    if node["t"] == "Div" and "callout" in node["c"][0][1]:
        return _callout(node, f"callout-{next(counter)}")
    return None


def _framed(table: Node) -> Node:
    """Let a wide table scroll inside a frame of its own, which a keyboard can reach; the page itself never scrolls."""
    if table["t"] == "Table":
        for row in table["c"][3][1]:
            for cell in row[1]:
                cell[0][2].append(["scope", "col"])
    caption = "" if table["t"] == "Table" else table["c"][1]
    told = html.unescape(re.sub(r"<[^>]*>", "", "".join(_CAPTION.findall(caption)[:1])))
    name = f"Tabel: {told}" if told else "Tabel"
    return div([table], classes=[FRAME], role="region", tabindex="0", aria_label=name)


def _exhibit(node: Node, kind: str) -> list[Node]:
    attr, (_, caption), blocks = node["c"]
    name = f"{attr[0]}-caption"
    for inner in nodes(blocks):
        if inner["t"] == "Div" and FRAME in inner["c"][0][1]:
            _name(inner, name)
    head = raw("html", f'<figure id="{attr[0]}" class="exhibit exhibit-{kind}">')
    words = [raw("html", f'<figcaption id="{name}">'), *caption, raw("html", "</figcaption>")]
    tail = raw("html", "</figure>")
    # What a table says above itself, a figure says below.
    if kind == "tbl":
        return [head, *words, *blocks, tail]
    # On a small screen a figure keeps words that can be read, and scrolls in a frame of its own.
    frame = raw("html", f'<div class="figure-frame" role="group" tabindex="0" aria-labelledby="{name}">')
    return [head, frame, *blocks, raw("html", "</div>"), *words, tail]


def _name(frame: Node, name: str) -> None:
    """Tell assistive technology that the caption is the name of the table and of its frame."""
    (_, _, attributes), (table,) = frame["c"]
    attributes[:] = [*(pair for pair in attributes if pair[0] != "aria-label"), ["aria-labelledby", name]]
    if table["t"] == "Table":
        table["c"][0][2].append(["aria-labelledby", name])
    else:
        table["c"][1] = _TABLE_TAG.sub(f'<table aria-labelledby="{name}"', table["c"][1])


def _callout(node: Node, name: str) -> Node:
    attr, (title, *blocks) = node["c"]
    title["c"][0][0] = name
    return div([title, *blocks], id=attr[0], classes=attr[1], role="note", aria_labelledby=name)
