"""Texts that travel with this room."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

_RESOURCES: Final = files("srsmeting.starting") / "resources"


def resource(name: str) -> str:
    """Return the text of a file that travels with this room."""
    return (_RESOURCES / name).read_text(encoding="utf-8")
