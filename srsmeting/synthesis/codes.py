"""Codes of invented open answers: they were written for a theme, so that nobody needs to code them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from srsmeting.errors import SynthesisError
from srsmeting.questionnaire import Questionnaire
from srsmeting.synthesis.files import write_whole


def write_invented_codes(
    path: Path | str, export: Path | str, questionnaire: Questionnaire, themes: Mapping[str, Mapping[str, str]]
) -> None:
    """Write the themes of the open answers in an invented export, as ``coded.csv`` has them.

    Parameters
    ----------
    path
        File to write; it appears whole or not at all. Respondents are named by their id in the export: there is nobody
        to protect, and whoever has the file can count along.
    export
        What :func:`write_limesurvey_export` wrote; only complete responses are coded.
    questionnaire
        Which column is which question.
    themes
        Theme by text, by question, as :func:`read_text_themes` gives them.

    Raises
    ------
    SynthesisError
        When an answer is none of the texts, or the file cannot be written.
    """
    with Path(export).open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter=";") if row["submitdate"]]
    lines = [["respondent", "question", "theme"]]
    for question, known in themes.items():
        column = questionnaire.question(question).export
        for row in rows:
            if row[column] and row[column] not in known:
                raise SynthesisError(
                    f"write_invented_codes(): respondent {row['id']!r} wrote {row[column]!r} at {question!r}, which is "
                    "none of the texts. Write the export and the codes from one file of texts."
                )
            if row[column]:
                lines.append([row["id"], question, known[row[column]]])
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(lines)
    write_whole(path, text.getvalue().encode())
