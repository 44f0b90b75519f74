"""What is on the page: every label and value once, none over another, bars as long as their values."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from srsmeting.presentation.figures import build_figure, style
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
from srsmeting.questionnaire import Questionnaire

Read = Callable[[Canvas], list[str]]

LONG = (
    "Door de activiteiten is de instroom van nieuwe medewerkers vanuit het (beroeps)onderwijs hoger dan zonder $5 {x}"
)
NAMES = ["Helemaal eens", "Eens", "Noch eens, noch oneens", "Oneens", "Helemaal oneens", "Weet ik niet"]


def five_points(label: str, percents: list[float | None]) -> StackedRow:
    colours = [*style.BEFORE[2], style.NEUTRAL, *reversed(style.AFTER[2]), style.UNKNOWN]
    marks = [
        Mark(name, percent, "x" if percent is None else f"{percent:.0f}%", colour, colour == style.UNKNOWN)
        for name, percent, colour in zip(NAMES, percents, colours, strict=True)
    ]
    return StackedRow(label, tuple(marks))


def bars(values: list[float | None], label: str = "Antwoord") -> tuple[Mark, ...]:
    return tuple(
        Mark(f"{label} {at}", value, "x" if value is None else f"{value:.0f}%", style.BAR)
        for at, value in enumerate(values)
    )


CHARTS: dict[str, Chart] = {
    "extremes": StackedChart(
        (
            five_points(LONG, [0, 1, 1, 2, 96, 0]),
            five_points("Alles in een", [100, 0, 0, 0, 0, 0]),
            five_points("Weet niet", [1, 1, 1, 1, 1, 95]),
            five_points("Afgeschermd", [None] * 6),
            five_points("Deels", [None, 20, 40, 20, None, 5]),
        )
    ),
    "long legend": StackedChart(
        (StackedRow("", (Mark(LONG * 2, 99, "99%", "#0B4A6F"), Mark("B", 1, "1%", "#B5D3E3"))),)
    ),
    "bars": BarChart((Mark(LONG, 100, "100%", style.BAR), *bars([52, 33, 8, 3, 1, 0, None, 9, 19]))),
    "columns": ColumnChart(bars([0, 0, 0, None, 1, 8, 38, 40, 10, 2], "Cijfer"), "Rapportcijfer"),
    "one column": ColumnChart(bars([0] * 9 + [100], ""), "Rapportcijfer"),
}


@pytest.mark.parametrize("name", CHARTS)
def test_no_text_lies_over_another_or_off_the_page(read: Read, name: str) -> None:
    assert read(draw(CHARTS[name]))


@pytest.mark.parametrize("name", CHARTS)
def test_every_label_and_every_value_is_on_the_page(read: Read, name: str) -> None:
    chart = CHARTS[name]
    texts = read(draw(chart))
    rows = [row.marks for row in chart.rows] if isinstance(chart, StackedChart) else [chart.marks]
    labels = [mark.label for mark in rows[0]]
    if isinstance(chart, StackedChart):
        labels += [row.label for row in chart.rows]

    values = [mark.text for marks in rows for mark in marks if any(m.percent is not None for m in marks)]
    values += ["x" for marks in rows if all(mark.percent is None for mark in marks)]
    assert sorted(t for t in texts if t == "x" or t.endswith("%")) == sorted(values)
    page = " ".join(texts)
    assert [label for label in labels if label.strip() not in page] == []


def test_bars_are_as_long_as_their_values() -> None:
    row = five_points("Stelling", [10, 20, 30, 0, 15, 25])
    axes = draw(StackedChart((row,))).axes[1]

    boxes = [(patch.get_x(), patch.get_width(), patch.get_visible()) for patch in axes.patches]  # type: ignore[attr-defined]
    assert boxes == [
        (0, 10, True),
        (10, 20, True),
        (30, 30, True),
        (60, 0, False),
        (60, 15, True),
        (75 + style.GAP, 25, True),
    ]
    assert axes.get_xlim() == (0, 100 + style.GAP)


def test_statements_lie_across_the_line_of_their_middle_and_what_is_apart_has_a_line_of_its_own() -> None:
    names = five_points("", [10, 20, 30, 15, 0, 25]).marks
    other = five_points("", [0, 10, 50, 20, 20, 0]).marks
    rows = tuple(DivergingRow("Stelling", m[:2], m[2], m[3:5], m[5:]) for m in (names, other))
    _, around, apart = draw(DivergingChart(rows)).axes

    def boxes(axes: Axes) -> list[tuple[float, float, bool]]:
        return [(p.get_x(), p.get_width(), p.get_visible()) for p in axes.patches]  # type: ignore[attr-defined]

    # The first statement has 10 + 20 + 15 before the middle, the second 25 + 20 + 20 after it: the middle is at 45.
    assert boxes(around) == [
        (0, 10, True),
        (10, 20, True),
        (30, 30, True),
        (60, 15, True),
        (75, 0, False),
        (10, 0, False),
        (10, 10, True),
        (20, 50, True),
        (70, 20, True),
        (90, 20, True),
    ]
    assert around.get_xlim() == (0, 110)
    assert boxes(apart) == [(0, 25, True), (0, 0, False)]
    assert apart.get_xlim() == (0, 25)


def test_columns_are_as_high_as_their_values() -> None:
    axes = draw(ColumnChart(bars([0, None, 60.5]), "Rapportcijfer")).axes[1]

    assert [patch.get_height() for patch in axes.patches] == [0, 0, 60.5]  # type: ignore[attr-defined]
    assert axes.get_ylim() == (0, 60.5)


def test_small_values_are_not_blown_up() -> None:
    assert draw(BarChart(bars([2, 1]))).axes[1].get_xlim() == (0, style.SHORTEST_SCALE)


def test_values_on_dark_segments_are_white(estimates: pd.DataFrame, questionnaire: Questionnaire) -> None:
    canvas = draw(build_figure(estimates, questionnaire, "bekend").chart)

    colours = {text.get_text(): text.get_color() for axes in canvas.axes for text in axes.texts}
    assert {value: colours[value] for value in ("66%", "24%", "10%")} == {
        "66%": style.PAPER,
        "24%": style.INK,
        "10%": style.INK,
    }


def test_a_changed_answer_changes_the_bar_and_its_value(
    read: Read, questionnaire: Questionnaire, make_shares: Callable[..., pd.DataFrame]
) -> None:
    drawn = []
    for yes in (50, 51):
        frame = make_shares("experimenten", 100, {"ja": yes, "nee": 100 - yes})
        canvas = draw(build_figure(frame, questionnaire, "experimenten").chart)
        drawn.append((canvas.axes[1].patches[0].get_width(), "51%" in read(canvas)))  # type: ignore[attr-defined]

    assert drawn == [(50, False), (51, True)]
