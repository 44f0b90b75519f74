"""Text of which a few come back again and again, held as numbers: a column of answers to a closed question.

A cell as text takes eight bytes and the text itself; of an export of a million rows that is more than the file. Here a
cell takes one byte, and comparing, selecting and counting look at each different text once. To everyone else it is an
ordinary text column of pandas: whatever is not made faster here happens on the text, which is then written out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from srsmeting.intake.raw import TEXT

# What stands behind a text column of pandas; its stubs do not know all of it.
_Text: Any = pd.arrays.ArrowStringArray

Codes = npt.NDArray[np.signedinteger[Any]]

_FIRST_ROWS = 4096
#: Texts that are sooner looked for one by one than all together.
_FEW = 32


def text_array(texts: Any) -> Any:
    """Return texts, also those that pyarrow has, as an ordinary text column holds them."""
    if not isinstance(texts, pa.Array | pa.ChunkedArray):
        texts = pa.array(texts, type=pa.large_string())
    return _Text(texts, dtype=TEXT)


def different(column: pd.Series[str]) -> Any:
    """Return texts among which are all of a column: where few come back these alone, otherwise the cells as they are.

    Examples
    --------
    >>> column = pd.Series(CodedText.of(np.array([1, 0, 1], dtype=np.int8), ["", "A1"]))
    >>> different(column).to_pylist(), different(pd.Series(["A1", "A1"], dtype="str")).to_pylist()
    (['', 'A1'], ['A1', 'A1'])
    """
    array: Any = column.array
    if isinstance(array, CodedText):
        return pa.array(array._texts, type=pa.large_string())
    return array.__arrow_array__()


def filled(column: pd.Series[str], *, spaces: bool = True) -> npt.NDArray[np.bool_]:
    """Say which cells hold something; with `spaces` also where that is nothing but spaces and line breaks.

    Examples
    --------
    >>> filled(pd.Series(["", "A1", " "], dtype="str")).tolist()
    [False, True, True]
    >>> filled(pd.Series(["", "A1", " "], dtype="str"), spaces=False).tolist()
    [False, True, False]
    """
    array: Any = column.array
    if isinstance(array, CodedText):
        return np.asarray((array if spaces else array._str_strip(None)) != "")
    texts = array.__arrow_array__()
    found = np.asarray(pc.binary_length(texts)) > 0
    return found if spaces or not found.any() else found & ~np.asarray(pc.utf8_is_space(texts))


def numbered(column: pd.Series[str]) -> tuple[npt.NDArray[np.signedinteger[Any]], list[str]]:
    """Return cells as numbers of texts, and these; in whatever order, and each is in a cell.

    Examples
    --------
    >>> numbered(pd.Series(["A1", "", "A1"], dtype="str"))[0].tolist()
    [0, 1, 0]
    """
    array: Any = column.array
    if not isinstance(array, CodedText):
        numbers, texts = pd.factorize(column)
        return numbers, list(texts)
    for rows in (array._codes[:_FIRST_ROWS], array._codes):  # most come early
        there = np.bincount(rows, minlength=len(array._texts)) > 0
        if there.all():
            return array._codes, array._texts
    new = (np.cumsum(there) - 1).astype(array._codes.dtype)
    return new[array._codes], [text for text, is_there in zip(array._texts, there, strict=True) if is_there]


class CodedText(_Text):  # type: ignore[misc]
    """Text cells as numbers of texts.

    Parameters
    ----------
    values
        The cells as pyarrow has them, without missing ones.

    Examples
    --------
    >>> column = pd.Series(CodedText.of(np.array([1, 0, 1], dtype=np.int8), ["", "A1"]), name="Q1")
    >>> column.tolist(), (column == "A1").tolist(), column.dtype == TEXT
    (['A1', '', 'A1'], [True, False, True], True)
    """

    _codes: Codes
    _texts: list[str]

    def __init__(self, values: Any, *, dtype: Any = TEXT) -> None:
        self._dtype = dtype
        self._cache: dict[str, object] = {}
        self._pa_array = values

    @classmethod
    def of(cls, codes: Codes, texts: Sequence[str]) -> Self:
        """Return cells of which `codes` are the numbers of `texts`; some texts may be in no cell."""
        made = cls.__new__(cls)
        made._dtype, made._cache = TEXT, {}
        made._codes, made._texts = codes, list(texts)
        return made

    # What pandas works on. Made anew every time: keeping it would take the memory that this class is there to save.
    @property
    def _pa_array(self) -> Any:
        texts = pa.array(self._texts, type=pa.large_string())
        return pa.chunked_array([texts.take(pa.array(self._codes))], type=pa.large_string())

    @_pa_array.setter
    def _pa_array(self, values: Any) -> None:
        chunks = values.chunks if isinstance(values, pa.ChunkedArray) else [values]
        coded = pa.concat_arrays(chunks or [pa.array([], type=pa.large_string())]).dictionary_encode()
        self._texts = coded.dictionary.to_pylist()
        self._codes = coded.indices.to_numpy().astype(np.min_scalar_type(-max(len(self._texts), 1)))

    def _from_pyarrow_array(self, pa_array: Any) -> Any:
        return _Text(pa_array, dtype=TEXT)

    @classmethod
    def _from_sequence(cls, scalars: Any, *, dtype: Any = None, copy: bool = False) -> Any:
        return _Text._from_sequence(scalars, dtype=dtype or TEXT, copy=copy)

    @classmethod
    def _concat_same_type(cls, to_concat: Any) -> Any:
        return _Text._concat_same_type(to_concat)

    def _with(self, codes: Codes) -> Self:
        return type(self).of(codes, self._texts)

    def __len__(self) -> int:
        return len(self._codes)

    def __iter__(self) -> Iterator[str]:
        return map(self._texts.__getitem__, self._codes.tolist())

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).of, (self._codes, self._texts)

    @property
    def nbytes(self) -> int:
        """Memory of the cells."""
        return self._codes.nbytes

    @property
    def _hasna(self) -> bool:
        return False

    def isna(self) -> npt.NDArray[np.bool_]:
        """Nothing is missing: an empty cell is an empty text."""
        return np.zeros(len(self), dtype=np.bool_)

    def copy(self) -> Self:
        """Return the same cells; writing in one leaves the other as it is."""
        return self._with(self._codes)

    def view(self, dtype: Any = None) -> Any:
        """Return the same cells."""
        return self.copy() if dtype is None else super().view(dtype)

    def __getitem__(self, item: Any) -> Any:
        if isinstance(item, slice):
            return self._with(self._codes[item])
        item = pd.api.indexers.check_array_indexer(self, item)
        return self._with(self._codes[item]) if isinstance(item, np.ndarray) else self._texts[self._codes[item]]

    def __setitem__(self, key: Any, value: Any) -> None:
        if not isinstance(value, str) or self._readonly:
            super().__setitem__(key, value)
            return
        key = pd.api.indexers.check_array_indexer(self, key)
        if value not in self._texts:
            self._texts = [*self._texts, value]
        codes = self._codes.astype(np.min_scalar_type(-len(self._texts)))  # a copy: others may have these cells too
        codes[key] = self._texts.index(value)
        self._codes = codes

    def take(self, indices: Any, allow_fill: bool = False, fill_value: Any = None) -> Any:
        """Return the cells in these places."""
        places = np.asanyarray(indices)
        if allow_fill and (places < 0).any():
            return super().take(places, allow_fill=allow_fill, fill_value=fill_value)
        return self._with(self._codes.take(places))

    def to_numpy(self, dtype: Any = None, copy: bool = False, na_value: object = pd.api.extensions.no_default) -> Any:
        """Return the cells as numpy array."""
        if dtype is None or np.dtype(dtype) == np.object_:
            return np.array(self._texts, dtype=np.object_)[self._codes] if self._texts else np.empty(0, np.object_)
        return super().to_numpy(dtype, copy, na_value)

    def _cmp_method(self, other: Any, op: Any) -> Any:
        if isinstance(other, str):
            return self._spread([op(text, other) for text in self._texts])
        return super()._cmp_method(other, op)

    def isin(self, values: Any) -> npt.NDArray[np.bool_]:
        """Say which cells hold one of these texts."""
        wanted = {value for value in values if isinstance(value, str)}
        return self._spread([text in wanted for text in self._texts])

    def unique(self) -> Any:
        """Return the different texts that there are, in the order of the cells."""
        return text_array([self._texts[number] for number in self._in_order()])

    def factorize(self, use_na_sentinel: bool = True) -> tuple[npt.NDArray[np.intp], Any]:
        """Return cells as numbers, and the texts, in the order of the cells."""
        order = self._in_order()
        numbers = np.zeros(len(self._texts), dtype=np.intp)
        numbers[order] = np.arange(len(order))
        return numbers[self._codes], text_array([self._texts[number] for number in order])

    def _str_strip(self, to_strip: str | None = None) -> Self:
        if all(text == text.strip(to_strip) for text in self._texts):
            return self.copy()
        numbers: dict[str, int] = {}
        table = [numbers.setdefault(text.strip(to_strip), len(numbers)) for text in self._texts]
        codes = np.array(table, dtype=self._codes.dtype)[self._codes]
        return type(self).of(codes, list(numbers))

    def _per_text(self, name: str, *how: Any, **more: Any) -> Any:
        found = getattr(text_array(self._texts), name)(*how, **more)
        return np.asarray(found)[self._codes]

    def _str_len(self) -> Any:
        return self._per_text("_str_len")

    def _str_startswith(self, *how: Any, **more: Any) -> Any:
        return self._per_text("_str_startswith", *how, **more)

    def _str_contains(self, *how: Any, **more: Any) -> Any:
        return self._per_text("_str_contains", *how, **more)

    def _str_match(self, *how: Any, **more: Any) -> Any:
        return self._per_text("_str_match", *how, **more)

    def _str_fullmatch(self, *how: Any, **more: Any) -> Any:
        return self._per_text("_str_fullmatch", *how, **more)

    def _str_isdecimal(self) -> Any:
        return self._per_text("_str_isdecimal")

    def _spread(self, per_text: list[bool]) -> npt.NDArray[np.bool_]:
        if not any(per_text):
            return np.zeros(len(self), dtype=np.bool_)
        if sum(per_text) == 1:
            return np.asarray(self._codes == per_text.index(True))
        if sum(per_text) == len(per_text) - 1:
            return np.asarray(self._codes != per_text.index(False))
        return np.array(per_text, dtype=np.bool_)[self._codes]

    def _in_order(self) -> npt.NDArray[np.intp]:
        """Return the numbers of the texts that there are, by first cell."""
        first = np.full(len(self._texts), len(self))
        begin = self._codes[:_FIRST_ROWS]  # most come early
        first[begin[::-1]] = np.arange(len(begin))[::-1]
        if (first < len(self)).all():
            return np.argsort(first)
        there = np.flatnonzero(np.bincount(self._codes, minlength=len(self._texts)))
        late = there[first[there] == len(self)]
        if len(late) < _FEW:
            first[late] = [int((self._codes == number).argmax()) for number in late]
        else:
            first[self._codes[::-1]] = np.arange(len(self))[::-1]
        return there[np.argsort(first[there], kind="stable")]
