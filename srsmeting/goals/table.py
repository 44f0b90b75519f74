"""Read a CSV file that people edit: every row with its place, every fault collected."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from srsmeting.errors import Fault, suggest
from srsmeting.frames import unguard


@dataclass
class Faults:
    """The faults of one file, as they are found.

    Parameters
    ----------
    file
        Its name.
    found
        What is wrong in it.
    """

    file: str
    found: list[Fault] = field(default_factory=list)

    def add(self, line: int | None, column: str, what: str, value: str = "", rule: str = "") -> None:
        """Keep a fault; the message names the column."""
        where = f"column {column!r}: " if column else ""
        self.found.append(Fault(self.file, f"{where}{what}", line, column, value, rule))


@dataclass(frozen=True)
class Row:
    """One row of a table.

    Parameters
    ----------
    line
        Its row, as a spreadsheet counts them.
    cells
        Its texts by column, blanks at the ends taken off; empty where a column is not there.
    """

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_rows(path: Path, needed: tuple[str, ...], optional: tuple[str, ...], faults: Faults) -> list[Row]:
    """Read the rows of a CSV file, with commas or with semicolons.

    Parameters
    ----------
    path
        In UTF-8.
    needed, optional
        Its columns, in any order.
    faults
        Where the faults of the file go.

    Returns
    -------
    list of Row
        Rows in which nothing stands left out; none when the columns are not the right ones.
    """
    text = _decode(path, faults)
    if text is None:
        return []
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;", key=first.count), strict=True)
    lines = []
    try:
        for line in reader:
            # A text of a project leader that would run as a formula has an apostrophe in front.
            lines.append([unguard(cell.strip()) for cell in line])
    except csv.Error as problem:
        # Read all the same, a quote that is not closed would take the rows below into its cell.
        what = f"cannot be read as CSV ({problem}). Look for a quote that is not closed."
        faults.add(len(lines) + 1, "", what, rule="unreadable")
        return []
    heads = lines[0] if lines else []
    while heads and not heads[-1]:
        heads = heads[:-1]
    if not _right_heads(heads, needed, optional, faults):
        return []
    return list(_rows(heads, lines, "a semicolon" if reader.dialect.delimiter == ";" else "a comma", faults))


def _decode(path: Path, faults: Faults) -> str | None:
    try:
        raw = path.read_bytes()
    except OSError as problem:
        faults.add(None, "", f"cannot be read: {problem.strerror}.", rule="unreadable")
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        what = f"byte 0x{raw[problem.start]:02x} is not UTF-8. Save the file as UTF-8 (in Excel: 'CSV UTF-8')."
        faults.add(line, "", what, rule="encoding")
        return None


def _right_heads(heads: list[str], needed: tuple[str, ...], optional: tuple[str, ...], faults: Faults) -> bool:
    known = (*needed, *optional)
    before = len(faults.found)
    if not heads:
        faults.add(1, "", f"has no columns. It needs {', '.join(needed)}.", rule="no_columns")
        return False
    if len(heads) == 1 and "\t" in heads[0]:
        faults.add(1, "", "has tabs between its columns. Save it with commas or semicolons.", rule="tabs")
        return False
    for place, head in enumerate(heads):
        if head not in known:
            free = [name for name in known if name not in heads]
            known_here = suggest(head, free) if free else "Leave it out; a remark goes under 'note'."
            what = f"column {place + 1} has no name." if not head else f"unknown column {head!r}."
            faults.add(1, "", f"{what} {known_here}", head, "unknown_column")
        elif head in heads[:place]:
            faults.add(1, head, "stands twice. Keep one.", head, "double_column")
    # A column that is called otherwise is one fault, not two.
    if len(faults.found) == before:
        for name in needed:
            if name not in heads:
                faults.add(1, name, "is missing.", rule="missing_column")
    return len(faults.found) == before


def _rows(heads: list[str], lines: list[list[str]], mark: str, faults: Faults) -> Iterator[Row]:
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cells):
            continue
        if any(cells[len(heads) :]):
            many = f"{len(cells)} cells under {len(heads)} columns"
            faults.add(number, "", f"has {many}. Put a text that holds {mark} in quotes.", rule="too_many_cells")
            continue
        yield Row(number, dict(zip(heads, cells, strict=False)))
