"""Which numbers may be published: small groups, the response of a group, and what would give them away.

A *table* is one question (or one statement of it) by one breakdown: all its groups, and everything that is said of
each of them - every category, declared sum and mean. A group is shown in a table or it is not; a part of its answers is
never shown, because the categories of a question add up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from srsmeting.errors import ConfigurationError, EstimateError
from srsmeting.estimates import COUNTS, RATES, VALUES

_TABLE = ["meting", "question", "item", "by"]
_CELL = [*_TABLE, "group"]
_GROUP = ["meting", "by", "group"]


@dataclass(frozen=True)
class GroupRule:
    """When the results of a group of a breakdown may be published at all; both conditions must be met.

    Parameters
    ----------
    min_respondents
        Fewest respondents in the group.
    min_response
        Lowest response of the group, a fraction.

    Raises
    ------
    ConfigurationError
        For a negative number, or a response that is not a fraction.
    """

    min_respondents: int = 0
    min_response: float = 0.0

    def __post_init__(self) -> None:
        if self.min_respondents < 0:
            raise ConfigurationError(
                f"GroupRule(): min_respondents is {self.min_respondents}. Give a number of respondents of 0 or more."
            )
        if not 0 <= self.min_response <= 1:
            raise ConfigurationError(
                f"GroupRule(): min_response is {self.min_response}. Give a fraction from 0 to 1, such as 0.2 for 20%."
            )


@dataclass(frozen=True)
class PublicationRules:
    """The rules of publication of a measurement.

    Parameters
    ----------
    min_base
        A group with fewer respondents in the base of a question is not shown in its table.
    groups
        Per breakdown the rule that a group must meet to be shown in any table.
    sources
        Per breakdown the question that its groups are answers to. A table of such a question by another breakdown tells
        of small groups what a table of the small groups would have told.

    Raises
    ------
    ConfigurationError
        For a negative base.
    """

    min_base: int = 10
    groups: Mapping[str, GroupRule] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.min_base < 0:
            raise ConfigurationError(
                f"PublicationRules(): min_base is {self.min_base}. Give a number of respondents of 0 or more."
            )


def apply_publication_rules(frame: pd.DataFrame, rules: PublicationRules) -> pd.DataFrame:
    """Suppress what may not be published.

    Parameters
    ----------
    frame
        Estimate frame. For every breakdown in ``rules.groups`` it holds the rows ``response_rate`` too.
    rules
        The rules.

    Returns
    -------
    pd.DataFrame
        The same rows in the same order. A suppressed row has status Q and a reason, and has lost ``estimate``, ``se``,
        ``ci_low``, ``ci_high``, ``numerator``, ``denominator`` and ``method`` (which would tell a single respondent).
        Applying the same rules again changes nothing.

    Raises
    ------
    EstimateError
        When the response of a group is needed and is not in the frame.

    Notes
    -----
    1. **Small base.** In a breakdown, a group with fewer than ``min_base`` respondents in the base of a question is
       suppressed in that table (``small_base``). A base of 0 tells as much of a small group as any other number (nobody
       in it was asked), so it is suppressed as well when the largest base of the group in the frame is below
       ``min_base``; in a group that is large enough, and in a group without any respondent, it stays O (``no_base``).
    2. **Group rule.** A group with too few respondents (``small_base``) or else too low a response (``low_response``)
       is suppressed in every table of that breakdown. Its response rate stays, for that is what the rule refers to.
    3. **Crossing.** Two questions that are both behind a breakdown meet in two tables: involvement by region, and
       region by involvement. In the second a small region is not a group but an answer, and its counts per group are
       the very numbers that the first one hides. So a table of a question in ``sources`` is suppressed whole when one
       of its answers was given by fewer than ``min_base`` respondents (``small_base``), or when a group made of its
       answers does not meet the group rule.
    4. **Complementary.** The total of a table less the groups that are shown is what the hidden groups say together. So
       where a table hides anything, at least two groups that have respondents are hidden, and their bases add up to at
       least ``min_base``: the smallest shown groups are suppressed too (``complementary``), one after the other, the
       first declared of equal ones.

    Totals are never suppressed, nor are rates, which say nothing about answers. Within these limits no number of a
    suppressed row is the total less shown groups. What remains outside them: two breakdowns that share groups (branche
    beside branche with two branches merged), a table in which every hidden respondent gave the same answer, a table
    whose only group with respondents equals the total, and the *base* of a group that is hidden in the table of a
    follow-up question, which is how many of that group gave the answer that leads to it.

    Examples
    --------
    >>> from srsmeting.estimates import estimate_frame
    >>> frame = estimate_frame({
    ...     "meting": "m-1", "question": "q", "category": "ja", "by": ["", "wgo", "wgo", "wgo"],
    ...     "group": ["", "a", "b", "c"], "measure": "share", "estimate": 0.5, "numerator": [28, 2, 6, 20],
    ...     "denominator": [56, 4, 12, 40]})
    >>> apply_publication_rules(frame, PublicationRules(min_base=10))[["group", "status", "reason", "numerator"]]
      group status         reason  numerator
    0            A                        28
    1     a      Q     small_base       <NA>
    2     b      Q  complementary       <NA>
    3     c      A                        20
    """
    rows = (frame["by"] != "") & ~frame["measure"].isin(RATES)
    if not rows.any():
        return frame.copy()
    groups = _groups(frame[rows], rules.min_base)
    few, low = _group_rules(groups, frame, rules.groups)
    crossed_few, crossed_low = _crossings(frame[rows], groups, frame, rules)
    small = few | crossed_few | _small_bases(groups, rules.min_base)
    low |= crossed_low
    found = np.select([groups["reason"] != "", small, low], [groups["reason"], "small_base", "low_response"], "")
    groups["reason"] = _complementary(groups, found, rules.min_base)
    reasons = frame.loc[rows, _CELL].merge(groups, how="left", on=_CELL, sort=False)["reason"]
    reason = pd.Series("", index=frame.index, dtype="str")
    reason[rows] = reasons.to_numpy()
    return _suppress(frame, reason)


def _groups(rows: pd.DataFrame, min_base: int) -> pd.DataFrame:
    """Return one row per table and group, in order: the smallest ``base`` and the ``reason`` of earlier suppression."""
    hidden = rows["status"] == "Q"
    # What was hidden before no longer says how large it is; then it was hidden with enough others.
    base = rows["denominator"].astype("float64").mask(hidden, min_base)
    parts = rows[_CELL].assign(base=base, reason=rows["reason"].where(hidden, ""))
    return parts.groupby(_CELL, sort=False, as_index=False).agg(base=("base", "min"), reason=("reason", "max"))


def _small_bases(groups: pd.DataFrame, min_base: int) -> pd.Series:
    largest = groups.groupby(_GROUP, sort=False)["base"].transform("max")
    small_group = (largest > 0) & (largest < min_base)
    return (groups["base"] < min_base) & ((groups["base"] > 0) | small_group)


def _group_rules(
    groups: pd.DataFrame, frame: pd.DataFrame, rules: Mapping[str, GroupRule]
) -> tuple[pd.Series, pd.Series]:
    """Return where a group has too few respondents, and where it has too low a response."""
    few, low = pd.Series(False, index=groups.index), pd.Series(False, index=groups.index)
    rates = frame[frame["measure"] == "response_rate"].set_index(_GROUP)
    for by, rule in rules.items():
        ruled = groups["by"] == by
        keys = pd.MultiIndex.from_frame(groups.loc[ruled, _GROUP])
        without = keys[~keys.isin(rates.index)]
        if len(without):
            meting, _, group = without[0]
            raise EstimateError(
                f"apply_publication_rules(): no response_rate of {by} {group!r} in {meting!r}, and the rule of {by!r} "
                f"needs it. Bind response_rates(..., by={by!r}) to the frame first."
            )
        respondents = rates["numerator"].reindex(keys).to_numpy(dtype=np.float64, na_value=0)
        response = rates["estimate"].reindex(keys).to_numpy()
        # A group without respondents has nothing to suppress, and stays what it is: empty.
        few[ruled] = (respondents > 0) & (respondents < rule.min_respondents)
        low[ruled] = (respondents > 0) & (response < rule.min_response)
    return few, low


def _crossings(
    rows: pd.DataFrame, groups: pd.DataFrame, frame: pd.DataFrame, rules: PublicationRules
) -> tuple[pd.Series, pd.Series]:
    """Return where the answers themselves are groups that may not be shown: too few respondents, or too low a response.

    A table where something was hidden before was judged then; what is left of it no longer adds up.
    """
    answers = rows[rows["question"].isin(set(rules.sources.values())) & (rows["measure"] == "share")]
    given = answers.assign(hidden=answers["status"] == "Q").groupby([*_TABLE, "category"], sort=False, as_index=False)
    cells = given.agg(respondents=("numerator", "sum"), hidden=("hidden", "any"))
    small = cells[cells["respondents"].between(1, rules.min_base - 1) & ~cells["hidden"]]
    few = pd.MultiIndex.from_frame(groups[_TABLE]).isin(pd.MultiIndex.from_frame(small[_TABLE]))
    low = np.zeros(len(groups), dtype=np.bool_)
    for by, rule in rules.groups.items():
        rates = frame[(frame["measure"] == "response_rate") & (frame["by"] == by) & (frame["numerator"] > 0)]
        asked = (groups["question"] == rules.sources.get(by)).to_numpy()
        few |= asked & groups["meting"].isin(rates.loc[rates["numerator"] < rule.min_respondents, "meting"]).to_numpy()
        low |= asked & groups["meting"].isin(rates.loc[rates["estimate"] < rule.min_response, "meting"]).to_numpy()
    filled = groups["base"] > 0
    return filled & few, filled & low


def _complementary(groups: pd.DataFrame, found: np.ndarray, min_base: int) -> np.ndarray:
    """Hide more groups where the total less the shown ones would give the hidden ones away."""
    reasons, base = found.copy(), groups["base"].to_numpy()
    for places in groups.groupby(_TABLE, sort=False).indices.values():
        hidden = places[reasons[places] != ""]
        if not len(hidden):
            continue
        number, together = int((base[hidden] > 0).sum()), base[hidden].sum()
        shown = places[(reasons[places] == "") & (base[places] > 0)]
        for place in shown[np.argsort(base[shown], kind="stable")]:
            if number >= 2 and together >= min_base:
                break
            reasons[place] = "complementary"
            number, together = number + 1, together + base[place]
    return reasons


def _suppress(frame: pd.DataFrame, reason: pd.Series) -> pd.DataFrame:
    hidden = reason != ""
    result = frame.copy()
    result.loc[hidden, [*VALUES]] = np.nan
    result.loc[hidden, [*COUNTS]] = pd.NA
    # A single respondent has no interval, so an empty method would tell a base of 1 from a larger one.
    result.loc[hidden, "method"] = ""
    result.loc[hidden, "status"] = "Q"
    result.loc[hidden, "reason"] = reason[hidden]
    return result
