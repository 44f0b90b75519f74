"""A Word file: real headings, captions, tables and alt text, in styles that a house-style file can define."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from srsmeting.errors import RenderError
from srsmeting.render.book import Book
from srsmeting.render.compact import write_compact_reference
from srsmeting.render.exhibits import kind_of
from srsmeting.render.fields import Fields, contents
from srsmeting.render.housestyle import read_styles, write_reference
from srsmeting.render.native import dress_table
from srsmeting.render.pandoc import write_document
from srsmeting.render.parts import Faults, Part
from srsmeting.render.tree import Node, div, nodes, raw, walk
from srsmeting.render.wordfile import NOTE_STYLE, finish

#: The style of a callout.
BOX_STYLE = "Kader"
CONTENTS = "Inhoudsopgave"
#: Languages as Word calls them.
LANGUAGES = {"nl": "nl-NL"}


def write_word(book: Book, parts: Sequence[Part], root: Path, target: Path) -> None:
    """Write the book as one Word file.

    Raises
    ------
    RenderError
        When an SVG picture has no PNG beside it, or the `reference-doc` is no Word file.
    """
    faults = Faults(book.shown)
    fields, blocks = Fields(), list[Node]()
    for part in parts:
        blocks += walk(part.blocks, partial(_dress, book=book, part=part, root=root, faults=faults, fields=fields))
    faults.check()
    for node in nodes(blocks):
        if node["t"] == "Link" and "quarto-xref" in node["c"][0][1]:
            fields.reference(node)
    if not book.is_document:
        blocks.insert(0, contents(CONTENTS, [node for part in parts for node in part.blocks], book.toc_depth))
    arguments = [f"--output={target}", f"--reference-doc={_reference(book, root)}"]
    # Word corrects spelling by country, too.
    page = {**book.title_page, "lang": LANGUAGES.get(book.lang, book.lang)}
    if book.is_document and book.subtitle:
        # What it is about is what it is called; what kind of document it is comes below.
        page |= {"title": book.subtitle, "subtitle": book.title}
    write_document(blocks, page, "docx", *arguments, cwd=root)
    finish(target)


def _reference(book: Book, root: Path) -> Path:
    """Return the file with the house style: the one that the book names, or our own."""
    if not book.reference_doc:
        write = write_compact_reference if book.is_document else write_reference
        return write(root / "_reference.docx")
    given = root / book.reference_doc
    try:
        read_styles(given)
    except RenderError as error:
        # The user knows the file by the name that was written, and not by its place in our copy.
        what = str(error).removeprefix(f"{given.as_posix()}: ")
        raise RenderError(f"{book.shown}/_quarto.yml: the reference-doc {book.reference_doc!r} {what}") from None
    return given


def _dress(node: Node, *, book: Book, part: Part, root: Path, faults: Faults, fields: Fields) -> Node | None:
    if node["t"] == "Div" and "pagebreak" in node["c"][0][1]:
        return raw("openxml", '<w:p><w:r><w:br w:type="page" /></w:r></w:p>')
    if node["t"] == "Image":
        _use_png(node, part, root, faults)
    elif node["t"] == "Table":
        dress_table(node, compact=book.is_document)
    elif node["t"] == "Figure" and (kind := kind_of(node["c"][0][0])):
        return _exhibit(node, kind, fields)
    elif node["t"] == "Header":
        fields.heading(node)
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


def _exhibit(node: Node, kind: str, fields: Fields) -> Node:
    attr, (_, caption), blocks = node["c"]
    fields.caption(attr[0], caption[0]["c"][0])
    if kind == "tbl":
        return div([div(caption, custom_style="Table Caption"), *blocks], id=attr[0])
    # This style keeps the picture on the page of its caption.
    return div([div(blocks, custom_style="Captioned Figure"), div(caption, custom_style="Image Caption")], id=attr[0])
