"""The bytes of a structure file, and of a file inside an archive: nothing larger than such a file ever is."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

from srsmeting.questionnaire.structures.faults import unreadable

#: A survey of a thousand questions in five languages takes some 10 MB.
LARGEST = 64 * 2**20
#: An archive holds a handful of files, a workbook some dozens.
MOST_MEMBERS = 2_000


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file; QuestionnaireError when there is none or it is larger than a structure file is."""
    try:
        if not path.is_file():
            what = "is not a file" if path.exists() else "no such file"
            raise unreadable(path.name, f"{what}. Name the file that the survey tool exported.", "unreadable_file")
        size = path.stat().st_size
        if size > LARGEST:
            raise _too_large(path.name, "the file", size)
        return path.read_bytes()
    except (OSError, ValueError) as problem:
        if isinstance(problem, OSError):
            reason = problem.strerror or type(problem).__name__
            raise unreadable(path.name, f"cannot be read: {reason}.", "unreadable_file") from None
        raise


def open_archive(raw: bytes, name: str) -> zipfile.ZipFile:
    """Open an archive of which the members together are not larger than a structure file is.

    Raises
    ------
    QuestionnaireError
        It is damaged, encrypted, or unpacks to more than it can hold.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, OverflowError):
        raise _damaged(name) from None
    if len(members) > MOST_MEMBERS:
        message = f"is an archive of {len(members)} files. Name one exported structure."
        raise unreadable(name, message, "too_large", str(len(members)))
    # A member never unpacks to more than its header says: zipfile stops there.
    size = sum(member.file_size for member in members)
    if size > LARGEST:
        raise _too_large(name, "it unpacks to", size)
    if any(member.flag_bits & 1 for member in members):
        raise unreadable(name, "is encrypted. Save it without a password.", "encrypted")
    return archive


def read_member(archive: zipfile.ZipFile, member: str, name: str) -> bytes:
    """Return the bytes of one file in an archive; QuestionnaireError when it is damaged."""
    try:
        return archive.read(member)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, EOFError, RuntimeError, KeyError):
        raise _damaged(name) from None


def _damaged(name: str) -> Exception:
    return unreadable(name, "is a damaged archive. Export or copy it again.", "damaged_archive")


def _too_large(name: str, what: str, size: int) -> Exception:
    message = f"{what} is {size // 2**20} MB; a structure file has at most {LARGEST // 2**20}. Name the structure."
    return unreadable(name, message.replace("unpacks to is", "unpacks to"), "too_large", str(size))
