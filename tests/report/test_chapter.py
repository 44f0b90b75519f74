"""Figures, tables and notes: the call of a chapter brings everything that stands with them."""

from collections.abc import Callable

import pytest

from srsmeting.errors import UnknownCallError
from srsmeting.report import Report


def test_a_figure_brings_id_caption_and_source(r: Report) -> None:
    figure = r.figure("bekend")

    assert (figure.id, figure.caption, figure.source) == ("fig-bekend", "Bekendheid", "Een verzonnen enquête")
    assert r.figure("bekend", caption="Wie het kent").caption == "Wie het kent"


def test_tables_have_ids_that_follow_from_the_call(r: Report) -> None:
    assert r.distribution_table("bekend").id == "tbl-bekend"
    assert r.distribution_table("bekend", caption="Wie het kent").caption == "Wie het kent"
    assert r.distribution_table("bekend_cursus", "bekend").id == "tbl-bekend-cursus"
    assert r.pijlers_table().id == "tbl-pijlers"
    response = r.response_table("wgo")
    assert (response.id, response.caption) == ("tbl-respons-wgo", "Respons naar werkgeversorganisatie (WGO)")


def test_the_table_of_coverage_explains_its_breaks_and_names_its_own_source(opened: Callable[..., Report]) -> None:
    table = opened(coverage_source="Een pensioenfonds").coverage_table()

    assert table.notes[0] == (
        "De medewerkers van revalidatiecentra telden in 2019 nog mee bij ziekenhuizen. De verandering bij ziekenhuizen "
        "is daardoor niet zonder meer te duiden."
    )
    assert table.source == "Een pensioenfonds"
    assert opened().coverage_table().source == "Een verzonnen enquête"

    figure = opened(coverage_source="Een pensioenfonds").coverage_figure(order="size")
    assert (figure.id, figure.notes[1], figure.source) == ("fig-dekkingsgraad", table.notes[0], table.source)


def test_the_table_of_means_has_a_caption_and_no_number(r: Report) -> None:
    shown = r.means_table("cijfer", ["branche"], "Gemiddeld cijfer < 10")._repr_markdown_()

    assert "<table>\n<caption>Gemiddeld cijfer &lt; 10</caption>\n" in shown
    assert "tbl-" not in shown
    assert "Bron: Een verzonnen enquête" in shown


def test_the_notice_is_a_callout_and_absent_without_text(opened: Callable[..., Report]) -> None:
    assert opened().notice()._repr_markdown_() == (
        "\n::: {.callout-important}\n\nDe antwoorden zijn verzonnen.\n\n:::\n"
    )
    assert opened(notice="").notice()._repr_markdown_() == ""


def test_the_signs_are_explained(r: Report) -> None:
    lines = r.signs()._repr_markdown_().split("\n")

    assert lines[1:4] == [
        "- **x** = niet gepubliceerd",
        "- **.** = geen gegevens",
        "- **k** = meegeteld bij een andere categorie",
    ]


def test_a_call_that_a_report_does_not_have_is_named(r: Report) -> None:
    with pytest.raises(UnknownCallError) as caught:
        r.procent("bekend", "inhoud")  # type: ignore[attr-defined]
    assert str(caught.value).startswith("a report has no 'procent'. Did you mean 'percent'? Known: ")
    assert not hasattr(r, "procent")
    assert not hasattr(r, "_repr_html_")
