from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.errors import RenderError
from srsmeting.render.book import Book
from srsmeting.render.document import Cell, Chapter, Prose, Verbatim, read_chapter


@pytest.fixture
def chapter(read: Callable[..., Book]) -> Callable[..., Chapter]:
    return lambda text, **others: read({"h1.qmd": text, **others}).chapters[1]


@pytest.fixture
def fails(chapter: Callable[..., Chapter]) -> Callable[..., str]:
    def fails_(text: str, **others: str) -> str:
        with pytest.raises(RenderError) as caught:
            chapter(text, **others)
        return str(caught.value)

    return fails_


def test_a_chapter_is_prose_verbatim_and_cells(chapter: Callable[..., Chapter]) -> None:
    text = "---\ntitle: T\n---\nEen `{python} a`.\n\n"
    text += "```{python}\n#| label: x\n#| echo: false\na = 1\n```\n\n```python\nb\n```\n"
    read = chapter(text)
    prose, cell, empty, verbatim = read.parts
    assert isinstance(prose, Prose)
    assert [(code, line.number) for code, line in prose.expressions()] == [("a", 4)]
    assert isinstance(cell, Cell)
    assert (cell.code, cell.line, cell.label, cell.options.get("echo")) == ("a = 1", 9, "x", False)
    assert isinstance(empty, Prose)
    assert isinstance(verbatim, Verbatim)
    assert read.front.get("title") == "T"


def test_nothing_in_a_longer_fence_or_a_display_block_is_run(chapter: Callable[..., Chapter]) -> None:
    read = chapter("# A\n\n````\n```{python}\n1\n```\n````\n\n```{.python}\n`{python} 2`\n```\n")
    assert not read.runs
    assert [len(part.lines) for part in read.parts if isinstance(part, Verbatim)] == [5, 3]


def test_lines_of_an_included_file_keep_their_own_numbers(chapter: Callable[..., Chapter]) -> None:
    read = chapter(
        "# A\n\n{{< include delen/_a.qmd >}}\n\nSlot\n",
        **{"delen/_a.qmd": "Een\n\n{{< include _b.qmd >}}\n", "delen/_b.qmd": "Twee\n"},
    )
    assert [(line.text, line.file, line.number) for line in read.lines if line.text] == [
        ("# A", "boek/h1.qmd", 1),
        ("Een", "boek/delen/_a.qmd", 1),
        ("Twee", "boek/delen/_b.qmd", 1),
        ("Slot", "boek/h1.qmd", 5),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "# A\n\n{{< include _weg.qmd >}}\n",
            "boek/h1.qmd:3: the include '_weg.qmd' does not exist. Check the path, relative to this file.",
        ),
        (
            "{{< include _lus.qmd >}}\n",
            "boek/_lus.qmd:2: the include of 'h1.qmd' leads back to itself. Remove one of the includes.",
        ),
        (
            "# A\n\nZie {{< video x.mp4 >}}.\n",
            "boek/h1.qmd:3: the built-in renderer does not know the shortcode 'video' here. "
            "Known: 'include' and 'pagebreak', alone on their line.",
        ),
        ("# A\n\n```{python}\n1\n", "boek/h1.qmd:3: the block is not closed. Close it with '```'."),
        (
            "# A\n\n```{r}\n1\n```\n",
            "boek/h1.qmd:3: the built-in renderer does not run cells in 'r'. Known: 'python'.",
        ),
        (
            "# A\n\n```{python, echo=FALSE}\n1\n```\n",
            "boek/h1.qmd:3: options stand in the braces: ', echo=FALSE'. Write them as '#| name: value' lines.",
        ),
        (
            "# A\n\n- x\n\n  ```{python}\n  1\n  ```\n",
            "boek/h1.qmd:5: a cell must begin at the start of its line. Remove the spaces before the fence.",
        ),
        (
            "# A\n\nEr zijn `{python} len(\nx)` leden.\n",
            "boek/h1.qmd:3: an inline expression is not closed. Write `{python} expression` on one line.",
        ),
        (
            "# A\n\n```{python}\n#| echo: false\n#| fig-width: 7\n1\n```\n",
            "boek/h1.qmd:5: the built-in renderer does not know the cell option 'fig-width'. "
            "Did you mean 'fig-alt'? Known: 'label', 'echo', 'eval', 'include', 'output', 'warning', 'fig-cap', "
            "'fig-alt', 'tbl-cap', 'tags'.",
        ),
        (
            "---\ntitle: A\nbibliography: x.bib\n---\n",
            "boek/h1.qmd:3: the built-in renderer does not know the front matter key 'bibliography'. "
            "Known: 'title', 'subtitle', 'jupyter', 'engine', 'execute', 'format', 'lang', 'description'.",
        ),
        ("---\ntitle: A\n", "boek/h1.qmd:1: the front matter is not closed. Close it with '---'."),
        (
            "---\nengine: knitr\n---\n",
            "boek/h1.qmd:2: 'engine' is 'knitr'. The built-in renderer has 'jupyter' only.",
        ),
        (
            "# A\n\n```{python}\n#| label: x\n```\n\n```{python}\n#| label: x\n```\n",
            "boek/h1.qmd:8: the label 'x' exists already (boek/h1.qmd:4). Rename one of them.",
        ),
    ],
)
def test_what_it_does_not_know_is_refused_with_file_and_line(
    fails: Callable[..., str], text: str, message: str
) -> None:
    assert fails(text, **{"_lus.qmd": "\n{{< include h1.qmd >}}\n"}) == message


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "h1.qmd").write_bytes("# A\n\nEnquête\n".encode("cp1252"))
    with pytest.raises(RenderError) as caught:
        read_chapter(tmp_path, "h1.qmd", "boek")
    assert str(caught.value) == "boek/h1.qmd:3: not UTF-8. Save it as UTF-8."
