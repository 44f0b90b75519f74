"""Small invented books, and one kernel for all tests that need one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from srsmeting.render import render_report
from srsmeting.render.assemble import assemble
from srsmeting.render.book import Book, read_book
from srsmeting.render.execute import Runner
from srsmeting.render.kernel import Kernel
from srsmeting.render.pandoc import parse_markdown
from srsmeting.render.parts import Part
from srsmeting.render.tree import plain

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><rect width="60" height="20"/></svg>'
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
EXHIBITS = f'''```{{python}}
#| include: false
import base64, os, pathlib
aantal = 12
pathlib.Path("figuren").mkdir()
pathlib.Path("figuren/a.svg").write_text({SVG!r})
pathlib.Path("figuren/a.png").write_bytes(base64.b64decode("{PNG}"))

class Figure:
    def _repr_markdown_(self):
        return """::: {{#fig-a}}

![](figuren/a.svg){{fig-alt="Twaalf & meer"}}

Bereik (N = 12)

:::

::: {{.bron}}
Bron: enquête.
:::"""

class Table:
    def _repr_markdown_(self):
        return f"""::: {{{{#tbl-a}}}}

{{'`' * 3}}{{{{=html}}}}
<table><thead><tr><th scope="col">Regio</th><th scope="col" style="text-align:right">Aantal</th></tr></thead>
<tbody><tr><th scope="row">Noord</th><td style="text-align:right">12</td></tr></tbody>
<tfoot><tr><th scope="row">Totaal</th><td style="text-align:right">12</td></tr></tfoot></table>
{{'`' * 3}}

Respons

:::"""
```

```{{python}}
Figure()
```

```{{python}}
Table()
```
'''
FILES = {
    "index.qmd": "# Vooraf\n\nZie @fig-a.\n\n::: {.callout-note}\nzin\n:::\n",
    "h1.qmd": f"# Een & al {{#sec-een}}\n\n## Cijfers\n\n{EXHIBITS}\n"
    "Er zijn `{python} aantal` leden, zie @tbl-a[^1].\n\n[^1]: Een noot.\n",
    "b1.qmd": "# Bij\n\n## Vervolg\n\nZie @sec-een.\n",
}


def write_book(folder: Path, files: Mapping[str, str], settings: str = "", book: str = "") -> Path:
    """Write a book whose chapters are the `.qmd` files, appendices those that begin with 'b'; `_x.qmd` is included."""
    names = [name for name in files if name.endswith(".qmd") and not Path(name).name.startswith("_")]
    chapters = [name for name in names if not Path(name).name.startswith("b")]
    if "index.qmd" not in chapters:
        chapters.insert(0, "index.qmd")
        files = {"index.qmd": "# Vooraf\n", **files}
    listed = "".join(f"\n    - {name}" for name in chapters)
    appendices = "".join(f"\n    - {name}" for name in names if name not in chapters)
    text = f"project:\n  type: book\nbook:\n  title: Een boek\n{book}  chapters:{listed}\n"
    text += f"  appendices:{appendices}\n" if appendices else ""
    for name, content in {"_quarto.yml": f"{text}lang: nl\njupyter: python3\n{settings}", **files}.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    return folder


@pytest.fixture
def make_book(tmp_path: Path) -> Callable[..., Path]:
    """Write a book in a folder called `boek`."""

    def make(files: Mapping[str, str], settings: str = "", book: str = "") -> Path:
        return write_book(tmp_path / "boek", files, settings, book)

    return make


@pytest.fixture
def read(make_book: Callable[..., Path]) -> Callable[..., Book]:
    """Write and read a book."""

    def read_(files: Mapping[str, str], settings: str = "", book: str = "") -> Book:
        return read_book(make_book(files, settings, book), "boek")

    return read_


@pytest.fixture(scope="session")
def kernel() -> Iterator[Kernel]:
    """One kernel for every test: starting one takes most of a second."""
    with Kernel({}) as running:
        yield running


@pytest.fixture
def run(make_book: Callable[..., Path], kernel: Kernel) -> Callable[..., str]:
    """Write a book, run its chapter `h1.qmd`, and return the markdown without empty lines."""

    def run_(text: str, settings: str = "", **parameters: object) -> str:
        root = make_book({"h1.qmd": text}, settings)
        book = read_book(root, "boek")
        runner = Runner(book, root, kernel, parameters)
        lines = runner.run(book.chapters[1])
        runner.check()
        return "\n".join(line.text for line in lines if line.text.strip())

    return run_


@pytest.fixture
def parts(make_book: Callable[..., Path]) -> Callable[..., list[Part]]:
    """Write a book without cells and assemble it."""

    def parts_(files: Mapping[str, str], format_: str = "html", settings: str = "") -> list[Part]:
        root = make_book(files, settings)
        book = read_book(root, "boek")
        runner = Runner(book, root, None, {})
        made = [
            Part(chapter, chapter in book.appendices, parse_markdown(runner.run(chapter), cwd=root))
            for chapter in (*book.chapters, *book.appendices)
        ]
        return assemble(book, made, format_, root)

    return parts_


@pytest.fixture
def texts(parts: Callable[..., list[Part]]) -> Callable[..., dict[str, list[str]]]:
    """Write a book without cells; return the text of every block of every chapter."""

    def texts_(files: Mapping[str, str], format_: str = "html", settings: str = "") -> dict[str, list[str]]:
        made = parts(files, format_, settings)
        return {part.chapter.path: [plain(block).replace("\u00a0", " ") for block in part.blocks] for part in made}

    return texts_


@dataclass(frozen=True)
class Rendered:
    """A book with a bit of everything, rendered twice."""

    project: Path
    first: dict[str, Path]
    second: dict[str, Path]
    told: list[str]
    changed: list[str]


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """Render a book to every format, twice."""
    folder = tmp_path_factory.mktemp("rendered")
    project = write_book(folder / "meting", FILES, "execute:\n  echo: false\n", "  author: A & B\n  date: 2021-12-01\n")
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    told: list[str] = []
    formats = ("html", "docx", "pdf")
    first, second = (
        dict(
            zip(
                formats,
                render_report(project, to=formats, out=folder / out, engine="embedded", progress=told.append),
                strict=True,
            )
        )
        for out in ("een", "twee")
    )
    after = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    changed = [path.name for path in {*before, *after} if before.get(path) != after.get(path)]
    return Rendered(project, first, second, told, changed)
