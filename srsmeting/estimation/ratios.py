"""Ratios of groups: how many times the share or the mean of one group is that of another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from srsmeting.errors import unknown_name
from srsmeting.estimates import bind_estimates, estimate_frame
from srsmeting.estimation.counting import all_sums, count_answers
from srsmeting.estimation.crossing import Crossing
from srsmeting.estimation.design import Design
from srsmeting.estimation.domains import By, Domains, check_design, choose_questions, make_domains
from srsmeting.estimation.flags import flag_bases
from srsmeting.estimation.intervals import t_interval
from srsmeting.estimation.numeric import Counts, Numbers, Positions
from srsmeting.estimation.sums import Sums, contrast, total_variance
from srsmeting.estimation.values import NUMERIC, values_of
from srsmeting.questionnaire import Question
from srsmeting.responses import Responses

#: Kinds of questions whose groups have a ratio: of shares, or of means for a number.
KINDS = ("single", "multiple", "statements", "mark", "open", "number")


def estimate_ratios(
    responses: Responses,
    design: Design,
    questions: str | Iterable[str] | None = None,
    by: By = None,
    *,
    against: str,
) -> pd.DataFrame:
    """Estimate how many times the share or mean of every group is that of one of them.

    Parameters
    ----------
    responses
        Coded answers.
    design
        The design of the whole measurement; a subset of the respondents keeps it.
    questions
        Ids, or one; by default every question, except the one that is broken down by.
    by
        A breakdown, or a pair of them.
    against
        The group that the others are held against.

    Returns
    -------
    pd.DataFrame
        Estimate frame: a row per category and per group but that one, ``group`` reading ``"group/against"``; measure
        ``share_ratio`` for answers and ``mean_ratio`` for numbers and marks. ``numerator`` and ``denominator`` are the
        bases of the two groups, unweighted. The interval (95%) is a t interval of the logarithm, so that it never
        passes 0 and reads the same upside down.

    Raises
    ------
    UnknownNameError
        For a question, breakdown or group that does not exist.
    DesignError
        When there are other respondents than the design has.

    Notes
    -----
    ``R = m_a / m_b`` has the linearised variance of ``sum (u_a - R u_b) / m_b`` with the influences of both: one sum,
    because strata and margins make two groups depend on each other. The degrees of freedom are those of both groups
    together.

    Where the other group has share or mean 0 there is no ratio (status O, ``divides_by_zero``); where the group itself
    has, the ratio is 0 and its interval unknown (status U, ``no_spread``). A base of 0 in either group gives status O
    (``no_base``), of 1 status U (``one_respondent``).

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
    >>> answers = pd.DataFrame({"lid": pd.Categorical(["ja", "ja", "ja", "nee", "ja", "nee"]),
    ...                         "wgo": pd.Categorical(["noord"] * 3 + ["zuid"] * 3)})
    >>> responses = Responses(questionnaire, answers, pd.DataFrame({"lid": [0] * 6, "wgo": [0] * 6}, dtype="int8"))
    >>> frame = estimate_ratios(responses, Design.simple_random(6, 60), "lid", "wgo", against="zuid")
    >>> frame.loc[frame["category"] == "ja", ["group", "measure", "estimate", "se"]].round(3)
            group      measure  estimate     se
    0  noord/zuid  share_ratio       3.0  2.546
    """
    check_design("estimate_ratios()", responses, design)
    domains = make_domains(responses, by)
    if by is None or against not in domains.groups:
        raise unknown_name("estimate_ratios()", f"group of {domains.by!r}", against, domains.groups if by else ())
    crossing = Crossing(domains, design)
    frames: list[pd.DataFrame] = []
    for question in choose_questions(responses, questions, KINDS, domains.source):
        found = [_mean(responses, question, crossing)] if question.kind in NUMERIC else []
        if question.kind != "number":
            found += _shares(responses, question, crossing)
        frames.extend(_frame(responses, one, domains, design, against) for one in found)
    return bind_estimates(*frames)


@dataclass(frozen=True, eq=False)
class _Level:
    """Shares or means per group and column, and the sums of the deviations from them."""

    question: str
    item: str
    categories: tuple[str, ...]
    measure: str
    estimate: Numbers
    deviations: Sums
    held: Sums
    base: Counts


def _shares(responses: Responses, question: Question, crossing: Crossing) -> list[_Level]:
    found = []
    for table in count_answers(responses, question, crossing):
        sums = all_sums(table, crossing.design)
        shown, held = sums.columns(slice(-1)), sums.columns(slice(-1, None))
        counts, base = table.counts, np.broadcast_to(table.base[:, np.newaxis], table.counts.shape)
        share = np.divide(shown.weight, held.weight, out=np.zeros(counts.shape), where=base > 0)
        # Counts know exactly where it is 0 or 1; sums of weights can miss it by a rounding error.
        share = np.where(counts == base, 1.0, np.where(counts == 0, 0.0, np.clip(share, 0, 1)))
        found.append(
            _Level(
                table.question,
                table.item,
                table.categories,
                "share_ratio",
                share,
                shown.minus(share, held),
                held,
                table.base,
            )
        )
    return found


def _mean(responses: Responses, question: Question, crossing: Crossing) -> _Level:
    values = values_of(responses, question)
    valid = np.isfinite(values)
    held = crossing.sums_of(valid.astype(np.float64))
    base = crossing.strata_of(valid).sum(axis=0)
    filled = np.where(valid, values, 0.0)
    shape = held.weight.shape
    mean = np.divide(crossing.sums_of(filled).weight, held.weight, out=np.zeros(shape), where=held.weight > 0)
    centre = np.concatenate([[0.0], mean[:, 0]])[crossing.domains.place]
    deviations = crossing.sums_of(np.where(valid, values - centre, 0.0))
    return _Level(question.id, "", ("",), "mean_ratio", mean, deviations, held, base)


def _frame(responses: Responses, level: _Level, domains: Domains, design: Design, against: str) -> pd.DataFrame:
    below = domains.groups.index(against)
    above: Positions = np.array([place for place in range(len(domains.groups)) if place != below], dtype=np.intp)
    shape = (len(above), len(level.categories))
    base = np.broadcast_to(level.base[above][:, np.newaxis], shape)
    under = np.full(shape, level.base[below])
    one, other = level.estimate[above], np.broadcast_to(level.estimate[below], shape)
    usable = (base > 0) & (under > 0) & (other != 0)
    ratio = np.divide(one, other, out=np.full(shape, np.nan), where=usable)
    weight = [np.broadcast_to(part, shape) for part in (level.held.weight[above], level.held.weight[[below]])]
    times = [
        np.divide(part, other * total, out=np.zeros(shape), where=usable)
        for part, total in zip((np.ones(shape), np.where(usable, ratio, 0.0)), weight, strict=True)
    ]
    sums = contrast(
        level.deviations.groups(above), times[0], level.deviations.groups(np.full(len(above), below)), times[1]
    )
    se = np.sqrt(np.where(usable, total_variance(sums, design), np.nan))
    df = _df(level.held, above, below, base + under, design)
    exact = (level.held.square[above] == 0) & (level.held.square[[below]] == 0) & usable
    # In logarithms the standard error is relative.
    relative = np.divide(se, ratio, out=np.full(shape, np.nan), where=usable & (ratio > 0))
    logarithm = np.log(ratio, out=np.full(shape, np.nan), where=usable & (ratio > 0))
    low, high = (np.exp(end) for end in t_interval(logarithm, relative, df))
    few = np.minimum(base, under)
    lonely = _lonely(level.held, above, below, design)
    method = "log_t_weighted" if design.is_weighted else "log_t"
    flags = flag_bases(
        few.ravel(), df.ravel(), method, exact=exact.ravel(), lonely=np.broadcast_to(lonely, shape).ravel()
    )
    _overrule(flags, ((few > 0) & (other == 0)).ravel(), "O", "divides_by_zero")
    _overrule(flags, (np.isnan(low) & (few > 1) & (df >= 1) & usable & ~exact).ravel(), "U", "no_spread")
    return estimate_frame(
        {
            "meting": responses.questionnaire.meting,
            "question": np.full(base.size, level.question, dtype=object),
            "item": level.item,
            "category": np.tile(np.array(level.categories, dtype=object), len(above)),
            "by": domains.by,
            "group": np.repeat(np.array([f"{domains.groups[a]}/{against}" for a in above], dtype=object), shape[1]),
            "measure": level.measure,
            "estimate": ratio.ravel(),
            "se": np.where((few > 1) & (df >= 1) | exact, se, np.nan).ravel(),
            "ci_low": np.where(few > 1, low, np.nan).ravel(),
            "ci_high": np.where(few > 1, high, np.nan).ravel(),
            "numerator": base.ravel(),
            "denominator": under.ravel(),
            **flags,
        }
    )


def _overrule(flags: dict[str, np.ndarray], where: np.ndarray, status: str, reason: str) -> None:
    for name, value in (("method", ""), ("status", status), ("reason", reason)):
        flags[name][where] = value


def _df(held: Sums, above: Positions, below: int, base: Counts, design: Design) -> Numbers:
    if held.strata is None:
        return design.domain_df(base)
    both = (held.strata[:, above] > 0) | (held.strata[:, [below]] > 0)
    return design.domain_df(base, np.count_nonzero(both, axis=0))


def _lonely(held: Sums, above: Positions, below: int, design: Design) -> np.ndarray:
    if held.strata is None:
        return np.zeros((len(above), 1), dtype=np.bool_)
    alone = held.strata[design.strata.lonely]
    return np.asarray(np.any((alone[:, above] > 0) | (alone[:, [below]] > 0), axis=0))
