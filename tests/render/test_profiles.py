"""A variant of a project: what its profile says goes over the book, and content may be for it or for the rest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.errors import RenderError
from srsmeting.render import render_report
from srsmeting.render.book import read_book

CHAPTER = """# Een

::: {.content-visible when-profile="vervolg"}
alleen in het vervolg
:::

::: {.content-hidden when-profile="vervolg"}
alleen de eerste keer
:::

De [eerste]{.content-visible unless-profile="vervolg"}[tweede]{.content-visible when-profile="vervolg"} keer.
"""
PROFILE = "book:\n  title: Een vervolg\n  chapters: [h2.qmd]\n"


@pytest.fixture
def project(make_book: Callable[..., Path]) -> Path:
    root = make_book({"h1.qmd": CHAPTER})
    (root / "h2.qmd").write_text("# Wat er veranderde\n", encoding="utf-8")
    (root / "_quarto-vervolg.yml").write_text(PROFILE, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("profile", "told", "hidden"),
    [
        ("", ["alleen de eerste keer", "De eerste keer."], ["vervolg", "tweede", "Wat er veranderde"]),
        (
            "vervolg",
            ["Een vervolg", "alleen in het vervolg", "De tweede keer.", "Wat er veranderde"],
            ["alleen de eerste keer", "De eerste"],
        ),
    ],
)
def test_content_is_for_the_variant_that_is_made(
    project: Path, tmp_path: Path, profile: str, told: list[str], hidden: list[str]
) -> None:
    (page,) = render_report(project, out=tmp_path / "klaar", engine="embedded", env={"QUARTO_PROFILE": profile})
    text = page.read_text(encoding="utf-8")

    assert [part for part in told if part not in text] == []
    assert [part for part in hidden if part in text] == []


def test_texts_of_a_profile_replace_and_its_lists_add(project: Path) -> None:
    plain, varied = read_book(project, "boek"), read_book(project, "boek", "vervolg")

    assert [chapter.path for chapter in varied.chapters] == [*(chapter.path for chapter in plain.chapters), "h2.qmd"]
    assert (varied.title, varied.profile) == ("Een vervolg", "vervolg")
    assert read_book(project, "boek", "zonder_bestand").title == plain.title


def test_a_profile_says_something_of_the_book_only(project: Path) -> None:
    (project / "_quarto-vervolg.yml").write_text("book:\n  title: T\nlang: en\n", encoding="utf-8")

    with pytest.raises(RenderError) as caught:
        read_book(project, "boek", "vervolg")
    assert str(caught.value) == (
        "boek/_quarto-vervolg.yml:3: the built-in renderer does not know the setting 'lang'. Known: 'book'."
    )
