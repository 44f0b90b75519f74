"""A small book to proof-read, and figures to put under it."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from srsmeting.estimates import estimate_frame
from srsmeting.frames import write_frame

SETUP = "```{python}\n#| include: false\nimport srsmeting as srs\n\nr = srs.open_report()\n```"

QUESTIONNAIRE = """\
meting: klein-2021
title: Een kleine meting
respondents: leden
pijlers: [{id: basis, label: Basis}]
questions:
  - {id: bekend, kind: single, title: Bekendheid, text: Kent u het onderzoek?, topic: het onderzoek, pijler: basis,
     fase: bereik, categories: [{code: ja, label: Ja}, {code: nee, label: Nee}]}
  - {id: effect, kind: multiple, title: Effecten, text: Wat veranderde er?, pijler: basis, fase: effect,
     categories: [{code: plan, label: Een plan}, {code: beeld, label: Een beeld},
                  {code: geen, label: Geen effect, kind: none_of_these}]}
"""

Counts = Mapping[tuple[str, str], int | None]
#: Of a hundred members each.
COUNTS: Counts = {
    ("bekend", "ja"): 66,
    ("bekend", "nee"): 34,
    ("effect", "plan"): 40,
    ("effect", "beeld"): 20,
    ("effect", "geen"): 10,
}

MakeBook = Callable[..., Path]
MakeBundle = Callable[..., Path]


@pytest.fixture
def book(tmp_path: Path) -> MakeBook:
    """Write a book of one chapter, which opens its figures in lines 3 to 8; its text begins in line 10."""

    def make(text: str) -> Path:
        folder = tmp_path / "rapport"
        folder.mkdir(exist_ok=True)
        (folder / "_quarto.yml").write_text(
            "project: {type: book}\nbook: {title: Rapport, chapters: [index.qmd]}\nlang: nl\njupyter: python3\n",
            encoding="utf-8",
        )
        (folder / "index.qmd").write_text(f"# Rapport\n\n{SETUP}\n\n{text}\n", encoding="utf-8")
        return folder

    return make


@pytest.fixture
def bundle(tmp_path: Path) -> MakeBundle:
    """Write the figures of the small measurement, some of them replaced; None suppresses one."""

    def make(name: str = "cijfers", changes: Counts | None = None) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        (folder / "questionnaire.yaml").write_text(QUESTIONNAIRE, encoding="utf-8")
        texts = {"meting": "klein-2021", "title": "Een kleine meting", "source": "Verzonnen", "period": "2021"}
        (folder / "report.json").write_text(json.dumps(texts), encoding="utf-8")
        counts = {**COUNTS, **(changes or {})}
        frame = estimate_frame(
            {
                "meting": "klein-2021",
                "question": [question for question, _ in counts],
                "category": [category for _, category in counts],
                "measure": "share",
                "estimate": [float("nan") if count is None else count / 100 for count in counts.values()],
                "numerator": [None if count is None else count for count in counts.values()],
                "denominator": [None if count is None else 100 for count in counts.values()],
                "status": ["Q" if count is None else "A" for count in counts.values()],
                "reason": ["small_base" if count is None else "" for count in counts.values()],
            }
        )
        write_frame(frame, folder / "estimates.csv")
        return folder

    return make
