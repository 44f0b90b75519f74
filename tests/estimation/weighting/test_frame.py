"""Margins out of a frame: organisations or employees per group, as the questionnaire groups them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from srsmeting.errors import DesignError, PopulationError, UnknownNameError
from srsmeting.estimation import Margin, frame_margin, rake
from srsmeting.population import Population
from srsmeting.responses import Responses


@pytest.fixture
def responses(ask: Any, respond: Any) -> Responses:
    questionnaire = ask(
        {"id": "wgo", "kind": "single", "categories": ["noord", "zuid"]},
        {"id": "branche", "kind": "single", "categories": ["ggz", "vvt", "overig"]},
        groupings=[
            {
                "id": "branche_samen",
                "of": "branche",
                "label": "Branche",
                "groups": [{"code": "rest", "label": "Rest", "of": ["vvt", "overig"]}],
            }
        ],
    )
    rows = [("noord", "ggz"), ("noord", "vvt"), ("zuid", "ggz"), (None, "vvt")]
    return respond(questionnaire, [{"wgo": wgo, "branche": branche} for wgo, branche in rows])  # type: ignore[no-any-return]


def frame(responses: Responses, rows: list[tuple[str | None, str | None]], employees: Any = None) -> Population:
    columns: dict[str, Any] = {"token": [f"t{number}" for number in range(len(rows))]}
    for place, name in enumerate(("wgo", "branche")):
        codes = responses.questionnaire.question(name).codes
        columns[name] = pd.Categorical([row[place] for row in rows], categories=list(codes))
    if employees is not None:
        columns["employees"] = np.array(employees, dtype=np.float64)
    return Population(pd.DataFrame(columns), "frame.csv", responses.questionnaire)


ROWS: list[tuple[str | None, str | None]] = [
    *[("noord", "ggz")] * 3,
    *[("noord", "vvt")] * 2,
    ("zuid", "ggz"),
    ("zuid", "overig"),
]


def test_organisations_per_group(responses: Responses) -> None:
    margin = frame_margin(responses, frame(responses, ROWS), "branche")
    assert (margin.name, margin.groups) == ("branche", ("ggz", "vvt", "overig"))
    assert margin.population.tolist() == [4, 2, 1]
    assert margin.place.tolist() == [0, 1, 0, 1]
    assert margin.empty.tolist() == [False, False, True]
    assert margin.merged == ("branche_samen",)
    assert repr(margin) == "Margin('branche', 3 groups, 4 respondents, population 7)"
    assert frame_margin(responses, frame(responses, ROWS), "wgo").place.tolist() == [0, 0, 1, -1]


def test_a_grouping_merges(responses: Responses) -> None:
    margin = frame_margin(responses, frame(responses, ROWS), "branche_samen")
    assert (margin.groups, margin.population.tolist(), margin.place.tolist()) == (("ggz", "rest"), [4, 3], [0, 1, 0, 1])
    assert margin.merged == ()
    # 4 over two, 3 over two.
    assert rake([margin]).final.tolist() == [2, 1.5, 2, 1.5]


def test_two_breakdowns_crossed(responses: Responses) -> None:
    margin = frame_margin(responses, frame(responses, ROWS), "wgo*branche_samen")
    assert margin.groups == ("noord*ggz", "noord*rest", "zuid*ggz", "zuid*rest")
    assert margin.population.tolist() == [3, 2, 1, 1]
    assert margin.place.tolist() == [0, 1, 2, -1]


def test_a_merging_that_leaves_a_group_empty_is_no_repair(responses: Responses) -> None:
    # In the south nobody of the rest responded either.
    margin = frame_margin(responses, frame(responses, ROWS), "wgo*branche")
    assert [group for group, empty in zip(margin.groups, margin.empty, strict=True) if empty] == ["zuid*overig"]
    assert margin.merged == ()
    # Without that organisation, and with another one in the north, merging is one.
    other = frame_margin(responses, frame(responses, [*ROWS[:-1], ("noord", "overig")]), "wgo*branche")
    assert other.merged == ("wgo*branche_samen",)


def test_employees_per_group(responses: Responses) -> None:
    population = frame(responses, ROWS, [100, 50, 25.5, 10, 20, 1000, 7])
    margin = frame_margin(responses, population, "branche", "employees")
    assert margin.population.tolist() == [1175.5, 30, 7]
    crossed = frame_margin(responses, population, "wgo*branche_samen", "employees")
    assert crossed.population.tolist() == [175.5, 30, 1000, 7]


def test_a_refusal_names_the_grouping_that_may_do(responses: Responses) -> None:
    margin = frame_margin(responses, frame(responses, ROWS), "branche")
    with pytest.raises(DesignError) as caught:
        rake([margin])
    assert str(caught.value) == (
        "rake(): margin 'branche': group 'overig' has 1 in the frame, and nobody in it responded. Merge it with another "
        "group: weight to a grouping of the questionnaire. 'branche_samen' will do."
    )


@pytest.mark.parametrize(
    ("name", "unit", "rows", "employees", "error", "message"),
    [
        (
            "wgo",
            "organisations",
            [("noord", "ggz"), (None, "vvt"), (None, "vvt")],
            None,
            PopulationError,
            "frame.csv:3: 2 organisations have no 'wgo', and it is needed of every organisation. Fill it in; a "
            "category for the unknown will do.",
        ),
        (
            "wgo*branche_samen",
            "organisations",
            [("noord", "ggz"), ("zuid", None)],
            None,
            PopulationError,
            "frame.csv:3: 1 organisation has no 'branche', and it is needed of every organisation. Fill it in; a "
            "category for the unknown will do.",
        ),
        (
            "wgo",
            "employees",
            ROWS[:2],
            [5, np.nan],
            PopulationError,
            "frame.csv:3: 1 organisation has no 'employees', and it is needed of every organisation. Fill it in, or "
            "weight to organisations.",
        ),
        (
            "wgo",
            "employees",
            ROWS,
            None,
            PopulationError,
            "frame.csv: no column 'employees'. Add it, with the number of employees of every organisation.",
        ),
        (
            "wgo",
            "fte",
            ROWS,
            None,
            UnknownNameError,
            "frame_margin(): no unit 'fte'. Known: 'organisations', 'employees'.",
        ),
        (
            "wgo*wgo",
            "organisations",
            ROWS,
            None,
            DesignError,
            "margin 'wgo*wgo': crosses 2 breakdowns. Cross two different ones, or rake to each.",
        ),
        (
            "wgo*branche*branche_samen",
            "organisations",
            ROWS,
            None,
            DesignError,
            "margin 'wgo*branche*branche_samen': crosses 3 breakdowns. Cross two different ones, or rake to each.",
        ),
        (
            "brance",
            "organisations",
            ROWS,
            None,
            UnknownNameError,
            "questionnaire 'proef-1': no breakdown 'brance'. Did you mean 'branche'? "
            "Known: 'wgo', 'branche', 'branche_samen'.",
        ),
    ],
)
def test_refused(
    name: str, unit: str, rows: Any, employees: Any, error: type[Exception], message: str, responses: Responses
) -> None:
    with pytest.raises(error) as caught:
        frame_margin(responses, frame(responses, rows, employees), name, unit)
    assert str(caught.value) == message


def test_a_frame_without_the_variable(responses: Responses) -> None:
    population = frame(responses, ROWS)
    without = Population(population.organisations.drop(columns="branche"), "frame.csv", responses.questionnaire)
    with pytest.raises(PopulationError) as caught:
        frame_margin(responses, without, "branche_samen")
    assert str(caught.value) == (
        "frame.csv: no column 'branche', and it is needed of every organisation. Known: 'wgo'."
    )


def test_a_margin_is_copied(responses: Responses) -> None:
    sizes = np.array([6.0, 4.0])
    margin = Margin("wgo", ("a", "b"), np.array([0, 1]), sizes)
    sizes[0] = 9
    assert margin.population.tolist() == [6, 4]
