"""Whatever the shares and the labels are: every label and every value is on the page, once, and can be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure as Canvas

from srsmeting.presentation.figures import style
from srsmeting.presentation.figures.charts import (
    BarChart,
    Chart,
    ColumnChart,
    DivergingChart,
    DivergingRow,
    Mark,
    StackedChart,
    StackedRow,
)
from srsmeting.presentation.figures.drawing import draw

Read = Callable[[Canvas], list[str]]

SHAPES = settings(max_examples=30, deadline=None)
# Dutch has long words; a label can be one of them, or a sentence. Letters only: values stand out.
words = st.text(alphabet="abcdeilmnorstw", min_size=1, max_size=28)
labels = st.lists(words, min_size=1, max_size=14).map(" ".join)


def shares(n: int) -> st.SearchStrategy[list[float | None]]:
    """Shares of n answers that add to 100, with some withheld; a few large ones beside zeroes are common."""
    weights = st.lists(st.sampled_from([0, 0, 1, 1, 2, 5, 20, 60]), min_size=n, max_size=n)
    whole = weights.map(lambda found: [100 * weight / max(sum(found), 1) for weight in found])
    withheld = st.lists(st.sampled_from([False] * 5 + [True]), min_size=n, max_size=n)
    return st.tuples(whole, withheld).map(
        lambda both: [None if hide else share for share, hide in zip(*both, strict=True)]
    )


def text_of(share: float | None, decimals: int) -> str:
    return "x" if share is None else f"{share:.{decimals}f}%".replace(".", ",")


@st.composite
def marks(draw_: st.DrawFn, names: list[str], colours: list[str], decimals: int, apart: int = 0) -> tuple[Mark, ...]:
    found = draw_(shares(len(names)))
    return tuple(
        Mark(name, share, text_of(share, decimals), colour, at >= len(names) - apart)
        for at, (name, share, colour) in enumerate(zip(names, found, colours, strict=True))
    )


@st.composite
def stacked(draw_: st.DrawFn) -> StackedChart:
    n, apart, decimals = draw_(st.integers(1, 6)), draw_(st.integers(0, 1)), draw_(st.integers(0, 1))
    names = draw_(st.lists(labels, min_size=n + apart, max_size=n + apart))
    colours = [*style.RAMPS[n], style.UNKNOWN][: n + apart]
    rows = draw_(st.lists(st.tuples(labels, marks(names, colours, decimals, apart)), min_size=1, max_size=4))
    return StackedChart(tuple(StackedRow(label, row) for label, row in rows))


@st.composite
def diverging(draw_: st.DrawFn) -> DivergingChart:
    before, after, apart = draw_(st.integers(1, 2)), draw_(st.integers(1, 2)), draw_(st.integers(0, 1))
    decimals = draw_(st.integers(0, 1))
    n = before + 1 + after + apart
    names = draw_(st.lists(labels, min_size=n, max_size=n))
    colours = [*style.BEFORE[before], style.NEUTRAL, *reversed(style.AFTER[after]), style.UNKNOWN][:n]
    totals = tuple(draw_(st.one_of(st.just(""), labels)) for _ in range(2))
    rows = []
    for label, row in draw_(
        st.lists(st.tuples(labels, marks(names, colours, decimals, apart)), min_size=1, max_size=4)
    ):
        first, middle, second = row[:before], row[before], row[before + 1 : before + 1 + after]
        sums = [
            "x" if None in [m.percent for m in side] else text_of(sum(m.percent or 0 for m in side), decimals)
            for side in (first, second)
        ]
        printed = tuple(value if header else "" for value, header in zip(sums, totals, strict=True))
        rows.append(DivergingRow(label, first, middle, second, row[before + 1 + after :], (printed[0], printed[1])))
    return DivergingChart(tuple(rows), (totals[0], totals[1]))


@st.composite
def bars(draw_: st.DrawFn) -> BarChart:
    names = draw_(st.lists(labels, min_size=1, max_size=9))
    return BarChart(draw_(marks(names, [style.BAR] * len(names), draw_(st.integers(0, 1)))))


@st.composite
def columns(draw_: st.DrawFn) -> ColumnChart:
    names = draw_(st.lists(st.lists(words, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=10))
    return ColumnChart(draw_(marks(names, [style.BAR] * len(names), draw_(st.integers(0, 1)))), "Rapportcijfer")


def values(chart: Chart) -> Counter[str]:
    if isinstance(chart, BarChart | ColumnChart):
        return Counter(mark.text for mark in chart.marks)
    found: Counter[str] = Counter()
    for row in chart.rows:
        if all(mark.percent is None for mark in row.marks):
            # One sign for a row without a number.
            found["x"] += 1
            continue
        found.update(mark.text for mark in row.marks)
        found.update(total for total in getattr(row, "totals", ()) if total)
    return found


def words_of(chart: Chart) -> str:
    if isinstance(chart, BarChart | ColumnChart):
        told = [mark.label for mark in chart.marks] + (["Rapportcijfer"] if isinstance(chart, ColumnChart) else [])
    else:
        told = [mark.label for mark in chart.legend] + [row.label for row in chart.rows]
        told += [*getattr(chart, "totals", ())]
    return "".join(sorted("".join(told).replace(" ", "")))


def check(chart: Chart, read: Read) -> None:
    texts = read(draw(chart))

    found = Counter(text for text in texts if text == "x" or text.endswith("%"))
    assert found == values(chart)
    # Labels are broken into lines, and long words with a hyphen: no letter is lost.
    letters = "".join(text for text in texts if not (text == "x" or text.endswith("%")))
    assert "".join(sorted(letters.replace(" ", "").replace("-", ""))) == words_of(chart)


@SHAPES
@given(stacked())
def test_stacked_bars(read: Read, chart: StackedChart) -> None:
    check(chart, read)


@SHAPES
@given(diverging())
def test_bars_around_a_middle(read: Read, chart: DivergingChart) -> None:
    check(chart, read)


@SHAPES
@given(bars())
def test_bars(read: Read, chart: BarChart) -> None:
    check(chart, read)


@SHAPES
@given(columns())
def test_columns(read: Read, chart: ColumnChart) -> None:
    check(chart, read)
