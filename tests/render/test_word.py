from __future__ import annotations

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
    links = {link.get(f"{W}anchor"): texts(link) for link in body.iter(f"{W}hyperlink")}
    assert links == {"fig-a": "Figuur 1.1", "tbl-a": "Tabel 1.1", "sec-een": "Hoofdstuk 1"}
    assert set(links) <= marks


def test_the_language_is_dutch(rendered: Any) -> None:
    with zipfile.ZipFile(rendered.first["docx"]) as file:
        styles = ET.fromstring(file.read("word/styles.xml"))  # noqa: S314 - our own file
    assert {lang.get(f"{W}val") for lang in styles.iter(f"{W}lang")} == {"nl"}
