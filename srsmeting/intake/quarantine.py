"""The quarantine: every row and every cell that does not count, with the reason, so that nothing is lost unseen."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.intake.binding import Binding
from srsmeting.intake.personal import WITHHELD
from srsmeting.intake.raw import RawExport
from srsmeting.questionnaire import Questionnaire
from srsmeting.responses import Mask, answer_columns, status_columns

#: Reasons for a cell; the reasons for a row are the reader's.
NOT_ASKED = "not_asked"
OTHER_NOT_CHOSEN = "other_not_chosen"

COLUMNS = ("line", "id", "question", "column", "value", "reason")


def make_quarantine(
    raw: RawExport,
    binding: Binding,
    questionnaire: Questionnaire,
    rejected: Mapping[str, Mask],
    stray_texts: Mapping[str, Mask],
) -> pd.DataFrame:
    """List what does not count.

    Parameters
    ----------
    raw, binding
        The export, and where its answers stand.
    questionnaire
        What was asked.
    rejected
        Among the rows that count, who answered a question that routing passed by; by status column.
    stray_texts
        Among the rows that count, who wrote at "other, namely" without choosing it; by question.

    Returns
    -------
    DataFrame
        ``line`` (Int64) and ``id`` of the row; ``question``, ``column`` and ``value`` of the cell, empty where a whole
        row is set aside; ``reason``. By line. A text that someone wrote is not shown but replaced by ``[tekst]``.
    """
    used = np.flatnonzero(raw.set_aside == "")
    aside = np.flatnonzero(raw.set_aside != "")
    parts = [_entries(raw, aside, "", "", raw.set_aside.iloc[aside].to_numpy(dtype=object))]
    for question in questionnaire.questions:
        for name in status_columns(question):
            rows = used[rejected[name]] if name in rejected else used[:0]
            for answer in answer_columns(question) if question.kind == "multiple" else (name,):
                parts.append(_cells(raw, binding, rows, question.id, binding.columns[answer], NOT_ASKED))
            if question.id in binding.other_texts:
                parts.append(_cells(raw, binding, rows, question.id, binding.other_texts[question.id], NOT_ASKED))
        if question.id in stray_texts:
            rows = used[stray_texts[question.id]]
            column = binding.other_texts[question.id]
            parts.append(_cells(raw, binding, rows, question.id, column, OTHER_NOT_CHOSEN))
    parts = [part for part in parts if len(part)] or parts[:1]
    return pd.concat(parts, ignore_index=True).sort_values("line", kind="stable", ignore_index=True)


def _cells(
    raw: RawExport, binding: Binding, rows: npt.NDArray[np.intp], question: str, column: str, reason: str
) -> pd.DataFrame:
    # Of the rows that are rejected, the cells with something in them; the others have lost nothing.
    filled = rows[(raw.cells[column].iloc[rows].str.strip() != "").to_numpy(dtype=np.bool_)]
    values = WITHHELD if column in binding.texts else raw.cells[column].iloc[filled].to_numpy(dtype=object)
    return _entries(raw, filled, question, column, reason, values)


def _entries(
    raw: RawExport,
    rows: npt.NDArray[np.intp],
    question: str,
    column: str,
    reason: str | npt.NDArray[np.object_],
    values: str | npt.NDArray[np.object_] = "",
) -> pd.DataFrame:
    ids = raw.cells[raw.id_column].iloc[rows].to_numpy(dtype=object)
    entries = pd.DataFrame(
        dict(zip(COLUMNS, (raw.lines[rows], ids, question, column, values, reason), strict=True)),
        index=pd.RangeIndex(len(rows)),
    )
    return entries.astype({name: "Int64" if name == "line" else "str" for name in COLUMNS})
