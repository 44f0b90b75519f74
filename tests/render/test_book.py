from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.errors import RenderError
from srsmeting.render.book import Book, read_book

BOOK = "project: {type: book}\nbook:\n  title: T\n"


def test_title_page_order_and_depths(read: Callable[..., Book]) -> None:
    book = read(
        {"index.qmd": "# V", "h1.qmd": "# A", "b1.qmd": "# B"},
        settings="execute:\n  echo: false\nformat:\n  html:\n    theme: cosmo\n    toc-depth: 2\n",
        book="  author: [A. Een, {name: B. Twee}]\n  date: 2021-12-01\n",
    )
    assert (book.title, book.authors, book.date) == ("Een boek", ("A. Een", "B. Twee"), "1 december 2021")
    assert [chapter.path for chapter in book.chapters] == ["index.qmd", "h1.qmd"]
    assert [chapter.path for chapter in book.appendices] == ["b1.qmd"]
    assert (book.toc_depth, book.number_depth, book.execute.get("echo")) == (2, 6, False)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "project: {type: website}\n",
            "boek/_quarto.yml:1: the project type is 'website'. "
            "The built-in renderer needs 'type: book' or 'type: default' under 'project:'.",
        ),
        (
            "project: {type: book}\nbook:\n  author: A\n",
            "boek/_quarto.yml:2: the book has no 'title'. Add it under 'book:'.\n"
            "boek/_quarto.yml:2: the book has no 'chapters'. Add it under 'book:'.",
        ),
        (
            f"{BOOK}  chapters: [h1.qmd]\nlang: en\n",
            "boek/_quarto.yml:4: there is no 'index.qmd', which Quarto needs. Add it first.\n"
            "boek/_quarto.yml:5: 'lang' is 'en'. The built-in renderer has 'nl' only.",
        ),
        (
            f"{BOOK}  chapters:\n    - index.qmd\n    - h9.qmd\n    - index.qmd\n    - part: Deel\n",
            "boek/_quarto.yml:4: the chapter 'h9.qmd' does not exist. Check its name and folder.\n"
            "boek/_quarto.yml:4: the chapter 'index.qmd' is listed twice. Keep one.\n"
            "boek/_quarto.yml:4: {'part': 'Deel'} under 'chapters' is not a file. "
            "Parts are not supported; list the files.",
        ),
        (
            f"{BOOK}  chapters: [index.qmd, x.md]\nformat:\n  html:\n    toc-depth: alles\n",
            "boek/_quarto.yml:4: the chapter 'x.md' is no .qmd file. The built-in renderer reads no other.",
        ),
        (
            f"{BOOK}  chapters: [index.qmd]\nformat:\n  html:\n    toc-depth: alles\n",
            "boek/_quarto.yml:5: 'toc-depth' must be a whole number from 1 to 6, not 'alles'.",
        ),
        (
            f"{BOOK}  chapters: [index.qmd]\n  date: today\n",
            "boek/_quarto.yml:5: the date 'today' differs from day to day. "
            "Write the date of publication, such as 2021-12-01.",
        ),
        (
            f"{BOOK}  chapters: [index.qmd]\nfilters: [a.lua]\n",
            "boek/_quarto.yml:5: the built-in renderer does not know the setting 'filters'. Known: 'project', 'book', "
            "'lang', 'jupyter', 'engine', 'execute', 'format', 'crossref', 'number-sections', 'toc', 'toc-depth', "
            "'number-depth'.",
        ),
        (
            f"{BOOK}  chapters: [index.qmd]\n  sidebar: {{}}\n",
            "boek/_quarto.yml:5: the built-in renderer does not know the book setting 'sidebar'. "
            "Known: 'title', 'subtitle', 'author', 'date', 'description', 'chapters', 'appendices', 'output-file'.",
        ),
    ],
)
def test_a_project_that_it_cannot_follow(tmp_path: Path, text: str, message: str) -> None:
    for name, content in {"_quarto.yml": text, "index.qmd": "# V\n", "h1.qmd": "# A\n", "x.md": "# X\n"}.items():
        (tmp_path / name).write_text(content)
    with pytest.raises(RenderError) as caught:
        read_book(tmp_path, "boek")
    assert str(caught.value) == message
