"""Numbers keep the keys of their estimates, and an appendix lists them on demand."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from srsmeting.errors import RenderError
from srsmeting.render import render_report
from srsmeting.render.provenance import Source, take_sources

MakeBook = Callable[..., Path]
NUMBERS = """# Een {#sec-een}

```{python}
#| include: false
class Getal(str):
    def _repr_markdown_(self):
        return f'[{self}]{{.getal key="m|q||a|||share m|q||b|||share" value="66% x" base="301 -"}}'
getal = Getal('66 "procent"')
```

## Kop: `{python} getal`

Dat is `{python} getal` van `{python} 12` leden.

![](a.png){fig-alt="Wel `{python} getal`"}
"""


@pytest.fixture
def project(make_book: MakeBook) -> Path:
    folder = make_book({"h1.qmd": NUMBERS})
    import base64

    dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    (folder / "a.png").write_bytes(base64.b64decode(dot))
    return folder


def render(project: Path, **options: Any) -> dict[str, Path]:
    formats = ("html", "docx", "pdf")
    out = project.parent / f"uit{len(options)}"
    made = render_report(project, to=formats, out=out, engine="embedded", **options)
    return dict(zip(formats, made, strict=True))


def word_text(path: Path) -> str:
    with zipfile.ZipFile(path) as file:
        xml = file.read("word/document.xml").decode()
    return re.sub(r"<[^>]+>", "\n", xml)


def test_html_has_the_keys_and_nothing_else_of_where_a_number_comes_from(project: Path) -> None:
    html = render(project)["html"].read_text(encoding="utf-8")

    assert (
        '<p>Dat is <span class="getal" data-key="m|q||a|||share m|q||b|||share">66 “procent”</span> van 12 leden.</p>'
    ) in html
    assert "data-value" not in html
    assert "h1.qmd" not in html


def test_an_attribute_has_the_text_of_a_number(project: Path) -> None:
    html = render(project)["html"].read_text(encoding="utf-8")

    assert 'alt="Wel 66 &quot;procent&quot;"' in html


def test_the_appendix_is_in_every_format_on_demand(project: Path) -> None:
    plain, told = render(project), {}
    assert "Herkomst" not in word_text(plain["docx"])
    told = render(project, provenance=True)

    text = word_text(told["docx"])
    for words in ("Herkomst van de getallen", "h1.qmd:11", "h1.qmd:13", "m|q||a|||share", "m|q||b|||share", "301"):
        assert words in text
    html = told["html"].read_text(encoding="utf-8")
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", html, re.DOTALL)
    cells = [
        [re.sub(r"<[^>]+>|\s+", " ", cell).strip() for cell in re.findall(r"<t[dh].*?</t[dh]>", row)] for row in rows
    ]
    assert cells == [
        ["Plaats", "Tekst", "Sleutel", "Waarde", "Basis"],
        ["h1.qmd:11", "66 “procent”", "m|q||a|||share", "66%", "301"],
        ["h1.qmd:11", "66 “procent”", "m|q||b|||share", "x", "-"],
        ["h1.qmd:13", "66 “procent”", "m|q||a|||share", "66%", "301"],
        ["h1.qmd:13", "66 “procent”", "m|q||b|||share", "x", "-"],
    ]
    assert told["pdf"].stat().st_size > plain["pdf"].stat().st_size


def test_a_long_sentence_is_cut_off_in_the_appendix(parts: Callable[..., list[Any]]) -> None:
    long = "Van alle respondenten noemt een groot deel dit effect het vaakst van alle effecten."
    markdown = f'# Een\n\n[{long}]{{.getal key="a" value="1%" base="2" at="h1.qmd:3"}}\n'
    from srsmeting.render.lines import Line
    from srsmeting.render.pandoc import parse_markdown
    from srsmeting.render.parts import Part

    (made, *_) = parts({"h1.qmd": "# Een\n"})
    blocks = parse_markdown([Line(line, "h1.qmd", 1) for line in markdown.split("\n")], cwd=Path())

    assert take_sources([Part(made.chapter, False, blocks)]) == [
        Source("h1.qmd:3", "Van alle respondenten noemt een groot deel dit effect het …", "a", "1%", "2")
    ]


def test_quarto_makes_no_such_appendix(project: Path) -> None:
    with pytest.raises(RenderError) as caught:
        render_report(project, out=project / "uit", engine="quarto", provenance=True)

    assert str(caught.value) == (
        "quarto: it makes no appendix of provenance. Use the built-in renderer: engine 'embedded'."
    )
