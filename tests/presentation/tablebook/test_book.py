"""Which sheets a book has, what stands in front, and what it refuses."""

from __future__ import annotations

import pandas as pd
import pytest

from srsmeting.errors import EstimateError, ReportError, UnknownNameError
from srsmeting.estimates import estimate_frame
from srsmeting.presentation.tablebook import About, build_book, long_frame
from srsmeting.presentation.tablebook.book import _about_whom
from srsmeting.presentation.tablebook.model import Book
from srsmeting.questionnaire import Questionnaire, parse_questionnaire


def test_a_book_has_its_sheets_in_order(book: Book) -> None:
    assert [sheet.name for sheet in book.sheets] == [
        "Voorblad",
        "Inhoud",
        "Toelichting",
        "01 Rapportcijfer voor de WGO",
        "02 Bekendheid met het onderzoek",
        "03 Impact op de instroom",
        "Respons",
        "Toetsen",
        "Alle cijfers",
    ]
    assert (book.title, book.language) == ("Tabellenboek Een verzonnen meting", "nl-NL")


def test_the_cover_tells_what_must_be_known_first(book: Book) -> None:
    cover = book.sheets[0]
    assert cover.title == "Een verzonnen meting"
    assert [line.value for line in cover.lines] == [
        "Tabellenboek bij: Een verzonnen meting",
        "Let op: De antwoorden zijn verzonnen.",
        "De gegevens gaan over: 2021",
        "Bron: Enquête X",
        "Meting: m-2021; 38 cijfers op het blad Alle cijfers",
        "Gemaakt met: srsmeting 1.2.3",
        "Naar de inhoud",
        "Naar de toelichting: tekens en leeswijzer",
    ]


def test_the_contents_lead_to_every_sheet_and_every_sheet_leads_back(book: Book) -> None:
    contents = book.sheets[1]
    assert contents.table is not None
    links = [row[0].link for row in contents.table.rows]
    assert links == [sheet.name for sheet in book.sheets[2:]]
    assert [row[0].value for row in contents.table.rows] == links
    assert all(sheet.lines[0].link == "Inhoud" for sheet in book.sheets[2:])
    assert [cell.value for cell in contents.table.rows[2]] == [
        "02 Bekendheid met het onderzoek",
        "Bekendheid met het onderzoek",
        "alle respondenten",
        "–",
    ]


def test_the_reading_guide_explains_the_signs_that_occur_and_only_those(book: Book) -> None:
    guide = book.sheets[2]
    assert guide.table is not None
    told = {str(row[0].value): str(row[1].value) for row in guide.table.rows}
    assert {name: text for name, text in told.items() if name.startswith("Teken")} == {
        "Teken x": "Niet gepubliceerd (te weinig respondenten).",
        "Teken u": "Minder betrouwbaar (klein aantal respondenten, indicatief).",
        "Teken .": "Geen gegevens (niet te berekenen of niet gemaakt).",
        "Teken –": "Op de rij Hoger dan kolom: hoger dan geen van de andere kolommen.",
    }
    assert told["Publicatieregel"] == (
        "Uitkomsten van groepen met minder dan 10 respondenten zijn niet gepubliceerd: teken x."
    )
    assert told["Weging"] == "De percentages zijn ongewogen: elk antwoord telt even zwaar."
    assert told["Vergelijking van groepen"] == (
        "Vergeleken zijn de groepen van: Branche (samengevoegd). Achter de kop van een kolom staat haar letter. Op de rij "
        "Hoger dan kolom staan de letters van de kolommen waarvan de uitkomst significant lager is: de kans op zo’n "
        "verschil door toeval is kleiner dan 5%, ook met zo veel vergelijkingen."
    )


def test_without_comparisons_the_guide_says_so_and_no_column_has_a_letter(
    tables: pd.DataFrame, questionnaire: Questionnaire, about: About
) -> None:
    plain = tables[~tables["measure"].str.startswith(("difference", "p_", "effect"))].reset_index(drop=True)
    book = build_book(plain, questionnaire, about)
    guide, known = book.sheets[2].table, book.sheets[4].table
    assert guide is not None
    assert known is not None
    told = {row[0].value: row[1].value for row in guide.rows}
    assert told["Vergelijking van groepen"] == (
        "Groepen zijn in dit bestand niet met elkaar vergeleken; verschillen kunnen op toeval berusten."
    )
    assert [column.header for column in known.columns][-2:] == ["Zorg", "Jeugdzorg"]
    assert "Hoger dan kolom" not in {row[1].value for row in known.rows}
    assert "Toetsen" not in [sheet.name for sheet in book.sheets]


def test_weighted_numbers_are_called_so_and_have_no_counts_beside_them(
    tables: pd.DataFrame, questionnaire: Questionnaire
) -> None:
    weighted = tables[(tables["question"] == "bekend") & (tables["by"] == "")].reset_index(drop=True)
    weighted = weighted.assign(
        method="wilson_weighted", numerator=pd.array([pd.NA] * 4, dtype="Int64"), se=float("nan")
    )
    cost = estimate_frame(
        {"meting": "m-2021", "measure": ["effective_n", "design_effect"], "estimate": [181.6, 1.1], "denominator": 200}
    )
    book = build_book(pd.concat([weighted, cost]), questionnaire, About("Meting", weighted_by="WGO"))
    known, guide = book.sheets[3].table, book.sheets[2].table
    assert known is not None
    assert guide is not None
    assert {row[1].value for row in known.rows} == {
        "Basis (ongewogen)",
        "Percentage (gewogen)",
        "Ondergrens (95%)",
        "Bovengrens (95%)",
    }
    told = {row[0].value: row[1].value for row in guide.rows}
    assert told["Weging"] == (
        "Percentages en gemiddelden zijn gewogen naar WGO; bases zijn ongewogen aantallen respondenten. Aantallen per "
        "antwoord staan er niet bij: naast een gewogen percentage kunnen zij verraden wat enkelen antwoordden. Effectieve "
        "basis: door de weging zijn de 200 antwoorden zo nauwkeurig als 182 ongewogen antwoorden."
    )
    assert told["Percentage"] == (
        "Afgerond; ook de cel bevat de afgeronde waarde. Door afronding tellen percentages niet altijd op tot 100."
    )


def test_large_bases_have_a_decimal_where_the_measurement_has_them(questionnaire: Questionnaire) -> None:
    share = {"meting": "m-2021", "question": "bekend", "category": "inhoud", "measure": "share", "estimate": 0.6155}
    large = estimate_frame(share | {"numerator": 1231, "denominator": 2000})
    kinds = []
    for decimals_from in (1000, None):
        table = build_book(large, questionnaire, About("Meting", decimals_from=decimals_from)).sheets[3].table
        assert table is not None
        kinds.append(table.rows[1][2].kind)
    assert kinds == ["percentage_1", "percentage"]


def test_the_tests_of_all_groups_stand_together(book: Book) -> None:
    (tests,) = [sheet for sheet in book.sheets if sheet.name == "Toetsen"]
    assert tests.table is not None
    assert [[cell.value for cell in row] for row in tests.table.rows] == [
        ["Bekendheid met het onderzoek", "–", "alle antwoorden", "Branche (samengevoegd)", 0.0003, 0.27]
    ]
    assert [cell.kind for cell in tests.table.rows[0]][-2:] == ["chance", "indicator"]


def test_the_response_has_its_total_last(book: Book) -> None:
    (response,) = [sheet for sheet in book.sheets if sheet.name == "Respons"]
    assert response.table is not None
    assert [[cell.value for cell in row] for row in response.table.rows] == [
        ["WGO", "Noord", 100, 40, 0.4],
        ["WGO", "Zuid", 100, 50, 0.5],
        ["Totaal", "Totaal", 200, 90, 0.45],
    ]


def test_the_long_table_is_the_frame_with_labels(tables: pd.DataFrame, questionnaire: Questionnaire) -> None:
    long = long_frame(tables, questionnaire)
    pd.testing.assert_frame_equal(long[list(tables.columns)], tables)
    labels = long[[name for name in long if name.endswith("_label")]]
    hidden, pair, test = labels.iloc[4].tolist(), labels.iloc[20].tolist(), labels.iloc[28].tolist()
    assert hidden == [
        *("Bekendheid met het onderzoek", "", "Bekend met de inhoud", "WGO", "Noord", "aandeel"),
        *("niet gepubliceerd", "te weinig respondenten"),
    ]
    assert pair[4:6] == ["Zorg min Jeugdzorg", "verschil tussen twee groepen"]
    assert test[4:6] == ["alle groepen", "p-waarde van het verschil tussen alle groepen"]


def test_a_suppressed_row_that_still_has_a_number_is_refused(
    tables: pd.DataFrame, questionnaire: Questionnaire, about: About
) -> None:
    leaking = tables.copy()
    leaking.loc[4, "estimate"] = 0.5
    with pytest.raises(EstimateError) as caught:
        build_book(leaking, questionnaire, about)
    assert str(caught.value) == "estimates:6: 1 row where a suppressed row still has numbers, first bekend."


def test_a_frame_of_another_measurement_is_refused(questionnaire: Questionnaire, about: About) -> None:
    other = estimate_frame({"meting": "m-2020", "measure": "share", "question": "bekend", "estimate": 0.5})
    with pytest.raises(ReportError) as caught:
        build_book(other, questionnaire, about)
    assert str(caught.value) == (
        "estimates: there is nothing of meting 'm-2021'. Is it the estimate frame of this questionnaire? Metingen in the "
        "frame: 'm-2020'."
    )


def test_questions_and_groups_that_the_questionnaire_lacks_are_refused(
    tables: pd.DataFrame, questionnaire: Questionnaire, about: About
) -> None:
    row = {"meting": "m-2021", "measure": "share", "estimate": 0.5}
    with pytest.raises(
        UnknownNameError, match=r"^questionnaire 'm-2021': no question 'bekendt'\. Did you mean 'bekend'"
    ):
        build_book(estimate_frame(row | {"question": "bekendt"}), questionnaire, about)
    west = estimate_frame(row | {"question": "bekend", "category": "inhoud", "by": "wgo", "group": "west"})
    with pytest.raises(UnknownNameError) as caught:
        build_book(west, questionnaire, about)
    assert str(caught.value) == "breakdown 'wgo': no group 'west'. Known: 'noord', 'zuid'."


def test_two_breakdowns_that_are_crossed_are_one_block_of_pairs(questionnaire: Questionnaire, about: About) -> None:
    pairs = estimate_frame(
        {"meting": "m-2021", "question": "cijfer", "measure": "mean", "by": ["", "wgo*branche", "wgo*branche"]}
        | {"group": ["", "zuid*ggz", "noord*vvt"], "estimate": [7.0, 6.5, 7.5], "denominator": [40, 20, 20]}
    )
    table = build_book(pairs, questionnaire, about).sheets[3].table
    assert table is not None
    assert [(column.band, column.header) for column in table.columns][3:] == [
        ("WGO en Branche", "Noord, Verpleging, verzorging en thuiszorg"),
        ("", "Zuid, GGZ"),
    ]
    assert [cell.value for cell in table.rows[1]][2:] == [7.0, 7.5, 6.5]
    assert long_frame(pairs, questionnaire)[["by_label", "group_label"]].iloc[1].tolist() == [
        "WGO en Branche",
        "Zuid, GGZ",
    ]


def test_groups_that_are_called_alike_have_columns_that_are_not(about: About) -> None:
    ask = {"kind": "single", "text": "?", "pijler": "p", "fase": "bereik"}
    answers = [{"code": "ja", "label": "Ja"}, {"code": "nee", "label": "Nee"}]
    questionnaire = parse_questionnaire(
        {"meting": "m-2021", "title": "T", "pijlers": [{"id": "p", "label": "P"}]}
        | {"questions": [ask | {"id": q, "title": q.upper(), "categories": answers} for q in ("lid", "nieuw", "goed")]}
    )
    rows = estimate_frame(
        {"meting": "m-2021", "question": "goed", "category": "ja", "measure": "share", "by": ["", "lid", "nieuw"]}
        | {"group": ["", "ja", "ja"], "estimate": 0.5, "numerator": 5, "denominator": 10}
    )
    table = build_book(rows, questionnaire, about).sheets[3].table
    assert table is not None
    assert [column.header for column in table.columns][3:] == ["Ja", "Ja (NIEUW)"]


def test_adjusted_shares_stand_beside_the_shares_that_they_adjust(questionnaire: Questionnaire, about: About) -> None:
    key = {"meting": "m-2021", "question": "bekend", "category": "inhoud", "by": "wgo", "group": ["noord", "zuid"]}
    shares = estimate_frame(
        key | {"measure": "share", "estimate": [0.5, 0.75], "numerator": [20, 30], "denominator": 40}
    )
    adjusted = estimate_frame(
        key
        | {"measure": "adjusted_share", "estimate": [float("nan"), 0.7], "ci_low": [float("nan"), 0.5]}
        | {"ci_high": [float("nan"), 0.9], "denominator": pd.array([pd.NA, 38], dtype="Int64"), "status": ["Q", "A"]}
        | {"reason": ["small_base", ""], "method": ["", "logit(branche+grootte)-weet_niet"]}
    )
    sheets = {sheet.name: sheet for sheet in build_book(pd.concat([shares, adjusted]), questionnaire, about).sheets}
    table = sheets["Gecorrigeerde percentages"].table
    assert table is not None
    heads = ["Bekendheid met het onderzoek", "–", "Bekend met de inhoud", "WGO", "Branche, grootte"]
    assert [[cell.value for cell in row] for row in table.rows] == [
        [*heads, "Noord", 0.5, "x", "x", "x", "x"],
        [*heads, "Zuid", 0.75, 0.7, 0.5, 0.9, 38],
    ]


@pytest.mark.parametrize(
    ("sheet", "whom"), [("Respons", "alle uitgenodigde organisaties"), ("Dekkingsgraad", "medewerkers in de sector")]
)
def test_the_contents_say_whom_a_sheet_is_about(sheet: str, whom: str) -> None:
    assert _about_whom(sheet) == whom
