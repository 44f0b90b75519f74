"""A last row that adds up the others: no respondent where that is certain, else a remark."""

from pathlib import Path

import pandas as pd
import pytest

from srsmeting.errors import IntakeError
from srsmeting.intake import take_in
from srsmeting.intake.checks.sums import SumRow, find_sum_row
from srsmeting.questionnaire import load_questionnaire

QUESTIONNAIRE = """\
meting: verkenning
title: Verkenning
pijlers: [{id: basis, label: Basis}]
questions:
  - {id: fte, kind: number, title: Fte, text: Hoeveel fte?, pijler: basis, fase: algemeen}
  - {id: leden, kind: number, title: Leden, text: Hoeveel leden?, pijler: basis, fase: algemeen}
  - {id: idee, kind: open, title: Idee, text: Wat kan beter?, pijler: basis, fase: algemeen}
"""
ANSWERS = ["12,5;3;tijd", "3;10;", "8;4;geld", "1;7;", "2,5;6;", "4;5;"]


def table(*rows: str) -> pd.DataFrame:
    return pd.DataFrame([row.split(";") for row in rows], columns=["fte", "leden", "idee"], dtype="str")


@pytest.mark.parametrize(
    ("last", "found"),
    [
        ("31;35;", SumRow(("fte", "leden"), True)),
        ("31,0;35;", SumRow(("fte", "leden"), True)),
        ("31;;", SumRow(("fte",), False)),
        ("31;35;alles", None),  # someone wrote something
        ("31;34;", None),
        (";;", None),
    ],
)
def test_every_number_in_the_row_must_be_a_sum(last: str, found: SumRow | None) -> None:
    assert find_sum_row(table(*ANSWERS, last)) == found


def test_few_rows_add_up_by_chance() -> None:
    assert find_sum_row(table("1;2;", "2;1;", "3;3;")) == SumRow(("fte", "leden"), False)
    assert find_sum_row(table("1;0;", "1;0;")) is None


def test_a_number_that_others_gave_too_is_no_sum() -> None:
    assert find_sum_row(table("1;;", "0;;", "1;;")) is None


def write(folder: Path, header: str, *rows: str) -> Path:
    (folder / "questionnaire.yaml").write_text(QUESTIONNAIRE, encoding="utf-8")
    path = folder / "tabel.csv"
    path.write_text("\n".join((header, *rows, "")), encoding="utf-8")
    return path


def test_a_row_that_adds_up_is_refused_in_a_table_without_ids(tmp_path: Path) -> None:
    path = write(tmp_path, "fte;leden;idee", *ANSWERS, "31;35;")

    with pytest.raises(IntakeError) as caught:
        take_in(path, load_questionnaire(tmp_path / "questionnaire.yaml"))

    assert str(caught.value) == (
        "tabel.csv:8: this row adds up those above it in columns 'fte', 'leden', and holds nothing else: it is no "
        "respondent. Set it aside: 'set_aside: [{respondent: \"8\", line: 8, reason: …, date: …}]' in "
        "corrections.yaml, named under 'corrections' in meting.yaml."
    )


def test_a_row_that_may_add_up_counts_and_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, "fte;leden;idee", *ANSWERS, "31;;")

    report = take_in(path, load_questionnaire(tmp_path / "questionnaire.yaml")).report

    assert report.rows_used == 7
    told = report.findings[report.findings["check"] == "row_of_sums"]
    assert told[["severity", "message"]].to_numpy().tolist() == [
        [
            "note",
            "De laatste rij (regel 8) is leeg, op de som van de rijen erboven in ‘fte’ na. Zij telt mee als respondent.",
        ]
    ]


def test_a_respondent_with_an_id_is_one(tmp_path: Path) -> None:
    rows = [f"r{number};{row}" for number, row in enumerate((*ANSWERS, "31;35;"))]
    path = write(tmp_path, "respondent;fte;leden;idee", *rows)

    assert take_in(path, load_questionnaire(tmp_path / "questionnaire.yaml")).report.rows_used == 7
