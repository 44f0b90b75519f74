"""What LimeSurvey showed against the routing of the questionnaire: routing decides, and a person is told."""

from pathlib import Path

import pytest

from srsmeting.intake import take_in
from srsmeting.questionnaire import Questionnaire
from srsmeting.questionnaire.structures import ToolStructure

IGNORED = ("dual", "getal", "geld", "rang", "datum", "kort", "eq")
HIDDEN = "N\t{question_not_shown}" + "\t{question_not_shown}" * 5


@pytest.fixture
def vv(folder: Path, tmp_path: Path) -> Path:
    path = tmp_path / "vvexport_v2.csv"
    path.write_bytes((folder / "vvexport_v2.csv").read_bytes())
    return path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert text.count(old) == 1
    path.write_bytes(text.replace(old, new).encode())


def told(path: Path, questionnaire: Questionnaire, structure: ToolStructure) -> list[tuple[object, ...]]:
    findings = take_in(path, questionnaire, ignore=IGNORED, structure=structure).report.findings
    others = ~findings["check"].isin(["left_empty", "personal_data"])
    return list(findings[others].itertuples(index=False, name=None))


def test_what_was_shown_although_routing_passed_it_by(
    vv: Path, survey: Questionnaire, structure: ToolStructure
) -> None:
    change(vv, HIDDEN, "N\t{question_not_shown}" + "\t" * 4 + "\t{question_not_shown}")
    message = "1 respondent kreeg de vraag te zien hoewel de routing haar oversloeg. De routing beslist. Regel 4."
    assert told(vv, survey, structure) == [("shown_not_asked", "warning", "vrtaken", 1, message)]


def test_what_was_not_shown_although_routing_asks_it(vv: Path, survey: Questionnaire, structure: ToolStructure) -> None:
    change(vv, HIDDEN, HIDDEN.replace("N", "Y"))
    rest = "kreeg de vraag niet te zien hoewel de routing haar stelt; zij telt als opengelaten. Regel 4."
    assert told(vv, survey, structure) == [
        ("asked_not_shown", "note", "vrtaken", 1, f"1 respondent {rest}"),
        ("asked_not_shown", "note", "werfmeth", 1, f"1 respondent {rest}"),
    ]


def test_numbers_tell_nothing(vv: Path, survey: Questionnaire, structure: ToolStructure) -> None:
    # Their field holds nothing when it is left empty too.
    assert "{question_not_shown}" in vv.read_bytes().decode().splitlines()[4]
    assert told(vv, survey, structure) == []
