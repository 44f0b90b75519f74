"""Shares: which part of those who were asked and answered gave an answer, with its interval."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.errors import EstimateError
from srsmeting.estimates import estimate_frame
from srsmeting.estimation.counting import Table, count_answers
from srsmeting.estimation.crossing import Crossing
from srsmeting.estimation.design import Design
from srsmeting.estimation.domains import By, Domains, check_design, choose_questions, make_domains
from srsmeting.estimation.flags import flag_bases, flag_replaced
from srsmeting.estimation.intervals import ShareInterval, check_interval, effective_base, share_interval
from srsmeting.estimation.numeric import Counts, Mask, Numbers
from srsmeting.estimation.sums import join_sums, total_variance
from srsmeting.responses import Responses

#: Kinds of questions that have shares.
KINDS = ("single", "multiple", "statements", "mark", "open")


def estimate_shares(
    responses: Responses,
    design: Design,
    questions: str | Iterable[str] | None = None,
    by: By = None,
    *,
    interval: str = "wilson",
) -> pd.DataFrame:
    """Estimate the share of every answer category and declared sum.

    Parameters
    ----------
    responses
        Coded answers.
    design
        The design of the whole measurement; a subset of the respondents keeps it.
    questions
        Ids, or one; by default every question that has shares, except the one that is broken down by.
    by
        A breakdown (single-choice question or grouping), or a pair of them (``"rows*columns"``, with groups
        ``"row*column"``); by default the total.
    interval
        ``wilson``, ``korn_graubard`` (more careful), ``exact`` (hypergeometric; for a simple random sample without
        weights), ``logit`` or ``wald`` (only for comparing with other software).

    Returns
    -------
    pd.DataFrame
        Estimate frame, measure ``share``: per question, statement and group a row for every category and then every
        declared sum, also where nobody gave that answer, and for every declared group, also where nobody is in it.
        ``estimate`` is a fraction, weighted where the design is; ``numerator`` and ``denominator`` count respondents
        and are never weighted. An open question has the one category ``answered``, the share that wrote something of
        those who were asked. Answers of a kind that the question keeps outside its base have no row. Who has no answer
        to the breakdown is in no group.

        ``se`` is linearised with finite population correction; 0 where the share is 0 or 1, and missing with a single
        respondent. The interval is a 95% one, and ``method`` says which, with ``_weighted`` behind it where the design
        is; see the notes for where there is none.

    Raises
    ------
    UnknownNameError
        For a question, breakdown or interval that does not exist.
    EstimateError
        For a question without categories, such as a number.
    DesignError
        When there are other respondents than the design has, or ``exact`` is asked of a design with weights or strata.

    Notes
    -----
    The variance ``v`` is that of :class:`Design`; without weights and strata ``(1 - f) n / (n - 1) p (1 - p) / n_d``.
    Then ``n_eff = p (1 - p) / v``, and Wilson's formula with ``n_eff`` and the t quantile for as many degrees of
    freedom as the group has respondents, less the strata that they are in: R's ``svyciprop(method = "wilson")`` on the
    subset. Where the share is 0 or 1 R has no interval; here ``n_eff`` is then what the design gives for any other
    share. A base of 0 gives status O (``no_base``), of 1 status U (``one_respondent``) and no interval. A population
    that was observed whole has no sampling error: ``se`` 0, no interval, method ``census``. A share that the weighting
    has fixed, because it is one of its margins, is known too: method ``margin``. The other cases are in
    :func:`flag_bases`.

    The other intervals are in :mod:`srsmeting.estimation.intervals`. ``logit`` and ``wald`` do not exist at 0 and 1:
    there Wilson's takes their place, with method ``wilson``, status U and reason ``no_spread``. ``exact`` takes a group
    for a sample from ``n_d N / n`` organisations, rounded up.

    The interval covers sampling error only. Who does not respond is not a random part, and no interval says so.

    Examples
    --------
    >>> from srsmeting.questionnaire import parse_questionnaire
    >>> categories = [{"code": "ja", "label": "Ja"}, {"code": "nee", "label": "Nee"}]
    >>> question = {"id": "lid", "kind": "single", "title": "Lid", "text": "Bent u lid?", "pijler": "basis",
    ...             "fase": "bereik", "categories": categories}
    >>> questionnaire = parse_questionnaire({
    ...     "meting": "m-1", "title": "Meting", "respondents": "respondenten",
    ...     "pijlers": [{"id": "basis", "label": "Basis"}], "questions": [question]})
    >>> answers = pd.DataFrame({"lid": pd.Categorical(["ja", "ja", "ja", "nee"], categories=["ja", "nee"])})
    >>> responses = Responses(questionnaire, answers, pd.DataFrame({"lid": [0, 0, 0, 0]}, dtype="int8"))
    >>> frame = estimate_shares(responses, Design.simple_random(sample_size=4, population_size=16))
    >>> frame[["category", "estimate", "se", "ci_low", "ci_high", "numerator", "denominator"]].round(3)
      category  estimate     se  ci_low  ci_high  numerator  denominator
    0       ja      0.75  0.217   0.163    0.979          3            4
    1      nee      0.25  0.217   0.021    0.837          1            4
    """
    check_design("estimate_shares()", responses, design)
    domains = make_domains(responses, by)
    chosen = choose_questions(responses, questions, KINDS, domains.source)
    for question in chosen:
        if question.kind not in KINDS:
            raise EstimateError(
                f"estimate_shares(): question {question.id!r} is a {question.kind}, which has no categories. "
                "Use estimate_means(), or leave it out."
            )
    check_interval("estimate_shares()", interval, design.is_weighted, not design.is_simple)
    crossing = Crossing(domains, design)
    tables = [table for question in chosen for table in count_answers(responses, question, crossing)]
    return _frame(responses.questionnaire.meting, tables, domains, design, interval)


def _frame(meting: str, tables: list[Table], domains: Domains, design: Design, interval: str) -> pd.DataFrame:
    """Lay the tables under each other and do the statistics for all of them at once."""
    sizes = np.array([table.counts.size for table in tables], dtype=np.intp)
    widths = np.array([len(table.categories) for table in tables], dtype=np.intp)
    groups = np.array(domains.groups, dtype=object)
    categories = [np.tile(np.array(table.categories, dtype=object), len(groups)) for table in tables]
    base = _join([np.repeat(table.base, width) for table, width in zip(tables, widths, strict=True)], np.int64)
    count = _join([table.counts.ravel() for table in tables], np.int64)
    found = find_shares(tables, count, base, design)
    made = _intervals(interval, found, base, design)
    exact = (found.variance == 0) & np.isinf(found.design_base)
    weighted = "_weighted" if design.is_weighted else ""
    method = f"{interval}{weighted}"
    flags = flag_bases(base, found.df, method, exact=exact, known=found.known, lonely=found.lonely)
    return estimate_frame(
        {
            "meting": meting,
            "question": np.repeat(np.array([table.question for table in tables], dtype=object), sizes),
            "item": np.repeat(np.array([table.item for table in tables], dtype=object), sizes),
            "category": _join(categories, object),
            "by": domains.by,
            "group": _join([np.repeat(groups, width) for width in widths], object),
            "measure": "share",
            "estimate": found.share,
            # One respondent shows no spread; that is not the same as there being none.
            "se": np.where((found.df >= 1) | exact, np.sqrt(found.variance), np.nan),
            "ci_low": np.where(found.known, np.nan, made.low),
            "ci_high": np.where(found.known, np.nan, made.high),
            "numerator": count,
            "denominator": base,
            **flag_replaced(flags, made.replaced & ~found.known, f"wilson{weighted}"),
        }
    )


@dataclass(frozen=True)
class FoundShares:
    """What intervals are made of, a number per row of the frame."""

    share: Numbers
    variance: Numbers
    design_base: Numbers
    df: Numbers
    known: Mask
    lonely: Mask


def _intervals(interval: str, found: FoundShares, base: Counts, design: Design) -> ShareInterval:
    population: Counts | float = np.inf
    if interval == "exact" and design.strata.corrected:
        # How many organisations a group has is not known to the sample; rounded up, so that one of which not everyone
        # was observed is never taken for one of which everyone was.
        population = -(-base * design.population_size // design.sample_size)
    draws = effective_base(found.share, found.variance, found.design_base)
    return share_interval(interval, found.share, draws, found.df, base, population)


def find_shares(tables: list[Table], count: Counts, base: Counts, design: Design) -> FoundShares:
    """Return shares and variances of tables laid under each other, a number per row; counts and bases come as rows."""
    return _from_counts(count, base, design) if design.is_simple else _from_sums(tables, count, base, design)


def _from_counts(count: Counts, base: Counts, design: Design) -> FoundShares:
    share = np.divide(count, base, out=np.full(base.shape, np.nan), where=base > 0)
    variance = design.variance(base * share * (1 - share), base)
    never = np.zeros(base.shape, dtype=np.bool_)
    return FoundShares(share, variance, design.effective_base(base), design.domain_df(base), never, never)


def _from_sums(tables: list[Table], count: Counts, base: Counts, design: Design) -> FoundShares:
    """Work with the sums of all tables beside each other, shape (groups, columns of all tables)."""
    widths = [len(table.categories) for table in tables]
    if not widths:
        nothing, never = np.zeros(0), np.zeros(0, dtype=np.bool_)
        return FoundShares(nothing, nothing, nothing, nothing, never, never)
    sums = join_sums([table.sums for table in tables if table.sums is not None])
    # The last column of every table is its base.
    ends = np.cumsum([width + 1 for width in widths]) - 1
    bases, shown = np.repeat(ends, widths), np.delete(np.arange(ends[-1] + 1), ends)
    answers, held = sums.columns(shown), sums.columns(bases)
    # Rows of the frame run through a table before the next one begins.
    starts = np.cumsum([0, *widths[:-1]])
    place = np.arange(answers.weight.size).reshape(answers.weight.shape)
    order = np.concatenate([place[:, at : at + width].ravel() for at, width in zip(starts, widths, strict=True)])
    weight, square = held.weight.ravel()[order], held.square.ravel()[order]
    share = np.divide(answers.weight.ravel()[order], weight, out=np.zeros(base.shape), where=base > 0)
    # Sums of weights in another order can miss 1 by a rounding error; counts cannot.
    share = np.where(count == base, 1.0, np.where(count == 0, 0.0, np.clip(share, 0, 1)))
    spread = np.empty(base.shape)
    spread[order] = share
    total = total_variance(answers.minus(spread.reshape(place.shape), held), design).ravel()[order]
    variance = np.divide(total, weight**2, out=np.full(base.shape, np.nan), where=base > 0)
    design_base = np.divide(weight**2, square, out=np.full(base.shape, np.inf), where=square > 0)
    known = (variance == 0) & (share > 0) & (share < 1) & np.isfinite(design_base)
    strata: npt.ArrayLike = 1
    lonely = np.zeros(base.shape, dtype=np.bool_)
    if held.strata is not None:
        strata = np.count_nonzero(held.strata, axis=0).ravel()[order]
        lonely = np.any(held.strata[design.strata.lonely] > 0, axis=0).ravel()[order]
    return FoundShares(
        np.where(base > 0, share, np.nan),
        variance,
        np.where(base > 0, design_base, 0.0),
        design.domain_df(base, strata),
        known,
        lonely,
    )


def _join(parts: list[np.ndarray], dtype: type) -> Any:
    return np.concatenate(parts) if parts else np.empty(0, dtype=dtype)
