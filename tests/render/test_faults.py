"""What goes wrong on the way to a document is one message, and leaves what there was."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from srsmeting.errors import RenderError
from srsmeting.render import engine, render_report

MakeBook = Callable[..., Path]


def full(*_: Any, **__: Any) -> None:
    raise OSError(28, "No space left on device")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "uit"
    folder.mkdir()
    (folder / "boek.html").write_text("oud")
    return folder


def fails(project: Path, out: Path) -> str:
    with pytest.raises(RenderError) as caught:
        render_report(project, to=("html", "docx"), out=out, engine="embedded")
    assert {path.name: path.read_text() for path in out.iterdir()} == {"boek.html": "oud"}
    return str(caught.value)


def test_a_disk_that_is_full_where_the_work_is_done(
    make_book: MakeBook, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setitem(engine.WRITERS, "docx", full)  # type: ignore[arg-type]
    project = make_book({"h1.qmd": "# Een\n"})

    assert fails(project, out) == (
        f"{project.as_posix()}: cannot be rendered (No space left on device). "
        f"Look whether the disk of {tmp_path.as_posix()} is full."
    )


def test_a_disk_that_is_full_where_the_results_go(
    make_book: MakeBook, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, copy = make_book({"h1.qmd": "# Een\n"}), shutil.copytree

    def half(source: Path, target: Path, **options: Any) -> Path:
        if target.is_relative_to(out):
            target.mkdir()
            (target / "boek.html").write_text("half")
            full()
        return copy(source, target, **options)

    monkeypatch.setattr(shutil, "copytree", half)

    assert (
        fails(project, out) == f"{out.as_posix()}: cannot be written (No space left on device). Choose another folder."
    )


def test_a_file_of_the_project_that_cannot_be_copied(make_book: MakeBook, out: Path) -> None:
    project = make_book({"h1.qmd": "# Een\n"})
    (project / "weg.csv").symlink_to("nergens.csv")

    assert fails(project, out) == (
        f"{project.as_posix()}: cannot be copied (weg.csv: No such file or directory). Check the files in it."
    )


def test_a_picture_that_is_not_there(make_book: MakeBook, out: Path) -> None:
    project = make_book({"h1.qmd": '# Een\n\n![](figuren/weg.svg){fig-alt="Weg"}\n'})

    assert fails(project, out) == (
        f"{project.as_posix()}/h1.qmd:3: the picture 'figuren/weg.svg' does not exist. Check its name and folder."
    )


def test_faults_of_all_chapters_are_told_at_once(make_book: MakeBook, out: Path) -> None:
    project = make_book({"h1.qmd": "# Een\n\nZie @fig-weg.\n", "h2.qmd": "# Twee\n\n[naar](h9.qmd)\n"})

    assert fails(project, out) == (
        f"{project.as_posix()}/h1.qmd:3: '@fig-weg' points at nothing. Known: none.\n"
        f"{project.as_posix()}/h2.qmd:3: the link to 'h9.qmd' leads nowhere. Check the file and the label."
    )
