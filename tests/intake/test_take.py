import csv
import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srsmeting.errors import IntakeError
from srsmeting.intake import Intake, take, take_in
from srsmeting.questionnaire import Questionnaire, load_questionnaire
from srsmeting.responses import ANSWERED, NO_ANSWER, NOT_ASKED, Responses

GOLD = ["rc_code_short.csv", "ui_code_short.csv", "ui_emcode_short_mask_comma.csv"]
#: Questions of the gold set that are of no kind of ours.
NOT_OURS = ("punt5", "jno", "toe", "dual", "getal", "geld", "rang", "lijstc", "datum", "kort", "eq")


@pytest.mark.parametrize("name", GOLD)
def test_the_gold_set_along_every_path(data: Path, gold: Questionnaire, name: str) -> None:
    """tok1 answered, tok2 was routed past, tok3 was shown the questions and left them empty, tok4 only opened it."""
    intake = take_in(data / name, gold, ignore=NOT_OURS)
    responses = intake.responses
    assert responses.n == 3
    assert responses.answers["sector"].cat.codes.tolist() == [0, 3, -1]
    assert responses.answers["fte"].fillna(-1.0).tolist() == [12.5, 3.0, -1.0]
    assert responses.ticked("taken").tolist() == [
        [True, False, True, True],  # T44: 'Koken' written at other is a tick
        [False, False, False, False],
        [False, False, False, False],
    ]
    assert responses.answers["mening.geld"].cat.codes.tolist() == [3, -1, -1]  # T37: 88 is a category of its own
    assert responses.answers["orgnaam"].tolist() == [True, True, True]  # T57: a formula is a text like any other
    routed = ["aantal", "taken", "werven"]
    assert responses.status[routed].to_numpy().tolist() == [
        [ANSWERED] * 3,
        [NOT_ASKED] * 3,  # T29, T31: empty cells all, told apart by routing
        [NO_ANSWER] * 3,
    ]
    assert responses.status[["knelpunten", "mening.tevreden", "keuze"]].to_numpy().tolist() == [
        [ANSWERED] * 3,
        [NO_ANSWER] * 3,
        [NO_ANSWER] * 3,
    ]
    assert intake.quarantine.to_numpy().tolist() == [[6, "", "", "", "", "incomplete"]]
    assert not intake.report.has_findings


def test_texts_that_are_no_answer_of_the_questionnaire_are_told(data: Path, gold: Questionnaire) -> None:
    with pytest.raises(IntakeError) as caught:
        take_in(data / "rc_code_long.csv", gold, ignore=NOT_OURS)
    assert str(caught.value).split("\n")[0] == (
        "rc_code_long.csv:2: column 'sector': 'Zorg & welzijn' is no answer of question 'sector'. "
        "Known: 'Zorg', 'Cultuur', 'Sport', 'Anders'."
    )


def test_all_faults_of_a_file_come_together(kort: Questionnaire, write_export: Callable[..., Path]) -> None:
    rows = [{"G01Q02": "B1"}, {"id": "1", "submitdate": "gisteren"}]
    path = write_export(rows, columns=["G01Q1", *HEADER[4:]])
    with pytest.raises(IntakeError) as caught:
        take_in(path, kort)
    assert caught.value.frame()[["line", "column", "rule"]].to_numpy().tolist() == [
        [3, "submitdate", "not_a_moment"],
        [1, "G01Q01", "missing_column"],
        [1, "G01Q1", "unknown_column"],
        [3, "id", "double_id"],
        [2, "G01Q02", "unknown_code"],
    ]


def test_what_comes_out_has_the_promised_types(kort: Questionnaire, write_export: Callable[..., Path]) -> None:
    intake = take_in(write_export([{"G01Q01": "A1"}, {"submitdate": ""}, {"G01Q02": "A1"}]), kort)
    answers, status = intake.responses.answers, intake.responses.status
    assert answers.columns.tolist() == [
        *("wgo", "bekend", "effect.inzicht", "effect.anders", "effect.geen", "impact.meer", "impact.beter"),
        *("cijfer", "fte", "idee"),
    ]
    assert status.columns.tolist() == [
        "wgo",
        "bekend",
        "effect",
        "impact.meer",
        "impact.beter",
        "cijfer",
        "fte",
        "idee",
    ]
    assert set(status.dtypes) == {pd.Series([0], dtype="int8").dtype}
    assert [str(dtype) for dtype in answers.dtypes] == [
        *("category", "category", "bool", "bool", "bool", "category", "category", "category", "float64", "bool")
    ]
    assert answers.index.equals(pd.RangeIndex(2))
    assert status.index.equals(pd.RangeIndex(2))
    assert intake.quarantine.dtypes.astype(str).tolist() == ["Int64", "str", "str", "str", "str", "str"]


def test_the_work_on_many_responses_is_told(
    kort: Questionnaire, write_export: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, told = write_export([{}, {}]), list[str]()
    take_in(path, kort, progress=told.append)
    assert told == []
    monkeypatch.setattr(take, "_MANY", 1)
    take_in(path, kort, progress=told.append)
    assert told == ["checking 2 responses"]


def test_the_export_is_only_read(kort: Questionnaire, write_export: Callable[..., Path]) -> None:
    path = write_export([{"G01Q01": "A1"}])
    before = (path.read_bytes(), path.stat().st_mtime_ns, sorted(path.parent.iterdir()))
    path.chmod(0o400)
    take_in(path, kort)
    assert (path.read_bytes(), path.stat().st_mtime_ns, sorted(path.parent.iterdir())) == before


KORT = load_questionnaire(Path(__file__).parent / "data" / "kort.yaml")
HEADER = [
    *("id", "submitdate", "G01Q01", "G01Q01[other]", "G01Q02", "G01Q03[SQ001]", "G01Q03[other]", "G01Q03[SQ003]"),
    *("G01Q04[SQ001]", "G01Q04[SQ002]", "G01Q05", "G01Q06", "G01Q07"),
]
TEXT = st.sampled_from(["", " ", "Koken", 'a";"b', "een\ntwee", "=1+1"])
ROW = st.tuples(
    st.sampled_from(["", "2022-03-14 10:00:00"]),
    st.sampled_from(["", "A1", "A2", "-oth-"]),
    TEXT,
    st.sampled_from(["", "A1", "A2", "A3"]),
    st.sampled_from(["", "Y"]),
    TEXT,
    st.sampled_from(["", "Y"]),
    st.sampled_from(["", "A1", "A2"]),
    st.sampled_from(["", "A1", "A2"]),
    st.sampled_from(["", "1", "10"]),
    st.sampled_from(["", "NAN", "0", "12.5"]),
    TEXT,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=12))
def test_every_row_and_every_cell_is_accounted_for(rows: list[tuple[str, ...]]) -> None:
    used = [row for row in rows if row[0]]
    if not used:
        with pytest.raises(IntakeError, match="no response counts"):
            _taken(rows)
        return
    intake = _taken(rows)
    report = intake.report
    assert report.rows_received == len(rows)
    assert report.rows_used == intake.responses.n == len(used)
    assert report.flow.loc[report.flow["step"] == "set_aside", "rows"].sum() == len(rows) - len(used)
    assert (intake.quarantine["reason"] == "incomplete").sum() == len(rows) - len(used)
    asked = report.questions["asked"]
    assert (asked + report.questions["not_asked"] == len(used)).all()
    assert (report.questions["answered"] + report.questions["empty"] == asked).all()
    assert (report.questions["dont_know"] <= report.questions["answered"]).all()
    # Every cell with an answer in a row that counts is in the responses or in the quarantine, and in one of them.
    written = sum(bool(cell.strip()) and cell != "NAN" for row in used for cell in row[1:])
    assert written == _kept(intake.responses, used) + (intake.quarantine["reason"] != "incomplete").sum()


def _taken(rows: list[tuple[str, ...]]) -> Intake:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL).writerows(
        [HEADER, *([str(number), *row] for number, row in enumerate(rows, start=1))]
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "export.csv")
        path.write_bytes(file.getvalue().encode())
        return take_in(path, KORT)


def _kept(responses: Responses, used: list[tuple[str, ...]]) -> int:
    answers = responses.answers
    closed = answers.select_dtypes(["category", "float64"]).notna().to_numpy().sum()
    ticks = answers.select_dtypes("bool").to_numpy().sum()
    texts = sum(bool(row[2].strip()) and row[1] == "-oth-" for row in used)  # kept as the choice they go with
    return int(closed + ticks + texts)
