"""Invented texts for open answers."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.errors import SynthesisError
from srsmeting.questionnaire import Questionnaire
from srsmeting.synthesis import read_texts


def test_a_theme_has_as_many_texts_as_it_says(questionnaire: Questionnaire, written: Callable[[str], Path]) -> None:
    path = written(
        """\
texts:
  toelichting:
    - {theme: een, count: 5, texts: [p, q]}
    - {theme: twee, count: 1, texts: [r, s]}
  effect:
    - {theme: los, count: 2, texts: [t]}
"""
    )

    texts = read_texts(path, questionnaire)

    assert Counter(texts["toelichting"]) == {"p": 3, "q": 2, "r": 1}
    assert texts["effect"] == ["t", "t"]


def test_a_question_that_takes_no_text(questionnaire: Questionnaire, written: Callable[[str], Path]) -> None:
    entry = "\n    - {theme: los, count: 2, texts: [t]}\n"
    path = written(f"texts:\n  kent:{entry}  toelichtng:{entry}")
    with pytest.raises(SynthesisError) as caught:
        read_texts(path, questionnaire)

    assert str(caught.value).splitlines() == [
        "targets.yaml:2: no question with texts 'kent'. Known: 'effect', 'functie', 'toelichting'.",
        "targets.yaml:4: no question with texts 'toelichtng'. Did you mean 'toelichting'? "
        "Known: 'effect', 'functie', 'toelichting'.",
    ]
