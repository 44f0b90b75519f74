"""Which groups may be compared: a group that is not shown takes its comparisons with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from srsmeting.errors import EstimateError
from srsmeting.estimation.published_tables import Tables

#: Why a comparison is suppressed: a group that it is about is.
SUPPRESSED: Final = "complementary"
#: Why a comparison of groups is marked: one of them is, for its small base.
INDICATIVE: Final = "indicative"


@dataclass(frozen=True)
class Shown:
    """What a published frame shows of one breakdown.

    Parameters
    ----------
    by
        The breakdown.
    tables
        Questions and items that it has a table of; None when everything may be shown.
    reasons
        Per question, item and group that is suppressed or marked the reason.
    """

    by: str
    tables: frozenset[tuple[str, str]] | None
    reasons: Mapping[tuple[str, str, str], str]

    def hidden(self, question: str, item: str, groups: tuple[str, ...]) -> list[bool]:
        """Return per group whether it may not be compared.

        Raises
        ------
        EstimateError
            When the published frame does not have the table.
        """
        if self.tables is not None and (question, item) not in self.tables:
            name = f"{question}.{item}" if item else question
            raise EstimateError(
                f"the published frame has no table of {name!r} by {self.by!r}, so that it is not "
                "known which groups may be shown. Estimate it and apply the publication rules first."
            )
        return [self.reasons.get((question, item, group), "") not in ("", INDICATIVE) for group in groups]

    def marked(self, question: str, item: str, groups: tuple[str, ...]) -> list[bool]:
        """Return per group whether it is marked for its small base."""
        return [self.reasons.get((question, item, group), "") == INDICATIVE for group in groups]


def read_shown(published: pd.DataFrame | None, by: str) -> Shown:
    """Return what an estimate frame, publication rules applied, shows of a breakdown; everything for None."""
    if published is None:
        return Shown(by, None, {})
    return read_each_shown(published).get(by, Shown(by, frozenset(), {}))


def read_each_shown(published: pd.DataFrame) -> dict[str, Shown]:
    """Return what an estimate frame, publication rules applied, shows of each breakdown that it has."""
    rows = published[published["measure"].isin(["share", "mean"])]
    names = ("by", "question", "item", "group", "status", "reason")
    tables: dict[str, set[tuple[str, str]]] = {}
    reasons: dict[str, dict[tuple[str, str, str], str]] = {}
    # Of every category the same is said.
    said = dict.fromkeys(zip(*(rows[name].to_list() for name in names), strict=True))
    for by, question, item, group, status, reason in said:
        tables.setdefault(by, set()).add((question, item))
        if status == "Q" or reason == INDICATIVE:
            reasons.setdefault(by, {})[question, item, group] = reason
    return {by: Shown(by, frozenset(known), reasons.get(by, {})) for by, known in tables.items()}


def read_hidden(tables: Tables, normal_base: int) -> dict[str, Shown]:
    """Return the same of tables in which is hidden what the rules hide; fewer than `normal_base` is marked."""
    known: dict[str, set[tuple[str, str]]] = {}
    reasons: dict[str, dict[tuple[str, str, str], str]] = {}
    for (_, question, item), table in tables.tables.items():
        for by, groups in (("", {"": table.total}), *table.by.items()):
            known.setdefault(by, set()).add((question, item))
            reasons.setdefault(by, {}).update(
                ((question, item, group), cell.reason or INDICATIVE)
                for group, cell in groups.items()
                if cell.reason or 0 < cell.base < normal_base
            )
    return {by: Shown(by, frozenset(tables), reasons[by]) for by, tables in known.items()}
