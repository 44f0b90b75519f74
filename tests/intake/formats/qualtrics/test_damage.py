"""Files that were damaged in any way: a clean read that accounts for every row, or one error that says what is wrong."""

import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srsmeting.questionnaire import Questionnaire

MODELS = ["current", "2016", "legacy"]
#: Cells that stand for something in one place or another.
PIECES = ["", "1", "-99", "1,4", "True", "R_1x", '{"ImportId":"QID1"}', '"', "\x00", "é", "\ufeff", "Q1", "V1", "a\nb"]

Rows = Callable[..., list[list[str]]]
Check = Callable[..., None]


def text(rows: list[list[str]]) -> bytes:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue().encode()


@pytest.mark.parametrize("model", MODELS)
@settings(derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_bytes_changed_anywhere(
    model: str, rows: Rows, korte: Questionnaire, damage: Callable[..., bytes], accounted: Check, data: st.DataObject
) -> None:
    accounted(damage(data, text(rows(model))), korte)


@pytest.mark.parametrize("model", MODELS)
@settings(derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_rows_columns_and_cells_changed(
    model: str, rows: Rows, korte: Questionnaire, rearrange: Check, accounted: Check, data: st.DataObject
) -> None:
    listed = rows(model)
    rearrange(data, listed, PIECES)
    accounted(text(listed), korte, records=len(listed) - (2 if model == "legacy" else 3))
