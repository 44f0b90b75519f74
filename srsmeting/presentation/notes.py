"""The lines beneath an exhibit: who was asked and how many, and what must be known to read it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from srsmeting.presentation.distribution import find_rows
from srsmeting.presentation.formats import format_count, format_estimate
from srsmeting.questionnaire import Question, Questionnaire


def base_line(questionnaire: Questionnaire, question: str, bases: Sequence[int | None]) -> str:
    """Say who was asked, and how many of them are in the denominators.

    Parameters
    ----------
    questionnaire, question
        Whose routing says who was asked.
    bases
        Denominators; None where it may not be known.

    Returns
    -------
    str
        Such as "Basis: alle respondenten (n = 301)."; two numbers where statements differ, none where it is unknown.
    """
    known = sorted({base for base in bases if base is not None})
    who = f"Basis: {questionnaire.explain(question)}"
    if not known:
        return f"{who}."
    span = format_count(known[0]) + (f" tot {format_count(known[-1])}, verschilt per stelling" if known[1:] else "")
    return f"{who} (n\u00a0=\u00a0{span})."


def standard_notes(question: Question) -> tuple[str, ...]:
    """Return the remarks that belong to every exhibit of a question."""
    notes = []
    if question.kind == "multiple":
        notes.append("Meer antwoorden mogelijk.")
    outside = [c.label for c in question.categories if not question.in_base(c.code)]
    if outside:
        quoted = " en ".join(f"‘{label}’" for label in outside)
        notes.append(f"Niet meegeteld: {quoted}.")
    return tuple(notes)


def is_weighted(estimates: pd.DataFrame, questionnaire: Questionnaire) -> bool:
    """Say whether the answers were weighted: every number of a measurement is made under one design."""
    methods = find_rows(estimates, meting=questionnaire.meting)["method"]
    # A share of a margin that was weighted to is known from the frame.
    return bool((methods.str.endswith("_weighted") | (methods == "margin")).any())


def weighted_note(estimates: pd.DataFrame, questionnaire: Questionnaire, weighted_by: str = "") -> str:
    """Return the remark that shares and means are weighted and counts are not, or an empty text where nothing is.

    Parameters
    ----------
    estimates, questionnaire
        The estimate frame, and the measurement in it.
    weighted_by
        To what, in words: "WGO en branche".

    Examples
    --------
    Such as "Gewogen naar WGO en branche; aantallen ongewogen.".
    """
    if not is_weighted(estimates, questionnaire):
        return ""
    return f"Gewogen{f' naar {weighted_by}' if weighted_by else ''}; aantallen ongewogen."


def mean_note(estimates: pd.DataFrame, questionnaire: Questionnaire, question: str) -> str:
    """Return the mean mark as a remark, or an empty text where the frame has none.

    Examples
    --------
    Such as "Gemiddeld: 7,3.".
    """
    rows = find_rows(estimates, meting=questionnaire.meting, question=question, measure="mean", by="")
    return f"Gemiddeld: {format_estimate(rows.iloc[0])}." if len(rows) == 1 else ""
