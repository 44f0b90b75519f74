"""What `_quarto.yml` says: the title, the chapters and appendices in order, and the settings that decide on content.

A project of type `default` is a number of documents without an order, each with a title of its own.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from srsmeting.errors import RenderError
from srsmeting.render.document import EXECUTE_OPTIONS, Chapter, read_chapter
from srsmeting.render.lines import read_text
from srsmeting.render.options import ANYTHING, FLAG, MAPPING, TEXT, WORDS, Known, Options, read_options

#: Types of project.
KINDS: tuple[str, ...] = ("book", "default")
#: Top-level settings. `format` holds the look in Quarto; of it only `toc-depth`, `number-depth` and `reference-doc`
#: are followed here.
PROJECT_SETTINGS: Known = {
    "project": MAPPING,
    "book": MAPPING,
    "lang": TEXT,
    "jupyter": ANYTHING,
    "engine": TEXT,
    "execute": MAPPING,
    "format": ANYTHING,
    "crossref": MAPPING,
    "number-sections": FLAG,
    "toc": FLAG,
    "toc-depth": (int,),
    "number-depth": (int,),
}
PROJECT: Known = {"type": TEXT, "title": TEXT, "output-dir": TEXT, "execute-dir": TEXT}
BOOK_SETTINGS: Known = {
    "title": TEXT,
    "subtitle": TEXT,
    "author": (str, list),
    "date": ANYTHING,
    "description": TEXT,
    "chapters": WORDS,
    "appendices": WORDS,
    "output-file": TEXT,
}
#: What a profile may say of the book: it replaces the texts, and adds to the lists.
PROFILE_SETTINGS: Known = {"title": TEXT, "subtitle": TEXT, "chapters": WORDS, "appendices": WORDS}
CROSSREF_SETTINGS: Known = {"chapters": FLAG, "title-delim": TEXT, "appendix-title": TEXT, "appendix-delim": TEXT}

_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


@dataclass(frozen=True)
class Book:
    """A book project, read.

    Parameters
    ----------
    shown
        The project folder as the user knows it, for messages.
    title, subtitle, authors, date
        The title page; the date as printed.
    published
        The date, where one was written.
    lang
        Language code.
    chapters, appendices
        In order.
    execute
        Default cell options.
    runs_in_project
        Whether cells run in the project folder, and not in the folder of their chapter.
    crossref
        Words and signs of captions and appendices.
    toc_depth, number_depth
        Levels of headings in the table of contents, and with a number; chapters are level 1.
    reference_doc
        Word file with house style, relative to the project, or nothing.
    is_document
        Whether the project is no book: the chapters are documents, of which one is rendered at a time.
    profile
        The variant of the project that is made, which content may be written for; empty for the project as it is.
    """

    shown: str
    title: str
    subtitle: str
    authors: tuple[str, ...]
    date: str
    published: dt.date | None
    lang: str
    chapters: tuple[Chapter, ...]
    appendices: tuple[Chapter, ...]
    execute: Options
    runs_in_project: bool
    crossref: Options
    toc_depth: int
    number_depth: int
    reference_doc: str
    is_document: bool = False
    profile: str = ""

    @property
    def title_page(self) -> dict[str, str | tuple[str, ...]]:
        """What stands on the title page, as pandoc calls it, and the language."""
        page = {"title": self.title, "subtitle": self.subtitle, "date": self.date, "lang": self.lang}
        return {**page, "author": self.authors}


def read_book(root: Path, shown: str, profile: str = "") -> Book:
    """Read a Quarto project: a book, or documents.

    Parameters
    ----------
    root
        The folder to read.
    shown
        The folder as the user knows it, for messages.
    profile
        The variant to make. What `_quarto-<profile>.yml` says of the book is put over `_quarto.yml`, as Quarto does.

    Raises
    ------
    RenderError
        When `_quarto.yml` or a chapter is missing or says something that the built-in renderer does not know.
    """
    file = f"{shown}/_quarto.yml"
    text = read_text(root / "_quarto.yml", file)
    settings = read_options(text, file=file, line=1, known=PROJECT_SETTINGS, kind="setting")
    project = settings.section("project", PROJECT, "project setting")
    if project.get("type") not in KINDS:
        message = (
            f"the project type is {project.get('type')!r}. The built-in renderer needs 'type: book' or 'type: default' "
            "under 'project:'."
        )
        raise RenderError(faults=[settings.fault("project", message, "project")])
    is_document = project.get("type") == "default"
    book = settings.section("book", BOOK_SETTINGS, "book setting")
    for name in profile.split(","):
        book = _profiled(book, root, shown, name)
    _require(settings, book, is_document=is_document)
    if is_document:
        names = {"chapters": find_documents(root, shown), "appendices": []}
    else:
        names = {name: list(book.get(name) or []) for name in ("chapters", "appendices")}
        _check_chapters(root, book, names)
    formats: Any = settings.get("format")
    return Book(
        shown=shown,
        title=book.get("title", ""),
        subtitle=book.get("subtitle", ""),
        authors=_authors(book),
        date=_date(book),
        published=book.get("date") if isinstance(book.get("date"), dt.date) else None,
        lang=settings.get("lang", "nl"),
        chapters=tuple(read_chapter(root, path, shown) for path in names["chapters"]),
        appendices=tuple(read_chapter(root, path, shown) for path in names["appendices"]),
        execute=settings.section("execute", EXECUTE_OPTIONS, "execute setting"),
        runs_in_project=project.get("execute-dir") == "project",
        crossref=settings.section("crossref", CROSSREF_SETTINGS, "crossref setting"),
        toc_depth=_depth(settings, "toc-depth", 3),
        number_depth=_depth(settings, "number-depth", 6),
        reference_doc=_mapping(_mapping(formats).get("docx")).get("reference-doc", ""),
        is_document=is_document,
        profile=profile,
    )


def _profiled(book: Options, root: Path, shown: str, profile: str) -> Options:
    """Put what a profile says over what the book says: texts are replaced, lists grow."""
    source, file = root / f"_quarto-{profile}.yml", f"{shown}/_quarto-{profile}.yml"
    if not source.is_file():
        return book
    settings = read_options(read_text(source, file), file=file, line=1, known={"book": MAPPING}, kind="setting")
    own = settings.section("book", PROFILE_SETTINGS, "book setting of a profile")
    values = dict(book.values)
    for name, value in own.values.items():
        values[name] = [*(values.get(name) or []), *value] if isinstance(value, list) else value
    return replace(book, values=values)


def find_documents(root: Path, shown: str) -> list[str]:
    """Return the documents of a project that is no book: what Quarto would render, at the top of the project.

    Raises
    ------
    RenderError
        When there is none.
    """
    # What begins with an underscore is there to be included.
    found = sorted(path.name for path in root.glob("*.qmd") if not path.name.startswith("_"))
    if not found:
        raise RenderError(f"{shown}: no document (.qmd) here. Give the folder of a Quarto project.")
    return found


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _depth(settings: Options, name: str, default: int) -> int:
    """Return a depth, which may stand at the top or under one of the formats."""
    formats = [value for value in _mapping(settings.get("format")).values() if isinstance(value, dict)]
    depth = next((source[name] for source in (settings.values, *formats) if name in source), default)
    if not isinstance(depth, int) or not 1 <= depth <= 6:
        message = f"{name!r} must be a whole number from 1 to 6, not {depth!r}."
        raise RenderError(faults=[settings.fault(name if name in settings.lines else "format", message, "depth")])
    return depth


def _require(settings: Options, book: Options, *, is_document: bool) -> None:
    faults = []
    if is_document and book.values:
        message = "there is a book in a project of type 'default'. Make the type 'book', or take 'book:' out."
        faults.append(settings.fault("book", message, "only"))
    for name in () if is_document else ("title", "chapters"):
        if not book.get(name):
            faults.append(settings.fault("book", f"the book has no {name!r}. Add it under 'book:'.", "missing"))
    if book.get("chapters") and "index.qmd" not in book.get("chapters"):
        faults.append(book.fault("chapters", "there is no 'index.qmd', which Quarto needs. Add it first.", "missing"))
    for name, only in (("engine", "jupyter"), ("lang", "nl"), ("number-sections", not is_document)):
        if settings.get(name, only) != only:
            message = f"{name!r} is {settings.get(name)!r}. The built-in renderer has {only!r} only."
            faults.append(settings.fault(name, message, "only"))
    if faults:
        raise RenderError(faults=faults)


def _check_chapters(root: Path, book: Options, names: dict[str, list[Any]]) -> None:
    faults, seen = [], set[str]()
    for setting, paths in names.items():
        for path in paths:
            if not isinstance(path, str):
                message = f"{path!r} under {setting!r} is not a file. Parts are not supported; list the files."
            elif not (root / path).is_file():
                message = f"the chapter {path!r} does not exist. Check its name and folder."
            elif not path.endswith(".qmd"):
                message = f"the chapter {path!r} is no .qmd file. The built-in renderer reads no other."
            elif path in seen:
                message = f"the chapter {path!r} is listed twice. Keep one."
            else:
                seen.add(path)
                continue
            faults.append(book.fault(setting, message, "chapter"))
    if faults:
        raise RenderError(faults=faults)


def _authors(book: Options) -> tuple[str, ...]:
    value = book.get("author", [])
    authors = [value] if isinstance(value, str) else value
    return tuple(str(author.get("name", "")) if isinstance(author, dict) else str(author) for author in authors)


def _date(book: Options) -> str:
    value = book.get("date", "")
    if value in ("today", "now", "last-modified"):
        message = f"the date {value!r} differs from day to day. Write the date of publication, such as 2021-12-01."
        raise RenderError(faults=[book.fault("date", message, "date")])
    if isinstance(value, dt.date):
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    return str(value)
