"""Everything that a report of a monitor of goals has wrong with itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pandas as pd

from srsmeting.consistency.finding import Finding
from srsmeting.consistency.flows import flows_that_grow
from srsmeting.consistency.printed import does_not_follow, tables_disagree, units_mixed
from srsmeting.consistency.statements import Statements
from srsmeting.consistency.telling import told_otherwise
from srsmeting.errors import Fault
from srsmeting.goals import GoalsMonitor
from srsmeting.verification import Published

#: Columns of the result.
COLUMNS: Final = Finding._fields


def find_inconsistencies(
    monitor: GoalsMonitor, estimates: pd.DataFrame, published: Published | None, statements: Statements | None
) -> pd.DataFrame:
    """Find what was printed of a monitor and cannot be so, or not both.

    Parameters
    ----------
    monitor
        The data.
    estimates
        Its estimate frame.
    published
        The tables as they were printed: percentages and durations that do not follow from the data, tables that print
        one figure differently, counts under percentages.
    statements
        What text, boxes and notes tell; and which steps candidates take one after another.

    Returns
    -------
    pd.DataFrame
        One row per finding: ``kind``, ``where``, ``what``, ``told``, ``computed``, ``fault`` (text; the last is how a
        review of the report calls it, empty where nobody found it before).
    """
    found: list[Finding] = []
    if published is not None:
        found += does_not_follow(estimates, published)
        found += tables_disagree(published)
        found += units_mixed(published)
    if statements is not None:
        found += flows_that_grow(monitor, statements.flows)
        found += told_otherwise(monitor, estimates, statements.told)
    return _frame(found)


def with_remarks(found: pd.DataFrame, remarks: Iterable[Fault]) -> pd.DataFrame:
    """Return the remarks on the data as rows of kind ``remark``, and the findings after them, as they are printed.

    Parameters
    ----------
    found
        What :func:`find_inconsistencies` returned.
    remarks
        Those of the monitor. ``where`` is the file with its row, ``told`` is what is written there.
    """
    rows = [
        Finding("remark", f"{one.file}:{one.line}" if one.line else one.file, one.message, one.value) for one in remarks
    ]
    return pd.concat([_frame(rows), found], ignore_index=True)


def _frame(found: list[Finding]) -> pd.DataFrame:
    return pd.DataFrame(found, columns=list(COLUMNS)).astype("str")
