"""Themes of open answers in running text."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from srsmeting.bundling import write_bundle
from srsmeting.errors import ReportError, UnknownNameError
from srsmeting.estimates import pick
from srsmeting.meting import load_meting
from srsmeting.report import Report, open_report
from srsmeting.running import run_meting

CODES = {"1": "tijd", "2": "geld", "3": "tijd", "4": "imago", "5": "geld", "6": "tijd", "7": "ander", "8": "vorm"}
THEMES = """\
    min_mentions: {least}
    themes:
      - {{code: imago, label: Imago}}
      - {{code: geld, label: Meer geld}}
      - {{code: tijd, label: Meer tijd}}
      - {{code: vorm, label: Andere vorm}}
"""
Open = Callable[..., Report]


@pytest.fixture
def opened(mini: Path, tmp_path: Path) -> Open:
    """Open the small report with themes: 3 times tijd, 2 times geld, once imago and vorm, once something else."""

    def made(least: int = 1, codes: dict[str, str] = CODES) -> Report:
        questionnaire = mini / "questionnaire.yaml"
        questionnaire.write_text(
            questionnaire.read_text(encoding="utf-8") + THEMES.format(least=least), encoding="utf-8"
        )
        export = mini / "export.csv"
        text = export.read_text(encoding="utf-8-sig")
        for old in ("meer bijeenkomsten", "een nieuwsbrief"):
            text = text.replace(f';"{old}"', ';""')
        lines = [
            line[:-2] + f'"tekst {code}"' if (code := codes.get(line.split(";")[0].strip('"'))) else line
            for line in text.splitlines()
        ]
        export.write_text("\n".join([*lines, ""]), encoding="utf-8-sig")
        config = mini / "meting.yaml"
        config.write_text(config.read_text(encoding="utf-8") + "coded: coded.csv\n", encoding="utf-8")
        coded = "".join(f"{id},idee,{code}\n" for id, code in codes.items())
        (mini / "coded.csv").write_text(f"respondent,question,theme\n{coded}", encoding="utf-8")
        meting = load_meting(mini)
        write_bundle(meting, run_meting(meting).estimates, tmp_path / "bundle")
        return open_report(tmp_path / "bundle")

    return made


def test_the_themes_that_are_mentioned_most_are_named(opened: Open) -> None:
    r = opened()

    lead = "Het vaakst noemen zij"
    assert r.themes("idee", lead, most=1) == "Het vaakst noemen zij meer tijd (3 keer)."
    assert r.themes("idee", lead, most=2) == (
        "Het vaakst noemen zij meer tijd (3 keer), gevolgd door meer geld (2 keer)."
    )
    # The third is mentioned as often as the fourth.
    assert r.themes("idee", lead) == (
        "Het vaakst noemen zij meer tijd (3 keer), gevolgd door meer geld (2 keer), imago (1 keer) en andere vorm (1 keer)."
    )


def test_equal_themes_share_the_first_place(opened: Open) -> None:
    r = opened(codes={"1": "tijd", "2": "geld", "3": "imago", "4": "tijd", "5": "geld"})

    assert r.themes("idee", "Genoemd zijn", most=1) == "Genoemd zijn meer geld en meer tijd (elk 2 keer)."


def test_what_may_not_be_published_is_not_named(opened: Open) -> None:
    r = opened(least=2)

    assert r.themes("idee", "Vooral") == "Vooral meer tijd (3 keer), gevolgd door meer geld (2 keer)."
    assert (r.mentions("idee", "tijd"), r.mentions("idee", "imago")) == ("3", "(niet gepubliceerd)")
    assert (r.theme_count("idee"), r.least_mentions("idee"), r.theme("idee", "vorm")) == ("twee", "2", "andere vorm")


def test_where_no_theme_may_be_named_the_sentence_says_so(opened: Open) -> None:
    r = opened(least=7)

    assert r.themes("idee", "Vooral") == "Geen enkel thema is minstens 7 keer genoemd."
    assert r.theme_count("idee") == "nul"


def test_a_sentence_knows_its_numbers(opened: Open) -> None:
    r = opened()

    assert r.mentions("idee", "tijd").keys == ("mini-2021|idee||tijd|||count",)
    assert (
        r.mentions("idee", "tijd")._repr_markdown_()
        == r'[3]{.getal key="mini-2021\|idee\|\|tijd\|\|\|count" value="3" base="8"}'
    )


def test_the_chapter_has_the_table(opened: Open) -> None:
    table = opened(least=2).theme_table("idee")

    assert [(row.header, str(row.cells[0])) for row in table.rows] == [("Meer tijd", "3"), ("Meer geld", "2")]
    assert table.lines() == (
        "Basis: alle respondenten (n\u00a0=\u00a010), van wie 8 antwoord gaven. Een antwoord kan over meer thema’s gaan. "
        "Thema’s zijn opgenomen als ze minstens 2 keer zijn genoemd.",
        "Bron: Een verzonnen enquête",
    )


def test_an_unknown_theme_is_an_error(opened: Open) -> None:
    r = opened()

    with pytest.raises(UnknownNameError) as caught:
        r.mentions("idee", "tyd")
    assert str(caught.value) == ("question 'idee': no theme 'tyd'. Known: 'imago', 'geld', 'tijd', 'vorm'.")


def test_the_frame_has_the_counts(opened: Open) -> None:
    rows = opened().estimates

    assert pick(rows, "idee", "tijd", measure="count")[["numerator", "denominator"]].tolist() == [3, 8]
    assert isinstance(rows, pd.DataFrame)


def test_answers_that_were_not_coded_have_no_themes(mini: Path, tmp_path: Path) -> None:
    questionnaire = mini / "questionnaire.yaml"
    text = questionnaire.read_text(encoding="utf-8") + THEMES.format(least=1)
    questionnaire.write_text(text, encoding="utf-8")
    meting = load_meting(mini)
    write_bundle(meting, run_meting(meting).estimates, tmp_path / "bundle")

    with pytest.raises(ReportError) as caught:
        open_report(tmp_path / "bundle").themes("idee", "Het vaakst noemen zij")
    assert str(caught.value) == (
        "themes(): the answers to 'idee' are not coded. Code them with `srsmeting code`, name the file under 'coded' in "
        "meting.yaml, and render again."
    )
