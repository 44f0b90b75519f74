"""Figures and tables: every way of writing one becomes the same node, and nothing goes without caption or alt text.

The node is pandoc's Figure, with the label as its id and `fig` or `tbl` as its class.
"""

from __future__ import annotations

import re
from typing import Any

from srsmeting.render.parts import Faults, Part
from srsmeting.render.tree import Node, attribute, nodes, plain, text, walk

#: Kinds of exhibit, with what they are called in a message.
KINDS = {"fig": "figure", "tbl": "table"}

_TABLE = re.compile(r"<table\b", re.IGNORECASE)


def kind_of(label: str) -> str:
    """Return the kind of a label, or nothing.

    Examples
    --------
    >>> kind_of("fig-effect"), kind_of("figuren")
    ('fig', '')
    """
    kind, dash, _ = label.partition("-")
    return kind if dash and kind in KINDS else ""


def holds_table(node: Node) -> bool:
    """Say whether a block is a table, or raw HTML with one in it."""
    return node["t"] == "Table" or (
        node["t"] == "RawBlock" and node["c"][0] == "html" and bool(_TABLE.search(node["c"][1]))
    )


def is_empty(table: Node) -> bool:
    """Say whether a table, or raw HTML with one in it, has nothing below its header."""
    if table["t"] == "Table":
        rows = [row for body in table["c"][4] for row in (*body[2], *body[3])]
        return not any(plain(cell[4]).strip() for row in rows for cell in row[1])
    inside = re.sub(r"<(thead|caption|style)\b.*?</\1>", "", table["c"][1], flags=re.DOTALL | re.IGNORECASE)
    return not re.sub(r"<[^>]*>|&nbsp;", "", inside).strip()


def normalise(part: Part, faults: Faults) -> None:
    """Bring the exhibits of a chapter into one form, and put the alt text of every picture where pandoc wants it."""
    for node in nodes(part.blocks):
        if node["t"] == "Figure":
            _check_figure(node, part, faults)

    def change(node: Node) -> Node | None:
        if node["t"] == "Image":
            return _image(node, part, faults)
        if node["t"] == "Div" and kind_of(node["c"][0][0]):
            return _exhibit_from_div(node, part, faults)
        if node["t"] in ("Figure", "Table") and kind_of(node["c"][0][0]):
            return _exhibit_from_block(node, part, faults)
        return None

    part.blocks = walk(part.blocks, change)
    for node in nodes(part.blocks):
        if node["t"] == "Figure" and kind_of(node["c"][0][0]):
            _check_table(node["c"][0][0], node["c"][2], part, faults)


def _check_table(label: str, blocks: list[Node], part: Part, faults: Faults) -> None:
    if any(holds_table(inner) and is_empty(inner) for inner in nodes(blocks)):
        message = f"the table {label!r} is empty. Put rows in it, or leave it out."
        faults.add(part, message, near=(f"#{label}", f"label: {label}"), rule="table")


def _check_figure(node: Node, part: Part, faults: Faults) -> None:
    """Alt text that is only the caption again says nothing; pandoc fills it in where it was not written."""
    for image in nodes(node["c"][2]):
        if image["t"] == "Image" and not (attribute(image["c"][0], "fig-alt") or attribute(image["c"][0], "alt")):
            label = node["c"][0][0]
            name = f"the figure {label!r}" if label else f"the picture {image['c'][2][0]!r}"
            message = f'{name} has no alt text. Add {{fig-alt="what the picture says"}}.'
            faults.add(part, message, near=(f"#{label}" if label else "", image["c"][2][0]), rule="alt")


def _image(node: Node, part: Part, faults: Faults) -> Node:
    attr, inlines, target = node["c"]
    alt = attribute(attr, "fig-alt") or attribute(attr, "alt") or plain(inlines)
    if not alt.strip():
        message = f'the picture {target[0]!r} has no alt text. Add {{fig-alt="what the picture says"}}.'
        faults.add(part, message, near=(target[0],), rule="alt")
    kind = kind_of(attr[0])
    if kind:
        message = f"the {KINDS[kind]} {attr[0]!r} has no caption. Write it between the brackets: ![caption](…)."
        faults.add(part, message, near=(f"#{attr[0]}",), rule="caption")
    kept = [pair for pair in attr[2] if pair[0] not in ("fig-alt", "alt")]
    return {"t": "Image", "c": [[attr[0], attr[1], kept], [text(alt)], [target[0], ""]]}


def _exhibit_from_div(node: Node, part: Part, faults: Faults) -> Node:
    attr, blocks = node["c"]
    label = attr[0]
    kind = kind_of(label)
    last = blocks[-1] if blocks else None
    if last is None or last["t"] not in ("Para", "Plain") or _only_image(last):
        message = f"the {KINDS[kind]} {label!r} has no caption. End the block with a paragraph that is the caption."
        faults.add(part, message, near=(f"#{label}", f"label: {label}"), rule="caption")
        return _exhibit(attr, [], blocks)
    if any(inner["t"] == "Figure" for inner in nodes(blocks)):
        message = (
            f"the {KINDS[kind]} {label!r} has two captions: the text between the brackets of ![…](…) is printed too. "
            'Leave the brackets empty and write {fig-alt="…"}.'
        )
        faults.add(part, message, near=(f"#{label}",), rule="caption")
    if kind == "tbl" and not any(holds_table(inner) for inner in nodes(blocks)):
        message = f"the table {label!r} holds no table. Put one in the block, or give it a 'fig-' label."
        faults.add(part, message, near=(f"#{label}", f"label: {label}"), rule="table")
    return _exhibit(attr, last["c"], blocks[:-1])


def _exhibit_from_block(node: Node, part: Part, faults: Faults) -> Node:
    attr, caption, *rest = node["c"]
    inlines = [inline for block in caption[1] for inline in block.get("c", [])]
    if not inlines:
        message = f"the {KINDS[kind_of(attr[0])]} {attr[0]!r} has no caption. Add one."
        faults.add(part, message, near=(f"#{attr[0]}",), rule="caption")
    if node["t"] == "Table":
        return _exhibit(attr, inlines, [{"t": "Table", "c": [["", attr[1], []], [None, []], *rest]}])
    return _exhibit(attr, inlines, rest[0])


def _exhibit(attr: Any, caption: list[Node], blocks: list[Node]) -> Node:
    label, classes, _ = attr
    return {
        "t": "Figure",
        "c": [[label, [kind_of(label), *classes], []], [None, [{"t": "Plain", "c": caption}]], blocks],
    }


def _only_image(block: Node) -> bool:
    return all(inline["t"] in ("Image", "Space", "SoftBreak") for inline in block["c"])
