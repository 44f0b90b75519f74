"""One file, looked at by every reader in turn and taken apart at most once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from srsmeting.errors import IntakeError
from srsmeting.intake.files.archive import Archive
from srsmeting.intake.files.delimited import Table, read_delimited
from srsmeting.intake.files.encoding import BOM, as_utf_8
from srsmeting.intake.files.ods import is_ods, read_ods
from srsmeting.intake.files.workbook import Sheet, read_workbook

_ARCHIVE = b"PK\x03\x04"
#: What comes first in files that are not text, or text and no table.
_NO_TABLE = (_ARCHIVE, b"\xd0\xcf\x11\xe0", b"%PDF", b"$FL", b"<", b"PAR1", b"{", b"[", b"'")
_HEAD = 4096


class Source:
    r"""An export as a reader sees it.

    Whatever it tells, it never raises while readers only look: a file that is damaged is none of what it is asked for,
    and what is wrong with it is in `damage`.

    Parameters
    ----------
    path
        Where the file is; readers find in the same folder what belongs to it.
    raw
        Its bytes.
    progress
        Is told how far the reading of a large file is.

    Examples
    --------
    >>> source = Source(Path("export.csv"), b'"id";"Q1"\n"1";"A1"\n')
    >>> source.table.header, source.archive, source.workbook
    (('id', 'Q1'), None, ())
    """

    def __init__(self, path: Path, raw: bytes, progress: Callable[[str], None] | None = None) -> None:
        self.path = path
        self.name = path.name
        self.raw = raw
        self._progress = progress
        #: What is wrong with the file, as far as it was looked at.
        self.damage: IntakeError | None = None
        #: Whether `table` was read as Windows-1252.
        self.is_windows_1252 = False

    @cached_property
    def head(self) -> str:
        """The first characters, without BOM and blanks; bytes that are no text are replaced."""
        return self.raw[:_HEAD].removeprefix(BOM).decode("utf-8", "replace").lstrip()

    @cached_property
    def table(self) -> Table | None:
        """The file as delimited text; None when it is something else, or damaged."""
        if self.raw[:_HEAD].removeprefix(BOM).lstrip().startswith(_NO_TABLE):
            return None
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
        if not self.raw.startswith(_ARCHIVE):
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
