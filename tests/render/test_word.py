from __future__ import annotations

import re
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

import pytest

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


@pytest.fixture(scope="module")
def body(rendered: Any) -> ET.Element:
    with zipfile.ZipFile(rendered.first["docx"]) as file:
        return ET.fromstring(file.read("word/document.xml"))  # noqa: S314 - our own file


def texts(element: ET.Element) -> str:
    return "".join(part.text or "" for part in element.iter(f"{W}t")).replace("\u00a0", " ")


def test_paragraphs_have_the_styles_that_a_house_style_defines(body: ET.Element) -> None:
    styled = {}
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None:
            styled.setdefault(style.get(f"{W}val"), texts(paragraph))
    assert styled["Title"] == "Een boek"
    assert styled["Heading1"] == "Vooraf"
    assert styled["Heading2"] == "1.1 Cijfers"
    assert styled["ImageCaption"] == "Figuur 1.1: Bereik (N = 12)"
    assert styled["TableCaption"] == "Tabel 1.1: Respons"
    assert styled["Bron"] == "Bron: enquête."
    assert styled["Kader"] == "Opmerking"


def test_the_picture_is_the_png_with_the_alt_text(body: ET.Element, rendered: Any) -> None:
    assert [node.get("descr") for node in body.iter(f"{DRAWING}docPr")] == ["Twaalf & meer"]
    with zipfile.ZipFile(rendered.first["docx"]) as file:
        assert [name.rpartition(".")[2] for name in file.namelist() if "media/" in name] == ["png"]


def test_the_html_table_is_a_table_of_word(body: ET.Element) -> None:
    (table,) = body.iter(f"{W}tbl")
    rows = [[texts(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
    assert rows == [["Regio", "Aantal"], ["Noord", "12"], ["Totaal", "12"]]
    assert len(list(table.iter(f"{W}tblHeader"))) == 1
    # 'Totaal' and 'Aantal' are both 6 letters long, so the columns are equally wide.
    assert len({column.get(f"{W}w") for column in table.iter(f"{W}gridCol")}) == 1


def test_references_lead_to_bookmarks(body: ET.Element) -> None:
    marks = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    links = [(link.get(f"{W}anchor"), texts(link)) for link in body.iter(f"{W}hyperlink")]
    # The first five are the table of contents.
    assert links == [
        ("vooraf", "Vooraf"),
        ("sec-een", "1 Een & al"),
        ("cijfers", "1.1 Cijfers"),
        ("bij", "Bijlage A — Bij"),
        ("vervolg", "A.1 Vervolg"),
        ("fig-a", "Figuur 1.1"),
        ("tbl-a", "Tabel 1.1"),
        ("sec-een", "Hoofdstuk 1"),
    ]
    assert {anchor for anchor, _ in links} <= marks


def fields(element: ET.Element) -> list[tuple[str, str]]:
    """Return the code of every field, and what it shows at the moment."""
    found: list[list[str]] = []
    inside = False
    for part in element.iter():
        if part.tag == f"{W}instrText":
            found.append([(part.text or "").strip(), ""])
        elif part.tag == f"{W}fldChar":
            inside = part.get(f"{W}fldCharType") == "separate"
        elif part.tag == f"{W}t" and inside and found:
            found[-1][1] += part.text or ""
    return [(code, shown.replace("\u00a0", " ")) for code, shown in found]


def test_numbers_of_captions_and_references_are_live(body: ET.Element) -> None:
    told = [(code, shown) for code, shown in fields(body) if not code.startswith("TOC")]
    # Of a bookmark that begins so, Word knows that it is its own.
    codes = [(re.sub(r"_Ref\d{9}", "_Ref", code), shown) for code, shown in told]
    assert codes == [
        (r"REF _Ref \h", "1.1"),
        (r"SEQ Figuur \* ARABIC \r 1", "1"),
        (r"SEQ Tabel \* ARABIC \r 1", "1"),
        (r"REF _Ref \h", "1.1"),
        (r"REF _Ref \h", "1"),
    ]
    marks = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    assert {code.split()[1] for code, _ in told if code.startswith("REF")} <= marks


def test_the_contents_are_live_and_no_field_makes_word_ask_a_question_on_opening(
    body: ET.Element, rendered: Any
) -> None:
    assert [code for code, _ in fields(body) if code.startswith("TOC")] == [r'TOC \o "1-3" \h \z \u']
    assert not [field for field in body.iter(f"{W}fldChar") if field.get(f"{W}dirty")]
    with zipfile.ZipFile(rendered.first["docx"]) as file:
        assert b"updateFields" not in file.read("word/settings.xml")


def test_the_rows_of_a_table_stay_whole_and_on_the_page_of_its_note(body: ET.Element) -> None:
    (table,) = body.iter(f"{W}tbl")
    rows = list(table.iter(f"{W}tr"))
    assert len(list(table.iter(f"{W}cantSplit"))) == len(rows) == 3
    assert len(list(table.iter(f"{W}keepNext"))) == len(list(table.iter(f"{W}p"))) == 6


def test_a_house_style_that_numbers_its_headings_does_not_number_them_twice(body: ET.Element) -> None:
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        number = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        heading = style is not None and style.get(f"{W}val", "").startswith("Heading")
        assert (number is not None and number.get(f"{W}val") == "0") == heading


def test_the_language_is_dutch(rendered: Any) -> None:
    with zipfile.ZipFile(rendered.first["docx"]) as file:
        styles = ET.fromstring(file.read("word/styles.xml"))  # noqa: S314 - our own file
    assert {lang.get(f"{W}val") for lang in styles.iter(f"{W}lang")} == {"nl-NL"}
