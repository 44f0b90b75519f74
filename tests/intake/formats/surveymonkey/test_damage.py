"""Files that were damaged in any way: a clean read that accounts for every row, or one error that says what is wrong."""

import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srsmeting.questionnaire import Questionnaire

WAYS: list[dict[str, bool]] = [{}, {"condensed": True}, {"joined": True}, {"numbers": True}]
#: Cells that stand for something in one place or another.
PIECES = [
    "",
    "1",
    "Response",
    "Open-Ended Response",
    "✓",
    "→",
    "Respondent ID",
    "Noord",
    '"',
    "\x00",
    "é",
    "\ufeff",
    "a\nb",
]

Rows = Callable[..., list[list[str]]]
Check = Callable[..., None]


def text(rows: list[list[str]]) -> bytes:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue().encode()


@pytest.mark.parametrize("how", WAYS)
@settings(derandomize=True, deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_bytes_changed_anywhere(
    how: dict[str, bool],
    rows: Rows,
    korte: Questionnaire,
    damage: Callable[..., bytes],
    accounted: Check,
    data: st.DataObject,
) -> None:
    accounted(damage(data, text(rows(**how))), korte)


@pytest.mark.parametrize("how", WAYS)
@settings(derandomize=True, deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_rows_columns_and_cells_changed(
    how: dict[str, bool], rows: Rows, korte: Questionnaire, rearrange: Check, accounted: Check, data: st.DataObject
) -> None:
    listed = rows(**how)
    rearrange(data, listed, PIECES)
    accounted(text(listed), korte, records=len(listed) - (1 if how.get("joined") else 2))
