"""The sampling frame around invented responses."""

import re
from pathlib import Path

import pytest

from srsmeting.errors import SynthesisError, UnknownNameError
from srsmeting.population import read_population
from srsmeting.questionnaire import Questionnaire
from srsmeting.synthesis import Target, invent_tokens, synthesise, write_sampling_frame


def test_the_frame_holds_respondents_and_others(questionnaire: Questionnaire, tmp_path: Path) -> None:
    groups = [
        synthesise(questionnaire, 20, targets=[Target("regio == noord", 8, 8)], seed=1),
        synthesise(questionnaire, 30, targets=[Target("regio == noord", 12, 12)], seed=2),
    ]
    tokens = invent_tokens(50, seed=1)
    write_sampling_frame(tmp_path / "frame.csv", groups, tokens=tokens, variables=["regio", "functie"])
    lines = (tmp_path / "frame.csv").read_text(encoding="utf-8").splitlines()
    cells = [line.split(",") for line in lines[1:]]

    assert lines[0] == "token,regio,functie"
    assert [cell[0] for cell in cells] == sorted(tokens)
    assert sum(cell[1] == "noord" for cell in cells) == 20
    first = next(cell for cell in cells if cell[0] == tokens[0])
    assert first[1:] == groups[0].answers.loc[0, ["regio", "functie"]].tolist()
    assert read_population(tmp_path / "frame.csv", questionnaire).count("regio")["noord"] == 20


def test_what_is_not_known_of_everyone_stays_out(questionnaire: Questionnaire, tmp_path: Path) -> None:
    groups = [synthesise(questionnaire, 3, seed=1)]
    path = tmp_path / "frame.csv"
    for variable in ("cijfer", "effect"):
        message = f"write_sampling_frame(): {variable!r} is not a single choice that everyone answered. Leave it out."
        with pytest.raises(SynthesisError, match=f"^{re.escape(message)}$"):
            write_sampling_frame(path, groups, tokens=["a", "b", "c"], variables=[variable])
    with pytest.raises(UnknownNameError, match=r"no question 'regoi'\. Did you mean 'regio'\?"):
        write_sampling_frame(path, groups, tokens=["a", "b", "c"], variables=["regoi"])
    message = "write_sampling_frame(): 2 tokens for 3 organisations. Give each one of its own."
    with pytest.raises(SynthesisError, match=f"^{re.escape(message)}$"):
        write_sampling_frame(path, groups, tokens=["a", "b"], variables=["regio"])
    assert not path.exists()
