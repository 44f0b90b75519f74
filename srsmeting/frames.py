"""Frames on disk: CSV or Parquet by the suffix, whole or not at all, and safe to open in a spreadsheet program.

A spreadsheet program takes a text that begins with ``=``, and some that begin otherwise, for a formula and runs it; a
respondent can write one. In CSV such a text gets an apostrophe in front, which reading takes off again.
"""

from __future__ import annotations

import csv
import os
import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, Literal, TextIO

import pandas as pd

from srsmeting.errors import EstimateError

# What begins a formula, also after blanks and in the full width of East Asian keyboards. Apostrophes in front belong to
# it, so that taking one off always gives back what was there.
_FORMULA: Final = re.compile("'*(?:[\t\r\n]|\\s*[=+@\\-＝＋－＠])")


def guard(text: str) -> str:
    """Return a text as it may stand in a CSV file: with an apostrophe in front where it would run as a formula.

    Examples
    --------
    >>> guard("=1+1"), guard("'=1+1"), guard("-2 is ook een getal"), guard("5-2")
    ("'=1+1", "''=1+1", "'-2 is ook een getal", '5-2')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """Return the text that :func:`guard` was given.

    Examples
    --------
    >>> unguard("'=1+1"), unguard("''=1+1"), unguard("'s Hertogenbosch"), unguard("=1+1")
    ('=1+1', "'=1+1", "'s Hertogenbosch", '=1+1')
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def write_frame(frame: pd.DataFrame, target: str | os.PathLike[str]) -> None:
    """Write a frame to CSV or Parquet by its suffix, or as CSV to standard output for ``-``.

    The file appears whole or not at all. In CSV no text can run as a formula; :func:`read_frame` reads it back.

    Raises
    ------
    EstimateError
        For a suffix that is neither, a folder that does not exist, or a file that cannot be written.
    """
    check_target(target)
    if str(target) == "-":
        _to_csv(frame, sys.stdout)
        return
    try:
        _write_whole(frame, Path(target))
    except OSError as problem:
        raise EstimateError(f"{target}: cannot be written: {problem.strerror}.") from None


def write_content(content: bytes, target: str | os.PathLike[str]) -> None:
    """Write the content of a file; the file appears whole or not at all.

    Raises
    ------
    EstimateError
        For a file that cannot be written.
    """
    path = Path(target)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=path.suffix)
        draft = Path(name)
        try:
            with open(handle, "wb") as file:  # noqa: PTH123 - it is open already
                file.write(content)
            draft.chmod(0o644)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as problem:
        raise EstimateError(f"{target}: cannot be written: {problem.strerror}.") from None


def check_target(target: str | os.PathLike[str]) -> None:
    """Refuse early what :func:`write_frame` would refuse in the end.

    Raises
    ------
    EstimateError
        For a suffix that is neither, or a folder that does not exist.
    """
    path = Path(target)
    if str(target) == "-":
        return
    if path.suffix not in (".csv", ".parquet"):
        raise EstimateError(
            f"{path}: cannot tell the format from the suffix {path.suffix!r}. Known: '.csv', '.parquet'."
        )
    if not path.parent.is_dir():
        raise EstimateError(
            f"{path}: the folder {str(path.parent)!r} does not exist. Make it first, or write elsewhere."
        )


def read_frame(path: str | os.PathLike[str], dtypes: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Read a frame that :func:`write_frame` wrote.

    Parameters
    ----------
    path
        CSV or Parquet.
    dtypes
        Of the columns of a CSV file that are no text, such as ``{"line": "Int64"}``; an empty cell is missing there.

    Raises
    ------
    EstimateError
        When the file is not there, or is no such table.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_frame(pd.DataFrame({"line": [3], "value": ["=1+1"]}), Path(folder, "f.csv"))
    ...     stored = Path(folder, "f.csv").read_text(encoding="utf-8")
    ...     frame = read_frame(Path(folder, "f.csv"), {"line": "Int64"})
    >>> stored.split(), frame["value"].tolist()
    (['line,value', "3,'=1+1"], ['=1+1'])
    """
    source = Path(path)
    if not source.is_file():
        raise EstimateError(f"{source}: there is no such file.")
    typed = dict(dtypes or {})
    try:
        if source.suffix == ".parquet":
            return pd.read_parquet(source)
        names = list(pd.read_csv(source, nrows=0, dtype="str").columns)
        frame = pd.read_csv(
            source,
            dtype=dict[Any, Any]({name: typed.get(name, "str") for name in names}),
            keep_default_na=False,
            na_values={name: [""] for name in names if name in typed},
        )
    except (ValueError, OSError) as problem:
        raise EstimateError(f"{source}: not a table that can be read ({problem}).") from None
    return _with_texts(frame, unguard)


def _write_whole(frame: pd.DataFrame, path: Path) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=path.suffix)
    draft = Path(name)
    try:
        with open(handle, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123 - it is open already
            if path.suffix == ".csv":
                _to_csv(frame, file)
        if path.suffix == ".parquet":
            frame.to_parquet(draft, index=False)
        draft.chmod(0o644)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _to_csv(frame: pd.DataFrame, file: TextIO) -> None:
    safe = _with_texts(frame, guard)
    # Before Python 3.13 a lone carriage return is left outside quotes, where it reads as the end of a row.
    returns = any("\r" in text for name in safe for text in _texts(safe[name]))
    quoting: Literal[0, 2] = csv.QUOTE_NONNUMERIC if returns else csv.QUOTE_MINIMAL
    safe.to_csv(file, index=False, lineterminator="\n", quoting=quoting)


def _with_texts(frame: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    """Change the texts of a frame, its headings included; what has none to change is not copied."""
    result = frame
    for name in frame.columns:
        new = {text: change(text) for text in _texts(frame[name])}
        if any(text != changed for text, changed in new.items()):
            column = [new.get(cell, cell) for cell in frame[name].astype(object)]
            dtype = frame[name].dtype if isinstance(frame[name].dtype, pd.StringDtype) else object
            result = result.assign(**{name: pd.Series(column, index=frame.index, dtype=dtype)})
    return result.rename(columns={name: change(name) for name in frame.columns if change(name) != name})


def _texts(column: pd.Series) -> list[str]:
    return [value for value in column.unique() if isinstance(value, str)] if _has_texts(column) else []


def _has_texts(column: pd.Series) -> bool:
    return isinstance(column.dtype, pd.StringDtype | pd.CategoricalDtype) or column.dtype == object
