"""The JSON Schema for editors."""

import json
from pathlib import Path

from srsmeting.questionnaire.entries import QuestionEntry
from srsmeting.questionnaire.schema import questionnaire_schema

FOLDER = Path(__file__).parents[2] / "questionnaires"


def test_the_file_is_up_to_date() -> None:
    written = (FOLDER / "questionnaire.schema.json").read_text(encoding="utf-8")
    assert written == questionnaire_schema(), (
        "run: python -m srsmeting.questionnaire.schema > questionnaires/questionnaire.schema.json"
    )


def test_it_knows_every_key_and_refuses_others() -> None:
    question = json.loads(questionnaire_schema())["$defs"]["QuestionEntry"]
    assert list(question["properties"]) == list(QuestionEntry.model_fields)
    assert question["additionalProperties"] is False
    assert question["required"] == ["id", "kind", "title", "text", "pijler", "fase"]


def test_editors_find_it_from_the_first_line_of_a_questionnaire() -> None:
    first = (FOLDER / "srs_2021.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=questionnaire.schema.json"
