"""What figures and tables share: cross-references, lines beneath, escaping, and the formats of the report."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pypandoc
import pytest

from srsmeting.errors import ReportError
from srsmeting.presentation.exhibit import (
    Exhibit,
    escape_attribute,
    escape_html,
    escape_text,
    exhibit_id,
    requested_formats,
)

NASTY = [
    'Wie zegt "nee"? [zie (a)](b) {.klasse} <b>vet</b>',
    "'s-Hertogenbosch: 5 * 4 _nadruk_ en ~~weg~~ ^hoog^ a\\b",
    "# geen kop",
    "1. geen lijst",
    "(a) geen lijst",
    "- geen lijst -- en geen streep...",
    "+ geen lijst",
    "::: geen div",
    "> geen citaat",
    "| geen | tabel |",
    "$5 of $6 en `code` & &amp; @fig-a #1",
    "{{< include geheim.qmd >}}",
    "% geen titel",
    "2021",
]


@dataclass(frozen=True, kw_only=True, repr=False)
class Sample(Exhibit):
    def body(self) -> str:
        return "BODY"


def sample(**more: object) -> Sample:
    return Sample(**({"id": "fig-a", "caption": "Titel", "data": pd.DataFrame()} | more))  # type: ignore[arg-type]


def test_an_exhibit_is_a_cross_reference_div_with_its_lines_beneath() -> None:
    exhibit = sample(
        base="Basis: alle respondenten (n\u00a0=\u00a0301).", notes=("Meer antwoorden mogelijk.",), source="Enquête"
    )

    assert exhibit._repr_markdown_() == (
        "\n::: {#fig-a}\n\nBODY\n\nTitel\n\n:::\n\n"
        "::: {.bron}\n\nBasis: alle respondenten (n\u00a0=\u00a0301). Meer antwoorden mogelijk.\n\nBron: Enquête\n\n:::\n"
    )


def test_without_base_notes_and_source_there_is_nothing_beneath() -> None:
    assert sample()._repr_markdown_() == "\n::: {#fig-a}\n\nBODY\n\nTitel\n\n:::\n"
    assert sample().lines() == ()


def test_an_exhibit_names_itself() -> None:
    assert repr(sample()) == "<Sample fig-a: Titel>"


@pytest.mark.parametrize("text", NASTY)
def test_captions_and_alt_texts_come_out_of_pandoc_as_they_went_in(text: str) -> None:
    markdown = f'{escape_text(text)}\n\n![](a.svg){{fig-alt="{escape_attribute(text)}"}}\n'
    paragraph, picture = json.loads(pypandoc.convert_text(markdown, "json", format="markdown"))["blocks"]

    assert paragraph["t"] == "Para"
    assert {part["t"] for part in paragraph["c"]} <= {"Str", "Space"}
    assert "".join(part.get("c", " ") for part in paragraph["c"]) == text
    (image,) = picture["c"] if picture["t"] == "Para" else picture["c"][2][0]["c"]
    assert dict(image["c"][0][2]) == {"fig-alt": text}


def test_line_breaks_and_double_spaces_become_one_space() -> None:
    assert escape_text("a\n\n  b") == "a b"
    assert escape_attribute("a\nb") == "a b"
    assert escape_html("a\nb `c` <d>") == "a b &#96;c&#96; &lt;d&gt;"


def test_ids_are_made_of_question_names() -> None:
    assert exhibit_id("tbl", "Effect_onderzoek 2") == "tbl-effect-onderzoek-2"


@pytest.mark.parametrize("wrong", ["effect", "fig-", "fig-Effect", "fig-a_b", "sec-a"])
def test_an_id_must_be_one_that_can_be_referred_to(wrong: str) -> None:
    with pytest.raises(ReportError) as error:
        sample(id=wrong)

    assert str(error.value) == (
        f"exhibit {wrong!r}: the id cannot be referred to. Begin with 'fig-' or 'tbl-' and join words of "
        "lower-case letters and digits with hyphens, such as 'fig-effect-onderzoek'."
    )


def test_an_exhibit_needs_a_caption() -> None:
    with pytest.raises(ReportError) as error:
        sample(caption=" ")

    assert str(error.value) == "exhibit 'fig-a': it has no caption. Say in one line what it shows."


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.delenv("SRSMETING_FORMATS", raising=False)
    monkeypatch.delenv("QUARTO_EXECUTE_INFO", raising=False)
    return monkeypatch


def test_outside_a_report_the_format_is_html(bare: pytest.MonkeyPatch) -> None:
    assert requested_formats() == {"html"}


def test_the_renderer_names_the_formats(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("SRSMETING_FORMATS", "html, DOCX,")

    assert requested_formats() == {"html", "docx"}


@pytest.mark.parametrize(
    ("content", "formats"),
    [
        ('{"format": {"identifier": {"base-format": "docx", "target-format": "seor-docx"}}}', {"docx"}),
        ('{"format": {"identifier": {"target-format": "typst"}}}', {"typst"}),
        ('{"format": {}}', {"html"}),
        ('{"format": []}', {"html"}),
        ("not json", {"html"}),
    ],
)
def test_quarto_tells_its_format_in_a_file(
    bare: pytest.MonkeyPatch, tmp_path: Path, content: str, formats: set[str]
) -> None:
    told = tmp_path / "info.json"
    told.write_text(content)
    bare.setenv("QUARTO_EXECUTE_INFO", str(told))

    assert requested_formats() == formats
