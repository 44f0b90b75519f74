"""Pandoc's document tree as JSON gives it: walking it, and making nodes.

A node is ``{"t": type, "c": content}``; an attribute is ``[id, classes, [[key, value], …]]``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

Node = dict[str, Any]
Attr = list[Any]


def walk(value: Any, change: Callable[[Node], Node | list[Node] | None]) -> Any:
    """Return a copy in which every node is replaced by what `change` says, children first.

    `change` returns None to keep a node, a node to replace it, or a list to put in its place.

    Examples
    --------
    >>> walk([text("a"), space()], lambda node: [] if node["t"] == "Space" else None)
    [{'t': 'Str', 'c': 'a'}]
    """
    if isinstance(value, list):
        items: list[Any] = []
        for item in value:
            copy = walk(item, change)
            changed = change(copy) if isinstance(copy, dict) and "t" in copy else None
            items.extend(changed if isinstance(changed, list) else [copy if changed is None else changed])
        return items
    if isinstance(value, dict):
        return {key: walk(item, change) for key, item in value.items()}
    return value


def nodes(value: Any) -> Iterator[Node]:
    """Yield every node below `value`, in the order of reading."""
    if isinstance(value, list):
        for item in value:
            yield from nodes(item)
    elif isinstance(value, dict):
        if "t" in value:
            yield value
        yield from nodes(value.get("c"))


def plain(value: Any) -> str:
    """Return the text of nodes without any markup.

    Examples
    --------
    >>> plain([text("Figuur"), space(), {"t": "Emph", "c": [text("een")]}])
    'Figuur een'
    """
    if isinstance(value, list):
        return "".join(plain(item) for item in value)
    if not isinstance(value, dict):
        return ""
    if value.get("t") == "Str":
        return str(value["c"])
    if value.get("t") in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if value.get("t") in ("Code", "Math"):
        return str(value["c"][1])
    if value.get("t") == "Quoted":
        kind, inner = value["c"]
        opening, closing = "‘’" if kind["t"] == "SingleQuote" else "“”"
        return f"{opening}{plain(inner)}{closing}"
    return plain(value.get("c"))


def attribute(attr: Attr, name: str) -> str:
    """Return the value of an attribute, or nothing."""
    return next((str(value) for key, value in attr[2] if key == name), "")


def text(value: str) -> Node:
    """Make a piece of text."""
    return {"t": "Str", "c": value}


def space() -> Node:
    """Make a space."""
    return {"t": "Space"}


def words(value: str) -> list[Node]:
    """Make text with ordinary spaces, which may break over lines.

    Examples
    --------
    >>> words("Bijlage A")
    [{'t': 'Str', 'c': 'Bijlage'}, {'t': 'Space'}, {'t': 'Str', 'c': 'A'}]
    """
    made: list[Node] = []
    for word in value.split():
        made += [space(), text(word)] if made else [text(word)]
    return made


def div(blocks: Iterable[Node], *, id: str = "", classes: Iterable[str] = (), **attributes: str) -> Node:
    """Make a division; an underscore in the name of an attribute becomes a hyphen."""
    pairs = [[key.replace("_", "-"), value] for key, value in attributes.items()]
    return {"t": "Div", "c": [[id, list(classes), pairs], list(blocks)]}


def span(inlines: Iterable[Node], *, classes: Iterable[str] = ()) -> Node:
    """Make a span with classes."""
    return {"t": "Span", "c": [["", list(classes), []], list(inlines)]}


def raw(format_: str, source: str) -> Node:
    """Make a block that only `format_` prints."""
    return {"t": "RawBlock", "c": [format_, source]}
