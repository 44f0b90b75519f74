"""Totals: how many organisations of the population, and how much of what they have in all."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from srsmeting.estimates import bind_estimates, estimate_frame
from srsmeting.estimation.counting import all_sums, count_answers
from srsmeting.estimation.crossing import Crossing
from srsmeting.estimation.design import Design
from srsmeting.estimation.domains import By, Domains, check_design, choose_questions, make_domains
from srsmeting.estimation.flags import flag_bases
from srsmeting.estimation.intervals import effective_base, t_interval, wilson_interval
from srsmeting.estimation.numeric import Counts, Numbers
from srsmeting.estimation.sums import Sums, total_variance
from srsmeting.estimation.values import values_of
from srsmeting.questionnaire import Question
from srsmeting.responses import Responses

#: Kinds of questions that have a total: of organisations by answer, or of the numbers that they gave.
KINDS = ("single", "multiple", "statements", "mark", "open", "number")


def estimate_totals(
    responses: Responses, design: Design, questions: str | Iterable[str] | None = None, by: By = None
) -> pd.DataFrame:
    """Estimate how many organisations of the population gave each answer, and the totals of numbers.

    Parameters
    ----------
    responses
        Coded answers.
    design
        The design of the whole measurement; a subset of the respondents keeps it.
    questions
        Ids, or one; by default every question, except the one that is broken down by.
    by
        A breakdown, or a pair of them; by default the total.

    Returns
    -------
    pd.DataFrame
        Estimate frame, measure ``total``: rows as :func:`estimate_shares` has them, with ``estimate`` and ``se`` in
        organisations of the population; for a number one row per group, in its unit. ``numerator`` and ``denominator``
        count respondents, unweighted. The interval (95%) of organisations is Wilson's for their part of the population;
        that of numbers is a t interval.

    Raises
    ------
    UnknownNameError
        For a question or breakdown that does not exist.
    DesignError
        When there are other respondents than the design has.

    Notes
    -----
    ``sum w z`` over the group, with the variance of its influences ``w z``, not centred at the mean of the group: how
    large the group is was not known beforehand. R's ``svytotal`` on a subset. Who left the question empty adds nothing:
    a total is that of those who would answer.

    Examples
    --------
    >>> from srsmeting.questionnaire import parse_questionnaire
    >>> question = {"id": "banen", "kind": "number", "title": "Banen", "text": "Hoeveel banen zijn er?",
    ...             "pijler": "basis", "fase": "bereik"}
    >>> questionnaire = parse_questionnaire({
    ...     "meting": "m-1", "title": "Meting", "respondents": "respondenten",
    ...     "pijlers": [{"id": "basis", "label": "Basis"}], "questions": [question]})
    >>> answers, status = pd.DataFrame({"banen": [10.0, 20.0, 60.0]}), pd.DataFrame({"banen": [0, 0, 0]}, dtype="int8")
    >>> frame = estimate_totals(Responses(questionnaire, answers, status), Design.simple_random(3, 12))
    >>> frame[["question", "measure", "estimate", "se", "denominator"]].round(1)
      question measure  estimate     se  denominator
    0    banen   total     360.0  158.7            3
    """
    check_design("estimate_totals()", responses, design)
    domains = make_domains(responses, by)
    crossing = Crossing(domains, design)
    frames = []
    for question in choose_questions(responses, questions, KINDS, domains.source):
        make = _numbers if question.kind == "number" else _organisations
        frames.extend(make(responses, question, crossing))
    return bind_estimates(*frames)


def _organisations(responses: Responses, question: Question, crossing: Crossing) -> list[pd.DataFrame]:
    """Return totals of organisations by answer."""
    domains, design, frames = crossing.domains, crossing.design, []
    for table in count_answers(responses, question, crossing):
        sums = all_sums(table, design)
        shown, held = sums.columns(slice(-1)), sums.columns(slice(-1, None))
        base, whole = np.broadcast_to(table.base[:, np.newaxis], table.counts.shape), design.total_weight
        variance = np.where(base > 0, total_variance(shown, design), np.nan)
        part = np.clip(shown.weight / whole, 0, 1)
        df = _df(held, base, design)
        # What everyone in the sample is worth stands in where nobody or everybody gave the answer.
        design_base = np.where(base > 0, _design_base(held, whole), 0.0)
        low, high = wilson_interval(
            np.where(base > 0, part, np.nan), effective_base(part, variance / whole**2, design_base), df
        )
        # Everybody in the group, or nobody: that is what these respondents say, and no margin of the frame.
        known = (variance == 0) & (table.counts > 0) & (table.counts < base) & np.isfinite(design_base)
        frames.append(
            estimate_frame(
                {
                    **_key(responses, table.question, domains, len(table.categories)),
                    "item": table.item,
                    "category": np.tile(np.array(table.categories, dtype=object), len(domains.groups)),
                    "estimate": np.where(base > 0, shown.weight, np.nan).ravel(),
                    "se": np.where((df >= 1) | np.isinf(design_base), np.sqrt(variance), np.nan).ravel(),
                    # An end at the estimate itself stays there, in spite of rounding.
                    "ci_low": np.where(known, np.nan, np.minimum(low * whole, shown.weight)).ravel(),
                    "ci_high": np.where(known, np.nan, np.maximum(high * whole, shown.weight)).ravel(),
                    "numerator": table.counts.ravel(),
                    "denominator": base.ravel(),
                    **flag_bases(
                        base.ravel(),
                        df.ravel(),
                        "wilson_weighted" if design.is_weighted else "wilson",
                        exact=np.isinf(design_base).ravel(),
                        known=known.ravel(),
                        lonely=_lonely(held, base, design).ravel(),
                    ),
                }
            )
        )
    return frames


def _numbers(responses: Responses, question: Question, crossing: Crossing) -> list[pd.DataFrame]:
    """Return the total of a number."""
    domains, design = crossing.domains, crossing.design
    values = values_of(responses, question)
    valid = np.isfinite(values)
    base = crossing.strata_of(valid).sum(axis=0)[:, np.newaxis]
    held, sums = crossing.sums_of(valid.astype(np.float64)), crossing.sums_of(np.where(valid, values, 0.0))
    se = np.sqrt(np.where(base > 0, total_variance(sums, design), np.nan))
    df, exact = _df(held, base, design), (base > 0) & (held.square == 0)
    total = np.where(base > 0, sums.weight, np.nan)
    low, high = t_interval(total, se, df)
    flags = flag_bases(
        base.ravel(),
        df.ravel(),
        "t_weighted" if design.is_weighted else "t",
        exact=exact.ravel(),
        lonely=_lonely(held, base, design).ravel(),
    )
    flat = ((se == 0) & (df >= 1) & ~exact).ravel()
    for name, value in (("method", ""), ("status", "U"), ("reason", "no_spread")):
        flags[name][flat] = value
    frame = estimate_frame(
        {
            **_key(responses, question.id, domains, 1),
            "estimate": total.ravel(),
            "se": np.where((df >= 1) | exact, se, np.nan).ravel(),
            "ci_low": low.ravel(),
            "ci_high": high.ravel(),
            "denominator": base.ravel(),
            **flags,
        }
    )
    return [frame]


def _key(responses: Responses, question: str, domains: Domains, columns: int) -> dict[str, object]:
    groups = np.repeat(np.array(domains.groups, dtype=object), columns)
    return {
        "meting": responses.questionnaire.meting,
        "question": np.full(len(groups), question, dtype=object),
        "by": domains.by,
        "group": groups,
        "measure": "total",
    }


def _df(held: Sums, base: Counts, design: Design) -> Numbers:
    strata = 1 if held.strata is None else np.count_nonzero(held.strata, axis=0)
    return design.domain_df(base, np.broadcast_to(strata, base.shape))


def _lonely(held: Sums, base: Counts, design: Design) -> np.ndarray:
    if held.strata is None:
        return np.zeros(base.shape, dtype=np.bool_)
    return np.broadcast_to(np.any(held.strata[design.strata.lonely] > 0, axis=0), base.shape)


def _design_base(held: Sums, whole: float) -> Numbers:
    """Return the effective base of a part of the whole population, as large as the weights of the group make it."""
    square = held.square
    base: Numbers = np.divide(whole * held.weight, square, out=np.full(square.shape, np.inf), where=square > 0)
    return base
