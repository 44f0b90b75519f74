"""Tables of themes: by number of mentions, as far as the rule allows."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from srsmeting.errors import ReportError, UnknownNameError
from srsmeting.estimates import bind_estimates, estimate_frame
from srsmeting.presentation.tables import distribution_table
from srsmeting.presentation.theme_tables import _who_answered, theme_table
from srsmeting.questionnaire import Questionnaire, parse_questionnaire

NOTES = ("Een antwoord kan over meer thema’s gaan.", "Thema’s zijn opgenomen als ze minstens 4 keer zijn genoemd.")


@pytest.fixture
def themed() -> Questionnaire:
    rest = {"pijler": "basis", "fase": "effect"}
    themes = [("imago", "Beeld & werk"), ("zzp", "Zzp’ers"), ("tijd", "Meer tijd"), ("geld", "Meer geld")]
    return parse_questionnaire(
        {
            "meting": "m-2021",
            "title": "Invented",
            "pijlers": [{"id": "basis", "label": "Basis"}],
            "questions": [
                {
                    "id": "deelname",
                    "kind": "single",
                    "title": "Deelname",
                    "text": "Deed u mee?",
                    **rest,
                    "categories": [
                        {"code": "ja", "label": "Ja", "who": "meededen"},
                        {"code": "nee", "label": "Nee", "who": "niet meededen"},
                    ],
                },
                {
                    "id": "inzicht",
                    "kind": "open",
                    "title": "Inzichten",
                    "text": "Welke?",
                    **rest,
                    "asked_if": "deelname == ja",
                    "themes": [{"code": code, "label": label} for code, label in themes],
                },
                {"id": "wens", "kind": "open", "title": "Wens", "text": "Welke?", **rest},
            ],
        }
    )


def make(counts: dict[str, int | None], reason: str = "small_count") -> pd.DataFrame:
    """Sixty of seventy who were asked answered; None is a count that may not be published."""
    rows: list[dict[str, Any]] = [
        {"question": "deelname", "category": "ja", "measure": "share", "numerator": 70, "denominator": 100},
        {"question": "deelname", "category": "nee", "measure": "share", "numerator": 30, "denominator": 100},
        {"question": "inzicht", "category": "answered", "measure": "share", "numerator": 60, "denominator": 70},
    ]
    for code, count in counts.items():
        row = {"question": "inzicht", "category": code, "measure": "count", "numerator": count, "denominator": 60}
        rows.append(row if count is not None else row | {"denominator": None, "status": "Q", "reason": reason})
    for row in rows:
        count, base = row["numerator"], row["denominator"]
        row["estimate"] = None if count is None else count / base if row["measure"] == "share" else float(count)
    return bind_estimates(
        *(estimate_frame({"meting": "m-2021", **{k: v if v is not None else pd.NA if k in ("numerator", "denominator") else float("nan") for k, v in row.items()}}) for row in rows)
    )  # fmt: skip


def lines(table: Any) -> list[str]:
    heads = " | ".join([table.stub.label, *(column.label for column in table.columns)])
    rows = [
        " | ".join([*([r.group] if r.group else []), r.header, *map(str, r.cells)]) for r in (*table.rows, *table.foot)
    ]
    return [heads, *rows]


def test_themes_stand_from_often_to_seldom_and_equal_ones_as_declared(themed: Questionnaire) -> None:
    table = theme_table(make({"imago": 5, "zzp": 12, "tijd": 5, "geld": 20}), themed, "inzicht", source="Enquête")

    assert lines(table) == [
        "Thema | Aantal keer genoemd",
        "Meer geld | 20",
        "Zzp’ers | 12",
        "Beeld & werk | 5",
        "Meer tijd | 5",
        "Respondenten die antwoordden | 60",
    ]
    assert (table.id, table.caption) == ("tbl-inzicht", "Inzichten")
    assert table.lines() == (
        f"Basis: respondenten die meededen (n\u00a0=\u00a070), van wie 60 antwoord gaven. {NOTES[0]} {NOTES[1]}",
        "Bron: Enquête",
    )
    assert "Beeld &amp; werk" in table.html()


def test_themes_that_are_hidden_are_not_in_it_and_their_order_tells_nothing(themed: Questionnaire) -> None:
    table = theme_table(make({"imago": None, "zzp": 12, "tijd": None, "geld": 20}), themed, "inzicht")

    assert lines(table)[1:] == ["Meer geld | 20", "Zzp’ers | 12", "Respondenten die antwoordden | 60"]
    assert table.notes == NOTES
    # The data behind the table say that they are hidden, in the order of the codebook.
    assert table.data[["category", "printed", "reason"]].to_numpy().tolist() == [
        ["geld", "20", ""],
        ["zzp", "12", ""],
        ["imago", "x", "small_count"],
        ["tijd", "x", "small_count"],
    ]


def test_a_theme_that_protects_another_is_told(themed: Questionnaire) -> None:
    table = theme_table(make({"imago": 9, "zzp": 12, "tijd": 8, "geld": None}, "complementary"), themed, "inzicht")

    assert table.notes == (
        *NOTES,
        "Nog een thema is weggelaten, zodat niet te berekenen is hoe vaak de andere zijn genoemd.",
    )


def test_where_no_theme_may_be_shown_the_table_says_so(themed: Questionnaire) -> None:
    table = theme_table(make(dict.fromkeys(["imago", "zzp", "tijd", "geld"])), themed, "inzicht")

    assert lines(table)[1:] == ["Geen thema is vaak genoeg genoemd | x", "Respondenten die antwoordden | 60"]
    assert table.remarks()[-1] == "Verklaring van tekens: x = niet gepubliceerd (te weinig vermeldingen)."


def test_themes_stand_under_the_questions_that_lead_to_them(themed: Questionnaire) -> None:
    frame = make({"imago": 5, "zzp": 12, "tijd": None, "geld": None})
    table = distribution_table(frame, themed, "deelname", "inzicht", caption="Deelname en inzichten")

    assert lines(table) == [
        "Antwoord | Aantal | Percentage",
        "Deelname | Ja | 70 | 70%",
        "Deelname | Nee | 30 | 30%",
        "Deelname | Totaal | 100 | 100%",
        "Inzichten | Zzp’ers | 12 | ",
        "Inzichten | Beeld & werk | 5 | ",
        "Inzichten | Respondenten | 60 | ",
    ]
    assert table.base == (
        "Basis bij ‘Deelname’: alle respondenten (n\u00a0=\u00a0100); bij ‘Inzichten’: respondenten die meededen "
        "(n\u00a0=\u00a070), van wie 60 antwoord gaven."
    )
    assert table.notes == NOTES
    assert table.data["question"].tolist() == ["deelname"] * 2 + ["inzicht"] * 4


def test_an_open_question_by_itself_has_a_table_of_themes(themed: Questionnaire) -> None:
    frame = make({"imago": 5, "zzp": 12, "tijd": 5, "geld": 20})

    assert distribution_table(frame, themed, "inzicht").html() == theme_table(frame, themed, "inzicht").html()


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("wens", "question 'wens': has no themes, so there is nothing to count. Add 'themes' in the questionnaire, and "
         "code the answers."),
        ("inzicht", "estimates: question 'inzicht' has no count of theme 'tijd'. Code its answers, name the file under "
         "'coded' in meting.yaml, and estimate again."),
    ],
)  # fmt: skip
def test_what_was_not_coded_has_no_table(themed: Questionnaire, question: str, message: str) -> None:
    with pytest.raises(ReportError) as caught:
        theme_table(make({"imago": 5, "zzp": 12}), themed, question)
    assert str(caught.value) == message


def test_an_unknown_question_is_an_error(themed: Questionnaire) -> None:
    with pytest.raises(UnknownNameError) as caught:
        theme_table(make({}), themed, "inzichten")
    assert str(caught.value).startswith("questionnaire 'm-2021': no question 'inzichten'. Did you mean 'inzicht'?")


def test_weighted_percentages_have_no_numbers_beside_them_and_themes_have(themed: Questionnaire) -> None:
    frame = make({"imago": 5, "zzp": 12, "tijd": 5, "geld": 20})
    shares = (frame["measure"] == "share").to_numpy()
    frame.loc[shares, "numerator"] = pd.NA
    frame.loc[shares, "method"] = "wilson_weighted"
    table = distribution_table(frame, themed, "deelname", "inzicht", caption="Beide")

    assert lines(table)[1:5] == [
        "Deelname | Ja |  | 70%",
        "Deelname | Nee |  | 30%",
        "Deelname | Totaal | 100 | 100%",
        "Inzichten | Meer geld | 20 | ",
    ]
    assert theme_table(frame, themed, "inzicht").base == (
        "Basis: respondenten die meededen (n\u00a0=\u00a070), van wie 60 antwoord gaven."
    )


@pytest.mark.parametrize(
    ("answered", "asked", "said"),
    [
        (60, 70, ", van wie 60 antwoord gaven"),
        (70, 70, ", die allemaal antwoord gaven"),
        (1, 70, ", van wie één antwoord gaf"),
        (1, 1, ", van wie één antwoord gaf"),
        (0, 70, ", van wie niemand antwoord gaf"),
        (60, pd.NA, ", van wie 60 antwoord gaven"),
    ],
)
def test_who_answered_is_said_in_words_that_agree(answered: int, asked: object, said: str) -> None:
    assert _who_answered(answered, asked) == said
