"""The formats in which a book can be written, and the function that writes each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from srsmeting.render.book import Book
from srsmeting.render.html import write_html
from srsmeting.render.parts import Part
from srsmeting.render.pdf import write_pdf
from srsmeting.render.word import write_word

Writer = Callable[[Book, Sequence[Part], Path, Path], None]

#: Format to writer.
WRITERS: Mapping[str, Writer] = {"html": write_html, "docx": write_word, "pdf": write_pdf}
