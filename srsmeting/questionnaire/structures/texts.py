"""Texts of a survey tool as one line of plain text: without markup, and without anything that no one can see."""

from __future__ import annotations

import html
import re

#: No wording of a question is longer; what comes after it is cut, so that a hostile file costs no time.
LONGEST = 20_000

_TAG = re.compile(r"(</?[A-Za-z!][^<>]*>)")
_NAME = re.compile(r"</?([A-Za-z0-9]+)")
#: Between words these stand for nothing; all other tags end a line or a cell.
_INLINE = frozenset(
    {"a", "abbr", "b", "big", "code", "em", "font", "i", "mark", "small", "span", "strong", "sub", "sup", "u"}
)
_SILENT = frozenset({"script", "style"})


def plain(text: str) -> str:
    """Return a text without HTML, entities resolved, on one line.

    Examples
    --------
    >>> plain("<p>Werkt u met <b>vrijwilligers</b>?</p><script>alert('x < y')</script><p>Zorg&nbsp;&amp; welzijn</p>")
    'Werkt u met vrijwilligers? Zorg & welzijn'
    >>> plain("minder dan 5 fte (< 5)")
    'minder dan 5 fte (< 5)'
    """
    kept: list[str] = []
    silent = ""
    for piece in _TAG.split(text[:LONGEST]):
        if not _TAG.fullmatch(piece):
            kept.append("" if silent else piece)
            continue
        name = found[1].lower() if (found := _NAME.match(piece)) else ""
        if silent:
            silent = "" if name == silent and piece.startswith("</") else silent
        elif name in _SILENT:
            silent = name
        elif name not in _INLINE:
            kept.append(" ")
    return one_line(html.unescape("".join(kept)))


def one_line(text: str) -> str:
    r"""Return a text on one line, without control characters.

    Examples
    --------
    >>> one_line("Regel 1\r\n\tRegel\x00 2 ")
    'Regel 1 Regel 2'
    """
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text[:LONGEST]).split())
