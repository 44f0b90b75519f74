"""A chapter on its way to one format, and the faults found in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from srsmeting.errors import Fault, RenderError
from srsmeting.render.document import Chapter
from srsmeting.render.lines import Line
from srsmeting.render.tree import Node


@dataclass
class Part:
    """The document tree of a chapter; what happens to it differs from format to format."""

    chapter: Chapter
    appendix: bool
    blocks: list[Node]


class Faults:
    """Collects faults, to be raised together.

    Parameters
    ----------
    shown
        The project folder as the user knows it.
    """

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self._faults: list[Fault] = []

    def add(self, part: Part, message: str, *, near: Sequence[str] = (), rule: str) -> None:
        """Add a fault; its line is the first on which one of the texts `near` stands, if it was typed at all."""
        line = _typed(part, near)
        file, number = (line.file, line.number) if line else (f"{self._shown}/{part.chapter.path}", None)
        fault = Fault(file, message, line=number, rule=rule)
        if fault not in self._faults:
            self._faults.append(fault)

    def place(self, part: Part, *near: str) -> str:
        """Return where a text was typed, as ``file:line``."""
        line = _typed(part, near)
        return f"{line.file}:{line.number}" if line else f"{self._shown}/{part.chapter.path}"

    def check(self) -> None:
        """Raise what was found."""
        if self._faults:
            raise RenderError(faults=self._faults)


def _typed(part: Part, near: Sequence[str]) -> Line | None:
    return next((line for text in near if text and (line := part.chapter.find(text))), None)
