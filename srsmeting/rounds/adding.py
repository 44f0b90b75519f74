"""Add rows to the files of a measurement: below what is there, in all of them or in none."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from srsmeting.errors import RoundError

Rows = Sequence[Mapping[str, str]]


def with_rows(content: bytes, rows: Rows) -> bytes:
    r"""Return the content of a CSV file with rows below it; what was there stays as it was, to the byte.

    Only where a row says something for which there is no column, that column is added, and the whole is written anew.

    Parameters
    ----------
    content
        Of the file, with its headings.
    rows
        Texts by column.

    Examples
    --------
    >>> with_rows(b"unit;value\r\nnoord;12", [{"unit": "oost", "value": "3", "note": ""}])
    b'unit;value\r\nnoord;12\r\noost;3\r\n'
    >>> with_rows(b"unit,value\nnoord,12\n", [{"unit": "oost", "value": "3", "note": "a, b"}])
    b'unit,value,note\nnoord,12,\noost,3,"a, b"\n'
    """
    text = content.decode("utf-8-sig")
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    end = "\r\n" if first.endswith("\r") else "\n"
    table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    heads = [head.strip() for head in table[0]]
    new = [name for name in dict.fromkeys(name for row in rows for name in row if row[name]) if name not in heads]
    if new:
        filled = [line + [""] * (len(heads) - len(line)) + [""] * len(new) for line in table[1:]]
        text = _lines([[*table[0], *new], *filled], delimiter, end)
    elif not text.endswith("\n"):
        text += end
    text += _lines([[row.get(name, "") for name in (*heads, *new)] for row in rows], delimiter, end)
    return text.encode("utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "utf-8")


def _lines(rows: Iterable[Sequence[str]], delimiter: str, end: str) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator=end).writerows(rows)
    return buffer.getvalue()


class Replacement:
    """New contents of files, put in place together; as a context they are taken back when something goes wrong in it.

    Parameters
    ----------
    contents
        By file. The files are there.

    Raises
    ------
    RoundError
        When one of them cannot be written; none of them is changed then.
    """

    def __init__(self, contents: Mapping[Path, bytes]) -> None:
        self._contents = contents
        self._before: dict[Path, bytes] = {}

    def __enter__(self) -> None:
        drafts: dict[Path, Path] = {}
        try:
            for path, content in self._contents.items():
                drafts[path] = _draft(path, content)
            for path, draft in drafts.items():
                kept = path.read_bytes()
                draft.replace(path)
                self._before[path] = kept
        except OSError as problem:
            self._back()
            raise RoundError(f"{path}: cannot be written: {problem.strerror}.") from None
        finally:
            for draft in drafts.values():
                draft.unlink(missing_ok=True)

    def __exit__(self, kind: object, *rest: object) -> None:
        if kind is not None:
            self._back()

    def _back(self) -> None:
        for path, content in self._before.items():
            _draft(path, content).replace(path)


def _draft(path: Path, content: bytes) -> Path:
    """Write a file beside its place, with the rights of the one that is there."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    draft = Path(name)
    draft.chmod(path.stat().st_mode & 0o777)
    return draft
