"""The figure of a group beside everyone: what stands in it, that it can be read, and what is told of it."""

from __future__ import annotations

import itertools
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas

from srsmeting.presentation.beside import Pair, Side
from srsmeting.presentation.figures.pairs import alt_pairs, build_pairs
from srsmeting.presentation.signs import Cell

HIDDEN = Side(None, None, Cell("x", status="Q", reason="small_base"), Cell("x", status="Q", reason="small_base"), None)
LONG = "Bekendheid en gebruik van de wervings- en selectieactiviteiten van de organisatie: bekend en gebruikt"


def side(percent: int, base: int) -> Side:
    return Side(percent / 100, Decimal(percent), Cell(f"{percent}%"), Cell(str(base)), base)


def pair(called: str, own: Side, whole: Side) -> Pair:
    return Pair(("vraag", "", "ja"), called, "Basis", own, whole)


PAIRS = (
    pair("Bekendheid: ja", side(40, 20), side(60, 301)),
    pair("Gebruik: ja", side(50, 20), side(50, 301)),
    pair("Inzicht: ja", HIDDEN, side(30, 301)),
)


def legible(canvas: Canvas) -> list[str]:
    """Return every text on the page, after checking that none lies over another or off the page."""
    renderer = FigureCanvasAgg(canvas).get_renderer()
    texts = [(text.get_text(), text.get_window_extent(renderer)) for axes in canvas.axes for text in axes.texts]
    for text, box in texts:
        assert canvas.bbox.x0 <= box.x0, text
        assert box.x1 <= canvas.bbox.x1, text
    for (one, a), (other, b) in itertools.combinations(texts, 2):
        apart = min(a.x1, b.x1) <= max(a.x0, b.x0) or min(a.y1, b.y1) - max(a.y0, b.y0) <= 2.5
        assert apart, (one, other)
    return [text for text, _ in texts]


def test_every_value_is_printed_however_near_the_two_are() -> None:
    figure = build_pairs(PAIRS, "Noord", id="fig-a", caption="A")
    printed = legible(figure.drawn())

    assert printed[:2] == ["Noord", "Landelijk"]
    assert [text for text in printed if text.endswith("%") or text == "x"] == [
        *("0%", "50%", "100%"), "60%", "40%", "50%", "50%", "30%", "x",
    ]  # fmt: skip


@pytest.mark.parametrize("percent", [0, 1, 99, 100])
def test_long_names_and_the_ends_of_the_scale_can_be_read(percent: int) -> None:
    marked = replace(side(percent, 11), printed=Cell(f"{percent}%", "u", "U", "indicative"))
    pairs = [pair(LONG, marked, side(100 - percent, 301))] * 3
    figure = build_pairs(pairs, "WGV Zorg en Welzijn Zuid-Holland Zuid en Omstreken", id="fig-a", caption="A")

    legible(figure.drawn())


def test_the_lines_beneath() -> None:
    figure = build_pairs(PAIRS, "Noord", id="fig-a", caption="A", notes=("Een noot.",), source="Enquête")

    assert figure.lines() == (
        "Respondenten die de vraag beantwoordden: Noord: n\u00a0=\u00a020; landelijk: n\u00a0=\u00a0301. Een noot. "
        "Verklaring van tekens: x = niet gepubliceerd (te weinig respondenten).",
        "Bron: Enquête",
    )


def test_the_alt_text_begins_with_where_they_differ_most() -> None:
    assert alt_pairs(PAIRS, "Noord") == (
        "Noord verschilt het sterkst van landelijk bij ‘Bekendheid: ja’: 40% tegenover 60%. Stippendiagram van Noord en "
        "landelijk: Bekendheid: ja (40% en 60%); Gebruik: ja (50% en 50%); Inzicht: ja (niet gepubliceerd en 30%)."
    )
    assert alt_pairs(PAIRS[1:], "Noord").startswith(
        "Overal waar beide zijn gepubliceerd, is Noord gelijk aan landelijk. Stippendiagram"
    )
    assert alt_pairs(PAIRS[2:], "Noord").startswith(
        "Voor geen uitkomst zijn Noord en landelijk naast elkaar te zetten. Stippendiagram"
    )


def test_another_group_is_another_file(tmp_path: Path) -> None:
    one, other = (build_pairs(PAIRS, name, id="fig-a", caption="A").save(tmp_path) for name in ("Noord", "Zuid"))

    assert one != other
    assert one.read_bytes() == build_pairs(PAIRS, "Noord", id="fig-a", caption="A").save(tmp_path).read_bytes()
