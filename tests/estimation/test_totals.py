"""Totals by hand and against another package.

R's reference has no totals. The Python package svy 0.35.0, which equals R wherever both were held against each other,
gave the numbers here for the same survey, with the number of each organisation as an amount.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from srsmeting.estimates import check_estimates, pick
from srsmeting.estimation import Design, estimate_totals
from srsmeting.responses import Responses

#: Total of the numbers by size, its standard error and t interval; then organisations with answer 1 by size.
SVY: dict[str, dict[str, list[list[float]]]] = {
    "synth_srs_fpc": {
        "org_by_size": [
            [123210.08305647835, 12283.472255355753, 98750.56493736994, 147669.60117558678],
            [103202.47508305649, 11069.347983531889, 81113.93509073302, 125291.01507537995],
            [115146.82724252493, 12145.123801650598, 90898.30519637851, 139395.34928867134],
            [79978.07308970099, 10419.994873071857, 59038.309421762155, 100917.83675763983],
            [60615.13289036544, 9073.251142016197, 42213.726679853375, 79016.5391008775],
        ],
        "q_single_1_by_size": [
            [137.4418604651162, 16.420771976327465],
            [98.17275747508303, 14.195945257590012],
            [91.62790697674417, 13.765100366567491],
            [42.54152823920268, 9.633563473225127],
            [22.906976744186053, 7.142359868342741],
        ],
    },
    "synth_strat_fpc": {
        "org_by_size": [
            [123271.96184352072, 12308.784119375701, 98689.62247250203, 147854.30121453942],
            [104932.70253901539, 11470.550679591239, 81963.32100408695, 127902.08407394383],
            [113513.89550203037, 12301.305977030685, 88851.26193101761, 138176.52907304314],
            [82015.29684379665, 10828.539954535356, 60094.06375614769, 103936.5299314456],
            [61180.55896056358, 9387.647836916678, 41883.97247216926, 80477.1454489579],
        ],
        "q_single_1_by_size": [
            [138.55704273076944, 16.810985233299544],
            [96.25075087779537, 13.929344485741202],
            [89.14107295873795, 13.616433076277039],
            [42.969282016538116, 9.812979067308266],
            [21.492424953095686, 6.611803766638979],
        ],
    },
    "fpc": {
        "org_by_size": [
            [138652.42931820324, 14215.56503982719, 110345.62294971789, 166959.2356866886],
            [114190.54212720656, 12678.908215362642, 88890.1746989998, 139490.90955541332],
            [106117.2139680755, 11399.644567347128, 83357.08923620722, 128877.3386999438],
            [72114.14026544093, 9583.587409057107, 52855.200325336205, 91373.08020554566],
            [52790.519322460364, 8230.112016694638, 36099.078514004854, 69481.96013091588],
        ],
        "q_single_1_by_size": [
            [156.53126662067498, 19.169180215234746],
            [108.03560526960754, 16.022059690918635],
            [84.82466914959643, 13.074786834682348],
            [36.22119070085166, 8.264589337595286],
            [18.39335306107442, 5.854809760891222],
        ],
    },
}


@pytest.fixture(scope="session")
def numbered(synth: pd.DataFrame, ask: Any, respond: Any) -> Responses:
    """Code size, q_single and the number of the organisation."""
    questionnaire = ask(
        {"id": "size", "kind": "single", "categories": list("12345")},
        {"id": "q_single", "kind": "single", "categories": list("1234")},
        {"id": "org", "kind": "number"},
    )
    names = ["size", "q_single", "org"]
    rows = [
        {"size": str(size), "q_single": str(answer), "org": float(org)}
        for size, answer, org in synth[names].itertuples(index=False)
    ]
    responses: Responses = respond(questionnaire, rows)
    return responses


@pytest.mark.parametrize("name", list(SVY))
def test_totals_equal_svy(name: str, numbered: Responses, designs: dict[str, Design]) -> None:
    values = ["estimate", "se", "ci_low", "ci_high"]
    frame = estimate_totals(numbered, designs[name], "org", "size")
    check_estimates(frame)
    np.testing.assert_allclose(frame[values], SVY[name]["org_by_size"], rtol=1e-9)
    frame = estimate_totals(numbered, designs[name], "q_single", "size")
    check_estimates(frame)
    ours = frame.loc[frame["category"] == "1", values]
    # Not the interval: organisations are counted from 0 up, and Wilson's interval knows that.
    np.testing.assert_allclose(ours[["estimate", "se"]], np.array(SVY[name]["q_single_1_by_size"])[:, :2], rtol=1e-9)
    assert set(frame["method"]) == {"wilson_weighted" if designs[name].is_weighted else "wilson"}


def test_organisations_by_hand(five: Responses, quarter: Design) -> None:
    # 3 yes among 5 of 20: 12 organisations; v = 20^2 x 3/4 x .24 / 4, the part .6 with n_eff = 4 / (3/4).
    row = pick(estimate_totals(five, quarter, "bekend"), "bekend", "ja")
    assert row["estimate"] == pytest.approx(12, rel=1e-15)
    assert row["se"] == pytest.approx(np.sqrt(400 * 0.75 * 0.24 / 4), rel=1e-14)
    assert (row["numerator"], row["denominator"], row["measure"]) == (3, 4, "total")
    # t(3) = 3.182446: w = t^2 / n_eff = 1.898993.
    w = 3.182446305**2 / (16 / 3)
    low = (0.6 + w / 2 - np.sqrt(w * (0.24 + w / 4))) / (1 + w)
    assert row["ci_low"] == pytest.approx(20 * low, rel=1e-8)


def test_total_of_a_number_by_hand(five: Responses, quarter: Design) -> None:
    # 2, 4.5 and 1, and two without an answer: 4 x 7.5; v = 16 x 3/4 x 5/4 x (25.25 - 7.5^2 / 5).
    row = pick(estimate_totals(five, quarter, "jaren"), "jaren")
    assert row["estimate"] == 30
    assert row["se"] == pytest.approx(np.sqrt(15 * (25.25 - 7.5**2 / 5)), rel=1e-14)
    assert row["ci_high"] - 30 == pytest.approx(4.302652730 * row["se"], rel=1e-8)
    assert row["numerator"] is pd.NA
    assert (row["denominator"], row["method"]) == (3, "t")


def test_groups_add_up_to_the_total(numbered: Responses, designs: dict[str, Design]) -> None:
    for design in designs.values():
        total, by = (estimate_totals(numbered, design, ["org", "q_single"], by) for by in (None, "size"))
        added = by.groupby(["question", "category"], sort=False)[["estimate", "numerator", "denominator"]].sum()
        whole = total.set_index(["question", "category"])
        np.testing.assert_allclose(added["estimate"], whole["estimate"], rtol=1e-12)
        assert (added["denominator"] == whole["denominator"]).all()
    assert total.loc[total["question"] == "q_single", "estimate"].sum() == pytest.approx(985, rel=1e-8)


def test_nobody_and_everybody_keep_an_interval(ask: Any, respond: Any) -> None:
    responses = respond(ask({"id": "q", "kind": "single", "categories": ["ja", "nee"]}), [{"q": "ja"}] * 5)
    frame = estimate_totals(responses, Design.simple_random(5, 20), "q")
    check_estimates(frame)
    # n_eff = 4 / (3/4), t(4) = 2.776445.
    end = 1 / (1 + 2.776445105**2 / (16 / 3))
    assert frame["estimate"].tolist() == [20, 0]
    assert frame["se"].tolist() == [0, 0]
    np.testing.assert_allclose(frame["ci_low"], [20 * end, 0], rtol=1e-8)
    np.testing.assert_allclose(frame["ci_high"], [20, 20 * (1 - end)], rtol=1e-8)
    assert frame["status"].tolist() == ["A", "A"]


def test_population_observed_whole(five: Responses) -> None:
    frame = estimate_totals(five, Design.simple_random(5, 5), ["bekend", "jaren"])
    check_estimates(frame)
    assert frame["estimate"].tolist() == [3, 1, 7.5]
    assert frame["se"].tolist() == [0, 0, 0]
    assert set(frame["method"]) == {"census"}
    assert frame["ci_low"].isna().all()


def test_every_question_by_default(five: Responses, quarter: Design) -> None:
    frame = estimate_totals(five, quarter)
    check_estimates(frame)
    assert frame["question"].unique().tolist() == [
        "regio",
        "bekend",
        "effect",
        "stelling",
        "cijfer",
        "jaren",
        "idee",
    ]
    assert len(estimate_totals(five, quarter, [])) == 0
