"""KoboToolbox: paths in headings, options with columns of their own, and words for who did not see a question."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srsmeting.errors import IntakeError
from srsmeting.intake import read_export, take_in
from srsmeting.intake.dialect import Dialect
from srsmeting.questionnaire import Questionnaire, load_questionnaire
from srsmeting.questionnaire.structures import ToolQuestion, ToolStructure

QUESTIONNAIRE = """\
meting: verkenning
title: Verkenning
pijlers: [{id: basis, label: Basis}]
questions:
  - id: vrijw
    kind: single
    title: Vrijwilligers
    text: Werkt u met vrijwilligers?
    pijler: basis
    fase: algemeen
    categories: [{code: ja, label: "Ja, soms"}, {code: nee, label: Nee}]
  - id: taken
    kind: multiple
    title: Taken
    text: Wat doen zij?
    pijler: basis
    fase: algemeen
    asked_if: vrijw == ja
    categories:
      - {code: bestuur, label: Bestuur}
      - {code: koken, label: Koken}
      - {code: anders, export: other, label: Anders, kind: other}
  - {id: aantal, kind: number, title: Aantal, text: Hoeveel?, pijler: basis, fase: algemeen}
"""
HEADER = (
    *("start", "end", "username", "achtergrond/vrijw", "werk/taken", "werk/taken/bestuur", "werk/taken/koken"),
    *("werk/taken/other", "werk/taken_other", "aantal", "_id", "_uuid", "_submission_time", "meta/rootUuid", "_index"),
)
ROWS = (
    ("2026-09-21 10:01:00+02:00", "", "jan", "ja", "bestuur other", "1", "0", "1", "tuin", "12.5", "7", "a", "2026-09-21T08:09:00", "u", "1"),
    ("", "", "", "nee", "", "", "", "", "", "", "8", "b", "2026-09-21T08:09:00", "u", "2"),
    ("", "", "", "ja", "koken", "0", "1", "0", "", "3", "9", "c", "2026-09-21T08:09:00", "u", "3"),
)  # fmt: skip
#: As the XLSForm has it.
FORM = ToolStructure(
    "XLSForm",
    "Verkenning",
    (ToolQuestion("taken", "Wat doen zij?", "multiple", parts=(("bestuur", "Bestuur"), ("koken", "Koken"))),),
)


@pytest.fixture
def verkenning(tmp_path: Path) -> Questionnaire:
    path = tmp_path / "questionnaire.yaml"
    path.write_text(QUESTIONNAIRE, encoding="utf-8")
    return load_questionnaire(path)


def _export(folder: Path, leave_out: tuple[str, ...] = (), labels: bool = False) -> Path:
    keep = [number for number, heading in enumerate(HEADER) if heading not in leave_out]
    lines = [[line[number] for number in keep] for line in (HEADER, *ROWS)]
    text = "".join(";".join(f'"{cell}"' for cell in line) + "\r\n" for line in lines)
    text = text.replace('"ja"', '"Ja, soms"').replace('"nee"', '"Nee"') if labels else text
    path = folder / "export.csv"
    path.write_text(text, encoding="utf-8")
    return path


DETAILS = ("werk/taken/bestuur", "werk/taken/koken", "werk/taken/other")


@pytest.mark.parametrize(
    ("leave_out", "labels", "structure"),
    [((), False, None), ((), True, None), (("werk/taken",), False, FORM), (DETAILS, False, None)],
    ids=["both", "labels", "details", "summary"],
)
def test_the_same_respondents_give_the_same_responses(
    tmp_path: Path, verkenning: Questionnaire, leave_out: tuple[str, ...], labels: bool, structure: ToolStructure | None
) -> None:
    intake = take_in(_export(tmp_path, leave_out, labels), verkenning, structure=structure)

    assert intake.report.format == "KoboToolbox"
    assert intake.responses.codes("vrijw").tolist() == [0, 1, 0]
    assert intake.responses.ticked("taken").tolist() == [[True, False, True], [False] * 3, [False, True, False]]
    assert intake.responses.status["taken"].tolist() == [0, 2, 0]
    assert intake.responses.answers["aantal"].fillna(-1).tolist() == [12.5, -1.0, 3.0]
    assert intake.report.rows_received == intake.report.rows_used == 3


def test_the_text_at_other_can_stand_as_an_option_of_its_question(tmp_path: Path, verkenning: Questionnaire) -> None:
    path = _export(tmp_path)
    path.write_text(
        path.read_text(encoding="utf-8").replace("werk/taken_other", "werk/taken/other_other"), encoding="utf-8"
    )

    assert "taken[othercomment]" in read_export(path).cells
    assert take_in(path, verkenning).responses.ticked("taken").tolist() == [
        *([True, False, True], [False] * 3, [False, True, False])
    ]


def test_t41_all_blank_is_not_answered_and_0_is_not_ticked(tmp_path: Path) -> None:
    raw = read_export(_export(tmp_path))
    assert raw.cells[["taken[bestuur]", "taken[koken]"]].to_numpy().tolist() == [["1", "0"], ["", ""], ["0", "1"]]
    assert isinstance(raw.dialect, Dialect)
    assert "0" in raw.dialect.unticked


def test_t53_zones_differ_within_one_file(tmp_path: Path) -> None:
    cells = read_export(_export(tmp_path)).cells
    assert (cells["start"][0], cells["_submission_time"][0]) == ("2026-09-21 10:01:00+02:00", "2026-09-21T08:09:00")


def test_what_is_of_a_person_or_of_the_tool_is_no_answer(tmp_path: Path) -> None:
    raw = read_export(_export(tmp_path))
    assert raw.id_column == "_id"
    assert raw.metadata["username"] == "naam of e-mailadres"
    assert set(raw.metadata) == {
        *("(rij)", "start", "end", "username", "_id", "_uuid", "_submission_time", "meta/rootUuid", "_index")
    }


def test_options_without_their_question_need_the_form(tmp_path: Path, verkenning: Questionnaire) -> None:
    with pytest.raises(IntakeError, match=r"question 'taken' has no column"):
        take_in(_export(tmp_path, ("werk/taken",)), verkenning)


@settings(derandomize=True, max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_accounted_for_or_refused_with_one_error(
    tmp_path: Path,
    verkenning: Questionnaire,
    damage: Callable[..., bytes],
    accounted: Callable[..., None],
    data: st.DataObject,
) -> None:
    accounted(damage(data, _export(tmp_path).read_bytes()), verkenning)
