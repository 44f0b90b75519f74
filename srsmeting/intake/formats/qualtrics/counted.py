"""Which responses Qualtrics counts: finished, and no preview, test or spam. One rule for all files that it is in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from srsmeting.errors import Fault
from srsmeting.intake.formats.qualtrics.added import is_finished, reason_of
from srsmeting.intake.raw import INCOMPLETE, Lines


class Body(NamedTuple):
    """The records of a file, where they stand, its name, and the columns with a role by that role."""

    cells: pd.DataFrame
    lines: Lines
    name: str
    roles: Mapping[str, str]


def set_aside(body: Body) -> tuple[pd.Series[str], list[Fault]]:
    """Return why rows do not count, and faults for what cannot be understood."""
    reasons = pd.Series("", index=body.cells.index, dtype="str")
    faults: list[Fault] = []
    if heading := body.roles.get("finished"):
        column = body.cells[heading]
        finished = {value: is_finished(value) for value in column.unique()}
        faults += _odd(body, column, [value for value, known in finished.items() if known is None], "1, 0, True, False")
        reasons = reasons.mask(column.map(finished).eq(False), INCOMPLETE)
    elif heading := body.roles.get("progress"):
        column = body.cells[heading].str.strip().str.removesuffix("%")
        faults += _odd(body, column, [value for value in column.unique() if not value.isdecimal()], "0 to 100")
        reasons = reasons.mask(column != "100", INCOMPLETE)
    if heading := body.roles.get("status"):
        column = body.cells[heading]
        status = {value: reason_of(value) for value in column.unique()}
        faults += _odd(body, column, [value for value, known in status.items() if known is None], "0, 1, 2, 4, 8, 16")
        # A preview that was broken off is a preview.
        why = column.map({value: known or "" for value, known in status.items()}).astype("str")
        reasons = reasons.where(why == "", why)
    return reasons, faults


def _odd(body: Body, column: pd.Series[str], values: Sequence[str], known: str) -> Iterator[Fault]:
    for value in values:
        rows = np.flatnonzero(column == value)
        message = f"column {str(column.name)!r}: {value[:60]!r} is not known. Known: {known}. Export numeric values."
        yield Fault(body.name, message, int(body.lines[rows[0]]), str(column.name), value[:60], "unknown_status")
