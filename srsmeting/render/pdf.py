"""A PDF through Typst: tagged, with alt text, the same bytes every time."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from srsmeting.errors import RenderError
from srsmeting.render.book import Book
from srsmeting.render.exhibits import kind_of
from srsmeting.render.native import count_rows, dress_table
from srsmeting.render.pandoc import RESOURCES, write_document
from srsmeting.render.parts import Part
from srsmeting.render.provenance import TABLE as ORIGIN
from srsmeting.render.tree import Node, attribute, plain, raw, walk

#: To be kept (PDF/A-2a) and to be read by a screen reader (PDF/UA-1): Typst refuses a document that cannot be, such as
#: one with a figure without alt text.
STANDARDS: Final = ("a-2a", "ua-1")
#: What Typst would turn into another sign: an ellipsis, a minus, a hyphen that hides, a closing quotation mark behind
#: anything but a letter (it takes that for an opening one).
_SHORTHAND: Final = re.compile(r"\.\.\.|-[\d?]|(?<![^\W\d_])’")
#: A table of no more rows than this stands on one page.
_WHOLE: Final = 25


def write_pdf(book: Book, parts: Sequence[Part], root: Path, target: Path) -> None:
    """Write the book as one accessible PDF.

    Raises
    ------
    RenderError
        When Typst refuses the document.
    """
    import typst

    dress = partial(_dress, compact=book.is_document)
    # The text comes last: what is dressed before is measured by it.
    blocks = [node for part in parts for node in walk(walk(walk(part.blocks, _image), dress), _verbatim)]
    arguments = [f"--template={RESOURCES / 'book.typ'}", f"--variable=toc-depth:{book.toc_depth}"]
    if book.is_document:
        arguments.append("--variable=document")
    output = write_document(blocks, book.title_page, "typst", *arguments, cwd=root)
    source = root / "_book.typ"
    source.write_text(output, encoding="utf-8")
    try:
        typst.compile(
            str(source),
            output=str(target),
            root=str(root),
            format="pdf",
            pdf_standards=list(STANDARDS),
            timestamp=_timestamp(book),
        )
    except typst.TypstError as error:
        reason = " ".join(str(error).split("\n")[:1])
        raise RenderError(
            f"{book.shown}: Typst cannot make the PDF: {reason}. Use html, or change what it names."
        ) from None


def _timestamp(book: Book) -> int:
    """Return the date that stands in the file, which is never the clock's: the same book gives the same bytes."""
    date = book.published or dt.date(1980, 1, 1)
    return int(dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC).timestamp())


def _dress(node: Node, *, compact: bool = False) -> Node | list[Node] | None:
    if node["t"] == "Math":
        # A formula is read out as it was typed.
        opening = f"#[#set math.equation(alt: {_quoted(node['c'][1])});"
        return [_inline(opening), node, _inline("]")]
    if node["t"] == "Table":
        dress_table(node, compact=compact)
        if ORIGIN in node["c"][0][1] or count_rows(node) > _WHOLE:
            # It begins below the text before it: one that must stay with its source line would begin a page of its own.
            return [raw("typst", "#[#show figure: set block(sticky: false)"), node, raw("typst", "]")]
        return [raw("typst", "#heel["), node, raw("typst", "]")]
    if node["t"] == "CodeBlock":
        node["c"][0] = ["", [], []]  # no colours: Typst would need definitions for them
    elif node["t"] == "Figure" and kind_of(node["c"][0][0]) == "tbl":
        return _table(node)
    elif node["t"] == "Div" and "pagebreak" in node["c"][0][1]:
        return [raw("typst", "#pagebreak(weak: true)")]
    elif node["t"] == "Div" and "bron" in node["c"][0][1]:
        return [raw("typst", "#bron["), *node["c"][1], raw("typst", "]")]
    elif node["t"] == "Div" and "callout" in node["c"][0][1]:
        title, *blocks = node["c"][1]
        return [raw("typst", "#kader["), *title["c"][1], raw("typst", "]["), *blocks, raw("typst", "]")]
    return None


def _verbatim(node: Node) -> Node | None:
    """Let Typst print a text as it stands: as a string, in which nothing has a meaning."""
    return _inline(f"#{_quoted(node['c'])};") if node["t"] == "Str" and _SHORTHAND.search(node["c"]) else None


def _image(node: Node) -> Node | None:
    """Write a picture ourselves: pandoc leaves its alt text out."""
    if node["t"] != "Image":
        return None
    attr, inlines, target = node["c"]
    # A JSON string is a Typst string for every character that a path or a sentence can hold.
    arguments = [_quoted(target[0]), f"alt: {_quoted(plain(inlines))}"]
    if (width := attribute(attr, "width")).endswith("%"):
        arguments.append(f"width: {width}")
    return _inline(f"#image({', '.join(arguments)})")


def _inline(source: str) -> Node:
    return {"t": "RawInline", "c": ["typst", source]}


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _table(node: Node) -> list[Node]:
    attr, caption, blocks = node["c"]
    first = next((block for block in blocks if block["t"] == "Table"), None)
    if first is None:
        return [node]
    first["c"][0][0], first["c"][1] = attr[0], caption
    return list(blocks)
