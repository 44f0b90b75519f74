"""A workbook that a project leader filled in: whose it is, and what stands in the cells that ask something.

What a person changed outside those cells is a fault and never lost in silence: columns that moved, cells that were
merged, comments, texts beside the table, figures of before that were written over.
"""

from __future__ import annotations

import io
import os
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from srsmeting.errors import Fault, RoundError
from srsmeting.intake.files.archive import Archive
from srsmeting.intake.files.workbook import cell_text
from srsmeting.rounds.layout import COLUMNS, COVER, FIRST_ROW, HEADER_ROW, IDENTITY, KEY_COLUMN, VERSION, Identity
from srsmeting.workbooks import column_letter, open_workbook

#: A workbook of a round is some ten kilobytes; this much is none.
_LARGEST: Final = 5 * 2**20
_UNPACKED: Final = 20 * 2**20

_HIDDEN: Final = f"its hidden sheet {IDENTITY!r}"
_AGAIN: Final = "Ask for the workbook that `srsmeting round new` made, filled in."


@dataclass(frozen=True)
class Answer:
    """What stands in a cell that asks something.

    Parameters
    ----------
    sheet, cell
        Where.
    value
        As the workbook holds it; None where nothing stands.
    percent
        Whether it is shown as a percentage.
    """

    sheet: str
    cell: str
    value: Any = None
    percent: bool = False


#: Answers by what the line is about, by the name of the column.
Lines = dict[str, dict[str, Answer]]


@dataclass
class Filled:
    """What one workbook says.

    Parameters
    ----------
    path
        The file, as it was named.
    identity
        Whose it is.
    forms
        Answers by the name of the form, by what the line is about, by the name of the column.
    faults
        What is wrong with it.
    """

    path: Path
    identity: Identity
    forms: dict[str, Lines] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Of the file."""
        return self.path.name

    def fault(self, sheet: str, cell: str, message: str, rule: str, value: str = "") -> None:
        """Keep a fault, with its sheet and cell."""
        self.faults.append(Fault(self.name, f"sheet {sheet!r}, cell {cell}: {message}", None, cell, value, rule))


@dataclass
class _Sheet:
    """What a sheet was when it was made."""

    form: str
    title: str
    headings: tuple[str, ...]
    columns: tuple[str, ...]
    #: By what a line is about: its texts, and whether it asks something.
    lines: dict[str, tuple[tuple[str, ...], bool]] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether it has the columns of its form, in every line."""
        widths = {len(self.headings), *(len(texts) for texts, _ in self.lines.values())}
        return bool(self.columns) and widths == {len(self.columns)}


def read_filled(path: str | os.PathLike[str]) -> Filled:
    """Read a workbook that a project leader filled in.

    Parameters
    ----------
    path
        The workbook (.xlsx), also when another program saved it or it has another name.

    Returns
    -------
    Filled
        With its faults, if it has any.

    Raises
    ------
    RoundError
        When it cannot be read, or is not a workbook of a round.
    """
    place = Path(path)
    book = _open(place)
    rows = _rows(book[IDENTITY]) if IDENTITY in book.sheetnames else []
    told = {row[0]: row[1] for row in rows if len(row) > 1 and row[0] in ("meting", "unit", "moment", "version")}
    if len(told) < 4:
        what = f"is no workbook of a round, or {_HIDDEN} was removed or changed"
        raise RoundError(f"{place.name}: {what}. {_AGAIN}")
    if told["version"] != VERSION:
        what = f"was made by another version of srsmeting (layout {told['version']}; this one reads {VERSION})"
        raise RoundError(f"{place.name}: {what}. Read it with that version, or send a new workbook.")
    filled = Filled(place, Identity(told["meting"], told["unit"], told["moment"]))
    sheets = _made(rows)
    if not sheets or not all(sheet.is_whole for sheet in sheets):
        raise RoundError(f"{place.name}: {_HIDDEN} was changed. {_AGAIN}")
    for title in book.sheetnames:
        if title not in (COVER, IDENTITY, *(sheet.title for sheet in sheets)) and any(_rows(book[title])):
            what = (
                f"sheet {title!r} was added or renamed. Give it its own name again, or move its text to 'Opmerkingen'."
            )
            filled.faults.append(Fault(place.name, what, value=title, rule="unknown_sheet"))
    for sheet in sheets:
        if sheet.title not in book.sheetnames:
            what = f"sheet {sheet.title!r} is not there. Put it back, or give it its name again."
            filled.faults.append(Fault(place.name, what, value=sheet.title, rule="missing_sheet"))
            continue
        filled.forms[sheet.form] = _answers(filled, book[sheet.title], sheet)
    return filled


def _open(path: Path) -> Any:
    message = f"{path.name}: is no Excel workbook (.xlsx) that can be read"
    if path.name.startswith("~$"):
        raise RoundError(f"{path.name}: is no workbook, but tells that one is open in Excel. Save and close it there.")
    try:
        raw = path.read_bytes()
    except IsADirectoryError:
        raise RoundError(f"{path}: is a folder. Name the workbooks in it: {path / '*.xlsx'}.") from None
    except OSError as problem:
        raise RoundError(f"{path}: cannot be read: {problem.strerror}.") from None
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise RoundError(f"{message}: it is locked with a password, or of an old kind. Save it as .xlsx, without one.")
    if not raw.startswith(b"PK"):
        raise RoundError(f"{message}: it is damaged, or a file of another kind. {_AGAIN}")
    if len(raw) > _LARGEST:
        raise RoundError(f"{message}: it is larger than any workbook of a round. {_AGAIN}")
    try:
        archive = Archive(raw, path.name)
        if "content.xml" in archive.names:
            raise RoundError(f"{message}: it is an OpenDocument workbook (.ods). Open it, and save it as .xlsx.")
        if sum(member.file_size for member in zipfile.ZipFile(io.BytesIO(raw)).infolist()) > _UNPACKED:
            raise RoundError(f"{message}: it unpacks to more than any workbook of a round. {_AGAIN}")
        with warnings.catch_warnings():
            # What is said of styles and extensions says nothing of cells.
            warnings.simplefilter("ignore")
            return open_workbook(raw, whole=True)
    except RoundError:
        raise
    except Exception as problem:  # what a damaged file makes of it, in four libraries; --debug shows it
        raise RoundError(f"{message}: it is damaged. {_AGAIN}") from problem


def _cells(sheet: Any) -> list[Any]:
    """Return the cells in which something stands, in order; a sheet may be as wide and high as it says it is."""
    found = sorted(sheet._cells.items())
    return [cell for _, cell in found if cell.value is not None or cell.comment is not None]


def _rows(sheet: Any) -> list[list[str]]:
    """Return the texts of the rows in which something stands."""
    rows: dict[int, list[str]] = {}
    for cell in _cells(sheet):
        texts = rows.setdefault(cell.row, [])
        texts += [""] * (cell.column - len(texts))
        texts[cell.column - 1] = cell_text(cell.value)
    return list(rows.values())


def _made(rows: list[list[str]]) -> list[_Sheet]:
    sheets: list[_Sheet] = []
    for row in rows:
        if row[0] == "form" and len(row) > 2:
            sheets.append(_Sheet(row[1], row[2], tuple(row[3:]), COLUMNS.get(row[1], ())))
        elif row[0] in ("line", "known") and len(row) > 2 and sheets:
            texts = row[3:] + [""] * (len(sheets[-1].headings) - len(row[3:]))
            sheets[-1].lines[row[2]] = (tuple(texts), row[0] == "line")
    return sheets


def _answers(filled: Filled, source: Any, sheet: _Sheet) -> Lines:
    """Read one sheet: what a person did to it, and what stands in the cells that ask something."""
    title, cells = sheet.title, _cells(source)
    for merged in sorted(str(each) for each in source.merged_cells.ranges):
        what = f"cells {merged} are merged, and only one of them can be read. Undo that, and fill in each."
        filled.fault(title, merged.partition(":")[0], what, "merged", merged)
    for cell in cells:
        if cell.comment is not None:
            text = " ".join(str(cell.comment.text).split())
            what = f"has a comment ({text[:60]!r}), which is not read. Move it to 'Toelichting', and remove it."
            filled.fault(title, cell.coordinate, what, "comment", text)
    for number, heading in enumerate(sheet.headings, start=KEY_COLUMN + 1):
        there = cell_text(source.cell(HEADER_ROW, number).value).strip()
        if there != heading:
            what = f"the heading is {there!r}, and was {heading!r}. Put the columns back as they were."
            filled.fault(title, f"{column_letter(number)}{HEADER_ROW}", what, "moved_column", there)
            return {}
    last, rows = KEY_COLUMN + len(sheet.headings), dict[str, int]()
    for cell in cells:
        text = cell_text(cell.value).strip()
        if cell.row < FIRST_ROW and cell.column <= last:
            continue
        if cell.column == KEY_COLUMN and text in sheet.lines and text not in rows:
            rows[text] = cell.row
        elif cell.column > last and text:
            what = f"{text!r} stands beside the table. Move it to 'Toelichting' or 'Opmerkingen'."
            filled.fault(title, cell.coordinate, what, "beside", text)
        elif cell.row not in rows.values() and text:
            what = f"{text!r} stands in a row that is not of the table. Move it to 'Toelichting' or 'Opmerkingen'."
            filled.fault(title, cell.coordinate, what, "added_row", text)
    found: Lines = {}
    for key, (texts, asks) in sheet.lines.items():
        if key in rows:
            before = len(filled.faults)
            answers = dict(_line(filled, source, sheet, rows[key], texts, asks=asks))
            # Half a line says something else than what was meant.
            found[key] = answers if len(filled.faults) == before else {}
        else:
            what = f"sheet {title!r}: the row {texts[0]!r} is not there. {_AGAIN}"
            filled.faults.append(Fault(filled.name, what, value=key, rule="missing_row"))
    return found


def _line(
    filled: Filled, source: Any, sheet: _Sheet, row: int, texts: tuple[str, ...], *, asks: bool
) -> Iterator[tuple[str, Answer]]:
    title = sheet.title
    for number, (name, text) in enumerate(zip(sheet.columns, texts, strict=True), start=KEY_COLUMN + 1):
        cell = source.cell(row, number)
        there = cell_text(cell.value).strip()
        if not asks or text:
            if there != text.strip():
                what = f"says {there!r}, and was {text!r}. Put it back; what is not right goes to 'Opmerkingen'."
                filled.fault(title, cell.coordinate, what, "changed", there)
        elif cell.data_type == "f":
            what = f"is a formula ({there}). Write the number that it gives."
            filled.fault(title, cell.coordinate, what, "formula", there)
        elif cell.data_type == "e":
            filled.fault(title, cell.coordinate, f"is an error ({there}). Write the number.", "error", there)
        else:
            percent = "%" in str(cell.number_format) and isinstance(cell.value, int | float)
            yield name, Answer(title, cell.coordinate, cell.value if there else None, percent)
