"""Medians and other quantiles of marks and numbers, with intervals that need no spread to be symmetric."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pandas as pd

from srsmeting.errors import EstimateError
from srsmeting.estimates import bind_estimates, estimate_frame
from srsmeting.estimation.crossing import Crossing
from srsmeting.estimation.design import Design
from srsmeting.estimation.domains import By, check_design, choose_questions, make_domains
from srsmeting.estimation.flags import flag_bases
from srsmeting.estimation.intervals import LEVEL, effective_base, wilson_interval
from srsmeting.estimation.intervals.quantiles import t_quantile
from srsmeting.estimation.numeric import Numbers
from srsmeting.estimation.sums import total_variance
from srsmeting.estimation.values import NUMERIC, check_numeric, values_of
from srsmeting.questionnaire import Question
from srsmeting.responses import Responses

#: Parts of the weight that differ by less are equal; a median between two values takes their middle.
_EQUAL = 1e-12


def estimate_quantiles(
    responses: Responses,
    design: Design,
    questions: str | Iterable[str] | None = None,
    by: By = None,
    *,
    part: float = 0.5,
) -> pd.DataFrame:
    """Estimate the median, or another quantile, of marks and numbers.

    Parameters
    ----------
    responses
        Coded answers.
    design
        The design of the whole measurement; a subset of the respondents keeps it.
    questions
        Ids, or one; by default every mark and every number.
    by
        A breakdown, or a pair of them; by default the total.
    part
        Which part of the organisations is at or below it: 0.5 for the median.

    Returns
    -------
    pd.DataFrame
        Estimate frame, measure ``median``, or such as ``p25`` for another part: a row per question and declared group.
        ``estimate`` and ``se`` are in the unit of the question; ``denominator`` counts respondents with a valid answer.

    Raises
    ------
    UnknownNameError
        For a question or breakdown that does not exist.
    EstimateError
        For a question that is neither a mark nor a number, or a part that is not between 0 and 1.
    DesignError
        When there are other respondents than the design has.

    Notes
    -----
    The smallest value with at least that part of the weight at or below it; the middle of it and the next one when the
    part is exactly reached, so that without weights the median is the usual one.

    The interval is Woodruff's: Wilson's interval for the part that is at or below the estimate, with its linearised
    variance, read back through the same distribution. ``se`` is its width over twice the t quantile, which is Wilson's
    too. R's ``svyquantile`` takes Wald's interval there, around the part that is at or below the estimate, and has no
    end where that passes 0 or 1; with marks, which many share, that part is far from the one that was asked for.

    Where both ends fall on the same value, as with marks that many give, there is no interval (status U, reason
    ``ties``). Bases of 0 and 1 and a population observed whole are as for :func:`estimate_means`.

    Examples
    --------
    >>> from srsmeting.questionnaire import parse_questionnaire
    >>> question = {"id": "banen", "kind": "number", "title": "Banen", "text": "Hoeveel banen zijn er?",
    ...             "pijler": "basis", "fase": "bereik"}
    >>> questionnaire = parse_questionnaire({
    ...     "meting": "m-1", "title": "Meting", "respondents": "respondenten",
    ...     "pijlers": [{"id": "basis", "label": "Basis"}], "questions": [question]})
    >>> answers = pd.DataFrame({"banen": [10.0, 20.0, 60.0, 80.0]})
    >>> responses = Responses(questionnaire, answers, pd.DataFrame({"banen": [0, 0, 0, 0]}, dtype="int8"))
    >>> frame = estimate_quantiles(responses, Design.simple_random(4, 12))
    >>> frame[["question", "measure", "estimate", "ci_low", "ci_high"]]
      question measure  estimate  ci_low  ci_high
    0    banen  median      40.0    10.0     80.0
    """
    if not 0 < part < 1:
        raise EstimateError(f"estimate_quantiles(): part is {part!r}. Give a fraction between 0 and 1, such as 0.5.")
    check_design("estimate_quantiles()", responses, design)
    domains = make_domains(responses, by)
    chosen = choose_questions(responses, questions, NUMERIC, domains.source)
    check_numeric("estimate_quantiles()", "quantiles", responses, chosen)
    crossing = Crossing(domains, design)
    return bind_estimates(*(_frame(responses, question, crossing, part) for question in chosen))


class _Ladder:
    """The values of every group in order, and the weight up to and including each."""

    def __init__(self, values: Numbers, crossing: Crossing) -> None:
        place = crossing.domains.place
        inside = np.flatnonzero(np.isfinite(values) & (place > 0))
        order = inside[np.lexsort((values[inside], place[inside]))]
        ends = np.searchsorted(place[order], np.arange(1, len(crossing.domains.groups) + 2))
        rungs = [order[start:end] for start, end in pairwise(ends)]
        self._values = [values[rung] for rung in rungs]
        self._reached = [np.cumsum(crossing.weights[rung]) for rung in rungs]

    def at(self, parts: Numbers) -> Numbers:
        """Return the quantile of each group at its part; missing where the part or the group is."""
        rungs = zip(parts, self._values, self._reached, strict=True)
        return np.array([_climb(part, values, reached) for part, values, reached in rungs], dtype=np.float64)


def _climb(part: float, values: Numbers, reached: Numbers) -> float:
    if not len(values) or not np.isfinite(part):
        return float("nan")
    goal = part * reached[-1]
    place = min(int(np.searchsorted(reached, goal * (1 - _EQUAL))), len(values) - 1)
    exactly = abs(reached[place] - goal) <= _EQUAL * reached[-1] and place + 1 < len(values)
    return float((values[place] + values[place + 1]) / 2 if exactly else values[place])


def _frame(responses: Responses, question: Question, crossing: Crossing, part: float) -> pd.DataFrame:
    domains, design = crossing.domains, crossing.design
    values = values_of(responses, question)
    valid = np.isfinite(values)
    strata = crossing.strata_of(valid)
    base, held = strata.sum(axis=0), crossing.sums_of(valid.astype(np.float64))
    weight, square = held.weight[:, 0], held.square[:, 0]
    ladder = _Ladder(values, crossing)
    estimate = ladder.at(np.full(base.shape, part))
    # 1 for who is at or below the estimate of its own group, less the part that is.
    own = np.concatenate([[np.nan], estimate])[domains.place]
    below = (valid & (values <= own)).astype(np.float64)
    reached = np.divide(crossing.sums_of(below).weight[:, 0], weight, out=np.zeros(base.shape), where=base > 0)
    reached = np.clip(reached, 0, 1)
    deviation = np.where(valid, below - np.concatenate([[0.0], reached])[domains.place], 0.0)
    total = total_variance(crossing.sums_of(deviation), design)[:, 0]
    variance = np.divide(total, weight**2, out=np.zeros(base.shape), where=base > 0)
    design_base = np.divide(weight**2, square, out=np.full(base.shape, np.inf), where=square > 0)
    design_base = np.where(base > 0, design_base, 0.0)
    df = design.domain_df(base, np.count_nonzero(strata, axis=0))
    wide = wilson_interval(np.full(base.shape, part), effective_base(reached, variance, design_base), df)
    low, high = (ladder.at(end) for end in wide)
    # The estimate is read where the part is reached exactly, its ends where they are passed.
    low, high = np.minimum(low, estimate), np.maximum(high, estimate)
    exact = (base > 0) & (square == 0)
    flags = flag_bases(
        base,
        df,
        "woodruff_weighted" if design.is_weighted else "woodruff",
        exact=exact,
        lonely=np.any(strata[design.strata.lonely] > 0, axis=0),
    )
    tied = (low == high) & ~exact
    for name, value in (("method", ""), ("status", "U"), ("reason", "ties")):
        flags[name][tied] = value
    se = (high - low) / 2 / t_quantile(df, LEVEL)
    return estimate_frame(
        {
            "meting": responses.questionnaire.meting,
            "question": np.full(base.shape, question.id, dtype=object),
            "by": domains.by,
            "group": np.array(domains.groups, dtype=object),
            "measure": "median" if part == 0.5 else f"p{100 * part:g}",
            "estimate": estimate,
            "se": np.where(exact, 0.0, np.where((df >= 1) & (base > 1), se, np.nan)),
            "ci_low": np.where(tied, np.nan, low),
            "ci_high": np.where(tied, np.nan, high),
            "denominator": base,
            **flags,
        }
    )
