"""Respondents against the frame, counted on paper."""

from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.errors import UnknownNameError
from srsmeting.intake import take_in
from srsmeting.intake.account.response import response_frame
from srsmeting.population import read_population
from srsmeting.questionnaire import Questionnaire

ROWS = [
    {"G01Q01": "A1", "G01Q02": "A2", "G01Q05": "7", "G01Q06": "1"},
    {"G01Q01": "A1", "G01Q02": "A2", "G01Q05": "7", "G01Q06": "1"},
    {"G01Q01": "", "G01Q02": "A2", "G01Q05": "7", "G01Q06": "1"},
]


def test_every_group_and_those_that_are_not_known(
    kort: Questionnaire, write_export: Callable[..., Path], tmp_path: Path
) -> None:
    frame = tmp_path / "frame.csv"
    frame.write_text("token,wgo\ntok1,noord\ntok2,noord\ntok3,zuid\ntok4,zuid\ntok5,\n", encoding="utf-8")
    population = read_population(frame, kort)
    responses = take_in(write_export(ROWS), kort).responses
    total = ["", "", "Alle organisaties", 3, 5]
    assert response_frame(responses, population, "wgo").values.tolist() == [
        total,
        ["wgo", "noord", "Noord", 2, 2],
        ["wgo", "zuid", "Zuid", 0, 2],
        ["wgo", "anders", "Anders", 0, 0],
        ["wgo", "", "Niet bekend", 1, 1],
    ]
    assert response_frame(responses, population).values.tolist() == [total]
    # The frame does not know who has heard of it.
    assert response_frame(responses, population, "bekend").values.tolist() == [total]
    with pytest.raises(UnknownNameError):
        response_frame(responses, population, "regio")
