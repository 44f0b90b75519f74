"""Suggested themes: words of the codebook, in any form, and nothing for words that tell nothing."""

from pathlib import Path

import pytest
import yaml

import srsmeting
from srsmeting.questionnaire import Question, load_questionnaire
from srsmeting.themes.suggestions import Suggester

TOP = Path(srsmeting.__file__).parents[1]


@pytest.fixture
def suggester() -> Suggester:
    themes = [
        {"code": "opleiden", "label": "Flexibel opleiden", "definition": "Niet: behoud.", "examples": ["modulair onderwijs"]},
        {"code": "behoud", "label": "Medewerkers behouden", "examples": ["verzuim", "duurzame inzetbaarheid"]},
        {"code": "zzp", "label": "Minder inhuur", "examples": ["zzp", "zzp'ers"]},
    ]  # fmt: skip
    return Suggester(Question(id="t", kind="open", title="T", text="?", pijler="p", fase="effect", themes=themes))


@pytest.mark.parametrize(
    ("answer", "themes"),
    [
        ("Modulair onderwijs", ["opleiden"]),
        # Another form, a part of a word, capitals and an accent of its own.
        ("MODULAIRE vormen van onderwijs.", ["opleiden"]),
        ("ziekteverzuim", ["behoud"]),
        ("zzp’ers en verzuim", ["behoud", "zzp"]),
        ("de duurzame inzetbaarheid van medewerkers", ["behoud"]),
        # Half of an example with half of a label is three quarters.
        ("onderwijs dat flexibel is", ["opleiden"]),
        # A label by itself, half of an example, words of a definition, and words that tell nothing.
        ("medewerkers behouden", []),
        ("duurzame energie", []),
        ("niet", []),
        ("wij gaan door met wat er is", []),
        ("", []),
    ],
)
def test_words_of_the_codebook_suggest_a_theme(suggester: Suggester, answer: str, themes: list[str]) -> None:
    assert [each.theme for each in suggester.suggest(answer)] == themes


def test_the_best_comes_first_and_so_many_are_given(suggester: Suggester) -> None:
    answer = "verzuim, zzp'ers en minder inhuur, modulair onderwijs"

    assert [each.theme for each in suggester.suggest(answer)] == ["opleiden", "behoud", "zzp"]
    assert [each.theme for each in suggester.suggest(answer, most=1)] == ["opleiden"]


def test_most_invented_answers_of_the_bundled_measurement_get_their_own_theme() -> None:
    questionnaire = load_questionnaire(TOP / "questionnaires" / "srs_2021.yaml")
    texts = yaml.safe_load((TOP / "analyses" / "srs_2021" / "open_answers.yaml").read_text(encoding="utf-8"))["texts"]
    right, wrong, themed = 0, 0, 0
    for name in ("soort_inzichten", "thema_komend_jaar", "soort_rol"):
        suggester = Suggester(questionnaire.question(name))
        for entry in texts[name]:
            for text in entry["texts"]:
                found = [each.theme for each in suggester.suggest(text.removeprefix("(verzonnen antwoord) "))]
                themed += entry["theme"] != "ander"
                right += found[:1] == [entry["theme"]]
                wrong += entry["theme"] == "ander" and bool(found)

    assert themed == 48
    assert right >= 40
    assert wrong <= 2
