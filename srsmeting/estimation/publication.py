"""Which numbers may be published: small groups, the response of a group, and what would give them away.

This is the one place where the rules are applied. What hides more so that nothing hidden follows from what is shown is
in :mod:`srsmeting.estimation.protection`; :mod:`srsmeting.estimation.audit` attacks the result.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

import numpy as np
import pandas as pd

from srsmeting.errors import EstimateError
from srsmeting.estimates import COUNTS, KEY, RATES, VALUES
from srsmeting.estimation.mentions import rare_mentions
from srsmeting.estimation.numeric import Mask
from srsmeting.estimation.protection import protect
from srsmeting.estimation.published_tables import Cell, Tables, read_tables
from srsmeting.estimation.rules import GroupRule, PublicationRules

__all__ = ["GroupRule", "PublicationRules", "apply_publication_rules", "publish_weighted", "round_as_printed"]

#: In a cell that more than one rule hides, the first of these is said.
_STRENGTH: Final = ("small_base", "low_response")

#: Rules that groups of answers break: per measurement and the question that they are answers to.
_Broken: TypeAlias = dict[tuple[str, str], dict[frozenset[str], set[str]]]


def apply_publication_rules(frame: pd.DataFrame, rules: PublicationRules) -> pd.DataFrame:
    """Suppress what may not be published, and mark what stands on few respondents.

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
        A shown row of status A with a base below ``normal_base`` has status U (``indicative``) and is otherwise as it
        was. Applying the same rules again changes nothing.

    Raises
    ------
    EstimateError
        When the response of a group is needed and is not in the frame.

    Notes
    -----
    A *table* is one question (or one statement of it) by one breakdown: all its groups, and everything that is said of
    each of them. A group is shown in a table or it is not.

    1. **Small base.** In a breakdown, a group with fewer than ``min_base`` respondents in the base of a question is
       suppressed in that table (``small_base``). A base of 0 tells as much of a small group as any other number (nobody
       in it was asked), so it is suppressed as well when the largest base of the group in the frame is below
       ``min_base``; in a group that is large enough, and in a group without any respondent, it stays O (``no_base``).
       Where a row has a percentage and no base, its count over the percentage is the base, and else the group's size.
    2. **Group rule.** A group with too few respondents (``small_base``) or else too low a response (``low_response``)
       is suppressed in every table of that breakdown, and of a merged one that leaves it as it is. Its response rate
       stays, for that is what the rule refers to.
    3. **Crossing.** Two questions that are both behind a breakdown meet in two tables: involvement by region, and
       region by involvement. In the second a small region is not a group but an answer, and its counts per group are
       the very numbers that the first one hides. So a table of a question in ``sources`` is suppressed whole when one
       of its answers was given by fewer than ``min_base`` respondents (``small_base``), when a group made of its
       answers does not meet the group rule, or when the first table hides anything for another cause.
    4. **Complementary.** What a shown total, or a shown merged group, leaves over when its shown parts are taken off is
       what the hidden parts say together. So where a part with a shown whole is hidden, at least two parts that have
       respondents are hidden; their bases add up to at least ``min_base``; they did not all give one and the same
       answer (unless the whole did, and says so itself); and a merged group that is hidden keeps a hidden part inside
       it and one outside. To get there the smallest shown parts are suppressed too (``complementary``), one after the
       other, the first declared of equal ones. Where no part is left, the merged group is suppressed; and when a single
       group is all there is of a question, its total.
    5. **Routing.** How many of a group were asked a follow-up question is how many of them gave the answer that leads
       to it. So what is hidden of a group in a table is hidden of it in the tables of its follow-up questions
       (``complementary``).
    6. **Two-way.** A table by two breakdowns at once is shown whole or not at all, and only when neither of the two
       hides anything of the question.
    7. **Comparisons.** A number that holds two groups against each other goes when one of them is hidden.
    8. **Mentions.** A theme of open answers that is mentioned less often than the least of its question
       (``min_mentions``) is suppressed (``small_count``), and another theme with it (``complementary``) where the shown
       ones would leave fewer mentions over than that; see :func:`srsmeting.estimation.mentions.rare_mentions`.

    Totals are marked but not suppressed (except as in 4), nor are rates, which say nothing about answers. That no
    hidden respondent of a table gave a certain answer may show; so may the size of a group. What remains outside:

    - what an insider knows who is one of the hidden respondents;
    - what was published at another time: what years say of each other is hidden where they are compared
      (:mod:`srsmeting.years`), and :func:`srsmeting.disclosure.audit_years` attacks them together;
    - the cells of a hidden two-way table that follow from its two one-way tables, where these have many zeros: whoever
      publishes the two says so, pair or not; the audit finds it, and the remedy is to leave one of the two out;
    - what three two-way tables say together of the three-way one; the audit does look there for two-way breakdowns;
    - a follow-up question that is asked for an answer to one question *or* another, in the table of the one by the
      other: its total base tells how often they go together; the audit finds it, and the remedy is to leave that table
      out;
    - what weighted shares of the groups of another breakdown, rounded as they are, tell of how respondents of regions
      with different weights are spread over them.

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
    return hide_rows(frame, _reasons(frame, rules), rules.normal_base)


def publish_weighted(weighted: pd.DataFrame, counted: pd.DataFrame, rules: PublicationRules) -> pd.DataFrame:
    """Publish of weighted estimates what the rules allow of the counts, and what the counts cannot be worked out of.

    Parameters
    ----------
    weighted
        Estimate frame.
    counted
        The same rows of the same respondents without weights, the rules applied: who is hidden is decided by counts.
    rules
        The rules.

    Returns
    -------
    pd.DataFrame
        The rows of `weighted`, with the same ones suppressed as in `counted`. Shares and means have no ``numerator``
        and no ``se``, and are rounded, see :func:`round_as_printed`.

    Raises
    ------
    EstimateError
        When the two do not have the same rows in the same order.

    Notes
    -----
    What a respondent weighs can be worked out from the frame and the response, which are published. A weighted share
    beside a count is then a second equation on the same answers, and unrounded even one is enough: a sum of counts,
    each times another fraction, is made in one way only. Hence the base, which is a count, the rounded share, and its
    rounded interval. That hidden groups cannot be told apart is the work of the weights, which are the same for them:
    see :mod:`srsmeting.estimation.weighting.pooling`.
    """
    if not weighted[[*KEY]].reset_index(drop=True).equals(counted[[*KEY]].reset_index(drop=True)):
        raise EstimateError("publish_weighted(): the rows are not those of the counts. Estimate both in the same way.")
    hidden = (counted["status"] == "Q").to_numpy()
    reason = pd.Series(np.where(hidden, counted["reason"], ""), index=weighted.index, dtype="str")
    return round_as_printed(hide_rows(weighted, reason, rules.normal_base))


def round_as_printed(frame: pd.DataFrame) -> pd.DataFrame:
    """Round what was weighted to the decimals in which it is printed, and take away what is not printed.

    Parameters
    ----------
    frame
        Estimate frame.

    Returns
    -------
    pd.DataFrame
        The same rows. Shares, and differences of shares, have 2 decimals (whole percentages); means, and differences
        of means, 1; both 2 more from a base of 1,000 on, where one more is printed at most. Intervals are rounded
        outwards. ``se`` is gone, and of shares ``numerator``. P-values and effect sizes have 3 decimals; below 0.05 a
        p-value stays.
    """
    result = frame.copy()

    def among(*measures: str) -> Mask:
        return frame["measure"].isin(measures).to_numpy(dtype=np.bool_)

    tests = among("difference_p", "p_value", "rank_p_value", "effect_size", "rank_effect_size")
    rows, shares = among("share", "mean", "difference"), among("share")
    fraction = shares | (among("difference") & frame["category"].ne("").to_numpy(dtype=np.bool_))
    large = result["denominator"].ge(1000).fillna(False).to_numpy(dtype=bool)
    unit = 10.0 ** np.where(tests, 3, np.where(fraction, 2, 1) + 2 * large)
    # A number that is written with fewer digits than it is kept in is meant as it is written.
    scaled = {name: np.round(result[name].to_numpy() * unit, 6) for name in ("estimate", "ci_low", "ci_high")}
    for name, found in (
        # Half away from zero, as everywhere.
        ("estimate", np.sign(scaled["estimate"]) * np.floor(np.abs(scaled["estimate"]) + 0.5)),
        ("ci_low", np.floor(scaled["ci_low"])),
        ("ci_high", np.ceil(scaled["ci_high"])),
    ):
        result[name] = np.where(rows | tests, found / unit, result[name])
    # What is significant is so as it is printed.
    p = among("difference_p", "p_value", "rank_p_value") & (frame["estimate"] < 0.05).to_numpy()
    result["estimate"] = np.where(p & (result["estimate"] >= 0.05), 0.049, result["estimate"])
    result["se"] = np.where(rows, np.nan, result["se"])
    if shares.any():
        result.loc[shares, "numerator"] = pd.NA
    return result


def _reasons(frame: pd.DataFrame, rules: PublicationRules) -> pd.Series:
    """Return why each row is suppressed; empty where it is not."""
    tables = read_tables(frame)
    hide_tables(tables, rules)
    reason = np.full(len(frame), "", dtype=object)
    for table in tables.tables.values():
        for cell in (table.total, *table.cells()):
            if cell.reason:
                reason[[*cell.rows]] = cell.reason
    for row, why in rare_mentions(frame, rules).items():
        reason[row] = why
    for row, address in tables.mentions.items():
        total = tables.tables[address].total.reason if address in tables.tables else ""
        reason[row] = reason[row] or total
    for row, (one_is_enough, cells) in tables.between.items():
        hidden = [bool(cell.reason) for cell in cells]
        if hidden and (any(hidden) if one_is_enough else all(hidden)):
            reason[row] = "complementary"
    return pd.Series(reason, index=frame.index, dtype="str")


def hide_tables(tables: Tables, rules: PublicationRules) -> None:
    """Hide in tables what may not be published, and what would give it away.

    Raises
    ------
    EstimateError
        When the response of a group is needed and is not there.
    """
    _primary(tables, rules)
    protect(tables, rules)


def _primary(tables: Tables, rules: PublicationRules) -> None:
    """Hide the groups that are too small or have too low a response, as groups and as answers."""
    asked, broken = set(rules.sources.values()), _broken(tables, rules)
    of_groups = {key: _broken_by(key, tables, rules, broken) for key in tables.sizes}
    for (meting, question, _), table in tables.tables.items():
        for by, groups in table.by.items():
            found: set[str] = set()
            if question in asked:
                found = found.union(*broken.get((meting, question), {}).values())
                if not table.hides(by) and _has_small_answer(groups.values(), rules.min_base):
                    found.add("small_base")
            for group, cell in groups.items():
                why = of_groups[meting, by, group] | (found if cell.filled else set())
                size = tables.sizes[meting, by, group]
                if cell.base < rules.min_base and not cell.before and (cell.base > 0 or 0 < size < rules.min_base):
                    why.add("small_base")
                for reason in _STRENGTH:
                    if reason in why:
                        cell.hide(reason)


def _broken_by(key: tuple[str, str, str], tables: Tables, rules: PublicationRules, broken: _Broken) -> set[str]:
    """Return which rules a group breaks, or either of the two that it is made of."""
    meting, by, group = key
    found: set[str] = set()
    for name, part in zip(by.split("*"), group.split("*"), strict=True):
        _need_rate(tables, rules, meting, name, part)
        # Under another breakdown the same respondents are the same group.
        found |= broken.get((meting, rules.family(name)), {}).get(rules.answers(name, part), set())
    return found


def _has_small_answer(cells: Iterable[Cell], min_base: int) -> bool:
    given: dict[str, float] = {}
    for cell in cells:
        for category, count in cell.counts.items():
            given[category] = given.get(category, 0.0) + (count if count == count else 0.0)
    return any(0 < count < min_base for count in given.values())


def _broken(tables: Tables, rules: PublicationRules) -> _Broken:
    """Return which groups of answers break a rule and how; a group without respondents has nothing to suppress."""
    found: _Broken = {}
    for (meting, by, group), (respondents, response) in tables.rates.items():
        rule = rules.groups.get(by)
        if rule is None or not group or not respondents > 0:
            continue
        broken = found.setdefault((meting, rules.family(by)), {}).setdefault(rules.answers(by, group), set())
        if respondents < rule.min_respondents:
            broken.add("small_base")
        if response < rule.min_response:
            broken.add("low_response")
    return found


def _need_rate(tables: Tables, rules: PublicationRules, meting: str, by: str, group: str) -> None:
    if by in rules.groups and (meting, by, group) not in tables.rates:
        raise EstimateError(
            f"apply_publication_rules(): no response_rate of {by} {group!r} in {meting!r}, and the rule of "
            f"{by!r} needs it. Bind response_rates(..., by={by!r}) to the frame first."
        )


def hide_rows(frame: pd.DataFrame, reason: pd.Series, normal_base: int) -> pd.DataFrame:
    """Suppress the rows that have a reason, and mark what else has status A and a base below `normal_base`."""
    hidden = reason != ""
    few = (frame["status"] == "A") & ~hidden & ~frame["measure"].isin(RATES)
    few &= frame["denominator"].lt(normal_base).fillna(False).astype(bool)
    numbers = {name: frame[name].mask(hidden) for name in (*VALUES, *COUNTS)}
    return frame.assign(
        **numbers,
        # A single respondent has no interval, so an empty method would tell a base of 1 from a larger one.
        method=frame["method"].mask(hidden, ""),
        status=frame["status"].mask(hidden, "Q").mask(few, "U"),
        reason=frame["reason"].mask(hidden, reason).mask(few, "indicative"),
    )
