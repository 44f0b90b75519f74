"""Which sentences change when other figures are put under a report, and which cannot be said of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from srsmeting.errors import Fault
from srsmeting.proofing.evaluate import Said
from srsmeting.proofing.source import chapters
from srsmeting.render.book import Book
from srsmeting.render.document import Chapter, Prose
from srsmeting.render.lines import Line

_INLINE: Final = re.compile(r"`\{python\}[ \t]+[^`]+?[ \t]*`")
_END: Final = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][)’”]))\s+")
_COMMENT: Final = re.compile(r"<!--.*?-->")
_HEADING: Final = re.compile(r"^#+\s+|\s*\{[#.][^}]*\}\s*$")
_DIGITS: Final = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class _Piece:
    """A part of a sentence: what it is on the one and on the other figures, and on which line."""

    now: str
    then: str
    line: Line
    failed: str = ""


def changed_sentences(book: Book, now: dict[str, list[Said]], then: dict[str, list[Said]]) -> Iterator[Fault]:
    """Yield the sentences that read otherwise on other figures.

    Parameters
    ----------
    book
        The report, read.
    now, then
        What its inline calls say on the two sets of figures, by chapter.
    """
    for chapter in chapters(book):
        for sentence in _sentences(chapter, now[chapter.path], then[chapter.path]):
            failed = next((piece for piece in sentence if piece.failed), None)
            # One line, with plain spaces: it is read in a terminal.
            old, new = (
                " ".join("".join(getattr(piece, side) for piece in sentence).split()) for side in ("now", "then")
            )
            first = next((piece.line for piece in sentence if piece.now.strip() or piece.then.strip()), None)
            if failed is not None:
                message = f"cannot be said of the other figures: {failed.failed}"
                yield Fault(failed.line.file, message, failed.line.number, rule="unsayable")
            elif old != new and first is not None:
                what = "the number" if _DIGITS.sub("0", old) == _DIGITS.sub("0", new) else "the wording"
                message = f"{what} changes: ‘{old}’ becomes ‘{new}’."
                yield Fault(first.file, message, first.number, rule="changed")


def _sentences(chapter: Chapter, now: list[Said], then: list[Said]) -> Iterator[list[_Piece]]:
    values = iter(zip(now, then, strict=True))
    for part in chapter.parts:
        if isinstance(part, Prose):
            paragraph: list[_Piece] = []
            for line in part.lines:
                heading = line.text.startswith("#")
                if heading or not line.text.strip():
                    yield from _split(paragraph)
                    paragraph = []
                paragraph += _pieces(line, values)
                if heading:
                    yield paragraph
                    paragraph = []
            yield from _split(paragraph)


def _pieces(line: Line, values: Iterator[tuple[Said, Said]]) -> Iterator[_Piece]:
    text = _HEADING.sub("", line.text) if line.text.startswith("#") else line.text
    typed = [_COMMENT.sub("", piece) for piece in _INLINE.split(text)]
    yield _Piece(typed[0], typed[0], line)
    for rest in typed[1:]:
        one, other = next(values)
        yield _Piece(one.text, other.text, line, one.failed or other.failed)
        yield _Piece(rest, rest, line)
    yield _Piece("\n", "\n", line)


def _split(paragraph: list[_Piece]) -> Iterator[list[_Piece]]:
    """Divide a paragraph into sentences, where both sides end one; a value that is several sentences stays whole."""
    sentence: list[_Piece] = []
    for piece in chain.from_iterable(_divided(piece) for piece in paragraph):
        ends = piece.now.endswith((" ", "\n")) and "".join(part.now for part in sentence).endswith((".", "!", "?", "…"))
        if ends and not piece.now.strip():
            yield sentence
            sentence = []
            continue
        sentence.append(piece)
    if sentence:
        yield sentence


def _divided(piece: _Piece) -> Iterator[_Piece]:
    """Divide typed text behind every sentence in it; what was computed stays whole."""
    if piece.now != piece.then or piece.failed or not piece.now.strip():
        yield piece
        return
    rest = piece.now
    if leading := rest[: len(rest) - len(rest.lstrip())]:
        yield _Piece(leading, leading, piece.line)
        rest = rest.lstrip()
    start = 0
    for match in _END.finditer(rest):
        yield _Piece(rest[start : match.start()], rest[start : match.start()], piece.line)
        yield _Piece(" ", " ", piece.line)
        start = match.end()
    yield _Piece(rest[start:], rest[start:], piece.line)
