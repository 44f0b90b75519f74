"""One number that Python would round down, wherever a reader meets it: 18 of 80 is 22.5%, printed as 23%."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from srsmeting.estimates import estimate_frame
from srsmeting.presentation.annex_tables import response_table
from srsmeting.presentation.distribution import read_distributions
from srsmeting.presentation.figures import build_figure
from srsmeting.presentation.figures.charts import StackedChart, plan_chart
from srsmeting.presentation.formats import format_estimate
from srsmeting.presentation.tables import distribution_table
from srsmeting.questionnaire import Questionnaire

Shares = Callable[..., pd.DataFrame]


@pytest.fixture
def halves(make_shares: Shares) -> pd.DataFrame:
    # 22.5%, 62.5% and 15%: half to even would print 22%, 62% and 15%, and 22.5% less a hair 22%.
    return make_shares("bekend", 80, {"inhoud": 18, "gehoord": 50, "onbekend": 12, "bekend_totaal": 68})


def test_on_the_bars(halves: pd.DataFrame, questionnaire: Questionnaire) -> None:
    chart = plan_chart(questionnaire.question("bekend"), read_distributions(halves, questionnaire, "bekend"))
    assert isinstance(chart, StackedChart)
    assert [mark.text for mark in chart.rows[0].marks] == ["23%", "63%", "15%"]


def test_in_the_alt_text(halves: pd.DataFrame, questionnaire: Questionnaire) -> None:
    assert re.findall(r"\d+%", build_figure(halves, questionnaire, "bekend").alt) == ["63%", "23%", "63%", "15%"]


def test_in_a_table(halves: pd.DataFrame, questionnaire: Questionnaire) -> None:
    table = distribution_table(halves, questionnaire, "bekend")
    assert [str(row.cells[-1]) for row in table.rows] == ["23%", "63%", "15%"]


def test_in_the_response_table(questionnaire: Questionnaire) -> None:
    rates = estimate_frame(
        {
            "meting": "m-2021",
            "by": ["", "wgo", "wgo"],
            "group": ["", "noord", "zuid"],
            "measure": "response_rate",
            "estimate": [28 / 160, 18 / 80, 10 / 80],
            "numerator": [28, 18, 10],
            "denominator": [160, 80, 80],
        }
    )
    table = response_table(rates, questionnaire)
    assert [str(row.cells[-1]) for row in (*table.rows, *table.foot)] == ["23%", "13%", "18%"]


@pytest.mark.parametrize(
    ("measure", "estimate", "text"),
    [
        ("mean", 7.25, "7,3"),  # half to even: 7,2
        ("mean", 7.35, "7,4"),  # in binary just below the half
        ("coverage", 0.285, "29%"),  # in binary just below the half
        ("coverage_change", 0.025, "+3"),
        ("coverage_change", -0.004, "0"),
    ],
)
def test_in_a_cell(measure: str, estimate: float, text: str) -> None:
    row = {"measure": measure, "estimate": estimate, "status": "A", "reason": ""}
    assert format_estimate(row).text == text


def test_what_people_read_is_rounded_in_one_place() -> None:
    package = Path(__file__).parents[2] / "srsmeting"
    rounding = re.compile(r"(?<![\w.])round\(|\bnp\.(round|around|rint)\(|:[+,]?\d*\.\d+[fg%]\}|%\.\d+f")
    read = [package / "verification.py", package / "meting.py", *sorted((package / "cli").glob("*.py"))]
    for room in ("intake", "presentation", "render", "report"):
        read += (package / room).rglob("*.py")
    found = {
        path.relative_to(package).as_posix()
        for path in read
        for line in path.read_text(encoding="utf-8").splitlines()
        if rounding.search(line) and not line.lstrip().startswith((">>>", "...")) and not _no_figure(line)
    }
    # Contrast of colours, and the widths of the columns of a table.
    assert found <= {"presentation/figures/style.py", "render/native.py"}


def _no_figure(line: str) -> bool:
    # Seconds of a moment, how alike two texts are, and sizes of cells and letters: no number that a survey gave.
    sizes = ("style:column-width=", "style:row-height=", "half = round(size * 2)", "round(written * ")
    return any(text in line for text in ("timedelta(seconds=round(", "round(score)", *sizes))
