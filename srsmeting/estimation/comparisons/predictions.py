"""Average predictions: the share that each group would have if all respondents were in it, by a regression."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import fdtrc

from srsmeting.estimation.comparisons.answers import Answers
from srsmeting.estimation.comparisons.regression import Regression, fit
from srsmeting.estimation.design import Design
from srsmeting.estimation.domains import Domains
from srsmeting.estimation.influence import covariance
from srsmeting.estimation.numeric import Mask, Numbers, Positions
from srsmeting.questionnaire import Question

#: Fewer respondents per parameter, with or without the answer, than this make a regression shaky.
_EVENTS = 5


@dataclass(frozen=True, eq=False)
class Setting:
    """Who is in a regression, and with what.

    `place` is the group of each respondent, -1 for who is not in it; `others` are indicators of what is corrected for;
    `hidden` says why a group takes no part, with an empty text for those that do.
    """

    place: Positions
    others: Numbers
    weights: Numbers
    codes: Positions | None
    categories: tuple[str, ...]
    members: tuple[tuple[str, Mask], ...]
    parts: dict[str, tuple[str, ...]]
    hidden: list[str]
    base: Positions


@dataclass(frozen=True, eq=False)
class Predicted:
    """What came out for one answer: a value per group, and the p-value of their differences."""

    category: str
    share: Numbers
    se: Numbers
    df: float
    p: float
    reason: list[str]
    p_reason: str


def lay_out(
    answers: Answers,
    question: Question,
    domains: Domains,
    others: list[Domains],
    hidden: list[str],
    left_out: tuple[str, ...],
    design: Design,
    alike: Callable[..., tuple[Domains, str]],
) -> Setting:
    """Return who is in a regression: those in a group that takes part, who gave an answer that counts."""
    inside = answers.base.copy()
    members = tuple((code, given) for code, given in answers.members if code not in left_out)
    for code, given in answers.members:
        if code in left_out:
            inside &= ~given
    for other in others:
        inside &= other.place > 0
    visible = np.array([-1, *(-1 if one else n for n, one in enumerate(hidden))], dtype=np.intp)
    place = np.where(inside, visible[domains.place], -1)
    inside = place >= 0
    taken = [alike(other, inside=inside) for other in others]
    if lost := next((why for _, why in taken if why), ""):
        hidden, place, inside = [why or lost for why in hidden], np.full_like(place, -1), np.zeros_like(inside)
    columns = [np.equal.outer(other.place, np.unique(other.place[inside])[1:]) for other, _ in taken]
    indicators = np.hstack([np.zeros((len(place), 0)), *columns]).astype(np.float64)
    codes, categories = answers.codes, answers.categories
    if codes is not None:
        kept = [code not in left_out for code in categories]
        number = np.array([*np.where(kept, np.cumsum(kept) - 1, -1), -1], dtype=np.intp)
        codes = np.where(inside, number[codes], -1)
        categories = tuple(code for code, keep in zip(categories, kept, strict=True) if keep)
    if question.kind == "mark":
        # Ten marks are a mean; of marks only what is declared to belong together is a share to speak of.
        members = members[len(members) - answers.sums :]
    weights = design.weights if design.weights is not None else np.full(len(place), design.expansion)
    return Setting(
        place,
        indicators,
        np.where(inside, weights, 0.0),
        codes,
        categories,
        members,
        {total.code: total.of for total in question.sums},
        hidden,
        np.bincount(place[inside], minlength=len(domains.groups)),
    )


def predict_each(setting: Setting, design: Design) -> list[Predicted]:
    """Take each answer against all others."""
    found = []
    for code, given in setting.members:
        answers = np.where(setting.place >= 0, given.astype(np.intp), -1)
        found += _average(setting, "logit", answers, ("", code), {}, design)[1:]
    return found


def predict_together(setting: Setting, model: str, design: Design) -> list[Predicted]:
    """Take all answers at once, in their order or without."""
    codes = setting.codes if setting.codes is not None else setting.place
    given = np.unique(codes[codes >= 0])
    lookup = np.full(len(setting.categories) + 1, -1, dtype=np.intp)
    lookup[given] = np.arange(len(given))
    names = tuple(setting.categories[n] for n in given)
    return _average(setting, model, lookup[codes], names, setting.parts, design)


def _average(
    setting: Setting,
    model: str,
    answers: Positions,
    names: tuple[str, ...],
    sums: dict[str, tuple[str, ...]],
    design: Design,
) -> list[Predicted]:
    """Return the average predictions of all answers and their sums, or the reason why there are none."""
    groups = len(setting.base)
    member = np.eye(len(names))
    for codes in sums.values():
        member = np.hstack([member, np.isin(names, codes).astype(np.float64)[:, np.newaxis]])
    labels = (*names, *sums)
    inside = answers >= 0
    table = np.zeros((groups, len(names)))
    np.add.at(table, (setting.place[inside], answers[inside]), 1)
    present = setting.base > 0
    # Answers in order lean on each other: only who is all at one end leaves them.
    settled = (table == 0) if model != "ordinal" else (table[:, [0, -1]] == setting.base[:, np.newaxis])
    settled = present & settled.any(axis=1)
    reason = [_no_group(setting, g) or ("perfect_separation" if settled[g] else "") for g in range(groups)]
    used = np.flatnonzero(present & ~settled)
    empty = np.full(groups, np.nan)

    def nothing(why: str) -> list[Predicted]:
        return [Predicted(name, empty, empty, 0.0, np.nan, [r or why for r in reason], why) for name in labels]

    if len(used) < 2:
        return nothing("one_group" if len(used) else "perfect_separation" if present.any() else "no_base")
    fitted = np.isin(setting.place, used)
    dummies = np.equal.outer(setting.place, used[1:]).astype(np.float64)
    x = np.hstack([np.ones((len(answers), 1)), dummies, setting.others])
    if np.linalg.matrix_rank(x[fitted]) < x.shape[1]:
        return nothing("collinear")
    regression = fit(model, np.where(fitted, answers, -1), len(names), x, setting.weights)
    if regression is None:
        return nothing("perfect_separation")
    share, influence = _predictions(setting, regression, x, dummies.shape[1], member)
    few = table[used].sum(axis=0) @ member
    total = float(table[used].sum())
    shaky = np.minimum(few, total - few) < _EVENTS * x.shape[1]
    stratum = design.stratum
    chosen = setting.place >= 0
    df = float(design.domain_df(int(chosen.sum()), 1 if stratum is None else len(np.unique(stratum[chosen]))))
    found = []
    for k, name in enumerate(labels):
        variance = covariance(influence[:, :, k], design)
        estimate, se = empty.copy(), empty.copy()
        estimate[used], se[used] = share[:, k], np.sqrt(np.maximum(np.diag(variance), 0.0))
        p, p_reason = _wald(share[:, k], variance, df, design)
        own = [r or ("few_events" if shaky[k] else "") for r in reason]
        found.append(Predicted(name, estimate, se, df, p, own, p_reason or ("few_events" if shaky[k] else "")))
    return found


def _no_group(setting: Setting, g: int) -> str:
    return "" if setting.base[g] else "no_base"


def _predictions(
    setting: Setting, regression: Regression, x: Numbers, dummies: int, member: Numbers
) -> tuple[Numbers, Numbers]:
    """Return the average prediction per group and answer, and how much each respondent moves it."""
    weights, total = setting.weights, setting.weights.sum()
    shares, influences = [], []
    for group in range(dummies + 1):
        moved = x.copy()
        moved[:, 1 : dummies + 1] = 0.0
        if group:
            moved[:, group] = 1.0
        p = regression.probabilities(regression.parameters, moved) @ member
        share = weights @ p / total
        slopes = np.einsum("i,ikt,kc->ct", weights, regression.slopes(regression.parameters, moved), member) / total
        own = weights[:, np.newaxis] * (p - share) / total
        shares.append(share)
        influences.append(own + regression.influence @ slopes.T)
    return np.stack(shares), np.stack(influences, axis=1)


def _wald(share: Numbers, variance: Numbers, df: float, design: Design) -> tuple[float, str]:
    number = len(share) - 1
    if design.is_census:
        return np.nan, "census"
    if df - number + 1 < 1:
        return np.nan, "no_degrees_of_freedom"
    step = np.eye(number + 1)[1:] - np.eye(number + 1)[:1]
    d, v = step @ share, step @ variance @ step.T
    if np.linalg.matrix_rank(v, hermitian=True) < number:
        return np.nan, "margin"
    f = float(d @ np.linalg.solve(v, d)) / number * (df - number + 1) / df
    return float(fdtrc(number, df - number + 1, f)), ""
