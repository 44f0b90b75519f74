"""Codes of invented answers."""

from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.errors import SynthesisError
from srsmeting.questionnaire import Questionnaire, parse_questionnaire
from srsmeting.synthesis import read_text_themes, write_invented_codes


@pytest.fixture
def asked() -> Questionnaire:
    question = {
        "id": "wens",
        "export": "Q1",
        "kind": "open",
        "title": "W",
        "text": "?",
        "pijler": "p",
        "fase": "effect",
    }
    return parse_questionnaire(
        {
            "meting": "m",
            "title": "M",
            "pijlers": [{"id": "p", "label": "P"}],
            "questions": [
                question | {"themes": [{"code": "tijd", "label": "Tijd"}, {"code": "geld", "label": "Geld"}]},
                question | {"id": "los", "export": "Q2"},
            ],
        }
    )


def test_only_questions_with_a_codebook_are_coded(asked: Questionnaire, written: Callable[[str], Path]) -> None:
    path = written(
        "texts:\n  wens: [{theme: tijd, count: 1, texts: [a, b]}, {theme: ander, count: 1, texts: [c]}]\n"
        "  los: [{theme: iets, count: 1, texts: [d]}]\n"
    )

    assert read_text_themes(path, asked) == {"wens": {"a": "tijd", "b": "tijd", "c": "ander"}}


def test_themes_that_are_not_in_the_codebook_are_told_together(
    asked: Questionnaire, written: Callable[[str], Path]
) -> None:
    path = written(
        "texts:\n  wens:\n    - {theme: tyd, count: 1, texts: [a]}\n    - {theme: geld, count: 1, texts: [a]}\n"
    )

    with pytest.raises(SynthesisError) as caught:
        read_text_themes(path, asked)
    assert str(caught.value).splitlines() == [
        "targets.yaml:3: no theme 'tyd' of question 'wens'. Known: 'tijd', 'geld', 'ander', 'geen'.",
        "targets.yaml:4: question 'wens': 'a' stands under 'tyd' and 'geld'. Keep one.",
    ]


def test_the_complete_responses_are_coded(asked: Questionnaire, tmp_path: Path) -> None:
    export = tmp_path / "export.csv"
    rows = ["1;2022;a;", "2;2022;;d", "3;;b;", "4;2022;b;"]
    export.write_text("\ufeff" + "\r\n".join(["id;submitdate;Q1;Q2", *rows]) + "\r\n", encoding="utf-8")

    write_invented_codes(tmp_path / "coded.csv", export, asked, {"wens": {"a": "tijd", "b": "ander"}})
    assert (tmp_path / "coded.csv").read_text(encoding="utf-8") == (
        "respondent,question,theme\n1,wens,tijd\n4,wens,ander\n"
    )

    with pytest.raises(SynthesisError) as caught:
        write_invented_codes(tmp_path / "coded.csv", export, asked, {"wens": {"a": "tijd"}})
    assert str(caught.value) == (
        "write_invented_codes(): respondent '4' wrote 'b' at 'wens', which is none of the texts. "
        "Write the export and the codes from one file of texts."
    )
