"""A measurement of which a publication was recorded."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.meting import load_meting
from srsmeting.record import record_meting

Edit = Callable[[str, str, str], None]


@pytest.fixture
def recorded(mini: Path) -> Path:
    """Folder of the small measurement, with its first record."""
    record_meting(load_meting(mini), dt.date(2022, 10, 1))
    return mini


@pytest.fixture
def edit(recorded: Path) -> Edit:
    """Replace the first place of a text in a file of the measurement; it must be there."""

    def replace(name: str, old: str, new: str) -> None:
        path = recorded / name
        content = path.read_bytes()
        assert old.encode() in content
        path.write_bytes(content.replace(old.encode(), new.encode(), 1))

    return replace
