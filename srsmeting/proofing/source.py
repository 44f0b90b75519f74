"""What an author typed: prose without calls, references and markup, and the marks that excuse a line."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from srsmeting.proofing.titles import setting_lines
from srsmeting.render.book import Book
from srsmeting.render.document import Cell, Chapter, Prose
from srsmeting.render.lines import Line

#: What stands in the text where a call was.
CALL: Final = "□"

#: A call in the text.
INLINE: Final = re.compile(r"`\{python\}[^`]+`")
_MARK: Final = re.compile(r"<!--\s*proof:\s*ok\b[\s,:]*(?P<reason>.*?)\s*-->", re.IGNORECASE)
_MARKUP: Final = re.compile(
    r"<!--.*?-->"  # comments
    r"|`[^`]*`"  # code
    r"|\{[^}]*\}"  # attributes
    r"|@[\w-]+"  # references
    r"|(?<=\])\([^)]*\)"  # targets of links
    r"|https?://\S+"
    r"|</?[A-Za-z][^>]*>"  # tags
    r"|^\s*:{3,}.*$"  # the edge of a div
    r"|^\s*\d+[.)]\s"  # the number of an item in a list
)


@dataclass
class Marks:
    """The lines of a book that are excused, and which of those marks were needed."""

    reasons: dict[tuple[str, int], str]
    used: set[tuple[str, int]] = field(default_factory=set)

    def excuse(self, file: str, line: int) -> bool:
        """Return whether a line is excused, and remember that it had to be."""
        if (file, line) not in self.reasons:
            return False
        self.used.add((file, line))
        return True


@dataclass(frozen=True)
class Call:
    """A call in a chapter, with the place where it stands."""

    node: ast.Call
    file: str
    line: int

    @property
    def name(self) -> str:
        """The method that is called."""
        return self.node.func.attr if isinstance(self.node.func, ast.Attribute) else ""


def chapters(book: Book) -> tuple[Chapter, ...]:
    """Return the chapters and appendices of a book, in order."""
    return (*book.chapters, *book.appendices)


def read_marks(book: Book) -> Marks:
    """Return the marks `<!-- proof: ok, reason -->` of a book."""
    found = {}
    for line in (*setting_lines(book), *(line for chapter in chapters(book) for line in chapter.lines)):
        if mark := _MARK.search(line.text):
            found[line.file, line.number] = mark["reason"].strip(" -")
    return Marks(found)


def prose(chapter: Chapter) -> Iterator[Line]:
    """Yield what is typed, line by line, with a sign where a call stands."""
    for part in chapter.parts:
        if isinstance(part, Prose):
            for line in part.lines:
                text = _MARKUP.sub("", INLINE.sub(CALL, line.text))
                yield Line(text, line.file, line.number)


def calls(chapter: Chapter) -> Iterator[Call]:
    """Yield every call of a method in the cells and in the text, outermost first; what cannot be parsed is left out."""
    for part in chapter.parts:
        if isinstance(part, Prose):
            for code, line in part.expressions():
                yield from _calls(code, line.file, line.number, inline=True)
        elif isinstance(part, Cell):
            yield from _calls(part.code, part.file, part.line, inline=False)


def _calls(code: str, file: str, first: int, *, inline: bool) -> Iterator[Call]:
    try:
        tree = ast.parse(code.strip("\n") if inline else code)
    except SyntaxError:
        return  # rendering gives the better message
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield Call(node, file, first if inline else first + node.lineno - 1)
