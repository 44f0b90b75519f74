"""The built-in renderer: from a copy of the project to finished files in a staging folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from srsmeting.errors import Fault, RenderError
from srsmeting.render.assemble import assemble, differs
from srsmeting.render.book import Book, read_book
from srsmeting.render.documents import one_document
from srsmeting.render.execute import Runner, check_parameters
from srsmeting.render.freeze import Freezer, Stamps
from srsmeting.render.html import write_html
from srsmeting.render.job import Job
from srsmeting.render.kernel import Kernel
from srsmeting.render.native import with_native_tables
from srsmeting.render.pandoc import parse_markdown
from srsmeting.render.parts import Part
from srsmeting.render.pdf import write_pdf
from srsmeting.render.word import write_word

#: What writes each format: the book, its chapters assembled for the format (tables native, but for HTML), the folder in
#: which the paths of pictures begin (and work files may go), and the file to write.
WRITERS: Final[Mapping[str, Callable[[Book, Sequence[Part], Path, Path], None]]] = {
    "html": write_html,
    "docx": write_word,
    "pdf": write_pdf,
}


def render_embedded(job: Job) -> list[Path]:
    """Render a book without Quarto.

    Raises
    ------
    RenderError
        When the book cannot be rendered.
    """
    book = one_document(read_book(job.copy, job.shown, job.profile), job.document, job.subtitle)
    if job.reference_doc is not None:
        book = replace(book, reference_doc=str(job.reference_doc.resolve()))
    check_parameters(book, job.parameters)
    freezer = Freezer(job.freeze, book, job)
    settings = _settings(book, job)
    targets = {format_: job.staging / f"{job.name}.{format_}" for format_ in job.formats}
    frozen = {format_: freezer.load_document(format_, settings) for format_ in job.formats}
    for format_, content in frozen.items():
        if content is not None:
            targets[format_].write_bytes(content)
    todo = [format_ for format_, content in frozen.items() if content is None]
    if todo:
        _write(book, _run(book, job, freezer), replace(job, formats=tuple(todo)), targets)
    for format_ in todo:
        freezer.store_document(format_, settings, targets[format_].read_bytes())
    return list(targets.values())


def _settings(book: Book, job: Job) -> list[Any]:
    """Return what a document is made of beside its chapters and their data."""
    # The text of a chapter is without its front matter, which may hold the title of a document.
    files = [*sorted(job.copy.glob("_quarto*.yml")), *sorted(job.copy.rglob("*.qmd"))]
    files += [] if job.reference_doc is None else [job.reference_doc]
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]
    # A date may be that of today.
    return [*hashes, book.title, book.subtitle, book.date, book.profile, job.provenance, job.document]


def _write(book: Book, parts: list[Part], job: Job, targets: Mapping[str, Path]) -> None:
    """Write the formats of a job."""
    once = "" if differs(parts) else job.formats[0]

    # Chapters are never changed once they are made: two formats may share them.
    @cache
    def assembled(format_: str) -> list[Part]:
        return assemble(book, parts, format_, job.copy, provenance=job.provenance)

    @cache
    def native(format_: str) -> list[Part]:
        return with_native_tables(assembled(format_), job.copy)

    # Most of the time goes to pandoc and Typst, which wait for nobody.
    with ThreadPoolExecutor(max_workers=2) as pool:
        waiting = []
        for format_ in job.formats:
            job.progress(f"writing {format_}")
            made = (assembled if format_ == "html" else native)(once or format_)
            waiting.append(pool.submit(WRITERS[format_], book, made, job.copy, targets[format_]))
    for future in waiting:
        future.result()


def _run(book: Book, job: Job, freezer: Freezer) -> list[Part]:
    """Run every chapter that is not frozen; pandoc parses one while the next is running."""
    chapters = [*book.chapters, *book.appendices]
    trees = [freezer.load(chapter) for chapter in chapters]
    todo = [chapter for chapter, tree in zip(chapters, trees, strict=True) if tree is None]
    parsed: list[Future[list[Any]]] = []
    stamps: list[tuple[Stamps, Stamps]] = []
    with ThreadPoolExecutor(max_workers=2) as pool, ExitStack() as stack:
        lent = Kernel(job.env) if job.kernel is None else job.kernel.lend(job.env)
        kernel = stack.enter_context(lent) if any(chapter.runs for chapter in todo) else None
        runner = Runner(book, job.copy, kernel, job.parameters)
        for chapter in todo:
            job.progress(f"chapter {chapters.index(chapter) + 1} of {len(chapters)}: {chapter.path}")
            before = freezer.stamps()
            parsed.append(pool.submit(parse_markdown, runner.run(chapter), cwd=job.copy))
            stamps.append((before, freezer.stamps()))
        runner.check()
    made = _trees(parsed)
    for chapter, tree, (before, after) in zip(todo, made, stamps, strict=True):
        freezer.store(chapter, tree, before, after)
    fresh = iter(made)
    return [
        Part(chapter, position >= len(book.chapters), next(fresh) if tree is None else tree)
        for position, (chapter, tree) in enumerate(zip(chapters, trees, strict=True))
    ]


def _trees(parsed: list[Future[list[Any]]]) -> list[list[Any]]:
    """Return the trees of all chapters, or raise the faults of all chapters."""
    faults: list[Fault] = []
    for future in parsed:
        error = future.exception()
        if isinstance(error, RenderError) and error.faults:
            faults += error.faults
        elif error is not None:
            raise error
    if faults:
        raise RenderError(faults=faults)
    return [future.result() for future in parsed]
