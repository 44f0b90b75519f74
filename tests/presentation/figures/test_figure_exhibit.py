"""Figures in a chapter: lines, markdown, and files."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest

from srsmeting.errors import UnknownNameError
from srsmeting.estimates import bind_estimates, estimate_frame
from srsmeting.presentation.figures import build_figure
from srsmeting.questionnaire import Questionnaire


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SRSMETING_FORMATS", raising=False)
    monkeypatch.delenv("QUARTO_EXECUTE_INFO", raising=False)
    return tmp_path


def files(folder: Path) -> list[str]:
    return sorted(re.sub(r"-[0-9a-f]{10}\.", "-HASH.", path.name) for path in (folder / "figuren").iterdir())


def test_a_figure_brings_its_own_id_caption_base_source_and_alt(
    estimates: pd.DataFrame, questionnaire: Questionnaire
) -> None:
    figure = build_figure(estimates, questionnaire, "effect_onderzoek", source="Enquête")

    markdown = re.sub(r"-[0-9a-f]{10}\.svg", "-HASH.svg", figure._repr_markdown_())
    assert markdown == (
        "\n::: {#fig-effect-onderzoek}\n\n"
        "![](figuren/fig-effect-onderzoek-HASH.svg){fig-alt="
        '"Het vaakst genoemd: Meer inzicht in tekorten en overschotten (61%). Daarna: Meer inzet op behoud van '
        'personeel (33%). Apart: Andere effecten (9%); Geen enkel effect (19%). Staven van groot naar klein."}\n\n'
        "Effecten van het onderzoek\n\n:::\n\n"
        "::: {.bron}\n\n"
        "Basis: respondenten die de inhoud van het onderzoek kennen (n\u00a0=\u00a0199). Meer antwoorden mogelijk.\n\n"
        "Bron: Enquête\n\n:::\n\n"
        '::: {.content-visible when-format="html"}\n\n'
        '```{=html}\n<details class="cijfers">\n<summary>Cijfers in een tabel'
        '<span class="verborgen">: Effecten van het onderzoek</span></summary>\n```\n\n'
        '```{=html}\n<table>\n<caption class="verborgen">Effecten van het onderzoek</caption>\n'
        '<colgroup><col style="width: 60%" /><col style="width: 20%" /><col style="width: 20%" /></colgroup>\n'
        "<thead>\n"
        '<tr><th scope="col" style="text-align: left">Antwoord</th><th scope="col" style="text-align: right">Aantal</th>'
        '<th scope="col" style="text-align: right">Percentage</th></tr>\n'
        "</thead>\n<tbody>\n"
        '<tr><th scope="row" style="text-align: left">Meer inzicht in tekorten en overschotten</th>'
        '<td style="text-align: right">121</td><td style="text-align: right">61%</td></tr>\n'
        '<tr><th scope="row" style="text-align: left">Meer inzet op behoud van personeel</th>'
        '<td style="text-align: right">66</td><td style="text-align: right">33%</td></tr>\n'
        '<tr><th scope="row" style="text-align: left">Andere effecten</th>'
        '<td style="text-align: right">18</td><td style="text-align: right">9%</td></tr>\n'
        '<tr><th scope="row" style="text-align: left">Geen enkel effect</th>'
        '<td style="text-align: right">37</td><td style="text-align: right">19%</td></tr>\n'
        "</tbody>\n</table>\n```\n\n"
        "```{=html}\n</details>\n```\n\n:::\n"
    )


def test_the_table_behind_statements_has_the_answers_to_each_and_the_sums(
    estimates: pd.DataFrame, questionnaire: Questionnaire
) -> None:
    table = build_figure(estimates, questionnaire, "impact").table

    rows = [(row.group, row.header, *map(str, row.cells)) for row in table.rows]
    first, second = (
        "De instroom vanuit het onderwijs is hoger (n\u00a0=\u00a0200)",
        "Er is meer zij-instroom (n\u00a0=\u00a0190)",
    )
    assert rows == [
        (first, "Helemaal eens", "2", "1%"),
        (first, "Eens", "34", "17%"),
        (first, "Noch eens, noch oneens", "90", "45%"),
        (first, "Oneens", "40", "20%"),
        (first, "Helemaal oneens", "0", "0%"),
        (first, "Weet niet", "34", "17%"),
        (first, "(Helemaal) eens", "36", "18%"),
        (first, "(Helemaal) oneens", "40", "20%"),
        (second, "Helemaal eens", "19", "10%"),
        (second, "Eens", "57", "30%"),
        (second, "Noch eens, noch oneens", "57", "30%"),
        (second, "Oneens", "19", "10%"),
        (second, "Helemaal oneens", "19", "10%"),
        (second, "Weet niet", "19", "10%"),
        (second, "(Helemaal) eens", "76", "40%"),
        (second, "(Helemaal) oneens", "38", "20%"),
    ]


def test_its_frame_has_the_numbers_behind_it(estimates: pd.DataFrame, questionnaire: Questionnaire) -> None:
    data = build_figure(estimates, questionnaire, "experimenten").data

    assert data[["category", "printed", "counted", "base"]].to_csv(index=False) == (
        "category,printed,counted,base\nja,38%,107,280\nnee,62%,173,280\n"
    )


@pytest.mark.parametrize(
    ("formats", "shown", "written"),
    [
        ("html", "svg", ["fig-bekend-HASH.svg"]),
        ("html,docx,pdf", "svg", ["fig-bekend-HASH.png", "fig-bekend-HASH.svg"]),
        ("docx", "png", ["fig-bekend-HASH.png", "fig-bekend-HASH.svg"]),
    ],
)
def test_word_gets_a_png_beside_the_svg(
    estimates: pd.DataFrame,
    questionnaire: Questionnaire,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    formats: str,
    shown: str,
    written: list[str],
) -> None:
    monkeypatch.setenv("SRSMETING_FORMATS", formats)

    body = build_figure(estimates, questionnaire, "bekend").body()

    assert re.match(rf"!\[\]\(figuren/fig-bekend-[0-9a-f]{{10}}\.{shown}\)", body)
    assert files(folder) == written
    assert len({path.stem for path in (folder / "figuren").iterdir()}) == 1


def test_the_same_figure_is_the_same_file_whatever_the_settings(
    estimates: pd.DataFrame, questionnaire: Questionnaire, folder: Path
) -> None:
    first = build_figure(estimates, questionnaire, "impact").save(folder)
    content = first.read_bytes()
    with mpl.rc_context({"font.size": 20, "svg.fonttype": "none"}):
        second = build_figure(estimates, questionnaire, "impact").save(folder)

    assert second == first
    assert second.read_bytes() == content
    assert b"<dc:date>" not in content
    assert b"<path" in content


def test_other_data_are_another_file(estimates: pd.DataFrame, questionnaire: Questionnaire, folder: Path) -> None:
    other = estimates.copy()
    other.loc[other["category"] == "inhoud", "estimate"] += 0.001

    names = {build_figure(frame, questionnaire, "bekend").save(folder).name for frame in (estimates, other)}

    assert len(names) == 2


def test_no_warning_and_no_open_figure_is_left(estimates: pd.DataFrame, questionnaire: Questionnaire) -> None:
    import matplotlib.pyplot as plt

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        build_figure(estimates, questionnaire, "cijfer").body()

    assert plt.get_fignums() == []


def test_the_mean_of_a_mark_stands_beneath_it(estimates: pd.DataFrame, questionnaire: Questionnaire) -> None:
    mean = estimate_frame({"meting": "m-2021", "question": "cijfer", "measure": "mean", "estimate": 7.25})

    figure = build_figure(bind_estimates(estimates, mean), questionnaire, "cijfer")

    assert figure.lines() == ("Basis: alle respondenten (n\u00a0=\u00a050). Gemiddeld: 7,3.",)


def test_categories_and_caption_can_be_given(estimates: pd.DataFrame, questionnaire: Questionnaire) -> None:
    figure = build_figure(estimates, questionnaire, "cijfer", categories=["le5", "ge9"], caption="Uitersten")

    assert repr(figure) == "<Figure fig-cijfer: Uitersten>"
    assert figure.data["label"].tolist() == ["5 of lager", "9 of 10"]


def test_a_figure_of_an_unknown_question_is_an_error(estimates: pd.DataFrame, questionnaire: Questionnaire) -> None:
    with pytest.raises(UnknownNameError) as error:
        build_figure(estimates, questionnaire, "impakt")

    assert str(error.value) == (
        "questionnaire 'm-2021': no question 'impakt'. Did you mean 'impact'? Known: 'wgo', 'branche', 'cijfer', "
        "'bekend', 'effect_onderzoek', 'impact', 'experimenten', 'thema'."
    )
