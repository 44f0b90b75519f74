"""Responses that were not finished and still count: those that answered enough of what they were asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.intake.coding.routing import settle
from srsmeting.intake.raw import DOUBLE, INCOMPLETE, RawExport
from srsmeting.questionnaire import Questionnaire
from srsmeting.responses import ANSWERED, NOT_ASKED, Mask, status_columns

# A share such as 0.55 of 20 questions is not exactly 11 in binary.
_TOLERANCE = 1e-9


def let_partials_count(
    raw: RawExport, questionnaire: Questionnaire, answers: pd.DataFrame, given: Mapping[str, Mask], least: float
) -> tuple[RawExport, Mask]:
    """Let responses count that were not finished and answered at least a share of what they were asked.

    Parameters
    ----------
    raw
        The export.
    questionnaire
        Its routing says who was asked what. Open questions are left out, and every statement of a battery is a question
        of its own, as in the intake report.
    answers, given
        Coded answers of all rows, and by status column whether there is one; no column is missing.
    least
        The share, more than 0 and at most 1.

    Returns
    -------
    tuple
        The export, in which those responses are no longer set aside; and which of its rows they are. Of one token at
        most one response counts: a finished one, else the one with the most answers (of equals the last). The others
        that answered enough are set aside as :data:`DOUBLE`.
    """
    unfinished = np.flatnonzero(raw.set_aside == INCOMPLETE)
    partial = np.zeros(len(raw), dtype=np.bool_)
    if not len(unfinished):
        return raw, partial
    responses, _ = settle(
        questionnaire,
        answers.iloc[unfinished].reset_index(drop=True),
        {name: mask[unfinished] for name, mask in given.items()},
    )
    columns = [
        name for question in questionnaire.questions if question.kind != "open" for name in status_columns(question)
    ]
    status = responses.status[columns].to_numpy()
    answered, asked = (status == ANSWERED).sum(axis=1), (status != NOT_ASKED).sum(axis=1)
    enough = (answered > 0) & (answered + _TOLERANCE >= least * asked)
    counting = unfinished[enough]
    partial[counting] = True
    double = _doubles(raw, counting, answered[enough])
    partial[double] = False
    reasons = raw.set_aside.mask(partial, "")
    reasons.iloc[double] = DOUBLE
    return replace(raw, set_aside=reasons), partial


def _doubles(raw: RawExport, rows: npt.NDArray[np.intp], answered: npt.NDArray[np.int_]) -> npt.NDArray[np.intp]:
    if not raw.token_column:
        return rows[:0]
    tokens = raw.cells[raw.token_column].str.strip()
    finished = tokens[(raw.set_aside == "").to_numpy(dtype=np.bool_)]
    mine = tokens.iloc[rows].reset_index(drop=True)
    order = np.lexsort((np.arange(len(rows)), answered))[::-1]
    first = ~mine.iloc[order].duplicated().sort_index().to_numpy(dtype=np.bool_)
    double = ((mine != "") & (mine.isin(finished) | ~first)).to_numpy(dtype=np.bool_)
    return rows[double]
