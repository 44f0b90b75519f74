"""Write responses as LimeSurvey 6 writes them, so that the invented and the real go through one door."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.errors import SynthesisError, suggest
from srsmeting.questionnaire import Question
from srsmeting.responses import Responses
from srsmeting.synthesis.fieldwork import invent_metadata, invent_tokens
from srsmeting.synthesis.files import write_whole
from srsmeting.synthesis.texts import takes_text

#: What stands in an open answer, and behind an "other", for which no texts are given.
PLACEHOLDER: Final = "(verzonnen antwoord)"


def write_limesurvey_export(
    responses: Responses,
    path: Path | str,
    *,
    fieldwork: tuple[dt.date, dt.date],
    seed: int,
    tokens: Sequence[str] | None = None,
    incomplete: Responses | None = None,
    texts: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Write responses as a LimeSurvey 6 response export: CSV, headings by code, answers by code.

    UTF-8 with BOM, semicolons, every cell quoted, rows ended by CRLF and one blank row at the end, as RemoteControl
    writes it. A cell is empty both for a question that was not shown and for one that was left empty.

    Parameters
    ----------
    responses
        Who sent the survey in.
    path
        File to write; it appears whole or not at all.
    fieldwork
        First and last day on which the survey was open; responses come in on weekdays in office hours.
    seed
        For times, random numbers, addresses (192.0.2.x, reserved for documentation) and the order of texts.
    tokens
        Access codes, one per respondent: first those of `responses`, then those of `incomplete`. Default: invented.
    incomplete
        Who opened the survey and stopped half way: they keep their first answers and have no ``submitdate``.
    texts
        By question: what is written in an open answer, or behind "other", as :func:`read_texts` gives them. They are
        handed out in random order, each once before any comes back. Default: a placeholder.

    Raises
    ------
    SynthesisError
        When there are not as many tokens as respondents, no weekday in the fieldwork, texts for a question that takes
        none, or no folder to write in.

    Examples
    --------
    >>> import tempfile
    >>> from srsmeting.questionnaire import parse_questionnaire
    >>> from srsmeting.synthesis import synthesise
    >>> questionnaire = parse_questionnaire({
    ...     "meting": "m", "title": "M", "pijlers": [{"id": "a", "label": "A"}],
    ...     "questions": [{"id": "kent", "export": "G1Q1", "kind": "single", "title": "Kent", "text": "Kent u het?",
    ...                    "pijler": "a", "fase": "bereik", "categories": [{"code": "ja", "label": "Ja"}]}]})
    >>> responses = synthesise(questionnaire, 2, seed=1)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "export.csv")
    ...     days = (dt.date(2022, 3, 7), dt.date(2022, 4, 8))
    ...     write_limesurvey_export(responses, file, fieldwork=days, seed=1)
    ...     lines = file.read_text(encoding="utf-8-sig").splitlines()
    >>> lines[0][-15:], lines[1][-5:], lines[-1]
    ('"refurl";"G1Q1"', ';"ja"', '')
    """
    every = [responses] if incomplete is None else [responses, incomplete]
    size = sum(part.n for part in every)
    codes = invent_tokens(size, seed=seed) if tokens is None else list(tokens)
    if len(codes) != size:
        raise SynthesisError(
            f"write_limesurvey_export(): {len(codes)} tokens for {size} respondents. Give each one of its own."
        )
    given = dict(texts or {})
    _check_texts(responses, given)
    rng = np.random.default_rng(seed)
    tables = [pd.DataFrame(_cells(part, given, rng), dtype="str") for part in every]
    progress = np.ones(size)
    if incomplete is not None:
        progress[responses.n :] = rng.random(incomplete.n)
        _cut(tables[1], progress[responses.n :])
    pages = len(responses.questionnaire.pijlers)
    metadata = invent_metadata(codes, np.arange(size) < responses.n, progress, pages, fieldwork, rng)
    table = pd.concat([metadata, pd.concat(tables, ignore_index=True)], axis=1)
    # The tool numbers responses in the order in which they were opened.
    table = table.sort_values(["startdate", "token"], ignore_index=True)
    table["id"] = (np.arange(size) + 1).astype(str)
    text = table.to_csv(index=False, sep=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    write_whole(path, f"{text}\r\n".encode("utf-8-sig"))


def _cells(responses: Responses, texts: Mapping[str, Sequence[str]], rng: np.random.Generator) -> dict[str, list[str]]:
    cells: dict[str, list[str]] = {}
    for question in responses.questionnaire.questions:
        asked = question.export
        if question.kind == "multiple":
            ticked = responses.ticked(question.id)
            for place, category in enumerate(question.categories):
                if category.export != "other":
                    cells[f"{asked}[{category.export}]"] = np.where(ticked[:, place], "Y", "").tolist()
        elif question.kind == "statements":
            exports = [category.export for category in question.categories]
            for item in question.items:
                codes = responses.codes(question.id, item.id)
                cells[f"{asked}[{item.export}]"] = [exports[code] if code >= 0 else "" for code in codes]
        elif question.kind == "open":
            cells[asked] = _texts(responses.answered(question.id), texts.get(question.id, ()), rng)
        elif question.kind == "number":
            numbers = responses.answers[question.id]
            cells[asked] = ["" if pd.isna(number) else f"{number:.10f}".rstrip("0").rstrip(".") for number in numbers]
        else:
            exports = ["-oth-" if category.export == "other" else category.export for category in question.categories]
            cells[asked] = [exports[code] if code >= 0 else "" for code in responses.codes(question.id)]
        other = _other(question)
        if other is not None:
            chosen = (
                responses.ticked(question.id)[:, other]
                if question.kind == "multiple"
                else responses.codes(question.id) == other
            )
            cells[f"{asked}[other]"] = _texts(chosen, texts.get(question.id, ()), rng)
    return cells


def _other(question: Question) -> int | None:
    if question.kind == "open" or not takes_text(question):
        return None
    return [category.export for category in question.categories].index("other")


def _texts(written: npt.NDArray[np.bool_], texts: Sequence[str], rng: np.random.Generator) -> list[str]:
    stock = list(texts) or [PLACEHOLDER]
    count = int(written.sum())
    rounds = -(-count // len(stock))
    order = [stock[place] for _ in range(rounds) for place in rng.permutation(len(stock))][:count]
    turn = iter(order)
    return [next(turn) if mark else "" for mark in written]


def _check_texts(responses: Responses, texts: Mapping[str, Sequence[str]]) -> None:
    writable = [question.id for question in responses.questionnaire.questions if takes_text(question)]
    for question, stock in texts.items():
        if question not in writable:
            raise SynthesisError(
                f"write_limesurvey_export(): texts: no question with texts {question!r}. {suggest(question, writable)}"
            )
        if not all(text.strip() for text in stock):
            raise SynthesisError(
                f"write_limesurvey_export(): texts: an empty text for {question!r}, which would be no answer."
            )


def _cut(table: pd.DataFrame, progress: npt.NDArray[np.float64]) -> None:
    # The columns stand in the order of the questions, so who left early misses the last ones.
    for row, share in enumerate(progress):
        table.iloc[row, int(share * table.shape[1]) :] = ""
