"""Running the chapters of a report on a bundle, in this process: what every cell shows and every sentence becomes."""

from __future__ import annotations

import ast
import contextlib
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from srsmeting.errors import Fault, RenderError, SrsmetingError, UnknownNameError
from srsmeting.proofing.source import chapters
from srsmeting.render.book import Book
from srsmeting.render.document import Cell, Chapter, Prose

#: The environment variable in which a report finds its figures.
VARIABLE: Final = "SRSMETING_REPORT"


@dataclass(frozen=True)
class Said:
    """What a call became: its text, the estimates behind it, or why it could not be evaluated."""

    text: str = ""
    keys: tuple[str, ...] = ()
    failed: str = ""


@dataclass(frozen=True)
class Evaluated:
    """A report on a bundle: what the cells show by their place, and what the inline calls say in their order."""

    cells: dict[tuple[str, int], Any]
    inline: dict[str, list[Said]]


def evaluate(book: Book, bundle: Path, *, strict: bool = True) -> Evaluated:
    """Run every chapter of a book.

    Parameters
    ----------
    book
        The report, read.
    bundle
        Folder with estimates, questionnaire and texts.
    strict
        Whether an inline call that fails is an error; otherwise what it says is why it failed.

    Raises
    ------
    RenderError
        When a cell fails, with its file and line; of names that do not exist all places at once.
    """
    unknown: list[Fault] = []
    cells: dict[tuple[str, int], Any] = {}
    inline: dict[str, list[Said]] = {}
    with _reporting_on(bundle):
        for chapter in chapters(book):
            inline[chapter.path] = list(_run(chapter, cells, unknown, strict=strict))
    if unknown:
        raise RenderError(faults=unknown)
    return Evaluated(cells, inline)


def _run(chapter: Chapter, cells: dict[tuple[str, int], Any], unknown: list[Fault], *, strict: bool) -> Iterator[Said]:
    names: dict[str, Any] = {"__name__": "__main__"}
    for part in chapter.parts:
        if isinstance(part, Cell):
            if part.options.get("eval", True) is not False:
                try:
                    cells[part.file, part.line] = _last_value(part.code, names)
                except Exception as error:
                    cells[part.file, part.line] = None
                    if strict:
                        _note(part.file, part.line, error, unknown)
        elif isinstance(part, Prose):
            for code, line in part.expressions():
                try:
                    value = eval(code.strip(), names)  # noqa: S307 - the author's own report
                except Exception as error:
                    if strict:
                        _note(line.file, line.number, error, unknown)
                    yield Said(failed=_first_line(error))
                else:
                    yield Said(_text(value), tuple(getattr(value, "keys", ()) if isinstance(value, str) else ()))


def _last_value(code: str, names: dict[str, Any]) -> Any:
    """Run a cell; return what its last expression is, as a notebook shows it."""
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(tree, "<cell>", "exec"), names)  # noqa: S102 - the author's own report
        if isinstance(last, ast.Expr):
            return eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)  # noqa: S307
    return None


def _text(value: Any) -> str:
    if isinstance(value, str):
        return str(value)
    show = getattr(value, "_repr_markdown_", None)
    return str(show() if callable(show) else value).strip()


def _note(file: str, line: int, error: Exception, unknown: list[Fault]) -> None:
    """Keep a name that does not exist for later; raise anything else, or the names that it may come of."""
    fault = Fault(file, _first_line(error), line=line, rule="cell")
    if isinstance(error, UnknownNameError):
        unknown.append(fault)
        return
    raise RenderError(faults=unknown or [fault]) from None


def _first_line(error: Exception) -> str:
    text = (str(error).splitlines() or [""])[0]
    return text if isinstance(error, SrsmetingError) and text else f"{type(error).__name__}: {text}"


@contextlib.contextmanager
def _reporting_on(bundle: Path) -> Iterator[None]:
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = os.fspath(bundle)
    try:
        yield
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before
