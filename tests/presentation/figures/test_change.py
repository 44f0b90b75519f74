"""The coverage at two moments, and what changed."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.figure import Figure as Canvas

from srsmeting.errors import ReportError, UnknownNameError
from srsmeting.estimates import bind_estimates, estimate_frame
from srsmeting.presentation.figures import build_coverage_change
from srsmeting.questionnaire import Questionnaire, parse_questionnaire

NAMES = {"ggz": "Ggz", "vvt": "Verpleging, verzorging en thuiszorg", "ziekenhuizen": "Ziekenhuizen"}


@pytest.fixture
def covered() -> Questionnaire:
    return parse_questionnaire(
        {
            "meting": "m-2021",
            "title": "M",
            "pijlers": [{"id": "basis", "label": "Basis"}],
            "coverage_branches": [{"code": code, "label": label} for code, label in NAMES.items()],
            "questions": [
                {"id": "idee", "kind": "open", "title": "I", "text": "I?", "pijler": "basis", "fase": "impact"}
            ],
        }
    )


def coverage(measure: str, moment: str, values: dict[str, float], status: str = "A") -> pd.DataFrame:
    return estimate_frame(
        {
            "meting": "m-2021",
            "item": moment,
            "by": ["branche" if code else "" for code in values],
            "group": list(values),
            "measure": measure,
            "estimate": list(values.values()),
            "status": status,
            "reason": "trend_break" if status == "B" else "",
        }
    )


@pytest.fixture
def moments() -> pd.DataFrame:
    return bind_estimates(
        coverage("coverage", "2019", {"ggz": 0.82, "vvt": 0.5, "ziekenhuizen": 0.2, "": 0.6}),
        coverage("coverage", "2021", {"ggz": 0.79, "vvt": 0.62, "ziekenhuizen": 0.7, "": 0.65}),
        coverage("coverage_change", "2021", {"ggz": -0.03, "vvt": 0.12, "": 0.05}),
        coverage("coverage_change", "2021", {"ziekenhuizen": 0.5}, status="B"),
    )


def test_the_alt_text_begins_with_the_largest_change_that_can_be_compared(
    moments: pd.DataFrame, covered: Questionnaire
) -> None:
    assert build_coverage_change(moments, covered).alt == (
        "Grootste verandering: Verpleging, verzorging en thuiszorg, van 50% naar 62% (+12 procentpunt). Stippendiagram "
        "met 2019, 2021 en de verandering in procentpunten: Ggz (82%, 79%, −3); Verpleging, verzorging en thuiszorg "
        "(50%, 62%, +12); Ziekenhuizen (20%, 70%, +50 (b)); Totaal (60%, 65%, +5)."
    )


def test_every_value_is_on_the_page_and_a_break_has_no_line(
    read: Callable[[Canvas], list[str]], moments: pd.DataFrame, covered: Questionnaire
) -> None:
    canvas = build_coverage_change(moments, covered).drawn()
    texts = read(canvas)

    assert [text for text in texts if text[:1] in "+−" or text.endswith("%")] == [
        *("0%", "50%", "100%"),
        *("82%", "79%", "−3", "50%", "62%", "+12", "20%", "70%", "+50 (b)", "60%", "65%", "+5"),
    ]
    (sheet,) = canvas.axes
    level = [line for line in sheet.lines if len(set(line.get_ydata())) == 1]  # type: ignore[arg-type]
    assert len(level) == 3


def test_by_size_the_largest_increase_is_first_and_the_total_last(
    moments: pd.DataFrame, covered: Questionnaire
) -> None:
    figure = build_coverage_change(moments, covered, order="size", source="Fonds")

    assert [row.label for row in figure.changes] == [NAMES["ziekenhuizen"], NAMES["vvt"], NAMES["ggz"], "Totaal"]
    assert figure.lines() == (
        "Verschil in procentpunten. Verklaring van tekens: b = trendbreuk, niet zonder meer te vergelijken.",
        "Bron: Fonds",
    )


def test_one_moment_is_no_change(moments: pd.DataFrame, covered: Questionnaire) -> None:
    with pytest.raises(ReportError) as error:
        build_coverage_change(moments[moments["item"] == "2019"], covered)

    assert str(error.value) == "estimates: coverage of one moment is no change. Show it in a table."


def test_an_unknown_order(moments: pd.DataFrame, covered: Questionnaire) -> None:
    with pytest.raises(UnknownNameError) as error:
        build_coverage_change(moments, covered, order="groot")  # type: ignore[arg-type]

    assert str(error.value) == "figure of coverage: no order 'groot'. Known: 'declared', 'size'."
