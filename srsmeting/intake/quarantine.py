"""The quarantine: every row and every cell that does not count, with the reason, so that nothing is lost unseen."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import repeat

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
    cells = _Cells(raw, binding)
    for question in questionnaire.questions:
        for name in status_columns(question):
            if name in rejected:
                rows = used[rejected[name]]
                for answer in answer_columns(question) if question.kind == "multiple" else (name,):
                    cells.add(rows, question.id, binding.columns[answer], NOT_ASKED)
                if question.id in binding.other_texts:
                    cells.add(rows, question.id, binding.other_texts[question.id], NOT_ASKED)
        if question.id in stray_texts:
            rows = used[stray_texts[question.id]]
            cells.add(rows, question.id, binding.other_texts[question.id], OTHER_NOT_CHOSEN)
    aside = np.flatnonzero(raw.set_aside != "")
    entries = [*zip(aside, repeat(""), repeat(""), repeat(""), raw.set_aside.iloc[aside]), *cells.entries]
    rows = np.array([row for row, *_ in entries], dtype=np.intp)
    frame = pd.DataFrame([entry[1:] for entry in entries], columns=list(COLUMNS[2:]), dtype="str")
    frame.insert(0, "line", pd.Series(raw.lines[rows], dtype="Int64"))
    frame.insert(1, "id", raw.cells[raw.id_column].iloc[rows].reset_index(drop=True))
    return frame.sort_values("line", kind="stable", ignore_index=True)


class _Cells:
    # Work in proportion to what is rejected, which is next to nothing in most files.

    def __init__(self, raw: RawExport, binding: Binding) -> None:
        self.raw = raw
        self.binding = binding
        self.entries: list[tuple[int, str, str, str, str]] = []

    def add(self, rows: npt.NDArray[np.intp], question: str, column: str, reason: str) -> None:
        # Of the rows that are rejected, the cells with something in them; the others have lost nothing.
        cells = self.raw.cells[column].iloc[rows]
        filled = cells[cells.str.strip() != ""]
        values = repeat(WITHHELD) if column in self.binding.texts else filled
        self.entries += zip(filled.index, repeat(question), repeat(column), values, repeat(reason))
