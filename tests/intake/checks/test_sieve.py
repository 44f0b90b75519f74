"""Which texts may hold a trace of a person, against looking at each."""

import re

import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srsmeting.intake.checks.sieve import suspects
from srsmeting.intake.files.coded_text import CodedText, text_array

TRACE = re.compile("@|[1-9][0-9]{3} ?[A-Za-z]{2}|[0-9](?:[^0-9]{0,3}[0-9]){7}")
# Letters of one to four bytes.
TEXTS = st.lists(
    st.text(st.sampled_from("0012345 aZé€😀@-"), max_size=30) | st.just("1é2€3😀😀😀4 5-6.7,8"), max_size=12
)


@settings(derandomize=True, deadline=None, database=None)
@given(TEXTS, st.integers(0, 12))
def test_the_rows_are_those_in_which_one_may_stand(texts: list[str], cut: int) -> None:
    parts = [pa.array(part, type=pa.large_string()) for part in (["@", *texts[:cut]], texts[cut:])]
    column = pd.Series(text_array(pa.chunked_array([parts[0].slice(1), parts[1]])))
    wanted = [row for row, text in enumerate(texts) if TRACE.search(text)]
    assert suspects(column).tolist() == wanted
    assert suspects(pd.Series(CodedText(pa.array(texts, type=pa.large_string())))).tolist() == wanted


@pytest.mark.parametrize("texts", [["1234", "5678"], ["1234", "AB"], ["", "", "a"], ["x 1234", " AB"]])
def test_a_trace_stands_in_one_cell(texts: list[str]) -> None:
    assert suspects(pd.Series(texts, dtype="str")).tolist() == []


def test_rows_are_told_far_down_a_column() -> None:
    assert suspects(pd.Series([*["geen"] * 70_000, "a@b", "geen"], dtype="str")).tolist() == [70_000]
