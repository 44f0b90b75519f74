"""A table that survives the web, Word and PDF: it says what its cells are, and leaves their looks to the document.

Every renderer reads the same semantic HTML, and pandoc keeps its structure: header cells with their scope, row groups,
a foot for totals, alignment and column widths. Nothing in it needs a style sheet to be understood.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from srsmeting.errors import ReportError
from srsmeting.presentation.exhibit import Exhibit, escape_html
from srsmeting.presentation.signs import Cell, legend


@dataclass(frozen=True)
class Column:
    """A column: its header, and how its cells stand.

    Parameters
    ----------
    label
        The header; never empty, a screen reader reads it with every cell.
    width
        Share of the width of the table, in percent.
    align
        Numbers right, text left.
    spanner
        Label over neighbouring columns that have the same one.
    """

    label: str
    width: int
    align: Literal["left", "right"] = "right"
    spanner: str = ""


@dataclass(frozen=True)
class Row:
    """A row: its header, its cells, and the label of the group that it stands in (neighbours with the same label)."""

    header: str
    cells: tuple[Cell, ...]
    group: str = ""


@dataclass(frozen=True, kw_only=True, repr=False)
class Table(Exhibit):
    """A table with row headers.

    Parameters
    ----------
    stub
        The column of row headers.
    columns
        The other columns.
    rows
        The body.
    foot
        Totals.

    Raises
    ------
    ReportError
        For a column without a header, or a row with too few or too many cells.

    Examples
    --------
    >>> import pandas as pd
    >>> table = Table(id="tbl-a", caption="A", data=pd.DataFrame(), stub=Column("Branche", 60, "left"),
    ...               columns=(Column("Aantal", 40),), rows=(Row("GGZ", (Cell("23"),)),))
    >>> print(table.html())
    <table>
    <colgroup><col style="width: 60%" /><col style="width: 40%" /></colgroup>
    <thead>
    <tr><th scope="col" style="text-align: left">Branche</th><th scope="col" style="text-align: right">Aantal</th></tr>
    </thead>
    <tbody>
    <tr><th scope="row" style="text-align: left">GGZ</th><td style="text-align: right">23</td></tr>
    </tbody>
    </table>
    """

    stub: Column
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    foot: tuple[Row, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        for at, column in enumerate((self.stub, *self.columns), start=1):
            if not column.label.strip():
                raise ReportError(f"table {self.id!r}: column {at} has no header. Give it one.")
        for row in (*self.rows, *self.foot):
            if len(row.cells) != len(self.columns):
                raise ReportError(
                    f"table {self.id!r}: row {row.header!r} has {len(row.cells)} cells for {len(self.columns)} columns."
                )

    def remarks(self) -> tuple[str, ...]:
        """Return the notes, and what the signs in the table mean."""
        told = legend(cell for row in (*self.rows, *self.foot) for cell in row.cells)
        return (*self.notes, told) if told else self.notes

    def body(self) -> str:
        """Return the table as a raw HTML block, which all of Quarto's formats turn into a table of their own."""
        return _raw(self.html())

    def unnumbered(self) -> str:
        """Return the table with a caption of its own, out of the numbering, and the lines beneath it."""
        caption = f"<table>\n<caption>{escape_html(self.caption)}</caption>"
        return self.with_lines(_raw(self.html().replace("<table>", caption, 1)))

    def html(self) -> str:
        """Return the table as semantic HTML; the caption is left to the cross-reference."""
        widths = "".join(f'<col style="width: {column.width}%" />' for column in (self.stub, *self.columns))
        lines = ["<table>", f"<colgroup>{widths}</colgroup>", "<thead>", *self._head(), "</thead>"]
        for group, rows in groupby(self.rows, key=lambda row: row.group):
            lines.append("<tbody>")
            if group:
                span = f' colspan="{len(self.columns) + 1}"'
                lines.append(f"<tr>{_header('rowgroup', 'left', group, span=span)}</tr>")
            lines += [self._row(row) for row in rows]
            lines.append("</tbody>")
        if self.foot:
            lines += ["<tfoot>", *(self._row(row) for row in self.foot), "</tfoot>"]
        return "\n".join([*lines, "</table>"])

    def _head(self) -> Iterator[str]:
        stub = _header("col", self.stub.align, self.stub.label)
        labels = "".join(_header("col", column.align, column.label) for column in self.columns)
        if not any(column.spanner for column in self.columns):
            yield f"<tr>{stub}{labels}</tr>"
            return
        tall = ' rowspan="2"'
        over, under = [_header("col", self.stub.align, self.stub.label, span=tall)], []
        for spanner, group in groupby(self.columns, key=lambda column: column.spanner):
            columns = list(group)
            if spanner:
                over.append(_header("colgroup", "center", spanner, span=f' colspan="{len(columns)}"'))
                under += [_header("col", column.align, column.label) for column in columns]
            else:
                over += [_header("col", column.align, column.label, span=tall) for column in columns]
        yield f"<tr>{''.join(over)}</tr>"
        yield f"<tr>{''.join(under)}</tr>"

    def _row(self, row: Row) -> str:
        cells = "".join(
            f'<td style="text-align: {column.align}">{_content(cell)}</td>'
            for column, cell in zip(self.columns, row.cells, strict=True)
        )
        return f"<tr>{_header('row', 'left', row.header)}{cells}</tr>"


def _raw(source: str) -> str:
    return f"```{{=html}}\n{source}\n```"


def _header(scope: str, align: str, label: str, *, span: str = "") -> str:
    return f'<th scope="{scope}"{span} style="text-align: {align}">{escape_html(label)}</th>'


def _content(cell: Cell) -> str:
    text = escape_html(cell.text)
    return f"{text}<sup>{escape_html(cell.mark)}</sup>" if cell.mark else text
