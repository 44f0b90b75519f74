"""Live numbers in a Word file: captions count with SEQ, references follow with REF, and the table of contents is one.

The number that is shown is the one that was computed; Word counts again when the fields are updated (Ctrl+A, F9), so
that a figure that is put in by hand gets its number, and the references to the others follow.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import escape

from srsmeting.render.tree import Node, nodes, plain, raw, text

NO_BREAK: Final = "\u00a0"
#: Word counts bookmarks by number; pandoc takes the low ones.
_FIRST_BOOKMARK: Final = 100_000
#: The number in "2", "2.1", "2.1:", "A" or "A.1"; a word is none.
_NUMBER = re.compile(r"((?:[A-Z]|\d+)(?:\.\d+)*)(\W*)")


@dataclass
class Fields:
    """Makes the fields of one document; a reference needs the bookmark of what it points at.

    Parameters
    ----------
    marked
        Labels that have a bookmark around their number.
    """

    marked: dict[str, int] = field(default_factory=dict)

    def caption(self, label: str, shown: Node) -> None:
        """Let the number of a caption count: "Figuur 2." and the place in its chapter."""
        (name,) = shown["c"][1]
        words, _, rest = name["c"].rpartition(NO_BREAK)
        match = _NUMBER.match(rest)
        if not words or match is None:
            return
        chapter, _, count = match[1].rpartition(".")
        # The first of a chapter starts anew: Word can restart at a heading, but not every program follows it in that.
        restart = r" \r 1" if count == "1" else ""
        number = _run(f"{chapter}." if chapter else "") + _field(rf"SEQ {words} \* ARABIC{restart}", count)
        shown["c"][1] = [text(f"{words}{NO_BREAK}"), *self._marked(label, number), text(match[2])]

    def heading(self, node: Node) -> None:
        """Put a bookmark around the number of a heading."""
        _, attr, inlines = node["c"]
        shown = next((one for one in inlines if one["t"] == "Span" and "header-section-number" in one["c"][0][1]), None)
        for at, inline in enumerate(shown["c"][1] if shown else ()):
            match = _NUMBER.fullmatch(inline["c"]) if inline["t"] == "Str" else None
            if shown and match:
                shown["c"][1][at : at + 1] = [*self._marked(attr[0], _run(match[1])), text(match[2])]
                return

    def reference(self, link: Node) -> None:
        """Let the number in a reference follow its target."""
        _, inlines, (target, _) = link["c"]
        words, space, number = inlines[-1]["c"].rpartition(NO_BREAK)
        label = target.removeprefix("#")
        if label in self.marked:
            inlines[-1:] = [text(words + space), _inline(_field(rf"REF {_bookmark(label)} \h", number))]

    def _marked(self, label: str, content: str) -> list[Node]:
        number = self.marked.setdefault(label, _FIRST_BOOKMARK + len(self.marked))
        start = f'<w:bookmarkStart w:id="{number}" w:name="{_bookmark(label)}" />'
        return [_inline(f'{start}{content}<w:bookmarkEnd w:id="{number}" />')]


def contents(title: str, blocks: Sequence[Node], depth: int) -> Node:
    """Return a table of contents: links to the headings.

    Only Word knows what stands on which page: page numbers come when the fields are updated. A file that asks for that
    when it is opened gets a question that reads as a warning, so this one does not ask.
    """
    headings = [node for node in nodes(list(blocks)) if node["t"] == "Header" and node["c"][0] <= depth]
    lines = [_contents_line(node) for node in headings]
    begin = _mark("begin") + _code(rf'TOC \o "1-{depth}" \h \z \u') + _mark("separate")
    paragraphs = [f'<w:p><w:pPr><w:pStyle w:val="TOCHeading" /></w:pPr>{_run(title)}</w:p>']
    for at, (level, line) in enumerate(lines):
        style = f'<w:pPr><w:pStyle w:val="TOC{level}" /></w:pPr>'
        first, last = begin if at == 0 else "", _mark("end") if at == len(lines) - 1 else ""
        paragraphs.append(f"<w:p>{style}{first}{line}{last}</w:p>")
    return raw("openxml", "".join(paragraphs))


def _contents_line(node: Node) -> tuple[int, str]:
    level, attr, inlines = node["c"]
    return level, f'<w:hyperlink w:anchor="{escape(attr[0])}">{_run(plain(inlines))}</w:hyperlink>'


def _bookmark(label: str) -> str:
    """Return a name that Word takes: it has no hyphens in them, and hides those that begin like this."""
    return f"_Ref{int(hashlib.sha256(label.encode()).hexdigest(), 16) % 10**9:09d}"


def _inline(source: str) -> Node:
    return {"t": "RawInline", "c": ["openxml", source]}


def _field(code: str, shown: str) -> str:
    return _mark("begin") + _code(code) + _mark("separate") + _run(shown) + _mark("end")


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}" /></w:r>'


def _code(code: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'


def _run(shown: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(shown)}</w:t></w:r>' if shown else ""
