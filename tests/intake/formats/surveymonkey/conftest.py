"""An invented survey in SurveyMonkey: four responses, written in every way in which SurveyMonkey exports them."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
import yaml

from srsmeting.intake import Intake
from srsmeting.questionnaire import Questionnaire, parse_questionnaire
from srsmeting.responses import ANSWERED, NO_ANSWER, NOT_ASKED

QUESTIONNAIRE = """\
meting: kort-2021
title: Korte nulmeting
pijlers: [{id: basis, label: Basis}]
questions:
  - id: wgo
    kind: single
    title: Regio
    text: "In welke regio werkt u vooral?"
    pijler: basis
    fase: algemeen
    categories:
      - {code: noord, export: "1", label: Noord}
      - {code: zuid, export: "2", label: Zuid}
      - {code: anders, export: other, label: Elders, kind: other}
  - id: bekend
    kind: single
    title: Bekendheid
    text: "Kent u het onderzoek?"
    pijler: basis
    fase: bereik
    categories:
      - {code: inhoud, export: "1", label: Bekend met de inhoud}
      - {code: niet, export: "2", label: Niet bekend}
  - id: effect
    kind: multiple
    title: Effecten
    text: "Wat is er veranderd?"
    pijler: basis
    fase: effect
    asked_if: bekend == inhoud
    categories:
      - {code: inzicht, export: "1", label: Meer inzicht}
      - {code: beleid, export: "2", label: "Ander beleid, of plannen"}
      - {code: anders, export: other, label: Iets anders, kind: other}
  - id: impact
    kind: statements
    title: Impact
    text: "Wat vindt u?"
    pijler: basis
    fase: impact
    asked_if: selected(effect, inzicht)
    categories:
      - {code: eens, export: "1", label: Eens}
      - {code: oneens, export: "2", label: Oneens}
    items:
      - {id: meer, export: "1", label: Er is meer}
      - {id: beter, export: "2", label: Het is beter}
  - {id: cijfer, kind: mark, title: Cijfer, text: "Welk cijfer?", pijler: basis, fase: algemeen, range: [1, 10]}
  - {id: idee, kind: open, title: Ideeën, text: "Wat kan beter?", pijler: basis, fase: algemeen}
"""

METADATA = [
    *("Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name"),
    *("Last Name", "Custom Data 1"),
]
KNOWN = ["114", "03/14/2022 10:00:00", "03/14/2022 10:09:00", "192.0.2.1", "x@example.org", "Zo", "Iemand", "k1"]

OTHER = "Other (please specify)"
#: Rows 1 and 2; what stands in row 1 of a second column of a question is nothing.
COLUMNS = [
    ("In welke regio werkt u vooral?", "Response"),
    ("", OTHER),
    ("Kent u het onderzoek?", "Response"),
    ("Wat is er veranderd?", "Meer inzicht"),
    ("", "Ander beleid, of plannen"),
    ("", OTHER),
    ("Wat vindt u?", "Er is meer"),
    ("", "Het is beter"),
    ("Welk cijfer?", "Response"),
    ("Wat kan beter?", "Open-Ended Response"),
]
TEXTS = [
    [
        "Noord",
        "",
        "Bekend met de inhoud",
        "Meer inzicht",
        "Ander beleid, of plannen",
        "",
        "Eens",
        "Oneens",
        "8",
        "Meer tijd",
    ],
    [OTHER, "Friesland", "Niet bekend", "", "", "", "", "", "7", ""],
    ["Zuid", "", "Bekend met de inhoud", "", "", "een krant", "", "", "", ""],
    ["Zuid", "", "Niet bekend", "", "", "", "", "", "5", ""],
]
NUMBERS = [
    ["1", "", "1", "1", "2", "", "1", "2", "8", "Meer tijd"],
    [OTHER, "Friesland", "2", "", "", "", "", "", "7", ""],
    ["2", "", "1", "", "", "een krant", "", "", "", ""],
    ["2", "", "2", "", "", "", "", "", "5", ""],
]
#: What stands in the place of the columns of the options in a condensed export.
TOGETHER = {"texts": ["Meer inzicht, Ander beleid, of plannen", "", "", ""], "numbers": ["1, 2", "", "", ""]}

Write = Callable[..., Path]


def rows_of(*, numbers: bool = False, condensed: bool = False, joined: bool = False) -> list[list[str]]:
    """Return the rows of an export; `joined` makes one header row of the two."""
    columns, answers = list(COLUMNS), [list(row) for row in (NUMBERS if numbers else TEXTS)]
    if numbers:
        answers[1][0] = "3"
    if condensed:
        columns[3:5] = [("Wat is er veranderd?", "Response")]
        for row, cell in zip(answers, TOGETHER["numbers" if numbers else "texts"], strict=True):
            row[3:5] = [cell]
    known = [[str(3292879990 + n), *KNOWN] for n in range(len(answers))]
    body = [[*first, *row] for first, row in zip(known, answers, strict=True)]
    if joined:
        question, heads = "", []
        for top, below in columns:
            question = top or question
            heads.append(question if below in ("Response", "Open-Ended Response") else f"{question} - {below}")
        return [[*METADATA, *heads], *body]
    return [
        [*METADATA, *(top for top, _ in columns)],
        [*("" for _ in METADATA), *(below for _, below in columns)],
        *body,
    ]


@pytest.fixture(scope="session")
def korte() -> Questionnaire:
    """Questionnaire of the survey: it has no codes of SurveyMonkey, only texts and, for numbers, places."""
    return parse_questionnaire(yaml.safe_load(QUESTIONNAIRE))


@pytest.fixture
def rows() -> Callable[..., list[list[str]]]:
    """Make the rows of an export, to change them before they are written."""
    return rows_of


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write an export; `rows` replaces what would be written."""

    def write_file(rows: Sequence[Sequence[str]] | None = None, **how: bool) -> Path:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows_of(**how) if rows is None else rows)
        path = tmp_path / "surveymonkey.csv"
        path.write_text(text.getvalue(), encoding="utf-8", newline="")
        return path

    return write_file


@pytest.fixture
def same() -> Callable[..., None]:
    """Check that an intake has the answers of the invented respondents; written out by hand."""

    def check(intake: Intake, besides: Mapping[str, list[object]] | None = None) -> None:
        given = intake.responses.answers.astype(object)
        given = given.where(given.notna(), None)
        assert {name: given[name].tolist() for name in given} == {
            "wgo": ["noord", "anders", "zuid", "zuid"],
            "bekend": ["inhoud", "niet", "inhoud", "niet"],
            "effect.inzicht": [True, False, False, False],
            "effect.beleid": [True, False, False, False],
            "effect.anders": [False, False, True, False],
            "impact.meer": ["eens", None, None, None],
            "impact.beter": ["oneens", None, None, None],
            "cijfer": ["8", "7", None, "5"],
            "idee": [True, False, False, False],
            **(besides or {}),
        }
        routed = [ANSWERED, NOT_ASKED, NOT_ASKED, NOT_ASKED]
        assert {name: column.tolist() for name, column in intake.responses.status.items()} == {
            "wgo": [ANSWERED] * 4,
            "bekend": [ANSWERED] * 4,
            "effect": [ANSWERED, NOT_ASKED, ANSWERED, NOT_ASKED],
            "impact.meer": routed,
            "impact.beter": routed,
            "cijfer": [ANSWERED, ANSWERED, NO_ANSWER, ANSWERED],
            "idee": [ANSWERED, NO_ANSWER, NO_ANSWER, NO_ANSWER],
        }
        assert (intake.report.rows_received, intake.report.rows_used, len(intake.quarantine)) == (4, 4, 0)

    return check
