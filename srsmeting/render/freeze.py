"""Frozen chapters and documents: what came of them is kept, and used again while all that it was made of is the same.

Kept are the document tree of each chapter with the pictures that its cells made, and the finished documents. The key
covers the text of the chapters and what they include, the other files of the project, parameters, environment variables
that the caller sets, the *contents* of the data that the cells read, and the code: this package, Python, and the
libraries that are installed. What else a cell looks at (the clock, the network, a file elsewhere) is not in the key;
render such a chapter without freezing.

An entry is one file, written at once, that begins with the hash of the rest. What is damaged, cut off or strange is not
used, as if it were not there; a folder that cannot be written to costs time and nothing else.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import platform
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, Final

from srsmeting.render.book import Book
from srsmeting.render.document import Chapter
from srsmeting.render.job import Job
from srsmeting.render.tree import Node, nodes

#: Changes when the form of an entry does.
_MAGIC: Final = b"srsmeting frozen chapter 1\n"
_SUFFIX: Final = ".frozen"
_TREE: Final = "tree.json"
_FILES: Final = "files/"
#: An entry that nobody asked for in so many seconds is removed.
_KEPT: Final = 30 * 24 * 3600
#: All entries together may take so many bytes.
_ROOM: Final = 300_000_000
_PACKAGE: Final = Path(__file__).parents[1]

Stamps = Mapping[str, tuple[int, int]]


class Freezer:
    """Keeps chapters of one rendering, and gives back what was kept.

    Parameters
    ----------
    folder
        Where entries are kept; None keeps nothing.
    book
        The book, read.
    job
        The rendering: its copy of the project, its parameters, its data.
    """

    def __init__(self, folder: Path | None, book: Book, job: Job) -> None:
        self._folder, self._book, self._root = folder, book, job.copy
        self._ours = frozenset(self.stamps())
        self._common = _digest(_common(book, job)) if folder else ""

    def stamps(self) -> Stamps:
        """Return the files of the copy with what tells whether they changed."""
        found = (path for path in self._root.rglob("*") if path.is_file()) if self._folder else ()
        return {path.relative_to(self._root).as_posix(): _stamp(path) for path in found}

    def load(self, chapter: Chapter) -> list[Node] | None:
        """Return the tree of a chapter and put its pictures in place; None where it has to be run."""
        if self._folder is None:
            return None
        entry = self._folder / self._name(chapter)
        try:
            tree, files = _unpack(entry.read_bytes(), entry.stem)
            for name, content in files.items():
                if name in self._ours:
                    return None
                target = self._root / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
            return None
        with suppress(OSError):
            os.utime(entry)
        return tree

    def store(self, chapter: Chapter, tree: list[Node], before: Stamps, after: Stamps) -> None:
        """Keep a chapter that was run.

        Parameters
        ----------
        chapter, tree
            The chapter and what it came to.
        before, after
            The files just before and just after it was run.
        """
        if self._folder is None:
            return
        made = {name for name, stamp in after.items() if before.get(name) != stamp}
        made |= self._shown(chapter, tree, after)
        if made & self._ours:
            return  # it changes what it was made of
        entry = self._folder / self._name(chapter)
        content = _pack(tree, {name: (self._root / name).read_bytes() for name in sorted(made)}, entry.stem)
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write(entry, content)
            _tidy(self._folder)

    def load_document(self, format_: str, settings: Sequence[Any]) -> bytes | None:
        """Return a finished document; None where it has to be made.

        Parameters
        ----------
        format_, settings
            What it was made into, and what else than the chapters went into it.
        """
        if self._folder is None:
            return None
        entry = self._folder / self._document(format_, settings)
        try:
            content = _opened(entry.read_bytes(), entry.stem)
        except (OSError, ValueError):
            return None
        with suppress(OSError):
            os.utime(entry)
        return content

    def store_document(self, format_: str, settings: Sequence[Any], content: bytes) -> None:
        """Keep a finished document."""
        if self._folder is None:
            return
        entry = self._folder / self._document(format_, settings)
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write(entry, _MAGIC + _seal(entry.stem, content) + content)
            _tidy(self._folder)

    def _document(self, format_: str, settings: Sequence[Any]) -> str:
        book = self._book
        chapters = [[one.path, self._lines(one)] for one in (*book.chapters, *book.appendices)]
        return f"{_digest([self._common, format_, list(settings), len(book.chapters), chapters])}.document{_SUFFIX}"

    def _name(self, chapter: Chapter) -> str:
        return f"{_digest([self._common, chapter.path, self._lines(chapter)])}{_SUFFIX}"

    def _lines(self, chapter: Chapter) -> list[list[Any]]:
        return [[line.file.removeprefix(f"{self._book.shown}/"), line.number, line.text] for line in chapter.lines]

    def _shown(self, chapter: Chapter, tree: list[Node], files: Iterable[str]) -> set[str]:
        """Name the pictures that a chapter shows and the project does not have: another chapter may have made them."""
        folder = PurePosixPath(chapter.path).parent
        shown = {(folder / node["c"][2][0]).with_suffix("").as_posix() for node in nodes(tree) if node["t"] == "Image"}
        return {name for name in files if PurePosixPath(name).with_suffix("").as_posix() in shown} - self._ours


def _common(book: Book, job: Job) -> list[Any]:
    """Return what every chapter of a rendering depends on."""
    data = {str(path) for path in job.data}
    return [
        _code(),
        book.execute.values,
        book.runs_in_project,
        dict(job.parameters),
        {name: value for name, value in job.env.items() if value not in data},
        {name: os.environ.get(name, "") for name in ("SOURCE_DATE_EPOCH", "TZ", "LANG", "LC_ALL")},
        [_contents(path) for path in job.data],
        [one for one in _contents(job.copy) if not one[0].endswith(".qmd") and one[0] != "_quarto.yml"],
    ]


@cache
def _code() -> list[Any]:
    """Return what tells one state of the code from another: this package as it stands, not only its version."""
    # The names of these folders have the versions; reading what is in them takes ten times as long.
    installed = {
        found.name for folder in sys.path if Path(folder).is_dir() for found in Path(folder).glob("*.dist-info")
    }
    return [_contents(_PACKAGE), sorted(installed), platform.python_version(), platform.platform()]


def _contents(path: Path) -> list[tuple[str, str]]:
    """Return the files below a folder, or one file, with their hashes; what Python compiled is left out."""
    found = sorted(one for one in path.rglob("*") if one.suffix != ".pyc") if path.is_dir() else [path]
    return [
        (one.relative_to(path).as_posix(), hashlib.sha256(one.read_bytes()).hexdigest())
        for one in found
        if one.is_file()
    ]


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=repr)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _pack(tree: list[Node], files: Mapping[str, bytes], key: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(_TREE, json.dumps(tree, ensure_ascii=False))
        for name, content in files.items():
            archive.writestr(_FILES + name, content)
    payload = packed.getvalue()
    return _MAGIC + _seal(key, payload) + payload


def _unpack(content: bytes, key: str) -> tuple[list[Node], dict[str, bytes]]:
    """Return what an entry holds; anything strange is a ValueError."""
    with zipfile.ZipFile(io.BytesIO(_opened(content, key))) as archive:
        tree = json.loads(archive.read(_TREE))
        files = {name[len(_FILES) :]: archive.read(name) for name in archive.namelist() if name != _TREE}
    if not isinstance(tree, list) or not all(isinstance(node, dict) and "t" in node for node in tree):
        raise ValueError("no document tree")
    if not all(_inside(name) for name in files):
        raise ValueError("a file outside the project")
    return tree, files


def _opened(content: bytes, key: str) -> bytes:
    """Return what an entry holds behind its seal; anything strange is a ValueError."""
    head = len(_MAGIC) + hashlib.sha256().digest_size
    payload = content[head:]
    if content[:head] != _MAGIC + _seal(key, payload):
        raise ValueError("no entry of ours, or not whole")
    return payload


def _seal(key: str, payload: bytes) -> bytes:
    return hashlib.sha256(key.encode() + payload).digest()


def _inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(name) and not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name


def _write(entry: Path, content: bytes) -> None:
    """Write an entry whole or not at all; another process may be writing the same one."""
    handle, name = tempfile.mkstemp(dir=entry.parent, prefix=".", suffix=_SUFFIX)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(entry)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _tidy(folder: Path) -> None:
    """Remove what nobody asked for lately, and what there is no room for; what was used last stays."""
    found = []
    for entry in folder.glob(f"*{_SUFFIX}"):
        with suppress(OSError):  # another process may be tidying, too
            status = entry.stat()
            found.append((status.st_mtime, status.st_size, entry))
    room, now = _ROOM, time.time()
    for used, size, entry in sorted(found, reverse=True):
        room -= size
        if room < 0 or now - used > _KEPT:
            entry.unlink(missing_ok=True)
