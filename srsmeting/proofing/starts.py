"""Sentences that a computed number begins: in Dutch a sentence does not begin with a digit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from srsmeting.errors import Fault
from srsmeting.proofing.evaluate import Said
from srsmeting.proofing.source import INLINE, chapters
from srsmeting.render.book import Book
from srsmeting.render.document import Prose

_ENDED: Final = re.compile(r"[.!?…][)’”]?\s+$")


def begun_with_digits(book: Book, inline: Mapping[str, Sequence[Said]]) -> Iterator[Fault]:
    """Yield sentences that begin with digits which a call gave; items of a list and rows of a table may.

    Parameters
    ----------
    book
        The report.
    inline
        What its inline calls say, by chapter.
    """
    for chapter in chapters(book):
        said = iter(inline[chapter.path])
        for part in chapter.parts:
            if not isinstance(part, Prose):
                continue
            # What stands before on the lines of this paragraph; nothing where one begins.
            before = ""
            for line in part.lines:
                typed = INLINE.split(line.text)
                before = before + typed[0] if line.text.strip() else ""
                for after in typed[1:]:
                    text = next(said).text
                    if text[:1].isdigit() and (not before.strip() or _ENDED.search(before)):
                        what = " ".join(text.split())
                        message = f"‘{what}’ begins a sentence. Put a word before it, or take r.words(…, start=True)."
                        yield Fault(line.file, message, line.number, value=what, rule="start")
                    before += text + after
                before += " "
