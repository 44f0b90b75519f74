"""The tables of the page: as those of the chapters, in a frame that scrolls by itself; and tables with bars."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from srsmeting.presentation.exhibit import escape_html
from srsmeting.presentation.semantic_table import Column, Row, Table
from srsmeting.presentation.signs import Cell


@dataclass(frozen=True)
class Barred:
    """A row of a table with bars: its header, what stands small beside that, how long the bar is, and its cells.

    A row without a bar has None for `share`.
    """

    header: str
    detail: str
    share: Fraction | None
    cells: tuple[str, ...]
    is_total: bool = False


def plain_table(id: str, caption: str, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of which the first column has the headers of the rows."""
    body = tuple(Row(first, tuple(Cell(text) for text in rest)) for first, *rest in rows)
    table = Table(
        id=f"tbl-{id}", caption=caption, data=pd.DataFrame(), stub=columns[0], columns=tuple(columns[1:]), rows=body
    )
    return _framed(id, caption, table.html().removeprefix("<table>"))


def bar_table(id: str, caption: str, stub: str, columns: Sequence[str], rows: Sequence[Barred]) -> str:
    """Return a table with a bar under every row header; the bars repeat a number of the row and are not read out."""
    longest = max([Fraction(1), *(row.share for row in rows if row.share is not None)])
    heads = "".join(f'<th scope="col" class="number">{escape_html(column)}</th>' for column in columns)
    lines = ["<thead>", f'<tr><th scope="col">{escape_html(stub)}</th>{heads}</tr>', "</thead>", "<tbody>"]
    for row in rows:
        # Names of questions are long words; they may be broken where their parts meet.
        parts = re.sub(r"(?<=[._])", "<wbr />", escape_html(row.detail))
        detail = f' <span class="detail">{parts}</span>' if row.detail else ""
        bar = "" if row.share is None else _bar(row.share / longest)
        cells = "".join(f'<td class="number">{escape_html(cell)}</td>' for cell in row.cells)
        total = ' class="total"' if row.is_total else ""
        lines.append(f'<tr{total}><th scope="row">{escape_html(row.header)}{detail}{bar}</th>{cells}</tr>')
    return _framed(id, caption, "\n".join(["", *lines, "</tbody>", "</table>"]))


def _framed(id: str, caption: str, table: str) -> str:
    return (
        f'<div class="table-frame" role="region" tabindex="0" aria-labelledby="{id}-caption">\n'
        f'<table>\n<caption id="{id}-caption">{escape_html(caption)}</caption>{table}\n</div>'
    )


def _bar(part: Fraction) -> str:
    # Three decimals are a tenth of a pixel; a drawing, unlike a background, is also printed.
    width = int(part * 100_000) / 1000
    return (
        '<svg class="bar" aria-hidden="true" viewBox="0 0 100 6" preserveAspectRatio="none">'
        f'<rect class="track" width="100" height="6" /><rect class="share" width="{width:g}" height="6" /></svg>'
    )
