"""Shares of groups as they would be if all groups were made up alike: "corrected for size", say."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from srsmeting.errors import EstimateError, unknown_name
from srsmeting.estimates import VALUES, bind_estimates, estimate_frame
from srsmeting.estimation.comparisons.answers import read_answers
from srsmeting.estimation.comparisons.covariates import hidden_answers, take_together
from srsmeting.estimation.comparisons.predictions import Predicted, Setting, lay_out, predict_each, predict_together
from srsmeting.estimation.comparisons.regression import MODELS
from srsmeting.estimation.comparisons.shown import INDICATIVE, SUPPRESSED, read_shown
from srsmeting.estimation.design import Design
from srsmeting.estimation.domains import By, Domains, check_design, make_domains
from srsmeting.estimation.intervals import t_interval
from srsmeting.questionnaire import Question
from srsmeting.responses import Responses

#: A variance this small beside 1 is what is left of 0 by rounding.
_NOTHING = 1e-20


def adjusted_shares(
    responses: Responses,
    design: Design,
    question: str,
    by: By,
    *,
    corrected_for: str | Iterable[str] = (),
    model: str = "logit",
    leave_out: str | Iterable[str] = (),
    published: pd.DataFrame | None = None,
    min_base: int = 0,
    normal_base: int = 0,
) -> pd.DataFrame:
    """Estimate the shares that groups would have if they did not differ in something else: average predictions.

    Parameters
    ----------
    responses
        Coded answers.
    design
        The design of the whole measurement; a subset of the respondents keeps it.
    question
        What was asked; a question with answers.
    by
        The breakdown whose groups are compared.
    corrected_for
        Breakdowns in which the groups may differ. None gives the shares as they are.
    model
        ``logit`` takes each answer against all others; ``ordinal`` the answers in their order, with odds that are
        proportional; ``multinomial`` all answers at once, without order.
    leave_out
        Answers that do not count, such as those who do not know.
    published
        As in :func:`compare_groups`: groups that are suppressed take no part, and those that are marked are so here.
        Groups of what is corrected for are taken together where figures of them are suppressed.
    min_base, normal_base
        With fewer respondents in the regression a group is suppressed (``small_base``) and takes no part, or is marked
        (``indicative``), as in :class:`PublicationRules`. The base of a table can be larger: it has those who gave an
        answer that is left out here.

    Returns
    -------
    pd.DataFrame
        Estimate frame: measure ``adjusted_share`` per answer and group, with standard error and 95% interval,
        ``denominator`` the respondents of the group in the regression, and ``method`` the model with what was corrected
        for, ``logit(grootteklasse)``; and per answer ``adjusted_p_value`` with an empty group: the chance of such
        differences between groups if there were none.

    Raises
    ------
    UnknownNameError
        For a question, breakdown, answer or model that does not exist.
    EstimateError
        For a number or a mark without sums, a breakdown corrected for itself, options of which several can be given in
        another model than ``logit``, or answers without order (such as *don't know*) in an ordinal one.
    DesignError
        When there are other respondents than the design has.

    Notes
    -----
    The regression has an indicator for each group and for each group of what is corrected for. The adjusted share of
    group g is the weighted mean over *all* respondents in the regression of the probability that the model gives them
    when they are put in g. Its standard error is linearised:
    ``u_i = w_i (p_i(g) - P_g) / W + (dP_g / db) I^-1 w_i s_i`` with the scores ``s`` and the information ``I`` of the
    model, and then the design has its say as always. Without anything to correct for this is the share of the group,
    with the standard error that it has in :func:`estimate_shares`. The interval is a t interval of the log-odds. The
    p-value is that of Wald's F of all differences between adjusted shares.

    A group in which everyone or nobody gave an answer (of answers in order: in which everyone gave the first or the
    last) settles it without any model: it has no adjusted share (status U, ``perfect_separation``) and takes no part in
    the regression. When something that is corrected for settles an answer,
    nobody has one. Status U, ``collinear``: groups and what is corrected for are the same thing. Status U,
    ``few_events``: fewer than 5 respondents with, or without, the answer for each parameter; the number stays. Where a
    single group is left there is nothing to compare it with (status M, ``one_group``).
    """
    check_design("adjusted_shares()", responses, design)
    asked, domains = responses.questionnaire.question(question), make_domains(responses, by)
    left_out = (leave_out,) if isinstance(leave_out, str) else tuple(leave_out)
    covariates = [corrected_for] if isinstance(corrected_for, str) else list(corrected_for)
    others = [make_domains(responses, name) for name in covariates]
    _check(asked, model, left_out, domains, others)
    shown = read_shown(published, domains.by)
    method = model + (f"({'+'.join(covariates)})" if covariates else "") + "".join(f"-{code}" for code in left_out)
    frames = []
    for answers in read_answers(responses, asked):
        told = hidden_answers(published, responses.questionnaire, question, answers.item)
        alike = partial(take_together, hidden=told, min_base=min_base, questionnaire=responses.questionnaire)
        hidden = [SUPPRESSED if one else "" for one in shown.hidden(question, answers.item, domains.groups)]
        setting = lay_out(answers, asked, domains, others, hidden, left_out, design, alike)
        base = setting.base.tolist()
        small = [why or ("small_base" if 0 < n < min_base else "") for why, n in zip(hidden, base, strict=True)]
        if small != hidden:
            setting = lay_out(answers, asked, domains, others, small, left_out, design, alike)
        marked = shown.marked(question, answers.item, domains.groups)
        marked = [one or n < normal_base for one, n in zip(marked, base, strict=True)]
        found = predict_each(setting, design) if model == "logit" else predict_together(setting, model, design)
        frames.append(_frame(responses, asked, answers.item, domains, setting, marked, found, method))
    return bind_estimates(*frames)


def _check(question: Question, model: str, left_out: tuple[str, ...], domains: Domains, others: list[Domains]) -> None:
    where = "adjusted_shares()"
    if model not in MODELS:
        raise unknown_name(where, "model", model, MODELS)
    if question.kind == "number":
        raise EstimateError(f"{where}: question {question.id!r} is a number, which has no answers to take a share of.")
    if question.kind == "mark" and model == "logit" and not question.sums:
        raise EstimateError(
            f"{where}: {question.id!r} is a mark without declared sums, and shares of single marks say little. "
            "Declare a sum, such as 6 to 10, or use model 'ordinal'."
        )
    for code in left_out:
        question.category(code)
    for other in others:
        if question.id in other.source:
            raise EstimateError(f"{where}: {question.id!r} cannot be corrected for itself. Correct for something else.")
        if set(other.source) & set(domains.source):
            raise EstimateError(
                f"{where}: {other.by!r} and {domains.by!r} are groups of the same question, so that one cannot be "
                "corrected for the other. Correct for something else."
            )
    if model == "logit":
        return
    if question.kind in ("multiple", "open"):
        raise EstimateError(
            f"{where}: to {question.id!r} several answers can be given, and {model} needs one. Use model 'logit'."
        )
    loose = [c.code for c in question.categories if question.in_base(c.code) and c.kind != "valid"]
    loose = [code for code in loose if code not in left_out]
    if model == "ordinal" and loose:
        raise EstimateError(
            f"{where}: answer {loose[0]!r} of {question.id!r} has no place in an order. Name it in 'leave_out', or use "
            "model 'multinomial'."
        )


def _frame(
    responses: Responses,
    question: Question,
    item: str,
    domains: Domains,
    setting: Setting,
    marked: list[bool],
    found: list[Predicted],
    method: str,
) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for one in found:
        for g, group in enumerate(domains.groups):
            row: dict[str, Any] = {"category": one.category, "group": group, "measure": "adjusted_share"}
            row |= _value(one, g, method) | {"numerator": None, "denominator": int(setting.base[g])}
            if marked[g] and row["status"] == "A":
                row |= {"status": "U", "reason": INDICATIVE}
            rows.append(_suppressed(row, setting.hidden[g]) if setting.hidden[g] else row)
        compared = int((setting.base > 0).sum())
        row = {"category": one.category, "measure": "adjusted_p_value", "estimate": one.p}
        row |= _flag(one.p_reason) | {"method": f"wald_{method}" if np.isfinite(one.p) else ""}
        row |= {"numerator": compared, "denominator": int(setting.base.sum())}
        rows.append(_suppressed(row, SUPPRESSED) if compared < 2 and any(setting.hidden) else row)
    columns: dict[str, Any] = {name: [row.get(name, np.nan) for row in rows] for name in VALUES}
    columns |= {
        name: [pd.NA if row[name] is None else row[name] for row in rows] for name in ("numerator", "denominator")
    }
    texts = ("category", "group", "measure", "method", "status", "reason")
    columns |= {name: np.array([row.get(name, "") for row in rows], dtype=object) for name in texts}
    key = {"meting": responses.questionnaire.meting, "question": question.id, "item": item, "by": domains.by}
    return estimate_frame(key | columns)


def _value(one: Predicted, g: int, method: str) -> dict[str, Any]:
    share, se, df = float(one.share[g]), float(one.se[g]), one.df
    row: dict[str, Any] = {"estimate": share, "se": se} | _flag(one.reason[g])
    row["method"] = method if np.isfinite(share) else ""
    if np.isfinite(share) and 0 < share < 1 and se**2 > _NOTHING and df >= 1:
        low, high = t_interval(logit(share), se / (share * (1 - share)), df)
        row |= {"ci_low": float(expit(low)), "ci_high": float(expit(high))}
    return row


def _flag(reason: str) -> dict[str, str]:
    status = {"": "A", "no_base": "O", "one_group": "M", "census": "M", "margin": "M"}.get(reason, "U")
    return {"status": status, "reason": reason}


def _suppressed(row: dict[str, Any], why: str) -> dict[str, Any]:
    numbers = dict.fromkeys(VALUES, np.nan)
    return row | numbers | {"numerator": None, "denominator": None, "method": "", "status": "Q", "reason": why}
