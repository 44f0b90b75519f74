from __future__ import annotations

from collections.abc import Callable

import pytest

from srsmeting.errors import RenderError
from srsmeting.render.parts import Part
from srsmeting.render.tree import nodes, plain

SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'
Parts = Callable[..., list[Part]]

WAYS = {
    "a div": '::: {#fig-a}\n\n![](a.svg){fig-alt="Staaf"}\n\nBereik *nu*\n\n:::\n',
    "a picture": '![Bereik *nu*](a.svg){#fig-a fig-alt="Staaf"}\n',
}


@pytest.mark.parametrize("written", WAYS.values(), ids=WAYS)
def test_every_way_of_writing_a_figure_gives_the_same(parts: Parts, written: str) -> None:
    (figure,) = parts({"h1.qmd": f"# Een\n\n{written}", "a.svg": SVG})[1].blocks[1:]
    assert figure["t"] == "Figure"
    assert figure["c"][0] == ["fig-a", ["fig"], []]
    assert plain(figure["c"][1]) == "Figuur\u00a01.1: Bereik nu"
    (image,) = (node for node in nodes(figure["c"][2]) if node["t"] == "Image")
    assert image["c"] == [["", [], []], [{"t": "Str", "c": "Staaf"}], ["a.svg", ""]]


def test_a_table_with_a_caption_line_is_an_exhibit(parts: Parts) -> None:
    (table,) = parts({"h1.qmd": "# Een\n\n| a |\n|---|\n| 1 |\n\n: Titel {#tbl-a}\n"})[1].blocks[1:]
    assert (table["t"], table["c"][0]) == ("Figure", ["tbl-a", ["tbl"], []])
    assert [block["t"] for block in table["c"][2]] == ["Table"]
    assert plain(table["c"][1]) == "Tabel\u00a01.1: Titel"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (
            '::: {#fig-a}\n\n![](a.svg){fig-alt="x"}\n\n:::\n',
            "boek/h1.qmd:3: the figure 'fig-a' has no caption. End the block with a paragraph that is the caption.",
        ),
        (
            '![](a.svg){#fig-a fig-alt="x"}\n',
            "boek/h1.qmd:3: the figure 'fig-a' has no caption. Write it between the brackets: ![caption](…).",
        ),
        (
            "::: {#fig-a}\n\n![](a.svg)\n\nTitel\n\n:::\n",
            "boek/h1.qmd:5: the picture 'a.svg' has no alt text. Add {fig-alt=\"what the picture says\"}.",
        ),
        (
            "Zin.\n\n![Titel](a.svg){#fig-a}\n",
            "boek/h1.qmd:5: the figure 'fig-a' has no alt text. Add {fig-alt=\"what the picture says\"}.",
        ),
        (
            '::: {#fig-a}\n\n![Alt](a.svg){fig-alt="Alt"}\n\nTitel\n\n:::\n',
            "boek/h1.qmd:3: the figure 'fig-a' has two captions: the text between the brackets of ![…](…) is printed "
            'too. Leave the brackets empty and write {fig-alt="…"}.',
        ),
        (
            "::: {#tbl-a}\n\n```{=html}\n<table><thead><tr><th>Regio</th></tr></thead><tbody>\n</tbody></table>\n```\n\n"
            "Titel\n\n:::\n",
            "boek/h1.qmd:3: the table 'tbl-a' is empty. Put rows in it, or leave it out.",
        ),
        (
            "| a |\n|---|\n|  |\n\n: Titel {#tbl-a}\n",
            "boek/h1.qmd:7: the table 'tbl-a' is empty. Put rows in it, or leave it out.",
        ),
        (
            "::: {#tbl-a}\n\nGeen tabel\n\nTitel\n\n:::\n",
            "boek/h1.qmd:3: the table 'tbl-a' holds no table. Put one in the block, or give it a 'fig-' label.",
        ),
    ],
)
def test_no_exhibit_without_caption_alt_text_or_content(parts: Parts, written: str, message: str) -> None:
    with pytest.raises(RenderError) as caught:
        parts({"h1.qmd": f"# Een\n\n{written}", "a.svg": SVG})
    assert str(caught.value) == message
