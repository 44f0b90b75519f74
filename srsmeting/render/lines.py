"""The lines of a chapter file and of what it includes, each with the place where it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from srsmeting.errors import Fault, RenderError

#: The first or last line of a fenced block.
FENCE = re.compile(r"^(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})\s*(?P<info>.*?)\s*$")

_INCLUDE = re.compile(r"^\s*\{\{<\s*include\s+(?P<path>\S+?)\s*>\}\}\s*$")


@dataclass(frozen=True)
class Line:
    """A line of text, and where it was written."""

    text: str
    file: str
    number: int


def read_text(path: Path, file: str) -> str:
    """Return the text of a file, called `file` in messages.

    Raises
    ------
    RenderError
        When it is no UTF-8.
    """
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise RenderError(faults=[Fault(file, "not UTF-8. Save it as UTF-8.", line=line, rule="encoding")]) from None


def read_lines(root: Path, path: str, shown: str, trail: tuple[str, ...] = ()) -> Iterator[Line]:
    """Yield the lines of a file, with the lines of what it includes in their place.

    Parameters
    ----------
    root
        The project folder.
    path
        The file, relative to `root`.
    shown
        The project folder as the user knows it, for messages.
    trail
        The files that led here by including each other.

    Raises
    ------
    RenderError
        When a file is no UTF-8, does not exist, or includes itself.
    """
    file = f"{shown}/{path}"
    text = read_text(root / path, file)
    fence = ""
    for number, written in enumerate(text.splitlines(), start=1):
        fence = fence_after(fence, written)
        include = None if fence else _INCLUDE.match(written)
        if include is None:
            yield Line(written, file, number)
            continue
        target = (Path(path).parent / include["path"]).as_posix()
        if target in (*trail, path):
            message = f"the include of {include['path']!r} leads back to itself. Remove one of the includes."
            raise RenderError(faults=[Fault(file, message, line=number, value=target, rule="include")])
        if not (root / target).is_file():
            message = f"the include {include['path']!r} does not exist. Check the path, relative to this file."
            raise RenderError(faults=[Fault(file, message, line=number, value=target, rule="include")])
        yield from read_lines(root, target, shown, (*trail, path))


def fence_after(fence: str, line: str) -> str:
    """Return the fence that is open after this line, given the one that was open before it."""
    match = FENCE.match(line)
    if match is None:
        return fence
    if not fence:
        # An inline code span on a line of its own (```x```) opens nothing.
        return "" if match["fence"][0] in match["info"] else match["fence"]
    closes = match["fence"][0] == fence[0] and len(match["fence"]) >= len(fence) and not match["info"]
    return "" if closes else fence
