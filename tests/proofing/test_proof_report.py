"""What proof-reading finds in a report, and what it leaves alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.errors import RenderError
from srsmeting.proofing import proof_report
from srsmeting.proofing.spelling import not_as_named
from srsmeting.proofing.titles import titles
from srsmeting.render.book import read_book
from srsmeting.render.lines import Line
from srsmeting.render.pandoc import parse_markdown

MakeBook = Callable[[str], Path]
MakeBundle = Callable[..., Path]

NUMBER = "typed by hand. Let a call give the number, such as r.count() or r.words()."
COMPARISON = "typed by hand: a comparison without a condition. Let a call say it, or r.when()."


def lines(folder: Path, bundle: Path | None = None, against: Path | None = None) -> list[str]:
    """Return what is found, without the folder."""
    found = proof_report(folder, bundle=bundle, against=against)
    return [str(fault).removeprefix(f"{folder.as_posix()}/") for fault in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Van de 301 leden kennen 12,5% het.", f"index.qmd:10: '301', '12,5%' are {NUMBER}"),
        ("Ruim een derde kent het.", f"index.qmd:10: 'derde' is {NUMBER}|index.qmd:10: 'Ruim' is {COMPARISON}"),
        ("Het is bekend bij één op de tien.", f"index.qmd:10: 'één', 'tien' are {NUMBER}"),
        ("Dat is een van de redenen.", f"index.qmd:10: 'een van de' is {NUMBER}"),
        ("Een\n\nalinea over 2021.", f"index.qmd:12: '2021' is {NUMBER}"),
        ("Het cijfer is het hoogst bij ziekenhuizen.", f"index.qmd:10: 'hoogst' is {COMPARISON}"),
        ("Meer dan vorig jaar, en significant.", f"index.qmd:10: 'Meer dan', 'significant' are {COMPARISON}"),
        ("Het aandeel daalde, de rest nam toe.", f"index.qmd:10: 'daalde', 'nam toe' are {COMPARISON}"),
        ("## De meeste leden kennen het", f"index.qmd:10: 'meeste' is {COMPARISON}"),
        ("| a | b |\n|---|---|\n| c | 9 |", f"index.qmd:12: '9' is {NUMBER}"),
    ],
)
def test_what_is_typed_by_hand(book: MakeBook, text: str, found: str) -> None:
    assert lines(book(text)) == found.split("|index")[:1] + [f"index{part}" for part in found.split("|index")[1:]]


@pytest.mark.parametrize(
    "text",
    [
        "Een lid kent het onderzoek, en een ander niet.",
        "## Bereik {#sec-2-1}\n\nZie @sec-2-1 en [de uitleg](https://example.org/2021/5).",
        "De cijfers gaan over medewerkers met een pensioen bij het Pensioenfonds Zorg en Welzijn (PFZW).",
        "Die bronnen kunnen van elkaar verschillen.",
        "1. Kiezen\n2. Leren",
        "Van de leden kent `{python} r.percent('bekend', 'ja')` het; `x = 5` is code.",
        "<!-- In 2021 waren dit er 12 -->",
        "::: {.callout-note width=50}\nTekst.\n:::",
        '`{python} r.ranked("effect", "Het vaakst noemen zij")`',
        '`{python} r.when(r.is_over("bekend.ja"), "De meeste leden kennen het.")`',
        "```\n301 leden\n```",
    ],
)
def test_what_is_no_number_and_no_claim(book: MakeBook, text: str) -> None:
    assert lines(book(text)) == []


@pytest.mark.parametrize(
    ("call", "found"),
    [
        ('r.figure("bekend", caption="Bekend bij 66 procent")', f"'66' is {NUMBER}"),
        ('r.figure("bekend", caption="Wat de meeste leden kennen")', f"'meeste' is {COMPARISON}"),
        ('r.when(r.is_over("bekend.ja"), "Van de 301 leden kent een meerderheid het.")', ""),
        ('r.themes("bekend", "Het vaakst noemen zij", most=3)', ""),
        (
            'r.when(True, "De meeste leden kennen het.")',
            "the condition of when() is True whatever the figures are. Let a call tell.",
        ),
        ('r.count("bekend", "ja", 3)', "3 is typed in count(). Let the measurement say it."),
    ],
)
def test_texts_inside_calls(book: MakeBook, call: str, found: str) -> None:
    # An exhibit is announced, so that only the call is at fault.
    text = f"Zie @fig-bekend.\n\n```{{python}}\n{call}\n```\n\n```{{python}}\nr.figure('bekend')\n```"

    assert lines(book(text)) == ([f"index.qmd:13: {found}"] if found else [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Het PFZW telt. Ook het PFZW.\n\nEn het PFWZ.", "index.qmd:12: 'PFWZ' is elsewhere written 'PFZW'."),
        ("Een ZZP’er, een ZZP’er.\n\nEen ZPP’er.", "index.qmd:12: 'ZPP' is elsewhere written 'ZZP'."),
        (
            "In Samen Regionaal Sterk, ook Samen Regionaal Sterk.\n\nIn Samen Sterk Regionaal.",
            "index.qmd:12: 'Samen Sterk Regionaal' is elsewhere written 'Samen Regionaal Sterk'.",
        ),
        (
            "Volgens Thunnissen, en Thunnissen.\n\nVolgens Thunissen.",
            "index.qmd:12: 'Thunissen' is elsewhere written 'Thunnissen'.",
        ),
    ],
)
def test_a_name_that_is_written_in_two_ways(book: MakeBook, text: str, found: str) -> None:
    assert lines(book(text)) == [f"{found} Write a name in one way."]


def test_other_names_are_other_names(book: MakeBook) -> None:
    assert lines(book("VVT, GGZ, VWS, HBO, MBO en UWV. Rotterdam Zuid en Rotterdam Noord. De WGO’s, de WGO.")) == []


def test_an_answer_may_be_named_as_the_questionnaire_names_it(book: MakeBook, bundle: MakeBundle) -> None:
    folder = book("Geen effect ziet `{python} r.percent('effect', 'geen')`.")

    assert lines(folder) == [f"index.qmd:10: 'Geen' is {COMPARISON}"]
    assert lines(folder, bundle=bundle()) == []


def test_a_mark_with_a_reason_excuses_its_line(book: MakeBook) -> None:
    text = (
        "De Wet van 1998 geldt. <!-- proof: ok, de naam van een wet -->\n\n"
        "Het hoogst. <!-- proof: ok -->\n\n"
        "Niets mis. <!-- proof: ok, voor de zekerheid -->"
    )

    assert lines(book(text)) == [
        "index.qmd:12: the mark has no reason. Write <!-- proof: ok, and why -->.",
        "index.qmd:14: the mark excuses nothing on this line. Take it out.",
    ]


def test_exhibits_and_references_must_meet(book: MakeBook, bundle: MakeBundle) -> None:
    folder = book(
        "Zie @fig-effect en @tbl-niets.\n\n```{python}\nr.figure('bekend')\n```\n\n```{python}\nr.figure('effect')\n```"
    )
    found = [
        "index.qmd:10: '@tbl-niets' points at nothing. Known: 'fig-bekend', 'fig-effect'.",
        "index.qmd:13: nothing refers to 'fig-bekend'. Announce it in the text with @fig-bekend, or leave it out.",
    ]

    assert lines(folder) == found
    assert lines(folder, bundle=bundle()) == found


def test_an_exhibit_that_only_running_can_name(book: MakeBook, bundle: MakeBundle) -> None:
    folder = book("Zie @tbl-verborgen.\n\n```{python}\nr.distribution_table(*['bekend'], caption='Bekend')\n```")

    # Its label cannot be told from the call, so nothing is claimed; the figures tell.
    assert lines(folder) == []
    assert lines(folder, bundle=bundle()) == [
        "index.qmd:10: '@tbl-verborgen' points at nothing. Did you mean 'tbl-bekend'? Known: 'tbl-bekend'.",
        "index.qmd:13: nothing refers to 'tbl-bekend'. Announce it in the text with @tbl-bekend, or leave it out.",
    ]


def test_a_number_that_is_not_the_published_one(book: MakeBook, bundle: MakeBundle) -> None:
    folder = book("Van de leden kent\n`{python} r.percent('bekend', 'ja')` het.")
    wrong = {"klein-2021|bekend||ja|||share": "published as 65, computed 66 (fig_1, ja)"}

    found = proof_report(folder, bundle=bundle(), disagreeing=wrong)

    assert [str(fault) for fault in found] == [
        f"{folder.as_posix()}/index.qmd:11: ‘66 procent’ is not what was published: published as 65, computed 66 "
        "(fig_1, ja)."
    ]


def test_sentences_that_other_figures_change(book: MakeBook, bundle: MakeBundle) -> None:
    folder = book(
        "## Bekend: `{python} r.part('bekend', 'ja', 'kent', 'kennen')` het\n\n"
        "Dit is gevraagd. Het is bekend bij `{python} r.percent('bekend', 'ja')`, en\n"
        "`{python} r.percent('effect', 'geen')` zag niets. `{python} r.ranked('effect', 'Het vaakst noemen zij')` Einde."
    )
    other = bundle("ander", {("bekend", "ja"): 67, ("effect", "beeld"): 50})

    assert lines(folder, bundle=bundle(), against=other) == [
        "index.qmd:12: the number changes: ‘Het is bekend bij 66 procent, en 10 procent zag niets.’ becomes ‘Het is bekend "
        "bij 67 procent, en 10 procent zag niets.’.",
        "index.qmd:13: the wording changes: ‘Het vaakst noemen zij een plan (40 procent), gevolgd door een beeld "
        "(20 procent).’ becomes ‘Het vaakst noemen zij een beeld (50 procent), gevolgd door een plan (40 procent).’.",
    ]


def test_what_cannot_be_said_of_other_figures(book: MakeBook, bundle: MakeBundle) -> None:
    folder = book("Van de leden kent `{python} r.percent('bekend', 'ja')` het.")
    other = bundle("ander")
    frame = (other / "estimates.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in frame if ",bekend,,ja," not in line]
    (other / "estimates.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")

    [found] = lines(folder, bundle=bundle(), against=other)

    assert found.startswith("index.qmd:10: cannot be said of the other figures: ")


def test_a_suppressed_number_is_a_change_like_any_other(book: MakeBook, bundle: MakeBundle) -> None:
    folder = book("Van de leden kent `{python} r.percent('bekend', 'ja')` het.")

    assert lines(folder, bundle=bundle(), against=bundle("ander", {("bekend", "ja"): None})) == [
        "index.qmd:10: the wording changes: ‘Van de leden kent 66 procent het.’ becomes ‘Van de leden kent een "
        "niet gepubliceerd deel het.’."
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Kent `{python} r.percent('bekend', 'jaa')` het?", "index.qmd:10: "),
        ("Zie.\n\n```{python}\nr.figure('bekent')\n```", "index.qmd:13: "),
        ("Zie.\n\n```{python}\nr.figure(\n```", "index.qmd:13: SyntaxError: "),
    ],
)
def test_a_call_that_fails_is_an_error_with_its_place(book: MakeBook, bundle: MakeBundle, text: str, what: str) -> None:
    folder = book(text)

    with pytest.raises(RenderError) as caught:
        proof_report(folder, bundle=bundle())

    assert str(caught.value).startswith(f"{folder.as_posix()}/{what}")


def test_a_folder_without_a_book(tmp_path: Path) -> None:
    with pytest.raises(RenderError) as caught:
        proof_report(tmp_path)

    assert (
        str(caught.value) == f"{tmp_path.as_posix()}: no '_quarto.yml' here. Give the folder of a Quarto book project."
    )


def test_a_mark_does_not_reach_the_reader(tmp_path: Path) -> None:
    line = Line("De Wet van 1998 geldt. <!-- proof: ok, de naam van een wet -->", "a.qmd", 1)

    [paragraph] = parse_markdown([line], cwd=tmp_path)

    assert "proof" not in str(paragraph)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("`{python} r.percent('bekend', 'ja')` kent het.", True),
        ("Zo is het. `{python} r.percent('bekend', 'ja')` kent het.", True),
        ("Zo is het.\n`{python} r.percent('bekend', 'ja')` kent het.", True),
        ("Zo is het:\n`{python} r.percent('bekend', 'ja')` kent het.", False),
        ("Van de leden kent `{python} r.percent('bekend', 'ja')` het.", False),
        ("`{python} r.words('bekend', 'ja', start=True)` kent het.", False),
        ("- `{python} r.percent('bekend', 'ja')` kent het.", False),
    ],
)
def test_a_sentence_that_begins_with_digits(book: MakeBook, bundle: MakeBundle, text: str, begins: bool) -> None:
    line = 11 if "\n" in text else 10
    message = f"index.qmd:{line}: ‘66 procent’ begins a sentence. Put a word before it, or take r.words(…, start=True)."

    assert lines(book(text), bundle()) == ([message] if begins else [])


@pytest.mark.parametrize("way", ["noord holland", "Noord Holland", "NoordHolland", "Noord-holland"])
def test_a_name_is_written_as_the_questionnaire_does(book: MakeBook, way: str) -> None:
    folder = book(f"Leden uit {way}, niet uit Noord-Hollandse dorpen of Noord-Holland.")

    (found,) = not_as_named(read_book(folder, "rapport"), ["Noord-Holland"])
    assert str(found) == (
        f"rapport/index.qmd:10: {way!r} is called 'Noord-Holland' in the questionnaire. Write a name in one way."
    )


def test_titles_are_read_too_and_can_be_excused(book: MakeBook) -> None:
    folder = book("Tekst.")
    settings = folder / "_quarto.yml"
    settings.write_text(
        "project: {type: book}\n"
        "book:\n"
        "  title: Meer dan een rapport\n"
        "  subtitle: Over 2021  # <!-- proof: ok, the year that it is called by -->\n"
        "  chapters: [index.qmd]\n",
        encoding="utf-8",
    )
    assert lines(folder) == [f"_quarto.yml:3: 'Meer dan' is {COMPARISON}"]

    settings.write_text("project: {type: default}\n", encoding="utf-8")
    (folder / "index.qmd").write_text("---\ntitle: De beste regio\nsubtitle: Twee pagina’s\n---\n\nTekst.\n", "utf-8")
    assert lines(folder) == [
        f"index.qmd:2: 'beste' is {COMPARISON}",
        f"index.qmd:3: 'Twee' is {NUMBER}",
    ]


def test_the_title_of_a_variant_is_read_where_the_variant_is(book: MakeBook) -> None:
    folder = book("Tekst.")
    (folder / "_quarto-vervolg.yml").write_text("book: {title: De laatste van drie}\n", encoding="utf-8")

    assert [(line.text, line.file, line.number) for line in titles(read_book(folder, folder.as_posix()))] == [
        ("Rapport", f"{folder.as_posix()}/_quarto.yml", 2)
    ]
    assert [line.text for line in titles(read_book(folder, folder.as_posix(), "vervolg"))] == [
        "Rapport",
        "De laatste van drie",
    ]
