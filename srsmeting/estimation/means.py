"""Means of marks and numbers, with their standard errors and t intervals."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from srsmeting.estimates import estimate_frame
from srsmeting.estimation.crossing import Crossing
from srsmeting.estimation.design import Design
from srsmeting.estimation.domains import By, Domains, check_design, choose_questions, make_domains
from srsmeting.estimation.flags import flag_bases
from srsmeting.estimation.intervals import t_interval
from srsmeting.estimation.numeric import Counts, Numbers
from srsmeting.estimation.sums import total_variance
from srsmeting.estimation.values import NUMERIC, check_numeric, values_of
from srsmeting.responses import Responses

#: A standard error this small beside its mean is the rounding error of adding up equal values.
_NOTHING = 1e-12
#: What no questions give.
_NONE = (np.empty(0), np.empty(0), np.empty(0, dtype=np.int64), np.empty(0), *[np.empty(0, dtype=np.bool_)] * 2)


def estimate_means(
    responses: Responses,
    design: Design,
    questions: str | Iterable[str] | None = None,
    by: By = None,
) -> pd.DataFrame:
    """Estimate the mean of marks and numbers.

    Parameters
    ----------
    responses
        Coded answers.
    design
        The design of the whole measurement; a subset of the respondents keeps it.
    questions
        Ids, or one; by default every mark and every number.
    by
        A breakdown (single-choice question or grouping), or a pair of them (``"rows*columns"``); by default the total.

    Returns
    -------
    pd.DataFrame
        Estimate frame, measure ``mean``, ``category`` empty: a row per question and declared group. ``estimate`` and
        ``se`` are in the unit of the question; ``denominator`` counts the respondents with a valid answer (a category
        of kind ``valid``), and there is no numerator. The interval is a t interval (95%).

    Raises
    ------
    UnknownNameError
        For a question or breakdown that does not exist.
    EstimateError
        For a question that is neither a mark nor a number.
    DesignError
        When there are other respondents than the design has.

    Notes
    -----
    ``v = (1 - f) n / (n - 1) sum (z - mean)^2 / n_d^2`` over the ``n_d`` respondents of the group with a valid answer,
    ``n`` that of the whole sample: R's ``svymean`` and ``svyby``. The quantile has ``n_d - 1`` degrees of freedom. With
    weights, strata or margins the mean is weighted, its variance is that of :class:`Design`, and the degrees of freedom
    are less by the strata that the group is in.

    A base of 0 gives status O (``no_base``), of 1 status U (``one_respondent``). Several respondents who all say the
    same give status U (``no_spread``) with ``se`` 0 and no interval, for one of zero width would claim certainty. A
    population that was observed whole has ``se`` 0, no interval, and method ``census``.

    Examples
    --------
    >>> from srsmeting.questionnaire import parse_questionnaire
    >>> question = {"id": "cijfer", "kind": "mark", "title": "Cijfer", "text": "Welk cijfer geeft u?",
    ...             "pijler": "basis", "fase": "effect", "range": [1, 10]}
    >>> questionnaire = parse_questionnaire({
    ...     "meting": "m-1", "title": "Meting", "respondents": "respondenten",
    ...     "pijlers": [{"id": "basis", "label": "Basis"}], "questions": [question]})
    >>> marks = pd.Categorical(["6", "7", "8", "7"], categories=[str(mark) for mark in range(1, 11)])
    >>> answers, status = pd.DataFrame({"cijfer": marks}), pd.DataFrame({"cijfer": [0, 0, 0, 0]}, dtype="int8")
    >>> frame = estimate_means(Responses(questionnaire, answers, status), Design.simple_random(4, 16))
    >>> frame[["question", "estimate", "se", "ci_low", "ci_high", "denominator", "method"]].round(3)
      question  estimate     se  ci_low  ci_high  denominator method
    0   cijfer       7.0  0.354   5.875    8.125            4      t
    """
    check_design("estimate_means()", responses, design)
    domains = make_domains(responses, by)
    chosen = choose_questions(responses, questions, NUMERIC, domains.source)
    check_numeric("estimate_means()", "mean", responses, chosen)
    crossing = Crossing(domains, design)
    parts = [find_means(values_of(responses, question), crossing) for question in chosen]
    mean, variance, base, df, exact, lonely = (np.concatenate(rows) for rows in zip(*(parts or [_NONE]), strict=True))
    se = np.sqrt(variance)
    se = np.where(se <= _NOTHING * np.abs(mean), 0.0, se)
    low, high = t_interval(mean, se, df)
    flags = flag_bases(base, df, "t_weighted" if design.is_weighted else "t", exact=exact, lonely=lonely)
    flat = (se == 0) & (df >= 1) & ~exact
    for name, value in (("method", ""), ("status", "U"), ("reason", "no_spread")):
        flags[name][flat] = value
    return estimate_frame(
        {
            "meting": responses.questionnaire.meting,
            "question": np.repeat(np.array([question.id for question in chosen], dtype=object), len(domains.groups)),
            "by": domains.by,
            "group": np.tile(np.array(domains.groups, dtype=object), len(chosen)),
            "measure": "mean",
            "estimate": mean,
            # One respondent shows no spread; that is not the same as there being none.
            "se": np.where((df >= 1) | exact, se, np.nan),
            "ci_low": low,
            "ci_high": high,
            "denominator": base,
            **flags,
        }
    )


def find_means(values: Numbers, crossing: Crossing) -> tuple[np.ndarray, ...]:
    """Return per group mean, variance, base, degrees of freedom, and whether it is a census, or someone is lonely."""
    return (_plain if crossing.design.is_simple else _weighted)(values, crossing)


def _plain(values: Numbers, crossing: Crossing) -> tuple[np.ndarray, ...]:
    """Return per group mean, variance, base, degrees of freedom, census, lonely: from counts and squares alone."""
    design, (mean, squares, base) = crossing.design, _moments(values, crossing.domains)
    exact, never = np.full(base.shape, design.is_census), np.zeros(base.shape, dtype=np.bool_)
    return mean, design.variance(squares, base), base, design.domain_df(base), exact, never


def _weighted(values: Numbers, crossing: Crossing) -> tuple[np.ndarray, ...]:
    """Return the same of a weighted or stratified design."""
    domains, design, valid = crossing.domains, crossing.design, np.isfinite(values)
    strata = crossing.strata_of(valid)
    base, held = strata.sum(axis=0), crossing.sums_of(valid.astype(np.float64))
    weight, square = held.weight[:, 0], held.square[:, 0]
    known = np.where(valid, values, 0.0)
    mean = np.divide(crossing.sums_of(known).weight[:, 0], weight, out=np.full(base.shape, np.nan), where=base > 0)
    # Deviations in a second pass: squares of the values themselves would cancel.
    centre = np.concatenate([[0.0], np.where(base > 0, mean, 0.0)])[domains.place]
    total = total_variance(crossing.sums_of(np.where(valid, values - centre, 0.0)), design)[:, 0]
    variance = np.divide(total, weight**2, out=np.full(base.shape, np.nan), where=base > 0)
    df = design.domain_df(base, np.count_nonzero(strata, axis=0))
    lonely = np.any(strata[design.strata.lonely] > 0, axis=0)
    return mean, variance, base, df, (base > 0) & (square == 0), np.asarray(lonely)


def _moments(values: Numbers, domains: Domains) -> tuple[Numbers, Numbers, Counts]:
    """Return per group the mean, the sum of squared deviations from it, and the number of values."""
    valid = np.isfinite(values)
    base = domains.count(valid)
    mean = np.divide(domains.total(np.where(valid, values, 0.0)), base, out=np.full(base.shape, np.nan), where=base > 0)
    # Deviations from the mean of the own group, in a second pass: squares of the values themselves would cancel.
    centre = np.concatenate([[0.0], mean])[domains.place]
    return mean, domains.total(np.where(valid, values - centre, 0.0) ** 2), base
