"""Tables as semantic HTML, and what pandoc makes of it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pypandoc
import pytest

from srsmeting.errors import ReportError
from srsmeting.presentation.semantic_table import Column, Row, Table
from srsmeting.presentation.signs import Cell


def table(**more: Any) -> Table:
    parts: dict[str, Any] = {
        "id": "tbl-a",
        "caption": "Titel",
        "data": pd.DataFrame(),
        "stub": Column("Branche & meer", 40, "left"),
        "columns": (Column("2019", 20, spanner="Dekking"), Column("2021", 20, spanner="Dekking"), Column("Doel", 20)),
        "rows": (
            Row("GGZ", (Cell("69%", "w"), Cell("x"), Cell("<50")), "Zorg"),
            Row("Jeugd", (Cell("1%"), Cell("2%"), Cell("")), "Welzijn"),
        ),
        "foot": (Row("Totaal", (Cell("3%"), Cell("4%"), Cell(""))),),
    }
    return Table(**(parts | more))


# Written by hand.
EXPECTED = """\
<table>
<colgroup><col style="width: 40%" /><col style="width: 20%" /><col style="width: 20%" /><col style="width: 20%" /></colgroup>
<thead>
<tr><th scope="col" rowspan="2" style="text-align: left">Branche &amp; meer</th><th scope="colgroup" colspan="2" style="text-align: center">Dekking</th><th scope="col" rowspan="2" style="text-align: right">Doel</th></tr>
<tr><th scope="col" style="text-align: right">2019</th><th scope="col" style="text-align: right">2021</th></tr>
</thead>
<tbody>
<tr><th scope="rowgroup" colspan="4" style="text-align: left">Zorg</th></tr>
<tr><th scope="row" style="text-align: left">GGZ</th><td style="text-align: right">69%<sup>w</sup></td><td style="text-align: right">x</td><td style="text-align: right">&lt;50</td></tr>
</tbody>
<tbody>
<tr><th scope="rowgroup" colspan="4" style="text-align: left">Welzijn</th></tr>
<tr><th scope="row" style="text-align: left">Jeugd</th><td style="text-align: right">1%</td><td style="text-align: right">2%</td><td style="text-align: right"></td></tr>
</tbody>
<tfoot>
<tr><th scope="row" style="text-align: left">Totaal</th><td style="text-align: right">3%</td><td style="text-align: right">4%</td><td style="text-align: right"></td></tr>
</tfoot>
</table>"""


def test_every_header_says_what_it_is_the_header_of() -> None:
    assert table().html() == EXPECTED


def test_in_a_chapter_the_table_is_a_raw_block_in_a_cross_reference() -> None:
    assert table()._repr_markdown_() == f"\n::: {{#tbl-a}}\n\n```{{=html}}\n{EXPECTED}\n```\n\nTitel\n\n:::\n"


def test_pandoc_reads_back_scope_alignment_widths_and_foot() -> None:
    html = pypandoc.convert_text(table().html(), "html", format="html", extra_args=["--wrap=none"])
    typst = pypandoc.convert_text(table().html(), "typst", format="html", extra_args=["--wrap=none"])

    kept = [html.count(part) for part in ('scope="col"', 'scope="row"', "<tfoot>", "width: 40%", "<sup>w</sup>")]
    assert kept == [4, 3, 1, 1, 1]
    assert "columns: (40%, 20%, 20%, 20%)" in typst
    assert "table.footer(table.cell(align: left)[Totaal], table.cell(align: right)[3%]" in typst


def test_a_column_has_a_header() -> None:
    with pytest.raises(ReportError) as error:
        table(stub=Column(" ", 40))

    assert str(error.value) == "table 'tbl-a': column 1 has no header. Give it one."


def test_a_row_has_a_cell_for_every_column() -> None:
    with pytest.raises(ReportError) as error:
        table(foot=(Row("Totaal", (Cell("1"),)),))

    assert str(error.value) == "table 'tbl-a': row 'Totaal' has 1 cells for 3 columns."
