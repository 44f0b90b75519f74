"""Whether means differ between groups: Welch, Games-Howell and Kruskal-Wallis, or Wald where the design is not simple.

The first three take respondents for independent draws from groups without end, each with a spread of its own; the
correction for a finite population is not in them, so that they find a little less than there is. They know no weights
and no strata. With these the question is put to the design-based means instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import chdtrc, fdtrc, stdtr

from srsmeting.estimation.comparisons.multiplicity import adjust_p
from srsmeting.estimation.comparisons.quiet import quietly
from srsmeting.estimation.design import Design
from srsmeting.estimation.influence import covariance
from srsmeting.estimation.numeric import Counts, Mask, Numbers, Positions

#: A spread this small beside the values is the rounding error of adding up equal values.
_NOTHING = 1e-12
#: With fewer respondents in a group the distribution of ranks is not near chi-square.
_RANKS = 5


@dataclass(frozen=True)
class MeansTest:
    """What a test of equal means, or of equal distributions, says.

    Parameters
    ----------
    method
        ``welch``, ``wald`` or ``kruskal``.
    statistic, df1, df2, p
        The statistic (F, or H of Kruskal-Wallis), its degrees of freedom (``df2`` infinite for H) and the p-value;
        missing where there is no test.
    effect_size
        ``omega_squared`` of Welch's F; ``eta_squared`` with the others, of the values or of their ranks.
    base
        Respondents compared.
    status, reason
        How it may be read.
    """

    method: str
    statistic: float
    df1: float
    df2: float
    p: float
    effect_size: float
    base: int
    status: str = "A"
    reason: str = ""


@dataclass(frozen=True)
class PairsOfMeans:
    """Every pair of groups: first less second.

    Parameters
    ----------
    first, second
        Positions of the groups.
    difference, se, df
        Difference of the means, its standard error and degrees of freedom.
    p
        P-values, corrected for the number of pairs.
    hedges_g
        Difference in pooled standard deviations, corrected for small groups.
    method, p_method
        ``games_howell``, or ``t`` and ``t_holm`` and the like where the design is not simple.
    warned
        Whether the library had something to say about its numbers.
    """

    first: Positions
    second: Positions
    difference: Numbers
    se: Numbers
    df: Numbers
    p: Numbers
    hedges_g: Numbers
    method: str
    p_method: str
    warned: bool = False


def welch_test(values: npt.ArrayLike, groups: npt.ArrayLike) -> MeansTest:
    """Test whether groups have the same mean, each with a spread of its own (Welch's analysis of variance).

    Parameters
    ----------
    values
        A number per respondent; missing does not count.
    groups
        Per respondent the position of its group, -1 for none.

    Notes
    -----
    The effect size is ``df1 (F - 1) / (df1 (F - 1) + n)``, at least 0. A group of one respondent has no spread (status
    U, ``one_respondent``), neither has one where all say the same (U, ``no_spread``), and fewer than two groups are not
    compared (M, ``one_group``). Whatever pingouin warns of, here and below, is status U, ``library_warning``.

    Examples
    --------
    >>> found = welch_test([1, 2, 3, 4, 4, 6, 7, 9], [0, 0, 0, 0, 1, 1, 1, 1])
    >>> round(found.statistic, 4), found.df1, round(found.df2, 4), round(found.p, 4), round(found.effect_size, 4)
    (10.6667, 1.0, 5.0103, 0.0222, 0.5472)
    """
    z, g, base = _tidy(values, groups)
    flag = _settled(base, _squares(z, g, base))
    number = int(base.sum())
    if flag[1]:
        return MeansTest("welch", np.nan, np.nan, np.nan, np.nan, np.nan, number, *flag)
    found, warned = quietly(lambda: _pingouin().welch_anova(data=_frame(z, g), dv="value", between="group"))
    if found is None:
        return MeansTest("welch", np.nan, np.nan, np.nan, np.nan, np.nan, number, "U", "no_spread")
    f, df1, df2 = (float(found[name].iloc[0]) for name in ("F", "ddof1", "ddof2"))
    above = max(df1 * (f - 1), 0.0)
    flag = ("U", "library_warning") if warned else ("A", "")
    return MeansTest("welch", f, df1, df2, float(fdtrc(df1, df2, f)), above / (above + number), number, *flag)


def kruskal_test(values: npt.ArrayLike, groups: npt.ArrayLike, design: Design | None = None) -> MeansTest:
    """Test whether groups have the same distribution, by ranks (Kruskal-Wallis, corrected for ties).

    Parameters
    ----------
    values, groups
        As for :func:`welch_test`.
    design
        Only to say where it is not simple: ranks know no weights (status U, ``unweighted``), and there is no test of a
        population that was observed whole (M, ``census``).

    Notes
    -----
    The effect size is the eta squared of the ranks, ``H / (n - 1)``. A group with fewer than 5 respondents makes the
    distribution of H uncertain (status U, ``few_respondents``). When all say the same there is nothing to rank (U,
    ``no_spread``).

    Examples
    --------
    >>> found = kruskal_test([1, 2, 3, 4, 5, 5, 6, 7, 8, 9], [0, 0, 0, 0, 0, 1, 1, 1, 1, 1])
    >>> round(found.statistic, 4), found.df1, round(found.p, 4), round(found.effect_size, 4)
    (6.322, 1.0, 0.0119, 0.7024)
    """
    z, g, base = _tidy(values, groups)
    number = int(base.sum())
    flag = _enough_groups(base)
    if not flag[1] and np.ptp(z) == 0:
        flag = ("U", "no_spread")
    if flag[1]:
        return MeansTest("kruskal", np.nan, np.nan, np.nan, np.nan, np.nan, number, *flag)
    found, warned = quietly(lambda: _pingouin().kruskal(data=_frame(z, g), dv="value", between="group"))
    if found is None:
        return MeansTest("kruskal", np.nan, np.nan, np.nan, np.nan, np.nan, number, "U", "no_spread")
    h, df1 = float(found["H"].iloc[0]), float(found["ddof1"].iloc[0])
    if design is not None and design.is_census:
        return MeansTest("kruskal", np.nan, np.nan, np.nan, np.nan, min(h / (number - 1), 1.0), number, "M", "census")
    if design is not None and not design.is_simple:
        flag = ("U", "unweighted")
    elif (base[base > 0] < _RANKS).any():
        flag = ("U", "few_respondents")
    elif warned:
        flag = ("U", "library_warning")
    return MeansTest("kruskal", h, df1, np.inf, float(chdtrc(df1, h)), min(h / (number - 1), 1.0), number, *flag)


def wald_test(values: npt.ArrayLike, groups: npt.ArrayLike, design: Design) -> MeansTest:
    """Test whether design-based means of groups are the same (Wald's F).

    Parameters
    ----------
    values, groups
        As for :func:`welch_test`, of all respondents of the design.
    design
        The design, weighted or stratified or not.

    Notes
    -----
    ``F = d' V^-1 d / k`` of the ``k`` differences ``d`` with the first group, held against ``k`` and ``df - k`` degrees
    of freedom, ``df`` those of the design for the respondents compared: ``regTermTest`` of R's survey package. Groups
    of one respondent are refused as in :func:`welch_test`; a spread that strata or margins take away altogether gives
    M, ``margin``, and a population that was observed whole M, ``census``.
    """
    z, g, base = _tidy(values, groups)
    number = int(base.sum())
    squares = _squares(z, g, base)
    whole = design.is_census and not _enough_groups(base)[1]
    flag = ("M", "census") if whole else _settled(base, squares)
    present = np.flatnonzero(base)
    k = len(present) - 1
    df2 = _df(design, g >= 0) - k if number else 0.0
    if not flag[1] and df2 < 1:
        flag = ("U", "no_degrees_of_freedom")
    if flag[1] and not whole:
        return MeansTest("wald", np.nan, np.nan, np.nan, np.nan, np.nan, number, *flag)
    weights = np.where(g >= 0, _weights(design, len(g)), 0.0)
    mean, variance, effect = _design_means(z, g, weights, len(base), design)
    if whole:
        return MeansTest("wald", np.nan, np.nan, np.nan, np.nan, effect, number, *flag)
    step = np.eye(k + 1)[1:] - np.eye(k + 1)[:1]
    d, v = step @ mean[present], step @ variance[np.ix_(present, present)] @ step.T
    if np.linalg.matrix_rank(v, hermitian=True) < k:
        return MeansTest("wald", np.nan, np.nan, np.nan, np.nan, effect, number, "M", "margin")
    f = float(d @ np.linalg.solve(v, d)) / k
    return MeansTest("wald", f, float(k), df2, float(fdtrc(k, df2, f)), effect, number)


def games_howell(values: npt.ArrayLike, groups: npt.ArrayLike) -> PairsOfMeans:
    """Compare the means of every pair of groups, each with a spread of its own (Games-Howell).

    Parameters
    ----------
    values, groups
        As for :func:`welch_test`.

    Returns
    -------
    PairsOfMeans
        A pair per two groups with respondents, in the order of their positions. Groups without spread, or of one
        respondent, are in no comparison: their pairs have the difference and nothing else, and do not count in the
        number of groups that the other p-values are corrected for.
    """
    z, g, base = _tidy(values, groups)
    usable = (base > 1) & _has_spread(z, _squares(z, g, base))
    first, second = _pairs(base > 0)
    mean = _group_means(z, g, base)
    empty = [np.full(len(first), np.nan) for _ in range(4)]
    se, df, p, hedges = empty
    kept = np.isin(g, np.flatnonzero(usable))
    warned = False
    if usable.sum() > 1:
        found, warned = quietly(
            lambda: _pingouin().pairwise_gameshowell(data=_frame(z[kept], g[kept]), dv="value", between="group")
        )
        if found is not None:
            rows = {(int(a), int(b)): place for place, (a, b) in enumerate(zip(found["A"], found["B"], strict=True))}
            for place, pair in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
                if pair in rows:
                    row = found.iloc[rows[pair]]
                    se[place], df[place], p[place], hedges[place] = (row[n] for n in ("se", "df", "pval", "hedges"))
    name, difference = "games_howell", mean[first] - mean[second]
    return PairsOfMeans(first, second, difference, se, df, np.minimum(p, 1.0), hedges, name, name, warned)


def design_pairs(values: npt.ArrayLike, groups: npt.ArrayLike, design: Design, correction: str) -> PairsOfMeans:
    """Compare the design-based means of every pair of groups.

    Parameters
    ----------
    values, groups, design
        As for :func:`wald_test`.
    correction
        How p-values are corrected for the number of pairs.

    Notes
    -----
    ``t = d / se`` with the covariance of both means and the degrees of freedom of both groups together. Hedges' g is
    that of the weighted means and weighted spreads.
    """
    z, g, base = _tidy(values, groups)
    method = "t_weighted" if design.is_weighted else "t"
    methods = (method, method if correction == "none" else f"{method}_{correction}")
    if len(base) == 0:
        nobody, nothing = np.empty(0, dtype=np.intp), np.empty(0)
        return PairsOfMeans(nobody, nobody, nothing, nothing, nothing, nothing, nothing, *methods)
    weights = np.where(g >= 0, _weights(design, len(g)), 0.0)
    mean, variance, _ = _design_means(z, g, weights, len(base), design)
    usable = (base > 1) & _has_spread(z, _squares(z, g, base))
    first, second = _pairs(base > 0)
    both = usable[first] & usable[second] & (not design.is_census)
    spread = variance[first, first] + variance[second, second] - 2 * variance[first, second]
    se = np.sqrt(np.where(both & (spread > 0), spread, np.nan))
    df = np.array([_df(design, (g == a) | (g == b)) for a, b in zip(first, second, strict=True)])
    se[df < 1] = np.nan
    difference = mean[first] - mean[second]
    with np.errstate(invalid="ignore"):
        p = 2 * stdtr(np.maximum(df, 1), -np.abs(difference / se))
    heavy = np.bincount(g[g >= 0], weights=weights[g >= 0], minlength=len(base))
    own = np.where(g >= 0, z - mean[g], 0.0)
    weighted = np.bincount(g[g >= 0], weights=(weights * own**2)[g >= 0], minlength=len(base))
    squares = np.divide(weighted, heavy, out=np.zeros(len(base)), where=heavy > 0) * base.astype(np.float64)
    hedges = _hedges(difference, squares, base, first, second)
    return PairsOfMeans(first, second, difference, se, df, adjust_p(p, correction), hedges, *methods)


def _hedges(difference: Numbers, squares: Numbers, base: Counts, first: Positions, second: Positions) -> Numbers:
    df = (base[first] + base[second] - 2).astype(np.float64)
    pooled = np.sqrt((squares[first] + squares[second]) / np.maximum(df, 1))
    small = 1 - 3 / (4 * (df + 2) - 9)
    g: Numbers = np.divide(difference * small, pooled, out=np.full(len(first), np.nan), where=(df > 0) & (pooled > 0))
    return g


def _tidy(values: npt.ArrayLike, groups: npt.ArrayLike) -> tuple[Numbers, Positions, Counts]:
    """Return the values (0 where missing), the groups (-1 where the value is missing) and the base of each group."""
    z = np.asarray(values, dtype=np.float64)
    g = np.where(np.isfinite(z), np.asarray(groups, dtype=np.intp), -1)
    return np.where(g >= 0, z, 0.0), g, np.bincount(g[g >= 0], minlength=int(g.max(initial=-1)) + 1)


def _enough_groups(base: Counts) -> tuple[str, str]:
    if not base.sum():
        return "O", "no_base"
    return ("M", "one_group") if (base > 0).sum() < 2 else ("A", "")


def _settled(base: Counts, squares: Numbers) -> tuple[str, str]:
    """Say why means cannot be compared, if they cannot."""
    flag = _enough_groups(base)
    if flag[1]:
        return flag
    if (base == 1).any():
        return "U", "one_respondent"
    return ("U", "no_spread") if (squares[base > 0] == 0).any() else ("A", "")


def _squares(z: Numbers, g: Positions, base: Counts) -> Numbers:
    """Return per group the sum of squared deviations from its mean, exactly 0 when all say the same."""
    inside = g >= 0
    own = np.where(inside, z - _group_means(z, g, base)[g], 0.0) if len(base) else z
    squares: Numbers = np.bincount(g[inside], weights=own[inside] ** 2, minlength=len(base)).astype(np.float64)
    exact: Numbers = np.where(_has_spread(z, squares), squares, 0.0)
    return exact


def _has_spread(z: Numbers, squares: Numbers) -> Mask:
    spread: Mask = squares > (_NOTHING * np.abs(z).max(initial=0.0)) ** 2 * max(len(z), 1)
    return spread


def _group_means(z: Numbers, g: Positions, base: Counts) -> Numbers:
    sums = np.bincount(g[g >= 0], weights=z[g >= 0], minlength=len(base))
    means: Numbers = np.divide(sums, base, out=np.full(len(base), np.nan), where=base > 0)
    return means


def _design_means(
    z: Numbers, g: Positions, weights: Numbers, groups: int, design: Design
) -> tuple[Numbers, Numbers, float]:
    """Return the weighted means, their covariances, and how much of the spread lies between groups (eta squared)."""
    member = np.equal.outer(g, np.arange(groups)) * weights[:, np.newaxis]
    total = member.sum(axis=0)
    mean = np.divide(z @ member, total, out=np.zeros(groups), where=total > 0)
    influence = np.divide(
        member * (z[:, np.newaxis] - mean),
        total,
        out=np.zeros(member.shape),
        where=np.broadcast_to(total > 0, member.shape),
    )
    whole = float(total @ mean / (total.sum() or 1.0))
    between, all_of_it = float(total @ (mean - whole) ** 2), float(weights @ (z - whole) ** 2)
    return mean, covariance(influence, design), between / all_of_it if all_of_it > 0 else np.nan


def _weights(design: Design, respondents: int) -> Numbers:
    return design.weights if design.weights is not None else np.full(respondents, design.expansion)


def _df(design: Design, chosen: Mask) -> float:
    strata = 1 if design.stratum is None else len(np.unique(design.stratum[chosen]))
    return float(design.domain_df(int(chosen.sum()), strata))


def _pairs(present: Mask) -> tuple[Positions, Positions]:
    places = np.flatnonzero(present)
    first, second = np.triu_indices(len(places), 1)
    return places[first], places[second]


def _frame(z: Numbers, g: Positions) -> pd.DataFrame:
    return pd.DataFrame({"value": z[g >= 0], "group": g[g >= 0]})


def _pingouin() -> Any:
    import pingouin

    return pingouin
