"""An archive in memory: what is in it, and never more of it than an export can be."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from srsmeting.errors import Fault, IntakeError

#: What the files in an export may unpack to together.
LARGEST = 200 * 2**20
#: A file that unpacks to more than so many times its size is made to fill a memory, not to hold answers.
MOST_TIMES = 200
_MOST_FILES = 5_000
_DAMAGE = (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, OverflowError, RuntimeError, KeyError)


class Archive:
    """The files in a zip archive.

    Parameters
    ----------
    raw
        The bytes of the archive.
    name
        Its name, for messages.

    Raises
    ------
    IntakeError
        When it is damaged or locked, unpacks to more than an export can be, or names a file outside itself.
    """

    def __init__(self, raw: bytes, name: str) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
            members = self._zip.infolist()
        except (*_DAMAGE, NotImplementedError):
            raise self._fault("is a damaged archive: it breaks off, or was changed. Export again.", "archive") from None
        if len(members) > _MOST_FILES:
            raise self._fault(f"is an archive of {len(members)} files, which is no export.", "archive_size")
        # A member never unpacks to more than its header says: zipfile stops there.
        unpacked = sum(member.file_size for member in members)
        if unpacked > LARGEST or any(
            m.file_size > 2**20 and m.file_size > MOST_TIMES * m.compress_size for m in members
        ):
            message = (
                f"unpacks to {max(unpacked // 2**20, 1)} MB from {max(len(raw) // 2**20, 1)} MB, which no export does; "
                f"at most {LARGEST // 2**20} MB is read. Export as CSV."
            )
            raise self._fault(message, "archive_size")
        for member in members:
            path = PurePosixPath(member.filename.replace("\\", "/"))
            if path.is_absolute() or ".." in path.parts or ":" in "".join(path.parts[:1]):
                raise self._fault("names a file outside itself. It was not read.", "archive_path")
            if member.flag_bits & 1:
                raise self._fault("is locked with a password. Save it without one.", "archive")
        #: The names of the files, in their order.
        self.names = tuple(member.filename for member in members if not member.is_dir())

    def read(self, member: str) -> bytes:
        """Return the bytes of a file; IntakeError when they are damaged."""
        try:
            return self._zip.read(member)
        except (*_DAMAGE, NotImplementedError):
            raise self._fault(f"{member!r} in this archive is damaged. Export again.", "archive") from None

    def _fault(self, message: str, rule: str) -> IntakeError:
        return IntakeError(faults=[Fault(self._name, message, rule=rule)])
