"""Books, a factsheet and the intake page in a real browser: accessible, on phone and desk, by keyboard, on paper."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdf
import pytest
from playwright.sync_api import Browser, Page

Visit = Callable[[str, int], Page]

PAGES = ("book", "repeat", "factsheet", "goals", "intake")
PHONE, DESK = 400, 1280
#: WCAG 2.1 at level AA, with what it takes from 2.0.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(folded => { folded.open = true; })")


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(visit: Visit, axe: str, name: str, width: int) -> None:
    page = visit(name, width)
    open_all(page)
    page.evaluate(axe)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)

    assert found["testEngine"]["name"] == "axe-core"
    assert len(found["passes"]) > 10
    assert [f"{rule['id']}: {node['html']}" for rule in found["violations"] for node in rule["nodes"]] == []


def test_axe_would_have_found_them(browser: Browser, axe: str) -> None:
    page = browser.new_page()
    page.set_content('<!DOCTYPE html><html><body><img src="data:,"><p style="color: #bbb">Grijs</p></body></html>')
    page.evaluate(axe)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    page.close()

    assert sorted(rule["id"] for rule in found["violations"]) == [
        "color-contrast",
        "document-title",
        "html-has-lang",
        "image-alt",
    ]


# 320 is what a page of 1280 is at four times its size (WCAG 1.4.10).
@pytest.mark.parametrize("width", [320, PHONE, 768, DESK])
@pytest.mark.parametrize("name", PAGES)
def test_the_page_never_scrolls_sideways(visit: Visit, name: str, width: int) -> None:
    page = visit(name, width)
    open_all(page)

    assert page.evaluate("document.documentElement.scrollWidth") == width
    # What is wider than the screen is in a frame that scrolls.
    outside = """() => [...document.querySelectorAll('main *')]
        .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.verborgen'))
        .filter(one => !one.closest('.table-frame, .figure-frame, pre, math'))
        .map(one => one.outerHTML.slice(0, 80))"""
    assert page.evaluate(outside) == []


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_words_in_a_figure_can_be_read(visit: Visit, width: int) -> None:
    page = visit("book", width)
    shown = page.evaluate("[...document.querySelectorAll('.exhibit-fig img')].map(one => one.clientWidth)")

    assert len(shown) == 18
    # Letters of 8,5 points on a picture of 458 points: here in pixels.
    assert min(8.5 / 458 * wide for wide in shown) > 10


@pytest.mark.parametrize("name", PAGES)
def test_the_first_stop_of_the_keyboard_leads_past_the_contents(visit: Visit, name: str) -> None:
    page = visit(name, DESK)
    page.keyboard.press("Tab")
    stop = page.locator(":focus")

    assert stop.get_attribute("class") == "skip"
    assert stop.bounding_box()["x"] >= 0  # type: ignore[index]
    target = stop.get_attribute("href")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == target
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main') && !document.activeElement.closest('nav')")


def test_the_contents_can_be_reached_and_followed_by_keyboard(visit: Visit) -> None:
    page = visit("book", DESK)
    page.locator("nav.toc a").nth(1).focus()
    target = page.evaluate("document.activeElement.getAttribute('href')")
    # Where the keyboard is can be seen.
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")

    assert page.evaluate("location.hash") == target


def test_the_contents_are_folded_on_a_phone_and_open_with_enter(visit: Visit) -> None:
    page = visit("book", PHONE)
    page.locator("nav.toc summary").focus()

    assert not page.evaluate("document.querySelector('nav.toc details').open")
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('nav.toc details').open")


def test_the_numbers_of_every_figure_are_one_key_away(visit: Visit) -> None:
    page = visit("book", DESK)
    folded = page.locator("details.cijfers")

    assert folded.count() == page.locator(".exhibit-fig").count() == 18
    first = folded.first
    assert not first.locator("table").is_visible()
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    assert first.locator("table").is_visible()
    assert first.locator("thead th").all_inner_texts() == ["Cijfer", "Aantal", "Percentage"]


def test_a_frame_that_scrolls_is_a_stop_and_moves_with_the_arrows(visit: Visit) -> None:
    page = visit("book", PHONE)
    frame = page.locator(".figure-frame").first
    frame.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.figure-frame').scrollLeft > 0")

    assert visit("book", DESK).locator(".figure-frame[tabindex]").count() == 0


@pytest.mark.parametrize("name", PAGES)
def test_on_paper_no_figure_or_table_row_is_cut(visit: Visit, name: str) -> None:
    # Between margins, A4 is 170 by 253 mm: 642 by 956 pixels.
    page = visit(name, 642)
    page.emulate_media(media="print")

    figures = page.evaluate(
        """[...document.querySelectorAll('.exhibit-fig, figure')].map(one => {
            const frame = one.getBoundingClientRect();
            const inside = [...one.querySelectorAll('img, svg')].map(i => i.getBoundingClientRect().right);
            return [getComputedStyle(one).breakInside, frame.height < 956 || !!one.querySelector('table'), Math.max(0, ...inside) <= 643];
        })"""
    )
    assert figures
    assert {tuple(found) for found in figures} == {("avoid", True, True)}
    rows = page.evaluate("[...document.querySelectorAll('tr')].map(row => getComputedStyle(row).breakInside)")
    assert set(rows) == {"avoid"}


def test_the_printed_book_has_every_figure_and_nothing_to_click(visit: Visit) -> None:
    page = visit("book", DESK)
    captions = page.locator(".exhibit-number").all_inner_texts()
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    text = " ".join(" ".join(sheet.extract_text() for sheet in printed.pages).split())

    assert len(captions) > 18
    assert [caption for caption in captions if " ".join(caption.split()) not in text] == []
    assert "Cijfers in een tabel" not in text
    assert "Inhoudsopgave" not in text
    assert "Ga naar de hoofdinhoud" not in text
