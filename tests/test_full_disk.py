"""A disk that takes no more: every command says so, and leaves nothing half written."""

import resource
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from click.testing import CliRunner

from srsmeting.bundled import bundled
from srsmeting.cli import main
from srsmeting.errors import SrsmetingError
from srsmeting.workbooks import save_workbook

MEASUREMENT = bundled("analyses/srs_2021")


@pytest.fixture
def full() -> Iterator[None]:
    """Let no file grow over a kilobyte: what is longer cannot be written, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize(
    ("command", "option", "name"),
    [
        (("estimate",), "-o", "figures.csv"),
        (("tables",), "-o", "tables.xlsx"),
        (("tables",), "-o", "tables.ods"),
        (("tables",), "-o", "tables.csv"),
        (("check",), "--report", "intake.html"),
        (("check",), "--report", "intake.md"),
    ],
)
@pytest.mark.usefixtures("full")
def test_nothing_half_written_stays(tmp_path: Path, command: tuple[str, ...], option: str, name: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    result = CliRunner().invoke(main, [*command, str(MEASUREMENT), option, str(out / name)])

    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == f"srsmeting: {out / name}: cannot be written: File too large."
    assert not list(out.iterdir())


class Book:
    """A workbook that is longer than the disk has room for."""

    def save(self, target: BinaryIO) -> None:
        """Write it."""
        target.write(bytes(5000))


@pytest.mark.usefixtures("full")
def test_no_half_a_workbook_of_answers_stays(tmp_path: Path) -> None:
    with pytest.raises(SrsmetingError) as caught:
        save_workbook(Book(), tmp_path / "answers.xlsx")

    assert str(caught.value) == f"{tmp_path / 'answers.xlsx'}: cannot be written: File too large."
    assert not list(tmp_path.iterdir())
