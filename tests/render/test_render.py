from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from srsmeting.errors import RenderError, UnknownNameError
from srsmeting.render import render_report

MakeBook = Callable[..., Path]


def test_every_format_has_the_name_of_the_project_and_the_project_is_left_alone(rendered: Any) -> None:
    assert [path.name for path in rendered.first.values()] == ["meting.html", "meting.docx", "meting.pdf"]
    assert rendered.changed == []


def test_two_renderings_are_the_same_byte_for_byte(rendered: Any) -> None:
    for format_, path in rendered.first.items():
        assert path.read_bytes() == rendered.second[format_].read_bytes(), format_


def test_it_tells_what_it_is_doing(rendered: Any) -> None:
    assert rendered.told[: len(rendered.told) // 2] == [
        "chapter 1 of 3: index.qmd",
        "chapter 2 of 3: h1.qmd",
        "chapter 3 of 3: b1.qmd",
        "writing html",
        "writing docx",
        "writing pdf",
    ]


def test_nothing_is_written_when_a_later_format_cannot_be_made(make_book: MakeBook, tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    project = make_book({"h1.qmd": '# Een\n\n![T](a.svg){#fig-a fig-alt="x"}\n', "a.svg": svg})
    out = tmp_path / "uit"
    out.mkdir()
    (out / "boek.html").write_text("oud")
    with pytest.raises(RenderError) as caught:
        render_report(project, to=("html", "docx"), out=out, engine="embedded")
    assert str(caught.value) == (
        f"{project.as_posix()}/h1.qmd:3: the picture 'a.svg' has no PNG beside it, which Word needs. "
        "Save one as 'a.png'."
    )
    assert {path.name: path.read_text() for path in out.iterdir()} == {"boek.html": "oud"}


def test_the_result_of_an_earlier_run_is_replaced(make_book: MakeBook, tmp_path: Path) -> None:
    project = make_book({"h1.qmd": "# Een\n"})
    (tmp_path / "boek.html").write_text("oud")
    (written,) = render_report(project, out=tmp_path, engine="embedded")
    assert "<h2><span" in written.read_text()


@pytest.mark.parametrize(
    ("asked", "error", "message"),
    [
        (
            {"to": ["htm"]},
            UnknownNameError,
            "render_report(): no format 'htm'. Did you mean 'html'? Known: 'html', 'docx', 'pdf'.",
        ),
        (
            {"engine": "quart"},
            UnknownNameError,
            "render_report(): no engine 'quart'. Did you mean 'quarto'? Known: 'auto', 'quarto', 'embedded'.",
        ),
        ({"to": []}, RenderError, "render_report(): no format asked for. Choose from html, docx, pdf."),
    ],
)
def test_what_cannot_be_asked(make_book: MakeBook, asked: Any, error: type[Exception], message: str) -> None:
    project = make_book({})
    with pytest.raises(error) as caught:
        render_report(project, out=project / "uit", **asked)
    assert str(caught.value) == message


def test_a_folder_that_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(RenderError) as caught:
        render_report(tmp_path, out=tmp_path / "uit")
    assert str(caught.value) == f"{tmp_path.as_posix()}: no '_quarto.yml' here. Give the folder of a Quarto project."


def test_results_that_cannot_be_written(make_book: MakeBook, tmp_path: Path) -> None:
    (tmp_path / "uit").write_text("een bestand")
    with pytest.raises(RenderError) as caught:
        render_report(make_book({}), out=tmp_path / "uit", engine="embedded")
    assert (
        str(caught.value) == f"{(tmp_path / 'uit').as_posix()}: cannot be written (File exists). Choose another folder."
    )
