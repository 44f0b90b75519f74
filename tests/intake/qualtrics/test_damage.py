"""Files that were damaged in any way: a clean read that accounts for every row, or one error that says what is wrong."""

import csv
import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srsmeting.errors import IntakeError
from srsmeting.intake import read_export, take_in
from srsmeting.questionnaire import Questionnaire

MODELS = ["current", "2016", "legacy"]
#: Cells that stand for something in one place or another.
PIECES = ["", "1", "-99", "1,4", "True", "R_1x", '{"ImportId":"QID1"}', '"', "\x00", "é", "\ufeff", "Q1", "V1", "a\nb"]

Rows = Callable[..., list[list[str]]]


def outcome(raw: bytes, questionnaire: Questionnaire, records: int | None) -> None:
    """Take in bytes; `records` is how many there must be, where that is known."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "export.csv")
        path.write_bytes(raw)
        try:
            intake = take_in(path, questionnaire)
        except IntakeError:
            return
        export = read_export(path)
    flow = intake.report.flow.groupby("step")["rows"].sum()
    assert flow["received"] == flow["used"] + flow.get("set_aside", 0) == len(export)
    assert intake.responses.n == flow["used"]
    if records is not None:
        assert len(export) == records


@pytest.mark.parametrize("model", MODELS)
@settings(derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_bytes_changed_anywhere(model: str, rows: Rows, korte: Questionnaire, data: st.DataObject) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows(model))
    raw = bytearray(text.getvalue().encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, max(len(raw) - 1, 0)))
        change = data.draw(st.sampled_from(["flip", "cut", "drop", "double"]))
        if change == "cut":
            del raw[place:]
        elif change == "drop":
            del raw[place : place + data.draw(st.integers(1, 80))]
        elif change == "double":
            raw[place:place] = raw[place : place + data.draw(st.integers(1, 80))]
        elif raw:
            raw[place] = data.draw(st.integers(0, 255))
    outcome(bytes(raw), korte, None)


@pytest.mark.parametrize("model", MODELS)
@settings(derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_rows_columns_and_cells_changed(model: str, rows: Rows, korte: Questionnaire, data: st.DataObject) -> None:
    listed = rows(model)
    heads = 2 if model == "legacy" else 3
    for _ in range(data.draw(st.integers(1, 4))):
        row, column = data.draw(st.integers(0, len(listed) - 1)), data.draw(st.integers(0, len(listed[0]) - 1))
        other = data.draw(st.integers(0, len(listed) - 1))
        change = data.draw(st.sampled_from(["cell", "row", "double", "swap", "column", "columns"]))
        if change == "cell":
            listed[row][column] = data.draw(st.sampled_from(PIECES))
        elif change == "row" and len(listed) > 1:
            del listed[row]
        elif change == "double":
            listed.insert(row, list(listed[row]))
        elif change == "swap":
            listed[row], listed[other] = listed[other], listed[row]
        elif change == "column" and len(listed[0]) > 2:
            for cells in listed:
                del cells[column]
        elif change == "columns":
            for cells in listed:
                cells.insert(column, cells[column])
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(listed)
    outcome(text.getvalue().encode(), korte, len(listed) - heads)
