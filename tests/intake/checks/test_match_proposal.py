"""A first matches.yaml: what needs nothing is left out, what is unsure is commented out, and it reads back."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from srsmeting.intake import read_export
from srsmeting.intake.checks.match_proposal import MatchProposal, matches_to_yaml, propose_matches
from srsmeting.intake.checks.organisations import read_matches, with_names
from srsmeting.intake.raw import TEXT
from srsmeting.population import Population, read_population
from srsmeting.questionnaire import Questionnaire

NAMES = [
    "de linde",
    "De Lindde",
    "Zorggroep Nrd",
    "Heel iets anders",
    "Dubbel",
    "nvt",
    "Bekend",
    "Niet af",
    "Oude naam",
]
FRAME = """\
token,organisation
a,Stichting De Linde
b,Zorggroep Noord
c,Stichting Dubbel
d,Dubbel B.V.
e,Onder een andere naam
f,Nieuwe naam
"""


@pytest.fixture
def population(kort: Questionnaire, tmp_path: Path) -> Population:
    (tmp_path / "frame.csv").write_text(FRAME, encoding="utf-8")
    return read_population(tmp_path / "frame.csv", kort)


@pytest.fixture
def proposal(write_export: Callable[..., Path], population: Population, tmp_path: Path) -> MatchProposal:
    rows = [{"Organisatie": name, "token": ""} for name in NAMES]
    rows[6] |= {"token": "e"}
    rows[7] |= {"submitdate": ""}
    (tmp_path / "matches.yaml").write_text("matches:\n  Oude naam: Nieuwe naam\n", encoding="utf-8")
    raw = with_names(read_export(write_export(rows, columns=["Organisatie", "G01Q01"])), "organisatie")
    return propose_matches(raw, population, read_matches(tmp_path / "matches.yaml"))


def test_what_needs_nothing_what_is_like_a_name_and_what_is_not(proposal: MatchProposal) -> None:
    assert proposal.settled == 2  # written alike, and confirmed; the one with a token is not looked at
    assert {name: [listed for listed, _ in found] for name, found in proposal.unsure.items()} == {
        "De Lindde": ["Stichting De Linde"],
        "Zorggroep Nrd": ["Zorggroep Noord"],
    }
    assert proposal.unlike == ("Heel iets anders", "Niet af")
    assert proposal.ambiguous == ("Dubbel",)
    assert proposal.confirmed == {"Oude naam": "Nieuwe naam"}


def test_the_file_uses_nothing_that_is_unsure_and_shows_how_to(proposal: MatchProposal, tmp_path: Path) -> None:
    text = matches_to_yaml(proposal)
    scores = [found[0][1] for found in proposal.unsure.values()]
    assert text.splitlines() == [
        '# Names of organisations in "export.csv", and the names that they have in "frame.csv".',
        "# Names that need nothing, because they are written alike or were confirmed: 2.",
        "# Lines with '#' are suggestions and do nothing. Take the '#' away from the one that is right.",
        "",
        "matches:",
        '  "Oude naam": "Nieuwe naam"',
        "",
        "# Not sure. Choose at most one per name:",
        f'#  "De Lindde": "Stichting De Linde"  # {scores[0]} %',
        f'#  "Zorggroep Nrd": "Zorggroep Noord"  # {scores[1]} %',
        "",
        '# Like no organisation in "frame.csv":',
        '#  "Heel iets anders": ?',
        '#  "Niet af": ?',
        "",
        '# More than one organisation in "frame.csv" has this name. Give them names of their own there:',
        '#  "Dubbel": ?',
    ]
    path = tmp_path / "proposed.yaml"
    path.write_text(text, encoding="utf-8")
    assert read_matches(path).by_name == {"Oude naam": "Nieuwe naam"}
    path.write_text(text.replace('#  "De Lindde"', '  "De Lindde"'), encoding="utf-8")
    assert read_matches(path).by_name == {"Oude naam": "Nieuwe naam", "De Lindde": "Stichting De Linde"}


@pytest.mark.parametrize(
    "name", ['Zorg "De Linde": #1', "Zorg\nDe Linde", "- De Linde", "De 'Linde'\x07", "ＤＥ LINDE 👋"]
)
def test_a_name_cannot_break_out_of_its_line(
    name: str, write_export: Callable[..., Path], population: Population, tmp_path: Path
) -> None:
    raw = with_names(
        read_export(write_export([{"Organisatie": "x", "token": ""}], columns=["Organisatie"])), "Organisatie"
    )
    raw.cells["Organisatie"] = pd.Series(np.array([name], dtype=object), dtype=TEXT)
    text = matches_to_yaml(propose_matches(raw, population))
    path = tmp_path / "proposed.yaml"
    path.write_text(text.replace("\n#  ", "\n  ").replace(": ?", ': "De Linde"'), encoding="utf-8")
    assert set(read_matches(path).by_name) <= {name}


def test_without_names_there_is_nothing_to_propose(write_export: Callable[..., Path], population: Population) -> None:
    raw = with_names(read_export(write_export([{"Organisatie": ""}], columns=["Organisatie"])), "Organisatie")
    text = matches_to_yaml(propose_matches(raw, population))
    assert text.splitlines()[1:] == [
        "# Names that need nothing, because they are written alike or were confirmed: 0.",
        "# Lines with '#' are suggestions and do nothing. Take the '#' away from the one that is right.",
        "",
        "matches:",
    ]
