"""Lines through the years: strong where a change is significant, cut where years may not be compared."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.figure import Figure as Canvas

from srsmeting.errors import ReportError
from srsmeting.estimates import bind_estimates, estimate_frame
from srsmeting.presentation.figures import style
from srsmeting.presentation.figures.lines import Line, LineChart, Stretch, draw_lines
from srsmeting.presentation.figures.years import build_years
from srsmeting.presentation.years import History, Moment, Series, read_series
from srsmeting.questionnaire import Questionnaire, parse_questionnaire

#: Of "inhoud" and of "gehoord", in three years.
LEVELS = {"inhoud": (0.50, 0.63, 0.62), "gehoord": (0.51, 0.50, 0.49)}
APART = ["earlier", "later", "question", "item", "category", "by", "group", "kind", "comparable", "reason"]


@pytest.fixture
def asked() -> Questionnaire:
    answers = [{"code": "inhoud", "label": "Bekend met de inhoud"}, {"code": "gehoord", "label": "Van gehoord"}]
    question = {"id": "kent", "kind": "single", "title": "Bekendheid", "text": "?", "pijler": "basis", "fase": "bereik"}
    mark = {"id": "cijfer", "kind": "mark", "title": "Cijfer", "text": "?", "pijler": "basis", "fase": "bereik"}
    return parse_questionnaire(
        {
            "meting": "m-3",
            "title": "M",
            "pijlers": [{"id": "basis", "label": "Basis"}],
            "questions": [question | {"categories": answers}, mark | {"range": [1, 10]}],
        }
    )


def history(years: int, *, broken: bool = False) -> History:
    """Make the last of some years; only the change of "inhoud" between the first two of three is significant."""
    moments = tuple(Moment(f"m-{number}", str(2020 + number)) for number in range(4 - years, 4))
    rows = []
    for code, levels in LEVELS.items():
        for at, moment in enumerate(moments, start=3 - years):
            address = {"meting": moment.meting, "question": "kent", "category": code, "denominator": 100}
            rows.append(estimate_frame(address | {"measure": "share", "estimate": levels[at], "numerator": 1}))
            if moment != moments[0]:
                p = 0.01 if (code, at) == ("inhoud", 1) else 0.8
                change = levels[at] - levels[at - 1]
                rows.append(estimate_frame(address | {"measure": "change", "estimate": change}))
                rows.append(estimate_frame(address | {"measure": "change_p_holm", "estimate": p}))
    for at, moment in enumerate(moments):
        rows.append(
            estimate_frame({"meting": moment.meting, "question": "cijfer", "measure": "mean", "estimate": 7.0 + at})
        )
    said = [["m-2", "m-3", "kent", "", "", "", "", "wording_changed", "break", "De vraag is korter."]] if broken else []
    return History(moments, bind_estimates(*rows), pd.DataFrame(said, columns=APART, dtype="str"), None)


def read_both(asked: Questionnaire, years: int, *, broken: bool = False) -> tuple[Series, ...]:
    return read_series(history(years, broken=broken), asked, [("kent", "", code) for code in LEVELS])


def test_the_alt_text_begins_with_what_changed(asked: Questionnaire) -> None:
    figure = build_years(read_both(asked, 3), asked, id="fig-jaren", caption="Bekendheid")

    assert figure.alt == (
        "Significant veranderd: Bekend met de inhoud van 50% in 2021 naar 63% in 2022. Lijndiagram met 2021, 2022 en "
        "2023: Bekend met de inhoud (50%, 63%, 62%); Van gehoord (51%, 50%, 49%)."
    )
    assert figure.lines() == (
        "Basis: alle respondenten (2021: n\u00a0=\u00a0100; 2022: n\u00a0=\u00a0100; 2023: n\u00a0=\u00a0100). Donkere "
        "lijn: significante verandering (p < 0,05, gecorrigeerd voor het aantal toetsen in de pijler).",
    )


def test_where_years_may_not_be_compared_the_line_is_cut_and_the_reason_stands_beneath(asked: Questionnaire) -> None:
    figure = build_years(read_both(asked, 3, broken=True), asked, id="fig-jaren", caption="Bekendheid")
    (sheet,) = [axes for axes in figure.drawn().axes if axes.patches]
    across = sorted(
        (round(min(line.get_xdata())), round(max(line.get_xdata())))  # type: ignore[call-overload]
        for line in sheet.lines
        if line.get_linewidth() in (1.1, 2.2) and max(line.get_xdata()) - min(line.get_xdata()) > 20  # type: ignore[call-overload]
    )

    # Two lines between the first two years, none between the last two.
    assert len(across) == 2
    assert len(set(across)) == 1
    assert figure.lines()[0].endswith("Trendbreuk tussen 2022 en 2023: de vraag is korter.")
    assert figure.alt.endswith("Trendbreuk tussen 2022 en 2023: de vraag is korter.")


def test_a_significant_change_is_a_darker_and_a_wider_line(asked: Questionnaire) -> None:
    figure = build_years(read_both(asked, 3), asked, id="fig-jaren", caption="Bekendheid")
    (sheet,) = [axes for axes in figure.drawn().axes if axes.patches]
    lines = [line for line in sheet.lines if line.get_linewidth() in (1.1, 2.2)]

    strong = [line for line in lines if line.get_color() == style.BAR]
    assert (len(strong), len(lines)) == (1, 4)
    assert strong[0].get_linewidth() == 2.2
    assert style.contrast(style.BAR, style.PAPER) > style.contrast(style.GUIDE, style.PAPER)


def test_every_value_is_printed_and_no_text_overlaps_another(
    read: Callable[[Canvas], list[str]], asked: Questionnaire
) -> None:
    canvas = build_years(read_both(asked, 2), asked, id="fig-jaren", caption="Bekendheid").drawn()

    assert sorted(read(canvas)) == sorted(
        [
            *("2022", "2023", "0%", "70%", "2022", "2023", "Verschil"),
            *("Bekend met de inhoud", "63%", "62%", "−1", "Van gehoord", "50%", "49%", "−1"),
        ]
    )
    canvas.draw_without_rendering()
    boxes = [text.get_window_extent() for axes in canvas.axes for text in axes.texts]
    assert not any(one.overlaps(other) for at, one in enumerate(boxes) for other in boxes[:at])


@pytest.mark.parametrize(
    ("years", "named"),
    [
        (4, ["2021", "2022", "2023", "2024"]),
        (5, ["2021", "2022", "2023", "2024", "2025"]),
        # Eight do not fit beside each other.
        (8, ["2022", "2024", "2026", "2028"]),
    ],
)
def test_the_names_of_many_years_stand_apart(years: int, named: list[str]) -> None:
    periods = tuple(str(2021 + at) for at in range(years))
    heads = periods if years < 5 else (periods[0], *periods[-2:])
    line = Line("Bekend", (0.5,) * years, (Stretch(),) * (years - 1), ("51% (b)",) * len(heads))
    canvas = draw_lines(LineChart(periods, heads, ("0%", "80%"), (line,)))
    canvas.draw_without_rendering()
    texts = [text for axes in canvas.axes for text in axes.texts]
    boxes = [text.get_window_extent() for text in texts]

    assert [text.get_text() for text in texts if text.get_horizontalalignment() == "center"] == named
    assert not any(one.overlaps(other) for at, one in enumerate(boxes) for other in boxes[:at])


def test_shares_and_means_have_no_scale_in_common(asked: Questionnaire) -> None:
    series = read_series(history(2), asked, [("kent", "", "inhoud"), ("cijfer", "", "")])

    with pytest.raises(ReportError) as caught:
        build_years(series, asked, id="fig-jaren", caption="Kern")
    assert str(caught.value) == (
        "figure 'fig-jaren': shares and means have no scale in common. Make two figures, or show them in a table."
    )
