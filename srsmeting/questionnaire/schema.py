"""The JSON Schema of a questionnaire file, for editors: completion, and a red line under a misspelt key.

It is made from the models, so it knows keys and types; what a file as a whole must keep to is checked on loading.
``python -m srsmeting.questionnaire.schema`` prints it: send that to ``questionnaires/questionnaire.schema.json``.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from srsmeting.questionnaire.entries import QuestionnaireEntry

_STANDARD = "https://json-schema.org/draft/2020-12/schema"


def questionnaire_schema() -> str:
    """Return the JSON Schema as text, the way it stands in the file.

    Examples
    --------
    >>> '"additionalProperties": false' in questionnaire_schema()
    True
    """
    schema = {"$schema": _STANDARD, **QuestionnaireEntry.model_json_schema()}
    return json.dumps(_without_titles(schema), ensure_ascii=False, indent=2) + "\n"


def _without_titles(node: Any) -> Any:
    """Drop the titles that pydantic makes of every key: they repeat the key, and editors show both."""
    if isinstance(node, list):
        return [_without_titles(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    # A property that is called `title` has a schema for its value; a title is a text.
    return {
        key: _without_titles(value) for key, value in node.items() if not (key == "title" and isinstance(value, str))
    }


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(questionnaire_schema())
