"""The lines beneath an exhibit."""

from __future__ import annotations

import pandas as pd
import pytest

from srsmeting.estimates import bind_estimates, estimate_frame
from srsmeting.presentation.notes import base_line, mean_note, standard_notes
from srsmeting.questionnaire import Questionnaire


@pytest.mark.parametrize(
    ("question", "bases", "line"),
    [
        ("bekend", [301], "Basis: alle respondenten (n\u00a0=\u00a0301)."),
        (
            "effect_onderzoek",
            [1199],
            "Basis: respondenten die de inhoud van het onderzoek kennen (n\u00a0=\u00a01.199).",
        ),
        ("impact", [190, 200], "Basis: alle respondenten (n\u00a0=\u00a0190 tot 200, verschilt per stelling)."),
        ("impact", [200, 200, None], "Basis: alle respondenten (n\u00a0=\u00a0200)."),
        ("bekend", [None], "Basis: alle respondenten."),
    ],
)
def test_the_base_says_who_was_asked_and_how_many_answered(
    questionnaire: Questionnaire, question: str, bases: list[int | None], line: str
) -> None:
    assert base_line(questionnaire, question, bases) == line


def test_a_mean_is_told_where_the_frame_has_one(estimates: pd.DataFrame, questionnaire: Questionnaire) -> None:
    mean = estimate_frame({"meting": "m-2021", "question": "cijfer", "measure": "mean", "estimate": 7.25})

    assert mean_note(bind_estimates(estimates, mean), questionnaire, "cijfer") == "Gemiddeld: 7,3."
    assert mean_note(estimates, questionnaire, "cijfer") == ""


def test_what_must_be_known_to_read_a_question(questionnaire: Questionnaire) -> None:
    assert standard_notes(questionnaire.question("experimenten")) == ("Niet meegeteld: ‘Weet niet’.",)
    assert standard_notes(questionnaire.question("effect_onderzoek")) == ("Meer antwoorden mogelijk.",)
    assert standard_notes(questionnaire.question("bekend")) == ()
