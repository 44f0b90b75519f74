from __future__ import annotations

from collections.abc import Callable

import pytest

from srsmeting.errors import RenderError

Texts = Callable[..., dict[str, list[str]]]

TABLE = "\n| a |\n|---|\n| 1 |\n"


def table(label: str, caption: str = "Titel") -> str:
    return f"\n::: {{#{label}}}\n{TABLE}\n{caption}\n\n:::\n"


def fails(texts: Texts, files: dict[str, str]) -> str:
    with pytest.raises(RenderError) as caught:
        texts(files)
    return str(caught.value)


def test_chapters_sections_and_appendices_get_their_numbers(texts: Texts) -> None:
    made = texts(
        {
            "index.qmd": "# Vooraf\n\n## Dank\n",
            "h1.qmd": "# Een\n\n## A\n\n### B\n\n### C\n\n## D\n\n### E\n",
            "h2.qmd": "# Los {.unnumbered}\n\n## Nergens\n",
            "h3.qmd": "# Twee\n\n## Stil {.unnumbered}\n\n### Ook stil\n\n## F\n",
            "b1.qmd": "# Bij\n\n## G\n",
            "b2.qmd": "# Nog\n",
        }
    )
    assert made == {
        "index.qmd": ["Vooraf", "Dank"],
        "h1.qmd": ["1 Een", "1.1 A", "1.1.1 B", "1.1.2 C", "1.2 D", "1.2.1 E"],
        "h2.qmd": ["Los", "Nergens"],
        "h3.qmd": ["2 Twee", "Stil", "Ook stil", "2.1 F"],
        "b1.qmd": ["Bijlage A — Bij", "A.1 G"],
        "b2.qmd": ["Bijlage B — Nog"],
    }


def test_the_depth_of_numbers_and_the_words_can_be_set(texts: Texts) -> None:
    files = {
        "h1.qmd": "# Een\n\n## A\n\n### B {#sec-b}\n\n@sec-b\n" + table("tbl-a"),
        "b1.qmd": "# Bij {#sec-bij}\n\n@sec-bij\n",
    }
    made = texts(
        files,
        settings="number-depth: 2\ncrossref:\n  title-delim: '.'\n  appendix-title: Annex\n  appendix-delim: ':'\n",
    )
    assert made["h1.qmd"][:4] == ["1 Een", "1.1 A", "B", "Paragraaf 1.1.1"]
    assert made["h1.qmd"][4].startswith("Tabel 1.1. Titel")
    assert made["b1.qmd"] == ["Annex A: Bij", "Bijlage A"]  # as Quarto: the word is that of headings only


def test_references_reach_over_chapters_and_forward(texts: Texts) -> None:
    made = texts(
        {
            "index.qmd": "# Vooraf\n\nZie @sec-een, @sec-a, @sec-bij, @sec-g, @tbl-x, @tbl-z en @tbl-bij.\n",
            "h1.qmd": "# Een {#sec-een}\n\n## A {#sec-a}\n" + table("tbl-w") + table("tbl-x"),
            "h2.qmd": "# Twee\n" + table("tbl-z"),
            "b1.qmd": "# Bij {#sec-bij}\n\n## G {#sec-g}\n" + table("tbl-bij"),
        }
    )
    assert made["index.qmd"][1] == (
        "Zie Hoofdstuk 1, Paragraaf 1.1, Bijlage A, Paragraaf A.1, Tabel 1.2, Tabel 2.1 en Tabel A.1."
    )
    assert made["h2.qmd"][1].startswith("Tabel 2.1: Titel")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("@tbl-x", "Tabel 1.1"),
        ("@Tbl-x", "Tabel 1.1"),
        ("[@tbl-x; @tbl-y]", "Tabel 1.1, Tabel 1.2"),
        ("[-@tbl-x]", "1.1"),
        ("[tabellen @tbl-x]", "tabellen 1.1"),
    ],
)
def test_a_reference_is_written_in_quartos_ways(texts: Texts, written: str, shown: str) -> None:
    made = texts({"h1.qmd": f"# Een\n\n{written}\n" + table("tbl-x") + table("tbl-y")})
    assert made["h1.qmd"][1] == shown


def test_figures_and_tables_count_apart_and_without_chapter_where_that_has_no_number(texts: Texts) -> None:
    figure = "\n::: {#fig-x}\n\nInhoud\n\nTitel\n\n:::\n"
    made = texts({"index.qmd": "# Vooraf\n" + table("tbl-v"), "h1.qmd": "# Een\n" + table("tbl-x") + figure})
    assert made["index.qmd"][1].startswith("Tabel 1: Titel")
    assert [text.split(":")[0] for text in made["h1.qmd"][1:]] == ["Tabel 1.1", "Figuur 1.1"]


def test_headings_with_the_same_words_get_ids_of_their_own_and_links_follow(parts: Callable[..., list]) -> None:
    made = parts({"h1.qmd": "# Een\n\n## Doel\n", "h2.qmd": "# Twee\n\n## Doel\n\n[hier](#doel)\n"})
    heading, paragraph = made[2].blocks[1:]
    assert heading["c"][1][0] == "doel-2"
    assert paragraph["c"][0]["c"][2][0] == "#doel-2"


def test_everything_that_points_nowhere_is_told_at_once(texts: Texts) -> None:
    message = fails(
        texts,
        {
            "h1.qmd": "# Een {#sec-een}\n\n## Stil {#sec-stil .unnumbered}\n\nZie @tbl-effct en @sec-stil.\n"
            + table("tbl-effect"),
            "h2.qmd": "# Twee\n\nZie @eq-a.\n\nEn @jansen2020.\n",
        },
    )
    assert message == (
        "boek/h1.qmd:5: '@tbl-effct' points at nothing. Did you mean 'tbl-effect'? Known: 'tbl-effect'.\n"
        "boek/h1.qmd:5: '@sec-stil' points at a heading without a number. "
        "Refer to it with a link: [text](#sec-stil).\n"
        "boek/h2.qmd:3: '@eq-a': the built-in renderer has no references of the kind 'eq'. "
        "Known: 'fig', 'tbl', 'sec'.\n"
        "boek/h2.qmd:5: '@jansen2020' is no label, and the built-in renderer has no bibliography. "
        "Write \\@ for a plain @."
    )


def test_a_label_that_exists_twice(texts: Texts) -> None:
    assert fails(texts, {"h1.qmd": "# Een\n" + table("tbl-x"), "h2.qmd": "# Twee\n\n\n" + table("tbl-x")}) == (
        "boek/h2.qmd:5: the label 'tbl-x' exists already (boek/h1.qmd:3). Rename one of them."
    )
