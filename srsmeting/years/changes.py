"""What changed between two years, as far as the crosswalk between them declares it comparable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

import numpy as np
import pandas as pd

from srsmeting.crosswalk import Crosswalk
from srsmeting.crosswalk.common import Common
from srsmeting.estimates import COUNTS, KEY, VALUES, estimate_frame
from srsmeting.estimation.change import (
    Overlap,
    Wave,
    composition_changes,
    link_waves,
    round_changes,
    round_errors,
)
from srsmeting.estimation.change.changes import lay_changes
from srsmeting.estimation.change.compared import KINDS, compare_waves
from srsmeting.estimation.change.panel import lay_panels
from srsmeting.estimation.comparisons.multiplicity import adjust_p
from srsmeting.estimation.counting import ANSWERED
from srsmeting.population import Population
from srsmeting.years.ground import Ground
from srsmeting.years.wave import askable, in_common

#: Status and reason of what may not be compared, by what the crosswalk says.
SAID: Final = {"break": ("B", "trend_break"), "no": ("M", "not_comparable")}
#: What a change is called that goes over more than two years.
TRENDS: Final = {
    "change": "trend_change",
    "change_p": "trend_change_p",
    "change_p_holm": "trend_change_p_holm",
}


def changes_of(ground: Ground) -> tuple[pd.DataFrame, str]:
    """Return the rows of change of two years, and how many organisations answered both times."""
    changes, overlap = _tables(ground)
    found = pd.concat([changes, *_breaks(ground.crosswalk)], ignore_index=True)
    return found, f"{ground.earlier.id} and {ground.later.id}: {_told(overlap)}"


def trends_of(grounds: Sequence[Ground]) -> Iterator[pd.DataFrame]:
    """Yield what changed since the first year that a figure of the last may be compared with.

    What changed since the year before the last, :func:`changes_of` tells; here are the years before that.

    Parameters
    ----------
    grounds
        Each year but the last against the last, the earliest first.

    Yields
    ------
    pd.DataFrame
        Measures ``trend_change``, ``trend_change_p`` and ``trend_change_p_holm``: as ``change`` and its p-values,
        against the measurement in ``method``. A figure stands against one year, the earliest of those that go.
    """
    done: set[tuple[str, ...]] = set()
    known: set[tuple[str, str]] = set()
    for ground in grounds[:-1]:
        common = ground.common
        comparable = {
            (name, code)
            for name, pairs in common.pairings.items()
            for code, pair in pairs.items()
            if pair.comparable == "yes"
        } | {(question.id, "") for question in common.questionnaire.questions}
        if comparable <= known:
            # Everything has its first year already.
            continue
        known |= comparable
        changes, _ = _tables(ground, trend=True)
        rows = changes[changes["measure"].isin(list(TRENDS)) & ~changes["status"].isin(["B", "M"])]
        if done:
            rows = rows[[key not in done for key in _names(rows)]]
        if ground is not grounds[-2]:
            done.update(_names(rows))
        yield rows.assign(measure=rows["measure"].map(TRENDS))


def _tables(ground: Ground, *, trend: bool = False) -> tuple[pd.DataFrame, Overlap | None]:
    """Return every change of two years, rounded as it may be published, and who answered both times.

    A trend is no matter of composition; the panel says how its errors may be printed.
    """
    earlier, later, common, shared = ground.earlier, ground.later, ground.common, ground.shared
    rules = later.meting.config.publication
    weighted = bool(earlier.designs or later.designs)
    overlap, tables = None, []
    for (first, one), (second, two) in product(ground.before, ground.after):
        both = [question for question in first if question in second]
        overlap = link_waves(one, two)
        asked = {by: askable(two.responses, both, by, KINDS) for by in (None, *shared)}
        compared = [compare_waves("compare", one, two, some, by, overlap=overlap) for by, some in asked.items() if some]
        if compared:
            changes = lay_changes(compared)
            panels = lay_panels(compared, min_base=rules.min_base, normal_base=rules.normal_base)
            if trend:
                changes, panels = changes[changes["measure"].isin(list(TRENDS))], panels[panels["status"] == "Q"]
            tables += [changes, panels]
        if not trend and not weighted:
            tables += _composition(one, two, shared, in_common(later.population.eligible, common), overlap)
    # What is bound here is checked where all years are bound.
    changes = pd.concat(tables, ignore_index=True)
    if weighted:
        # Every set of weights has its own tables, and one family of tests can have several of them.
        changes = _corrected(changes, common)
    changes = round_changes(changes) if weighted else round_errors(changes)
    return _declared(changes, common), overlap


def _composition(
    one: Wave, two: Wave, shared: list[str], frame: Population, overlap: Overlap
) -> Iterator[pd.DataFrame]:
    """Yield what is due to other respondents; weights have seen to that."""
    for by in shared:
        if two.responses.questionnaire.breakdown(by).question in frame.variables:
            yield composition_changes(one, two, by, frame.count(by), overlap=overlap)


def _corrected(changes: pd.DataFrame, common: Common) -> pd.DataFrame:
    """Correct p-values for all tests of a chapter in a table, whatever weights their questions have."""
    families = {question.id: question.pijler for question in common.questionnaire.questions}
    result = changes.copy()
    p, corrected = (changes["measure"] == measure for measure in ("change_p", "change_p_holm"))
    places = {key: place for place, key in zip(np.flatnonzero(corrected), _names(changes[corrected]), strict=True)}
    tests = changes[p].assign(
        place=[places[key] for key in _names(changes[p])], family=changes.loc[p, "question"].map(families)
    )
    values = changes["estimate"].to_numpy(copy=True)
    for _, table in tests.groupby(["by", "family"], sort=False):
        values[table["place"].to_numpy()] = adjust_p(table["estimate"].to_numpy())
    result["estimate"] = values
    return result


def _names(rows: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    return zip(*(rows[name].to_list() for name in KEY[:-1]), strict=True)


def _told(overlap: Overlap | None) -> str:
    if overlap is None or overlap.reason:
        return "not known who answered both times"
    return f"{int(overlap.n12.sum())} organisations answered both times"


def _declared(changes: pd.DataFrame, common: Common) -> pd.DataFrame:
    """Keep the numbers of what is declared comparable; of an answer or group that is not, say so."""
    asked = changes[["question", "item", "category", "by", "group"]]
    # That an open question was answered is no answer of the questionnaire, but its question as a whole.
    asked = asked.assign(category=asked["category"].mask(asked["category"] == ANSWERED, ""))
    verdicts = common.verdicts(asked)["comparable"].to_numpy()
    gone = verdicts != "yes"
    if not gone.any():
        return changes
    without: dict[str, pd.Series] = {name: changes[name].mask(gone) for name in (*VALUES, *COUNTS)}
    for verdict, said in SAID.items():
        for name, told in zip(("status", "reason"), said, strict=True):
            without[name] = without.get(name, changes[name]).mask(verdicts == verdict, told)
    return changes.assign(**without)


def _breaks(crosswalk: Crosswalk) -> Iterator[pd.DataFrame]:
    """Yield a row for every question that may not be compared: a break is shown as a break."""
    rows = []
    for question in crosswalk.later.questions:
        verdict, _ = crosswalk.verdict(question.id)
        match = crosswalk.question(question.id)
        if verdict != "yes" and match is not None:
            rows.append((question.id, *SAID[verdict]))
    if not rows:
        return
    questions, statuses, reasons = zip(*rows, strict=True)
    yield estimate_frame(
        {
            "meting": crosswalk.later.meting,
            "question": list(questions),
            "measure": "change",
            "method": f"against {crosswalk.earlier.meting}",
            "status": list(statuses),
            "reason": list(reasons),
        }
    )
