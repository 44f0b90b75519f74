"""Titles: what stands on the title page and above a document is typed too, and is read first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from srsmeting.render.book import BOOK_SETTINGS, PROJECT_SETTINGS, Book
from srsmeting.render.lines import Line, read_text
from srsmeting.render.options import Options, read_options

_TITLES: Final = ("title", "subtitle", "description")


def titles(book: Book) -> Iterator[Line]:
    """Yield the titles of a book, of the variant of it that is read, and of its chapters and documents.

    Parameters
    ----------
    book
        The report, read.
    """
    for file, text in _settings(book):
        settings = read_options(text, file=file, line=1, known=PROJECT_SETTINGS, kind="setting")
        yield from _of(settings.section("book", BOOK_SETTINGS, "book setting"))
    for chapter in (*book.chapters, *book.appendices):
        yield from _of(chapter.front)


def setting_lines(book: Book) -> Iterator[Line]:
    """Yield the lines of the files with the settings of a book, comments and all."""
    for file, text in _settings(book):
        for number, line in enumerate(text.splitlines(), start=1):
            yield Line(line, file, number)


def _settings(book: Book) -> Iterator[tuple[str, str]]:
    """Yield the files with settings: a book that is read does not keep their lines."""
    for name in ("", *(f"-{name}" for name in book.profile.split(",") if name)):
        path = Path(book.shown) / f"_quarto{name}.yml"
        if path.is_file():
            yield path.as_posix(), read_text(path, path.as_posix())


def _of(settings: Options) -> Iterator[Line]:
    for name in _TITLES:
        if text := settings.get(name):
            yield Line(str(text), settings.file, settings.lines.get(name, 1))
