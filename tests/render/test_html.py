"""What a reader, a screen reader and a browser without network need of the HTML file."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from srsmeting.render import html

VOID = {"meta", "link", "img", "br", "hr", "input", "col"}


class Page(HTMLParser):
    """Keeps every tag with its attributes and the text inside it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[int, str] = {}
        self._open: list[int] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(len(self.tags) - 1)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self.tags[self._open.pop()][0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for position in self._open:
            self.texts[position] = self.texts.get(position, "") + data

    def find(self, name: str, /, **attributes: str) -> list[tuple[dict[str, str | None], str]]:
        return [
            (attrs, " ".join(self.texts.get(position, "").split()))
            for position, (tag, attrs) in enumerate(self.tags)
            if tag == name and all(attrs.get(key) == value for key, value in attributes.items())
        ]


@pytest.fixture(scope="module")
def source(rendered: Any) -> str:
    return str(rendered.first["html"].read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def page(source: str) -> Page:
    return Page(source)


def test_language_title_and_landmarks(page: Page) -> None:
    assert page.find("html")[0][0]["lang"] == "nl"
    assert page.find("title")[0][1] == "Een boek"
    assert [page.find(name)[0][0].get("id") for name in ("main",)] == ["inhoud"]
    assert page.find("a", **{"class": "skip"}) == [({"class": "skip", "href": "#inhoud"}, "Ga naar de hoofdinhoud")]
    assert page.find("p", **{"class": "author"})[0][1] == "A & B"
    assert page.find("p", **{"class": "date"})[0][1] == "1 december 2021"


def test_one_heading_of_level_1_and_the_numbers_in_the_others(page: Page) -> None:
    headings = [(tag, text) for tag in ("h1", "h2", "h3", "h4") for _, text in page.find(tag)]
    assert headings == [
        ("h1", "Een boek"),
        ("h2", "Vooraf"),
        ("h2", "1 Een & al"),
        ("h2", "Bijlage A — Bij"),
        ("h3", "1.1 Cijfers"),
        ("h3", "A.1 Vervolg"),
    ]


def test_the_table_of_contents_leads_to_every_heading(page: Page) -> None:
    links = [(attrs["href"], text) for attrs, text in page.find("a") if str(attrs.get("id", "")).startswith("toc-")]
    assert links == [
        ("#vooraf", "Vooraf"),
        ("#sec-een", "1 Een & al"),
        ("#cijfers", "1.1 Cijfers"),
        ("#bij", "Bijlage A — Bij"),
        ("#vervolg", "A.1 Vervolg"),
    ]


def test_ids_are_unique_and_everything_that_refers_to_one_finds_it(page: Page) -> None:
    ids = [attrs["id"] for _, attrs in page.tags if attrs.get("id")]
    assert len(ids) == len(set(ids))
    targets = [str(attrs["href"])[1:] for _, attrs in page.tags if str(attrs.get("href", "")).startswith("#")]
    targets += [str(attrs["aria-labelledby"]) for _, attrs in page.tags if attrs.get("aria-labelledby")]
    assert set(targets) <= set(ids)


def test_a_figure_has_its_picture_alt_text_and_caption(page: Page) -> None:
    assert [attrs["class"] for attrs, _ in page.find("figure", id="fig-a")] == ["exhibit exhibit-fig"]
    (image,) = page.find("img")
    assert image[0]["alt"] == "Twaalf & meer"
    assert str(image[0]["src"]).startswith("data:image/svg+xml;base64,")
    assert page.find("figcaption", id="fig-a-caption")[0][1] == "Figuur 1.1: Bereik (N = 12)"
    assert page.find("div", **{"class": "bron"})[0][1] == "Bron: enquête."


def test_a_table_keeps_its_scopes_and_is_named_by_its_caption(page: Page) -> None:
    assert [attrs["aria-labelledby"] for attrs, _ in page.find("table")] == ["tbl-a-caption"]
    assert [(attrs["scope"], text) for attrs, text in page.find("th")] == [
        ("col", "Regio"),
        ("col", "Aantal"),
        ("row", "Noord"),
        ("row", "Totaal"),
    ]
    (frame,) = page.find("div", **{"class": "table-frame"})
    assert (frame[0]["role"], frame[0]["tabindex"], frame[0]["aria-labelledby"]) == ("region", "0", "tbl-a-caption")


def test_a_loose_table_scrolls_in_its_own_frame() -> None:
    table = {"t": "RawBlock", "c": ["html", "<table><tr><td>1</td></tr></table>"]}
    frame = {
        "t": "Div",
        "c": [["", ["table-frame"], [["role", "region"], ["tabindex", "0"], ["aria-label", "Tabel"]]], [table]],
    }
    assert html._dress(table, iter([1])) == frame


def test_a_callout_is_a_note_with_a_name(page: Page) -> None:
    ((attrs, text),) = page.find("div", role="note")
    assert (attrs["class"], text) == ("callout callout-note", "Opmerking zin")


def test_references_and_computed_numbers_are_in_the_text(page: Page) -> None:
    texts = [text for _, text in page.find("p")]
    assert "Zie Figuur 1.1." in texts
    assert "Er zijn 12 leden, zie Tabel 1.11." in texts  # the last 1 is the mark of the note
    assert "Zie Hoofdstuk 1." in texts


def test_nothing_comes_from_anywhere_else(source: str, page: Page) -> None:
    assert re.findall(r"(?:src|href)=\"(?!#|data:)[^\"]*\"", source) == []
    assert re.findall(r"url\((?!data:)|@import", source) == []
    assert page.find("link") == []
    assert page.find("meta", name="viewport")[0][0]["content"] == "width=device-width, initial-scale=1"
