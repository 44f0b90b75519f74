from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest

from srsmeting.errors import RenderError
from srsmeting.render import pdf, render_report
from srsmeting.render.tree import nodes, plain, text


def test_it_is_a_pdf_made_for_screen_readers(rendered: Any) -> None:
    content = rendered.first["pdf"].read_bytes()
    assert content.startswith(b"%PDF-")
    assert b"pdfuaid" in content
    assert b"/Lang(nl)" in content


def test_the_alt_text_goes_along_with_the_picture() -> None:
    image = {"t": "Image", "c": [["", [], [["width", "50%"]]], [text('Een "punt"')], ["a.svg", ""]]}
    assert pdf._image(image) == {
        "t": "RawInline",
        "c": ["typst", '#image("a.svg", alt: "Een \\"punt\\"", width: 50%)'],
    }


def test_a_formula_is_read_out_as_it_was_typed() -> None:
    formula = {"t": "Math", "c": [{"t": "InlineMath"}, "n/N"]}
    assert pdf._dress(formula) == [
        {"t": "RawInline", "c": ["typst", '#[#set math.equation(alt: "n/N");']},
        formula,
        {"t": "RawInline", "c": ["typst", "]"]},
    ]


def test_what_typst_refuses_is_told(make_book: Callable[..., Path], tmp_path: Path) -> None:
    project = make_book({"h1.qmd": "# Een\n\n![Alt](a.svg)\\\n", "a.svg": "geen svg"})
    with pytest.raises(RenderError) as caught:
        render_report(project, to=["pdf"], out=tmp_path / "uit", engine="embedded")
    assert str(caught.value).startswith(f"{project.as_posix()}: Typst cannot make the PDF: failed to parse SVG")
    assert not (tmp_path / "uit").exists()


def test_quotation_marks_turn_the_way_they_were_typed(make_book: Callable[..., Path], tmp_path: Path) -> None:
    project = make_book({"h1.qmd": "# Een\n\nZie ‘Thuiszorg (VVT)’, ‘over 2021’ en ‘nee’: de WGO’s.\n"})
    render_report(project, to=["pdf"], out=tmp_path / "uit", engine="embedded")
    (made,) = (tmp_path / "uit").glob("*.pdf")
    printed = " ".join(page.extract_text() for page in pypdf.PdfReader(made).pages)
    assert "Zie ‘Thuiszorg (VVT)’, ‘over 2021’ en ‘nee’: de WGO’s." in " ".join(printed.split())


def test_a_note_and_a_callout_get_their_look() -> None:
    zin = {"t": "Para", "c": [text("zin")]}
    made = pdf._dress({"t": "Div", "c": [["", ["bron"], []], [zin]]})
    assert made == [{"t": "RawBlock", "c": ["typst", "#bron["]}, zin, {"t": "RawBlock", "c": ["typst", "]"]}]


def _cell(label: str) -> list[Any]:
    return [["", [], []], {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": [text(label)]}]]


def _table(rows: int) -> dict[str, Any]:
    """Make a table with a header, a header of rows, that many rows, and a total."""
    column, nameless = [{"t": "AlignDefault"}, {"t": "ColWidthDefault"}], ["", [], []]
    head, group, total = ([nameless, [_cell(label)]] for label in ("Branche", "Zorg", "Totaal"))
    body = [nameless, 0, [group], [[nameless, [_cell("ggz")]] for _ in range(rows)]]
    return {"t": "Table", "c": [nameless, [None, []], [column], [nameless, [head]], [body], [nameless, [total]]]}


def test_headers_and_totals_stand_out_in_a_table() -> None:
    table = _table(1)
    pdf._dress(table)

    assert [plain(node["c"]) for node in nodes(table["c"]) if node["t"] == "Strong"] == ["Branche", "Zorg", "Totaal"]


def test_a_short_table_stands_on_one_page_and_a_long_one_goes_on() -> None:
    short, long = _table(22), _table(23)

    assert pdf._dress(short) == [
        {"t": "RawBlock", "c": ["typst", "#heel["]},
        short,
        {"t": "RawBlock", "c": ["typst", "]"]},
    ]
    # It begins below the text before it, and does not wait for the page on which all of it fits.
    assert pdf._dress(long) == [
        {"t": "RawBlock", "c": ["typst", "#[#show figure: set block(sticky: false)"]},
        long,
        {"t": "RawBlock", "c": ["typst", "]"]},
    ]
