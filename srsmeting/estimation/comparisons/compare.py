"""Comparisons between the groups of a breakdown, as rows of the estimate frame."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from srsmeting.errors import EstimateError, unknown_name
from srsmeting.estimates import LESS, VALUES, bind_estimates, estimate_frame
from srsmeting.estimation.comparisons.answers import read_answers
from srsmeting.estimation.comparisons.independence import independence_test
from srsmeting.estimation.comparisons.means import (
    MeansTest,
    PairsOfMeans,
    design_pairs,
    games_howell,
    kruskal_test,
    wald_test,
    welch_test,
)
from srsmeting.estimation.comparisons.multiplicity import CORRECTIONS
from srsmeting.estimation.comparisons.pairs import share_differences
from srsmeting.estimation.comparisons.shown import INDICATIVE, SUPPRESSED, Shown, read_shown
from srsmeting.estimation.counting import Table, count_answers
from srsmeting.estimation.crossing import Crossing
from srsmeting.estimation.design import Design
from srsmeting.estimation.domains import By, Domains, check_design, choose_questions, make_domains
from srsmeting.estimation.intervals import t_interval
from srsmeting.estimation.numeric import Mask, Positions
from srsmeting.estimation.values import NUMERIC, values_of
from srsmeting.questionnaire import Question
from srsmeting.responses import Responses

#: Kinds of questions whose groups can be compared.
KINDS = ("single", "multiple", "statements", "mark", "open", "number")


def compare_groups(
    responses: Responses,
    design: Design,
    questions: str | Iterable[str] | None = None,
    by: By = None,
    *,
    published: pd.DataFrame | None = None,
    correction: str = "holm",
) -> pd.DataFrame:
    """Compare the groups of a breakdown: all at once, and pair by pair.

    Parameters
    ----------
    responses
        Coded answers.
    design
        The design of the whole measurement; a subset of the respondents keeps it.
    questions
        Ids, or one; by default every question, except the one that is broken down by.
    by
        The breakdown, or a pair of them.
    published
        Estimate frame of shares and means with the publication rules applied. Groups that are suppressed in a table are
        left out of its tests, and their rows are suppressed as well. Without it all groups are compared.
    correction
        How p-values of differences of shares are corrected for the number of pairs: ``holm``, ``bh`` or ``none``.

    Returns
    -------
    pd.DataFrame
        Estimate frame with, per question (and item) the rows

        ==================  =========  ==========================================================================
        measure             group      estimate
        ==================  =========  ==========================================================================
        p_value                        chance of such differences between groups if there were none
        effect_size                    how large they are: Cramér's V; of means omega squared, weighted eta squared
        rank_p_value                   the same by ranks, of marks and numbers
        rank_effect_size               eta squared of the ranks
        difference          ``a-b``    share or mean of a less that of b, with standard error and 95% interval
        difference_p        ``a-b``    its p-value, corrected for the number of pairs
        effect_size         ``a-b``    Hedges' g, of means
        ==================  =========  ==========================================================================

        A question of which one answer can be given has one ``p_value``, with an empty category; options of which
        several can be given, and declared sums, have one each. ``numerator`` and ``denominator`` are the groups
        compared and their respondents where the group is empty, and the bases of both groups in a pair. ``method`` is
        the test: ``rao_scott``, ``welch``, ``wald``, ``kruskal``, ``t_holm``, ``games_howell``.

    Raises
    ------
    UnknownNameError
        For a question, breakdown or correction that does not exist.
    EstimateError
        Without a breakdown, or when the published frame does not have a table that is compared.
    DesignError
        When there are other respondents than the design has.

    Notes
    -----
    What each test leans on, and what says that it is shaky (the number stays, with status U, unless it is missing):

    - Rao-Scott: enough respondents expected in every cell (``few_expected``).
    - Differences of shares: enough respondents with and without the answer (``few_expected``), some spread in both
      groups (``no_spread``), and more respondents than strata.
    - Welch and Games-Howell: independent respondents, means near normal, some spread in every group (``no_spread``,
      ``one_respondent``). No finite population correction, so they are careful; in a weighted or stratified design
      Wald's F and t of the design-based means take their place.
    - Kruskal-Wallis: 5 respondents in each group (``few_respondents``), no weights (``unweighted``).

    A single group is not compared (status M, ``one_group``); in a population that was observed whole differences are
    what they are, and there are no p-values (status M, ``census``).

    Examples
    --------
    >>> from srsmeting.questionnaire import parse_questionnaire
    >>> def ask(id, *codes):
    ...     categories = [{"code": code, "label": code} for code in codes]
    ...     return {"id": id, "kind": "single", "title": id, "text": id, "pijler": "basis", "fase": "bereik",
    ...             "categories": categories}
    >>> questionnaire = parse_questionnaire({
    ...     "meting": "m-1", "title": "Meting", "respondents": "respondenten",
    ...     "pijlers": [{"id": "basis", "label": "Basis"}],
    ...     "questions": [ask("lid", "ja", "nee"), ask("wgo", "noord", "zuid")]})
    >>> answers = pd.DataFrame({"lid": pd.Categorical((["ja"] * 3 + ["nee"]) * 10 + ["ja", "nee"] * 20),
    ...                         "wgo": pd.Categorical(["noord"] * 40 + ["zuid"] * 40)})
    >>> status = pd.DataFrame({"lid": [0] * 80, "wgo": [0] * 80}, dtype="int8")
    >>> frame = compare_groups(Responses(questionnaire, answers, status), Design.simple_random(80, 320), "lid", "wgo")
    >>> frame.loc[frame["category"] != "nee", ["category", "group", "measure", "estimate", "method"]].round(4)
      category       group       measure  estimate     method
    0                            p_value    0.0097  rao_scott
    1                        effect_size    0.2582  cramers_v
    2       ja  noord-zuid    difference    0.2500          t
    4       ja  noord-zuid  difference_p    0.0075     t_holm
    """
    check_design("compare_groups()", responses, design)
    if correction not in CORRECTIONS:
        raise unknown_name("compare_groups()", "correction", correction, CORRECTIONS)
    if by is None:
        raise EstimateError("compare_groups(): no breakdown, so there are no groups to compare. Name one in 'by'.")
    domains = make_domains(responses, by)
    shown, crossing = read_shown(published, domains.by), Crossing(domains, design)
    frames: list[pd.DataFrame] = []
    for question in choose_questions(responses, questions, KINDS, domains.source):
        if question.kind in NUMERIC:
            frames += _numbers(responses, question, crossing, shown, correction)
        if question.kind != "number":
            frames += _tests(responses, question, crossing, shown)
            frames += _differences(responses, question, crossing, shown, correction)
    return bind_estimates(*frames)


def _tests(responses: Responses, question: Question, crossing: Crossing, shown: Shown) -> list[pd.DataFrame]:
    """Return p-value and Cramér's V of every table of answers."""
    rows: list[dict[str, Any]] = []
    domains, design = crossing.domains, crossing.design
    for answers in read_answers(responses, question):
        hidden = shown.hidden(question.id, answers.item, domains.groups)
        place = _places(domains, hidden)
        tables = [(code, np.where(answers.base, given, -1)) for code, given in answers.alone]
        # The means of marks have the whole table; ten marks by groups are too many cells for respondents.
        if answers.codes is not None and question.kind != "mark":
            tables.insert(0, ("", answers.codes))
        for category, codes in tables:
            found = independence_test(place, np.asarray(codes, dtype=np.intp), design)
            compared = len(np.unique(place[(place >= 0) & (codes >= 0)]))
            value = "A" if np.isfinite(found.cramers_v) and found.status == "M" else found.status
            for measure, estimate, method, status, reason in (
                ("p_value", found.p, "rao_scott", found.status, found.reason),
                ("effect_size", found.cramers_v, "cramers_v", value, found.reason if value != "A" else ""),
            ):
                row = {"item": answers.item, "category": category, "measure": measure, "estimate": estimate}
                row |= {"numerator": compared, "denominator": found.base, "status": status, "reason": reason}
                rows.append(_hide(row | {"method": method if np.isfinite(estimate) else ""}, compared, hidden))
    return _frame(responses, question, domains, rows)


def _differences(
    responses: Responses, question: Question, crossing: Crossing, shown: Shown, correction: str
) -> list[pd.DataFrame]:
    return [
        frame
        for table in count_answers(responses, question, crossing)
        for frame in _table_differences(responses, table, crossing, shown, correction)
    ]


def _table_differences(
    responses: Responses, table: Table, crossing: Crossing, shown: Shown, correction: str
) -> list[pd.DataFrame]:
    domains = crossing.domains
    hidden = shown.hidden(table.question, table.item, domains.groups)
    compared = ~np.array(hidden, dtype=np.bool_)
    found = share_differences(table, compared, crossing.design, correction)
    size = len(table.categories)
    marked = np.array(shown.marked(table.question, table.item, domains.groups), dtype=np.bool_)
    keep = np.repeat(compared[found.first] & compared[found.second], size)
    few = np.repeat(marked[found.first] | marked[found.second], size)
    names = np.array([_pair(domains, a, b) for a, b in zip(found.first, found.second, strict=True)], dtype=object)
    bases = [np.repeat(table.base[side], size) for side in (found.first, found.second)]
    common = {
        "meting": responses.questionnaire.meting,
        "question": np.full(len(keep), table.question, dtype=object),
        "item": table.item,
        "category": np.tile(np.array(table.categories, dtype=object), len(names)),
        "by": domains.by,
        "group": np.repeat(names, size),
        **{name: _counts(base, keep) for name, base in zip(("numerator", "denominator"), bases, strict=True)},
    }
    difference = {
        name: np.where(keep, values.ravel(), np.nan)
        for name, values in zip(
            ("estimate", "se", "ci_low", "ci_high"), (found.estimate, found.se, found.low, found.high), strict=True
        )
    }
    p = {"estimate": np.where(keep, found.p.ravel(), np.nan)}
    return [
        estimate_frame(common | difference | {"measure": "difference"} | _flags(found.flags, keep, few)),
        estimate_frame(common | p | {"measure": "difference_p"} | _flags(found.p_flags, keep, few)),
    ]


def _numbers(
    responses: Responses, question: Question, crossing: Crossing, shown: Shown, correction: str
) -> list[pd.DataFrame]:
    """Return the tests of means and of ranks, and the differences between means."""
    domains, design = crossing.domains, crossing.design
    hidden = shown.hidden(question.id, "", domains.groups)
    values, place = values_of(responses, question), _places(domains, hidden)
    # Respondents without a value are in no group; a group is compared when some of it have one.
    place = np.where(np.isfinite(values), place, -1)
    compared = len(np.unique(place[place >= 0]))
    # pingouin takes respondents for draws from groups without end; that is not asked of a whole population.
    simple = design.is_simple and not design.is_census
    means = welch_test(values, place) if simple else wald_test(values, place, design)
    effect = "omega_squared" if simple else "eta_squared"
    rows = []
    for prefix, test, size in (("", means, effect), ("rank_", kruskal_test(values, place, design), "eta_squared")):
        for name, value in (("p_value", test.p), ("effect_size", test.effect_size)):
            method = (test.method if name == "p_value" else size) if np.isfinite(value) else ""
            known = name == "effect_size" and test.status == "M" and np.isfinite(value)
            status, reason = ("A", "") if known else (test.status, test.reason)
            row = {"measure": f"{prefix}{name}", "estimate": value, "method": method}
            row |= {"numerator": compared, "denominator": test.base, "status": status, "reason": reason}
            rows.append(_hide(row, compared, hidden))
    pairs = games_howell(values, place) if simple else design_pairs(values, place, design, correction)
    base = np.bincount(place[place >= 0], minlength=len(domains.groups))
    marked = shown.marked(question.id, "", domains.groups)
    rows += _pair_rows(domains, pairs, hidden, marked, base, means)
    return _frame(responses, question, domains, rows)


def _pair_rows(
    domains: Domains,
    pairs: PairsOfMeans,
    hidden: list[bool],
    marked: list[bool],
    base: Positions,
    test: MeansTest,
) -> list[dict[str, Any]]:
    low, high = t_interval(pairs.difference, pairs.se, np.maximum(pairs.df, 1))
    found = {pair: n for n, pair in enumerate(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True))}
    rows = []
    for a, b in itertools.combinations(range(len(domains.groups)), 2):
        n = found.get((a, b))
        status, reason = _pair_flag(int(min(base[a], base[b])), n is not None and np.isfinite(pairs.p[n]), test)
        if status == "A" and (pairs.warned or marked[a] or marked[b]):
            status, reason = "U", "library_warning" if pairs.warned else INDICATIVE
        common = {"group": _pair(domains, a, b), "numerator": int(base[a]), "denominator": int(base[b])}
        common |= {"status": status, "reason": reason}
        difference: dict[str, Any] = {"measure": "difference", "estimate": np.nan, "method": ""}
        p: dict[str, Any] = {"measure": "difference_p", "estimate": np.nan, "method": ""}
        g: dict[str, Any] = {"measure": "effect_size", "estimate": np.nan, "method": ""}
        if n is not None:
            difference |= {"estimate": pairs.difference[n], "se": pairs.se[n], "ci_low": low[n], "ci_high": high[n]}
            difference["method"] = pairs.method if np.isfinite(pairs.se[n]) else ""
            p |= {"estimate": pairs.p[n], "method": pairs.p_method if np.isfinite(pairs.p[n]) else ""}
            g |= {"estimate": pairs.hedges_g[n], "method": "hedges_g" if np.isfinite(pairs.hedges_g[n]) else ""}
        if n is not None and test.reason == "census":
            difference |= {"se": 0.0, "method": "census", "status": "A", "reason": ""}
            g |= {"status": "A", "reason": ""} if np.isfinite(pairs.hedges_g[n]) else {}
        one = hidden[a] or hidden[b]
        rows += [_suppress(common | row) if one else common | row for row in (difference, p, g)]
    return rows


def _pair_flag(least: int, tested: bool, test: MeansTest) -> tuple[str, str]:
    if tested:
        return "A", ""
    if least == 0:
        return "O", "no_base"
    if least == 1:
        return "U", "one_respondent"
    # What holds for all groups holds for each pair of them; otherwise one of the two has no spread.
    return (test.status, test.reason) if test.status == "M" else ("U", "no_spread")


def _places(domains: Domains, hidden: list[bool]) -> Positions:
    """Return the group of each respondent, -1 for none and for a group that is hidden."""
    inside = [-1, *(-1 if one else place for place, one in enumerate(hidden))]
    return np.array(inside, dtype=np.intp)[domains.place]


def _pair(domains: Domains, a: int, b: int) -> str:
    return f"{domains.groups[a]}{LESS}{domains.groups[b]}"


def _hide(row: dict[str, Any], compared: int, hidden: list[bool]) -> dict[str, Any]:
    """Suppress a test of which too few groups are left because others are hidden."""
    return _suppress(row) if compared < 2 and any(hidden) else row


def _suppress(row: dict[str, Any]) -> dict[str, Any]:
    numbers = dict.fromkeys(VALUES, np.nan)
    return row | numbers | {"numerator": None, "denominator": None, "method": "", "status": "Q", "reason": SUPPRESSED}


def _flags(flags: dict[str, np.ndarray], keep: Mask, few: Mask) -> dict[str, np.ndarray]:
    marked = few & (flags["status"] == "A")
    flagged = {
        "status": np.where(marked, "U", flags["status"]),
        "reason": np.where(marked, INDICATIVE, flags["reason"]),
    }
    return {
        "method": np.where(keep, flags["method"], ""),
        "status": np.where(keep, flagged["status"], "Q"),
        "reason": np.where(keep, flagged["reason"], SUPPRESSED),
    }


def _counts(values: Positions, keep: Mask) -> pd.Series:
    return pd.Series(values, dtype="Int64").where(pd.Series(keep))


def _frame(
    responses: Responses, question: Question, domains: Domains, rows: list[dict[str, Any]]
) -> list[pd.DataFrame]:
    if not rows:
        return []
    texts = ("item", "category", "group", "measure", "method", "status", "reason")
    names = [(name, "", object) for name in texts] + [(name, np.nan, np.float64) for name in VALUES]
    columns: dict[str, Any] = {
        name: np.array([row.get(name, missing) for row in rows], dtype=kind) for name, missing, kind in names
    }
    for name in ("numerator", "denominator"):
        columns[name] = [pd.NA if row.get(name) is None else row[name] for row in rows]
    key = {"meting": responses.questionnaire.meting, "question": question.id, "by": domains.by}
    return [estimate_frame(key | columns)]
