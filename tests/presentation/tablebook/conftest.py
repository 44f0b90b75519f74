"""A small estimate frame by hand: two regions of which one is hidden, and a comparison of the branches."""

from __future__ import annotations

import pandas as pd
import pytest

from srsmeting.estimates import bind_estimates, estimate_frame
from srsmeting.presentation.tablebook import About, build_book
from srsmeting.presentation.tablebook.model import Book, Cell, Column, Sheet, Table
from srsmeting.questionnaire import Questionnaire

METING = "m-2021"
SHARE = {"meting": METING, "measure": "share"}
KNOWN = SHARE | {"question": "bekend", "category": ["inhoud", "gehoord", "onbekend", "bekend_totaal"]}

#: Texts that a program may take for something else.
HOSTILE = (
    "=1+1",
    "+31 6",
    "-2 is ook een getal",
    "@SUM(A1)",
    '=HYPERLINK("http://x";"y")',
    "http://voorbeeld.nl",
    "007",
    "<b>&amp;\"'</b>",
    "_x0041_",
    "een\ntwee",
    "\ttab  en  spaties ",
    "é–’😀",
)


@pytest.fixture(scope="session")
def tables() -> pd.DataFrame:
    everyone = estimate_frame(
        KNOWN
        | {"estimate": [0.57, 0.285, 0.145, 0.855], "ci_low": [0.5, 0.22, 0.1, 0.8], "ci_high": [0.63, 0.35, 0.2, 0.9]}
        | {"se": 0.03, "numerator": [114, 57, 29, 171], "denominator": 200, "method": "wilson"}
    )
    hidden = estimate_frame(KNOWN | {"by": "wgo", "group": "noord", "status": "Q", "reason": "small_base"})
    shown = estimate_frame(
        KNOWN
        | {"by": "wgo", "group": "zuid", "estimate": [0.6, 0.25, 0.15, 0.85], "numerator": [12, 5, 3, 17]}
        | {"denominator": 20, "status": "U", "reason": "indicative", "method": "wilson"}
    )
    branches = [
        estimate_frame(
            KNOWN
            | {"by": "branche_samengevoegd", "group": group, "estimate": values, "numerator": counts}
            | {"denominator": 100, "method": "wilson"}
        )
        for group, values, counts in (
            ("zorg", [0.7, 0.2, 0.1, 0.9], [70, 20, 10, 90]),
            ("jeugd", [0.44, 0.37, 0.19, 0.81], [44, 37, 19, 81]),
        )
    ]
    pair = {"meting": METING, "question": "bekend", "by": "branche_samengevoegd", "group": "zorg-jeugd"}
    compared = [
        estimate_frame(
            pair
            | {"category": ["inhoud", "gehoord", "onbekend", "bekend_totaal"], "measure": measure, "estimate": values}
            | {"method": "t_holm"}
        )
        for measure, values in (
            ("difference", [0.26, -0.17, -0.09, 0.09]),
            ("difference_p", [0.0002, 0.004, 0.07, 0.06]),
        )
    ]
    test = {"meting": METING, "question": "bekend", "by": "branche_samengevoegd"}
    tested = estimate_frame(
        test
        | {"measure": ["p_value", "effect_size"], "estimate": [0.0003, 0.27], "method": ["rao_scott", "cramers_v"]}
        | {"denominator": 200}
    )
    marks = estimate_frame(
        {"meting": METING, "question": "cijfer", "measure": "mean", "estimate": 7.25, "ci_low": 7.0, "ci_high": 7.5}
        | {"denominator": 50, "method": "t"}
    )
    withheld = estimate_frame(
        {"meting": METING, "question": "cijfer", "measure": "mean", "by": "wgo", "group": ["noord", "zuid"]}
        | {"status": "Q", "reason": "small_base"}
    )
    battery = estimate_frame(
        SHARE
        | {"question": "impact", "item": ["onderwijs", "zij"], "category": "eens", "estimate": [0.17, 0.3]}
        | {"numerator": [34, 57], "denominator": [200, 190], "method": "wilson"}
    )
    response = estimate_frame(
        {"meting": METING, "measure": "response_rate", "by": ["wgo", "wgo", ""], "group": ["noord", "zuid", ""]}
        | {"estimate": [0.4, 0.5, 0.45], "numerator": [40, 50, 90], "denominator": [100, 100, 200], "method": "count"}
    )
    return bind_estimates(everyone, hidden, shown, *branches, *compared, tested, marks, withheld, battery, response)


@pytest.fixture(scope="session")
def about() -> About:
    return About(
        title="Een verzonnen meting",
        source="Enquête X",
        notice="De antwoorden zijn verzonnen.",
        period="2021",
        version="srsmeting 1.2.3",
        rules=("Uitkomsten van groepen met minder dan 10 respondenten zijn niet gepubliceerd: teken x.",),
    )


@pytest.fixture(scope="session")
def book(tables: pd.DataFrame, questionnaire: Questionnaire, about: About) -> Book:
    return build_book(tables, questionnaire, about)


@pytest.fixture(scope="session")
def hostile() -> tuple[Book, tuple[str, ...]]:
    """Make a book whose headers, cells and lines are what a program may take for something else."""
    columns = tuple(Column(text.replace("\n", " "), 12, band=f"={n}") for n, text in enumerate(HOSTILE))
    rows = (tuple(Cell(text) for text in HOSTILE), tuple(Cell(text, "stub") for text in HOSTILE))
    lines = tuple(Cell(text, "line") for text in HOSTILE)
    sheet = Sheet("01 =1+1 & zo", "=titel", lines, Table("Tabel_1", "=d", columns, rows))
    return Book("=boek", "@onderwerp", "+beschrijving", (sheet,)), HOSTILE
