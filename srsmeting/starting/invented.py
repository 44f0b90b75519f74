"""Invented answers, frame, coverage and codes, as files: what a measurement starts from, with nobody behind it."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from srsmeting.questionnaire import NO_CONTENT, OTHER_THEME, Question, Questionnaire
from srsmeting.responses import Responses
from srsmeting.synthesis import (
    Dummies,
    invent_dummies,
    invent_tokens,
    write_invented_codes,
    write_limesurvey_export,
    write_sampling_frame,
)

#: Of every so many that are invited one responds, and of every so many that begin one stops.
_INVITED, _STOPPED = 2.4, 40
#: The year of a measurement that does not say one.
_ANY_YEAR: Final = 2026
_LONG: Final = (
    "(verzonnen) Wij zien dat het per locatie anders ligt; “het hangt ervan af”, zegt men dan, en dat klopt. " * 14
).strip()
_TEXTS: Final = (
    *("(verzonnen) Meer tijd.", "(verzonnen) weet ik niet", "(verzonnen) Zie hierboven; het antwoord is ‘ja’."),
    *("(verzonnen) Samen optrekken met de buren,\nen dat ook laten zien.", _LONG),
)


@dataclass(frozen=True)
class Invented:
    """What was invented.

    Parameters
    ----------
    dummies
        The answers of who sent the survey in.
    invited
        How many organisations the frame has.
    files
        Name of each file that was written, by its key in ``meting.yaml``.
    """

    dummies: Dummies
    invited: int
    files: dict[str, str]


def write_invented(
    folder: Path,
    questionnaire: Questionnaire,
    *,
    n: int,
    seed: int,
    known: Sequence[str],
    year: str = "",
    employees: bool = False,
) -> Invented:
    """Invent a measurement and write its files.

    Parameters
    ----------
    folder
        Where to; the files are called as :attr:`Invented.files` says.
    questionnaire
        What is asked.
    n
        Number of respondents; there are more organisations in the frame.
    seed
        The same seed gives the same files.
    known
        Single questions that the frame has of everyone.
    year
        The year that the answers are about.
    employees
        Whether the frame has their number.

    Raises
    ------
    SynthesisError
        When `n` is below 1, or a file cannot be written.
    """
    at = int(year) if year else _ANY_YEAR
    made = invent_dummies(questionnaire, n, seed=seed, known=known)
    respondents = made.responses
    others = invent_dummies(questionnaire, max(int(n * (_INVITED - 1)), 1), seed=seed + 1, known=known).responses
    stopped = min(n // _STOPPED, others.n)
    tokens = invent_tokens(n + others.n, seed=seed)
    texts, themes = _texts(questionnaire)
    write_limesurvey_export(
        respondents,
        folder / "export.csv",
        fieldwork=(dt.date(at + 1, 3, 1), dt.date(at + 1, 4, 12)),
        seed=seed,
        tokens=tokens[: n + stopped],
        incomplete=Responses(questionnaire, others.answers.head(stopped), others.status.head(stopped)),
        texts=texts,
    )
    frame = folder / "frame.csv"
    write_sampling_frame(frame, [respondents, others], tokens=tokens, variables=list(known))
    if employees:
        _add_employees(frame, seed)
    files = {"export": "export.csv", "frame": "frame.csv"}
    if themes:
        write_invented_codes(folder / "coded.csv", folder / "export.csv", questionnaire, themes)
        files["coded"] = "coded.csv"
    if questionnaire.coverage_branches:
        _write_coverage(folder / "coverage.csv", questionnaire, at, seed)
        files["coverage"] = "coverage.csv"
    return Invented(made, n + others.n, files)


def _texts(questionnaire: Questionnaire) -> tuple[dict[str, list[str]], dict[str, dict[str, str]]]:
    """Return what is written by question, and which theme a text is about where there is a codebook."""
    texts: dict[str, list[str]] = {}
    themes: dict[str, dict[str, str]] = {}
    for question in questionnaire.questions:
        if question.kind == "open" and question.themes:
            themes[question.id] = _on_themes(question)
            texts[question.id] = _more_of_the_first(themes[question.id])
        elif question.kind == "open" or any(category.is_written_in for category in question.categories):
            texts[question.id] = list(_TEXTS)
    return texts, themes


def _on_themes(question: Question) -> dict[str, str]:
    found = {
        f"(verzonnen) {theme.label}: {example}.": theme.code
        for theme in question.themes
        for example in theme.examples or (theme.label,)
    }
    return found | {
        "(verzonnen) Iets heel anders.": OTHER_THEME,
        "(verzonnen) geen idee": NO_CONTENT,
        _LONG: OTHER_THEME,
    }


def _more_of_the_first(themes: dict[str, str]) -> list[str]:
    """Repeat texts so that the first themes are mentioned often and the last one seldom."""
    codes = list(dict.fromkeys(themes.values()))
    return [text for text, code in themes.items() for _ in range(max(2 * (len(codes) - codes.index(code)) - 3, 1))]


def _add_employees(path: Path, seed: int) -> None:
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    rng = np.random.default_rng([seed, 3])
    table["employees"] = np.rint(rng.lognormal(4.5, 1.3, len(table)) + 1).astype(np.int64).astype("str")
    table.to_csv(path, index=False, lineterminator="\n")


def _write_coverage(path: Path, questionnaire: Questionnaire, year: int, seed: int) -> None:
    rng = np.random.default_rng([seed, 4])
    branches = [branche.code for branche in questionnaire.coverage_branches]
    employees = np.rint(rng.lognormal(11, 0.6, len(branches))).astype(np.int64)
    share = rng.uniform(0.45, 0.8, len(branches))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["moment", "date", "branche", "employees_members", "employees", "included_in"])
        for moment in (year - 2, year):
            for code, number, part in zip(branches, employees.tolist(), share.tolist(), strict=True):
                writer.writerow([moment, f"{moment}-06-30", code, int(number * part), number, ""])
            employees = np.rint(employees * rng.uniform(1.0, 1.06, len(branches))).astype(np.int64)
            share = np.clip(share + rng.uniform(-0.01, 0.05, len(branches)), 0, 1)
