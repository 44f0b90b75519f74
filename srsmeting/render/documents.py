"""One document out of a project that is no book."""

from __future__ import annotations

from dataclasses import replace

from srsmeting.errors import Fault, RenderError, unknown_name
from srsmeting.render.book import Book

#: The document that is meant where none is named.
FIRST = "index.qmd"


def one_document(project: Book, document: str = "", subtitle: str = "") -> Book:
    """Return a project with one of its documents, whose title is that of the project; a book as it is.

    Parameters
    ----------
    project
        A project, read.
    document
        Which of its documents; default the only one, or ``index.qmd``.
    subtitle
        What it is about, in place of its own subtitle.

    Raises
    ------
    UnknownNameError
        For a document that the project does not have.
    RenderError
        When a project of several documents has no ``index.qmd`` and none is named, or the document has no title.
    """
    if not project.is_document:
        return project
    found = {chapter.path: chapter for chapter in project.chapters}
    name = document or (FIRST if len(found) > 1 else next(iter(found)))
    if name not in found:
        raise unknown_name(project.shown, "document", name, found)
    chapter = found[name]
    if not chapter.front.get("title"):
        message = "the document has no title. Write 'title: …' in its front matter."
        raise RenderError(faults=[Fault(f"{project.shown}/{name}", message, line=1, rule="missing")])
    own = subtitle or chapter.front.get("subtitle", "")
    return replace(project, chapters=(chapter,), title=chapter.front.get("title"), subtitle=own)
