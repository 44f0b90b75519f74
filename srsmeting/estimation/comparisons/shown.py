"""Which groups may be compared: a group that is not shown takes its comparisons with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from srsmeting.errors import EstimateError

#: Measures of comparisons; their rows are about several groups, or lean on several.
COMPARISONS: Final = (
    "p_value",
    "effect_size",
    "rank_p_value",
    "rank_effect_size",
    "difference",
    "difference_p",
    "adjusted_share",
    "adjusted_p_value",
)
#: The ``group`` of a row about all groups that are shown.
ALL_GROUPS: Final = "*"
#: What stands between the two groups of a difference.
LESS: Final = "-"
_TABLE = ["meting", "question", "item", "by"]


@dataclass(frozen=True)
class Shown:
    """What a published frame shows of one breakdown.

    Parameters
    ----------
    by
        The breakdown.
    tables
        Questions and items that it has a table of; None when everything may be shown.
    hidden
        Per question, item and group that is suppressed the reason.
    """

    by: str
    tables: frozenset[tuple[str, str]] | None
    hidden: Mapping[tuple[str, str, str], str]

    def reasons(self, question: str, item: str, groups: tuple[str, ...]) -> list[str]:
        """Return per group why it may not be compared, "" where it may.

        Raises
        ------
        EstimateError
            When the published frame does not have the table.
        """
        if self.tables is not None and (question, item) not in self.tables:
            name = f"{question}.{item}" if item else question
            raise EstimateError(
                f"compare_groups(): the published frame has no table of {name!r} by {self.by!r}, so that it is not "
                "known which groups may be shown. Estimate it and apply the publication rules first."
            )
        return [self.hidden.get((question, item, group), "") for group in groups]


def read_shown(published: pd.DataFrame | None, by: str) -> Shown:
    """Return what an estimate frame, publication rules applied, shows of a breakdown; everything for None."""
    if published is None:
        return Shown(by, None, {})
    rows = published[(published["by"] == by) & published["measure"].isin(["share", "mean"])]
    tables = frozenset(zip(rows["question"], rows["item"], strict=True))
    hidden = rows[rows["status"] == "Q"]
    keys = zip(hidden["question"], hidden["item"], hidden["group"], strict=True)
    return Shown(by, tables, dict(zip(keys, hidden["reason"], strict=True)))


def follow_suppression(frame: pd.DataFrame) -> pd.Series:
    """Return why rows of comparisons may not be shown, now that groups are suppressed.

    Parameters
    ----------
    frame
        Estimate frame with the shares and means that were compared, in which suppressed rows have status Q.

    Returns
    -------
    pd.Series
        Per row of the frame a reason, "" for every row that is no comparison or may be shown: a difference with a
        suppressed group, the adjusted share of one, and a test that more groups took part in than are shown.
    """
    reason = pd.Series("", index=frame.index, dtype="str")
    own = frame["measure"].isin(COMPARISONS) & (frame["by"] != "")
    if not own.any():
        return reason
    cells = frame[frame["measure"].isin(["share", "mean"]) & (frame["by"] != "")]
    grouped = cells.assign(
        hidden=cells["reason"].where(cells["status"] == "Q", ""), some=cells["denominator"].fillna(0) > 0
    ).groupby([*_TABLE, "group"], sort=False)
    table = grouped.agg(hidden=("hidden", "max"), some=("some", "max"))
    hidden = table["hidden"].to_dict()
    groups = table[table["hidden"] == ""].groupby(level=_TABLE, sort=False)["some"].sum().to_dict()
    any_hidden = table.loc[table["hidden"] != "", "hidden"].groupby(level=_TABLE, sort=False).max().to_dict()
    rows = frame[own]
    found = []
    for *names, group, numerator in zip(*(rows[name] for name in [*_TABLE, "group", "numerator"]), strict=True):
        key = tuple(names)
        if group == ALL_GROUPS:
            more = key in any_hidden and not (pd.notna(numerator) and numerator <= groups.get(key, 0))
            found.append(any_hidden[key] if more else "")
        else:
            found.append(max((hidden.get((*key, part), "") for part in group.split(LESS)), default=""))
    reason[own] = np.array(found, dtype=object)
    return reason
