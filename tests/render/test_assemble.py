from __future__ import annotations

from collections.abc import Callable

import pytest

from srsmeting.errors import RenderError

Texts = Callable[..., dict[str, list[str]]]

CONDITIONS = """# Een

::: {.content-visible when-format="html"}
scherm
:::

::: {.content-visible unless-format="html"}
papier
:::

::: {.content-hidden when-format="typst"}
niet in de pdf
:::

[los]{.content-visible when-format="docx"}blijft
"""


@pytest.mark.parametrize(
    ("format_", "shown"),
    [
        ("html", ["scherm", "niet in de pdf", "blijft"]),
        ("docx", ["papier", "niet in de pdf", "losblijft"]),
        ("pdf", ["papier", "blijft"]),
    ],
)
def test_what_is_for_another_format_is_left_out(texts: Texts, format_: str, shown: list[str]) -> None:
    assert texts({"h1.qmd": CONDITIONS}, format_)["h1.qmd"][1:] == shown


def test_callouts_have_a_dutch_title_unless_they_have_their_own(texts: Texts) -> None:
    kinds = ("note", "tip", "warning", "important", "caution")
    text = "".join(f"\n::: {{.callout-{kind}}}\nzin\n:::\n" for kind in kinds)
    text += "\n::: {.callout-note}\n## Eigen *titel*\n\nzin\n:::\n"
    text += "\n::: {.callout-tip title='Nog een'}\nzin\n:::\n\n## Paragraaf\n"
    assert texts({"h1.qmd": f"# Een\n{text}"})["h1.qmd"][1:] == [
        "Opmerkingzin",
        "Tipzin",
        "Waarschuwingzin",
        "Belangrijkzin",
        "Opgeletzin",
        "Eigen titelzin",
        "Nog eenzin",
        "1.1 Paragraaf",
    ]


def test_the_title_may_stand_in_the_front_matter(texts: Texts) -> None:
    assert texts({"h1.qmd": "---\ntitle: Een begin\n---\n\nzin\n"})["h1.qmd"] == ["1 Een begin", "zin"]


def test_links_between_chapters_stay_inside_the_document(parts: Callable[..., list]) -> None:
    made = parts(
        {
            "delen/h1.qmd": "# Een {#sec-een}\n\n[a](h2.qmd) [b](h2.qmd#sec-c) [d](https://example.org)\n",
            "delen/h2.qmd": "# Twee\n\n## C {#sec-c}\n",
        }
    )
    links = [inline["c"][2][0] for inline in made[1].blocks[1]["c"] if inline["t"] == "Link"]
    assert links == ["#twee", "#sec-c", "https://example.org"]


def test_pictures_are_found_from_the_folder_of_their_chapter(parts: Callable[..., list]) -> None:
    made = parts({"delen/h1.qmd": "# Een\n\nTekst ![a](../b/a.svg)\n", "b/a.svg": "<svg/>"})
    assert made[1].blocks[1]["c"][-1]["c"][2][0] == "b/a.svg"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Zonder titel.\n", "boek/h1.qmd: the chapter has no title. Begin it with '# Title'."),
        (
            "# Een\n\n# Twee {#sec-twee}\n",
            "boek/h1.qmd:3: a second heading of level 1 ('sec-twee') in one chapter. Make it level 2 ('##'), "
            "or a chapter.",
        ),
        (
            '# Een\n\n::: {.callout-note collapse="true"}\nzin\n:::\n\n[kant]{.aside}\n',
            "boek/h1.qmd:3: the built-in renderer does not know the layout 'collapse'. Write the blocks one after "
            "another.\n"
            "boek/h1.qmd:7: the built-in renderer does not know the layout 'aside'. Write the blocks one after another.",
        ),
        (
            "# Een\n\nZin.\n::: {.bron}\nBron\n:::\n",
            "boek/h1.qmd:4: ':::' would be printed as text. Put an empty line before it, or no space before '{'.\n"
            "boek/h1.qmd:4: '{.bron}' would be printed as text. Put an empty line before it, or no space before '{'.",
        ),
        ("# Een\n\n::: {.bron}\nBron\n", "boek/h1.qmd:3: Div unclosed, closing implicitly. Check the markdown here."),
        (
            "# Een\n\n![Alt](weg.png)\\\n",
            "boek/h1.qmd:3: the picture 'weg.png' does not exist. Check its name and folder.",
        ),
        (
            "# Een\n\nX ![Alt](https://example.org/a.png)\n",
            "boek/h1.qmd:3: the picture 'https://example.org/a.png' is on the internet. Put the file in the project.",
        ),
        (
            '# Een\n\n```{=html}\n<script src="https://example.org/a.js"></script>\n```\n',
            "boek/h1.qmd:4: raw HTML loads something from the internet. Put the file in the project.",
        ),
        (
            "# Een\n\n[x](h9.qmd) en [y](#nergens)\n",
            "boek/h1.qmd:3: the link to 'h9.qmd' leads nowhere. Check the file and the label.\n"
            "boek/h1.qmd:3: the link to '#nergens' leads nowhere. Check the file and the label.",
        ),
        (
            "# Een\n\n::: {layout-ncol=2}\nA\n:::\n",
            "boek/h1.qmd:3: the built-in renderer does not know the layout 'layout-ncol'. "
            "Write the blocks one after another.",
        ),
        (
            '# Een\n\n::: {.content-visible when-format="word"}\nA\n:::\n',
            "boek/h1.qmd:3: the built-in renderer does not know the condition when-format='word'. "
            "Known: when-profile, unless-profile; when-format and unless-format with "
            "docx, epub, html, html:js, latex, odt, pdf, pptx, revealjs, typst.",
        ),
    ],
)
def test_what_would_come_out_wrong_is_refused(texts: Texts, text: str, message: str) -> None:
    with pytest.raises(RenderError) as caught:
        texts({"h1.qmd": text})
    assert str(caught.value) == message
