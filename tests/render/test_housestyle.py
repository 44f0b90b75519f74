"""The reference document of the house style, and another one in its place."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from srsmeting.errors import RenderError
from srsmeting.render import missing_styles, render_report
from srsmeting.render.housestyle import write_reference
from srsmeting.render.wordfile import W, rewrite

MakeBook = Callable[..., Path]


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_reference(tmp_path_factory.mktemp("stijl") / "huisstijl.docx")


def part(file: Path, name: str) -> ET.Element:
    with zipfile.ZipFile(file) as archive:
        return ET.fromstring(archive.read(name))  # noqa: S314 - our own file


def test_our_own_has_every_style(reference: Path) -> None:
    assert missing_styles(reference) == []


def test_the_page_is_a4_with_a_number_and_margins_of_two_and_a_half_centimetres(reference: Path) -> None:
    (section,) = part(reference, "word/document.xml").iter(f"{W}sectPr")
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    assert size is not None
    assert margins is not None
    # In twentieths of a point: 21.0 by 29.7 cm; 2.5 cm is 1417.
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    assert {margins.get(f"{W}{side}") for side in ("top", "right", "bottom", "left")} == {"1417"}
    (field,) = part(reference, "word/footer1.xml").iter(f"{W}fldSimple")
    assert field.get(f"{W}instr") == " PAGE "


def test_it_is_the_same_file_every_time(reference: Path, tmp_path: Path) -> None:
    assert write_reference(tmp_path / "nog-een.docx").read_bytes() == reference.read_bytes()


def without(reference: Path, target: Path, *names: str) -> Path:
    """Copy the reference document without some of its styles."""
    target.write_bytes(reference.read_bytes())

    def drop(content: bytes) -> bytes:
        text = content.decode()
        for name in names:
            text = re.sub(rf'<w:style (?:(?!</w:style>).)*<w:name w:val="{name}" />.*?</w:style>', "", text, flags=re.S)
        return text.encode()

    rewrite(target, {"word/styles.xml": drop})
    return target


def test_what_another_one_lacks_is_told_with_what_it_is_for(reference: Path, tmp_path: Path) -> None:
    other = without(reference, tmp_path / "bureau.docx", "Bron", "Kader", "heading 2")

    assert [(style.name, style.use) for style in missing_styles(other)] == [
        ("heading 2", "sections of level 2"),
        ("Bron", "base, notes and source below a table or figure"),
        ("Kader", "boxes"),
    ]


def test_another_one_takes_its_place(make_book: MakeBook, reference: Path, tmp_path: Path) -> None:
    other = tmp_path / "bureau.docx"
    other.write_bytes(reference.read_bytes())
    rewrite(other, {"word/styles.xml": lambda content: content.replace(b"0B5A72", b"AA00AA")})
    project = make_book({"h1.qmd": "# Een\n"})
    (made,) = render_report(project, to=["docx"], out=tmp_path, engine="embedded", reference_doc=other)

    with zipfile.ZipFile(made) as file:
        styles = file.read("word/styles.xml")
    assert b"AA00AA" in styles
    assert b"0B5A72" not in styles


def damaged(folder: Path, kind: str) -> Path:
    file = folder / "bureau.docx"
    if kind == "text":
        file.write_text("geen zip")
    elif kind == "zip":
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("a.txt", "x")
    elif kind == "styles":
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("word/document.xml", "<x/>")
            archive.writestr("word/styles.xml", "<x>")
    elif kind == "folder":
        file.mkdir()
    return file


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("text", "is no Word file. Save it in Word as 'Word-document (*.docx)'."),
        ("zip", "is a zip file without the parts of a Word file. Save it in Word as 'Word-document (*.docx)'."),
        ("styles", "has styles that cannot be read. Save it in Word as 'Word-document (*.docx)'."),
        ("folder", "cannot be read (Is a directory). Name a file."),
        ("none", "does not exist. Check its name and folder."),
    ],
)
def test_what_is_no_word_file(make_book: MakeBook, tmp_path: Path, kind: str, message: str) -> None:
    file = damaged(tmp_path, kind)
    with pytest.raises(RenderError) as caught:
        missing_styles(file)
    assert str(caught.value) == f"{file.as_posix()}: {message}"

    project = make_book({"h1.qmd": "# Een\n"})
    with pytest.raises(RenderError) as caught:
        render_report(project, to=["docx"], out=tmp_path / "uit", engine="embedded", reference_doc=file)
    assert str(caught.value) == f"{file.as_posix()}: {message}"
    assert not (tmp_path / "uit").exists()


def test_the_one_of_the_book_is_named_with_the_book(make_book: MakeBook, tmp_path: Path) -> None:
    project = make_book({"h1.qmd": "# Een\n", "stijl.docx": "x"}, "format:\n  docx:\n    reference-doc: stijl.docx\n")
    with pytest.raises(RenderError) as caught:
        render_report(project, to=["docx"], out=tmp_path / "uit", engine="embedded")
    assert str(caught.value) == (
        f"{project.as_posix()}/_quarto.yml: the reference-doc 'stijl.docx' is no Word file. "
        "Save it in Word as 'Word-document (*.docx)'."
    )
