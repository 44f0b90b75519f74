"""Response: respondents by the group they name, over the frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import pytest

from srsmeting.errors import PopulationError, UnknownNameError
from srsmeting.estimates import check_estimates
from srsmeting.estimation import response_rates
from srsmeting.population import Population
from srsmeting.questionnaire import Questionnaire
from srsmeting.responses import Responses

Respondents = Callable[[Sequence[str | None]], Responses]


@pytest.fixture
def named(ask: Callable[..., Questionnaire], respond: Callable[..., Responses]) -> Respondents:
    """Make respondents who name these regions."""
    questionnaire = ask(
        {"id": "wgo", "kind": "single", "categories": ["noord", "oost", "zuid", "west"]},
        {"id": "branche", "kind": "single", "categories": ["ggz"]},
        groupings=[
            {
                "id": "helft",
                "of": "wgo",
                "label": "Helft",
                "groups": [{"code": "no", "label": "Noordoost", "of": ["noord", "oost"]}],
            }
        ],
    )
    return lambda groups: respond(questionnaire, [{"wgo": group, "branche": "ggz"} for group in groups])


def population(responses: Responses, groups: Sequence[str | None]) -> Population:
    organisations = pd.DataFrame(
        {
            "token": [f"t{number}" for number in range(len(groups))],
            "wgo": pd.Categorical(groups, categories=["noord", "oost", "zuid", "west"]),
        }
    )
    return Population(organisations, "frame.csv", responses.questionnaire)


def test_rates_by_hand(named: Respondents) -> None:
    # Three name noord, which has two; nobody names oost; west does not exist in this frame; one names nothing.
    # Of one organisation in the frame the region is not known.
    responses = named(["noord", "zuid", "noord", "noord", None])
    frame = response_rates(responses, population(responses, ["noord"] * 2 + ["oost"] * 3 + ["zuid"] * 4 + [None]))
    check_estimates(frame)
    assert frame["by"].tolist() == ["", "wgo", "wgo", "wgo", "wgo"]
    assert frame["group"].tolist() == ["", "noord", "oost", "zuid", "west"]
    assert frame["numerator"].tolist() == [5, 3, 0, 1, 0]
    assert frame["denominator"].tolist() == [10, 2, 3, 4, 0]
    np.testing.assert_array_equal(frame["estimate"], [0.5, 1.5, 0.0, 0.25, np.nan])
    assert frame["status"].tolist() == ["A", "U", "A", "A", "O"]
    assert frame["reason"].tolist() == ["", "named_exceeds_frame", "", "", "no_base"]


def test_everyone_responded(named: Respondents) -> None:
    responses = named(["noord", "noord"])
    frame = response_rates(responses, population(responses, ["noord", "noord"]))
    assert frame["estimate"].tolist()[:2] == [1.0, 1.0]
    assert frame["status"].tolist()[:2] == ["A", "A"]
    assert set(frame["method"]) == {"count"}
    assert set(frame["measure"]) == {"response_rate"}
    assert frame[["se", "ci_low", "ci_high"]].isna().all(axis=None)


def test_rates_of_a_grouping(named: Respondents) -> None:
    responses = named(["noord", "zuid", "noord", "oost"])
    frame = response_rates(responses, population(responses, ["noord"] * 2 + ["oost"] * 4 + ["zuid"] * 5), by="helft")
    assert frame["group"].tolist() == ["", "no", "zuid", "west"]
    assert frame["numerator"].tolist() == [4, 3, 1, 0]
    assert frame["denominator"].tolist() == [11, 6, 5, 0]


def test_group_that_the_frame_does_not_have(named: Respondents) -> None:
    responses = named(["noord", "west", "west", "zuid"])
    with pytest.raises(PopulationError) as caught:
        response_rates(responses, population(responses, ["noord", "oost"]))
    assert str(caught.value) == (
        "frame.csv: respondents name a wgo that no organisation in the frame has: 'zuid' (1), 'west' (2). "
        "Add its organisations to the frame, or correct the answers. In the frame: 'noord', 'oost'."
    )


def test_variable_that_the_frame_does_not_have(named: Respondents) -> None:
    responses = named(["noord"])
    with pytest.raises(PopulationError) as caught:
        response_rates(responses, population(responses, ["noord"]), by="branche")
    assert str(caught.value) == "frame.csv: no column 'branche'. Known: 'wgo'."


def test_unknown_breakdown(named: Respondents) -> None:
    responses = named(["noord"])
    with pytest.raises(UnknownNameError) as caught:
        response_rates(responses, population(responses, ["noord"]), by="wgos")
    assert str(caught.value) == (
        "questionnaire 'proef-1': no breakdown 'wgos'. Did you mean 'wgo'? Known: 'wgo', 'branche', 'helft'."
    )


def test_the_total_only(named: Respondents) -> None:
    responses = named(["noord", "zuid"])
    frame = response_rates(responses, population(responses, ["noord", "noord", "zuid", "west"]), by="")
    assert frame[["by", "group", "estimate", "numerator", "denominator"]].to_numpy().tolist() == [["", "", 0.5, 2, 4]]
