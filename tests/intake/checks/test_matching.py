from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.errors import IntakeError
from srsmeting.intake import take_in
from srsmeting.population import Population, read_population
from srsmeting.questionnaire import Questionnaire

FULL = {"G01Q01": "A1", "G01Q02": "A2", "G01Q05": "7", "G01Q06": "10"}

ReadFrame = Callable[[str], Population]


@pytest.fixture
def frame(kort: Questionnaire, tmp_path: Path) -> ReadFrame:
    def read(text: str) -> Population:
        path = tmp_path / "frame.csv"
        path.write_text(text, encoding="utf-8")
        return read_population(path, kort)

    return read


def test_everyone_in_the_frame(kort: Questionnaire, write_export: Callable[..., Path], frame: ReadFrame) -> None:
    export = write_export([FULL, FULL | {"token": " tok2"}])
    intake = take_in(export, kort, frame("token,wgo\ntok1 ,noord\ntok2,noord\ntok3,zuid\n"))
    assert intake.report.findings.empty


def test_tokens_and_groups_that_differ_from_the_frame(
    kort: Questionnaire, write_export: Callable[..., Path], frame: ReadFrame
) -> None:
    rows = [
        FULL,  # tok1: noord in both
        FULL | {"G01Q01": "A2"},  # tok2: names zuid, listed as noord
        FULL | {"token": "vreemd"},
        FULL | {"token": ""},
        FULL | {"G01Q01": ""},  # tok5: names none, which is no difference
        FULL,  # tok6: of an unknown group in the frame
        FULL | {"submitdate": "", "token": "ook vreemd"},
    ]
    population = frame("token,wgo\ntok1,noord\ntok2,noord\ntok5,zuid\ntok6,\ntok8,noord\ntok9,zuid\n")
    intake = take_in(write_export(rows), kort, population)
    assert list(intake.report.findings.itertuples(index=False, name=None)) == [
        ("token_missing", "warning", "", 1, "1 respondent heeft geen token. Regel 5."),
        (
            *("token_not_in_frame", "warning", "", 1),
            "1 respondent heeft een token dat niet in het steekproefkader staat. Regel 4.",
        ),
        (
            *("frame_mismatch", "warning", "wgo", 1),
            "1 respondent noemt een andere wgo dan het steekproefkader. Het antwoord telt. Regel 3.",
        ),
        ("left_empty", "note", "wgo", 1, "1 respondent liet de vraag open."),
    ]
    assert intake.responses.answers["wgo"].tolist()[1] == "zuid"
    assert intake.report.has_findings


def test_a_group_that_the_frame_does_not_have(
    kort: Questionnaire, write_export: Callable[..., Path], frame: ReadFrame
) -> None:
    rows = [FULL, FULL | {"G01Q01": "A2"}, FULL | {"G01Q01": "A2"}, FULL | {"G01Q01": "A2", "submitdate": ""}]
    with pytest.raises(IntakeError) as caught:
        take_in(write_export(rows), kort, frame("token,wgo\ntok1,noord\n"))
    assert str(caught.value) == (
        "frame.csv: has no organisation of wgo 'zuid', which 2 respondents in 'export.csv' name. "
        "Add the organisations to the frame."
    )


def test_an_export_without_tokens(kort: Questionnaire, tmp_path: Path, frame: ReadFrame) -> None:
    path = tmp_path / "export.csv"
    columns = ["G01Q01", "G01Q02", "G01Q03[SQ001]", "G01Q03[other]", "G01Q03[SQ003]", "G01Q04[SQ001]", "G01Q04[SQ002]"]
    header = ["id", "submitdate", *columns, "G01Q05", "G01Q06", "G01Q07"]
    cells = ["1", "2022-03-14", "A1", "A2", "", "", "", "", "", "7", "10", ""]
    path.write_text("".join(";".join(f'"{cell}"' for cell in line) + "\n" for line in (header, cells)))
    intake = take_in(path, kort, frame("token,wgo\ntok1,noord\n"))
    assert list(intake.report.findings.itertuples(index=False, name=None)) == [
        (
            *("no_tokens", "note", "", 1),
            "De export heeft geen tokens: respondenten zijn niet met het steekproefkader vergeleken.",
        )
    ]


def test_more_responses_than_organisations_in_the_frame(
    kort: Questionnaire, write_export: Callable[..., Path], frame: ReadFrame
) -> None:
    path, one = write_export([FULL | {"token": "tok1"}, FULL, FULL]), frame("token,wgo\ntok1,noord\n")
    findings = take_in(path, kort, one).report.findings
    assert findings[findings["check"] == "more_than_frame"].to_numpy().tolist() == [
        [
            *("more_than_frame", "warning", "", 2),
            "3 responsen tellen, en het steekproefkader heeft 1 organisatie. Zo zijn er geen cijfers te maken.",
        ]
    ]
