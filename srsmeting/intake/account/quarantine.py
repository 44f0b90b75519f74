"""The quarantine: every row and every cell that does not count, with the reason, so that nothing is lost unseen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import repeat

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.intake.binding.bind import Binding
from srsmeting.intake.personal import WITHHELD
from srsmeting.intake.pseudonyms import Pseudonyms
from srsmeting.intake.raw import RawExport
from srsmeting.questionnaire import Questionnaire
from srsmeting.responses import Mask, status_columns

#: Reasons for a cell; the reasons for a row are the reader's.
NOT_ASKED = "not_asked"
OTHER_NOT_CHOSEN = "other_not_chosen"


def make_quarantine(
    raw: RawExport,
    binding: Binding,
    questionnaire: Questionnaire,
    rejected: Mapping[str, Mask],
    stray_texts: Mapping[str, Mask],
    inline: Mapping[str, Mask],
    pseudonyms: Pseudonyms | None = None,
) -> pd.DataFrame:
    """List what does not count: rows that were set aside, and among the others the cells that were rejected.

    Returns
    -------
    DataFrame
        ``line`` (Int64) of the row and its ``respondent``, a pseudonym that is empty without `pseudonyms`;
        ``question``, ``column`` and ``value`` of the cell, empty where a whole row is set aside; ``reason``. By line.
        A text that someone wrote is not shown but replaced by ``[tekst]``; `inline` tells by question in which rows of
        the file one stands among the answers.
    """
    aside = np.flatnonzero(raw.set_aside != "")
    entries = [*zip(aside, repeat(""), repeat(""), repeat(""), raw.set_aside.iloc[aside])]
    for rows, question, column, reason in _rejected_cells(raw, binding, questionnaire, rejected, stray_texts):
        # Work in proportion to what is rejected; of those rows, an empty cell has lost nothing.
        cells = raw.cells[column].iloc[rows]
        filled = cells[cells.str.strip() != ""]
        texts = inline.get(question, np.zeros(len(raw), dtype=np.bool_))[filled.index]
        values = repeat(WITHHELD) if column in binding.texts else filled.mask(texts, WITHHELD)
        entries += zip(filled.index, repeat(question), repeat(column), values, repeat(reason))
    rows = np.array([row for row, *_ in entries], dtype=np.intp)
    frame = pd.DataFrame(
        [entry[1:] for entry in entries], columns=["question", "column", "value", "reason"], dtype="str"
    )
    frame.insert(0, "line", pd.Series(raw.lines[rows], dtype="Int64"))
    ids = raw.cells[raw.id_column].iloc[rows].reset_index(drop=True)
    frame.insert(1, "respondent", pseudonyms.of_all(ids) if pseudonyms else pd.Series("", ids.index, dtype="str"))
    return frame.sort_values("line", kind="stable", ignore_index=True)


def _rejected_cells(
    raw: RawExport,
    binding: Binding,
    questionnaire: Questionnaire,
    rejected: Mapping[str, Mask],
    stray_texts: Mapping[str, Mask],
) -> Iterator[tuple[npt.NDArray[np.intp], str, str, str]]:
    """Yield rows of the file with question, column and reason."""
    used = np.flatnonzero(raw.set_aside == "")
    for question in questionnaire.questions:
        other = binding.other_texts.get(question.id)
        for name in status_columns(question):
            if name in rejected:
                rows = used[rejected[name]]
                for heading in binding.headings(question, name):
                    yield rows, question.id, heading, NOT_ASKED
                if other:
                    yield rows, question.id, other, NOT_ASKED
        if other and question.id in stray_texts:
            yield used[stray_texts[question.id]], question.id, other, OTHER_NOT_CHOSEN
