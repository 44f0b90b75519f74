"""What the printed tables have wrong: numbers that do not follow, tables that disagree, units that are mixed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import chain, combinations
from typing import Final

import pandas as pd

from srsmeting.consistency.finding import Finding
from srsmeting.verification import Block, Published, verify_estimates

#: What is wrong where a printed number does not follow, by the measure that it is.
_KINDS: Final = {
    "attainment": "percentage",
    "dropout": "percentage",
    "flow": "percentage",
    "share": "percentage",
    "months": "duration",
    "months_planned": "duration",
    "goals_set": "text",
    "goals_reached": "text",
    "goals_nearly": "text",
    "goals_missed": "text",
}

#: How a review numbers what it found: P9-01.
_FAULT: Final = re.compile(r"[A-Z]+\d*-\d+")


def does_not_follow(estimates: pd.DataFrame, published: Published) -> Iterator[Finding]:
    """Yield the printed numbers that do not follow from the data."""
    measures = {block.id: block.measure for block in published.results}
    result = verify_estimates(estimates, published)
    wrong = result[~result["agrees"].astype(bool)]
    for row in wrong.to_dict("records"):
        place = str(row["published_id"])
        what = f"{place}, {row['option']}: printed {row['published']}, computed {row['computed']}."
        kind = _KINDS.get(measures[place], "total")
        yield Finding(kind, place, what, str(row["published"]), str(row["computed"]), faults_in(str(row["note"])))


def tables_disagree(published: Published) -> Iterator[Finding]:
    """Yield the figures that two places print differently; 45 and 45.3 percent can be the same."""
    printed: dict[tuple[str, ...], dict[str, list[str]]] = {}
    notes: dict[tuple[str, ...], list[str]] = {}
    for block in published.results:
        for kind in ("percent", "points", "mean", "count", "base"):
            for option, value in _given(block, kind):
                key: tuple[str, ...] = (
                    block.measure,
                    block.question,
                    block.item,
                    block.category,
                    block.by,
                    option,
                    kind,
                )
                printed.setdefault(key, {}).setdefault(str(value), []).append(block.id)
                notes.setdefault(key, []).append(block.notes.get(option, ""))
    for key, values in printed.items():
        if any(not _can_be(one, other, key[-1]) for one, other in combinations(values, 2)):
            told = "; ".join(f"{value} in {', '.join(places)}" for value, places in values.items())
            where = ", ".join(chain.from_iterable(values.values()))
            of = key[-2] if key[-2] != key[-1] else key[1]
            yield Finding("tables", where, f"{key[0]} of {of}: {told}.", told, "", faults_in("; ".join(notes[key])))


def _can_be(one: str, other: str, kind: str) -> bool:
    """Say whether two printed numbers can be of one figure, rounded to the decimals that they have."""
    if kind in ("count", "base"):
        return one == other
    near = Fraction(sum(Fraction(1, 10 ** len(text.partition(".")[2])) for text in (one, other)), 2)
    return abs(Fraction(one) - Fraction(other)) < near


def units_mixed(published: Published) -> Iterator[Finding]:
    """Yield the tables (``tab_…``) that print counts in columns of percentages."""
    tables: dict[str, dict[str, list[Block]]] = {}
    for block in published.results:
        table = block.id.partition(".")[0]
        # One block with both is a column of counts with its percentages beside it.
        if table.startswith("tab") and bool(block.percent) != bool(block.count):
            tables.setdefault(table, {}).setdefault("percentages" if block.percent else "counts", []).append(block)
    for table, units in tables.items():
        columns = [{block.question for block in blocks} for blocks in units.values()]
        shared = sorted(set.intersection(*columns)) if len(columns) == 2 else []
        if shared:
            notes = "; ".join(note for block in units["counts"] for note in block.notes.values())
            what = f"{table}: counts and percentages under one heading ({', '.join(shared)})."
            yield Finding("units", table, what, fault=faults_in(notes))


def faults_in(note: str) -> str:
    """Return the numbers of the faults that a note names.

    Examples
    --------
    >>> faults_in("known fault: P10-02, P10-03: it only passed its goal for direct placement")
    'P10-02, P10-03'
    """
    return ", ".join(dict.fromkeys(_FAULT.findall(note)))


def _given(block: Block, kind: str) -> list[tuple[str, object]]:
    values = getattr(block, kind)
    return list(values.items()) if isinstance(values, Mapping) else [(kind, values)]
