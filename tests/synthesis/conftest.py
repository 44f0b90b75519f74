"""A questionnaire with every kind of question, and a reader of exports that knows nothing of the package."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from srsmeting.questionnaire import Questionnaire, parse_questionnaire

FIXED = {"title": "Titel", "text": "Vraag?", "pijler": "a", "fase": "bereik"}


def codes(*names: str, **kinds: str) -> list[dict[str, str]]:
    return [{"code": name, "label": name, "kind": kinds.get(name, "valid")} for name in names]


QUESTIONS: list[dict[str, Any]] = [
    {"id": "regio", "export": "A1", "kind": "single", "categories": codes("noord", "zuid", "west")},
    {"id": "cijfer", "export": "A2", "kind": "mark", "range": [1, 10]},
    {"id": "kent", "export": "A3", "kind": "single", "categories": codes("inhoud", "gehoord", "niet")},
    {
        "id": "effect",
        "export": "A4",
        "kind": "multiple",
        "asked_if": "kent == inhoud",
        "categories": [
            *({"code": code, "export": f"SQ{number}", "label": code} for number, code in enumerate("abc", 1)),
            {"code": "anders", "export": "other", "label": "anders", "kind": "other"},
            {"code": "geen", "export": "SQ4", "label": "geen", "kind": "none_of_these"},
        ],
    },
    {
        "id": "impact",
        "export": "A5",
        "kind": "statements",
        "asked_if": "kent != niet",
        "categories": codes("eens", "neutraal", "oneens", "weet_niet", weet_niet="dont_know"),
        "items": [{"id": "een", "export": "SQ1", "label": "een"}, {"id": "twee", "export": "SQ2", "label": "twee"}],
        "sums": [{"code": "niet_eens", "label": "niet eens", "of": ["neutraal", "oneens"]}],
    },
    {"id": "functie", "export": "A6", "kind": "single", "categories": [
        {"code": "hr", "export": "F1", "label": "hr"},
        {"code": "overig", "export": "other", "label": "overig", "kind": "other"},
    ]},
    {"id": "fte", "export": "A7", "kind": "number"},
    {"id": "toelichting", "export": "A8", "kind": "open", "asked_if": "selected(effect, a)"},
]  # fmt: skip


@pytest.fixture
def questionnaire() -> Questionnaire:
    return parse_questionnaire(
        {
            "meting": "klein",
            "title": "Klein",
            "pijlers": [{"id": "a", "label": "A"}],
            "questions": [FIXED | question for question in QUESTIONS],
        }
    )


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "targets.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def read_export(path: Path) -> pd.DataFrame:
    """Read an export with the csv module, complete responses only."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = [row for row in csv.reader(file, delimiter=";") if row]
    table = pd.DataFrame(rows, columns=header, dtype="str")
    return table[table["submitdate"] != ""].reset_index(drop=True)


@pytest.fixture
def read() -> Callable[[Path], pd.DataFrame]:
    return read_export
