"""One file, looked at by every reader in turn and taken apart at most once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path

from srsmeting.errors import IntakeError
from srsmeting.intake.files.archive import Archive
from srsmeting.intake.files.delimited import Table, in_stretches, read_delimited, read_stretches
from srsmeting.intake.files.encoding import BOM, as_utf_8, first_undecodable
from srsmeting.intake.files.ods import is_ods, read_ods
from srsmeting.intake.files.workbook import Sheet, read_workbook

_ARCHIVE = b"PK\x03\x04"
#: What comes first in files that are not text, or text and no table.
_NO_TABLE = (_ARCHIVE, b"\xd0\xcf\x11\xe0", b"%PDF", b"$FL", b"<", b"PAR1", b"{", b"[", b"'")
_HEAD, _BEGINNING = 4096, 1 << 19
#: Bytes that take so much memory that it is worth it to read them in stretches.
_LARGE = 1 << 25


def is_large(path: Path) -> bool:
    """Say whether a file is so large that it is better not in memory as a whole."""
    try:
        return path.stat().st_size > _LARGE
    except OSError:
        return False  # whoever reads it is told why that cannot be done


class Source:
    r"""An export as a reader sees it.

    Whatever it tells, it never raises while readers only look: a file that is damaged is none of what it is asked for,
    and what is wrong with it is in `damage`.

    Parameters
    ----------
    path
        Where the file is; readers find in the same folder what belongs to it.
    raw
        Its bytes; None to have them read when they are needed, and of delimited text a stretch at a time.
    progress
        Is told how far the reading of a large file is.

    Examples
    --------
    >>> source = Source(Path("export.csv"), b'"id";"Q1"\n"1";"A1"\n')
    >>> source.table.header, source.archive, source.workbook
    (('id', 'Q1'), None, ())
    """

    def __init__(self, path: Path, raw: bytes | None = None, progress: Callable[[str], None] | None = None) -> None:
        self.path = path
        self.name = path.name
        self._raw = raw
        self._progress = progress
        self._digest = ""
        #: What is wrong with the file, as far as it was looked at.
        self.damage: IntakeError | None = None
        #: Whether `table` was read as Windows-1252.
        self.is_windows_1252 = False

    @cached_property
    def raw(self) -> bytes:
        """The bytes of the file."""
        return read_bytes(self.path) if self._raw is None else self._raw

    @cached_property
    def size(self) -> int:
        """How many bytes it has."""
        return self.path.stat().st_size if self._raw is None else len(self._raw)

    @cached_property
    def beginning(self) -> bytes:
        """The first bytes: half a megabyte, in which the headings stand, also where there are twenty thousand."""
        if self._raw is not None:
            return self._raw[:_BEGINNING]
        with self.path.open("rb") as file:
            return file.read(_BEGINNING)

    @cached_property
    def sha256(self) -> str:
        """Hash of the bytes that were read."""
        return self._digest or hashlib.sha256(self.raw).hexdigest()

    @cached_property
    def head(self) -> str:
        """The first characters, without BOM and blanks; bytes that are no text are replaced."""
        return self.beginning[:_HEAD].removeprefix(BOM).decode("utf-8", "replace").lstrip()

    @cached_property
    def is_sound_table(self) -> bool:
        """Whether it is a large file of delimited text without any damage: then it is never in memory as a whole."""
        return self._streamed is not None

    @cached_property
    def _streamed(self) -> Table | None:
        if self._raw is not None or self._is_no_table:
            return None
        digest = hashlib.sha256()
        try:
            with self.path.open("rb", buffering=0) as file:
                parts = _checked(in_stretches(file), self.name, digest.update)
                table = read_stretches(parts, self.size, self.name, self._progress)
        except (IntakeError, OSError):
            return None  # what exactly is wrong, is told of the whole file
        self._digest = digest.hexdigest()
        return table

    @property
    def _is_no_table(self) -> bool:
        return self.beginning[:_HEAD].removeprefix(BOM).lstrip().startswith(_NO_TABLE)

    @cached_property
    def table(self) -> Table | None:
        """The file as delimited text; None when it is something else, or damaged."""
        if self._is_no_table:
            return None
        if self._streamed is not None:
            return self._streamed
        try:
            text = as_utf_8(self.raw, self.name)
            self.is_windows_1252 = text is not self.raw
            return read_delimited(text, self.name, self._progress)
        except IntakeError as problem:
            self.damage = problem
            return None

    @cached_property
    def archive(self) -> Archive | None:
        """The file as an archive; None when it is none, or damaged."""
        if not self.beginning.startswith(_ARCHIVE):
            return None
        try:
            return Archive(self.raw, self.name)
        except IntakeError as problem:
            self.damage = problem
            return None

    @cached_property
    def is_ods(self) -> bool:
        """Whether it is a spreadsheet of OpenDocument."""
        try:
            return self.archive is not None and is_ods(self.archive)
        except IntakeError as problem:
            self.damage = problem
            return False

    @cached_property
    def workbook(self) -> tuple[Sheet, ...]:
        """The sheets of the file; none when it is no workbook (.xlsx, .ods), or damaged."""
        if self.archive is None:
            return ()
        try:
            if "xl/workbook.xml" in self.archive.names:
                return read_workbook(self.raw, self.name)
            return read_ods(self.archive, self.name) if self.is_ods else ()
        except IntakeError as problem:
            self.damage = problem
            return ()


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises
    ------
    IntakeError
        It cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as problem:
        raise IntakeError(f"{path}: cannot be read: {problem.strerror or type(problem).__name__}.") from None


def _checked(parts: Iterable[bytes], name: str, tell: Callable[[bytes], object]) -> Iterator[bytes]:
    """Yield stretches of a file as far as nothing is wrong with their bytes."""
    for number, part in enumerate(parts):
        tell(part)
        # One byte is found many times faster than four, and the first of these is rare.
        is_two = BOM[:1] in part and (b"\n" + BOM in part or (number > 0 and part.startswith(BOM)))
        if is_two or b"\0" in part or first_undecodable(part) is not None:
            raise IntakeError(f"{name}: takes a closer look.")
        yield part
