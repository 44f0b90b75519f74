"""A Word file: real headings, captions, tables and alt text, in styles that a house-style file can define."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from srsmeting.errors import RenderError
from srsmeting.render.book import Book
from srsmeting.render.exhibits import kind_of
from srsmeting.render.native import dress_table, with_native_tables
from srsmeting.render.pandoc import write_document
from srsmeting.render.parts import Faults, Part
from srsmeting.render.tree import Node, div, walk

#: Names of the styles that are not pandoc's own.
NOTE_STYLE, BOX_STYLE = "Bron", "Kader"


def write_word(book: Book, parts: Sequence[Part], root: Path, target: Path) -> None:
    """Write the book as one Word file.

    Raises
    ------
    RenderError
        When an SVG picture has no PNG beside it, or the `reference-doc` does not exist.
    """
    faults = Faults(book.shown)
    blocks: list[Node] = []
    for part in with_native_tables(parts, root):
        blocks += walk(part.blocks, partial(_dress, part=part, root=root, faults=faults))
    faults.check()
    arguments = [f"--output={target}"]
    if book.reference_doc:
        if not (root / book.reference_doc).is_file():
            message = f"the reference-doc {book.reference_doc!r} does not exist. Check its name and folder."
            raise RenderError(f"{book.shown}/_quarto.yml: {message}")
        arguments.append(f"--reference-doc={root / book.reference_doc}")
    write_document(blocks, book.title_page, "docx", *arguments, cwd=root)


def _dress(node: Node, *, part: Part, root: Path, faults: Faults) -> Node | None:
    if node["t"] == "Image":
        _use_png(node, part, root, faults)
    elif node["t"] == "Table":
        dress_table(node)
    elif node["t"] == "Figure" and (kind := kind_of(node["c"][0][0])):
        return _exhibit(node, kind)
    elif node["t"] == "Div" and "bron" in node["c"][0][1]:
        node["c"][0][2].append(["custom-style", NOTE_STYLE])
    elif node["t"] == "Div" and "callout" in node["c"][0][1]:
        node["c"][0][2].append(["custom-style", BOX_STYLE])
    elif node["t"] == "Div" and "callout-title" in node["c"][0][1]:
        (title,) = node["c"][1]
        title["c"] = [{"t": "Strong", "c": title["c"]}]
    return None


def _use_png(node: Node, part: Part, root: Path, faults: Faults) -> None:
    """Word shows an SVG only with help from a program that may not be there."""
    source = node["c"][2][0]
    if not source.endswith(".svg"):
        return
    png = source.removesuffix(".svg") + ".png"
    node["c"][2][0] = png
    if not (root / png).is_file():
        message = f"the picture {source!r} has no PNG beside it, which Word needs. Save one as {png!r}."
        faults.add(part, message, near=(source,), rule="png")


def _exhibit(node: Node, kind: str) -> Node:
    attr, (_, caption), blocks = node["c"]
    if kind == "tbl":
        return div([div(caption, custom_style="Table Caption"), *blocks], id=attr[0])
    # This style keeps the picture on the page of its caption.
    return div([div(blocks, custom_style="Captioned Figure"), div(caption, custom_style="Image Caption")], id=attr[0])
