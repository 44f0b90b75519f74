"""Whether all texts differ, against counting them."""

import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srsmeting.intake.checks.fingerprints import surely_differ
from srsmeting.intake.files.coded_text import CodedText, text_array

TEXTS = st.lists(st.text(st.sampled_from("ab1é \0"), max_size=20), max_size=12)
NUMBERS = st.lists(st.text(st.sampled_from("012-+ "), max_size=3), max_size=5).map(sorted)


@settings(derandomize=True, deadline=None, database=None)
@given(TEXTS | NUMBERS, st.integers(0, 12))
def test_texts_that_differ_are_told_from_those_that_do_not(texts: list[str], cut: int) -> None:
    parts = [pa.array(part, type=pa.large_string()) for part in (["x", *texts[:cut]], texts[cut:])]
    column = pd.Series(text_array(pa.chunked_array([parts[0].slice(1), parts[1]])))
    assert surely_differ(column) == (len(set(texts)) == len(texts))


def test_texts_that_differ_in_one_byte_only_differ() -> None:
    texts = [f"{'a' * place}{sign}{'a' * (40 - place)}" for place in range(41) for sign in "bc"]
    assert surely_differ(pd.Series(texts, dtype="str"))


@pytest.mark.parametrize("texts", [["a" * 65, "b" * 65], ["a" * 65, "a" * 65]])
def test_long_texts_take_a_closer_look(texts: list[str]) -> None:
    assert not surely_differ(pd.Series(texts, dtype="str"))


def test_texts_that_come_back_take_a_closer_look() -> None:
    assert not surely_differ(pd.Series(CodedText(pa.array(["a", "b"], type=pa.large_string()))))
