"""Nothing is lost: every row and every filled cell of the file is used, or set aside with its reason."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from srsmeting.intake.account.rows import frame_of
from srsmeting.intake.binding.bind import Binding
from srsmeting.intake.files.beside import of_each
from srsmeting.intake.files.coded_text import filled
from srsmeting.intake.raw import RawExport
from srsmeting.responses import Responses

RECEIVED, USED, SET_ASIDE = "received", "used", "set_aside"
#: Of the rows that are used: finished, or far enough to count.
COMPLETE, PARTIAL = "complete", "partial"
#: Why a cell is set aside, beside the reasons of the quarantine: with its whole row, or with its whole column.
WITH_ROW, WITH_COLUMN = "row", "column"

#: Columns of the accounts, with their dtypes.
ROWS: Final = {"step": "str", "reason": "str", "rows": "Int64"}
CELLS: Final = {"step": "str", "reason": "str", "cells": "Int64"}


def account_of_rows(raw: RawExport, responses: Responses, partial: int | None = None) -> pd.DataFrame:
    """Return where the rows went; `partial` of those that are used were not finished (None: only finished ones count).

    Returns
    -------
    DataFrame
        ``step`` (received, set_aside, used), ``reason`` and ``rows`` (Int64).
    """
    aside = raw.set_aside[raw.set_aside != ""].value_counts().sort_index()
    rows = [(RECEIVED, "", len(raw)), *((SET_ASIDE, reason, n) for reason, n in aside.items())]
    if partial is None:
        rows.append((USED, "", responses.n))
    else:
        rows += [(USED, COMPLETE, responses.n - partial), (USED, PARTIAL, partial)]
    return frame_of(rows, ROWS)


def account_of_cells(raw: RawExport, binding: Binding, quarantine: pd.DataFrame) -> pd.DataFrame:
    """Return where the filled cells went; received is used plus set aside.

    A cell is set aside with its row; otherwise with its column, when that holds no answers; otherwise by itself, for
    the reason that the `quarantine` gives. Of an open answer that is used, only that it is there is kept.

    Returns
    -------
    DataFrame
        ``step`` (received, set_aside, used), ``reason`` and ``cells`` (Int64).
    """
    taken = {*binding.columns.values(), *binding.other_texts.values(), *binding.texts}
    taken |= {column for column, _ in binding.several.values()}
    counts = (raw.set_aside == "").to_numpy(dtype=np.bool_)

    def count(column: str) -> tuple[int, int]:
        here = filled(raw.cells[column])
        return int(np.count_nonzero(here)), int(np.count_nonzero(here & counts))

    # A column that a reader added stands in no file.
    columns = [column for column in raw.cells.columns if column != raw.id_column or not column.startswith("(")]
    counted = dict(zip(columns, of_each(count, columns, len(raw)), strict=True))
    received = sum(here for here, _ in counted.values())
    of_answers = sum(used for column, (_, used) in counted.items() if column in taken)
    of_others = sum(used for column, (_, used) in counted.items() if column not in taken)
    # One cell can be listed twice, with a reason for its question and one for itself: the first is the one that counts.
    cells = quarantine[quarantine["column"] != ""].drop_duplicates(["line", "column"])
    reasons = cells["reason"].value_counts().sort_index()
    aside = [(WITH_ROW, received - of_answers - of_others), (WITH_COLUMN, of_others), *reasons.items()]
    rows = [(RECEIVED, "", received), *((SET_ASIDE, reason, int(n)) for reason, n in aside if n)]
    rows.append((USED, "", of_answers - int(reasons.sum())))
    return frame_of(rows, CELLS)
