"""The audit of several years: what follows of a year from the figures of another, and from what changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from srsmeting.crosswalk import Common
from srsmeting.disclosure.common_counts import CommonCounts
from srsmeting.estimation.attack import System, solve
from srsmeting.estimation.auditor import COLUMNS, Auditor
from srsmeting.estimation.linked_changes import (
    Twice,
    moved,
    once_only,
    publish_change,
    publish_level,
    publish_panel,
)
from srsmeting.estimation.linked_publication import link_counts
from srsmeting.estimation.mentions import attack_mentions
from srsmeting.estimation.rules import PublicationRules
from srsmeting.questionnaire import Questionnaire

#: What is found of years: also of which of them.
YEARS_COLUMNS: Final = ("meting", *COLUMNS)
#: Changes between two years: that follow each other, or with years between them.
_CHANGES: Final = ("change", "trend_change")
#: How a method names the earlier of two years.
_AGAINST: Final = re.compile(r"^against (.+?)(?:;.*)?$")


@dataclass(frozen=True)
class PublishedYear:
    """A year as it was published.

    Parameters
    ----------
    estimates
        Estimate frame, publication rules applied.
    questionnaire, rules
        Of this year.
    """

    estimates: pd.DataFrame
    questionnaire: Questionnaire
    rules: PublicationRules


def audit_years(
    years: Sequence[PublishedYear],
    figures: pd.DataFrame,
    commons: Sequence[Common],
    *,
    protection: float = 0.10,
    progress: Callable[[str], None] | None = None,
) -> pd.DataFrame:
    """Find what could be worked out of the numbers that a year hides, from all years together.

    Parameters
    ----------
    years
        The earliest first.
    figures
        Estimate frame in the codes of the last year: changes, also over more years (``trend_change``), changes of who
        answered both times, and shares of the earlier years.
    commons
        What each year but the last has in common with the last.
    protection
        As for :func:`srsmeting.estimation.audit.audit_estimates`.
    progress
        Called with a short text for every table.

    Returns
    -------
    pd.DataFrame
        A row per finding: ``meting``, and the columns of :func:`srsmeting.estimation.audit.audit_estimates`, in the
        codes of that year. Of two years together ``how`` can also be, in the codes of the last year:

        =========  =====================================================================================================
        ``once``   those of a group who answered in this year, and not in the other, are fewer than ``min_base``, and
                   what they said is the group less those who answered both times
        ``moved``  those who answered both times and are in none of the groups, or not in the same one, are so few, and
                   are the total less the groups
        =========  =====================================================================================================

    Raises
    ------
    UnknownNameError
        For a question, breakdown, group or answer that a questionnaire does not have.
    EstimateError
        When numbers contradict each other.

    Notes
    -----
    The unknowns are the counts of every year. A change is an equation on a count of the one and of the other, for its
    bases are published with it: two whole numbers that as a rule fit in one way only. The change of who answered both
    times tells, with its standard error and interval, how many gave the answer each time; they are part of the group in
    either year. Standardised changes, and changes of composition and of rates, need no equation: they are made of
    groups that are shown, and of all others together, which is what the total has more.
    """
    tell = progress or (lambda text: None)
    tell("linking the years")
    system = System()
    linked = {
        year.questionnaire.meting: link_counts(year.estimates, year.questionnaire, system.beside()) for year in years
    }
    counts = list(linked.values())
    own = dict(zip(linked, map(CommonCounts, (*commons, commons[-1]), counts), strict=True))
    twice = _publish(figures, own, system)
    solved = solve(system)
    found: list[tuple[object, ...]] = []
    for year in years:
        meting = year.questionnaire.meting
        auditor = Auditor(year.estimates, linked[meting], solved, year.rules, protection)
        tell(f"looking for all that {meting} suppresses")
        auditor.look_around()
        for number, table in enumerate(auditor.tables, start=1):
            tell(f"attacking {meting}, table {number} of {len(auditor.tables)}: {table.address[1]}")
            found += [(meting, *(row[name] for name in COLUMNS)) for row in auditor.attack(table)]
        for question, category, *numbers in attack_mentions(year.estimates, year.rules):
            found.append((meting, question, "", category, "", "", *numbers))
    least = years[-1].rules.min_base
    for pair, some in twice.items():
        sides = own[pair[0]], own[pair[1]]
        for one in some:
            for side, low, high in once_only(solved, sides, one, least):
                found.append((pair[side], *one.cell, low, high, "once"))
        found += [(pair[1], *cell, low, high, "moved") for cell, low, high in moved(solved, some, least)]
    types = {name: "float64" if name in ("low", "high") else "str" for name in YEARS_COLUMNS}
    return pd.DataFrame(found, columns=[*YEARS_COLUMNS]).astype(types)


def _publish(
    figures: pd.DataFrame, years: Mapping[str, CommonCounts], system: System
) -> dict[tuple[str, str], list[Twice]]:
    """Write down what is published of several years; return who answered both times, by the two years."""
    twice: dict[tuple[str, str], list[Twice]] = {}
    names: dict[tuple[str, str], System] = {}
    rows = figures[figures["measure"].isin(["share", *_CHANGES, "panel_change"]) & figures["denominator"].notna()]
    for values in rows.to_dict("records"):
        row = {str(name): value for name, value in values.items()}
        later = years[row["meting"]]
        if row["measure"] == "share":
            if later.knows(row):
                publish_level(system, later, row)
            continue
        earlier = years.get(_AGAINST.sub(r"\1", row["method"]))
        if earlier is None or not (earlier.knows(row) and later.knows(row)):
            continue
        if row["measure"] in _CHANGES:
            publish_change(system, (earlier, later), row)
            continue
        pair = (earlier.meting, later.meting)
        some = publish_panel(names.setdefault(pair, system.beside()), (earlier, later), row)
        if some is not None:
            twice.setdefault(pair, []).append(some)
    return twice
