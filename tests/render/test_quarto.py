"""Rendering with Quarto, on a program that does as Quarto does: Quarto itself cannot be had everywhere."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.errors import RenderError
from srsmeting.render import render_report, render_variants
from srsmeting.render.variants import Variant

MakeBook = Callable[..., Path]

HEAD = f"""#!{sys.executable}
import os, pathlib, sys
out = pathlib.Path(sys.argv[sys.argv.index("--output-dir") + 1])
format_ = sys.argv[sys.argv.index("--to") + 1]
out.mkdir(parents=True)
pathlib.Path("rommel.txt").write_text("x")
"""
WRITES = """
if format_ == "html":
    (out / "index.html").write_text(" ".join([os.environ["PROEF"], *sys.argv[sys.argv.index("--output-dir") + 2:]]))
    (out / "h1.html").write_text("h1")
else:
    (out / f"Een-boek.{format_}").write_text("woord")
"""


@pytest.fixture
def quarto(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put a program called `quarto` on the PATH."""

    def put(code: str) -> None:
        program = tmp_path / "bin" / "quarto"
        program.parent.mkdir()
        program.write_text(HEAD + code)
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", str(program.parent))

    return put


def test_it_is_used_where_it_is_installed(make_book: MakeBook, quarto: Callable[[str], None], tmp_path: Path) -> None:
    quarto(WRITES)
    project, out, told = make_book({"h1.qmd": "# Een\n"}), tmp_path / "uit", list[str]()
    written = render_report(
        project, to=["html", "docx"], out=out, env={"PROEF": "ja"}, parameters={"wgo": "noord"}, progress=told.append
    )
    assert written == [out / "boek" / "index.html", out / "boek.docx"]
    assert written[0].read_text() == 'ja -P wgo:"noord"'
    assert (out / "boek" / "h1.html").read_text() == "h1"
    assert sorted(path.name for path in project.iterdir()) == ["_quarto.yml", "h1.qmd", "index.qmd"]
    assert told == ["quarto: html", "quarto: docx"]
    # Once more: the folder of the first time is replaced.
    assert render_report(project, to=["html"], out=out, env={"PROEF": "weer"})[0].read_text() == "weer"


@pytest.mark.parametrize(
    ("code", "format_", "message"),
    [
        (
            "sys.stderr.write('ERROR: cel mislukt\\n'); sys.exit(1)",
            "html",
            "'quarto render' to html stopped with exit status 1. It said:\nERROR: cel mislukt",
        ),
        (
            f"sys.stderr.write('x\\nWARN: Unable to resolve crossref @fig-x\\n')\nos.environ['PROEF'] = ''\n{WRITES}",
            "html",
            "'quarto render' to html left references open. It said:\nWARN: Unable to resolve crossref @fig-x",
        ),
        ("pass", "pdf", "'quarto render' to pdf made nothing. Use the built-in renderer: engine 'embedded'."),
    ],
)
def test_its_failures_are_told(
    make_book: MakeBook, quarto: Callable[[str], None], tmp_path: Path, code: str, format_: str, message: str
) -> None:
    quarto(code)
    project = make_book({})
    with pytest.raises(RenderError) as caught:
        render_report(project, to=[format_], out=tmp_path / "uit", engine="quarto")
    assert str(caught.value) == f"{project.as_posix()}: {message}"
    assert not (tmp_path / "uit").exists()


def test_it_is_not_there(make_book: MakeBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RenderError) as caught:
        render_report(make_book({}), out=tmp_path / "uit", engine="quarto")
    assert str(caught.value) == (
        "quarto: it is not on the PATH. Install it, or use the built-in renderer: engine 'embedded'."
    )


def test_one_document_of_several_is_rendered_with_its_subtitle(quarto: Callable[[str], None], tmp_path: Path) -> None:
    shows = "(out / 'index.docx').write_text(pathlib.Path('index.qmd').read_text() + ' '.join(sys.argv[-2:]))"
    quarto(f"assert sorted(path.name for path in pathlib.Path().glob('*.qmd')) == ['_deel.qmd', 'index.qmd']\n{shows}")
    project = tmp_path / "blad"
    project.mkdir()
    for name, text in {
        "_quarto.yml": "project: {type: default}\n",
        "_deel.qmd": "",
        "index.qmd": "een ",
        "ander.qmd": "ander ",
    }.items():
        (project / name).write_text(text)
    variants = [Variant(name, label=name.title(), document=f"{name}.qmd") for name in ("index", "ander")]
    made = render_variants(project, variants, to=["docx"], out=tmp_path / "uit")

    assert [path.name for path in made] == ["index.docx", "ander.docx"]
    assert [path.read_text() for path in made] == ["een -M subtitle:Index", "ander -M subtitle:Ander"]
    assert (project / "ander.qmd").exists()
