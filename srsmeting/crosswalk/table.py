"""A ``crosswalk.csv`` as text: rows with their lines, whatever program wrote them."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path

from srsmeting.crosswalk.rows import COLUMNS, Key, Row
from srsmeting.errors import CrosswalkError, Fault, suggest
from srsmeting.frames import unguard

#: Of a row: the measurements that it says it goes between.
Metings = tuple[str, str]


def read_table(path: str | os.PathLike[str]) -> tuple[list[tuple[Row, Metings]], list[Fault]]:
    """Read the rows of a ``crosswalk.csv``, separated by commas, or as spreadsheet programs do, by semicolons or tabs.

    Returns
    -------
    rows, faults
        The rows that have all their cells, each with the measurements it names; what is wrong with the others.

    Raises
    ------
    CrosswalkError
        When the file is no such table.
    """
    source = Path(path)
    name = source.name
    try:
        text = source.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        message = "is not in UTF-8. Save it as 'CSV UTF-8'."
        raise CrosswalkError(faults=[Fault(name, message, rule="encoding")]) from None
    except OSError as problem:
        raise CrosswalkError(f"{source}: cannot be read: {problem.strerror}.") from None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[tuple[Row, Metings]] = []
    faults: list[Fault] = []
    heads: list[str] = []
    line = 1
    try:
        for cells in reader:
            cells = [unguard(cell.strip()) for cell in cells]
            if not heads:
                heads = _heads(name, cells)
            elif len(cells) != len(heads) and any(cells):
                message = f"has {len(cells)} cells, and the heading has {len(heads)}. Put a text with commas in quotes."
                faults.append(Fault(name, message, line, rule="cells"))
            elif any(cells):
                rows.append(_row(dict(zip(heads, cells, strict=True)), line))
            line = reader.line_num + 1
    except csv.Error as problem:
        raise CrosswalkError(faults=[Fault(name, f"not a table that can be read ({problem}).", line)]) from None
    if not heads:
        raise CrosswalkError(faults=[Fault(name, "is empty. Run 'srsmeting crosswalk propose'.", rule="empty")])
    return rows, faults


def _delimiter(text: str) -> str:
    heading = text.partition("\n")[0]
    return max(",;\t", key=heading.count)


def _heads(name: str, heads: list[str]) -> list[str]:
    faults = [
        Fault(name, f"no column {column!r}. {suggest(column, heads)}", 1, column, rule="missing_column")
        for column in COLUMNS
        if column not in heads
    ]
    for place, head in enumerate(heads):
        if head not in COLUMNS:
            message = f"a column {head!r} is not one of a crosswalk. {suggest(head, COLUMNS)}"
            faults.append(Fault(name, message, 1, head, head, "unknown_column"))
        elif head in heads[:place]:
            faults.append(Fault(name, f"column {head!r} stands there twice.", 1, head, head, "double_column"))
    if faults:
        raise CrosswalkError(faults=faults)
    return heads


def _row(cells: dict[str, str], line: int) -> tuple[Row, Metings]:
    row = Row(
        _key(cells["var_name_orig"], cells["val_code_orig"]),
        _key(cells["var_name_target"], cells["val_code_target"]),
        cells["kind"],
        cells["comparable"],
        cells["reason"],
        cells["val_label_orig"],
        cells["val_label_target"],
        line,
    )
    return row, (cells["meting_orig"], cells["meting_target"])


def _key(variable: str, code: str) -> Key | None:
    return Key(variable, code) if variable or code else None


def check_metings(name: str, rows: Sequence[tuple[Row, Metings]], wanted: Metings) -> list[Fault]:
    """Return what is wrong with the measurements that rows go between; told once for each, at its first row."""
    faults = []
    seen: set[Metings] = set()
    for row, metings in rows:
        if metings == wanted or metings in seen:
            continue
        seen.add(metings)
        if metings == wanted[::-1]:
            repair = "The years are in the wrong order: name the earlier one first."
        else:
            repair = "Name the crosswalk between these two, or correct 'meting_orig' and 'meting_target'."
        found, asked = (f"from {first!r} to {second!r}" for first, second in (metings, wanted))
        message = f"goes {found}, and was asked for {asked}. {repair}"
        faults.append(Fault(name, message, row.line, "meting_orig", metings[0], "other_meting"))
    return faults
