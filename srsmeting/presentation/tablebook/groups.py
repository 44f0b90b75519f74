"""The groups of a breakdown, or of two breakdowns that are crossed."""

from __future__ import annotations

from itertools import product
from typing import Final

from srsmeting.questionnaire import Breakdown, Group, Questionnaire

#: What stands between two breakdowns that are crossed, and between the codes of their groups.
CROSSED: Final = "*"


def groups_of(questionnaire: Questionnaire, by: str) -> Breakdown:
    """Return a breakdown with its groups in declared order; of two that are crossed every pair of groups.

    Raises
    ------
    UnknownNameError
        For a breakdown that the questionnaire does not have.
    """
    first, _, second = by.partition(CROSSED)
    if not second:
        return questionnaire.breakdown(by)
    rows, columns = questionnaire.breakdown(first), questionnaire.breakdown(second)
    pairs = tuple(
        Group(code=f"{row.code}{CROSSED}{column.code}", label=f"{row.label}, {column.label}", of=(*row.of, *column.of))
        for row, column in product(rows.groups, columns.groups)
    )
    return Breakdown(by, rows.question, f"{rows.label} en {columns.label}", pairs)
