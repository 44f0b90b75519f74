"""Projects that are no book: documents with a title of their own, of which one is rendered at a time."""

from __future__ import annotations

import base64
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from pypdf import PdfReader

from srsmeting.errors import RenderError, UnknownNameError
from srsmeting.render import render_report, render_variants
from srsmeting.render.book import read_book
from srsmeting.render.compact import write_compact_reference
from srsmeting.render.documents import one_document
from srsmeting.render.variants import Variant

SETTINGS = "project:\n  type: default\nlang: nl\njupyter: python3\nexecute:\n  echo: false\n"
PAGE = "---\ntitle: Een titel\n---\n\n## Kop\n\nTekst.\n\n{{< pagebreak >}}\n\n## Meer\n\nSlot.\n"
#: Shows what the environment says, and draws it in a picture that is always called the same.
ABOUT = """\
---
title: Over een regio
---

```{python}
import os
import pathlib
regio = os.environ["REGIO"]
svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><text y="9">{regio}</text></svg>'
_ = pathlib.Path("plaat.svg").write_text(svg)
```

Dit gaat over `{python} regio`.

![](plaat.svg){fig-alt="Een plaat"}
"""


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """Write a project in a folder called `blad`."""

    def write(files: Mapping[str, str], settings: str = SETTINGS) -> Path:
        folder = tmp_path / "blad"
        folder.mkdir()
        for name, text in {"_quarto.yml": settings, **files}.items():
            (folder / name).write_text(text, encoding="utf-8")
        return folder

    return write


def test_the_title_stands_in_the_front_matter(make: Callable[..., Path]) -> None:
    folder = make({"blad.qmd": PAGE, "_deel.qmd": "Dit hoort ergens bij."})
    project = read_book(folder, "blad")

    assert [chapter.path for chapter in project.chapters] == ["blad.qmd"]
    assert (one_document(project).title, one_document(project).subtitle) == ("Een titel", "")
    assert one_document(project, subtitle="Noord").subtitle == "Noord"


def test_one_of_several_documents(make: Callable[..., Path]) -> None:
    project = read_book(make({"index.qmd": PAGE, "ander.qmd": PAGE.replace("Een", "Ander")}), "blad")

    assert one_document(project).title == "Een titel"
    assert one_document(project, "ander.qmd").title == "Ander titel"
    with pytest.raises(UnknownNameError) as caught:
        one_document(project, "andere.qmd")
    assert str(caught.value) == (
        "blad: no document 'andere.qmd'. Did you mean 'ander.qmd'? Known: 'ander.qmd', 'index.qmd'."
    )


@pytest.mark.parametrize(
    ("files", "settings", "message"),
    [
        ({}, SETTINGS, "blad: no document (.qmd) here. Give the folder of a Quarto project."),
        (
            {"a.qmd": "## Kop\n"},
            SETTINGS,
            "blad/a.qmd:1: the document has no title. Write 'title: …' in its front matter.",
        ),
        (
            {"a.qmd": PAGE},
            f"{SETTINGS}book:\n  title: A\n",
            "blad/_quarto.yml:7: there is a book in a project of type 'default'. "
            "Make the type 'book', or take 'book:' out.",
        ),
        (
            {"a.qmd": PAGE},
            f"{SETTINGS}number-sections: true\n",
            "blad/_quarto.yml:7: 'number-sections' is True. The built-in renderer has False only.",
        ),
    ],
)
def test_a_project_that_it_cannot_follow(
    make: Callable[..., Path], files: dict[str, str], settings: str, message: str
) -> None:
    with pytest.raises(RenderError) as caught:
        one_document(read_book(make(files, settings), "blad"))
    assert str(caught.value) == message


def test_a_second_heading_of_level_1(make: Callable[..., Path], tmp_path: Path) -> None:
    folder = make({"a.qmd": "---\ntitle: Een titel\n---\n\n# Nog een titel\n"})
    with pytest.raises(RenderError) as caught:
        render_report(folder, out=tmp_path / "uit", engine="embedded")
    assert str(caught.value) == (
        f"{folder.as_posix()}/a.qmd: a heading of level 1 ('nog-een-titel') below the title of the document. "
        "Make it level 2 ('##')."
    )


def test_it_is_laid_out_without_contents_and_begins_new_pages(make: Callable[..., Path], tmp_path: Path) -> None:
    variant = Variant("blad-noord", label="Noord & Oost")
    html, docx, pdf = render_variants(
        make({"a.qmd": PAGE}), [variant], to=["html", "docx", "pdf"], out=tmp_path, engine="embedded"
    )
    page = html.read_text(encoding="utf-8")
    assert "<title>Noord &amp; Oost – Een titel</title>" in page
    assert re.findall(r"<h\d[^>]*>(.*?)</h\d>", page) == [
        '<span class="kicker">Een titel</span> <span class="subject">Noord &amp; Oost</span>', "Kop", "Meer",
    ]  # fmt: skip
    assert "<h2" in page
    assert "Inhoudsopgave" not in page
    reader = PdfReader(pdf)
    assert [text.extract_text().split("\n")[0] for text in reader.pages] == ["Een titel", "Meer"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Noord & Oost – Een titel"
    text = zipfile.ZipFile(docx).read("word/document.xml").decode()
    paragraphs = [re.sub(r"<[^>]+>", "", part).strip() for part in text.split("</w:p>")]
    assert [part for part in paragraphs if part] == [
        *("Noord &amp; Oost", "Een titel", "Kop", "Tekst.", "Meer", "Slot."),
    ]
    assert text.count('<w:br w:type="page"') == 1


def test_variants_stand_side_by_side(make: Callable[..., Path], tmp_path: Path) -> None:
    folder, out, told = make({"index.qmd": ABOUT}), tmp_path / "uit", list[str]()
    names = ["noord", "oost", "zuid", "west"]
    variants = [Variant(f"blad-{name}", label=name, env={"REGIO": name}) for name in names]
    made = render_variants(folder, variants, out=out, engine="embedded", progress=told.append)

    assert [path.name for path in made] == [f"blad-{name}.html" for name in names]
    for path, name in zip(made, names, strict=True):
        page = path.read_text(encoding="utf-8")
        assert f"Dit gaat over {name}." in page
        (picture,) = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', page)
        assert f">{name}</text>" in base64.b64decode(picture).decode()
    assert sorted(line.partition(": ")[0] for line in told) == ["1 of 4", "2 of 4", "3 of 4", "4 of 4"]
    assert sorted(path.name for path in out.iterdir()) == sorted(path.name for path in made)


def test_an_error_names_what_it_was_about_and_nothing_is_written(make: Callable[..., Path], tmp_path: Path) -> None:
    folder = make({"index.qmd": ABOUT.replace('os.environ["REGIO"]', '{"noord": "Noord"}[os.environ["REGIO"]]')})
    variants = [Variant(f"blad-{name}", label=name.title(), env={"REGIO": name}) for name in ("noord", "oost")]
    with pytest.raises(RenderError) as caught:
        render_variants(folder, variants, out=tmp_path / "uit", engine="embedded")

    assert str(caught.value) == f"Oost: {folder.as_posix()}/index.qmd:8: KeyError: 'oost'"
    assert not (tmp_path / "uit").exists()


def test_two_that_would_be_one_file(make: Callable[..., Path], tmp_path: Path) -> None:
    with pytest.raises(RenderError) as caught:
        render_variants(make({"index.qmd": PAGE}), [Variant("a-Noord"), Variant("a-noord")], out=tmp_path / "uit")
    assert str(caught.value) == (
        "two documents would be called 'a-Noord'. Give their groups codes that differ in more than case."
    )


def test_a_frozen_variant_is_not_run_again(make: Callable[..., Path], tmp_path: Path) -> None:
    folder, freeze = make({"index.qmd": ABOUT}), tmp_path / "vast"
    variants = [Variant(f"blad-{name}", env={"REGIO": name}) for name in ("noord", "oost")]
    first, second = (
        [path.read_bytes() for path in render_variants(folder, variants, out=tmp_path / out, engine="embedded", freeze=freeze)]
        for out in ("een", "twee")
    )  # fmt: skip

    assert first == second
    assert len([path for path in freeze.iterdir() if ".document." not in path.name]) == 2


def test_a_compact_house_style_is_smaller_and_the_same_every_time(tmp_path: Path) -> None:
    one, other = (write_compact_reference(tmp_path / f"{name}.docx") for name in ("een", "twee"))
    styles = zipfile.ZipFile(one).read("word/styles.xml").decode()
    title = re.search(r'w:styleId="Title".*?</w:style>', styles, re.DOTALL)

    assert one.read_bytes() == other.read_bytes()
    assert title is not None
    assert '<w:spacing w:before="0" w:after="66" />' in title[0]
    margins = 'w:top="794" w:right="1134" w:bottom="794" w:left="1134" w:header="709" w:footer="340"'
    assert margins in zipfile.ZipFile(one).read("word/document.xml").decode()
