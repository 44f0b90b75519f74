"""A piece of a chapter that is more than one line of text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """Markdown that a cell shows."""

    markdown: str

    def _repr_markdown_(self) -> str:
        return self.markdown
