"""The same answer to every statement of a battery."""

from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.intake import Intake, take_in
from srsmeting.questionnaire import load_questionnaire

QUESTIONNAIRE = """\
meting: rij-2026
title: Een rij stellingen
pijlers:
  - {id: basis, label: Basis}
questions:
  - id: oordeel
    export: Q1
    kind: statements
    title: Oordeel
    text: Wat vindt u?
    pijler: basis
    fase: impact
    categories:
      - {code: oneens, export: A1, label: Oneens}
      - {code: eens, export: A2, label: Eens}
      - {code: weet_niet, export: A3, label: Weet niet, kind: dont_know}
    items:
      - {id: a, export: S1, label: A}
      - {id: b, export: S2, label: B}
      - {id: c, export: S3, label: C}
      - {id: d, export: S4, label: D}
      - {id: e, export: S5, label: E}
      - {id: f, export: S6, label: F}
  - id: kort
    export: Q2
    kind: statements
    title: Kort
    text: En dit?
    pijler: basis
    fase: impact
    categories:
      - {code: oneens, export: A1, label: Oneens}
      - {code: eens, export: A2, label: Eens}
    items:
      - {id: a, export: S1, label: A}
      - {id: b, export: S2, label: B}
      - {id: c, export: S3, label: C}
      - {id: d, export: S4, label: D}
"""
LONG, SHORT = [f"Q1[S{n}]" for n in range(1, 7)], [f"Q2[S{n}]" for n in range(1, 5)]


@pytest.fixture
def taken(write_export: Callable[..., Path], tmp_path: Path) -> Callable[..., Intake]:
    (tmp_path / "rij.yaml").write_text(QUESTIONNAIRE, encoding="utf-8")
    questionnaire = load_questionnaire(tmp_path / "rij.yaml")

    def take(*answers: str) -> Intake:
        # One letter per statement of the long battery; the short one always gets four times the same.
        rows = [
            {heading: {"-": "", "1": "A1", "2": "A2", "?": "A3"}[sign] for heading, sign in zip(LONG, row, strict=True)}
            | dict.fromkeys(SHORT, "A1")
            for row in answers
        ]
        return take_in(write_export(rows, columns=[*LONG, *SHORT]), questionnaire)

    return take


def lines(intake: Intake) -> list[tuple[object, ...]]:
    found = intake.report.findings
    return list(found[found["check"] == "straight_lining"].itertuples(index=False, name=None))


def test_at_least_five_and_all_alike(taken: Callable[..., Intake]) -> None:
    intake = taken("111111", "222222", "11111-", "-22222", "1111--", "111112", "121212", "------", "??????")
    assert lines(intake) == [
        (
            *("straight_lining", "note", "oordeel", 5),
            "5 respondenten gaven bij alle beantwoorde stellingen hetzelfde antwoord. De antwoorden tellen mee. Regels 2, 3, 4, 5, 10.",
        )
    ]
    assert intake.responses.n == 9


def test_one_respondent(taken: Callable[..., Intake]) -> None:
    assert [finding[-1] for finding in lines(taken("111111", "211111"))] == [
        "1 respondent gaf bij alle beantwoorde stellingen hetzelfde antwoord. De antwoorden tellen mee. Regel 2."
    ]


def test_the_lowest_answer_is_told_from_an_empty_cell(taken: Callable[..., Intake]) -> None:
    assert lines(taken("1-1111")) != []
    assert lines(taken("2-1222", "1-2111")) == []
