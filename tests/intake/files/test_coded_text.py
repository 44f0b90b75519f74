"""Every operation on coded text gives what it gives on ordinary text."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pytest

from srsmeting.intake.files.coded_text import CodedText, different, filled, numbered
from srsmeting.intake.raw import TEXT

CODES = np.array([3, 1, 1, 0, 2, 3, 5, 1], dtype=np.int8)
TEXTS = ["", "A1", " A1", "geïnteresseerd", "nergens", "A1 "]


@pytest.fixture
def coded() -> "pd.Series[str]":
    return pd.Series(CodedText.of(CODES, TEXTS), name="Q1")


@pytest.fixture
def ordinary() -> "pd.Series[str]":
    return pd.Series(pd.array([TEXTS[code] for code in CODES], dtype=TEXT), name="Q1")


OPERATIONS: dict[str, Callable[["pd.Series[str]"], Any]] = {
    "equal": lambda cells: cells == "A1",
    "equal to what is nowhere": lambda cells: cells == "B7",
    "unequal": lambda cells: cells != "",
    "compared with a column": lambda cells: cells == cells[::-1].reset_index(drop=True),
    "isin": lambda cells: cells.isin(["A1", "", "B7"]),
    "unique": lambda cells: pd.Series(cells.unique()),
    "factorize": lambda cells: pd.Series([*pd.factorize(cells)[0], *pd.factorize(cells)[1]], dtype="object"),
    "stripped": lambda cells: cells.str.strip(),
    "unique of stripped": lambda cells: pd.Series(cells.str.strip().unique()),
    "factorize stripped": lambda cells: pd.Series(pd.factorize(cells.str.strip())[0]),
    "startswith": lambda cells: cells.str.startswith("A"),
    "contains": lambda cells: cells.str.contains("[a-z]"),
    "match": lambda cells: cells.str.match(" ?A"),
    "isdecimal": lambda cells: cells.str.slice(1).str.isdecimal(),
    "isdecimal of codes": lambda cells: cells.str.isdecimal(),
    "length": lambda cells: cells.str.len(),
    "slice of text": lambda cells: cells.str.slice(1),
    "fullmatch": lambda cells: cells.str.fullmatch("A1"),
    "mask": lambda cells: cells.mask(cells == "A1", "B7"),
    "mask with one that there is": lambda cells: cells.mask(cells == "", "A1"),
    "where with a column": lambda cells: cells.where(cells == "A1", cells.str.slice(1)),
    "map": lambda cells: cells.map({"A1": True}).eq(True),
    "selected": lambda cells: cells[cells != "A1"],
    "unique of selected": lambda cells: pd.Series(cells[cells != "A1"].unique()),
    "sliced": lambda cells: cells.iloc[2:].reset_index(drop=True),
    "nothing": lambda cells: cells.iloc[:0],
    "no row": lambda cells: cells[cells == "B7"],
    "taken": lambda cells: cells.iloc[[5, 1]],
    "reindexed": lambda cells: cells.reindex([1, 7, 9]),
    "duplicated": lambda cells: cells.duplicated(),
    "drop_duplicates": lambda cells: cells.drop_duplicates(),
    "value_counts": lambda cells: cells.value_counts(),
    "sorted": lambda cells: cells.sort_values(kind="stable"),
    "added": lambda cells: cells + "x",
    "replaced": lambda cells: cells.replace("A1", "B7"),
    "filled": lambda cells: cells.fillna("x"),
    "missing": lambda cells: cells.isna(),
    "concatenated": lambda cells: pd.concat([cells, pd.Series(["x"], dtype=TEXT)], ignore_index=True),
    "concatenated with itself": lambda cells: pd.concat([cells, cells], ignore_index=True),
    "copied": lambda cells: cells.copy(),
    "copied deeply": copy.deepcopy,
    "pickled": lambda cells: pickle.loads(pickle.dumps(cells)),  # noqa: S301 - our own
    "as numpy": lambda cells: pd.Series(cells.to_numpy(), dtype="object"),
    "as list": lambda cells: pd.Series(cells.tolist(), dtype="object"),
    "as type": lambda cells: cells.astype("str"),
    "in a frame": lambda cells: pd.DataFrame({1: cells, 2: cells}).iloc[3:].set_axis(["a", "b"], axis="columns"),
    "row of a frame": lambda cells: pd.DataFrame({1: cells, 2: cells}).iloc[0],
    "grouped": lambda cells: cells.groupby(cells).size(),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_gives_what_it_gives_on_ordinary_text(
    coded: "pd.Series[str]", ordinary: "pd.Series[str]", name: str
) -> None:
    found, wanted = OPERATIONS[name](coded), OPERATIONS[name](ordinary)
    if isinstance(wanted, pd.DataFrame):
        pd.testing.assert_frame_equal(found, wanted)
    else:
        pd.testing.assert_series_equal(found, wanted)
    pd.testing.assert_series_equal(coded, ordinary)


def test_writing_in_a_column_leaves_its_copies_as_they_are(coded: "pd.Series[str]", ordinary: "pd.Series[str]") -> None:
    changed = coded.copy()
    changed.iloc[0] = "nieuw"
    changed.iloc[2:4] = "A1"
    changed.iloc[[5, 6]] = pd.Series(["x", "y"])
    assert changed.tolist() == ["nieuw", "A1", "A1", "A1", " A1", "x", "y", "A1"]
    pd.testing.assert_series_equal(coded, ordinary)


def test_a_cell_takes_one_byte_and_two_where_there_are_more_texts(coded: "pd.Series[str]") -> None:
    assert coded.array.nbytes == len(CODES)
    many = pd.Series(CodedText.of(np.arange(128, dtype=np.int8), [str(number) for number in range(128)]))
    many.iloc[0] = "new"
    assert many.tolist() == ["new", *(str(number) for number in range(1, 128))]
    assert many.array.nbytes == 256


def test_only_text_can_be_written() -> None:
    cells = pd.Series(CodedText.of(CODES, TEXTS))
    with pytest.raises(TypeError, match="Invalid value"):
        cells.iloc[0] = 1  # type: ignore[call-overload]


@pytest.mark.parametrize("texts", [5, 100])
def test_texts_come_in_the_order_of_their_first_cell_also_the_late_ones(texts: int) -> None:
    codes = np.concatenate([np.zeros(5000, dtype=np.int8), np.arange(texts, dtype=np.int8)[::-1], [0, 1]])
    cells = pd.Series(CodedText.of(codes.astype(np.int8), [str(number) for number in range(texts)]))
    assert list(cells.unique()) == ["0", *(str(number) for number in range(texts - 1, 0, -1))]
    numbers, found = pd.factorize(cells)
    assert [found[int(number)] for number in numbers] == cells.tolist()


@pytest.mark.parametrize("coded", [True, False])
def test_what_is_filled_is_what_is_left_of_a_text_without_its_spaces(coded: bool) -> None:
    texts = ["", " ", "\n\t", "\u00a0", "\u200b", " a ", "A1", ""]
    column = pd.Series(CodedText(pa.array(texts, type=pa.large_string())) if coded else texts, dtype=TEXT)
    assert filled(column).tolist() == [text != "" for text in texts]
    assert filled(column, spaces=False).tolist() == [text.strip() != "" for text in texts]
    assert filled(column.iloc[:0], spaces=False).tolist() == []


@pytest.mark.parametrize("coded", [True, False])
def test_numbers_of_texts_are_of_those_that_are_in_a_cell(coded: bool) -> None:
    texts = ["A1", "", "A2", "A1"]
    column = pd.Series(CodedText(pa.array(texts, type=pa.large_string())) if coded else texts, dtype=TEXT).iloc[1:]
    numbers, known = numbered(column)
    assert [known[number] for number in numbers] == texts[1:]
    assert sorted(known) == ["", "A1", "A2"]
    assert sorted(numbered(column.iloc[:2])[1]) == ["", "A2"]
    assert set(different(column.iloc[:2]).to_pylist()) >= {"", "A2"}
